//! The order of pages, and all lists of a site: home, sections, terms, indexes, archive.
//!
//! Owns `List`. It must not know how a list is cut into pages or shown.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use super::{Columns, PageId, Terms};
use crate::page::Facts;
use crate::page::facts::humanise;
use crate::page::front::TAXONOMIES;
use crate::page::origin::Role;
use crate::page::route::{Kind, slugify};

/// One list with an address of its own.
#[derive(Debug, Clone)]
pub struct List {
    pub kind: ListKind,
    pub lang: u8,
    pub route: Arc<str>,
    pub title: Arc<str>,
    /// The page that gives it a title and a text.
    pub page: Option<PageId>,
    /// What it lists, in the order of lists.
    pub pages: Vec<PageId>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListKind {
    Home,
    /// A folder of `content/`.
    Section(Box<str>),
    /// Place in `Terms::all`.
    Term(u32),
    /// All terms of a taxonomy.
    Taxonomy(u8),
    /// All pages of a kind.
    Entities(Kind),
    Archive,
    Year(i16),
    Updates,
    Search,
}

impl List {
    /// True for what has feeds: the site, and sections and terms with dated pages (tags have none).
    pub fn has_feed(&self, terms: &Terms, facts: &[Facts]) -> bool {
        let has_dated = || self.pages.iter().any(|page| facts[*page as usize].page.date.is_some());
        match self.kind {
            ListKind::Home => true,
            ListKind::Section(_) => has_dated(),
            ListKind::Term(term) => terms.all[term as usize].taxonomy != TAGS && has_dated(),
            _ => false,
        }
    }
}

/// The place of `tags` in `TAXONOMIES`.
const TAGS: u8 = 1;

/// Pages in the order of lists (date descending, then title, then path; undated last), and each page's place in it.
pub fn order(facts: &[Facts]) -> (Vec<PageId>, Vec<u32>) {
    let mut order: Vec<PageId> = (0..facts.len() as PageId).collect();
    let key = |page: &PageId| {
        let fact = &facts[*page as usize];
        (std::cmp::Reverse(fact.page.date.map(|date| date.at)), &fact.title, fact.path())
    };
    order.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
    let mut rank = vec![0; facts.len()];
    for (place, page) in order.iter().enumerate() {
        rank[*page as usize] = place as u32;
    }
    (order, rank)
}

/// The place in `lists` of the list to which each page lends its text.
pub fn by_page(lists: &[List], pages: usize) -> Vec<Option<u32>> {
    let mut of_page = vec![None; pages];
    for (at, list) in lists.iter().enumerate() {
        if let Some(page) = list.page {
            of_page[page as usize] = Some(at as u32);
        }
    }
    of_page
}

/// All lists. A list that has neither pages nor text does not exist, but the home page.
pub fn collect(columns: &Columns, terms: &Terms, listed: &[bool], order: &[PageId]) -> (Vec<List>, Vec<Option<u32>>) {
    let mut lists = Vec::new();
    let languages = 1 + columns.config.languages.len() as u8;
    for lang in 0..languages {
        let shelf = Shelf { columns, terms, listed, order, lang, prefix: columns.config.prefix(lang) };
        if lang == 0 || columns.facts.iter().any(|fact| fact.lang() == lang) {
            shelf.fill(&mut lists);
        }
    }
    (lists, vec![None; columns.facts.len()])
}

struct Shelf<'a> {
    columns: &'a Columns<'a>,
    terms: &'a Terms,
    listed: &'a [bool],
    order: &'a [PageId],
    lang: u8,
    prefix: String,
}

