//! A page that was updated before it was published.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::index::PageId;
use crate::lint::{LintContext, Rule, place};

const CODE: &str = "date-order";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "The day in `updated` is before the day in `date`: a page cannot change before it is published.

    date: 2026-02-03
    updated: 2025-02-10

Most often a year is mistyped. Correct one of them.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let to_diagnostic = |(page, fact): (usize, &Arc<crate::page::Facts>)| {
        let (date, updated) = (fact.front().date?.partial(), fact.front().updated?.partial());
        let problem = Diagnostic::warning(CODE, format!("this page was updated on {updated}, before its date, {date}"));
        (updated.last() < date.first).then(|| problem.at(place::of_key(context, page as PageId, "updated")).hint("is the year right?"))
    };
    context.site.facts.iter().enumerate().filter_map(to_diagnostic).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site, stamp};

    #[test]
    fn days_are_compared_not_hours() {
        let updated =
            |path: &str, at: &str| page(path).date("2026-02-03T10:00").with("updated", at, |front, at| front.updated = Some(stamp(&at)));
        let sample = site([updated("a.md", "2025-02-10"), updated("b.md", "2026-02-03")]);
        let expected = "date-order content/a.md:3:1 this page was updated on 2025-02-10, before its date, 2026-02-03 | is the year right?";
        assert_eq!(sample.reports(), [expected]);
    }
}
