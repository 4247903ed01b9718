//! Which page takes the place of which: `supersedes` and `superseded_by`.
//!
//! It must not know lists. Only public pages are seen here, so a relation takes effect with the newer page.

use super::names::{Answer, Names};
use super::{PageId, Problem};
use crate::page::Facts;
use crate::page::front::Status;

/// For each page its state, the newest public page that takes its place, and those whose place it takes.
pub type Settled = (Vec<Status>, Vec<Option<PageId>>, Vec<Vec<PageId>>);

pub fn settle(facts: &[Facts], names: &Names, problems: &mut Vec<Problem>) -> Settled {
    let mut next: Vec<Option<PageId>> = vec![None; facts.len()];
    let mut older = vec![Vec::new(); facts.len()];
    for (at, fact) in facts.iter().enumerate() {
        let newer = at as PageId;
        for value in &fact.front().supersedes {
            if let Some(old) = find(names, fact, newer, "supersedes", value, problems) {
                claim(&mut next, old, newer, problems);
            }
        }
        for value in &fact.front().superseded_by {
            if let Some(by) = find(names, fact, newer, "superseded_by", value, problems) {
                claim(&mut next, newer, by, problems);
            }
        }
    }
    let newest: Vec<Option<PageId>> = (0..facts.len()).map(|page| last(&next, page as PageId, problems)).collect();
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

fn find(names: &Names, fact: &Facts, page: PageId, key: &'static str, value: &str, problems: &mut Vec<Problem>) -> Option<PageId> {
    let path = value.trim_start_matches('/');
    let by_route = || {
        if value.starts_with('/') {
            names.find(path.trim_end_matches('/').rsplit('/').next().unwrap_or(path), fact.lang())
        } else {
            Answer::None
        }
    };
    match names.path(path).map_or_else(|| names.find(value, fact.lang()), Answer::One) {
        Answer::One(found) if found != page => Some(found),
        Answer::None => match by_route() {
            Answer::One(found) if found != page => Some(found),
            _ => {
                problems.push(Problem::Reference { page, key, value: value.to_string(), candidates: names.nearest(value) });
                None
            }
        },
        _ => {
            problems.push(Problem::Reference { page, key, value: value.to_string(), candidates: names.nearest(value) });
            None
        }
    }
}

fn claim(next: &mut [Option<PageId>], old: PageId, newer: PageId, problems: &mut Vec<Problem>) {
    match next[old as usize] {
        Some(other) if other != newer => problems.push(Problem::Disagree { page: old, says: other, claimed_by: newer }),
        _ => next[old as usize] = Some(newer),
    }
}

/// The end of the chain that begins at `page`; a loop has none.
fn last(next: &[Option<PageId>], page: PageId, problems: &mut Vec<Problem>) -> Option<PageId> {
    let mut seen = vec![page];
    let mut here = page;
    while let Some(on) = next[here as usize] {
        if seen.contains(&on) {
            // Told once, by the first page of the loop.
            if on == page && seen.iter().all(|other| *other >= page) {
                problems.push(Problem::SupersessionLoop { pages: seen });
            }
            return None;
        }
        seen.push(on);
        here = on;
    }
    (here != page).then_some(here)
}
