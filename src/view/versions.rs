//! Parts of earlier texts: what was said, what became of it, and which there are.
//!
//! Owns `Compared`. It must not know how texts are compared, nor what the page says now but for that.

use std::borrow::Cow;
use std::sync::OnceLock;

use tera::Value;

use super::fill::{self, Linked, Readers};
use super::{Make, Model, Part, Scope, View, What};
use crate::compare::{BEGINS, Change, Comparison, Labels, compare};
use crate::fingerprint::Fingerprint;
use crate::html::escape;
use crate::index::PageId;
use crate::page::body::BodyTexts;
use crate::page::{Body, Facts, Fragment, version};
use crate::site::Site;

pub const PARTS: &[Part] = &[
    Part {
        name: "version",
        doc: "of an earlier text: `title`, `url`, `date` and `number` (from 2, of several of one day), `summary` (if it was written), `content`, `key_points`, and `recommendations` as HTML, `sources` (groups of what it cites, as those of the part `sources`), `changes` (the address of the comparison with what came next), `current`, `earlier` and `later` (`title`, `url`, `date`, `number`; `later` is none if the current text came next)",
        make: Make::Document(version),
    },
    Part {
        name: "comparison",
        doc: "what became of an earlier text: `html`; `added`, `removed` and `moved` (how many words); `count` (of changes); `sections` (`heading`, or nothing above the first one; `changes`: `number`, `added`, `removed`, `moved`; the anchor of a change is `change-` and its number); `old` and `later` (`title`, `url`, `date`, `number`; `later` is none if the current text came next), `current` (`title`, `url`)",
        make: Make::Document(comparison),
    },
];

/// What became of an earlier text: a pure function of what is compared, made when somebody first asks, and kept as long as that is the same.
#[derive(Debug, Default)]
pub struct Compared(OnceLock<Comparison>);

/// What nobody has asked for yet may come to anything.
impl PartialEq for Compared {
    fn eq(&self, other: &Compared) -> bool {
        self.0.get().zip(other.0.get()).is_none_or(|(one, other)| one == other)
    }
}

impl View {
    /// The version that took the place of another; `None` if the current text did.
    pub fn next_version(&self, version: u32) -> Option<u32> {
        let versions = &self.site.versions;
        let next = version + 1;
        versions.get(next as usize).filter(|next| next.page == versions[version as usize].page).map(|_| next)
    }

    /// The print of an earlier text and of what came next, without where their links lead.
    pub fn version_print(&self, version: u32) -> Fingerprint {
        let body = |version: u32| self.site.version_bodies[version as usize].print;
        Fingerprint::of(&(body(version), self.next_version(version).map(body)))
    }

    /// The fingerprint of all that is compared, both texts and the headings of their lists: with an equal one a comparison need not be made again.
    pub fn comparison_print(&self, version: u32) -> Fingerprint {
        Fingerprint::of(&(Text::version(&self.site, version).print(self), self.after(version).print(self), self.list_headings(version)))
    }

    /// The comparison of a version with what came next, made now.
    pub fn compared(&self, version: u32) -> Compared {
        Compared(OnceLock::from(self.compare(version)))
    }

    fn compare(&self, version: u32) -> Comparison {
        let words = self.list_headings(version);
        compare(&Text::version(&self.site, version).html(self, &words), &self.after(version).html(self, &words))
    }

    /// What stands above key points and recommendations: of both texts the same, whatever language an earlier one was in.
    fn list_headings(&self, version: u32) -> [&str; 2] {
        let strings = self.site.theme.strings(self.site.lang_of(self.site.versions[version as usize].page));
        [strings.text("key_points"), strings.text("recommendations")]
    }

    /// The text that took the place of a version.
    fn after(&self, version: u32) -> Text<'_> {
        let current = || Text::page(&self.site, self.site.versions[version as usize].page);
        self.next_version(version).map_or_else(current, |next| Text::version(&self.site, next))
    }
}

/// A text of a page, of whatever day.
struct Text<'a> {
    facts: &'a Facts,
    body: &'a Body,
    linked: Linked<'a>,
}

