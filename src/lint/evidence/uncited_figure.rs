//! A figure, a sum, a day or a quotation without a source in its paragraph.

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Place};
use crate::index::PageId;
use crate::lint::{LintContext, Rule};
use crate::page::Facts;
use crate::page::body::{Claim, SOURCED, What};
use crate::page::front::Status;

const CODE: &str = "uncited-figure";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A paragraph of a briefing or a study states a percentage, a sum of money, a large number or one with a unit, a day or a quotation, and has no
source: no citation, no note, no address. It is looked at on sites with a register of sources, once a paragraph.

    Spending rose by 3.5% in 2025.     (who says so?)

Cite the source: `Spending rose by 3.5% in 2025 [@budget2025].` Or say on the page why there is none: `lints: {uncited-figure: \"our own count\"}`.

An item of a list may have its source in the last item, or in the paragraph with a colon before the list; a paragraph below a table in the table; a
figure in any paragraph of the page that states it with a source. Not told are years, months and spans of time, small numbers without a unit (32 Allies),
numbers that are names (Article 5, 833/2014, the 2% guideline), the days of the page itself, questions, short quotations and titles; and what stands in
tables, headings, boxes of code, quotations set apart, key points and notes.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let site = context.site;
    let stands = |page: usize| matches!(site.index.status[page], Status::Published | Status::Archived);
    let told = site.bodies.iter().enumerate().filter(|(page, body)| !body.claims.is_empty() && stands(*page));
    let told = told.filter(|(page, _)| SOURCED.contains(&site.type_of(*page as PageId)));
    told.flat_map(|(page, body)| of_page(context, &site.facts[page], &body.claims)).collect()
}

/// One problem a paragraph, at the first of what it states.
fn of_page(context: &LintContext, fact: &Facts, claims: &[Claim]) -> Vec<Diagnostic> {
    let own = own_days(fact);
    let claims: Vec<&Claim> = claims.iter().filter(|claim| !is_own(claim.what, &own)).collect();
    let text = context.sources.text(fact.path());
    let of_paragraph = |claims: &[&Claim]| {
        let first = claims.first()?;
        let span = first.span.start as usize..first.span.end as usize;
        let written = text.get(span.clone()).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        let more = match claims.len() - 1 {
            0 => String::new(),
            1 => ", nor has what else it states".into(),
            more => format!(", nor have {more} more statements in it"),
        };
        let message = format!("{} `{written}` has no source in its paragraph{more}", name(first.what));
        let problem = Diagnostic::warning(CODE, message).at(Place::range(fact.path(), &text, span));
        Some(problem.hint("cite one: `[@key]`").hint(format!("or say on the page why there is none: `lints: {{{CODE}: \"…\"}}`")))
    };
    claims.chunk_by(|one, next| one.paragraph == next.paragraph).filter_map(of_paragraph).collect()
}

fn name(what: What) -> &'static str {
    match what {
        What::Share => "the share",
        What::Money => "the sum",
        What::Number => "the number",
        What::Day(..) => "the day",
        What::Quotation => "the quotation",
    }
}

/// The days of the page itself: of publication, of updates, of reviews and of changes.
fn own_days(fact: &Facts) -> Vec<Date> {
    let front = fact.front();
    let moments = [fact.page.date, fact.page.updated].into_iter().flatten().map(|moment| moment.date());
    let stamps = [front.date, front.updated, front.as_of, front.last_reviewed_on, front.publish_at].into_iter().flatten();
    let changes = fact.page.changes.iter().map(|change| change.date);
    moments.chain(stamps.chain(changes).map(|stamp| stamp.civil.date())).collect()
}

fn is_own(what: What, own: &[Date]) -> bool {
    let What::Day(year, month, day) = what else { return false };
    let is_day = |date: &Date| (date.month().cast_unsigned(), date.day().cast_unsigned()) == (month, day);
    own.iter().any(|date| is_day(date) && year.is_none_or(|year| year == date.year()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::reports_of_files;

    const REGISTER: &str = "@report{known, title = {Known}, author = {{Office}}, date = {2025}, url = {https://example.org/}}\n";

    fn reports(front: &str, text: &str) -> Vec<String> {
        let page = format!("---\ntitle: A\ndate: 2025-06-25\n{front}---\n\n{text}\n");
        reports_of_files("", &[("content/briefings/a.md", page.as_str()), ("content/_data/sources.bib", REGISTER)], CODE)
    }

    #[test]
    fn a_paragraph_with_figures_and_no_source_is_told_once() {
        let expected = "uncited-figure content/briefings/a.md:6:12 the share `3.5%` has no source in its paragraph, nor have 2 more statements in it \
                        | cite one: `[@key]` | or say on the page why there is none: `lints: {uncited-figure: \"…\"}`";
        assert_eq!(reports("", "It rose by 3.5% to €40 bn on 4 May 2025.\n\nIt fell by 2% [@known]."), [expected]);
    }

    #[test]
    fn a_page_of_another_type_a_silent_one_and_a_site_without_a_register_are_not_told() {
        let text = "It rose by 3.5%.";
        assert_eq!(reports("type: study\n", text).len(), 1);
        assert_eq!(reports("type: commentary\n", text), [""; 0]);
        assert_eq!(reports("lints: {uncited-figure: our own count}\n", text), [""; 0]);
        let page = format!("---\ntitle: A\ndate: 2025-06-25\n---\n\n{text}\n");
        assert_eq!(reports_of_files("", &[("content/briefings/a.md", page.as_str())], CODE), [""; 0]);
        let files = [("content/people/a.md", page.as_str()), ("content/_data/sources.bib", REGISTER)];
        assert_eq!(reports_of_files("", &files, CODE), [""; 0], "a page about a person");
    }

    #[test]
    fn the_days_of_the_page_itself_need_no_source() {
        let text = "Published on 25 June 2025, corrected on 1 July 2025; begun on 2 March 2025.";
        let told = reports("changes: [{date: 2025-07-01, note: corrected, kind: correction}]\n", text);
        assert!(told.len() == 1 && told[0].contains("the day `2 March 2025`") && !told[0].contains("nor"), "{told:?}");
    }

    #[test]
    fn a_place_is_right_behind_comments_and_shortcodes() {
        let told = reports("", "Ä <!-- 4% --> %%5%%\n\n{{< fact x >}} and 6%.");
        assert!(told.iter().all(|line| line.contains("a.md:8:20 the share `6%`")), "{told:?}");
    }
}
