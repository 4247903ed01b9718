//! The one list of what can be linked, claimed and written.
//!
//! Owns `Address` and the two stages of the list: `Targets`, which links are looked up in, and `Addresses`, which also knows what came of that. It must
//! not know bodies or templates. Not here are only the files whose names or number follow from what is in them, and to which nobody links: pieces of
//! the search index, blocks of cards, parts of the sitemap.

mod aliases;
pub mod exports;
mod files;
mod own;
mod targets;

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::fingerprint::Lookup;
use crate::index::lists::Form;
use crate::index::{Columns, Index, PageId};
use crate::page::Facts;
use crate::page::route::{alias_address, is_address};
use crate::references::export::Written;
use crate::url::{encode, folder_below, output_path};

pub use aliases::Problem;
pub use exports::{Exported, exported};
pub use own::Own;
pub use targets::{Found, Targets};

/// One place in the output.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address {
    /// From the root of the site, not encoded: `/briefings/x/`, `/feed.xml`.
    pub route: Arc<str>,
    /// What makes the file there.
    pub maker: Maker,
    /// The page whose text stands there, or to which an old address leads.
    pub page: Option<PageId>,
}

/// What makes the file at an address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Maker {
    /// A page that lends its text to no list.
    Page,
    /// A part of a list, by its place in `Index::lists`; and how many parts it has. Parts are counted from 1.
    List {
        /// Its place in `Index::lists`.
        list: u32,
        /// Which part, from 1.
        part: u32,
        /// How many parts there are.
        parts: u32,
    },
    /// A part of the rest of the links to `page`.
    LinkedFrom {
        /// Which part, from 1.
        part: u32,
        /// How many parts there are.
        parts: u32,
    },
    /// An earlier text of a page, by its place among all of them.
    Version(u32),
    /// What became of it next.
    Comparison(u32),
    /// A feed of a list.
    Feed {
        /// Its place in `Index::lists`.
        list: u32,
        /// In which form.
        form: Form,
    },
    /// A briefing, a source or all sources to take along.
    Export {
        /// What is taken along.
        of: Exported,
        /// In which form.
        form: Written,
    },
    /// The redirect from an old address of `page`.
    Redirect,
    /// A file of `content/` or `static/`, by its path from the root of the project.
    File(Arc<str>),
    /// A file of the theme, by its place in `Theme::assets`.
    Theme(u32),
    /// A file that the program makes for every site.
    Own(Own),
}

impl Address {
    /// The file in the output, with forward slashes: `briefings/x/index.html`.
    pub fn file(&self) -> String {
        output_path(&self.route)
    }

    /// The file that is copied there, by its path from the root of the project; `None` for what is made.
    pub fn source(&self) -> Option<&Arc<str>> {
        match &self.maker {
            Maker::File(path) => Some(path),
            _ => None,
        }
    }

    /// True for pages and files of the site itself.
    fn is_brought(&self) -> bool {
        match &self.maker {
            Maker::Page | Maker::File(_) => true,
            Maker::List { .. } => self.page.is_some(),
            Maker::LinkedFrom { .. } | Maker::Version(_) | Maker::Comparison(_) | Maker::Feed { .. } => false,
            Maker::Export { .. } | Maker::Redirect | Maker::Theme(_) | Maker::Own(_) => false,
        }
    }

    /// True for what links may lead to. Nobody links to what only goes on with another address, or to what only browsers and hosts ask for.
    pub fn is_linkable(&self) -> bool {
        match &self.maker {
            Maker::Page | Maker::Version(_) | Maker::Comparison(_) => true,
            Maker::Feed { .. } | Maker::Export { .. } | Maker::Redirect | Maker::File(_) => true,
            Maker::List { part, .. } => *part == 1,
            Maker::LinkedFrom { .. } | Maker::Theme(_) => false,
            Maker::Own(own) => own.is_linkable(),
        }
    }
}

/// The address of a part of the rest of the links to the page at `route`, from 1.
pub fn rest_of_links(route: &str, part: usize) -> String {
    let first = format!("{}linked-from/", folder_below(route));
    if part <= 1 { first } else { format!("{first}page/{part}/") }
}

/// How many links to a page stand on it; the rest has addresses of its own.
pub const SHOWN_BACKLINKS: usize = 30;

/// Every address of a site.
#[derive(Debug, Default, PartialEq)]
pub struct Addresses {
    all: Vec<Address>,
    by_route: Lookup<Arc<str>, u32>,
    /// Places of the addresses at which nothing is written: files that no page uses, feeds of a site that does not know where it lives.
    idle: Vec<u32>,
    /// The old addresses that do not lead where their pages say.
    pub problems: Vec<Problem>,
}

/// What is seen of a site once its links are known, as far as addresses depend on it.
pub struct Seen<'a> {
    /// The addresses, percent-encoded, of files that pages use.
    pub used: &'a HashSet<&'a str>,
    /// By page: how many pages link to it.
    pub backlinks: &'a [usize],
}

