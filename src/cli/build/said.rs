//! What is said of a build: its problems, its reasons, and a line.
//!
//! It must not know how a build is made.

use std::time::Instant;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Purpose, is_preview};
use crate::cli::args::Preview;
use crate::cli::error::Error;
use crate::cli::invocation::Invocation;
use crate::cli::locate::Found;
use crate::cli::report::{self, Selection, select};
use crate::cli::terminal::count;
use crate::cli::why;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::output::Written;
use crate::pipeline::{LeftOut, Report};

/// Shows the problems of a build and says what was left out.
pub fn show<'a>(invocation: &Invocation, found: &Found, problems: &'a [Diagnostic], preview: &Preview) -> Selection<'a> {
    let wanted = match (invocation.is_quiet(), invocation.is_verbose()) {
        (true, _) => report::Warnings::None,
        (false, true) => report::Warnings::All,
        (false, false) => report::Warnings::Few,
    };
    let selection = select(problems, wanted);
    let rest = if is_preview(preview) { "the same command with `-v`".to_string() } else { format!("`{}`", check_command(found)) };
    invocation.complain(&report::text::all(&selection, &invocation.renderer(&invocation.world.terminal.err), &rest));
    selection
}

fn check_command(found: &Found) -> String {
    let shown = found.shown.to_string_lossy();
    match shown.contains([' ', '\'', '"', '$', '\\']) {
        _ if shown.is_empty() => "chancery check".into(),
        true => format!("chancery check --root '{}'", shown.replace('\'', r"'\''")),
        false => format!("chancery check --root {shown}"),
    }
}

/// What is said when there are errors.
pub fn nothing_written(invocation: &Invocation, selection: &Selection) -> String {
    let error = Error::trouble(format!("nothing was written: {}", selection.counts()));
    report::text::error(&error, &invocation.renderer(&invocation.world.terminal.err))
}

/// Which files were written or removed, and why.
pub fn reasons(invocation: &Invocation, report: &Report) -> String {
    let hidden = report.plan.as_ref().map_or(&[][..], |plan| &plan.hidden);
    why::lines(&report.reasons, hidden, why::Detail::new(invocation))
}

/// A run that built, as far as its last line tells of it.
pub struct Run<'a> {
    pub found: &'a Found,
    /// What its clock tells.
    pub as_of: &'a str,
    pub preview: &'a Preview,
    pub purpose: Purpose,
    pub start: Instant,
}

/// What a build did, in one line.
pub fn last_line(run: &Run, report: &Report, written: Written, selection: &Selection) -> String {
    let Run { found, as_of, preview, purpose, start } = run;
    let mut line = format!("Built {}{as_of}", count(report.pages, "page"));
    let Written { written, unchanged, removed } = written;
    let seconds = start.elapsed().as_secs_f64();
    line.push_str(&format!(" in {seconds:.2} s: {} written, {unchanged} unchanged, {removed} removed", count(written, "file")));
    if selection.warnings > 0 {
        line.push_str(&format!("; {}", count(selection.warnings, "warning")));
    }
    line.push_str(&left_out(&report.left_out, *purpose));
    if let Some(due) = report.next_change {
        line.push_str(&format!("; next change due {}", local(due, &found.config)));
    }
    if report.plan.as_ref().is_some_and(|plan| plan.site.mode.as_it_stood.is_some()) {
        line.push_str("; this is the site as it stood, not for publishing");
    } else if is_preview(preview) {
        line.push_str("; this is a preview, not for publishing");
    }
    line.push('\n');
    line
}

/// Which pages are not in an output, and what would show them.
fn left_out(left_out: &LeftOut, purpose: Purpose) -> String {
    let shown_by = |flags: &str, pages: usize| match purpose {
        Purpose::Folder => format!(", `{flags}` shows {}", if pages == 1 { "it" } else { "them" }),
        Purpose::Target => String::new(),
    };
    let mut said = String::new();
    if left_out.drafts > 0 {
        said.push_str(&format!("; {} left out{}", count(left_out.drafts, "draft"), shown_by("--drafts", left_out.drafts)));
    }
    if left_out.marked > 0 {
        let flags = format!("--markings {}", quoted(&left_out.markings.join(",")));
        said.push_str(&format!("; {} left out by marking{}", count(left_out.marked, "page"), shown_by(&flags, left_out.marked)));
    }
    said
}

/// A word as a shell takes it.
pub fn quoted(word: &str) -> String {
    if word.contains(' ') { format!("\"{word}\"") } else { word.to_string() }
}

/// `2026-03-01 09:30 Europe/Brussels`.
pub fn local(at: Timestamp, config: &Config) -> String {
    clock(at, &config.time_zone, &config.time_zone_name)
}

fn clock(at: Timestamp, zone: &TimeZone, name: &str) -> String {
    let civil = zone.to_datetime(at);
    let form = if civil.second() == 0 { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" };
    format!("{} {name}", civil.strftime(form))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_miss_pages_is_told_what_shows_them() {
        let all = LeftOut { drafts: 1, marked: 2, markings: vec!["official".into(), "official sensitive".into()] };
        let said =
            "; 1 draft left out, `--drafts` shows it; 2 pages left out by marking, `--markings \"official,official sensitive\"` shows them";
        assert_eq!(left_out(&all, Purpose::Folder), said);
        assert_eq!(left_out(&all, Purpose::Target), "; 1 draft left out; 2 pages left out by marking");
        assert_eq!(left_out(&LeftOut::default(), Purpose::Folder), "");
    }

    #[test]
    fn the_next_change_is_told_in_the_time_of_the_site() {
        let zone = TimeZone::get("Europe/Brussels").unwrap();
        assert_eq!(clock("2026-03-01T08:30:00Z".parse().unwrap(), &zone, "Europe/Brussels"), "2026-03-01 09:30 Europe/Brussels");
    }
}
