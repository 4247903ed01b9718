//! Parts for those who use a page: how to cite it, and under which licence it is.
//!
//! It must not know how either is shown.

use std::sync::Arc;

use jiff::civil::Date;

use super::model::Absolute;
use super::pages::{as_of, shown};
use super::{Make, Model, Part, Scope, What, reference, terms, work};
use crate::addresses::exported;
use crate::addresses::exports::{OF_PAGE, is_publication};
use crate::fingerprint::Fingerprint;
use crate::index::PageId;
use crate::page::Taxonomy;
use crate::references::export::Written;
use crate::references::inline::plain;
use crate::references::{Cited, Inline};
use crate::theme::Strings;

pub const PARTS: &[Part] = &[
    Part {
        name: "cite",
        doc: "of a page: `text` (all of it as one line; on a site that cites sources in its style), `html` (the same with its markup, there), `bib`, `ris` and `json` (addresses of what can be taken along, there), and its pieces `authors` (names), `title`, `number`, `publisher`, `date`, `as_of`, `doi`, `url`, `states` (what has become of it, in sentences: withdrawn, superseded, corrected); `text` is empty elsewhere",
        make: Make::Document(cite),
    },
    Part {
        name: "licence",
        doc: "of a page, else of the site: `name`, `url` (`name` is empty if none is named, `url` if it is none that is known)",
        make: Make::Document(licence),
    },
];

fn cite<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some((page, fact)) = shown(scope).filter(|_| scope.doc.what == What::Page) else {
        return Model::Map(vec![("text", Model::text(""))]);
    };
    let (site, strings) = (scope.site, scope.place.strings());
    let publisher = work::publisher(site);
    let number = fact.front().id.as_deref();
    let doi = fact.front().doi.as_deref();
    let date = fact.page.date.map(|date| date.date());
    let as_of = as_of(fact).filter(|as_of| Some(*as_of) != date);
    let authors = terms::names_of_page(site, page, Taxonomy::Authors);
    let states = work::states(site, strings, page);
    let address = (&site.config.base_url, site.base_path(), fact.route());
    let print = Fingerprint::of(&(&authors, &fact.title, number, publisher, date, as_of, doi, &states, address));
    let listed = Model::list(authors.iter().map(|author| Model::text(*author)));
    let said = Model::list(states.iter().map(|state| Model::text(state.clone())));
    let text = move || {
        let url = site.absolute(fact.route());
        let work = Work { authors: &authors, title: &fact.title, number, publisher, date, as_of, doi, states: &states, url };
        tera::Value::from(work.text(strings))
    };
    let mut fields = vec![
        // It follows from the strings besides, which are in every key.
        ("text", Model::later(print, text)),
        ("authors", listed),
        ("title", Model::text(&*fact.title)),
        ("number", Model::some(number)),
        ("publisher", Model::some(publisher)),
        ("date", Model::date(date)),
        ("as_of", Model::date(as_of)),
        ("doi", Model::some(doi)),
        ("url", Model::Absolute(site, fact.route(), Absolute::OrHref)),
        ("states", said),
    ];
    // A site that cites nothing has no style that anybody chose, and nothing to take along.
    if !site.index.citations.sources.is_empty() && is_publication(fact) {
        fields.splice(..1, in_style(scope, page));
        let address = |form| Model::address(site, exported(fact.route(), OF_PAGE, form));
        fields.extend(Written::ALL.map(|form| (form.ending(), address(form))));
    }
    Model::Map(fields)
}

/// The citation of a page in the style of the site, as text and as HTML, with what has become of the page behind it.
fn in_style<'a>(scope: &Scope<'a>, page: PageId) -> [(&'static str, Model<'a>); 2] {
    let mut item = work::item(scope.view, page);
    // What has become of it is said in the same way in every style, and its summary in none.
    let states = work::states(scope.site, scope.place.strings(), page).iter().map(|state| work::sentence(state)).collect::<Vec<_>>();
    item.texts.retain(|name, _| !["note", "abstract"].contains(&&**name));
    let cited = Cited { print: Fingerprint::of(&item), item: Arc::new(item) };
    let print = Fingerprint::of(&(reference::print(scope, &cited), &states));
    let scope = *scope;
    let pieces = move || {
        let mut pieces = reference::pieces(&scope, &cited);
        pieces.extend((!states.is_empty()).then(|| Inline::text(format!(" [{}]", states.join(" ")))));
        pieces
    };
    let whole = pieces.clone();
    let text = Model::later(print, move || tera::Value::normal_string(&plain(&pieces())));
    let html = Model::later(print, move || tera::Value::safe_string(&reference::html(&whole())));
    [("text", text), ("html", html)]
}

