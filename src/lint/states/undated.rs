//! A briefing without a date in a section whose briefings have one.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Place};
use crate::lint::mistaken::is_mistaken;
use crate::lint::{LintContext, Rule};
use crate::page::Facts;
use crate::page::origin::Role;
use crate::page::route::Kind;

const CODE: &str = "undated";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "Most pages of a section have a date, and this one has none. Only briefings with a date are on the home page and in feeds; in lists the others come
last.

    content/briefings/energy.md     (without `date:`, among others that have one)

Write `date: 2026-02-03`, or begin the file's name with it. `kind: page` says that a page is no briefing and needs no date.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let mut sections: BTreeMap<&str, (usize, Vec<&Facts>)> = BTreeMap::new();
    let briefings = context.site.facts.iter().filter(|fact| fact.page.kind == Kind::Briefing && fact.page.origin.role != Role::Section);
    for fact in briefings {
        let (dated, undated) = sections.entry(fact.page.origin.section()).or_default();
        match fact.page.date {
            Some(_) => *dated += 1,
            None => undated.push(fact),
        }
    }
    let mixed = sections.into_values().filter(|(dated, undated)| *dated > undated.len() && *dated >= 2);
    mixed
        .flat_map(|(dated, undated)| undated.into_iter().filter(|fact| !has_tried(fact)).map(move |fact| to_diagnostic(fact, dated)))
        .collect()
}

/// A date that cannot be read has been told of, and so has front matter that cannot.
fn has_tried(fact: &Facts) -> bool {
    if is_mistaken(fact) {
        return true;
    }
    let begins_with_digits = fact.page.origin.name.bytes().take(4).filter(u8::is_ascii_digit).count() == 4;
    begins_with_digits || fact.front().span("date").is_some()
}

fn to_diagnostic(fact: &Facts, dated: usize) -> Diagnostic {
    let message = format!("this page has no date, and {dated} others of its section have one: it is in no feed and not on the home page");
    let hint = "write `date:` with a day, such as `2026-02-03`; or `kind: page`, if it is no briefing";
    Diagnostic::warning(CODE, message).at(Place::file(fact.path())).hint(hint)
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site};

    #[test]
    fn a_briefing_without_a_date_among_dated_ones_is_told_with_what_follows() {
        let sample = site([
            page("briefings/a.md").title("A").date("2026-01-02"),
            page("briefings/b/index.md").title("B").date("2026-01-03"),
            page("briefings/c.md").title("C"),
        ]);
        let expected = "undated content/briefings/c.md this page has no date, and 2 others of its section have one: it is in no feed and not on the home page \
                        | write `date:` with a day, such as `2026-02-03`; or `kind: page`, if it is no briefing";
        assert_eq!(sample.reports(), [expected]);
    }

    #[test]
    fn pages_of_a_kind_and_sections_without_dates_are_not_told() {
        let sample = site([
            page("briefings/_index.md").title("Briefings"),
            page("briefings/a.md").title("A").date("2026-01-02"),
            page("briefings/b.md").title("B").date("2026-01-03"),
            page("briefings/about.md").title("About").with("kind", "page", |front, _| front.kind = Some("page".into())),
            page("guides/a.md").title("A").date("2026-01-02"),
            page("guides/b.md").title("B"),
            page("topics/t.md").title("T"),
            page("about.md").title("About"),
        ]);
        assert_eq!(sample.reports_of("undated"), [""; 0]);
    }
}
