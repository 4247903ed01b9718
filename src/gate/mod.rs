//! The gate: which pages are public at `now`, and what little may be known of the others.
//!
//! Owns `Hidden` and the one place where visibility is decided. It must not know bodies, but for the heading that is a hidden page's
//! title. `Hidden` is for lint, audit, `list` and the next change only: the index, views and emitters may not import it (a test holds that).

pub mod cascade;
pub mod hidden;

use std::sync::Arc;

use jiff::Timestamp;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place, nearest};
use crate::page::date::{Stamp, Unclear};
use crate::page::facts::{Admitted, Moment};
use crate::page::front::{Change, ChangeKind, Front, Status};
use crate::page::origin::{Origin, Role};
use crate::page::route::{self, KINDS, Kind};
use crate::sources::Sources;

pub use hidden::{Hidden, files, hidden_folders, silences};

/// What a preview shows besides the public pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Show {
    pub drafts: bool,
    pub future: bool,
    pub expired: bool,
}

impl Show {
    pub fn is_preview(self) -> bool {
        self != Show::default()
    }
}

/// Why a page is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    Draft,
    Review,
    /// `status` is a word that is none.
    Unknown,
    /// `permalink: false`.
    Unpublished,
    Scheduled,
    Expired,
    /// Its date names no instant, so nobody knows whether it has come.
    Unclear,
}

/// What came to the gate: one page with its front matter.
pub struct Arrival {
    pub origin: Arc<Origin>,
    pub front: Arc<Front>,
}

/// What the gate decided.
pub struct Gate {
    /// In the order of their paths.
    pub public: Vec<Arc<Admitted>>,
    pub hidden: Vec<Hidden>,
    /// The next instant at which something appears, disappears or changes by itself.
    pub next_change: Option<Timestamp>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Decides for every page whether it is public. `arrivals` are in the order of their paths, with the cascade applied.
pub fn decide(arrivals: &[Arrival], config: &Config, sources: &Sources, show: Show) -> Gate {
    let mut gate = Gate { public: Vec::new(), hidden: Vec::new(), next_change: None, diagnostics: Vec::new() };
    for arrival in arrivals {
        let mut judge = Judge { config, sources, origin: &arrival.origin, front: &arrival.front, diagnostics: Vec::new() };
        let Verdict { page, why, due } = judge.judge(show);
        gate.diagnostics.append(&mut judge.diagnostics);
        gate.next_change = gate.next_change.into_iter().chain(due).min();
        match why {
            None => gate.public.push(Arc::new(page)),
            Some(why) => gate.hidden.push(Hidden::of(page, why, due, sources)),
        }
    }
    gate
}

/// What was decided about one page.
struct Verdict {
    page: Admitted,
    /// Nothing, if it is public.
    why: Option<Why>,
    /// The next instant at which this page appears, disappears or changes by itself.
    due: Option<Timestamp>,
}

struct Judge<'a> {
    config: &'a Config,
    sources: &'a Sources,
    origin: &'a Arc<Origin>,
    front: &'a Arc<Front>,
    diagnostics: Vec<Diagnostic>,
}

