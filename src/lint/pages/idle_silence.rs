//! A warning that a page silences and that nobody would give.

use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::lint::{LintContext, Rule, Scope, language, place, weight};
use crate::page::Facts;

const CODE: &str = "idle-silence";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A page says why a warning does not hold for it, and there is no such warning any more. Whoever mends the text later would take the reason for a true
one, and a new mistake of this kind would not be told.

    lints: {uncited-figure: \"our own count\"}     (the text states no figure now)

Take the line out. What a folder says for its pages with `cascade` is not told, nor what stands on a page that is hidden, replaced or taken back. It
is looked at by `chancery check`, not by a build.",
    check: None,
};

/// What pages silence although it was not `found`.
pub fn find(context: &LintContext, found: &[Diagnostic]) -> Vec<Diagnostic> {
    if context.scope == Scope::Build || !weight::is_wanted(context, CODE) {
        return Vec::new();
    }
    let says_so = |fact: &Facts| fact.front().span("lints").is_some();
    // Of pages that stay as they were, not everything is looked at.
    let all = context.site.facts.iter().enumerate().filter(|(page, _)| language::is_looked_at(context, *page as u32));
    let pages = all.filter(|(_, fact)| says_so(fact));
    pages.flat_map(|(page, fact)| of_page(context, page as u32, fact, found)).collect()
}

fn of_page(context: &LintContext, page: u32, fact: &Facts, found: &[Diagnostic]) -> Vec<Diagnostic> {
    let is_found = |code: &str| {
        let is_here = |problem: &&Diagnostic| problem.place.as_ref().is_some_and(|place| place.path == *fact.path());
        found.iter().filter(|problem| problem.code == code).any(|problem| is_here(&problem))
    };
    let is_looked_at = |code: &str| matches!(weight::level(context, Some(fact), code), Some(Level::Warn | Level::Error));
    let idle = fact.front().lints.iter().filter(|silence| silence.code != CODE && is_looked_at(&silence.code) && !is_found(&silence.code));
    let told = idle.map(|silence| {
        let problem = Diagnostic::warning(CODE, format!("this page silences `{}`, and there is no such warning", silence.code));
        problem.at(place::of_value(context, page, "lints", &silence.code)).hint("take it out")
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::reports_of_files;

    const NEW: (&str, &str) = ("content/briefings/new.md", "---\ntitle: New\ndate: 2025-01-01\n---\n");
    const OLD: (&str, &str) = ("content/briefings/old.md", "---\ntitle: Old\ndate: 2024-01-01\nsuperseded_by: new\n---\n");

    fn reports(settings: &str, page: &str) -> Vec<String> {
        reports_of_files(settings, &[("content/briefings/c.md", page), OLD, NEW], CODE)
    }

    #[test]
    fn a_silence_is_told_when_nothing_is_silenced() {
        let page = |text: &str| format!("---\ntitle: C\ndate: 2026-01-01\nlints: {{superseded-cited: it has the tables}}\n---\n\n{text}\n");
        assert_eq!(reports("", &page("As [we said](old.md).")), [""; 0]);
        let expected =
            "idle-silence content/briefings/c.md:4:9 this page silences `superseded-cited`, and there is no such warning | take it out";
        assert_eq!(reports("", &page("As [we say](new.md).")), [expected]);
        assert_eq!(reports("[lints]\nsuperseded-cited = \"off\"\n", &page("As [we say](new.md).")), [""; 0], "a rule that is off");
        assert_eq!(reports("[lints.in.briefings]\nidle-silence = \"off\"\n", &page("As [we say](new.md).")), [""; 0]);
    }

    #[test]
    fn what_a_folder_silences_is_not_told_of_each_page() {
        let index = "---\ntitle: Briefings\ncascade: {lints: {superseded-cited: they have the tables}}\n---\n";
        assert_eq!(reports_of_files("", &[("content/briefings/_index.md", index), OLD, NEW], CODE), [""; 0]);
    }
}
