//! Parts for those who use a page: how to cite it, and under which licence it is.
//!
//! It must not know how either is shown.

use std::hash::Hash;

use tera::{Map, Value};

use super::pages::{as_of, shown};
use super::work::{self, Work};
use super::{Make, Model, Part, Scope, What, reference};
use crate::addresses::exported;
use crate::addresses::exports::{OF_PAGE, is_publication};
use crate::fingerprint::Flat;
use crate::page::date::PartialDate;
use crate::references::Inline;
use crate::references::export::Written;
use crate::references::inline::plain;
use crate::theme::Strings;

pub const PARTS: &[Part] = &[
    Part {
        name: "cite",
        doc: "of a page: `text` (all of it as one line; on a site that cites sources in its style), `html` (the same with its markup, there), `bib`, `ris` and `json` (addresses of what can be taken along, there), and its pieces `authors` (names), `title`, `number`, `publisher`, `date`, `as_of`, `doi`, `url`, `states` (what has become of it, in words: withdrawn, superseded, archived, amended, corrected; and its marking); `text` is empty elsewhere",
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
    let site = scope.site;
    let work = Work::new(scope.view, page);
    let as_of = as_of(fact).filter(|as_of| Some(*as_of) != work.date);
    // A site that cites nothing has no style that anybody chose, and nothing to take along.
    let is_taken_along = !site.index.citations.sources.is_empty() && is_publication(fact);
    let style = site.citing.as_ref().filter(|_| is_taken_along).map(|citing| citing.style.print());
    let mut flat = Flat::default();
    (&work, as_of, is_taken_along, style).hash(&mut flat);
    let scope = *scope;
    Model::later(flat.print(), move || Value::from(fields(&scope, &work, as_of, is_taken_along)))
}

fn fields(scope: &Scope, work: &Work, as_of: Option<PartialDate>, is_taken_along: bool) -> Map {
    let (site, strings) = (scope.site, scope.place.strings());
    let (states, url) = (work.states(strings), site.absolute(work.route));
    let texts = |texts: &mut dyn Iterator<Item = &str>| Value::from(texts.map(Value::from).collect::<Vec<Value>>());
    let some = |text: Option<&str>| text.map_or(Value::none(), Value::from);
    let day = |date: Option<PartialDate>| date.map_or(Value::none(), |date| Value::from(date.to_string()));
    let mut fields = Map::with_capacity(14);
    let mut add = |name: &'static str, value: Value| drop(fields.insert(name.into(), value));
    if is_taken_along {
        let pieces = in_style(scope, work, &states);
        add("text", Value::normal_string(&plain(&pieces)));
        add("html", Value::safe_string(&reference::html(&pieces)));
    } else {
        add("text", Value::from(line(work, as_of, &states, url.as_deref(), strings)));
    }
    add("authors", texts(&mut work.authors.iter().map(|(author, _)| *author)));
    add("title", Value::from(work.title));
    add("number", some(work.number));
    add("publisher", some(work.publisher));
    add("date", day(work.date));
    add("as_of", day(as_of));
    add("doi", some(work.doi));
    add("url", Value::from(url.unwrap_or_else(|| site.href(work.route))));
    add("states", texts(&mut states.iter().map(String::as_str)));
    for form in Written::ALL.into_iter().filter(|_| is_taken_along) {
        add(form.ending(), Value::from(site.href(&exported(work.route, OF_PAGE, form))));
    }
    fields
}

/// The citation of a page in the style of the site, with what has become of the page behind it, which is said in the same way in every style.
fn in_style(scope: &Scope, work: &Work, states: &[String]) -> Vec<Inline> {
    let mut pieces = reference::of_work(scope, work);
    let said: Vec<String> = states.iter().map(|state| work::sentence(state)).collect();
    pieces.extend((!said.is_empty()).then(|| Inline::text(format!(" [{}]", said.join(" ")))));
    pieces
}

/// All of a work as one line of sentences, each with a stop, unless it ends in one of its own; the address at the end has none.
fn line(work: &Work, as_of: Option<PartialDate>, states: &[String], url: Option<&str>, strings: &Strings) -> String {
    let shown = |date: PartialDate| strings.date(&date.to_string());
    let mut line = String::with_capacity(256);
    for (at, (author, _)) in work.authors.iter().enumerate() {
        line.push_str(if at > 0 { ", " } else { "" });
        line.push_str(author);
    }
    line.push_str(if work.authors.is_empty() { "" } else { ": " });
    line.push_str(work.title);
    work.number.iter().for_each(|number| push_sentence(number, &mut line));
    match (work.publisher, work.date.map(shown)) {
        (Some(publisher), date) => {
            push_sentence(publisher, &mut line);
            date.iter().for_each(|date| line.extend([", ", date]));
        }
        (None, date) => date.iter().for_each(|date| push_sentence(date, &mut line)),
    }
    if let Some(as_of) = as_of {
        push_sentence(
            &capitalised(&strings.filled(if as_of.day().is_some() { "as_of" } else { "as_of_in" }, &[("date", &shown(as_of))])),
            &mut line,
        );
    }
    states.iter().for_each(|state| push_sentence(state, &mut line));
    let address = work.doi.map(|doi| format!("https://doi.org/{doi}"));
    match (address.as_deref().or(url), line.ends_with(['.', '?', '!', '…', '؟'])) {
        (Some(address), _) => push_sentence(address, &mut line),
        (None, true) => {}
        (None, false) => line.push('.'),
    }
    line
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
        assert_eq!(line("b/old/index.html"), "Old. Desk, 1 March 2025. Superseded by R-2 (1 May 2025). https://e.org/b/old/");
        assert!(line("b/c/index.html").contains("Corrected on 9 May 2025."), "{}", line("b/c/index.html"));
    }

    #[test]
    fn a_site_that_does_not_know_where_it_lives_gives_no_address() {
        let work = |title| line(&Work::titled(title), None, &[], None, &Strings::default());
        assert_eq!((work("Tides"), work("Who pays?")), ("Tides.".into(), "Who pays?".into()));
    }

    #[test]
    fn sentences_have_one_stop_each() {
        let mut line = "Who pays?".to_string();
        ["A", "https://x/"].iter().for_each(|sentence| push_sentence(sentence, &mut line));
        assert_eq!(line, "Who pays? A. https://x/");
    }
}
