//! Acronyms in a text, and where it says what they stand for.
//!
//! It must not know whom they are known to.

use super::reading::{Read, Reading};

/// So many letters an acronym has.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=6;

/// What an author meant to fill in is told as that.
const LEFT_OVER: [&str; 7] = ["TK", "TKTK", "TODO", "FIXME", "TBC", "TBD", "XXX"];

/// The acronyms of a passage: the number of the word, and the acronym without the `s` of a plural.
pub fn all(read: &Read) -> impl Iterator<Item = (usize, &str)> {
    (0..read.words.len())
        .filter_map(|at| Some((at, bare(read.word(at))?)))
        .filter(|(at, name)| !is_numeral(name) && !LEFT_OVER.contains(name) && !is_shouted(read, *at) && !is_part(read, *at))
}

/// The acronym that a word is.
fn bare(word: &str) -> Option<&str> {
    let name = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    let name = name.strip_suffix('s').filter(|name| name.len() > 1).unwrap_or(name);
    let letters = name.chars().count();
    (LETTERS.contains(&letters) && name.chars().all(char::is_uppercase)).then_some(name)
}

/// `VII`; a lone `C` or `D` is short for more.
fn is_numeral(name: &str) -> bool {
    name.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L')) || matches!(name, "XC" | "XCI" | "MD" | "MM" | "CC")
}

/// Whether it stands among words in capitals, as in a line that is shouted.
fn is_shouted(read: &Read, at: usize) -> bool {
    let is_capital = |at: usize| {
        at < read.words.len() && {
            let word = read.word(at);
            word.chars().count() > 1 && word.chars().all(char::is_uppercase)
        }
    };
    let is_joined =
        |at: usize| read.passage.text[read.words[at].end as usize..read.words[at + 1].start as usize].chars().all(char::is_whitespace);
    let next = at + 1 < read.words.len() && is_capital(at + 1) && is_joined(at);
    let last = at > 0 && is_capital(at - 1) && is_joined(at - 1);
    next || last
}

/// Whether it is a part of a name with figures or of an address: `AT 1`, `A/RES/71`, `x.EU`.
fn is_part(read: &Read, at: usize) -> bool {
    let range = read.range(&(at..at + 1));
    let text = &read.passage.text;
    let joins = |letter: char| matches!(letter, '/' | '_' | '.' | '@' | '+' | '#' | '\\' | '=' | '$');
    let touches_before = text[..range.start].ends_with(joins) && !text[..range.start].ends_with("./");
    let rest = &text[range.end..];
    let touches_behind = rest.starts_with(joins) && rest[1..].starts_with(|next: char| next.is_alphanumeric());
    touches_before || touches_behind
}

/// Whether the page says what an acronym stands for: `Words That Say It (WTSI)`, `WTSI (words that say it)`, or words with its initials anywhere.
pub fn is_explained(reading: &Reading, name: &str) -> bool {
    reading.passages.iter().any(|read| is_in_brackets(read, name) || is_spelt(read, name))
}

fn is_in_brackets(read: &Read, name: &str) -> bool {
    let text = &read.passage.text;
    text.match_indices(name).any(|(at, _)| {
        let (before, behind) = (&text[..at], text[at + name.len()..].trim_start_matches('s'));
        // A lower-case word or more stands before `(ABC)`, `(ABC, …` or `(“ABC”)`.
        let before_bracket = before.trim_end_matches(['"', '“', '„', '«', '*', '\u{a0}']).strip_suffix('(');
        let is_named = before_bracket.is_some_and(|words| words.trim_end().ends_with(char::is_alphabetic))
            && behind.starts_with([')', ',', ';', '"', '”', '“', '»', '\u{a0}', '*']);
        let explanation = behind.trim_start().strip_prefix('(').and_then(|inside| inside.split(')').next());
        let is_told = explanation.is_some_and(|inside| inside.split_whitespace().count() >= 2 && starts_alike(inside, name));
        is_named || is_told
    })
}

