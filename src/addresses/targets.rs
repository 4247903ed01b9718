//! What links are looked up in: every address that one may lead to, before it is known which of them anybody uses.
//!
//! Owns `Targets`. It must not know who links to them.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::aliases;
use super::files::{Candidate, candidates};
use super::{Address, Maker, Own, Problem, exports};
use crate::fingerprint::Lookup;
use crate::index::lists::Form;
use crate::index::{Columns, Index, PageId};
use crate::page::version;
use crate::url::{absolute, composed};

/// Every address that a link can lead to.
pub struct Targets {
    pub(super) all: Vec<Address>,
    /// Places in `all`. A folder whose `index.html` is copied is there under its own name too.
    pub(super) by_route: Lookup<Arc<str>, u32>,
    /// The places of the files of `content/`, which are in the order of their paths.
    beside: Range<usize>,
    /// The places of those among them that are published only if a page uses them.
    pub(super) waiting: Vec<u32>,
    /// Addresses of files of `static/`, which are never renamed, and paths of files in `content/`: those that are not composed, by their composed form.
    decomposed: Lookup<String, Arc<str>>,
    /// The places of what only a site can have that knows where it lives, if this one does not.
    pub(super) unwritten: Vec<u32>,
    pub(super) problems: Vec<Problem>,
    /// The places of files by their names, in small letters. Only made when somebody asks for one by its name.
    names: OnceLock<Lookup<String, Vec<u32>>>,
}

/// What stands at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A page.
    Page(PageId),
    /// A list or file without a page of its own, by its address.
    Other(Arc<str>),
    /// A feed or the sitemap of a site that does not know where it lives.
    Unwritten,
}

impl Hash for Targets {
    /// Adds all that a look-up can find, but for names of files, which follow from it.
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.all, &self.unwritten).hash(state);
    }
}

impl Targets {
    /// The targets of a site.
    pub fn new(columns: &Columns, index: &Index) -> Targets {
        let (redirects, problems) = aliases::redirects(columns, &index.lists);
        let mut all = Vec::with_capacity(columns.facts.len() + index.lists.len() * 3 + columns.files.len() + columns.statics.len());
        all.extend(pages(columns, index));
        all.extend(lists(columns, index));
        all.extend(versions(columns));
        all.extend(feeds(columns, index));
        all.extend(exports::exports(columns, index));
        let files = candidates(columns);
        let beside = all.len()..all.len() + files.len();
        let waiting = files.iter().zip(beside.clone()).filter(|(file, _)| !file.is_free).map(|(_, at)| at as u32).collect();
        let decomposed = decomposed(columns, &files);
        all.extend(files.into_iter().map(|file| Address { route: file.route, maker: Maker::File(file.path), page: None }));
        all.extend(columns.statics.iter().map(|name| Address {
            route: Arc::from(format!("/{name}")),
            maker: Maker::File(Arc::from(format!("static/{name}"))),
            page: None,
        }));
        all.extend(redirects.into_iter().map(|(route, page)| Address { route, maker: Maker::Redirect, page: Some(page) }));
        let by_route = by_route(&all);
        let mut targets = Targets { all, by_route, beside, waiting, decomposed, unwritten: Vec::new(), problems, names: OnceLock::new() };
        targets.add_own();
        if columns.config.base_url.is_none() {
            targets.unwritten = targets.of_a_known_home();
        }
        targets
    }

    /// Adds the files of every site, whether or not this site brings some of its own: only links tell which of those are published.
    fn add_own(&mut self) {
        for own in Own::all() {
            let route: Arc<str> = Arc::from(format!("/{}", own.name()));
            self.by_route.entry(route.clone()).or_insert(self.all.len() as u32);
            self.all.push(Address { route, maker: Maker::Own(own), page: None });
        }
    }

    /// Whether there are files that are published only if a page uses them.
    pub fn have_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// The places of what only a site has that knows where it lives.
    fn of_a_known_home(&self) -> Vec<u32> {
        let is_of_it = |address: &Address| matches!(address.maker, Maker::Feed { .. } | Maker::Own(Own::Sitemap));
        (0..self.all.len() as u32).filter(|at| is_of_it(&self.all[*at as usize])).collect()
    }

    /// What a look-up gives for a name as it is written; else as it is composed, or as a file of that composed name is called.
    fn in_any_form<T>(&self, name: &str, find: impl Fn(&str) -> Option<T>) -> Option<T> {
        let found = find(name);
        if found.is_some() || name.is_ascii() {
            return found;
        }
        let name = composed(name);
        find(&name).or_else(|| find(self.decomposed.get(&*name)?))
    }

    /// The address of a file in `content/`, by its path from the root of the project; `None` when it cannot be published.
    pub fn file(&self, path: &str) -> Option<&Arc<str>> {
        let beside = &self.all[self.beside.clone()];
        let find = |path: &str| beside.binary_search_by(|address| address.source().map_or("", |path| path).cmp(path)).ok();
        self.in_any_form(path, find).map(|at| &beside[at].route)
    }

    /// The files whose path ends in `name`, in capital or small letters: path from the root of the project, and address.
    pub fn named(&self, name: &str) -> Vec<(Arc<str>, Arc<str>)> {
        let wanted = composed(name).to_lowercase();
        let wanted = wanted.trim_start_matches('/');
        let ends = |path: &str| {
            let path = composed(path).to_lowercase();
            path.strip_suffix(wanted).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        };
        let places = self.names.get_or_init(|| self.by_name()).get(last_part(wanted));
        let files = places.into_iter().flatten().map(|at| &self.all[*at as usize]);
        files.filter_map(|file| Some((file.source()?.clone(), file.route.clone()))).filter(|(path, _)| ends(path)).collect()
    }

