//! The order of pages in a series: by `weight`, then date; what has none comes last.
//!
//! It must not know how a series is shown.

use super::{PageId, Terms};
use crate::page::Facts;

/// A page's place in one series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesPlace {
    pub term: u32,
    /// From 1.
    pub position: u32,
    pub total: u32,
    pub previous: Option<PageId>,
    pub next: Option<PageId>,
}

/// The place of `series` in `TAXONOMIES`.
const SERIES: u8 = 3;

pub fn of(facts: &[Facts], terms: &Terms, listed: &[bool]) -> Vec<Vec<SeriesPlace>> {
    let mut places = vec![Vec::new(); facts.len()];
    for (at, term) in terms.all.iter().enumerate().filter(|(_, term)| term.taxonomy == SERIES) {
        let mut pages: Vec<PageId> = term.pages.iter().copied().filter(|page| listed[*page as usize]).collect();
        pages.sort_by_key(|page| {
            let fact = &facts[*page as usize];
            let date = fact.page.date.map(|date| date.at);
            (fact.front().weight.unwrap_or(i64::MAX), date.is_none(), date, *page)
        });
        for (position, page) in pages.iter().enumerate() {
            places[*page as usize].push(SeriesPlace {
                term: at as u32,
                position: position as u32 + 1,
                total: pages.len() as u32,
                previous: position.checked_sub(1).map(|before| pages[before]),
                next: pages.get(position + 1).copied(),
            });
        }
    }
    places
}
