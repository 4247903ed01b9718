//! A file beside pages that no public page uses.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Place};
use crate::gate::Uses;
use crate::links::Problem;
use crate::lint::mistaken::is_mistaken;
use crate::lint::{LintContext, Rule};
use crate::url::climb;

const CODE: &str = "unused-file";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A file in `content/` is used by no page, and so it is not published.

    content/briefings/table.csv     (no page links to it)

A file that a page uses which is hidden, or whose front matter is wrong, is not published either, and not told: it waits for its page.

Link to it; or put it beside an `index.md`, whose files are all published with it; or move it to `static/`, which is copied as it is; or
remove it.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let (meant, uses) = (OnceCell::new(), OnceCell::new());
    let is_meant = |path: &str| meant.get_or_init(|| self::meant(context)).contains(path);
    let waits = |path: &str| uses.get_or_init(|| unseen(context)).name(path);
    let of_problem = |problem: &Problem| {
        let Problem::UnusedFile { path } = problem else { return None };
        if is_meant(path) || waits(path) {
            return None;
        }
        let problem = Diagnostic::warning(CODE, "no page uses this file, so it is not published").at(Place::file(path));
        if path.ends_with(".docx") {
            return Some(problem.hint(format!("`chancery import {path}` makes a page of it; move the document out of `content/` then")));
        }
        Some(problem.hint("link to it, or move it to `static/` or beside an `index.md`"))
    };
    context.site.links.problems.iter().filter_map(of_problem).collect()
}

/// What pages may use whose links nobody follows.
fn unseen(context: &LintContext) -> Uses {
    let hidden = context.hidden.iter().map(|page| &page.path);
    let mistaken = context.site.facts.iter().filter(|fact| is_mistaken(fact)).map(|fact| fact.path());
    Uses::from_texts(hidden.chain(mistaken).map(|path| context.sources.text(path)))
}

/// The files that an address names which could not be read as one, and has been told of.
fn meant(context: &LintContext) -> BTreeSet<String> {
    let pages = context.site.facts.iter().zip(&context.site.bodies);
    let named = pages.flat_map(|(fact, body)| {
        let folder = fact.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        body.meant.iter().filter_map(move |address| climb(folder, address.split(['#', '?']).next().unwrap_or(address)))
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use crate::page::front::Status;
    use crate::testing::{page, reports_of_files, site_with};

    #[test]
    fn a_file_whose_address_could_not_be_read_is_not_told_a_second_time() {
        let files =
            [("content/x.md", "---\ntitle: X\n---\n![c](my chart.png)\n"), ("content/my chart.png", ""), ("content/other chart.png", "")];
        let reports = reports_of_files("", &files, "unused-file");
        assert_eq!(reports.len(), 1);
        assert!(reports[0].starts_with("unused-file content/other chart.png"), "{reports:?}");
    }

    #[test]
    fn a_file_that_no_page_uses_is_told() {
        let sample = site_with(|_| {}, vec![page("a.md").title("A")], &["content/x.csv"]);
        let expected = "unused-file content/x.csv no page uses this file, so it is not published \
                        | link to it, or move it to `static/` or beside an `index.md`";
        assert_eq!(sample.reports(), [expected]);
    }

    #[test]
    fn what_a_hidden_page_uses_or_owns_waits_for_it_and_is_not_told() {
        let draft = page("a.md").title("A").to("files/x%20y.csv").status(Status::Draft);
        let later = page("b.md").date("2030-01-01").to("z.svg");
        let section = page("s/_index.md").status(Status::Draft);
        let pages = vec![draft, later, page("b/index.md").status(Status::Draft), section, page("s/p.md")];
        let files = ["content/files/x y.csv", "content/z.svg", "content/b/own.csv", "content/s/own.csv"];
        assert_eq!(site_with(|_| {}, pages, &files).reports_of("unused-file"), [""; 0]);
    }

    #[test]
    fn what_a_page_with_an_error_uses_is_not_told() {
        let mut unread = page("a.md").to("x.csv");
        unread.front.diagnostics.push(crate::diagnostic::Diagnostic::error("bad-yaml", "front matter is not closed"));
        assert_eq!(site_with(|_| {}, vec![unread], &["content/x.csv"]).reports_of("unused-file"), [""; 0]);
    }
}
