//! The settings as a tree in which every value knows where it was written: in the file, or in an override.
//!
//! Owns `Node` and the merging of overrides into the file's tree. It must not know which settings there are.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

use super::Override;
use crate::diagnostic::{Diagnostic, Place};

/// Where something was written.
#[derive(Debug, Clone, PartialEq)]
pub enum Origin {
    /// A byte range of the settings file.
    File(Range<usize>),
    /// The number of the override.
    Override(usize),
}

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it was said.
    pub origin: Origin,
}

/// A value of TOML (<https://toml.io/en/v1.0.0>).
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A string.
    Text(String),
    /// An integer.
    Whole(i64),
    /// A float.
    Fraction(f64),
    /// A boolean.
    Truth(bool),
    /// A date, a time, or both.
    Date(Datetime),
    /// An array.
    List(Vec<Node>),
    /// A table, in the order of the file.
    Table(Vec<Entry>),
}

/// A key with its value, in the order of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key, without dots: each part of `a.b` is an entry of its own.
    pub key: String,
    /// Where the key was said.
    pub origin: Origin,
    /// What it holds.
    pub node: Node,
}

/// The tree of a TOML file. Mistakes of syntax are diagnostics, one a line, and the tree is what could be understood besides.
pub fn parse(path: &Arc<str>, text: &str) -> (Vec<Entry>, Vec<Diagnostic>) {
    // A BOM is what some editors of Windows write; the places are counted with it all the same.
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let (table, errors) = DeTable::parse_recoverable(&text[start..]);
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    for error in errors {
        let place = error.span().map_or_else(|| Place::file(path), |span| Place::range(path, text, span.start + start..span.end + start));
        let is_known = diagnostics.iter().any(|known| known.place.as_ref().is_some_and(|known| known.line == place.line));
        // What follows on the same line is most often a consequence of the first mistake.
        if !is_known {
            diagnostics.push(Diagnostic::error("bad-toml", first_line(error.message())).at(place));
        }
    }
    let entries = entries(table.get_ref(), &mut |span| Origin::File(span.start + start..span.end + start));
    (entries, diagnostics)
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or("this is no TOML").to_string()
}

fn entries(table: &DeTable, origin: &mut impl FnMut(Range<usize>) -> Origin) -> Vec<Entry> {
    table
        .iter()
        .map(|(key, value)| Entry { key: key.get_ref().to_string(), origin: origin(key.span()), node: node(value, origin) })
        .collect()
}

fn node(value: &Spanned<DeValue>, origin: &mut impl FnMut(Range<usize>) -> Origin) -> Node {
    let own = origin(value.span());
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        // A number that needs more than 64 bits is kept as the text that it is: a setting that wants a number refuses it where it stands.
        DeValue::Integer(digits) => {
            i64::from_str_radix(digits.as_str(), digits.radix()).map_or_else(|_| Value::Text(digits.to_string()), Value::Whole)
        }
        DeValue::Float(digits) => digits.as_str().parse().map_or_else(|_| Value::Text(digits.to_string()), Value::Fraction),
        DeValue::Boolean(truth) => Value::Truth(*truth),
        DeValue::Datetime(date) => Value::Date(*date),
        DeValue::Array(items) => Value::List(items.iter().map(|item| node(item, origin)).collect()),
        DeValue::Table(table) => Value::Table(entries(table, origin)),
    };
    Node { value, origin: own }
}

/// Puts an override, which has the number `number`, into the tree; what it replaces is gone.
///
/// # Errors
/// Its key is none: the message says why.
pub fn set(root: &mut Vec<Entry>, number: usize, given: &Override) -> Result<(), String> {
    let mut keys: Vec<&str> = given.key.split('.').map(str::trim).collect();
    if keys.iter().any(|key| key.is_empty()) {
        return Err(format!("`{}` names no setting", given.key));
    }
    let origin = Origin::Override(number);
    let value = match DeValue::parse(given.value.trim()) {
        Ok(value) => node(&value, &mut |_| origin.clone()).value,
        Err(_) => Value::Text(given.value.clone()),
    };
    // A theme's name and its table are two spellings of one place: to choose a theme keeps the settings that are there.
    if keys == ["theme"] && !matches!(value, Value::Table(_)) {
        keys.push("name");
    }
    put(root, &keys, Node { value, origin });
    Ok(())
}

