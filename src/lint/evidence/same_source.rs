//! One source under two keys of the register.

use std::collections::{BTreeMap, BTreeSet};

use super::cited::{cited, is_silenced};
use crate::diagnostic::Diagnostic;
use crate::ledger;
use crate::lint::{LintContext, Rule};
use crate::references::{Day, Item, Name, Registered};

const CODE: &str = "same-source";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "Two keys of the register are one source: they have the same DOI, or the same address, or the same title, number and author, and no other date.
Lists of sources would name it twice, and its page would show half of the briefings that cite it.

    @report{budget25, doi = {10.5555/x}, …}
    @report{budget2025, doi = {10.5555/X}, …}

Keep one of them and cite that. Two versions of one page are two sources if their dates differ. If they are two all the same, one says so:
`lints = {same-source: the second edition has other pages}`.",
    check: Some(check),
};

/// Variables by which two works of one title differ.
const NUMBERS: [&str; 8] = ["number", "volume", "issue", "chapter-number", "part-number", "supplement-number", "version", "genre"];

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let mut known: BTreeMap<String, Vec<&Registered>> = BTreeMap::new();
    let mut problems = Vec::new();
    // What nobody cites, or hidden pages alone, is no reader's affair.
    let shown: BTreeSet<&str> = cited(context).into_iter().map(|source| &*source.item.key).collect();
    let is_shown = |source: &Registered| shown.contains(&*source.item.key);
    for source in context.site.register.entries() {
        let signs = signs(&source.item);
        let same = |others: &Vec<&'_ Registered>| others.iter().position(|other| is_of_one_time(&source.item, &other.item));
        let first = signs.iter().find_map(|sign| known.get(sign).and_then(|others| same(others).map(|at| (sign, others[at]))));
        if let Some((sign, first)) = first.filter(|(_, first)| {
            (is_shown(source) || is_shown(first)) && !is_silenced(&source.item, CODE) && !is_silenced(&first.item, CODE)
        }) {
            problems.push(to_diagnostic(first, source, sign));
        }
        signs.into_iter().for_each(|sign| known.entry(sign).or_default().push(source));
    }
    problems
}

fn to_diagnostic(first: &Registered, second: &Registered, sign: &str) -> Diagnostic {
    let what = match sign.split_once(' ').map_or("", |(kind, _)| kind) {
        "doi" => "the same DOI",
        "address" => "the same address",
        _ => "the same title and author",
    };
    let message = format!("`{}` and `{}` are one source: they have {what}", first.item.key, second.item.key);
    let problem = Diagnostic::warning(CODE, message).at(second.place()).also(first.place(), "the other key");
    problem.hint(format!("cite `{}` alone, and remove the other", first.item.key))
}

/// By what a source is known to be one that was seen before, the surest first.
fn signs(item: &Item) -> Vec<String> {
    let doi = item.text("DOI").map(|doi| format!("doi {}", doi.trim().to_lowercase()));
    let address = item.text("URL").and_then(|url| bare(&url)).map(|address| format!("address {address}"));
    // A chapter may have what its book has, and several laws may stand on one page.
    let is_part = matches!(&*item.kind, "chapter" | "entry-dictionary" | "entry-encyclopedia" | "legislation" | "bill" | "treaty");
    let title = letters(&item.text("title").unwrap_or_default());
    let numbers = NUMBERS.map(|variable| item.text(variable).map(|text| letters(&text)).unwrap_or_default()).join(" ");
    let by_title = (title.chars().count() > 3).then(|| format!("title {title} {numbers} {}", letters(&creator(item))));
    let own = doi.into_iter().chain(address).filter(|_| !is_part);
    own.chain(by_title).collect()
}

/// An address without what makes no difference; `None` for the front page of a host, which many sources may name.
fn bare(url: &str) -> Option<String> {
    let address = ledger::address(url)?;
    let (_, rest) = address.split_once("://")?;
    let rest = rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/');
    rest.contains('/').then(|| rest.to_string())
}

/// Letters and digits, small.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Who made it: the first author, else who published it or where.
fn creator(item: &Item) -> String {
    let name = item.names("author").first().or_else(|| item.names("editor").first()).map(|name| match name {
        Name::Person { family, .. } => family.to_string(),
        Name::Body(name) => name.to_string(),
    });
    name.or_else(|| item.text("publisher")).or_else(|| item.text("container-title")).unwrap_or_default()
}

/// Whether two sources may be of one day, as far as they say.
fn is_of_one_time(one: &Item, other: &Item) -> bool {
    let day = |item: &Item| item.issued().and_then(|date| date.from);
    let (Some(one), Some(other)) = (day(one), day(other)) else { return true };
    let Day { year, month, day } = one;
    let may_be = |one: Option<u8>, other: Option<u8>| one.is_none() || other.is_none() || one == other;
    year == other.year && may_be(month, other.month) && may_be(day, other.day)
}

#[cfg(test)]
mod tests {
    use super::super::cited::tests::{by, of, register, saying, source};
    use super::*;
    use crate::testing::{page, site_with_register};

    fn reports(items: impl IntoIterator<Item = Item>) -> Vec<String> {
        let sample = site_with_register(&register(items), [page("briefings/a.md").title("A").cite("a")]);
        sample.reports_of(CODE)
    }

    #[test]
    fn what_no_public_page_cites_is_not_told() {
        let item = |key: &str| saying(source(key, "article-journal"), "DOI", "10.5555/x");
        assert_eq!(reports([item("b"), item("c")]), [""; 0]);
    }

    #[test]
    fn one_doi_is_one_source() {
        let item = |key: &str, doi: &str| saying(source(key, "article-journal"), "DOI", doi);
        let expected = "same-source content/_data/sources.bib:2:1 `a` and `b` are one source: they have the same DOI \
                        | content/_data/sources.bib: the other key | cite `a` alone, and remove the other";
        assert_eq!(reports([item("a", "10.5555/x"), item("b", "10.5555/X"), item("c", "10.5555/y")]), [expected]);
    }

    #[test]
    fn one_address_of_one_time_is_one_source() {
        let item = |key: &str, url: &str, year: i32| of(saying(source(key, "webpage"), "URL", url), year, None, None);
        assert_eq!(reports([item("a", "https://www.example.org/x/#top", 2025), item("b", "http://example.org/x", 2025)]).len(), 1);
        let two_times = [item("a", "https://example.org/x", 2015), item("b", "https://example.org/x", 2021)];
        assert_eq!(reports(two_times), [""; 0], "a page as it was at two times");
        assert_eq!(reports([item("a", "https://example.org/", 2025), item("b", "https://example.org", 2025)]), [""; 0], "a front page");
    }

    #[test]
    fn one_title_by_one_body_of_one_time_is_one_source() {
        let item = |key: &str, title: &str, body: &str, month: Option<u8>| {
            of(by(saying(source(key, "report"), "title", title), body), 2025, month, None)
        };
        assert_eq!(reports([item("a", "The Budget: 2025", "Office", None), item("b", "The budget, 2025", "Office", Some(3))]).len(), 1);
        assert_eq!(reports([item("a", "Annual report", "Office", None), item("b", "Annual report", "Bureau", None)]), [""; 0]);
        assert_eq!(reports([item("a", "Remarks", "Office", Some(3)), item("b", "Remarks", "Office", Some(4))]), [""; 0]);
        let numbered = |key: &str, number: &str| saying(item(key, "Working paper", "Office", None), "number", number);
        assert_eq!(reports([numbered("a", "1"), numbered("b", "2")]), [""; 0]);
    }
}
