//! Sections: what hides one hides all below it, and what readers see of its state they see of its pages.

use super::*;

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
