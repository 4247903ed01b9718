//! Which page changes part of which: `amends` and `amended_by`. Both stay current.
//!
//! It must not know lists. Only public pages are seen here, so a relation takes effect when both are public.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::names::Names;
use super::{Order, PageId, Problem, Succession};
use crate::page::Facts;

/// Which page changes part of which. Few pages do, so there are only pairs.
#[derive(Debug, Default, PartialEq)]
pub struct Amendments {
    /// A page and one that changes part of it: by the former, then the latter in the order of lists.
    amended: Vec<(PageId, PageId)>,
    /// The same the other way round.
    amending: Vec<(PageId, PageId)>,
}

impl Amendments {
    /// Whether a page changes part of another, or another of it.
    pub fn names(&self, page: PageId) -> bool {
        let has = |pairs: &[(PageId, PageId)]| pairs.binary_search_by_key(&page, |(one, _)| *one).is_ok();
        has(&self.amended) || has(&self.amending)
    }

    /// The pages that change part of a page, the newest first.
    pub fn of(&self, page: PageId) -> impl DoubleEndedIterator<Item = PageId> + '_ {
        of(&self.amended, page)
    }

    /// The pages of which a page changes part, the newest first.
    pub fn by(&self, page: PageId) -> impl DoubleEndedIterator<Item = PageId> + '_ {
        of(&self.amending, page)
    }
}

fn of(pairs: &[(PageId, PageId)], page: PageId) -> impl DoubleEndedIterator<Item = PageId> + '_ {
    let from = pairs.partition_point(|(one, _)| *one < page);
    pairs[from..].iter().take_while(move |(one, _)| *one == page).map(|(_, other)| *other).collect::<Vec<_>>().into_iter()
}

/// Which page changes part of which. What goes round in a circle holds for none of the circle.
pub fn settle(facts: &[Arc<Facts>], names: &Names, order: &Order, succession: &Succession, problems: &mut Vec<Problem>) -> Amendments {
    let mut amended = Vec::new();
    for (at, fact) in facts.iter().enumerate() {
        let page = at as PageId;
        let front = fact.front();
        amended.extend(front.amends.iter().filter_map(|old| Some((names.refer(page, "amends", old, problems)?, page))));
        amended.extend(front.amended_by.iter().filter_map(|newer| Some((page, names.refer(page, "amended_by", newer, problems)?))));
    }
    amended.sort_unstable();
    amended.dedup();
    let both = amended.iter().filter(|(page, by)| succession.next[*page as usize] == Some(*by));
    problems.extend(both.map(|(page, by)| Problem::AmendedAndSuperseded { page: *page, by: *by }));
    let mut rounds = Vec::new();
    while let Some(round) = round(&amended) {
        amended.retain(|(page, by)| !(round.contains(page) && round.contains(by)));
        rounds.push(Problem::AmendmentLoop { pages: round });
    }
    problems.extend(rounds);
    let rank = |page: PageId| order.rank[page as usize];
    let mut amending: Vec<(PageId, PageId)> = amended.iter().map(|(page, by)| (*by, *page)).collect();
    for pairs in [&mut amended, &mut amending] {
        pairs.sort_unstable_by_key(|(one, other)| (*one, rank(*other)));
    }
    Amendments { amended, amending }
}

