//! The index read back by the rules of `docs/search-index.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::pipeline::{self, BuildOptions, Cache};
use crate::sources::Sources;

/// The pages and the index of a site.
struct Indexed {
    site: Arc<Site>,
    files: Vec<File>,
}

/// A word as a reader of the index sees it: its forms, and for each page its weight and places.
#[derive(Debug, Default, PartialEq)]
struct Read {
    forms: Vec<String>,
    pages: BTreeMap<u32, (u32, Vec<u32>)>,
    count: usize,
}

impl Indexed {
    fn new(settings: &str, files: &[(&str, &str)]) -> Indexed {
        let sources = Sources::in_memory(Timestamp::UNIX_EPOCH, settings, files);
        let site = pipeline::plan(&sources, &mut Cache::default(), &BuildOptions::default()).site;
        let files = Words::default().files(&site);
        Indexed { site, files }
    }

    /// A site of pages with these titles and texts.
    fn from_texts(texts: &[(&str, &str)]) -> Indexed {
        let files: Vec<(String, String)> = texts
            .iter()
            .enumerate()
            .map(|(at, (title, text))| {
                (format!("content/p{at:04}.md"), format!("---\ntitle: {}\ndate: 1969-01-01\n---\n\n{text}\n", Value::from(*title)))
            })
            .collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
        Indexed::new("", &files)
    }

    fn text(&self, path: &str) -> &str {
        let file = self.files.iter().find(|file| &*file.path == path).unwrap_or_else(|| panic!("there is no {path}"));
        std::str::from_utf8(&file.bytes).expect("text")
    }

    fn directory(&self) -> Value {
        serde_json::from_str(self.text("search/index.json")).expect("JSON")
    }

    fn piece(&self, name: &str) -> &str {
        self.text(&format!("search/index/{name}.txt"))
    }

    /// The line of a key, found through the directory as a script does.
    fn line(&self, list: &str, key: &str) -> Option<Vec<&str>> {
        let list = &self.directory()[list];
        let first: Vec<&str> = list["first"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        let at = first.iter().rposition(|first| first.encode_utf16().le(key.encode_utf16()))?;
        let name = &list["files"].as_str().expect("names")[12 * at..12 * at + 12];
        let line = self.piece(name).lines().find(|line| line.split('\t').next() == Some(key))?;
        Some(line.split('\t').collect())
    }

    /// What the index says of a stem.
    fn stem(&self, stem: &str) -> Option<Read> {
        let line = self.line("words", stem)?;
        let mut read =
            Read { forms: line[1].split(' ').map(str::to_string).collect(), count: line[2].parse().expect("a number"), ..Read::default() };
        let mut numbers = numbers(line[3].strip_prefix('~').unwrap_or(line[3]));
        while let Some(weight) = numbers.next() {
            let mut next = || numbers.next().expect("a number");
            let mut page = 0;
            for _ in 0..next() {
                page += next();
                let mut place = 0;
                let places = (0..next())
                    .map(|_| {
                        place += next();
                        place
                    })
                    .collect();
                read.pages.insert(page, (weight, places));
            }
        }
        Some(read)
    }

    /// The stems of a form.
    fn stems(&self, form: &str) -> Vec<String> {
        let Some(line) = self.line("forms", form) else { return Vec::new() };
        line.get(2).map_or_else(|| vec![form.to_string()], |stems| stems.split(' ').map(str::to_string).collect())
    }

    /// The numbers of the pages that a word finds.
    fn found(&self, form: &str) -> BTreeSet<u32> {
        self.stems(form).iter().filter_map(|stem| self.stem(stem)).flat_map(|read| read.pages.into_keys()).collect()
    }

    /// The titles of the pages that a word finds.
    fn titles(&self, form: &str) -> Vec<&str> {
        let blocks = Blocks::new(&self.site);
        let found = self.found(form);
        let pages = (0..self.site.facts.len() as PageId).filter(|page| found.contains(&blocks.number(*page)));
        pages.map(|page| &*self.site.page(page).title).collect()
    }
}

/// Quantities of five bits a letter.
fn numbers(text: &str) -> impl Iterator<Item = u32> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut letters = text.chars().map(|letter| LETTERS.find(letter).expect("a letter of base 64") as u32);
    std::iter::from_fn(move || {
        let (mut number, mut shift) = (0, 0);
        loop {
            let letter = letters.next()?;
            number |= (letter & 31) << shift;
            shift += 5;
            if letter < 32 {
                return Some(number);
            }
        }
    })
}

