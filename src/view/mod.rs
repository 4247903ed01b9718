//! The named parts that templates may use: one table, one entry a part.
//!
//! Owns `PARTS`. It must not know templates: a part is the same whoever mentions it. Parts are small and flat; none holds the whole site.

pub mod cards;
pub mod cite;
pub mod doc;
pub mod fill;
pub mod head;
pub mod home;
pub mod lists;
mod lost;
pub mod model;
pub mod pages;
pub mod settings;
mod structured;
pub mod terms;
pub mod topics;

use std::collections::BTreeSet;
use std::hash::Hash;
use std::sync::{Arc, OnceLock};

use tera::Value;

use crate::fingerprint::{Fingerprint, Lookup, Printer, Short};
use crate::index::{List, ListKind, PageId};
use crate::page::Facts;
use crate::page::route::{Kind, normal};
use crate::search::File;
use crate::site::Site;
use crate::theme::{Strings, Template};

pub use doc::{Doc, What};
pub use lost::FAULT;
pub use model::Model;

/// A site with what its parts share.
pub struct View {
    pub site: Arc<Site>,
    /// The files of the search index, if they were asked for.
    pub search: Arc<[File]>,
    /// By page. Each is made when it is first wanted, for a preview shows few of them.
    cards: Vec<OnceLock<Shared>>,
    /// By language and place among the parts: those that are the same for all documents of a language.
    shared: Vec<Vec<OnceLock<Shared>>>,
    /// All parts by their names, which are looked up for every mention of every document.
    parts: Lookup<&'static str, (usize, &'static Part)>,
    /// The names of all organisations that have a page, made normal; made when it is first asked for.
    organisations: OnceLock<BTreeSet<String>>,
    /// Places in `index.lists`, in the order of languages and kinds.
    lists: Vec<u32>,
}

/// A value that many documents show: its print at once, the value itself when the first of them is rendered.
pub struct Shared {
    print: Fingerprint,
    value: OnceLock<Value>,
}

/// What a part is made from.
pub struct Scope<'a> {
    pub view: &'a View,
    pub site: &'a Site,
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
    Language(for<'a> fn(&'a View, u8) -> Model<'a>),
}

/// All parts.
pub const PARTS: &[&[Part]] =
    &[head::PARTS, settings::PARTS, pages::PARTS, cite::PARTS, structured::PARTS, lists::PARTS, home::PARTS, terms::PARTS, topics::PARTS];

/// The part of that name, and its place in the table.
pub fn part(name: &str) -> Option<(usize, &'static Part)> {
    all_parts().enumerate().find(|(_, part)| part.name == name)
}

/// All parts in the order of the table.
pub fn all_parts() -> impl Iterator<Item = &'static Part> {
    PARTS.iter().flat_map(|parts| parts.iter())
}

impl Shared {
    fn of(model: &Model) -> Shared {
        Shared { print: model.print(), value: OnceLock::new() }
    }
}

impl View {
    /// A view of a site, without the files of its search index.
    pub fn new(site: Arc<Site>) -> View {
        let languages = 1 + site.config.languages.len();
        let count = all_parts().count();
        let shared = (0..languages).map(|_| (0..count).map(|_| OnceLock::new()).collect()).collect();
        let mut lists: Vec<u32> = (0..site.index.lists.len() as u32).collect();
        lists.sort_unstable_by_key(|list| place(&site.index.lists[*list as usize]));
        let cards = site.facts.iter().map(|_| OnceLock::new()).collect();
        let parts = all_parts().enumerate().map(|(at, part)| (part.name, (at, part))).collect();
        View { site, search: Arc::default(), cards, shared, parts, organisations: OnceLock::new(), lists }
    }

    /// The same with the files of the search index.
    pub fn with_search(self, search: Arc<[File]>) -> View {
        View { search, ..self }
    }

    /// The list of a kind in a language; `None` if there is nothing to list.
    pub fn list(&self, lang: u8, kind: &ListKind) -> Option<&List> {
        let lists = &self.site.index.lists;
        let found = self.lists.binary_search_by(|list| place(&lists[*list as usize]).cmp(&(lang, kind)));
        found.ok().map(|at| &lists[self.lists[at] as usize])
    }

