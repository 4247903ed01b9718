//! The rules of language, held against what was judged by hand, and the manual against both.

use std::collections::BTreeMap;
use std::fs;

use chancery::config::{CHOICES, LINTS, Level, Lints};
use serde_json::Value;

use crate::place::{Place, project};

/// One warning that was looked at: of which text, where, on which words, and whether a careful editor would agree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Judged {
    site: String,
    code: String,
    path: String,
    words: String,
    is_right: bool,
}

fn judged() -> Vec<Judged> {
    let text = fs::read_to_string(project("tests/language/judged.tsv")).expect("the file");
    let rows = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [site, code, path, words, verdict] = cells[..] else { panic!("five cells: {line}") };
        let is_right = match verdict {
            "right" => true,
            "wrong" => false,
            other => panic!("right or wrong: {other}"),
        };
        Judged { site: site.into(), code: code.into(), path: path.into(), words: words.into(), is_right }
    };
    rows.map(row).collect()
}

/// What is told of the language of a site: code, path, words.
fn told(site: &str, settings: &[&str]) -> Vec<(String, String, String)> {
    let place = Place::copy_of(site);
    let mut args = vec!["check", "--now", "2026-12-01", "--format", "json"];
    settings.iter().for_each(|setting| args.extend(["--set", setting]));
    let problems: Vec<Value> = serde_json::from_str(&place.run(&args).out).expect("JSON");
    let is_of_language = |problem: &&Value| codes().any(|code| problem["code"] == code);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let row = |problem: &Value| {
        let number = |key: &str| problem[key].as_u64().unwrap_or(0) as usize;
        let from = number("column").saturating_sub(1 + number("skipped"));
        let words: String = text(&problem["text"]).chars().skip(from).take(number("width").min(50)).collect();
        (text(&problem["code"]), text(&problem["file"]), if words.is_empty() { text(&problem["message"]) } else { words.trim().into() })
    };
    problems.iter().filter(is_of_language).map(row).collect()
}

/// The rules of language.
fn codes() -> impl Iterator<Item = &'static str> {
    const OTHERS: [&str; 7] =
        ["idle-silence", "incomplete-source", "same-source", "secondary-only", "single-source", "superseded-cited", "uncited-figure"];
    LINTS.iter().map(|(code, _)| *code).filter(|code| !OTHERS.contains(code))
}

/// What is told of the two texts, without a scale of likelihood too.
fn of_texts() -> Vec<(String, String, String)> {
    let mut all = told("tests/language", &[]);
    let without = told("tests/language", &["likelihood.scale="]);
    all.extend(without.into_iter().filter(|(code, ..)| code == "mixed-scales"));
    all.sort();
    all
}

#[test]
fn every_warning_about_the_two_texts_was_judged() {
    let known = judged().into_iter().filter(|row| row.site == "texts");
    let mut known: Vec<_> = known.map(|row| (row.code, row.path, row.words)).collect();
    known.sort();
    assert_eq!(of_texts(), known);
    assert!(known.iter().all(|(_, path, _)| !path.ends_with("careful.md")), "a text without flaws gets nothing");
}

#[test]
fn every_warning_about_sites_of_others_was_judged() {
    let known = judged().into_iter().filter(|row| row.site == "sites").map(|row| (row.code, row.path, row.words));
    let mut all: Vec<_> = ["hugo", "jekyll", "zola"].iter().flat_map(|site| told(&format!("tests/sites/{site}"), &[])).collect();
    all.sort();
    assert_eq!(all, known.collect::<Vec<_>>());
}

#[test]
fn every_warning_about_the_demonstration_site_was_judged() {
    let known: Vec<_> = judged().into_iter().filter(|row| row.site == "site").map(|row| (row.code, row.path, row.words)).collect();
    let new: Vec<_> = told("", &[]).into_iter().filter(|row| !known.contains(row)).collect();
    assert!(new.is_empty(), "judge these in tests/language/judged.tsv: {new:#?}");
}

/// By code how many warnings were judged, and how many were right.
fn counts() -> BTreeMap<String, (usize, usize)> {
    let mut counts: BTreeMap<String, (usize, usize)> = codes().map(|code| (code.to_string(), (0, 0))).collect();
    for row in judged() {
        let count = counts.get_mut(&row.code).unwrap_or_else(|| panic!("no rule of language: {}", row.code));
        *count = (count.0 + 1, count.1 + usize::from(row.is_right));
    }
    counts
}

