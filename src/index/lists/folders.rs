//! The folders of a site: which of them are sections, and which pages are below each.
//!
//! It must not know lists.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::fingerprint::Lookup;
use crate::index::PageId;
use crate::index::terms::own_taxonomy;
use crate::page::origin::Role;
use crate::page::route::Kind;
use crate::page::{Facts, Taxonomy};
use crate::url::slugify;

/// Every folder that is a section in a language, with its `_index.md`.
pub fn all(facts: &[Arc<Facts>], lang: u8) -> BTreeMap<&str, Option<PageId>> {
    let mut folders = BTreeMap::new();
    let mut bundles = Vec::new();
    let mut last = "";
    for (page, fact) in facts.iter().enumerate().filter(|(_, fact)| fact.lang() == lang) {
        let origin = &fact.page.origin;
        if origin.role == Role::Section && own_taxonomy(fact).is_none() {
            folders.insert(&*origin.folder, Some(page as PageId));
        } else if origin.role == Role::Bundle {
            bundles.push(&*origin.folder);
        }
        // Pages are in the order of their paths, so that most lie in the folder of the one before.
        if origin.section() != last {
            last = origin.section();
            // What lies right under a vocabulary's or a kind's folder is listed there.
            for folder in above(last).filter(|folder| !is_of_terms(folder)) {
                folders.entry(folder).or_insert(None);
            }
        }
    }
    for bundle in bundles {
        folders.remove(bundle);
    }
    folders.retain(|folder, _| !folder.is_empty() && Kind::from_folder(folder).is_none());
    folders
}

/// The address of a folder below the root of its language.
pub fn path(folder: &str) -> String {
    folder.split('/').map(|part| format!("{}/", slugify(part))).collect()
}

/// Pages by each folder that they are below, at any depth. One pass, so that deep sites stay near-linear.
pub struct Below<'a>(Lookup<&'a str, Vec<PageId>>);

impl<'a> Below<'a> {
    /// The folders of these pages.
    pub fn new(facts: &'a [Arc<Facts>], pages: &[PageId]) -> Below<'a> {
        let mut below: Lookup<&str, Vec<PageId>> = Lookup::default();
        for page in pages {
            for folder in above(facts[*page as usize].page.origin.section()) {
                below.entry(folder).or_default().push(*page);
            }
        }
        Below(below)
    }

    /// The pages below a folder, in the order in which they were given; `None` when there are none.
    pub fn take(&mut self, folder: &str) -> Option<Vec<PageId>> {
        self.0.remove(folder)
    }
}

/// A folder and those above it, without `content/` itself.
fn above(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder).filter(|folder| !folder.is_empty()), |folder| folder.rsplit_once('/').map(|(above, _)| above))
}

/// True for folders of terms, however deep: `topics/defence`.
fn is_of_terms(folder: &str) -> bool {
    let top = folder.split('/').next().unwrap_or(folder);
    Kind::from_folder(top).and_then(Taxonomy::from_kind).is_some()
}