    /// Whether an organisation with a page has this name, made normal.
    fn is_organisation(&self, name: &str) -> bool {
        let names = |fact: &Facts| -> Vec<String> {
            std::iter::once(&*fact.title).chain(fact.front().names.iter().map(String::as_str)).map(normal).collect()
        };
        let all = || self.site.facts.iter().filter(|fact| fact.page.kind == Kind::Organisation).flat_map(names).collect();
        self.organisations.get_or_init(all).contains(name)
    }

    /// The key of a document: the fingerprints of its template and of exactly the parts that the template mentions.
    pub fn key(&self, doc: &Doc, template: &Template) -> Fingerprint {
        self.key_without(doc, template, "")
    }

    /// The same but for one part.
    pub fn key_without(&self, doc: &Doc, template: &Template, part: &str) -> Fingerprint {
        self.print_parts(doc, template, |name| name != part, |_| {})
    }

    /// The key of a document, and a short print of each thing that it is made of: the template, the strings of its language, the manner of the
    /// site, and the parts in the order in which the template names them.
    pub fn key_and_prints(&self, doc: &Doc, template: &Template) -> (Fingerprint, Vec<Short>) {
        let mut prints = Vec::with_capacity(2 + template.mentions.len());
        prints.extend([template.print, self.strings(doc).print, Fingerprint::of(&self.site.mode)].map(Fingerprint::short));
        let key = self.print_parts(doc, template, |_| true, |model| prints.push(model.short_print()));
        (key, prints)
    }

    /// The fingerprint of a template and of those parts that it mentions and `is_wanted` says true of; `each` sees them.
    fn print_parts(&self, doc: &Doc, template: &Template, is_wanted: impl Fn(&str) -> bool, mut each: impl FnMut(&Model)) -> Fingerprint {
        let scope = Scope { view: self, site: &self.site, doc };
        let mut printer = Printer::default();
        // The filters of a template speak the language of the document.
        (template.print, self.strings(doc).print, self.site.mode, &doc.route).hash(&mut printer);
        for name in template.names().filter(|name| is_wanted(name)) {
            let model = self.model(&scope, name);
            name.hash(&mut printer);
            model.print_into(&mut printer);
            each(&model);
        }
        printer.print()
    }

    /// The values that a template gets for a document: those that it mentions, and no other.
    pub fn context(&self, doc: &Doc, template: &Template) -> tera::Context {
        let scope = Scope { view: self, site: &self.site, doc };
        let mut context = tera::Context::new();
        for name in template.names() {
            if self.is_known(name) {
                context.insert_value(name.to_string(), self.model(&scope, name).value());
            }
        }
        context
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
        let is_data = || name.strip_prefix("data_").is_some_and(|data| self.site.data.contains_key(data));
        self.parts.contains_key(name) || self.site.theme.queries.contains_key(name) || is_data()
    }

    fn model<'a>(&'a self, scope: &Scope<'a>, name: &str) -> Model<'a> {
        #[cfg(test)]
        crate::testing::counters::count(|work| work.models += 1);
        match self.parts.get(name) {
            Some((_, Part { make: Make::Document(make), .. })) => make(scope),
            Some((at, Part { make: Make::Language(make), .. })) => {
                let lang = scope.doc.lang;
                let shared = self.shared[lang as usize][*at].get_or_init(|| Shared::of(&make(self, lang)));
                Model::Later(shared.print, Box::new(move || shared.value.get_or_init(|| make(self, lang).value()).clone()))
            }
            None => self.free(scope, name),
        }
    }

    /// Values whose names the program does not know: data and queries.
    fn free<'a>(&'a self, scope: &Scope<'a>, name: &str) -> Model<'a> {
        if let Some((print, value)) = name.strip_prefix("data_").and_then(|data| self.site.data.get(data)) {
            return Model::Value(*print, value);
        }
        match self.site.theme.queries.get(name) {
            Some(query) => lists::query(scope, query),
            None => Model::None,
        }
    }

    /// The shared card of a page.
    pub fn card(&self, page: PageId) -> Model<'_> {
        let shared = self.shared_card(page);
        Model::Later(shared.print, Box::new(move || shared.value.get_or_init(|| cards::model(&self.site, page).value()).clone()))
    }

    /// The print of a page's card.
    pub fn card_print(&self, page: PageId) -> Fingerprint {
        self.shared_card(page).print
    }

    fn shared_card(&self, page: PageId) -> &Shared {
        self.cards[page as usize].get_or_init(|| Shared::of(&cards::model(&self.site, page)))
    }
}

/// What a list is looked up by.
fn place(list: &List) -> (u8, &ListKind) {
    (list.lang, &list.kind)
}
