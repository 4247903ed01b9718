//! Citations: which sources public pages cite, and who cites each.
//!
//! Owns `Citations`. It must not know what a register says of a source besides its key, nor how one is shown. A source that no public page cites is not here,
//! so that nothing can show it.

use std::sync::Arc;

use super::lists::Order;
use super::{Columns, PageId};
use crate::fingerprint::Fingerprint;
use crate::url::slugify;

/// A source that pages of one language cite.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    pub lang: u8,
    pub key: Arc<str>,
    /// The address of its page.
    pub route: Arc<str>,
    /// The listed pages that cite it, in the order of lists. Superseded and withdrawn ones count nowhere, but what they alone cite is here too: they still show
    /// it.
    pub pages: Arc<[PageId]>,
}

/// All sources that public pages cite, and for each page what it cites.
#[derive(Debug, Default, PartialEq)]
pub struct Citations {
    /// In the order of languages and keys.
    pub sources: Vec<Source>,
    /// The fingerprint of all that this is made of.
    pub print: Fingerprint,
    /// Places in `sources`, of all pages one after another; of each page in their order, and each once.
    cited: Vec<u32>,
    /// By page: where its own end.
    ends: Vec<u32>,
}

impl Citations {
    /// The sources that a page cites, by their places in `sources`, in the order of their keys.
    pub fn of_page(&self, page: PageId) -> &[u32] {
        let at = page as usize;
        let Some(end) = self.ends.get(at) else { return &[] };
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.cited[start as usize..*end as usize]
    }

    /// The source with a key that pages of a language cite, with its place in `sources`; `None` if none does.
    pub fn find(&self, lang: u8, key: &str) -> Option<(u32, &Source)> {
        let at = self.sources.binary_search_by(|source| (source.lang, &*source.key).cmp(&(lang, key))).ok()?;
        Some((at as u32, &self.sources[at]))
    }

    /// The sources that pages of a language cite, each with its place in `sources`.
    pub fn of(&self, lang: u8) -> impl Iterator<Item = (u32, &Source)> {
        let start = self.sources.partition_point(|source| source.lang < lang);
        (start as u32..).zip(&self.sources[start..]).take_while(move |(_, source)| source.lang == lang)
    }
}

/// The fingerprint of all that citations are made of; the same for all sites without a register.
pub fn print(columns: &Columns, listed: &[bool], order: &Order) -> Fingerprint {
    if columns.register.is_empty() {
        return Fingerprint::default();
    }
    let cited: Vec<Fingerprint> = columns.facts.iter().map(|fact| fact.relations).collect();
    let langs: Vec<u8> = columns.facts.iter().map(|fact| fact.lang()).collect();
    Fingerprint::of(&(columns.register.keys_print(), &columns.config.languages, cited, langs, listed, &order.pages))
}

/// The citations of a site, from what its pages cite; `print` is theirs.
pub fn collect(columns: &Columns, listed: &[bool], order: &Order, print: Fingerprint) -> Citations {
    let register = columns.register;
    if register.is_empty() {
        return Citations::default();
    }
    let size = register.entries().len();
    let slot = |lang: u8, entry: usize| usize::from(lang) * size + entry;
    // Of each page its sources, each once, by their slots: places in the register, with one register a language.
    let (mut cited, mut ends, mut own) = (Vec::new(), Vec::with_capacity(columns.facts.len()), Vec::new());
    for fact in columns.facts {
        own.extend(fact.cites.iter().filter_map(|cite| register.position(&cite.key)).map(|entry| slot(fact.lang(), entry) as u32));
        own.sort_unstable();
        own.dedup();
        cited.append(&mut own);
        ends.push(cited.len() as u32);
    }
    let mut citations = Citations { sources: Vec::new(), print, cited, ends };
    // By slot: who cites it, if anybody does. In the order of lists, so that the pages of one source need not be sorted.
    let languages = 1 + columns.config.languages.len();
    let mut pages: Vec<Option<Vec<PageId>>> = vec![None; languages * size];
    for page in &order.pages {
        for slot in citations.of_page(*page) {
            let citing = pages[*slot as usize].get_or_insert_default();
            citing.extend(Some(*page).filter(|page| listed[*page as usize]));
        }
    }
    let mut places = vec![0; pages.len()];
    for (at, pages) in pages.into_iter().enumerate().filter_map(|(at, pages)| Some((at, pages?))) {
        places[at] = citations.sources.len() as u32;
        let (lang, key) = ((at / size) as u8, &*register.entries()[at % size].item.key);
        let route = format!("{}{FOLDER}/{}/", columns.config.prefix(lang), slugify(key));
        citations.sources.push(Source { lang, key: key.into(), route: route.into(), pages: pages.into() });
    }
    citations.cited.iter_mut().for_each(|slot| *slot = places[*slot as usize]);
    citations
}

/// The folder of `content/` whose pages are about sources, and the part of their addresses.
pub const FOLDER: &str = "sources";

#[cfg(test)]
mod tests {
    use crate::page::front::Status;
    use crate::testing::{Sample, page, site_with_sources};

    fn cited_by<'a>(sample: &'a Sample, key: &str) -> Option<Vec<&'a str>> {
        let (_, source) = sample.index().citations.find(0, key)?;
        Some(sample.paths(source.pages.iter().copied()))
    }

    #[test]
    fn listed_pages_that_cite_a_source_are_there_newest_first_and_each_once() {
        let pages = [
            page("old.md").date("2024-01-01").cite("a").cite("a"),
            page("new.md").date("2025-01-01").cite("a").cite("b"),
            page("gone.md").date("2026-01-01").cite("a").cite("c").status(Status::Superseded),
            page("draft.md").cite("a").cite("d").status(Status::Draft),
            page("other.md").cite("nobody"),
        ];
        let sample = site_with_sources(&["a", "b", "c", "d", "e"], pages);
        assert_eq!(cited_by(&sample, "a"), Some(vec!["new.md", "old.md"]));
        assert_eq!(cited_by(&sample, "b"), Some(vec!["new.md"]));
        assert_eq!(cited_by(&sample, "c"), Some(vec![]), "a page that is still shown cites it");
        assert_eq!((cited_by(&sample, "d"), cited_by(&sample, "e"), cited_by(&sample, "nobody")), (None, None, None));
        let citations = &sample.index().citations;
        let keys =
            |path: &str| citations.of_page(sample.id(path)).iter().map(|at| &*citations.sources[*at as usize].key).collect::<Vec<_>>();
        assert_eq!((keys("new.md"), keys("old.md"), keys("other.md")), (vec!["a", "b"], vec!["a"], vec![]));
    }

    #[test]
    fn keys_become_addresses_as_terms_do() {
        let sample = site_with_sources(&["Smith:2024", "Größe/1"], [page("x.md").cite("Smith:2024").cite("Größe/1")]);
        let routes: Vec<&str> = sample.index().citations.sources.iter().map(|source| &*source.route).collect();
        assert_eq!(routes, ["/sources/grosse-1/", "/sources/smith2024/"]);
    }
}
