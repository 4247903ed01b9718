//! A key point that rests on one source.

use super::key_points::{KeyPoint, key_points};
use super::secondary_only::is_secondary;
use crate::diagnostic::Diagnostic;
use crate::lint::{LintContext, Rule};
use crate::references::Standing;

const CODE: &str = "single-source";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A key point rests on one source, and that is not marked as primary: if it is wrong, so is what the briefing is read for.

    key_points:
      - Spending rose by a tenth [@institute2025].

Cite a second source that does not rest on the first. One source is enough if it is the document itself, and its entry says so:
`keywords = {primary}`. Or say on the page why there is no other: `lints: {single-source: \"nobody else counts this\"}`.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let points = key_points(context);
    let alone = points.iter().filter(|point| match point.sources.as_slice() {
        // One secondary source is told as that.
        [source] => source.item.standing != Some(Standing::Primary) && !is_secondary(point),
        _ => false,
    });
    alone.map(|point| to_diagnostic(context, point)).collect()
}

fn to_diagnostic(context: &LintContext, point: &KeyPoint) -> Diagnostic {
    let key = point.sources.first().map_or("", |source| &source.item.key);
    let message = format!("{} rests on one source, `{key}`", point.name());
    let problem = Diagnostic::warning(CODE, message).at(point.place(context)).hint("cite a second source that does not rest on it");
    problem.hint(format!("if it is the document itself, say so in its entry: `{key}` has no `keywords = {{primary}}`"))
}

#[cfg(test)]
mod tests {
    use super::super::cited::tests::{register, source, standing};
    use super::*;
    use crate::page::body::CiteSpot;
    use crate::testing::{page, site};

    #[test]
    fn one_source_is_enough_only_if_it_is_the_document_itself() {
        let point = CiteSpot::KeyPoint;
        let briefing = page("briefings/a.md").title("A").cite_at("study", point(0)).cite_at("study", point(0)).cite_at("act", point(1));
        let mut sample =
            site([briefing.cite_at("study", point(2)).cite_at("act", point(2)).cite_at("paper", point(3)).cite_at("nobody", point(4))]);
        let secondary = standing(source("paper", "article-newspaper"), Standing::Secondary);
        sample.site.register = register([source("study", "report"), standing(source("act", "legislation"), Standing::Primary), secondary]);
        let told = sample.reports_of(CODE);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("key point 1 rests on one source, `study`"), "{told:?}");
        assert_eq!(sample.reports_of("secondary-only").len(), 1);
    }
}
