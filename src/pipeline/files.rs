//! Which files a site has, and the mistakes that show in that: remembered, for most edits change neither.
//!
//! It must not know what is in a file.

use std::sync::Arc;

use super::clash::clashes;
use crate::diagnostic::Diagnostic;
use crate::emit::{self, Output};
use crate::memo::Verify;
use crate::site::Site;
use crate::view::View;

/// The codes of problems that show only when files are planned.
pub const OF_FILES: [&str; 4] = ["unknown-template", "unknown-part", "bad-snippet", "same-output"];

/// The files of one site.
#[derive(Clone)]
pub struct PlannedFiles {
    site: Arc<Site>,
    /// The paths of the search index.
    search: Vec<Box<str>>,
    /// In the order of paths.
    pub outputs: Arc<Vec<Output>>,
    /// Mistakes in templates that show before anything is rendered.
    mistakes: Vec<Diagnostic>,
    clashes: Vec<Diagnostic>,
}

impl PlannedFiles {
    /// The files of the site of `view`; `before` is what an earlier plan made.
    ///
    /// # Panics
    /// In verify mode, when an earlier plan made other files than this one would.
    pub fn new(view: &View, before: Option<PlannedFiles>, verify: Verify) -> PlannedFiles {
        let known =
            before.filter(|before| has_same_files(&before.site, &view.site)).and_then(|before| before.with_search(view, paths(view)));
        if let Some(known) = known.as_ref().filter(|_| verify == Verify::On)
            && emit::plan(view) != **known.outputs
        {
            panic!("memo `files`: the files of a site changed under an equal index");
        }
        match known {
            Some(before) if asks_the_same(&before.site, &view.site) => PlannedFiles { site: view.site.clone(), ..before },
            Some(before) => {
                let mistakes = emit::check(view, &before.outputs);
                PlannedFiles { site: view.site.clone(), mistakes, ..before }
            }
            None => {
                let outputs = Arc::new(emit::plan(view));
                let (mistakes, clashes) = (emit::check(view, &outputs), clashes(&outputs));
                PlannedFiles { site: view.site.clone(), search: paths(view), outputs, mistakes, clashes }
            }
        }
    }

    /// The same files with those of the search index that the view has; `None` if two files would be at one path, of which a plan tells.
    fn with_search(self, view: &View, search: Vec<Box<str>>) -> Option<PlannedFiles> {
        if self.search == search {
            return Some(self);
        }
        let outputs = emit::plan_search(view, Arc::unwrap_or_clone(self.outputs));
        let is_clear = self.clashes.is_empty() && clashes(&outputs).is_empty();
        is_clear.then(|| PlannedFiles { search, outputs: Arc::new(outputs), ..self })
    }

    /// What is wrong with the files, beside what is `known`.
    pub fn problems(&self, known: &[Diagnostic]) -> Vec<Diagnostic> {
        // A lint says it better, with the places of both.
        let is_told = known.iter().any(|problem| crate::lint::CLASHES.contains(&problem.code));
        let clashes = if is_told { &[][..] } else { &self.clashes };
        self.mistakes.iter().chain(clashes).cloned().collect()
    }
}

/// The paths of the search index.
fn paths(view: &View) -> Vec<Box<str>> {
    view.search.iter().map(|file| file.path.clone()).collect()
}

/// Which files there are follows from the index, the templates that exist, and what is copied.
fn has_same_files(old: &Site, new: &Site) -> bool {
    let names = |site: &Site| site.theme.assets.iter().map(|asset| asset.path.clone()).collect::<Vec<_>>();
    Arc::ptr_eq(&old.index, &new.index)
        && Arc::ptr_eq(&old.addresses, &new.addresses)
        && old.mode == new.mode
        && old.config == new.config
        && old.theme.templates.keys().eq(new.theme.templates.keys())
        && names(old) == names(new)
        // Titles of lists are words of the theme.
        && old.theme.engine.languages.print == new.theme.engine.languages.print
}

/// Whether templates ask for the same names, and get the same.
fn asks_the_same(old: &Site, new: &Site) -> bool {
    old.theme.templates == new.theme.templates
        && old.theme.queries.keys().eq(new.theme.queries.keys())
        && old.data.keys().eq(new.data.keys())
}
