//! The register: the names under which texts speak of people, organisations, places and agreements; and the marks they leave.
//!
//! Owns `Register`, `scan` and `Marks`. It must not know the index. `scan` is the only reader of bodies besides the page's own file.

use std::collections::BTreeMap;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use crate::fingerprint::Fingerprint;
use crate::page::{Body, Facts};

/// All names to look for. A name that two pages claim is looked for by neither: nobody can say which is meant.
pub struct Register {
    /// Of names and owners: two registers with one print give the same marks.
    pub print: Fingerprint,
    forms: Vec<Form>,
    automaton: Option<AhoCorasick>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Form {
    name: String,
    /// Path of the page that the name belongs to.
    owner: Arc<str>,
    lang: u8,
}

/// What one body mentions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Marks {
    /// The first mention of each, in the order of the text.
    pub mentions: Vec<Mention>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mention {
    /// Path of the page that is mentioned.
    pub path: Arc<str>,
    /// Index of the heading above.
    pub heading: Option<u32>,
    pub sentence: Box<str>,
}

/// A name of fewer letters is too short to be looked for in running text, unless it is an acronym.
const SHORTEST_NAME: usize = 4;
/// Longer sentences are cut at a word.
const LONGEST_SENTENCE: usize = 300;

impl Register {
    /// The names of all pages about people, organisations, places and agreements.
    pub fn of(facts: &[Facts]) -> Register {
        let mut owners: BTreeMap<(u8, &str), Vec<&Facts>> = BTreeMap::new();
        for fact in facts.iter().filter(|fact| fact.page.kind.is_entity()) {
            for name in std::iter::once(&*fact.title).chain(fact.front().names.iter().map(String::as_str)) {
                if is_distinct(name) {
                    let known = owners.entry((fact.lang(), name)).or_default();
                    if !known.iter().any(|other| other.path() == fact.path()) {
                        known.push(fact);
                    }
                }
            }
        }
        let forms: Vec<Form> = owners
            .into_iter()
            .filter(|(_, owners)| owners.len() == 1)
            .map(|((lang, name), owners)| Form { name: name.to_string(), owner: owners[0].path().clone(), lang })
            .collect();
        let print = Fingerprint::of(&forms);
        let automaton = (!forms.is_empty())
            .then(|| AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(forms.iter().map(|form| &form.name)).ok())
            .flatten();
        Register { print, forms, automaton }
    }

    /// What `body`, of the page at `path` in language `lang`, mentions of the register. A page does not mention itself.
    pub fn scan(&self, path: &str, lang: u8, body: &Body) -> Marks {
        let Some(automaton) = &self.automaton else { return Marks::default() };
        let mut mentions: Vec<Mention> = Vec::new();
        for (heading, text) in body.prose().iter() {
            for found in automaton.find_iter(text) {
                let form = &self.forms[found.pattern().as_usize()];
                let is_new = || !mentions.iter().any(|mention| mention.path == form.owner);
                if form.lang == lang && &*form.owner != path && stands_alone(text, found.range()) && is_new() {
                    let sentence = sentence_around(text, found.start());
                    mentions.push(Mention { path: form.owner.clone(), heading, sentence });
                }
            }
        }
        Marks { mentions }
    }
}

impl Marks {
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        postcard::to_allocvec(self).ok()
    }

    /// The marks by their bytes; nothing if they are none.
    pub fn recall(bytes: &[u8]) -> Option<Marks> {
        postcard::from_bytes(bytes).ok()
    }
}

fn is_distinct(name: &str) -> bool {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric()).count();
    letters >= SHORTEST_NAME || letters >= 2 && !name.chars().any(char::is_lowercase)
}

fn stands_alone(text: &str, range: std::ops::Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

/// The sentence of `text` that holds the byte at `at`.
fn sentence_around(text: &str, at: usize) -> Box<str> {
    let sentence =
        text.split_sentence_bound_indices().take_while(|(start, _)| *start <= at).last().map_or(text, |(_, sentence)| sentence).trim();
    match sentence.char_indices().nth(LONGEST_SENTENCE) {
        None => sentence.into(),
        Some((end, _)) => format!("{}…", sentence[..end].rsplit_once(' ').map_or(&sentence[..end], |(head, _)| head)).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_counts_only_as_a_whole_word() {
        assert!(stands_alone("of NATO's", 3..7));
        assert!(!stands_alone("of NATOs", 3..7));
    }

    #[test]
    fn the_sentence_around_a_name_is_found() {
        assert_eq!(&*sentence_around("One thing. Two NATO things. Three.", 15), "Two NATO things.");
    }

    #[test]
    fn short_names_count_only_as_acronyms() {
        assert!(is_distinct("EU") && is_distinct("Madrid") && !is_distinct("Ace"));
    }
}
