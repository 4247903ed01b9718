//! The named parts that templates may use: one table, one entry a part.
//!
//! Owns `PARTS`. It must not know templates: a part is the same whoever mentions it. Parts are small and flat; none holds the whole site.

mod broken_link;
pub mod cards;
pub mod cite;
mod cited;
pub mod connections;
pub mod doc;
mod ends;
pub mod fill;
pub mod head;
mod highwire;
pub mod home;
pub mod lists;
pub mod model;
pub mod pages;
mod parts;
mod reference;
pub mod settings;
pub mod sources;
pub mod standing;
mod structured;
pub mod terms;
pub mod topics;
pub mod versions;
pub mod voice;
pub mod work;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::fingerprint::{Fingerprint, Lookup, PROGRAM};
use crate::index::{List, ListKind, PageId};
use crate::page::Facts;
use crate::page::route::{Kind, normal};
use crate::search::File;
use crate::site::{BrokenLinks, Site};
use crate::theme::Strings;

pub use broken_link::FAULT;
pub use doc::{Doc, What};
pub use model::Model;
pub use parts::Parts;
pub use versions::Compared;
pub use voice::{Common, Place, Voice};

/// A site with what its parts share.
pub struct View {
    pub site: Arc<Site>,
    /// What a preview marks in its pages.
    pub broken_links: BrokenLinks,
    /// The files of the search index, if they were asked for.
    pub search: Arc<[File]>,
    /// By page: the prints of cards. Each is taken when it is first wanted, for a preview shows few of them.
    cards: Vec<OnceLock<Fingerprint>>,
    /// By place in `index.terms`: the prints of names with addresses.
    terms: Vec<OnceLock<Fingerprint>>,
    /// By place in `index.citations.sources`: the prints of what is the same of a source wherever a page lists it.
    sources: Vec<OnceLock<Fingerprint>>,
    /// By number of the language of the interface. Each is made when a document speaks it.
    voices: Vec<OnceLock<Voice>>,
    /// What the names in each template stand for, by the name of the template.
    mentions: Lookup<Box<str>, Vec<Mention>>,
    /// By place in `index.terms`: of authors, whether they are people. Who wrote many pages is looked at once.
    people: Vec<OnceLock<bool>>,
    /// The names of all organisations that have a page, made normal; made when it is first asked for.
    organisations: OnceLock<BTreeSet<String>>,
    /// Places in `index.lists`, in the order of languages and kinds.
    lists: Vec<u32>,
    /// By earlier text: what became of it, compared when somebody first asks.
    comparisons: Vec<Arc<Compared>>,
    /// Of all that documents are made of but the text of their own page; made when it is first asked for.
    print: OnceLock<Fingerprint>,
}

/// A name in a template, and what it stands for.
pub struct Mention {
    name: Cow<'static, str>,
    of: Mentioned,
}

enum Mentioned {
    /// A part, and its place in the table.
    Part(usize, &'static Part),
    /// The data of that name, without `data_`.
    Data(Box<str>),
    /// A query of the theme.
    Query,
    /// The snippets of the language.
    Frame,
    /// Nothing that the program knows: `emit` tells of it.
    Nothing,
}

/// What a part is made from.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub view: &'a View,
    pub site: &'a Site,
    pub place: Place<'a>,
    pub doc: &'a Doc,
}

/// One value that templates may mention.
pub struct Part {
    pub name: &'static str,
    /// What it holds, for `chancery explain parts`.
    pub doc: &'static str,
    pub make: Make,
}

/// What a part depends on.
pub enum Make {
    /// The document.
    Document(for<'a> fn(&Scope<'a>) -> Model<'a>),
    /// The language only: such a part is made once and shared.
    Language(for<'a> fn(&Place<'a>) -> Model<'a>),
}

/// All parts.
pub const PARTS: &[&[Part]] = &[
    head::PARTS,
    settings::PARTS,
    pages::PARTS,
    standing::PARTS,
    connections::PARTS,
    cite::PARTS,
    structured::PARTS,
    lists::PARTS,
    home::PARTS,
    terms::PARTS,
    topics::PARTS,
    sources::PARTS,
    cited::PARTS,
    versions::PARTS,
];

/// The part of that name, and its place in the table.
pub fn part(name: &str) -> Option<(usize, &'static Part)> {
    all_parts().enumerate().find(|(_, part)| part.name == name)
}

/// True for the names of values that are the same in all documents in a language.
pub fn is_same_everywhere(name: &str) -> bool {
    name == "t" || part(name).is_some_and(|(_, part)| matches!(part.make, Make::Language(_)))
}

