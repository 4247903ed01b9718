//! Related pages: those that share the most terms, newest first among equals.
//!
//! It must not know how they are shown. Near-linear: a term on many pages offers only its newest ones.

use rayon::prelude::*;

use super::{PageId, Terms};
use crate::config::Config;
use crate::page::Facts;
use crate::page::route::Kind;

/// A related page and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Related {
    pub page: PageId,
    pub topics: u8,
    pub tags: u8,
}

/// A term on more pages than this, and on more than a fiftieth of the site, offers only its newest pages.
const LONGEST: usize = 200;
/// A shared topic weighs as much as this many shared tags.
const TOPIC_WEIGHT: u32 = 3;

/// For each briefing the listed ones that are related to it, best first.
pub fn of(config: &Config, facts: &[Facts], terms: &Terms, listed: &[bool], rank: &[u32]) -> Vec<Vec<Related>> {
    let longest = LONGEST.max(facts.len() / 50);
    let is_offered = |page: PageId| listed[page as usize] && facts[page as usize].page.kind == Kind::Briefing;
    let offers: Vec<Vec<PageId>> = terms
        .all
        .par_iter()
        .map(|term| {
            if term.taxonomy > 1 {
                return Vec::new();
            }
            let mut pages: Vec<PageId> = term.pages.iter().copied().filter(|page| is_offered(*page)).collect();
            if pages.len() > longest {
                pages.truncate(LONGEST);
            }
            pages
        })
        .collect();
    let scratch = || (vec![(0u8, 0u8); facts.len()], Vec::new());
    (0..facts.len() as PageId)
        .into_par_iter()
        .map_init(scratch, |(shared, touched), page| {
            let fact = &facts[page as usize];
            if fact.page.kind != Kind::Briefing {
                return Vec::new();
            }
            for (taxonomy, own) in terms.of_page[page as usize].iter().enumerate().take(2) {
                for other in own.iter().flat_map(|term| &offers[*term as usize]) {
                    let count = &mut shared[*other as usize];
                    if *count == (0, 0) {
                        touched.push(*other);
                    }
                    let side = if taxonomy == 0 { &mut count.0 } else { &mut count.1 };
                    *side = side.saturating_add(1);
                }
            }
            let lang = fact.lang();
            let mut found: Vec<(u32, u32, Related)> = touched
                .drain(..)
                .map(|other| {
                    let (topics, tags) = std::mem::take(&mut shared[other as usize]);
                    let score = u32::from(topics) * TOPIC_WEIGHT + u32::from(tags);
                    (u32::MAX - score, rank[other as usize], Related { page: other, topics, tags })
                })
                .filter(|(_, _, related)| related.page != page && facts[related.page as usize].lang() == lang)
                .collect();
            let limit = config.related.limit.min(found.len());
            if limit > 0 && limit < found.len() {
                found.select_nth_unstable_by_key(limit - 1, |(score, rank, _)| (*score, *rank));
            }
            found.truncate(limit);
            found.sort_unstable_by_key(|(score, rank, _)| (*score, *rank));
            found.into_iter().map(|(_, _, related)| related).collect()
        })
        .collect()
}
