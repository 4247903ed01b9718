//! Lines: for each word the pages that have it, the heaviest first, with places.
//!
//! Owns weights and the lines of `words`. It must not know what a page is beyond its number, its rank and its length.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::inverted::{Change, Inverted};
use super::keys::{begin, order};
use super::list::Posting;
use super::numbers::write;
use super::vocabulary::Vocabulary;
use crate::fingerprint::Fingerprint;

/// A page of the index.
#[derive(Debug, Clone, Copy, Default)]
pub struct Listed {
    /// Its number in the files.
    pub number: u32,
    /// In the order of lists, the newest first.
    pub rank: u32,
    pub tokens: u32,
}

/// A line with the key that it is found by.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    pub key: &'a str,
    /// With its line feed.
    pub text: &'a [u8],
}

/// Lines one behind the other.
#[derive(Default)]
pub struct Lines {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Lines {
    /// Adds the line that `write` writes, with its line feed.
    pub fn push(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        write(&mut self.bytes);
        self.ends.push(self.bytes.len());
    }

    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let mut start = 0;
        self.ends.iter().map(move |end| &self.bytes[std::mem::replace(&mut start, *end)..*end])
    }
}

/// A word on more than one of so many pages is too common to tell them apart by having it.
const COMMON: usize = 5;
/// It keeps so many pages: those that it weighs most on, and of these the newest.
const KEPT: usize = 500;
/// The heaviest weight: one letter holds it.
const HEAVIEST: f64 = 31.0;
/// So few pages are sorted by comparing them.
const FEW: usize = 32;
/// So many lines are written by one thread at a time.
const PIECE: usize = 256;

/// The words that a page has, in the order of stems and then of forms.
pub fn in_order(inverted: &Inverted) -> Vec<u32> {
    let Inverted { vocabulary, lists, .. } = inverted;
    let used = (0..vocabulary.len() as u32).filter(|word| lists.get(*word).pages > 0);
    let mut words: Vec<(u64, u32)> = used.map(|word| (begin(vocabulary.stem(word)), word)).collect();
    let by_texts = |one: u32, other: u32| {
        let stems = order(vocabulary.stem(one), vocabulary.stem(other));
        stems.then_with(|| order(vocabulary.form(one), vocabulary.form(other)))
    };
    words.par_sort_unstable_by(|(one, a), (other, b)| one.cmp(other).then_with(|| by_texts(*a, *b)));
    words.into_iter().map(|(_, word)| word).collect()
}

/// The words of each stem.
pub fn stems<'w>(vocabulary: &Vocabulary, words: &'w [u32]) -> Vec<&'w [u32]> {
    words.chunk_by(|one, next| vocabulary.word(*one).stem == vocabulary.word(*next).stem).collect()
}

/// The lines of all stems, in pieces, in their order: those that `written` has are taken from there.
pub fn words<'a>(inverted: &'a Inverted, stems: &[&[u32]], pages: &Pages, written: &[Option<&[u8]>]) -> Vec<Lines> {
    let line = |desk: &mut Desk<'a>, words: &[u32], text: &mut Vec<u8>| {
        let stem = inverted.vocabulary.word(words[0]).stem;
        match written.get(stem as usize).copied().flatten() {
            Some(line) => text.extend_from_slice(line),
            None => desk.write(inverted, words, pages, text),
        }
    };
    let piece = |stems: &[&[u32]]| {
        let mut lines = Lines::default();
        let mut desk = Desk::default();
        stems.iter().for_each(|words| lines.push(|text| line(&mut desk, words, text)));
        lines
    };
    stems.par_chunks(PIECE).map(piece).collect()
}

/// All pages of an index.
pub struct Pages {
    /// By their number in the inverted index.
    all: Vec<Listed>,
    /// How long each is beside the one in the middle, as it counts.
    lengths: Vec<f64>,
    mean: f64,
    count: usize,
}