#[test]
fn all_forms_of_a_stem_find_all_its_pages() {
    let indexed = Indexed::from_texts(&[("One", "It governs."), ("Two", "Good government."), ("Three", "Nothing.")]);
    for form in ["governs", "government"] {
        assert_eq!(indexed.titles(form), ["One", "Two"]);
    }
    assert_eq!(indexed.stem("govern").expect("a stem").forms, ["government", "governs"]);
    assert_eq!(indexed.titles("govern"), [""; 0], "no page has this form");
}

#[test]
fn titles_names_summaries_key_points_headings_and_paragraphs_are_searched_and_weigh_in_this_order() {
    let page = "---\ntitle: Alpha\nid: PB-7\nnames: [Beta]\nsummary: Gamma\nkey_points: [Delta]\n---\n\n## Epsilon\n\nZeta.\n";
    let indexed = Indexed::new("", &[("content/people/x.md", page)]);
    let weight = |word: &str| indexed.stem(word).unwrap_or_else(|| panic!("{word} is found")).pages.values().next().expect("a page").0;
    let weights = ["alpha", "pb-7", "beta", "gamma", "delta", "epsilon", "zeta"].map(weight);
    assert!(weights.is_sorted_by(|one, next| one >= next) && weights[1] > weights[2] && weights[2] > weights[3], "{weights:?}");
    assert!(weights[4] > weights[5] && weights[5] > weights[6], "{weights:?}");
}

#[test]
fn texts_begin_at_multiples_of_64_so_that_an_edit_moves_few_places() {
    let indexed = Indexed::from_texts(&[("A b c", "One two.\n\nThree four.")]);
    let places = |word: &str| indexed.stem(word).expect("a word").pages.into_values().next().expect("a page").1;
    assert_eq!(["b", "one", "two", "three"].map(places), [vec![1], vec![64], vec![65], vec![128]]);
}

#[test]
fn an_edit_of_one_page_changes_few_pieces() {
    let texts: Vec<String> = (0..3000).map(|at| format!("word{} term{} name{} all", at, at % 700, at % 1300)).collect();
    let pages = |texts: &[String]| {
        let pages: Vec<(&str, &str)> = texts.iter().map(|text| ("Title", &**text)).collect();
        Indexed::from_texts(&pages).files
    };
    let before = pages(&texts);
    let mut texts = texts;
    texts[1500].push_str(" new");
    let after = pages(&texts);
    let new: Vec<&str> = after.iter().filter(|file| !before.contains(file)).map(|file| &*file.path).collect();
    assert!(after.len() > 12 && (2..=6).contains(&new.len()), "{} of {}: {new:?}", new.len(), after.len());
}

#[test]
fn a_word_on_more_than_a_fifth_of_many_pages_keeps_the_500_it_weighs_most_on_and_of_these_the_newest() {
    let page = |at: usize| {
        let title = if at < 100 { format!("Common {at}") } else { format!("P{at}") };
        (format!("content/p{at}.md"), format!("---\ntitle: {title}\ndate: {}\n---\n\nCommon.\n", at_day(at)))
    };
    let pages: Vec<(String, String)> = (0..700).map(page).collect();
    let pages: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (&**path, &**text)).collect();
    let indexed = Indexed::new("", &pages);
    assert!(indexed.line("words", "common").expect("a line")[3].starts_with('~'));
    let read = indexed.stem("common").expect("a word");
    assert_eq!(read.count, 700);
    let kept: BTreeSet<u32> =
        read.pages.into_iter().inspect(|(_, (_, places))| assert!(!places.is_empty())).map(|(page, _)| page).collect();
    let blocks = Blocks::new(&indexed.site);
    let number = |title: String| {
        let page = indexed.site.facts.iter().position(|fact| *fact.title == *title).expect("a page");
        blocks.number(page as PageId)
    };
    let heavy = (0..100).map(|at| number(format!("Common {at}")));
    assert_eq!(kept, heavy.chain((300..700).map(|at| number(format!("P{at}")))).collect());
}

