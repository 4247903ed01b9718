//! Instants: when pages appear and disappear, and what is due next.

use chancery::diagnostic::Diagnostic;

use super::*;

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
