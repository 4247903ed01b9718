//! Which spellings are one term, by small sites made by hand.

use super::*;
use crate::index::Problem;
use crate::testing::{Sample, page, site, site_with};

fn terms(sample: &Sample) -> Vec<String> {
    let describe = |term: &Term| format!("{} {} {}", term.route, term.name, sample.paths(term.pages.iter().copied()).join(","));
    sample.index().terms.all.iter().map(describe).collect()
}

#[test]
fn spellings_that_differ_in_case_spaces_and_hyphens_are_one_term_shown_as_the_most_frequent() {
    let spellings = ["cyber defence", "Cyber Defence", "Cyber-Defence", "Cyber Defence"];
    let sample = site((0..4).map(|at| page(&format!("{at}.md")).topics(&[spellings[at]])));
    assert_eq!(terms(&sample), ["/topics/cyber-defence/ Cyber Defence 0.md,1.md,2.md,3.md"]);
}

#[test]
fn spellings_beyond_ascii_are_one_term_too() {
    let sample = site([page("a.md").topics(&["Stra\u{df}e"]), page("b.md").topics(&["STRASSE"]), page("c.md").topics(&["strasse"])]);
    assert_eq!(terms(&sample), ["/topics/strasse/ STRASSE a.md,b.md,c.md"]);
}

#[test]
fn of_equally_frequent_spellings_the_first_by_alphabet_is_shown() {
    let sample = site([page("a.md").topics(&["nato"]), page("b.md").topics(&["NATO"])]);
    assert_eq!(sample.index().terms.all[0].name.as_ref(), "NATO");
}

#[test]
fn a_term_is_found_by_title_slug_name_and_synonym_of_its_page() {
    let mut own = page("topics/spending.md").title("Defence spending").aliases(&["Military budgets", "/old/"]);
    own.front.synonyms = vec!["Two per cent".into()];
    own.front.names = vec!["Burden".into()];
    let names = ["defence-spending", "Spending", "two per cent", "burden", "military budgets"];
    let sample = site([own].into_iter().chain((0..5).map(|at| page(&format!("{at}.md")).topics(&[names[at]]))));
    assert_eq!(terms(&sample), ["/topics/spending/ Defence spending 0.md,1.md,2.md,3.md,4.md"]);
    assert_eq!(sample.site.addresses.redirects().count(), 1, "`/old/` is no synonym");
}

#[test]
fn a_term_named_twice_by_a_page_counts_once() {
    let sample = site([page("a.md").topics(&["NATO", "nato"])]);
    assert_eq!(terms(&sample), ["/topics/nato/ NATO a.md"]);
}

#[test]
fn a_hidden_term_page_lends_nothing_but_the_term_stands() {
    let own = page("topics/x.md").title("Secret title").status(Status::Draft);
    assert_eq!(terms(&site([own, page("a.md").topics(&["X"])])), ["/topics/x/ X a.md"]);
}

#[test]
fn superseded_and_withdrawn_pages_and_sections_count_in_no_term() {
    let sample = site([
        page("a.md").topics(&["X"]).status(Status::Withdrawn),
        page("b.md").topics(&["X"]).status(Status::Superseded),
        page("c.md").topics(&["X"]).status(Status::Archived),
        page("s/_index.md").topics(&["X"]),
    ]);
    assert_eq!(terms(&sample), ["/topics/x/ X c.md"]);
}

#[test]
fn terms_that_differ_but_share_a_slug_are_told_with_both_names() {
    let sample = site([page("a.md").tags(&["C#"]), page("b.md").tags(&["C++"])]);
    let [Problem::TermClash { names, pages, .. }] = sample.index().problems.as_slice() else { panic!("{:?}", sample.index().problems) };
    assert_eq!((names, pages), (&["C#".to_string(), "C++".to_string()], &[0, 1]));
}

#[test]
fn two_pages_that_claim_one_spelling_are_told_once() {
    let mut other = page("topics/b.md").title("Beta");
    other.front.synonyms = vec!["Alpha".into(), "a".into()];
    let sample = site([page("topics/a.md").title("Alpha"), other]);
    let problems = &sample.index().problems;
    assert!(matches!(problems.as_slice(), [Problem::SpellingClash { spelling, pages: [0, 1], .. }] if spelling == "Alpha"), "{problems:?}");
}

#[test]
fn a_controlled_vocabulary_has_no_topics_but_those_with_a_page() {
    let pages = vec![page("topics/x.md").title("Cyber defence"), page("a.md").topics(&["cyber defense", "Cyber-defence"]).tags(&["free"])];
    let sample = site_with(|config| config.topics.controlled = true, pages, &[]);
    let problem = Problem::UnknownTopic { page: 0, spelling: "cyber defense".into(), nearest: Some("Cyber defence".into()) };
    assert_eq!(sample.index().problems, [problem]);
}

#[test]
fn a_controlled_vocabulary_of_the_default_language_serves_the_others_too() {
    let pages = vec![page("topics/x.md").title("Defence"), page("a.fr.md").topics(&["defence", "Zzz"])];
    let settings = |config: &mut crate::config::Config| {
        config.languages = vec!["fr".into()];
        config.topics.controlled = true;
    };
    let sample = site_with(settings, pages, &[]);
    assert_eq!(sample.index().problems, [Problem::UnknownTopic { page: 0, spelling: "Zzz".into(), nearest: None }]);
    assert!(terms(&sample).contains(&"/fr/topics/defence/ defence a.fr.md".to_string()), "{:?}", terms(&sample));
}

#[test]
fn each_language_has_terms_of_its_own() {
    let pages = vec![page("a.md").topics(&["X"]), page("a.fr.md").topics(&["X"])];
    let sample = site_with(|config| config.languages = vec!["fr".into()], pages, &[]);
    assert_eq!(terms(&sample), ["/topics/x/ X a.md", "/fr/topics/x/ X a.fr.md"]);
}
