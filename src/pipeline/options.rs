//! What a build is asked for, besides what the sources say.
//!
//! Owns `BuildOptions`. It must not know how a site is made.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;

use crate::config::Override;
use crate::gate::Show;
use crate::lint::Scope;

/// How to build, besides what the sources say.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// `--set`, `CHANCERY_…`, and flags that stand for a setting (`--base-url`).
    pub overrides: Vec<Override>,
    /// What is shown besides the public pages.
    pub show: Show,
    /// Whether links are written so that they work from a folder.
    pub relative_urls: bool,
    /// For a preview: where links lead nowhere, their words say so.
    pub mark_broken_links: bool,
    /// What warnings mean.
    pub warnings: Warnings,
    /// How much is looked at besides what a build has to know.
    pub scope: Scope,
    /// A preview whatever it shows.
    pub is_preview: bool,
    /// The clock's instant, where the site is asked for as of an earlier one.
    pub present: Option<Timestamp>,
    /// What to write down beside the output of how it was made.
    pub label: String,
    /// Ends the build before it is done.
    pub stop: Stop,
    /// When the search index is made.
    pub search: SearchIndex,
}

/// When the files of the search index are made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum SearchIndex {
    /// With the plan: they are files of it.
    #[default]
    Planned,
    /// When somebody asks for one, if ever.
    WhenAsked,
}

/// Set from another thread when nobody wants a build any more: no further file is begun then, and nothing is written.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Ends the build, wherever it is.
    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether nobody wants the build any more.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Whether warnings keep a site from being written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Warnings {
    /// They are shown, and the site is written.
    #[default]
    Allow,
    /// `--strict`: every warning is an error.
    Deny,
}
