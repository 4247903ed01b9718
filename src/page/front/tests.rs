//! What is made of front matter: helpers of the tests, and the manual held against the table of keys.

mod hiding;
mod read;
mod values;

use std::path::Path;
use std::sync::Arc;

use super::*;
use crate::diagnostic::{Diagnostic, Severity};

fn front(text: &str) -> Front {
    super::read(&Arc::from("content/x.md"), text)
}

/// The front matter of these keys.
fn keys(yaml: &str) -> Front {
    front(&format!("---\n{yaml}---\ntext\n"))
}

/// Each problem in one line: severity, code, line and column, the text that is meant, message, hints.
fn report(front: &Front) -> Vec<String> {
    let line = |problem: &Diagnostic| {
        let place = problem.place.as_ref().expect("a place");
        let meant: String =
            place.text.chars().skip(place.column_in_text().unwrap_or_default() as usize).take(place.width as usize).collect();
        let Diagnostic { severity, code, message, hints, .. } = problem;
        format!("{severity:?} {code} {}:{} [{meant}] {message} {}", place.line, place.column, hints.join("; ")).trim_end().to_string()
    };
    front.diagnostics.iter().map(line).collect()
}

fn codes(front: &Front) -> Vec<&str> {
    front.diagnostics.iter().map(|problem| problem.code).collect()
}

fn extra(front: &Front) -> String {
    let map: Vec<String> =
        front.extra.iter().map(|(name, value)| format!("{name}={}", serde_json::to_string(value).expect("data"))).collect();
    map.join(" ")
}

/// The tables of the manual, each with the heading below which it stands.
fn tables() -> Vec<(&'static str, String)> {
    let mut tables: Vec<(&str, String)> = Vec::new();
    for (at, row) in KEYS.iter().enumerate().filter(|(_, row)| !row.doc.is_empty()) {
        if tables.last().is_none_or(|(section, _)| *section != row.section) {
            tables.push((row.section, "| Key | Also accepted | Value | Meaning |\n|---|---|---|---|\n".into()));
        }
        let beside = KEYS[at + 1..].iter().take_while(|row| row.doc.is_empty()).flat_map(|row| row.names);
        let others: Vec<String> = row.names[1..].iter().chain(beside).map(|name| format!("`{name}`")).collect();
        let others = if others.is_empty() { String::new() } else { others.join(", ") + " " };
        let default = row.default.map_or(String::new(), |default| format!(", else `{default}`"));
        let who = match row.who {
            Who::Anybody => "",
            Who::Terms => "Pages of topics: ",
            Who::Sections => "In an `_index.md`: ",
        };
        let doc: Vec<&str> = row.doc.iter().map(|line| line.trim()).collect();
        let line = format!("| `{}` | {others}| {}{default} | {who}{} |\n", row.names[0], row.label, doc.join(" "));
        tables.last_mut().expect("a table").1.push_str(&line);
    }
    tables
}

#[test]
fn the_manual_says_of_keys_what_their_table_says() {
    let page = include_str!("../../../docs/front-matter.md");
    for (section, table) in tables() {
        let (_, below) = page.split_once(&format!("\n## {section}\n")).unwrap_or_else(|| panic!("docs/front-matter.md lacks `{section}`"));
        let below = below.split("\n## ").next().unwrap_or_default();
        assert!(below.contains(&table), "below `{section}`, docs/front-matter.md should have\n{table}");
    }
}

#[test]
fn the_table_is_in_the_order_of_the_keys_and_names_are_those_of_one_key() {
    for (at, row) in KEYS.iter().enumerate() {
        assert_eq!((row.key as usize, row.key.row().names), (at, row.names));
        for (rank, name) in row.names.iter().enumerate().filter(|(_, name)| **name != "expirydate" && row.key != Key::Published) {
            assert_eq!(Key::named(name), Some((row.key, rank)), "{name}");
        }
    }
}

#[test]
fn the_defaults_of_the_table_are_those_of_the_program() {
    assert_eq!(Status::default().name(), Key::Status.default_word());
    for row in KEYS {
        let page = row.default.map(|default| keys(&format!("{}: {default}\n", row.names[0])));
        assert!(page.is_none_or(|page| page.diagnostics.is_empty()), "{:?}", row.names);
    }
}

#[test]
fn names_have_ranks() {
    assert_eq!(Key::named("summary"), Some((Key::Summary, 0)));
    assert_eq!(Key::named("excerpt"), Some((Key::Summary, 4)));
    assert_eq!(Key::named("published"), Some((Key::Date, 1)));
    assert_eq!(Key::named("LastMod"), Some((Key::Updated, 1)));
    assert_eq!(Key::named("STATUS"), Some((Key::Status, 0)));
    assert_eq!(Key::named("titel"), None);
}

#[test]
fn the_front_matter_of_every_site_is_read_without_an_error() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = ["content", "tests/sites"].into_iter().flat_map(|folder| walkdir::WalkDir::new(root.join(folder)));
    let mut count = 0;
    for file in files.filter_map(Result::ok).filter(|file| file.path().extension().is_some_and(|extension| extension == "md")) {
        let text = std::fs::read_to_string(file.path()).expect("text");
        let page = front(&text);
        let errors: Vec<_> = page.diagnostics.iter().filter(|problem| problem.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", file.path().display());
        assert!(text.is_char_boundary(page.body_start));
        count += 1;
    }
    assert!(count > 100, "{count} files");
}
