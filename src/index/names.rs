//! The names by which pages are referred to: ids, paths, slugs, titles.
//!
//! Owns `Names`. It must not know links.

use std::collections::HashMap;
use std::sync::Arc;

use super::{PageId, Problem};
use crate::page::Facts;
use crate::page::route::Kind;

/// Look-ups from a name to pages.
pub struct Names<'a> {
    paths: HashMap<&'a str, PageId>,
    ids: HashMap<&'a str, PageId>,
    /// Of slugs, titles and further names, made normal.
    words: HashMap<String, Vec<PageId>>,
    facts: &'a [Facts],
}

/// What a name answers to.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    One(PageId),
    Many(Vec<PageId>),
    None,
}

impl<'a> Names<'a> {
    pub fn of(facts: &'a [Facts], problems: &mut Vec<Problem>) -> Names<'a> {
        let mut names = Names {
            paths: HashMap::with_capacity(facts.len()),
            ids: HashMap::new(),
            words: HashMap::with_capacity(facts.len() * 2),
            facts,
        };
        for (at, fact) in facts.iter().enumerate() {
            let page = at as PageId;
            names.paths.insert(fact.path(), page);
            if let Some(id) = &fact.front().id {
                // A translation carries the number of its original.
                match names.ids.get(id.as_str()) {
                    Some(first) if !is_translation(&facts[*first as usize], fact) => {
                        problems.push(Problem::SameId { id: id.clone(), pages: [*first, page] });
                    }
                    Some(_) => {}
                    None => {
                        names.ids.insert(id, page);
                    }
                }
            }
            let slug = fact.route().trim_end_matches('/').rsplit('/').next().unwrap_or("");
            names.add(&fact.title, page);
            names.add(slug, page);
            names.add(&fact.page.origin.name, page);
            for name in &fact.front().names {
                names.add(name, page);
            }
        }
        names
    }

    fn add(&mut self, name: &str, page: PageId) {
        let pages = self.words.entry(super::normal(name)).or_default();
        if pages.last() != Some(&page) {
            pages.push(page);
        }
    }

    /// The page at a path relative to the root.
    pub fn path(&self, path: &str) -> Option<PageId> {
        self.paths.get(path).copied()
    }

    /// What a wikilink or a reference in front matter means: an id, `kind:name`, a path below `content/`, or a slug, title or other name.
    /// Of pages in several languages the one in `lang` is meant.
    pub fn find(&self, name: &str, lang: u8) -> Answer {
        let name = name.trim();
        if let Some(page) = self.ids.get(name) {
            return Answer::One(self.in_language(*page, lang));
        }
        if let Some((kind, rest)) = name.split_once(':')
            && let Some(kind) = Kind::named(kind)
        {
            let pages = self.words.get(&super::normal(rest)).cloned().unwrap_or_default();
            return self.choose(pages.into_iter().filter(|page| self.facts[*page as usize].page.kind == kind).collect(), lang);
        }
        let bare = name.trim_matches('/').trim_end_matches(".md");
        for path in [format!("content/{bare}.md"), format!("content/{bare}/index.md"), format!("content/{bare}/_index.md")] {
            if name.contains('/')
                && let Some(page) = self.path(&path)
            {
                return Answer::One(page);
            }
        }
        self.choose(self.words.get(&super::normal(bare)).cloned().unwrap_or_default(), lang)
    }

    fn choose(&self, mut pages: Vec<PageId>, lang: u8) -> Answer {
        if pages.iter().any(|page| self.facts[*page as usize].lang() == lang) {
            pages.retain(|page| self.facts[*page as usize].lang() == lang);
        }
        pages.dedup();
        match pages.as_slice() {
            [] => Answer::None,
            [page] => Answer::One(*page),
            _ => Answer::Many(pages),
        }
    }

    fn in_language(&self, page: PageId, lang: u8) -> PageId {
        let fact = &self.facts[page as usize];
        if fact.lang() == lang {
            return page;
        }
        let same = |other: &&Facts| other.lang() == lang && is_translation(fact, other);
        // Files of one page in several languages lie side by side in the order of paths.
        let near = page.saturating_sub(64) as usize..(page as usize + 64).min(self.facts.len());
        self.facts[near.clone()].iter().position(|other| same(&other)).map_or(page, |at| (near.start + at) as PageId)
    }

    /// The paths whose last part is spelt nearest to a name that nothing answers to: at most three.
    pub fn nearest(&self, name: &str) -> Vec<Arc<str>> {
        let wanted =
            name.trim_matches('/').trim_end_matches(".md").trim_end_matches("/index").rsplit('/').next().unwrap_or(name).to_lowercase();
        let allowed = (wanted.chars().count() / 3).max(1);
        let mut found: Vec<(usize, &Arc<str>)> = self
            .facts
            .iter()
            .filter(|fact| fact.page.origin.name.len().abs_diff(wanted.len()) <= allowed)
            .map(|fact| (strsim::damerau_levenshtein(&wanted, &fact.page.origin.name.to_lowercase()), fact.path()))
            .filter(|(distance, _)| *distance <= allowed)
            .collect();
        found.sort();
        found.into_iter().take(3).map(|(_, path)| path.clone()).collect()
    }
}

fn is_translation(a: &Facts, b: &Facts) -> bool {
    let (a, b) = (&a.page.origin, &b.page.origin);
    a.lang != b.lang && a.folder == b.folder && a.name == b.name
}
