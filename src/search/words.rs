//! Words: what a text is read as, when the index is made and, by the same rules in a script, when somebody asks.
//!
//! Owns the rules of `docs/search-index.md`, "Words", where a token becomes a form with a stem. It must not know pages.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::fold::fold;
use super::keys::Keys;
use super::tokens::{Tokens, is_per_cent, joiner};
use super::vocabulary::Vocabulary;
use crate::fingerprint::Lookup;

/// Words that are joined to more than so many others are no name of anything.
const LONGEST_COMPOUND: usize = 6;

/// Reads texts. What it has read before only saves time: what is read does not depend on it.
#[derive(Default)]
pub struct Lexicon {
    pub vocabulary: Vocabulary,
    languages: Vec<Language>,
    tokens: Tokens,
    /// The entries in which the words of tokens are looked for at first.
    first: Vec<(u128, u32)>,
    /// From a number to the same with a sign of per cent.
    per_cents: Lookup<u32, u32>,
}

/// The tokens of a language that were read before.
struct Language {
    code: Box<str>,
    stemmer: Option<Stemmer>,
    /// From a token as it was written to its word, by the number in the vocabulary.
    known: Keys,
}

impl Lexicon {
    /// What `read` wants to know of a language such as `fr-CA`.
    pub fn language(&mut self, code: &str) -> usize {
        let known = self.languages.iter().position(|language| *language.code == *code);
        known.unwrap_or_else(|| {
            let stemmer = algorithm(code).map(Stemmer::create);
            self.languages.push(Language { code: code.into(), stemmer, known: Keys::default() });
            self.languages.len() - 1
        })
    }

    /// Adds the words of `text` by their numbers to `words`, one for each place, and gives those that are made of several tokens with the place of the
    /// first one, from 0, to `found`.
    pub fn read(&mut self, language: usize, text: &str, words: &mut Vec<u32>, found: impl FnMut(u32, u32)) {
        let is_normal = text.is_ascii() || is_nfkc_quick(text.chars()) == IsNormalized::Yes;
        let text = if is_normal { Cow::Borrowed(text) } else { Cow::Owned(text.nfkc().collect()) };
        self.tokens.read(&text);
        let begin = words.len();
        self.look_up(language, &text, words);
        if !self.tokens.open.is_empty() {
            self.join(&text, &words[begin..], found);
        }
    }

    /// Adds the word of each token. Those that consist of marks alone are no tokens any more afterwards.
    fn look_up(&mut self, language: usize, text: &str, words: &mut Vec<u32>) {
        let Tokens { all, .. } = &self.tokens;
        // So several look-ups wait for memory at once.
        let known = &self.languages[language].known;
        self.first.clear();
        self.first.extend(all.iter().map(|token| known.first(token.key)));
        let mut marks = Vec::new();
        for at in 0..self.first.len() {
            let ((key, number), token) = (self.first[at], self.tokens.all[at]);
            let known = if key == token.key { Some(number) } else { self.word(language, token.key, token.in_text(text)) };
            match known {
                Some(number) => words.push(number),
                None => marks.push(at as u32),
            }
        }
        if !marks.is_empty() {
            self.tokens.leave_out(&marks);
        }
    }

    /// Gives the words that are made of several tokens.
    fn join(&mut self, text: &str, words: &[u32], mut found: impl FnMut(u32, u32)) {
        let tokens = std::mem::take(&mut self.tokens);
        let mut chain: Vec<(u32, char)> = Vec::new();
        let mut all = tokens.open.iter().peekable();
        while let Some(open) = all.next() {
            let (word, token) = (words[open.at as usize], &tokens.all[open.at as usize]);
            let behind = open.behind(token, text);
            if let Some(joiner) = joiner(behind).filter(|_| !open.is_pair) {
                chain.push((word, joiner));
                let next = open.at + 1;
                // The token that ends a chain need not be an open one.
                if all.peek().is_none_or(|other| other.at != next)
                    && let Some(word) = words.get(next as usize)
                {
                    self.close(&mut chain, *word, next, &mut found);
                }
                continue;
            }
            if !chain.is_empty() {
                self.close(&mut chain, word, open.at, &mut found);
            }
            let is_digit = token.in_text(text).starts_with(|first: char| first.is_ascii_digit());
            if is_per_cent(behind) && is_digit && is_number(self.vocabulary.form(word)) {
                found(self.per_cent(word), open.at);
            }
        }
        self.tokens = tokens;
    }

    /// Ends a chain of tokens with the one at a place.
    fn close(&mut self, chain: &mut Vec<(u32, char)>, word: u32, at: u32, found: &mut impl FnMut(u32, u32)) {
        chain.push((word, ' '));
        if let Some(whole) = self.compound(chain) {
            found(whole, at + 1 - chain.len() as u32);
        }
        chain.clear();
    }

    /// The word of a token, wherever it is.
    #[inline(never)]
    fn word(&mut self, language: usize, key: u128, token: &str) -> Option<u32> {
        self.languages[language].known.get(key).or_else(|| self.new_word(language, key, token))
    }

