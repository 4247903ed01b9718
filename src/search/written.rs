//! Written: the files of an index as they were written last.
//!
//! Owns which lines of words may be others now. It must not know what they say.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::facets::Facets;
use super::inverted::Update;
use super::pieces::File;
use super::vocabulary::Vocabulary;
use super::weights::Pages;
use crate::fingerprint::Fingerprint;

/// What was written last, in pieces.
#[derive(Default)]
pub struct Written {
    /// Of what the lines of words depend on besides the lists of words.
    pub key: Fingerprint,
    /// The lines of words, with those of filters among them.
    pub words: Vec<File>,
    pub forms: Vec<File>,
    pub endings: Vec<File>,
    pub facets: Arc<Facets>,
}

/// Which texts of a vocabulary are looked at: all, or those that are marked by their numbers.
pub enum Texts {
    All,
    Some(Vec<bool>),
}

impl Texts {
    /// These texts of a vocabulary.
    pub fn marked(vocabulary: &Vocabulary, texts: impl IntoIterator<Item = u32>) -> Texts {
        let mut marks = vec![false; vocabulary.texts_count()];
        texts.into_iter().for_each(|text| marks[text as usize] = true);
        Texts::Some(marks)
    }

    /// What still holds of what was made of all texts: nothing, if all are looked at.
    pub fn kept<'a, T>(&self, made: &'a [T]) -> &'a [T] {
        match self {
            Texts::All => &[],
            Texts::Some(_) => made,
        }
    }

    pub fn has(&self, text: u32) -> bool {
        match self {
            Texts::All => true,
            Texts::Some(marks) => marks[text as usize],
        }
    }

    /// Those that are marked and not among the ones that were `found`; none, if all are looked at.
    pub fn without<'v>(&self, vocabulary: &'v Vocabulary, found: impl Iterator<Item = &'v str>) -> BTreeSet<&'v str> {
        let Texts::Some(marks) = self else { return BTreeSet::new() };
        let marked = (0..).zip(marks).filter(|(_, is_marked)| **is_marked);
        let mut texts: BTreeSet<&str> = marked.map(|(text, _)| vocabulary.text(text)).collect();
        for text in found {
            texts.remove(text);
        }
        texts
    }
}

impl Written {
    /// The pieces of words, of forms and of endings.
    pub fn all(&self) -> [&[File]; 3] {
        [&self.words, &self.forms, &self.endings]
    }

    /// The stems whose lines may be others than those that were written last.
    pub fn stems(&self, pages: &Pages, vocabulary: &Vocabulary, update: &Update) -> Texts {
        match update {
            Update::Some(changes) if self.key == pages.key() => Texts::marked(vocabulary, pages.touched(changes, vocabulary)),
            _ => Texts::All,
        }
    }

    /// The forms whose lines may be others than those that were written last.
    pub fn forms(&self, vocabulary: &Vocabulary, update: &Update) -> Texts {
        match update {
            Update::Some(changes) => {
                let changed = changes.iter().filter(|change| !change.is_same);
                Texts::marked(vocabulary, changed.map(|change| vocabulary.word(change.word).form))
            }
            Update::All => Texts::All,
        }
    }
}