impl Addresses {
    /// The targets of links, and all that nobody links to.
    pub fn new(targets: Targets, columns: &Columns, index: &Index, seen: &Seen) -> Addresses {
        let is_unused = |at: &u32| !seen.used.contains(&*encode(&targets.all[*at as usize].route));
        let mut idle: Vec<u32> = targets.waiting.iter().copied().filter(is_unused).chain(targets.unwritten).collect();
        idle.sort_unstable();
        let Targets { mut all, by_route, problems, .. } = targets;
        let further: Vec<Address> = all.iter().flat_map(|address| further_parts(address, index)).collect();
        all.extend(further);
        all.extend((0..).zip(columns.facts).flat_map(|(page, fact)| {
            let rest = seen.backlinks[page as usize].saturating_sub(SHOWN_BACKLINKS);
            linked_from_parts(page, fact, rest.div_ceil(columns.config.paginate_by))
        }));
        let mut addresses = Addresses { all, by_route, idle, problems };
        addresses.leave_out_own();
        // The site's own icon takes the place of the theme's.
        let is_replaced = |path: &str| path.starts_with("favicon.") && addresses.brings(path);
        let theme = (0..).zip(&columns.theme_files).filter(|(_, path)| !is_replaced(path));
        let of_theme = |(at, path): (u32, &&str)| Address { route: Arc::from(format!("/{path}")), maker: Maker::Theme(at), page: None };
        let theme: Vec<Address> = theme.map(of_theme).collect();
        addresses.all.extend(theme);
        addresses
    }

    /// Leaves out the files of every site that this one replaces or has nothing to say in.
    fn leave_out_own(&mut self) {
        let has_redirects = self.all.iter().any(|address| address.maker == Maker::Redirect);
        let is_out = |address: &Address| match address.maker {
            Maker::Own(own) => own == Own::Redirects && !has_redirects || own.is_replaceable() && self.brings(own.name()),
            _ => false,
        };
        let out: Vec<u32> = (0..).zip(&self.all).filter(|(_, address)| is_out(address)).map(|(at, _)| at).collect();
        self.idle.extend(out);
        self.idle.sort_unstable();
    }

    /// Those at which something is written.
    pub fn written(&self) -> impl Iterator<Item = &Address> {
        let is_written = |(at, _): &(u32, &Address)| self.idle.binary_search(at).is_err();
        (0..).zip(&self.all).filter(is_written).map(|(_, address)| address)
    }

    /// The same, from many threads.
    pub fn par_written(&self) -> impl ParallelIterator<Item = &Address> {
        let is_written = |at: &usize| self.idle.binary_search(&(*at as u32)).is_err();
        (0..self.all.len()).into_par_iter().filter(is_written).map(|at| &self.all[at])
    }

    /// The paths of the files that are copied, from the root of the project, in their order.
    pub fn copied(&self) -> impl Iterator<Item = &Arc<str>> {
        self.written().filter_map(Address::source)
    }

    /// The paths of files beside pages that no page uses.
    pub fn unused(&self) -> impl Iterator<Item = &Arc<str>> {
        self.idle.iter().filter_map(|at| self.all[*at as usize].source())
    }

    /// What links to a route find there; `None` when nothing is written at it.
    pub fn at(&self, route: &str) -> Option<&Address> {
        let at = self.by_route.get(route).filter(|at| self.idle.binary_search(at).is_err())?;
        Some(&self.all[*at as usize])
    }

    /// True if the site brings a page or file of its own for a path below the output, which replaces the built-in one.
    pub fn brings(&self, path: &str) -> bool {
        self.at(&format!("/{path}")).is_some_and(Address::is_brought)
    }

    /// Old addresses, each with the page it leads to; in the order of addresses.
    pub fn redirects(&self) -> impl Iterator<Item = (&Arc<str>, PageId)> {
        self.all.iter().filter(|address| address.maker == Maker::Redirect).filter_map(|address| Some((&address.route, address.page?)))
    }

    /// The page to which an old address leads; `None` when it is no old address.
    pub fn redirected(&self, route: &str) -> Option<PageId> {
        self.redirect(route)?.page
    }

    /// The oldest address of a page from which readers are really led to it: the first of its aliases that is free.
    pub fn oldest(&self, page: PageId, fact: &Facts) -> Option<&Arc<str>> {
        let aliases = fact.front().aliases.iter().filter(|alias| is_address(alias)).map(|alias| alias_address(alias, fact.route()));
        aliases.filter_map(|route| self.redirect(&route)).find(|address| address.page == Some(page)).map(|address| &address.route)
    }

    fn redirect(&self, route: &str) -> Option<&Address> {
        self.at(route).filter(|address| address.maker == Maker::Redirect)
    }
}

/// The parts of a list after its first one.
fn further_parts<'a>(address: &Address, index: &'a Index) -> impl Iterator<Item = Address> + use<'a> {
    let (list, parts) = match address.maker {
        Maker::List { list, parts, .. } => (list, parts),
        _ => (0, 1),
    };
    let page = address.page;
    (2..=parts).map(move |part| {
        let route = index.lists[list as usize].part(part as usize);
        Address { route, maker: Maker::List { list, part, parts }, page }
    })
}

fn linked_from_parts(page: PageId, fact: &Facts, parts: usize) -> impl Iterator<Item = Address> + use<'_> {
    let parts = parts as u32;
    (1..=parts).map(move |part| Address {
        route: Arc::from(rest_of_links(fact.route(), part as usize)),
        maker: Maker::LinkedFrom { part, parts },
        page: Some(page),
    })
}