#[test]
fn a_topic_is_found_by_its_synonyms() {
    let indexed =
        Indexed::new("", &[("content/topics/resilience.md", "---\ntitle: Resilience\nsynonyms: [civil preparedness]\n---\n\nText.\n")]);
    assert_eq!(indexed.titles("preparedness"), ["Resilience"]);
}

#[test]
fn the_title_that_a_link_without_words_shows_is_found_on_its_page() {
    let indexed = Indexed::new(
        "",
        &[("content/a.md", "---\ntitle: A\n---\n\nIt sits in [[b]].\n"), ("content/b.md", "---\ntitle: Wiesbaden\n---\n")],
    );
    assert_eq!(indexed.titles("wiesbaden"), ["A", "Wiesbaden"]);
}

fn at_day(at: usize) -> jiff::civil::Date {
    jiff::civil::date(1960, 1, 1).checked_add(jiff::Span::new().days(at as i64)).expect("a day")
}

#[test]
fn filters_name_their_pages() {
    let page = "---\ntitle: X\ndate: 1969-05-01\ntopics: [Defence spending]\nauthors: [Desk]\ntype: Fact sheet\n---\n";
    let indexed = Indexed::new("", &[("content/x.md", page), ("content/y.md", "---\ntitle: Y\n---\n")]);
    for key in ["topic:defence-spending", "author:desk", "type:fact sheet", "year:1969"] {
        let line = indexed.line("words", key).unwrap_or_else(|| panic!("{key} is a filter"));
        assert_eq!((line[1], line[2]), ("", "1"), "{key}");
    }
    let filters: Value = serde_json::from_str(indexed.piece(indexed.directory()["filters"].as_str().expect("a name"))).expect("JSON");
    assert_eq!(filters["topic"], serde_json::json!([["defence-spending", "Defence spending", 1]]));
    assert_eq!(filters["status"], serde_json::json!([["published", "published", 2]]));
}

#[test]
fn filters_count_pages_that_are_superseded_under_their_status_only() {
    let old = "---\ntitle: Old\ndate: 1969-01-01\ntopics: [Trade]\nstatus: superseded\n---\n";
    let new = "---\ntitle: New\ndate: 1969-02-01\ntopics: [Trade]\nsupersedes: old\n---\n";
    let indexed = Indexed::new("", &[("content/old.md", old), ("content/new.md", new)]);
    let filters: Value = serde_json::from_str(indexed.piece(indexed.directory()["filters"].as_str().expect("a name"))).expect("JSON");
    assert_eq!(filters["topic"], serde_json::json!([["trade", "Trade", 1]]));
    assert_eq!(filters["status"], serde_json::json!([["published", "published", 1], ["superseded", "superseded", 1]]));
    assert_eq!(indexed.line("words", "topic:trade").expect("a line")[2], "2", "it can be asked for");
}

