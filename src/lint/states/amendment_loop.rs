//! Pages that change part of each other in a circle.

use crate::diagnostic::Diagnostic;
use crate::index::{PageId, Problem};
use crate::lint::{LintContext, Rule, place};

const CODE: &str = "amendment-loop";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "Pages amend each other in a circle, or one amends itself, so nobody can say which words hold.

    a.md: amends: b
    b.md: amends: a

The newer page `amends` the older one. Take out the key that points the other way.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let of_problem = |problem: &Problem| {
        let Problem::AmendmentLoop { pages } = problem else { return None };
        let path = |page: &PageId| format!("`{}`", context.site.page(*page).path());
        let round: Vec<String> = pages.iter().chain(pages.first()).map(path).collect();
        let message =
            if pages.len() == 1 { "this page amends itself".into() } else { format!("pages amend each other: {}", round.join(" → ")) };
        let first = *pages.first()?;
        let key = if context.site.page(first).front().amends.is_empty() { "amended_by" } else { "amends" };
        Some(Diagnostic::error(CODE, message).at(place::of_key(context, first, key)).hint("take out one of them"))
    };
    context.site.index.problems.iter().filter_map(of_problem).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site};

    #[test]
    fn it_shows_the_way_round() {
        let sample = site([page("a.md").amends("b"), page("b.md").amends("a")]);
        let message = "pages amend each other: `content/a.md` → `content/b.md` → `content/a.md`";
        assert_eq!(sample.reports(), [format!("amendment-loop content/a.md:2:1 {message} | take out one of them")]);
        assert_eq!(
            site([page("a.md").amended_by("a")]).reports(),
            ["amendment-loop content/a.md:2:1 this page amends itself | take out one of them"]
        );
    }
}
