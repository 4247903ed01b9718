//! The gate: which pages are public at `now`, and what little may be known of the others.
//!
//! Owns `Hidden` and the one place where visibility is decided. It must not know bodies, but for the heading that is a hidden page's
//! title. `Hidden` is for lint, audit, `list` and the next change only: the index, views and emitters may not import it (a test holds that).

pub mod bounds;
pub mod cascade;
pub mod files;
pub mod hidden;
mod marking;
mod memory;
mod past;
mod review;
mod traces;
pub mod versions;
mod visibility;
mod visible;

use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use crate::fingerprint::Fingerprint;
use crate::memo::Want;
use crate::page::facts::PageMeta;
use crate::page::front::Front;
use crate::page::origin::Origin;
use crate::sources::Sources;

use bounds::{Section, Sections};
pub use files::{Uses, files};
pub use hidden::{Hidden, HiddenFiles, hidden_folders, hidden_names};
pub use marking::Clearance;
pub use memory::Memory;
pub use traces::{HiddenFile, hidden_files, title_trace, traces};
use visibility::{Decision, Inputs, Visibility};
pub use visible::visible;

/// What a preview shows besides the public pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Show {
    /// `--drafts`: drafts and pages in review.
    pub drafts: bool,
    /// `--future`: what is scheduled.
    pub future: bool,
    /// `--expired`: what has expired.
    pub expired: bool,
    /// `--markings`: pages with these markings. They are public for whoever may read them, so that they make no preview.
    pub clearance: Clearance,
}

impl Show {
    /// Whether anything is shown that readers do not see.
    pub fn is_preview(&self) -> bool {
        self.drafts || self.future || self.expired
    }
}

/// Why a page is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// `status: draft`.
    Draft,
    /// `status: review`.
    Review,
    /// `status` is a word that is none.
    Unknown,
    /// `permalink: false`.
    Unpublished,
    /// Its marking is none of those that are shown.
    Marked,
    /// Its date, or that from which it is public, has not come.
    Scheduled,
    /// The instant has come from which on it is public no more.
    Expired,
    /// Its date names no instant, so nobody knows whether it has come.
    Unclear,
}

/// What came to the gate: one page with its front matter.
pub struct Candidate {
    /// Where it comes from.
    pub origin: Arc<Origin>,
    /// The fingerprint of the text of its file.
    pub print: Fingerprint,
    /// Its front matter, with what its folders give it.
    pub front: Arc<Front>,
}

/// What the gate decided.
pub struct Gate {
    /// In the order of their paths.
    pub public: Vec<Arc<PageMeta>>,
    /// In the order of their paths.
    pub hidden: Vec<Hidden>,
    /// Earlier texts that may be seen, in the order of their pages and days.
    pub versions: Vec<versions::Version>,
    /// Those that may not.
    pub hidden_versions: Vec<versions::HiddenVersion>,
    /// The next instant at which something appears, disappears or changes by itself.
    pub next_change: Option<Timestamp>,
    /// The first instant to come that anything was compared with: before it, all this is the same.
    pub horizon: Option<Timestamp>,
    /// What is wrong with what decides of being public.
    pub diagnostics: Vec<Diagnostic>,
}

/// A page with the sections above it, the nearest first.
type Bounded<'a, 's> = (&'a Candidate, Vec<&'s Section>);

