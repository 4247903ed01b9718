//! Vocabulary: the texts of all words that were read, by number.
//!
//! Owns the numbers, which mean nothing outside of it. It must not know pages, nor how texts are read.

use std::num::NonZero;

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
    /// By the number of a form its first word: nearly every form has one stem, so that no other word is looked for.
    first_words: Vec<Option<NonZero<u32>>>,
    /// Words whose form another word has, too.
    other_words: Lookup<Word, u32>,
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
            vocabulary.add_text(short(text), text);
            rest = behind;
        }
        let is_known = |text: u32| (text as usize) < lengths.len();
        if vocabulary.ends.len() != lengths.len() || !words.iter().all(|word| is_known(word.stem) && is_known(word.form)) {
            return None;
        }
        vocabulary.words.reserve(words.len());
        words.into_iter().for_each(|word| vocabulary.put_word(word));
        Some(vocabulary)
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
        // Numbers and many other words are their own stem.
        let is_stem = stem == form;
        let form = self.add_text(short(form), form);
        let stem = if is_stem { form } else { self.add_text(short(stem), stem) };
        self.add_word(Word { stem, form })
    }

    /// Adds the words of another vocabulary, and returns their numbers here. Each text is looked for once, however many words have it, and by the key that
    /// it has there.
    pub fn add_all(&mut self, other: &Vocabulary) -> Vec<u32> {
        let texts: Vec<u32> = other.text_numbers.keys().zip(0..).map(|(key, text)| self.add_text(key, other.text(text))).collect();
        let here = |word: &Word| Word { stem: texts[word.stem as usize], form: texts[word.form as usize] };
        other.words.iter().map(|word| self.add_word(here(word))).collect()
    }

    fn add_word(&mut self, word: Word) -> u32 {
        self.number(word).unwrap_or_else(|| {
            self.put_word(word);
            self.words.len() as u32 - 1
        })
    }

    /// The number of a word, if somebody has added it.
    fn number(&self, word: Word) -> Option<u32> {
        let first = self.first_words.get(word.form as usize).copied().flatten()?.get() - 1;
        if self.words[first as usize] == word { Some(first) } else { self.other_words.get(&word).copied() }
    }

    /// Gives a new word the next number.
    fn put_word(&mut self, word: Word) {
        let number = self.words.len() as u32;
        self.words.push(word);
        let form = word.form as usize;
        if self.first_words.len() <= form {
            self.first_words.resize(form + 1, None);
        }
        match &mut self.first_words[form] {
            none @ None => *none = NonZero::new(number + 1),
            Some(_) => drop(self.other_words.insert(word, number)),
        }
    }

    fn add_text(&mut self, key: u128, text: &str) -> u32 {
        self.text_numbers.get(key).unwrap_or_else(|| {
            let number = self.ends.len() as u32;
            self.text_numbers.insert(key, number);
            self.texts.push_str(text);
            self.ends.push(self.texts.len() as u32);
            number
        })
    }
}
