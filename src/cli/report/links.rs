//! What addresses outside the site answered, for people and for programs.
//!
//! It must not know how they were asked.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::time::Instant;

use jiff::Timestamp;
use serde::Serialize;

use super::{Warnings, select, text};
use crate::cli::args::LinksFormat;
use crate::cli::invocation::{Invocation, Loudness};
use crate::cli::links::Cited;
use crate::cli::terminal::{clean_line, count};
use crate::diagnostic::{Diagnostic, Place};
use crate::ledger::{Entry, Finding, Ledger};

/// So many places of one address are shown, besides the first; the others are counted.
const MORE_PLACES: usize = 3;

/// What a run has to tell.
pub struct Told<'a> {
    pub cited: &'a Cited,
    pub ledger: &'a Ledger,
    /// The addresses that count: those of the site that are not skipped.
    pub wanted: &'a BTreeSet<&'a str>,
    /// How many were asked.
    pub asked: usize,
    /// How many should have been, and were not.
    pub left: usize,
    pub start: Instant,
}

/// One address for programs; what is not known is null.
#[derive(Serialize)]
struct Row<'a> {
    address: &'a str,
    finding: Option<&'static str>,
    reason: Option<String>,
    checked: Option<Timestamp>,
    since: Option<Timestamp>,
    last_good: Option<Timestamp>,
    moved_to: Option<&'a str>,
    archive: Option<&'a str>,
    places: Vec<Spot<'a>>,
}

#[derive(Serialize)]
struct Spot<'a> {
    file: &'a str,
    line: u32,
    column: u32,
}

impl Told<'_> {
    /// Prints it all.
    pub fn show(&self, invocation: &Invocation, format: LinksFormat) {
        if format == LinksFormat::Json {
            return invocation.answer(&self.json());
        }
        let problems = self.problems();
        let wanted = match invocation.loudness {
            Loudness::Quiet => Warnings::None,
            Loudness::Normal => Warnings::Few,
            Loudness::Verbose => Warnings::All,
        };
        let selection = select(&problems, wanted);
        invocation.answer(&text::all(&selection, &invocation.renderer(&invocation.world.terminal.out), "`chancery links -v`"));
        if !invocation.is_quiet() {
            invocation.answer(&self.last_line());
        }
    }

    /// The entries of the addresses that count, with their places.
    fn entries(&self) -> impl Iterator<Item = (&str, Option<&Entry>, &[Place])> {
        self.wanted
            .iter()
            .map(|address| (*address, self.ledger.get(address), self.cited.addresses.get(*address).map_or(&[][..], Vec::as_slice)))
    }

    fn problems(&self) -> Vec<Diagnostic> {
        let told = self.entries().filter_map(|(address, entry, places)| Some(at(problem(address, entry?)?, places)));
        let unaskable = self.cited.unaskable.iter().map(|(written, place)| {
            let message = format!("`{written}` cannot be asked: it names no host, or somebody's password");
            Diagnostic::warning("unclear-link", message).at(place.clone()).hint("write the whole address, without a name and password")
        });
        told.chain(unaskable).collect()
    }

    fn last_line(&self) -> String {
        let found = |finding| self.entries().filter(|(_, entry, _)| entry.is_some_and(|entry| entry.answer.finding == finding)).count();
        let moved = self.entries().filter(|(_, entry, _)| entry.is_some_and(|entry| entry.answer.moved_to.is_some())).count();
        let moved = if moved > 0 { format!(" ({moved} moved)") } else { String::new() };
        let (all, seconds) = (addresses(self.wanted.len()), self.start.elapsed().as_secs_f64());
        let found = format!("{} good{moved}, {} gone, {} unclear", found(Finding::Good), found(Finding::Gone), found(Finding::Unclear));
        let left = if self.left > 0 { format!("; {} not asked any more", self.left) } else { String::new() };
        format!("Asked {} of {all} in {seconds:.2} s: {found}{left}\n", self.asked)
    }

    fn json(&self) -> String {
        let spot = |place: &'_ Place| (place.path.clone(), place.line, place.column);
        let places: Vec<Vec<_>> = self.entries().map(|(_, _, places)| places.iter().map(spot).collect()).collect();
        let rows: Vec<Row> = self
            .entries()
            .zip(&places)
            .map(|((address, entry, _), places)| Row {
                address,
                finding: entry.map(|entry| entry.answer.finding.word()),
                reason: entry.map(|entry| entry.answer.reason.to_string()),
                checked: entry.map(|entry| entry.checked),
                since: entry.map(|entry| entry.since),
                last_good: entry.and_then(|entry| entry.last_good),
                moved_to: entry.and_then(|entry| entry.answer.moved_to.as_deref()),
                archive: entry.and_then(|entry| entry.archive.as_deref()),
                places: places.iter().map(|(file, line, column)| Spot { file, line: *line, column: *column }).collect(),
            })
            .collect();
        // Strings and numbers have no form that JSON lacks.
        let mut text = serde_json::to_string_pretty(&rows).expect("plain data is JSON");
        text.push('\n');
        text
    }
}

