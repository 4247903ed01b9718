//! Where sentences end, in the languages that have rules.
//!
//! It must not know what is said in them.

use std::ops::Range;

use super::reading::{Lang, Sentence};

/// What ends with a full stop and no sentence: without the stop, in small letters.
const SHORT: [&str; 58] = [
    "mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "gen", "lt", "col", "st", "jr", "sr", "inc", "ltd", "no", "nos", "art", "arts",
    "para", "paras", "sec", "ch", "fig", "vol", "ed", "eds", "p", "pp", "cf", "vs", "e.g", "i.e", "eg", "ie", "approx", "ca", "jan", "feb",
    "aug", "sept", "oct", "nov", "dec", "m", "mme", "mm", "z.b", "d.h", "bzw", "abs", "nr", "usw", "vgl", "u.a", "rn", "bull",
];
/// These end a sentence where a capital follows, and are short all the same.
const ENDING: [&str; 3] = ["etc", "al", "a.m"];

/// Divides a text into sentences.
pub fn divide(text: &str, lower: &str, words: &[Range<u32>], lang: Lang) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let (mut start, mut word) = (0, 0);
    let mut end_at = |end: usize, start: &mut usize, word: &mut usize| {
        let first = *word;
        while words.get(*word).is_some_and(|next| (next.start as usize) < end) {
            *word += 1;
        }
        if first < *word {
            let from = words[first].start as usize;
            let last = words[*word - 1].end as usize;
            let stop = text[last..end].trim_end().len();
            sentences.push(Sentence { range: from..last + stop, words: first..*word });
        }
        *start = end;
    };
    for (at, _) in text.match_indices(['.', '!', '?', '…']) {
        if at >= start
            && let Some(end) = ends(text, lower, at, lang)
        {
            end_at(end, &mut start, &mut word);
        }
    }
    end_at(text.len(), &mut start, &mut word);
    sentences
}

/// Where the sentence ends whose last sign stands at a byte; nothing if none ends there.
fn ends(text: &str, lower: &str, at: usize, lang: Lang) -> Option<usize> {
    let is_closing = |sign: char| ".!?…\"'”’»)]“".contains(sign);
    let mut end = at + text[at..].chars().next()?.len_utf8();
    end += text[end..].len() - text[end..].trim_start_matches(is_closing).len();
    // French has a blank before what closes.
    let narrow = text[end..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    if narrow.starts_with('»') {
        end = text.len() - narrow.len() + '»'.len_utf8();
    }
    let rest = &text[end..];
    if rest.is_empty() {
        return Some(end);
    }
    if !rest.starts_with(char::is_whitespace) {
        return None;
    }
    let next = rest.trim_start().trim_start_matches(['"', '\'', '“', '„', '«', '‘', '(', '[', '\u{a0}', '\u{202f}']).chars().next();
    let begins =
        next.is_none_or(|next| next.is_uppercase() || next.is_numeric() || next == crate::page::body::OPAQUE || !next.is_alphabetic());
    if !begins {
        return None;
    }
    let is_stop = text[at..].starts_with('.') && !text[..at].ends_with('.');
    (!is_stop || !is_short(lower, at, lang, next.is_some_and(char::is_numeric))).then_some(end)
}

/// Whether a full stop belongs to the word before it.
fn is_short(lower: &str, stop: usize, lang: Lang, before_number: bool) -> bool {
    let head = &lower[..stop];
    let start = head
        .rfind(|letter: char| !(letter.is_alphanumeric() || letter == '.'))
        .map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
    let word = &head[start..];
    if word.is_empty() || ENDING.contains(&word) {
        return false;
    }
    let is_numeral = word.chars().all(|letter| letter.is_ascii_digit());
    // `No. 5` is short, `He said no. 5 came.` is rare.
    let is_of_number =
        matches!(word, "no" | "nos" | "sec" | "p" | "pp" | "ch" | "vol" | "fig" | "art" | "arts" | "para" | "ed" | "m" | "mm");
    let is_initial =
        word.chars().count() == 1 && !is_numeral || word.contains('.') && word.split('.').all(|part| part.chars().count() == 1);
    if is_of_number {
        return before_number || matches!(word, "m" | "mm");
    }
    // `am 3. Mai`
    SHORT.contains(&word) || is_initial || is_numeral && lang == Lang::German && word.len() <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str, lang: Lang) -> Vec<&str> {
        let words: Vec<Range<u32>> = text
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| {
                let at = (word.as_ptr() as usize - text.as_ptr() as usize) as u32;
                at..at + word.len() as u32
            })
            .collect();
        divide(text, &text.to_lowercase(), &words, lang).into_iter().map(|sentence| &text[sentence.range]).collect()
    }

    #[test]
    fn a_sentence_ends_where_its_author_ended_it() {
        let text = "One. The U.S. view of Mr. Smith, No. 5, is e.g. 3.5 % (see p. 4). It holds, etc. Does it? “Yes.” No. Next… So";
        let expected = [
            "One.",
            "The U.S. view of Mr. Smith, No. 5, is e.g. 3.5 % (see p. 4).",
            "It holds, etc.",
            "Does it?",
            "Yes.”",
            "No.",
            "Next…",
            "So",
        ];
        assert_eq!(sentences(text, Lang::English), expected);
        assert_eq!(
            sentences("Am 3. Mai kam er. Es gilt Art. 5, z. B. hier.", Lang::German),
            ["Am 3. Mai kam er.", "Es gilt Art. 5, z. B. hier."]
        );
        assert_eq!(sentences("« Oui. » Il a dit non. M. Dupont vient.", Lang::French), ["Oui. »", "Il a dit non.", "M. Dupont vient."]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_divided_into_all_its_words(text in "([a-zA-Zé0-9]{1,3}|[.!?…\"”»() ]|No\\. |U\\.S\\. ){0,60}") {
            let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).count();
            let found: usize = {
                let ranges: Vec<Range<u32>> = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(|word| {
                    let at = (word.as_ptr() as usize - text.as_ptr() as usize) as u32;
                    at..at + word.len() as u32
                }).collect();
                divide(&text, &text.to_lowercase(), &ranges, Lang::English).iter().map(|sentence| sentence.words.len()).sum()
            };
            proptest::prop_assert_eq!(words, found);
        }
    }
}
