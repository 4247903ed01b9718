//! What the gate decides of sites, as of one instant and of several.

use super::*;
use crate::memo::Verify;
use crate::page::front::Front;
use crate::page::front::{ChangeKind, Status};
use crate::page::route::Kind;
use crate::testing::{Page, Sample, page, site, site_with, stamp};

fn publish_at(page: Page, at: &str) -> Page {
    page.with("publish_at", at, |front, at| front.publish_at = Some(stamp(&at)))
}

fn expires(page: Page, at: &str) -> Page {
    page.with("expires", at, |front, at| front.expires = Some(stamp(&at)))
}

fn why(sample: &Sample) -> Option<Why> {
    assert_eq!(sample.gate.public.len() + sample.gate.hidden.len(), 1);
    sample.gate.hidden.first().map(|page| page.why)
}

/// The hidden pages of a site by their paths below `content/`, with what hides each.
pub fn hidden_at(sample: &Sample) -> Vec<(String, Why)> {
    sample.gate.hidden.iter().map(|page| (page.path.trim_start_matches("content/").to_string(), page.why)).collect()
}

fn next(sample: &Sample) -> Option<String> {
    sample.gate.next_change.map(|at| at.to_string())
}

#[test]
fn only_drafts_and_reviews_are_hidden_by_their_status() {
    let hidden: Vec<&str> =
        Status::NAMES.iter().filter(|(_, status)| why(&site([page("a.md").status(*status)])).is_some()).map(|(name, _)| *name).collect();
    assert_eq!(hidden, ["draft", "review"]);
}

#[test]
fn an_unknown_status_and_permalink_false_hide_a_page_even_from_previews() {
    for front in [Front { status_unknown: true, ..Front::default() }, Front { hidden_by_permalink: true, ..Front::default() }] {
        let sample = site([]);
        let origin = Arc::new(Origin::from_path(&Arc::from("content/a.md"), &[]).expect("a page"));
        let all = Show { drafts: true, future: true, expired: true, ..Show::default() };
        let gate = decide(
            &[Candidate { origin, print: Fingerprint::default(), front: Arc::new(front) }],
            &sample.site.config,
            &sample.sources,
            &all,
            None,
            &mut Memory::new(Verify::On),
        );
        assert_eq!((gate.public.len(), gate.hidden.len()), (0, 1));
    }
}

#[test]
fn what_is_remembered_holds_until_an_instant_has_come_and_not_before_it_was_decided() {
    let path = Arc::from("content/a.md");
    let front = crate::page::front::read(&path, "---\npublish_at: 2026-04-01T00:00\nexpires: 2026-05-01T00:00\n---\n");
    let origin = Arc::new(Origin::from_path(&path, &[]).expect("a page"));
    let candidates = [Candidate { origin, print: Fingerprint::default(), front: Arc::new(front) }];
    let Sample { site, mut sources, .. } = site([]);
    let mut memory = Memory::new(Verify::On);
    let mut shown = |now: &str| {
        sources.now = now.parse().expect("an instant");
        let gate = decide(&candidates, &site.config, &sources, &Show::default(), None, &mut memory);
        let cold = decide(&candidates, &site.config, &sources, &Show::default(), None, &mut Memory::new(Verify::Off));
        assert_eq!((gate.public.len(), gate.next_change, gate.horizon), (cold.public.len(), cold.next_change, cold.horizon), "{now}");
        (gate.public.len(), memory.since(sources.now).to_string())
    };
    assert_eq!(shown("2026-03-01T00:00:00Z"), (0, "2026-03-01T00:00:00Z".into()));
    assert_eq!(shown("2026-03-31T23:59:59Z"), (0, "2026-03-01T00:00:00Z".into()), "remembered");
    assert_eq!(shown("2026-04-01T00:00:00Z"), (1, "2026-04-01T00:00:00Z".into()));
    assert_eq!(shown("2026-04-02T00:00:00Z"), (1, "2026-04-01T00:00:00Z".into()), "remembered");
    assert_eq!(shown("2026-03-01T00:00:00Z"), (0, "2026-03-01T00:00:00Z".into()), "somebody has set the clock back");
    assert_eq!(shown("2026-06-01T00:00:00Z"), (0, "2026-06-01T00:00:00Z".into()));
}

