//! The search index: the words of a site in files that a script reads, a few for each question.
//!
//! Owns the form that `docs/search-index.md` describes. It must not know how results are shown, or hidden pages.

mod entry;
mod facets;
mod keys;
mod numbers;
mod packed;
mod pieces;
mod postings;
#[cfg(test)]
mod tests;
mod words;

use std::sync::Arc;

use rayon::prelude::*;
use serde_json::json;

use crate::index::{List, ListKind, PageId};
use crate::page::route::begins_with;
use crate::site::Site;
use pieces::{Line, Size};
use postings::Page;

pub use entry::{Input, Lexicons, entry};
pub use numbers::Blocks;
pub use packed::Entry;
pub use pieces::File;

/// The version of the form.
const VERSION: u32 = 1;
const WORDS: Size = Size { least: 8 << 10, most: 32 << 10, odds: 32 };
const FORMS: Size = Size { least: 8 << 10, most: 24 << 10, odds: 512 };

/// The pages that the index of some language has words of, in the order of pages.
pub fn pages(site: &Site) -> Vec<PageId> {
    let all = 0..site.facts.len() as PageId;
    all.filter(|page| site.config.search.enabled && is_searched(site, *page)).collect()
}

fn is_searched(site: &Site, page: PageId) -> bool {
    let fact = site.page(page);
    let is_excluded = |begin: &String| begins_with(fact.route(), begin);
    fact.front().noindex != Some(true) && !site.config.search.exclude.iter().any(is_excluded)
}

/// Every file of the indexes of all languages, from `pages` and their entries.
pub fn files(site: &Site, pages: &[PageId], entries: &[Arc<Entry>]) -> Vec<File> {
    let lists = site.index.lists.iter().filter(|list| list.kind == ListKind::Search);
    let blocks = Blocks::of(site);
    lists.flat_map(|list| index(site, list, &blocks, pages, entries)).collect()
}

/// The files of one language.
fn index(site: &Site, list: &List, blocks: &Blocks, pages: &[PageId], entries: &[Arc<Entry>]) -> Vec<File> {
    let own = pages.iter().zip(entries).filter(|(page, _)| site.page(**page).lang() == list.lang);
    let own: Vec<(PageId, &Entry)> = own.map(|(page, entry)| (*page, &**entry)).collect();
    let numbers: Vec<(PageId, u32)> = own.iter().map(|(page, _)| (*page, blocks.number(*page))).collect();
    let searched = own.iter().zip(&numbers).map(|((page, entry), (_, number))| Page {
        number: *number,
        rank: site.index.order.rank[*page as usize],
        tokens: entry.tokens(),
        entry,
    });
    let searched: Vec<Page> = searched.collect();
    let folder = list.route.trim_start_matches('/');
    let ((filters, offered), lines) = rayon::join(|| facets::filters(site, &numbers), || postings::lines(&searched));
    let mut words: Vec<Line> = lines.words.into_iter().chain(filters).collect();
    words.par_sort_by(|one, other| keys::order(&one.key, &other.key));
    let mut files = vec![pieces::file(folder, facets::table(site, &numbers)), pieces::file(folder, offered.to_string().into_bytes())];
    let directory = json!({
        "version": VERSION,
        "lang": site.language(list.lang),
        "pages": own.len(),
        "blocks": blocks.pages.len(),
        "table": pieces::name(&files[0].path),
        "filters": pieces::name(&files[1].path),
        "forms": pieces::cut(folder, lines.forms, &FORMS, &mut files),
        "endings": pieces::cut(folder, lines.endings, &FORMS, &mut files),
        "words": pieces::cut(folder, words, &WORDS, &mut files),
    });
    files.push(File { path: format!("{folder}index.json").into(), bytes: format!("{directory}\n").into_bytes().into() });
    files.sort_unstable_by(|one, other| one.path.cmp(&other.path));
    // Pieces with the same bytes are one.
    files.dedup_by(|one, other| one.path == other.path);
    files
}