/// All parts in the order of the table.
pub fn all_parts() -> impl Iterator<Item = &'static Part> {
    PARTS.iter().flat_map(|parts| parts.iter())
}

impl View {
    /// A view of a site, without the files of its search index.
    pub fn new(site: Arc<Site>) -> View {
        let voices = voice::empty(site.theme.engine.languages.count());
        let mut lists: Vec<u32> = (0..site.index.lists.len() as u32).collect();
        lists.sort_unstable_by_key(|list| by_kind(&site.index.lists[*list as usize]));
        let (cards, terms) = (voice::empty(site.facts.len()), voice::empty(site.index.terms.all.len()));
        let sources = voice::empty(site.index.citations.sources.len());
        let people = voice::empty(terms.len());
        let mentions = mentions(&site);
        View {
            site,
            broken_links: BrokenLinks::new(),
            search: Arc::default(),
            cards,
            terms,
            sources,
            voices,
            mentions,
            people,
            organisations: OnceLock::new(),
            comparisons: Vec::new(),
            lists,
            print: OnceLock::new(),
        }
    }

    /// The same with the files of the search index.
    pub fn with_search(self, search: Arc<[File]>) -> View {
        View { search, ..self }
    }

    /// The same with comparisons that may have been made before, one for each earlier text.
    pub fn with_comparisons(self, comparisons: Vec<Arc<Compared>>) -> View {
        View { comparisons, ..self }
    }

    /// The same with marks at these links.
    pub fn with_broken_links(self, broken_links: BrokenLinks) -> View {
        View { broken_links, ..self }
    }

    /// A print of the file at `path` that costs less than its key, and is equal only where the key is: of what pages know of each other, of all that is
    /// the same for the whole site, and of the text of `page` alone.
    pub fn print(&self, path: &str, page: Option<PageId>) -> Fingerprint {
        let text = page.map(|page| self.site.bodies[page as usize].print);
        Fingerprint::of(&(path, text, self.print.get_or_init(|| self.print_without_texts())))
    }

    fn print_without_texts(&self) -> Fingerprint {
        let View { site, broken_links, .. } = self;
        let pages: Vec<Fingerprint> = site.facts.par_iter().map(|fact| fact.shown).collect();
        let marks: Vec<Fingerprint> = site.marks.par_iter().map(Fingerprint::of).collect();
        let data: Vec<(&String, &Fingerprint)> = site.data.iter().map(|(name, (print, _))| (name, print)).collect();
        let style = site.citing.as_ref().map(|citing| citing.style.print());
        let versions: Vec<Fingerprint> = site.versions.iter().map(|version| version.facts.shown).collect();
        let same_for_all =
            (PROGRAM, site.columns, site.theme.print, data, &site.files, site.mode, broken_links, &*site.ledger, style, home::print(self));
        Fingerprint::of(&(same_for_all, pages, marks, versions))
    }

    /// The list of a kind in a language; `None` if there is nothing to list.
    pub fn list(&self, lang: u8, kind: &ListKind) -> Option<&List> {
        self.place_of_list(lang, kind).map(|list| &self.site.index.lists[list as usize])
    }

    /// The place of that list in `index.lists`.
    fn place_of_list(&self, lang: u8, kind: &ListKind) -> Option<u32> {
        let lists = &self.site.index.lists;
        let found = self.lists.binary_search_by(|list| by_kind(&lists[*list as usize]).cmp(&(lang, kind)));
        found.ok().map(|at| self.lists[at])
    }

    /// Whether an author is a person, by its place in `index.terms`.
    fn is_person(&self, author: u32) -> bool {
        *self.people[author as usize].get_or_init(|| work::is_person(self, &self.site.index.terms.all[author as usize]))
    }

    /// Whether an organisation with a page has this name.
    fn is_organisation(&self, name: &str) -> bool {
        let names = |fact: &Arc<Facts>| -> Vec<String> {
            std::iter::once(&*fact.title).chain(fact.front().names.iter().map(String::as_str)).map(normal).collect()
        };
        let all = || self.site.facts.iter().filter(|fact| fact.page.kind == Kind::Organisation).flat_map(names).collect();
        let known = self.organisations.get_or_init(all);
        !known.is_empty() && known.contains(&normal(name))
    }

    /// The parts of a document; `None` if the theme has no such template.
    pub fn parts<'a>(&'a self, doc: &'a Doc) -> Option<Parts<'a>> {
        let template = self.site.theme.templates.get(&*doc.template)?;
        Some(Parts::new(self.scope(doc), template, self.mentions.get(&*doc.template)?))
    }

