//! The order of pages in lists.
//!
//! It must not know lists.

use std::cmp::{Ordering, Reverse};
use std::sync::Arc;

use rayon::prelude::*;

use crate::index::PageId;
use crate::page::Facts;

/// Pages in the order of lists: date descending, then title, then path; undated last.
#[derive(Debug, Default, PartialEq)]
pub struct Order {
    pub pages: Vec<PageId>,
    /// By page: its place in that order.
    pub rank: Vec<u32>,
}

impl Order {
    /// The order of these pages.
    pub fn new(facts: &[Arc<Facts>]) -> Order {
        // Dates are beside the pages that they sort, since most comparisons need nothing else of a page.
        let date = |fact: &Facts| Reverse(fact.page.date.map(|date| date.at));
        let mut dated: Vec<_> = facts.iter().zip(0..).map(|(fact, page)| (date(fact), page)).collect();
        let title = |page: PageId| &facts[page as usize].title;
        // The paths of pages are in the order of pages.
        let by_title = |a: PageId, b: PageId| -> Ordering { title(a).cmp(title(b)).then(a.cmp(&b)) };
        dated.par_sort_unstable_by(|(one, a), (other, b)| one.cmp(other).then_with(|| by_title(*a, *b)));
        let pages: Vec<PageId> = dated.into_iter().map(|(_, page)| page).collect();
        let rank = places(&pages);
        Order { pages, rank }
    }
}

/// The place of each page in an order of all pages.
pub fn places(order: &[PageId]) -> Vec<u32> {
    let mut places = vec![0; order.len()];
    for (place, page) in (0..).zip(order) {
        places[*page as usize] = place;
    }
    places
}
