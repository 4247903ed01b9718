//! The inverted index: for each word the pages that have it, remembered from build to build.
//!
//! Owns which pages are read anew: those whose key is another. It must not know what of it is written for a reader.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::list::ListBuf;
use super::lists::Lists;
use super::page::Page;
use super::runs::{Log, Run};
use super::vocabulary::Vocabulary;
use super::words::Lexicon;
use crate::fingerprint::{Fingerprint, Lookup};

/// The words of all pages of a language. It depends on nothing but these pages: what it remembers saves time.
#[derive(Default)]
pub struct Inverted {
    pub vocabulary: Vocabulary,
    pub lists: Lists,
    /// By the number that a page has here; nothing where a page has gone.
    pub(super) pages: Vec<Option<Known>>,
    /// So many pages were read or have gone since all was left to another process.
    pub(super) changed: usize,
}

/// A page that was read.
pub(super) struct Known {
    pub name: Arc<str>,
    pub key: Fingerprint,
    pub tokens: u32,
}

/// A page whose words are wanted.
pub struct Want<'a> {
    pub name: Arc<str>,
    pub key: Fingerprint,
    pub page: Page<'a>,
}

/// What an update has made of the index.
pub enum Update {
    /// All of it is new.
    All,
    /// These words of these pages may be others.
    Some(Vec<Change>),
}

/// A word on a page that was read anew, or has gone.
pub struct Change {
    pub word: u32,
    pub page: u32,
    /// The number of tokens that the page had.
    pub tokens: u32,
    /// The sum of the weights of its places, in halves.
    pub weight: u32,
    /// Whether it stands at the places at which it stood.
    pub is_same: bool,
}

/// One in so many pages may have changed before it pays to leave all to another process again.
const FEW: usize = 512;

/// A word that has gone from a page: word, page, weight and places.
type Gone = (u32, u32, u32, Box<[u8]>);

/// What is left of the parts of a word's list, each with its place, and what has gone from them.
type Left = (u32, Vec<(usize, ListBuf)>, Vec<Gone>);

/// A page that must be read, by its number here and its place among those that are wanted.
type New = (u32, usize);

/// What one thread has read.
#[derive(Default)]
struct Batch {
    lexicon: Lexicon,
    log: Log,
    runs: Vec<Run>,
    /// Of each page.
    tokens: Vec<u32>,
}

impl Inverted {
    /// Holds the words of these pages and of no others. Returns the number of each here.
    pub fn update(&mut self, wants: &[Want]) -> (Vec<u32>, Update) {
        let known = self.known(wants);
        let is_current = |(want, page): (&Want, &Option<u32>)| page.is_some_and(|page| self.key(page) == Some(want.key));
        let current: Vec<bool> = wants.iter().zip(&known).map(is_current).collect();
        if 2 * current.iter().filter(|is_current| **is_current).count() < wants.len() {
            // To read all pages is faster than to take most of them out.
            *self = Inverted::default();
            let new: Vec<New> = (0..).zip(0..wants.len()).collect();
            let batches = self.read(wants, &new);
            let runs: Vec<Run> = batches.into_iter().flat_map(|batch| self.number(batch)).collect();
            self.lists = Lists::new(self.vocabulary.len(), runs);
            return ((0..wants.len() as u32).collect(), Update::All);
        }
        let numbers = numbers(&known);
        let before: Vec<u32> = (0..self.end() as u32).map(|page| self.tokens(page)).collect();
        let gone = self.forget(&numbers, &current);
        let mut new: Vec<New> = (0..wants.len()).filter(|at| !current[*at]).map(|at| (numbers[at], at)).collect();
        new.sort_unstable();
        let batches = self.read(wants, &new);
        let found: Vec<Run> = batches.into_iter().flat_map(|batch| self.number(batch)).collect();
        found.iter().for_each(|run| self.lists.add(run));
        let changes = changes(&gone, &found, &before);
        (numbers, Update::Some(changes))
    }

    /// Whether another process would have to read more than a few pages.
    pub fn is_other_than_kept(&self) -> bool {
        self.changed * FEW > self.pages.len()
    }

    fn key(&self, page: u32) -> Option<Fingerprint> {
        self.pages[page as usize].as_ref().map(|page| page.key)
    }

    pub fn tokens(&self, page: u32) -> u32 {
        self.pages[page as usize].as_ref().map_or(0, |page| page.tokens)
    }

    /// One more than the greatest number of a page.
    pub fn end(&self) -> usize {
        self.pages.len()
    }

    /// The number of each page, if it has one. Most sites have the pages that they had, in the order in which they were read first.
    fn known(&self, wants: &[Want]) -> Vec<Option<u32>> {
        let is_it = |(page, want): (&Option<Known>, &Want)| page.as_ref().is_some_and(|page| page.name == want.name);
        if self.pages.len() == wants.len() && self.pages.iter().zip(wants).all(is_it) {
            return (0..wants.len() as u32).map(Some).collect();
        }
        let names: Lookup<&str, u32> = self.pages.iter().zip(0..).filter_map(|(page, at)| Some((&*page.as_ref()?.name, at))).collect();
        wants.iter().map(|want| names.get(&*want.name).copied()).collect()
    }

