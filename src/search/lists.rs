//! Lists: those of all words, in few buffers.
//!
//! Owns where the bytes of each lie. It must not know words beyond their numbers.

use std::sync::Arc;

use super::list::{Buffer, List, ListBuf, Part};
use super::runs::Run;
use crate::fingerprint::Lookup;

/// The lists of all words. They stay where they were made: to bring the pieces of each together would take all memory twice. Of one that has changed since,
/// the pieces that have changed lie by themselves, and the others are not read.
#[derive(Default)]
pub struct Lists {
    buffers: Vec<Buffer>,
    /// Those of a word beside each other, in the order of pages.
    parts: Vec<Part>,
    words: Vec<Place>,
    changed: Lookup<u32, Changed>,
}

/// The list of a word that has changed since all lists were made.
struct Changed {
    pages: u32,
    parts: Vec<Part>,
    /// Those that all lists share, and behind them one for each part that is another one now.
    buffers: Vec<Buffer>,
    shared: usize,
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

    /// The lists in a buffer whose parts have these last pages and lengths, one behind the other from `start` on, where each list has so many pages and
    /// parts; and where they end.
    pub fn in_buffer(buffer: &Buffer, mut start: usize, lists: &[(u32, u32)], parts: &[(u32, u32)]) -> Option<(Lists, usize)> {
        let mut all = Lists { buffers: vec![buffer.clone()], parts: Vec::with_capacity(parts.len()), ..Lists::default() };
        for (last, length) in parts {
            all.parts.push(Part { buffer: 0, start: u32::try_from(start).ok()?, length: *length, last: *last });
            start = start.checked_add(*length as usize).filter(|end| *end <= buffer.len())?;
        }
        let mut end = 0u32;
        for (pages, count) in lists {
            end = end.checked_add(*count)?;
            all.words.push(Place { end, pages: *pages });
        }
        (end as usize == parts.len()).then_some((all, start))
    }

    /// So many words have a list, if only an empty one.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The list of a word, which is empty if it has none.
    pub fn get(&self, word: u32) -> List<'_> {
        if let Some(list) = self.changed.get(&word) {
            return List::new(list.pages, &list.parts, &list.buffers);
        }
        let Some(Place { end, pages }) = self.words.get(word as usize).copied() else { return List::default() };
        let start = word.checked_sub(1).map_or(0, |before| self.words[before as usize].end);
        List::new(pages, &self.parts[start as usize..end as usize], &self.buffers)
    }

    /// Puts lists in the places of parts of the list of a word, which are in order.
    pub fn set(&mut self, word: u32, parts: Vec<(usize, ListBuf)>) {
        let changed = self.change(word);
        // From behind, for a part of which nothing is left goes.
        parts.into_iter().rev().for_each(|(at, list)| changed.set(at, list));
    }

    /// Takes up the pages of a run, none of which is in these lists.
    pub fn add(&mut self, run: &Run) {
        for (word, list) in run.lists() {
            self.change(word).add(list);
        }
    }

    /// The list of a word, to be changed.
    fn change(&mut self, word: u32) -> &mut Changed {
        if self.words.len() <= word as usize {
            let end = self.parts.len() as u32;
            self.words.resize(word as usize + 1, Place { end, pages: 0 });
        }
        let Lists { buffers, parts, words, changed } = self;
        changed.entry(word).or_insert_with(|| {
            let Place { end, pages } = words[word as usize];
            let start = word.checked_sub(1).map_or(0, |before| words[before as usize].end);
            let parts = parts[start as usize..end as usize].to_vec();
            Changed { pages, parts, buffers: buffers.clone(), shared: buffers.len() }
        })
    }
}

impl Changed {
    /// The list that a part is by itself.
    fn part(&self, at: usize) -> List<'_> {
        let part = self.parts[at];
        List::of_piece(part.bytes(&self.buffers), part.last)
    }

    /// Puts a list in the place of a part.
    fn set(&mut self, at: usize, list: ListBuf) {
        self.pages = self.pages - self.part(at).pages + list.pages();
        if list.pages() == 0 {
            self.parts.remove(at);
            return;
        }
        let own = self.parts[at].buffer as usize;
        let place = if own < self.shared { self.buffers.len() } else { own };
        let (bytes, part) = list.into_part(place as u32);
        self.parts[at] = part;
        match self.buffers.get_mut(place) {
            Some(buffer) => *buffer = Arc::new(bytes),
            None => self.buffers.push(Arc::new(bytes)),
        }
    }

    /// Takes up pages that are not in this list.
    fn add(&mut self, list: List) {
        let mut rest = list.iter().peekable();
        for at in 0..self.parts.len() {
            let is_last = at + 1 == self.parts.len();
            let end = self.parts[at].last;
            let mut own = ListBuf::default();
            while let Some(posting) = rest.next_if(|posting| is_last || posting.page <= end) {
                own.push(posting);
            }
            if own.pages() > 0 {
                let merged = self.part(at).merged(own.as_list());
                self.set(at, merged);
            }
        }
        let mut first = ListBuf::default();
        rest.for_each(|posting| first.push(posting));
        if first.pages() > 0 {
            self.pages += first.pages();
            let (bytes, part) = first.into_part(self.buffers.len() as u32);
            self.parts.push(part);
            self.buffers.push(Arc::new(bytes));
        }
    }
}