impl Pages {
    /// So many of the numbers in the inverted index are those of pages.
    pub fn new(all: Vec<Listed>, count: usize) -> Pages {
        let mean = mean(&all, count);
        let lengths = all.iter().map(|page| length(page.tokens, mean)).collect();
        Pages { all, lengths, mean, count }
    }

    /// The fingerprint of all that lines depend on besides the lists of their words, and how long a page is that has one.
    pub fn key(&self) -> Fingerprint {
        let places: Vec<(u32, u32)> = self.all.iter().map(|page| (page.number, page.rank)).collect();
        Fingerprint::of(&(self.mean.to_bits(), self.count, places))
    }

    /// The stems whose lines may be others after these changes, by the numbers of their texts.
    pub fn touched(&self, changes: &[Change], vocabulary: &Vocabulary) -> BTreeSet<u32> {
        let mut spots: BTreeMap<(u32, u32), (u32, u32, bool)> = BTreeMap::new();
        for Change { word, page, tokens, weight, is_same } in changes {
            let spot = spots.entry((vocabulary.word(*word).stem, *page)).or_insert((*tokens, 0, true));
            spot.1 += weight;
            spot.2 &= is_same;
        }
        let weighs_same = |page: u32, tokens, count| weight(count, length(tokens, self.mean)) == weight(count, self.lengths[page as usize]);
        let is_touched =
            |((_, page), (tokens, count, is_same)): &(&(u32, u32), &(u32, u32, bool))| !*is_same || !weighs_same(*page, *tokens, *count);
        spots.iter().filter(is_touched).map(|((stem, _), _)| *stem).collect()
    }
}

/// The length of a page beside the one in the middle, as it counts.
fn length(tokens: u32, mean: f64) -> f64 {
    0.4 + 0.6 * f64::from(tokens) / mean
}

/// The number of tokens of a page in the middle: a power of the square root of two, so that an edit does not change all weights.
fn mean(pages: &[Listed], count: usize) -> f64 {
    let sum: u64 = pages.iter().map(|page| u64::from(page.tokens)).sum();
    let mean = (sum as f64 / count.max(1) as f64).max(1.0);
    let mut power = 1.0;
    while power * 2.0 <= mean {
        power *= 2.0;
    }
    // Between two powers of two the nearest of them and the one in the middle, on the scale of logarithms.
    match mean / power {
        ratio if ratio < 1.189_207 => power,
        ratio if ratio < 1.681_793 => power * std::f64::consts::SQRT_2,
        _ => power * 2.0,
    }
}

/// BM25F without what depends on other words (Robertson, Zaragoza, Taylor, CIKM 2004), from 1 to 31; `count` is weighted, in halves, and `length`
/// that of the page beside the mean.
fn weight(count: u32, length: f64) -> u32 {
    let frequency = f64::from(count) / 2.0 / length;
    ((HEAVIEST * frequency / (1.2 + frequency)).ceil() as u32).clamp(1, HEAVIEST as u32)
}

/// Where the line of a stem is put together.
#[derive(Default)]
struct Desk<'a> {
    /// Of all forms, in the order of pages.
    postings: Vec<Posting<'a>>,
    pages: Vec<Weighed>,
    sorted: Vec<Weighed>,
    places: Vec<u32>,
}

/// A page that has a stem.
#[derive(Clone, Copy, Default)]
struct Weighed {
    weight: u32,
    number: u32,
    rank: u32,
    /// Its postings: where the first is, and how many of them.
    first: u32,
    forms: u32,
}