fn put(table: &mut Vec<Entry>, keys: &[&str], node: Node) {
    let Some((key, below)) = keys.split_first() else { return };
    let at = table.iter().position(|entry| entry.key == *key).unwrap_or_else(|| {
        let empty = Node { value: Value::Table(Vec::new()), origin: node.origin.clone() };
        table.push(Entry { key: (*key).to_string(), origin: node.origin.clone(), node: empty });
        table.len() - 1
    });
    let entry = &mut table[at];
    if below.is_empty() {
        entry.node = node;
        return;
    }
    if !matches!(entry.node.value, Value::Table(_)) {
        entry.node = Node { value: Value::Table(Vec::new()), origin: node.origin.clone() };
    }
    if let Value::Table(entries) = &mut entry.node.value {
        put(entries, below, node);
    }
}

/// `theme = "name"` is short for a table `[theme]` with that name.
pub fn spread_theme(root: &mut [Entry]) {
    for entry in root.iter_mut().filter(|entry| entry.key == "theme" && matches!(entry.node.value, Value::Text(_))) {
        let node = entry.node.clone();
        let name = Entry { key: "name".into(), origin: entry.origin.clone(), node };
        entry.node.value = Value::Table(vec![name]);
    }
}

/// The key, or what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// The key.
    Key,
    /// What it holds.
    Value,
}

/// Where a key such as `["theme", "accent"]` stands in the text of the settings, for rooms that make sense of a table themselves. Nothing if it was
/// said elsewhere.
pub fn place_of(path: &Arc<str>, text: &str, keys: &[&str], spot: Spot) -> Option<Place> {
    let (last, above) = keys.split_last()?;
    let (mut entries, _) = parse(path, text);
    spread_theme(&mut entries);
    for key in above {
        let entry = entries.into_iter().find(|entry| entry.key == *key)?;
        let Value::Table(inside) = entry.node.value else { return None };
        entries = inside;
    }
    let entry = entries.into_iter().find(|entry| entry.key == *last)?;
    match if spot == Spot::Key { entry.origin } else { entry.node.origin } {
        Origin::File(range) => Some(Place::range(path, text, range)),
        Origin::Override(_) => None,
    }
}

impl Value {
    /// What was found instead of what was expected: the value itself if it is short, else its kind.
    pub fn shown(&self) -> String {
        match self {
            Value::Text(text) if text.chars().count() > 60 => "a longer text".into(),
            Value::Text(text) => format!("`{text:?}`"),
            Value::Whole(number) => format!("`{number}`"),
            Value::Fraction(number) => format!("`{number}`"),
            Value::Truth(truth) => format!("`{truth}`"),
            Value::Date(date) => format!("`{date}`"),
            Value::List(_) => "a list".into(),
            Value::Table(_) => "a table".into(),
        }
    }

    /// As templates see it. A date is its text.
    pub fn for_templates(&self) -> tera::Value {
        match self {
            Value::Text(text) => tera::Value::from(text.as_str()),
            Value::Whole(number) => tera::Value::from(*number),
            Value::Fraction(number) => tera::Value::from(*number),
            Value::Truth(truth) => tera::Value::from(*truth),
            Value::Date(date) => tera::Value::from(date.to_string()),
            Value::List(items) => tera::Value::from(items.iter().map(|item| item.value.for_templates()).collect::<Vec<_>>()),
            Value::Table(entries) => table_for_templates(entries),
        }
    }
}

/// A table as templates see it; an empty one is an empty map.
pub fn table_for_templates(entries: &[Entry]) -> tera::Value {
    let mut map = tera::Map::with_capacity(entries.len());
    map.extend(entries.iter().map(|entry| (entry.key.clone().into(), entry.node.value.for_templates())));
    tera::Value::from(map)
}
