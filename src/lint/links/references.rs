//! The references of front matter that mean no page: what the rules about them have in common.
//!
//! It must not know what is said about them.

use std::sync::Arc;

use crate::index::{PageId, Problem};
use crate::lint::LintContext;

/// A value of front matter that should name a page.
pub struct Reference<'a> {
    /// The page that names another.
    pub page: PageId,
    /// The key of front matter that does.
    pub key: &'static str,
    /// The name.
    pub value: &'a str,
    /// The paths of pages that it could be; none when there is no such page.
    pub candidates: &'a [Arc<str>],
}

/// Those to which no public page answers.
pub fn missing<'a>(context: &LintContext<'a>) -> impl Iterator<Item = Reference<'a>> {
    all(context).filter(|(_, is_ambiguous)| !is_ambiguous).map(|(reference, _)| reference)
}

/// Those to which several answer.
pub fn ambiguous<'a>(context: &LintContext<'a>) -> impl Iterator<Item = Reference<'a>> {
    all(context).filter(|(_, is_ambiguous)| *is_ambiguous).map(|(reference, _)| reference)
}

fn all<'a>(context: &LintContext<'a>) -> impl Iterator<Item = (Reference<'a>, bool)> {
    context.site.index.problems.iter().filter_map(|problem| match problem {
        Problem::Reference { page, key, value, candidates, is_ambiguous } => {
            Some((Reference { page: *page, key, value, candidates }, *is_ambiguous))
        }
        _ => None,
    })
}

/// True for keys that may name a hidden page, because they take effect when it is public.
pub fn waits(key: &str) -> bool {
    matches!(key, "supersedes" | "superseded_by" | "amends" | "amended_by")
}
