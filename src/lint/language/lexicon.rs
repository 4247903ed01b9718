//! Words and phrases that rules look for, all of them in one table: a text is gone through once.
//!
//! It must not know what is wrong with a word.

use std::ops::Range;

use crate::fingerprint::{Fingerprint, Lookup};

/// Which list a phrase is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    Relative,
    Colloquial,
    Loaded,
    Likelihood,
    Confidence,
}

/// A phrase that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub list: List,
    /// The words of it, by their numbers in the passage.
    pub words: Range<usize>,
}

/// The phrases of a language and a site.
#[derive(Debug, Default)]
pub struct Lexicon {
    by_first: Lookup<Box<str>, Vec<Phrase>>,
    /// Of all phrases.
    pub print: Fingerprint,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Phrase {
    /// Longer ones stand first.
    length: std::cmp::Reverse<usize>,
    list: List,
    rest: Vec<Box<str>>,
}

impl Lexicon {
    /// The phrases of these lists, in small letters.
    pub fn new(phrases: impl Iterator<Item = (List, String)>) -> Lexicon {
        let mut by_first: Lookup<Box<str>, Vec<Phrase>> = Lookup::default();
        let mut prints = Vec::new();
        for (list, phrase) in phrases {
            prints.push((list, phrase.clone()));
            for spelt in spellings(&phrase) {
                let mut words = spelt.split_whitespace().map(Box::from);
                let Some(first) = words.next() else { continue };
                let rest: Vec<Box<str>> = words.collect();
                by_first.entry(first).or_default().push(Phrase { length: std::cmp::Reverse(rest.len()), list, rest });
            }
        }
        by_first.values_mut().for_each(|phrases| phrases.sort());
        prints.sort();
        Lexicon { by_first, print: Fingerprint::of(&prints) }
    }

    /// The phrases in a text, the longest at each place of each list.
    pub fn find(&self, lower: &str, words: &[Range<u32>]) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        let word = |at: usize| words.get(at).map(|word| &lower[word.start as usize..word.end as usize]);
        for at in 0..words.len() {
            let Some(phrases) = word(at).and_then(|first| self.by_first.get(first)) else { continue };
            for phrase in phrases {
                let end = at + 1 + phrase.rest.len();
                let is_covered = hits.iter().rev().take_while(|hit| hit.words.end > at).any(|hit| hit.list == phrase.list);
                let is_here = !is_covered && phrase.rest.iter().zip(at + 1..).all(|(next, at)| word(at) == Some(next));
                if is_here && (at + 1..end).all(|next| is_joined(&lower[words[next - 1].end as usize..words[next].start as usize])) {
                    hits.push(Hit { list: phrase.list, words: at..end });
                }
            }
        }
        hits
    }
}

/// Whether words with this between them can be one phrase.
fn is_joined(between: &str) -> bool {
    between.chars().all(char::is_whitespace)
}

/// The spellings of a phrase: apostrophes as they are typed and printed.
fn spellings(phrase: &str) -> Vec<String> {
    let phrase = phrase.to_lowercase();
    if phrase.contains(['\'', '’']) { vec![phrase.replace('’', "'"), phrase.replace('\'', "’")] } else { vec![phrase] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_is_found_whatever_its_apostrophe() {
        let phrases = ["this year", "this year alone", "don't"].map(|phrase| (List::Relative, phrase.to_string()));
        let lexicon = Lexicon::new(phrases.into_iter().chain([(List::Loaded, "year".into())]));
        let text = "this year alone don’t this, year this  year";
        let words: Vec<Range<u32>> = [0..4, 5..9, 10..15, 16..23, 24..28, 30..34, 35..39, 41..45].into();
        let found: Vec<(List, Range<usize>)> = lexicon.find(text, &words).into_iter().map(|hit| (hit.list, hit.words)).collect();
        let expected = [
            (List::Relative, 0..3),
            (List::Loaded, 1..2),
            (List::Relative, 3..4),
            (List::Loaded, 5..6),
            (List::Relative, 6..8),
            (List::Loaded, 7..8),
        ];
        assert_eq!(found, expected);
    }
}
