//! Wikilinks: names of pages, of terms and of files.
//!
//! Files are named by their names alone, as in Obsidian (<https://help.obsidian.md/links>). It must not know how a destination of Markdown is read.

use super::resolve::{Broken, Outcome, Place, Resolver};
use crate::addresses::Found;
use crate::index::PageId;
use crate::index::names::{self, Answer};
use crate::page::body::destination::names_file;
use crate::page::{Facts, Taxonomy};
use crate::url::climb;

impl Resolver<'_> {
    /// Where a wikilink leads; a picture is a file, whatever page has its name.
    pub(super) fn wiki(&self, page: PageId, name: &str, anchor: Option<&str>, is_picture: bool) -> Outcome {
        let to = |found: Found, is_here: bool| self.to(Place { found, query: None, anchor, is_in_words: true, is_here });
        if name.is_empty() {
            return to(Found::Page(page), true);
        }
        let fact = &*self.columns.facts[page as usize];
        let lang = fact.lang();
        let names_file = names_file(name);
        match self.names.find(name, lang) {
            _ if is_picture => to(self.named_file(fact, name)?, false),
            Answer::One(page) => to(Found::Page(page), false),
            Answer::Many(pages) => {
                Err(Broken::Ambiguous { candidates: pages.iter().map(|page| self.columns.facts[*page as usize].path().clone()).collect() })
            }
            Answer::None => match self.term(name, lang) {
                Some(found) => to(found, false),
                None if names_file => to(self.named_file(fact, name)?, false),
                None if let Some(found) = self.beside(fact, name) => to(found, false),
                None => Err(Broken::Missing { places: vec![name.to_string()], candidates: Vec::new() }),
            },
        }
    }

    /// The file of a name, wherever it lies, or of the end of a path. Of several the one beside the page is meant.
    fn named_file(&self, fact: &Facts, name: &str) -> Result<Found, Broken> {
        let folder = folder_of_file(fact.path());
        let own = climb(folder, name).and_then(|path| self.targets.file(&path));
        let exact = || self.targets.file(&format!("content/{}", name.trim_start_matches('/')));
        if let Some(route) = own.or_else(exact) {
            return Ok(Found::Other(route.clone()));
        }
        match self.targets.named(name).as_slice() {
            [] => Err(Broken::Missing { places: vec![name.to_string()], candidates: Vec::new() }),
            [(_, route)] => Ok(Found::Other(route.clone())),
            several => Err(Broken::Ambiguous { candidates: several.iter().map(|(path, _)| path.clone()).collect() }),
        }
    }

    /// The page that a path from the page's own file leads to: `../People/Name`.
    fn beside(&self, fact: &Facts, name: &str) -> Option<Found> {
        let path = climb(folder_of_file(fact.path()), names::bare(name)).filter(|_| name.starts_with('.'))?;
        self.names.path(&format!("{path}.md")).map(Found::Page)
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

fn folder_of_file(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
