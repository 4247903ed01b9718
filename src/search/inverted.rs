//! The inverted index: for each word the pages that have it, remembered from build to build.
//!
//! Owns which pages are read anew: those whose key is another. It must not know what of it is written for a reader.

use std::sync::Arc;

use rayon::prelude::*;

use super::list::List;
use super::page::Page;
use super::spots::Spots;
use super::vocabulary::Vocabulary;
use super::words::Lexicon;
use crate::fingerprint::{Fingerprint, Lookup};

/// The words of all pages of a language. It depends on nothing but these pages: what it remembers saves time.
#[derive(Default)]
pub struct Inverted {
    pub vocabulary: Vocabulary,
    /// By word.
    pub lists: Vec<List>,
    /// By the number that a page has here; nothing where a page has gone.
    pages: Vec<Option<Known>>,
}

/// A page that was read.
struct Known {
    name: Arc<str>,
    key: Fingerprint,
    tokens: u32,
}

/// A page whose words are wanted.
pub struct Want<'a> {
    pub name: Arc<str>,
    pub key: Fingerprint,
    pub page: Page<'a>,
}

/// A page that must be read, by its number here and its place among those that are wanted.
type New = (u32, usize);

/// What one thread has read.
#[derive(Default)]
struct Batch {
    lexicon: Lexicon,
    spots: Spots,
    lists: Vec<List>,
    /// Of each page.
    tokens: Vec<u32>,
}

impl Inverted {
    /// Holds the words of these pages and of no others. Returns the number of each here.
    pub fn update(&mut self, wants: &[Want]) -> Vec<u32> {
        let is_current = |at: usize, inverted: &Inverted, wants: &[Want], known: &[Option<u32>]| {
            known[at].and_then(|page| inverted.pages[page as usize].as_ref()).is_some_and(|page| page.key == wants[at].key)
        };
        let known = self.known(wants);
        let current: Vec<bool> = (0..wants.len()).map(|at| is_current(at, self, wants, &known)).collect();
        if 2 * current.iter().filter(|is_current| **is_current).count() < wants.len() {
            // To read all pages is faster than to take most of them out.
            *self = Inverted::default();
            let new: Vec<New> = (0..).zip(0..wants.len()).collect();
            self.read(wants, &new);
            return (0..wants.len() as u32).collect();
        }
        let numbers = numbers(&known);
        self.forget(&numbers, &current);
        let mut new: Vec<New> = (0..wants.len()).filter(|at| !current[*at]).map(|at| (numbers[at], at)).collect();
        new.sort_unstable();
        self.read(wants, &new);
        numbers
    }

    pub fn tokens(&self, page: u32) -> u32 {
        self.pages[page as usize].as_ref().map_or(0, |page| page.tokens)
    }

    /// One more than the greatest number of a page.
    pub fn end(&self) -> usize {
        self.pages.len()
    }

    /// The number of each page, if it has one.
    fn known(&self, wants: &[Want]) -> Vec<Option<u32>> {
        let names: Lookup<&str, u32> = self.pages.iter().zip(0..).filter_map(|(page, at)| Some((&*page.as_ref()?.name, at))).collect();
        wants.iter().map(|want| names.get(&*want.name).copied()).collect()
    }

    /// Takes out all pages but the current ones of those that have these numbers.
    fn forget(&mut self, numbers: &[u32], current: &[bool]) {
        let mut is_gone: Vec<bool> = self.pages.iter().map(Option::is_some).collect();
        numbers.iter().zip(current).filter(|(_, is_current)| **is_current).for_each(|(page, _)| is_gone[*page as usize] = false);
        if !is_gone.contains(&true) {
            return;
        }
        self.lists.par_iter_mut().for_each(|list| {
            if let Some(left) = list.without(|page| is_gone[page as usize]) {
                *list = left;
            }
        });
        self.pages.iter_mut().zip(is_gone).filter(|(_, is_gone)| *is_gone).for_each(|(page, _)| *page = None);
    }

    /// Reads pages that are not here, in the order of their numbers.
    fn read(&mut self, wants: &[Want], new: &[New]) {
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
        batches.into_iter().for_each(|batch| self.take(batch));
    }

    fn take(&mut self, batch: Batch) {
        let Batch { lexicon: Lexicon { vocabulary, .. }, mut lists, .. } = batch;
        lists.resize_with(vocabulary.len(), List::default);
        if self.lists.is_empty() {
            (self.vocabulary, self.lists) = (vocabulary, lists);
        } else {
            let numbers: Vec<u32> =
                (0..vocabulary.len() as u32).map(|word| self.vocabulary.add(vocabulary.stem(word), vocabulary.form(word))).collect();
            self.lists.resize_with(self.vocabulary.len(), List::default);
            let mut more: Vec<List> = Vec::new();
            more.resize_with(self.vocabulary.len(), List::default);
            numbers.into_iter().zip(lists).for_each(|(word, list)| more[word as usize] = list);
            self.lists.par_iter_mut().zip(more).for_each(|(list, more)| list.merge(more));
        }
        self.lists.par_iter_mut().for_each(List::shrink);
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
            batch.tokens.push(wants[*at].page.read(&mut batch.lexicon, &mut batch.spots));
            batch.spots.move_to(&mut batch.lists, *number);
        }
        batch
    }
}
