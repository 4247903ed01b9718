//! Numbers of pages: their places in the blocks of cards, and how numbers are written.
//!
//! It must not know words.

use crate::index::PageId;
use crate::site::Site;

/// A block holds about this many pages.
const PAGES_A_BLOCK: usize = 64;

/// The pages of a site in blocks of cards. A page's block is told by the hash of its address alone, so that no page depends on others to find its card.
pub struct Blocks {
    /// Each in the order of dates, those without one first, then of addresses: a new page comes last, and the others keep their places.
    pub pages: Vec<Vec<PageId>>,
    /// By page.
    numbers: Vec<u32>,
}

impl Blocks {
    /// A power of two of them, so that a growing site moves its cards seldom.
    pub fn new(site: &Site) -> Blocks {
        let count = (site.facts.len() / PAGES_A_BLOCK).next_power_of_two();
        let addresses: Vec<String> = site.facts.iter().map(|fact| site.href(fact.route())).collect();
        let mut pages = vec![Vec::new(); count];
        for (page, address) in addresses.iter().enumerate() {
            pages[fnv(address.as_bytes()) as usize & (count - 1)].push(page as PageId);
        }
        let mut numbers = vec![0; site.facts.len()];
        for (block, pages) in pages.iter_mut().enumerate() {
            pages.sort_by_cached_key(|page| (site.page(*page).page.date.map(|date| date.at), &addresses[*page as usize]));
            for (place, page) in pages.iter().enumerate() {
                numbers[*page as usize] = (place * count + block) as u32;
            }
        }
        Blocks { pages, numbers }
    }

    /// The number of a page in the search index.
    pub fn number(&self, page: PageId) -> u32 {
        self.numbers[page as usize]
    }
}

/// FNV-1a, 32 bits (<http://www.isthe.com/chongo/tech/comp/fnv/>): a hash that a script computes in three lines.
fn fnv(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// Variable-length quantities without a sign in the alphabet of base 64 (<https://tc39.es/ecma426/>).
#[inline]
pub fn write(mut number: u32, out: &mut Vec<u8>) {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let more = |number: u32| LETTERS[(number & 31 | 32) as usize];
    // Nearly all take two letters at most, which are written at once.
    if (32..1024).contains(&number) {
        out.extend_from_slice(&[more(number), LETTERS[(number >> 5) as usize]]);
        return;
    }
    while number >= 32 {
        out.push(more(number));
        number >>= 5;
    }
    out.push(LETTERS[number as usize]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_an_address_is_that_of_the_published_test_vectors() {
        assert_eq!((fnv(b""), fnv(b"a"), fnv(b"foobar")), (0x811c_9dc5, 0xe40c_292c, 0xbf9c_f968));
    }

    #[test]
    fn numbers_are_written_five_bits_a_letter_the_lowest_first() {
        let written = |number: u32| {
            let mut out = Vec::new();
            write(number, &mut out);
            String::from_utf8(out).expect("letters")
        };
        assert_eq!([0, 31, 32, 1024, u32::MAX].map(written), ["A", "f", "gB", "ggB", "//////D"]);
    }
}
