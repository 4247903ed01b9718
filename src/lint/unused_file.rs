//! A file beside pages that no public page uses.

use super::{Rule, Scene};
use crate::diagnostic::{Diagnostic, Place};
use crate::index::Problem;

const CODE: &str = "unused-file";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A file in `content/` is used by no page, or only by hidden ones, and so it is not published.

    content/briefings/table.csv     (no public page links to it)

Link to it; or put it beside an `index.md`, whose files are all published with it; or move it to `static/`, which is copied as it is; or
remove it.",
    check: Some(check),
};

fn check(scene: &Scene) -> Vec<Diagnostic> {
    let of_problem = |problem: &Problem| {
        let Problem::UnusedFile { path } = problem else { return None };
        let problem = Diagnostic::warning(CODE, "no public page uses this file, so it is not published").at(Place::file(path));
        Some(problem.hint("link to it, or move it to `static/` or beside an `index.md`"))
    };
    scene.site.index.problems.iter().filter_map(of_problem).collect()
}

#[cfg(test)]
mod tests {
    use crate::lint::sample::{page, site_with};
    use crate::page::front::Status;

    #[test]
    fn a_file_that_only_a_hidden_page_uses_is_told_but_not_what_a_bundle_owns() {
        let pages = vec![page("a.md").title("A").to("x.csv").status(Status::Draft), page("b/index.md").status(Status::Draft)];
        let sample = site_with(|_| {}, pages, &["content/x.csv", "content/b/y.csv"]);
        assert_eq!(
            sample.told(),
            [
                "unused-file content/x.csv no public page uses this file, so it is not published | link to it, or move it to `static/` or beside an `index.md`"
            ]
        );
    }
}
