//! Keys: what stands for a text where many are compared, and the order that script has for texts.
//!
//! It must not know what the texts are.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::fingerprint::Fingerprint;

/// So many bytes stand for themselves: one more says how many they are.
const LONGEST: usize = 15;

/// What stands for a text in maps, without a way through memory: itself if it is short, else its fingerprint.
pub fn short(text: &str) -> u128 {
    short_in(text, 0, text.len())
}

/// The same of `text[start..end]`. Where more of the text follows, sixteen bytes are read at once.
#[inline]
pub fn short_in(text: &str, start: usize, end: usize) -> u128 {
    let (bytes, length) = (text.as_bytes(), end - start);
    if length > LONGEST {
        return long(&bytes[start..end]);
    }
    let whole = match bytes.get(start..start + 16).and_then(|bytes| bytes.try_into().ok()) {
        Some(whole) => u128::from_le_bytes(whole) & ((1 << (8 * length)) - 1),
        None => {
            let mut whole = [0; 16];
            whole[..length].copy_from_slice(&bytes[start..end]);
            u128::from_le_bytes(whole)
        }
    };
    // Its length stands behind its bytes, where long texts have what no length is.
    whole | (length as u128) << 120
}

#[inline(never)]
fn long(bytes: &[u8]) -> u128 {
    Fingerprint::of_bytes(bytes).0 | 0xff << 120
}

/// A map by such keys, which is only looked up in.
pub type Keys<V> = HashMap<u128, V, BuildHasherDefault<Folded>>;

/// The two halves of a key multiplied, and the product folded: it is a text or a fingerprint already, and needs no more.
#[derive(Default)]
pub struct Folded(u64);

impl Hasher for Folded {
    #[inline]
    fn write_u128(&mut self, key: u128) {
        let [low, high] = [key as u64 ^ 0x9e37_79b9_7f4a_7c15, (key >> 64) as u64 ^ 0xd1b5_4a32_d192_ed03].map(u128::from);
        let product = low * high;
        self.0 = product as u64 ^ (product >> 64) as u64;
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u128(u128::from(self.0) << 64 | u128::from(*byte)));
    }

    #[inline]
    fn finish(&self) -> u64 {
        self.0
    }
}

/// The order of strings in script: by UTF-16 units.
pub fn order(one: &str, other: &str) -> Ordering {
    begin(one)
        .cmp(&begin(other))
        .then_with(|| if one.is_ascii() || other.is_ascii() { one.cmp(other) } else { one.encode_utf16().cmp(other.encode_utf16()) })
}

/// The first eight bytes of a text, as a number that has its order. In UTF-16 what takes four bytes in UTF-8 comes before U+E000.
pub fn begin(text: &str) -> u64 {
    let mut bytes = [0; 8];
    let length = text.len().min(8);
    bytes[..length].copy_from_slice(&text.as_bytes()[..length]);
    if !bytes.is_ascii() {
        bytes.iter_mut().for_each(|byte| {
            *byte = match *byte {
                byte @ 0xf0..=0xff => byte - 2,
                byte @ 0xee..=0xef => byte + 5,
                byte => byte,
            }
        });
    }
    u64::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_texts_stand_for_each_other_in_maps() {
        let texts = ["", "\0", "a", "a\0", "\0a", "b", "aa", "fifteen letters", "sixteen letters!", "seventeen letters", "é"];
        for (at, one) in texts.iter().enumerate() {
            assert!(texts[..at].iter().all(|other| short(one) != short(other)), "{one:?}");
        }
    }

    #[test]
    fn a_text_has_the_same_key_wherever_it_stands() {
        let text = "before one and more than sixteen bytes behind it";
        for (word, start) in [("one", 7), ("it", text.len() - 2), ("more than sixteen bytes", 15), ("", 3)] {
            assert_eq!(short_in(text, start, start + word.len()), short(word), "{word}");
        }
    }

    #[test]
    fn the_order_of_texts_is_that_of_utf_16() {
        let mut texts = ["z", "a", "\u{ffee}", "\u{10400}", "é", "\u{e000}", "aaaaaaaa\u{ffee}", "aaaaaaaa\u{10400}", "aaaaaaaa"];
        texts.sort_by(|one, other| order(one, other));
        assert!(texts.is_sorted_by(|one, next| one.encode_utf16().lt(next.encode_utf16())), "{texts:?}");
    }
}
