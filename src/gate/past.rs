//! A site as it stood: what a page says today of days that had not come then.
//!
//! Owns what of a page's own words had not happened. It must not know which pages link to which.

use std::sync::Arc;

use jiff::Timestamp;

use super::visibility::Inputs;
use super::{Bounded, Gate, Hidden, Why, bounds, decision, earlier};
use crate::page::PageMeta;
use crate::page::date::Stamp;
use crate::page::front::{Front, Status};
use crate::page::route::hidden_name;

/// Front matter as it stood, and the first instant at which something of it came to be; `None` where nothing in it has a later day.
///
/// A page that says when it was last updated, reviewed or withdrawn says nothing of it before that day. A day that has not come by the clock either is
/// a slip, and holds as in any build.
pub(super) fn front(front: &Front, inputs: Inputs) -> Option<(Front, Timestamp)> {
    let (present, now) = (inputs.present?, inputs.sources.now);
    let came = |stamp: &Option<Stamp>| stamp.as_ref()?.instant(&inputs.config.time_zone).ok().filter(|at| *at > now && *at <= present);
    let updated = came(&front.updated);
    let reviewed = came(&front.last_reviewed_on);
    let withdrawn = front.withdrawn.as_ref().and_then(|withdrawn| came(&withdrawn.date));
    let first = updated.into_iter().chain(reviewed).chain(withdrawn).min()?;
    let mut stood = front.clone();
    if updated.is_some() {
        stood.updated = None;
    }
    if reviewed.is_some() {
        // When it was looked at before, and when that was due, nobody has written down.
        (stood.last_reviewed_on, stood.review_in, stood.review_by) = (None, None, None);
    }
    if withdrawn.is_some() {
        stood.withdrawn = None;
        stood.status = stood.status.filter(|status| *status != Status::Withdrawn);
    }
    Some((stood, first))
}

/// Whether a page that is hidden at `now` is public by the clock.
pub(super) fn is_later(why: Why, due: Option<Timestamp>, present: Option<Timestamp>) -> bool {
    why == Why::Scheduled && due.zip(present).is_some_and(|(due, present)| due <= present)
}

/// Takes `status: superseded` from pages whose place a later page was still to take.
pub(super) fn restore(gate: &mut Gate, bounded: &[Bounded], inputs: Inputs) {
    let later: Vec<&Hidden> = gate.hidden.iter().filter(|page| page.is_later).collect();
    if later.is_empty() {
        return;
    }
    for page in gate.public.iter_mut().filter(|page| page.status == Status::Superseded) {
        if !later.iter().any(|newer| takes_place(newer, page, inputs)) {
            continue;
        }
        let found = bounded.binary_search_by(|(candidate, _)| candidate.origin.path.cmp(&page.origin.path));
        let Some((candidate, above)) = found.ok().map(|at| &bounded[at]) else { continue };
        let mut front = bounds::below(&candidate.front, above).unwrap_or_else(|| Front::clone(&candidate.front));
        front.status = None;
        let decision = decision(candidate, &Arc::new(front), above, inputs);
        gate.next_change = earlier(gate.next_change, decision.due);
        gate.horizon = earlier(gate.horizon, decision.horizon);
        *page = decision.page;
    }
}

/// Whether one of two pages says that the newer takes the place of the older.
fn takes_place(newer: &Hidden, older: &PageMeta, inputs: Inputs) -> bool {
    let older_answers = || Hidden::new(older, Why::Scheduled, None, None, inputs);
    let named_by_newer = newer.supersedes.iter().any(|name| older_answers().answers_to(name));
    named_by_newer || older.front.superseded_by.iter().any(|name| newer.answers_to(name))
}

