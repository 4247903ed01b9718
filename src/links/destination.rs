//! Destinations of links: files of the project and addresses of the site, in all the ways in which they are written.
//!
//! It must not know names.

use std::iter;

use super::resolve::{Broken, Resolver};
use crate::addresses::Found;
use crate::index::PageId;
use crate::page::Facts;
use crate::sources::stem;
use crate::url::climb;
use crate::url::folder_of;

impl Resolver<'_> {
    /// What a destination means, read from the file that it stands in.
    pub(super) fn destination(&self, page: PageId, path: &str) -> Result<Found, Broken> {
        if path.is_empty() {
            return Ok(Found::Page(page));
        }
        let fact = &self.columns.facts[page as usize];
        let found = self.places(fact, path).find_map(|place| match place.starts_with('/') {
            true => self.targets.at(&place),
            false => self.file(&place, fact),
        });
        found.ok_or_else(|| {
            let places: Vec<String> = self.places(fact, path).collect();
            if places.iter().any(|place| place.starts_with("content")) {
                Broken::Missing { places, candidates: Vec::new() }
            } else {
                Broken::Outside
            }
        })
    }

    /// Where a destination may lead, the likeliest first: files begin with `content/`, addresses with `/`. Each is made only when those before
    /// it have failed.
    fn places<'p>(&'p self, fact: &'p Facts, path: &'p str) -> Box<dyn Iterator<Item = String> + 'p> {
        if let Some(inside) = path.strip_prefix("@/") {
            return Box::new(iter::once(format!("content/{inside}")));
        }
        if let Some(inside) = path.strip_prefix('/') {
            let base = self.columns.config.base_url.as_ref().map_or("/", |base| base.path.as_str());
            let below_base = move || path.strip_prefix(base).filter(|_| base != "/").map(|rest| format!("/{rest}"));
            let further = iter::once_with(below_base).flatten().chain(iter::once_with(move || format!("content/{inside}")));
            return Box::new(iter::once(path.to_string()).chain(further));
        }
        let folder = fact.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        let file = climb(folder, path).map(|file| file.trim_end_matches('/').to_string());
        let file = file.filter(|file| file == "content" || file.starts_with("content/"));
        let address = move || climb(folder_of(fact.route()), path);
        let readings = file.clone().map(|file| iter::once_with(move || self.readings(fact, &file)).flatten());
        Box::new(file.into_iter().chain(iter::once_with(address).flatten()).chain(readings.into_iter().flatten()))
    }

    /// `[x](other)` and `[x](../folder/)` are meant as files, or as folders, by those who come from wikis.
    fn readings(&self, fact: &Facts, file: &str) -> [String; 4] {
        let folder = file.trim_start_matches("content").trim_start_matches('/');
        let slugs = folder.split('/').filter(|part| !part.is_empty()).map(|part| format!("{}/", crate::url::slugify(part)));
        let address = format!("{}{}", self.columns.config.prefix(fact.lang()), slugs.collect::<String>());
        [format!("{file}.md"), format!("{file}/index.md"), format!("{file}/_index.md"), address]
    }

    /// The page or file at a path of the project, in the reader's language if the page is there in it.
    fn file(&self, path: &str, fact: &Facts) -> Option<Found> {
        if fact.lang() > 0
            && let Some(stem) = stem(path)
        {
            let code = &self.columns.config.languages[fact.lang() as usize - 1];
            if let Some(page) = self.names.path(&format!("{stem}.{code}.md")) {
                return Some(Found::Page(page));
            }
        }
        let page = self.names.path(path).map(Found::Page);
        page.or_else(|| self.targets.file(path).map(|route| Found::Other(route.clone())))
    }
}
