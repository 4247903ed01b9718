//! A page as the rules of language read it: its passages divided into sentences and words, once for all of them.
//!
//! It must not know what a rule looks for.

use std::collections::BTreeSet;
use std::ops::Range;

use super::lexicon::{Hit, Lexicon};
use super::sentences;
use crate::config::{Scale, Weights};
use crate::page::body::{Passage, Running, Sort};

/// A language that has rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    English,
    French,
    German,
    /// Any other: only what is wrong in all of them is told.
    Other,
}

/// What rules look at.
pub struct Reading<'a> {
    pub lang: Lang,
    pub title: &'a str,
    pub passages: Vec<Read>,
    /// What the page explains as abbreviations.
    pub abbreviations: Vec<Box<str>>,
    /// The keys of the sources that the page cites.
    pub cites: Vec<&'a str>,
    pub weights: &'a Weights,
    /// Acronyms that the site explains.
    pub known: Option<&'a BTreeSet<Box<str>>>,
    /// The scale of likelihood that the site has chosen.
    pub scale: Option<Scale>,
}

/// A passage, divided.
pub struct Read {
    pub passage: Passage,
    /// The text in small letters, each at its place.
    pub lower: String,
    pub words: Vec<Range<u32>>,
    pub sentences: Vec<Sentence>,
    /// What the lexicon found that nobody else is quoted with.
    pub hits: Vec<Hit>,
    quoted: Vec<Range<u32>>,
}

/// A sentence, and the numbers of its words.
pub struct Sentence {
    pub range: Range<usize>,
    pub words: Range<usize>,
}

impl Lang {
    /// The language of a page by its code, such as `en-GB`.
    pub fn of(code: &str) -> Lang {
        match code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "en" => Lang::English,
            "fr" => Lang::French,
            "de" => Lang::German,
            _ => Lang::Other,
        }
    }
}

impl<'a> Reading<'a> {
    pub fn new(lang: Lang, title: &'a str, running: Running, weights: &'a Weights, lexicon: &'a Lexicon) -> Reading<'a> {
        let passages = running.passages.into_iter().map(|passage| Read::new(passage, lang, lexicon)).collect();
        Reading { lang, title, passages, abbreviations: running.abbreviations, cites: Vec::new(), weights, known: None, scale: None }
    }

    /// The passages in which the author speaks in sentences.
    pub fn prose(&self) -> impl Iterator<Item = &Read> {
        let is_prose = |read: &&Read| {
            matches!(read.passage.sort, Sort::Paragraph | Sort::Item | Sort::Summary | Sort::KeyPoint | Sort::Recommendation)
        };
        self.passages.iter().filter(is_prose)
    }

    /// Those of the text itself.
    pub fn text(&self) -> impl Iterator<Item = &Read> {
        self.passages.iter().filter(|read| matches!(read.passage.sort, Sort::Paragraph | Sort::Item))
    }
}

impl Read {
    fn new(passage: Passage, lang: Lang, lexicon: &Lexicon) -> Read {
        let lower = lower(&passage.text);
        let words = words(&passage.text);
        let sentences = sentences::divide(&passage.text, &lower, &words, lang);
        let quoted = quoted(&passage.text);
        let mut read = Read { passage, lower, words, sentences, hits: Vec::new(), quoted };
        let mut hits = lexicon.find(&read.lower, &read.words);
        hits.retain(|hit| !read.is_quoted(&read.range(&hit.words)) && !read.is_of_name(hit.words.start));
        read.hits = hits;
        read
    }

    /// The bytes of some words.
    pub fn range(&self, words: &Range<usize>) -> Range<usize> {
        self.words[words.start].start as usize..self.words[words.end - 1].end as usize
    }

    /// A word as it is written.
    pub fn word(&self, at: usize) -> &str {
        &self.passage.text[self.words[at].start as usize..self.words[at].end as usize]
    }

    /// A word in small letters.
    pub fn lower_word(&self, at: usize) -> &str {
        &self.lower[self.words[at].start as usize..self.words[at].end as usize]
    }

    /// The place in the file of some words.
    pub fn place(&self, words: &Range<usize>) -> Range<u32> {
        self.passage.in_file(self.range(words))
    }

    /// Whether somebody else's words stand there, or a name.
    pub fn is_quoted(&self, range: &Range<usize>) -> bool {
        let meets = |quoted: &Range<u32>| (quoted.start as usize) < range.end && range.start < quoted.end as usize;
        self.quoted.iter().any(meets) || self.passage.is_apart(range)
    }

    /// Whether a word has a capital within a sentence: it is of a name, such as `Türkiye Today`.
    fn is_of_name(&self, word: usize) -> bool {
        self.word(word).starts_with(char::is_uppercase) && self.sentence(word).is_some_and(|sentence| sentence.words.start != word)
    }

