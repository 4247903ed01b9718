//! What in a sentence wants a source: percentages, money, large numbers and numbers with units, days, quotations of some words.
//!
//! Better one too few than one too many: who is told of everything reads nothing. Hence what is *not* wanted to have a source: years and months alone,
//! spans of time, numbers below a hundred of things that are no units (32 Allies, 27 Member States), numbers that are names (Article 5, Resolution 1325,
//! 833/2014, F-35, the 2% guideline), quotations of a few words and titles in quotation marks. It must not know Markdown.

use std::ops::Range;

use super::What;
use super::words::{self, Next};

/// Something that wants a source: where it stands in the text, and what it is.
pub type Found = (Range<usize>, What);

/// A quotation of fewer words is a word that somebody used.
const FEWEST_WORDS: usize = 5;

/// All that wants a source, in the order of the text.
pub fn figures(text: &str) -> Vec<Found> {
    if !may_hold_any(text.as_bytes()) {
        return Vec::new();
    }
    let mut found = quotations(text);
    let mut at = 0;
    while let Some(start) = text[at..].bytes().position(|byte| byte.is_ascii_digit()).map(|next| at + next) {
        let number = Number::at(text, start);
        at = number.range.end;
        if let Some(day) = number.day(text) {
            at = day.range.end;
            found.push((day.range, What::Day(day.year, day.month, day.day)));
        } else if let Some(claim) = number.claim(text) {
            found.push(claim);
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// Whether there is a digit or what quotation marks begin with. Most blocks have neither, and sixteen bytes are looked at together.
fn may_hold_any(bytes: &[u8]) -> bool {
    let is_one = |byte: &u8| byte.is_ascii_digit() | begins_quotation(*byte);
    let (chunks, rest) = bytes.as_chunks::<16>();
    chunks.iter().any(|chunk| chunk.iter().fold(false, |found, byte| found | is_one(byte))) || rest.iter().any(is_one)
}

/// What quotation marks begin with; few other letters do.
fn begins_quotation(byte: u8) -> bool {
    (byte == b'"') | (byte == 0xC2) | (byte == 0xE2)
}

/// A number as it is written: `3.5`, `12 000`, `25–30`.
struct Number {
    range: Range<usize>,
    /// Its digits, of the last one of a range.
    digits: usize,
    /// What they come to, if it is a whole number.
    whole: Option<u64>,
    /// Whether its digits stand in groups: `12,000`.
    is_grouped: bool,
}

/// What day a text names.
struct Day {
    range: Range<usize>,
    year: Option<i16>,
    month: u8,
    day: u8,
}

const GROUPERS: [char; 6] = [',', '.', '\u{a0}', '\u{202f}', '’', '\''];

impl Number {
    fn at(text: &str, start: usize) -> Number {
        let first = Number::plain(text, start);
        // A range counts as its end.
        let behind = &text[first.range.end..];
        let dash = behind.chars().next().filter(|dash| matches!(dash, '–' | '-' | '‑'));
        match dash
            .map(|dash| first.range.end + dash.len_utf8())
            .filter(|next| text[*next..].starts_with(|next: char| next.is_ascii_digit()))
        {
            Some(next) => {
                let last = Number::plain(text, next);
                Number { range: start..last.range.end, ..last }
            }
            None => first,
        }
    }

    /// One number, with groups of three digits and a fraction.
    fn plain(text: &str, start: usize) -> Number {
        let run = |from: usize| text[from..].bytes().take_while(u8::is_ascii_digit).count();
        let mut end = start + run(start);
        let mut value = whole(0, &text[start..end]);
        let mut digits = end - start;
        let (mut is_grouped, mut is_whole) = (false, true);
        while let Some(grouper) = text[end..].chars().next().filter(|sign| GROUPERS.contains(sign) || *sign == ' ') {
            let next = end + grouper.len_utf8();
            let length = run(next);
            let is_group = length == 3 && is_whole && (is_grouped || digits <= 3);
            // A space may stand between a number and a year, or a number and a name.
            let is_apart = grouper == ' ' && (!is_group || text[next + length..].starts_with(char::is_alphanumeric));
            if length == 0 || is_apart {
                break;
            }
            if is_group {
                is_grouped = true;
                value = value.and_then(|value| whole(value, &text[next..next + length]));
                digits += length;
            } else if matches!(grouper, '.' | ',') {
                is_whole = false;
            } else {
                break;
            }
            end = next + length;
        }
        Number { range: start..end, digits, whole: value.filter(|_| is_whole), is_grouped }
    }

    /// What the number claims, if it wants a source.
    fn claim(&self, text: &str) -> Option<Found> {
        let (before, behind) = (&text[..self.range.start], &text[self.range.end..]);
        let found = |end: usize, kind| Some((self.range.start..end, kind));
        if self.is_in_name(before, behind) {
            return None;
        }
        let next = words::next(behind);
        let end = self.range.end + next.length();
        match next {
            Next::Percent { is_name: false, .. } => found(end, What::Share),
            Next::Percent { .. } | Next::Time => None,
            Next::Money { .. } => found(end, What::Money),
            _ if words::is_currency_before(before) => Some((self.range.start - words::currency_before(before)..end, What::Money)),
            _ if words::is_label(before) => None,
            Next::Scale { .. } | Next::Unit { .. } => found(end, What::Number),
            Next::Noun if self.whole.is_some_and(|whole| whole >= 100) && !self.is_year() => found(self.range.end, What::Number),
            _ if self.is_grouped || self.digits > 4 => found(self.range.end, What::Number),
            _ => None,
        }
    }

    fn is_year(&self) -> bool {
        !self.is_grouped && self.digits == 4 && self.whole.is_some_and(|whole| (1000..2200).contains(&whole))
    }

    /// Whether the number is part of a word or a name: `833/2014`, `F-35`, `5G`, `#12`.
    fn is_in_name(&self, before: &str, behind: &str) -> bool {
        let joins = |sign: char| sign.is_alphanumeric() || matches!(sign, '/' | '-' | '_' | '#' | '@' | '.' | ':' | '§');
        let is_joined = before.chars().next_back().is_some_and(|sign| joins(sign) && !words::is_currency_before(before));
        let mut next = behind.chars();
        let is_followed = match (next.next(), next.next()) {
            (Some('/' | '_' | ':' | '-'), Some(sign)) => sign.is_alphanumeric(),
            (Some(letter), _) => letter.is_alphabetic() && !words::is_joined_unit(behind),
            (None, _) => false,
        };
        is_joined || is_followed
    }

    /// The day that begins with this number, or ends with it behind a month.
    fn day(&self, text: &str) -> Option<Day> {
        let day = self.whole.and_then(|whole| u8::try_from(whole).ok()).filter(|day| (1..=31).contains(day) && !self.is_grouped)?;
        let (before, behind) = (&text[..self.range.start], &text[self.range.end..]);
        if let Some((month, length)) = words::month_behind(behind) {
            let end = self.range.end + length;
            let (year, length) = words::year(&text[end..]);
            return Some(Day { range: self.range.start..end + length, year, month, day });
        }
        let (month, start) = words::month_before(before)?;
        let (year, length) = words::year(behind);
        Some(Day { range: start..self.range.end + length, year, month, day })
    }
}

/// A number with more digits behind it; `None` if nobody can count so far.
fn whole(value: u64, digits: &str) -> Option<u64> {
    digits.bytes().try_fold(value, |value, digit| value.checked_mul(10)?.checked_add(u64::from(digit - b'0')))
}

/// Quotations of some words, but for titles.
fn quotations(text: &str) -> Vec<Found> {
    const MARKS: [(char, char); 5] = [('“', '”'), ('"', '"'), ('«', '»'), ('„', '“'), ('»', '«')];
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].bytes().position(begins_quotation).map(|next| at + next) {
        let Some(open) = text[start..].chars().next() else { break };
        let inner = start + open.len_utf8();
        at = inner;
        let close =
            MARKS.iter().filter(|(mark, _)| *mark == open).filter_map(|(_, close)| Some((text[inner..].find(*close)?, *close))).min();
        // Another letter, or a mark that is never closed.
        let Some((length, close)) = close else { continue };
        at = inner + length + close.len_utf8();
        let words: Vec<&str> = text[inner..inner + length].split_whitespace().collect();
        let small = words.iter().filter(|word| word.starts_with(char::is_lowercase)).count();
        // Titles have most of their words in capitals.
        if words.len() >= FEWEST_WORDS && small * 2 >= words.len() {
            found.push((start..at, What::Quotation));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(text: &str) -> Vec<&str> {
        figures(text).into_iter().map(|(range, _)| &text[range]).collect()
    }

    #[test]
    fn shares_sums_and_large_numbers_want_a_source() {
        let cases: [(&str, &[&str]); 12] = [
            ("It rose to 3.5% of GDP and 25–30 per cent of budgets.", &["3.5%", "25–30 per cent"]),
            ("About €800 billion, US$ 40 bn and 28 million euros.", &["€800 billion", "US$ 40 bn", "28 million euros"]),
            ("The plan costs £3,500.", &["£3,500"]),
            ("Some 35 million people and 12,000 soldiers.", &["35 million", "12,000 soldiers"]),
            ("In all 12 000 tonnes over 600 km.", &["12 000 tonnes", "600 km"]),
            ("Fewer than 500 officials work there.", &["500"]),
            ("A rise of 0.7 percentage points.", &["0.7 percentage points"]),
            ("Mehr als 2,1 Prozent und 4 Milliarden Euro.", &["2,1 Prozent", "4 Milliarden Euro"]),
            ("Près de 3,5 % du PIB.", &["3,5 %"]),
            ("The 155mm shells weigh 43kg.", &["155mm", "43kg"]),
            ("It has 10500 words.", &["10500"]),
            ("Output was 5 GW.", &["5 GW"]),
        ];
        for (text, expected) in cases {
            assert_eq!(claims(text), expected, "{text}");
        }
    }

    #[test]
    fn years_names_and_small_counts_do_not() {
        for text in [
            "In 2014 and from 2022 to 2025, in the 1990s and June 2025.",
            "Article 5, Articles 42 and 222, Resolution 1325 (2000), paragraph 180 and Regulation 833/2014.",
            "All 32 Allies and 27 Member States agreed on 3 points.",
            "Allies kept the 2% guideline and the 5 per cent target.",
            "The F-35, the A400M, COVID-19, 5G and STANAG 4569.",
            "Within 180 days, after 24 months and 1,000 days later.",
            "See pp. 100–120, no. 204, Room 300, and https://example.org/2025/1000.",
            "It was the 100th meeting, at 10:30, in version 2.4.1.",
            "He spoke of “a new era” and of “Peace and Security in a Changing World”.",
        ] {
            assert_eq!(claims(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn days_want_a_source() {
        assert_eq!(claims("On 24 February 2022 and on March 3, 2023 it began."), ["24 February 2022", "March 3, 2023"]);
        assert_eq!(
            claims("Am 24. Februar 2022, le 1er mars 2023, el 3 de abril de 2024."),
            ["24. Februar 2022", "1er mars 2023", "3 de abril de 2024"]
        );
    }

    #[test]
    fn quotations_of_some_words_want_a_source() {
        assert_eq!(claims("He said “we will decide this in time” there."), ["“we will decide this in time”"]);
        assert_eq!(claims("He said \"we will decide this in time\" there."), ["\"we will decide this in time\""]);
        assert_eq!(
            claims("Elle a dit «\u{a0}nous allons décider cela bientôt\u{a0}»."),
            ["«\u{a0}nous allons décider cela bientôt\u{a0}»"]
        );
    }
}
