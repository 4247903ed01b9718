//! `chancery list`: pages with their states, or the sources of the register. The one command besides `check` that shows what is hidden.

mod sources;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::args::{List, ListFormat, Which};
use super::error::{Error, Status};
use super::invocation::Invocation;
use super::locate::Found;
use super::memory::Memory;
use super::report::{self, Warnings, select};
use super::terminal::{clean, clean_line, count};
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::gate::{Hidden, Why};
use crate::page::Front;
use crate::pipeline::{self, BuildOptions, Plan, SearchIndex};

/// One page. A date that the page has not is empty.
#[derive(Debug, Clone, Serialize)]
struct Row<'a> {
    path: &'a str,
    state: &'static str,
    date: String,
    title: &'a str,
    address: &'a str,
    /// The page of the section that hides it, if one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'a str>,
}

/// Lists pages with their states.
///
/// # Errors
/// The call is wrong, or something could not be read or written. Mistakes in the site are no error but a status.
pub fn run(invocation: &Invocation, args: &List) -> Result<Status, Error> {
    if args.uncited && args.which != Which::Sources {
        return Err(Error::usage("`--uncited` goes with `chancery list sources`"));
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
    let options = BuildOptions { overrides: found.overrides.clone(), search: SearchIndex::WhenAsked, ..BuildOptions::default() };
    let plan = pipeline::plan(&sources, &mut cache, &options);
    if args.which == Which::Sources {
        invocation.answer(&sources::answer(&plan, args));
        return Ok(Status::Fine);
    }
    let rows = rows(&plan, args.which);
    invocation.answer(&match args.format {
        ListFormat::Text => text(&rows),
        ListFormat::Json => json(&rows),
        ListFormat::Csv => csv(&rows),
    });
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

/// What may be wrong with a site such that a page has another state than its author meant, or is not found at all.
const TOUCHING: [&str; 17] = [
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

/// The pages that are asked for, in the order of their paths.
fn rows(plan: &Plan, which: Which) -> Vec<Row<'_>> {
    let wants = |which: Which, doubt: Option<&str>| match which {
        Which::All => true,
        Which::Public => doubt.is_none(),
        Which::Hidden => doubt.is_some(),
        Which::Drafts | Which::Scheduled | Which::Expired | Which::Sources => false,
    };
    let public = plan.site.facts.iter().zip(&plan.site.index.status).map(|(fact, status)| (fact, status, doubt(fact.front())));
    let public = public.filter(|(_, _, doubt)| wants(which, *doubt)).map(|(fact, status, doubt)| Row {
        path: fact.path(),
        state: doubt.unwrap_or(status.name()),
        date: fact.page.date.map(|date| date.iso()).unwrap_or_default(),
        title: &fact.title,
        address: fact.route(),
        section: None,
    });
    let hidden = plan.hidden.iter().filter(|page| wants_hidden(which, page.why)).map(hidden_row);
    let mut rows: Vec<Row> = public.chain(hidden).collect();
    rows.sort_by_key(|row| row.path);
    rows
}

fn hidden_row(page: &Hidden) -> Row<'_> {
    Row {
        path: &page.path,
        state: state(page.why),
        date: page.date.map(|date| date.iso()).unwrap_or_default(),
        title: if page.title.is_empty() { &page.name } else { &page.title },
        address: &page.route,
        section: page.section.as_ref().map(|section| &*section.path),
    }
}

/// Why nobody knows the state of a page whose text is looked at as if it were public: an error of its front matter keeps the site from being
/// written.
fn doubt(front: &Front) -> Option<&'static str> {
    if front.is_unparsed() {
        Some("unread")
    } else if front.date_unclear {
        Some(state(Why::Unclear))
    } else {
        None
    }
}

fn wants_hidden(which: Which, why: Why) -> bool {
    match which {
        Which::All | Which::Hidden => true,
        Which::Public | Which::Sources => false,
        Which::Drafts => matches!(why, Why::Draft | Why::Review),
        Which::Scheduled => why == Why::Scheduled,
        Which::Expired => why == Why::Expired,
    }
}

/// A state in the word that `list` has for it.
pub fn state(why: Why) -> &'static str {
    match why {
        Why::Draft => "draft",
        Why::Review => "review",
        Why::Unknown => "unknown-status",
        Why::Unpublished => "unpublished",
        Why::Scheduled => "scheduled",
        Why::Expired => "expired",
        Why::Unclear => "unclear-date",
    }
}

