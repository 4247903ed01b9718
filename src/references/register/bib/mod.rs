//! `.bib`: BibLaTeX and BibTeX, entry by entry, so that one that is wrong takes no other with it.
//!
//! Owns what entries lend each other. It must not know other formats.

mod entry;
pub mod fields;
pub mod kinds;
pub mod link;
pub mod names;
mod raw;
mod values;
mod when;

use std::collections::BTreeMap;
use std::ops::Range;

use super::problems::Problems;
use crate::diagnostic::{Diagnostic, nearest};
use crate::references::Item;
pub use entry::titles::before_colon;
use names::Prefix;
use raw::Block;
use values::{MOST_COMPARED, Strings, Value};

/// An entry with the text of its fields, by their names in small letters.
pub struct Entry<'t> {
    pub key: &'t str,
    pub key_range: Range<usize>,
    /// In small letters.
    pub kind: String,
    pub kind_range: Range<usize>,
    pub fields: BTreeMap<String, Value<'t>>,
    pub range: Range<usize>,
}

/// All sources of a file in its order, each with the bytes of its entry. `prefix` is for names that do not say what theirs is.
pub fn read(text: &str, prefix: Prefix, problems: &mut Problems) -> Vec<(Item, Range<usize>)> {
    let blocks = raw::Reader::new(text, problems).blocks();
    let mut strings = Strings::default();
    for block in &blocks {
        if let Block::Strings(fields) = block {
            strings.define(text, fields, problems);
        }
    }
    let entries = blocks.into_iter().filter_map(|block| match block {
        Block::Entry(entry) => Some(filled(text, entry, &strings, problems)),
        Block::Strings(_) => None,
    });
    let mut entries: Vec<Entry> = entries.collect();
    lend(&mut entries, problems);
    let sources = entries.iter().filter(|entry| !kinds::NO_SOURCES.contains(&&*entry.kind));
    sources.map(|entry| (entry::item(entry, prefix, problems), entry.range.clone())).collect()
}

/// An entry with its values; of a field that stands twice the first.
fn filled<'t>(text: &'t str, entry: raw::Entry, strings: &Strings<'t>, problems: &mut Problems) -> Entry<'t> {
    let key = &text[entry.key.clone()];
    let mut fields: BTreeMap<String, Value> = BTreeMap::new();
    for field in &entry.fields {
        let name = text[field.name.clone()].to_lowercase();
        let value = strings.value(text, field, key, problems);
        if value.text.trim().is_empty() {
            continue;
        }
        match fields.get_mut(&name) {
            None => drop(fields.insert(name, value)),
            Some(first) if name == "keywords" && first.text.len() < LONGEST_LIST => {
                first.text = format!("{}, {}", first.text, value.text).into()
            }
            Some(first) if first.text != value.text && !fields::is_housekeeping(&name) => {
                let message = format!("`{key}` has two fields `{name}`, and the second is not read");
                problems.add(field.name.clone(), Diagnostic::warning("unread-field", message).hint("remove one of them"));
            }
            Some(_) => {}
        }
    }
    let kind = text[entry.kind.clone()].to_lowercase();
    Entry { key, key_range: entry.key, kind, kind_range: entry.kind, fields, range: entry.range }
}

/// So many bytes of keywords are joined from several fields.
const LONGEST_LIST: usize = 10_000;

/// Fields that an entry keeps for itself.
const NOT_LENT: [&str; 14] = [
    "crossref",
    "xref",
    "xdata",
    "ids",
    "entryset",
    "entrysubtype",
    "keywords",
    "label",
    "options",
    "presort",
    "related",
    "relatedtype",
    "shorthand",
    "sortkey",
];

/// So many bytes may all entries of a file lend to each other.
const MOST_LENT: usize = 16 << 20;

/// So many entries may lend to each other in a row.
const LONGEST_CHAIN: usize = 16;

