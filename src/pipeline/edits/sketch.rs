//! The sketch of a text: so little of it that it fits into a manifest, and so much that an edit which says something else is seen.
//!
//! It has one print of all figures, months and negations in their order; how often words occur, by 256 classes, where words that are spelt alike but for
//! vowels, doubled letters and marks are one; and prints of the text piece by piece, which tell where it was edited. It must not know pages.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::hard::Hard;
use crate::fingerprint::Fingerprint;

/// So many words may be spelt otherwise, added or taken away without a word about it: corrected spelling, and a link with what leads to it.
pub const FREE_WORDS: usize = 3;

/// A piece has so many words at least, unless it is the last one: a paragraph is one, cells of a table are together.
const LEAST_WORDS: usize = 16;

/// The text of a page, piece by piece.
pub struct Text {
    hard: Hard,
    pieces: Vec<String>,
    open: String,
}

impl Text {
    /// An empty one in a language.
    pub fn new(lang: &str) -> Text {
        Text { hard: Hard::of(lang), pieces: Vec::new(), open: String::new() }
    }

    /// Adds a block: a paragraph, a cell, a title.
    pub fn push(&mut self, block: &str) {
        self.open.push_str(block);
        self.open.push('\n');
        if self.open.split_whitespace().nth(LEAST_WORDS - 1).is_some() {
            self.end();
        }
    }

    /// Ends the piece, however long it is.
    pub fn end(&mut self) {
        if !self.open.is_empty() {
            self.pieces.push(std::mem::take(&mut self.open));
        }
    }

    /// The pieces that have ended.
    pub fn pieces(&self) -> &[String] {
        &self.pieces
    }
}

/// Classes of words.
const CLASSES: usize = 256;
/// How often the words of a class occur is counted up to this, and then from zero again: only differences matter.
const TURN: u8 = 16;
/// The number changes with how a sketch is made. One of another number says nothing.
const VERSION: u8 = 1;

/// A sketch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// Of figures and the like.
    hard: u64,
    /// How often words of each class occur.
    counts: [u8; CLASSES],
    /// Of each piece: its figures, and all its words.
    pieces: Vec<(u8, u16)>,
}

/// What an edit has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// Figures, months, negations; or their order.
    Hard,
    /// At least so many words.
    Words(usize),
}

impl Sketch {
    /// The sketch of a text that has ended.
    pub fn of(text: &Text) -> Sketch {
        let mut sketch = Sketch { hard: 0, counts: [0; CLASSES], pieces: Vec::with_capacity(text.pieces.len()) };
        let mut all_hard: Vec<String> = Vec::new();
        for piece in &text.pieces {
            let first = all_hard.len();
            let (mut words, mut before) = (Vec::new(), String::new());
            tokens(piece, |word| {
                let small = word.to_lowercase();
                all_hard.extend(text.hard.said(word, &small, &before).map(str::to_string));
                words.push(print(&skeleton(&small)));
                before = small;
            });
            for word in &words {
                let count = &mut sketch.counts[(*word % CLASSES as u64) as usize];
                *count = (*count + 1) % TURN;
            }
            let figures = &all_hard[first..];
            let of_figures = if figures.is_empty() { 0 } else { print_of(figures).max(1) as u8 };
            sketch.pieces.push((of_figures, print_of(&words) as u16));
        }
        sketch.hard = print_of(&all_hard);
        sketch
    }

    /// What is other in `new`, and in which of its pieces that is seen first; `None` if nothing is that must be told.
    pub fn edit(&self, new: &Sketch) -> Option<(Edit, usize)> {
        let (mut added, mut removed) = (0, 0);
        for (old, new) in self.counts.iter().zip(&new.counts) {
            match (new + TURN - old) % TURN {
                more if more < TURN / 2 => added += usize::from(more),
                more => removed += usize::from(TURN - more),
            }
        }
        let words = usize::max(added, removed);
        let edit = if self.hard != new.hard {
            Edit::Hard
        } else if words > FREE_WORDS {
            Edit::Words(words)
        } else {
            return None;
        };
        let is_new = |piece: &&(usize, &(u8, u16))| !self.pieces.contains(piece.1);
        let has_new_figures = |piece: &&(usize, &(u8, u16))| edit != Edit::Hard || !self.pieces.iter().any(|old| old.0 == piece.1.0);
        let mut fresh: Vec<(usize, &(u8, u16))> = new.pieces.iter().enumerate().collect();
        fresh.retain(|piece| is_new(&piece));
        let found = fresh.iter().find(|piece| has_new_figures(piece)).or(fresh.first()).map(|(at, _)| *at);
        // Where something was only taken away, what comes behind it is the nearest.
        let differs = || self.pieces.iter().zip(&new.pieces).position(|(old, new)| old != new);
        Some((edit, found.or_else(differs).unwrap_or(new.pieces.len().saturating_sub(1))))
    }

