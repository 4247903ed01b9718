//! The words of a file as readers see them, whatever it is written in: each by its hash, in small letters.
//!
//! Spaces, marks, tags, entities and escapes part words; soft hyphens do not. It must not know what is looked for.

use unicode_normalization::UnicodeNormalization;

use super::signs::{decoded, entity, escape};

/// Whether a word stands in running text, or in a tag and its attributes: what stands in a tag parts no sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    Text,
    Tag,
}

/// One word, with its place in the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    pub stream: Stream,
    pub hash: u64,
    pub start: usize,
    pub end: usize,
    /// Whether a block begins between it and the word before: no sentence goes on there.
    pub parted: bool,
}

/// Where a reader of bytes is.
#[derive(Clone, Copy)]
struct State {
    stream: Stream,
    parted: bool,
}

impl State {
    /// A tag begins, of which this is what follows its `<`.
    fn open(&mut self, rest: &[u8]) {
        if opens_tag(rest.first()) {
            self.stream = Stream::Tag;
            self.parted |= !is_inline(rest);
        }
    }

    /// The next word of the stream.
    #[inline]
    fn word(&mut self, hash: u64, start: usize, end: usize) -> Word {
        let parted = self.parted && self.stream == Stream::Text;
        self.parted &= !parted;
        Word { stream: self.stream, hash, start, end, parted }
    }
}

/// What stands between blocks in a text that has no tags.
pub const BREAK: u8 = 1;

/// So many bytes are looked at together.
const BLOCK: usize = 64;

/// Calls `take` with every word in its order. Plain letters and digits are taken from masks of blocks, everything else letter by letter.
#[inline]
pub fn each(bytes: &[u8], mut take: impl FnMut(Word)) {
    let mut state = State { stream: Stream::Text, parted: true };
    let mut at = 0;
    'blocks: while at < bytes.len() {
        let rest = &bytes[at..];
        let mut padded = [b' '; BLOCK];
        let block = rest.first_chunk::<BLOCK>().unwrap_or_else(|| {
            padded[..rest.len()].copy_from_slice(rest);
            &padded
        });
        let (words, signs) = masks(block);
        let mut here = 0;
        while here < BLOCK {
            let left = (words | signs) >> here;
            if left == 0 {
                break;
            }
            here += left.trailing_zeros() as usize;
            if (signs >> here) & 1 == 1 {
                match block[here] {
                    b'<' => state.open(&bytes[at + here + 1..]),
                    b'>' => state.stream = Stream::Text,
                    BREAK => state.parted = true,
                    _ => {
                        at = by_letter(bytes, at + here, &mut state, &mut take);
                        continue 'blocks;
                    }
                }
                here += 1;
                continue;
            }
            let end = here + (!(words >> here)).trailing_zeros() as usize;
            let goes_on = end == BLOCK && at + end < bytes.len();
            if goes_on && here > 0 {
                at += here;
                continue 'blocks;
            }
            if goes_on || end < BLOCK && (signs >> end) & 1 == 1 && !matches!(block[end], b'<' | b'>' | BREAK) {
                at = by_letter(bytes, at + here, &mut state, &mut take);
                continue 'blocks;
            }
            take(state.word(hash_of_plain(&bytes[at + here..], end - here), at + here, at + end));
            here = end;
        }
        at += BLOCK;
    }
}

/// The hashes of all words of a text.
pub fn hashes(text: &str) -> Vec<u64> {
    let mut all = Vec::new();
    each(text.as_bytes(), |word| all.push(word.hash));
    all
}

/// Which bytes of a block are letters and digits of ASCII, and which need a closer look, a bit each.
#[inline]
fn masks(block: &[u8; BLOCK]) -> (u64, u64) {
    let (mut words, mut signs) = ([0u8; BLOCK], [0u8; BLOCK]);
    for ((byte, word), sign) in block.iter().zip(&mut words).zip(&mut signs) {
        let is_letter = (byte | 0x20).wrapping_sub(b'a') < 26;
        let is_digit = byte.wrapping_sub(b'0') < 10;
        *word = u8::from(is_letter) | u8::from(is_digit);
        // `<` and `>` differ by that bit.
        *sign = u8::from(*byte >= 128)
            | u8::from(byte & !2 == b'<')
            | u8::from(*byte == b'&')
            | u8::from(*byte == b'\\')
            | u8::from(*byte == BREAK);
    }
    (gathered(&words), gathered(&signs))
}

