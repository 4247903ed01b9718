//! A superseded page of this site that another page cites as if it were current.

use crate::diagnostic::{Diagnostic, Place};
use crate::index::PageId;
use crate::links::Resolved;
use crate::lint::{LintContext, Rule, place};
use crate::page::Facts;
use crate::page::body::CiteSpot;
use crate::page::front::Status;

const CODE: &str = "superseded-cited";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A page links to a page of this site that another has superseded, and was written or updated after that.

    See [our briefing on the budget](budget-2024.md).     (`budget-2025.md` supersedes it)

A citation of a source whose address is such a page is told too. Link to the newer page, or cite it. If the older one is meant, the sentence
says so (earlier, previous, superseded, replaced, at the time), or the page does: `lints: {superseded-cited: \"compares both\"}`. Pages that are
themselves superseded, withdrawn or archived are not told.",
    check: Some(check),
};

/// Words by which a sentence says that an older page is meant.
const OLDER: [&str; 14] = [
    "earlier",
    "former",
    "formerly",
    "original",
    "originally",
    "outdated",
    "previous",
    "previously",
    "replaced",
    "replaces",
    "superseded",
    "supersedes",
    "at the time",
    "then-current",
];

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let (site, index) = (context.site, &context.site.index);
    if !index.status.contains(&Status::Superseded) {
        return Vec::new();
    }
    let mut problems = Vec::new();
    for (page, fact) in site.facts.iter().enumerate().filter(|(page, _)| index.status[*page] == Status::Published) {
        for (link, resolved) in site.links.of_page(page as PageId).iter().enumerate() {
            let Resolved::To { page: Some(to), .. } = resolved else { continue };
            let Some(newer) = index.succession.newest[*to as usize].filter(|_| index.status[*to as usize] == Status::Superseded) else {
                continue;
            };
            if newer != page as PageId && is_later(fact, site.page(newer)) && !says_so(&fact.links[link].sentence) {
                problems.push(to_diagnostic(
                    context,
                    place::of_link(context, page as PageId, link as u32),
                    ["links to", "link to"],
                    (*to, newer),
                ));
            }
        }
        for cite in fact.cites.iter().filter(|cite| cite.spot != CiteSpot::ListOnly) {
            let Some(to) = page_of_source(context, &cite.key) else { continue };
            let Some(newer) = index.succession.newest[to as usize].filter(|_| index.status[to as usize] == Status::Superseded) else {
                continue;
            };
            if newer != page as PageId && is_later(fact, site.page(newer)) && !says_so(&cite.sentence) {
                problems.push(to_diagnostic(context, place::of_cite(context, page as PageId, cite), ["cites", "cite"], (to, newer)));
            }
        }
    }
    problems
}

/// The page of this site that a source of the register is, by its address.
fn page_of_source(context: &LintContext, key: &str) -> Option<PageId> {
    let site = context.site;
    let url = site.register.get(key)?.item.text("URL")?;
    let route = url.strip_prefix(site.config.base_url.as_ref()?.url.trim_end_matches('/'))?;
    let route = route.split(['#', '?']).next().filter(|route| route.starts_with('/'))?;
    site.addresses.at(route)?.page
}

/// Whether a page was written or updated when the newer one was there. A briefing of its day could not know.
fn is_later(fact: &Facts, newer: &Facts) -> bool {
    let last = fact.page.updated.map(|moment| moment.at).max(fact.page.date.map(|moment| moment.at));
    last.zip(newer.page.date).is_none_or(|(last, newer)| last >= newer.at)
}

fn says_so(sentence: &str) -> bool {
    let sentence = sentence.to_lowercase();
    let is_word = |at: usize, word: &str| {
        let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        !is_letter(sentence[..at].chars().next_back()) && !is_letter(sentence[at + word.len()..].chars().next())
    };
    OLDER.iter().any(|word| sentence.match_indices(word).any(|(at, word)| is_word(at, word)))
}

fn to_diagnostic(context: &LintContext, at: Place, [does, instead]: [&str; 2], (old, newer): (PageId, PageId)) -> Diagnostic {
    let (old, newer) = (context.site.page(old), context.site.page(newer));
    let message = format!("this {does} “{}” as if it were current, and “{}” has superseded it", old.title, newer.title);
    let problem = Diagnostic::warning(CODE, message).at(at);
    problem.hint(format!("{instead} `{}`, or say in the sentence that the older page is meant", newer.path()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::reports_of_files;

    const OLD: &str = "---\ntitle: Old\ndate: 2024-01-01\nsuperseded_by: new\n---\n\nText.\n";
    const NEW: &str = "---\ntitle: New\ndate: 2025-01-01\n---\n\nIt takes the place of [the old one](old.md).\n";

    fn reports(date: &str, sentence: &str) -> Vec<String> {
        let citing = format!("---\ntitle: C\n{date}\n---\n\n{sentence}\n");
        let files = [("content/briefings/c.md", citing.as_str()), ("content/briefings/old.md", OLD), ("content/briefings/new.md", NEW)];
        reports_of_files("", &files, CODE)
    }

    #[test]
    fn a_link_to_what_was_superseded_is_told_with_the_newer_page() {
        let expected = "superseded-cited content/briefings/c.md:6:4 this links to “Old” as if it were current, and “New” has superseded it \
                        | link to `content/briefings/new.md`, or say in the sentence that the older page is meant";
        assert_eq!(reports("date: 2026-01-01", "As [we said](old.md)."), [expected]);
        assert_eq!(reports("date: 2026-01-01", "As [we said](new.md)."), [""; 0]);
    }

    #[test]
    fn a_source_that_is_such_a_page_is_told_where_it_is_cited() {
        let citing = "---\ntitle: C\ndate: 2026-01-01\n---\n\nAs we said [@old2024].\n";
        let register = "@online{old2024, author = {{Desk}}, title = {Old}, date = {2024}, url = {https://example.org/briefings/old/}}\n";
        let files = [
            ("content/briefings/c.md", citing),
            ("content/briefings/old.md", OLD),
            ("content/briefings/new.md", NEW),
            ("content/_data/s.bib", register),
        ];
        let expected = "superseded-cited content/briefings/c.md:6:13 this cites “Old” as if it were current, and “New” has superseded it \
                        | cite `content/briefings/new.md`, or say in the sentence that the older page is meant";
        assert_eq!(reports_of_files("base_url = \"https://example.org/\"\n", &files, CODE), [expected]);
    }

    #[test]
    fn a_sentence_that_says_so_and_a_page_of_before_are_not_told() {
        assert_eq!(reports("date: 2026-01-01", "The [earlier briefing](old.md) had tables."), [""; 0]);
        assert_eq!(reports("date: 2024-06-01", "As [we said](old.md)."), [""; 0], "it could not know");
        assert_eq!(reports("date: 2024-06-01\nupdated: 2025-02-01", "As [we said](old.md).").len(), 1);
    }
}
