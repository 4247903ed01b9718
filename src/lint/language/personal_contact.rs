//! Addresses and numbers of single people.

use std::ops::Range;

use super::reading::Reading;
use super::{Finding, LanguageRule};
use crate::lint::Rule;

const CODE: &str = "personal-contact";

pub const RULE: LanguageRule = LanguageRule {
    rule: Rule {
        code: CODE,
        doc: "A text names the mail address or the telephone number of a person. People leave, and whoever collects addresses finds them.

    Write to jane.doe@example.org or call +32 2 555 01 23.

Name an office: `press@example.org`. Told are addresses with a dot or a line between two names, those of private post boxes, and telephone numbers
with a `+` or behind a word such as \"tel\". Of a role, such as `first.aid@example.org`, say so: `personal-contact = { allow =
[\"first.aid@example.org\"] }` in `[lints]`.",
        check: None,
    },
    langs: &[],
    look,
};

/// Post boxes of private people.
const PRIVATE: [&str; 12] = [
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "hotmail.com",
    "yahoo.com",
    "icloud.com",
    "protonmail.com",
    "proton.me",
    "gmx.de",
    "gmx.net",
    "web.de",
    "orange.fr",
];
/// Words of an office in an address.
const OFFICES: [&str; 26] = [
    "info",
    "press",
    "media",
    "contact",
    "office",
    "desk",
    "mail",
    "team",
    "support",
    "help",
    "enquiries",
    "enquiry",
    "editor",
    "editors",
    "secretariat",
    "service",
    "services",
    "data",
    "privacy",
    "presse",
    "kontakt",
    "redaktion",
    "communication",
    "webmaster",
    "noreply",
    "no-reply",
];
const TELEPHONE: [&str; 12] =
    ["tel", "tél", "phone", "telephone", "téléphone", "telefon", "mobile", "mobil", "cell", "fax", "portable", "handy"];

fn look(reading: &Reading, found: &mut Vec<Finding>) {
    let allowed = reading.weights.words(CODE, "allow");
    for read in &reading.passages {
        let text = &read.passage.text;
        let mut tell = |range: Range<usize>, what: &str| {
            if !allowed.iter().any(|known| known.eq_ignore_ascii_case(&text[range.clone()])) {
                let message = format!("`{}` is {what}", &text[range.clone()]);
                found.push(Finding::new(CODE, message, "name an office, and its address", Some(read.passage.in_file(range))));
            }
        };
        text.match_indices('@')
            .filter_map(|(at, _)| address(text, at))
            .filter(|range| is_personal(&read.lower[range.clone()]))
            .for_each(|range| tell(range, "the address of a person"));
        numbers(text, &read.lower).into_iter().for_each(|range| tell(range, "a telephone number"));
    }
}

/// The mail address round an `@`.
fn address(text: &str, at: usize) -> Option<Range<usize>> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+');
    let bytes = text.as_bytes();
    let before = bytes[..at].iter().rev().take_while(|byte| is_part(byte)).count();
    let behind = bytes[at + 1..].iter().take_while(|byte| is_part(byte)).count();
    let domain = text[at + 1..at + 1 + behind].trim_end_matches(['.', '-', '_', '+']);
    (before > 0 && domain.contains('.')).then(|| at - before..at + 1 + domain.len())
}

/// Whether an address in small letters is that of one person.
fn is_personal(address: &str) -> bool {
    let Some((name, domain)) = address.split_once('@') else { return false };
    let mut parts = name.split(['.', '_', '-', '+']);
    if parts.clone().any(|part| OFFICES.contains(&part)) {
        return false;
    }
    let is_name = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let names = name.split(['.', '_']).count();
    PRIVATE.contains(&domain) || (names == 2 || names == 3) && parts.all(|part| !part.is_empty() && is_name(part))
}

/// Telephone numbers: a `+` and eight digits or more, or six behind a word that says so.
fn numbers(text: &str, lower: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(|letter: char| letter == '+' || letter == '(' || letter.is_ascii_digit()).map(|at| from + at) {
        let rest = &text[at..];
        let length = rest.find(|letter: char| !(letter.is_ascii_digit() || "+() -./\u{a0}\u{202f}".contains(letter))).unwrap_or(rest.len());
        let number = rest[..length].trim_end_matches(|letter: char| !letter.is_ascii_digit());
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        let is_international = number.starts_with('+')
            && (8..=15).contains(&digits)
            && number.as_bytes().get(1).is_some_and(|next| next.is_ascii_digit() || *next == b'(')
            && !is_figure(&number[1..]);
        let before = lower[..at].trim_end_matches([' ', ':', '.', '\u{a0}', '(']);
        let is_called = (6..=15).contains(&digits)
            && TELEPHONE.iter().any(|word| before.strip_suffix(word).is_some_and(|head| !head.ends_with(char::is_alphanumeric)));
        if is_international || is_called {
            found.push(at..at + number.len());
        }
        from = at + length.max(1);
    }
    found
}

/// `12 000 000`: groups of three digits.
fn is_figure(number: &str) -> bool {
    let mut groups = number.split([' ', '.', '\u{a0}', '\u{202f}']);
    groups.next().is_some_and(|first| first.len() <= 3) && groups.all(|group| group.len() == 3)
}

#[cfg(test)]
mod tests {
    use crate::lint::language::tests::{found, found_in};

    #[test]
    fn addresses_and_numbers_of_people_are_told() {
        let text = "Ask jane.doe@example.org, [j_smith](mailto:x) or k.lee99@gmail.com; +32 (0)2 555 01-23, tel.: 02 555 0123, or press@example.org.";
        let mut told = found("personal-contact", "en", text);
        told.sort();
        assert_eq!(told, ["+32 (0)2 555 01-23", "02 555 0123", "jane.doe@example.org", "k.lee99@gmail.com"]);
    }

    #[test]
    fn offices_figures_and_keys_are_none() {
        let text = "Write to press.office@example.org, desk@example.org. Up by +3.5 to +12 000 000 euros; 2024-2025, p. 12-345-678. @doe.jane says [@a.b]. See https://a.org/@x.y";
        assert_eq!(found("personal-contact", "en", text), [""; 0]);
        let settings = "[lints]\npersonal-contact = { allow = [\"first.aid@example.org\"] }\n";
        assert_eq!(found_in(settings, "personal-contact", "en", "first.aid@example.org"), [""; 0]);
    }
}
