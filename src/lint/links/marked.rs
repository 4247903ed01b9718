//! The links that a preview marks in its pages: those about which an error is told.
//!
//! It must not know how they are marked, nor what is said about them.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::lint::LintContext;
use crate::lint::links::broken;
use crate::site::BrokenLinks;

/// Every link at whose place one of `problems` is an error. A link that is only warned of is in what a build writes, and stays as it is there.
pub fn links(context: &LintContext, problems: &[Diagnostic]) -> BrokenLinks {
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
    let places: BTreeSet<&Place> = errors.filter_map(|problem| problem.place.as_ref()).collect();
    if places.is_empty() {
        return BrokenLinks::new();
    }
    let of_link = |link: broken::BrokenLink| {
        let place = link.place(context);
        places.contains(&place).then(|| ((link.page, link.number), place.to_string().into()))
    };
    broken::broken(context).filter_map(of_link).collect()
}
