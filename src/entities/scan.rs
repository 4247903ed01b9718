//! Which of the names a text mentions, and in which sentence.
//!
//! It must not know whose names they are.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr2;
use unicode_segmentation::UnicodeSegmentation;

use super::{EntityNames, Mention, Mentions};
use crate::page::Body;
use crate::url::composed;

/// Longer sentences are cut at a word.
const LONGEST_SENTENCE: usize = 300;

impl EntityNames {
    /// What `body`, of the page at `path` in language `lang`, mentions. A page does not mention itself.
    pub fn scan(&self, path: &str, lang: u8, body: &Body) -> Mentions {
        let Some(automaton) = &self.automaton else { return Mentions::default() };
        let mut mentions: Vec<Mention> = Vec::new();
        for (heading, text) in body.prose().iter() {
            let text = &*if may_be_apart(text) { composed(text) } else { Cow::Borrowed(text) };
            for found in automaton.find_iter(text) {
                let Some(form) = self.form(found.pattern().as_usize(), lang, &text[found.range()]) else { continue };
                let is_new = || !mentions.iter().any(|mention| mention.path == form.owner);
                if &*form.owner != path && stands_alone(text, found.range()) && is_new() && !is_in_address(text, found.range()) {
                    let sentence = sentence_around(text, found.start());
                    mentions.push(Mention { path: form.owner.clone(), heading, sentence });
                }
            }
        }
        Mentions { mentions: mentions.into() }
    }
}

/// Whether a name is a whole word.
pub(super) fn stands_alone(text: &str, range: Range<usize>) -> bool {
    let name = &text[range.clone()];
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    !joins(before, name.chars().next()) && !joins(name.chars().next_back(), after)
}

/// True if a word goes on from one letter to the next. Chinese and Japanese put no space between words.
fn joins(one: Option<char>, next: Option<char>) -> bool {
    let (Some(one), Some(next)) = (one, next) else { return false };
    let script = |letter: char| match letter {
        '\u{3041}'..='\u{309F}' => Script::Hiragana,
        '\u{30A1}'..='\u{30FF}' => Script::Katakana,
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' => Script::Han,
        _ => Script::Other,
    };
    match (script(one), script(next)) {
        (Script::Other, Script::Other) => one.is_alphanumeric() && next.is_alphanumeric(),
        (Script::Katakana, Script::Katakana) => true,
        _ => false,
    }
}

#[derive(PartialEq, Eq)]
enum Script {
    Han,
    Hiragana,
    Katakana,
    Other,
}

/// Tells most texts, whose letters are composed, from those that need a closer look: by the bytes that marks, kana and syllables begin with.
fn may_be_apart(text: &str) -> bool {
    memchr2(0xCC, 0xCD, text.as_bytes()).or_else(|| memchr2(0xE1, 0xE3, text.as_bytes())).is_some()
}

/// An address is no sentence, whoever is named in it.
pub(super) fn is_in_address(text: &str, range: Range<usize>) -> bool {
    let start = text[..range.start].trim_end_matches(|letter: char| !letter.is_whitespace()).len();
    let end = text[range.end..].find(char::is_whitespace).map_or(text.len(), |space| range.end + space);
    let word = text[start..end].trim_start_matches(|letter: char| !letter.is_alphanumeric());
    word.contains("://") || word.get(..4).is_some_and(|begin| begin.eq_ignore_ascii_case("www."))
}

/// The sentence of `text` that holds the byte at `at`.
pub(super) fn sentence_around(text: &str, at: usize) -> Box<str> {
    let sentence =
        text.split_sentence_bound_indices().take_while(|(start, _)| *start <= at).last().map_or(text, |(_, sentence)| sentence).trim();
    match sentence.char_indices().nth(LONGEST_SENTENCE) {
        None => sentence.into(),
        Some((end, _)) => format!("{}…", sentence[..end].rsplit_once(' ').map_or(&sentence[..end], |(head, _)| head)).into(),
    }
}
