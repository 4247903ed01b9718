//! A withdrawn page that does not say why.

use super::{Rule, Scene, place};
use crate::diagnostic::Diagnostic;
use crate::index::PageId;
use crate::page::front::Status;

const CODE: &str = "withdrawn-without-reason";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A page is withdrawn and does not say why. It stays at its address with a banner, and readers who relied on it want to know.

    withdrawn: {date: 2026-02-03, reason: The figures of table 2 were wrong.}

Add the reason in a sentence.",
    check: Some(check),
};

fn check(scene: &Scene) -> Vec<Diagnostic> {
    let pages = scene.site.facts.iter().enumerate().filter(|(_, fact)| fact.page.status == Status::Withdrawn);
    let silent = pages.filter(|(_, fact)| fact.front().withdrawn.as_ref().is_none_or(|withdrawn| withdrawn.reason.trim().is_empty()));
    silent
        .map(|(page, fact)| {
            let key = if fact.front().withdrawn.is_some() { "withdrawn" } else { "status" };
            let problem = Diagnostic::warning(CODE, "this page is withdrawn without a reason");
            problem.at(place::of_key(scene, page as PageId, key)).hint("write `withdrawn: {date: …, reason: …}`")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::lint::sample::{page, site};
    use crate::page::front::Status;

    #[test]
    fn a_reason_is_missed_on_withdrawn_pages_only() {
        let sample = site([
            page("a.md").status(Status::Withdrawn),
            page("b.md").withdrawn("Wrong figures."),
            page("c.md").withdrawn(" "),
            page("d.md"),
        ]);
        let expected = ["a", "c"].map(|name| {
            format!("withdrawn-without-reason content/{name}.md:2:1 this page is withdrawn without a reason | write `withdrawn: {{date: …, reason: …}}`")
        });
        assert_eq!(sample.told(), expected);
    }
}
