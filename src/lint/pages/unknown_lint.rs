//! A page that silences a rule that cannot be silenced, or that nobody knows.

use crate::config::LINTS;
use crate::diagnostic::{Diagnostic, nearest};
use crate::lint::{LintContext, Rule, place};

const CODE: &str = "unknown-lint";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A page silences a warning under a name that no warning has, or one that cannot be silenced, so it is told all the same.

    lints: {uncited-figures: \"from the table above\"}     (it is called `uncited-figure`)

Correct the name, or take it out. Mistakes that break a page or a link cannot be silenced; mend them.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let pages = context.site.facts.iter().enumerate().filter(|(_, fact)| !fact.front().lints.is_empty());
    let unknown = pages.flat_map(|(page, fact)| {
        let silences = fact.front().lints.iter().filter(|silence| !LINTS.iter().any(|(code, _)| *code == silence.code));
        silences.map(move |silence| {
            let message = format!("there is no warning `{}` that a page can silence", silence.code);
            let problem = Diagnostic::warning(CODE, message).at(place::of_value(context, page as u32, "lints", &silence.code));
            match nearest(&silence.code, LINTS.iter().map(|(code, _)| *code)) {
                Some(near) => problem.hint(format!("did you mean `{near}`?")),
                None => problem.hint("`chancery explain codes` lists all codes"),
            }
        })
    });
    unknown.collect()
}
