//! What became of published pages: texts that were edited without a word about it, numbers that changed or were used again.
//!
//! Owns the record of a site's pages, and what is told of it against an earlier one. It must not know where that lies or how it is read.

mod hard;
mod sketch;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::Plan;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::gate::place_of_key;
use crate::index::PageId;
use crate::page::Facts;
use crate::page::front::{Change, ChangeKind, Status};
use crate::page::route::Kind;
use crate::publish::{Record, Recorded};
use crate::site::Site;
use crate::sources::Sources;
use crate::url::{address_of, output_path};
use sketch::{Edit, Sketch, Text};

/// What is to be recorded of the pages of a site. The text of a file of which `is_same` is true is the one that was recorded `before`.
pub fn record(plan: &Plan, before: &Record, is_same: &(dyn Fn(&str) -> bool + Sync)) -> Record {
    let site = &plan.site;
    let of_page = |(page, fact): (usize, &Arc<Facts>)| {
        let path = output_path(fact.route());
        let known =
            before.pages.get(&*path).and_then(|known| known.text.clone()).filter(|text| is_same(&path) && Sketch::parse(text).is_some());
        let text = is_publication(site, page as PageId)
            .then(|| known.unwrap_or_else(|| Sketch::of(&text(site, page as PageId)).to_string().into()));
        let id = fact.front().id.as_deref().map(Box::from);
        let is_withdrawn = site.index.status[page] == Status::Withdrawn;
        let page = Recorded { id, changes: changes(fact).map(Box::from).collect(), is_withdrawn, text };
        // A page of which nothing is asked later needs no line.
        (page != Recorded::default()).then_some((path, page))
    };
    let pages: Vec<(String, Recorded)> = site.facts.par_iter().enumerate().filter_map(of_page).collect();
    let mut record = Record::default();
    pages.into_iter().for_each(|(path, page)| record.add(&path, page));
    record.keep_numbers(before);
    record
}

/// Whether a page is one whose edits readers are told of: a briefing with a date. What stands above a list, and pages about people, have no `changes`
/// that anybody sees.
fn is_publication(site: &Site, page: PageId) -> bool {
    let fact = site.page(page);
    fact.page.kind == Kind::Briefing && fact.page.date.is_some() && site.index.list_of_page[page as usize].is_none()
}

/// The dates of the entries of `changes` that have come; behind that of a correction stands the word.
fn changes(fact: &Facts) -> impl Iterator<Item = String> {
    let kind = |change: &Change| if change.kind == ChangeKind::Correction { CORRECTION } else { "" };
    fact.page.changes.iter().map(move |change| {
        let date = change.date.civil.to_string();
        [date.trim_end_matches("T00:00:00"), kind(change)].concat()
    })
}

/// What stands behind the date of a correction in the record.
const CORRECTION: &str = " correction";

/// The day of an entry in the record.
fn day_of(entry: &str) -> &str {
    entry.get(..10).unwrap_or(entry)
}

/// The article's own text.
fn text(site: &Site, page: PageId) -> Text {
    let fact = site.page(page);
    let mut text = Text::new(site.lang_of(page));
    text.push(&fact.title);
    fact.front().summary.iter().for_each(|summary| text.push(summary));
    fact.headings.iter().for_each(|heading| text.push(&heading.text));
    text.end();
    let prose = site.bodies[page as usize].prose();
    prose.iter().for_each(|(_, block)| text.push(block));
    text.end();
    text
}

/// What is told of a site whose pages are recorded as `now`, where they were recorded as `before`.
pub fn problems(plan: &Plan, sources: &Sources, before: &Record, now: &Record) -> Vec<Diagnostic> {
    if before == &Record::default() {
        return Vec::new();
    }
    let history = History::new(&plan.site, sources, before);
    let of_page = |page: usize| -> Vec<Diagnostic> {
        let page = page as PageId;
        let number = history.number_changed(page).or_else(|| history.used_again(page, plan));
        number.into_iter().chain(history.taken_back(page, now)).chain(history.silent_edit(page, now)).collect()
    };
    (0..plan.site.facts.len()).into_par_iter().flat_map_iter(of_page).collect()
}

