//! Files beside pages: which are published, and where.
//!
//! It must not know hidden pages: what they own does not reach the index.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::links::{Addresses, Resolved, folder_of};
use super::{Columns, Problem};
use crate::page::Facts;
use crate::page::origin::Role;
use crate::page::route::slugify;

/// A file of `content/` that is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicFile {
    /// From the root of the project.
    pub path: Arc<str>,
    /// Its address from the root of the site, not encoded.
    pub route: Arc<str>,
}

/// A file that may be published: at once if a bundle owns it, else if a page uses it.
pub struct Candidate {
    pub path: Arc<str>,
    pub route: Arc<str>,
    is_owned: bool,
}

pub type Candidates = Vec<Candidate>;

/// Every file that could be published, with the address that it would have.
pub fn candidates(columns: &Columns) -> Candidates {
    let mut bundles: BTreeMap<&str, &Facts> = BTreeMap::new();
    for fact in columns.facts.iter().filter(|fact| fact.page.origin.role == Role::Bundle) {
        let known = bundles.entry(&fact.page.origin.folder).or_insert(fact);
        if fact.lang() < known.lang() {
            *known = fact;
        }
    }
    columns
        .files
        .iter()
        .filter_map(|(path, owner)| {
            let inside = path.strip_prefix("content/")?;
            let route = match owner {
                Some(folder) => {
                    let bundle = bundles.get(&**folder)?;
                    format!("{}/{}", folder_of(&bundle.page), inside[folder.len()..].trim_start_matches('/'))
                }
                None => {
                    let (folder, name) = inside.rsplit_once('/').unwrap_or(("", inside));
                    let folders = folder.split('/').filter(|part| !part.is_empty()).map(|part| format!("/{}", slugify(part)));
                    format!("{}/{name}", folders.collect::<String>())
                }
            };
            Some(Candidate { path: path.clone(), route: Arc::from(route), is_owned: owner.is_some() })
        })
        .collect()
}

/// The candidates that a bundle owns or a page uses; what nobody uses is a problem to tell.
pub fn published(
    columns: &Columns,
    candidates: Candidates,
    links: &[Vec<Resolved>],
    addresses: &Addresses,
    problems: &mut Vec<Problem>,
) -> Vec<PublicFile> {
    let loose = candidates.iter().any(|file| !file.is_owned);
    let mut used: HashSet<Arc<str>> = HashSet::new();
    if loose {
        for resolved in links.iter().flatten() {
            if let Resolved::To { href, page: None } = resolved {
                used.insert(Arc::from(href.split(['#', '?']).next().unwrap_or(href)));
            }
        }
        used.extend(columns.facts.iter().filter_map(|fact| image(fact, addresses)));
    }
    let mut published = Vec::with_capacity(candidates.len());
    for file in candidates {
        if file.is_owned || used.contains(&*super::links::encode(&file.route)) {
            published.push(PublicFile { path: file.path, route: file.route });
        } else {
            problems.push(Problem::UnusedFile { path: file.path });
        }
    }
    published
}

/// The address of a page's `image`, which is written like a link: from the page's file, or from the root. Encoded.
pub fn image(fact: &Facts, addresses: &Addresses) -> Option<Arc<str>> {
    let image = fact.front().image.as_deref()?;
    if image.contains("://") {
        return None;
    }
    let folder = fact.path().rsplit_once('/').map_or("content", |(folder, _)| folder);
    let beside = format!("{folder}/{}", image.trim_start_matches("./"));
    let below = format!("content/{}", image.trim_start_matches("@/").trim_start_matches('/'));
    addresses.file(&beside).or_else(|| addresses.file(&below)).map(|route| Arc::from(super::links::encode(route)))
}
