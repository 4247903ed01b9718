//! Locators: the place in a source that stands behind its key, and what is left of the text behind it.
//!
//! As Pandoc reads them (<https://pandoc.org/MANUAL.html#citation-syntax>), but for one thing: without a label a locator is numbers alone, so that
//! `15 March` is none. It must not know Markdown.

use super::labels::label;
use crate::references::Locator;

/// What a locator without a label is of.
const PAGE: &str = "page";
/// What may follow a number as a word of its own.
const FOLLOWING: [&str; 7] = ["f.", "ff.", "f", "ff", "sq.", "sqq.", "et seq."];
/// What stands between two numbers of a list.
const AND: [&str; 10] = ["and", "&", "et", "und", "y", "e", "en", "i", "та", "و"];

/// The locator at the head of what stands behind a key, and how many bytes of it are read.
pub fn read(behind: &str, lang: &str) -> Option<(Locator, usize)> {
    let start = behind.len() - behind.trim_start().trim_start_matches(',').trim_start().len();
    let rest = &behind[start..];
    if rest.starts_with('{') {
        return braced(rest, lang).map(|(locator, length)| (locator, start + length));
    }
    let (written, name) = label(rest, lang).unwrap_or(("", PAGE));
    let blank = rest[written.len()..].len() - rest[written.len()..].trim_start().len();
    let from = written.len() + blank;
    let length = if written.is_empty() { bare(rest)? } else { values(&rest[from..])? };
    Some((locator(written, name, &rest[from..from + length]), start + from + length))
}

fn locator(written: &str, name: &str, value: &str) -> Locator {
    let value: Vec<&str> = value.split_whitespace().collect();
    Locator { label: name.into(), written: written.into(), value: value.join(" ").into() }
}

/// `{pp. iv, vi}`: what stands in braces is a locator whatever it is; `{}` says that there is none.
fn braced(rest: &str, lang: &str) -> Option<(Locator, usize)> {
    let mut depth = 0;
    let end = rest.find(|letter| {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        depth == 0
    })?;
    Some((whole(&rest[1..end], lang), end + 1))
}

/// All of a text as a locator.
fn whole(text: &str, lang: &str) -> Locator {
    let text = text.trim();
    let (written, name) = label(text, lang).unwrap_or(("", PAGE));
    locator(written, name, &text[written.len()..])
}

/// The locator in what stood behind a key once its signs are letters again: markup goes, what was escaped stays; `None` if nothing is left.
pub fn of_letters(behind: &str, lang: &str) -> Option<Locator> {
    let text = behind.trim().trim_start_matches(',').trim_start();
    let inside = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).unwrap_or(text);
    Some(whole(inside, lang)).filter(|locator| !locator.value.is_empty())
}

/// How long the values are that a text begins with: one at least, then more of a list.
fn values(text: &str) -> Option<usize> {
    let mut end = value(text)?;
    while let Some(next) = next_value(&text[end..]) {
        end += next;
    }
    Some(end)
}

/// A locator without a label: it ends where the text does, or before a comma.
fn bare(text: &str) -> Option<usize> {
    let is_number = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit()) || is_roman(word);
    let length = values(text)?;
    let all = text[..length]
        .split([' ', ',', '-', '–', '\u{A0}', '\n'])
        .all(|word| word.is_empty() || is_plain(word) && is_number(word) || AND.contains(&word));
    let ends = text[length..].trim_start();
    (all && (ends.is_empty() || ends.starts_with(','))).then_some(length)
}

/// Numbers and what stands in them: `12`, `S12`, `3.2`, `12a`, `33ff.`; not `2nd`.
fn is_plain(word: &str) -> bool {
    let rest = word
        .trim_start_matches(|letter: char| letter.is_uppercase())
        .trim_start_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ':' | '/'));
    is_roman(word) || rest.is_empty() || FOLLOWING.contains(&rest) || rest.len() == 1 && rest.chars().all(char::is_alphabetic)
}