/// What is cited.
struct Work<'a> {
    authors: &'a [&'a str],
    title: &'a str,
    number: Option<&'a str>,
    publisher: Option<&'a str>,
    date: Option<Date>,
    as_of: Option<Date>,
    doi: Option<&'a str>,
    states: &'a [String],
    /// A site that does not know where it lives has none to give.
    url: Option<String>,
}

impl Work<'_> {
    /// All of it as one line of sentences, each with a stop, unless it ends in one of its own; the address at the end has none.
    fn text(&self, strings: &Strings) -> String {
        let shown = |date: Date| strings.date(&date.to_string());
        let mut line = String::with_capacity(256);
        for (at, author) in self.authors.iter().enumerate() {
            line.push_str(if at > 0 { ", " } else { "" });
            line.push_str(author);
        }
        line.push_str(if self.authors.is_empty() { "" } else { ": " });
        line.push_str(self.title);
        self.number.iter().for_each(|number| push_sentence(number, &mut line));
        match (self.publisher, self.date.map(shown)) {
            (Some(publisher), date) => {
                push_sentence(publisher, &mut line);
                date.iter().for_each(|date| line.extend([", ", date]));
            }
            (None, date) => date.iter().for_each(|date| push_sentence(date, &mut line)),
        }
        if let Some(as_of) = self.as_of {
            push_sentence(&capitalised(&strings.filled("as_of", &[("date", &shown(as_of))])), &mut line);
        }
        self.states.iter().for_each(|state| push_sentence(state, &mut line));
        let address = self.doi.map(|doi| format!("https://doi.org/{doi}"));
        match (address.as_ref().or(self.url.as_ref()), line.ends_with(['.', '?', '!', '…', '؟'])) {
            (Some(address), _) => push_sentence(address, &mut line),
            (None, true) => {}
            (None, false) => line.push('.'),
        }
        line
    }
}

/// Adds a sentence behind the stop of the one before it.
fn push_sentence(sentence: &str, line: &mut String) {
    line.push_str(if line.ends_with(['.', '?', '!', '…', '؟']) { " " } else { ". " });
    line.push_str(sentence);
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn licence<'a>(scope: &Scope<'a>) -> Model<'a> {
    let own = shown(scope).and_then(|(_, fact)| fact.front().licence.as_deref());
    let name = own.or(scope.site.config.licence.as_deref()).unwrap_or_default().trim();
    let (name, url) = known(name);
    Model::Map(vec![("name", Model::text(name)), ("url", Model::some(url))])
}

