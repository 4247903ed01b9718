//! Two pages that take the place of one.

use crate::diagnostic::Diagnostic;
use crate::index::Problem;
use crate::lint::{LintContext, Rule, place};

const CODE: &str = "supersession-conflict";

pub const RULE: Rule = Rule {
    code: CODE,
    doc:
        "Two pages take the place of one, and neither comes after the other, so nobody can say where the old page leads.

    old.md:   superseded_by: new
    other.md: supersedes: old

`supersedes` on the newer page or `superseded_by` on the older one is enough; where both are written they must agree. Take one of them out.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let of_problem = |problem: &Problem| {
        let Problem::Disagree { page, says, claimed_by } = problem else { return None };
        let path = |page: u32| context.site.page(page).path();
        let message = format!("both `{}` and `{}` take the place of this page", path(*says), path(*claimed_by));
        let mut problem = Diagnostic::error(CODE, message).at(place::of_key(context, *page, "superseded_by"));
        for newer in [*says, *claimed_by] {
            problem = problem.also(place::of_key(context, newer, "supersedes"), "takes its place");
        }
        Some(problem.hint("only one page can follow; let the other one follow that"))
    };
    context.site.index.problems.iter().filter_map(of_problem).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site};

    #[test]
    fn it_names_all_three_pages() {
        let sample = site([page("a.md").superseded_by("c"), page("b.md").supersedes("a"), page("c.md")]);
        let expected = "supersession-conflict content/a.md:2:1 both `content/b.md` and `content/c.md` take the place of this page \
                        | content/b.md: takes its place | content/c.md: takes its place | only one page can follow; let the other one follow that";
        assert_eq!(sample.reports(), [expected]);
    }
}
