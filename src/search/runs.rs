//! Runs: the words of pages that are read one after the other, sorted by word without a memory of its own for each.
//!
//! It must not know what a word is beyond its number, nor how runs are put together.

use super::list::{List, Spot, write_page};

/// What has been read and is not in a run yet: all words in the order in which they stand, and how often each does. Then one pass puts those of a word
/// beside each other, in the order of pages and of places, for nothing is as slow as to look at each word of each page by itself.
#[derive(Default)]
pub struct Log {
    words: Vec<u32>,
    places: Vec<u32>,
    texts: Vec<Text>,
    /// By word: how often it stands in the log. Zeros between runs.
    counts: Vec<u32>,
    /// All places by word, while a run is made.
    spots: Vec<Spot>,
}

/// A text of a page, whose words weigh the same.
struct Text {
    /// Its first word in the log.
    first: usize,
    page: u32,
    weight: u32,
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

/// A run has about so many words: so many that those which pages have in common are beside each other, and so few that all are near.
const RUN: usize = 1 << 18;

impl Log {
    /// The words that come are of this page, and each weighs so much. Pages come in order.
    pub fn begin(&mut self, page: u32, weight: u32) {
        self.texts.push(Text { first: self.words.len(), page, weight });
    }

    /// Adds a word at a place that is not before its last one on the page.
    #[inline]
    pub fn push(&mut self, word: u32, place: u32) {
        self.words.push(word);
        self.places.push(place);
        if self.counts.len() <= word as usize {
            self.counts.resize((word as usize + 1).next_power_of_two(), 0);
        }
        self.counts[word as usize] += 1;
    }

    pub fn is_full(&self) -> bool {
        self.words.len() >= RUN
    }

    /// The lists of all that was added; the log is empty again.
    pub fn take(&mut self) -> Run {
        self.sort();
        let used = self.counts.iter().filter(|end| **end > 0).count();
        let (mut lists, mut bytes) = (Vec::with_capacity(used), Vec::with_capacity(2 * self.spots.len()));
        let mut first = 0;
        for (word, end) in (0..).zip(&mut self.counts) {
            let end = std::mem::take(end);
            if end > first {
                lists.push(list(word, &self.spots[first as usize..end as usize], &mut bytes));
                first = end;
            }
        }
        bytes.shrink_to_fit();
        self.words.clear();
        self.places.clear();
        self.texts.clear();
        Run { lists, bytes }
    }

    /// Puts the places of each word beside each other. Where they end is in `counts` then, or a 0 for a word without any.
    fn sort(&mut self) {
        let mut start = 0;
        for count in self.counts.iter_mut().filter(|count| **count > 0) {
            start += std::mem::replace(count, start);
        }
        self.spots.resize(self.words.len(), Spot::default());
        let ends = self.texts.iter().skip(1).map(|text| text.first).chain([self.words.len()]);
        for (Text { first, page, weight }, end) in self.texts.iter().zip(ends) {
            for (word, place) in self.words[*first..end].iter().zip(&self.places[*first..end]) {
                let next = &mut self.counts[*word as usize];
                self.spots[*next as usize] = Spot::new(*page, *place, *weight);
                *next += 1;
            }
        }
    }
}

/// Writes the list of a word that stands there.
fn list(word: u32, spots: &[Spot], bytes: &mut Vec<u8>) -> Place {
    let start = bytes.len() as u32;
    let (mut pages, mut last) = (0, 0);
    let mut rest = spots;
    while let Some(first) = rest.first() {
        let count = rest.iter().position(|spot| spot.page() != first.page()).unwrap_or(rest.len());
        let (page, behind) = rest.split_at(count);
        write_page(page, last, bytes);
        (pages, last, rest) = (pages + 1, first.page(), behind);
    }
    Place { word, start, length: bytes.len() as u32 - start, pages, last }
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
