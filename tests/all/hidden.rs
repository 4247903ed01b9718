//! Visibility: of a page that is not public nothing is in the output. The strongest form: the output is that of a site without its file.

mod instants;
mod markings;
mod random;
mod sections;

use chancery::gate::Show;
use chancery::pipeline::{self, BuildOptions, Cache, Files};
use chancery::sources::Sources;
use jiff::Timestamp;

const SETTINGS: &str = "title = \"Test\"\nbase_url = \"https://example.org/\"\n[links]\ninternal = \"warn\"\n[markings]\norder = [\"Official\", \"RESTRICTED\"]\n";

fn instant(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn noon() -> Timestamp {
    instant("2026-11-24T12:00:00Z")
}

fn render(now: Timestamp, files: &[(&str, &str)], show: Show) -> Files {
    let sources = Sources::in_memory(now, SETTINGS, files);
    let options = BuildOptions { show, ..BuildOptions::default() };
    pipeline::render_all(&sources, &mut Cache::default(), &options).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn public(files: &[(&str, &str)]) -> Files {
    render(noon(), files, Show::default())
}

/// Public pages that touch everything the hidden ones below touch.
const PUBLIC: &[(&str, &str)] = &[
    ("content/_index.md", "---\ntitle: Home\n---\n\nWelcome.\n"),
    (
        "content/briefings/open.md",
        "---\ntitle: Open\ndate: 2026-05-01\ntopics: [Sea Power, Trade]\ntags: [ports]\nauthors: [Desk]\nseries: [Deep]\n---\n\nSome [words](secret.md), \
         [more](/briefings/secret/), [others](bundle/index.md#part), and an image ![chart](bundle/chart.svg). Ada Lovelace wrote.\n",
    ),
    ("content/briefings/other.md", "---\ntitle: Other\ndate: 2026-04-01\ntopics: [sea-power]\n---\n\nOther text. See [Open](open.md).\n"),
];

#[track_caller]
fn leaves_no_trace(hidden: &[(&str, &str)]) {
    let with = [PUBLIC, hidden].concat();
    let (with, without) = (public(&with), public(PUBLIC));
    let paths = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(&with), paths(&without));
    for (path, bytes) in &without {
        assert_eq!(String::from_utf8_lossy(&with[path]), String::from_utf8_lossy(bytes), "{path}");
    }
}

#[test]
fn a_draft_is_hidden_whatever_its_extension_and_whatever_nobody_sees_before_it() {
    let draft = secret("draft: true");
    leaves_no_trace(&[("content/briefings/SECRET.MD", &draft)]);
    leaves_no_trace(&[("content/briefings/secret.Markdown", &secret("Status: draft"))]);
    leaves_no_trace(&[("content/briefings/secret.md", &format!("\u{200b}\u{a0} {draft}"))]);
    let open = ("content/shelf/index.md", "---\ntitle: Shelf\n---\n\nText.\n");
    let beside = ["DRAFT.MD", "notes.mdx", "notes.md.txt", "notes.md.bak", "~$notes.docx", "#notes.md#", "notes.orig"];
    for name in beside {
        let files = public(&[PUBLIC, &[open, (&format!("content/shelf/{name}"), &draft)]].concat());
        assert_eq!(files.keys().collect::<Vec<_>>(), public(&[PUBLIC, &[open]].concat()).keys().collect::<Vec<_>>(), "{name}");
    }
}

fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

/// What the report says is due next.
fn due(files: &[(&str, &str)]) -> Option<String> {
    let sources = Sources::in_memory(noon(), SETTINGS, files);
    pipeline::plan(&sources, &mut Cache::default(), &BuildOptions::default()).next_change.map(|at| at.to_string())
}

/// A page that would show wherever a page can: its front matter besides what hides it.
const EVERYWHERE: &str = "title: Secret\nid: PB-2026-009\ntopics: [Sea Power, Hush]\ntags: [ports, hush]\nauthors: [Desk, Whistler]\nseries: [Deep]\n\
     aliases: [/old-secret/]\nsupersedes: other\nupdated: 2026-05-02\nchanges: [{date: 2026-05-02, note: Quiet, kind: major}]\nweight: 1\n";

fn secret(hiding: &str) -> String {
    format!("---\n{EVERYWHERE}{hiding}\n---\n\nA secret about [Open](open.md) and [[Other]], by Ada Lovelace.\n")
}

#[test]
fn a_page_that_is_hidden_for_any_reason_leaves_no_trace() {
    for hiding in [
        "draft: true",
        "status: draft",
        "status: review",
        "published: false",
        "permalink: false",
        "date: 2026-11-25",
        "date: 2026-11-24T12:00:01Z",
        "date: 2026-01-01\npublish_at: 2026-11-24T13:00:00Z",
        "date: 2026-01-01\nembargo: 2026-11-25",
        "date: 2026-01-01\nexpires: 2026-11-24T12:00:00Z",
        "date: 2026-01-01\nexpiryDate: 2026-11-01",
        "draft: true\ndate: 2027-01-01\nexpires: 2025-01-01",
        "status: published\ndraft: true",
    ] {
        leaves_no_trace(&[("content/briefings/secret.md", &secret(hiding))]);
    }
}

#[test]
fn a_hidden_bundle_hides_its_files_and_those_in_folders_below() {
    leaves_no_trace(&[
        ("content/briefings/bundle/index.md", &secret("draft: true")),
        ("content/briefings/bundle/chart.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("content/briefings/bundle/data/table.csv", "a,b\n"),
    ]);
}

#[test]
fn a_file_that_only_a_hidden_page_uses_is_not_published() {
    leaves_no_trace(&[
        ("content/briefings/secret.md", "---\ntitle: Secret\ndraft: true\n---\n\n[data](../files/table.csv) ![](../files/chart.svg)\n"),
        ("content/files/table.csv", "a,b\n"),
        ("content/files/chart.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ]);
}

#[test]
fn a_hidden_page_of_a_term_lends_no_title_synonym_or_place() {
    leaves_no_trace(&[
        (
            "content/topics/sea-power.md",
            "---\ntitle: Naval hush\nsynonyms: [Trade]\nbroader: Commerce\nslug: navy\ndraft: true\n---\n\nHush.\n",
        ),
        ("content/topics/commerce/trade.md", "---\ntitle: Trade\ndate: 2027-01-01\n---\n\nLater.\n"),
        ("content/authors/desk.md", "---\ntitle: The Quiet Desk\nnames: [Desk]\nstatus: review\n---\n\nHush.\n"),
    ]);
}

#[test]
fn a_hidden_person_is_recognised_nowhere() {
    leaves_no_trace(&[("content/people/ada.md", "---\ntitle: Ada Lovelace\ndraft: true\n---\n\nA person.\n")]);
}

#[test]
fn a_hidden_section_and_all_that_its_cascade_hides_leave_no_trace() {
    leaves_no_trace(&[
        ("content/board/_index.md", "---\ntitle: Board\ndraft: true\ncascade:\n  draft: true\n---\n\nHush.\n"),
        ("content/board/minutes.md", "---\ntitle: Minutes\ndate: 2026-01-01\ntags: [hush]\n---\n\nHush.\n"),
        ("content/board/2026/more.md", "---\ntitle: More\ndate: 2026-01-01\n---\n\nHush.\n"),
    ]);
}

#[test]
fn a_file_of_a_public_bundle_that_only_a_hidden_page_uses_is_not_published() {
    let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    let open = ("content/d/index.md", "---\ntitle: D\ndate: 2026-01-05\n---\n\nText.\n");
    let draft = ("content/d/annex.md", "---\ntitle: Annex\ndraft: true\n---\n\n![plan](annex-plan.svg)\n");
    let files = public(&[open, draft, ("content/d/annex-plan.svg", picture), ("content/d/own.svg", picture)]);
    assert!(files.contains_key("d/own.svg") && !files.contains_key("d/annex-plan.svg"));
}

#[test]
fn a_change_to_come_is_not_shown_and_moves_no_date() {
    let page = |changes: &str| {
        format!("---\ntitle: A\ndate: 2026-01-01\nchanges:\n  - {{date: 2026-02-01, note: Seen, kind: major}}\n{changes}---\n\nText.\n")
    };
    let (with, without) = (page("  - {date: 2027-01-01, note: Unseen, kind: major}\n"), page(""));
    assert_eq!(public(&[("content/briefings/a.md", &with)]), public(&[("content/briefings/a.md", &without)]));
}

#[test]
fn a_newer_page_supersedes_only_once_it_is_public() {
    let old = ("content/briefings/old.md", "---\ntitle: Old\ndate: 2026-01-01\n---\n\nText.\n");
    let new = ("content/briefings/new.md", "---\ntitle: New\ndate: 2026-12-01\nsupersedes: old\n---\n\nText.\n");
    assert_eq!(public(&[old, new]), public(&[old]));
    let later = render(instant("2026-12-01T00:00:00Z"), &[old, new], Show::default());
    assert!(String::from_utf8_lossy(&later["briefings/old/index.html"]).contains("/briefings/new/"));
}

#[test]
fn a_wikilink_to_a_hidden_page_keeps_silent_about_its_name() {
    let page = (
        "content/briefings/open.md",
        "---\ntitle: Open\ndate: 2026-05-01\n---\n\nSee [[Merger talks]] and [[PB-2026-009|these words]] and [[nobody]].\n\nOn [[Merger talks]] with [Far](far.md).\n",
    );
    let hidden = ("content/briefings/talks.md", "---\ntitle: Merger talks\nid: PB-2026-009\ndraft: true\n---\n\nHush.\n");
    let far = ("content/briefings/far.md", "---\ntitle: Far\ndate: 2026-05-01\n---\n\nText.\n");
    let files = public(&[page, hidden, far]);
    for (path, bytes) in &files {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        assert!(!text.contains("merger") && !text.contains("2026-009"), "{path}");
    }
    let html = String::from_utf8_lossy(&files["briefings/open/index.html"]);
    assert!(html.contains("these words") && html.contains("[[nobody]]"), "{html}");
    assert!(String::from_utf8_lossy(&files["briefings/far/index.html"]).contains("/briefings/open/"), "the backlink is there");
}

#[test]
fn a_preview_shows_what_is_hidden_with_a_banner_and_noindex_everywhere() {
    let cases = [
        ("draft: true", Show { drafts: true, ..Show::default() }),
        ("status: review", Show { drafts: true, ..Show::default() }),
        ("date: 2027-01-01", Show { future: true, ..Show::default() }),
        ("date: 2026-01-01\nexpires: 2026-02-01", Show { expired: true, ..Show::default() }),
    ];
    for (hiding, show) in cases {
        let files = render(noon(), &[PUBLIC, &[("content/briefings/secret.md", &*secret(hiding))]].concat(), show);
        assert!(files.contains_key("briefings/secret/index.html"), "{hiding}");
        for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html") && !path.starts_with("old-")) {
            let html = String::from_utf8_lossy(bytes);
            assert!(html.contains("noindex") && html.contains("class=\"preview\""), "{path} of a preview");
        }
    }
}

#[test]
fn a_preview_of_one_kind_shows_no_other() {
    let show = Show { future: true, ..Show::default() };
    let files = render(noon(), &[PUBLIC, &[("content/briefings/secret.md", &*secret("draft: true\ndate: 2027-01-01"))]].concat(), show);
    assert!(!files.contains_key("briefings/secret/index.html"));
}

#[test]
fn withdrawn_and_superseded_pages_stay_at_their_place_and_out_of_lists() {
    let files = public(&[
        (
            "content/briefings/gone.md",
            "---\ntitle: Gone away\ndate: 2026-01-01\ntags: [a]\nwithdrawn: {date: 2026-02-01, reason: Wrong figures}\n---\n\nText.\n",
        ),
        ("content/briefings/old.md", "---\ntitle: Old one\ndate: 2026-01-01\ntags: [a]\n---\n\nText.\n"),
        ("content/briefings/new.md", "---\ntitle: New one\ndate: 2026-02-01\nsupersedes: old\n---\n\nText.\n"),
    ]);
    let text = |path: &str| String::from_utf8_lossy(&files[path]).into_owned();
    assert!(text("briefings/gone/index.html").contains("Wrong figures"));
    assert!(text("briefings/old/index.html").contains("/briefings/new/"));
    for path in ["index.html", "feed.xml", "feed.json", "sitemap.xml", "briefings/index.html", "archive/2026/index.html"] {
        assert!(!text(path).contains("briefings/gone/") && !text(path).contains("briefings/old/"), "{path}");
        assert!(text(path).contains("briefings/new/") || path == "index.html", "{path}");
    }
    assert!(!files.contains_key("tags/a/index.html"));
}
