//! One preview from its first build to its last: sources, memory, and what is shown now.
//!
//! It must not know the network. While somebody writes, a file that cannot be read keeps its last good version, and only that file; mistakes of other
//! kinds hold nothing back.

use std::collections::BTreeSet;
use std::sync::Arc;

use tokio::sync::watch;

use super::problem::{self, Problem};
use super::shown::Shown;
use crate::diagnostic::{Diagnostic, Severity};
use crate::pipeline::{self, BuildOptions, Cache, Plan};
use crate::sources::Sources;

/// A preview that is running.
pub struct Session {
    /// As they are on disk.
    pub sources: Sources,
    /// As they were when they were shown last: with the last good version of files that cannot be read now.
    good: Arc<Sources>,
    cache: Cache,
    options: BuildOptions,
    shown: watch::Sender<Arc<Shown>>,
    diagnostics: Vec<Diagnostic>,
}

impl Session {
    /// Builds what is shown first.
    pub fn new(sources: Sources, mut cache: Cache, options: BuildOptions) -> Session {
        let plan = pipeline::plan(&sources, &mut cache, &options);
        let diagnostics = plan.diagnostics.clone();
        let problems = problem::all(&diagnostics);
        let good = Arc::new(sources.clone());
        let shown = Arc::new(Shown::new(plan, good.clone(), problems, None));
        let diagnostics = with(diagnostics, &shown.mistakes);
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

    /// Shows the sources as they are now. Gives all problems, in the order of a report.
    pub fn update(&mut self) -> Vec<Diagnostic> {
        let plan = pipeline::plan(&self.sources, &mut self.cache, &self.options);
        let diagnostics = plan.diagnostics.clone();
        let unreadable = unreadable(&plan);
        let (plan, good) = match self.sources.with_old(&self.good, &unreadable) {
            None => (plan, Arc::new(self.sources.clone())),
            Some(good) => (pipeline::plan(&good, &mut self.cache, &self.options), Arc::new(good)),
        };
        let before = self.shown.borrow().clone();
        let shown = Shown::new(plan, good.clone(), problem::all(&diagnostics), Some(&before));
        let diagnostics = with(diagnostics, &shown.mistakes);
        self.good = good;
        self.shown.send_replace(Arc::new(shown));
        // Letting go of a large site takes as long as reading a page of it.
        std::thread::spawn(move || drop(before));
        self.diagnostics.clone_from(&diagnostics);
        diagnostics
    }
}

/// All problems in the order of a report.
fn with(mut diagnostics: Vec<Diagnostic>, more: &[Diagnostic]) -> Vec<Diagnostic> {
    if !more.is_empty() {
        diagnostics.extend_from_slice(more);
        diagnostics.sort_by(Diagnostic::order);
    }
    diagnostics
}

/// The files whose mistakes keep them from being understood: front matter, shortcodes, templates, settings, data.
fn unreadable(plan: &Plan) -> BTreeSet<Arc<str>> {
    let errors = plan.diagnostics.iter().filter(|found| found.severity == Severity::Error && Problem::is_hard(found));
    errors.filter_map(|found| Some(found.place.as_ref()?.path.clone())).collect()
}
