//! Visibility: of a page that is not public nothing is in the output. The strongest form: the output is that of a site without its file.

use chancery::diagnostic::Diagnostic;
use chancery::gate::Show;
use chancery::pipeline::{self, BuildOptions, Cache, Files};
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

/// Pages that say nothing of their state, in and below a section that says what it is given.
fn below_a_section(path: &str, keys: &str) -> Vec<(String, String)> {
    let folder = path.rsplit_once('/').expect("a folder").0;
    let page =
        "---\ntitle: Secret plan\ndate: 2026-01-01\ntopics: [Hush]\ntags: [hush]\naliases: [/old-plan/]\nid: PB-2026-099\n---\n\nHush.\n";
    let files = [
        (path.to_string(), format!("---\ntitle: Secret merger\n{keys}\n---\n\nHush. [data](table.csv)\n")),
        (format!("{folder}/plan.md"), page.to_string()),
        (format!("{folder}/deep/er/2026-02-02-more.md"), "---\ntitle: More\n---\n\nMore hush.\n".to_string()),
        (
            format!("{folder}/bundle/index.md"),
            "---\ntitle: Bundle\nstatus: published\ndate: 2026-01-03\n---\n\n![c](chart.svg)\n".to_string(),
        ),
        (format!("{folder}/bundle/chart.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_string()),
        (format!("{folder}/table.csv"), "a,b\n".to_string()),
    ];
    files.into()
}

fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

#[test]
fn a_hidden_section_hides_all_below_it() {
    for keys in [
        "status: draft",
        "draft: true",
        "published: false",
        "publish: false",
        "status: review",
        "publish_at: 2030-01-01",
        "embargo: 2026-11-24T12:00:01Z",
        "date: 2030-01-01",
        "expires: 2026-11-24T12:00:00Z",
        "permalink: false",
    ] {
        leaves_no_trace(&borrowed(&below_a_section("content/merger/_index.md", keys)));
        leaves_no_trace(&borrowed(&below_a_section("content/briefings/talks/merger/_index.md", keys)));
    }
}

#[test]
fn a_page_of_a_hidden_section_may_be_more_hidden_and_never_less() {
    let section = ("content/merger/_index.md", "---\ntitle: Merger\npublish_at: 2026-12-01\n---\n");
    let page = |keys: &str| format!("---\ntitle: Plan\ndate: 2026-01-01\n{keys}---\n\nText.\n");
    let is_there = |now: &str, keys: &str| {
        let files = [section, ("content/merger/plan.md", &*page(keys))];
        render(instant(now), &files, Show::default()).contains_key("merger/plan/index.html")
    };
    assert!(!is_there("2026-11-30T00:00:00Z", "status: published\npublish_at: 2026-01-01\n"));
    assert!(is_there("2026-12-01T00:00:00Z", ""));
    assert!(!is_there("2026-12-01T00:00:00Z", "publish_at: 2026-12-02\n"));
    assert!(!is_there("2026-12-03T00:00:00Z", "expires: 2026-12-02\n"));
    assert!(!is_there("2026-12-03T00:00:00Z", "draft: true\n"));
}

#[test]
fn sections_within_sections_hide_each_what_is_below() {
    let text = |keys: &str| format!("---\ntitle: T\ndate: 2026-01-01\n{keys}---\n\nText.\n");
    let (outer, inner, page) = (text("expires: 2026-12-24\n"), text("publish_at: 2026-12-01\n"), text(""));
    let files =
        [("content/a/_index.md", &*outer), ("content/a/b/_index.md", &*inner), ("content/a/b/c/x.md", &*page), ("content/a/y.md", &*page)];
    let there = |now: &str| {
        let files = render(instant(now), &files, Show::default());
        ["a/index.html", "a/b/index.html", "a/b/c/x/index.html", "a/y/index.html"].map(|path| files.contains_key(path))
    };
    assert_eq!(there("2026-11-24T00:00:00Z"), [true, false, false, true]);
    assert_eq!(there("2026-12-01T00:00:00Z"), [true, true, true, true]);
    assert_eq!(there("2026-12-24T00:00:00Z"), [false; 4]);
}

#[test]
fn the_instants_of_a_section_are_changes_of_its_pages() {
    let page = ("content/s/x.md", "---\ntitle: X\ndate: 2026-01-01\nexpires: 2027-06-01\n---\n");
    let section = |keys: &str| format!("---\ntitle: S\n{keys}---\n");
    assert_eq!(due(&[("content/s/_index.md", &section("publish_at: 2027-01-01\n")), page]).as_deref(), Some("2027-01-01T00:00:00Z"));
    assert_eq!(due(&[("content/s/_index.md", &section("expires: 2027-01-01\n")), page]).as_deref(), Some("2027-01-01T00:00:00Z"));
    assert_eq!(due(&[("content/s/_index.md", &section("draft: true\n")), page]), None);
    let later = section("publish_at: 2028-01-01\nstatus: published\n");
    assert_eq!(due(&[("content/s/_index.md", &later), page]).as_deref(), Some("2028-01-01T00:00:00Z"), "the section itself");
}

#[test]
fn a_preview_shows_the_pages_of_a_hidden_section() {
    let cases = [
        ("status: draft", Show { drafts: true, ..Show::default() }),
        ("publish_at: 2030-01-01", Show { future: true, ..Show::default() }),
        ("expires: 2026-01-01", Show { expired: true, ..Show::default() }),
    ];
    for (keys, show) in cases {
        let files = below_a_section("content/merger/_index.md", keys);
        let files = render(noon(), &borrowed(&files), show);
        for path in ["merger/index.html", "merger/plan/index.html", "merger/deep/er/more/index.html", "merger/bundle/chart.svg"] {
            assert!(files.contains_key(path), "{keys}: {path}");
        }
    }
}

#[test]
fn the_section_of_a_translation_holds_for_its_language_and_else_that_of_the_default_one() {
    let settings = format!("{}\n", SETTINGS.replacen("[links]", "languages = [\"fr\"]\n[links]", 1));
    let there = |sections: &[(&str, &str)]| {
        let mut sources = Sources::in_memory(noon(), &settings, &[]);
        for path in ["content/s/x.md", "content/s/x.fr.md"] {
            sources.set(path, "---\ntitle: X\ndate: 2026-01-01\n---\n\nText.\n");
        }
        for (path, keys) in sections {
            sources.set(path, &format!("---\ntitle: S\n{keys}---\n"));
        }
        let files = pipeline::render_all(&sources, &mut Cache::default(), &BuildOptions::default()).expect("a sound site");
        ["s/x/index.html", "fr/s/x/index.html"].map(|path| files.contains_key(path))
    };
    assert_eq!(there(&[("content/s/_index.md", "draft: true\n")]), [false, false]);
    assert_eq!(there(&[("content/s/_index.md", ""), ("content/s/_index.fr.md", "draft: true\n")]), [true, false]);
    assert_eq!(there(&[("content/s/_index.md", "draft: true\n"), ("content/s/_index.fr.md", "")]), [false, true]);
    assert_eq!(there(&[("content/_index.fr.md", "draft: true\n")]), [true, false]);
}

#[test]
fn a_state_of_a_section_that_readers_see_holds_for_its_pages_too() {
    let files = public(&[
        ("content/old/_index.md", "---\ntitle: Old\nstatus: archived\n---\n"),
        ("content/old/x.md", "---\ntitle: X\ndate: 2026-01-01\n---\n\nText.\n"),
        ("content/wrong/_index.md", "---\ntitle: Wrong\nwithdrawn: {date: 2026-02-01, reason: Figures of another year}\n---\n"),
        ("content/wrong/y.md", "---\ntitle: Y\ndate: 2026-01-01\n---\n\nText.\n"),
    ]);
    let text = |path: &str| String::from_utf8_lossy(&files[path]).into_owned();
    assert!(text("old/x/index.html").contains("archived"), "{}", text("old/x/index.html"));
    assert!(text("wrong/y/index.html").contains("Figures of another year"));
    assert!(text("feed.xml").contains("/old/x/") && !text("feed.xml").contains("/wrong/y/"));
}

#[test]
fn a_file_of_a_hidden_translation_is_hidden_with_it() {
    let settings = SETTINGS.replacen("[links]", "languages = [\"fr\"]\n[links]", 1);
    let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    let files = [
        ("content/d/index.md", "---\ntitle: D\ndate: 2026-01-05\n---\n\n![i](i.svg)\n"),
        (
            "content/d/index.fr.md",
            "---\ntitle: D fr\ndate: 2026-01-05\nstatus: draft\n---\n\n![i](secret.fr.svg) ![p](plan.svg) ![i](i.svg)\n",
        ),
        ("content/d/i.svg", picture),
        ("content/d/secret.fr.svg", picture),
        ("content/d/plan.svg", picture),
        ("content/d/data.csv", "a,b\n"),
    ];
    let sources = Sources::in_memory(noon(), &settings, &files);
    let built = pipeline::render_all(&sources, &mut Cache::default(), &BuildOptions::default()).expect("a sound site");
    let published = ["i.svg", "data.csv", "secret.fr.svg", "plan.svg"].map(|name| built.contains_key(&*format!("d/{name}")));
    assert_eq!(published, [true, true, false, false]);
    let plan = pipeline::plan(&sources, &mut Cache::default(), &BuildOptions::default());
    assert!(!plan.diagnostics.iter().any(|problem| problem.code == "unused-file"), "{:?}", plan.diagnostics);
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
fn of_a_day_that_a_script_has_moved_the_instant_that_hides_more_holds() {
    let is_there = |zone: &str, keys: &str, now: &str| {
        let page = format!("---\ntitle: A\n{keys}\n---\n\nText.\n");
        let sources = Sources::in_memory(instant(now), &format!("time_zone = \"{zone}\"\n"), &[("content/a.md", &page)]);
        let files = pipeline::render_all(&sources, &mut Cache::default(), &BuildOptions::default()).expect("a sound site");
        files.contains_key("a/index.html")
    };
    let embargo = "publish_at: 2026-06-25T00:00:00.000Z";
    assert!(!is_there("America/New_York", embargo, "2026-06-25T03:59:59Z"));
    assert!(is_there("America/New_York", embargo, "2026-06-25T04:00:00Z"));
    assert!(!is_there("Asia/Tokyo", embargo, "2026-06-24T23:59:59Z"));
    assert!(is_there("Asia/Tokyo", embargo, "2026-06-25T00:00:00Z"));
    assert!(!is_there("America/New_York", "date: 2026-06-25T00:00:00.000Z", "2026-06-25T00:00:00Z"));
    let over = "date: 2026-01-01\nexpires: 2026-06-25T00:00:00.000Z";
    assert!(!is_there("America/New_York", over, "2026-06-25T00:00:00Z"));
    assert!(!is_there("Asia/Tokyo", over, "2026-06-24T15:00:00Z"));
    assert!(is_there("Asia/Tokyo", over, "2026-06-24T14:59:59Z"));
}

#[test]
fn a_day_that_a_script_has_moved_is_shown_as_that_day_and_told_once() {
    let page = |name: &str| (format!("content/{name}.md"), format!("---\ntitle: {name}\ndate: 2026-01-05T00:00:00.000Z\n---\n\nText.\n"));
    let files: Vec<(String, String)> = ["a", "b", "c"].map(page).into();
    let sources = Sources::in_memory(noon(), "time_zone = \"America/Los_Angeles\"\n", &borrowed(&files));
    let plan = pipeline::plan(&sources, &mut Cache::default(), &BuildOptions::default());
    assert_eq!(plan.site.facts.iter().map(|fact| fact.page.date.expect("a date").iso()).collect::<Vec<_>>(), ["2026-01-05"; 3]);
    let reports: Vec<&Diagnostic> = plan.diagnostics.iter().filter(|problem| problem.code == "scripted-date").collect();
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0].place.as_ref().map(ToString::to_string).as_deref(), Some("content/a.md:3:1"));
    assert_eq!(reports[0].hints[1], "2 more dates of this site are written so");
    let utc = Sources::in_memory(noon(), "", &borrowed(&files));
    let plan = pipeline::plan(&utc, &mut Cache::default(), &BuildOptions::default());
    assert!(!plan.diagnostics.iter().any(|problem| problem.code == "scripted-date"), "both readings are one");
}

#[test]
fn a_date_of_release_under_another_name_is_an_error_until_it_has_come() {
    let page = ("content/a.md", "---\ntitle: A\ndate: 2026-01-01\nrelease_date: 2026-12-01\n---\n\nText.\n");
    let plan = |now: &str| {
        let sources = Sources::in_memory(instant(now), SETTINGS, &[page]);
        pipeline::plan(&sources, &mut Cache::default(), &BuildOptions::default())
    };
    let before = plan("2026-11-30T23:59:59Z");
    let reports: Vec<String> = before.diagnostics.iter().map(|problem| format!("{} {}", problem.code, problem.hints[0])).collect();
    assert_eq!(reports, ["unknown-key did you mean `publish_at: DATE`?"]);
    assert_eq!(before.diagnostics[0].place.as_ref().map(|place| place.line), Some(4));
    assert!(before.site.facts.is_empty() && before.horizon == Some(instant("2026-12-01T00:00:00Z")));
    let after = plan("2026-12-01T00:00:00Z");
    assert_eq!((after.diagnostics.len(), after.site.facts.len()), (0, 1));
}

#[test]
fn of_two_names_of_one_key_the_later_date_keeps_the_page_from_readers() {
    let codes = |keys: &str| {
        let page = format!("---\ntitle: A\n{keys}---\n\nText.\n");
        let sources = Sources::in_memory(instant("2026-11-30T12:00:00Z"), SETTINGS, &[("content/a.md", &page)]);
        let plan = pipeline::plan(&sources, &mut Cache::default(), &BuildOptions::default());
        (plan.diagnostics.iter().map(|problem| problem.code).collect::<Vec<_>>(), plan.site.facts.len())
    };
    for keys in [
        "publish_at: 2020-01-01\nembargo: 2099-01-01\n",
        "publish_at: false\nembargo: 2099-01-01\ndate: 2020-01-01\n",
        "date: 2024-01-01\npubDate: 2099-01-01\n",
    ] {
        assert_eq!(codes(keys), (vec!["duplicate-key"], 0), "{keys}");
    }
    assert_eq!(codes("publish_at: 2099-01-01\nembargo: 2098-01-01\n"), (vec![], 0), "it is scheduled");
    assert_eq!(codes("publish_at: 2020-01-02\nembargo: 2020-01-01\n"), (vec![], 1));
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
        let files = pipeline::render_all(&sources, &mut Cache::default(), &BuildOptions::default()).expect("a sound site");
        files.contains_key("a/index.html")
    };
    assert!(!is_there("2026-11-24T04:59:59Z"));
    assert!(is_there("2026-11-24T05:00:00Z"));
}

