//! Places in a source: what was written, with plain dashes, and whether it is one or several.
//!
//! It must not know how a style shows them.

use std::borrow::Cow;

use citationberg::PageRangeFormat;

use super::super::Locator;
use super::super::forms::{Place, is_numeric};

/// The place as a form depends on it, and its value as it is shown.
pub fn of(locator: &Locator, format: Option<PageRangeFormat>) -> (Place, String) {
    let value = dashed(&locator.value);
    let is_custom = &*locator.label != "page" && locator.label.parse::<citationberg::taxonomy::Locator>().is_err();
    let place = Place {
        label: if is_custom { "custom".into() } else { locator.label.clone() },
        is_plural: is_plural(&value),
        is_numeric: is_numeric(&value),
    };
    let value = match format.filter(|_| &*locator.label == "page") {
        Some(format) => shortened(&value, format),
        None => value,
    };
    match is_custom && !locator.written.is_empty() {
        true => (place, format!("{} {value}", locator.written)),
        false => (place, value),
    }
}

/// Whether a value is letters, digits and what stands between them in numbers: what is put right of punctuation does not touch it.
pub fn is_plain(value: &str) -> bool {
    let mut before = None;
    let mut letters = value.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_between =
            |after: Option<&char>| before.is_some_and(char::is_alphanumeric) && after.is_some_and(|after| after.is_alphanumeric());
        let is_sound = match letter {
            '-' | '–' | '.' => is_between(letters.peek()),
            ',' => before.is_some_and(char::is_alphanumeric) && letters.peek() == Some(&' '),
            ' ' => {
                before.is_some_and(|before| before == ',' || before.is_alphanumeric())
                    && letters.peek().is_some_and(|after| after.is_alphanumeric())
            }
            letter => letter.is_alphanumeric(),
        };
        if !is_sound {
            return false;
        }
        before = Some(letter);
    }
    before.is_some()
}

/// Ranges with a dash: hyphens between what can be counted, and the two or three of LaTeX.
fn dashed(value: &str) -> String {
    let value = value.trim();
    let is_plain = value.is_ascii() && !value.contains("--") && !value.contains(" - ");
    let value: Cow<str> = match is_plain {
        true => value.into(),
        false => {
            let value = value.replace("---", "–").replace("--", "–");
            value.replace('\u{2010}', "-").replace('−', "–").replace(" - ", "-").into()
        }
    };
    let mut dashed = String::with_capacity(value.len() + "–".len());
    for (at, letter) in value.char_indices() {
        dashed.push(if letter == '-' && is_number(counted_before(&value[..at])) && is_number(counted_behind(&value[at + 1..])) {
            '–'
        } else {
            letter
        });
    }
    if is_plain { dashed } else { dashed.replace(" – ", "–") }
}

fn counted_before(text: &str) -> &str {
    &text[text.trim_end_matches(is_counted).len()..]
}

fn counted_behind(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches(is_counted).len()]
}

fn is_counted(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '.'
}

/// Whether text is a number as pages and sections have it: `12`, `S12`, `1.2`, `4a`, `xii`.
fn is_number(text: &str) -> bool {
    let has_digit = text.chars().any(|letter| letter.is_ascii_digit());
    let is_roman = || !text.is_empty() && text.chars().flat_map(char::to_lowercase).all(|letter| "ivxlcdm".contains(letter));
    (has_digit && text.chars().filter(|letter| letter.is_alphabetic()).count() <= 2) || is_roman()
}

/// Whether a value is more than one: a range, a list, or what follows a page.
fn is_plural(value: &str) -> bool {
    let follows =
        |ending: &str| value.strip_suffix(ending).is_some_and(|rest| rest.trim_end().ends_with(|letter: char| letter.is_ascii_digit()));
    let has_word = value.split_whitespace().any(|word| matches!(word, "and" | "und" | "et" | "y" | "e" | "en" | "i" | "та" | "و"));
    value.contains(['–', ',', '&', ';']) || has_word || follows("ff.") || follows("ff") || follows("f.") || follows("f")
}

/// Ranges of pages as short as a style has them.
fn shortened(value: &str, format: PageRangeFormat) -> String {
    let parts = value.split(", ").map(|part| match part.split_once('–') {
        Some((from, to)) if [from, to].iter().all(|end| !end.is_empty() && end.bytes().all(|byte| byte.is_ascii_digit())) => {
            let mut short = String::new();
            match format.format(&mut short, from, to, Some("–")) {
                Ok(()) => short,
                Err(_) => part.to_string(),
            }
        }
        _ => part.to_string(),
    });
    parts.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_get_dashes_and_whatever_is_more_than_one_is_plural() {
        // M31, M44: what text takes for a locator.
        let cases = [
            ("33-35", "33–35", true),
            ("xii-xiv", "xii–xiv", true),
            ("S12-S19", "S12–S19", true),
            ("1.2-1.4", "1.2–1.4", true),
            ("3 and 7", "3 and 7", true),
            ("3ff.", "3ff.", true),
            ("3, 5--7", "3, 5–7", true),
            ("100 - 103", "100–103", true),
            ("12", "12", false),
            ("xii", "xii", false),
            ("4a", "4a", false),
            ("CP-12", "CP-12", false),
        ];
        for (written, shown, plural) in cases {
            let (place, value) = of(&Locator { label: "page".into(), written: "".into(), value: written.into() }, None);
            assert_eq!((&*value, place.is_plural), (shown, plural), "{written}");
        }
    }

    #[test]
    fn a_label_that_styles_do_not_know_stays_as_it_was_written() {
        // M45
        let (place, value) = of(&Locator { label: "custom".into(), written: "recital".into(), value: "12".into() }, None);
        assert_eq!((&*place.label, &*value), ("custom", "recital 12"));
    }
}
