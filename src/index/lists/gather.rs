//! Which lists a site has, and what they hold.
//!
//! It must not know how a list is cut into parts or shown.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::folders::{self, Below};
use super::{List, ListKind};
use crate::fingerprint::Lookup;
use crate::index::citations::FOLDER as SOURCES;
use crate::index::terms::is_own_list;
use crate::index::{Citations, Columns, PageId, Terms};
use crate::page::facts::humanise;
use crate::page::front::ChangeKind;
use crate::page::origin::Role;
use crate::page::route::{Kind, of_list};
use crate::page::{Facts, Taxonomy};

/// All lists in the order of their addresses. Those that would have nothing to show do not exist, but the home page.
///
/// A page at the address of a list that nobody wrote a page for is that list's page; and lists are not listed.
pub fn collect(columns: &Columns, terms: &Terms, citations: &Citations, listed: &[bool], order: &[PageId]) -> Vec<List> {
    let mut lists = gather(columns, terms, citations, listed, order);
    let taken = adopt(columns.facts, &mut lists);
    if lists.iter().any(|list| taken.iter().any(|page| list.pages.contains(page))) {
        let mut others = listed.to_vec();
        taken.iter().for_each(|page| others[*page as usize] = false);
        lists = gather(columns, terms, citations, &others, order);
        adopt(columns.facts, &mut lists);
    }
    lists
}

/// Gives lists without a page the one that lives at their address. Returns those pages.
fn adopt(facts: &[Arc<Facts>], lists: &mut [List]) -> Vec<PageId> {
    let mut waiting: Lookup<(u8, Arc<str>), usize> = Lookup::default();
    for (at, list) in lists.iter().enumerate().filter(|(_, list)| list.page.is_none()) {
        waiting.entry((list.lang, list.route.clone())).or_insert(at);
    }
    let mut taken = Vec::new();
    for (page, fact) in facts.iter().enumerate() {
        if let Some(at) = waiting.remove(&(fact.lang(), fact.route().clone())) {
            lists[at].page = Some(page as PageId);
            lists[at].title = fact.title.clone();
            taken.push(page as PageId);
        }
    }
    taken
}

/// The lists of a kind, or of kinds that go together: one function each. A new kind of list is one more, with its row among the kinds.
const GATHERERS: [fn(&Shelf, &mut Vec<List>); 8] = [home, archive, updates, sections, terms, entities, sources, search];

fn gather(columns: &Columns, terms: &Terms, citations: &Citations, listed: &[bool], order: &[PageId]) -> Vec<List> {
    let mut lists = Vec::new();
    for lang in 0..=columns.config.languages.len() as u8 {
        if lang == 0 || columns.facts.iter().any(|fact| fact.lang() == lang) {
            let shelf = Shelf::new(columns, (terms, citations), listed, order, lang);
            GATHERERS.iter().for_each(|gather| gather(&shelf, &mut lists));
        }
    }
    lists.sort_by(|a, b| (&a.route, &a.kind).cmp(&(&b.route, &b.kind)));
    lists
}

/// What the lists of one language are made from: its listed pages in the order of lists, without the pages of folders, which are lists themselves.
struct Shelf<'a> {
    columns: &'a Columns<'a>,
    terms: &'a Terms,
    citations: &'a Citations,
    lang: u8,
    prefix: String,
    has_pages: bool,
    /// The pages that are about a folder, by that folder: of sections, and of the folders of terms and kinds.
    own: Lookup<&'a str, PageId>,
    briefings: Vec<PageId>,
    changed: Vec<PageId>,
    dated: Vec<PageId>,
    undated: Vec<PageId>,
    /// Pages about people, organisations and the like, by kind.
    entities: BTreeMap<Kind, Vec<PageId>>,
}

