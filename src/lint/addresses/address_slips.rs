//! What is wrong with an address that leads nowhere, where its spelling tells.
//!
//! It must not know how broken links are told.

use crate::lint::LintContext;
use crate::lint::spelling::like;
use crate::page::body::{Link, LinkTarget};
use crate::page::facts::Facts;

/// The ends of the names of hosts that are most often written without `https://`.
const DOMAINS: [&str; 10] = [".org", ".com", ".net", ".eu", ".int", ".gov", ".edu", ".info", ".io", ".uk"];

/// What to write instead of the address of a link on the page `fact`, which was looked for at `places`.
pub fn remedy(context: &LintContext, fact: &Facts, link: &Link, places: &[String]) -> Option<String> {
    let LinkTarget::Destination { path, .. } = &link.target else { return None };
    if let Some(key) = path.strip_prefix('@').filter(|key| !key.starts_with('/')) {
        return Some(format!("a linter has swapped a citation: write `(…)[@{key}]`"));
    }
    if path.contains('\\') {
        return Some(format!("use `/`: `{}`", path.replace('\\', "/")));
    }
    if let Some(rest) = ["https//", "http//", "https/", "http/", "htps://", "htp://"].iter().find_map(|start| path.strip_prefix(start)) {
        return Some(format!("write `https://{}`", rest.trim_start_matches('/')));
    }
    let host = path.split('/').next().unwrap_or(path);
    let is_mail = path.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !path.contains('/'));
    if is_mail {
        return Some(format!("write `mailto:{path}`"));
    }
    if path.starts_with("www.") || DOMAINS.iter().any(|domain| host.ends_with(domain) && host.len() > domain.len()) {
        return Some(format!("write `https://{path}`"));
    }
    page_for(context, places).map(|page| format!("write `{}`", like(context, fact, &link.target, &page)))
}

/// The page that `x.html` was made of.
fn page_for(context: &LintContext, places: &[String]) -> Option<String> {
    let stems = places.iter().filter_map(|place| place.strip_suffix(".html").or_else(|| place.strip_suffix(".htm")));
    let stems = stems.map(|stem| stem.strip_suffix("/index").unwrap_or(stem).trim_start_matches('/'));
    let inside = |stem: &str| if stem.starts_with("content/") { stem.to_string() } else { format!("content/{stem}") };
    let paths = stems.flat_map(|stem| ["", "/index", "/_index"].map(|end| format!("{}{end}.md", inside(stem))));
    paths.into_iter().find(|path| context.site.facts.binary_search_by(|fact| (**fact.path()).cmp(path)).is_ok())
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site};

    /// The hints for a link on a page beside `good.md`.
    fn hints(target: &str) -> String {
        let sample =
            site([page("notes/x.md").title("X").to(target), page("notes/good.md").title("Good"), page("notes/b/index.md").title("B")]);
        let reports = sample.reports_of("broken-link");
        reports[0].split_once(" | ").map_or(String::new(), |(_, hint)| hint.into())
    }

    #[test]
    fn addresses_that_lack_something_are_told_with_what_to_write() {
        assert_eq!(hints("www.example.org/a"), "write `https://www.example.org/a`");
        assert_eq!(hints("example.org/a"), "write `https://example.org/a`");
        assert_eq!(hints("https//example.org"), "write `https://example.org`");
        assert_eq!(hints("good.html"), "write `good.md`");
        assert_eq!(hints("b/index.html"), "write `b/index.md`");
        assert_eq!(hints("\\notes\\good.md"), "use `/`: `/notes/good.md`");
        assert_eq!(hints("@council2025"), "a linter has swapped a citation: write `(…)[@council2025]`");
    }

    #[test]
    fn other_addresses_have_the_nearest_page() {
        assert_eq!(hints("goood.md"), "did you mean `good.md`?");
        assert_eq!(hints("zzz.html"), "");
    }
}
