//! Weights: how much a page that has a word is about it.
//!
//! Owns BM25F, and what it is told of pages. It must not know words.

use std::collections::{BTreeMap, BTreeSet};

use super::inverted::Change;
use super::vocabulary::Vocabulary;
use crate::fingerprint::{Fingerprint, Lookup};

/// A page of the index.
#[derive(Debug, Clone, Copy, Default)]
pub struct Listed {
    /// Its number in the files.
    pub number: u32,
    /// In the order of lists, the newest first.
    pub rank: u32,
    pub tokens: u32,
}

/// The heaviest weight: one letter holds it.
const HEAVIEST: f64 = 31.0;
/// One more than that.
pub const WEIGHTS: usize = HEAVIEST as usize + 1;
/// Counts below this are looked up.
const COUNTS: u32 = 16;

/// All pages of an index.
pub struct Pages {
    /// By their number in the inverted index.
    all: Vec<Listed>,
    mean: f64,
    count: usize,
    /// By page: its place among the lengths that there are.
    lengths: Vec<u32>,
    /// By length: the weights of small counts.
    weights: Vec<[u8; COUNTS as usize]>,
}

impl Pages {
    /// So many of the numbers in the inverted index are those of pages.
    pub fn new(all: Vec<Listed>, count: usize) -> Pages {
        let mean = mean(&all, count);
        let mut places = Lookup::default();
        let mut weights = Vec::new();
        let place = |page: &Listed| {
            *places.entry(page.tokens).or_insert_with(|| {
                let length = length(page.tokens, mean);
                weights.push(std::array::from_fn(|count| weight(count as u32, length) as u8));
                weights.len() as u32 - 1
            })
        };
        let lengths = all.iter().map(place).collect();
        Pages { all, mean, count, lengths, weights }
    }

    pub fn get(&self, page: u32) -> Listed {
        self.all[page as usize]
    }

    /// So many pages are in the index.
    pub fn count(&self) -> usize {
        self.count
    }

    /// One more than the greatest number of a page in the inverted index.
    pub fn end(&self) -> usize {
        self.all.len()
    }

    /// What a word weighs on a page, from 1 to 31, by the sum of the weights of its places, in halves.
    #[inline]
    pub fn weight(&self, page: u32, count: u32) -> u32 {
        if count < COUNTS {
            return u32::from(self.weights[self.lengths[page as usize] as usize][count as usize]);
        }
        weight(count, length(self.all[page as usize].tokens, self.mean))
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
        let weighs_same = |page: u32, tokens, count| weight(count, length(tokens, self.mean)) == self.weight(page, count);
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
