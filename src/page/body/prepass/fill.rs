//! What is put where something was taken away, so that every place stays true and Markdown passes over it.
//!
//! It must not know what was taken away.

use std::borrow::Cow;
use std::ops::Range;

/// What stands where something was taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filling {
    /// Nothing at all.
    Blank,
    /// A block of its own.
    Block,
    /// Part of a line.
    Inline,
}

impl Filling {
    /// HTML that a Markdown parser hands on: a processing instruction is a block, a tag with text beside it is not (<https://spec.commonmark.org/0.31.2/#html-blocks>).
    fn ends(self) -> [&'static str; 2] {
        match self {
            Filling::Blank => ["", ""],
            Filling::Block => ["<?", "?>"],
            Filling::Inline => ["<i", ">"],
        }
    }
}

/// `text` with its holes filled.
pub fn fill(text: &str, mut holes: Vec<(Range<usize>, Filling)>) -> Cow<'_, str> {
    if holes.is_empty() {
        return Cow::Borrowed(text);
    }
    holes.sort_by_key(|(range, _)| range.start);
    let mut filled = String::with_capacity(text.len());
    for (range, filling) in holes {
        // A shortcode within the meaning of an abbreviation went away with it.
        if range.start < filled.len() {
            continue;
        }
        filled.push_str(&text[filled.len()..range.start]);
        let [open, close] = filling.ends();
        filled.push_str(open);
        filled.extend(std::iter::repeat_n(' ', range.len() - open.len() - close.len()));
        filled.push_str(close);
    }
    filled.push_str(&text[filled.len()..]);
    Cow::Owned(filled)
}
