//! The kinds of values that keys have: how each is read, and what the manual calls it.
//!
//! It must not know which key has which.

use std::borrow::Cow;

use super::node::{Data, Node};
use super::read::Reader;
use super::values::truth;
use crate::page::Taxonomy;
use crate::page::body::comments;
use crate::page::date::Stamp;

pub use super::addresses::{Aliases, Path, Slug};
pub use super::forms::{Language, Number, Span};
pub use super::lists::{Cascade, Changes, Offices, Silences, Withdrawal};
pub use super::states::{Draft, Marked, Published, State};

/// A kind of values.
pub trait Kind {
    /// What a page has of it; nothing, if the reading itself notes what is said.
    type Value;

    /// What the manual calls a value.
    const LABEL: &'static str;

    /// Whether words behind a ` #` were meant as part of a value.
    const HAS_SIGNS: bool = false;

    /// Reads a value, and tells what is wrong with it.
    fn read(reader: &mut Reader, name: &str, node: &Node) -> Self::Value;

    /// Whether a value leaves its key as if it were absent.
    fn is_void(node: &Node) -> bool {
        node.is_void()
    }
}

/// Kinds that are read by one expression: the type of what a page has, the name in the manual, and whether a ` #` behind it was meant as part of it.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $Kind:ident -> $Value:ty, $label:literal $(, signs = $signs:literal)?: |$reader:ident, $name:ident, $node:ident| $read:expr;)*) => {
        $(
            $(#[doc = $doc])*
            pub struct $Kind;

            impl Kind for $Kind {
                type Value = $Value;
                const LABEL: &'static str = $label;
                $(const HAS_SIGNS: bool = $signs;)?

                fn read($reader: &mut Reader, $name: &str, $node: &Node) -> $Value {
                    $read
                }
            }
        )*
    };
}
pub(super) use kinds;

kinds! {
    /// A text as it is written.
    Text -> Option<String>, "text": |reader, name, node| reader.text(name, node);
    /// A text as it is written, which may have a sign of a number in it.
    Word -> Option<String>, "text", signs = true: |reader, name, node| reader.text(name, node);
    /// A text that readers see: without its comments.
    Prose -> Option<String>, "text", signs = true: |reader, name, node| reader.text(name, node).map(without_comments);
    /// Texts as they are written.
    Texts -> Vec<String>, "list of texts": |reader, name, node| reader.texts(name, node).unwrap_or_default();
    /// Texts that readers see: without their comments.
    Proses -> Vec<String>, "list of texts", signs = true: |reader, name, node| {
        reader.texts(name, node).unwrap_or_default().into_iter().map(without_comments).collect()
    };
    /// Texts, and no `true`, which such a key may have where it means something else.
    Names -> Vec<String>, "list of texts": |reader, name, node| match node.plain_bool() {
        Some(_) => {
            reader.wrong(name, node, "text or a list of texts");
            Vec::new()
        }
        None => reader.texts(name, node).unwrap_or_default().into_iter().map(unlinked).collect(),
    };
    /// A date, of which no more than a month or a year may be known, or a time.
    Day -> Option<Stamp>, "date": |reader, name, node| reader.partial_stamp(name, node);
    /// The same, which shows or hides the page.
    Beginning -> Option<Stamp>, "date": |reader, name, node| reader.telling_partial(name, node);
    /// The end of a page; `false` says that there is none.
    End -> Option<Stamp>, "date": |reader, name, node| match truth(node) {
        Some(false) => None,
        _ => reader.telling_stamp(name, node),
    };
    /// The instant before which nobody reads a page; `false` says that there is none.
    Opening -> Option<Stamp>, "date": |reader, name, node| {
        if truth(node) == Some(false) {
            return None;
        }
        reader.front.embargo_unclear |= reader.day(node).is_none();
        reader.stamp(name, node)
    };
    /// A whole number.
    Whole -> Option<i64>, "whole number": |reader, name, node| reader.integer(name, node);
    /// `true` or `false`.
    Truth -> Option<bool>, "`true` or `false`": |reader, name, node| reader.truth(name, node);
    /// A map of lists of terms, whose entries have been taken already.
    Taxonomies -> (), "map": |reader, name, node| reader.wrong(name, node, "a map of lists");
}

/// A value, or what it names if it is a wikilink.
fn unlinked(value: String) -> String {
    match linked(&value) {
        Some(target) => target.to_string(),
        None => value,
    }
}

/// A text as readers see it: without its comments.
pub fn without_comments(text: String) -> String {
    match comments::plain(&text) {
        Cow::Owned(plain) => plain,
        Cow::Borrowed(_) => text,
    }
}

/// The terms of a taxonomy.
pub struct Terms<const TAXONOMY: usize>;

pub const TOPICS: usize = Taxonomy::Topics as usize;
pub const TAGS: usize = Taxonomy::Tags as usize;
pub const AUTHORS: usize = Taxonomy::Authors as usize;
pub const SERIES: usize = Taxonomy::Series as usize;

impl<const TAXONOMY: usize> Kind for Terms<TAXONOMY> {
    type Value = ();
    const LABEL: &'static str = "list of texts";
    const HAS_SIGNS: bool = true;

    fn read(reader: &mut Reader, name: &str, node: &Node) {
        // `author: [[Name]]` without quotes is a list in a list.
        let inner = match &node.data {
            Data::List(items)
                if let [Node { data: Data::List(names), .. }] = items.as_slice()
                    && names.len() == 1 =>
            {
                &items[0]
            }
            _ => node,
        };
        let names = reader.texts(name, inner);
        reader.front.terms[TAXONOMY] = names.map(|names| names.into_iter().map(|name| term(name, TAXONOMY)).collect());
    }

    /// An empty list keeps the terms of a cascade away.
    fn is_void(node: &Node) -> bool {
        !matches!(node.data, Data::List(_)) && node.is_void()
    }
}

/// The name of a term, as Obsidian writes it too (<https://help.obsidian.md/properties>): a link to its note, or a tag with its sign.
fn term(name: String, taxonomy: usize) -> String {
    let linked = match linked(&name) {
        Some(target) => target.rsplit('/').next().unwrap_or(target),
        None if taxonomy == TAGS || taxonomy == TOPICS => {
            name.strip_prefix('#').filter(|name| !name.starts_with(['#', ' '])).unwrap_or(&name)
        }
        None => &name,
    };
    if linked.len() == name.len() { name } else { linked.to_string() }
}

/// What a value names that is a wikilink and nothing else: `[[People/Ann Lee|Ann]]` is `People/Ann Lee`.
pub fn linked(value: &str) -> Option<&str> {
    let inner = value.trim().strip_prefix("[[")?.strip_suffix("]]")?;
    let target = inner.split(['|', '#']).next().unwrap_or_default().trim();
    let target = target.strip_suffix(".md").unwrap_or(target);
    (!target.is_empty() && !inner.contains("[[")).then_some(target)
}

/// A map for templates.
pub struct Free;

impl Kind for Free {
    type Value = ();
    const LABEL: &'static str = "map";

    fn read(reader: &mut Reader, name: &str, node: &Node) {
        match &node.data {
            Data::Map(entries) => {
                reader.look_for_misplaced(name, entries);
                reader.extra.join(entries, reader.problems);
            }
            _ => reader.wrong(name, node, "a map"),
        }
    }

    /// What is empty in it is for templates.
    fn is_void(node: &Node) -> bool {
        node.is_blank()
    }
}