/// A bit for each byte that is 0 or 1, eight at a time.
#[inline]
fn gathered(flags: &[u8; BLOCK]) -> u64 {
    let eight = |flags: &[u8; 8]| u64::from_le_bytes(*flags).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    flags.as_chunks().0.iter().rev().fold(0, |mask, flags| (mask << 8) | eight(flags))
}

/// Whether a `<` before this byte opens a tag: `a < b` is none.
#[inline]
fn opens_tag(next: Option<&u8>) -> bool {
    next.is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?'))
}

/// Whether a tag stands within a sentence, by what follows its `<`. The number of a note is no word of a sentence, nor is what is cited beside one.
fn is_inline(rest: &[u8]) -> bool {
    let rest = rest.strip_prefix(b"/").unwrap_or(rest);
    let length = rest.iter().take(8).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let name = &rest[..length];
    match length {
        1 => !name.eq_ignore_ascii_case(b"p"),
        2 => [b"em", b"rt", b"br"].iter().any(|known| name.eq_ignore_ascii_case(*known)),
        3 => [b"sub", b"del", b"ins", b"bdi", b"bdo", b"dfn", b"kbd", b"var", b"wbr", b"img"]
            .iter()
            .any(|known| name.eq_ignore_ascii_case(*known)),
        4 => [b"span", b"abbr", b"mark", b"code", b"samp", b"data", b"ruby", b"font"].iter().any(|known| name.eq_ignore_ascii_case(*known)),
        5 => [b"small", b"tspan"].iter().any(|known| name.eq_ignore_ascii_case(*known)),
        6 => name.eq_ignore_ascii_case(b"strong"),
        // A comment.
        _ => rest.first() == Some(&b'!'),
    }
}

/// Takes words letter by letter from a place on, up to a plain sign that parts them; returns where that is.
fn by_letter(bytes: &[u8], start: usize, state: &mut State, take: &mut impl FnMut(Word)) -> usize {
    let mut word = String::new();
    let (mut from, mut at) = (start, start);
    while let Some(byte) = bytes.get(at) {
        let rest = &bytes[at..];
        let (letter, length) = match byte {
            b'&' => entity(rest).unwrap_or((' ', 1)),
            b'\\' => escape(rest),
            128.. => decoded(rest),
            byte if byte.is_ascii_alphanumeric() => (char::from(*byte), 1),
            _ => break,
        };
        if is_in_words(letter) {
            if word.is_empty() {
                from = at;
            }
            word.push(letter);
        } else if !is_nothing(letter) {
            finish(&mut word, state, from, at, take);
            match letter {
                '<' => state.open(&bytes[at + length..]),
                '>' => state.stream = Stream::Text,
                _ => {}
            }
        }
        at += length;
    }
    finish(&mut word, state, from, at, take);
    at
}

fn finish(word: &mut String, state: &mut State, start: usize, end: usize, take: &mut impl FnMut(Word)) {
    if word.is_empty() {
        return;
    }
    let hash = if word.is_ascii() { hash_of_plain(word.as_bytes(), word.len()) } else { hash_of_folded(&folded(word)) };
    take(state.word(hash, start, end));
    word.clear();
}

/// Letters, digits, and marks on letters.
fn is_in_words(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '\u{300}'..='\u{36f}')
}

