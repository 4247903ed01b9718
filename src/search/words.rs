//! Words: what a text is read as, when the index is made and, by the same rules in a script, when somebody asks.
//!
//! Owns the rules of `docs/search-index.md`, "Words", where a token becomes a form with a stem. It must not know pages.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::fold::fold;
use super::keys::Keys;
use super::tokens::{Letters, Token, is_per_cent, joiner, tokens};
use super::vocabulary::Vocabulary;
use crate::fingerprint::Lookup;

/// Words that are joined to more than so many others are no name of anything.
const LONGEST_COMPOUND: usize = 6;

/// Reads texts. What it has read before only saves time: what is read does not depend on it.
#[derive(Default)]
pub struct Lexicon {
    pub vocabulary: Vocabulary,
    languages: Vec<Language>,
    tokens: Tokenised,
    /// From a number to the same with a sign of per cent.
    per_cents: Lookup<u32, u32>,
}

/// The tokens of a text, each with its key.
#[derive(Default)]
struct Tokenised {
    letters: Letters,
    all: Vec<(u128, Token)>,
    first: Vec<(u128, u32)>,
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

    /// Gives each word of `text` by its number with its place, from 0, to `found`. Returns the number of places.
    pub fn read(&mut self, language: usize, text: &str, mut found: impl FnMut(u32, u32)) -> u32 {
        let is_normal = text.is_ascii() || is_nfkc_quick(text.chars()) == IsNormalized::Yes;
        let text = if is_normal { Cow::Borrowed(text) } else { Cow::Owned(text.nfkc().collect()) };
        let mut place = 0;
        let mut chain: Vec<(u32, char)> = Vec::new();
        let Tokenised { mut letters, mut all, mut first } = std::mem::take(&mut self.tokens);
        // All keys before the first look-up: so several of these wait for memory at once.
        all.clear();
        tokens(&text, &mut letters, |key, token| all.push((key, token)));
        first.clear();
        first.extend(all.iter().map(|(key, _)| self.languages[language].known.first(*key)));
        for ((key, token), (other, number)) in all.iter().zip(&first) {
            let known = if key == other { Some(*number) } else { self.languages[language].known.get(*key) };
            let Some(word) = known.or_else(|| self.new_word(language, *key, token.in_text(&text))) else { continue };
            found(word, place);
            place += 1;
            if token.is_apart && chain.is_empty() {
                continue;
            }
            let behind = token.behind(&text);
            let joiner = if token.is_pair { None } else { joiner(behind) };
            if joiner.is_some() || !chain.is_empty() {
                chain.push((word, joiner.unwrap_or(' ')));
            }
            if joiner.is_none() && !chain.is_empty() {
                if let Some(whole) = self.compound(&chain) {
                    found(whole, place - chain.len() as u32);
                }
                chain.clear();
            }
            if is_per_cent(behind)
                && token.in_text(&text).starts_with(|first: char| first.is_ascii_digit())
                && is_number(self.vocabulary.form(word))
            {
                found(self.per_cent(word), place - 1);
            }
        }
        self.tokens = Tokenised { letters, all, first };
        place
    }

    /// The word of a token that was not read before.
    #[inline(never)]
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
        let mut found = Vec::new();
        lexicon.read(language, text, |word, place| found.push((word, place)));
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
