//! What a build leaves out although its author may want to see it: drafts, and pages that only some may read.
//!
//! It must not know how that is told.

use serde::{Deserialize, Serialize};

use super::Plan;
use crate::gate::Why;

/// Pages that a build leaves out, by what would show them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Drafts, and pages in review.
    pub drafts: usize,
    /// Pages whose marking is none of those that are shown.
    pub marked: usize,
    /// The markings that they have, the lowest first.
    pub markings: Vec<String>,
}

impl LeftOut {
    /// What a plan leaves out.
    pub fn of(plan: &Plan) -> LeftOut {
        let of = |why: fn(Why) -> bool| plan.hidden.iter().filter(move |page| why(page.why));
        let marked = || of(|why| why == Why::Marked);
        let has = |name: &&String| marked().any(|page| page.marking.as_deref() == Some(name));
        LeftOut {
            drafts: of(|why| matches!(why, Why::Draft | Why::Review)).count(),
            marked: marked().count(),
            markings: plan.site.config.markings.names().iter().filter(has).cloned().collect(),
        }
    }
}
