//! What an author asks of dates and states: do they agree with each other and with the calendar?
//!
//! One file a rule.

pub(super) mod amendment_conflict;
pub(super) mod amendment_loop;
pub(super) mod date_order;
pub(super) mod impossible_date;
pub(super) mod supersession_conflict;
pub(super) mod supersession_loop;
pub(super) mod undated;
pub(super) mod withdrawn_without_reason;
