//! Spots: the words of one page while it is read.
//!
//! It must not know what a word is beyond its number.

use super::list::{List, Posting, write};

/// The words of a page with the places where they stand: those of a word are chained, which is faster than to sort them.
#[derive(Default)]
pub struct Spots {
    all: Vec<Spot>,
    words: Vec<Found>,
    /// By word: its place in `words`, from 1. Zeros between pages.
    slots: Vec<u32>,
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

    /// Puts the words that were read into the lists of words, as those of `page`, and is empty again.
    pub fn move_to(&mut self, lists: &mut Vec<List>, page: u32) {
        let mut places = Vec::new();
        for found in &self.words {
            self.slots[found.word as usize] = 0;
            places.clear();
            let (mut at, mut before) = (found.first, 0);
            for _ in 0..found.count {
                let spot = &self.all[at as usize];
                write(spot.place - before, &mut places);
                (at, before) = (spot.next, spot.place);
            }
            if lists.len() <= found.word as usize {
                lists.resize_with((found.word as usize + 1).next_power_of_two(), List::default);
            }
            lists[found.word as usize].push(Posting::new(page, found.weight, found.count, &places));
        }
        self.words.clear();
        self.all.clear();
    }
}