// The samples are built at 2026-03-01T12:00:00Z.

#[test]
fn a_date_has_come_from_its_very_instant_on() {
    assert_eq!(why(&site([page("a.md").date("2026-03-01T12:00")])), None);
    assert_eq!(why(&site([page("a.md").date("2026-03-01T12:00:01")])), Some(Why::Scheduled));
    assert_eq!(why(&site([page("2026-03-02-a.md")])), Some(Why::Scheduled), "the date of the file's name counts");
}

#[test]
fn a_page_has_expired_from_the_very_instant_on() {
    assert_eq!(why(&site([expires(page("a.md"), "2026-03-01T12:00")])), Some(Why::Expired));
    assert_eq!(why(&site([expires(page("a.md"), "2026-03-01T12:00:01")])), None);
}

#[test]
fn an_embargo_later_than_the_date_is_the_date() {
    let sample =
        site([publish_at(page("a.md").date("2026-01-01"), "2026-02-01"), publish_at(page("b.md").date("2026-01-01"), "2025-01-01")]);
    let dates: Vec<String> = sample.gate.public.iter().map(|page| page.date.expect("a date").iso()).collect();
    assert_eq!(dates, ["2026-02-01", "2026-01-01"]);
    assert_eq!(why(&site([publish_at(page("a.md").date("2026-01-01"), "2026-04-01")])), Some(Why::Scheduled));
}

#[test]
fn a_date_alone_begins_at_midnight_in_the_zone_of_the_site() {
    let auckland = |config: &mut Config| config.time_zone = jiff::tz::TimeZone::get("Pacific/Auckland").expect("a zone");
    assert_eq!(why(&site_with(auckland, vec![page("a.md").date("2026-03-02")], &[])), None, "13 hours before UTC");
    assert_eq!(why(&site([page("a.md").date("2026-03-02")])), Some(Why::Scheduled));
}

#[test]
fn a_time_that_the_zone_skips_is_an_error_and_hides_the_page() {
    let berlin = |config: &mut Config| config.time_zone = jiff::tz::TimeZone::get("Europe/Berlin").expect("a zone");
    let sample = site_with(berlin, vec![page("a.md").date("2025-03-30T02:30")], &[]);
    assert_eq!(why(&sample), Some(Why::Unclear));
    assert_eq!(sample.gate.diagnostics[0].code, "unclear-time");
    assert_eq!(sample.gate.diagnostics[0].place.as_ref().map(|place| place.line), Some(2));
}

#[test]
fn a_public_page_that_was_updated_on_a_day_to_come_is_told() {
    let updated = |page: Page, at: &str| page.with("updated", at, |front, at| front.updated = Some(stamp(&at)));
    let codes = |page: Page| site([page]).gate.diagnostics.iter().map(|problem| problem.code).collect::<Vec<_>>();
    assert_eq!(codes(updated(page("a.md"), "2072-06-25")), ["updated-to-come"]);
    assert_eq!(codes(updated(page("a.md"), "2025-06-25")), [""; 0]);
    assert_eq!(codes(updated(page("a.md").date("2072-06-25"), "2072-06-26")), [""; 0], "it is not public");
}

fn reviewed(page: Page, on: &str, again: &str) -> Page {
    page.with("review_in", again, |front, again| front.review_in = Some(again)).with("last_reviewed_on", on, |front, on| {
        front.last_reviewed_on = Some(stamp(&on));
    })
}

