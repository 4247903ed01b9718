//! Wikilinks: names of pages and of terms.
//!
//! It must not know files.

use super::resolve::{Broken, Outcome, Place, Resolver};
use crate::addresses::Found;
use crate::index::PageId;
use crate::index::names::{self, Answer};
use crate::page::Taxonomy;

impl Resolver<'_> {
    pub(super) fn wiki(&self, page: PageId, name: &str, anchor: Option<&str>) -> Outcome {
        let to = |found: Found, is_here: bool| self.to(Place { found, query: None, anchor, is_in_words: true, is_here });
        if name.is_empty() {
            return to(Found::Page(page), true);
        }
        let lang = self.columns.facts[page as usize].lang();
        match self.names.find(name, lang) {
            Answer::One(page) => to(Found::Page(page), false),
            Answer::Many(pages) => {
                Err(Broken::Ambiguous { candidates: pages.iter().map(|page| self.columns.facts[*page as usize].path().clone()).collect() })
            }
            Answer::None => match self.term(name, lang) {
                Some(found) => to(found, false),
                None => Err(Broken::Missing { places: vec![name.to_string()], candidates: Vec::new() }),
            },
        }
    }

    /// The page of the term that a name means, else its list: `topic:x` one of topics, `x` one of the first taxonomy that has it.
    fn term(&self, name: &str, lang: u8) -> Option<Found> {
        let (of_kind, name) = names::of_kind(name).map_or((None, name), |(kind, rest)| (Some(kind), rest));
        let taxonomies = Taxonomy::all().filter(|taxonomy| of_kind.is_none_or(|kind| taxonomy.kind() == kind));
        let terms = taxonomies.filter_map(|taxonomy| self.terms.find(taxonomy, lang, name));
        let term = terms.map(|term| &self.terms.all[term as usize]).find(|term| term.has_page())?;
        Some(term.page.map_or_else(|| Found::Other(term.route.clone()), Found::Page))
    }
}
