//! The address of a number where something else lives.

use crate::addresses::Problem;
use crate::diagnostic::Diagnostic;
use crate::lint::{LintContext, Rule, place};

const CODE: &str = "number-taken";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A page has a number that `[numbers]` makes an address of, and another page or a list lives there. That one stands, and the number leads nowhere.

    id: PB-2026-004     (and another page says `path: /PB-2026-004/`)

Give the page that lives there another `path` or `slug`.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let of_problem = |problem: &Problem| {
        let Problem::NumberTaken { page, address, by } = problem else { return None };
        let message = match by {
            Some(by) => format!("`{address}`, where this number would lead here, is the address of `{}`", context.site.page(*by).path()),
            None => format!("`{address}`, where this number would lead here, is the address of a list of this site"),
        };
        let problem = Diagnostic::warning(CODE, message).at(place::of_key(context, *page, "id"));
        Some(problem.hint("give what lives there another `path` or `slug`"))
    };
    context.site.addresses.problems.iter().filter_map(of_problem).collect()
}
