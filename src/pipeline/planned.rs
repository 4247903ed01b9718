//! The planned site: all that is written, with what shows it, which files there are, and all that is wrong with them before they are rendered.
//!
//! Owns `PlannedSite`, complete when it is made: a build, a check, `explain` and what a build is held against have it from here. It must not know what
//! becomes of its files.

use super::clash::clashes;
use super::{BuildOptions, Cache, Plan, plan, search};
use crate::diagnostic::{Diagnostic, Severity};
use crate::emit::{self, Output};
use crate::lint;
use crate::sources::Sources;
use crate::view::View;

/// A site with every file that it should have.
pub struct PlannedSite {
    pub plan: Plan,
    pub view: View,
    /// In the order of paths.
    pub outputs: Vec<Output>,
    /// The mistakes that show when files are planned, beside those of `plan`.
    pub late: Vec<Diagnostic>,
}

impl PlannedSite {
    /// Reads nothing but `sources`, and writes nothing.
    pub fn new(sources: &Sources, cache: &mut Cache, options: &BuildOptions) -> PlannedSite {
        let mut plan = plan(sources, cache, options);
        let mut timings = std::mem::take(&mut plan.timings);
        let files = timings.stage("search", || search(&plan.site, cache));
        let view = View::new(plan.site.clone()).with_search(files);
        let outputs = timings.stage("files", || emit::plan(&view));
        let mut late = emit::check(&view, &outputs);
        // A lint says it better, with the places of both.
        if !plan.diagnostics.iter().any(|problem| lint::CLASHES.contains(&problem.code)) {
            late.extend(clashes(&outputs));
        }
        PlannedSite { plan: Plan { timings, ..plan }, view, outputs, late }
    }

    /// The errors that keep the files from being written, but for those that only rendering finds.
    pub fn errors(&self) -> Vec<Diagnostic> {
        let known = self.plan.diagnostics.iter().filter(|problem| problem.severity == Severity::Error);
        known.chain(&self.late).cloned().collect()
    }
}
