//! A page that changes part of another and takes its place as well.

use crate::diagnostic::Diagnostic;
use crate::index::Problem;
use crate::lint::{LintContext, Rule, place};

const CODE: &str = "amendment-conflict";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A page both amends another and supersedes it. What is amended holds, but for a part; what is superseded does not.

    new.md: amends: old
    new.md: supersedes: old

Keep `supersedes` if the new page says all that holds, else `amends`.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let of_problem = |problem: &Problem| {
        let Problem::AmendedAndSuperseded { page, by } = problem else { return None };
        let message = format!("this page both amends and supersedes `{}`", context.site.page(*page).path());
        let key = if context.site.page(*by).front().amends.is_empty() { "supersedes" } else { "amends" };
        let problem = Diagnostic::error(CODE, message).at(place::of_key(context, *by, key));
        Some(problem.hint("keep one of them: what is amended holds but for a part, what is superseded does not"))
    };
    context.site.index.problems.iter().filter_map(of_problem).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site};

    #[test]
    fn a_page_either_amends_another_or_takes_its_place() {
        let sample = site([page("a.md"), page("b.md").supersedes("a").amends("a")]);
        let expected = "amendment-conflict content/b.md:3:1 this page both amends and supersedes `content/a.md` \
                        | keep one of them: what is amended holds but for a part, what is superseded does not";
        assert_eq!(sample.reports(), [expected]);
    }
}
