//! A wikilink, `ref` or reference to which more than one page answers.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::links::Broken;
use crate::lint::links::broken;
use crate::lint::links::references;
use crate::lint::spelling::wiki_name;
use crate::lint::{LintContext, Rule, place};
use crate::page::body::LinkTarget;
use crate::page::body::destination::names_file;

const CODE: &str = "ambiguous-link";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A wikilink, a `ref`, or a key such as `supersedes`, names a page by words to which several pages answer.

    [[rutte]]     (people/rutte.md and topics/rutte.md)

Say which one is meant: by its path, `[[people/rutte]]`, by its id, or by its kind, `[[person:rutte]]`; a `ref` by its path
from `content/`, `{{< ref \"/people/rutte\" >}}`.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let of_links = broken::broken(context).filter_map(|link| {
        let Broken::Ambiguous { candidates } = link.broken else { return None };
        let names_file = matches!(&link.link.target, LinkTarget::Wiki { name, .. } if names_file(name));
        let what = if names_file { "files" } else { "pages" };
        let problem = link.problem(context, CODE, format!("this link could mean {} {what}", candidates.len()));
        let is_ref = matches!(link.link.target, LinkTarget::Ref { .. });
        let written = |name: &str| if is_ref { format!("{{{{< ref \"/{}\" >}}}}", name.trim_matches('/')) } else { format!("[[{name}]]") };
        Some(with_candidates(problem, candidates, written))
    });
    let of_references = references::ambiguous(context).map(|reference| {
        let message = format!("`{}` could mean {} pages", reference.value, reference.candidates.len());
        let problem = Diagnostic::error(CODE, message).at(place::of_value(context, reference.page, reference.key, reference.value));
        with_candidates(problem, reference.candidates, str::to_string)
    });
    of_links.chain(of_references).collect()
}

/// No more candidates are told than fit a screen.
const SHOWN: usize = 10;

fn with_candidates(mut problem: Diagnostic, candidates: &[Arc<str>], written: impl Fn(&str) -> String) -> Diagnostic {
    for path in candidates.iter().take(SHOWN) {
        let name = wiki_name(path.strip_prefix("content/").unwrap_or(path));
        // A name without a folder would be as ambiguous as before.
        let name = if name.contains('/') { name.to_string() } else { format!("/{name}/") };
        problem = problem.hint(format!("`{}` is `{path}`", written(&name)));
    }
    problem
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site};

    #[test]
    fn it_lists_what_could_be_meant_in_a_form_that_tells_them_apart() {
        let sample = site([page("a.md").wiki("x").wiki("b/x").wiki("/x/"), page("b/x.md"), page("c/x/index.md"), page("x.md")]);
        let hints = "`[[b/x]]` is `content/b/x.md` | `[[c/x]]` is `content/c/x/index.md` | `[[/x/]]` is `content/x.md`";
        assert_eq!(sample.reports(), [format!("ambiguous-link content/a.md:3:1 this link could mean 3 pages | {hints}")]);
    }

    #[test]
    fn references_are_told_at_the_value() {
        let sample = site([page("a.md").supersedes("x"), page("b/x.md"), page("c/x.md")]);
        let expected = "ambiguous-link content/a.md:2:13 `x` could mean 2 pages | `b/x` is `content/b/x.md` | `c/x` is `content/c/x.md`";
        assert_eq!(sample.reports(), [expected]);
    }
}
