//! Where keys of sources stand in running text: not in words, nor in addresses.
//!
//! It must not know Markdown, nor which keys there are.

use std::ops::Range;

use crate::references::key::key_at;

/// So far back an address is looked for.
const LONGEST_ADDRESS: usize = 500;

/// A key in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark<'t> {
    /// From the `@` on.
    pub range: Range<usize>,
    pub key: &'t str,
}

/// The key whose `@` stands at the byte `at`, if one does.
pub fn mark(text: &str, at: usize) -> Option<Mark<'_>> {
    let before = &text[..at];
    if before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '@') || is_in_address(before) {
        return None;
    }
    let (key, length) = key_at(&text[at + 1..]).filter(|(key, _)| *key != "*")?;
    Some(Mark { range: at..at + 1 + length, key })
}

/// Whether what ends here is an address, of which the next sign is a part: `https://example.org/@`.
fn is_in_address(before: &str) -> bool {
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(LONGEST_ADDRESS))..];
    let word = &near[near.trim_end_matches(|letter: char| !letter.is_whitespace()).len()..];
    word.contains("://") && !word.contains('@') || word.trim_start_matches(['(', '[']).starts_with("www.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        text.match_indices('@').filter_map(|(at, _)| mark(text, at)).map(|mark| mark.key).collect()
    }

    #[test]
    fn a_key_ends_before_the_punctuation_behind_it() {
        assert_eq!(found("@smith2024. @a_b.c, @Foo--bar @x:y/z; (@d) @e's"), ["smith2024", "a_b.c", "Foo", "x:y/z", "d", "e"]);
        assert_eq!(found("@DOI:10.1000/a.b?c @été @_x @1984"), ["DOI:10.1000/a.b?c", "été", "_x", "1984"]);
        assert_eq!(found("@{odd key}, @{} @*"), ["odd key"]);
    }

    #[test]
    fn what_belongs_to_a_word_or_an_address_is_no_key() {
        assert_eq!(found("a@b.org @@c @ d @/x.md https://example.org/@user www.example.org/@user é@x"), [""; 0]);
    }
}
