//! Lines: for each word the pages that have it, in the order of words.
//!
//! Owns which words there are, and their order. It must not know what a line says of pages.

use rayon::prelude::*;

use super::desk::Desk;
use super::inverted::Inverted;
use super::keys::{begin, order};
use super::vocabulary::Vocabulary;
use super::weights::Pages;

/// A line with the key that it is found by.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    pub key: &'a str,
    /// With its line feed.
    pub text: &'a [u8],
}

/// Lines one behind the other.
#[derive(Default)]
pub struct Lines {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Lines {
    /// Adds the line that `write` writes, with its line feed.
    pub fn push(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        write(&mut self.bytes);
        self.ends.push(self.bytes.len());
    }

    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let mut start = 0;
        self.ends.iter().map(move |end| &self.bytes[std::mem::replace(&mut start, *end)..*end])
    }
}

/// So many lines are written by one thread at a time.
const PIECE: usize = 256;

/// The words that a page has, in the order of stems and then of forms.
pub fn in_order(inverted: &Inverted) -> Vec<u32> {
    let Inverted { vocabulary, lists, .. } = inverted;
    let used = (0..vocabulary.len() as u32).filter(|word| lists.get(*word).pages > 0);
    let mut words: Vec<(u64, u32)> = used.map(|word| (begin(vocabulary.stem(word)), word)).collect();
    let by_texts = |one: u32, other: u32| {
        let stems = order(vocabulary.stem(one), vocabulary.stem(other));
        stems.then_with(|| order(vocabulary.form(one), vocabulary.form(other)))
    };
    words.par_sort_unstable_by(|(one, a), (other, b)| one.cmp(other).then_with(|| by_texts(*a, *b)));
    words.into_iter().map(|(_, word)| word).collect()
}

/// The words of each stem.
pub fn stems<'w>(vocabulary: &Vocabulary, words: &'w [u32]) -> Vec<&'w [u32]> {
    words.chunk_by(|one, next| vocabulary.word(*one).stem == vocabulary.word(*next).stem).collect()
}

/// The lines of all stems, in pieces, in their order: those that `written` has are taken from there.
pub fn words<'a>(inverted: &'a Inverted, stems: &[&[u32]], pages: &Pages, written: &[Option<&[u8]>]) -> Vec<Lines> {
    let piece = |(desk, bytes): &mut (Desk<'a>, Vec<u8>), stems: &[&[u32]]| {
        let mut ends = Vec::with_capacity(stems.len());
        bytes.clear();
        for words in stems {
            let stem = inverted.vocabulary.word(words[0]).stem;
            match written.get(stem as usize).copied().flatten() {
                Some(line) => bytes.extend_from_slice(line),
                None => desk.write(inverted, words, pages, bytes),
            }
            ends.push(bytes.len());
        }
        Lines { bytes: bytes.to_vec(), ends }
    };
    stems.par_chunks(PIECE).map_init(Default::default, piece).collect()
}

/// The lines of words, which are in the order of their keys, with those of filters, which are few: only their places are looked for.
pub fn joined<'a>(words: Vec<Line<'a>>, mut filters: Vec<Line<'a>>) -> Vec<Line<'a>> {
    filters.sort_by(|one, other| order(one.key, other.key));
    let mut all = Vec::with_capacity(words.len() + filters.len());
    let mut rest = &*words;
    for filter in filters {
        let (before, behind) = rest.split_at(rest.partition_point(|word| order(word.key, filter.key).is_le()));
        all.extend_from_slice(before);
        all.push(filter);
        rest = behind;
    }
    all.extend_from_slice(rest);
    all
}

/// Writes a number as people do.
pub fn write_decimal(number: u32, text: &mut Vec<u8>) {
    if number >= 10 {
        write_decimal(number / 10, text);
    }
    text.push(b'0' + (number % 10) as u8);
}