#[test]
fn a_review_is_overdue_from_the_day_after_and_that_is_a_next_change() {
    let review = |page: Page| {
        let sample = site([page]);
        (sample.gate.public[0].review.map(|review| (review.due.to_string(), review.is_overdue)), next(&sample))
    };
    let some = |day: &str, is_overdue| Some((day.to_string(), is_overdue));
    assert_eq!(review(reviewed(page("a.md"), "2025-09-01", "6 months")), (some("2026-03-01", false), Some("2026-03-02T00:00:00Z".into())));
    assert_eq!(review(reviewed(page("a.md"), "2025-08-28", "6 months")), (some("2026-02-28", true), None));
    let by = |at: &str| page("a.md").with("review_by", at, |front, at| front.review_by = Some(stamp(&at)));
    assert_eq!(review(by("2026-02-01")), (some("2026-02-01", true), None));
    assert_eq!(review(reviewed(page("a.md"), "2020-01-01", "1 year").status(Status::Archived)), (None, None));
    assert_eq!(review(page("a.md")), (None, None));
}

#[test]
fn the_next_change_is_the_first_thing_that_happens_by_itself() {
    let later = page("a.md").date("2026-05-01");
    assert_eq!(next(&site([later, expires(page("b.md"), "2026-04-01")])).as_deref(), Some("2026-04-01T00:00:00Z"));
    let change = page("a.md").change("2026-03-05", ChangeKind::Minor);
    assert_eq!(next(&site([change])).as_deref(), Some("2026-03-05T00:00:00Z"));
}

#[test]
fn what_happens_to_a_page_that_stays_hidden_is_no_change() {
    assert_eq!(next(&site([page("a.md").date("2026-05-01").status(Status::Draft)])), None);
    assert_eq!(next(&site([expires(page("a.md").date("2026-05-01"), "2026-04-01")])), None, "it never appears");
    let scheduled = page("a.md").date("2026-05-01").change("2026-04-01", ChangeKind::Major);
    assert_eq!(next(&site([scheduled])).as_deref(), Some("2026-05-01T00:00:00Z"));
}

#[test]
fn changes_to_come_are_not_shown_and_move_no_date() {
    let sample = site([page("a.md")
        .change("2026-01-01", ChangeKind::Major)
        .change("2026-02-01", ChangeKind::Correction)
        .change("2026-04-01", ChangeKind::Major)]);
    let page = &sample.gate.public[0];
    assert_eq!(
        page.changes.iter().map(|change| change.note.as_str()).collect::<Vec<_>>(),
        ["changed on 2026-02-01", "changed on 2026-01-01"]
    );
    assert_eq!(page.updated.map(|at| at.iso()).as_deref(), Some("2026-01-01"));
}

#[test]
fn an_unknown_kind_is_a_warning_with_the_nearest_and_the_folder_decides() {
    let sample = site([page("people/a.md").with("kind", "persn", |front, kind| front.kind = Some(kind))]);
    assert_eq!(sample.gate.public[0].kind, Kind::Person);
    assert_eq!(sample.gate.diagnostics[0].hints, ["did you mean `person`?"]);
}

#[test]
fn the_page_of_a_vocabulary_is_about_none_of_its_terms() {
    let sample = site([page("people/_index.md"), page("people/a.md"), page("topics/index.md")]);
    let kinds: Vec<Kind> = sample.gate.public.iter().map(|page| page.kind).collect();
    assert_eq!(kinds, [Kind::Page, Kind::Person, Kind::Page]);
    assert_eq!(&*sample.gate.public[2].route, "/topics/");
}

#[test]
fn mistakes_in_keys_of_topics_are_told_on_topic_pages_only() {
    let wrong = |path: &str| {
        let mut page = page(path);
        page.front.topic_diagnostics.push(Diagnostic::error("wrong-type", "`featured` must be a list"));
        site([page]).gate.diagnostics.len()
    };
    assert_eq!((wrong("topics/a.md"), wrong("briefings/a.md")), (1, 0));
}
