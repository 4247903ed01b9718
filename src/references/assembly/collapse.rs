//! Collapsing: equal authors together, their years after one name, numbers in a row as a range.
//!
//! It must not know how cites are printed.

use citationberg::{Citation, Collapse};

use super::super::Authors;
use super::super::forms::{Hole, Piece, without_names};
use super::Page;
use super::cluster::{Pieces, Ready};

/// Cites with equal authors next to each other, and collapsed as the style wants it.
pub fn collapsed<'a>(page: &Page, ready: Vec<Ready<'a>>) -> Vec<Ready<'a>> {
    let citation = &page.style.csl().citation;
    match citation.collapse {
        Some(Collapse::CitationNumber) => ranges(ready, citation),
        Some(kind) => years(grouped(ready), citation, kind),
        None if citation.cite_group_delimiter.is_some() => {
            let delimiter = citation.cite_group_delimiter.as_deref().unwrap_or_default();
            let mut ready = grouped(ready);
            for at in 1..ready.len() {
                if is_same(&ready[at - 1], &ready[at]) {
                    ready[at].delimiter = Some(delimiter.into());
                }
            }
            ready
        }
        None => ready,
    }
}

/// Whether a cite can follow another under its names.
fn is_same(one: &Ready, other: &Ready) -> bool {
    let is_named = |ready: &Ready| ready.cite.authors == Authors::Shown && !ready.names.is_empty();
    is_named(one) && is_named(other) && one.names == other.names && other.cite.prefix.is_empty() && one.cite.suffix.is_empty()
}

/// Cites with the same names behind the first of them, where nothing that was written would come between them.
fn grouped(ready: Vec<Ready>) -> Vec<Ready> {
    let mut grouped: Vec<Ready> = Vec::with_capacity(ready.len());
    for own in ready {
        let last = grouped.iter().rposition(|other| is_same(other, &own));
        match last {
            Some(last) if grouped[last + 1..].iter().all(|between| between.cite.is_bare()) => grouped.insert(last + 1, own),
            _ => grouped.push(own),
        }
    }
    grouped
}

/// Years after one name.
fn years<'a>(mut ready: Vec<Ready<'a>>, citation: &Citation, kind: Collapse) -> Vec<Ready<'a>> {
    let group = citation.cite_group_delimiter.as_deref().unwrap_or(Citation::DEFAULT_CITE_GROUP_DELIMITER);
    let after = citation.after_collapse_delimiter.clone();
    let mut was_collapsed = false;
    order_letters(&mut ready);
    let years: Vec<String> = ready.iter().map(|ready| year(&ready.pieces)).collect();
    let mut at = 1;
    while at < ready.len() {
        if !is_same(&ready[at - 1], &ready[at]) {
            if std::mem::take(&mut was_collapsed) {
                ready[at].delimiter = after.clone();
            }
            at += 1;
            continue;
        }
        was_collapsed = true;
        let only_letter = kind != Collapse::Year
            && !ready[at].work.letter.is_empty()
            && years[at] == years[at - 1]
            && ready[at - 1].locator.is_empty()
            && ready[at].locator.is_empty();
        if only_letter {
            let delimiter = citation.year_suffix_delimiter.as_deref().or(citation.cite_group_delimiter.as_deref());
            ready[at].delimiter = Some(delimiter.or(citation.layout.delimiter.as_deref()).unwrap_or(", ").into());
            ready[at].pieces = Pieces::Left(vec![Piece::Hole(Hole::Letter)]);
        } else {
            // A year behind a place would be taken for one.
            let behind_place = after.clone().filter(|_| !ready[at - 1].locator.is_empty());
            ready[at].delimiter = Some(behind_place.unwrap_or_else(|| group.into()));
            ready[at].pieces = Pieces::Left(without_names(&ready[at].pieces).0);
        }
        at += 1;
    }
    if kind == Collapse::YearSuffixRanged {
        let is_letter = |ready: &Ready| *ready.pieces == [Piece::Hole(Hole::Letter)];
        let row = |one: &Ready, other: &Ready| is_letter(other) && other.work.number == one.work.number + 1;
        return rows(ready, row);
    }
    ready
}

/// Puts cites of one year behind one name in the order of their letters, where nothing was written between them.
fn order_letters(ready: &mut [Ready]) {
    let is_bare = |ready: &Ready| !ready.work.letter.is_empty() && ready.cite.is_bare();
    let mut start = 0;
    while start < ready.len() {
        let own = year(&ready[start].pieces);
        let follows = |other: &&Ready| is_bare(other) && is_same(&ready[start], other) && year(&other.pieces) == own;
        let end = if is_bare(&ready[start]) { start + 1 + ready[start + 1..].iter().take_while(follows).count() } else { start + 1 };
        ready[start..end].sort_by_key(|ready| ready.work.number);
        start = end;
    }
}

/// What stands in the date of a cite, without its letter.
fn year(pieces: &[Piece]) -> String {
    let mut text = String::new();
    dates(pieces, false, &mut text);
    text
}

fn dates(pieces: &[Piece], is_within: bool, text: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Text(own) if is_within => text.push_str(own),
            Piece::Text(_) | Piece::Hole(_) | Piece::Label(_) => {}
            Piece::Date(inside) => dates(inside, true, text),
            Piece::Span(_, inside) | Piece::Link(_, inside) | Piece::Names(inside) | Piece::Name(_, inside) => {
                dates(inside, is_within, text)
            }
        }
    }
}

/// Three and more numbers in a row as a range.
fn ranges<'a>(ready: Vec<Ready<'a>>, citation: &Citation) -> Vec<Ready<'a>> {
    let is_bare = |ready: &Ready| ready.locator.is_empty() && ready.cite.is_bare();
    let row = |one: &Ready, other: &Ready| is_bare(one) && is_bare(other) && other.work.number == one.work.number + 1;
    let mut ready = rows(ready, row);
    if let Some(after) = &citation.after_collapse_delimiter {
        for at in 1..ready.len() {
            if ready[at - 1].delimiter.is_some() && ready[at].delimiter.is_none() {
                ready[at].delimiter = Some(after.clone());
            }
        }
    }
    ready
}

/// Of three and more in a row, the first and the last with a dash between them.
fn rows<'a>(mut ready: Vec<Ready<'a>>, follows: impl Fn(&Ready, &Ready) -> bool) -> Vec<Ready<'a>> {
    let mut start = 0;
    while start < ready.len() {
        let mut end = start;
        while end + 1 < ready.len() && follows(&ready[end], &ready[end + 1]) {
            end += 1;
        }
        if end > start + 1 {
            ready[start + 1..end].iter_mut().for_each(|within| within.is_within = true);
            ready[end].delimiter = Some("–".into());
        }
        start = end + 1;
    }
    ready
}
