//! What a build came to, by the fingerprint of all that went into it: the memo of the pipeline as a whole.
//!
//! Owns `Done`. When nothing at all has changed, and the files stand, there is nothing to find out. It must not know what is in a site.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::reasons::Reasons;
use super::{BuildOptions, LeftOut, Report, Timings};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::fingerprint::{Fingerprint, PROGRAM};
use crate::lint::RULES;
use crate::output::Written;
use crate::sources::Sources;

/// The last build that wrote a site.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    pub key: Fingerprint,
    /// The instants as of which the same comes out: from the one of that build on, and before the first that any page is compared with.
    pub from: Timestamp,
    pub before: Option<Timestamp>,
    /// Of the paths and keys of all files, in the order of paths.
    pub files: Fingerprint,
    /// Public pages, and files.
    pub counts: (usize, usize),
    pub left_out: LeftOut,
    pub next_change: Option<Timestamp>,
    pub diagnostics: Vec<Diagnostic>,
}

/// The fingerprint of all that goes into a build but its instant, and where it is written.
pub fn key(sources: &Sources, options: &BuildOptions) -> Fingerprint {
    let BuildOptions { overrides, show, relative_urls, mark_broken_links, warnings, is_preview, present, label: _, stop: _, search, scope } =
        options;
    let flags = (show, relative_urls, mark_broken_links, warnings, is_preview, present, search, scope);
    Fingerprint::of(&(PROGRAM, sources.print(), overrides, flags))
}

impl Done {
    /// What a build with this key came to, which is the same as of any instant between `from` and its own; nothing if it was made without
    /// a plan, or if it is a site as it stood: that says of which instant.
    pub fn new(key: Fingerprint, from: Timestamp, report: &Report) -> Option<Done> {
        let plan = report.plan.as_ref().filter(|plan| plan.site.mode.as_it_stood.is_none())?;
        let horizon = plan.horizon;
        let Report { diagnostics, next_change, pages, files, left_out, print, .. } = report;
        let (counts, left_out, diagnostics) = ((*pages, *files), left_out.clone(), diagnostics.clone());
        Some(Done { key, from, before: horizon, files: *print, counts, left_out, next_change: *next_change, diagnostics })
    }

    /// The report of a build that comes to the same.
    pub fn report(&self, written: Written, timings: Timings) -> Report {
        let (pages, files) = self.counts;
        let (diagnostics, next_change) = (self.diagnostics.clone(), self.next_change);
        Report {
            plan: None,
            diagnostics,
            next_change,
            written: Some(written),
            pages,
            files,
            left_out: self.left_out.clone(),
            print: self.files,
            reasons: Reasons::default(),
            timings,
        }
    }

    /// Whether a build with this key comes to the same as of `now`.
    pub fn holds(&self, key: Fingerprint, now: Timestamp) -> bool {
        self.key == key && self.from <= now && self.before.is_none_or(|before| now < before)
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        let Done { key, from, before, files, counts, left_out, next_change, diagnostics } = self;
        let problems: Vec<PersistedDiagnostic> = diagnostics.iter().map(PersistedDiagnostic::new).collect();
        let instants = (from.as_nanosecond(), before.map(Timestamp::as_nanosecond), next_change.map(Timestamp::as_nanosecond));
        postcard::to_allocvec(&(key, instants, files, counts, left_out, problems)).unwrap_or_default()
    }

    /// What `to_bytes` made these bytes of; nothing if they are none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Done> {
        type Instants = (i128, Option<i128>, Option<i128>);
        let ((key, instants, files, counts, left_out, problems), rest): ((_, Instants, _, _, _, Vec<PersistedDiagnostic>), &[u8]) =
            postcard::take_from_bytes(bytes).ok()?;
        let instant = |nanoseconds: Option<i128>| nanoseconds.map(Timestamp::from_nanosecond).transpose().ok();
        let (from, before, next_change) = (instant(Some(instants.0))??, instant(instants.1)?, instant(instants.2)?);
        let diagnostics = problems.into_iter().map(PersistedDiagnostic::diagnostic).collect::<Option<_>>()?;
        rest.is_empty().then_some(Done { key, from, before, files, counts, left_out, next_change, diagnostics })
    }
}

