//! Where links lead, and what leads to a page.
//!
//! Owns `Links`. It must not know bodies or hidden pages, nor how a link is shown.

mod advice;
mod anchors;
pub mod backlinks;
mod destination;
mod images;
mod resolve;
#[cfg(test)]
mod tests;
mod wiki;

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::addresses::{Addresses, Seen, Targets};
use crate::index::names::Names;
use crate::index::{Columns, Index, PageId};
use crate::page::Facts;

use advice::Advice;
use resolve::{Outcome, Resolver};

pub use backlinks::Backlink;
pub use resolve::{Broken, Resolved};

/// The links of a site, seen from both ends.
#[derive(Debug, Default, PartialEq)]
pub struct Links {
    /// By page, in the order of its links.
    pub resolved: Vec<Box<[Resolved]>>,
    /// By page, newest first.
    pub backlinks: Vec<Vec<Backlink>>,
    /// By page: the address of its `image`, percent-encoded, if that is a file of the site.
    pub images: Vec<Option<Arc<str>>>,
    pub problems: Vec<Problem>,
}

/// What leads nowhere. `lint` says it to people, because it alone knows whether what is missing is only hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    Link {
        page: PageId,
        link: u32,
        broken: Broken,
    },
    /// `image` is no file of the site.
    Image {
        page: PageId,
    },
    UnusedFile {
        path: Arc<str>,
    },
}

/// Resolves all links of a site, and lists its addresses: which of its files are published, and which pages have more links than they show, depends on
/// them.
pub fn build(columns: &Columns, names: &Names, index: &Index) -> (Links, Addresses) {
    let targets = Targets::new(columns, index);
    let mut problems = Vec::new();
    let resolver = Resolver { columns, names, targets: &targets, terms: &index.terms };
    let resolved = all(&resolver, &mut problems);
    let images = images::images(columns, &targets, &mut problems);
    let backlinks = backlinks::of(&resolved, index);
    let addresses = {
        let used = used(&targets, &resolved, &images);
        let counts: Vec<usize> = backlinks.iter().map(Vec::len).collect();
        Addresses::new(targets, columns, index, &Seen { used: &used, backlinks: &counts })
    };
    problems.extend(addresses.unused().map(|path| Problem::UnusedFile { path: path.clone() }));
    (Links { resolved, backlinks, images, problems }, addresses)
}

/// Where the links of all pages lead, in parallel; problems in the order of pages.
fn all(resolver: &Resolver, problems: &mut Vec<Problem>) -> Vec<Box<[Resolved]>> {
    let facts = resolver.columns.facts;
    let of_page =
        |(page, fact): (usize, &Facts)| -> Vec<Outcome> { fact.links.iter().map(|link| resolver.link(page as PageId, link)).collect() };
    let outcomes: Vec<Vec<Outcome>> = facts.par_iter().enumerate().map(of_page).collect();
    let mut advice = Advice::new(resolver.columns, resolver.names);
    let mut settled = Vec::with_capacity(facts.len());
    for (page, outcomes) in (0..).zip(outcomes) {
        let links = &facts[page as usize].links;
        let settle = |(at, outcome): (u32, Outcome)| {
            outcome.unwrap_or_else(|broken| {
                let link = &links[at as usize];
                let (instead, broken) = resolver.broken(link, broken, &mut advice);
                problems.push(Problem::Link { page, link: at, broken });
                instead
            })
        };
        settled.push((0..).zip(outcomes).map(settle).collect());
    }
    settled
}

/// The addresses, percent-encoded, of files that pages use; nothing is looked for if no file waits for that.
fn used<'a>(targets: &Targets, resolved: &'a [Box<[Resolved]>], images: &'a [Option<Arc<str>>]) -> HashSet<&'a str> {
    if !targets.have_waiting() {
        return HashSet::new();
    }
    let to_file = |resolved: &'a Resolved| match resolved {
        Resolved::To { href, page: None } => Some(href.split(['#', '?']).next().unwrap_or(href)),
        _ => None,
    };
    let links = resolved.iter().flatten().filter_map(to_file);
    links.chain(images.iter().flatten().map(|route| &**route)).collect()
}
