//! Lists: those of all words, in few buffers.
//!
//! Owns where the bytes of each lie. It must not know words beyond their numbers.

use std::collections::BTreeMap;

use super::list::{Buffer, List, ListBuf, Part};
use super::runs::Run;

/// The lists of all words. They stay where they were made: to bring the pieces of each together would take all memory twice. One that has changed since
/// lies by itself.
#[derive(Default)]
pub struct Lists {
    buffers: Vec<Buffer>,
    /// Those of a word beside each other, in the order of pages.
    parts: Vec<Part>,
    words: Vec<Place>,
    changed: BTreeMap<u32, ListBuf>,
}

/// Where the parts of a word end.
#[derive(Clone, Copy, Default)]
struct Place {
    end: u32,
    /// So many pages have the word.
    pages: u32,
}

impl Lists {
    /// The lists of so many words that runs have together, where each has later pages than the one before.
    pub fn new(words: usize, runs: Vec<Run>) -> Lists {
        let mut places = vec![Place::default(); words];
        for list in runs.iter().flat_map(|run| &run.lists) {
            let place = &mut places[list.word as usize];
            *place = Place { end: place.end + 1, pages: place.pages + list.pages };
        }
        let mut end = 0;
        for place in &mut places {
            // For now where the first part goes, then the next, and so at last where they end.
            end += std::mem::replace(&mut place.end, end);
        }
        let mut lists = Lists { parts: vec![Part::default(); end as usize], words: places, ..Lists::default() };
        for (buffer, run) in (0..).zip(runs) {
            for list in &run.lists {
                let next = &mut lists.words[list.word as usize].end;
                lists.parts[*next as usize] = Part { buffer, ..list.part };
                *next += 1;
            }
            lists.buffers.push(run.bytes);
        }
        lists
    }

    /// The lists in a buffer whose numbers of pages, last pages and lengths these are, one behind the other from `start` on; where they end.
    pub fn in_buffer(buffer: &Buffer, mut start: usize, lists: &[(u32, u32, u32)]) -> Option<(Lists, usize)> {
        let mut all = Lists { buffers: vec![buffer.clone()], ..Lists::default() };
        for ((pages, last, length), end) in lists.iter().zip(1..) {
            all.parts.push(Part { buffer: 0, start: u32::try_from(start).ok()?, length: *length, last: *last });
            all.words.push(Place { end, pages: *pages });
            start = start.checked_add(*length as usize).filter(|end| *end <= buffer.len())?;
        }
        Some((all, start))
    }

    /// So many words have a list, if only an empty one.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The list of a word, which is empty if it has none.
    pub fn get(&self, word: u32) -> List<'_> {
        if let Some(list) = self.changed.get(&word) {
            return list.as_list();
        }
        let Some(Place { end, pages }) = self.words.get(word as usize).copied() else { return List::default() };
        let start = word.checked_sub(1).map_or(0, |before| self.words[before as usize].end);
        List::new(pages, &self.parts[start as usize..end as usize], &self.buffers)
    }

    /// Puts `list` in the place of that of a word.
    pub fn set(&mut self, word: u32, list: ListBuf) {
        if self.words.len() <= word as usize {
            let end = self.parts.len() as u32;
            self.words.resize(word as usize + 1, Place { end, pages: 0 });
        }
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
