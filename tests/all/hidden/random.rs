//! Random sites: with what is hidden they are as without it.

use chancery::diagnostic::Diagnostic;
use proptest::prelude::*;

use super::*;

/// A page of a random site.
#[derive(Debug, Clone)]
struct Random {
    keys: Vec<&'static str>,
    hiding: Option<&'static str>,
    links: Vec<usize>,
    cites: Vec<usize>,
}

const PLACES: [&str; 10] = [
    "content/briefings/p0.md",
    "content/briefings/p1.md",
    "content/briefings/p2/index.md",
    "content/briefings/deep/er/p3.md",
    "content/topics/sea.md",
    "content/topics/trade/tariffs.md",
    "content/people/ada.md",
    "content/authors/desk.md",
    "content/notes/2026-02-03-p8.md",
    "content/series/deep.md",
];

fn random() -> impl Strategy<Value = Vec<Random>> {
    let keys = prop::sample::subsequence(
        vec![
            "topics: [Sea, tariffs]\n",
            "tags: [ports, Ships]\n",
            "authors: [Desk, Ada]\n",
            "series: Deep\n",
            "summary: About it\n",
            "updated: 2026-03-01\n",
            "synonyms: [Ocean]\nnames: [Lovelace]\n",
            "noindex: true\n",
            "weight: 3\n",
        ],
        0..6,
    );
    let hiding = prop::sample::select(vec![
        None,
        None,
        Some("draft: true\n"),
        Some("status: review\n"),
        Some("permalink: false\n"),
        Some("marking: restricted\n"),
        Some("publish_at: 2026-12-01T00:00:00Z\n"),
        Some("expires: 2026-02-02\n"),
    ]);
    let links = prop::collection::vec(0..PLACES.len(), 0..4);
    let cites = prop::collection::vec(0..SOURCES, 0..3);
    let page = (keys, hiding, links, cites).prop_map(|(keys, hiding, links, cites)| Random { keys, hiding, links, cites });
    prop::collection::vec(page, PLACES.len())
}

fn text(number: usize, page: &Random) -> String {
    let mut text = format!("---\ntitle: Page {number}\n");
    if !PLACES[number].contains("2026-02-03") {
        text.push_str("date: 2026-02-01\n");
    }
    text.extend(page.keys.iter().copied());
    // Names that only a hidden page may claim would clash among public ones.
    if page.hiding.is_some() {
        text.push_str(&format!("aliases: [/old-{number}/]\nid: PB-{number}\n"));
    }
    text.push_str(page.hiding.unwrap_or_default());
    text.push_str("---\n\nAda met Lovelace at sea.\n\n");
    text.extend(page.links.iter().map(|to| format!("To [words](@/{}).\n", PLACES[*to].trim_start_matches("content/"))));
    text.extend(page.cites.iter().map(|source| format!("\nThe report says so [@secret{source}, p. {number}].\n")));
    text
}

/// How many sources the register of a random site has.
const SOURCES: usize = 6;

/// The register with the sources that these pages cite.
fn register<'a>(pages: impl Iterator<Item = &'a Random> + Clone) -> String {
    let is_cited = |source: &usize| pages.clone().any(|page| page.cites.contains(source));
    let entry = |source| {
        format!(
            "@report{{secret{source},\n  author = {{{{Body {source}}}}},\n  title = {{Source number {source}}},\n  date = {{2025-0{0}}},\n  \
             url = {{https://example.org/source-{source}}}\n}}\n",
            source + 1
        )
    };
    (0..SOURCES).filter(is_cited).map(entry).collect()
}

const REGISTER: &str = "content/_data/sources.bib";

/// What a section of a random site says; nothing, if it has no page.
const SECTIONS: [(&str, &str); 5] = [
    ("content/briefings", "/briefings/"),
    ("content/briefings/deep", "/briefings/deep/"),
    ("content/briefings/deep/er", "/briefings/deep/er/"),
    ("content/notes", "/notes/"),
    ("content/people", "/people/"),
];

