//! Lints: what is wrong with a site although every file of it can be read. One file a rule, one table.
//!
//! Owns `RULES` and `check`. It must not know how a problem is mended or printed.

use crate::diagnostic::Diagnostic;
use crate::gate::Hidden;
use crate::site::Site;
use crate::sources::Sources;

/// What rules look at.
pub struct Scene<'a> {
    pub site: &'a Site,
    pub hidden: &'a [Hidden],
    /// For the lines that problems stand on.
    pub sources: &'a Sources,
}

/// One kind of problem.
pub struct Rule {
    pub code: &'static str,
    /// What `chancery explain CODE` prints: what it means, why it matters, how to mend it.
    pub doc: &'static str,
    /// The problems of this kind; `None` for codes that are found elsewhere.
    pub check: Option<fn(&Scene) -> Vec<Diagnostic>>,
}

/// All rules, in the order of their codes.
pub const RULES: &[Rule] = &[];

/// All problems of a site, in no order.
pub fn check(scene: &Scene) -> Vec<Diagnostic> {
    RULES.iter().filter_map(|rule| rule.check).flat_map(|check| check(scene)).collect()
}

#[cfg(test)]
pub mod sample;
