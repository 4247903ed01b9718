//! A key of front matter that names a page which is not there.

use crate::diagnostic::Diagnostic;
use crate::lint::links::references;
use crate::lint::mistaken::Mistaken;
use crate::lint::shadows::Shadows;
use crate::lint::spelling::{did_you_mean, wiki_name};
use crate::lint::{LintContext, Rule, place};

const CODE: &str = "unknown-reference";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A key such as `supersedes`, `superseded_by` or `featured` names a page to which none answers.

    supersedes: PB-2024-017

Pages are named by id, path (`briefings/x.md`), address or slug. A hidden page may be named by `supersedes` and `superseded_by`: the
relation takes effect when the newer page is public.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let (shadows, mistaken) = (Shadows::new(context), Mistaken::new(context));
    let is_known = |name: &str| shadows.named(name).is_some() || mistaken.may_answer(name);
    let missing = references::missing(context).filter(|reference| !is_known(reference.value));
    let of_reference = |reference: references::Reference| {
        let message = format!("`{}` names `{}`, and no page answers to that", reference.key, reference.value);
        let problem = Diagnostic::error(CODE, message).at(place::of_value(context, reference.page, reference.key, reference.value));
        let name = |path: &std::sync::Arc<str>| wiki_name(path.strip_prefix("content/").unwrap_or(path)).to_string();
        let candidates: Vec<String> = reference.candidates.iter().map(name).collect();
        problem.hint(did_you_mean(&candidates).unwrap_or_else(|| "name it by id, path or slug".into()))
    };
    missing.map(of_reference).collect()
}

#[cfg(test)]
mod tests {
    use crate::page::front::Status;
    use crate::testing::{page, site};

    #[test]
    fn it_is_told_at_the_value_with_the_nearest() {
        let sample = site([page("a.md").supersedes("hagu"), page("b/hague.md")]);
        let expected =
            "unknown-reference content/a.md:2:13 `supersedes` names `hagu`, and no page answers to that | did you mean `b/hague`?";
        assert_eq!(sample.reports(), [expected]);
    }

    #[test]
    fn a_hidden_page_may_be_superseded_or_come_later() {
        let sample = site([
            page("a.md").supersedes("b").superseded_by("PB-9"),
            page("b.md").status(Status::Draft),
            page("c.md").id("PB-9").date("2027-01-01"),
        ]);
        assert!(sample.reports().is_empty());
    }
}
