//! Problems as the page in the browser gets them.
//!
//! It must not know how they are shown.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::RULES;

/// One problem, for the overlay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    pub severity: &'static str,
    pub code: &'static str,
    pub message: String,
    /// `content/x.md:3:7`; empty if the problem is nowhere.
    pub place: String,
    /// The line itself.
    pub line: String,
    /// Where in the line, in characters from 0, and how many; 0 when the whole line is meant.
    pub column: u32,
    pub width: u32,
    pub hints: Vec<String>,
    /// True for what keeps a file from being understood, so that its last good version is shown.
    pub hard: bool,
}

impl Problem {
    pub fn of(found: &Diagnostic) -> Problem {
        let place = found.place.as_ref();
        let shown = place.map_or_else(String::new, |place| match place.line {
            0 => place.path.to_string(),
            line => format!("{}:{line}:{}", place.path, place.column),
        });
        Problem {
            severity: if found.severity == Severity::Error { "error" } else { "warning" },
            code: found.code,
            message: found.message.clone(),
            place: shown,
            line: place.map_or_else(String::new, |place| place.text.to_string()),
            column: place.map_or(0, |place| place.column.saturating_sub(1)),
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
pub fn all(diagnostics: &[Diagnostic]) -> Vec<Problem> {
    diagnostics.iter().filter(|found| found.severity == Severity::Error).map(Problem::of).collect()
}
