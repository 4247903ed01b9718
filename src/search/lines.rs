//! Lines: for each word the pages that have it, in the order of words.
//!
//! Owns which words there are, and their order. It must not know what a line says of pages.

use rayon::prelude::*;

use super::desk::Desk;
use super::inverted::Inverted;
use super::keys::{begin, order};
use super::pieces::{Edit, File};
use super::weights::Pages;
use super::written::Texts;
use super::{WORDS, pieces};

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

/// The pieces of the lines of all stems, and of filters: those of `stems`, of which these are the `words`, are written anew, and the others stand in
/// `before`.
pub fn cut(folder: &str, inverted: &Inverted, words: &[u32], pages: &Pages, stems: (&Texts, &[File]), filters: Vec<Edit>) -> Vec<File> {
    let (stems, before) = stems;
    let vocabulary = &inverted.vocabulary;
    let found: Vec<&[u32]> = words.chunk_by(|one, next| vocabulary.word(*one).stem == vocabulary.word(*next).stem).collect();
    let lines = write(inverted, &found, pages);
    let keys = found.iter().map(|words| vocabulary.stem(words[0]));
    let gone = stems.without(vocabulary, keys.clone());
    let texts = lines.iter().flat_map(|lines| lines.iter());
    let edits: Vec<Edit> = keys.zip(texts).map(|(key, text)| Edit { key, text: Some(text) }).collect();
    let few = gone.into_iter().map(|key| Edit { key, text: None }).chain(filters).collect();
    pieces::cut(folder, before, &joined(edits, few), &WORDS)
}

/// The words of these stems that a page has, in the order of stems and then of forms.
pub fn in_order(inverted: &Inverted, stems: &Texts) -> Vec<u32> {
    let Inverted { vocabulary, lists, .. } = inverted;
    let is_used = |word: &u32| stems.has(vocabulary.word(*word).stem) && lists.get(*word).pages > 0;
    let used = (0..vocabulary.len() as u32).filter(is_used);
    let mut words: Vec<(u64, u32)> = used.map(|word| (begin(vocabulary.stem(word)), word)).collect();
    let by_texts = |one: u32, other: u32| {
        let stems = order(vocabulary.stem(one), vocabulary.stem(other));
        stems.then_with(|| order(vocabulary.form(one), vocabulary.form(other)))
    };
    words.par_sort_unstable_by(|(one, a), (other, b)| one.cmp(other).then_with(|| by_texts(*a, *b)));
    words.into_iter().map(|(_, word)| word).collect()
}

/// The lines of stems, each of which has these words; in pieces, in their order.
fn write<'a>(inverted: &'a Inverted, stems: &[&[u32]], pages: &Pages) -> Vec<Lines> {
    let piece = |(desk, bytes): &mut (Desk<'a>, Vec<u8>), stems: &[&[u32]]| {
        let mut ends = Vec::with_capacity(stems.len());
        bytes.clear();
        for words in stems {
            desk.write(inverted, words, pages, bytes);
            ends.push(bytes.len());
        }
        Lines { bytes: bytes.to_vec(), ends }
    };
    stems.par_chunks(PIECE).map_init(Default::default, piece).collect()
}

/// Edits of words, which are in the order of their keys, with others, which are few: only their places are looked for.
fn joined<'a>(words: Vec<Edit<'a>>, mut few: Vec<Edit<'a>>) -> Vec<Edit<'a>> {
    few.sort_by(|one, other| order(one.key, other.key));
    let mut all = Vec::with_capacity(words.len() + few.len());
    let mut rest = &*words;
    for edit in few {
        let (before, behind) = rest.split_at(rest.partition_point(|word| order(word.key, edit.key).is_le()));
        all.extend_from_slice(before);
        all.push(edit);
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