#[test]
fn what_is_on_by_itself_is_right_in_seven_of_ten_cases() {
    let wrong =
        counts().into_iter().filter(|(code, (told, right))| Lints::default().level(code) != Some(Level::Off) && right * 10 < told * 7);
    assert_eq!(wrong.collect::<Vec<_>>(), []);
}

#[test]
fn the_manual_has_the_counts() {
    let row = |(code, (told, right)): (String, (usize, usize))| {
        let share = (right * 100).checked_div(told).map_or_else(|| "–".to_string(), |share| format!("{share} %"));
        let level = if Lints::default().level(&code) == Some(Level::Off) { "off" } else { "warn" };
        format!("| `{code}` | {told} | {right} | {share} | {level} |")
    };
    let rows: Vec<String> = counts().into_iter().map(row).collect();
    let page = fs::read_to_string(project("docs/language.md")).expect("the manual");
    assert!(page.contains(&rows.join("\n")), "docs/language.md should have\n{}", rows.join("\n"));
}

#[test]
fn every_rule_that_can_be_weighed_and_what_it_asks_for_is_in_the_manual() {
    let settings = fs::read_to_string(project("docs/settings.md")).expect("the manual");
    let weights = LINTS.iter().map(|(code, _)| format!("| `lints.{code}` | "));
    let choices = CHOICES.iter().map(|choice| format!("| `lints.{}.{}` | ", choice.code, choice.name));
    let missing: Vec<String> = weights.chain(choices).filter(|row| !settings.contains(row)).collect();
    assert!(missing.is_empty(), "docs/settings.md lacks {missing:?}");
    let language = fs::read_to_string(project("docs/language.md")).expect("the manual");
    let level = |level: Level| if level == Level::Off { "off" } else { "warn" };
    let is_there = |code: &&str| {
        let row = language.lines().find(|line| line.starts_with(&format!("| `{code}` | ")));
        row.is_some_and(|row| row.ends_with(&format!(" | {} |", level(Lints::default().level(code).expect("a rule")))))
    };
    assert_eq!(codes().filter(|code| !is_there(code)).collect::<Vec<_>>(), [""; 0]);
}

/// A site with one page of this text.
fn site(settings: &str, text: &str) -> Place {
    let settings = format!("title = \"Test\"\nbase_url = \"https://example.org/\"\n{settings}");
    let page = format!("---\ntitle: A page\ndate: 2026-01-01\n---\n\n{text}\n");
    Place::new(&[
        ("site.toml", settings.as_str()),
        ("content/_index.md", "---\ntitle: Home\n---\n"),
        ("content/briefings/a.md", page.as_str()),
    ])
}

#[test]
fn a_build_looks_at_language_only_where_a_rule_is_an_error() {
    let place = site("", "It rose recently.");
    let run = place.run(&["check"]).fine();
    assert!(run.out.contains("warning[relative-date]") && run.out.contains("content/briefings/a.md:6:9"), "{}", run.out);
    place.run(&["check", "--strict"]).ends_with(1);
    let run = place.run(&["build", "--strict"]).fine();
    assert!(!run.err.contains("relative-date"), "{}", run.err);
    let place = site("[lints.in.briefings]\nrelative-date = \"error\"\n", "It rose recently, a bunch of it.");
    let run = place.run(&["build"]).ends_with(1);
    assert!(run.err.contains("error[relative-date]") && !run.err.contains("colloquial"), "{}", run.err);
}

#[test]
fn a_page_says_why_a_warning_does_not_hold() {
    let place = site("", "It rose recently.");
    let page = |text: &str| format!("---\ntitle: A page\ndate: 2026-01-01\nlints:\n  relative-date: quotes a law\n---\n\n{text}\n");
    place.write("content/briefings/a.md", page("It rose recently."));
    place.run(&["check", "--strict"]).fine();
    place.write("content/briefings/a.md", page("It rose in 2024."));
    let run = place.run(&["check"]).fine();
    assert!(run.out.contains("warning[idle-silence]"), "{}", run.out);
    place.run(&["build", "--strict"]).fine();
}
