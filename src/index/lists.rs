//! The order of pages, and all lists of a site: home, sections, terms, indexes, archive.
//!
//! Owns `List`. It must not know how a list is cut into pages or shown.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::terms::{is_own_list, own_taxonomy};
use super::{Columns, PageId, Terms};
use crate::fingerprint::Lookup;
use crate::page::Facts;
use crate::page::facts::humanise;
use crate::page::front::TAXONOMIES;
use crate::page::origin::Role;
use crate::page::route::{Kind, folder_below, slugify};

/// One list with an address of its own.
#[derive(Debug, Clone, PartialEq)]
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

/// The names of a list's feeds: Atom and JSON Feed.
pub const FEEDS: [&str; 2] = ["feed.xml", "feed.json"];

impl List {
    /// The address of its feed of that name. It lies below the list, or beside one that is a file (`/notes.html`).
    pub fn feed(&self, name: &str) -> String {
        format!("{}{name}", folder_below(&self.route))
    }

    /// The address of one of its parts, from 1.
    pub fn part(&self, number: usize) -> Arc<str> {
        if number <= 1 { self.route.clone() } else { Arc::from(format!("{}page/{number}/", folder_below(&self.route))) }
    }

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

/// All lists in the order of their addresses. Those that would have nothing to show do not exist, but the home page.
///
/// A page at the address of a list that nobody wrote a page for is that list's page; and lists are not listed.
pub fn collect(columns: &Columns, terms: &Terms, listed: &[bool], order: &[PageId]) -> Vec<List> {
    let mut lists = gather(columns, terms, listed, order);
    let taken = adopt(columns.facts, &mut lists);
    if lists.iter().any(|list| taken.iter().any(|page| list.pages.contains(page))) {
        let mut others = listed.to_vec();
        taken.iter().for_each(|page| others[*page as usize] = false);
        lists = gather(columns, terms, &others, order);
        adopt(columns.facts, &mut lists);
    }
    lists
}

/// Gives lists without a page the one that lives at their address. Returns those pages.
fn adopt(facts: &[Facts], lists: &mut [List]) -> Vec<PageId> {
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

fn gather(columns: &Columns, terms: &Terms, listed: &[bool], order: &[PageId]) -> Vec<List> {
    let mut lists = Vec::new();
    let languages = 1 + columns.config.languages.len() as u8;
    for lang in 0..languages {
        let shelf = Shelf { columns, terms, listed, order, lang, prefix: columns.config.prefix(lang) };
        if lang == 0 || columns.facts.iter().any(|fact| fact.lang() == lang) {
            shelf.fill(&mut lists);
        }
    }
    lists.sort_by(|a, b| (&a.route, &a.kind).cmp(&(&b.route, &b.kind)));
    lists
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
        let briefings = self.pages(|fact| fact.page.kind == Kind::Briefing && fact.page.date.is_some());
        lists.push(self.list(ListKind::Home, &self.prefix, &self.columns.config.title, self.page_of_folder(""), briefings.clone()));
        self.archive(&briefings, lists);
        self.sections(lists);
        self.terms(lists);
        let has_pages = self.columns.facts.iter().any(|fact| fact.lang() == self.lang);
        if self.columns.config.search.enabled && has_pages {
            lists.push(self.list(ListKind::Search, &format!("{}search/", self.prefix), "Find", None, Vec::new()));
        }
    }

    fn list(&self, kind: ListKind, route: &str, title: &str, page: Option<PageId>, pages: Vec<PageId>) -> List {
        let fact = page.map(|page| &self.columns.facts[page as usize]);
        // A home page without a title of its own is called as the site is, not after its file.
        let is_site = |fact: &Facts| kind == ListKind::Home && !title.is_empty() && is_called_after_its_file(fact);
        let own = fact.filter(|fact| !is_site(fact));
        List {
            kind,
            lang: self.lang,
            route: fact.map_or_else(|| Arc::from(route), |fact| fact.route().clone()),
            title: own.map_or_else(|| Arc::from(title), |fact| fact.title.clone()),
            page,
            pages,
        }
    }

    /// Listed pages of this language in the order of lists, without the pages of folders, which are lists themselves.
    fn pages(&self, wanted: impl Fn(&Facts) -> bool) -> Vec<PageId> {
        let facts = self.columns.facts;
        let is_wanted = |page: &&PageId| {
            let fact = &facts[**page as usize];
            fact.lang() == self.lang && self.listed[**page as usize] && fact.page.origin.role != Role::Section && wanted(fact)
        };
        self.order.iter().filter(is_wanted).copied().collect()
    }

    fn page_of_folder(&self, folder: &str) -> Option<PageId> {
        let is_it = |fact: &Facts| {
            let origin = &fact.page.origin;
            fact.lang() == self.lang && &*origin.folder == folder && (origin.role == Role::Section || is_own_list(fact))
        };
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

    /// Folders with public pages below them, with or without an `_index.md`. Where an `index.md` is, the folder is that page's own.
    fn sections(&self, lists: &mut Vec<List>) {
        let folders = self.folders();
        let mut dated = self.below(|fact| fact.page.date.is_some());
        let mut undated = self.below(|fact| fact.page.date.is_none());
        for (folder, page) in folders {
            let slugs: String = folder.split('/').map(|part| format!("{}/", slugify(part))).collect();
            let title = humanise(folder.rsplit('/').next().unwrap_or(folder));
            let pages = dated.remove(folder).unwrap_or_else(|| self.by_weight(undated.remove(folder).unwrap_or_default()));
            lists.push(self.list(ListKind::Section(folder.into()), &format!("{}{slugs}", self.prefix), &title, page, pages));
        }
    }

    /// Every folder that is a section, with its `_index.md`.
    fn folders(&self) -> BTreeMap<&str, Option<PageId>> {
        let mut folders = BTreeMap::new();
        let mut bundles = Vec::new();
        for (page, fact) in self.columns.facts.iter().enumerate().filter(|(_, fact)| fact.lang() == self.lang) {
            let origin = &fact.page.origin;
            if origin.role == Role::Section && own_taxonomy(fact).is_none() {
                folders.insert(&*origin.folder, Some(page as PageId));
            } else if origin.role == Role::Bundle {
                bundles.push(&*origin.folder);
            }
            // What lies right under a vocabulary's or a kind's folder is listed there.
            for folder in above(origin.section()).filter(|folder| !is_vocabulary(folder)) {
                folders.entry(folder).or_insert(None);
            }
        }
        for bundle in bundles {
            folders.remove(bundle);
        }
        folders.retain(|folder, _| !folder.is_empty() && Kind::of_folder(folder).is_none());
        folders
    }

    /// The wanted pages by each folder that they are below, at any depth. One pass, so that deep sites stay near-linear.
    fn below(&self, wanted: impl Fn(&Facts) -> bool) -> BTreeMap<&str, Vec<PageId>> {
        let mut below: BTreeMap<&str, Vec<PageId>> = BTreeMap::new();
        for page in self.pages(wanted) {
            for folder in above(self.columns.facts[page as usize].page.origin.section()) {
                below.entry(folder).or_default().push(page);
            }
        }
        below
    }

    /// Pages without a date, of which a handbook is made, by their `weight`.
    fn by_weight(&self, mut pages: Vec<PageId>) -> Vec<PageId> {
        pages.sort_by_key(|page| self.columns.facts[*page as usize].front().weight.unwrap_or(i64::MAX));
        pages
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
            let mut pages = self.pages(|fact| fact.page.kind == kind && !is_own_list(fact));
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

/// A folder and those above it, without `content/` itself.
fn above(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder).filter(|folder| !folder.is_empty()), |folder| folder.rsplit_once('/').map(|(above, _)| above))
}

/// True for folders of terms, however deep: `topics/defence`.
fn is_vocabulary(folder: &str) -> bool {
    let top = folder.split('/').next().unwrap_or(folder);
    Kind::of_folder(top).is_some_and(|kind| kind.taxonomy().is_some())
}

fn is_called_after_its_file(fact: &Facts) -> bool {
    fact.front().title.is_none() && *fact.title == humanise(&fact.page.origin.name)
}

#[cfg(test)]
mod tests {
    use crate::page::front::{ChangeKind, Status};
    use crate::testing::{Page, Sample, page, site, site_with};

    fn dated(path: &str) -> Page {
        page(path).date("2025-01-01")
    }

    fn routes(sample: &Sample) -> Vec<&str> {
        sample.index().lists.iter().map(|list| &*list.route).collect()
    }

    #[test]
    fn pages_are_in_the_order_of_date_title_and_path_and_undated_ones_last() {
        let sample = site([
            page("a.md").title("A").topics(&["x"]),
            page("b.md").title("Z").date("2025-06-01").topics(&["x"]),
            page("d.md").title("B").date("2024-01-01").topics(&["x"]),
            page("c.md").title("B").date("2024-01-01").topics(&["x"]),
            page("e.md").title("A").date("2024-01-01").topics(&["x"]),
        ]);
        assert_eq!(sample.list("/topics/x/"), Some(vec!["b.md", "e.md", "c.md", "d.md", "a.md"]));
    }

    #[test]
    fn home_holds_dated_pages_without_a_kind() {
        let sample = site([
            dated("b/x.md"),
            page("undated.md"),
            dated("people/p.md"),
            dated("old.md").status(Status::Archived),
            dated("gone.md").status(Status::Withdrawn),
            dated("b/_index.md"),
        ]);
        assert_eq!(sample.list("/"), Some(vec!["old.md", "b/x.md"]));
    }

    #[test]
    fn a_section_lists_all_dated_pages_below_it() {
        let sample = site([dated("a/b/c/x.md"), dated("a/y.md"), dated("a/z/index.md"), page("a/undated.md"), dated("a/b/_index.md")]);
        assert_eq!(sample.list("/a/"), Some(vec!["a/b/c/x.md", "a/y.md", "a/z/index.md"]));
        assert_eq!(sample.list("/a/b/"), Some(vec!["a/b/c/x.md"]));
        assert_eq!(sample.list("/a/z/"), None, "the folder of a bundle is a page");
    }

    #[test]
    fn a_section_without_dates_lists_its_pages_by_weight() {
        let weighed = |path: &str, weight: i64| page(path).with("weight", "", |front, _| front.weight = Some(weight));
        let sample = site([weighed("h/a.md", 2), page("h/b.md"), weighed("h/c.md", 1)]);
        assert_eq!(sample.list("/h/"), Some(vec!["h/c.md", "h/a.md", "h/b.md"]));
    }

    #[test]
    fn an_index_page_among_pages_leaves_no_list_at_its_address() {
        let sample = site([page("standards/index.md"), dated("standards/x.md")]);
        assert_eq!(sample.list("/standards/"), None);
    }

    #[test]
    fn a_section_page_gives_its_list_title_and_place() {
        let sample = site([page("a/_index.md").title("Alpha").with("path", "/z/", |front, path| front.path = Some(path)), dated("a/x.md")]);
        let list = sample.index().lists.iter().find(|list| list.title.as_ref() == "Alpha").expect("a list");
        assert_eq!((&*list.route, list.page, sample.paths(list.pages.clone())), ("/z/", Some(0), vec!["a/x.md"]));
        assert_eq!(
            sample.index().list_of_page[0].map(|list| sample.index().lists[list as usize].route.to_string()).as_deref(),
            Some("/z/")
        );
    }

    #[test]
    fn every_page_that_is_no_document_lends_its_text_to_one_list() {
        let sample = site([
            page("_index.md"),
            page("a/_index.md"),
            page("topics/_index.md"),
            page("topics/t/_index.md"),
            page("topics/t/u.md"),
            page("people/index.md"),
            page("authors/d.md"),
            page("b/topic.md").with("kind", "topic", |front, kind| front.kind = Some(kind)),
            page("topics/odd/_index.md").with("kind", "page", |front, kind| front.kind = Some(kind)),
        ]);
        let without: Vec<&str> =
            (0..9).filter(|page| sample.index().list_of_page[*page].is_none()).flat_map(|page| sample.paths([page as u32])).collect();
        assert_eq!(without, [""; 0]);
    }

    #[test]
    fn a_page_at_the_address_of_a_list_is_that_lists_page_and_is_not_listed() {
        let own = |path: &str| dated(path).title("Own").change("2025-02-01", ChangeKind::Minor).topics(&["x"]);
        let at = |path: &str, route: &str| own(path).with("path", route, |front, route| front.path = Some(route));
        let pages = [
            own("b.md"),
            own("search.md"),
            own("topics.md"),
            own("people.md"),
            own("archive.md"),
            own("updates.md"),
            at("c.md", "/topics/x/"),
            at("d.md", "/archive/2024/"),
            page("b/x.md").date("2024-01-01").change("2025-02-01", ChangeKind::Minor).topics(&["x"]),
            page("people/p.md"),
        ];
        let sample = site(pages);
        assert!(sample.told().is_empty(), "{:?}", sample.told());
        let own: Vec<&str> = sample.index().lists.iter().filter(|list| list.page.is_some()).map(|list| &*list.route).collect();
        assert_eq!(own, ["/archive/", "/archive/2024/", "/b/", "/people/", "/search/", "/topics/", "/topics/x/", "/updates/"]);
        assert!(sample.index().lists.iter().filter(|list| list.page.is_some()).all(|list| &*list.title == "Own"));
        for route in ["/", "/b/", "/archive/2024/", "/updates/"] {
            assert_eq!(sample.list(route), Some(vec!["b/x.md"]), "{route}");
        }
        assert_eq!(sample.list("/archive/2025/"), None);
    }

    #[test]
    fn of_two_pages_at_the_address_of_a_list_one_is_too_many() {
        let at = |path: &str| page(path).with("path", "/search/", |front, path| front.path = Some(path));
        let sample = site([at("a.md"), at("b.md")]);
        assert_eq!(sample.told_of("same-address").len(), 1);
    }

    #[test]
    fn what_belongs_to_a_list_whose_page_is_a_file_lies_beside_it() {
        let own = page("notes/_index.md").with("path", "/notes.html", |front, path| front.path = Some(path));
        let sample = site([own, dated("notes/x.md")]);
        let list = sample.index().lists.iter().find(|list| &*list.route == "/notes.html").expect("a list");
        assert_eq!((&*list.part(1), &*list.part(2), &*list.feed("feed.xml")), ("/notes.html", "/notes/page/2/", "/notes/feed.xml"));
    }

    #[test]
    fn people_are_listed_by_title() {
        let sample = site([page("people/a.md").title("Z"), page("people/b.md").title("A"), page("people/_index.md")]);
        assert_eq!(sample.list("/people/"), Some(vec!["people/b.md", "people/a.md"]));
        assert_eq!(sample.list("/organisations/"), None);
    }

    #[test]
    fn the_archive_has_a_list_for_each_year_and_updates_what_changed() {
        let sample = site([page("a.md").date("2024-12-31"), page("b.md").date("2025-01-01").change("2025-02-01", ChangeKind::Minor)]);
        assert_eq!(sample.list("/archive/2024/"), Some(vec!["a.md"]));
        assert_eq!(sample.list("/archive/2025/"), Some(vec!["b.md"]));
        assert_eq!(sample.list("/updates/"), Some(vec!["b.md"]));
        assert_eq!(routes(&sample), ["/", "/archive/", "/archive/2024/", "/archive/2025/", "/search/", "/updates/"]);
    }

    #[test]
    fn a_term_without_listed_pages_has_no_list_unless_it_has_a_text() {
        let gone = dated("a.md").topics(&["x", "y"]).status(Status::Withdrawn);
        let sample = site([gone, page("topics/y.md")]);
        assert_eq!((sample.list("/topics/x/"), sample.list("/topics/y/")), (None, Some(vec![])));
    }

    #[test]
    fn each_language_has_lists_of_its_own() {
        let pages = vec![dated("b/x.md"), dated("b/x.fr.md"), page("b/_index.fr.md").title("Notes")];
        let sample = site_with(|config| config.languages = vec!["fr".into(), "ar".into()], pages, &[]);
        assert_eq!((sample.list("/b/"), sample.list("/fr/b/"), sample.list("/ar/")), (Some(vec!["b/x.md"]), Some(vec!["b/x.fr.md"]), None));
    }

    #[test]
    fn without_search_there_is_no_page_for_it() {
        assert_eq!(site_with(|config| config.search.enabled = false, vec![page("a.md")], &[]).list("/search/"), None);
    }
}