    /// Takes out all pages but the current ones of those that have these numbers, and returns their words, sorted.
    fn forget(&mut self, numbers: &[u32], current: &[bool]) -> Vec<Gone> {
        let mut is_gone: Vec<bool> = self.pages.iter().map(Option::is_some).collect();
        numbers.iter().zip(current).filter(|(_, is_current)| **is_current).for_each(|(page, _)| is_gone[*page as usize] = false);
        let Some(last) = is_gone.iter().rposition(|is_gone| *is_gone) else { return Vec::new() };
        is_gone.truncate(last + 1);
        let words = 0..self.lists.len() as u32;
        let pages: Vec<u32> = (0..).zip(&is_gone).filter(|(_, is_gone)| **is_gone).map(|(page, _)| page).collect();
        let without = |word| {
            let (mut left, mut gone) = (Vec::new(), Vec::new());
            for (at, part) in self.lists.get(word).around(&pages) {
                let Some((rest, own)) = part.without(&is_gone) else { continue };
                gone.extend(own.iter().map(|posting| (word, posting.page, posting.weight, posting.places().into())));
                left.push((at, rest));
            }
            (!left.is_empty()).then_some((word, left, gone))
        };
        let changed: Vec<Left> = words.into_par_iter().filter_map(without).collect();
        let mut gone = Vec::new();
        for (word, left, own) in changed {
            self.lists.set(word, left);
            gone.extend(own);
        }
        self.pages.iter_mut().zip(is_gone).filter(|(_, is_gone)| *is_gone).for_each(|(page, _)| {
            *page = None;
            self.changed += 1;
        });
        gone
    }

    /// Reads pages that are not here, in the order of their numbers.
    fn read(&mut self, wants: &[Want], new: &[New]) -> Vec<Batch> {
        let each = new.len().div_ceil(rayon::current_num_threads()).max(1);
        let batches: Vec<Batch> = new.par_chunks(each).with_max_len(1).map(|new| Batch::read(wants, new)).collect();
        let tokens = batches.iter().flat_map(|batch| &batch.tokens);
        for ((number, at), tokens) in new.iter().zip(tokens) {
            if self.pages.len() <= *number as usize {
                self.pages.resize_with(*number as usize + 1, || None);
            }
            let Want { name, key, .. } = &wants[*at];
            self.pages[*number as usize] = Some(Known { name: name.clone(), key: *key, tokens: *tokens });
        }
        self.changed += new.len();
        batches
    }

    /// What was read by the numbers that words have here.
    fn number(&mut self, batch: Batch) -> Vec<Run> {
        let Batch { lexicon: Lexicon { vocabulary, .. }, runs, .. } = batch;
        if self.vocabulary.len() == 0 {
            self.vocabulary = vocabulary;
            return runs;
        }
        let numbers = self.vocabulary.add_all(&vocabulary);
        runs.into_iter().map(|run| run.renumbered(&numbers)).collect()
    }
}

/// A number for each page: the one it has, or one that is free.
fn numbers(known: &[Option<u32>]) -> Vec<u32> {
    let mut is_taken = vec![false; known.iter().flatten().max().map_or(0, |page| *page as usize + 1)];
    known.iter().flatten().for_each(|page| is_taken[*page as usize] = true);
    let mut free = (0..).filter(|page| is_taken.get(*page as usize) != Some(&true));
    known.iter().map(|page| page.or_else(|| free.next()).unwrap_or_default()).collect()
}

impl Batch {
    fn read(wants: &[Want], new: &[New]) -> Batch {
        let mut batch = Batch::default();
        for (number, at) in new {
            batch.tokens.push(wants[*at].page.read(*number, &mut batch.lexicon, &mut batch.log));
            if batch.log.is_full() {
                batch.runs.push(batch.log.take());
            }
        }
        batch.runs.push(batch.log.take());
        batch
    }
}

/// What has become of the words that are gone from pages, and what those are that were found; `tokens` are those of each page before.
fn changes(gone: &[Gone], found: &[Run], tokens: &[u32]) -> Vec<Change> {
    let mut gone: BTreeMap<(u32, u32), (u32, &[u8])> =
        gone.iter().map(|(word, page, weight, places)| ((*word, *page), (*weight, &**places))).collect();
    let change = |(word, page): (u32, u32), weight, is_same| {
        let tokens = tokens.get(page as usize).copied().unwrap_or_default();
        Change { word, page, tokens, weight, is_same }
    };
    let mut changes = Vec::new();
    for (word, list) in found.iter().flat_map(Run::lists) {
        for posting in list.iter() {
            let spot = (word, posting.page);
            let is_same = gone.remove(&spot) == Some((posting.weight, posting.places()));
            changes.push(change(spot, posting.weight, is_same));
        }
    }
    changes.extend(gone.into_iter().map(|(spot, (weight, _))| change(spot, weight, false)));
    changes
}
