//! Runs: the words of pages that are read one after the other, sorted by word without a memory of its own for each.
//!
//! It must not know what a word is beyond its number, nor how runs are put together.

use super::list::{List, Posting};

/// What has been read and is not in a run yet, in the order of pages.
#[derive(Default)]
pub struct Log {
    bytes: Vec<u8>,
    /// The word of each posting, and how many bytes it takes.
    postings: Vec<(u32, u32)>,
    /// By word: of what is in the log. Zeros between runs.
    slots: Vec<Slot>,
    /// The words that have a posting.
    words: Vec<u32>,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    length: u32,
    pages: u32,
    last: u32,
}

/// The lists of the pages of a log.
pub struct Run {
    /// In the order of words.
    lists: Vec<Place>,
    bytes: Vec<u8>,
}

/// Where the list of a word is.
#[derive(Clone, Copy)]
struct Place {
    word: u32,
    start: u32,
    length: u32,
    pages: u32,
    last: u32,
}

/// A run takes about so many bytes.
const RUN: usize = 2 << 20;

impl Log {
    /// Adds a page of a word; pages come in order.
    pub fn push(&mut self, word: u32, posting: Posting) {
        if self.slots.len() <= word as usize {
            self.slots.resize((word as usize + 1).next_power_of_two(), Slot::default());
        }
        let slot = &mut self.slots[word as usize];
        if slot.pages == 0 {
            self.words.push(word);
        }
        let start = self.bytes.len();
        posting.write(slot.last, &mut self.bytes);
        let length = (self.bytes.len() - start) as u32;
        *slot = Slot { length: slot.length + length, pages: slot.pages + 1, last: posting.page };
        self.postings.push((word, length));
    }

    pub fn is_full(&self) -> bool {
        self.bytes.len() >= RUN
    }

    /// The lists of all that was added; the log is empty again.
    pub fn take(&mut self) -> Run {
        let mut lists = Vec::with_capacity(self.words.len());
        let mut start = 0;
        for word in self.words.drain(..) {
            let Slot { length, pages, last } = self.slots[word as usize];
            lists.push(Place { word, start, length, pages, last });
            // From here on where the next posting of the word goes.
            self.slots[word as usize].length = start;
            start += length;
        }
        let mut bytes = vec![0; start as usize];
        let mut rest = &*self.bytes;
        for (word, length) in self.postings.drain(..) {
            let (posting, behind) = rest.split_at(length as usize);
            let next = &mut self.slots[word as usize].length;
            bytes[*next as usize..(*next + length) as usize].copy_from_slice(posting);
            *next += length;
            rest = behind;
        }
        lists.iter().for_each(|list| self.slots[list.word as usize] = Slot::default());
        self.bytes.clear();
        Run { lists, bytes }
    }
}

impl Run {
    /// The same with other numbers of words: `numbers` has them by those of before.
    pub fn renumbered(mut self, numbers: &[u32]) -> Run {
        self.lists.iter_mut().for_each(|list| list.word = numbers[list.word as usize]);
        self.lists.sort_unstable_by_key(|list| list.word);
        self
    }

    /// The words with their lists, in order.
    pub fn lists(&self) -> impl Iterator<Item = (u32, List<'_>)> {
        self.lists.iter().map(|place| self.list(place))
    }

    /// Those of the words from `first` to before `end`.
    pub fn lists_between(&self, first: u32, end: u32) -> impl Iterator<Item = (u32, List<'_>)> {
        let place = |word: u32| self.lists.partition_point(|list| list.word < word);
        self.lists[place(first)..place(end)].iter().map(|place| self.list(place))
    }

    fn list(&self, place: &Place) -> (u32, List<'_>) {
        let Place { word, start, length, pages, last } = *place;
        (word, List { bytes: &self.bytes[start as usize..(start + length) as usize], pages, last })
    }
}
