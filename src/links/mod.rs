//! Where links lead, and what leads to a page.
//!
//! Owns `Links`. It must not know bodies or hidden pages, nor how a link is shown.

mod advice;
mod anchors;
pub mod backlinks;
mod destination;
mod images;
mod reference;
mod resolution;
mod resolve;
mod wiki;

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::addresses::{Addresses, Seen, Targets};
use crate::fingerprint::Fingerprint;
use crate::index::names::Names;
use crate::index::{Columns, Index, PageId};
use crate::memo::{Memo, Verify};

use resolution::Resolution;
use resolve::Resolver;

pub use backlinks::Backlink;
pub use resolve::{Broken, Resolved};

/// The links of a site, seen from both ends.
#[derive(Debug, Default, PartialEq)]
pub struct Links {
    resolution: Arc<Resolution>,
    /// By earlier text. One that leads nowhere any more is told to nobody: the text is as it was.
    versions: Vec<Box<[Resolved]>>,
    /// By page, newest first.
    pub backlinks: Arc<Vec<Vec<Backlink>>>,
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

impl Links {
    /// Where the links of a page lead, in their order.
    pub fn of_page(&self, page: PageId) -> &[Resolved] {
        &self.resolution.resolved[page as usize]
    }

    /// Where the links of an earlier text lead, in their order.
    pub fn of_version(&self, version: u32) -> &[Resolved] {
        &self.versions[version as usize]
    }
}

/// What takes long, each remembered under the fingerprint of all that it is made of.
pub struct Memory {
    resolution: Memo<Resolution>,
    backlinks: Memo<Vec<Vec<Backlink>>>,
}

impl Memory {
    /// Nothing remembered yet.
    pub fn new(verify: Verify) -> Memory {
        Memory { resolution: Memo::new("links", verify), backlinks: Memo::new("backlinks", verify) }
    }
}

/// Resolves all links of a site, and lists its addresses: which of its files are published, and which pages have more links than they show, depends on
/// them.
pub fn build(columns: &Columns, names: &Names, index: &Index, memory: &mut Memory) -> (Links, Addresses) {
    let targets = Targets::new(columns, index);
    let resolver = Resolver { columns, names, targets: &targets, terms: &index.terms };
    let made_of = resolver.print();
    let resolution = memory.resolution.one("site", made_of, || Resolution::new(&resolver));
    let versions: Vec<Box<[Resolved]>> = columns.versions.par_iter().map(|version| resolver.of_version(version)).collect();
    let made_of = Fingerprint::of(&(made_of, &index.status, &index.order.pages));
    let backlinks = memory.backlinks.one("site", made_of, || backlinks::collect(&resolution.resolved, index));
    let mut problems = resolution.problems(&resolver);
    let images = images::images(columns, &targets, &mut problems);
    let addresses = {
        let used = used(&targets, [&resolution.resolved, &versions], &images);
        let counts: Vec<usize> = backlinks.iter().map(Vec::len).collect();
        Addresses::new(targets, columns, index, &Seen { used: &used, backlinks: &counts })
    };
    problems.extend(addresses.unused().map(|path| Problem::UnusedFile { path: path.clone() }));
    (Links { resolution, versions, backlinks, images, problems }, addresses)
}

/// The addresses, percent-encoded, of files that pages use; nothing is looked for if no file waits for that.
fn used<'a>(targets: &Targets, resolved: [&'a [Box<[Resolved]>]; 2], images: &'a [Option<Arc<str>>]) -> HashSet<&'a str> {
    if !targets.have_waiting() {
        return HashSet::new();
    }
    let to_file = |resolved: &'a Resolved| match resolved {
        Resolved::To { href, page: None } => Some(href.split(['#', '?']).next().unwrap_or(href)),
        _ => None,
    };
    let links = resolved.into_iter().flatten().flatten().filter_map(to_file);
    links.chain(images.iter().flatten().map(|route| &**route)).collect()
}

#[cfg(test)]
mod tests;