    /// Reads what `Display` wrote; `None` for one that was made in another way.
    pub fn parse(text: &str) -> Option<Sketch> {
        let bytes = decode(text)?;
        let ([VERSION, hard @ ..], rest) = bytes.split_first_chunk::<9>()? else { return None };
        let (counts, pieces) = rest.split_at_checked(CLASSES / 2)?;
        let (pieces, []) = pieces.as_chunks::<3>() else { return None };
        let mut halves = counts.iter().flat_map(|pair| [pair & 15, pair >> 4]);
        Some(Sketch {
            hard: u64::from_le_bytes(*hard),
            counts: std::array::from_fn(|_| halves.next().unwrap_or_default()),
            pieces: pieces.iter().map(|[figures, low, high]| (*figures, u16::from_le_bytes([*low, *high]))).collect(),
        })
    }
}

impl fmt::Display for Sketch {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let mut bytes = vec![VERSION];
        bytes.extend(self.hard.to_le_bytes());
        bytes.extend(self.counts.as_chunks().0.iter().map(|[one, other]: &[u8; 2]| one | other << 4));
        bytes.extend(self.pieces.iter().flat_map(|(figures, words)| [*figures, words.to_le_bytes()[0], words.to_le_bytes()[1]]));
        out.write_str(&encode(&bytes))
    }
}

fn print(word: &str) -> u64 {
    Fingerprint::of_bytes(word.as_bytes()).0 as u64
}

fn print_of(values: &(impl std::hash::Hash + ?Sized)) -> u64 {
    Fingerprint::of(values).0 as u64
}

/// The words of a text, numbers with their signs among them.
fn tokens(text: &str, mut each: impl FnMut(&str)) {
    let letters: Vec<char> = text.chars().collect();
    let is_digit = |at: usize| letters.get(at).is_some_and(|letter| letter.is_numeric());
    let is_letter = |at: usize| letters.get(at).is_some_and(|letter| letter.is_alphanumeric());
    let mut word = String::new();
    let mut flush = |word: &mut String| {
        if !word.is_empty() {
            each(word);
            word.clear();
        }
    };
    for (at, letter) in letters.iter().enumerate() {
        let stands_between_digits = at > 0 && is_digit(at - 1) && is_digit(at + 1);
        let heads_thousands = stands_between_digits && (1..=3).all(|next| is_digit(at + next)) && !is_digit(at + 4);
        match letter {
            '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '%' | '€' | '$' | '£' | '¥' => {
                flush(&mut word);
                word.push(*letter);
                flush(&mut word);
            }
            letter if letter.is_alphanumeric() || is_combining_mark(*letter) => word.push(*letter),
            ',' | '\u{a0}' | '\u{202f}' | '\u{2009}' if heads_thousands => {}
            '.' | ',' if stands_between_digits => word.push(*letter),
            '\'' | '’' if at > 0 && is_letter(at - 1) && is_letter(at + 1) => word.push('\''),
            '-' | '−' if is_digit(at + 1) && !(at > 0 && is_letter(at - 1)) => {
                flush(&mut word);
                word.push('-');
            }
            _ => flush(&mut word),
        }
    }
    flush(&mut word);
}

/// What corrected spelling leaves of a word, mostly: its first letter and its consonants, without marks, none twice in a row. Words with digits stay.
fn skeleton(small: &str) -> String {
    if small.contains(char::is_numeric) {
        return small.into();
    }
    let mut kept = String::with_capacity(small.len());
    for letter in small.nfd().filter(|letter| !is_combining_mark(*letter)) {
        let letter = if letter == 'z' { 's' } else { letter };
        let is_vowel = matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
        if kept.is_empty() || !is_vowel && !kept.ends_with(letter) {
            kept.push(letter);
        }
    }
    kept
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Bytes in the digits of base64url, without padding (<https://www.rfc-editor.org/rfc/rfc4648#section-5>).
fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 4 / 3 + 3);
    for chunk in bytes.chunks(3) {
        let whole = chunk.iter().fold(0u32, |whole, byte| whole << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        text.extend((0..=chunk.len()).map(|at| char::from(DIGITS[(whole >> (18 - 6 * at) & 63) as usize])));
    }
    text
}

/// What was encoded; `None` if it was not.
fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    for chunk in text.as_bytes().chunks(4) {
        let value = |digit: &u8| DIGITS.iter().position(|known| known == digit);
        let whole = chunk.iter().try_fold(0u32, |whole, digit| Some(whole << 6 | value(digit)? as u32))? << (6 * (4 - chunk.len()));
        bytes.extend(&whole.to_be_bytes()[1..chunk.len()]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests;
