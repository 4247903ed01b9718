//! Two addresses that differ only by case.

use crate::diagnostic::Diagnostic;
use crate::lint::addresses::claims::{Claim, rivals};
use crate::lint::{LintContext, Rule};

const CODE: &str = "case-clash";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "Two pages or files have addresses that differ only by capital letters. On many computers, and on some hosts, they are one file, and one
of them would be lost.

    slug: NATO     and elsewhere     slug: nato

Give one of them another `slug`, `path` or name.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let differ = |(one, other): &(Claim, Claim)| one.output() != other.output();
    let to_diagnostic = |(one, other): (Claim, Claim)| {
        let message =
            format!("`{}` of {} and `{}` of {} differ only by case", one.route, one.name(context), other.route, other.name(context));
        let problem = Diagnostic::warning(CODE, message).hint("give one of them another `slug`, `path` or name");
        match other.place(context).or_else(|| one.place(context)) {
            Some(place) => problem.at(place),
            None => problem,
        }
    };
    rivals(context).into_iter().filter(differ).map(to_diagnostic).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site};

    #[test]
    fn it_is_a_warning_that_names_both() {
        let sample = site([page("a.md").with("slug", "NATO", |front, slug| front.slug = Some(slug)), page("nato.md")]);
        let message = "`/NATO/` of `content/a.md` and `/nato/` of `content/nato.md` differ only by case";
        assert_eq!(sample.reports(), [format!("case-clash content/nato.md {message} | give one of them another `slug`, `path` or name")]);
        assert_eq!(sample.errors(), 0);
    }
}
