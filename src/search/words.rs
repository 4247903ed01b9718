//! Words: what a text is read as, when the index is made and, by the same rules in a script, when somebody asks.
//!
//! Owns the rules of `docs/search-index.md`, "Words". It must not know pages.

use std::borrow::Cow;
use std::cmp::Ordering;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::keys::{begin, order, short};
use crate::fingerprint::Lookup;

/// Words that are joined to more than so many others are no name of anything.
const LONGEST_COMPOUND: usize = 6;

/// The forms and stems of all words that were read so far, by number. It only saves time: what is read does not depend on it.
pub struct Lexicon {
    stemmer: Option<Stemmer>,
    /// From a word as it was written to its form and stem.
    known: Lookup<u128, Word>,
    numbers: Lookup<u128, u32>,
    /// Of a page that is being read: where each stem stands. Zeros between pages.
    pub(super) slots: Vec<u32>,
    /// Each with its beginning as a number.
    texts: Vec<(u64, Box<str>)>,
}

/// A word by the numbers of its texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word {
    pub stem: u32,
    pub form: u32,
}

/// A token of a text.
struct Token<'t> {
    text: &'t str,
    /// What stands between its end and the next token.
    behind: &'t str,
    is_pair: bool,
}

impl Lexicon {
    /// For texts in `lang`, such as `fr-CA`.
    pub fn of(lang: &str) -> Lexicon {
        let stemmer = algorithm(lang).map(Stemmer::create);
        let (known, numbers) = (Lookup::default(), Lookup::default());
        Lexicon { stemmer, known, numbers, slots: Vec::new(), texts: Vec::new() }
    }

    pub fn text(&self, number: u32) -> &str {
        &self.texts[number as usize].1
    }

    /// The beginning of a text as a number that has its order.
    pub fn begin(&self, number: u32) -> u64 {
        self.texts[number as usize].0
    }

    /// The order of two texts by their numbers.
    pub fn order(&self, one: u32, other: u32) -> Ordering {
        let [(begin, text), (other_begin, other)] = [one, other].map(|number| &self.texts[number as usize]);
        begin.cmp(other_begin).then_with(|| order(text, other))
    }

    /// Gives each word of `text` with its place, from 0, to `found`. Returns the number of places.
    pub fn read(&mut self, text: &str, mut found: impl FnMut(Word, u32)) -> u32 {
        let is_normal = text.is_ascii() || is_nfkc_quick(text.chars()) == IsNormalized::Yes;
        let text = if is_normal { Cow::Borrowed(text) } else { Cow::Owned(text.nfkc().collect()) };
        let mut place = 0;
        let mut chain: Vec<(Word, char)> = Vec::new();
        for token in tokens(&text) {
            let Some(word) = self.word(token.text) else { continue };
            found(word, place);
            let joiner = if token.is_pair { None } else { joiner(token.behind) };
            if joiner.is_some() || !chain.is_empty() {
                chain.push((word, joiner.unwrap_or(' ')));
            }
            if joiner.is_none() {
                if let Some(whole) = self.compound(&chain) {
                    found(whole, place + 1 - chain.len() as u32);
                }
                chain.clear();
            }
            if token.text.as_bytes()[0].is_ascii_digit() && is_per_cent(token.behind) && is_number(self.text(word.form)) {
                let form = format!("{}%", self.text(word.form));
                found(self.whole(&form), place);
            }
            place += 1;
        }
        place
    }

    /// The form and the stem of a token; nothing if it consists of marks alone.
    fn word(&mut self, token: &str) -> Option<Word> {
        let key = short(token);
        if let Some(word) = self.known.get(&key) {
            return Some(*word);
        }
        let form = fold(token);
        if form.is_empty() {
            return None;
        }
        let has_digit = form.chars().any(char::is_numeric);
        let stem = match self.stemmer.as_ref().filter(|_| !has_digit) {
            Some(stemmer) => fold(&stemmer.stem(&token.to_lowercase())),
            None => form.clone(),
        };
        let stem = if stem.is_empty() { form.clone() } else { stem };
        let word = Word { stem: self.number(&stem), form: self.number(&form) };
        self.known.insert(key, word);
        Some(word)
    }

    /// Tokens that are joined and hold a digit, as one word.
    fn compound(&mut self, chain: &[(Word, char)]) -> Option<Word> {
        if !(2..=LONGEST_COMPOUND).contains(&chain.len()) {
            return None;
        }
        let mut form = String::new();
        for (word, joiner) in chain {
            form.push_str(self.text(word.form));
            form.push(*joiner);
        }
        form.pop();
        form.chars().any(char::is_numeric).then(|| self.whole(&form))
    }

    /// A word that has no stem but itself.
    fn whole(&mut self, form: &str) -> Word {
        let number = self.number(form);
        Word { stem: number, form: number }
    }

    fn number(&mut self, text: &str) -> u32 {
        let key = short(text);
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let number = self.texts.len() as u32;
        self.texts.push((begin(text), text.into()));
        self.numbers.insert(key, number);
        number
    }
}