impl Judge<'_> {
    fn judge(&mut self, show: Show) -> Verdict {
        let front = self.front;
        let kind = self.kind();
        if kind.taxonomy().is_some() {
            self.diagnostics.extend(front.topic_diagnostics.iter().cloned());
        }
        let prefix = self.config.prefix(self.origin.lang);
        let route: Arc<str> = Arc::from(route::route(self.origin, front, kind, &prefix));
        let before = self.diagnostics.len();
        let date = self.date();
        let expires = self.moment("expires", front.expires.as_ref());
        let is_clear = self.diagnostics.len() == before;
        let status = front.status.unwrap_or(Status::Published);
        let why = match self.why_of_state(status, is_clear, show) {
            None if expires.is_some_and(|expires| !self.is_to_come(expires.at)) && !show.expired => Some(Why::Expired),
            None if date.is_some_and(|date| self.is_to_come(date.at)) && !show.future => Some(Why::Scheduled),
            why => why,
        };
        let history = self.history();
        let expiry = expires.map(|expires| expires.at);
        let due = match why {
            None => history.next.into_iter().chain(expiry.filter(|at| self.is_to_come(*at))).min(),
            // What expires before it begins never appears.
            Some(Why::Scheduled) => date.map(|date| date.at).filter(|date| expiry.is_none_or(|expiry| expiry > *date)),
            Some(_) => None,
        };
        let updated = self.moment("updated", front.updated.as_ref()).or(history.last_major);
        let (origin, front, changes) = (self.origin.clone(), front.clone(), history.shown);
        Verdict { page: Admitted { origin, front, kind, route, date, updated, status, changes }, why, due }
    }

    /// Why an editor hides the page, whatever the time.
    fn why_of_state(&self, status: Status, is_clear: bool, show: Show) -> Option<Why> {
        match status {
            _ if self.front.status_unknown => Some(Why::Unknown),
            _ if self.front.hidden_by_permalink => Some(Why::Unpublished),
            Status::Draft if !show.drafts => Some(Why::Draft),
            Status::Review if !show.drafts => Some(Why::Review),
            _ if !is_clear => Some(Why::Unclear),
            _ => None,
        }
    }

    /// The date of publication: the later of `date` (else that of the file's name) and `publish_at`.
    fn date(&mut self) -> Option<Moment> {
        let midnight = jiff::civil::Time::midnight();
        let named = self.origin.date.map(|date| Stamp { civil: date.to_datetime(midnight), offset: None, day_only: true });
        let date = self.moment("date", self.front.date.as_ref().or(named.as_ref()));
        let embargo = self.moment("publish_at", self.front.publish_at.as_ref());
        match (date, embargo) {
            (Some(date), Some(embargo)) if embargo.at <= date.at => Some(date),
            (date, embargo) => embargo.or(date),
        }
    }

    fn kind(&mut self) -> Kind {
        // `people/_index.md` is about no person.
        let is_own_list = self.origin.role != Role::Page && Kind::of_folder(&self.origin.folder).is_some();
        let by_folder = if is_own_list { Kind::Page } else { Kind::of_folder(self.origin.top()).unwrap_or(Kind::Briefing) };
        let Some(written) = &self.front.kind else { return by_folder };
        Kind::named(written).unwrap_or_else(|| {
            let names = KINDS.iter().map(|(_, name, _)| *name);
            let mut problem = Diagnostic::warning("unknown-kind", format!("there is no kind `{written}`")).at(self.place("kind"));
            problem = match nearest(written, names.clone()) {
                Some(near) => problem.hint(format!("did you mean `{near}`?")),
                None => problem.hint(format!("kinds are {}", names.collect::<Vec<_>>().join(", "))),
            };
            self.diagnostics.push(problem);
            by_folder
        })
    }

    fn moment(&mut self, key: &'static str, stamp: Option<&Stamp>) -> Option<Moment> {
        let zone = &self.config.time_zone;
        match Moment::of(stamp?, zone) {
            Ok(moment) => Some(moment),
            Err(unclear) => {
                let why = match unclear {
                    Unclear::Skipped => "skips this local time",
                    Unclear::Repeated => "has this local time twice",
                };
                let problem = Diagnostic::error("unclear-time", format!("the time zone {} {why}", self.config.time_zone_name))
                    .at(self.place(key))
                    .hint("write the offset too, such as `+01:00`");
                self.diagnostics.push(problem);
                None
            }
        }
    }

    /// The one comparison with `now`: what lies after it is a change to come.
    fn is_to_come(&self, at: Timestamp) -> bool {
        at > self.sources.now
    }

    fn history(&mut self) -> History {
        let mut next = None;
        let mut shown = Vec::new();
        for change in &self.front.changes {
            match self.moment("changes", Some(&change.date)) {
                Some(moment) if self.is_to_come(moment.at) => next = next.into_iter().chain([moment.at]).min(),
                Some(moment) => shown.push((moment, change.clone())),
                None => {}
            }
        }
        shown.sort_by(|a, b| b.0.at.cmp(&a.0.at));
        let last_major = shown.iter().find(|(_, change)| change.kind == ChangeKind::Major).map(|(moment, _)| *moment);
        History { shown: shown.into_iter().map(|(_, change)| change).collect(), last_major, next }
    }

    fn place(&self, key: &str) -> Place {
        place_of_key(self.front, &self.origin.path, self.sources.text(&self.origin.path), key)
    }
}

/// The `changes` of a page as of now.
struct History {
    /// Those that have come, newest first.
    shown: Vec<Change>,
    last_major: Option<Moment>,
    /// When the next one comes.
    next: Option<Timestamp>,
}

/// Where a key of the front matter stands; the whole file if the key came from a cascade.
pub fn place_of_key(front: &Front, path: &Arc<str>, text: &str, key: &str) -> Place {
    match front.spans.iter().find(|(name, _)| *name == key) {
        Some((_, span)) => Place::range(path, text, span.clone()),
        None => Place::file(path),
    }
}
