//! Two pages or files at one address.

use crate::diagnostic::Diagnostic;
use crate::index::ListKind;
use crate::lint::addresses::claims::{By, Claim, rivals};
use crate::lint::{LintContext, Rule};

const CODE: &str = "same-address";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "Two pages would be at one address, or a page and a list, a feed or a copied file. Hidden pages count, so that a page does not run into
another on the day that it is published.

    briefings/2024-05-01-budget.md and briefings/2025-05-01-budget.md     (both are /briefings/budget/)

Give one of them another `slug` or `path`. For `404.html`, `robots.txt`, `_headers`, `_redirects`, `CNAME` and `favicon.*` your own page
or file takes the place of the built-in one; two of your own are still one too many.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let same = |(one, other): &(Claim, Claim)| one.output() == other.output();
    rivals(context).into_iter().filter(same).map(|(one, other)| to_diagnostic(context, &one, &other)).collect()
}

fn to_diagnostic(context: &LintContext, one: &Claim, other: &Claim) -> Diagnostic {
    let message = format!("{} and {} are both at `{}`", one.name(context), other.name(context), one.route);
    let mut problem = Diagnostic::error(CODE, message);
    match (other.place(context), one.place(context)) {
        (Some(place), Some(first)) => problem = problem.at(place).also(first, "the other one"),
        (Some(place), None) | (None, Some(place)) => problem = problem.at(place),
        (None, None) => {}
    }
    let has_key = |claim: &Claim| matches!(claim.by, By::List(list) if matches!(list.kind, ListKind::Source(_)));
    let is_file = |claim: &Claim| matches!(claim.by, By::File(_));
    problem.hint(if has_key(one) && has_key(other) {
        "give one of them another key"
    } else if is_file(one) && is_file(other) {
        "give one of the files another name"
    } else {
        "give one of them another `slug`, `path` or name"
    })
}

#[cfg(test)]
mod tests {
    use crate::page::front::Status;
    use crate::testing::{Page, page, site, site_with};

    fn at(page: Page, path: &str) -> Page {
        page.with("path", path, |front, path| front.path = Some(path))
    }

    #[test]
    fn two_pages_at_one_address_are_named_hidden_ones_too() {
        let sample = site([page("b/2024-01-01-x.md"), page("b/x.md"), page("b/2025-01-01-x.md").status(Status::Draft)]);
        let expected = [
            "same-address content/b/2025-01-01-x.md `content/b/2024-01-01-x.md` and `content/b/2025-01-01-x.md` (which is a draft) \
             are both at `/b/x/` | content/b/2024-01-01-x.md: the other one | give one of them another `slug`, `path` or name",
            "same-address content/b/x.md `content/b/2024-01-01-x.md` and `content/b/x.md` are both at `/b/x/` \
             | content/b/2024-01-01-x.md: the other one | give one of them another `slug`, `path` or name",
        ];
        assert_eq!(sample.reports(), expected);
    }

    #[test]
    fn a_page_at_the_address_of_a_list_is_its_text_but_two_are_one_too_many() {
        assert_eq!(site([page("b.md"), page("b/x.md")]).reports(), [""; 0]);
        let sample = site([page("b.md"), page("b/_index.md"), page("b/x.md")]);
        let expected = "same-address content/b/_index.md `content/b.md` and `content/b/_index.md` are both at `/b/` \
                        | content/b.md: the other one | give one of them another `slug`, `path` or name";
        assert_eq!(sample.reports(), [expected]);
    }

    #[test]
    fn a_page_in_another_language_is_not_the_text_of_a_list() {
        let pages = vec![at(page("x.fr.md"), "/search/"), page("y.md")];
        let sample = site_with(|config| config.languages = vec!["fr".into()], pages, &[]);
        assert_eq!(sample.reports_of("same-address").len(), 1);
    }

    #[test]
    fn names_that_differ_only_in_how_an_accent_is_typed_are_one_address() {
        let [nfc, nfd] = ["b/\u{e9}.csv", "b/e\u{301}.csv"];
        let pages = vec![page("x.md").to(nfc).to(nfd)];
        let files = [nfc, nfd].map(|name| format!("content/{name}"));
        let sample = site_with(|_| {}, pages, &files.each_ref().map(String::as_str));
        let reports = sample.reports_of("same-address");
        assert!(reports.len() == 1 && reports[0].contains("are both at `/b/\u{e9}.csv`"), "{reports:?}");
        let files = [nfc, nfd].map(|name| format!("static/{name}"));
        let sample = site_with(|_| {}, vec![page("x.md")], &files.each_ref().map(String::as_str));
        assert_eq!(sample.reports_of("same-address").len(), 1);
    }

    #[test]
    fn pages_files_feeds_and_aliases_may_not_meet() {
        let clashes = |page: Page, files: &[&str]| {
            let base = crate::config::BaseUrl {
                url: "https://example.org/".into(),
                origin: "https://example.org".into(),
                host: "example.org".into(),
                path: "/".into(),
            };
            site_with(|config| config.base_url = Some(base), vec![page], files).reports_of("same-address").len()
        };
        assert_eq!(clashes(page("x.md"), &["static/x/index.html"]), 1);
        assert_eq!(clashes(at(page("x.md"), "/feed.xml"), &[]), 1);
        assert_eq!(clashes(at(page("x.md"), "/sitemap.xml"), &[]), 1);
        assert_eq!(clashes(at(page("x.md"), "/search/"), &[]), 0, "it is that list's page");
        assert_eq!(clashes(page("x.md").aliases(&["/y.html"]), &["static/y.html"]), 1);
        assert_eq!(clashes(page("x.md").to("y.csv"), &["content/y.csv", "static/y.csv"]), 1);
        assert_eq!(clashes(at(page("x.md"), "/404.html"), &[]), 0, "it takes the place of the built-in one");
        assert_eq!(clashes(at(page("x.md"), "/404.html"), &["static/404.html"]), 1);
    }

    #[test]
    fn what_makes_an_address_is_said_whatever_it_is() {
        let sample = site([page("archive/x.md").date("2025-01-01")]);
        let expected = "same-address - the list of the folder `content/archive/` and the list `Archive` (which every site has) are both at `/archive/` \
                        | give one of them another `slug`, `path` or name";
        assert_eq!(sample.reports_of("same-address"), [expected]);
    }

    #[test]
    fn a_hidden_page_does_not_run_into_the_list_that_it_will_lend_its_text_to() {
        let sample =
            site([page("topics/t.md").status(Status::Draft), page("b/_index.md").status(Status::Draft), page("b/x.md").topics(&["T"])]);
        assert!(sample.reports().is_empty());
    }
}
