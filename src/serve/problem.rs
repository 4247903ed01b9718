//! Problems as the page in the browser gets them.
//!
//! It must not know how they are shown.

use std::sync::Arc;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::lint::RULES;

/// One problem, for the overlay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// `error` or `warning`.
    pub severity: &'static str,
    /// As `chancery explain` takes it.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// The file that it stands in.
    #[serde(skip)]
    pub path: Option<Arc<str>>,
    /// `content/x.md:3:7`; empty if the problem is nowhere.
    pub place: String,
    /// The line itself.
    pub line: String,
    /// Where in the line, in characters from 0, and how many; 0 when the whole line is meant.
    pub column: u32,
    /// How many characters are meant.
    pub width: u32,
    /// What to do, one line each.
    pub hints: Vec<String>,
    /// True for what keeps a file from being understood, so that its last good version is shown.
    pub hard: bool,
}

impl Problem {
    /// The problem as the overlay shows it.
    pub fn new(found: &Diagnostic) -> Problem {
        let place = found.place.as_ref();
        Problem {
            severity: if found.severity == Severity::Error { "error" } else { "warning" },
            code: found.code,
            message: found.message.clone(),
            path: place.map(|place| place.path.clone()),
            place: place.map_or_else(String::new, Place::to_string),
            line: place.map_or_else(String::new, |place| place.text.to_string()),
            column: place.and_then(Place::column_in_text).unwrap_or(0),
            width: place.map_or(0, |place| place.width),
            hints: found.hints.clone(),
            hard: Problem::is_hard(found),
        }
    }

    /// True for problems that were found while reading; those that rules find in a site that could be read hold nothing back.
    pub fn is_hard(found: &Diagnostic) -> bool {
        found.severity == Severity::Error && !RULES.iter().any(|rule| rule.code == found.code && rule.check.is_some())
    }
}

/// What the overlay shows: errors. Warnings are for the terminal, because they would cover what is being written.
pub fn all<'a>(diagnostics: impl Iterator<Item = &'a Diagnostic>) -> Vec<Problem> {
    diagnostics.filter(|found| found.severity == Severity::Error).map(Problem::new).collect()
}
