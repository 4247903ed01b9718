//! Keys: what stands for a text where many are compared, and the order that script has for texts.
//!
//! It must not know what the texts are.

use std::cmp::Ordering;

use crate::fingerprint::Fingerprint;

/// So many bytes stand for themselves: one more says how many they are.
const LONGEST: usize = 15;

/// What stands for a text in maps, without a way through memory: itself if it is short, else its fingerprint.
pub fn short(text: &str) -> u128 {
    short_in(text, 0, text.len())
}

/// The bits of so many bytes.
const BYTES: [u128; LONGEST + 1] = {
    let mut masks = [0; LONGEST + 1];
    let mut length = 1;
    while length <= LONGEST {
        masks[length] = masks[length - 1] << 8 | 0xff;
        length += 1;
    }
    masks
};

/// The same of `text[start..end]`, which is read with what stands behind or before it, if that makes sixteen bytes.
#[inline(always)]
pub fn short_in(text: &str, start: usize, end: usize) -> u128 {
    let (bytes, length) = (text.as_bytes(), end - start);
    let Some(mask) = BYTES.get(length) else { return long(&bytes[start..end]) };
    let whole = if let Some(whole) = bytes[start..].first_chunk() {
        u128::from_le_bytes(*whole)
    } else if let (Some(whole), 1..) = (bytes[..end].last_chunk(), length) {
        u128::from_le_bytes(*whole) >> (8 * (16 - length))
    } else {
        let mut whole = [0; 16];
        whole[..length].copy_from_slice(&bytes[start..end]);
        u128::from_le_bytes(whole)
    };
    // Its length stands behind its bytes, where long texts have what no length is, and is never zero.
    whole & mask | (length as u128 | 0x80) << 120
}

#[inline(never)]
fn long(bytes: &[u8]) -> u128 {
    Fingerprint::of_bytes(bytes).0 | 0xff << 120
}

/// Numbers by such keys. What is looked through at random is small, and the keys that came first are beside each other: these are the words that stand
/// everywhere. With a map of the standard library most of the time of a look-up goes by in waiting for memory.
#[derive(Default)]
pub struct Keys {
    /// A power of two of them, at most every other one taken: the places of keys in `entries`, 0 if there is none.
    slots: Vec<u32>,
    /// The first one is nobody's, for no key is zero.
    entries: Vec<(u128, u32)>,
}

impl Keys {
    /// The entry that a key is looked for at first: its own, or another one.
    #[inline]
    pub fn first(&self, key: u128) -> (u128, u32) {
        let slot = self.slots.get(hash(key) & self.slots.len().wrapping_sub(1));
        slot.and_then(|entry| self.entries.get(*entry as usize)).copied().unwrap_or_default()
    }

    pub fn get(&self, key: u128) -> Option<u32> {
        let mut at = hash(key);
        loop {
            match *self.slots.get(at & self.slots.len().wrapping_sub(1))? {
                0 => return None,
                entry => match self.entries[entry as usize] {
                    (other, number) if other == key => return Some(number),
                    _ => at += 1,
                },
            }
        }
    }

    /// All keys, in the order in which they were added.
    pub fn keys(&self) -> impl Iterator<Item = u128> {
        self.entries.iter().skip(1).map(|(key, _)| *key)
    }

    /// Adds a key that is not there.
    pub fn insert(&mut self, key: u128, number: u32) {
        self.reserve(1);
        self.put(key, self.entries.len() as u32);
        self.entries.push((key, number));
    }

    /// Makes room for so many more.
    pub fn reserve(&mut self, more: usize) {
        if self.entries.is_empty() {
            self.entries.push((0, 0));
        }
        let most = self.entries.len() + more;
        if 2 * most > self.slots.len() {
            self.slots = vec![0; (2 * most).next_power_of_two()];
            (1..self.entries.len()).for_each(|entry| self.put(self.entries[entry].0, entry as u32));
        }
    }

    /// Puts the place of an entry into the first free slot.
    fn put(&mut self, key: u128, entry: u32) {
        let last = self.slots.len() - 1;
        let mut at = hash(key) & last;
        while self.slots[at] != 0 {
            at = (at + 1) & last;
        }
        self.slots[at] = entry;
    }
}

/// The two halves of a key multiplied, and the product folded: it is a text or a fingerprint already, and needs no more.
#[inline]
fn hash(key: u128) -> usize {
    let low = u128::from(key as u64 ^ 0x9e37_79b9_7f4a_7c15);
    let high = u128::from((key >> 64) as u64 ^ 0xd1b5_4a32_d192_ed03);
    let product = low * high;
    (product as u64 ^ (product >> 64) as u64) as usize
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
    fn each_of_many_keys_has_its_own_number() {
        let mut keys = Keys::default();
        let key = |number: u32| short(&format!("word {number} {}", "x".repeat(number as usize % 20)));
        for number in 0..3000 {
            assert_eq!((keys.get(key(number)), keys.first(key(number)).0 == key(number)), (None, false));
            keys.insert(key(number), number);
        }
        assert!((0..3000).all(|number| keys.get(key(number)) == Some(number)));
        let at_once = (0..3000).filter(|number| keys.first(key(*number)) == (key(*number), *number)).count();
        assert!(at_once > 1500, "{at_once} of 3,000 are found at once");
    }

    #[test]
    fn the_order_of_texts_is_that_of_utf_16() {
        let mut texts = ["z", "a", "\u{ffee}", "\u{10400}", "é", "\u{e000}", "aaaaaaaa\u{ffee}", "aaaaaaaa\u{10400}", "aaaaaaaa"];
        texts.sort_by(|one, other| order(one, other));
        assert!(texts.is_sorted_by(|one, next| one.encode_utf16().lt(next.encode_utf16())), "{texts:?}");
    }
}
