//! Which page takes the place of which: `supersedes` and `superseded_by`.
//!
//! It must not know lists. Only public pages are seen here, so a relation takes effect with the newer page.

use std::collections::HashSet;
use std::sync::Arc;

use super::names::Names;
use super::{Order, PageId, Problem};
use crate::page::Facts;
use crate::page::front::Status;

/// Which page took the place of which, by page.
#[derive(Debug, Default, PartialEq)]
pub struct Succession {
    /// The public page that took its place.
    pub next: Vec<Option<PageId>>,
    /// The public page that holds today: where the way through `next` ends. `None` for a page whose place nobody took.
    pub newest: Vec<Option<PageId>>,
    /// Those whose place it took itself.
    pub before: Vec<Vec<PageId>>,
}

/// So many older pages are listed of a page, the newest of them.
pub const LONGEST_LIST: usize = 200;

impl Succession {
    /// All pages whose place a page took, itself or by way of others, the newest first; at most `LONGEST_LIST`.
    pub fn history(&self, page: PageId, order: &Order) -> Vec<PageId> {
        let mut found = Vec::new();
        let mut known = HashSet::from([page]);
        let mut round = vec![page];
        while let Some(newer) = round.pop() {
            let older = self.before[newer as usize].iter().filter(|older| known.insert(**older));
            let older: Vec<PageId> = older.copied().collect();
            found.extend_from_slice(&older);
            round.extend(older);
        }
        found.sort_unstable_by_key(|page| order.rank[*page as usize]);
        found.truncate(LONGEST_LIST);
        found
    }
}

/// Which page takes the place of which, and the state of each that follows from it.
pub fn settle(facts: &[Arc<Facts>], names: &Names, problems: &mut Vec<Problem>) -> (Vec<Status>, Succession) {
    let next = successors(facts.len(), claims(facts, names, problems), problems);
    let newest = ends(&next, problems);
    let mut before = vec![Vec::new(); facts.len()];
    for (page, by) in next.iter().enumerate() {
        if let Some(by) = by {
            before[*by as usize].push(page as PageId);
        }
    }
    let status = facts
        .iter()
        .zip(&newest)
        .map(|(fact, newer)| match (fact.page.status, newer) {
            (Status::Published | Status::Archived, Some(_)) => Status::Superseded,
            (status, _) => status,
        })
        .collect();
    (status, Succession { next, newest, before })
}

/// What pages say: an older page and a newer one, sorted, each pair once.
fn claims(facts: &[Arc<Facts>], names: &Names, problems: &mut Vec<Problem>) -> Vec<(PageId, PageId)> {
    let mut claims = Vec::new();
    for (at, fact) in facts.iter().enumerate() {
        let page = at as PageId;
        let front = fact.front();
        claims.extend(front.supersedes.iter().filter_map(|old| Some((names.refer(page, "supersedes", old, problems)?, page))));
        claims.extend(front.superseded_by.iter().filter_map(|newer| Some((page, names.refer(page, "superseded_by", newer, problems)?))));
    }
    claims.sort_unstable();
    claims.dedup();
    claims
}

/// The page right after each. Where two claim that, one must come after the other (the newest may name all that went before).
fn successors(pages: usize, claims: Vec<(PageId, PageId)>, problems: &mut Vec<Problem>) -> Vec<Option<PageId>> {
    let mut next: Vec<Option<PageId>> = vec![None; pages];
    let mut further = Vec::new();
    for (old, newer) in claims {
        match next[old as usize] {
            None => next[old as usize] = Some(newer),
            Some(_) => further.push((old, newer)),
        }
    }
    for (old, newer) in further {
        let first = next[old as usize].unwrap_or(newer);
        if leads_to(&next, newer, first, old) {
            next[old as usize] = Some(newer);
        } else if !leads_to(&next, first, newer, old) {
            problems.push(Problem::Disagree { page: old, says: first, claimed_by: newer });
        }
    }
    next
}

/// How many steps are followed to see whether one page comes after another; a longer history is told as a conflict.
const LONGEST_HISTORY: usize = 1000;

fn leads_to(next: &[Option<PageId>], from: PageId, to: PageId, without: PageId) -> bool {
    let onward = |page: &PageId| next[*page as usize].filter(|on| *on != without);
    std::iter::successors(Some(from), onward).take(LONGEST_HISTORY).any(|page| page == to)
}

/// The end of the chain that begins at each page; what leads into a loop has none.
fn ends(next: &[Option<PageId>], problems: &mut Vec<Problem>) -> Vec<Option<PageId>> {
    #[derive(Clone, Copy, PartialEq)]
    enum End {
        Unknown,
        OnTheWay,
        Known(Option<PageId>),
    }
    let mut ends = vec![End::Unknown; next.len()];
    for start in 0..next.len() as PageId {
        let mut way = Vec::new();
        let mut here = start;
        let end = loop {
            match (ends[here as usize], next[here as usize]) {
                (End::Known(end), _) => break end,
                (End::OnTheWay, _) => {
                    problems.push(Problem::SupersessionLoop { pages: round(&way, here) });
                    break None;
                }
                (End::Unknown, None) => break Some(here),
                (End::Unknown, Some(on)) => {
                    ends[here as usize] = End::OnTheWay;
                    way.push(here);
                    here = on;
                }
            }
        };
        if way.is_empty() {
            ends[start as usize] = End::Known(end);
        }
        for page in way {
            ends[page as usize] = End::Known(end);
        }
    }
    let known = |(page, end): (usize, End)| match end {
        End::Known(end) => end.filter(|end| *end as usize != page),
        End::Unknown | End::OnTheWay => None,
    };
    ends.into_iter().enumerate().map(known).collect()
}