/// How long one value is: a word with a number in it, a roman number or a capital, a range of such, with `ff.` behind it.
fn value(text: &str) -> Option<usize> {
    let mut end = word(text)?;
    // A range may have blanks around its dash.
    let rest = &text[end..];
    let dash = rest.trim_start_matches([' ', '\u{A0}']);
    if let Some(behind) = dash.strip_prefix(['-', '–', '—']).map(|behind| behind.trim_start_matches(['-', ' ', '\u{A0}']))
        && let Some(length) = word(behind)
    {
        end = text.len() - behind.len() + length;
    }
    let behind = text[end..].trim_start_matches([' ', '\u{A0}']);
    let following = FOLLOWING.iter().filter(|form| {
        behind.len() < text[end..].len() && behind.strip_prefix(**form).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    });
    Some(following.max_by_key(|form| form.len()).map_or(end, |form| text.len() - behind.len() + form.len()))
}

/// How long the rest of a list is up to its next value: a range, or what stands at the end or before punctuation, and not before a word that it counts.
fn next_value(text: &str) -> Option<usize> {
    let trimmed = text.trim_start();
    let behind = match trimmed.strip_prefix(',') {
        Some(rest) => {
            let rest = rest.trim_start();
            and(rest).unwrap_or(rest)
        }
        None => and(trimmed).filter(|_| trimmed.len() < text.len())?,
    };
    let length = value(behind)?;
    let rest = &behind[length..];
    let after = rest.trim_start();
    let ends = after.is_empty()
        || after.starts_with([',', '.', ';', ')', ']', ':'])
        || and(after).is_some()
        || behind[..length].contains(['-', '–']);
    ends.then(|| text.len() - behind.len() + length)
}

/// What stands behind `and` at the head of a text.
fn and(text: &str) -> Option<&str> {
    AND.iter().find_map(|word| text.strip_prefix(word).filter(|rest| rest.starts_with(char::is_whitespace))).map(str::trim_start)
}

/// How long the word is that a text begins with, if it can stand for a place.
fn word(text: &str) -> Option<usize> {
    let end = text
        .find(|letter: char| {
            letter.is_whitespace() || ",;{}".contains(letter) || letter >= super::flat::OPEN && letter <= super::flat::FOREIGN
        })
        .unwrap_or(text.len());
    let mut word = &text[..end];
    // Punctuation at its end is none of it, nor a bracket that it does not open.
    while let Some(last) = word.chars().next_back() {
        let opened = |open: char, close: char| word.matches(open).count() < word.matches(close).count();
        let is_loose = match last {
            ')' => opened('(', ')'),
            ']' => opened('[', ']'),
            '.' => !FOLLOWING.iter().any(|form| form.ends_with('.') && word.ends_with(form) && word.len() > form.len()),
            ':' | '!' | '?' | '"' | '\'' | '”' | '’' | '-' | '–' => true,
            _ => false,
        };
        if !is_loose {
            break;
        }
        word = &word[..word.len() - last.len_utf8()];
    }
    let is_capital = || {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
    };
    let parts_are_roman = || !word.is_empty() && word.split(['-', '–', '.']).all(is_roman);
    (word.contains(char::is_numeric) || is_capital() || parts_are_roman()).then_some(word.len())
}

/// Roman numbers up to 399 in one case: with `d` and `m`, words such as `mix` would be numbers.
fn is_roman(word: &str) -> bool {
    let small = word.to_ascii_lowercase();
    if small.is_empty() || word != small && word != word.to_ascii_uppercase() {
        return false;
    }
    let hundreds = small.trim_start_matches('c');
    let tens = digit(hundreds, ["xc", "xl", "l", "x"]);
    let units = digit(tens, ["ix", "iv", "v", "i"]);
    units.is_empty() && small.len() - hundreds.len() <= 3
}

