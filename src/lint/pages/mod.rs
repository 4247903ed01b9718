//! What an author asks of a page as such: its title, its template and what it silences.
//!
//! One file a rule.

pub(super) mod idle_lint_table;
pub(super) mod idle_silence;
pub(super) mod missing_title;
pub(super) mod unknown_layout;
pub(super) mod unknown_lint;
pub(super) mod unknown_template;