    fn scope<'a>(&'a self, doc: &'a Doc) -> Scope<'a> {
        let (site, lang) = (&*self.site, self.lang(doc));
        let languages = &site.theme.engine.languages;
        let voice = self.voices[languages.number(lang)].get_or_init(|| Voice::new(site, languages.strings_for(lang).clone()));
        Scope { view: self, site, place: Place { view: self, lang: doc.lang, voice }, doc }
    }

    /// The code of the language of a document: what its page says, else that of its place.
    pub fn lang(&self, doc: &Doc) -> &str {
        doc.page.map_or_else(|| self.site.language(doc.lang), |page| self.site.lang_of(page))
    }

    /// What the theme says in a document.
    pub fn strings(&self, doc: &Doc) -> &Strings {
        self.site.theme.strings(self.lang(doc))
    }

    /// True for names that a template can mention: parts, queries of the theme and `data_NAME`.
    pub fn is_known(&self, name: &str) -> bool {
        let part = || part(name).map(|(at, part)| Mentioned::Part(at, part));
        !matches!(mentioned(&self.site, name, part), Mentioned::Nothing)
    }

    fn model<'a>(&'a self, scope: &Scope<'a>, mention: &'a Mention) -> Model<'a> {
        #[cfg(test)]
        crate::testing::counters::count(|work| work.models += 1);
        match &mention.of {
            Mentioned::Part(_, Part { make: Make::Document(make), .. }) => make(scope),
            Mentioned::Part(at, Part { make: Make::Language(_), .. }) => Model::Common(scope.place, Common::Part(*at as u32)),
            Mentioned::Frame => Model::Common(scope.place, Common::Frame),
            Mentioned::Data(name) => self.site.data.get(&**name).map_or(Model::None, Model::Value),
            Mentioned::Query => self.site.theme.queries.get(&*mention.name).map_or(Model::None, |query| lists::query(scope, query)),
            Mentioned::Nothing => Model::None,
        }
    }

    /// The print of a page's card.
    pub fn card_print(&self, page: PageId) -> Fingerprint {
        *self.cards[page as usize].get_or_init(|| cards::print(&self.site, page))
    }

    /// The print of what is the same of a source wherever a page lists it.
    fn source_print(&self, source: u32) -> Fingerprint {
        *self.sources[source as usize].get_or_init(|| cited::shared(&self.site, source).print())
    }

    /// The print of a term with its address.
    fn term_print(&self, term: u32) -> Fingerprint {
        *self.terms[term as usize].get_or_init(|| terms::link(&self.site, &self.site.index.terms.all[term as usize]).print())
    }
}

/// The name under which templates see the snippets of a language.
pub const FRAME: &str = "frame";

/// What a list is looked up by.
fn by_kind(list: &List) -> (u8, &ListKind) {
    (list.lang, &list.kind)
}

/// What the names in each template of a site's theme stand for.
fn mentions(site: &Site) -> Lookup<Box<str>, Vec<Mention>> {
    let parts: Lookup<&str, (usize, &'static Part)> = all_parts().enumerate().map(|(at, part)| (part.name, (at, part))).collect();
    let mention = |name: &str| {
        let part = parts.get(name).copied();
        let of = mentioned(site, name, || part.map(|(at, part)| Mentioned::Part(at, part)));
        let name = part.map_or_else(|| Cow::Owned(name.to_string()), |(_, part)| Cow::Borrowed(part.name));
        Mention { name, of }
    };
    let templates = site.theme.templates.iter();
    templates.map(|(name, template)| (name.as_str().into(), template.names().map(mention).collect())).collect()
}

/// What a name stands for: what `part` says, else data, else a query.
fn mentioned(site: &Site, name: &str, part: impl Fn() -> Option<Mentioned>) -> Mentioned {
    let data = || name.strip_prefix("data_").filter(|data| site.data.contains_key(*data)).map(|data| Mentioned::Data(data.into()));
    let query = || site.theme.queries.contains_key(name).then_some(Mentioned::Query);
    let frame = || (name == FRAME).then_some(Mentioned::Frame);
    part().or_else(data).or_else(query).or_else(frame).unwrap_or(Mentioned::Nothing)
}

impl Mention {
    /// True if templates get a value of that name.
    fn is_known(&self) -> bool {
        !matches!(self.of, Mentioned::Nothing)
    }
}