/// Gives each entry the fields of those that its `xdata` and `crossref` name.
fn lend<'t>(entries: &mut [Entry<'t>], problems: &mut Problems) {
    let places: BTreeMap<&'t str, usize> = entries.iter().enumerate().rev().map(|(at, entry)| (entry.key, at)).collect();
    let mut lent = 0;
    for at in 0..entries.len() {
        if lent > MOST_LENT {
            let message = format!("entries lend each other more than {} MB", MOST_LENT >> 20);
            problems
                .add(entries[at].key_range.clone(), Diagnostic::error("bad-source", message).hint("lend less, or write the fields out"));
            return;
        }
        let (mut next, mut chain) = (at, 0);
        // What is lent was lent itself, so the chain is followed to its end.
        while let Some((lender, how)) = lenders(&entries[next]).into_iter().next().filter(|_| chain < LONGEST_CHAIN) {
            chain += 1;
            let Some(lender) = known(&lender, &places, &entries[next], at == next, problems) else { break };
            lent += inherit(entries, at, lender, how);
            next = lender;
        }
        for (other, how) in lenders(&entries[at]).into_iter().skip(1) {
            if let Some(lender) = known(&other, &places, &entries[at], true, problems) {
                lent += inherit(entries, at, lender, how);
            }
        }
    }
}

/// How fields are lent.
#[derive(Clone, Copy, PartialEq)]
enum Lending {
    /// As they are.
    Data,
    /// From the work that this is a part of.
    Parent,
}

fn lenders(entry: &Entry) -> Vec<(String, Lending)> {
    let list = |field: &str, how| {
        let keys = entry.fields.get(field).map_or("", |value| &*value.text);
        keys.split(',').map(str::trim).filter(|key| !key.is_empty()).map(|key| (key.to_string(), how)).collect::<Vec<_>>()
    };
    let mut lenders = list("crossref", Lending::Parent);
    lenders.extend(list("xdata", Lending::Data));
    lenders
}

/// The place of an entry that another names; if there is none, that is told where `tell` says so.
fn known(key: &str, places: &BTreeMap<&str, usize>, entry: &Entry, tell: bool, problems: &mut Problems) -> Option<usize> {
    let found = places.get(key).copied();
    if found.is_none() && tell {
        let field = entry.fields.get("crossref").filter(|value| value.text.trim() == key).or_else(|| entry.fields.get("xdata"));
        let range = field.map_or(entry.key_range.clone(), |value| value.range.clone());
        let mut problem =
            Diagnostic::warning("unread-field", format!("`{}` takes fields from `{key}`, which is not in this file", entry.key));
        if let Some(near) = nearest(key, places.keys().copied().take(MOST_COMPARED)) {
            problem = problem.hint(format!("did you mean `{near}`?"));
        }
        problems.add(range, problem);
    }
    found
}

/// Lends fields, and says how many bytes.
fn inherit(entries: &mut [Entry], to: usize, from: usize, how: Lending) -> usize {
    if to == from {
        return 0;
    }
    let part = matches!(
        entries[to].kind.as_str(),
        "inbook" | "incollection" | "inproceedings" | "conference" | "inreference" | "bookinbook" | "suppbook" | "suppcollection"
    );
    let parent = entries[from].kind.clone();
    let lent: Vec<(String, Value)> = entries[from].fields.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    let bytes = lent.iter().map(|(_, value)| value.text.len()).sum();
    for (name, value) in lent.into_iter().filter(|(name, _)| !NOT_LENT.contains(&&**name)) {
        let name = match (how, name.as_str()) {
            (Lending::Data, _) => name,
            (_, "title" | "subtitle" | "titleaddon") if parent.starts_with("mv") => format!("main{name}"),
            (_, "title" | "subtitle" | "titleaddon") if parent == "periodical" => {
                name.replace("title", "journaltitle").replace("subjournal", "journalsub")
            }
            (_, "title" | "subtitle" | "titleaddon") if part => format!("book{name}"),
            (_, "title" | "subtitle" | "titleaddon" | "shorttitle") => continue,
            (_, "author") if part => "bookauthor".into(),
            _ => name,
        };
        entries[to].fields.entry(name).or_insert(value);
    }
    bytes
}

#[cfg(test)]
mod tests;
