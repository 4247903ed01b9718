//! Sentences: the one around a link, and texts that are cut at a word.
//!
//! It must not know what a text is of.

use std::borrow::Cow;

/// Longer sentences are cut.
const LONGEST_SENTENCE: usize = 300;
/// The sentence of `text` around the bytes from `start` to `end`, at most 300 characters. It costs no more in a long text than in a short one.
pub fn sentence(text: &str, start: usize, end: usize) -> Box<str> {
    let first = text.floor_char_boundary(start.saturating_sub(LONGEST_SENTENCE));
    let begin = (first + 1..=start).rev().filter(|at| may_begin(text, *at)).find(|at| begins_sentence(text, *at));
    let from = begin.unwrap_or_else(|| if first == 0 { 0 } else { first + text[first..].find(' ').map_or(0, |space| space + 1) });
    let last = text.floor_char_boundary(from.max(end) + LONGEST_SENTENCE);
    let to = (end.max(from + 1)..last).filter(|at| may_begin(text, *at)).find(|at| begins_sentence(text, *at)).unwrap_or(last);
    cut(text[from.min(to)..to].trim(), LONGEST_SENTENCE).into()
}

/// Most bytes begin no sentence, and are told by the two before: there is no space behind what may end a sentence, and no ideographic full stop.
fn may_begin(text: &str, at: usize) -> bool {
    match text.as_bytes()[..at] {
        [.., before, b' '] => !before.is_ascii_alphanumeric() && before != b',',
        // The last bytes of `。`, `！` and `？`.
        [.., last] => matches!(last, 0x82 | 0x81 | 0x9F),
        [] => false,
    }
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
    if !before.ends_with(' ') {
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
