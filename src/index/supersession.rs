//! Which page takes the place of which: `supersedes` and `superseded_by`.
//!
//! It must not know lists. Only public pages are seen here, so a relation takes effect with the newer page.

use super::names::Names;
use super::{PageId, Problem};
use crate::page::Facts;
use crate::page::front::Status;

/// For each page its state, the newest public page that takes its place, and those whose place it takes.
pub type Settled = (Vec<Status>, Vec<Option<PageId>>, Vec<Vec<PageId>>);

pub fn settle(facts: &[Facts], names: &Names, problems: &mut Vec<Problem>) -> Settled {
    let next = successors(facts.len(), claims(facts, names, problems), problems);
    let newest = ends(&next, problems);
    let mut older = vec![Vec::new(); facts.len()];
    for (page, by) in next.iter().enumerate() {
        if let Some(by) = by {
            older[*by as usize].push(page as PageId);
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
    (status, newest, older)
}

/// What pages say: an older page and a newer one, sorted, each pair once.
fn claims(facts: &[Facts], names: &Names, problems: &mut Vec<Problem>) -> Vec<(PageId, PageId)> {
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