impl Shelf<'_> {
    fn fill(&self, lists: &mut Vec<List>) {
        let briefings: Vec<PageId> =
            self.pages(|fact| fact.page.kind == Kind::Briefing && fact.page.date.is_some() && fact.page.origin.role != Role::Section);
        lists.push(self.list(ListKind::Home, &self.prefix, &self.columns.config.title, self.page_of_folder(""), briefings.clone()));
        self.archive(&briefings, lists);
        self.sections(lists);
        self.terms(lists);
        let topics = self.terms.of(0, self.lang).any(|(_, term)| term.has_page());
        if topics || !briefings.is_empty() {
            lists.push(self.list(ListKind::Search, &format!("{}search/", self.prefix), "Find", None, Vec::new()));
        }
    }

    fn list(&self, kind: ListKind, route: &str, title: &str, page: Option<PageId>, pages: Vec<PageId>) -> List {
        let fact = page.map(|page| &self.columns.facts[page as usize]);
        List {
            kind,
            lang: self.lang,
            route: fact.map_or_else(|| Arc::from(route), |fact| fact.route().clone()),
            title: fact.map_or_else(|| Arc::from(title), |fact| fact.title.clone()),
            page,
            pages,
        }
    }

    /// Listed pages of this language in the order of lists.
    fn pages(&self, wanted: impl Fn(&Facts) -> bool) -> Vec<PageId> {
        let facts = self.columns.facts;
        let is_wanted = |page: &&PageId| {
            let fact = &facts[**page as usize];
            fact.lang() == self.lang && self.listed[**page as usize] && wanted(fact)
        };
        self.order.iter().filter(is_wanted).copied().collect()
    }

    fn page_of_folder(&self, folder: &str) -> Option<PageId> {
        let is_it =
            |fact: &Facts| fact.lang() == self.lang && fact.page.origin.role == Role::Section && &*fact.page.origin.folder == folder;
        self.columns.facts.iter().position(is_it).map(|page| page as PageId)
    }

    fn archive(&self, briefings: &[PageId], lists: &mut Vec<List>) {
        let facts = self.columns.facts;
        let mut years: BTreeMap<i16, Vec<PageId>> = BTreeMap::new();
        for page in briefings {
            if let Some(date) = facts[*page as usize].page.date {
                years.entry(date.date().year()).or_default().push(*page);
            }
        }
        if !years.is_empty() {
            lists.push(self.list(ListKind::Archive, &format!("{}archive/", self.prefix), "Archive", None, Vec::new()));
        }
        for (year, pages) in years {
            lists.push(self.list(ListKind::Year(year), &format!("{}archive/{year}/", self.prefix), &year.to_string(), None, pages));
        }
        let changed = self.pages(|fact| !fact.page.changes.is_empty());
        if !changed.is_empty() {
            lists.push(self.list(ListKind::Updates, &format!("{}updates/", self.prefix), "Updates", None, changed));
        }
    }

    /// Folders with public pages below them, with or without an `_index.md`.
    fn sections(&self, lists: &mut Vec<List>) {
        let facts = self.columns.facts;
        let mut folders: BTreeSet<&str> = BTreeSet::new();
        for fact in facts.iter().filter(|fact| fact.lang() == self.lang) {
            let origin = &fact.page.origin;
            let mut folder = if origin.role == Role::Section { &*origin.folder } else { origin.section() };
            while !folder.is_empty() && folders.insert(folder) {
                folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
            }
        }
        // One pass over all pages, each put under every folder above it, so that deep sites stay near-linear.
        let mut below: BTreeMap<&str, Vec<PageId>> = BTreeMap::new();
        for page in self.pages(|fact| fact.page.date.is_some() && fact.page.origin.role != Role::Section) {
            let mut folder = facts[page as usize].page.origin.section();
            while !folder.is_empty() {
                below.entry(folder).or_default().push(page);
                folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
            }
        }
        let own: BTreeMap<&str, PageId> = facts
            .iter()
            .enumerate()
            .filter(|(_, fact)| fact.lang() == self.lang && fact.page.origin.role == Role::Section)
            .map(|(page, fact)| (&*fact.page.origin.folder, page as PageId))
            .collect();
        // A bundle is the page at its folder's address, so other pages in its folder make no list of it.
        let is_bundle = |fact: &&Facts| fact.lang() == self.lang && fact.page.origin.role == Role::Bundle;
        let bundles: HashSet<&str> = facts.iter().filter(is_bundle).map(|fact| &*fact.page.origin.folder).collect();
        for folder in folders.into_iter().filter(|folder| !bundles.contains(folder)) {
            let top = Kind::of_folder(folder.split('/').next().unwrap_or(""));
            if top.is_some_and(|kind| kind.taxonomy().is_some()) || top.is_some() && !folder.contains('/') {
                continue;
            }
            let slugs: Vec<String> = folder.split('/').map(slugify).collect();
            let title = humanise(folder.rsplit('/').next().unwrap_or(folder));
            let pages = below.remove(folder).unwrap_or_default();
            let route = format!("{}{}/", self.prefix, slugs.join("/"));
            lists.push(self.list(ListKind::Section(folder.into()), &route, &title, own.get(folder).copied(), pages));
        }
    }

    fn terms(&self, lists: &mut Vec<List>) {
        for (taxonomy, name) in TAXONOMIES.iter().enumerate() {
            let mut any = false;
            for (id, term) in self.terms.of(taxonomy as u8, self.lang).filter(|(_, term)| term.has_page()) {
                any = true;
                lists.push(self.list(ListKind::Term(id), &term.route, &term.name, term.page, term.pages.clone()));
            }
            let page = self.page_of_folder(name);
            if any || page.is_some() {
                let title = humanise(name);
                lists.push(self.list(ListKind::Taxonomy(taxonomy as u8), &format!("{}{name}/", self.prefix), &title, page, Vec::new()));
            }
        }
        for kind in [Kind::Person, Kind::Organisation, Kind::Place, Kind::Agreement] {
            let mut pages = self.pages(|fact| fact.page.kind == kind && fact.page.origin.role != Role::Section);
            let page = self.page_of_folder(kind.folder());
            let facts = self.columns.facts;
            pages.sort_by(|a, b| (&facts[*a as usize].title, *a).cmp(&(&facts[*b as usize].title, *b)));
            if !pages.is_empty() || page.is_some() {
                let title = humanise(kind.folder());
                lists.push(self.list(ListKind::Entities(kind), &format!("{}{}/", self.prefix, kind.folder()), &title, page, pages));
            }
        }
    }
}