#[test]
fn the_table_tells_age_and_state_by_number() {
    let pages = [
        ("content/a.md", "---\ntitle: A\ndate: 1969-05-01\n---\n"),
        ("content/b.md", "---\ntitle: B\ndate: 1966-05-01\nstatus: withdrawn\nwithdrawn_reason: wrong\n---\n"),
        ("content/c.md", "---\ntitle: C\nnoindex: true\n---\n"),
        ("content/d.md", "---\ntitle: D\nstatus: archived\n---\n"),
    ];
    let indexed = Indexed::new("", &pages);
    let table = indexed.piece(indexed.directory()["table"].as_str().expect("a name"));
    let blocks = Blocks::new(&indexed.site);
    let codes: Vec<u8> = (0..4).map(|page| table.as_bytes().get(blocks.number(page) as usize).map_or(0, |letter| letter - b'0')).collect();
    assert_eq!(codes, [1, 1 + 3 * 3 + 2, 0, 1 + 3 * 2 + 1]);
}

#[test]
fn settings_and_pages_say_what_is_searched() {
    let pages = [
        ("content/a.md", "---\ntitle: Alpha\n---\n\nSecret.\n"),
        ("content/b.md", "---\ntitle: Beta\nnoindex: true\n---\n"),
        ("content/legal/c.md", "---\ntitle: Gamma\n---\n"),
    ];
    let indexed = Indexed::new("[search]\nfull_text = false\nexclude = [\"/legal/\"]\n", &pages);
    let is_found = |word: &str| !indexed.found(word).is_empty();
    assert_eq!(["alpha", "secret", "beta", "gamma"].map(is_found), [true, false, false, false]);
    assert_eq!(Indexed::new("search.enabled = false\n", &pages).files, []);
}

#[test]
fn every_language_has_an_index_of_its_own() {
    let pages = [("content/a.md", "---\ntitle: Nations\n---\n"), ("content/a.fr.md", "---\ntitle: Traités\n---\n")];
    let indexed = Indexed::new("languages = [\"fr\"]\n", &pages);
    let directory: Value = serde_json::from_str(indexed.text("fr/search/index.json")).expect("JSON");
    assert_eq!((directory["lang"].as_str(), directory["pages"].as_u64()), (Some("fr"), Some(1)));
    let words = indexed.text(&format!("fr/search/index/{}.txt", directory["words"]["files"].as_str().expect("a name")));
    assert!(words.contains("trait\ttraites\t1\t") && !words.contains("nation"));
}

