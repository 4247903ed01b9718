//! What is said of a build: its problems, its reasons, and a line.
//!
//! It must not know how a build is made.

use std::time::Instant;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::is_preview;
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
use crate::pipeline::Report;

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

/// What a build did, in one line; `as_of` is what its clock tells.
pub fn last_line(
    found: &Found,
    as_of: &str,
    report: &Report,
    written: Written,
    selection: &Selection,
    preview: &Preview,
    start: Instant,
) -> String {
    let mut line = format!("Built {}{as_of}", count(report.pages, "page"));
    let Written { written, unchanged, removed } = written;
    let seconds = start.elapsed().as_secs_f64();
    line.push_str(&format!(" in {seconds:.2} s: {} written, {unchanged} unchanged, {removed} removed", count(written, "file")));
    if selection.warnings > 0 {
        line.push_str(&format!("; {}", count(selection.warnings, "warning")));
    }
    if let Some(due) = report.next_change {
        line.push_str(&format!("; next change due {}", local(due, &found.config)));
    }
    if is_preview(preview) {
        line.push_str("; this is a preview, not for publishing");
    }
    line.push('\n');
    line
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
    fn the_next_change_is_told_in_the_time_of_the_site() {
        let zone = TimeZone::get("Europe/Brussels").unwrap();
        assert_eq!(clock("2026-03-01T08:30:00Z".parse().unwrap(), &zone, "Europe/Brussels"), "2026-03-01 09:30 Europe/Brussels");
    }
}