/// What readers do not see: soft hyphens, joiners, spaces of no width.
pub fn is_nothing(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn folded(word: &str) -> String {
    word.nfc().collect::<String>().to_lowercase()
}

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// The hash of letters and digits of ASCII, large or small, of which there are `length` at the beginning of `bytes`.
#[inline]
fn hash_of_plain(bytes: &[u8], length: usize) -> u64 {
    pieces(bytes, length, 0x2020_2020_2020_2020)
}

/// The same for a word in small letters.
fn hash_of_folded(word: &str) -> u64 {
    pieces(word.as_bytes(), word.len(), 0)
}

/// Eight bytes at a time, each made a small letter by `small`.
#[inline]
fn pieces(bytes: &[u8], length: usize, small: u64) -> u64 {
    let (mut hash, mut at) = (0u64, 0);
    while at < length {
        let count = (length - at).min(8);
        let piece = (eight(&bytes[at..]) | small) & (u64::MAX >> (64 - 8 * count));
        hash = (hash ^ piece).wrapping_mul(FACTOR);
        hash ^= hash >> 32;
        at += 8;
    }
    hash
}

#[inline]
fn eight(bytes: &[u8]) -> u64 {
    u64::from_le_bytes(bytes.first_chunk().copied().unwrap_or_else(|| {
        let mut padded = [0; 8];
        padded[..bytes.len()].copy_from_slice(bytes);
        padded
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        each(text.as_bytes(), |word| {
            found.push(format!("{}{}", if word.stream == Stream::Tag { "<" } else { "" }, &text[word.start..word.end]))
        });
        found
    }

    #[test]
    fn words_are_told_from_tags_and_what_parts_them() {
        assert_eq!(words("See <b>the</b> plan, a < b."), ["See", "<b", "the", "<b", "plan", "a", "b"]);
        assert_eq!(words("<img alt=\"two words\">x"), ["<img", "<alt", "<two", "<words", "x"]);
        let long = "a".repeat(200);
        assert_eq!(words(&format!("{long} {} b", "-".repeat(70))), [&*long, "b"]);
        assert_eq!(words(&format!("{}ab cd", " ".repeat(63))), ["ab", "cd"]);
    }

    #[test]
    fn a_sentence_has_the_same_words_however_it_is_written() {
        let plain = hashes("The minister's plan \u{2013} a caf\u{e9} in Zo\u{eb}'s town");
        for other in [
            "THE MINISTER\u{2019}S PLAN a Cafe\u{301} in Zo\u{eb}\u{2019}s town",
            "The minister&rsquo;s&nbsp;plan &#8211; a caf&eacute; in Zo&euml;&#x27;s town",
            "The min\u{ad}ister&amp;rsquo;s plan a caf&amp;#233; in Zo&euml;'s\ntown",
            "The minister\\u2019s plan\\na caf\\u00e9 in Zo\\u00EB\\\"s town",
            "The mini&shy;ster's plan a caf\u{e9} in Zo\u{eb}\u{a0}s\u{202f}town",
        ] {
            assert_eq!(hashes(other), plain, "{other}");
        }
        assert_ne!(hashes("The ministers plan a caf\u{e9} in Zo\u{eb}'s town"), plain);
    }

    #[test]
    fn blocks_part_sentences_and_words_in_italics_do_not() {
        let parted = |text: &str| {
            let mut found = Vec::new();
            each(text.as_bytes(), |word| found.extend((word.stream == Stream::Text).then_some(word.parted)));
            found
        };
        assert_eq!(parted("a <em>b</em> <A href=x>c</A> <!-- x -->d<br>e"), [true, false, false, false, false]);
        assert_eq!(parted("<p>a</p><p>b <span>c</span></td><TD>d"), [true, true, false, true]);
        assert_eq!(parted("a\u{1}b c &lt;/p&gt;d"), [true, true, false, true]);
    }

    #[test]
    fn tags_that_are_escaped_part_no_sentence() {
        let mut found = Vec::new();
        each(b"one &lt;em class=x&gt;two&lt;/em&gt; \\u003cb\\u003ethree", |word| {
            if word.stream == Stream::Text {
                found.push(word.hash);
            }
        });
        assert_eq!(found, hashes("one two three"));
    }
}
