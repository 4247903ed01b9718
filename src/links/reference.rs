//! What `ref` and `relref` name: a path, or the name of a file alone, as Hugo finds it (<https://gohugo.io/shortcodes/ref/>).
//!
//! It must not know titles.

use std::iter;

use super::resolve::{Broken, Outcome, Place, Resolver};
use crate::addresses::Found;
use crate::index::PageId;
use crate::index::names::Answer;
use crate::page::Facts;
use crate::page::origin::Role;
use crate::sources::stem;
use crate::url::{climb, slugify};

impl Resolver<'_> {
    /// Where a `ref` on a page leads: what lies at its path, else the one page whose file has that name.
    pub(super) fn reference(&self, page: PageId, path: &str, anchor: Option<&str>, asked: Option<&str>) -> Outcome {
        let to = |found: Found, is_here: bool| self.to(Place { found, query: None, anchor, is_in_words: false, is_here });
        if path.is_empty() {
            return to(Found::Page(page), true);
        }
        let fact = &self.columns.facts[page as usize];
        let Some(lang) = asked.map_or(Some(fact.lang()), |code| self.language(code)) else {
            return Err(Broken::Missing { places: vec![format!("{path} ({})", asked.unwrap_or_default())], candidates: Vec::new() });
        };
        let is_wanted = |page: PageId| asked.is_none() || self.columns.facts[page as usize].lang() == lang;
        let places: Vec<String> = bases(fact, path).collect();
        if let Some(found) = places.iter().find_map(|place| self.lying_at(place, lang, &is_wanted)) {
            return to(found, false);
        }
        let name = path.trim_start_matches("./");
        let name = stem(name).unwrap_or(name);
        match self.names.file(name, lang) {
            Answer::One(found) if is_wanted(found) => to(Found::Page(found), false),
            Answer::Many(pages) => {
                Err(Broken::Ambiguous { candidates: pages.iter().map(|page| self.columns.facts[*page as usize].path().clone()).collect() })
            }
            _ => Err(Broken::Missing { places, candidates: Vec::new() }),
        }
    }

    /// The number of a language.
    fn language(&self, code: &str) -> Option<u8> {
        let config = self.columns.config;
        let other = || config.languages.iter().position(|known| known.eq_ignore_ascii_case(code)).map(|at| at as u8 + 1);
        // `en` is the language of a site in `en-GB` too, unless it is another one of it.
        let is_own =
            |own: &str| own.eq_ignore_ascii_case(code) || own.split('-').next().is_some_and(|first| first.eq_ignore_ascii_case(code));
        if config.language.eq_ignore_ascii_case(code) { Some(0) } else { other().or_else(|| is_own(&config.language).then_some(0)) }
    }

    /// The page, the page of a folder, or the list of one at a path of the project, which may lack its extension.
    fn lying_at(&self, place: &str, lang: u8, is_wanted: &impl Fn(PageId) -> bool) -> Option<Found> {
        let bare = stem(place).unwrap_or(place);
        let code = lang.checked_sub(1).map(|at| format!(".{}", self.columns.config.languages[at as usize]));
        let ends = code.iter().map(String::as_str).chain(iter::once(""));
        let forms = ends.flat_map(|end| ["", "/index", "/_index"].map(|form| format!("{bare}{form}{end}.md")));
        let page = forms.into_iter().find_map(|path| self.names.path(&path).filter(|page| is_wanted(*page)));
        page.map(Found::Page).or_else(|| {
            let folder = place.strip_prefix("content")?.trim_matches('/');
            let slugs = folder.split('/').filter(|part| !part.is_empty()).map(|part| format!("{}/", slugify(part)));
            self.targets.at(&format!("{}{}", self.columns.config.prefix(lang), slugs.collect::<String>()))
        })
    }
}

/// Where a path may begin: in the folder of the page, of a bundle also in the one above, and in `content/`.
fn bases<'p>(fact: &'p Facts, path: &'p str) -> impl Iterator<Item = String> + 'p {
    let own = fact.path().rsplit_once('/').map_or("content", |(folder, _)| folder);
    let above = own.rsplit_once('/').map(|(folder, _)| folder).filter(|_| fact.page.origin.role == Role::Bundle);
    let is_rooted = path.starts_with('/');
    let near = iter::once(own).chain(above).filter(move |_| !is_rooted);
    near.chain(iter::once("content"))
        .filter_map(|folder| climb(folder, path.trim_start_matches('/')))
        .filter(|place| place.starts_with("content"))
}
