//! Visibility: of a page that is not public nothing is in the output. The strongest form: the output is that of a site without its file.

use chancery::diagnostic::Diagnostic;
use chancery::gate::Show;
use chancery::pipeline::{self, Cache, Files, Order};
use chancery::sources::Sources;
use jiff::Timestamp;
use proptest::prelude::*;

const SETTINGS: &str = "title = \"Test\"\nbase_url = \"https://example.org/\"\n[links]\ninternal = \"warn\"\n";

fn instant(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn noon() -> Timestamp {
    instant("2026-11-24T12:00:00Z")
}

fn render(now: Timestamp, files: &[(&str, &str)], show: Show) -> Files {
    let sources = Sources::in_memory(now, SETTINGS, files);
    let order = Order { show, ..Order::default() };
    pipeline::render_all(&sources, &mut Cache::default(), &order).unwrap_or_else(|problems| panic!("{problems:#?}"))
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

#[test]
fn each_page_appears_and_disappears_at_its_instant_and_not_before() {
    let page = ("content/briefings/a.md", "---\ntitle: A\ndate: 2026-11-24T12:00:00Z\nexpires: 2026-11-24T14:00:00Z\n---\n\nText.\n");
    let is_there = |now: &str| render(instant(now), &[page], Show::default()).contains_key("briefings/a/index.html");
    assert!(!is_there("2026-11-24T11:59:59Z"));
    assert!(is_there("2026-11-24T12:00:00Z"));
    assert!(is_there("2026-11-24T13:59:59Z"));
    assert!(!is_there("2026-11-24T14:00:00Z"));
}

#[test]
fn days_begin_in_the_time_zone_of_the_site() {
    let settings = "time_zone = \"America/New_York\"\n";
    let is_there = |now: &str| {
        let sources = Sources::in_memory(instant(now), settings, &[("content/a.md", "---\ntitle: A\ndate: 2026-11-24\n---\n\nText.\n")]);
        let files = pipeline::render_all(&sources, &mut Cache::default(), &Order::default()).expect("a sound site");
        files.contains_key("a/index.html")
    };
    assert!(!is_there("2026-11-24T04:59:59Z"));
    assert!(is_there("2026-11-24T05:00:00Z"));
}

/// What the report says is due next.
fn due(files: &[(&str, &str)]) -> Option<String> {
    let sources = Sources::in_memory(noon(), SETTINGS, files);
    pipeline::plan(&sources, &mut Cache::default(), &Order::default()).next_change.map(|at| at.to_string())
}

#[test]
fn the_next_change_is_the_first_that_happens_by_itself() {
    let later = ("content/a.md", "---\ntitle: A\ndate: 2027-01-01\n---\n");
    let over = ("content/b.md", "---\ntitle: B\ndate: 2026-01-01\nexpires: 2026-12-24\n---\n");
    let draft = ("content/c.md", "---\ntitle: C\ndate: 2026-11-25\ndraft: true\n---\n");
    let past = ("content/d.md", "---\ntitle: D\ndate: 2026-01-01\nexpires: 2026-02-01\n---\n");
    let change = ("content/e.md", "---\ntitle: E\ndate: 2026-01-01\nchanges: [{date: 2026-12-20, note: N, kind: minor}]\n---\n");
    assert_eq!(due(&[later, draft, past]).as_deref(), Some("2027-01-01T00:00:00Z"));
    assert_eq!(due(&[later, over]).as_deref(), Some("2026-12-24T00:00:00Z"));
    assert_eq!(due(&[later, over, change]).as_deref(), Some("2026-12-20T00:00:00Z"));
    assert_eq!(due(&[draft, past]), None);
}

#[test]
fn a_scheduled_page_is_due_when_it_appears_and_not_when_something_in_it_would_change() {
    let page =
        "---\ntitle: A\ndate: 2026-12-01\npublish_at: 2026-12-24T00:00:00Z\nchanges: [{date: 2026-12-10, note: N, kind: minor}]\n---\n";
    assert_eq!(due(&[("content/a.md", page)]).as_deref(), Some("2026-12-24T00:00:00Z"));
}

#[test]
fn between_two_changes_the_instant_is_in_no_file() {
    let later = secret("date: 2027-01-01");
    let files = [PUBLIC, &[("content/briefings/secret.md", &*later)]].concat();
    let at = |now: &str| render(instant(now), &files, Show::default());
    assert_eq!(at("2026-06-01T00:00:00Z"), at("2026-12-31T23:59:59Z"));
}

/// A page of a random site.
#[derive(Debug, Clone)]
struct Random {
    keys: Vec<&'static str>,
    hiding: Option<&'static str>,
    links: Vec<usize>,
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
        Some("publish_at: 2026-12-01T00:00:00Z\n"),
        Some("expires: 2026-02-02\n"),
    ]);
    let page =
        (keys, hiding, prop::collection::vec(0..PLACES.len(), 0..4)).prop_map(|(keys, hiding, links)| Random { keys, hiding, links });
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
    text
}

/// The site of those pages that are kept.
fn built(pages: &[Random], keep: impl Fn(&Random) -> bool) -> Result<Files, Vec<Diagnostic>> {
    let mut sources = Sources::in_memory(noon(), SETTINGS, &[]);
    for (number, page) in pages.iter().enumerate().filter(|(_, page)| keep(page)) {
        sources.set(PLACES[number], &text(number, page));
    }
    pipeline::render_all(&sources, &mut Cache::default(), &Order::default())
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
}