/// The tokens of a text in normal form.
fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut from = next_letter(text, 0);
    std::iter::from_fn(move || {
        let start = from?;
        let (end, is_pair, next) = token_end(text, start);
        from = match next {
            Some(next) => Some(next),
            None => next_letter(text, end),
        };
        let until = from.unwrap_or(text.len()).max(end);
        Some(Token { text: &text[start..end], behind: &text[end..until], is_pair })
    })
}

fn next_letter(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() && bytes[at].is_ascii() && !bytes[at].is_ascii_alphanumeric() {
        at += 1;
    }
    if bytes.get(at).is_some_and(u8::is_ascii) {
        return Some(at);
    }
    text[at..].char_indices().find(|(_, letter)| is_letter(*letter)).map(|(offset, _)| at + offset)
}

/// Where the token at `start` ends, whether it is a pair of Chinese or Japanese letters, and where the next one begins if it overlaps.
fn token_end(text: &str, start: usize) -> (usize, bool, Option<usize>) {
    let bytes = text.as_bytes();
    let mut at = start;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii_alphanumeric() {
            at += 1;
        } else if byte.is_ascii() {
            let joins =
                (byte == b'.' || byte == b',') && text[..at].ends_with(char::is_numeric) && text[at + 1..].starts_with(char::is_numeric);
            if !joins || at == start {
                break;
            }
            at += 1;
        } else {
            let letter = text[at..].chars().next().unwrap_or(' ');
            if !is_letter(letter) {
                break;
            }
            if is_ideograph(letter) {
                return if at == start { pair(text, start) } else { (at, false, Some(at)) };
            }
            at += letter.len_utf8();
        }
    }
    (at, false, None)
}

/// The pair of letters at `start`; the last letter of a run belongs to the pair before, unless it is alone.
fn pair(text: &str, start: usize) -> (usize, bool, Option<usize>) {
    let mut run = text[start..].char_indices().take_while(|(_, letter)| is_ideograph(*letter)).map(|(at, letter)| (start + at, letter));
    run.next();
    let Some((second, letter)) = run.next() else {
        let end = start + text[start..].chars().next().map_or(0, char::len_utf8);
        return (end, true, None);
    };
    let end = second + letter.len_utf8();
    (end, true, run.next().map(|_| second))
}

fn is_letter(letter: char) -> bool {
    if letter.is_ascii() { letter.is_ascii_alphanumeric() } else { letter.is_alphanumeric() || is_combining_mark(letter) }
}

/// Letters of the scripts Han, Hiragana and Katakana (Unicode's `Scripts.txt`), and the mark of long vowels.
fn is_ideograph(letter: char) -> bool {
    matches!(letter,
        '\u{2e80}'..='\u{2fd5}' | '\u{3005}' | '\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3038}'..='\u{303b}' | '\u{3041}'..='\u{3096}'
        | '\u{309d}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{fad9}' | '\u{20000}'..='\u{3ffff}')
}

/// Between the parts of `F-35` and `A/RES/2758`.
fn joiner(between: &str) -> Option<char> {
    match between {
        "-" | "\u{2010}" | "\u{2011}" | "\u{2013}" => Some('-'),
        "/" => Some('/'),
        _ => None,
    }
}

fn is_per_cent(behind: &str) -> bool {
    matches!(behind.as_bytes(), [b'%', ..] | [b' ', b'%', ..])
}

fn is_number(form: &str) -> bool {
    form.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
}

/// A token as it is looked up: small letters without accents, numbers without commas between thousands.
pub fn fold(token: &str) -> String {
    let mut form = String::with_capacity(token.len());
    if token.is_ascii() {
        form.extend(token.bytes().map(|byte| byte.to_ascii_lowercase() as char));
    } else {
        let bare: String = token.nfkd().filter(|letter| !is_accent(*letter)).nfc().collect();
        for letter in bare.to_lowercase().chars() {
            match letter {
                'ß' => form.push_str("ss"),
                'æ' => form.push_str("ae"),
                'œ' => form.push_str("oe"),
                'ø' => form.push('o'),
                'ł' => form.push('l'),
                'đ' => form.push('d'),
                'ı' => form.push('i'),
                'ς' => form.push('σ'),
                letter => form.push(letter),
            }
        }
    }
    if form.contains(',') { without_thousands(&form) } else { form }
}

/// Marks that are not typed: of Latin, Greek and Cyrillic letters, of Hebrew and Arabic vowels, and the line that stretches Arabic words.
fn is_accent(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6ed}')
}

fn without_thousands(form: &str) -> String {
    let mut pieces = form.split(',');
    let mut whole = pieces.next().unwrap_or_default().to_string();
    for piece in pieces {
        let digits = piece.chars().take_while(|letter| letter.is_numeric()).count();
        if digits != 3 {
            whole.push(',');
        }
        whole.push_str(piece);
    }
    whole
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
        let mut lexicon = Lexicon::of(lang);
        let mut found = Vec::new();
        lexicon.read(text, |word, place| found.push((word, place)));
        let say = |(word, place): &(Word, u32)| match (lexicon.text(word.form), lexicon.text(word.stem)) {
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
