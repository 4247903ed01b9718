//! Tests of the ledger: its form, what is learned, what is read again.

use std::sync::Arc;

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn answer(finding: Finding, reason: Reason) -> Answer {
    Answer { finding, reason, moved_to: None }
}

fn read(text: &str) -> (Ledger, Option<String>) {
    let (ledger, problem) = Ledger::parse(&Arc::from(PATH), text);
    (ledger, problem.map(|problem| format!("{} {}", problem.place.expect("a place"), problem.message)))
}

/// A ledger with what an editor sees after some weeks.
fn some_weeks() -> Ledger {
    let mut ledger = Ledger::default();
    let good = answer(Finding::Good, Reason::Status(200));
    ledger.learn(
        "https://b.example/",
        Answer { moved_to: Some("https://b.example/new".into()), ..good.clone() },
        at("2026-11-02T08:00:00.7Z"),
    );
    ledger.learn("https://a.example/x", good, at("2026-11-02T08:00:00Z"));
    for day in ["2026-11-09T08:00:00Z", "2026-11-16T08:00:00Z"] {
        ledger.learn("https://a.example/x", answer(Finding::Gone, Reason::Status(404)), at(day));
    }
    ledger.learn("https://c.example/", answer(Finding::Unclear, Reason::Certificate), at("2026-11-16T08:00:00Z"));
    ledger.archived("https://a.example/x", "https://archive.example/2026/https://a.example/x");
    ledger
}

#[test]
fn a_ledger_is_a_line_an_address_in_their_order() {
    insta::assert_snapshot!(some_weeks().to_text(), @r"
    # links.lock 1: what the addresses of this site answered. `chancery links` writes it; keep it with the site.
    https://a.example/x gone 404 checked=2026-11-16T08:00:00Z since=2026-11-09T08:00:00Z good=2026-11-02T08:00:00Z archive=https://archive.example/2026/https://a.example/x
    https://b.example/ good 200 checked=2026-11-02T08:00:00Z moved=https://b.example/new
    https://c.example/ unclear certificate checked=2026-11-16T08:00:00Z since=2026-11-16T08:00:00Z
    ");
}

#[test]
fn what_was_written_is_read_again() {
    let ledger = some_weeks();
    assert_eq!(read(&ledger.to_text()), (ledger, None));
}

#[test]
fn a_line_that_is_none_is_told_and_takes_no_other_with_it() {
    let text = format!("<<<<<<< ours\n{}=======\n>>>>>>> theirs\n", some_weeks().to_text());
    let (ledger, problem) = read(&text);
    assert_eq!(ledger, some_weeks());
    assert_eq!(problem.as_deref(), Some("content/_data/links.lock:1:0 this line of the ledger of links cannot be read, and 2 more"));
}

#[test]
fn of_two_lines_of_one_address_the_later_holds() {
    let (older, newer) =
        ("https://a.example/ good 200 checked=2026-11-01T00:00:00Z", "https://a.example/ gone 410 checked=2026-11-02T00:00:00Z");
    for lines in [[older, newer], [newer, older]] {
        let (ledger, problem) = read(&lines.join("\n"));
        assert_eq!((ledger.get("https://a.example").expect("an entry").answer.finding, problem), (Finding::Gone, None));
    }
}

#[test]
fn words_that_a_newer_program_adds_are_passed_over() {
    let (ledger, problem) = read("# links.lock 2\nhttps://a.example/ good 200 checked=2026-11-01T00:00:00Z colour=red soon\n");
    assert_eq!((ledger.entries().count(), problem), (1, None));
}

#[test]
fn what_is_gone_is_gone_since_it_first_was_and_was_good_before() {
    let ledger = some_weeks();
    let entry = ledger.get("https://A.example/x#part").expect("an entry");
    assert_eq!((entry.since, entry.last_good), (at("2026-11-09T08:00:00Z"), Some(at("2026-11-02T08:00:00Z"))));
}

#[test]
fn spellings_of_one_address_are_one() {
    let cases = [
        ("https://Example.org", Some("https://example.org/")),
        ("HTTPS://example.org:443/A#b", Some("https://example.org/A")),
        ("http://example.org:80?q", Some("http://example.org/?q")),
        ("//example.org/x", Some("https://example.org/x")),
        ("https://example.org:8443/x", Some("https://example.org:8443/x")),
        ("https://example.org/été (1)/a%20b", Some("https://example.org/%C3%A9t%C3%A9%20(1)/a%20b")),
        ("https://example.org/a\"b<c>`{d}", Some("https://example.org/a%22b%3Cc%3E%60%7Bd%7D")),
        ("https://bücher.example/", Some("https://bücher.example/")),
        ("http://[::1]:8080/", Some("http://[::1]:8080/")),
        ("ftp://example.org/", None),
        ("mailto:a@b.example", None),
        ("https://", None),
        ("https:///x", None),
        ("https://me:secret@example.org/", None),
        ("/x/", None),
    ];
    for (written, expected) in cases {
        assert_eq!(address(written).as_deref(), expected, "{written}");
        if let Some(known) = expected {
            assert_eq!(address(known).as_deref(), expected, "the form of a form is itself");
        }
    }
}

#[test]
fn every_reason_has_a_word_that_is_read_again_and_says_something() {
    let reasons = REASONS.iter().map(|(_, reason, _)| *reason).chain([Reason::Status(404), Reason::Status(999)]);
    for reason in reasons {
        assert_eq!(reason.to_string().parse(), Ok(reason));
        assert!(!reason.words().is_empty() && !reason.to_string().contains(' '), "{reason:?}");
    }
}
