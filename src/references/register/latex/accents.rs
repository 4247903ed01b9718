//! Accents of LaTeX in all their spellings: `\'e`, `\'{e}`, `{\'e}`, `\'\i`, `\c c`, `\c{c}`.

use unicode_normalization::UnicodeNormalization;

use super::commands::{Command, command};

/// A letter with its accent, and how many bytes it took.
pub struct Accented {
    pub text: String,
    pub length: usize,
}

/// The combining mark of an accent's command.
pub fn mark(name: &str) -> Option<char> {
    Some(match name {
        "\"" => '\u{308}',
        "'" => '\u{301}',
        "`" => '\u{300}',
        "^" => '\u{302}',
        "~" => '\u{303}',
        "=" => '\u{304}',
        "." => '\u{307}',
        "u" => '\u{306}',
        "v" => '\u{30c}',
        "H" => '\u{30b}',
        "c" => '\u{327}',
        "k" => '\u{328}',
        "r" => '\u{30a}',
        "b" => '\u{331}',
        "d" => '\u{323}',
        "h" => '\u{309}',
        "G" => '\u{30f}',
        "U" => '\u{30e}',
        _ => return None,
    })
}

/// Reads the letter behind an accent's command.
pub fn read(rest: &str, mark: char) -> Accented {
    let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\n']).len();
    let inside = &rest[blank..];
    let braces = inside.starts_with('{').then(|| inside.find('}').filter(|end| *end <= 40)).flatten();
    let (base, length) = match braces {
        Some(end) => (inside[1..end].trim(), blank + end + 1),
        None => {
            let length = letter_length(inside);
            (&inside[..length], blank + length)
        }
    };
    let mut letters = letters(base).into_iter();
    let text: String = match letters.next() {
        Some(first) => [first, mark].into_iter().chain(letters).nfc().collect(),
        // An accent over nothing is the sign alone: `\~{}` and `\^{}`.
        None => alone(mark).to_string(),
    };
    Accented { text, length }
}

/// How many bytes the letter takes that stands here without braces: itself, or a command such as `\i`.
fn letter_length(text: &str) -> usize {
    match text.strip_prefix('\\') {
        Some(name) => {
            let letters = name.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(name.len());
            if letters > 0 { 1 + letters } else { 0 }
        }
        None => text.chars().next().filter(|letter| letter.is_alphabetic()).map_or(0, char::len_utf8),
    }
}

/// The letters of the base; those without a dot get it back, because the accent stands in its place in one sign.
fn letters(base: &str) -> Vec<char> {
    let name = base.strip_prefix('\\').map(str::trim);
    let text = match name {
        Some("i") => "i",
        Some("j") => "j",
        Some(name) => match command(name) {
            Some(Command::Sign(sign)) => sign,
            _ => match name.chars().next().and_then(|first| mark(first.encode_utf8(&mut [0; 4]))) {
                // Two accents on one letter: `\'{\^e}`.
                Some(second) => return read(&name[1..], second).text.chars().collect(),
                None => name,
            },
        },
        None => base,
    };
    text.chars().map(|letter| if letter == 'ı' { 'i' } else { letter }).filter(|letter| !matches!(letter, '{' | '}')).collect()
}

fn alone(mark: char) -> &'static str {
    match mark {
        '\u{303}' => "~",
        '\u{302}' => "^",
        '\u{301}' => "´",
        '\u{300}' => "`",
        '\u{308}' => "¨",
        '\u{304}' => "¯",
        '\u{327}' => "¸",
        '\u{30a}' => "°",
        _ => "",
    }
}
