//! Words that were meant as a value and became a comment: `tags: #law`.
//!
//! It must not know what is said about them.

use std::ops::Range;

use super::node::{Data, Node};

/// The first such words in the entry of a key that takes texts; `None` when there are none. A sign with a space behind it is a comment that was meant as one.
pub fn find(text: &str, at: &Node, value: &Node) -> Option<Range<usize>> {
    // Hardly any front matter has the sign at all.
    let end = text.get(value.range.end.max(at.range.end)..)?.find('\n').map_or(text.len(), |end| value.range.end.max(at.range.end) + end);
    if !text.get(at.range.end..end)?.contains(" #") {
        return None;
    }
    match &value.data {
        Data::Scalar(..) if value.is_null() => behind(text, at.range.end + text[at.range.end..].find(':')? + 1),
        Data::Scalar(_, true) => behind(text, value.range.end),
        Data::List(items) if text[value.range.clone()].starts_with('-') => {
            let lines = text[at.range.end..end].match_indices("- ").map(|(dash, _)| at.range.end + dash + 1);
            let of_items = items.iter().filter(|item| matches!(item.data, Data::Scalar(_, true))).map(|item| item.range.end);
            lines.chain(of_items).find_map(|from| behind(text, from))
        }
        _ => None,
    }
}

/// `#law` after nothing but spaces, up to the end of its line.
fn behind(text: &str, from: usize) -> Option<Range<usize>> {
    let line = text.get(from..)?.lines().next()?;
    let comment = line.trim_start_matches([' ', '\t']);
    let mut letters = comment.chars();
    let is_meant = comment.len() < line.len() && letters.next() == Some('#') && letters.next().is_some_and(char::is_alphanumeric);
    is_meant.then(|| from + line.len() - comment.len()..from + line.trim_end().len())
}
