//! The changes that a list holds, and what tells those of one day apart.
//!
//! It must not know how they are shown.

use std::cmp::Reverse;
use std::sync::Arc;

use super::{Holds, List};
use crate::index::PageId;
use crate::page::Facts;
use crate::page::front::Change;

/// An entry of the `changes` of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChangeOf<'a> {
    pub page: PageId,
    pub change: &'a Change,
    /// Its place among the entries of that day on that page, from 1, as the file has them.
    pub place_of_day: u32,
}

impl List {
    /// The changes that it holds, the newest first; none if it holds pages.
    pub fn changes<'a>(&self, facts: &'a [Arc<Facts>]) -> Vec<ChangeOf<'a>> {
        let Holds::Changes(which) = self.kind.row().holds else { return Vec::new() };
        let of_page = |page: &PageId| ChangeOf::all(*page, &facts[*page as usize].page.changes);
        let mut all: Vec<ChangeOf> = self.pages.iter().flat_map(of_page).filter(|one| which.takes(one.change.kind)).collect();
        // Pages are in the order of lists, which decides among changes of one day.
        all.sort_by_key(|one| Reverse(one.change.date.civil));
        all
    }
}

impl<'a> ChangeOf<'a> {
    /// Those of one page, in the order of `changes`: the newest first.
    pub fn all(page: PageId, changes: &'a [Change]) -> impl Iterator<Item = ChangeOf<'a>> {
        changes.iter().zip(places_of_day(changes)).map(move |(change, place_of_day)| ChangeOf { page, change, place_of_day })
    }

    /// The id of the entry on its page. It begins with a capital, as no heading's does.
    pub fn anchor(&self) -> String {
        let (day, place) = (self.change.date.date(), self.place_of_day);
        if place <= 1 { format!("Change-{day}") } else { format!("Change-{day}-{place}") }
    }
}

/// The place of each change among those of its day. `changes` are the newest first, and those of one instant as the file has them: so an entry keeps its
/// place whatever becomes of entries of other days, and when another of its day is written below it.
fn places_of_day(changes: &[Change]) -> impl Iterator<Item = u32> {
    changes.iter().enumerate().map(|(at, change)| {
        let of_day = changes.iter().enumerate().filter(|(_, other)| other.date.date() == change.date.date());
        let is_before = |(other_at, other): &(usize, &Change)| match other.date.civil.cmp(&change.date.civil) {
            std::cmp::Ordering::Less => true,
            std::cmp::Ordering::Equal => *other_at < at,
            std::cmp::Ordering::Greater => false,
        };
        1 + of_day.filter(is_before).count() as u32
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::page::date::Stamp;
    use crate::page::front::ChangeKind;

    /// As the gate has them: the newest first, and of equal ones the first in the file.
    fn changes(dates: &[(u8, u32)]) -> Vec<Change> {
        let date = |day: u8| Stamp::parse(&format!("2026-03-{day:02}")).expect("a day");
        let mut all: Vec<Change> =
            dates.iter().map(|(day, note)| Change { date: date(*day), note: note.to_string(), kind: ChangeKind::Minor }).collect();
        all.sort_by_key(|change| Reverse(change.date.civil));
        all
    }

    /// What tells each entry apart, by its note.
    fn places(dates: &[(u8, u32)]) -> Vec<(String, String, u32)> {
        let all = changes(dates);
        let mut places: Vec<_> =
            all.iter().zip(places_of_day(&all)).map(|(change, place)| (change.note.clone(), change.date.iso(), place)).collect();
        places.sort();
        places
    }

    proptest! {
        #[test]
        fn entries_of_a_day_are_told_apart_and_keep_their_place(mut dates in prop::collection::vec(1u8..6, 1..12), edits in prop::collection::vec((any::<bool>(), 1u8..6, any::<prop::sample::Index>()), 0..12)) {
            let mut entries: Vec<(u8, u32)> = dates.drain(..).zip(0..).collect();
            let mut next = 100;
            for (adds, day, at) in edits {
                let before = places(&entries);
                if adds {
                    // Anywhere, but below the entries of its own day.
                    let last = entries.iter().rposition(|(other, _)| *other == day).map_or(0, |last| last + 1);
                    entries.insert(last + at.index(entries.len() - last + 1), (day, next));
                    next += 1;
                } else if !entries.is_empty() {
                    let (gone, _) = entries.remove(at.index(entries.len()));
                    let kept = places(&entries);
                    let other_days = before.iter().filter(|(_, date, _)| *date != format!("2026-03-{gone:02}"));
                    for entry in other_days {
                        prop_assert!(kept.contains(entry));
                    }
                    continue;
                }
                let after = places(&entries);
                prop_assert!(before.iter().all(|entry| after.contains(entry)));
                let mut told: Vec<_> = after.iter().map(|(_, date, place)| (date, place)).collect();
                told.sort();
                let count = told.len();
                told.dedup();
                prop_assert_eq!(told.len(), count);
            }
        }
    }
}
