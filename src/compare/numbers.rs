//! Numbers with what belongs to them: a reader who sees that 3.7 % became 3.9 % must see the whole of both.
//!
//! It must not know where they stand.

use std::ops::Range;

/// Units, sizes and currencies that stand behind a number, apart from it. Longer words are told by the blank that cannot be broken before them.
const BEHIND: &[&str] = &[
    "%",
    "‰",
    "€",
    "$",
    "£",
    "¥",
    "°",
    "°C",
    "°F",
    "K",
    "EUR",
    "USD",
    "GBP",
    "CHF",
    "JPY",
    "CNY",
    "SEK",
    "NOK",
    "DKK",
    "PLN",
    "pp",
    "bps",
    "bn",
    "tn",
    "mn",
    "m",
    "k",
    "thousand",
    "million",
    "millions",
    "billion",
    "billions",
    "trillion",
    "trillions",
    "Tsd",
    "Mio",
    "Mrd",
    "Million",
    "Millionen",
    "Milliarde",
    "Milliarden",
    "Billion",
    "Billionen",
    "millón",
    "millones",
    "milliard",
    "milliards",
    "mille",
    "mil",
    "percent",
    "Prozent",
    "Prozentpunkte",
    "euro",
    "euros",
    "Euro",
    "dollar",
    "dollars",
    "Dollar",
    "pounds",
    "mm",
    "cm",
    "km",
    "km²",
    "km2",
    "m²",
    "m³",
    "ha",
    "nm",
    "mi",
    "ft",
    "g",
    "kg",
    "t",
    "kt",
    "Mt",
    "Gt",
    "tonnes",
    "tons",
    "Tonnen",
    "barrels",
    "W",
    "kW",
    "MW",
    "GW",
    "TW",
    "Wh",
    "kWh",
    "MWh",
    "GWh",
    "TWh",
    "J",
    "kJ",
    "MJ",
    "GJ",
    "TJ",
    "PJ",
    "EJ",
    "V",
    "kV",
    "Hz",
    "kHz",
    "MHz",
    "GHz",
    "bcm",
    "mcm",
    "bpd",
    "s",
    "min",
    "h",
    "hours",
    "days",
    "weeks",
    "months",
    "years",
    "Tage",
    "Wochen",
    "Monate",
    "Jahre",
    "jours",
    "mois",
    "ans",
    "Mbit",
    "Gbit",
    "MB",
    "GB",
    "TB",
    "kt/y",
    "Mt/y",
    "km/h",
    "CO2",
    "CO₂",
    "CO2e",
];

/// Two words that are one unit.
const PAIRS: &[(&str, &str)] = &[
    ("per", "cent"),
    ("pour", "cent"),
    ("por", "ciento"),
    ("percentage", "points"),
    ("percentage", "point"),
    ("basis", "points"),
    ("points", "de"),
    ("square", "kilometres"),
    ("square", "miles"),
    ("metric", "tons"),
    ("Euro", "je"),
];

/// Currencies that stand before a number, apart from it.
const BEFORE: &[&str] = &["EUR", "USD", "GBP", "CHF", "JPY", "CNY", "SEK", "NOK", "DKK", "PLN", "€", "$", "£", "¥", "US$", "No", "Nr"];

/// So many words at most are one number: `5 billion euros`.
const MOST_BEHIND: usize = 3;

/// Whether a sign before a number belongs to it.
pub fn stands_before(letter: char) -> bool {
    matches!(letter, '€' | '$' | '£' | '¥' | '+' | '-' | '−' | '±' | '~' | '≈' | '<' | '>' | '≤' | '≥' | '§' | '#')
}

/// Whether a sign behind a number belongs to it.
pub fn stands_behind(letter: char) -> bool {
    matches!(letter, '%' | '‰' | '€' | '$' | '£' | '¥' | '°' | '²' | '³' | '+' | '″' | '′')
}

/// Joins numbers with what belongs to them; `words` are the places of words in `text`.
pub fn join(text: &str, words: Vec<Range<usize>>) -> Vec<Range<usize>> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return words;
    }
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let count = length(text, &words[at..]);
        joined.push(words[at].start..words[at + count - 1].end);
        at += count;
    }
    joined
}

/// How many of these words are one number; 1 where the first is none.
fn length(text: &str, words: &[Range<usize>]) -> usize {
    let word = |at: usize| words.get(at).map_or("", |range| &text[range.clone()]);
    // The blank between a word and the next; empty where they touch.
    let gap = |at: usize| words.get(at + 1).map_or("", |next| &text[words[at].end..next.start]);
    let mut count = 1;
    if !is_number(word(0)) {
        if !(BEFORE.contains(&word(0)) && gap(0).chars().count() == 1 && is_number(word(1))) {
            return 1;
        }
        count = 2;
    }
    while is_group(word(count - 1), gap(count - 1), word(count)) {
        count += 1;
    }
    let digits = count;
    while count < digits + MOST_BEHIND && gap(count - 1).chars().count() == 1 {
        let (next, second) = (word(count), word(count + 1));
        let is_bound = gap(count - 1).contains(['\u{a0}', '\u{202f}', '\u{2009}'])
            && next.starts_with(|sign: char| sign.is_alphanumeric() || stands_behind(sign));
        if PAIRS.contains(&(next, second)) && gap(count).chars().count() == 1 {
            count += 2;
        } else if BEHIND.contains(&next) || is_bound && count == digits {
            count += 1;
        } else {
            break;
        }
    }
    count
}

fn is_number(word: &str) -> bool {
    word.contains(char::is_numeric) && !word.contains(char::is_alphabetic)
}

/// Whether a number goes on behind a blank: `1 234 567`. Behind a blank at which lines break it does only if it began with few digits, as no year does.
fn is_group(before: &str, gap: &str, next: &str) -> bool {
    let digits = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_three = next.get(..3).is_some_and(digits) && !next[3..].starts_with(|letter: char| letter.is_ascii_digit());
    let is_plain = gap == " " && before.trim_start_matches(stands_before).len() <= 3;
    let last = before.rsplit(char::is_whitespace).next().unwrap_or(before);
    is_number(next)
        && is_three
        && digits(last.trim_start_matches(stands_before))
        && (is_plain || ["\u{a0}", "\u{202f}", "\u{2009}"].contains(&gap))
}