/// A site, and what was published of it before.
struct History<'a> {
    site: &'a Site,
    sources: &'a Sources,
    before: &'a Record,
    /// The files at which each page is or was, by page: where old addresses lead to it, its own first.
    files: Vec<Vec<String>>,
}

impl<'a> History<'a> {
    fn new(site: &'a Site, sources: &'a Sources, before: &'a Record) -> History<'a> {
        let mut files: Vec<Vec<String>> = site.facts.iter().map(|fact| vec![output_path(fact.route())]).collect();
        site.addresses.redirects().for_each(|(route, page)| files[page as usize].push(output_path(route)));
        History { site, sources, before, files }
    }

    /// The page as it was published: at its address, or at one that leads to it now.
    fn was(&self, page: PageId) -> Option<&'a Recorded> {
        self.files[page as usize].iter().find_map(|path| self.before.pages.get(&**path))
    }

    fn place(&self, page: PageId, key: &str) -> Place {
        let fact = self.site.page(page);
        place_of_key(fact.front(), fact.path(), &self.sources.text(fact.path()), key)
    }

    fn number_changed(&self, page: PageId) -> Option<Diagnostic> {
        let front = self.site.page(page).front();
        let old = self.was(page)?.id.as_deref()?;
        // Capitals count: the address of a number is written as the number is.
        let is_it = |name: &str| name == old;
        if front.id.as_deref().is_some_and(is_it) || front.aliases.iter().any(|name| is_it(name)) {
            return None;
        }
        let message = match &front.id {
            Some(id) => format!("this page was published as `{old}`, and is `{id}` now: readers cite the number"),
            None => format!("this page was published as `{old}`, and has no number now: readers cite it"),
        };
        let problem = Diagnostic::error("number-changed", message).at(self.place(page, "id"));
        Some(problem.hint(format!("write `id: {old}` again; if it must be another one, keep the old one as a name: `aliases: [{old}]`")))
    }

    fn used_again(&self, page: PageId, plan: &Plan) -> Option<Diagnostic> {
        let fact = self.site.page(page);
        let id = fact.front().id.as_deref()?;
        // A translation carries the number of its original.
        let family = std::iter::once(page).chain(self.site.index.translations[page as usize].iter().copied());
        let own: Vec<&str> = family.flat_map(|page| &self.files[page as usize]).map(String::as_str).collect();
        if !self.before.is_of_others(id, own.iter().copied()) {
            return None;
        }
        let is_its = |recorded: &Recorded| recorded.id.as_deref().is_some_and(|other| other.to_lowercase() == id.to_lowercase());
        let other = self.before.pages.iter().find(|(_, recorded)| is_its(recorded));
        let whose = other.map_or_else(|| "another page".to_string(), |(path, _)| format!("the page at `{}`", address_of(path)));
        let problem = Diagnostic::error("number-used-again", format!("the number `{id}` was published before, as that of {whose}"));
        let problem = problem.at(self.place(page, "id"));
        let problem = match other {
            Some((path, _)) => {
                problem.hint(format!("if this is that page, and has moved, name its old address: `aliases: [{}]`", address_of(path)))
            }
            None => problem,
        };
        let next = self.site.config.numbers.of_type(fact.page.type_name()).zip(fact.page.date).map(|(pattern, date)| {
            let public = self.site.facts.iter().filter_map(|fact| fact.front().id.as_deref());
            let hidden = plan.hidden.iter().filter_map(|page| page.id.as_deref());
            let published = self.before.pages.values().filter_map(|recorded| recorded.id.as_deref());
            pattern.next(public.chain(hidden).chain(published), date.date().year())
        });
        Some(match next {
            Some(next) => problem.hint(format!("else give it the next free one: `id: {next}`")),
            None => problem.hint("else give it a number that was never used"),
        })
    }

