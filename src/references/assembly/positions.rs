//! Positions: whether a cite is the first of its source, a later one, or right after another of it.
//!
//! It must not know what a style makes of that.

use citationberg::StyleClass;

use super::super::forms::Position;
use super::super::{Cluster, Locator, Narration, Spot};
use super::Page;
use crate::fingerprint::Lookup;

/// The last cite of a source, as far as the next ones depend on it.
struct Last<'a> {
    key: &'a str,
    locator: Option<&'a Locator>,
    /// Whether it stood alone in its cluster: "ibid." after several would be ambiguous.
    is_alone: bool,
    note: u32,
}

/// The position of each cite of each cluster, in the order in which they were written. Styles without notes count clusters in their place.
pub fn of(page: &mut Page, clusters: &[Cluster]) -> Vec<Vec<Position>> {
    let is_note = page.style.csl().settings.class == StyleClass::Note;
    let near = page.style.csl().citation.near_note_distance;
    let mut last: Option<Last> = None;
    let mut note = 0;
    let mut seen: Lookup<&str, u32> = Lookup::default();
    let mut positions = Vec::with_capacity(clusters.len());
    for cluster in clusters {
        if cluster.narration == Narration::ListOnly {
            positions.push(vec![Position::First; cluster.cites.len()]);
            continue;
        }
        note = match cluster.spot {
            Spot::Text(number @ 1..) | Spot::Note(number) | Spot::WholeNote(number) if is_note => number,
            _ => note + 1,
        };
        let mut own = Vec::with_capacity(cluster.cites.len());
        for (at, cite) in cluster.cites.iter().enumerate() {
            let before = seen.insert(&cite.key, note);
            // "Ibid." behind a note that cites nothing would be taken to mean that note.
            let is_next = |last: &Last| at > 0 || (last.is_alone && (!is_note || note.saturating_sub(last.note) <= 1));
            let is_right_after = last.as_ref().is_some_and(|last| *last.key == *cite.key && is_next(last));
            own.push(match (before, &last) {
                (None, _) => Position::First,
                (Some(_), Some(last)) if is_right_after && last.locator == cite.locator.as_ref() => Position::Ibid,
                (Some(_), Some(_)) if is_right_after && cite.locator.is_some() => Position::IbidElsewhere,
                (Some(before), _) if note.saturating_sub(before) <= near => Position::Near,
                (Some(_), _) => Position::Later,
            });
            if let Some(at) = page.by_key.get(&*cite.key) {
                page.works[*at].first_note.get_or_insert(note);
            }
            last = Some(Last { key: &cite.key, locator: cite.locator.as_ref(), is_alone: cluster.cites.len() == 1, note });
        }
        positions.push(own);
    }
    positions
}
