//! Two terms that differ but would share an address.

use crate::diagnostic::Diagnostic;
use crate::index::Problem;
use crate::lint::{LintContext, Rule, place};

const CODE: &str = "term-clash";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "Two topics, tags, authors or series differ in more than case, spaces and hyphens, and yet have one address.

    tags: [C#]     and elsewhere     tags: [C++]     (both are /tags/c/)

If they are one, spell them alike, or name one among the `synonyms` of the other's page. If not, give one a page with a `slug`:
`content/tags/c-sharp.md` with `title: C#`.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let of_problem = |problem: &Problem| {
        let Problem::TermClash { taxonomy, slug, names, pages } = problem else { return None };
        let [one, other] = names;
        let vocabulary = taxonomy.name();
        let places = [0, 1].map(|at| place::of_value(context, pages[at], vocabulary, &names[at]));
        let [first, second] = places;
        let message = format!("the {vocabulary} `{one}` and `{other}` are two, and both would be at `{slug}`");
        Some(
            Diagnostic::error(CODE, message)
                .at(first)
                .also(second, format!("`{other}` is named here"))
                .hint(format!("spell them alike, or give one of them a page in `content/{vocabulary}/` with another `slug`")),
        )
    };
    context.site.index.problems.iter().filter_map(of_problem).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site, site_with};

    #[test]
    fn it_names_both_terms_and_where_they_stand() {
        let sample = site([page("a.md").topics(&["X", "C#"]), page("b.md").topics(&["C++"])]);
        let expected = "term-clash content/a.md:2:13 the topics `C#` and `C++` are two, and both would be at `/topics/c/` \
                        | content/b.md: `C++` is named here \
                        | spell them alike, or give one of them a page in `content/topics/` with another `slug`";
        assert_eq!(sample.reports(), [expected]);
    }

    #[test]
    fn it_is_all_that_is_told_though_the_feeds_of_both_would_meet_too() {
        let base = crate::config::BaseUrl {
            url: "https://example.org/".into(),
            origin: "https://example.org".into(),
            host: "example.org".into(),
            path: "/".into(),
        };
        let pages = vec![page("a.md").date("2025-01-01").topics(&["C"]), page("b.md").date("2025-01-02").topics(&["C#"])];
        let sample = site_with(|config| config.base_url = Some(base), pages, &[]);
        let codes: Vec<String> = sample.reports().iter().map(|reports| reports.split(' ').next().unwrap_or_default().to_string()).collect();
        assert_eq!(codes, ["term-clash"]);
    }
}
