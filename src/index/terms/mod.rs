//! Terms: which spellings are one, their pages, and how they stand to each other.
//!
//! Owns `Term` and `Terms`. It must not know how lists are cut into parts.

mod collect;
mod hierarchy;

use std::ops::Range;
use std::sync::Arc;

use super::{PageId, Problem, normal};
use crate::fingerprint::{Fingerprint, Lookup};
use crate::page::front::Status;
use crate::page::origin::Role;
use crate::page::route::Kind;
use crate::page::{Facts, Taxonomy};

pub use collect::{collect, print};

/// One topic, tag, author or series, in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    pub taxonomy: Taxonomy,
    pub lang: u8,
    /// As shown: the title of its page, else the most frequent spelling.
    pub name: Arc<str>,
    pub route: Arc<str>,
    /// The page that says what it is.
    pub page: Option<PageId>,
    /// The listed pages that name it, and for topics those of its narrower ones, in the order of lists.
    pub pages: Arc<[PageId]>,
    /// The superseded pages that name it: they count nowhere.
    pub superseded: Vec<PageId>,
    /// In the order of names.
    pub broader: Vec<u32>,
    pub narrower: Vec<u32>,
    pub related: Vec<u32>,
}

/// All terms in the order of taxonomy, language and route, and for each page the terms it names.
#[derive(Debug, Default, PartialEq)]
pub struct Terms {
    pub all: Vec<Term>,
    pub problems: Vec<Problem>,
    /// The fingerprint of all that terms are made of.
    pub print: Fingerprint,
    named: Named,
    /// From taxonomy, language and normal spelling.
    spellings: Lookup<(Taxonomy, u8, String), u32>,
}

/// The terms that pages name: of all pages one after another, taxonomy by taxonomy, in the order in which each page names them.
#[derive(Debug, Default, PartialEq)]
struct Named {
    terms: Vec<u32>,
    /// By page and taxonomy: where its terms end.
    ends: Vec<u32>,
}

impl Term {
    /// True when there is something to read under its address.
    pub fn has_page(&self) -> bool {
        self.page.is_some() || !self.pages.is_empty()
    }
}

impl Terms {
    /// The term that a spelling means; `None` when no page names it, or is about it.
    pub fn find(&self, taxonomy: Taxonomy, lang: u8, spelling: &str) -> Option<u32> {
        self.spellings.get(&(taxonomy, lang, normal(spelling))).copied()
    }

    /// The terms of one taxonomy and language, each with its place in `all`.
    pub fn of(&self, taxonomy: Taxonomy, lang: u8) -> impl Iterator<Item = (u32, &Term)> {
        let key = (taxonomy, lang);
        let start = self.all.partition_point(|term| (term.taxonomy, term.lang) < key);
        let end = self.all.partition_point(|term| (term.taxonomy, term.lang) <= key);
        (start as u32..).zip(&self.all[start..end])
    }

    /// The terms of a taxonomy that a page names, by their places in `all`, in its order.
    pub fn of_page(&self, page: PageId, taxonomy: Taxonomy) -> &[u32] {
        &self.named.terms[self.named.range(page, taxonomy)]
    }

    /// The terms of a taxonomy that a page names, in its order.
    pub fn named_by(&self, page: PageId, taxonomy: Taxonomy) -> impl Iterator<Item = &Term> {
        self.of_page(page, taxonomy).iter().map(|term| &self.all[*term as usize])
    }

    /// Every term that a page names, page after page.
    pub fn all_named(&self) -> &[u32] {
        &self.named.terms
    }

    /// Notes the superseded pages of each term.
    fn note_superseded(&mut self, status: &[Status]) {
        for (page, _) in (0..).zip(status).filter(|(_, status)| **status == Status::Superseded) {
            for taxonomy in Taxonomy::all() {
                for at in self.named.range(page, taxonomy) {
                    self.all[self.named.terms[at] as usize].superseded.push(page);
                }
            }
        }
    }
}

impl Named {
    fn range(&self, page: PageId, taxonomy: Taxonomy) -> Range<usize> {
        let at = page as usize * Taxonomy::COUNT + taxonomy as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[at] as usize
    }
}

/// The taxonomy that a page describes a term of; `None` when it is about no term, as the page of the taxonomy itself is.
pub fn own_taxonomy(fact: &Facts) -> Option<Taxonomy> {
    Taxonomy::from_kind(fact.page.kind).filter(|_| !is_own_list(fact))
}

/// True for `topics/_index.md` and `people/index.md`, which are about a taxonomy or a kind and not about one of its members.
pub fn is_own_list(fact: &Facts) -> bool {
    let origin = &fact.page.origin;
    origin.role != Role::Page && Kind::from_folder(&origin.folder).is_some()
}

#[cfg(test)]
mod tests;
