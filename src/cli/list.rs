//! `chancery list`: pages with their states, or the sources of the register. The one command besides `check` that shows what is hidden.

mod calendar;
mod columns;
mod filters;
mod rows;
mod sources;
mod unused;
mod versions;

use std::collections::BTreeMap;

use super::args::{List, ListFormat, Which};
use super::error::{Error, Status};
use super::invocation::Invocation;
use super::locate::Found;
use super::memory::Memory;
use super::report::{self, Warnings, select};
use super::terminal::{clean_line, count};
use crate::config::markings::folded;
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::gate::{Clearance, Show};
use crate::pipeline::{self, BuildOptions, SearchIndex};
pub use columns::Column;
pub use rows::state;
use rows::{Row, rows};

/// Lists pages with their states.
///
/// # Errors
/// The call is wrong, or something could not be read or written. Mistakes in the site are no error but a status.
pub fn run(invocation: &Invocation, args: &List) -> Result<Status, Error> {
    if args.uncited && args.which != Which::Sources {
        return Err(Error::usage("`--uncited` goes with `chancery list sources`"));
    }
    if args.format == ListFormat::Ics && matches!(args.which, Which::Sources | Which::Unused) {
        return Err(Error::usage("a calendar is of pages, not of sources or files").hint("write `chancery list due --format ics`"));
    }
    if args.within.is_some() && args.which != Which::Due {
        return Err(Error::usage("`--within` goes with `chancery list due`"));
    }
    let found = Found::find(invocation, Vec::new())?;
    if found.is_wrong() {
        let problems = select(&found.problems, Warnings::None);
        invocation.complain(&report::text::all(&problems, &invocation.renderer(&invocation.world.terminal.err), ""));
        return Ok(Status::Usage);
    }
    let clock = found.clock(invocation, args.now)?;
    let (memory, mut cache) = Memory::load(&found);
    let sources = found.scan(clock.now, &memory.known)?;
    // Whoever keeps the pages sees all of them, whoever may read them.
    let show = Show { clearance: Clearance::All, ..Show::default() };
    let options = BuildOptions {
        overrides: found.overrides.clone(),
        show,
        present: clock.present,
        search: SearchIndex::WhenAsked,
        ..BuildOptions::default()
    };
    let plan = pipeline::plan(&sources, &mut cache, &options);
    if args.which == Which::Sources {
        invocation.answer(&sources::answer(&plan, args));
        return Ok(Status::Fine);
    }
    if args.which == Which::Unused {
        invocation.answer(&unused::answer(&plan, &sources, args.format));
        return Ok(Status::Fine);
    }
    let today = found.config.time_zone.to_datetime(clock.now).date();
    let mut rows = rows(&plan, args, today)?;
    if let Some(column) = args.sort {
        rows.sort_by(|one, other| column.cell(one).cmp(&column.cell(other)));
    }
    let left_out = keep_readable(&mut rows, args);
    let columns = if args.columns.is_empty() { Column::of(args.which) } else { &args.columns };
    invocation.answer(&match args.format {
        ListFormat::Text => columns::text(&rows, columns),
        ListFormat::Json => columns::objects(&rows, columns),
        ListFormat::Csv => columns::csv(&rows, columns),
        ListFormat::Markdown => columns::markdown(&rows, columns),
        ListFormat::Ics => calendar::calendar(&rows, &found.config, clock.now),
    });
    if left_out > 0 {
        let pages = count(left_out, "page");
        invocation.say(&format!(
            "note: {pages} with a marking left out, for others read what this prints; `--markings` names those that may be in it\n"
        ));
    }
    if args.format == ListFormat::Text {
        invocation.say(&sections(&rows));
        clock.tell(invocation);
    }
    let touches = |problem: &&Diagnostic| problem.severity == Severity::Error && TOUCHING.contains(&problem.code);
    let errors = plan.diagnostics.iter().filter(touches).count();
    if errors > 0 {
        invocation.say(&format!("note: the site has {}, so states may be wrong; `chancery check` shows them\n", count(errors, "error")));
    }
    Ok(Status::Fine)
}

/// Takes pages with a marking out of what is made to be sent or subscribed to, unless it is named; and says how many.
fn keep_readable(rows: &mut Vec<Row>, args: &List) -> usize {
    if !matches!(args.format, ListFormat::Ics | ListFormat::Markdown) {
        return 0;
    }
    let named = || args.markings.iter().chain(&args.marking);
    let before = rows.len();
    rows.retain(|row| row.marking.is_empty() || named().any(|marking| folded(marking) == folded(row.marking)));
    before - rows.len()
}

/// What may be wrong with a site such that a page has another state than its author meant, or is not found at all.
const TOUCHING: [&str; 18] = [
    "ambiguous-link",
    codes::BAD_SETTING,
    "bad-toml",
    codes::BAD_YAML,
    codes::FRONT_MATTER_NOT_READ,
    codes::FRONT_MATTER_TOO_LARGE,
    "not-utf8",
    "supersession-conflict",
    "supersession-loop",
    "too-large",
    "two-indexes",
    "unclear-time",
    "unknown-key",
    "unknown-marking",
    "unknown-reference",
    "unknown-status",
    codes::UNREADABLE,
    "wrong-type",
];

/// Which sections hide pages of the list, a line each.
fn sections(rows: &[Row]) -> String {
    let mut hiding: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    for row in rows {
        if let Some(section) = row.section {
            hiding.entry(section).or_insert((row.state, 0)).1 += 1;
        }
    }
    let line = |(section, (state, pages)): (&str, (&str, usize))| {
        let why = match state {
            "draft" => "is a draft",
            "review" => "is in review",
            "scheduled" => "is scheduled",
            "expired" => "has expired",
            _ => "is not public",
        };
        let whose = if pages == 1 { "1 page is hidden because its".to_string() } else { format!("{pages} pages are hidden because their") };
        format!("note: {whose} section {why}: {}\n", clean_line(section))
    };
    hiding.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_that_hide_pages_are_named() {
        let draft = Row { path: "content/a.md", state: "draft", section: Some("content/s/_index.md"), ..Row::default() };
        let public = Row { path: "content/b.md", state: "published", ..Row::default() };
        assert_eq!(sections(&[public, draft.clone()]), "note: 1 page is hidden because its section is a draft: content/s/_index.md\n");
        let row = Row { state: "scheduled", ..draft };
        assert_eq!(sections(&[row.clone(), row]), "note: 2 pages are hidden because their section is scheduled: content/s/_index.md\n");
    }

    #[test]
    fn what_touches_states_is_known_by_its_codes() {
        assert_eq!(TOUCHING.iter().find(|code| !crate::lint::RULES.iter().any(|rule| rule.code == **code)), None);
    }
}
