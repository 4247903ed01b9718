//! What to build from while something is broken.
//!
//! Owns `LastGood`. It must not know what makes a file good.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Sources;

/// The sources, or only the settings, as they were when they could be understood last; nothing, if that was never.
#[derive(Clone, Default)]
pub struct LastGood(Option<Arc<Sources>>);

impl LastGood {
    /// All of these can be understood.
    pub fn keep(&mut self, sources: Arc<Sources>) {
        self.0 = Some(sources);
    }

    /// Their settings can be understood, and nobody will ask for more.
    pub fn keep_settings(&mut self, sources: &Sources) {
        self.0 = Some(Arc::new(sources.bare()));
    }

    /// Whether there is such a file among them.
    pub fn has(&self, path: &str) -> bool {
        self.0.as_ref().is_some_and(|sources| sources.get(path).is_some())
    }

    /// `sources` with what is `broken` of them, by path, as it was; `None` if that is as it is now, or if it never was good.
    pub fn stand_in(&self, sources: &Sources, broken: &BTreeSet<Arc<str>>) -> Option<Sources> {
        sources.with_old(self.0.as_ref()?, broken)
    }
}
