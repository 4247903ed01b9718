//! A site as it stood: built as of an instant that has passed, although later pages are linked to, without a trace of what was still to come.

use std::path::Path;
use std::sync::OnceLock;

use chancery::gate::Hidden;
use chancery::pipeline::{self, BuildOptions, Cache, Files, Plan};
use chancery::sources::{Known, Sources};
use jiff::Timestamp;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::place::{Place, project};

fn instant(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// The demonstration site, read once.
fn demonstration(now: Timestamp) -> Sources {
    static READ: OnceLock<Sources> = OnceLock::new();
    let read = || Sources::scan(&project("."), None, now, &Known::default()).expect("the site can be read");
    let mut sources = READ.get_or_init(read).clone();
    sources.now = now;
    sources
}

/// As of an instant, seen from the end of the last year of the test.
fn looking_back() -> BuildOptions {
    BuildOptions { present: Some(instant("2029-01-01T00:00:00Z")), ..BuildOptions::default() }
}

fn rendered(now: Timestamp, cache: &mut Cache) -> Files {
    let files = pipeline::render_all(&demonstration(now), cache, &looking_back());
    files.unwrap_or_else(|problems| panic!("as of {now}: {problems:#?}"))
}

fn planned(now: Timestamp, cache: &mut Cache) -> Plan {
    pipeline::plan(&demonstration(now), cache, &looking_back())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace('’', "'").replace("&amp;", "&").replace("&#x27;", "'")
}

/// What the sources of a site say that readers have.
fn said(plan: &Plan, sources: &Sources) -> String {
    let is_hidden = |path: &str| plan.hidden.iter().any(|page| *page.path == *path);
    let texts = sources.files.iter().filter(|source| !is_hidden(&source.path)).map(|source| sources.text(&source.path));
    text(texts.map(|text| text.to_string()).collect::<Vec<_>>().join("\n").as_bytes())
}

/// What would give a page away that was still to come, unless a page of then says it itself: its address, its number and its title.
fn traces(page: &Hidden) -> Vec<String> {
    let titles = Some(text(page.title.as_bytes())).filter(|title| title.split(' ').count() > 1);
    titles.into_iter().chain(page.id.clone()).chain([page.route.to_string()]).chain(page.aliases.iter().cloned()).collect()
}

/// The banner of every page without the day that it names.
fn without_day(files: &Files) -> Vec<(String, Vec<u8>)> {
    let bare = |bytes: &Vec<u8>| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let Some((before, rest)) = text.split_once("The site as it stood on ") else { return bytes.clone() };
        let behind = rest.split_once("</strong>").map_or("", |(_, behind)| behind);
        [before, behind].concat().into_bytes()
    };
    files.iter().map(|(path, bytes)| (path.to_string(), bare(bytes))).collect()
}

fn config() -> ProptestConfig {
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 3;
    }
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(16);
    }
    config
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_demonstration_site_builds_as_of_any_instant_and_keeps_silent_about_what_was_to_come(
        seconds in prop::collection::vec(1_704_067_200i64..1_861_920_000, 2)
    ) {
        let mut warm = Cache::default();
        for now in seconds.into_iter().map(|second| Timestamp::from_second(second).expect("an instant")) {
            let plan = planned(now, &mut warm);
            let files = rendered(now, &mut warm);
            prop_assert!(files == rendered(now, &mut Cache::default()), "warm and cold differ as of {}", now);
            let public = said(&plan, &demonstration(now));
            let later = plan.hidden.iter().filter(|page| page.is_later).flat_map(traces).filter(|trace| !public.contains(trace));
            let later: Vec<String> = later.collect();
            for (path, bytes) in &files {
                let shown = text(bytes);
                let found: Vec<_> = later.iter().filter(|trace| shown.contains(trace.as_str())).collect();
                prop_assert!(found.is_empty(), "{} gives away {:?} as of {}", path, found, now);
            }
            let Some(due) = plan.next_change else { continue };
            let before = due.checked_sub(jiff::SignedDuration::from_nanos(1)).expect("an instant");
            let before = rendered(before, &mut warm);
            prop_assert!(without_day(&files) == without_day(&before), "something changed between {} and {}", now, due);
            prop_assert!(without_day(&files) != without_day(&rendered(due, &mut warm)), "nothing changed at {}", due);
        }
    }
}

