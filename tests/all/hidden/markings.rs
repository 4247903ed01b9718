//! Markings: what only some may read is nowhere in an output for others, whatever carries the marking, and stands on all that is shown of it.

use chancery::gate::Clearance;

use super::*;

/// What a build writes for whoever is cleared for these markings.
fn cleared(words: &[&str], files: &[(&str, &str)]) -> Files {
    let sources = Sources::in_memory(noon(), SETTINGS, files);
    let clearance = Clearance::Only(words.iter().map(ToString::to_string).collect());
    let options = BuildOptions { show: Show { clearance, ..Show::default() }, ..BuildOptions::default() };
    pipeline::render_all(&sources, &mut Cache::default(), &options).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// Holds that an output for whoever is cleared for these words is that of a site without the pages.
#[track_caller]
fn is_absent(words: &[&str], hidden: &[(&str, &str)]) {
    let (with, without) = (cleared(words, &[PUBLIC, hidden].concat()), cleared(words, PUBLIC));
    assert_eq!(with.keys().collect::<Vec<_>>(), without.keys().collect::<Vec<_>>());
    for (path, bytes) in &without {
        assert_eq!(String::from_utf8_lossy(&with[path]), String::from_utf8_lossy(bytes), "{path}");
    }
}

#[test]
fn a_page_that_only_some_may_read_leaves_no_trace_for_others() {
    for marking in ["marking: official", "classification: Restricted", "Marking: OFFICIAL"] {
        is_absent(&[], &[("content/briefings/secret.md", &secret(marking))]);
    }
    is_absent(&["official"], &[("content/briefings/secret.md", &secret("marking: restricted"))]);
    is_absent(&["restricted"], &[("content/briefings/secret.md", &secret("marking: official"))]);
}

#[test]
fn the_files_of_a_marked_bundle_and_what_lies_below_a_marked_section_are_hidden_with_it() {
    is_absent(
        &["official"],
        &[
            ("content/briefings/bundle/index.md", &secret("marking: restricted")),
            ("content/briefings/bundle/chart.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
            ("content/closed/_index.md", "---\ntitle: Closed\nmarking: restricted\n---\n"),
            ("content/closed/a/x.md", "---\ntitle: Muted\nmarking: official\ndate: 2026-01-02\ntags: [hush]\n---\n\nMuted words.\n"),
            ("content/closed/a/table.csv", "a,b\n"),
            ("content/given/_index.md", "---\ntitle: Given\nmarking: restricted\ncascade: {marking: restricted}\n---\n"),
            ("content/given/y.md", "---\ntitle: Whispered\nmarking: official\ndate: 2026-01-01\n---\n\nWords.\n"),
        ],
    );
}

#[test]
fn a_cascade_raises_the_marking_of_what_is_below_and_not_of_its_section() {
    let files = [
        PUBLIC,
        &[
            ("content/given/_index.md", "---\ntitle: Given\ncascade: {marking: restricted}\n---\n"),
            ("content/given/y.md", "---\ntitle: Whispered\nmarking: official\ndate: 2026-01-01\n---\n\nWords.\n"),
        ],
    ]
    .concat();
    let shown = cleared(&["official"], &files);
    assert!(shown.contains_key("given/index.html") && !shown.contains_key("given/y/index.html"));
    let all = cleared(&["official", "restricted"], &files);
    assert!(text(&all, "given/y/index.html").contains("<p class=\"marking\">RESTRICTED</p>"));
}

fn text(files: &Files, path: &str) -> String {
    String::from_utf8_lossy(&files[path]).into_owned()
}

#[test]
fn a_marking_stands_on_all_that_is_shown_of_its_page() {
    let marked = (
        "content/briefings/harbour.md",
        "---\ntitle: Harbour\nid: PB-2026-020\ndate: 2026-03-01\ntopics: [Trade]\nmarking: restricted\nchanges: [{date: 2026-04-01, note: N, kind: major}]\n---\n\nWords on [Open](open.md).\n",
    );
    let files = cleared(&["Restricted"], &[PUBLIC, &[marked]].concat());
    let page = text(&files, "briefings/harbour/index.html");
    assert_eq!(page.matches("<p class=\"marking\">RESTRICTED</p>").count(), 2, "above and below the text");
    assert!(page.contains("data-marking=\"RESTRICTED\""), "for each printed page");
    let cited = page.split("<p class=\"cite\">").nth(1).and_then(|rest| rest.split("</p>").next()).unwrap_or_default();
    assert!(cited.contains("RESTRICTED."), "{cited}");
    for list in ["index.html", "briefings/index.html", "topics/trade/index.html", "updates/index.html", "briefings/open/index.html"] {
        assert!(text(&files, list).contains("<span class=\"marking\">RESTRICTED</span>"), "{list}");
    }
    assert!(text(&files, "feed.xml").contains("<title>Harbour [RESTRICTED]</title>"));
    assert!(text(&files, "feed.json").contains("\"Harbour [RESTRICTED]\""));
    let cards: String = files.keys().filter(|path| path.starts_with("cards/")).map(|path| text(&files, path)).collect();
    assert!(cards.contains("\"marking\":\"RESTRICTED\""), "{cards}");
    let open = text(&files, "briefings/open/index.html");
    assert!(!open.contains("class=\"marking\"><") && !open.contains("data-marking"), "a page without one has none");
}

#[test]
fn a_marking_of_no_list_is_an_error_with_the_nearest_and_hides_its_page_from_all() {
    let told = |settings: &str, front: &str| {
        let page = format!("---\ntitle: Whispered\n{front}\n---\n\nWords.\n");
        let sources = Sources::in_memory(noon(), settings, &[("content/a.md", &page)]);
        let options = BuildOptions { show: Show { clearance: Clearance::All, ..Show::default() }, ..BuildOptions::default() };
        let plan = pipeline::plan(&sources, &mut Cache::default(), &options);
        let said = plan.errors().iter().map(|problem| format!("{} {}", problem.message, problem.hints.join(" "))).collect::<Vec<_>>();
        (plan.hidden.len(), said.join("\n"))
    };
    let (hidden, said) = told(SETTINGS, "marking: restrcted");
    assert!(hidden == 1 && said.contains("no marking `restrcted`") && said.contains("did you mean `RESTRICTED`?"), "{said}");
    let (hidden, said) = told("title = \"T\"\n", "marking: restricted");
    assert!(hidden == 1 && said.contains("[markings] order"), "{said}");
    let (hidden, said) = told(SETTINGS, "marking: official\nclassification: restricted");
    assert!(hidden == 1 && said.contains("has another marking"), "{said}");
    let (hidden, said) = told(SETTINGS, "marking: [official, restricted]");
    assert!(hidden == 1 && said.contains("`marking` has a list"), "{said}");
    let (hidden, said) = told(SETTINGS, "cascade: {marking: secret}");
    assert!(said.contains("no marking `secret`"), "{hidden} {said}");
    for open in ["marking: unclassified", "classification: public", "marking: false", "marking:"] {
        assert_eq!(told("title = \"T\"\n", open), (0, String::new()), "{open}");
    }
    assert_eq!(told(SETTINGS, "marking: restricted\nclassification: Restricted"), (0, String::new()));
}
