//! A withdrawn page that does not say why.

use crate::diagnostic::Diagnostic;
use crate::index::PageId;
use crate::lint::{LintContext, Rule, place};
use crate::page::Facts;
use crate::page::front::Status;
use crate::page::origin::Role;

const CODE: &str = "withdrawn-without-reason";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A page is withdrawn and does not say why. It stays at its address with a banner, and readers who relied on it want to know.

    withdrawn: {date: 2026-02-03, reason: The figures of table 2 were wrong.}

Add the reason in a sentence.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let pages = context.site.facts.iter().enumerate().filter(|(_, fact)| fact.page.status == Status::Withdrawn);
    let silent = pages.filter(|(_, fact)| fact.front().withdrawn.as_ref().is_none_or(|withdrawn| withdrawn.reason.trim().is_empty()));
    // What a section says is told of the section.
    let is_its_own =
        |fact: &Facts| ["status", "withdrawn"].iter().any(|key| fact.front().span(key).is_some()) || !below_withdrawn(context, fact);
    silent
        .filter(|(_, fact)| is_its_own(fact))
        .map(|(page, fact)| {
            let key = if fact.front().withdrawn.is_some() { "withdrawn" } else { "status" };
            let problem = Diagnostic::warning(CODE, "this page is withdrawn without a reason");
            problem.at(place::of_key(context, page as PageId, key)).hint("write `withdrawn: {date: …, reason: …}`")
        })
        .collect()
}

fn below_withdrawn(context: &LintContext, fact: &Facts) -> bool {
    let is_above = |other: &Facts| {
        let folder = &*other.page.origin.folder;
        let is_section = other.page.origin.role == Role::Section && other.path() != fact.path();
        is_section
            && (folder.is_empty()
                || fact.page.origin.folder.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    };
    context.site.facts.iter().any(|other| other.page.status == Status::Withdrawn && is_above(other))
}

#[cfg(test)]
mod tests {
    use crate::page::front::Status;
    use crate::testing::{page, site};

    #[test]
    fn a_reason_is_missed_on_withdrawn_pages_only() {
        let sample = site([
            page("a.md").status(Status::Withdrawn),
            page("b.md").withdrawn("Wrong figures."),
            page("c.md").withdrawn(" "),
            page("d.md"),
            page("s/_index.md").withdrawn("All wrong."),
            page("s/e.md"),
        ]);
        let expected = ["a", "c"].map(|name| {
            format!("withdrawn-without-reason content/{name}.md:2:1 this page is withdrawn without a reason | write `withdrawn: {{date: …, reason: …}}`")
        });
        assert_eq!(sample.reports(), expected);
    }
}