fn starts_alike(words: &str, name: &str) -> bool {
    let first = |text: &str| text.chars().find(|letter| letter.is_alphabetic()).map(|letter| letter.to_lowercase().to_string());
    first(words) == first(name)
}

/// Words that an acronym may leave out.
const SMALL: [&str; 36] = [
    "of", "the", "and", "for", "in", "on", "to", "a", "an", "with", "by", "de", "du", "des", "la", "le", "les", "d'", "et", "pour", "l'",
    "en", "der", "die", "das", "für", "und", "von", "zur", "zum", "im", "des", "den", "dem", "als", "at",
];

/// Whether words of a passage begin with the letters of an acronym, in their order.
fn is_spelt(read: &Read, name: &str) -> bool {
    let parts = parts(read, 0..read.words.len());
    let name = name.to_lowercase();
    // The acronym itself explains nothing.
    (0..parts.len()).any(|from| !parts[from].starts_with(&name) && spelling(&parts[from..], &name, 0).is_some_and(|length| length > 1))
}

/// Whether the words right before a bracket are those of the acronym in it.
pub fn is_spelt_before(read: &Read, at: usize, name: &str) -> bool {
    let parts = parts(read, at.saturating_sub(2 * name.len() + 2)..at);
    let name = name.to_lowercase();
    (0..parts.len()).any(|from| spelling(&parts[from..], &name, 0).is_some_and(|length| length == parts.len() - from))
}

/// The words of a range in small letters, those with hyphens in their parts.
fn parts(read: &Read, range: std::ops::Range<usize>) -> Vec<&str> {
    let words = range.map(|at| read.lower_word(at));
    let parts = words.flat_map(|word| word.split(['-', '\'', '’', '\u{2010}', '\u{2011}']));
    parts.filter(|part| !part.is_empty()).collect()
}

/// So many small words may stand side by side.
const MOST_SMALL: usize = 3;

/// How many words, from the first on, begin with what an acronym is made of: `Allied Command Operations` is ACO, `Commander Europe` is CEUR. Small words
/// may stand between.
fn spelling(words: &[&str], name: &str, skips: usize) -> Option<usize> {
    if name.is_empty() {
        return Some(0);
    }
    let (word, rest) = words.split_first()?;
    let same = word.char_indices().zip(name.chars()).take_while(|((_, one), other)| one == other);
    let longest = same.map(|((at, letter), _)| at + letter.len_utf8()).last().unwrap_or(0);
    let first = name.chars().next().map_or(0, char::len_utf8);
    // More than one letter is taken of a word that is an acronym itself, `EU Military Committee`, or of the last.
    let may_end = |end: &usize| *end == first || *end == word.len() || *end == name.len();
    let ends = (1..=longest).rev().filter(|end| word.chars().nth(1).is_some() && name.is_char_boundary(*end) && may_end(end));
    let by_word = ends.filter_map(|end| spelling(rest, &name[end..], MOST_SMALL)).next();
    let by_small = || if skips > 0 && SMALL.contains(word) { spelling(rest, name, skips - 1) } else { None };
    by_word.or_else(by_small).map(|length| length + 1)
}

/// The terms of a register of terms, `_data/glossary.yaml`: of each entry its `term` and its `names`.
pub fn of_glossary(glossary: &tera::Value) -> Vec<Box<str>> {
    let mut known = Vec::new();
    let entries = glossary.as_array().unwrap_or_default();
    for entry in entries {
        for key in ["term", "names"] {
            let Some(value) = entry.as_map().and_then(|map| map.get(&tera::value::Key::Str(key))) else { continue };
            let texts: Vec<&tera::Value> = value.as_array().map_or_else(|| vec![value], |texts| texts.iter().collect());
            known.extend(texts.into_iter().filter_map(|text| text.as_str()).map(Box::from));
        }
    }
    known
}
