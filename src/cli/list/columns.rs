//! What a list says of each page, in columns: which there are, and their three forms.
//!
//! It must not know which pages are asked for.

use std::borrow::Cow;

use clap::ValueEnum;
use serde::Serialize;

use super::rows::Row;
use crate::cli::args::Which;
use crate::cli::terminal::{clean, clean_line};

/// A column, as it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Column {
    /// The file, from the root.
    Path,
    State,
    /// Of publication; of a scheduled page with its hour, if it has one.
    Date,
    Title,
    Address,
    /// Who keeps it up to date.
    Owner,
    /// The last day to look whether it still holds.
    Due,
    /// `briefing`, `study`, …
    Type,
    Authors,
    Topics,
    /// The day of its last correction.
    Corrected,
    /// The path of the page that took its place.
    SupersededBy,
    /// Those of the pages that change part of it.
    AmendedBy,
    /// Who may read it.
    Marking,
}

use Column::{Address, AmendedBy, Authors, Corrected, Date, Due, Marking, Owner, Path, State, SupersededBy, Title, Topics, Type};

impl Column {
    /// The columns of a list that does not say any.
    pub fn of(which: Which) -> &'static [Column] {
        match which {
            Which::Due | Which::Overdue => &[Path, State, Due, Owner, Title, Address],
            Which::Corrected => &[Path, State, Corrected, Title, Address],
            Which::Superseded => &[Path, State, SupersededBy, Title, Address],
            Which::Amended => &[Path, State, AmendedBy, Title, Address],
            _ => &[Path, State, Date, Title, Address],
        }
    }

    /// As it is typed, and stands at the head of a table.
    pub fn name(self) -> &'static str {
        match self {
            Path => "path",
            State => "state",
            Date => "date",
            Title => "title",
            Address => "address",
            Owner => "owner",
            Due => "due",
            Type => "type",
            Authors => "authors",
            Topics => "topics",
            Corrected => "corrected",
            Marking => "marking",
            SupersededBy => "superseded_by",
            AmendedBy => "amended_by",
        }
    }

    /// What it says of a page; empty if the page does not say it.
    pub fn cell<'r>(self, row: &'r Row) -> Cow<'r, str> {
        match self {
            Path => row.path.into(),
            State => row.state.into(),
            Date if row.state == "scheduled" => row.date.map(|date| date.written()).unwrap_or_default().into(),
            Date => row.date.map(|date| date.iso()).unwrap_or_default().into(),
            Title => row.title.into(),
            Address => row.address.into(),
            Owner => row.owner.into(),
            Due => row.due.map(|day| day.to_string()).unwrap_or_default().into(),
            Type => row.type_.into(),
            Authors => row.authors.join("; ").into(),
            Topics => row.topics.join("; ").into(),
            Marking => row.marking.into(),
            Corrected => row.corrected.map(|day| day.to_string()).unwrap_or_default().into(),
            SupersededBy => row.superseded_by.into(),
            AmendedBy => row.amended_by.join("; ").into(),
        }
    }
}

/// Rows of text in columns, two spaces apart; what is empty is a hyphen.
pub fn text(rows: &[Row], columns: &[Column]) -> String {
    let cell = |row: &Row, column: &Column| {
        let cell = column.cell(row);
        clean_line(if cell.is_empty() { "-" } else { &cell })
    };
    aligned(&rows.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect::<Vec<Vec<String>>>())
}

/// Cells in columns, two spaces apart; the last needs no padding.
pub fn aligned<R: AsRef<[String]>>(rows: &[R]) -> String {
    let count = rows.first().map_or(0, |row| row.as_ref().len());
    let width = |column: usize| rows.iter().map(|row| row.as_ref()[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count.saturating_sub(1)).map(width).collect();
    let line = |row: &[String]| {
        let padded: String = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}  ")).collect();
        format!("{padded}{}\n", row.last().map_or("", String::as_str))
    };
    rows.iter().map(|row| line(row.as_ref())).collect()
}

/// An array of objects, with the `section` that hides a page, if one does.
pub fn objects(rows: &[Row], columns: &[Column]) -> String {
    let object = |row: &Row| {
        let cells = columns.iter().map(|column| (column.name(), column.cell(row).into_owned()));
        let section = row.section.map(|section| ("section", section.to_string()));
        cells.chain(section).map(|(name, cell)| (name.to_string(), cell.into())).collect::<serde_json::Map<_, _>>()
    };
    json(&rows.iter().map(object).collect::<Vec<_>>())
}