/// Decides for every page whether it is public. `candidates` are in the order of their paths, with the cascade applied. `present` is the clock's
/// instant, where the site is to be shown as it stood at an earlier one.
pub fn decide<'a>(
    candidates: &'a [Candidate],
    config: &Config,
    sources: &Sources,
    show: &Show,
    present: Option<Timestamp>,
    memory: &mut Memory,
) -> Gate {
    let (versions, hidden_versions) = Default::default();
    let mut gate = Gate {
        public: Vec::new(),
        hidden: Vec::new(),
        versions,
        hidden_versions,
        next_change: None,
        horizon: None,
        diagnostics: show.clearance.problems(&config.markings),
    };
    let inputs = Inputs { config, sources, show, present };
    let sections = Sections::new(candidates, |candidate| Visibility::new(inputs, &candidate.origin, &candidate.front).bounds_below());
    let same_for_all = Fingerprint::of(&(config.print(), show, present, memory.since(sources.now)));
    let want = |candidate: &'a Candidate| {
        let above = sections.above(&candidate.origin);
        Want { name: candidate.origin.path.clone(), key: key(candidate, &above, same_for_all), input: (candidate, above) }
    };
    let wants: Vec<Want<Bounded>> = candidates.par_iter().map(want).collect();
    let decisions = memory.decisions.all(&wants, |(candidate, above)| {
        let front = bounds::below(&candidate.front, above).map_or_else(|| candidate.front.clone(), Arc::new);
        decision(candidate, &front, above, inputs)
    });
    let mut scripted = Vec::new();
    for (decision, (candidate, above)) in decisions.iter().zip(wants.iter().map(|want| &want.input)) {
        gate.diagnostics.extend_from_slice(&decision.found.diagnostics);
        scripted.extend(decision.found.scripted.iter().map(|key| (*key, *candidate)));
        gate.next_change = earlier(gate.next_change, decision.due);
        gate.horizon = earlier(gate.horizon, decision.horizon);
        match decision.reason {
            None => gate.public.push(decision.page.clone()),
            Some((why, by)) => gate.hidden.push(Hidden::new(&decision.page, why, by.map(|by| above[by]), decision.due, inputs)),
        }
    }
    let bounded: Vec<Bounded> = wants.into_iter().map(|want| want.input).collect();
    past::restore(&mut gate, &bounded, inputs);
    gate.diagnostics.extend(of_scripts(&scripted, sources));
    memory.note(sources.now, gate.horizon);
    gate
}

/// What is decided of a page by front matter in which the states of its sections are.
fn decision(candidate: &Candidate, front: &Arc<Front>, above: &[&Section], inputs: Inputs) -> Decision {
    match past::front(front, inputs) {
        None => Visibility::new(inputs, &candidate.origin, front).decide(above),
        Some((stood, until)) => Visibility::new(inputs, &candidate.origin, &Arc::new(stood)).decide(above).until(until),
    }
}

/// The fingerprint of all by which a page is decided: its text, for what is said of it, its front matter with what folders give it, and its sections.
/// What its path says follows from the path, by which it is remembered.
fn key(candidate: &Candidate, above: &[&Section], same_for_all: Fingerprint) -> Fingerprint {
    Fingerprint::of(&(same_for_all, candidate.print, candidate.front.print(), above))
}

/// The warning about days that a script has moved: one for a site, at the first of them.
fn of_scripts(scripted: &[(&'static str, &Candidate)], sources: &Sources) -> Option<Diagnostic> {
    let ((key, Candidate { origin, front, .. }), more) = scripted.split_first()?;
    let place = place_of_key(front, &origin.path, &sources.text(&origin.path), key);
    let message =
        format!("a script made a time of the day of `{key}`, so of midnight here and midnight in UTC the one that hides more holds");
    let problem = Diagnostic::warning("scripted-date", message).at(place).hint("write the day alone, such as `2025-06-25`");
    Some(match more.len() {
        0 => problem,
        1 => problem.hint("one more date of this site is written so"),
        more => problem.hint(format!("{more} more dates of this site are written so")),
    })
}

/// The earlier of two instants, if there are any.
fn earlier(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    one.into_iter().chain(other).min()
}

/// Where a key of the front matter stands; the whole file if the key came from a cascade.
pub fn place_of_key(front: &Front, path: &Arc<str>, text: &str, key: &str) -> Place {
    match front.span(key) {
        Some(span) => Place::range(path, text, span),
        None => Place::file(path),
    }
}

#[cfg(test)]
mod tests;