impl<'a> Desk<'a> {
    /// Writes the line of a stem, of which these are the words.
    fn write(&mut self, inverted: &'a Inverted, words: &[u32], pages: &Pages, text: &mut Vec<u8>) {
        let Some(stem) = words.first() else { return };
        text.extend_from_slice(inverted.vocabulary.stem(*stem).as_bytes());
        for (at, word) in words.iter().enumerate() {
            text.push(if at == 0 { b'\t' } else { b' ' });
            text.extend_from_slice(inverted.vocabulary.form(*word).as_bytes());
        }
        self.weigh(inverted, words, pages);
        text.push(b'\t');
        write_decimal(self.pages.len() as u32, text);
        text.push(b'\t');
        self.sort_by_weight();
        if self.pages.len() > KEPT.max(pages.count / COMMON) {
            text.push(b'~');
            self.keep_newest();
        }
        for group in self.pages.chunk_by_mut(|one, next| one.weight == next.weight) {
            if !group.is_sorted_by_key(|page| page.number) {
                group.sort_unstable_by_key(|page| page.number);
            }
        }
        for group in self.pages.chunk_by(|one, next| one.weight == next.weight) {
            write(group[0].weight, text);
            write(group.len() as u32, text);
            let mut before = 0;
            for page in group {
                write(page.number - before, text);
                before = page.number;
                let postings = &self.postings[page.first as usize..(page.first + page.forms) as usize];
                write_places(postings, &mut self.places, text);
            }
        }
        text.push(b'\n');
    }

    /// Gathers the pages of all forms of a stem.
    fn weigh(&mut self, inverted: &'a Inverted, words: &[u32], pages: &Pages) {
        self.postings.clear();
        self.pages.clear();
        words.iter().for_each(|word| self.postings.extend(inverted.lists.get(*word).iter()));
        if words.len() > 1 {
            self.postings.sort_by_key(|posting| posting.page);
        }
        let mut first = 0;
        for same in self.postings.chunk_by(|one, next| one.page == next.page) {
            let count = same.iter().map(|posting| posting.weight).sum();
            let (page, length) = (pages.all[same[0].page as usize], pages.lengths[same[0].page as usize]);
            let forms = same.len() as u32;
            self.pages.push(Weighed { weight: weight(count, length), number: page.number, rank: page.rank, first, forms });
            first += forms;
        }
    }

    /// Puts the heaviest pages first, those of one weight in the order in which they are.
    fn sort_by_weight(&mut self) {
        if self.pages.len() <= FEW {
            self.pages.sort_by_key(|page| u32::MAX - page.weight);
            return;
        }
        let mut starts = [0; HEAVIEST as usize + 2];
        let place = |page: &Weighed| HEAVIEST as usize - page.weight as usize;
        self.pages.iter().for_each(|page| starts[place(page) + 1] += 1);
        (1..starts.len()).for_each(|at| starts[at] += starts[at - 1]);
        self.sorted.resize(self.pages.len(), Weighed::default());
        for page in &self.pages {
            let start = &mut starts[place(page)];
            self.sorted[*start] = *page;
            *start += 1;
        }
        std::mem::swap(&mut self.pages, &mut self.sorted);
    }

    /// Leaves the first pages, and of the last weight among them the newest.
    fn keep_newest(&mut self) {
        let last = self.pages[KEPT].weight;
        let start = self.pages.partition_point(|page| page.weight > last);
        let end = self.pages.partition_point(|page| page.weight >= last);
        self.pages[start..end].select_nth_unstable_by_key(KEPT - start, |page| page.rank);
        self.pages.truncate(KEPT);
    }
}

/// The number of places, and the places of all forms in order.
fn write_places(postings: &[Posting], places: &mut Vec<u32>, text: &mut Vec<u8>) {
    write(postings.iter().map(|posting| posting.count).sum(), text);
    if let [only] = postings {
        only.differences().for_each(|difference| write(difference, text));
        return;
    }
    places.clear();
    for posting in postings {
        places.extend(posting.differences().scan(0, |place, difference| {
            *place += difference;
            Some(*place)
        }));
    }
    places.sort_unstable();
    let mut before = 0;
    for place in places {
        write(*place - before, text);
        before = *place;
    }
}

/// Writes a number as people do.
pub fn write_decimal(number: u32, text: &mut Vec<u8>) {
    if number >= 10 {
        write_decimal(number / 10, text);
    }
    text.push(b'0' + (number % 10) as u8);
}
