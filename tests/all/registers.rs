//! The tables of `docs/registers.md`, held against what is read.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use chancery::references::Item;
use chancery::references::register::bib::kinds;
use chancery::references::register::{self, RegisterFile};

/// The rows of the table whose first column is called `head`: what stands between backquotes in its two cells.
fn rows(head: &str) -> Vec<(Vec<String>, String)> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/registers.md")).expect("the page");
    let table = text.lines().skip_while(|line| !line.starts_with(&format!("| {head} |"))).skip(2).take_while(|line| line.starts_with('|'));
    let coded = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_string).collect::<Vec<_>>();
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
        (coded(cells[0]), coded(cells[1]).remove(0))
    };
    table.map(row).collect()
}

/// The one source of a `.bib`.
fn source(text: &str) -> Item {
    let read = register::read_file(&RegisterFile::new("a.bib", text));
    (*read.items[0].0).clone()
}

#[test]
fn every_kind_of_the_table_is_read_as_it_says_and_none_is_left_out() {
    let mut known = BTreeSet::new();
    for (kinds, csl) in rows("Kind") {
        for kind in kinds {
            let kind = kind.trim_start_matches('@').to_string();
            assert_eq!(*source(&format!("@{kind}{{k, title = {{T}}}}")).kind, *csl, "{kind}");
            known.insert(kind);
        }
    }
    let missing: Vec<&str> = kinds::all().filter(|kind| !known.contains(*kind)).collect();
    assert!(missing.is_empty(), "no row has {missing:?}");
}

#[test]
fn every_field_of_the_table_is_read_as_it_says() {
    let all = rows("Field");
    assert!(all.len() > 40);
    for (fields, variable) in all {
        for field in fields {
            let value = match &*variable {
                "URL" => "https://example.org/",
                "DOI" => "10.5555/x",
                "language" => "british",
                _ => "2025",
            };
            let item = source(&format!("@report{{k, {field} = {{{value}}}}}"));
            let has = item.texts.contains_key(&*variable) || item.names.contains_key(&*variable) || item.dates.contains_key(&*variable);
            assert!(has, "{field}: {item:?}");
        }
    }
}