/// Pages of which each changes part of the next, and the last of the first; from the first of them in the order of paths. `None` if there is no circle.
fn round(amended: &[(PageId, PageId)]) -> Option<Vec<PageId>> {
    // What nobody changes is in no circle, nor is what only such pages change.
    let mut left = amended.to_vec();
    loop {
        let before = left.len();
        let pages: BTreeSet<PageId> = left.iter().map(|(page, _)| *page).collect();
        left.retain(|(_, by)| pages.contains(by));
        if left.len() == before {
            break;
        }
    }
    let by: BTreeMap<PageId, PageId> = left.into_iter().collect();
    let mut way = vec![*by.keys().next()?];
    let at = loop {
        let next = *by.get(way.last()?)?;
        match way.iter().position(|known| *known == next) {
            Some(at) => break at,
            None => way.push(next),
        }
    };
    let mut pages: Vec<PageId> = way[at..].iter().rev().copied().collect();
    let first = pages.iter().enumerate().min_by_key(|(_, page)| **page).map_or(0, |(at, _)| at);
    pages.rotate_left(first);
    Some(pages)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::page::front::Status;
    use crate::testing::{Sample, page, site};

    fn pairs(sample: &Sample) -> Vec<String> {
        let amendments = &sample.index().amendments;
        let of = |page: PageId| amendments.of(page).map(move |by| format!("{} by {}", sample.paths([page])[0], sample.paths([by])[0]));
        (0..sample.index().status.len() as PageId).flat_map(of).collect()
    }

    #[test]
    fn one_side_is_enough_and_both_pages_stay_current() {
        let sample = site([
            page("a.md").date("2024-01-01"),
            page("b.md").date("2025-01-01").amends("a"),
            page("c.md").amended_by("b.md").date("2023-01-01"),
        ]);
        assert_eq!(pairs(&sample), ["a.md by b.md", "c.md by b.md"]);
        assert_eq!(sample.index().amendments.by(1).collect::<Vec<_>>(), [0, 2], "the newest first");
        assert!(sample.index().status.iter().all(|status| *status == Status::Published));
    }

    #[test]
    fn it_takes_effect_when_the_newer_page_is_public() {
        let sample = site([page("a.md"), page("b.md").amends("a").date("2027-01-01")]);
        assert_eq!(pairs(&sample), [""; 0]);
        assert_eq!(sample.reports(), [""; 0]);
    }

    #[test]
    fn a_circle_is_told_once_and_amends_nothing() {
        let sample = site([page("a.md").amends("b"), page("b.md").amends("c"), page("c.md").amends("a"), page("d.md").amends("a")]);
        assert_eq!(sample.index().problems, [Problem::AmendmentLoop { pages: vec![0, 1, 2] }]);
        assert_eq!(pairs(&sample), ["a.md by d.md"]);
    }

    #[test]
    fn a_page_cannot_change_part_of_what_it_takes_the_place_of() {
        let sample = site([page("a.md"), page("b.md").amends("a").supersedes("a")]);
        assert_eq!(sample.index().problems, [Problem::AmendedAndSuperseded { page: 0, by: 1 }]);
    }

    proptest! {
        /// Any pages that amend any others: what is kept has no circle, and what is not kept was in one.
        #[test]
        fn amendments_of_any_shape_are_kept_unless_they_go_round(said in proptest::collection::vec((0..9u32, 0..9u32), 0..20)) {
            let name = |at: u32| format!("p{at}");
            let pages = (0..9).map(|at| {
                let mine = said.iter().filter(|(by, _)| *by == at);
                mine.fold(page(&format!("{}.md", name(at))), |page, (_, old)| page.amends(&name(*old)))
            });
            let sample = site(pages);
            let amendments = &sample.index().amendments;
            let reaches = |from: u32, to: u32, edges: &dyn Fn(u32) -> Vec<u32>| {
                let (mut known, mut open) = (BTreeSet::new(), edges(from));
                while let Some(next) = open.pop() {
                    if known.insert(next) {
                        open.extend(edges(next));
                    }
                }
                known.contains(&to)
            };
            let kept = |page: u32| amendments.of(page).collect::<Vec<_>>();
            let written = |page: u32| said.iter().filter(|(_, old)| *old == page).map(|(by, _)| *by).collect::<Vec<_>>();
            for page in 0..9 {
                prop_assert!(!reaches(page, page, &kept), "{page} goes round");
                for by in written(page) {
                    prop_assert!(kept(page).contains(&by) || reaches(by, page, &|page| written(page)), "{by} amends {page}");
                }
            }
        }
    }
}
