//! The gate: which pages are public at `now`, and what little may be known of the others.
//!
//! Owns `Hidden` and the one place where visibility is decided. It must not know bodies. `Hidden` is for lint, audit, `list` and the
//! next change only: the index, views and emitters may not import it (a test holds that).

pub mod cascade;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place, nearest};
use crate::fingerprint::Fingerprint;
use crate::page::date::{Stamp, Unclear};
use crate::page::facts::{Admitted, Moment};
use crate::page::front::{ChangeKind, Front, Status};
use crate::page::origin::{Origin, Role};
use crate::page::route::silence;
use crate::page::route::{self, KINDS, Kind};
use crate::sources::{Content, Sources};

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

/// What is known of a page that is not public.
#[derive(Debug, Clone)]
pub struct Hidden {
    pub path: Arc<str>,
    pub route: Arc<str>,
    pub lang: u8,
    pub role: Role,
    pub folder: Box<str>,
    pub id: Option<String>,
    /// Empty if the front matter has none.
    pub title: String,
    pub name: Box<str>,
    pub date: Option<Moment>,
    pub why: Why,
    /// When it becomes public by itself.
    pub due: Option<Timestamp>,
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
        let mut judge =
            Judge { config, sources, origin: &arrival.origin, front: &arrival.front, coming: Vec::new(), diagnostics: Vec::new() };
        let (page, verdict) = judge.judge(show);
        let coming = std::mem::take(&mut judge.coming);
        gate.diagnostics.append(&mut judge.diagnostics);
        let due = match verdict {
            None => coming.iter().min().copied(),
            // What would change in the page before it appears, nobody sees.
            Some(Why::Scheduled) => page.date.map(|date| date.at),
            // A draft stays a draft whatever the clock says, so its dates are no change that is due.
            Some(_) => None,
        };
        gate.next_change = gate.next_change.into_iter().chain(due).min();
        match verdict {
            None => gate.public.push(Arc::new(page)),
            Some(why) => gate.hidden.push(hidden(page, why, due)),
        }
    }
    gate
}

fn hidden(page: Admitted, why: Why, due: Option<Timestamp>) -> Hidden {
    Hidden {
        path: page.origin.path.clone(),
        route: page.route,
        lang: page.origin.lang,
        role: page.origin.role,
        folder: page.origin.folder.clone(),
        id: page.front.id.clone(),
        title: page.front.title.clone().unwrap_or_default(),
        name: page.origin.name.clone(),
        date: page.date,
        why,
        due,
    }
}

struct Judge<'a> {
    config: &'a Config,
    sources: &'a Sources,
    origin: &'a Arc<Origin>,
    front: &'a Arc<Front>,
    /// Instants after `now` that were compared with it.
    coming: Vec<Timestamp>,
    diagnostics: Vec<Diagnostic>,
}

