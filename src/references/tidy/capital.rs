//! The first letter of a note (M28).

use super::super::Inline;

/// Lower-case words with which a name may begin: they stay.
const PARTICLES: &[&str] = &[
    "af", "al", "av", "bin", "d", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn", "la", "las", "le",
    "los", "ten", "ter", "van", "von", "zu", "zum", "zur",
];

/// Writes the first letter of pieces as a capital, as a note begins: `Ibid.`, `See`. Particles of names stay as they are, and what begins with an address.
pub fn capital(pieces: &mut [Inline]) {
    first(pieces);
}

/// Whether the first letter was met.
fn first(pieces: &mut [Inline]) -> bool {
    pieces.iter_mut().any(|piece| match piece {
        Inline::Text(text) => of_text(text),
        Inline::Span(_, inside) | Inline::Source(_, inside) => first(inside),
        Inline::Link(_, _) => true,
    })
}

fn of_text(text: &mut Box<str>) -> bool {
    let Some(at) = text.find(char::is_alphanumeric) else { return false };
    let word: String = text[at..].chars().take_while(|letter| letter.is_alphabetic()).collect();
    let letter = text[at..].chars().next().expect("a letter was found there");
    if letter.is_lowercase() && !PARTICLES.contains(&&*word) {
        let capital: String = letter.to_uppercase().collect();
        *text = [&text[..at], &capital, &text[at + letter.len_utf8()..]].concat().into();
    }
    true
}
