//! What was changed: lists and feeds of changes.

use crate::place::{NOW, Place};

const SETTINGS: &str = "title = \"Test\"\nbase_url = \"https://example.org/\"\n";

fn place(pages: &[(&str, &str)]) -> Place {
    let place = Place::new(&[("site.toml", SETTINGS)]);
    for (name, keys) in pages {
        place.write(&format!("content/briefings/{name}.md"), format!("---\ntitle: {name}\ndate: 2026-01-05\n{keys}---\n\nText.\n"));
    }
    place
}

/// The entries of a feed: those fields of each.
fn entries(place: &Place, feed: &str, fields: &[&str]) -> Vec<String> {
    let feed: serde_json::Value = serde_json::from_str(&place.read(&format!("public/{feed}"))).expect("a feed");
    let items = feed["items"].as_array().expect("items");
    items.iter().map(|item| fields.iter().map(|field| item[*field].as_str().unwrap_or("-")).collect::<Vec<_>>().join(" | ")).collect()
}

#[test]
fn feeds_of_changes_have_an_entry_a_change_that_leads_to_it() {
    let place = place(&[
        (
            "One",
            "id: PB-1\nchanges:\n  - {date: 2026-03-09, kind: correction, note: The figure was wrong.}\n  - {date: 2026-05-20, kind: major, note: A section more.}\n",
        ),
        (
            "Two",
            "changes:\n  - {date: 2026-03-09, note: First.}\n  - {date: 2026-03-09, note: Second.}\n  - {date: 2027-01-01, kind: correction, note: To come.}\n",
        ),
        ("Three", ""),
        ("Hidden", "draft: true\nchanges:\n  - {date: 2026-03-09, kind: correction, note: Nobody knows.}\n"),
    ]);
    place.build().fine();
    let fields = ["id", "url", "title", "date_published", "content_text"];
    assert_eq!(
        entries(&place, "updates/feed.json", &fields),
        [
            "tag:example.org,2026:PB-1#Change-2026-05-20 | https://example.org/briefings/one/#Change-2026-05-20 | Update: One | 2026-05-20T12:00:00+00:00 | A section more.",
            "tag:example.org,2026:PB-1#Change-2026-03-09 | https://example.org/briefings/one/#Change-2026-03-09 | Correction: One | 2026-03-09T12:00:00+00:00 | The figure was wrong.",
            "https://example.org/briefings/two/#Change-2026-03-09 | https://example.org/briefings/two/#Change-2026-03-09 | Minor change: Two | 2026-03-09T12:00:00+00:00 | First.",
            "https://example.org/briefings/two/#Change-2026-03-09-2 | https://example.org/briefings/two/#Change-2026-03-09-2 | Minor change: Two | 2026-03-09T12:00:00+00:00 | Second.",
        ]
    );
    assert_eq!(entries(&place, "corrections/feed.json", &["title"]), ["Correction: One"]);
    let atom = place.read("public/corrections/feed.xml");
    for part in [
        "<id>tag:example.org,2026:PB-1#Change-2026-03-09</id>",
        "<title>Corrections – Test</title>",
        "href=\"https://example.org/briefings/one/#Change-2026-03-09\"",
        "<updated>2026-03-09T12:00:00+00:00</updated>",
    ] {
        assert!(atom.contains(part), "{part} is not in {atom}");
    }
    for id in ["Change-2026-03-09", "Change-2026-03-09-2"] {
        assert!(place.read("public/briefings/two/index.html").contains(&format!("<li id=\"{id}\">")), "{id}");
    }
    assert!(place.output().iter().all(|(_, bytes)| !String::from_utf8_lossy(bytes).contains("Nobody knows")));
}

#[test]
fn lists_of_changes_name_their_own_feeds_and_every_other_page_that_of_the_site() {
    let place = place(&[("One", "changes: [{date: 2026-03-09, kind: correction, note: N}]\n")]);
    place.build().fine();
    for (page, feed) in
        [("updates/", "/updates/feed.xml"), ("corrections/", "/corrections/feed.xml"), ("briefings/one/", "/feed.xml"), ("", "/feed.xml")]
    {
        let html = place.read(&format!("public/{page}index.html"));
        assert!(html.contains(&format!("<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Atom\" href=\"{feed}\">")), "{page}");
    }
    let html = place.read("public/corrections/index.html");
    assert!(html.contains("<h1>Corrections</h1>") && html.contains("<a href=\"/briefings/one/\">One</a>"), "{html}");
}

#[test]
fn nothing_is_written_of_changes_where_there_are_none() {
    let place = place(&[("One", "changes: [{date: 2026-03-09, note: N}]\n"), ("Two", "")]);
    place.build().fine();
    let there = |path: &str| place.output().contains_key(path);
    assert!(there("updates/feed.xml") && !there("corrections/index.html") && !there("corrections/feed.xml"));
    place.write("content/briefings/One.md", "---\ntitle: One\ndate: 2026-01-05\n---\n\nText.\n");
    place.build().fine();
    assert!(place.output().keys().all(|path| !path.starts_with("updates/")));
}

#[test]
fn changes_of_a_language_are_in_its_own_lists() {
    let place = place(&[
        ("one", "changes: [{date: 2026-03-09, kind: correction, note: English}]\n"),
        ("one.fr", "changes: [{date: 2026-04-09, kind: correction, note: Français}]\n"),
    ]);
    place.write("site.toml", format!("languages = [\"fr\"]\n{SETTINGS}"));
    place.build().fine();
    assert_eq!(entries(&place, "corrections/feed.json", &["content_text"]), ["English"]);
    assert_eq!(entries(&place, "fr/corrections/feed.json", &["title", "content_text"]), ["Rectificatif\u{a0}: one.fr | Français"]);
}

#[test]
fn a_correction_moves_the_entry_of_its_page_and_is_told_there() {
    let place = place(&[
        ("One", "summary: S.\nchanges:\n  - {date: 2026-02-01, kind: major, note: M}\n  - {date: 2026-03-09, kind: correction, note: N}\n"),
        ("Two", "summary: S.\nchanges:\n  - {date: 2026-04-01, kind: major, note: M}\n  - {date: 2026-03-09, kind: correction, note: N}\n"),
        ("Three", "summary: S.\nchanges: [{date: 2026-06-01, note: Links renewed}]\n"),
    ]);
    place.build().fine();
    assert_eq!(
        entries(&place, "feed.json", &["title", "date_modified", "summary"]),
        [
            "One | 2026-03-09T12:00:00+00:00 | Corrected on 9 March 2026. S.",
            "Three | 2026-01-05T12:00:00+00:00 | S.",
            "Two | 2026-04-01T12:00:00+00:00 | Corrected on 9 March 2026. S.",
        ]
    );
}

#[test]
fn an_entry_without_a_date_is_told_with_what_to_write() {
    let place = place(&[("One", "changes:\n  - note: Something\n")]);
    let run = place.run(&["build", "--now", NOW]).ends_with(1);
    run.says(&["an entry of `changes` has no `date`", "content/briefings/One.md:5:5", "date: 2026-02-03"]);
    assert!(place.output().is_empty());
}