impl Hidden {
    /// Whether a reference such as `superseded_by` could mean this page.
    fn answers_to(&self, name: &str) -> bool {
        let wanted = hidden_name(name.strip_suffix(".md").unwrap_or(name));
        self.answers().any(|answer| hidden_name(answer) == wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use crate::config::Config;
    use crate::memo::Verify;
    use crate::page::origin::Origin;

    /// What the gate says of pages by their front matter as of March 2026, seen from March 2027 or not looking back at all.
    fn gate(present: Option<&str>, pages: &[(&str, &str)]) -> Gate {
        let sources = Sources::in_memory("2026-03-01T12:00:00Z".parse().expect("an instant"), "", &[]);
        let candidate = |(path, keys): &(&str, &str)| {
            let path: Arc<str> = Arc::from(format!("content/{path}"));
            let front = crate::page::front::read(&path, &format!("---\n{keys}\n---\n"));
            Candidate {
                origin: Arc::new(Origin::from_path(&path, &[]).expect("a page")),
                print: Fingerprint::default(),
                front: Arc::new(front),
            }
        };
        let candidates: Vec<Candidate> = pages.iter().map(candidate).collect();
        let present = present.map(|present| present.parse().expect("an instant"));
        decide(&candidates, &Config::default(), &sources, &Show::default(), present, &mut Memory::new(Verify::On))
    }

    fn states(gate: &Gate) -> Vec<&str> {
        gate.public.iter().map(|page| page.status.name()).collect()
    }

    const LATER: Option<&str> = Some("2027-03-01T00:00:00Z");

    #[test]
    fn a_withdrawal_an_update_and_a_review_have_not_happened_before_their_day() {
        let keys = "date: 2025-01-01\nwithdrawn: {date: 2026-05-01, reason: Wrong.}\nupdated: 2026-04-01\nlast_reviewed_on: 2026-06-01\n\
                    review_in: 6 months";
        let stood = gate(LATER, &[("a.md", keys)]);
        let page = &stood.public[0];
        assert_eq!((states(&stood), page.updated, page.review), (vec!["published"], None, None));
        assert!(page.front.withdrawn.is_none() && page.front.last_reviewed_on.is_none());
        assert_eq!(stood.next_change.map(|at| at.to_string()).as_deref(), Some("2026-04-01T00:00:00Z"));
        assert!(stood.diagnostics.is_empty(), "what has come by now is no slip");
    }

    #[test]
    fn what_is_still_to_come_by_the_clock_holds_as_in_any_build() {
        let keys = "withdrawn: {date: 2062-05-01, reason: Wrong.}\nupdated: 2062-04-01";
        let stood = gate(LATER, &[("a.md", keys)]);
        assert_eq!(states(&stood), ["withdrawn"], "a slip of a year does not bring back what is wrong");
        assert_eq!(stood.diagnostics.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["updated-to-come"]);
        let today = gate(None, &[("a.md", "withdrawn: {date: 2026-05-01, reason: Wrong.}")]);
        assert_eq!(states(&today), ["withdrawn"]);
    }

    #[test]
    fn a_page_is_not_superseded_before_the_page_that_takes_its_place_is_public() {
        let states_with = |present, old: &str, new: &str| {
            let gate = gate(present, &[("new.md", new), ("old.md", old)]);
            states(&gate).into_iter().map(str::to_string).collect::<Vec<_>>()
        };
        let superseded = "id: PB-1\nstatus: superseded";
        assert_eq!(states_with(LATER, &format!("{superseded}\nsuperseded_by: new.md"), "date: 2026-05-01"), ["published"]);
        assert_eq!(states_with(LATER, superseded, "date: 2026-05-01\nsupersedes: PB-1"), ["published"]);
        assert_eq!(states_with(LATER, superseded, "date: 2026-05-01"), ["superseded"], "nobody says by which");
        assert_eq!(states_with(LATER, superseded, "date: 2072-05-01\nsupersedes: PB-1"), ["superseded"], "it is to come today, too");
        assert_eq!(states_with(None, superseded, "date: 2026-05-01\nsupersedes: PB-1"), ["superseded"]);
    }
}
