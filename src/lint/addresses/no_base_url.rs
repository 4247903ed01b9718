//! A site that does not know where it will live.

use crate::diagnostic::{Diagnostic, Place};
use crate::links::Broken;
use crate::lint::links::broken;
use crate::lint::{LintContext, Rule};

const CODE: &str = "no-base-url";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "The settings have no `base_url`. Feeds and the sitemap name pages by their whole address, so they are not written, and the site cannot be
published.

    base_url = \"https://example.org/\"

Add it to `site.toml`, or build with `--base-url https://example.org/`.",
    check: Some(check),
};

/// No more links are shown than fit a screen.
const SHOWN: usize = 5;

fn check(context: &LintContext) -> Vec<Diagnostic> {
    if context.site.config.base_url.is_some() {
        return Vec::new();
    }
    let (path, text) = &context.sources.settings;
    let mut problem = Diagnostic::warning(CODE, "without a `base_url` there are no feeds and no sitemap");
    if !text.is_empty() {
        problem = problem.at(Place::file(path));
    }
    for link in broken::broken(context).filter(|link| *link.broken == Broken::Unwritten).take(SHOWN) {
        problem = problem.also(link.place(context), "this link leads to one of them, and is shown as its words");
    }
    vec![problem.hint(format!("add `base_url = \"https://example.org/\"` to `{path}`, or build with `--base-url`"))]
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site};

    #[test]
    fn it_is_told_once_a_site() {
        let hint = "add `base_url = \"https://example.org/\"` to `site.toml`, or build with `--base-url`";
        let expected = format!("no-base-url - without a `base_url` there are no feeds and no sitemap | {hint}");
        assert_eq!(site([page("a.md"), page("b.md")]).reports_of("no-base-url"), [expected]);
    }

    #[test]
    fn links_to_feeds_are_no_errors_but_shown() {
        let sample = site([page("a.md").title("A").to("/feed.xml").to("/sitemap.xml")]);
        assert_eq!(sample.errors(), 0);
        assert_eq!(sample.reports_of("no-base-url")[0].matches("content/a.md: this link").count(), 2);
    }
}