impl<'a> Text<'a> {
    fn page(site: &'a Site, page: PageId) -> Text<'a> {
        Text { facts: site.page(page), body: &site.bodies[page as usize], linked: Linked::page(site, page).unmarked() }
    }

    fn version(site: &'a Site, version: u32) -> Text<'a> {
        let at = version as usize;
        Text { facts: &site.versions[at].facts, body: &site.version_bodies[at], linked: Linked::version(site, version) }
    }

    /// Of all that is compared.
    fn print(&self, view: &'a View) -> Fingerprint {
        let text = fill::print_of(&view.site, self.body.print, self.linked, readers(view));
        Fingerprint::of(&(text, &self.facts.title, self.written_summary(&view.site)))
    }

    /// What was written as a summary; another one is the beginning of the text.
    fn written_summary(&self, site: &'a Site) -> Option<Cow<'a, str>> {
        self.facts.front().summary.as_ref().map(|_| summary_of(site, self.facts, self.linked))
    }

    /// All that readers see of it, as one text.
    fn html(&self, view: &'a View, words: &[&str; 2]) -> String {
        let site = &*view.site;
        let texts = self.body.texts();
        let mut html = String::new();
        let filled = |fragment: &Fragment| fill::fill_in(site, self.linked, fragment, readers(view));
        let mut paragraph = |text: &str| {
            html.push_str("<p>");
            escape(text, &mut html);
            html.push_str("</p>");
        };
        paragraph(&self.facts.title);
        if let Some(summary) = self.written_summary(site) {
            paragraph(&summary);
        }
        for (lines, heading) in [&texts.key_points, &texts.recommendations].into_iter().zip(words).filter(|(lines, _)| !lines.is_empty()) {
            html.push_str("<h2>");
            escape(heading, &mut html);
            html.push_str("</h2><ul>");
            lines.iter().for_each(|line| html.extend(["<li>", &filled(line), "</li>"]));
            html.push_str("</ul>");
        }
        // What changes there is not below the last of these headings.
        html.extend(["<hr class=\"", BEGINS, "\">", &filled(&texts.html)]);
        html
    }
}

/// Nothing is marked in an earlier text.
fn readers(view: &View) -> Readers<'_> {
    Readers::OfSite(&view.broken_links)
}

/// The marking of what a document shows: of a page, of an earlier text, or the higher one of two that are compared.
pub fn marking<'a>(scope: &Scope<'a>) -> Option<&'a str> {
    let (site, view) = (scope.site, scope.view);
    let of_page = || scope.doc.page.and_then(|page| site.page(page).page.marking.as_deref());
    let of_version = |version: u32| site.versions[version as usize].facts.page.marking.as_deref();
    match scope.doc.what {
        What::Version { version, .. } => of_version(version),
        What::Comparison { version, .. } => {
            let both = [of_version(version), view.next_version(version).map_or_else(of_page, of_version)];
            both.into_iter().flatten().max_by_key(|name| site.config.markings.rank(name))
        }
        _ => of_page(),
    }
}

/// What an earlier text says of itself.
pub fn summary(site: &Site, version: u32) -> Cow<'_, str> {
    summary_of(site, &site.versions[version as usize].facts, Linked::version(site, version))
}

fn summary_of<'a>(site: &'a Site, facts: &'a Facts, linked: Linked<'a>) -> Cow<'a, str> {
    facts.summary.filled(|link| linked.words(site, link))
}

fn version<'a>(scope: &Scope<'a>) -> Model<'a> {
    let What::Version { version: at, .. } = scope.doc.what else { return Model::Map(Vec::new()) };
    let (site, view) = (scope.site, scope.view);
    let text = Text::version(site, at);
    let page = site.versions[at as usize].page;
    let (body, linked) = (text.body, text.linked);
    let print = fill::print_of(site, body.print, linked, readers(view));
    let lines = |of: fn(&BodyTexts) -> &[Fragment]| {
        Model::later(print, move || {
            let texts = body.texts();
            let line = |line: &Fragment| Value::safe_string(&fill::fill_in(site, linked, line, readers(view)));
            Value::from(of(&texts).iter().map(line).collect::<Vec<_>>())
        })
    };
    let content = move || Value::safe_string(&fill::fill_in(site, linked, &body.texts().html, readers(view)));
    let beside = |other: Option<u32>| other.map_or(Model::None, |other| Model::Map(named(site, other)));
    let mut map = named(site, at);
    map.extend([
        ("summary", Model::some(text.written_summary(site))),
        ("content", if body.has_html { Model::later(print, content) } else { Model::None }),
        ("key_points", lines(|texts| &texts.key_points)),
        ("recommendations", lines(|texts| &texts.recommendations)),
        ("sources", sources(body, print)),
        ("current", super::head::link_or_none(site, Some(page))),
        ("earlier", beside(at.checked_sub(1).filter(|before| site.versions[*before as usize].page == page))),
        ("later", beside(view.next_version(at))),
    ]);
    Model::Map(map)
}

