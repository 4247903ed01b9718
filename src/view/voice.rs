//! What documents share that speak one language: values and snippets that are made once, when the first of them is rendered.
//!
//! Owns `Voice`. A value that is shared is a pure function of what its print is taken of, of the strings of the language and of the theme's snippets,
//! which are in the key of every document.

use std::sync::{Arc, OnceLock};

use tera::{Context, Map, Value};

use super::model::Model;
use super::{Make, Part, View, all_parts, cards, cited, connections, head, sources, terms};
use crate::fingerprint::{Fingerprint, Flat};
use crate::index::{PageId, Related};
use crate::site::Site;
use crate::theme::{Once, Snippet, Strings};

/// A language of the interface.
pub struct Voice {
    pub strings: Arc<Strings>,
    /// By language of the site and place among the parts: those that are the same for all documents of a language.
    parts: Vec<Vec<OnceLock<Shared>>>,
    /// By language of the site.
    frames: Vec<OnceLock<Shared>>,
    /// By page. Nothing is made for a language that no list speaks.
    cards: OnceLock<Vec<OnceLock<Value>>>,
    /// By place in `index.terms`.
    terms: OnceLock<Vec<OnceLock<Value>>>,
    /// By place in `index.citations.sources`.
    sources: OnceLock<Vec<OnceLock<Value>>>,
    /// By page.
    citing: OnceLock<Vec<OnceLock<Value>>>,
    /// By place in `index.lists`.
    ways: OnceLock<Vec<OnceLock<Shared>>>,
    /// What few pages have in common is said in the same words wherever it is said: by numbers of topics and of tags.
    reasons: [[OnceLock<Value>; FEW]; FEW],
    /// Why a snippet could not be rendered: nothing that shows snippets can be then.
    failure: OnceLock<tera::Error>,
}

/// Pages have less topics or tags in common, as a rule.
const FEW: usize = 8;

/// A value with its print.
struct Shared {
    print: Fingerprint,
    value: OnceLock<Value>,
}

/// Where a document stands: what is the same for all that are beside it.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    pub view: &'a View,
    /// The language of the site.
    pub lang: u8,
    pub voice: &'a Voice,
}

/// A value that many documents show.
#[derive(Clone, Copy)]
pub enum Common {
    /// A part that depends on the language alone, by its place in the table.
    Part(u32),
    /// The snippets of a language.
    Frame,
    Card(PageId),
    /// A term with its address.
    Term(u32),
    /// What is the same of a source wherever a page lists it, by its place in `index.citations.sources`.
    Source(u32),
    /// A page as those of its sources show it.
    Citing(PageId),
    /// The way from the home page to a section, by its place in `index.lists`.
    Way(u32),
}

impl Voice {
    pub(super) fn new(site: &Site, strings: Arc<Strings>) -> Voice {
        let languages = 1 + site.config.languages.len();
        let parts = all_parts().count();
        Voice {
            strings,
            parts: (0..languages).map(|_| empty(parts)).collect(),
            frames: empty(languages),
            cards: OnceLock::new(),
            terms: OnceLock::new(),
            sources: OnceLock::new(),
            citing: OnceLock::new(),
            ways: OnceLock::new(),
            reasons: Default::default(),
            failure: OnceLock::new(),
        }
    }

    /// Why a snippet could not be rendered, if one could not.
    pub fn failure(&self) -> Option<&tera::Error> {
        self.failure.get()
    }
}

impl Shared {
    fn new(print: Fingerprint) -> Shared {
        Shared { print, value: OnceLock::new() }
    }
}

pub(super) fn empty<T>(count: usize) -> Vec<OnceLock<T>> {
    std::iter::repeat_with(OnceLock::new).take(count).collect()
}