/// Licences that are not of Creative Commons, by their SPDX name (<https://spdx.org/licenses/>), and where they can be read.
const LICENCES: [(&str, &str); 9] = [
    ("OGL-UK-3.0", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"),
    ("OGL-Canada-2.0", "https://open.canada.ca/en/open-government-licence-canada"),
    ("etalab-2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"),
    ("DL-DE-BY-2.0", "https://www.govdata.de/dl-de/by-2-0"),
    ("DL-DE-ZERO-2.0", "https://www.govdata.de/dl-de/zero-2-0"),
    ("ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
    ("ODC-By-1.0", "https://opendatacommons.org/licenses/by/1-0/"),
    ("MIT", "https://spdx.org/licenses/MIT.html"),
    ("Apache-2.0", "https://spdx.org/licenses/Apache-2.0.html"),
];

/// The name of a licence as it is shown, and its address if it is known. An address is its own name.
fn known(name: &str) -> (String, Option<String>) {
    if name.starts_with("https://") || name.starts_with("http://") {
        return (name.to_string(), Some(name.to_string()));
    }
    if let Some((shown, url)) = creative_commons(name) {
        return (shown, Some(url));
    }
    let listed = LICENCES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    (name.to_string(), listed.map(|(_, url)| url.to_string()))
}

/// `CC-BY-SA-4.0`, `cc by 4.0`, `CC-BY-3.0-IGO` or `CC0-1.0` (<https://creativecommons.org/share-your-work/cclicenses/>).
fn creative_commons(name: &str) -> Option<(String, String)> {
    let name = name.to_ascii_lowercase().replace([' ', '_'], "-");
    if matches!(name.as_str(), "cc0" | "cc0-1.0") {
        return Some(("CC0 1.0".into(), "https://creativecommons.org/publicdomain/zero/1.0/".into()));
    }
    let rest = name.strip_prefix("cc-")?;
    let digits = rest.find(|letter: char| letter.is_ascii_digit())?;
    let (rights, version) = (rest[..digits].trim_end_matches('-'), &rest[digits..]);
    let (version, place) = version.split_once('-').unwrap_or((version, ""));
    let is_licence = ["by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd"].contains(&rights);
    let is_version = ["1.0", "2.0", "2.5", "3.0", "4.0"].contains(&version);
    if !is_licence || !is_version || !place.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let place_shown = if place.is_empty() { String::new() } else { format!(" {}", place.to_uppercase()) };
    let place = if place.is_empty() { String::new() } else { format!("{place}/") };
    let shown = format!("CC {} {version}{place_shown}", rights.to_uppercase());
    Some((shown, format!("https://creativecommons.org/licenses/{rights}/{version}/{place}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_that_are_known_have_an_address() {
        let shown = |name: &str| {
            let (name, url) = known(name);
            format!("{name} {}", url.unwrap_or_default())
        };
        assert_eq!(shown("CC-BY-4.0"), "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/");
        assert_eq!(shown("cc by-nc-sa 3.0 igo"), "CC BY-NC-SA 3.0 IGO https://creativecommons.org/licenses/by-nc-sa/3.0/igo/");
        assert_eq!(shown("CC0-1.0"), "CC0 1.0 https://creativecommons.org/publicdomain/zero/1.0/");
        assert_eq!(shown("ogl-uk-3.0"), "ogl-uk-3.0 https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/");
        assert_eq!(shown("https://example.org/terms"), "https://example.org/terms https://example.org/terms");
        assert_eq!(
            (shown("CC-BY-9.0"), shown("All rights reserved"), shown("")),
            ("CC-BY-9.0 ".into(), "All rights reserved ".into(), " ".into())
        );
    }

    #[test]
    fn who_cites_a_page_says_what_has_become_of_it() {
        let files = [
            ("content/b/w.md", "---\ntitle: W\ndate: 2025-03-01\nwithdrawn: {date: 2025-04-01, reason: wrong}\n---\n"),
            ("content/b/old.md", "---\ntitle: Old\ndate: 2025-03-01\n---\n"),
            ("content/b/new.md", "---\ntitle: New\nid: R-2\ndate: 2025-05-01\nsupersedes: old\n---\n"),
            (
                "content/b/c.md",
                "---\ntitle: C\ndate: 2025-03-01\nchanges:\n  - {date: 2025-05-09, note: A sum was wrong., kind: correction}\n---\n",
            ),
        ];
        let now = "2026-01-01T00:00:00Z".parse().expect("an instant");
        let sources = crate::sources::Sources::in_memory(now, "title = \"Desk\"\nbase_url = \"https://e.org/\"\n", &files);
        let made = crate::pipeline::render_all(&sources, &mut Default::default(), &Default::default()).expect("no mistakes");
        let line = |page: &str| {
            let html = String::from_utf8(made[page].clone()).expect("text");
            let line = html.split("<p class=\"cite\">").nth(1).and_then(|rest| rest.split("</p>").next());
            line.unwrap_or_default().to_string()
        };
        assert_eq!(line("b/w/index.html"), "W. Desk, 1 March 2025. Withdrawn on 1 April 2025. https://e.org/b/w/");
        assert_eq!(line("b/old/index.html"), "Old. Desk, 1 March 2025. Superseded by R-2. https://e.org/b/old/");
        assert!(line("b/c/index.html").contains("Corrected on 9 May 2025."), "{}", line("b/c/index.html"));
    }

    #[test]
    fn a_site_that_does_not_know_where_it_lives_gives_no_address() {
        let work = |title: &'static str| {
            let states = [];
            let strings = crate::theme::Strings::default();
            let work =
                Work { authors: &[], title, number: None, publisher: None, date: None, as_of: None, doi: None, states: &states, url: None };
            work.text(&strings)
        };
        assert_eq!((work("Tides"), work("Who pays?")), ("Tides.".into(), "Who pays?".into()));
    }

    #[test]
    fn sentences_have_one_stop_each() {
        let mut line = "Who pays?".to_string();
        ["A", "https://x/"].iter().for_each(|sentence| push_sentence(sentence, &mut line));
        assert_eq!(line, "Who pays? A. https://x/");
    }
}