const STATES: [Option<&str>; 9] = [
    None,
    Some(""),
    Some("draft: true\n"),
    Some("status: review\n"),
    Some("marking: official\n"),
    Some("marking: official\ncascade: {marking: restricted}\n"),
    Some("publish_at: 2026-12-01T00:00:00Z\n"),
    Some("expires: 2026-02-02\n"),
    Some("expires: 2027-02-02\npublish_at: 2026-01-01\n"),
];

/// Whether a section of that state keeps what is below it from readers.
fn hides(state: usize) -> bool {
    (2..8).contains(&state)
}

/// The site of those pages with sections of these states, with or without the folders of those that are hidden.
fn built_in_sections(pages: &[Random], states: &[usize], with_hidden: bool) -> Result<Files, Vec<Diagnostic>> {
    let is_below = |path: &str, folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    let is_kept =
        |path: &str| with_hidden || !SECTIONS.iter().zip(states).any(|((folder, _), state)| hides(*state) && is_below(path, folder));
    let mut sources = Sources::in_memory(noon(), SETTINGS, &[]);
    for ((folder, _), state) in SECTIONS.iter().zip(states) {
        let path = format!("{folder}/_index.md");
        if let Some(keys) = STATES[*state].filter(|_| is_kept(&path)) {
            sources.set(&path, &format!("---\ntitle: The section {folder}\n{keys}---\n\nAbout it.\n"));
        }
    }
    let kept = pages.iter().enumerate().filter(|(number, _)| is_kept(PLACES[*number]));
    sources.set(REGISTER, &register(kept.clone().map(|(_, page)| page)));
    for (number, page) in kept {
        sources.set(PLACES[number], &text(number, page));
    }
    pipeline::render_all(&sources, &mut Cache::default(), &BuildOptions::default())
}

/// The site of those pages that are kept.
fn built(pages: &[Random], keep: impl Fn(&Random) -> bool) -> Result<Files, Vec<Diagnostic>> {
    let mut sources = Sources::in_memory(noon(), SETTINGS, &[]);
    let kept = pages.iter().enumerate().filter(|(_, page)| keep(page));
    sources.set(REGISTER, &register(kept.clone().map(|(_, page)| page)));
    for (number, page) in kept {
        sources.set(PLACES[number], &text(number, page));
    }
    pipeline::render_all(&sources, &mut Cache::default(), &BuildOptions::default())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_site_with_hidden_pages_is_the_site_without_them(pages in random()) {
        let with = built(&pages, |_| true);
        let without = built(&pages, |page| page.hiding.is_none());
        match (with, without) {
            (Ok(with), Ok(without)) => {
                prop_assert_eq!(with.keys().collect::<Vec<_>>(), without.keys().collect::<Vec<_>>());
                for (path, bytes) in &without {
                    prop_assert_eq!(String::from_utf8_lossy(&with[path]), String::from_utf8_lossy(bytes), "{}", path);
                }
            }
            (with, without) => prop_assert!(with.is_err() && without.is_err(), "{:?} {:?}", with.err(), without.err()),
        }
    }
    #[test]
    fn a_site_with_hidden_sections_is_the_site_without_their_folders(
        pages in random(),
        states in prop::collection::vec(0..STATES.len(), SECTIONS.len()),
    ) {
        let with = built_in_sections(&pages, &states, true);
        let without = built_in_sections(&pages, &states, false);
        match (with, without) {
            (Ok(with), Ok(without)) => {
                prop_assert_eq!(with.keys().collect::<Vec<_>>(), without.keys().collect::<Vec<_>>());
                for (path, bytes) in &without {
                    prop_assert_eq!(String::from_utf8_lossy(&with[path]), String::from_utf8_lossy(bytes), "{}", path);
                }
                let hidden = SECTIONS.iter().zip(&states).filter(|(_, state)| hides(**state));
                for ((_, address), _) in hidden.filter(|((_, address), _)| *address != "/people/") {
                    prop_assert!(!with.keys().any(|path| format!("/{path}").starts_with(*address)), "{}", address);
                }
            }
            (with, without) => prop_assert!(with.is_err() && without.is_err(), "{:?} {:?}", with.err(), without.err()),
        }
    }
}
