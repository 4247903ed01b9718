//! Pages that take each other's place in a circle.

use crate::diagnostic::Diagnostic;
use crate::index::{PageId, Problem};
use crate::lint::{LintContext, Rule, place};

const CODE: &str = "supersession-loop";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "Pages supersede each other in a circle, or one supersedes itself, so none of them is the newest.

    a.md: supersedes: b
    b.md: supersedes: a

Take out the key that points from the older page to the newer one the wrong way round.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let of_problem = |problem: &Problem| {
        let Problem::SupersessionLoop { pages } = problem else { return None };
        let path = |page: &PageId| format!("`{}`", context.site.page(*page).path());
        let round: Vec<String> = pages.iter().chain(pages.first()).map(path).collect();
        let message = if pages.len() == 1 {
            "this page supersedes itself".into()
        } else {
            format!("pages supersede each other: {}", round.join(" → "))
        };
        let first = *pages.first()?;
        let key = if context.site.page(first).front().supersedes.is_empty() { "superseded_by" } else { "supersedes" };
        Some(Diagnostic::error(CODE, message).at(place::of_key(context, first, key)).hint("take out one of them"))
    };
    context.site.index.problems.iter().filter_map(of_problem).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site};

    #[test]
    fn it_shows_the_way_round() {
        let sample = site([page("a.md").supersedes("b"), page("b.md").supersedes("a")]);
        let message = "pages supersede each other: `content/a.md` → `content/b.md` → `content/a.md`";
        assert_eq!(sample.reports(), [format!("supersession-loop content/a.md:2:1 {message} | take out one of them")]);
        assert_eq!(
            site([page("a.md").supersedes("a")]).reports(),
            ["supersession-loop content/a.md:2:1 this page supersedes itself | take out one of them"]
        );
    }
}
