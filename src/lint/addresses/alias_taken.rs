//! An alias where something else lives.

use crate::addresses::Problem;
use crate::diagnostic::Diagnostic;
use crate::lint::{LintContext, Rule, place};

const CODE: &str = "alias-taken";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A page names an old address of its own at which another page or a list now is. That one stands, and the alias is left out.

    aliases: [/briefings/hague/]     (content/briefings/hague.md lives there)

Take the alias out, or move the page that lives there.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let of_problem = |problem: &Problem| {
        let Problem::Taken { page, alias, by } = problem else { return None };
        let message = match by {
            Some(by) => format!("the alias `{alias}` is the address of `{}`", context.site.page(*by).path()),
            None => format!("the alias `{alias}` is the address of a list of this site"),
        };
        Some(Diagnostic::warning(CODE, message).at(place::of_value(context, *page, "aliases", alias)).hint("the alias is left out"))
    };
    context.site.addresses.problems.iter().filter_map(of_problem).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site};

    #[test]
    fn it_says_what_lives_there() {
        let sample = site([page("a.md").title("A").aliases(&["/b/", "s/"]), page("b.md").title("B"), page("s/c.md").title("C")]);
        let expected = [
            "alias-taken content/a.md:3:11 the alias `/b/` is the address of `content/b.md` | the alias is left out",
            "alias-taken content/a.md:3:16 the alias `s/` is the address of a list of this site | the alias is left out",
        ];
        assert_eq!(sample.reports_of("alias-taken"), expected);
        assert_eq!(sample.errors(), 0);
    }
}
