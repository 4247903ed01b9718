//! One preview from its first build to its last: sources, memory, and what is shown now.
//!
//! It must not know the network. While somebody writes, a file that cannot be read keeps its last good version, and only that file; mistakes of other
//! kinds hold nothing back.

use std::collections::BTreeSet;
use std::sync::Arc;

use tokio::sync::watch;

use super::problem::{self, Problem};
use super::shown::Shown;
use crate::diagnostic::Diagnostic;
use crate::pipeline::{self, BuildOptions, Cache, Plan, SearchIndex};
use crate::sources::{LastGood, Sources};

/// A preview that is running.
pub struct Session {
    /// As they are on disk.
    pub sources: Sources,
    /// As they were when they were shown last: with the last good version of files that cannot be read now.
    good: LastGood,
    cache: Cache,
    options: BuildOptions,
    shown: watch::Sender<Arc<Shown>>,
    diagnostics: Vec<Diagnostic>,
}

impl Session {
    /// A preview of `sources`: builds what is shown first.
    pub fn new(sources: Sources, mut cache: Cache, options: BuildOptions) -> Session {
        let options = BuildOptions { search: SearchIndex::WhenAsked, ..options };
        let plan = pipeline::plan(&sources, &mut cache, &options);
        let diagnostics = plan.diagnostics.clone();
        let from = Arc::new(sources.clone());
        let mut good = LastGood::default();
        good.keep(from.clone());
        let shown = Arc::new(Shown::new(plan, from, problems(&diagnostics), None));
        Session { good, sources, cache, options, shown: watch::Sender::new(shown), diagnostics }
    }

    /// All problems of what is shown, in the order of a report.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        self.diagnostics.clone()
    }

    /// What the next process may want to know.
    pub fn cache(&self) -> &Cache {
        &self.cache
    }

    /// What is shown now; it tells of every change.
    pub fn shown(&self) -> watch::Receiver<Arc<Shown>> {
        self.shown.subscribe()
    }

    /// Shows the sources as they are now, and returns all problems, in the order of a report.
    pub fn update(&mut self) -> Vec<Diagnostic> {
        let plan = pipeline::plan(&self.sources, &mut self.cache, &self.options);
        let found = plan.diagnostics.clone();
        let (plan, from) = match self.good.stand_in(&self.sources, &unreadable(&plan)) {
            None => (plan, self.sources.clone()),
            Some(mixed) => (pipeline::plan(&mixed, &mut self.cache, &self.options), mixed),
        };
        let from = Arc::new(from);
        self.good.keep(from.clone());
        let before = self.shown.borrow().clone();
        self.diagnostics = report(&found, &plan.diagnostics);
        self.shown.send_replace(Arc::new(Shown::new(plan, from, problems(&found), Some(&before))));
        // Letting go of a large site takes as long as reading a page of it.
        std::thread::spawn(move || drop(before));
        self.diagnostics.clone()
    }
}

/// What is wrong with the sources, and with the files that are made of what is `shown`, in the order of a report.
fn report(sources: &[Diagnostic], shown: &[Diagnostic]) -> Vec<Diagnostic> {
    let of_sources = sources.iter().filter(|problem| !is_of_files(problem));
    let mut all: Vec<Diagnostic> = of_sources.chain(shown.iter().filter(|problem| is_of_files(problem))).cloned().collect();
    all.sort_by(Diagnostic::order);
    all
}

/// What the page in the browser says. Who looks at a file with a mistake of its own sees it there.
fn problems(found: &[Diagnostic]) -> Vec<Problem> {
    problem::all(found.iter().filter(|problem| !is_of_files(problem)))
}

/// Whether a problem shows only when files are planned.
fn is_of_files(problem: &Diagnostic) -> bool {
    pipeline::OF_FILES.contains(&problem.code)
}

/// The files whose mistakes keep them from being understood: front matter, shortcodes, templates, settings, data.
fn unreadable(plan: &Plan) -> BTreeSet<Arc<str>> {
    let errors = plan.diagnostics.iter().filter(|found| Problem::is_hard(found) && !is_of_files(found));
    errors.filter_map(|found| Some(found.place.as_ref()?.path.clone())).collect()
}
