//! Ranges of dates (M02): the engine stops at them, so a source is printed twice, with the first day and with the last, and what differs is the range.

use super::super::Inline;

/// The year that stands for the end of a range that has none.
const OPEN_END: &str = "9999";

/// What was printed with the start of a range and what was printed with its end, as one: `3 August–23 October 2003`. If the two are not alike but for what they
/// say of dates, what was printed with the start.
pub fn merge(start: Vec<Inline>, end: &[Inline]) -> Vec<Inline> {
    merged(&start, end).unwrap_or(start)
}

fn merged(start: &[Inline], end: &[Inline]) -> Option<Vec<Inline>> {
    if start.len() != end.len() {
        return None;
    }
    start.iter().zip(end).map(|(start, end)| both(start, end)).collect()
}

fn both(start: &Inline, end: &Inline) -> Option<Inline> {
    match (start, end) {
        _ if start == end => Some(start.clone()),
        (Inline::Text(start), Inline::Text(end)) => Some(Inline::text(of_text(start, end))),
        (Inline::Span(format, start), Inline::Span(other, end)) if format == other => Some(Inline::Span(*format, merged(start, end)?)),
        (Inline::Link(url, start), Inline::Link(other, end)) if url == other => Some(Inline::Link(url.clone(), merged(start, end)?)),
        (Inline::Source(key, start), Inline::Source(other, end)) if key == other => Some(Inline::Source(key.clone(), merged(start, end)?)),
        _ => None,
    }
}

/// What stands before and behind the two dates stands once. A year, which both have, is behind the second only; where years differ, both dates are whole.
fn of_text(start: &str, end: &str) -> String {
    let (first, last) = (words(start), words(end));
    let before = first.iter().zip(&last).take_while(|(one, other)| one == other).count();
    let most = first.len().min(last.len()) - before;
    let behind = first.iter().rev().zip(last.iter().rev()).take(most).take_while(|(one, other)| one == other).count();
    let whole_before = if years(&first) == years(&last) { before } else { start_of_date(&first, before) };
    let (from, to) = (first[whole_before..first.len() - behind].concat(), last[whole_before..last.len() - behind].concat());
    let to = if to.contains(OPEN_END) { String::new() } else { to };
    format!("{}{from}–{to}{}", first[..whole_before].concat(), first[first.len() - behind..].concat())
}

/// Words and numbers, and what stands between them.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let is_word = letter.is_alphanumeric();
        let end = rest.find(|other: char| other.is_alphanumeric() != is_word).unwrap_or(rest.len());
        let end = if is_word { end } else { letter.len_utf8() };
        words.push(&rest[..end]);
        rest = &rest[end..];
    }
    words
}

fn years<'a>(words: &[&'a str]) -> Vec<&'a str> {
    words.iter().filter(|word| word.len() == 4 && word.chars().all(|letter| letter.is_ascii_digit())).copied().collect()
}

/// Where the date begins whose word at `at` is the first that differs: after the bracket, comma or full stop before it.
fn start_of_date(words: &[&str], at: usize) -> usize {
    words[..at].iter().rposition(|word| !word.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '/' | '-'))).map_or(
        0,
        |mark| {
            let after = mark + 1;
            after + words[after..at].iter().take_while(|word| **word == " ").count()
        },
    )
}
