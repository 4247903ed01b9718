//! The pages that a list shows, and what is known of each.
//!
//! It must not know how lists are formatted.

use jiff::Timestamp;
use jiff::civil::Date;

use super::filters::{passes, refuse_unknown};
use crate::cli::args::{List, Which};
use crate::cli::error::Error;
use crate::gate::{Hidden, Why};
use crate::page::front::{ChangeKind, Status};
use crate::page::{Front, Moment, Taxonomy};
use crate::pipeline::Plan;

/// Without `--within`, what is due within so many days is listed.
const WITHIN: u64 = 30;

/// One page. What it does not say is empty.
#[derive(Debug, Clone, Default)]
pub struct Row<'a> {
    pub path: &'a str,
    pub state: &'static str,
    /// Whether no reader sees it, or nobody knows whether one does.
    pub is_hidden: bool,
    /// Of publication.
    pub date: Option<Moment>,
    pub title: &'a str,
    pub address: &'a str,
    /// The page of the section that hides it, if one does.
    pub section: Option<&'a str>,
    /// Its language, if it is not that of the site.
    pub lang: &'a str,
    /// Who may read it; empty if all may.
    pub marking: &'a str,
    /// Who keeps it up to date.
    pub owner: &'a str,
    /// `briefing`, `study`, ….
    pub type_: &'a str,
    pub authors: &'a [String],
    pub topics: &'a [String],
    /// The last day to look whether it still holds.
    pub due: Option<Date>,
    /// Whether that day is over.
    pub is_overdue: bool,
    /// Its number.
    pub id: &'a str,
    /// From when on it is not shown any more; to come.
    pub expires: Option<Timestamp>,
    /// The last correction that has come.
    pub corrected: Option<Date>,
    /// The path of the page that took its place.
    pub superseded_by: &'a str,
    /// Those of the pages that change part of it.
    pub amended_by: Vec<&'a str>,
}

/// The pages that are asked for, as of `today`: in the order of their paths, those that are due in that of their days.
///
/// # Errors
/// No page of the site has the owner, author, topic, type or marking that is asked for.
pub fn rows<'p>(plan: &'p Plan, args: &'p List, today: Date) -> Result<Vec<Row<'p>>, Error> {
    let mut rows: Vec<Row> = public(plan).chain(plan.hidden.iter().map(|page| hidden(page, plan))).collect();
    refuse_unknown(&rows, args, &plan.site.config.markings)?;
    if args.which == Which::Versions {
        rows = super::versions::rows(plan);
    }
    let within = args.within.map_or(WITHIN, |within| within.as_secs() / (24 * 60 * 60));
    let last = today.checked_add(jiff::Span::new().days(within.min(100_000) as i64)).unwrap_or(Date::MAX);
    rows.retain(|row| is_wanted(row, args.which, last) && passes(row, args));
    rows.sort_by_key(|row| row.path);
    if matches!(args.which, Which::Due | Which::Overdue) {
        rows.sort_by_key(|row| row.due);
    }
    Ok(rows)
}

pub fn public(plan: &Plan) -> impl Iterator<Item = Row<'_>> {
    let site = &plan.site;
    site.facts.iter().zip(&site.index.status).enumerate().map(|(page, (fact, status))| {
        let front = fact.front();
        let review = site.review(page as u32);
        let next = site.index.succession.next[page].filter(|_| *status == Status::Superseded);
        let amended_by = site.index.amendments.of(page as u32).filter(|by| site.index.is_listed(*by));
        let corrected = fact.page.changes.iter().find(|change| change.kind == ChangeKind::Correction);
        Row {
            path: fact.path(),
            state: doubt(front).unwrap_or(status.name()),
            is_hidden: doubt(front).is_some(),
            date: fact.page.date,
            title: &fact.title,
            address: fact.route(),
            section: None,
            lang: further(plan, fact.page.origin.lang),
            marking: fact.page.marking.as_deref().unwrap_or_default(),
            owner: front.owner.as_deref().unwrap_or_default(),
            type_: site.type_of(page as u32),
            authors: terms(&front.terms, Taxonomy::Authors),
            topics: terms(&front.terms, Taxonomy::Topics),
            due: review.map(|review| review.due),
            is_overdue: review.is_some_and(|review| review.is_overdue),
            id: front.id.as_deref().unwrap_or_default(),
            expires: ends(front, plan),
            corrected: corrected.map(|change| change.date.date()),
            superseded_by: next.map_or("", |next| site.page(next).path()),
            amended_by: amended_by.map(|by| &**site.page(by).path()).collect(),
        }
    })
}

