//! Vocabulary: the texts of all words that were read, by number.
//!
//! Owns the numbers, which mean nothing outside of it. It must not know pages, nor how texts are read.

use super::keys::{Keys, short};
use crate::fingerprint::Lookup;

/// A form with its stem, by the numbers of their texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Word {
    pub stem: u32,
    pub form: u32,
}

/// Words by their numbers, and numbers by words.
#[derive(Default)]
pub struct Vocabulary {
    /// All texts one behind the other, and where each ends.
    texts: String,
    ends: Vec<u32>,
    words: Vec<Word>,
    text_numbers: Keys,
    word_numbers: Lookup<Word, u32>,
}

impl Vocabulary {
    /// So many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// So many texts there are.
    pub fn texts_count(&self) -> usize {
        self.ends.len()
    }

    /// All texts one behind the other.
    pub fn texts(&self) -> &str {
        &self.texts
    }

    /// How long each text is.
    pub fn lengths(&self) -> impl Iterator<Item = u32> {
        self.ends.iter().scan(0, |start, end| Some(end - std::mem::replace(start, *end)))
    }

    /// The vocabulary that has these texts and words; nothing if they are none.
    pub fn from_texts(texts: &str, lengths: &[u32], words: Vec<Word>) -> Option<Vocabulary> {
        let mut vocabulary = Vocabulary::default();
        vocabulary.texts.reserve(texts.len());
        vocabulary.ends.reserve(lengths.len());
        vocabulary.text_numbers.reserve(lengths.len());
        let mut rest = texts;
        for length in lengths {
            let (text, behind) = rest.split_at_checked(*length as usize)?;
            vocabulary.add_text(text);
            rest = behind;
        }
        let is_known = |text: u32| (text as usize) < lengths.len();
        if vocabulary.ends.len() != lengths.len() || !words.iter().all(|word| is_known(word.stem) && is_known(word.form)) {
            return None;
        }
        vocabulary.word_numbers = words.iter().copied().zip(0..).collect();
        Some(Vocabulary { words, ..vocabulary })
    }

    pub fn text(&self, text: u32) -> &str {
        let text = text as usize;
        let start = if text == 0 { 0 } else { self.ends[text - 1] };
        &self.texts[start as usize..self.ends[text] as usize]
    }

    pub fn word(&self, word: u32) -> Word {
        self.words[word as usize]
    }

    pub fn stem(&self, word: u32) -> &str {
        self.text(self.word(word).stem)
    }

    pub fn form(&self, word: u32) -> &str {
        self.text(self.word(word).form)
    }

    /// The number of a word, which is a new one if nobody has added it before.
    pub fn add(&mut self, stem: &str, form: &str) -> u32 {
        let form = self.add_text(form);
        let stem = self.add_text(stem);
        let words = &mut self.words;
        *self.word_numbers.entry(Word { stem, form }).or_insert_with_key(|word| {
            words.push(*word);
            words.len() as u32 - 1
        })
    }

    fn add_text(&mut self, text: &str) -> u32 {
        let key = short(text);
        self.text_numbers.get(key).unwrap_or_else(|| {
            let number = self.ends.len() as u32;
            self.text_numbers.insert(key, number);
            self.texts.push_str(text);
            self.ends.push(self.texts.len() as u32);
            number
        })
    }
}
