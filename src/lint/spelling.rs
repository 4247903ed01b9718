//! How candidates are offered: as the author would have to write them.
//!
//! It must not know what is wrong.

use super::LintContext;
use crate::config::Internal;
use crate::diagnostic::Severity;
use crate::page::body::LinkTarget;
use crate::page::facts::Facts;
use crate::sources::stem;

/// How much a broken link weighs on this site.
pub fn severity_of_links(context: &LintContext) -> Severity {
    match context.site.config.links.internal {
        Internal::Error => Severity::Error,
        Internal::Warn => Severity::Warning,
    }
}

/// `did you mean `a`, `b` or `c`?`; nothing without candidates.
pub fn did_you_mean(candidates: &[String]) -> Option<String> {
    let (last, others) = candidates.split_last()?;
    let others: Vec<String> = others.iter().map(|other| format!("`{other}`")).collect();
    Some(if others.is_empty() { format!("did you mean `{last}`?") } else { format!("did you mean {} or `{last}`?", others.join(", ")) })
}

/// The page at `path` as a link of the same form on the page `from` would name it.
pub fn like(context: &LintContext, from: &Facts, target: &LinkTarget, path: &str) -> String {
    if let Some(name) = path.strip_prefix("static/") {
        return format!("/{name}");
    }
    let inside = path.strip_prefix("content/").unwrap_or(path);
    let page = context.site.facts.binary_search_by(|fact| (**fact.path()).cmp(path)).ok().map(|page| &context.site.facts[page]);
    match (target, page) {
        (LinkTarget::Wiki { .. }, _) => format!("[[{}]]", wiki_name(inside)),
        (LinkTarget::Destination { path, .. }, _) if path.starts_with("@/") => format!("@/{inside}"),
        (LinkTarget::Destination { path, .. }, Some(page)) if path.starts_with('/') => page.route().to_string(),
        (LinkTarget::Ref { .. }, _) => format!("/{inside}"),
        _ => relative(from.path(), &format!("content/{inside}")),
    }
}

/// The shortest path by which a wikilink or a reference can mean just this page: `briefings/x`.
pub fn wiki_name(inside: &str) -> &str {
    let stem = stem(inside).unwrap_or(inside);
    stem.strip_suffix("/index").or_else(|| stem.strip_suffix("/_index")).unwrap_or(stem)
}

/// The path from one file to another, with both counted from one folder.
fn relative(from: &str, to: &str) -> String {
    let mut here: Vec<&str> = from.split('/').collect();
    here.pop();
    let there: Vec<&str> = to.split('/').collect();
    let shared = here.iter().zip(&there).take_while(|(a, b)| a == b).count();
    let up = here[shared..].iter().map(|_| "..");
    up.chain(there[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_between_two_files_goes_up_and_down() {
        assert_eq!(relative("content/a/x.md", "content/a/y.md"), "y.md");
        assert_eq!(relative("content/a/b/x.md", "content/c/y.md"), "../../c/y.md");
    }

    #[test]
    fn candidates_are_joined_into_a_question() {
        let words = ["a", "b", "c"].map(String::from);
        assert_eq!(did_you_mean(&words).as_deref(), Some("did you mean `a`, `b` or `c`?"));
        assert_eq!(did_you_mean(&words[..1]).as_deref(), Some("did you mean `a`?"));
        assert_eq!(did_you_mean(&[]), None);
    }
}
