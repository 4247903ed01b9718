//! A site that does not know where it will live.

use super::{Rule, Scene};
use crate::diagnostic::{Diagnostic, Place};

const CODE: &str = "no-base-url";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "The settings have no `base_url`. Feeds and the sitemap name pages by their whole address, so they are not written, and the site cannot be
published.

    base_url = \"https://example.org/\"

Add it to `site.toml`, or build with `--base-url https://example.org/`.",
    check: Some(check),
};

fn check(scene: &Scene) -> Vec<Diagnostic> {
    if scene.site.config.base_url.is_some() {
        return Vec::new();
    }
    let (path, text) = &scene.sources.settings;
    let problem = Diagnostic::warning(CODE, "without a `base_url` there are no feeds and no sitemap");
    let problem = problem.hint(format!("add `base_url = \"https://example.org/\"` to `{path}`, or build with `--base-url`"));
    vec![if text.is_empty() { problem } else { problem.at(Place::file(path)) }]
}

#[cfg(test)]
mod tests {
    use crate::lint::sample::{page, site};

    #[test]
    fn it_is_told_once_a_site() {
        let hint = "add `base_url = \"https://example.org/\"` to `site.toml`, or build with `--base-url`";
        let expected = format!("no-base-url - without a `base_url` there are no feeds and no sitemap | {hint}");
        assert_eq!(site([page("a.md"), page("b.md")]).told_of("no-base-url"), [expected]);
    }
}