    /// The sentence that a word stands in.
    pub fn sentence(&self, word: usize) -> Option<&Sentence> {
        self.sentences.iter().find(|sentence| sentence.words.contains(&word))
    }
}

/// The text in small letters, of the same length: what would be longer or shorter stays.
fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let small = |letter: char| {
        let mut small = letter.to_lowercase();
        small.next().filter(|one| small.len() == 0 && one.len_utf8() == letter.len_utf8()).unwrap_or(letter)
    };
    // A printed apostrophe is compared as it stands: the lexicon has both.
    text.chars().map(small).collect()
}

/// Where words are: letters and digits, with what joins them within.
fn words(text: &str) -> Vec<Range<u32>> {
    let mut words: Vec<Range<u32>> = Vec::with_capacity(text.len() / 6);
    let mut letters = text.char_indices().peekable();
    let mut start = None;
    while let Some((at, letter)) = letters.next() {
        let is_letter = letter.is_alphanumeric() || letter == crate::page::body::OPAQUE;
        let joins = || matches!(letter, '-' | '\'' | '’' | '\u{2010}' | '\u{2011}' | '.' | ',' | '&');
        let is_joined = |next: Option<&(usize, char)>| {
            next.is_some_and(|(_, next)| match letter {
                '.' | ',' => next.is_ascii_digit() && text[..at].ends_with(|before: char| before.is_ascii_digit()),
                '&' => next.is_uppercase(),
                _ => next.is_alphanumeric(),
            })
        };
        match start {
            None if is_letter => start = Some(at),
            Some(from) if !(is_letter || joins() && is_joined(letters.peek())) => {
                words.push(from as u32..at as u32);
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| from as u32..text.len() as u32));
    words
}

/// So many bytes a quotation in a line has at most: a sign without its partner is none.
const LONGEST_QUOTATION: usize = 600;

/// What stands in quotation marks.
fn quoted(text: &str) -> Vec<Range<u32>> {
    if !text.contains(['"', '“', '„', '«', '»', '‘', '\'', '‹', '「']) {
        return Vec::new();
    }
    let mut quoted = Vec::new();
    let mut from = 0;
    while let Some((at, sign)) = text[from..].char_indices().find(|(at, sign)| opens(&text[from + at..], *sign, &text[..from + at])) {
        let start = from + at;
        let inside = start + sign.len_utf8();
        let limit = text.floor_char_boundary((inside + LONGEST_QUOTATION).min(text.len()));
        let end = text[inside..limit].char_indices().find(|(at, other)| closes(sign, *other, &text[inside..], *at));
        from = inside;
        if let Some((at, other)) = end {
            let end = inside + at + other.len_utf8();
            quoted.push(start as u32..end as u32);
            from = end;
        }
    }
    quoted
}

/// Whether a sign opens a quotation.
fn opens(rest: &str, sign: char, before: &str) -> bool {
    let is_behind_word = before.ends_with(char::is_alphanumeric);
    match sign {
        '“' | '„' | '«' | '‹' | '‘' | '「' => !is_behind_word,
        // »so« in German; in French it closes, behind a blank.
        '»' => !is_behind_word && !before.ends_with(['\u{a0}', '\u{202f}']) && rest['»'.len_utf8()..].starts_with(char::is_alphanumeric),
        '"' | '\'' => !is_behind_word && rest[1..].starts_with(|next: char| !next.is_whitespace()),
        _ => false,
    }
}

/// Whether a sign ends the quotation that another began.
fn closes(open: char, sign: char, text: &str, at: usize) -> bool {
    let goes_on = || text[at + sign.len_utf8()..].starts_with(char::is_alphanumeric);
    match open {
        '“' => sign == '”',
        '„' => matches!(sign, '“' | '”'),
        '«' => sign == '»',
        '»' => sign == '«',
        '‹' => sign == '›',
        '‘' => sign == '’' && !goes_on(),
        '「' => sign == '」',
        '"' => sign == '"',
        _ => sign == '\'' && !goes_on(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(ranges: Vec<Range<u32>>, text: &str) -> Vec<&str> {
        ranges.into_iter().map(|range| &text[range.start as usize..range.end as usize]).collect()
    }

    #[test]
    fn words_have_hyphens_apostrophes_and_numbers_within() {
        let text = "The EU's long-term 3.5 % (or 1,000) – R&D, don’t. U.S. 'so'";
        let expected = ["The", "EU's", "long-term", "3.5", "or", "1,000", "R&D", "don’t", "U", "S", "so"];
        assert_eq!(found(words(text), text), expected);
    }

    #[test]
    fn quotations_are_found_in_the_signs_of_three_languages() {
        let text = "“a” \"b c\" „d“ «e» ‘f’s g’ the Allies' h 'i' »j« 5\" k";
        assert_eq!(found(quoted(text), text), ["“a”", "\"b c\"", "„d“", "«e»", "‘f’s g’", "'i'", "»j«"]);
    }

    #[test]
    fn small_letters_stand_where_the_capitals_stood() {
        assert_eq!(lower("ÉTÉ İ ẞ Ab"), "été İ ẞ ab");
    }
}