impl Judge<'_> {
    fn judge(&mut self, show: Show) -> (Admitted, Option<Why>) {
        let front = self.front;
        let kind = self.kind();
        let prefix = self.config.prefix(self.origin.lang);
        let route: Arc<str> = Arc::from(route::route(self.origin, front, kind, &prefix));
        let before = self.diagnostics.len();
        let named =
            self.origin.date.map(|date| Stamp { civil: date.to_datetime(jiff::civil::Time::midnight()), offset: None, day_only: true });
        let date = self.moment("date", front.date.as_ref().or(named.as_ref()));
        let embargo = self.moment("publish_at", front.publish_at.as_ref());
        let expires = self.moment("expires", front.expires.as_ref());
        let unclear = self.diagnostics.len() > before;
        let date = match (date, embargo) {
            (Some(date), Some(embargo)) if embargo.at <= date.at => Some(date),
            (date, embargo) => embargo.or(date),
        };
        let status = front.status.unwrap_or(Status::Published);
        let is_coming = date.is_some_and(|date| self.is_after_now(date.at));
        let is_over = expires.is_some_and(|expires| !self.is_after_now(expires.at));
        let why = if front.status_unknown {
            Some(Why::Unknown)
        } else if front.hidden_by_permalink {
            Some(Why::Unpublished)
        } else if unclear {
            Some(Why::Unclear)
        } else if status == Status::Draft && !show.drafts {
            Some(Why::Draft)
        } else if status == Status::Review && !show.drafts {
            Some(Why::Review)
        } else if is_over && !show.expired {
            Some(Why::Expired)
        } else if is_coming && !show.future {
            Some(Why::Scheduled)
        } else {
            None
        };
        let (changes, last_major) = self.changes();
        let updated = self.moment("updated", front.updated.as_ref()).or(last_major);
        let page = Admitted { origin: self.origin.clone(), front: front.clone(), kind, route, date, updated, status, changes };
        (page, why)
    }

    fn kind(&mut self) -> Kind {
        let by_folder = Kind::of_folder(self.origin.top()).unwrap_or(Kind::Briefing);
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
    fn is_after_now(&mut self, at: Timestamp) -> bool {
        let after = at > self.sources.now;
        if after {
            self.coming.push(at);
        }
        after
    }

    fn changes(&mut self) -> (Vec<crate::page::front::Change>, Option<Moment>) {
        let mut shown = Vec::new();
        for change in &self.front.changes {
            if let Some(moment) = self.moment("changes", Some(&change.date))
                && !self.is_after_now(moment.at)
            {
                shown.push((moment, change.clone()));
            }
        }
        shown.sort_by(|a, b| b.0.at.cmp(&a.0.at));
        let last_major = shown.iter().find(|(_, change)| change.kind == ChangeKind::Major).map(|(moment, _)| *moment);
        (shown.into_iter().map(|(_, change)| change).collect(), last_major)
    }

    fn place(&self, key: &str) -> Place {
        place_of_key(self.front, &self.origin.path, self.sources.text(&self.origin.path), key)
    }
}

/// Where a key of the front matter stands; the whole file if the key came from a cascade.
pub fn place_of_key(front: &Front, path: &Arc<str>, text: &str, key: &str) -> Place {
    match front.spans.iter().find(|(name, _)| *name == key) {
        Some((_, span)) => Place::range(path, text, span.clone()),
        None => Place::file(path),
    }
}

/// Fingerprints of the names to which hidden pages answer in wikilinks, so that a link to one can keep silent about it
/// without the index knowing what is hidden.
pub fn silences(hidden: &[Hidden]) -> HashSet<Fingerprint> {
    hidden
        .iter()
        .flat_map(|page| {
            let stem = page.path.trim_start_matches("content/").trim_end_matches(".md");
            [page.id.as_deref().unwrap_or(""), &page.title, &page.name, stem, &page.route].map(silence)
        })
        .collect()
}

/// Bundles' folders of hidden pages: their files are hidden with them.
pub fn hidden_folders(hidden: &[Hidden]) -> BTreeMap<&str, &Hidden> {
    hidden.iter().filter(|page| page.role == Role::Bundle).map(|page| (&*page.folder, page)).collect()
}

/// The files beside pages that may be published, each with the folder of the bundle that owns it; what only hidden bundles own is left out.
pub fn files(sources: &Sources, gate: &Gate) -> Vec<(Arc<str>, Option<Box<str>>)> {
    let is_bundle = |page: &&Arc<Admitted>| page.origin.role == Role::Bundle;
    let public: HashSet<&str> = gate.public.iter().filter(is_bundle).map(|page| &*page.origin.folder).collect();
    let hidden = hidden_folders(&gate.hidden);
    let files = sources.below("content/").iter().filter(|file| matches!(file.content, Content::File) && !file.path.starts_with("content/_data/"));
    files
        .filter_map(|file| {
            let mut folder = file.path.strip_prefix("content/")?.rsplit_once('/').map(|(folder, _)| folder);
            // The innermost `index.md` above a file owns it.
            while let Some(here) = folder {
                if public.contains(here) {
                    return Some((file.path.clone(), Some(here.into())));
                }
                if hidden.contains_key(here) {
                    return None;
                }
                folder = here.rsplit_once('/').map(|(above, _)| above);
            }
            Some((file.path.clone(), None))
        })
        .collect()
}
