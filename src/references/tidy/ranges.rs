//! Ranges of dates (M02): what was printed of the first day and what was printed of the last, as one.

/// Two dates as a range: `3 August–23 October 2003`. What stands before and behind both stands once; where their years differ, both are whole. A date with the
/// year `no_end` is none.
pub fn range(start: &str, end: &str, no_end: &str) -> String {
    let (first, last) = (words(start), words(end));
    let before = first.iter().zip(&last).take_while(|(one, other)| one == other).count();
    let most = first.len().min(last.len()) - before;
    let behind = first.iter().rev().zip(last.iter().rev()).take(most).take_while(|(one, other)| one == other).count();
    let whole_before = if years(&first) == years(&last) { before } else { start_of_date(&first, before) };
    let (from, to) = (first[whole_before..first.len() - behind].concat(), last[whole_before..last.len() - behind].concat());
    let to = if to.contains(no_end) { String::new() } else { to };
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
