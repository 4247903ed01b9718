//! What is said of a build that a change has caused: what is new, and a line.
//!
//! It must not know how a build is made.

use std::time::Instant;

use super::{Cause, Outcome, Session, has_errors};
use crate::cli::build;
use crate::cli::progress::timings;
use crate::cli::report::{self, Selection, select};
use crate::cli::terminal::{clean_line, count};
use crate::diagnostic::{Diagnostic, Severity};
use crate::output::Written;

impl Session<'_> {
    /// What is new in a build: its problems in full, and a line.
    pub(super) fn tell(&self, outcome: &Outcome, cause: &Cause, start: Instant) {
        build::show(self.invocation, &self.found, &news(&self.reported, &outcome.diagnostics), &self.args.preview);
        if let Some(report) = outcome.report.as_ref().filter(|_| self.args.making.timings) {
            self.invocation.answer(&timings(&report.timings));
        }
        if let Some(report) = outcome.report.as_ref().filter(|_| self.args.making.explain && outcome.written.is_some()) {
            self.invocation.answer(&build::reasons(self.invocation, report));
        }
        if self.invocation.is_quiet() {
            return;
        }
        let selection = select(&outcome.diagnostics, report::Warnings::None);
        let as_of = self.clock().map_or_else(|_| String::new(), |clock| clock.describe());
        let line = match (cause, &outcome.report, outcome.written) {
            (Cause::Start, Some(report), Some(written)) => {
                let (found, preview, purpose) = (&self.found, &self.args.preview, build::Purpose::Folder);
                build::last_line(&build::Run { found, as_of: &as_of, preview, purpose, start }, report, written, &selection)
            }
            (_, _, Some(written)) => format!("{}: {}\n", self.why(cause), self.done(outcome, written, &selection, start)),
            _ => format!("{}: nothing was written; {}\n", self.why(cause), selection.counts()),
        };
        self.invocation.answer(&line);
    }

    fn why(&self, cause: &Cause) -> String {
        match cause {
            Cause::Start => "first build".into(),
            Cause::Due(at) => format!("due at {}", build::local(*at, &self.found.config)),
            Cause::Changed(paths) => match &paths[..] {
                [] => "tried again".into(),
                [path] => clean_line(path),
                [path, others @ ..] => format!("{} and {} more", clean_line(path), others.len()),
            },
        }
    }

    fn done(&self, outcome: &Outcome, written: Written, selection: &Selection, start: Instant) -> String {
        let is_mended = self.error.is_some() || has_errors(&self.reported) && !has_errors(&outcome.diagnostics);
        let mut line = if is_mended { "mended; ".to_string() } else { String::new() };
        match written {
            Written { written: 0, removed: 0, .. } => line.push_str("nothing to write"),
            Written { written, removed: 0, .. } => line.push_str(&format!("{} written", count(written, "file"))),
            Written { written, removed, .. } => line.push_str(&format!("{} written, {removed} removed", count(written, "file"))),
        }
        line.push_str(&format!(" in {:.2} s", start.elapsed().as_secs_f64()));
        if !outcome.has_good_settings {
            line.push_str("; the settings of before hold");
        }
        if selection.errors + selection.warnings > 0 {
            line.push_str(&format!("; {}", selection.counts()));
        }
        line
    }
}

/// Of the problems that there are what must be said: new warnings, and all errors if they are not those of before. Both lists are in the order of a report.
fn news(reported: &[Diagnostic], problems: &[Diagnostic]) -> Vec<Diagnostic> {
    let errors = |problems: &'_ [Diagnostic]| problems.iter().take_while(|problem| problem.severity == Severity::Error).count();
    let (before, now) = (errors(reported), errors(problems));
    let has_other_errors = reported[..before] != problems[..now];
    let is_new = |problem: &Diagnostic| reported.binary_search_by(|known| known.order(problem)).is_err();
    let is_said = |problem: &&Diagnostic| if problem.severity == Severity::Error { has_other_errors } else { is_new(problem) };
    problems.iter().filter(is_said).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_said_whenever_they_are_others_and_warnings_once() {
        let error = |message: &str| Diagnostic::error("e", message);
        let warning = |message: &str| Diagnostic::warning("w", message);
        let reported = [error("one"), warning("a")];
        assert_eq!(news(&reported, &reported), []);
        assert_eq!(news(&reported, &[error("one"), warning("a"), warning("b")]), [warning("b")]);
        assert_eq!(news(&reported, &[error("one"), error("two"), warning("a")]), [error("one"), error("two")]);
        assert_eq!(news(&reported, &[]), []);
    }
}
