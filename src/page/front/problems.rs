//! The problems of one file's front matter, with their places.
//!
//! It must not know what can be wrong.

use std::ops::Range;
use std::sync::Arc;

use super::block::Syntax;
use crate::config::DateOrder;
use crate::diagnostic::{Diagnostic, Place, Severity};

/// Of each severity, so that a file of rubbish takes no longer to report than to read.
const MOST: usize = 100;

/// Collects problems of one file.
pub struct Problems<'a> {
    path: &'a Arc<str>,
    /// The whole content of the file.
    text: &'a str,
    /// In what the front matter is written.
    pub syntax: Syntax,
    /// In which order its dates have day and month, where their year stands last.
    pub order: Option<DateOrder>,
    found: Vec<Diagnostic>,
}

impl<'a> Problems<'a> {
    /// No problems yet of the file at `path` with this text.
    pub fn new(path: &'a Arc<str>, text: &'a str) -> Problems<'a> {
        Problems { path, text, syntax: Syntax::default(), order: None, found: Vec::new() }
    }

    /// The content of the file.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The place of a byte range of the file.
    pub fn place(&self, range: Range<usize>) -> Place {
        Place::range(self.path, self.text, range)
    }

    /// Adds a problem at a byte range of the file.
    pub fn add(&mut self, range: Range<usize>, problem: Diagnostic) {
        if self.has_room(problem.severity) {
            let place = self.place(range);
            self.found.push(problem.at(place));
        }
    }

    /// Whether another problem of this severity would be kept.
    pub fn has_room(&self, severity: Severity) -> bool {
        self.found.len() < MOST || self.found.iter().filter(|known| known.severity == severity).count() < MOST
    }

    /// How many problems were found so far.
    pub fn count(&self) -> usize {
        self.found.len()
    }

    /// Takes back the problems after the first `count`.
    pub fn split_off(&mut self, count: usize) -> Vec<Diagnostic> {
        self.found.split_off(count)
    }

    /// All of them, in the order of the file.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        self.found.sort_by(|one, other| one.place.cmp(&other.place));
        self.found
    }
}
