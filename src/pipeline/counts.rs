//! How much work a clean and a warm build do, counted: growth is a failure.

use std::fmt::Write;
use std::path::Path;

use allocation_counter::measure;
use jiff::Timestamp;
use tempfile::TempDir;

use super::{BuildOptions, Cache, build};
use crate::output::{Folder, Mode};
use crate::sources::Sources;
use crate::testing::counters::{Work, work_of};

const PAGES: usize = 300;

/// What a build costs.
#[derive(Debug, PartialEq)]
struct Cost {
    allocations: u64,
    work: Work,
}

/// What a build costs as far as is known.
const CLEAN: Cost = Cost { allocations: 276_400, work: Work { hashed: 8_355_000, models: 12_150, renders: 546, words: 0, looks: 0 } };
/// The summary of a page is another one, which lists show.
const SUMMARY: Cost = Cost { allocations: 39_200, work: Work { hashed: 2_659_100, models: 12_150, renders: 25, words: 0, looks: 0 } };
/// A text is another one, which its own page shows.
const TEXT: Cost = Cost { allocations: 9_100, work: Work { hashed: 1_039_500, models: 32, renders: 5, words: 0, looks: 0 } };

/// Words that the audit reads at a clean build with six hidden pages, and after how many of them it looks closer.
const AUDITED: (u64, u64) = (712_500, 40_000);

/// A briefing with headings, links, notes, a table and terms.
fn briefing(number: usize, edit: &str) -> String {
    let mut text = format!(
        "---\ntitle: \"Briefing {number} on subject {}\"\ndate: 20{:02}-{:02}-{:02}\nauthors: [Desk {}]\ntopics: [Topic {}, Topic {}]\ntags: [tag {}]\n---\n\n",
        number % 97,
        10 + number % 15,
        1 + number % 12,
        1 + number % 28,
        number % 12,
        number % 10,
        number / 7 % 10,
        number % 60,
    );
    for part in 0..4 {
        let other = (number * 31 + part * 17 + 1) % PAGES;
        let _ = write!(
            text,
            "## Part {part} of the matter\n\nThe committee *reviewed* the figures of {}, as set out in [briefing {other}](b{other}.md)[^{part}]. {edit}\n\n[^{part}]: Annual report, page {number}.\n\n",
            2000 + number % 20
        );
    }
    text + "| Area | 2023 |\n|---|--:|\n| North | 1.2 |\n"
}

/// What one build into `output` costs, on one thread.
fn cost(sources: &Sources, cache: &mut Cache, place: &Path) -> Cost {
    let mut work = Work::default();
    let info = measure(|| {
        let folder = Folder::open(&place.join("state"), &place.join("public"), Mode::Update, &[]).expect("an empty folder");
        let (report, done) = work_of(|| build(sources, cache, &BuildOptions::default(), Some(folder), &|_, _| {}));
        assert!(report.expect("a folder that can be written").written.is_some(), "the site is sound");
        work = done;
    });
    Cost { allocations: info.count_total, work }
}

/// A clean build, one after the first paragraph of a page was edited, and one after its last was.
fn costs() -> [Cost; 3] {
    let pages: Vec<(String, String)> = (0..PAGES).map(|number| (format!("content/briefings/b{number}.md"), briefing(number, ""))).collect();
    let files: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let now: Timestamp = "2026-11-24T00:00:00Z".parse().expect("an instant");
    let mut sources = Sources::in_memory(now, "title = \"A\"\nbase_url = \"https://example.org/\"\n", &files);
    let place = TempDir::new().expect("a folder");
    let mut cache = Cache::default();
    let clean = cost(&sources, &mut cache, place.path());
    let edited = briefing(7, "Once more.");
    sources.set("content/briefings/b7.md", &edited);
    let summary = cost(&sources, &mut cache, place.path());
    sources.set("content/briefings/b7.md", &format!("{edited}\nAt the end.\n"));
    [clean, summary, cost(&sources, &mut cache, place.path())]
}

/// What the audit reads of a clean build and of one after an edit, where so many pages are hidden.
fn audited(hidden: usize) -> [Work; 2] {
    let page = |number: usize| (format!("content/briefings/b{number}.md"), briefing(number, ""));
    let draft = |number: usize| {
        let text = briefing(number, "Ships leave both harbours.").replacen("---\n", "---\ndraft: true\n", 1);
        (format!("content/drafts/d{number}.md"), text.replace("](b", "](../briefings/b").replace("Briefing", "A hidden plan"))
    };
    let pages: Vec<(String, String)> = (0..PAGES).map(page).chain((0..hidden).map(draft)).collect();
    let files: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let now: Timestamp = "2026-11-24T00:00:00Z".parse().expect("an instant");
    let mut sources = Sources::in_memory(now, "title = \"A\"\nbase_url = \"https://example.org/\"\n", &files);
    let place = TempDir::new().expect("a folder");
    let mut cache = Cache::default();
    let clean = cost(&sources, &mut cache, place.path());
    sources.set("content/briefings/b7.md", &briefing(7, "Once more."));
    [clean.work, cost(&sources, &mut cache, place.path()).work]
}

#[test]
fn the_audit_reads_what_is_made_once_and_looks_closer_at_little_of_it() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let (none, few, many) = pool.install(|| (audited(0), audited(6), audited(60)));
    assert_eq!(none.map(|work| (work.words, work.looks)), [(0, 0); 2], "where nothing is hidden nothing is read");
    let [clean, edit] = few;
    assert!(edit.words * 10 < clean.words, "files that are kept are not read again: {edit:?}, {clean:?}");
    assert!(clean.words <= AUDITED.0 + AUDITED.0 / 50, "{} words are read, before {}", clean.words, AUDITED.0);
    assert!(clean.looks <= AUDITED.1 + AUDITED.1 / 50, "{} looks, before {}", clean.looks, AUDITED.1);
    assert_eq!(many[0].words, clean.words, "what is read does not grow with what is hidden");
}

#[test]
fn the_work_of_a_build_does_not_grow() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let [clean, summary, text] = pool.install(costs);
    for (what, found, known) in [
        ("a clean build", clean, CLEAN),
        ("a build after one edit", summary, SUMMARY),
        ("a build after an edit that lists do not show", text, TEXT),
    ] {
        let pairs = [
            ("allocations", found.allocations, known.allocations),
            ("bytes hashed", found.work.hashed, known.work.hashed),
            ("models", found.work.models, known.work.models),
            ("renders", found.work.renders, known.work.renders),
        ];
        for (count, now, before) in pairs {
            assert!(now <= before + before / 50, "{what} has {now} {count}, before {before}: work has grown");
        }
    }
}