impl<'a> Place<'a> {
    pub fn site(&self) -> &'a Site {
        &self.view.site
    }

    /// What the theme says here.
    pub fn strings(&self) -> &'a Strings {
        &self.voice.strings
    }

    /// The card of a page.
    pub fn card(&self, page: PageId) -> Model<'a> {
        Model::Common(*self, Common::Card(page))
    }

    /// A term with its address.
    pub fn term(&self, term: u32) -> Model<'a> {
        Model::Common(*self, Common::Term(term))
    }

    /// What is the same of a source wherever a page lists it.
    pub fn source(&self, source: u32) -> Value {
        self.value(Common::Source(source))
    }

    /// A page as those of its sources show it.
    pub fn citing(&self, page: PageId) -> Value {
        self.value(Common::Citing(page))
    }

    /// Why a page is related: what it has in common, in words.
    pub fn reason(&self, related: &Related) -> Model<'a> {
        let (place, related) = (*self, *related);
        let print = Fingerprint(u128::from(related.topics) << 64 | u128::from(related.tags));
        if related.sources > 0 {
            let source = sources::title(self.site(), related.source);
            let print = Fingerprint::of(&(print, related.sources, &source));
            return Model::later(print, move || {
                let terms = place.reason_of_terms(&related);
                let terms = terms.as_str().unwrap_or_default();
                Value::from(connections::reason_with_sources(place.strings(), terms, &related, &source))
            });
        }
        Model::later(print, move || place.reason_of_terms(&related))
    }

    /// What pages have in common but for sources, in words.
    fn reason_of_terms(&self, related: &Related) -> Value {
        let words = || Value::from(connections::reason(self.strings(), related));
        let slot = self.voice.reasons.get(related.topics as usize).and_then(|row| row.get(related.tags as usize));
        slot.map_or_else(words, |slot| slot.get_or_init(words).clone())
    }

    /// The fingerprint of what a value says.
    pub(super) fn print(&self, common: Common) -> Fingerprint {
        match common {
            Common::Part(at) => self.part(at as usize).print,
            Common::Frame => self.voice.frames[self.lang as usize].get_or_init(|| Shared::new(self.frame_without(""))).print,
            Common::Card(page) => self.view.card_print(page),
            Common::Term(term) => self.view.term_print(term),
            Common::Source(source) => self.view.source_print(source),
            Common::Citing(page) => sources::citing(self.site(), page).print(),
            Common::Way(list) => self.way(list).print,
        }
    }

    fn part(&self, at: usize) -> &'a Shared {
        let print = || match all_parts().nth(at).map(|part| &part.make) {
            Some(Make::Language(make)) => make(self).print(),
            _ => Fingerprint::default(),
        };
        self.voice.parts[self.lang as usize][at].get_or_init(|| Shared::new(print()))
    }

    fn way(&self, list: u32) -> &'a Shared {
        let lists = &self.site().index.lists;
        let ways = self.voice.ways.get_or_init(|| empty(lists.len()));
        ways[list as usize].get_or_init(|| Shared::new(head::way(self.view, &lists[list as usize]).print()))
    }

    /// The print of the frame, but for what comes from one part.
    pub fn frame_without(&self, part: &str) -> Fingerprint {
        let mut flat = Flat::default();
        for name in self.site().theme.snippets.once(Once::Frame).flat_map(|snippet| &snippet.implicit).filter(|name| *name != part) {
            self.named(name).print_into(&mut flat);
        }
        flat.print()
    }

    /// The value that a snippet of the language takes as `@name`; nothing for what is not the same in all documents.
    fn named(&self, name: &str) -> Model<'a> {
        match super::part(name) {
            Some((at, Part { make: Make::Language(_), .. })) => Model::Common(*self, Common::Part(at as u32)),
            _ if name == "t" => Model::Strings(self.strings()),
            _ => Model::None,
        }
    }

    /// What templates see of a value that many documents show.
    pub(super) fn value(&self, common: Common) -> Value {
        let voice = self.voice;
        let slot = match common {
            Common::Part(at) => &self.part(at as usize).value,
            Common::Frame => &voice.frames[self.lang as usize].get_or_init(|| Shared::new(self.frame_without(""))).value,
            Common::Card(page) => &voice.cards.get_or_init(|| empty(self.site().facts.len()))[page as usize],
            Common::Term(term) => &voice.terms.get_or_init(|| empty(self.site().index.terms.all.len()))[term as usize],
            Common::Source(source) => &voice.sources.get_or_init(|| empty(self.site().index.citations.sources.len()))[source as usize],
            Common::Citing(page) => &voice.citing.get_or_init(|| empty(self.site().facts.len()))[page as usize],
            Common::Way(list) => &self.way(list).value,
        };
        slot.get_or_init(|| self.make(common)).clone()
    }

    fn make(&self, common: Common) -> Value {
        let site = self.site();
        match common {
            Common::Part(at) => match all_parts().nth(at as usize).map(|part| &part.make) {
                Some(Make::Language(make)) => make(self).value(),
                _ => Value::none(),
            },
            Common::Frame => {
                let mut map = Map::new();
                site.theme.snippets.once(Once::Frame).for_each(|snippet| self.add_snippet(snippet, &Context::new(), &mut map));
                Value::from(map)
            }
            Common::Card(page) => self.with_snippets(Once::Card, "card", &cards::model(site, page, self.strings())),
            Common::Term(term) => self.with_snippets(Once::Term, "term", &terms::link(site, &site.index.terms.all[term as usize])),
            Common::Source(source) => self.with_snippets(Once::Source, "source", &cited::shared(site, source)),
            Common::Citing(page) => self.with_snippets(Once::Citing, "citing", &sources::citing(site, page)),
            Common::Way(list) => head::way(self.view, &site.index.lists[list as usize]).value(),
        }
    }

    /// A map with what the snippets make of it.
    fn with_snippets(&self, once: Once, name: &'static str, model: &Model) -> Value {
        let mut value = model.value();
        // Each sees what those before it made.
        for snippet in self.site().theme.snippets.once(once) {
            let mut args = Context::new();
            args.insert_value(name, value.clone());
            let mut map = value.as_map().cloned().unwrap_or_default();
            self.add_snippet(snippet, &args, &mut map);
            value = Value::from(map);
        }
        value
    }

    fn add_snippet(&self, snippet: &Snippet, args: &Context, map: &mut Map) {
        match self.rendered(snippet, args) {
            Ok(html) => drop(map.insert(snippet.field().to_string().into(), Value::safe_string(&html))),
            Err(error) => drop(self.voice.failure.set(error)),
        }
    }

    fn rendered(&self, snippet: &Snippet, args: &Context) -> tera::TeraResult<String> {
        let mut implicit = Context::new();
        for name in &snippet.implicit {
            implicit.insert_value(name.clone(), self.named(name).value());
        }
        self.site().theme.engine.component(&self.strings().lang, &snippet.name, args, &implicit)
    }
}