    /// The word of a token that was not read before; nothing if it consists of marks alone.
    fn new_word(&mut self, language: usize, key: u128, token: &str) -> Option<u32> {
        let language = &mut self.languages[language];
        let form = fold(token);
        if form.is_empty() {
            return None;
        }
        let has_digit = form.chars().any(char::is_numeric);
        let stem = language.stemmer.as_ref().filter(|_| !has_digit).map(|stemmer| fold(&stemmer.stem(&token.to_lowercase())));
        // A form without a stemmer, or of which nothing is left, is its own stem.
        let stem = stem.filter(|stem| !stem.is_empty());
        let word = self.vocabulary.add(stem.as_ref().unwrap_or(&form), &form);
        language.known.insert(key, word);
        Some(word)
    }

    /// A number with a sign of per cent, which is its own stem.
    fn per_cent(&mut self, number: u32) -> u32 {
        let vocabulary = &mut self.vocabulary;
        *self.per_cents.entry(number).or_insert_with(|| {
            let form = format!("{}%", vocabulary.form(number));
            vocabulary.add(&form, &form)
        })
    }

    /// Tokens that are joined and hold a digit, as one word, which is its own stem.
    fn compound(&mut self, chain: &[(u32, char)]) -> Option<u32> {
        if !(2..=LONGEST_COMPOUND).contains(&chain.len()) {
            return None;
        }
        let mut form = String::new();
        for (word, joiner) in chain {
            form.push_str(self.vocabulary.form(*word));
            form.push(*joiner);
        }
        form.pop();
        form.chars().any(char::is_numeric).then(|| self.vocabulary.add(&form, &form))
    }
}

fn is_number(form: &str) -> bool {
    form.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
}

/// Snowball's algorithm for a language (<https://snowballstem.org/algorithms/>).
fn algorithm(lang: &str) -> Option<Algorithm> {
    Some(match lang.split('-').next().unwrap_or(lang) {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "nl" => Algorithm::Dutch,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a text as `place form/stem`; of those that are their own stem the form alone.
    fn words(lang: &str, text: &str) -> String {
        let mut lexicon = Lexicon::default();
        let language = lexicon.language(lang);
        let (mut single, mut joined) = (Vec::new(), Vec::new());
        lexicon.read(language, text, &mut single, |word, place| joined.push((word, place)));
        let mut found: Vec<(u32, u32)> = single.into_iter().zip(0..).collect();
        for (word, place) in joined {
            // Behind the words of the same place, or those that it is made of.
            let length = lexicon.vocabulary.form(word).split(['-', '/']).count() as u32;
            let at = found.partition_point(|(_, other)| *other < place + length);
            found.insert(at, (word, place));
        }
        let say = |(word, place): &(u32, u32)| match (lexicon.vocabulary.form(*word), lexicon.vocabulary.stem(*word)) {
            (form, stem) if form == stem => format!("{place} {form}"),
            (form, stem) => format!("{place} {form}/{stem}"),
        };
        found.iter().map(say).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn case_and_accents_are_folded_and_forms_have_the_stem_of_their_language() {
        assert_eq!(words("en", "Governments govern, ÉLYSÉE!"), "0 governments/govern, 1 govern, 2 elysee/elyse");
        assert_eq!(words("de", "Größe"), "0 grosse/gross");
        assert_eq!(words("xx", "Straße Łódź Σίσυφος"), "0 strasse, 1 lodz, 2 σισυφοσ");
    }

    #[test]
    fn an_apostrophe_parts_words() {
        assert_eq!(words("fr", "l’accord d'Ankara"), "0 l, 1 accord, 2 d, 3 ankara/ankar");
    }

    #[test]
    fn numbers_acronyms_and_ids_are_wholes_and_parts() {
        assert_eq!(words("xx", "F-35s, PB-2026-004"), "0 f, 1 35s, 0 f-35s, 2 pb, 3 2026, 4 004, 2 pb-2026-004");
        assert_eq!(words("xx", "A/RES/2758 long-term"), "0 a, 1 res, 2 2758, 0 a/res/2758, 3 long, 4 term");
        assert_eq!(words("xx", "1,234,567.8 and 3,5."), "0 1234567.8, 1 and, 2 3,5");
    }

    #[test]
    fn a_share_is_found_with_its_sign() {
        assert_eq!(words("xx", "2 % or 3.5% of 4\u{a0}%"), "0 2, 0 2%, 1 or, 2 3.5, 2 3.5%, 3 of, 4 4, 4 4%");
        assert_eq!(words("xx", "x % 3,5 %"), "0 x, 1 3,5, 1 3,5%");
    }

    #[test]
    fn chinese_and_japanese_are_read_in_pairs() {
        assert_eq!(words("ja", "安全保障の A級"), "0 安全, 1 全保, 2 保障, 3 障の, 4 a, 5 級");
        assert_eq!(words("ja", "ガイド"), "0 ガイ, 1 イド");
    }

    #[test]
    fn letters_of_other_scripts_keep_their_vowels() {
        assert_eq!(words("hi", "हिन्दी"), "0 हिन्दी");
        assert_eq!(words("xx", "مُحَمَّد"), "0 محمد");
    }

    #[test]
    fn what_is_no_word_is_passed_over() {
        assert_eq!(words("en", " -- \u{301} … %"), "");
        assert_eq!(words("xx", "a--b / c"), "0 a, 1 b, 2 c");
    }
}
