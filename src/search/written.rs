//! Written: the lines of words as they were written last.
//!
//! Owns which of them can be written again as they are. It must not know what they say.

use std::sync::Arc;

use super::inverted::Update;
use super::pieces::File;
use super::vocabulary::Vocabulary;
use super::weights::Pages;
use crate::fingerprint::Fingerprint;

/// The lines of words, with those of filters among them.
#[derive(Default)]
pub struct Written {
    /// Of what they depend on besides the lists of words.
    pub key: Fingerprint,
    /// The stems by the numbers of their texts, in order.
    pub stems: Vec<u32>,
    /// The bytes of the files, one behind the other.
    pub pieces: Vec<Arc<[u8]>>,
}

impl Written {
    /// What `files` have of these stems.
    pub fn new(pages: &Pages, vocabulary: &Vocabulary, stems: &[&[u32]], files: &[File]) -> Written {
        let stems = stems.iter().map(|words| vocabulary.word(words[0]).stem).collect();
        Written { key: pages.key(), stems, pieces: files.iter().map(|file| file.bytes.clone()).collect() }
    }

    /// The lines that are still what is to be written, by the numbers of their stems.
    pub fn lines(&self, pages: &Pages, vocabulary: &Vocabulary, update: &Update) -> Vec<Option<&[u8]>> {
        let Update::Some(changes) = update else { return Vec::new() };
        if self.key != pages.key() {
            return Vec::new();
        }
        let mut lines = vec![None; vocabulary.texts_count()];
        let all = self.pieces.iter().flat_map(|piece| split(piece)).filter(|line| !is_filter(line));
        self.stems.iter().zip(all).for_each(|(stem, line)| lines[*stem as usize] = Some(line));
        pages.touched(changes, vocabulary).into_iter().for_each(|stem| lines[stem as usize] = None);
        lines
    }
}

/// The lines of a piece, with their line feeds.
fn split(piece: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut start = 0;
    memchr::memchr_iter(b'\n', piece).map(move |end| &piece[std::mem::replace(&mut start, end + 1)..=end])
}

/// A filter has no forms.
fn is_filter(line: &[u8]) -> bool {
    memchr::memchr(b'\t', line).is_some_and(|tab| line.get(tab + 1) == Some(&b'\t'))
}
