//! Keys: what stands for a text where many are compared, and the order that script has for texts.
//!
//! It must not know what the texts are.

use std::cmp::Ordering;

use crate::fingerprint::Fingerprint;

/// What stands for a text in maps, without a way through memory: itself if it is short, else its fingerprint.
pub fn short(text: &str) -> u128 {
    const LONG: u128 = 0xff << 120;
    if text.len() > 15 {
        return Fingerprint::of_bytes(text.as_bytes()).0 | LONG;
    }
    // Its length stands before its bytes, where long texts have what no length is.
    text.bytes().fold(text.len() as u128, |sum, byte| sum << 8 | u128::from(byte)) << (8 * (15 - text.len()))
}

/// The order of strings in script: by UTF-16 units.
pub fn order(one: &str, other: &str) -> Ordering {
    begin(one)
        .cmp(&begin(other))
        .then_with(|| if one.is_ascii() || other.is_ascii() { one.cmp(other) } else { one.encode_utf16().cmp(other.encode_utf16()) })
}

/// The first eight bytes of a text, as a number that has its order. In UTF-16 what takes four bytes in UTF-8 comes before U+E000.
pub fn begin(text: &str) -> u64 {
    let in_order = |byte: &u8| match byte {
        0xf0..=0xff => byte - 2,
        0xee..=0xef => byte + 5,
        byte => *byte,
    };
    let mut bytes = [0; 8];
    bytes.iter_mut().zip(text.as_bytes()).for_each(|(byte, letter)| *byte = in_order(letter));
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
    fn the_order_of_texts_is_that_of_utf_16() {
        let mut texts = ["z", "a", "\u{ffee}", "\u{10400}", "é", "\u{e000}", "aaaaaaaa\u{ffee}", "aaaaaaaa\u{10400}", "aaaaaaaa"];
        texts.sort_by(|one, other| order(one, other));
        assert!(texts.is_sorted_by(|one, next| one.encode_utf16().lt(next.encode_utf16())), "{texts:?}");
    }
}