impl<'a> Shelf<'a> {
    fn new(
        columns: &'a Columns<'a>,
        (terms, citations): (&'a Terms, &'a Citations),
        listed: &[bool],
        order: &[PageId],
        lang: u8,
    ) -> Shelf<'a> {
        let mut shelf = Shelf {
            columns,
            terms,
            citations,
            lang,
            prefix: columns.config.prefix(lang),
            has_pages: false,
            own: Lookup::default(),
            briefings: Vec::new(),
            changed: Vec::new(),
            dated: Vec::new(),
            undated: Vec::new(),
            entities: BTreeMap::new(),
        };
        for (page, fact) in columns.facts.iter().enumerate().filter(|(_, fact)| fact.lang() == lang) {
            shelf.has_pages = true;
            if fact.page.origin.role == Role::Section || is_own_list(fact) {
                shelf.own.entry(&*fact.page.origin.folder).or_insert(page as PageId);
            }
        }
        for page in order.iter().filter(|page| listed[**page as usize]) {
            let fact = &columns.facts[*page as usize];
            if fact.lang() == lang && fact.page.origin.role != Role::Section {
                shelf.sort_in(*page, fact);
            }
        }
        shelf
    }

    fn sort_in(&mut self, page: PageId, fact: &Facts) {
        let kind = fact.page.kind;
        let is_dated = fact.page.date.is_some();
        if is_dated { &mut self.dated } else { &mut self.undated }.push(page);
        if kind == Kind::Briefing && is_dated {
            self.briefings.push(page);
        }
        if !fact.page.changes.is_empty() {
            self.changed.push(page);
        }
        if kind.is_entity() && !is_own_list(fact) {
            self.entities.entry(kind).or_default().push(page);
        }
    }

    fn fact(&self, page: PageId) -> &'a Facts {
        &self.columns.facts[page as usize]
    }

    fn has_sources(&self) -> bool {
        self.citations.of(self.lang).next().is_some()
    }

    fn page_of_folder(&self, folder: &str) -> Option<PageId> {
        self.own.get(folder).copied()
    }

    /// A list below the root of this language, or where its page is; called as its page is, else as `title` says.
    fn list(&self, kind: ListKind, path: &str, title: &str, page: Option<PageId>, pages: Vec<PageId>) -> List {
        let own = page.map(|page| self.fact(page));
        let route = own.map_or_else(|| Arc::from([&*self.prefix, path].concat()), |fact| fact.route().clone());
        let title = own.map_or_else(|| Arc::from(title), |fact| fact.title.clone());
        List { kind, lang: self.lang, route, title, page, pages: pages.into() }
    }
}

fn home(shelf: &Shelf, lists: &mut Vec<List>) {
    let name = &*shelf.columns.config.title;
    let page = shelf.page_of_folder("");
    let mut list = shelf.list(ListKind::Home, "", name, page, shelf.briefings.clone());
    // A home page without a title of its own is called as the site is, not after its file.
    if !name.is_empty() && page.is_some_and(|page| is_called_after_its_file(shelf.fact(page))) {
        list.title = Arc::from(name);
    }
    lists.push(list);
}

fn is_called_after_its_file(fact: &Facts) -> bool {
    fact.front().title.is_none() && *fact.title == humanise(&fact.page.origin.name)
}

fn archive(shelf: &Shelf, lists: &mut Vec<List>) {
    let mut years: BTreeMap<i16, Vec<PageId>> = BTreeMap::new();
    for page in &shelf.briefings {
        if let Some(date) = shelf.fact(*page).page.date {
            years.entry(date.date().year()).or_default().push(*page);
        }
    }
    if !years.is_empty() {
        lists.push(shelf.list(ListKind::Archive, "archive/", "Archive", None, Vec::new()));
    }
    let of_year = |(year, pages)| shelf.list(ListKind::Year(year), &format!("archive/{year}/"), &year.to_string(), None, pages);
    lists.extend(years.into_iter().map(of_year));
}

fn updates(shelf: &Shelf, lists: &mut Vec<List>) {
    if !shelf.changed.is_empty() {
        lists.push(shelf.list(ListKind::Updates, "updates/", "Updates", None, shelf.changed.clone()));
    }
    let is_corrected = |page: &PageId| shelf.fact(*page).page.changes.iter().any(|change| change.kind == ChangeKind::Correction);
    let corrected: Vec<PageId> = shelf.changed.iter().copied().filter(is_corrected).collect();
    if !corrected.is_empty() {
        lists.push(shelf.list(ListKind::Corrections, "corrections/", "Corrections", None, corrected));
    }
}