/// The loop that `way` runs into at `entry`, from its first page in the order of paths.
fn round(way: &[PageId], entry: PageId) -> Vec<PageId> {
    let from = way.iter().position(|page| *page == entry).unwrap_or_default();
    let mut pages = way[from..].to_vec();
    let first = pages.iter().enumerate().min_by_key(|(_, page)| **page).map_or(0, |(at, _)| at);
    pages.rotate_left(first);
    pages
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Page, Sample, page, site};

    fn states(sample: &Sample) -> Vec<String> {
        let index = sample.index();
        let newer = |page: usize| index.succession.newest[page].map_or("-", |newer| sample.paths([newer])[0]);
        let describe =
            |(page, status): (usize, &Status)| format!("{} {} {}", sample.paths([page as PageId])[0], status.name(), newer(page));
        index.status.iter().enumerate().map(describe).collect()
    }

    #[test]
    fn one_side_is_enough_and_the_oldest_page_leads_to_the_newest() {
        let sample = site([page("a.md"), page("b.md").supersedes("a").superseded_by("/c/"), page("c.md").supersedes("b.md")]);
        assert_eq!(states(&sample), ["a.md superseded c.md", "b.md superseded c.md", "c.md published -"]);
        assert_eq!(sample.index().succession.before[2], [1]);
        assert_eq!(sample.paths(sample.index().succession.history(2, &sample.index().order)), ["a.md", "b.md"]);
    }

    #[test]
    fn it_takes_effect_when_the_newer_page_is_public() {
        let sample = site([page("a.md"), page("b.md").supersedes("a").date("2027-01-01")]);
        assert_eq!(states(&sample), ["a.md published -"]);
    }

    #[test]
    fn a_withdrawn_page_stays_withdrawn() {
        let sample = site([page("a.md").status(Status::Withdrawn), page("b.md").supersedes("a")]);
        assert_eq!(states(&sample), ["a.md withdrawn b.md", "b.md published -"]);
    }

    #[test]
    fn the_newest_may_name_all_that_went_before() {
        let sample = site([page("a.md"), page("b.md").supersedes("a"), page("c.md").supersedes("a").supersedes("b")]);
        assert_eq!(states(&sample), ["a.md superseded c.md", "b.md superseded c.md", "c.md published -"]);
        assert_eq!(sample.index().problems, []);
        assert_eq!(sample.index().succession.before[2], [1], "only what was right before");
        assert_eq!(sample.index().succession.next[0], Some(1));
    }

    #[test]
    fn two_pages_that_take_the_place_of_one_disagree() {
        let sample = site([page("a.md").superseded_by("c"), page("b.md").supersedes("a"), page("c.md")]);
        assert_eq!(sample.index().problems, [Problem::Disagree { page: 0, says: 1, claimed_by: 2 }]);
    }

    #[test]
    fn a_loop_is_told_once_and_supersedes_nothing() {
        let round = |path: &str, older: &str| page(path).supersedes(older);
        let sample = site([round("b.md", "a"), round("c.md", "b"), round("a.md", "c"), page("x.md").superseded_by("a")]);
        assert_eq!(sample.index().problems, [Problem::SupersessionLoop { pages: vec![0, 1, 2] }]);
        assert!(sample.index().status.iter().all(|status| *status == Status::Published));
        let alone = site([page("a.md").supersedes("a")]);
        assert_eq!(alone.index().problems, [Problem::SupersessionLoop { pages: vec![0] }]);
    }

    #[test]
    fn a_reference_to_nothing_is_told_with_the_nearest_and_to_many_with_all() {
        let sample = site([page("a.md").supersedes("hagua"), page("x/hague.md"), page("z.md").superseded_by("hague"), page("y/hague.md")]);
        let reports: Vec<(usize, bool)> = sample
            .index()
            .problems
            .iter()
            .map(|problem| match problem {
                Problem::Reference { candidates, is_ambiguous, .. } => (candidates.len(), *is_ambiguous),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(reports, [(2, false), (2, true)]);
    }

    #[test]
    fn a_long_history_is_settled_in_one_pass() {
        let name = |at: usize| format!("{at:05}");
        let pages = (0..5000).map(|at| -> Page {
            let page = page(&format!("{}.md", name(at)));
            if at == 0 { page } else { page.supersedes(&name(at - 1)) }
        });
        let sample = site(pages);
        assert!(sample.index().succession.newest[..4999].iter().all(|newer| *newer == Some(4999)));
    }
}
