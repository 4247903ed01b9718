//! Diagnostics as people and machines read them: one file a format.
//!
//! Owns which of them a build shows. It must not know how a problem is found.

pub mod github;
pub mod json;
pub mod links;
pub mod publish;
pub mod sarif;
pub mod text;

use std::collections::BTreeMap;

use crate::cli::terminal::count;
use crate::diagnostic::{Diagnostic, Severity};

/// A build shows at most so many warnings of one code.
const MOST_OF_A_CODE: usize = 10;

/// The diagnostics of a run in the order of a report, and by code how many warnings are left out.
pub struct Selection<'a> {
    /// In the order of a report.
    pub shown: Vec<&'a Diagnostic>,
    /// How many warnings of a code are not shown.
    pub left_out: BTreeMap<&'static str, usize>,
    /// How many errors there are.
    pub errors: usize,
    /// How many warnings there are, shown or not.
    pub warnings: usize,
}

/// How many warnings are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warnings {
    None,
    Few,
    All,
}

/// Sorts `diagnostics` and picks what is shown: every error, and of the warnings those that are wanted.
pub fn select(diagnostics: &[Diagnostic], wanted: Warnings) -> Selection<'_> {
    let mut shown: Vec<&Diagnostic> = diagnostics.iter().collect();
    shown.sort_by(|a, b| a.order(b));
    let errors = shown.iter().filter(|problem| problem.severity == Severity::Error).count();
    let warnings = shown.len() - errors;
    let mut seen: BTreeMap<&'static str, usize> = BTreeMap::new();
    shown.retain(|problem| {
        if problem.severity == Severity::Error {
            return true;
        }
        let seen = seen.entry(problem.code).or_default();
        *seen += 1;
        wanted == Warnings::All || wanted == Warnings::Few && *seen <= MOST_OF_A_CODE
    });
    let beyond = |(code, seen): (&'static str, usize)| (seen > MOST_OF_A_CODE).then(|| (code, seen - MOST_OF_A_CODE));
    let left_out = if wanted == Warnings::Few { seen.into_iter().filter_map(beyond).collect() } else { BTreeMap::new() };
    Selection { shown, left_out, errors, warnings }
}

impl Selection<'_> {
    /// `2 errors, 1 warning`; what there is none of is left out.
    pub fn counts(&self) -> String {
        let errors = (self.errors > 0).then(|| count(self.errors, "error"));
        let warnings = (self.warnings > 0).then(|| count(self.warnings, "warning"));
        errors.into_iter().chain(warnings).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
pub mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::Place;

    /// A problem with everything that one can have.
    pub fn broken_link() -> Diagnostic {
        let path = Arc::from("content/a b.md");
        let other = Arc::from("content/b.md");
        Diagnostic::error("broken-link", "there is no page `hauge`")
            .at(Place::range(&path, "---\n\nSee [[hauge]], please.\n", 11..16))
            .hint("did you mean `hague`?")
            .also(Place::range(&other, "title: Hague\n", 7..12), "the nearest page")
    }

    /// The warning of a site without an address.
    pub fn no_feeds() -> Diagnostic {
        Diagnostic::warning("no-base-url", "feeds and sitemap are not written")
    }

    #[test]
    fn a_build_shows_every_error_and_ten_warnings_of_a_code() {
        let mut problems: Vec<Diagnostic> = (0..12).map(|at| Diagnostic::warning("w", format!("{at:02}"))).collect();
        problems.extend((0..12).map(|at| Diagnostic::error("e", format!("{at:02}"))));
        let few = select(&problems, Warnings::Few);
        assert_eq!((few.shown.len(), few.shown[0].code, few.left_out.get("w")), (22, "e", Some(&2)));
        assert_eq!(few.counts(), "12 errors, 12 warnings");
        assert_eq!(select(&problems, Warnings::All).shown.len(), 24);
        assert_eq!(select(&problems, Warnings::None).shown.len(), 12);
    }
}
