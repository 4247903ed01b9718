//! Tokens: where words begin and end in a text.
//!
//! Owns rules 2 to 5 of `docs/search-index.md`, "Words", as far as they are about letters and what stands between them. It must not know forms and stems.

use unicode_normalization::char::is_combining_mark;

/// A token of a text: where it is, and where the next one begins.
#[derive(Clone, Copy)]
pub struct Token {
    pub start: usize,
    pub end: usize,
    /// Whether it is a pair of Chinese or Japanese letters.
    pub is_pair: bool,
    /// The end of the text behind the last one.
    next: usize,
}

impl Token {
    /// What stands between its end and the next token.
    pub fn behind<'t>(&self, text: &'t str) -> &'t str {
        &text[self.end..self.next.max(self.end)]
    }

    /// Whether that is one space.
    #[inline]
    pub fn is_before_space(&self, text: &str) -> bool {
        self.next == self.end + 1 && text.as_bytes()[self.end] == b' '
    }
}

/// The tokens of a text in normal form.
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, next: next_letter(text, 0) }
}

pub struct Tokens<'t> {
    text: &'t str,
    next: usize,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    #[inline]
    fn next(&mut self) -> Option<Token> {
        let (bytes, start) = (self.text.as_bytes(), self.next);
        let end = start + ascii_letters(bytes.get(start..)?);
        if end > start
            && let Some([b' ', next]) = bytes.get(end..end + 2)
            && next.is_ascii_alphanumeric()
        {
            // Most tokens are of ASCII alone, and the next one stands behind a space.
            self.next = end + 1;
            return Some(Token { start, end, is_pair: false, next: self.next });
        }
        (start < bytes.len()).then(|| self.other(start, end))
    }
}

impl Tokens<'_> {
    /// The token at `start` that has letters of ASCII up to `end`, whatever comes then.
    #[inline(never)]
    fn other(&mut self, start: usize, end: usize) -> Token {
        let (end, is_pair, overlapping) = token_end(self.text, start, end);
        self.next = overlapping.unwrap_or_else(|| next_letter(self.text, end));
        Token { start, end, is_pair, next: self.next }
    }
}

/// Where the next letter stands; the end of the text if there is none.
fn next_letter(text: &str, from: usize) -> usize {
    let is_found = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    let Some(found) = text.as_bytes()[from..].iter().position(is_found).map(|offset| from + offset) else { return text.len() };
    if text.as_bytes()[found].is_ascii() {
        return found;
    }
    text[found..].char_indices().find(|(_, letter)| is_letter(*letter)).map_or(text.len(), |(offset, _)| found + offset)
}

/// Where the token at `start` ends, of which what stands before `at` has been read, whether it is a pair of Chinese or Japanese letters, and where the
/// next one begins if it overlaps.
fn token_end(text: &str, start: usize, mut at: usize) -> (usize, bool, Option<usize>) {
    let bytes = text.as_bytes();
    loop {
        at += ascii_letters(&bytes[at..]);
        match bytes.get(at) {
            Some(b'.' | b',') if joins(text, start, at) => at += 1,
            Some(byte) if !byte.is_ascii() => {
                let letter = text[at..].chars().next().unwrap_or(' ');
                if !is_letter(letter) {
                    return (at, false, None);
                }
                if is_ideograph(letter) {
                    return if at == start { pair(text, start) } else { (at, false, Some(at)) };
                }
                at += letter.len_utf8();
            }
            _ => return (at, false, None),
        }
    }
}

/// How many letters and digits of ASCII `bytes` begin with: eight bytes at a time.
#[inline]
fn ascii_letters(bytes: &[u8]) -> usize {
    const EACH: u64 = u64::MAX / 255;
    const HIGH: u64 = 0x80 * EACH;
    // The high bit of each byte, which is below 128, that is not less than `least`.
    let not_less = |bytes: u64, least: u8| bytes + (0x80 - u64::from(least)) * EACH;
    let mut length = 0;
    while let Some(eight) = bytes[length..].first_chunk().map(|eight| u64::from_le_bytes(*eight)) {
        let low = eight & !HIGH;
        let small = low | (0x20 * EACH);
        let letters = not_less(small, b'a') & !not_less(small, b'z' + 1);
        let digits = not_less(low, b'0') & !not_less(low, b'9' + 1);
        let others = !((letters | digits) & !eight) & HIGH;
        if others != 0 {
            return length + others.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    length + bytes[length..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

/// Whether the point or comma at `at` belongs to the token that began at `start`: it stands between two numbers.
fn joins(text: &str, start: usize, at: usize) -> bool {
    text[at + 1..].starts_with(char::is_numeric) && text[start..at].ends_with(char::is_numeric)
}

/// The pair of letters at `start`; the last letter of a run belongs to the pair before, unless it is alone.
fn pair(text: &str, start: usize) -> (usize, bool, Option<usize>) {
    let mut run = text[start..].char_indices().take_while(|(_, letter)| is_ideograph(*letter)).map(|(at, letter)| (start + at, letter));
    run.next();
    let Some((second, letter)) = run.next() else {
        let end = start + text[start..].chars().next().map_or(0, char::len_utf8);
        return (end, true, None);
    };
    let end = second + letter.len_utf8();
    (end, true, run.next().map(|_| second))
}

fn is_letter(letter: char) -> bool {
    if letter.is_ascii() { letter.is_ascii_alphanumeric() } else { letter.is_alphanumeric() || is_combining_mark(letter) }
}

/// Letters of the scripts Han, Hiragana and Katakana (Unicode's `Scripts.txt`), and the mark of long vowels.
fn is_ideograph(letter: char) -> bool {
    matches!(letter,
        '\u{2e80}'..='\u{2fd5}' | '\u{3005}' | '\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3038}'..='\u{303b}' | '\u{3041}'..='\u{3096}'
        | '\u{309d}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{fad9}' | '\u{20000}'..='\u{3ffff}')
}

/// Between the parts of `F-35` and `A/RES/2758`.
pub fn joiner(between: &str) -> Option<char> {
    match between {
        "-" | "\u{2010}" | "\u{2011}" | "\u{2013}" => Some('-'),
        "/" => Some('/'),
        _ => None,
    }
}

/// Whether what stands behind a number is a sign of per cent, with or without a space.
pub fn is_per_cent(behind: &str) -> bool {
    matches!(behind.as_bytes(), [b'%', ..] | [b' ', b'%', ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_ascii_are_counted_alike_wherever_they_end() {
        for byte in 0..=255 {
            for length in 0..20 {
                let text = [&vec![b'a'; length], &[byte][..], b"Z9!"].concat();
                let expected = text.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
                assert_eq!(ascii_letters(&text), expected, "{byte} behind {length}");
            }
        }
    }
}