/// A site of which a page and a topic came later.
fn site() -> Place {
    let place = Place::new(&[
        (
            "site.toml",
            "title = \"Site\"\nbase_url = \"https://example.org/\"\n[topics]\ncontrolled = true\n[theme]\nmenu = [{ title = \"Old\", url = \"/old/\" }, { title = \"Paper\", url = \"/later/paper/\" }, { title = \"Later things\", url = \"/later/\" }]\n[publish.web]\ntarget = \"directory\"\npath = \"web\"\n[publish.look]\ntarget = \"directory\"\npath = \"look\"\npreviews = true\n",
        ),
        ("content/_index.md", "---\ntitle: Home\n---\n\nSee [old](old.md).\n"),
        (
            "content/old.md",
            "---\ntitle: Old\nsummary: An old page.\ndate: 2025-01-01\nupdated: 2025-09-01\nid: PB-1\nsuperseded_by: PB-2\nstatus: superseded\ntopics: [ships]\nimage: later/paper/map.svg\nlast_reviewed_on: 2025-09-01\nreview_in: 6 months\n---\n\nRead [the paper](later/paper/index.md#part), [its map](later/paper/map.svg), [the list](/later/), [a year](/archive/2025/) and <a href=\"/later/paper/\">more</a>. [[PB-2]]\n",
        ),
        (
            "content/later/paper/index.md",
            "---\ntitle: The paper that came later\nsummary: New.\ndate: 2025-06-01\nid: PB-2\n---\n\n## Part\n\nText.\n",
        ),
        ("content/later/paper/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("content/topics/ships.md", "---\ntitle: Ships\ndate: 2025-06-01\nfeatured: [PB-2]\n---\n"),
        ("content/topics/sea.md", "---\ntitle: Sea\nfeatured: [PB-2]\nbroader: [ships]\n---\n\nThe sea.\n"),
        (
            "content/wrong.md",
            "---\ntitle: Wrong\nsummary: Wrong.\ndate: 2025-02-01\nwithdrawn: {date: 2025-08-01, reason: It was wrong.}\n---\n\nText.\n",
        ),
    ]);
    std::fs::create_dir_all(place.path("web")).expect("a folder");
    place
}

/// The program with a clock of its own: after all that the site tells of.
fn run(place: &Place, args: &[&str]) -> crate::place::Run {
    run_at("2026-01-01T00:00:00Z", place, args)
}

fn run_at(clock: &str, place: &Place, args: &[&str]) -> crate::place::Run {
    let mut command = place.command(args);
    command.env("SOURCE_DATE_EPOCH", instant(clock).as_second().to_string());
    crate::place::Run::new(command.output().expect("the program starts"))
}

#[test]
fn links_to_what_was_to_come_are_words_and_every_page_says_of_when_it_is() {
    let place = site();
    let built = run(&place, &["build", "--strict", "--now", "2025-03-01"]).fine();
    assert!(built.out.contains("next change due 2025-06-01 00:00 UTC; this is the site as it stood, not for publishing"), "{}", built.out);
    let old = place.read("public/old/index.html");
    assert!(old.contains("Read the paper, its map, the list, <a href=\"/archive/2025/\">a year</a> and <a>more</a>. […]"), "{old}");
    assert!(old.contains("The site as it stood on <time datetime=\"2025-03-01\">1 March 2025</time>."), "{old}");
    for (path, bytes) in place.output() {
        let text = String::from_utf8_lossy(&bytes);
        for trace in ["/later/", "PB-2", "came later\"", "map.svg", "uperseded by", "2025-09-01", "It was wrong", "Later things"] {
            assert!(!text.contains(trace) || path.ends_with(".css"), "{path}: {trace}");
        }
        assert_eq!(path.ends_with(".html"), text.contains("content=\"noindex") && path.ends_with(".html"), "{path}");
    }
    assert_eq!(place.read("public/robots.txt"), "User-agent: *\nDisallow: /\n");
    let with_time = run(&place, &["build", "--now", "2025-03-01T14:30"]).fine();
    assert!(with_time.out.contains(" written"), "{}", with_time.out);
    assert!(place.read("public/old/index.html").contains("1 March 2025</time>, 14:30.</strong>"));
}

#[test]
fn what_has_come_is_told_and_a_site_that_stands_as_it_stood_says_nothing() {
    let place = site();
    run(&place, &["build", "--now", "2025-08-15"]).fine();
    let (old, wrong) = (place.read("public/old/index.html"), place.read("public/wrong/index.html"));
    assert!(old.contains("href=\"/later/paper/#part\"") && old.contains("data-state=\"superseded\"") && wrong.contains("It was wrong"));
    assert!(old.contains("as it stood on"), "it was updated later");
    let of_now = run(&place, &["build", "--now", "2025-12-01"]).fine();
    assert!(!of_now.out.contains("as it stood"), "{}", of_now.out);
    assert!(!place.read("public/old/index.html").contains("as it stood on"), "nothing has changed since");
    let cold = place.output();
    run(&place, &["build", "--force", "--now", "2025-12-01"]).fine();
    assert_eq!(cold, place.output());
}

#[test]
fn what_is_wrong_now_was_wrong_then() {
    let place = site();
    place.write("content/plan.md", "---\ntitle: A plan\nstatus: draft\n---\n");
    place.write("content/coming.md", "---\ntitle: Coming\npublish_at: 2027-01-01\n---\n");
    place.write(
        "content/new.md",
        "---\ntitle: New\nsummary: New.\ndate: 2025-01-01\n---\n\n[a](plan.md) [b](gone.md) [c](old.md#nowhere) [d](coming.md)\n\n[e](later/paper/index.md#nowhere)\n",
    );
    let errors = run(&place, &["check", "--now", "2025-03-01"]).ends_with(1);
    let told: String = [errors.out, errors.err].concat();
    for at in [":7:1", ":7:14", ":7:27", ":7:47", ":9:1"] {
        assert!(told.contains(&format!("content/new.md{at}")), "{at}: {told}");
    }
    assert!(told.contains("5 errors") && told.contains("`content/later/paper/index.md` has no place called `#nowhere`"), "{told}");
}

#[test]
fn a_site_as_it_stood_can_be_listed_and_is_none_for_readers() {
    let place = site();
    let list = run(&place, &["list", "public", "--now", "2025-03-01", "--columns", "path,state"]).fine();
    assert!(list.out.contains("content/old.md") && list.out.contains("published") && !list.out.contains("superseded"), "{}", list.out);
    run(&place, &["publish", "web", "--now", "2025-03-01", "--yes"]).ends_with(2).says(&["`--now` makes a preview"]);
    run(&place, &["build", "--now", "2025-03-01"]).fine();
    run(&place, &["publish", "web", "--no-build", "--yes"]).ends_with(2);
    let of_demonstration = Place::copy_of(".");
    let built = run_at(crate::place::NOW, &of_demonstration, &["build", "--now", "2025-10-01"]).fine();
    assert!(!built.err.contains("error") && !built.err.contains("warning"), "{}", built.err);
    assert!(Path::new(&of_demonstration.path("public/index.html")).exists());
}
