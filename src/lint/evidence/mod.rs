//! What a briefing rests on: are its sources whole, its statements sourced, its sources enough?
//!
//! One file a rule. How much each weighs is the site's choice (`[lints]`), and a page or a source can say why one does not hold. An entry of the register
//! that nobody cites is no mistake, and is told by `chancery list sources --uncited`.

pub(super) mod cited;
pub(super) mod incomplete_source;
pub(super) mod key_points;
pub(super) mod same_source;
pub(super) mod secondary_only;
pub(super) mod single_source;
pub(super) mod superseded_cited;
pub(super) mod uncited_figure;