/// A table of GitHub's Markdown (<https://github.github.com/gfm/#tables-extension->), as issues and many mails show it; nothing, if there is no row.
pub fn markdown(rows: &[Row], columns: &[Column]) -> String {
    grid(columns.iter().map(|column| column.name()), rows.iter().map(|row| columns.iter().map(|column| column.cell(row))))
}

/// A table of Markdown with this head.
pub fn grid<C: AsRef<str>>(
    head: impl Iterator<Item = &'static str> + Clone,
    rows: impl Iterator<Item = impl Iterator<Item = C>>,
) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let body: String = rows.map(|cells| line(cells.map(|cell| escaped(&clean_line(cell.as_ref()))).collect())).collect();
    if body.is_empty() {
        return body;
    }
    let capital = |name: &str| name[..1].to_uppercase() + &name[1..];
    format!("{}|{}\n{body}", line(head.clone().map(capital).collect()), " --- |".repeat(head.count()))
}

/// A text that Markdown shows letter by letter.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if "\\`*_[]<>|~#&".contains(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// Plain data as JSON.
pub fn json<T: Serialize>(rows: &[T]) -> String {
    // Strings have no form that JSON lacks.
    let mut text = serde_json::to_string_pretty(rows).expect("plain data is JSON");
    text.push('\n');
    text
}

/// RFC 4180 (<https://www.rfc-editor.org/rfc/rfc4180>), with a head line.
pub fn csv(rows: &[Row], columns: &[Column]) -> String {
    let head: Vec<&str> = columns.iter().map(|column| column.name()).collect();
    table(&head.join(","), rows.iter().map(|row| columns.iter().map(|column| column.cell(row).into_owned()).collect::<Vec<_>>()))
}

/// A table of RFC 4180 with this head.
pub fn table<C: AsRef<str>, R: IntoIterator<Item = C>>(head: &str, rows: impl Iterator<Item = R>) -> String {
    let mut text = format!("{head}\r\n");
    for row in rows {
        let cells: Vec<String> = row.into_iter().map(|cell| quoted(&clean(cell.as_ref())).into_owned()).collect();
        text.push_str(&cells.join(","));
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
    use crate::testing::stamp;

    fn two() -> [Row<'static>; 2] {
        let date = crate::page::Moment::from_stamp(&stamp("2026-01-02"), &jiff::tz::TimeZone::UTC).ok();
        [
            Row { path: "content/a.md", state: "published", date, title: "Bread, \"salt\"", address: "/a/", ..Row::default() },
            Row { path: "content/long.md", state: "draft", title: "Two\nlines\u{1b}", address: "/long/", ..Row::default() },
        ]
    }

    #[test]
    fn text_stands_in_columns() {
        insta::assert_snapshot!(text(&two(), Column::of(Which::All)), @r#"
        content/a.md     published  2026-01-02  Bread, "salt"  /a/
        content/long.md  draft      -           Two lines␛     /long/
        "#);
        assert_eq!(text(&[], Column::of(Which::All)), "");
    }

    #[test]
    fn markdown_shows_each_letter_of_a_cell() {
        let row = Row { title: "A|b <i>*c*</i>", owner: "Gas_desk", ..Row::default() };
        assert_eq!(markdown(&[row], &[Owner, Title]), "| Owner | Title |\n| --- | --- |\n| Gas\\_desk | A\\|b \\<i\\>\\*c\\*\\</i\\> |\n");
        assert_eq!(markdown(&[], &[Owner]), "");
    }

    #[test]
    fn csv_quotes_commas_quotes_and_line_ends() {
        let expected = "path,state,date,title,address\r\n\
            content/a.md,published,2026-01-02,\"Bread, \"\"salt\"\"\",/a/\r\n\
            content/long.md,draft,,\"Two\nlines\u{241b}\",/long/\r\n";
        assert_eq!(csv(&two(), Column::of(Which::All)), expected);
    }

    #[test]
    fn json_is_an_array_of_objects() {
        let value: serde_json::Value = serde_json::from_str(&objects(&two(), &[Title, Owner])).unwrap();
        assert_eq!(value[1], serde_json::json!({ "title": "Two\nlines\u{1b}", "owner": "" }));
        assert_eq!(objects(&[], &[]), "[]\n");
    }

    #[test]
    fn a_column_is_called_as_it_is_typed() {
        for column in Column::value_variants() {
            assert_eq!(column.to_possible_value().expect("it can be typed").get_name(), column.name());
        }
    }
}