/// Columns, two spaces apart; the address comes last, so that it needs no padding.
fn text(rows: &[Row]) -> String {
    let cells = rows.iter().map(|row| {
        let date = if row.date.is_empty() { "-" } else { &row.date };
        [row.path, row.state, date, row.title, row.address].map(clean_line)
    });
    columns(&cells.collect::<Vec<_>>())
}

/// Cells in columns, two spaces apart; the last needs no padding.
fn columns<const N: usize>(cells: &[[String; N]]) -> String {
    let width = |column: usize| cells.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..N - 1).map(width).collect();
    let line = |row: &[String; N]| {
        let padded = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}  ")).collect::<String>();
        format!("{padded}{}\n", row[N - 1])
    };
    cells.iter().map(line).collect()
}

fn json<T: Serialize>(rows: &[T]) -> String {
    // Strings have no form that JSON lacks.
    let mut text = serde_json::to_string_pretty(rows).expect("plain data is JSON");
    text.push('\n');
    text
}

/// RFC 4180 (<https://www.rfc-editor.org/rfc/rfc4180>), with a head line.
fn csv(rows: &[Row]) -> String {
    table("path,state,date,title,address", rows.iter().map(|row| [row.path, row.state, &row.date, row.title, row.address]))
}

fn table<'a, const N: usize>(head: &str, rows: impl Iterator<Item = [&'a str; N]>) -> String {
    let mut text = format!("{head}\r\n");
    for row in rows {
        text.push_str(&row.map(|cell| quoted(&clean(cell)).into_owned()).join(","));
        text.push_str("\r\n");
    }
    text
}

fn quoted(cell: &str) -> Cow<'_, str> {
    if cell.contains([',', '"', '\r', '\n']) { Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\""))) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> [Row<'static>; 2] {
        [
            Row {
                path: "content/a.md",
                state: "published",
                date: "2026-01-02".into(),
                title: "Bread, \"salt\"",
                address: "/a/",
                section: None,
            },
            Row {
                path: "content/long.md",
                state: "draft",
                date: String::new(),
                title: "Two\nlines\u{1b}",
                address: "/long/",
                section: None,
            },
        ]
    }

    #[test]
    fn pages_whose_date_or_front_matter_is_not_read_have_no_public_state() {
        let date_unclear = Front { date_unclear: true, ..Front::default() };
        let diagnostics = vec![crate::diagnostic::Diagnostic::error("bad-yaml", "not closed")];
        let unread = Front { diagnostics, ..Front::default() };
        assert_eq!([date_unclear, unread, Front::default()].each_ref().map(doubt), [Some("unclear-date"), Some("unread"), None]);
    }

    #[test]
    fn text_stands_in_columns() {
        insta::assert_snapshot!(text(&two()), @r#"
        content/a.md     published  2026-01-02  Bread, "salt"  /a/
        content/long.md  draft      -           Two lines␛     /long/
        "#);
    }

    #[test]
    fn csv_quotes_commas_quotes_and_line_ends() {
        let expected = "path,state,date,title,address\r\n\
            content/a.md,published,2026-01-02,\"Bread, \"\"salt\"\"\",/a/\r\n\
            content/long.md,draft,,\"Two\nlines\u{241b}\",/long/\r\n";
        assert_eq!(csv(&two()), expected);
    }

    #[test]
    fn sections_that_hide_pages_are_named() {
        let [public, draft] = two();
        let section = Some("content/s/_index.md");
        assert_eq!(
            sections(&[public, Row { section, ..draft }]),
            "note: 1 page is hidden because its section is a draft: content/s/_index.md\n"
        );
        let row = Row { section, state: "scheduled", ..two()[1].clone() };
        assert_eq!(sections(&[row.clone(), row]), "note: 2 pages are hidden because their section is scheduled: content/s/_index.md\n");
    }

    #[test]
    fn json_is_an_array_of_objects() {
        let value: serde_json::Value = serde_json::from_str(&json(&two())).unwrap();
        assert_eq!(value[1]["title"], "Two\nlines\u{1b}");
        assert_eq!(json::<Row>(&[]), "[]\n");
    }

    #[test]
    fn drafts_are_drafts_and_pages_in_review() {
        assert!(wants_hidden(Which::Drafts, Why::Review) && wants_hidden(Which::Hidden, Why::Unpublished));
        assert!(!wants_hidden(Which::Drafts, Why::Unpublished) && !wants_hidden(Which::Public, Why::Draft));
    }

    #[test]
    fn what_touches_states_is_known_by_its_codes() {
        assert_eq!(TOUCHING.iter().find(|code| !crate::lint::RULES.iter().any(|rule| rule.code == **code)), None);
    }
}
