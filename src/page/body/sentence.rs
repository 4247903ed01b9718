//! Sentences: the one around a link, and texts that are cut at a word.
//!
//! It must not know what a text is of.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr_iter, memchr3, memrchr_iter};

/// Longer sentences are cut.
pub const LONGEST_SENTENCE: usize = 300;

/// The sentence of `text` around the bytes from `start` to `end`, at most 300 characters. It costs no more in a long text than in a short one.
pub fn sentence(text: &str, start: usize, end: usize) -> Box<str> {
    let first = text.floor_char_boundary(start.saturating_sub(LONGEST_SENTENCE));
    let from = last_begin(text, first + 1..start + 1)
        .unwrap_or_else(|| if first == 0 { 0 } else { first + text[first..].find(' ').map_or(0, |space| space + 1) });
    let last = text.floor_char_boundary(from.max(end) + LONGEST_SENTENCE);
    let to = first_begin(text, end.max(from + 1)..last).unwrap_or(last);
    cut(text[from.min(to)..to].trim(), LONGEST_SENTENCE).into()
}

/// The last place of a range at which a sentence begins.
fn last_begin(text: &str, mut range: Range<usize>) -> Option<usize> {
    match before(text, &range) {
        Before::Spaces(bytes) => {
            let mut spaces = memrchr_iter(b' ', bytes).map(|space| range.start + space);
            spaces.find(|at| is_behind_sign(text, *at) && begins_sentence(text, *at))
        }
        Before::Ideographs => range.rfind(|at| begins_sentence(text, *at)),
        Before::NoStop => None,
    }
}

/// The first place of a range at which a sentence begins.
fn first_begin(text: &str, mut range: Range<usize>) -> Option<usize> {
    match before(text, &range) {
        Before::Spaces(bytes) => {
            let mut spaces = memchr_iter(b' ', bytes).map(|space| range.start + space);
            spaces.find(|at| is_behind_sign(text, *at) && begins_sentence(text, *at))
        }
        Before::Ideographs => range.find(|at| begins_sentence(text, *at)),
        Before::NoStop => None,
    }
}

/// What stands before the places of a range.
enum Before<'t> {
    /// These bytes, in which a sentence begins only behind a space.
    Spaces(&'t [u8]),
    /// There may be ideographic full stops among them.
    Ideographs,
    /// No sentence ends before them.
    NoStop,
}

fn before<'t>(text: &'t str, range: &Range<usize>) -> Before<'t> {
    let bytes = text.as_bytes().get(range.start - 1..range.end.saturating_sub(1)).unwrap_or_default();
    // What closes behind a stop may stand before the range: not where it begins within a word.
    let is_in_word = bytes.first().is_some_and(u8::is_ascii_alphanumeric);
    if is_in_word && bytes.is_ascii() && memchr3(b'.', b'!', b'?', bytes).is_none() {
        return Before::NoStop;
    }
    // The last bytes of `。`, `！` and `？`.
    if memchr3(0x81, 0x82, 0x9F, bytes).is_some() { Before::Ideographs } else { Before::Spaces(bytes) }
}

/// True if a new sentence begins at the byte `at`: behind a full stop (with what closes behind it) and a space, before a letter that is not small.
fn begins_sentence(text: &str, at: usize) -> bool {
    if !text.is_char_boundary(at) {
        return false;
    }
    let before = &text[..at];
    if before.ends_with(['。', '！', '？']) {
        return true;
    }
    if !is_behind_sign(text, at) {
        return false;
    }
    let said = before.trim_end().trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', '“', '\u{202F}']);
    let Some(stop) = said.chars().next_back().filter(|stop| ".!?…؟".contains(*stop)) else { return false };
    let next = text[at..].chars().find(|letter| !"\"'“„«‘‚([".contains(*letter));
    if next.is_none_or(|next| next.is_lowercase() || next.is_whitespace()) {
        return false;
    }
    stop != '.' || !is_initial(&said[..said.len() - 1]) && !next.is_some_and(char::is_numeric)
}

/// Whether the byte at `at` follows a space that stands behind no letter, as hardly any does.
fn is_behind_sign(text: &str, at: usize) -> bool {
    matches!(&text.as_bytes()[..at], [.., last, b' '] if !last.is_ascii_alphanumeric() && *last != b',')
}

/// `J. Smith`, `U.S. policy`: a lone capital before a full stop ends no sentence.
fn is_initial(said: &str) -> bool {
    let mut letters = said.chars().rev();
    letters.next().is_some_and(char::is_uppercase) && !letters.next().is_some_and(char::is_alphanumeric)
}

/// The text, or its first characters up to a word's end, with `…`.
pub fn cut(text: &str, longest: usize) -> Cow<'_, str> {
    // Bytes are never fewer than characters.
    if text.len() <= longest {
        return Cow::Borrowed(text);
    }
    let Some((end, _)) = text.char_indices().nth(longest - 1) else { return Cow::Borrowed(text) };
    if text[end..].chars().nth(1).is_none() {
        return Cow::Borrowed(text);
    }
    let head = &text[..end];
    let words = if text[end..].starts_with(char::is_whitespace) { head } else { head.rsplit_once(' ').map_or(head, |(words, _)| words) };
    Cow::Owned(format!("{}…", words.trim_end_matches(|letter: char| letter.is_whitespace() || ",;:–—".contains(letter))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_at_a_full_stop_but_not_at_an_initial() {
        let text = "One. The U.S. view of J. Smith holds here? Three.";
        let at = text.find("view").unwrap();
        assert_eq!(&*sentence(text, at, at + 4), "The U.S. view of J. Smith holds here?");
        assert_eq!(&*sentence("alone", 0, 5), "alone");
        assert_eq!(&*sentence("", 0, 0), "");
    }

    #[test]
    fn a_long_sentence_is_cut_at_a_word() {
        let text = "word ".repeat(5000);
        let found = sentence(&text, 12_000, 12_004);
        assert!(found.chars().count() <= 300 && found.ends_with("word…"), "{found}");
    }
}
