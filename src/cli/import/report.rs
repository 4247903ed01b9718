//! What an import tells: `import-report.md`, `import-report.json`, and a summary on the terminal.
//!
//! It must not know any dialect.

use std::fmt::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Dialect;
use super::new_site::{Kind, Note};
use super::original::Original;
use super::write::Done;
use crate::cli::terminal::{clean_line, count};

/// The names of the report at the root of the new site.
pub const FILES: [&str; 2] = ["import-report.md", "import-report.json"];

/// How many lines the terminal shows.
const SHOWN: usize = 10;

/// What one import could not carry over as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The dialect.
    pub from: String,
    /// The name of the folder or file.
    pub original: String,
    /// In the order of their places.
    pub notes: Vec<Note>,
}

/// The reports of all imports into one site, in the order of the first import of each original.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Reports {
    imports: Vec<Report>,
}

impl Report {
    /// The report of an import.
    pub fn new(dialect: &Dialect, original: &Original, notes: Vec<Note>) -> Report {
        Report { from: dialect.name.to_string(), original: original.name.clone(), notes }
    }

    fn notes(&self, kind: Kind) -> impl Iterator<Item = &Note> {
        self.notes.iter().filter(move |note| note.kind == kind)
    }
}

/// The texts of the two files, with what `before`, the JSON of an earlier import, says of other originals.
pub fn files(report: &Report, before: Option<&str>) -> [String; 2] {
    let mut all: Reports = before.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    match all.imports.iter_mut().find(|known| known.from == report.from && known.original == report.original) {
        Some(known) => *known = report.clone(),
        None => all.imports.push(report.clone()),
    }
    let mut markdown = "# Import report\n\nWhat could not be carried over as it was. Places are those of the original.\n".to_string();
    for report in &all.imports {
        section(&mut markdown, report);
    }
    let json = serde_json::to_string_pretty(&all).expect("texts and numbers are JSON");
    [markdown, format!("{json}\n")]
}

fn section(to: &mut String, report: &Report) {
    let _ = writeln!(to, "\n## {} ({})", report.original, report.from);
    if report.notes.is_empty() {
        to.push_str("\nNothing: all of it is there.\n");
    }
    for (kind, title) in [(Kind::Lost, "Not carried over"), (Kind::Changed, "Changed")] {
        let mut notes = report.notes(kind).peekable();
        if notes.peek().is_some() {
            let _ = writeln!(to, "\n### {title}\n");
        }
        for note in notes {
            let _ = writeln!(to, "- `{}`: {}", place(note), note.message);
        }
    }
}

fn place(Note { path, line, .. }: &Note) -> String {
    if *line == 0 { path.clone() } else { format!("{path}:{line}") }
}

/// What the terminal says. `shown` is how the root of the new site is written.
pub fn summary(report: &Report, done: &Done, shown: &Path, is_dry: bool) -> String {
    let site = if shown.as_os_str().is_empty() { "this site".to_string() } else { shown.display().to_string() };
    let mut text = format!(
        "{} {} ({}) into {site}: {}, {}{}\n",
        if is_dry { "Would import" } else { "Imported" },
        report.original,
        report.from,
        count(done.pages, "page"),
        count(done.others, "other file"),
        match done.same {
            0 => String::new(),
            same if same == done.pages + done.others => "; all of it was there already".to_string(),
            same => format!("; of these {same} were there already, and say the same"),
        },
    );
    if let Some(page) = &done.page {
        let _ = writeln!(text, "  {}", shown.join(page).display());
    }
    for path in &done.kept {
        let _ = writeln!(text, "Kept {path}, which is there and says something else");
    }
    let (lost, changed) = (report.notes(Kind::Lost).count(), report.notes(Kind::Changed).count());
    if lost + changed > 0 {
        let lost_words = if lost == 0 { String::new() } else { format!("{} not carried over", count(lost, "thing")) };
        let changed_words = if changed == 0 { String::new() } else { format!("{changed} changed") };
        let comma = if lost > 0 && changed > 0 { ", " } else { "" };
        let _ = writeln!(text, "\n{lost_words}{comma}{changed_words}:");
        for note in report.notes(Kind::Lost).chain(report.notes(Kind::Changed)).take(SHOWN) {
            let _ = writeln!(text, "  {}: {}", place(note), note.message);
        }
        if lost + changed > SHOWN {
            let _ = writeln!(text, "  … and {} more", lost + changed - SHOWN);
        }
        if !is_dry {
            let _ = writeln!(text, "All of them are in {}", shown.join(FILES[0]).display());
        }
    }
    if !is_dry {
        text.push_str("\nNext:\n");
        if !shown.as_os_str().is_empty() {
            let _ = writeln!(text, "  cd {}", shown.display());
        }
        text.push_str("  chancery serve    look at it\n  chancery check    what is to be mended\n");
    }
    text.lines().map(|line| clean_line(line) + "\n").collect()
}
