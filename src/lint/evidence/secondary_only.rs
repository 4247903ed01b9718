//! A key point that rests on secondary sources only.

use super::key_points::{KeyPoint, key_points};
use crate::diagnostic::Diagnostic;
use crate::lint::{LintContext, Rule};
use crate::references::Standing;

const CODE: &str = "secondary-only";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "All sources of a key point are marked as secondary: somebody's account of a document, and not the document.

    key_points:
      - Spending rose by a tenth [@daily2025; @weekly2025].     (both have `keywords = {secondary}`)

Cite the document itself beside them, with `keywords = {primary}`. If there is none to be had, say so on the page:
`lints: {secondary-only: \"the minutes are not public\"}`.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    key_points(context).iter().filter(|point| is_secondary(point)).map(|point| to_diagnostic(context, point)).collect()
}

/// Whether all that a key point rests on is marked as secondary.
pub fn is_secondary(point: &KeyPoint) -> bool {
    point.sources.iter().all(|source| source.item.standing == Some(Standing::Secondary))
}

fn to_diagnostic(context: &LintContext, point: &KeyPoint) -> Diagnostic {
    let keys: Vec<String> = point.sources.iter().map(|source| format!("`{}`", source.item.key)).collect();
    let message = format!("{} rests on secondary sources only: {}", point.name(), keys.join(", "));
    Diagnostic::warning(CODE, message).at(point.place(context)).hint("cite the document that they speak of, too")
}

#[cfg(test)]
mod tests {
    use super::super::cited::tests::{register, source, standing};
    use super::*;
    use crate::page::body::CiteSpot;
    use crate::testing::{page, site};

    #[test]
    fn a_key_point_of_secondary_sources_is_told_and_one_with_a_document_is_not() {
        let point = CiteSpot::KeyPoint;
        let briefing = page("briefings/a.md").title("A").cite_at("daily", point(0)).cite_at("weekly", point(0));
        let mut sample = site([briefing.cite_at("daily", point(1)).cite_at("act", point(1)).cite_at("daily", CiteSpot::Text)]);
        let secondary = |key| standing(source(key, "article-newspaper"), Standing::Secondary);
        sample.site.register =
            register([secondary("daily"), secondary("weekly"), standing(source("act", "legislation"), Standing::Primary)]);
        let told = sample.reports_of(CODE);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("key point 1 rests on secondary sources only: `daily`, `weekly`"), "{told:?}");
        assert_eq!(sample.reports_of("single-source"), [""; 0]);
    }
}