/// Folders with public pages below them, with or without an `_index.md`. Where an `index.md` is, the folder is that page's own.
fn sections(shelf: &Shelf, lists: &mut Vec<List>) {
    let facts = shelf.columns.facts;
    let mut dated = Below::new(facts, &shelf.dated);
    let mut undated = Below::new(facts, &shelf.undated);
    let has_sources = shelf.has_sources();
    // What lies in the folder of sources is about them.
    let is_of_sources = |folder: &str| has_sources && folder.split('/').next() == Some(SOURCES);
    for (folder, page) in folders::all(facts, shelf.lang).into_iter().filter(|(folder, _)| !is_of_sources(folder)) {
        let pages = dated.take(folder).unwrap_or_else(|| by_weight(facts, undated.take(folder).unwrap_or_default()));
        let title = humanise(folder.rsplit('/').next().unwrap_or(folder));
        lists.push(shelf.list(ListKind::Section(folder.into()), &folders::path(folder), &title, page, pages));
    }
}

/// Pages without a date, of which a handbook is made, by their `weight`.
fn by_weight(facts: &[Arc<Facts>], mut pages: Vec<PageId>) -> Vec<PageId> {
    pages.sort_by_key(|page| facts[*page as usize].front().weight.unwrap_or(i64::MAX));
    pages
}

fn terms(shelf: &Shelf, lists: &mut Vec<List>) {
    for taxonomy in Taxonomy::all() {
        let before = lists.len();
        for (id, term) in shelf.terms.of(taxonomy, shelf.lang).filter(|(_, term)| term.has_page()) {
            let (kind, page, pages) = (ListKind::Term(taxonomy, id), term.page, term.pages.clone());
            lists.push(List { kind, lang: shelf.lang, route: term.route.clone(), title: term.name.clone(), page, pages });
        }
        let page = shelf.page_of_folder(taxonomy.name());
        if lists.len() > before || page.is_some() {
            let (path, title) = (of_list(taxonomy.kind(), &shelf.columns.config.permalinks), humanise(taxonomy.name()));
            lists.push(shelf.list(ListKind::Taxonomy(taxonomy), &path, &title, page, Vec::new()));
        }
    }
}

fn entities(shelf: &Shelf, lists: &mut Vec<List>) {
    for kind in [Kind::Person, Kind::Organisation, Kind::Place, Kind::Agreement] {
        let mut pages = shelf.entities.get(&kind).cloned().unwrap_or_default();
        pages.sort_by(|a, b| (&shelf.fact(*a).title, *a).cmp(&(&shelf.fact(*b).title, *b)));
        let page = shelf.page_of_folder(kind.folder());
        if !pages.is_empty() || page.is_some() {
            let (path, title) = (of_list(kind, &shelf.columns.config.permalinks), humanise(kind.folder()));
            lists.push(shelf.list(ListKind::Entities(kind), &path, &title, page, pages));
        }
    }
}

/// The sources that pages cite, and who cites each.
fn sources(shelf: &Shelf, lists: &mut Vec<List>) {
    if !shelf.has_sources() {
        return;
    }
    let page = shelf.page_of_folder(SOURCES);
    lists.push(shelf.list(ListKind::Sources, &format!("{SOURCES}/"), "Sources", page, Vec::new()));
    lists.extend(shelf.citations.of(shelf.lang).map(|(at, source)| {
        let title = shelf.columns.register.get(&source.key).and_then(|entry| entry.item.text("title"));
        let title = title.filter(|title| !title.is_empty()).map_or_else(|| source.key.clone(), Arc::from);
        let (kind, route) = (ListKind::Source(at), source.route.clone());
        List { kind, lang: shelf.lang, route, title, page: None, pages: source.pages.clone() }
    }));
}

fn search(shelf: &Shelf, lists: &mut Vec<List>) {
    if shelf.columns.config.search.enabled && shelf.has_pages {
        lists.push(shelf.list(ListKind::Search, "search/", "Find", None, Vec::new()));
    }
}