pub fn hidden<'p>(page: &'p Hidden, plan: &'p Plan) -> Row<'p> {
    Row {
        path: &page.path,
        state: state(page.why),
        is_hidden: true,
        date: page.date,
        title: if page.title.is_empty() { &page.name } else { &page.title },
        address: &page.route,
        lang: further(plan, page.lang),
        section: page.section.as_ref().map(|section| &*section.path),
        marking: page.marking.as_deref().unwrap_or_default(),
        owner: page.owner.as_deref().unwrap_or_default(),
        type_: &page.type_,
        authors: terms(&page.terms, Taxonomy::Authors),
        topics: terms(&page.terms, Taxonomy::Topics),
        id: page.id.as_deref().unwrap_or_default(),
        ..Row::default()
    }
}

/// The code of a language besides the default one; empty for that.
fn further(plan: &Plan, lang: u8) -> &str {
    if lang == 0 { "" } else { plan.site.config.language_code(lang) }
}

/// The end of a public page.
fn ends(front: &Front, plan: &Plan) -> Option<Timestamp> {
    front.expires.as_ref()?.instant(&plan.site.config.time_zone).ok()
}

fn terms(terms: &crate::page::front::Terms, taxonomy: Taxonomy) -> &[String] {
    terms[taxonomy as usize].as_deref().unwrap_or_default()
}

/// Whether a list of that kind has a page; `last` is the last day within which it is due.
fn is_wanted(row: &Row, which: Which, last: Date) -> bool {
    match which {
        Which::All | Which::Versions => true,
        Which::Public => !row.is_hidden,
        Which::Hidden => row.is_hidden,
        Which::Drafts => matches!(row.state, "draft" | "review"),
        Which::Review => row.state == "review",
        Which::Scheduled => row.state == "scheduled",
        Which::Expired => row.state == "expired",
        Which::Superseded => row.state == "superseded",
        Which::Withdrawn => row.state == "withdrawn",
        Which::Archived => row.state == "archived",
        Which::Corrected => row.corrected.is_some(),
        Which::Amended => !row.amended_by.is_empty(),
        Which::Due => row.due.is_some_and(|due| due <= last),
        Which::Overdue => row.is_overdue,
        Which::Sources | Which::Unused => false,
    }
}

/// Why nobody knows the state of a page whose text is looked at as if it were public: an error of its front matter keeps the site from being
/// written.
fn doubt(front: &Front) -> Option<&'static str> {
    if front.is_unparsed() {
        Some("unread")
    } else if front.date_unclear {
        Some(state(Why::Unclear))
    } else {
        None
    }
}

/// A state in the word that `list` has for it.
pub fn state(why: Why) -> &'static str {
    match why {
        Why::Draft => "draft",
        Why::Review => "review",
        Why::Unknown => "unknown-status",
        Why::Unpublished => "unpublished",
        Why::Marked => "marked",
        Why::Scheduled => "scheduled",
        Why::Expired => "expired",
        Why::Unclear => "unclear-date",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_whose_date_or_front_matter_is_not_read_have_no_public_state() {
        let date_unclear = Front { date_unclear: true, ..Front::default() };
        let diagnostics = vec![crate::diagnostic::Diagnostic::error("bad-yaml", "not closed")];
        let unread = Front { diagnostics, ..Front::default() };
        assert_eq!([date_unclear, unread, Front::default()].each_ref().map(doubt), [Some("unclear-date"), Some("unread"), None]);
    }

    #[test]
    fn every_list_has_the_states_that_it_is_called_after() {
        let has = |which: Which, state: &'static str| is_wanted(&Row { state, ..Row::default() }, which, Date::ZERO);
        assert!(has(Which::Drafts, "review") && has(Which::Withdrawn, "withdrawn") && !has(Which::Drafts, "unpublished"));
        let is_hidden = Row { is_hidden: true, ..Row::default() };
        assert!(is_wanted(&is_hidden, Which::Hidden, Date::ZERO) && !is_wanted(&is_hidden, Which::Public, Date::ZERO));
        let due: Date = "2026-03-01".parse().unwrap();
        let row = Row { due: Some(due), ..Row::default() };
        assert!(is_wanted(&row, Which::Due, due) && !is_wanted(&row, Which::Due, due.yesterday().unwrap()));
        assert!(!is_wanted(&row, Which::Overdue, due));
    }
}
