//! Runs: the words of pages that are read one after the other, sorted by word without a memory of its own for each.
//!
//! It must not know what a word is beyond its number, nor how runs are put together.

use std::sync::Arc;

use super::list::{Buffer, List, Part};
use super::posting::{Spot, write_page};

/// What has been read and is not in a run yet: all words in the order in which they stand. One pass puts those of a word beside each other, in the order
/// of pages and of places, for nothing is as slow as to look at each word of each page by itself.
#[derive(Default)]
pub struct Log {
    words: Vec<u32>,
    /// The texts, and where the words of each end.
    texts: Vec<(Text, usize)>,
    /// Words that are made of others, which are no such words themselves.
    joined: Vec<(u32, Spot)>,
    /// By word: how often it stands in the log. Zeros between runs.
    counts: Vec<u32>,
    /// The words that stand in the log, while a run is made.
    used: Vec<u32>,
    /// All places by word, while a run is made.
    spots: Vec<Spot>,
    /// The lists of a run, while it is made.
    bytes: Vec<u8>,
}

/// A text of a page.
#[derive(Clone, Copy)]
pub struct Text {
    pub page: u32,
    /// What its words weigh.
    pub weight: u32,
    /// The place of its first word.
    pub base: u32,
}

/// The lists of the pages of a log.
pub struct Run {
    pub lists: Vec<RunList>,
    pub bytes: Buffer,
}

/// The list of a word in a run.
#[derive(Clone, Copy)]
pub struct RunList {
    pub word: u32,
    pub pages: u32,
    pub part: Part,
}

/// A run has about so many words: so many that those which pages have in common are beside each other, and so few that all are near.
const RUN: usize = 1 << 17;

impl Log {
    /// Adds a text: `read` adds a word for each of its places to what it is given, and gives words that are made of others, with their places, from 0.
    /// Pages come in order. Returns the number of places.
    pub fn read(&mut self, text: Text, read: impl FnOnce(&mut Vec<u32>, &mut dyn FnMut(u32, u32))) -> u32 {
        let Log { words, texts, joined, .. } = self;
        let start = words.len();
        read(words, &mut |word, place| joined.push((word, Spot::new(text.page, text.base + place, text.weight))));
        texts.push((text, words.len()));
        (words.len() - start) as u32
    }

    pub fn is_full(&self) -> bool {
        self.words.len() >= RUN
    }

    /// The lists of all that was added; the log is empty again.
    pub fn take(&mut self) -> Run {
        self.sort();
        let mut lists = Vec::with_capacity(self.used.len());
        let mut first = 0;
        for word in self.used.drain(..) {
            let end = std::mem::take(&mut self.counts[word as usize]);
            lists.push(list(word, &self.spots[first as usize..end as usize], &mut self.bytes));
            first = end;
        }
        // With no more memory than it needs.
        let bytes = Arc::new(self.bytes.to_vec());
        self.bytes.clear();
        self.words.clear();
        self.texts.clear();
        self.joined.clear();
        Run { lists, bytes }
    }

    /// Puts the places of each word beside each other, the words in the order in which they came. Where their places end is in `counts` then.
    fn sort(&mut self) {
        let Log { words, texts, joined, counts, used, spots, .. } = self;
        let mut count = |word: u32| {
            if counts.len() <= word as usize {
                counts.resize((word as usize + 1).next_power_of_two(), 0);
            }
            let count = &mut counts[word as usize];
            if *count == 0 {
                used.push(word);
            }
            *count += 1;
        };
        words.iter().for_each(|word| count(*word));
        joined.iter().for_each(|(word, _)| count(*word));
        let mut start = 0;
        for word in used.iter() {
            start += std::mem::replace(&mut counts[*word as usize], start);
        }
        spots.resize(start as usize, Spot::default());
        let mut put = |word: u32, spot| {
            let next = &mut counts[word as usize];
            spots[*next as usize] = spot;
            *next += 1;
        };
        let mut first = 0;
        for (Text { page, weight, base }, end) in texts.iter() {
            words[first..*end].iter().zip(*base..).for_each(|(word, place)| put(*word, Spot::new(*page, place, *weight)));
            first = *end;
        }
        joined.iter().for_each(|(word, spot)| put(*word, *spot));
    }
}

/// Writes the list of a word that stands there.
fn list(word: u32, spots: &[Spot], bytes: &mut Vec<u8>) -> RunList {
    let start = bytes.len() as u32;
    let (mut pages, mut last) = (0, 0);
    let mut rest = spots;
    while let Some(first) = rest.first() {
        let count = rest.iter().position(|spot| spot.page() != first.page()).unwrap_or(rest.len());
        let (page, behind) = rest.split_at(count);
        write_page(page, last, bytes);
        (pages, last, rest) = (pages + 1, first.page(), behind);
    }
    RunList { word, pages, part: Part { buffer: 0, start, length: bytes.len() as u32 - start, last } }
}

impl Run {
    /// The same with other numbers of words: `numbers` has them by those of before.
    pub fn renumbered(mut self, numbers: &[u32]) -> Run {
        self.lists.iter_mut().for_each(|list| list.word = numbers[list.word as usize]);
        self
    }

    /// The words with their lists.
    pub fn lists(&self) -> impl Iterator<Item = (u32, List<'_>)> {
        let buffers = std::slice::from_ref(&self.bytes);
        self.lists.iter().map(move |RunList { word, pages, part }| (*word, List::new(*pages, std::slice::from_ref(part), buffers)))
    }
}
