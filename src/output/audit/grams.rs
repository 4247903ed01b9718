//! The last words of a stream, by hashes of one, two, four and eight of them that are made from each other, and a filter of such hashes.
//!
//! It must not know what the words are, nor what is looked for.

use std::ops::Range;

use super::words::Word;

/// So many of the last words are remembered.
pub const KEPT: usize = 32;

/// Hashes of the last words, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grams {
    pub one: u64,
    pub two: u64,
    pub four: u64,
    pub eight: u64,
}

/// The last words of one stream.
pub struct Window {
    count: usize,
    /// How many words there were before the block began.
    before: usize,
    twos: [u64; 2],
    fours: [u64; 4],
    hashes: [u64; KEPT],
    starts: [usize; KEPT],
    end: usize,
}

/// Odd, so that no word is lost in a product: what the earlier half of two, four and eight words is multiplied with.
const FACTORS: [u64; 3] = [0xd6e8_feb8_6659_fd93, 0xa076_1d64_78bd_642f, 0xe703_7ed1_a0b4_28db];

impl Window {
    /// A window before the first word.
    pub fn new() -> Window {
        Window { count: 0, before: 0, twos: [0; 2], fours: [0; 4], hashes: [0; KEPT], starts: [0; KEPT], end: 0 }
    }

    /// Takes the next word, and gives the hashes of the last ones.
    #[inline]
    pub fn push(&mut self, word: &Word) -> Grams {
        let count = self.count;
        if word.parted {
            self.before = count;
        }
        let one = word.hash;
        let two = self.hashes[count.wrapping_sub(1) % KEPT].wrapping_mul(FACTORS[0]).wrapping_add(one);
        // What is overwritten is as old as what is needed.
        let before = std::mem::replace(&mut self.twos[count % 2], two);
        let four = before.wrapping_mul(FACTORS[1]).wrapping_add(two);
        let before = std::mem::replace(&mut self.fours[count % 4], four);
        let eight = before.wrapping_mul(FACTORS[2]).wrapping_add(four);
        self.hashes[count % KEPT] = one;
        self.starts[count % KEPT] = word.start;
        self.end = word.end;
        self.count = count + 1;
        Grams { one, two, four, eight }
    }

    /// Whether the last so many words stand in one block.
    #[inline]
    pub fn has_in_block(&self, words: usize) -> bool {
        self.count - self.before >= words
    }

    /// Where the last words stand, if they are these; of more than are remembered, the last ones.
    pub fn ends_with(&self, words: &[u64]) -> Option<Range<usize>> {
        let words = &words[words.len().saturating_sub(KEPT)..];
        let at = |back: usize| self.count.wrapping_sub(back) % KEPT;
        let is_same = words.len() <= self.count && words.iter().rev().enumerate().all(|(back, hash)| self.hashes[at(back + 1)] == *hash);
        is_same.then(|| self.starts[at(words.len())]..self.end)
    }

    /// Where the last so many words begin.
    #[inline]
    pub fn start_of(&self, words: usize) -> usize {
        self.starts[self.count.wrapping_sub(words) % KEPT]
    }
}

/// Tells at once of most hashes that they are not among those that it was made of.
pub struct Filter {
    bits: Vec<u64>,
    shift: u32,
}

impl Filter {
    /// A filter of hashes, with some sixteen bits for each.
    pub fn new(count: usize, hashes: impl Iterator<Item = u64>) -> Filter {
        let width = (count.max(1) * 16).next_power_of_two().trailing_zeros().max(12);
        let mut filter = Filter { bits: vec![0; 1 << (width - 6)], shift: 64 - width };
        for hash in hashes {
            let at = hash >> filter.shift;
            filter.bits[(at >> 6) as usize] |= 1 << (at & 63);
        }
        filter
    }

    /// False only for a hash that is not among them.
    #[inline]
    pub fn may_have(&self, hash: u64) -> bool {
        let at = hash >> self.shift;
        (self.bits[(at >> 6) as usize] >> (at & 63)) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::{each, hashes};
    use super::*;

    fn last(text: &str) -> (Window, Grams) {
        let (mut window, mut grams) = (Window::new(), None);
        each(text.as_bytes(), |word| grams = Some(window.push(&word)));
        (window, grams.expect("a word"))
    }

    #[test]
    fn equal_ends_have_equal_hashes_and_others_do_not() {
        let (window, grams) = last("x y z a b c d e f g h");
        let (_, other) = last("more words before a b c d e f g h");
        assert_eq!(grams, other);
        let (_, changed) = last("a x c d e f g h");
        assert_eq!((changed.four, changed.eight == grams.eight), (grams.four, false));
        assert_ne!(last("a b c d e f h g").1.two, grams.two);
        assert_eq!(window.ends_with(&hashes("f g h")), Some(16..21));
        assert_eq!(window.ends_with(&hashes("e g h")), None);
        assert_eq!(last("a b").0.ends_with(&hashes("x a b")), None);
    }

    #[test]
    fn a_filter_has_what_it_was_made_of_and_little_else() {
        let known = hashes("one two three four");
        let filter = Filter::new(known.len(), known.iter().copied());
        assert!(known.iter().all(|hash| filter.may_have(*hash)));
        let others = (0..1_000).filter(|number| filter.may_have(hashes(&format!("other{number}"))[0])).count();
        assert!(others < 100, "{others}");
    }
}
