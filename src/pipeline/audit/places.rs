//! Where the sources say what was found in the output.
//!
//! It must not know why it is looked for.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Place;
use crate::gate::visible;
use crate::output::audit::words::hashes;
use crate::output::audit::{Found, RUN, find};
use crate::pipeline::Plan;
use crate::sources::{Content, Sources};

/// All sources are searched for so many traces; who has more of them mends some, and sees the others' places then.
const SEARCHED: usize = 50;

/// Finds what was found in the output in the sources.
pub struct Places<'a> {
    plan: &'a Plan,
    sources: &'a Sources,
    /// All sources but hidden pages, which may say what they like of themselves.
    all: Vec<Arc<str>>,
    searched: Cell<usize>,
}

impl<'a> Places<'a> {
    /// The sources of a site.
    pub fn new(plan: &'a Plan, sources: &'a Sources) -> Places<'a> {
        let all = std::iter::once(&sources.settings.0).chain(sources.below("").iter().map(|source| &source.path));
        let public: BTreeSet<&str> = super::public_files(&plan.site).map(|path| &**path).collect();
        let all = all.filter(|path| !path.ends_with(".md") || public.contains(&***path)).cloned().collect();
        Places { plan, sources, all, searched: Cell::default() }
    }

    /// In the sources that the files are made of, else in any other; at most three.
    pub fn of(&self, found: &[Found]) -> Vec<Place> {
        let (mut own, mut shown, mut copied) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for found in found {
            let Some(output) = self.plan.find(&found.path) else { continue };
            let origin = output.origin(&self.plan.view);
            own.extend(origin.own.iter().map(|path| Arc::from(&**path)));
            shown.extend(origin.shown.iter().map(|page| self.plan.site.page(*page).path().clone()));
            copied.extend(output.source().cloned());
        }
        let own: Vec<Arc<str>> = own.into_iter().collect();
        let shown: Vec<Arc<str>> = shown.into_iter().collect();
        let places = |paths: &[Arc<str>]| paths.iter().filter_map(|path| place(self.sources, path, found)).take(3).collect::<Vec<Place>>();
        let near = [own, shown].iter().map(|paths| places(paths)).find(|places| !places.is_empty());
        near.unwrap_or_else(|| {
            self.searched.set(self.searched.get() + 1);
            let all = if self.searched.get() > SEARCHED { Vec::new() } else { places(&self.all) };
            // What is packed or a picture has no lines.
            if all.is_empty() { copied.iter().take(3).map(Place::file).collect() } else { all }
        })
    }
}

/// Where a source says what was found, in its name or in its text.
fn place(sources: &Sources, path: &Arc<str>, found: &[Found]) -> Option<Place> {
    let text = if *path == sources.settings.0 { sources.text(path) } else { text(sources, path)? };
    match found.iter().find_map(|found| range(path, &text, &found.text)) {
        Some(range) => Some(Place::range(path, &text, range)),
        None => found.iter().any(|found| found.line == 0 && path.ends_with(&*found.path)).then(|| Place::file(path)),
    }
}

/// Where a text has what was found: as it is written, else by its words.
fn range(path: &str, text: &str, found: &str) -> Option<Range<usize>> {
    let wanted = found.to_ascii_lowercase().replace("&amp;", "&");
    if let Some(at) = text.to_ascii_lowercase().find(&wanted) {
        return Some(at..at + wanted.len());
    }
    let mut words = hashes(found);
    words.truncate(RUN);
    if words.len() < 2 {
        return None;
    }
    if path.ends_with(".md") { find(&visible(text), &words).or_else(|| find(text, &words)) } else { find(text, &words) }
}

/// What a file says, if it is text.
fn text(sources: &Sources, path: &str) -> Option<Arc<String>> {
    match &sources.get(path)?.content {
        Content::Text(text) => Some(text.get()),
        Content::File => {
            let mut bytes = Vec::new();
            sources.copy(path, &mut bytes).ok()?;
            Some(Arc::new(String::from_utf8_lossy(&bytes).into_owned()))
        }
    }
}
