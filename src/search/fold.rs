//! Folding: a token as it is looked up.
//!
//! Owns rules 1 and 2 of `docs/search-index.md`, "Words", as far as they are about how letters are written. It must not know stems.

use unicode_normalization::UnicodeNormalization;

/// A token as it is looked up: small letters without accents, numbers without commas between thousands.
pub fn fold(token: &str) -> String {
    let form = if token.is_ascii() { token.to_ascii_lowercase() } else { bare(token) };
    if form.as_bytes().contains(&b',') { without_thousands(&form) } else { form }
}

/// A token in small letters without accents.
fn bare(token: &str) -> String {
    let mut form = String::with_capacity(token.len());
    let bare: String = token.nfkd().filter(|letter| !is_accent(*letter)).nfc().collect();
    for letter in bare.to_lowercase().chars() {
        match letter {
            'ß' => form.push_str("ss"),
            'æ' => form.push_str("ae"),
            'œ' => form.push_str("oe"),
            'ø' => form.push('o'),
            'ł' => form.push('l'),
            'đ' => form.push('d'),
            'ı' => form.push('i'),
            'ς' => form.push('σ'),
            letter => form.push(letter),
        }
    }
    form
}

/// Marks that are not typed: of Latin, Greek and Cyrillic letters, of Hebrew and Arabic vowels, and the line that stretches Arabic words.
fn is_accent(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6ed}')
}

fn without_thousands(form: &str) -> String {
    let mut pieces = form.split(',');
    let mut whole = pieces.next().unwrap_or_default().to_string();
    for piece in pieces {
        let digits = piece.chars().take_while(|letter| letter.is_numeric()).count();
        if digits != 3 {
            whole.push(',');
        }
        whole.push_str(piece);
    }
    whole
}
