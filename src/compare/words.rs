//! What a word is: it is changed as a whole or not at all.
//!
//! Owns `Word` and `Interner`. A sign beside a word is a word of its own, so that a comma more does not change the word before it; a number with its unit
//! is one word. It must not know HTML.

use std::collections::HashMap;
use std::ops::Range;

use super::numbers;

/// A word of a text, by its place there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// In the plain text of its block.
    pub at: Range<usize>,
    /// Equal for words that say the same, whatever they look like.
    pub key: u32,
    /// Whether it counts: a sign does not.
    pub counts: bool,
}

/// Numbers for words.
#[derive(Debug, Default)]
pub struct Interner {
    keys: HashMap<String, u32>,
}

impl Interner {
    /// The number of a word.
    pub fn key(&mut self, word: &str) -> u32 {
        if let Some(key) = self.keys.get(word) {
            return *key;
        }
        let key = self.keys.len() as u32;
        self.keys.insert(word.to_string(), key);
        key
    }
}

/// The places of the words of prose.
pub fn prose(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    for chunk in text.split_inclusive(char::is_whitespace) {
        let bare = chunk.trim_end_matches(char::is_whitespace);
        in_chunk(text, at..at + bare.len(), &mut found);
        at += chunk.len();
    }
    numbers::join(text, found)
}

/// The places of the words of code, in which blanks and ends of lines count.
pub fn code(text: &str) -> Vec<Range<usize>> {
    let kind = |letter: char| match letter {
        '\n' => 0,
        _ if letter.is_whitespace() => 1,
        _ if letter.is_alphanumeric() || letter == '_' => 2,
        _ => 3,
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut before = 3;
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        match found.last_mut() {
            Some(last) if kind(letter) == before && matches!(before, 1 | 2) => last.end = end,
            _ => found.push(at..end),
        }
        before = kind(letter);
    }
    found
}

/// Cuts what stands between blanks into a word and the signs around it.
fn in_chunk(text: &str, chunk: Range<usize>, found: &mut Vec<Range<usize>>) {
    let bare = &text[chunk.clone()];
    let start = bare.char_indices().find(|(at, letter)| begins(*letter, &bare[at + letter.len_utf8()..])).map(|(at, _)| at);
    let end = bare.char_indices().rev().find(|(at, letter)| ends(*letter, &bare[..*at])).map(|(at, letter)| at + letter.len_utf8());
    let (Some(start), Some(end)) = (start, end.filter(|end| start.is_some_and(|start| start < *end))) else {
        return signs(text, chunk, found);
    };
    signs(text, chunk.start..chunk.start + start, found);
    let mut from = start;
    for (at, letter) in bare[..end].char_indices().filter(|(at, _)| *at >= start) {
        let next = at + letter.len_utf8();
        if stands_alone(letter) {
            if from < at {
                found.push(chunk.start + from..chunk.start + at);
            }
            found.push(chunk.start + at..chunk.start + next);
            from = next;
        }
    }
    if from < end {
        found.push(chunk.start + from..chunk.start + end);
    }
    signs(text, chunk.start + end..chunk.end, found);
}

/// Each sign is a word.
fn signs(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let start = range.start;
    found.extend(text[range].char_indices().map(|(at, letter)| start + at..start + at + letter.len_utf8()));
}

/// Whether a word begins here; what stands before a number belongs to it: `€5`, `−3`, `~40`.
fn begins(letter: char, rest: &str) -> bool {
    let is_degree = letter == '°' && rest.starts_with(['C', 'F']);
    let is_sign = numbers::stands_before(letter) && rest.trim_start_matches(numbers::stands_before).starts_with(char::is_numeric);
    letter.is_alphanumeric() || is_degree || is_sign
}

/// Whether a word ends here: `5%`, `20°`.
fn ends(letter: char, before: &str) -> bool {
    letter.is_alphanumeric()
        || numbers::stands_behind(letter) && before.trim_end_matches(numbers::stands_behind).ends_with(char::is_numeric)
}

/// Letters of scripts that write no blanks between words, and dashes that part words without one.
fn stands_alone(letter: char) -> bool {
    matches!(letter, '—' | '…' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        prose(text).into_iter().map(|at| &text[at]).collect()
    }

    #[test]
    fn signs_are_words_of_their_own_and_what_is_within_a_word_stays() {
        assert_eq!(
            cut("So, “don't” (e-mail) and/or U.S. law—now…"),
            ["So", ",", "“", "don't", "”", "(", "e-mail", ")", "and/or", "U.S", ".", "law", "—", "now", "…"]
        );
        assert_eq!(cut("… – !"), ["…", "–", "!"]);
        assert_eq!(cut(""), [""; 0]);
    }

    #[test]
    fn a_number_is_one_word_with_its_sign_and_unit() {
        assert_eq!(cut("from 3.7 % to 3.9%, or €5.2 billion"), ["from", "3.7 %", "to", "3.9%", ",", "or", "€5.2 billion"]);
        assert_eq!(cut("EUR 1 234 567 and 12 000 km² or 1,5\u{a0}Mrd."), ["EUR 1 234 567", "and", "12 000 km²", "or", "1,5\u{a0}Mrd", "."]);
        assert_eq!(cut("2 per cent, 5 percentage points, 20 °C"), ["2 per cent", ",", "5 percentage points", ",", "20 °C"]);
        assert_eq!(cut("In 2024 150 people; pp. 33–35"), ["In", "2024", "150", "people", ";", "pp", ".", "33–35"]);
    }

    #[test]
    fn scripts_without_blanks_are_cut_by_letters() {
        assert_eq!(cut("合意 2%"), ["合", "意", "2%"]);
    }

    #[test]
    fn in_code_blanks_count() {
        let text = "let x  = a_1;\n\n}";
        let found: Vec<&str> = code(text).into_iter().map(|at| &text[at]).collect();
        assert_eq!(found, ["let", " ", "x", "  ", "=", " ", "a_1", ";", "\n", "\n", "}"]);
    }
}
