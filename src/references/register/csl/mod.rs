//! CSL-JSON and CSL-YAML: the same variables, in two spellings.
//!
//! Owns where the list of entries stands, and how one that is wrong is passed over. It must not know `.bib`.

mod extra;
mod item;
mod json;
pub mod markup;
mod names;
mod node;
mod when;
mod yaml;

use std::ops::Range;

use super::problems::Problems;
use crate::diagnostic::Diagnostic;
use crate::references::Item;
use markup::Markup;
use node::Node;

/// An entry may have so many bytes.
const LARGEST_ENTRY: usize = 1 << 20;

/// All sources of CSL-JSON in the order of the file, each with the bytes of its entry.
pub fn read_json(text: &str, problems: &mut Problems) -> Vec<(Item, Range<usize>)> {
    let entries = json::entries(text, usize::MAX, problems);
    items(entries, Markup::Html, problems)
}

/// The same of CSL-YAML.
pub fn read_yaml(text: &str, problems: &mut Problems) -> Vec<(Item, Range<usize>)> {
    let entries = yaml::entries(text, problems);
    items(entries, Markup::Markdown, problems)
}

fn items(entries: Vec<Node>, markup: Markup, problems: &mut Problems) -> Vec<(Item, Range<usize>)> {
    let made = entries.into_iter().filter_map(|entry| {
        if entry.range.len() > LARGEST_ENTRY {
            let message = format!("an entry has more than {} MB", LARGEST_ENTRY >> 20);
            wrong(problems, entry.range, message, "move its longest text elsewhere");
            return None;
        }
        Some((item::item(&entry, markup, problems)?, entry.range))
    });
    made.collect()
}

/// Whether a text of JSON is a list of sources: one of its first entries has an `id` and a `type` of CSL.
pub fn is_json(text: &str) -> bool {
    const FIRST: usize = 20;
    let is_source = |entry: &Node| entry.get("id").is_some() && entry.get("type").is_some_and(|kind| item::kind(kind.text()).is_some());
    matches!(text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).bytes().next(), Some(b'[' | b'{'))
        && json::entries(text, FIRST, &mut Problems::default()).iter().any(is_source)
}

/// Whether a text of YAML is a list of sources: it has a key `references` at its margin, with a list below it.
pub fn is_yaml(text: &str) -> bool {
    yaml::list(text).is_some()
}

fn wrong(problems: &mut Problems, range: Range<usize>, message: impl Into<String>, hint: &str) {
    problems.add(range, Diagnostic::error("bad-source", message).hint(hint));
}

#[cfg(test)]
mod tests;