/// The list of what an earlier text cites, as today's register has it.
fn sources<'a>(body: &'a Body, print: Fingerprint) -> Model<'a> {
    Model::later(print, || {
        let texts = body.texts();
        let entry = |entry: &crate::page::body::SourceEntry| {
            let mut map = tera::Map::new();
            map.insert("id".into(), Value::from(crate::page::body::entry_id(&entry.key)));
            map.insert("label".into(), Value::safe_string(&entry.label));
            map.insert("html".into(), Value::safe_string(&entry.html()));
            map.insert("links".into(), Value::from(""));
            Value::from(map)
        };
        if texts.sources.is_empty() {
            return Value::from(Vec::<Value>::new());
        }
        let mut group = tera::Map::new();
        group.insert("standing".into(), Value::from(""));
        group.insert("items".into(), Value::from(texts.sources.iter().map(entry).collect::<Vec<_>>()));
        Value::from(vec![Value::from(group)])
    })
}

/// What a version is called, and where it is.
fn named(site: &Site, at: u32) -> Vec<(&'static str, Model<'_>)> {
    let version = &site.versions[at as usize];
    let number = version.name.number;
    vec![
        ("title", Model::text(&*version.facts.title)),
        ("url", Model::address(site, &**version.facts.route())),
        ("date", Model::text(version.name.day.to_string())),
        ("number", if number > 1 { Model::Number(i64::from(number)) } else { Model::None }),
        ("changes", Model::address(site, version::changes(version.facts.route()))),
    ]
}

/// The earlier texts of a page, newest first.
pub fn of_page(site: &Site, page: PageId) -> Vec<Model<'_>> {
    site.versions_of(page).rev().map(|(at, _)| Model::Map(named(site, at))).collect()
}

fn comparison<'a>(scope: &Scope<'a>) -> Model<'a> {
    let What::Comparison { version: at, .. } = scope.doc.what else { return Model::Map(Vec::new()) };
    let (site, view, place) = (scope.site, scope.view, scope.place);
    let page = site.versions[at as usize].page;
    let made = move |field: fn(&Comparison) -> Value| Model::later(view.comparison_print(at), move || field(compared(view, at)));
    let html = Model::later(view.comparison_print(at), move || Value::safe_string(&compared(view, at).html(&labels(place.strings()))));
    Model::Map(vec![
        ("html", html),
        ("added", made(|comparison| Value::from(comparison.added))),
        ("removed", made(|comparison| Value::from(comparison.removed))),
        ("moved", made(|comparison| Value::from(comparison.moved))),
        ("count", made(|comparison| Value::from(comparison.changes.len()))),
        ("sections", made(|comparison| by_heading(&comparison.changes))),
        ("old", Model::Map(named(site, at))),
        ("later", view.next_version(at).map_or(Model::None, |next| Model::Map(named(site, next)))),
        ("current", super::head::link_or_none(site, Some(page))),
    ])
}

/// The comparison of a version with what came next, made once.
fn compared(view: &View, at: u32) -> &Comparison {
    view.comparisons[at as usize].0.get_or_init(|| view.compare(at))
}

fn labels(strings: &crate::theme::Strings) -> Labels<'_> {
    Labels {
        added: [strings.text("added_begins"), strings.text("added_ends")],
        removed: [strings.text("removed_begins"), strings.text("removed_ends")],
        moved_here: strings.text("moved_here"),
        moved_away: strings.text("moved_away"),
        table: strings.text("table"),
        notes: strings.text("notes"),
    }
}

/// Changes by the heading that they stand below.
fn by_heading(changes: &[Change]) -> Value {
    let mut sections: Vec<(Option<&str>, Vec<Value>)> = Vec::new();
    for (at, change) in changes.iter().enumerate() {
        let heading = change.heading.as_deref();
        if sections.last().is_none_or(|(last, _)| *last != heading) {
            sections.push((heading, Vec::new()));
        }
        let mut map = tera::Map::new();
        for (name, count) in [("number", at + 1), ("added", change.added), ("removed", change.removed), ("moved", change.moved)] {
            map.insert(name.into(), Value::from(count));
        }
        sections.last_mut().expect("one was pushed").1.push(Value::from(map));
    }
    let section = |(heading, changes): (Option<&str>, Vec<Value>)| {
        let mut map = tera::Map::new();
        map.insert("heading".into(), heading.map_or_else(Value::none, Value::from));
        map.insert("changes".into(), Value::from(changes));
        Value::from(map)
    };
    Value::from(sections.into_iter().map(section).collect::<Vec<_>>())
}