/// What would be asked: an address a line, with when it was asked last.
pub fn due(due: &[String], known: &Ledger, format: LinksFormat) -> String {
    if format == LinksFormat::Json {
        // Strings have no form that JSON lacks.
        let mut text = serde_json::to_string_pretty(due).expect("plain data is JSON");
        text.push('\n');
        return text;
    }
    let mut text = String::new();
    for address in due {
        let last =
            known.get(address).map_or("not asked yet".into(), |entry| format!("{}, {}", entry.answer.finding.word(), day(entry.checked)));
        // A string takes every write.
        let _ = writeln!(text, "{}  ({last})", clean_line(address));
    }
    let _ = writeln!(text, "{} would be asked", addresses(due.len()));
    text
}

fn addresses(number: usize) -> String {
    format!("{number} {}", if number == 1 { "address" } else { "addresses" })
}

/// What is wrong with an address, if anything is.
fn problem(address: &str, entry: &Entry) -> Option<Diagnostic> {
    let reason = entry.answer.reason.words();
    let moved_to = entry.answer.moved_to.as_deref();
    Some(match (entry.answer.finding, moved_to) {
        (Finding::Good, None) => return None,
        (Finding::Good, Some(to)) => {
            let problem = Diagnostic::warning("moved-link", format!("`{address}` has moved to `{to}`"));
            match is_front_page(to) && !is_front_page(address) {
                true => problem.hint("that is the front page of its host: look whether what you mean is still there"),
                false => problem.hint("write the new address"),
            }
        }
        (Finding::Gone, _) => {
            let problem = Diagnostic::error("gone-link", format!("`{address}` is gone: {reason}")).hint(history(entry));
            match &entry.archive {
                Some(copy) => problem.hint(format!("link to the copy in an archive, `{copy}`")),
                None => {
                    problem.hint(format!("find where it is now, or a copy in an archive, such as `https://web.archive.org/web/{address}`"))
                }
            }
        }
        (Finding::Unclear, _) => {
            Diagnostic::warning("unclear-link", format!("nobody can tell whether `{address}` is there: {reason}")).hint(history(entry))
        }
    })
}

/// Since when it is so, and how it was before.
fn history(entry: &Entry) -> String {
    let since = format!("so since {}", day(entry.since));
    match entry.last_good {
        Some(good) => format!("{since}; it was good on {}", day(good)),
        None => format!("{since}, and never found good"),
    }
}

fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

fn is_front_page(address: &str) -> bool {
    address.split_once("://").is_some_and(|(_, rest)| rest.split_once('/').is_none_or(|(_, path)| path.is_empty()))
}

/// The problem at the first of its places, with some of the others.
fn at(problem: Diagnostic, places: &[Place]) -> Diagnostic {
    let Some((first, others)) = places.split_first() else { return problem };
    let mut problem = problem.at(first.clone());
    for place in others.iter().take(MORE_PLACES) {
        problem = problem.also(place.clone(), "and here");
    }
    match others.len().saturating_sub(MORE_PLACES) {
        0 => problem,
        more => problem.hint(format!("and in {} more", count(more, "place"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str) -> String {
        let (ledger, unread) = Ledger::parse(&"links.lock".into(), line);
        assert_eq!(unread, None);
        let (address, entry) = ledger.entries().next().expect("an entry");
        match problem(address, entry) {
            Some(problem) => format!("{} {} | {}", problem.code, problem.message, problem.hints.join(" | ")),
            None => String::new(),
        }
    }

    #[test]
    fn what_is_gone_says_since_when_and_what_to_do() {
        let gone = "https://a.example/x gone 404 checked=2026-11-16T08:00:00Z since=2026-11-09T08:00:00Z good=2026-11-02T08:00:00Z";
        insta::assert_snapshot!(told(gone), @"gone-link `https://a.example/x` is gone: its host answers 404 (not found) | so since 2026-11-09; it was good on 2026-11-02 | find where it is now, or a copy in an archive, such as `https://web.archive.org/web/https://a.example/x`");
        let copy = told(&format!("{gone} archive=https://archive.example/1"));
        assert!(copy.ends_with("| link to the copy in an archive, `https://archive.example/1`"), "{copy}");
    }

    #[test]
    fn what_moved_to_a_front_page_may_be_gone() {
        let moved = |to: &str| told(&format!("https://a.example/x good 200 checked=2026-11-16T08:00:00Z moved={to}"));
        assert_eq!(
            moved("https://a.example/y"),
            "moved-link `https://a.example/x` has moved to `https://a.example/y` | write the new address"
        );
        assert!(moved("https://b.example/").contains("front page"));
        assert_eq!(told("https://a.example/x good 200 checked=2026-11-16T08:00:00Z"), "");
    }
}
