//! A cited source without a date, a link or an author.

use super::cited::{cited, is_silenced};
use crate::diagnostic::Diagnostic;
use crate::lint::{LintContext, Rule};
use crate::references::{Date, Item, Registered};

const CODE: &str = "incomplete-source";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A source that a page cites has no date, nobody who answers for it, or no link, so readers cannot judge it or find it.

    @report{budget, title = {The budget}, url = {https://example.org/b}}     (by whom, and when?)

Add `date`, `author` or `institution`, `url` or `doi`. A date that nobody knows is said: `date = {n.d.}`. Books, chapters, laws, treaties, judgments and
conversations need no link, the last four no author. If an entry is as it must be, it says why: `lints = {incomplete-source: the body dates nothing}`.",
    check: Some(check),
};

/// What is found without a link: on shelves, in collections of law, nowhere.
const WITHOUT_LINK: [&str; 13] = [
    "bill",
    "book",
    "chapter",
    "classic",
    "collection",
    "entry-dictionary",
    "entry-encyclopedia",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "personal_communication",
    "treaty",
];
/// What has no author but a state, a court or whoever signed.
const WITHOUT_AUTHOR: [&str; 8] =
    ["bill", "hearing", "interview", "legal_case", "legislation", "personal_communication", "regulation", "treaty"];
/// Who answers for a source that names nobody.
const BEHIND: [&str; 3] = ["publisher", "authority", "container-title"];
/// What leads to a source.
const LINKS: [&str; 5] = ["URL", "DOI", "ISBN", "PMID", "PMCID"];

fn check(context: &LintContext) -> Vec<Diagnostic> {
    cited(context).into_iter().filter(|source| !is_silenced(&source.item, CODE)).filter_map(to_diagnostic).collect()
}

fn to_diagnostic(source: &Registered) -> Option<Diagnostic> {
    let lacking = lacking(&source.item);
    let said = match lacking.as_slice() {
        [] => return None,
        [one] => format!("no {one}"),
        [first @ .., last] => format!("no {} and no {last}", first.join(", no ")),
    };
    let problem = Diagnostic::warning(CODE, format!("the source `{}` has {said}", source.item.key)).at(source.place());
    let hint = |what: &&str| match *what {
        "date" => "add `date`; `date = {n.d.}` says that nobody knows it",
        "author" => "add `author`, or the `institution` that answers for it",
        _ => "add `url` or `doi`",
    };
    Some(lacking.iter().map(hint).fold(problem, Diagnostic::hint))
}

fn lacking(item: &Item) -> Vec<&'static str> {
    let says = |variables: &[&str]| variables.iter().any(|variable| item.texts.contains_key(*variable));
    let has_date = item.issued().is_some_and(|date| *date != Date::default());
    let has_author = item.names.values().any(|names| !names.names.is_empty()) || says(&BEHIND);
    let has_link = says(&LINKS) || item.archived.is_some();
    let kind = &*item.kind;
    let parts =
        [("date", has_date), ("author", has_author || WITHOUT_AUTHOR.contains(&kind)), ("link", has_link || WITHOUT_LINK.contains(&kind))];
    parts.into_iter().filter(|(_, has)| !has).map(|(what, _)| what).collect()
}

#[cfg(test)]
mod tests {
    use super::super::cited::tests::{by, of, register, saying, source};
    use super::*;
    use crate::page::body::CiteSpot;
    use crate::testing::{page, site_with_register};

    #[test]
    fn a_cited_source_says_who_when_and_where() {
        let briefing = page("briefings/a.md").title("A").cite_at("bare", CiteSpot::Text).cite_at("whole", CiteSpot::Note);
        let whole = saying(of(by(source("whole", "report"), "Office of Figures"), 2025, None, None), "URL", "https://example.org/");
        let register = register([source("bare", "webpage"), whole, source("uncited", "webpage")]);
        let sample = site_with_register(&register, [briefing]);
        let expected = "incomplete-source content/_data/sources.bib:1:1 the source `bare` has no date, no author and no link \
                        | add `date`; `date = {n.d.}` says that nobody knows it | add `author`, or the `institution` that answers for it | add `url` or `doi`";
        assert_eq!(sample.reports_of(CODE), [expected]);
    }

    #[test]
    fn what_is_found_elsewhere_needs_no_link_and_what_says_that_nobody_knows_is_whole() {
        assert_eq!(lacking(&of(source("t", "treaty"), 1949, Some(4), Some(4))), [""; 0]);
        assert_eq!(lacking(&saying(of(source("b", "book"), 1999, None, None), "publisher", "Press")), [""; 0]);
        let mut undated = saying(saying(source("u", "webpage"), "URL", "https://example.org/"), "publisher", "Office");
        undated.dates.insert("issued".into(), Date { words: Some("n.d.".into()), ..Date::default() });
        assert_eq!(lacking(&undated), [""; 0]);
        assert_eq!(lacking(&of(by(source("r", "report"), "Office"), 2025, None, None)), ["link"]);
    }
}
