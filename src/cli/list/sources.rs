//! The sources of the register: what each is, how many public pages cite it, and where it stands.
//!
//! It must not know how lists are formatted.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::columns::{aligned, grid, json, table};
use crate::cli::args::{List, ListFormat};
use crate::cli::terminal::clean_line;
use crate::pipeline::Plan;
use crate::references::{Item, Registered, Standing};

/// One source. What is not known is empty.
#[derive(Debug, Serialize)]
struct Row<'a> {
    key: &'a str,
    kind: &'a str,
    title: String,
    date: String,
    standing: &'static str,
    /// How many public pages cite it.
    cited: usize,
    path: &'a str,
    line: u32,
}

/// The sources of the register in the order of their keys, in the format that is asked for.
pub fn answer(plan: &Plan, args: &List) -> String {
    let counts = counts(plan);
    let rows = plan.site.register.entries().iter().map(|entry| row(entry, &counts));
    let rows: Vec<Row> = rows.filter(|row| !args.uncited || row.cited == 0).collect();
    match args.format {
        ListFormat::Json => json(&rows),
        // A calendar of sources is refused before.
        ListFormat::Text | ListFormat::Ics => {
            let cells = rows.iter().map(|row| {
                let cells = [row.key, row.kind, dash(&row.date), dash(row.standing), &row.cited.to_string(), &row.title, &place(row)];
                cells.map(clean_line)
            });
            aligned(&cells.collect::<Vec<_>>())
        }
        ListFormat::Markdown => {
            let head = ["key", "kind", "title", "date", "standing", "cited"].into_iter();
            let cells = |row: &Row| {
                [row.key.into(), row.kind.into(), row.title.clone(), row.date.clone(), row.standing.into(), row.cited.to_string()]
            };
            grid(head, rows.iter().map(|row| cells(row).into_iter()))
        }
        ListFormat::Csv => {
            let numbers: Vec<[String; 2]> = rows.iter().map(|row| [row.cited.to_string(), row.line.to_string()]).collect();
            let cells = rows
                .iter()
                .zip(&numbers)
                .map(|(row, [cited, line])| [row.key, row.kind, row.title.as_str(), &row.date, row.standing, cited, row.path, line]);
            table("key,kind,title,date,standing,cited,path,line", cells)
        }
    }
}

fn dash(text: &str) -> &str {
    if text.is_empty() { "-" } else { text }
}

fn place(row: &Row) -> String {
    format!("{}:{}", row.path, row.line)
}

/// By key: how many public pages cite it, superseded ones among them.
fn counts(plan: &Plan) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for fact in &plan.site.facts {
        let keys: BTreeSet<&str> = fact.cites.iter().map(|cite| &*cite.key).collect();
        keys.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
    }
    counts
}

fn row<'a>(entry: &'a Registered, counts: &BTreeMap<&str, usize>) -> Row<'a> {
    let item = &*entry.item;
    Row {
        key: &item.key,
        kind: &item.kind,
        title: item.text("title").unwrap_or_default(),
        date: date(item),
        standing: match item.standing {
            Some(Standing::Primary) => "primary",
            Some(Standing::Secondary) => "secondary",
            None => "",
        },
        cited: counts.get(&*item.key).copied().unwrap_or_default(),
        path: &entry.file.path,
        line: entry.place().line,
    }
}

/// The date as a register has it: `2026-02-03`, `2024/2026`, or words that stand for one.
fn date(item: &Item) -> String {
    let Some(date) = item.issued() else { return String::new() };
    let day = |day: crate::references::Day| {
        let parts =
            [Some(format!("{:04}", day.year)), day.month.map(|month| format!("{month:02}")), day.day.map(|day| format!("{day:02}"))];
        parts.into_iter().flatten().collect::<Vec<_>>().join("-")
    };
    match (date.from, date.to) {
        (Some(from), Some(to)) => format!("{}/{}", day(from), day(to)),
        (Some(from), None) if date.is_open => format!("{}/", day(from)),
        (Some(from), None) => day(from),
        (None, _) => date.words.as_deref().unwrap_or_default().to_string(),
    }
}
