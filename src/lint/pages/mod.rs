//! What an author asks of a page as such: its title and its template.
//!
//! One file a rule.

pub(super) mod missing_title;
pub(super) mod unknown_layout;
pub(super) mod unknown_lint;
pub(super) mod unknown_template;
