//! Files beside pages: which could be published, and where.
//!
//! It must not know hidden pages: what they own does not reach it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::index::Columns;
use crate::page::Facts;
use crate::page::origin::{Beside, Role};
use crate::url::folder_of;
use crate::url::{composed, slugify};

/// A file that may be published: at once if a bundle owns it that does not wait for a page to use it, else if a page does.
pub struct Candidate {
    pub path: Arc<str>,
    pub route: Arc<str>,
    pub is_free: bool,
}

/// Every file that could be published, with the address that it would have.
pub fn candidates(columns: &Columns) -> Vec<Candidate> {
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
        .filter_map(|Beside { path, owner, waits }| {
            let inside = path.strip_prefix("content/")?;
            let route = match owner {
                Some(folder) => {
                    let bundle = bundles.get(&**folder)?;
                    format!("{}/{}", folder_of(bundle.route()), inside[folder.len()..].trim_start_matches('/'))
                }
                None => {
                    let (folder, name) = inside.rsplit_once('/').unwrap_or(("", inside));
                    let folders = folder.split('/').filter(|part| !part.is_empty()).map(|part| format!("/{}", slugify(part)));
                    format!("{}/{name}", folders.collect::<String>())
                }
            };
            Some(Candidate { path: path.clone(), route: Arc::from(composed(&route)), is_free: owner.is_some() && !waits })
        })
        .collect()
}