/// Words that come again, in several scripts.
fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "govern",
        "Governments",
        "governing",
        "treaty",
        "F-35",
        "PB-2026-004",
        "2 %",
        "1,000",
        "Élysée",
        "straße",
        "l’accord",
        "安全保障",
        "ガイド",
        "договор",
        "договоры",
        "المعاهدة",
        "\u{10400}x",
        "\u{ff21}\u{ff22}",
        "a/b/7",
        "x",
        "…",
        "\u{301}",
        "हिन्दी",
    ]);
    prop::collection::vec(word, 0..30).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// The postings that are read back are those of reading each text again; so each word of each page finds it.
    #[test]
    fn the_index_read_back_says_what_went_in(texts in prop::collection::vec((text(), text()), 1..8)) {
        let pages: Vec<(String, &str)> = texts.iter().map(|(title, text)| (format!("T {title}"), &**text)).collect();
        let pages: Vec<(&str, &str)> = pages.iter().map(|(title, text)| (&**title, *text)).collect();
        let indexed = Indexed::from_texts(&pages);
        let blocks = Blocks::new(&indexed.site);
        let mut expected: BTreeMap<String, BTreeMap<u32, Vec<u32>>> = BTreeMap::new();
        let mut forms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut lexicon = words::Lexicon::default();
        let language = lexicon.language("en");
        for (page, fact) in indexed.site.facts.iter().enumerate() {
            let number = blocks.number(page as PageId);
            let prose = indexed.site.bodies[page].prose();
            let mut base = 0;
            for text in std::iter::once(&*fact.title).chain(prose.iter().map(|(_, text)| text)) {
                let (mut words, mut joined) = (Vec::new(), Vec::new());
                lexicon.read(language, text, &mut words, |word, place| joined.push((word, base + place)));
                let found: Vec<(u32, u32)> = words.iter().copied().zip(base..).chain(joined).collect();
                base = ((base + words.len() as u32) / 64 + 1) * 64;
                for (word, place) in found {
                    let (stem, form) = (lexicon.vocabulary.stem(word).to_string(), lexicon.vocabulary.form(word).to_string());
                    expected.entry(stem.clone()).or_default().entry(number).or_default().push(place);
                    prop_assert!(indexed.found(&form).contains(&number), "{} finds page {}", form, number);
                    forms.entry(stem).or_default().insert(form);
                }
            }
        }
        for (stem, pages) in &expected {
            let read = indexed.stem(stem).expect("the stem is there");
            let places: BTreeMap<u32, Vec<u32>> = read.pages.iter().map(|(page, (_, places))| (*page, places.clone())).collect();
            prop_assert_eq!(&places, pages, "{}", stem);
            prop_assert_eq!(read.count, pages.len());
            prop_assert_eq!(read.forms.into_iter().collect::<BTreeSet<_>>(), forms[stem].clone());
        }
        let directory = indexed.directory();
        let names = directory["words"]["files"].as_str().expect("names");
        let lines: usize = (0..names.len() / 12).map(|at| indexed.piece(&names[12 * at..12 * at + 12]).lines().filter(|line| !line.contains("\t\t")).count()).sum();
        prop_assert_eq!(lines, expected.len(), "there is nothing else");
    }

}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever was read and written before, the index is that of the pages that there are.
    #[test]
    fn what_is_remembered_changes_nothing(
        first in prop::collection::btree_map(0..6u8, text(), 3..6),
        edits in prop::collection::vec((0..6u8, prop::option::weighted(0.8, text())), 1..6),
    ) {
        let mut pages = first.clone();
        let mut words = Words::default();
        words.files(&site_of(&pages));
        for (page, text) in &edits {
            match text {
                Some(text) => pages.insert(*page, text.clone()),
                None => pages.remove(page),
            };
            let site = site_of(&pages);
            prop_assert_eq!(words.files(&site), Words::default().files(&site), "{:?} and then {:?}", first, edits);
        }
    }
}

/// A site of pages with these numbers and texts.
fn site_of(texts: &BTreeMap<u8, String>) -> Arc<Site> {
    let page = |(page, text): (&u8, &String)| {
        let day = at_day(usize::from(*page) % 4);
        (format!("content/p{page}.md"), format!("---\ntitle: Page {page}\ndate: {day}\n---\n\n{text}\n"))
    };
    let files: Vec<(String, String)> = texts.iter().map(page).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    let sources = Sources::in_memory(Timestamp::UNIX_EPOCH, "", &files);
    pipeline::plan(&sources, &mut Cache::default(), &BuildOptions::default()).site
}

#[test]
fn a_summary_that_names_a_source_is_searched_by_what_the_register_says_now() {
    let register = |name: &str| format!("@book{{a, author = {{{name}, Ann}}, title = {{T}}, date = {{2020}}}}\n");
    let page = "---\ntitle: A\nsummary: '@a says so.'\n---\n\nText.\n";
    let files = [("content/a.md", page), ("content/_data/sources.bib", &register("Aardvark"))];
    let mut sources = Sources::in_memory(Timestamp::UNIX_EPOCH, "[citations]\nstyle = \"apa\"\n", &files);
    let mut cache = Cache::new(crate::memo::Verify::On);
    let texts = |cache: &mut Cache, sources: &Sources| {
        let plan = pipeline::plan(sources, cache, &BuildOptions::default());
        plan.view.search.iter().flat_map(|file| file.bytes.to_vec()).collect::<Vec<u8>>()
    };
    let has = |bytes: &[u8], word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
    let before = texts(&mut cache, &sources);
    assert!(has(&before, "aardvark") && !has(&before, "zebra"));
    sources.set("content/_data/sources.bib", &register("Zebra"));
    let after = texts(&mut cache, &sources);
    assert!(has(&after, "zebra") && !has(&after, "aardvark"));
}
