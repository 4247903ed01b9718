//! How long the stages of a build took.
//!
//! It must not know what a stage does.

use std::time::{Duration, Instant};

/// How long things took. It is for people only: nothing depends on it.
#[derive(Debug, Clone, Default)]
pub struct Timings {
    /// By stage, in the order of the pipeline.
    pub stages: Vec<(&'static str, Duration)>,
    /// By template or kind of output: how many files, and the sum over all threads. Longest first.
    pub outputs: Vec<(String, usize, Duration)>,
}

impl Timings {
    /// What `run` returns; the time that it takes is written down.
    pub fn stage<T>(&mut self, name: &'static str, run: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let value = run();
        self.stages.push((name, start.elapsed()));
        value
    }
}