    /// What readers were told of the page, and are not any more.
    fn taken_back(&self, page: PageId, now: &Record) -> Option<Diagnostic> {
        let was = self.was(page)?;
        let none = Recorded::default();
        let is = now.pages.get(self.files[page as usize].first()?.as_str()).unwrap_or(&none);
        // An entry that became a correction is there; what is dated behind `now` has not come, whatever was published since.
        let today = self.site.config.time_zone.to_datetime(self.sources.now).date().to_string();
        let is_there = |entry: &&str| !entry.ends_with(CORRECTION) && is.changes.iter().any(|now| day_of(now) == day_of(entry));
        let gone = missing(&was.changes, &is.changes);
        let message = match gone.iter().find(|entry| !is_there(entry) && *day_of(entry) <= *today) {
            _ if was.is_withdrawn && !is.is_withdrawn => "this page was published as withdrawn, and is not any more".to_string(),
            Some(entry) => {
                let what = if entry.ends_with(CORRECTION) { "correction" } else { "change" };
                format!("readers were told of a {what} on {}, and `changes` has it no more", day_of(entry))
            }
            None => return None,
        };
        let severity = if self.site.config.changes_required { Severity::Error } else { Severity::Warning };
        let key = if was.is_withdrawn && !is.is_withdrawn { "withdrawn" } else { "changes" };
        let problem = Diagnostic::new(severity, "change-taken-back", message).at(self.place(page, key));
        Some(problem.hint("write it again; what was told in error is taken back by a new entry that says so"))
    }

    fn silent_edit(&self, page: PageId, now: &Record) -> Option<Diagnostic> {
        let (fact, was) = (self.site.page(page), self.was(page)?);
        let is = now.pages.get(self.files[page as usize].first()?.as_str())?;
        let (old, new) = (was.text.as_deref()?, is.text.as_deref()?);
        let published = || fact.page.date.map_or_else(String::new, |date| date.date().to_string());
        let since = was.changes.iter().map(|entry| day_of(entry).to_string()).max().unwrap_or_else(published);
        let days = |entries: &[Box<str>]| entries.iter().map(|entry| day_of(entry).into()).collect::<Vec<Box<str>>>();
        let (days_now, days_before) = (days(&is.changes), days(&was.changes));
        if old == new || missing(&days_now, &days_before).iter().any(|day| *day >= &*since) {
            return None;
        }
        let (old, new) = (Sketch::parse(old)?, Sketch::parse(new)?);
        let (edit, piece) = old.edit(&new)?;
        let message = match edit {
            Edit::Hard => {
                "this page was published with other figures, dates or negations, and no new entry of `changes` says so".to_string()
            }
            Edit::Words(count) => {
                format!("about {count} words of this page are others than when it was published, and no new entry of `changes` says so")
            }
        };
        let problem = match self.site.config.changes_required {
            true => Diagnostic::error("silent-edit", message),
            false => Diagnostic::warning("silent-edit", message),
        };
        let day = self.site.config.time_zone.to_datetime(self.sources.now).date();
        let kind = if edit == Edit::Hard { "correction" } else { "major" };
        let entry = format!("- {{date: {day}, kind: {kind}, note: What is other now, and why.}}");
        let source = self.sources.text(fact.path());
        let place = nearest(&source, text(self.site, page).pieces().get(piece).map_or("", String::as_str));
        let place = place.map_or_else(|| Place::file(fact.path()), |range| Place::range(fact.path(), &source, range));
        Some(problem.at(place).hint(format!("add an entry to `changes` of the page: `{entry}`")))
    }
}

/// The entries of `these` that are not among the others: of each as many as there are more of.
fn missing<'a>(these: &'a [Box<str>], others: &[Box<str>]) -> Vec<&'a str> {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    others.iter().for_each(|entry| *left.entry(entry).or_default() += 1);
    let is_more = |entry: &&str| match left.get_mut(*entry) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    };
    these.iter().map(|entry| &**entry).filter(is_more).collect()
}

/// The line of a source that has the most words of a piece of its text.
fn nearest(source: &str, piece: &str) -> Option<std::ops::Range<usize>> {
    let words: std::collections::HashSet<&str> = piece.split_whitespace().filter(|word| word.len() > 2).collect();
    let mut best = (0, None);
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let found = line.split_whitespace().filter(|word| words.contains(word)).count();
        if found > best.0 {
            let text = line.trim_end();
            best = (found, Some(start + (line.len() - line.trim_start().len())..start + text.len()));
        }
        start += line.len();
    }
    best.1
}

/// The problems as errors, where nothing may be told and published all the same.
pub fn strict(mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    problems.iter_mut().for_each(|problem| problem.severity = Severity::Error);
    problems
}
