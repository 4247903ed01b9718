//! The search index: the words of a site in files that a script reads, a few for each question.
//!
//! Owns the form that `docs/search-index.md` describes. It must not know how results are shown, or hidden pages.

mod desk;
mod facets;
mod fold;
mod forms;
mod inverted;
mod kept;
mod keys;
mod lines;
mod list;
mod lists;
mod numbers;
mod page;
mod pieces;
mod posting;
mod runs;
mod splice;
#[cfg(test)]
mod tests;
mod tokens;
mod vocabulary;
mod weights;
mod words;
mod written;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde_json::json;

use crate::fingerprint::Fingerprint;
use crate::index::{List, ListKind, PageId};
use crate::site::Site;
use crate::url::begins_with;
use facets::Facets;
use inverted::{Inverted, Update, Want};
use page::{Page, Prose};
use pieces::Size;
use weights::{Listed, Pages};
use written::Written;

pub use numbers::Blocks;
pub use pieces::File;

/// The version of the form.
const VERSION: u32 = 1;
const WORDS: Size = Size { least: 8 << 10, most: 32 << 10, odds: 32 };
const FORMS: Size = Size { least: 8 << 10, most: 24 << 10, odds: 512 };

/// The words of all pages, by the folder of the index of their language. They are remembered from one index to the next, which saves time and changes
/// nothing.
#[derive(Default)]
pub struct Words {
    indexes: BTreeMap<Arc<str>, Index>,
    /// The numbers of pages, by the fingerprint of what pages are to each other.
    blocks: Option<(Fingerprint, Blocks)>,
}

/// The words of a language, and the files that were made of them.
#[derive(Default)]
struct Index {
    inverted: Inverted,
    written: Written,
}

impl Words {
    /// Every file of the indexes of all languages.
    pub fn files(&mut self, site: &Site) -> Vec<File> {
        self.make(site, Prose::Stays)
    }

    /// The same for a process in which nobody looks at the prose of pages after this: it is let go of page by page.
    pub fn files_of_last_readers(&mut self, site: &Site) -> Vec<File> {
        self.make(site, Prose::IsReleased)
    }

    fn make(&mut self, site: &Site, prose: Prose) -> Vec<File> {
        let lists = || site.index.lists.iter().filter(|list| list.kind == ListKind::Search);
        self.indexes.retain(|folder, _| lists().any(|list| list.route == *folder));
        let searched = searched(site);
        let known = self.blocks.take().filter(|(columns, _)| *columns == site.columns);
        let (_, blocks) = self.blocks.insert(known.unwrap_or_else(|| (site.columns, Blocks::new(site))));
        let of_list = |list: &List| index(site, list, blocks, &searched, prose, self.indexes.entry(list.route.clone()).or_default());
        lists().flat_map(of_list).collect()
    }
}

/// The pages that the index of some language has words of, in the order of pages.
fn searched(site: &Site) -> Vec<PageId> {
    let all = 0..site.facts.len() as PageId;
    all.filter(|page| site.config.search.enabled && is_searched(site, *page)).collect()
}

fn is_searched(site: &Site, page: PageId) -> bool {
    let fact = site.page(page);
    let is_excluded = |begin: &String| begins_with(fact.route(), begin);
    fact.front().noindex != Some(true) && !site.config.search.exclude.iter().any(is_excluded)
}

/// The files of one language.
fn index(site: &Site, list: &List, blocks: &Blocks, searched: &[PageId], prose: Prose, index: &mut Index) -> Vec<File> {
    let own = searched.iter().filter(|page| site.page(**page).lang() == list.lang);
    let own: Vec<(PageId, u32)> = own.map(|page| (*page, blocks.number(*page))).collect();
    let Index { inverted, written } = index;
    let (pages, update) = update(site, &own, prose, inverted);
    let folder = list.route.trim_start_matches('/');
    let (stems, spelt) = (written.stems(&pages, &inverted.vocabulary, &update), written.forms(&inverted.vocabulary, &update));
    let is_known = written.facets.key == site.columns;
    let facets = if is_known { written.facets.clone() } else { Arc::new(Facets::new(site, &own)) };
    let own_words = lines::in_order(inverted, &stems);
    let (words, [forms, endings]) = rayon::join(
        || {
            let filters = facets.edits(stems.kept(&written.facets.filters));
            lines::cut(folder, inverted, &own_words, &pages, (&stems, stems.kept(&written.words)), filters)
        },
        || forms::cut(folder, inverted, &own_words, &spelt, [&written.forms, &written.endings].map(|files| spelt.kept(files))),
    );
    *written = Written { key: pages.key(), words, forms, endings, facets };
    files(site, list, blocks, own.len(), written)
}

/// The files of an index, in the order of their paths.
fn files(site: &Site, list: &List, blocks: &Blocks, count: usize, written: &Written) -> Vec<File> {
    let folder = list.route.trim_start_matches('/');
    let Written { words, forms, endings, facets, .. } = written;
    let (table, filters) = (pieces::file(folder, facets.table.clone()), pieces::file(folder, facets.offered.clone()));
    let directory = json!({
        "version": VERSION,
        "lang": site.language(list.lang),
        "pages": count,
        "blocks": blocks.pages.len(),
        "table": pieces::name(&table.path),
        "filters": pieces::name(&filters.path),
        "forms": pieces::directory(forms),
        "endings": pieces::directory(endings),
        "words": pieces::directory(words),
    });
    let directory: Arc<[u8]> = format!("{directory}\n").into_bytes().into();
    let print = Fingerprint::of_bytes(&directory);
    let mut files: Vec<File> = written.all().into_iter().flatten().cloned().chain([table, filters]).collect();
    files.push(File { path: format!("{folder}index.json").into(), bytes: directory, print });
    files.sort_unstable_by(|one, other| one.path.cmp(&other.path));
    // Pieces with the same bytes are one.
    files.dedup_by(|one, other| one.path == other.path);
    files
}

/// Brings an inverted index up to date, and tells what is known of its pages.
fn update(site: &Site, own: &[(PageId, u32)], prose: Prose, inverted: &mut Inverted) -> (Pages, Update) {
    let want = |(id, _): &(PageId, u32)| {
        let page = Page { site, id: *id, prose };
        Want { name: site.page(*id).path().clone(), key: page.key(), page }
    };
    // In the order in which a line names them.
    let mut by_number = own.to_vec();
    by_number.sort_unstable_by_key(|(_, number)| *number);
    let wants: Vec<Want> = by_number.par_iter().map(want).collect();
    let (numbers, update) = inverted.update(&wants);
    let mut pages = vec![Listed::default(); inverted.end()];
    for ((id, number), own) in by_number.iter().zip(numbers) {
        pages[own as usize] = Listed { number: *number, rank: site.index.order.rank[*id as usize], tokens: inverted.tokens(own) };
    }
    (Pages::new(pages, own.len()), update)
}
