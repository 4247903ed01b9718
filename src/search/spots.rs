//! Spots: the words of one page while it is read.
//!
//! It must not know what a word is beyond its number.

use super::list::{Posting, write};
use super::runs::Log;

/// The words of a page with the places where they stand: those of a word are chained, which is faster than to sort them.
#[derive(Default)]
pub struct Spots {
    all: Vec<Spot>,
    words: Vec<Found>,
    /// By word: its place in `words`, from 1. Zeros between pages.
    slots: Vec<u32>,
    /// The places of a word as bytes, while it is moved.
    places: Vec<u8>,
}

struct Spot {
    place: u32,
    /// The next one of the same word.
    next: u32,
}

/// A word of the page.
struct Found {
    word: u32,
    first: u32,
    last: u32,
    count: u32,
    weight: u32,
}

impl Spots {
    /// Adds a word at a place that is not before its last one.
    #[inline]
    pub fn push(&mut self, word: u32, place: u32, weight: u32) {
        let at = self.all.len() as u32;
        self.all.push(Spot { place, next: 0 });
        if self.slots.len() <= word as usize {
            self.slots.resize((word as usize + 1).next_power_of_two(), 0);
        }
        let slot = &mut self.slots[word as usize];
        if *slot == 0 {
            self.words.push(Found { word, first: at, last: at, count: 1, weight });
            *slot = self.words.len() as u32;
            return;
        }
        let found = &mut self.words[*slot as usize - 1];
        self.all[found.last as usize].next = at;
        found.last = at;
        found.count += 1;
        found.weight += weight;
    }

    /// Puts the words that were read into a log, as those of `page`, and is empty again.
    pub fn move_to(&mut self, log: &mut Log, page: u32) {
        for found in &self.words {
            self.slots[found.word as usize] = 0;
            self.places.clear();
            let (mut at, mut before) = (found.first, 0);
            for _ in 0..found.count {
                let spot = &self.all[at as usize];
                write(spot.place - before, &mut self.places);
                (at, before) = (spot.next, spot.place);
            }
            log.push(found.word, Posting::new(page, found.weight, found.count, &self.places));
        }
        self.words.clear();
        self.all.clear();
    }
}
