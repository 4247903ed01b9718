//! The pipeline: from sources to a site, from a site to files. The whole program on one screen.
//!
//! Owns `build`. It must not know formats or terminals. A clean build runs it with an empty cache, watch mode runs the same with a warm one.

use std::time::Duration;

use jiff::Timestamp;

use crate::config::{Config, Override};
use crate::diagnostic::Diagnostic;
use crate::gate::{Hidden, Show};
use crate::memo::Verify;
use crate::output::{Folder, Refusal, Written};
use crate::site::Site;
use crate::sources::Sources;

/// How to build, besides what the sources say.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// `--set`, `CHANCERY_…`, and flags that stand for a setting (`--base-url`).
    pub overrides: Vec<Override>,
    pub show: Show,
    pub relative_urls: bool,
    pub warnings: Warnings,
}

/// What warnings do to a build.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Warnings {
    /// They are told, and the site is written.
    #[default]
    Allow,
    /// `--strict`: each becomes an error, before anything is written.
    Deny,
}

/// What is remembered between builds of one process.
pub struct Cache {}

impl Cache {
    pub fn new(verify: Verify) -> Cache {
        let _ = verify;
        Cache {}
    }
}

/// A site with the files it will be, before any of them is rendered.
pub struct Plan {
    pub site: Site,
    pub hidden: Vec<Hidden>,
    /// The next instant at which something appears, disappears or changes by itself.
    pub next_change: Option<Timestamp>,
    /// All problems, in the order of a report. With an error among them, nothing may be written.
    pub diagnostics: Vec<Diagnostic>,
    pub timings: Timings,
}

impl Plan {
    pub fn config(&self) -> &Config {
        &self.site.config
    }
}

/// How long things took. It is for people only: nothing depends on it.
#[derive(Debug, Clone, Default)]
pub struct Timings {
    /// By stage, in the order of the pipeline.
    pub stages: Vec<(&'static str, Duration)>,
    /// By template or kind of output: how many files, and the sum over all threads. Longest first.
    pub outputs: Vec<(String, usize, Duration)>,
}

/// What a build did.
pub struct Report {
    pub plan: Plan,
    /// Nothing, if there were errors or if no folder was given.
    pub written: Option<Written>,
    /// Public pages with a file of their own.
    pub pages: usize,
    /// Files that the site is made of.
    pub files: usize,
}

/// Told from many threads while files are rendered: how many are done, and of how many.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// Everything up to the files: reads nothing but `sources`, writes nothing.
pub fn plan(sources: &Sources, cache: &mut Cache, order: &Order) -> Plan {
    let _ = (sources, cache, order);
    todo!("the first thin way")
}

/// Builds the site into `folder`; without a folder every file is rendered, and nothing written (`check`).
///
/// # Errors
/// The output cannot be written. Mistakes in the site are no error here but diagnostics in the report, and then nothing is written.
pub fn build(sources: &Sources, cache: &mut Cache, order: &Order, folder: Option<Folder>, progress: Progress) -> Result<Report, Refusal> {
    let _ = (sources, cache, order, folder, progress);
    todo!("the first thin way")
}