/// What is left of a roman number behind its digit of one place; all of it, if there is none.
fn digit<'t>(text: &'t str, [nine, four, five, one]: [&str; 4]) -> &'t str {
    if let Some(rest) = text.strip_prefix(nine).or_else(|| text.strip_prefix(four)) {
        return rest;
    }
    let rest = text.strip_prefix(five).unwrap_or(text);
    let ones = rest.len() - rest.trim_start_matches(one).len();
    if ones <= 3 { &rest[ones..] } else { rest }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Label, label as written, value, and the rest, which is suffix.
    fn locator_of(behind: &str) -> String {
        in_language(behind, "en")
    }

    fn in_language(behind: &str, lang: &str) -> String {
        match read(behind, lang) {
            Some((locator, length)) => format!("{}|{}|{}|{}", locator.label, locator.written, locator.value, &behind[length..]),
            None => behind.to_string(),
        }
    }

    #[test]
    fn a_label_and_numbers_are_a_locator_and_what_follows_is_suffix() {
        assert_eq!(locator_of(", pp. 33-35, 38-39 and *passim*"), "page|pp.|33-35, 38-39| and *passim*");
        assert_eq!(locator_of(", chap. 1"), "chapter|chap.|1|");
        assert_eq!(locator_of(" p. 33."), "page|p.|33|.");
        assert_eq!(locator_of(", art. 5(2)(b), as amended"), "article-locator|art.|5(2)(b)|, as amended");
        assert_eq!(locator_of(", §§14, 15 and 17"), "section|§§|14, 15 and 17|");
        assert_eq!(locator_of(", vol. 2, p. 3"), "volume|vol.|2|, p. 3");
    }

    /// M45: known in English and in the page's language; what CSL does not know keeps its label.
    #[test]
    fn labels_of_law_and_of_the_language_of_the_page_are_known() {
        assert_eq!(locator_of(", recital 12"), "custom|recital|12|");
        assert_eq!(locator_of(", annex II"), "custom|annex|II|");
        assert_eq!(locator_of(", cl. 4"), "custom|cl.|4|");
        assert_eq!(locator_of(", box 2.1, for instance"), "custom|box|2.1|, for instance");
        assert_eq!(locator_of(", app. A"), "appendix|app.|A|");
        assert_eq!(locator_of(", s. 3; "), "section|s.|3|; ");
        assert_eq!(in_language(", S. 3 f.", "de"), "page|S.|3 f.|");
        assert_eq!(in_language(", Erwägungsgrund 7", "de"), "custom|Erwägungsgrund|7|");
        assert_eq!(in_language(", p. 3 et 7", "fr"), "page|p.|3 et 7|");
        assert_eq!(in_language(", chap. 2", "ar"), "chapter|chap.|2|");
    }

    /// M44: Pandoc 3.9 makes "p. 15 March" and "p. 2nd ed." of these.
    #[test]
    fn without_a_label_only_numbers_are_a_locator() {
        for text in
            [", 15 March", ", 2nd ed.", ", 2nd", ", with a suffix", ", 33 and nowhere else", ", 5 % of it", ", I think", ", mix", "", ", "]
        {
            assert_eq!(locator_of(text), text);
        }
        assert_eq!(locator_of(", 33-35"), "page||33-35|");
        assert_eq!(locator_of(" 33"), "page||33|");
        assert_eq!(locator_of(", xii–xiv"), "page||xii–xiv|");
        assert_eq!(locator_of(", S12-S19, 24"), "page||S12-S19, 24|");
        assert_eq!(locator_of(", 3 and 7"), "page||3 and 7|");
        assert_eq!(locator_of(", 3ff."), "page||3ff.|");
        assert_eq!(locator_of(", 33, and elsewhere"), "page||33|, and elsewhere");
    }

    #[test]
    fn braces_hold_a_locator_whatever_it_is() {
        assert_eq!(locator_of("{ii, A, D-Z}, with a suffix"), "page||ii, A, D-Z|, with a suffix");
        assert_eq!(locator_of(", {pp. iv, vi-xi, (xv)-(xvii)} with suffix here"), "page|pp.|iv, vi-xi, (xv)-(xvii)| with suffix here");
        assert_eq!(locator_of("{}, 99 years later"), "page|||, 99 years later");
        assert_eq!(locator_of("{open"), "{open");
    }

    #[test]
    fn punctuation_and_brackets_that_close_something_else_are_no_part_of_a_number() {
        assert_eq!(locator_of(", p. 3)"), "page|p.|3|)");
        assert_eq!(locator_of(", p. 3 [my italics]"), "page|p.|3| [my italics]");
        assert_eq!(locator_of(", pp. 33 – 35 ff."), "page|pp.|33 – 35 ff.|");
        assert_eq!(locator_of(", p. 3, 15 March"), "page|p.|3|, 15 March");
        assert_eq!(locator_of(", page of honour"), ", page of honour");
    }
}
