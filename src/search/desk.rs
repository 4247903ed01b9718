//! The desk: where the line of a stem is put together, the pages that it weighs most on first.
//!
//! Owns the lines of `words`. It must not know what a page is beyond its number, its rank and its weight.

use super::inverted::Inverted;
use super::lines::write_decimal;
use super::numbers::write;
use super::posting::Posting;
use super::weights::{Pages, WEIGHTS};

/// A word on more than one of so many pages is too common to tell them apart by having it.
const COMMON: usize = 5;
/// It keeps so many pages: those that it weighs most on, and of these the newest.
const KEPT: usize = 500;
/// So few pages are sorted by comparing them.
const FEW: usize = 32;

/// Where the line of a stem is put together.
#[derive(Default)]
pub struct Desk<'a> {
    /// Of all forms, in the order of pages.
    postings: Vec<Posting<'a>>,
    pages: Vec<Weighed>,
    sorted: Vec<Weighed>,
    places: Vec<u32>,
    /// By page, of a stem that may be common: what it weighs there. Zeros between stems.
    weights: Vec<u32>,
}

/// A page that has a stem.
#[derive(Clone, Copy, Default)]
struct Weighed {
    weight: u32,
    number: u32,
    /// Its postings: where the first is, and how many of them.
    first: u32,
    forms: u32,
}

impl<'a> Desk<'a> {
    /// Writes the line of a stem, of which these are the words.
    pub fn write(&mut self, inverted: &'a Inverted, words: &[u32], pages: &Pages, text: &mut Vec<u8>) {
        let Some(stem) = words.first() else { return };
        text.extend_from_slice(inverted.vocabulary.stem(*stem).as_bytes());
        for (at, word) in words.iter().enumerate() {
            text.push(if at == 0 { b'\t' } else { b' ' });
            text.extend_from_slice(inverted.vocabulary.form(*word).as_bytes());
        }
        let all = self.gather(inverted, words, pages);
        self.weigh(pages);
        let count = all.unwrap_or(self.pages.len());
        text.push(b'\t');
        write_decimal(count as u32, text);
        text.push(b'\t');
        if self.pages.len() < count {
            text.push(b'~');
        }
        self.sort_by_weight();
        for group in self.pages.chunk_by_mut(|one, next| one.weight == next.weight) {
            if !group.is_sorted_by_key(|page| page.number) {
                group.sort_unstable_by_key(|page| page.number);
            }
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

    /// Gathers the postings that the line of a stem has, of all forms, in the order of pages. Returns how many pages have the stem, if the line has fewer.
    fn gather(&mut self, inverted: &'a Inverted, words: &[u32], pages: &Pages) -> Option<usize> {
        self.postings.clear();
        let lists = || words.iter().map(|word| inverted.lists.get(*word));
        let most = KEPT.max(pages.count() / COMMON);
        let count = if lists().map(|list| list.pages as usize).sum::<usize>() > most {
            self.weights.resize(pages.end(), 0);
            lists().for_each(|list| list.each(|posting| self.weights[posting.page as usize] += posting.weight));
            let count = self.mark(pages, most);
            let (postings, weights) = (&mut self.postings, &self.weights);
            for list in lists() {
                list.each(|posting| {
                    if weights[posting.page as usize] > 0 {
                        postings.push(posting);
                    }
                });
            }
            self.weights.fill(0);
            Some(count)
        } else {
            lists().for_each(|list| list.each(|posting| self.postings.push(posting)));
            None
        };
        if words.len() > 1 {
            self.postings.sort_by_key(|posting| posting.page);
        }
        count
    }

    /// Makes weights of the counts in `weights`, and leaves the pages that the line of a stem keeps. Returns how many there were.
    fn mark(&mut self, pages: &Pages, most: usize) -> usize {
        let mut counts = [0; WEIGHTS];
        for (page, weight) in (0..).zip(&mut self.weights).filter(|(_, weight)| **weight > 0) {
            *weight = pages.weight(page, *weight);
            counts[*weight as usize] += 1;
        }
        let count = counts.iter().sum();
        if count > most {
            self.keep_heaviest(&counts, pages);
        }
        count
    }

    /// Leaves the pages of the greatest weights, of which there are so many each, and of the last weight among them the newest.
    fn keep_heaviest(&mut self, counts: &[usize; WEIGHTS], pages: &Pages) {
        let (mut last, mut left) = (WEIGHTS - 1, KEPT);
        while counts[last] <= left {
            left -= counts[last];
            last -= 1;
        }
        let last = last as u32;
        let of_last = (0..).zip(&self.weights).filter(|(_, weight)| **weight == last);
        let mut of_last: Vec<(u32, u32)> = of_last.map(|(page, _)| (pages.get(page).rank, page)).collect();
        let (_, first, older) = of_last.select_nth_unstable(left);
        older.iter().chain([&*first]).for_each(|(_, page)| self.weights[*page as usize] = 0);
        self.weights.iter_mut().filter(|weight| **weight < last).for_each(|weight| *weight = 0);
    }

    /// What the stem weighs on each page of its postings.
    fn weigh(&mut self, pages: &Pages) {
        self.pages.clear();
        let mut first = 0;
        for same in self.postings.chunk_by(|one, next| one.page == next.page) {
            let (page, count) = (same[0].page, same.iter().map(|posting| posting.weight).sum());
            let forms = same.len() as u32;
            self.pages.push(Weighed { weight: pages.weight(page, count), number: pages.get(page).number, first, forms });
            first += forms;
        }
    }

    /// Puts the heaviest pages first, those of one weight in the order in which they are.
    fn sort_by_weight(&mut self) {
        if self.pages.len() <= FEW {
            self.pages.sort_by_key(|page| u32::MAX - page.weight);
            return;
        }
        let mut starts = [0; WEIGHTS + 1];
        let place = |page: &Weighed| WEIGHTS - 1 - page.weight as usize;
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
