//! What rules find, by the words that they name.

use std::ops::Range;
use std::sync::Arc;

use super::lexicon::Lexicon;
use super::reading::{Lang, Reading};
use super::{Finding, RULES, words};
use crate::config::{self, Config, Markdown};
use crate::page::body::running;
use crate::page::front;

/// The page with these lines of front matter and this text.
pub fn page(lines: &str, text: &str) -> String {
    format!("---\ntitle: Page\ndate: 2026-01-01\n{lines}---\n\n{text}\n")
}

fn findings(settings: &str, code: &str, lang: &str, page: &str) -> Vec<Finding> {
    let (config, problems) = config::read(&Arc::from("site.toml"), settings, &[]);
    assert_eq!(problems, [], "{settings}");
    find(&config, Some(code), lang, page)
}

fn find(config: &Config, code: Option<&str>, lang: &str, page: &str) -> Vec<Finding> {
    let weights = config.lints.of_page("content/briefings/x.md", "briefing");
    let lang = Lang::of(lang);
    let lexicon: Lexicon = words::lexicon(lang, &weights);
    let front = front::read(&Arc::from("content/briefings/x.md"), page);
    let title = front.title.clone().unwrap_or_default();
    let mut reading = Reading::new(lang, &title, running(page, &front, &Markdown::default()), &weights, &lexicon);
    reading.scale = config.likelihood;
    let rules = RULES.iter().filter(|rule| code.is_none_or(|code| rule.rule.code == code));
    let is_off = |code: &str| weights.level(code) == Some(config::Level::Off);
    let mut found = Vec::new();
    rules
        .filter(|rule| !is_off(rule.rule.code) && (rule.langs.is_empty() || rule.langs.contains(&lang)))
        .for_each(|rule| (rule.look)(&reading, &mut found));
    found
}

fn meant(finding: &Finding, page: &str) -> String {
    let at = |span: &Range<u32>| page[span.start as usize..span.end as usize].split_whitespace().collect::<Vec<_>>().join(" ");
    finding.span.as_ref().map_or_else(|| finding.message.clone(), at)
}

/// What a rule finds in a text, by the words that it stands on, or its message where it is about the page.
pub fn found_in(settings: &str, code: &str, lang: &str, text: &str) -> Vec<String> {
    let page = page("", text);
    findings(settings, code, lang, &page).iter().map(|finding| meant(finding, &page)).collect()
}

/// The same without settings.
pub fn found(code: &str, lang: &str, text: &str) -> Vec<String> {
    found_in("", code, lang, text)
}

/// The messages of a rule for a page in English.
pub fn front_found(code: &str, page: &str) -> Vec<String> {
    findings("", code, "en", page).into_iter().map(|finding| finding.message).collect()
}

/// A text as a careful author writes it.
const CLEAN: &str = "The council met on 3 May 2025 and set a target of 3.5 % of output. The Political and Security Committee (PSC) reports on it each year, and the PSC publishes \
what it finds [@council2025, p. 4]. Two of its members, Ms. Smith and Mr. Berg, disagreed.\n\n- Spending rose in 2024.\n- It is likely to rise in 2026.\n\nSee [the report](report.md) \
or write to press@example.org.\n";

#[test]
fn a_text_without_flaws_gets_nothing() {
    for lang in ["en", "en-GB", "fi"] {
        let found =
            find(&Config::default(), None, lang, &page("summary: What was set, and by whom.\nkey_points: [A target is set]\n", CLEAN));
        assert_eq!(found, [], "{lang}");
    }
}

#[test]
fn the_table_is_in_the_order_of_codes() {
    assert!(RULES.is_sorted_by(|one, other| one.rule.code < other.rule.code));
}

/// Whether a piece of the file has these letters in their order; marks may stand between.
fn holds(piece: &str, words: &str) -> bool {
    let mut letters = piece.chars();
    words.chars().filter(|letter| letter.is_alphanumeric()).all(|letter| letters.any(|other| other == letter))
}

/// What rules stumble over, in any order.
const PIECES: [&str; 52] = [
    "recently ",
    "this year ",
    "NATO",
    "PSC ",
    "(PSC)",
    "Political and Security Committee ",
    "TK",
    "XXX",
    "[cite]",
    "???",
    "[here](x.md)",
    "a@b.c",
    "jane.doe@gmail.com",
    "+32 2 555 01 23",
    "tel. ",
    "123456",
    "highly likely ",
    "virtually certain ",
    "low confidence ",
    "game changer",
    "don’t ",
    "obviously",
    "“",
    "”",
    "\"",
    "'",
    "«",
    "»",
    "„",
    "…",
    ".",
    ". ",
    "! ",
    "\n\n",
    "\n",
    "- ",
    "> ",
    "# ",
    "| a |\n|---|\n",
    "[^1]",
    "[^1]: ",
    "`",
    "*",
    "**",
    "{.x}",
    "[@a]",
    "[[a]]",
    "<q>",
    "</q>",
    "é",
    "\u{a0}",
    "%%",
];

proptest::proptest! {
    #[test]
    fn any_text_is_read_by_all_rules_and_places_are_words_of_it(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..60),
        lang in proptest::sample::select(vec!["en", "fr", "de", "ja"]),
    ) {
        let settings = "[lints]\nlong-sentence = { level = \"warn\", words = 5 }\nmany-long-sentences = \"warn\"\nreading-grade = \"warn\"\nsaid-twice = { words = 3 }\n[likelihood]\nscale = \"phia\"\n";
        let (config, _) = config::read(&Arc::from("site.toml"), settings, &[]);
        let page = page("key_points: [\"a\", \"TK\"]\n", &pieces.concat());
        for finding in find(&config, None, lang, &page) {
            for span in finding.span.iter().chain(finding.also.as_ref().map(|(span, _)| span)) {
                let words = page.get(span.start as usize..span.end as usize);
                proptest::prop_assert!(words.is_some_and(|words| !words.trim().is_empty()), "{finding:?} in {page:?}");
                let named = finding.message.split('`').nth(1).filter(|_| finding.message.starts_with('`') && Some(span) == finding.span.as_ref());
                let is_named = named.is_none_or(|named| words.is_some_and(|words| holds(words, named)));
                proptest::prop_assert!(is_named, "{finding:?} in {page:?}");
            }
        }
    }

    #[test]
    fn letters_of_any_kind_are_no_trouble(text in "\\PC{0,200}") {
        for lang in ["en", "fr", "de", "ja"] {
            find(&Config::default(), None, lang, &page("", &text));
        }
    }
}
