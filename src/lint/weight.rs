//! How much a problem weighs: as the settings say, unless its page says why it does not hold.
//!
//! It must not know how problems are found.

use super::LintContext;
use crate::config::Level;
use crate::diagnostic::{Diagnostic, Severity};
use crate::page::Facts;

/// Whether anybody wants to know of a rule.
pub fn is_wanted(context: &LintContext, code: &str) -> bool {
    let lints = &context.site.config.lints;
    lints.level(code).is_none() || lints.is_anywhere(code, Level::Warn) || lints.is_anywhere(code, Level::Error)
}

/// A problem with the weight that the site gives it; `None` if its page silences it.
pub fn weighed(context: &LintContext, problem: &Diagnostic) -> Option<Diagnostic> {
    let page = problem.place.as_ref().and_then(|place| page_at(context, &place.path));
    let severity = match level(context, page, problem.code) {
        None => return Some(problem.clone()),
        Some(Level::Off) => return None,
        Some(Level::Warn) => Severity::Warning,
        Some(Level::Error) => Severity::Error,
    };
    let is_silenced = page.is_some_and(|page| page.front().lints.iter().any(|silence| silence.code == problem.code));
    (!is_silenced).then(|| Diagnostic { severity, ..problem.clone() })
}

/// How much a rule weighs on a page, or elsewhere; `None` for one whose weight nobody can choose.
pub fn level(context: &LintContext, page: Option<&Facts>, code: &str) -> Option<Level> {
    let lints = &context.site.config.lints;
    let of_site = lints.level(code)?;
    page.map_or(Some(of_site), |page| lints.level_on(page.path(), page.page.type_name(), code))
}

/// The page of a file.
pub fn page_at<'a>(context: &LintContext<'a>, path: &str) -> Option<&'a Facts> {
    let facts = &context.site.facts;
    facts.binary_search_by(|fact| (**fact.path()).cmp(path)).ok().map(|at| &*facts[at])
}

#[cfg(test)]
mod tests {
    use crate::config::LINTS;
    use crate::testing::reports_of_files;

    #[test]
    fn every_rule_whose_weight_can_be_chosen_is_one() {
        let found: Vec<&str> =
            crate::lint::RULES.iter().map(|rule| rule.code).filter(|code| LINTS.iter().any(|(known, _)| known == code)).collect();
        assert_eq!(found, LINTS.map(|(code, _)| code));
    }

    const OLD: &str = "---\ntitle: Old\ndate: 2024-01-01\nsuperseded_by: new\n---\n";
    const NEW: &str = "---\ntitle: New\ndate: 2025-01-01\n---\n";

    fn reports(settings: &str, lints: &str) -> Vec<String> {
        let citing = format!("---\ntitle: C\ndate: 2026-01-01\n{lints}---\n\nAs [we said](old.md).\n");
        let files = [("content/briefings/c.md", citing.as_str()), ("content/briefings/old.md", OLD), ("content/briefings/new.md", NEW)];
        let told = |code| reports_of_files(settings, &files, code);
        [told("superseded-cited"), told("unknown-lint"), told("bad-setting"), told("unknown-setting"), told("wrong-type")].concat()
    }

    #[test]
    fn a_rule_is_off_where_the_site_says_so_and_silent_where_a_page_does() {
        assert_eq!(reports("", "").len(), 1);
        assert_eq!(reports("[lints]\nsuperseded-cited = \"off\"\n", ""), [""; 0]);
        assert_eq!(reports("", "lints: {superseded-cited: the old one has the tables}\n"), [""; 0]);
    }

    #[test]
    fn a_silence_has_a_reason_and_the_name_of_a_rule() {
        let told = reports("", "lints: {superseded-cited: }\n");
        assert!(
            told.iter().any(|line| line.starts_with("wrong-type ") && line.contains("has no reason for `superseded-cited`")),
            "{told:?}"
        );
        let told = reports("", "lints: {superceded-cited: it has the tables}\n");
        assert!(
            told.iter().any(|line| line.starts_with("unknown-lint ") && line.ends_with("| did you mean `superseded-cited`?")),
            "{told:?}"
        );
    }

    #[test]
    fn a_wrong_level_and_a_wrong_rule_are_told() {
        let told = reports("[lints]\nsuperseded-cited = \"loud\"\nsuperseded = \"off\"\n", "");
        assert!(
            told[1].contains("must be `\"off\"`, `\"warn\"` or `\"error\"`") && told[2].contains("there is no setting `lints.superseded`"),
            "{told:?}"
        );
    }
}