/// What the report says is due next.
fn due(files: &[(&str, &str)]) -> Option<String> {
    let sources = Sources::in_memory(noon(), SETTINGS, files);
    pipeline::plan(&sources, &mut Cache::default(), &BuildOptions::default()).next_change.map(|at| at.to_string())
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

/// What a section of a random site says; nothing, if it has no page.
const SECTIONS: [(&str, &str); 5] = [
    ("content/briefings", "/briefings/"),
    ("content/briefings/deep", "/briefings/deep/"),
    ("content/briefings/deep/er", "/briefings/deep/er/"),
    ("content/notes", "/notes/"),
    ("content/people", "/people/"),
];

const STATES: [Option<&str>; 7] = [
    None,
    Some(""),
    Some("draft: true\n"),
    Some("status: review\n"),
    Some("publish_at: 2026-12-01T00:00:00Z\n"),
    Some("expires: 2026-02-02\n"),
    Some("expires: 2027-02-02\npublish_at: 2026-01-01\n"),
];

/// Whether a section of that state keeps what is below it from readers.
fn hides(state: usize) -> bool {
    (2..6).contains(&state)
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
    for (number, page) in pages.iter().enumerate().filter(|(number, _)| is_kept(PLACES[*number])) {
        sources.set(PLACES[number], &text(number, page));
    }
    pipeline::render_all(&sources, &mut Cache::default(), &BuildOptions::default())
}

/// The site of those pages that are kept.
fn built(pages: &[Random], keep: impl Fn(&Random) -> bool) -> Result<Files, Vec<Diagnostic>> {
    let mut sources = Sources::in_memory(noon(), SETTINGS, &[]);
    for (number, page) in pages.iter().enumerate().filter(|(_, page)| keep(page)) {
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