    fn by_name(&self) -> Lookup<String, Vec<u32>> {
        let mut names: Lookup<String, Vec<u32>> = Lookup::default();
        for (at, address) in (0u32..).zip(&self.all) {
            if let Maker::File(path) = &address.maker {
                names.entry(last_part(&composed(path).to_lowercase()).into()).or_default().push(at);
            }
        }
        names
    }

    /// The address of a list or file without a page of its own; `None` when there is none at that route.
    pub fn published(&self, route: &str) -> Option<Arc<str>> {
        self.in_any_form(route, |route| match self.exact(route) {
            Some(Found::Other(route)) => Some(route),
            _ => None,
        })
    }

    /// What stands at an address as an author would write it: with or without the slash at its end or `index.html`; `None` when nothing does.
    pub fn at(&self, route: &str) -> Option<Found> {
        self.in_any_form(route, |route| self.in_this_form(route))
    }

    fn in_this_form(&self, route: &str) -> Option<Found> {
        let bare = route.strip_suffix("index.html").unwrap_or(route);
        self.exact(bare)
            .or_else(|| self.exact(route))
            .or_else(|| if bare.ends_with('/') { None } else { self.exact(&format!("{bare}/")) })
            .or_else(|| self.old(&absolute(route)))
    }

    fn exact(&self, route: &str) -> Option<Found> {
        let (route, at) = self.by_route.get_key_value(route)?;
        let address = &self.all[*at as usize];
        match (&address.maker, address.page) {
            (Maker::Redirect, _) => None,
            (Maker::Own(own), _) if !own.is_linkable() => None,
            (_, Some(page)) => Some(Found::Page(page)),
            _ if self.unwritten.binary_search(at).is_ok() => Some(Found::Unwritten),
            _ => Some(Found::Other(route.clone())),
        }
    }

    /// The page to which an old address leads.
    fn old(&self, route: &str) -> Option<Found> {
        let address = &self.all[*self.by_route.get(route)? as usize];
        address.page.filter(|_| address.maker == Maker::Redirect).map(Found::Page)
    }
}

fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Pages that lend their text to no list.
fn pages<'a>(columns: &'a Columns, index: &'a Index) -> impl Iterator<Item = Address> + use<'a> {
    let pages = columns.facts.iter().enumerate().filter(|(page, _)| index.list_of_page[*page].is_none());
    pages.map(|(page, fact)| Address { route: fact.route().clone(), maker: Maker::Page, page: Some(page as PageId) })
}

/// The first parts of lists.
fn lists<'a>(columns: &'a Columns, index: &'a Index) -> impl Iterator<Item = Address> + use<'a> {
    index.lists.iter().enumerate().map(|(at, list)| {
        let parts = list.parts(columns.facts, columns.config.paginate_by) as u32;
        Address { route: list.route.clone(), maker: Maker::List { list: at as u32, part: 1, parts }, page: list.page }
    })
}

/// The earlier texts of pages, each with what became of it.
fn versions<'a>(columns: &'a Columns) -> impl Iterator<Item = Address> + use<'a> {
    (0..).zip(columns.versions).flat_map(|(at, version)| {
        let route = version.facts.route();
        let comparison = Address { route: Arc::from(version::changes(route)), maker: Maker::Comparison(at), page: None };
        [Address { route: route.clone(), maker: Maker::Version(at), page: None }, comparison]
    })
}

fn feeds<'a>(columns: &'a Columns, index: &'a Index) -> impl Iterator<Item = Address> + use<'a> {
    let lists = index.lists.iter().enumerate().filter(|(_, list)| list.has_feed(columns.facts));
    lists.flat_map(|(at, list)| {
        Form::ALL.map(|form| Address { route: Arc::from(list.feed(form)), maker: Maker::Feed { list: at as u32, form }, page: None })
    })
}

/// Of several at one route, which is a mistake, links lead to the last page, else to the first list, feed or file.
fn by_route(all: &[Address]) -> Lookup<Arc<str>, u32> {
    let mut by_route: Lookup<Arc<str>, u32> = Lookup::default();
    by_route.reserve(all.len());
    for (at, address) in (0u32..).zip(all) {
        let is_page = matches!(address.maker, Maker::Page | Maker::List { .. }) && address.page.is_some();
        if is_page {
            by_route.insert(address.route.clone(), at);
        } else {
            by_route.entry(address.route.clone()).or_insert(at);
        }
    }
    for (at, address) in (0u32..).zip(all).filter(|(_, address)| matches!(address.maker, Maker::File(_))) {
        if let Some(folder) = address.route.strip_suffix("index.html") {
            by_route.entry(Arc::from(folder)).or_insert(at);
        }
    }
    by_route
}

/// Names that are not composed, by their composed form.
fn decomposed(columns: &Columns, files: &[Candidate]) -> Lookup<String, Arc<str>> {
    let statics = columns.statics.iter().filter(|name| !name.is_ascii()).map(|name| Arc::from(format!("/{name}")));
    let paths = files.iter().filter(|file| !file.path.is_ascii()).map(|file| file.path.clone());
    let by_composed = |written: Arc<str>| match composed(&written) {
        Cow::Owned(name) => Some((name, written)),
        Cow::Borrowed(_) => None,
    };
    statics.chain(paths).filter_map(by_composed).collect()
}
