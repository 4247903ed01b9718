//! The text of a block as it is collected: plain, with the looks of its words and with what stands for something else than words.
//!
//! Owns `Text` and `Inline`. It must not know which elements there are.

use std::ops::Range;

use super::words::{self, Interner, Word};
use crate::html::escape;

/// A text of a block: all of it, or of a row one cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Text {
    pub plain: String,
    /// From which place on it looks how, in the order of places.
    looks: Vec<(usize, u8)>,
    pub words: Vec<Word>,
}

/// How a text may look, one bit each, with the element that shows it.
pub const LOOKS: [(&str, &str); 12] = [
    ("em", "em"),
    ("i", "em"),
    ("strong", "strong"),
    ("b", "strong"),
    ("code", "code"),
    ("kbd", "code"),
    ("sup", "sup"),
    ("sub", "sub"),
    // What an author strikes out is not what a version lost.
    ("del", "s"),
    ("s", "s"),
    ("mark", "mark"),
    ("cite", "cite"),
];

/// The bit of an element; `None` where a text looks the same in it.
pub fn look(tag: &str) -> Option<u8> {
    let shown = LOOKS.iter().find(|(name, _)| name.eq_ignore_ascii_case(tag))?.1;
    SHOWN.iter().position(|known| *known == shown).map(|at| 1 << at)
}

/// By bit.
const SHOWN: [&str; 7] = ["em", "strong", "code", "sup", "sub", "s", "mark"];

/// A text while it is collected.
#[derive(Debug, Default)]
pub struct Inline {
    text: Text,
    look: u8,
    /// What is compared by something else than its letters: its place, and what it is compared by.
    atoms: Vec<(Range<usize>, String)>,
}

impl Inline {
    pub fn is_empty(&self) -> bool {
        self.text.plain.trim().is_empty()
    }

    pub fn len(&self) -> usize {
        self.text.plain.len()
    }

    /// From here on the text looks so.
    pub fn set_look(&mut self, look: u8) {
        self.look = look;
    }

    /// Adds text, in which blanks at which lines break are one; in code they stay.
    pub fn push(&mut self, text: &str, is_code: bool) {
        if self.text.looks.last().map_or(0, |(_, look)| *look) != self.look {
            self.text.looks.push((self.text.plain.len(), self.look));
        }
        if is_code {
            return self.text.plain.push_str(text);
        }
        for letter in text.chars() {
            match letter {
                ' ' | '\n' | '\t' | '\r' => self.blank(),
                _ => self.text.plain.push(letter),
            }
        }
    }

    /// What has been collected since a place.
    pub fn since(&self, from: usize) -> &str {
        &self.text.plain[from..]
    }

    /// Adds a blank, if there is none.
    pub fn blank(&mut self) {
        if !self.text.plain.is_empty() && !self.text.plain.ends_with(' ') {
            self.text.plain.push(' ');
        }
    }

    /// What stands from a place on is one word that is compared by `key`.
    pub fn atom(&mut self, from: usize, key: String) {
        self.atoms.push((from..self.text.plain.len(), key));
    }

    /// The text, cut into words.
    pub fn finish(self, is_code: bool, interner: &mut Interner) -> Text {
        let Inline { mut text, atoms, .. } = self;
        text.plain.truncate(text.plain.trim_end().len());
        if is_code {
            text.words = words::code(&text.plain).into_iter().map(|at| word(&text.plain, at, interner)).collect();
            return text;
        }
        let mut from = 0;
        for (at, key) in atoms.into_iter().filter(|(at, _)| at.end > at.start) {
            let at = at.start.min(text.plain.len())..at.end.min(text.plain.len());
            prose(&text.plain, from..at.start, interner, &mut text.words);
            from = at.end;
            text.words.push(Word { at, key: interner.key(&key), counts: false });
        }
        prose(&text.plain, from..text.plain.len(), interner, &mut text.words);
        text
    }
}

fn prose(plain: &str, range: Range<usize>, interner: &mut Interner, found: &mut Vec<Word>) {
    let start = range.start;
    let places = words::prose(&plain[range]).into_iter().map(|at| start + at.start..start + at.end);
    found.extend(places.map(|at| word(plain, at, interner)).collect::<Vec<_>>());
}

fn word(plain: &str, at: Range<usize>, interner: &mut Interner) -> Word {
    let text = &plain[at.clone()];
    // A blank that keeps a number and its unit in one line is a matter of type.
    let key = if text.contains(['\u{a0}', '\u{202f}', '\u{2009}']) {
        interner.key(&text.replace(['\u{a0}', '\u{202f}', '\u{2009}'], " "))
    } else {
        interner.key(text)
    };
    Word { key, counts: text.contains(char::is_alphanumeric), at }
}

impl Text {
    /// What its words are compared by.
    pub fn keys(&self) -> Vec<u32> {
        self.words.iter().map(|word| word.key).collect()
    }

    /// How many of these words count.
    pub fn count(&self, words: &Range<usize>) -> usize {
        self.words[words.clone()].iter().filter(|word| word.counts).count()
    }

    /// Whether these words hold nothing together: few and short ones, none of them a number or a name.
    pub fn is_weak(&self, words: &Range<usize>) -> bool {
        let plain = self.words[words.clone()].iter().map(|word| &self.plain[word.at.clone()]);
        let letters: usize = plain.clone().map(|word| word.chars().filter(|letter| letter.is_alphabetic()).count()).sum();
        words.len() <= 2 && letters <= 5 && !plain.clone().any(|word| word.contains(|sign: char| sign.is_numeric() || sign.is_uppercase()))
    }

    /// Whether a blank stands before a word.
    pub fn has_gap(&self, word: usize) -> bool {
        let start = self.words[word].at.start;
        let before = word.checked_sub(1).map_or(0, |before| self.words[before].at.end);
        before < start
    }

    /// Adds some of the words as HTML, with the blanks between them.
    pub fn write(&self, words: &Range<usize>, html: &mut String) {
        let Some((first, last)) = self.words[words.clone()].first().zip(self.words[words.clone()].last()) else { return };
        let (mut from, end) = (first.at.start, last.at.end);
        let mut at = self.looks.partition_point(|(start, _)| *start <= from);
        while from < end {
            let look = at.checked_sub(1).map_or(0, |at| self.looks[at].1);
            let to = self.looks.get(at).map_or(end, |(start, _)| (*start).min(end));
            let shown = || SHOWN.iter().enumerate().filter(move |(bit, _)| look & 1 << bit != 0).map(|(_, tag)| *tag);
            shown().for_each(|tag| html.extend(["<", tag, ">"]));
            escape(&self.plain[from..to], html);
            shown().rev().for_each(|tag| html.extend(["</", tag, ">"]));
            (from, at) = (to, at + 1);
        }
    }
}