/// A diagnostic whose code is text.
#[derive(Serialize, Deserialize)]
struct PersistedDiagnostic {
    is_error: bool,
    code: String,
    message: String,
    place: Option<Place>,
    hints: Vec<String>,
    also: Vec<(Place, String)>,
}

impl PersistedDiagnostic {
    fn new(problem: &Diagnostic) -> PersistedDiagnostic {
        let Diagnostic { severity, code, message, place, hints, also } = problem.clone();
        PersistedDiagnostic { is_error: severity == Severity::Error, code: code.into(), message, place, hints, also }
    }

    fn diagnostic(self) -> Option<Diagnostic> {
        let code = RULES.iter().find(|rule| rule.code == self.code)?.code;
        let severity = if self.is_error { Severity::Error } else { Severity::Warning };
        Some(Diagnostic { severity, code, message: self.message, place: self.place, hints: self.hints, also: self.also })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::pipeline::{Stop, Warnings};

    fn done() -> Done {
        let place = Place::line(&Arc::from("content/x.md"), "a\nb\n", 2, 1, 1);
        let problem = Diagnostic::warning("foreign-tag", "this is shown as text").at(place).hint("a hint");
        let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
        Done {
            key: Fingerprint(1),
            from: at("2026-03-01T00:00:00Z"),
            before: Some(at("2026-04-01T00:00:00Z")),
            files: Fingerprint(2),
            counts: (3, 4),
            left_out: LeftOut { drafts: 1, marked: 2, markings: vec!["restricted".into()] },
            next_change: Some(at("2026-05-01T00:00:00Z")),
            diagnostics: vec![problem],
        }
    }

    #[test]
    fn what_a_build_came_to_is_recalled_whole_or_not_at_all() {
        let bytes = done().to_bytes();
        assert_eq!(Done::from_bytes(&bytes), Some(done()));
        for length in 0..bytes.len() {
            assert_eq!(Done::from_bytes(&bytes[..length]), None, "the first {length} bytes");
        }
        assert_eq!(Done::from_bytes(&[&bytes[..], b"x"].concat()), None);
    }

    #[test]
    fn it_holds_for_equal_input_until_something_is_due() {
        let holds = |key: u128, now: &str| done().holds(Fingerprint(key), now.parse().expect("an instant"));
        assert!(holds(1, "2026-03-01T00:00:00Z") && holds(1, "2026-03-31T23:59:59Z"));
        assert!(!holds(2, "2026-03-01T00:00:00Z"), "another input");
        assert!(!holds(1, "2026-02-28T23:59:59Z") && !holds(1, "2026-04-01T00:00:00Z"));
    }

    #[test]
    fn the_key_covers_what_is_asked_for_and_every_source() {
        let at = |now: &str| Sources::in_memory(now.parse().expect("an instant"), "title = 'x'", &[("content/a.md", "a")]);
        let sources = at("2026-03-01T00:00:00Z");
        let plain = key(&sources, &BuildOptions::default());
        assert_eq!(key(&at("2027-03-01T00:00:00Z"), &BuildOptions::default()), plain);
        let orders = [
            BuildOptions { relative_urls: true, ..BuildOptions::default() },
            BuildOptions { warnings: Warnings::Deny, ..BuildOptions::default() },
            BuildOptions { show: crate::gate::Show { drafts: true, ..Default::default() }, ..BuildOptions::default() },
        ];
        assert!(orders.iter().all(|options| key(&sources, options) != plain));
        assert_eq!(key(&sources, &BuildOptions { stop: Stop::default(), ..BuildOptions::default() }), plain);
        for (path, text) in [("content/a.md", "b"), ("content/b.md", ""), ("site.toml", ""), ("static/x.png", "")] {
            let mut other = sources.clone();
            other.set(path, text);
            assert_ne!(key(&other, &BuildOptions::default()), plain, "{path}");
        }
    }
}
