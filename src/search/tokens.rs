//! Tokens: where words begin and end in a text.
//!
//! Owns rules 2 to 5 of `docs/search-index.md`, "Words", as far as they are about letters and what stands between them. It must not know forms and stems.

use unicode_normalization::char::is_combining_mark;

use super::keys::short_in;

/// A token of a text: where it is, and the key of what stands there.
#[derive(Clone, Copy)]
pub struct Token {
    pub key: u128,
    start: u32,
    end: u32,
}

/// A token that may be a part of a longer word, or of a number with a sign.
#[derive(Clone, Copy)]
pub struct Open {
    /// The place of the token among those of its text.
    pub at: u32,
    /// Where the next token begins; the end of the text behind the last one.
    next: u32,
    /// Whether it is a pair of Chinese or Japanese letters.
    pub is_pair: bool,
}

/// The tokens of a text in normal form.
#[derive(Default)]
pub struct Tokens {
    pub all: Vec<Token>,
    pub open: Vec<Open>,
    letters: Letters,
}

impl Token {
    pub fn in_text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }
}

impl Open {
    /// What stands between the token and the next one.
    pub fn behind<'t>(&self, token: &Token, text: &'t str) -> &'t str {
        &text[token.end as usize..self.next.max(token.end) as usize]
    }
}

impl Tokens {
    /// Takes the tokens of `text` in the place of those that are here.
    pub fn read(&mut self, text: &str) {
        self.all.clear();
        self.open.clear();
        let bytes = text.as_bytes();
        self.letters.mark(bytes);
        let mut start = next_letter(text, 0);
        while start < bytes.len() {
            let end = self.letters.end(start);
            // Most tokens are of ASCII alone, and the next one stands behind a space, with at most a comma or the like before it.
            let next = match bytes.get(end..end + 3) {
                Some([b' ', ..]) if self.letters.has(end + 1) && end > start => end + 1,
                Some([b',' | b'.' | b';' | b':', b' ', _]) if self.letters.has(end + 2) && end > start => end + 2,
                _ => {
                    start = self.push_open(text, start, end);
                    continue;
                }
            };
            self.all.push(Token { key: short_in(text, start, end), start: start as u32, end: end as u32 });
            start = next;
        }
    }

    /// Adds the token at `start` that has letters of ASCII up to `end`, whatever comes then. Returns where the next one begins.
    #[inline(never)]
    fn push_open(&mut self, text: &str, start: usize, end: usize) -> usize {
        let (end, is_pair, overlapping) = token_end(text, &self.letters, start, end);
        let next = overlapping.unwrap_or_else(|| next_letter(text, end));
        self.open.push(Open { at: self.all.len() as u32, next: next as u32, is_pair });
        self.all.push(Token { key: short_in(text, start, end), start: start as u32, end: end as u32 });
        next
    }

    /// Leaves out the tokens at these places, in order, which are no words.
    pub fn leave_out(&mut self, places: &[u32]) {
        let is_out = |at: u32| places.binary_search(&at).is_ok();
        let mut at = 0..;
        self.all.retain(|_| at.next().is_some_and(|at| !is_out(at)));
        self.open.retain(|open| !is_out(open.at));
        self.open.iter_mut().for_each(|open| open.at -= places.partition_point(|place| *place < open.at) as u32);
    }
}

/// Which bytes of a text are letters and digits of ASCII: a bit each, so that a run of them is seen at once.
#[derive(Default)]
struct Letters(Vec<u64>);

impl Letters {
    fn mark(&mut self, bytes: &[u8]) {
        self.0.clear();
        let (blocks, rest) = bytes.as_chunks();
        self.0.extend(blocks.iter().map(letters));
        let mut last = [0; 64];
        last[..rest.len()].copy_from_slice(rest);
        self.0.push(letters(&last));
    }

    /// Whether a letter or a digit is at a place within the text.
    #[inline]
    fn has(&self, at: usize) -> bool {
        self.0[at / 64] >> (at % 64) & 1 == 1
    }

    /// The end of the letters and digits that stand at `start`: itself, if there are none.
    #[inline]
    fn end(&self, start: usize) -> usize {
        let mut at = start / 64;
        let mut others = !self.0[at] >> (start % 64) << (start % 64);
        while others == 0 {
            at += 1;
            // No letters stand behind the text.
            others = self.0.get(at).map_or(1, |letters| !letters);
        }
        at * 64 + others.trailing_zeros() as usize
    }
}

/// A bit for each byte, the first one lowest.
fn letters(bytes: &[u8; 64]) -> u64 {
    let (eights, _) = bytes.as_chunks();
    let mut bits = 0;
    for eight in eights.iter().rev() {
        bits = bits << 8 | letters_of_eight(u64::from_le_bytes(*eight));
    }
    bits
}

/// The same of eight bytes at once: nothing in it depends on what a compiler makes of a loop.
#[inline]
fn letters_of_eight(eight: u64) -> u64 {
    const EACH: u64 = u64::MAX / 255;
    const HIGH: u64 = 0x80 * EACH;
    /// Brings the lowest bits of eight bytes together in the highest one.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    // The high bit of each byte, which is below 128, that is not less than `least`.
    let not_less = |bytes: u64, least: u8| bytes + (0x80 - u64::from(least)) * EACH;
    let low = eight & !HIGH;
    let small = low | (0x20 * EACH);
    let letters = not_less(small, b'a') & !not_less(small, b'z' + 1);
    let digits = not_less(low, b'0') & !not_less(low, b'9' + 1);
    (((letters | digits) & !eight & HIGH) >> 7).wrapping_mul(GATHER) >> 56
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
fn token_end(text: &str, letters: &Letters, start: usize, mut at: usize) -> (usize, bool, Option<usize>) {
    let bytes = text.as_bytes();
    loop {
        at = letters.end(at);
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
    fn letters_of_ascii_are_seen_alike_wherever_they_end() {
        let mut letters = Letters::default();
        for byte in 0..=255 {
            for length in [0, 1, 7, 62, 63, 64, 65, 127, 128, 200] {
                let text = [&vec![b'a'; length], &[byte][..], b"Z9!"].concat();
                letters.mark(&text);
                for start in [0, length / 2, length] {
                    let expected = start + text[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
                    assert_eq!(letters.end(start), expected, "{byte} behind {length}, from {start}");
                }
            }
            letters.mark(&vec![b'a'; usize::from(byte)]);
            assert_eq!(letters.end(0), usize::from(byte));
        }
    }
}
