//! Lists: those of all words, in few buffers.
//!
//! Owns where the bytes of each lie. It must not know words beyond their numbers.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::list::{List, ListBuf};
use super::runs::Run;

/// The lists of all words. Those that were made together lie one behind the other; one that has changed since lies by itself.
#[derive(Default)]
pub struct Lists {
    /// Of so many words each.
    buffers: Vec<Vec<u8>>,
    /// By word.
    places: Vec<Place>,
    changed: BTreeMap<u32, ListBuf>,
}

/// Where a list is in its buffer.
#[derive(Clone, Copy, Default)]
struct Place {
    start: u32,
    length: u32,
    pages: u32,
    last: u32,
}

/// So many words have their lists in one buffer.
const WORDS: u32 = 256;

impl Lists {
    /// The lists of so many words that runs have together, where each has later pages than the one before. It takes no more memory than it needs.
    pub fn new(words: usize, runs: &[Run]) -> Lists {
        let firsts: Vec<u32> = (0..words as u32).step_by(WORDS as usize).collect();
        let made: Vec<(Vec<u8>, Vec<Place>)> = firsts.par_iter().map(|first| buffer(*first, runs)).collect();
        let mut lists = Lists::default();
        for (buffer, places) in made {
            lists.buffers.push(buffer);
            lists.places.extend(places);
        }
        lists.places.truncate(words);
        lists
    }

    /// The lists whose numbers of pages, last pages and lengths these are, where `take` gives so many bytes of them.
    pub fn from_bytes<'a>(lists: &[(u32, u32, u32)], mut take: impl FnMut(usize) -> Option<&'a [u8]>) -> Option<Lists> {
        let mut all = Lists::default();
        for group in lists.chunks(WORDS as usize) {
            let mut end = 0u32;
            for (pages, last, length) in group {
                all.places.push(Place { start: end, length: *length, pages: *pages, last: *last });
                end = end.checked_add(*length)?;
            }
            all.buffers.push(take(end as usize)?.to_vec());
        }
        Some(all)
    }

    /// So many words have a list, if only an empty one.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// The list of a word, which is empty if it has none.
    pub fn get(&self, word: u32) -> List<'_> {
        if let Some(list) = self.changed.get(&word) {
            return list.as_list();
        }
        let Place { start, length, pages, last } = self.places.get(word as usize).copied().unwrap_or_default();
        let buffer = self.buffers.get((word / WORDS) as usize).map_or(&[][..], |buffer| buffer);
        List { bytes: &buffer[start as usize..(start + length) as usize], pages, last }
    }

    /// Puts `list` in the place of that of a word.
    pub fn set(&mut self, word: u32, list: ListBuf) {
        let words = self.places.len().max(word as usize + 1);
        self.places.resize(words, Place::default());
        self.changed.insert(word, list);
    }

    /// Takes up the pages of a run, none of which is in these lists.
    pub fn add(&mut self, run: &Run) {
        for (word, list) in run.lists() {
            let merged = self.get(word).merged(list);
            self.set(word, merged);
        }
    }
}

/// The lists of the words from `first` on.
fn buffer(first: u32, runs: &[Run]) -> (Vec<u8>, Vec<Place>) {
    let mut parts: Vec<(u32, List)> = runs.iter().flat_map(|run| run.lists_between(first, first + WORDS)).collect();
    // A stable sort leaves them in the order of runs, which is that of pages.
    parts.sort_by_key(|(word, _)| *word);
    let mut bytes = Vec::with_capacity(parts.iter().map(|(_, list)| list.bytes.len()).sum());
    let mut places = vec![Place::default(); WORDS as usize];
    for (word, list) in parts {
        let place = &mut places[(word - first) as usize];
        if place.pages == 0 {
            place.start = bytes.len() as u32;
        }
        list.append_to(&mut bytes, place.last);
        *place = Place { length: bytes.len() as u32 - place.start, pages: place.pages + list.pages, last: list.last, ..*place };
    }
    (bytes, places)
}
