//! What the gate remembers between two builds: its decisions, and for how long a clock gives the same ones.
//!
//! It must not know how a decision is made.

use jiff::Timestamp;

use super::visibility::Decision;
use crate::memo::{Memo, Verify};

/// What is remembered between two builds.
pub struct Memory {
    /// By the path of each page.
    pub(super) decisions: Memo<Decision>,
    span: Option<Span>,
}

/// The instants as of which all comparisons with the clock come to the same.
#[derive(Clone, Copy)]
struct Span {
    since: Timestamp,
    /// The last of them at which a site was built.
    until: Timestamp,
    /// The first instant to come that anything was compared with.
    horizon: Option<Timestamp>,
}

impl Memory {
    /// A memory of nothing.
    pub fn new(verify: Verify) -> Memory {
        Memory { decisions: Memo::new("gate", verify), span: None }
    }

    /// Forgets all decisions: nobody will ask again.
    pub fn forget(&mut self) {
        self.decisions.forget();
    }

    /// Stands for the results of all comparisons with `now`: it stays the same until one of them comes to something else.
    pub(super) fn since(&self, now: Timestamp) -> Timestamp {
        let holds = |span: &Span| span.until <= now && span.horizon.is_none_or(|horizon| now < horizon);
        self.span.filter(holds).map_or(now, |span| span.since)
    }

    /// Notes that a site was built at `now`, and when something comes to something else.
    pub(super) fn note(&mut self, now: Timestamp, horizon: Option<Timestamp>) {
        self.span = Some(Span { since: self.since(now), until: now, horizon });
    }
}
