//! What keeps a page from readers: what it says itself, and what the sections above it say for all that is below them.
//!
//! It must not know front matter, nor the clock: whether an instant is to come, it is told.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use jiff::Timestamp;

use super::marking::Marking;
use super::{Candidate, Show, Why};
use crate::page::facts::Moment;
use crate::page::front::Front;
use crate::page::origin::{Origin, Role};

/// What one page says of its being public.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Bounds {
    /// Why it is hidden whatever the time.
    pub state: Option<Why>,
    /// Not before this instant.
    pub opens: Option<Moment>,
    /// Not from this instant on.
    pub closes: Option<Moment>,
    /// Only for those who may read pages with this marking; `None` when all may.
    pub marking: Option<Marking>,
}

/// The page of a section, with what holds for all below it.
pub struct Section {
    /// The path of its `_index.md`.
    pub path: Arc<str>,
    /// What it says.
    pub bounds: Bounds,
    front: Arc<Front>,
}

impl Hash for Section {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        (&self.path, self.bounds, self.front.print()).hash(hasher);
    }
}

/// The sections of a site, if any of them keeps something from readers.
#[derive(Default)]
pub struct Sections<'a> {
    by_folder: HashMap<(u8, &'a str), Section>,
}

impl<'a> Sections<'a> {
    /// The sections among `candidates`, with what each says.
    pub fn new(candidates: &'a [Candidate], bounds: impl Fn(&Candidate) -> Bounds) -> Sections<'a> {
        let sections = candidates.iter().filter(|candidate| candidate.origin.role == Role::Section);
        let by_folder: HashMap<_, _> = sections
            .map(|candidate| {
                let Candidate { origin, front, .. } = candidate;
                ((origin.lang, &*origin.folder), Section { path: origin.path.clone(), bounds: bounds(candidate), front: front.clone() })
            })
            .collect();
        let says_nothing = |section: &Section| section.bounds == Bounds::default() && section.front.status.is_none();
        if by_folder.values().all(says_nothing) { Sections::default() } else { Sections { by_folder } }
    }

    /// The sections that a page is below, the nearest first. In a language without an `_index.md` of its own, that of the default one holds.
    pub fn above(&self, origin: &'a Origin) -> Vec<&Section> {
        if self.by_folder.is_empty() {
            return Vec::new();
        }
        let is_root = origin.role == Role::Section && origin.folder.is_empty();
        let nearest = if origin.role == Role::Section { origin.section() } else { &*origin.folder };
        let folders = std::iter::successors(Some(nearest).filter(|_| !is_root), |folder| {
            (!folder.is_empty()).then(|| folder.rsplit_once('/').map_or("", |(above, _)| above))
        });
        folders.filter_map(|folder| self.by_folder.get(&(origin.lang, folder)).or_else(|| self.by_folder.get(&(0, folder)))).collect()
    }
}

/// The front matter of a page with the states of its sections that readers see; `None` when they change none.
pub fn below(front: &Front, above: &[&Section]) -> Option<Front> {
    above.iter().fold(None, |front_below, section| front_below.as_ref().unwrap_or(front).below(&section.front).or(front_below))
}

/// Why a page is hidden, and which of the sections above hides it, if it is none of its own doing.
pub type Reason = (Why, Option<usize>);

/// All that bounds one page.
pub struct Within {
    /// The page's own first, then those of its sections, the nearest first.
    all: Vec<(Bounds, Option<usize>)>,
}

impl Within {
    /// What the page says itself, and what the sections above it say, the nearest first.
    pub fn new(own: Bounds, above: &[&Section]) -> Within {
        let of_sections = above.iter().enumerate().map(|(at, section)| (section.bounds, Some(at)));
        Within { all: std::iter::once((own, None)).chain(of_sections).collect() }
    }

    /// The last instant that must have come; `None` when none must.
    pub fn opens(&self) -> Option<Timestamp> {
        self.opening().map(|(at, _)| at)
    }

    /// The first instant that may not have come; `None` when all may.
    pub fn closes(&self) -> Option<Timestamp> {
        self.closing().map(|(at, _)| at)
    }

    /// Why the page is hidden; `None` when it is not. `is_to_come` tells of an instant whether it has not come.
    /// `is_cleared` of a marking whether whoever sees the site may read what has it.
    pub fn why(&self, show: &Show, is_cleared: impl Fn(Marking) -> bool, is_to_come: impl Fn(Timestamp) -> bool) -> Option<Reason> {
        let state = || self.all.iter().find_map(|(bounds, by)| Some((bounds.state?, *by)));
        let marked = || {
            let why = |marking| if marking == Marking::Unknown { Why::Unknown } else { Why::Marked };
            self.highest().filter(|(marking, _)| !is_cleared(*marking)).map(|(marking, by)| (why(marking), by))
        };
        let over = || self.closing().filter(|(at, _)| !is_to_come(*at) && !show.expired).map(|(_, by)| (Why::Expired, by));
        let early = || self.opening().filter(|(at, _)| is_to_come(*at) && !show.future).map(|(_, by)| (Why::Scheduled, by));
        state().or_else(marked).or_else(over).or_else(early)
    }

    /// The marking that holds: the highest of all.
    pub fn marking(&self) -> Option<Marking> {
        self.highest().map(|(marking, _)| marking)
    }

    // Of equal ones the page's own is told.

    fn highest(&self) -> Option<(Marking, Option<usize>)> {
        let all = self.all.iter().filter_map(|(bounds, by)| Some((bounds.marking?, *by)));
        all.reduce(|first, other| if other.0 > first.0 { other } else { first })
    }

    fn opening(&self) -> Option<(Timestamp, Option<usize>)> {
        let all = self.all.iter().filter_map(|(bounds, by)| Some((bounds.opens?.at, *by)));
        all.reduce(|first, other| if other.0 > first.0 { other } else { first })
    }

    fn closing(&self) -> Option<(Timestamp, Option<usize>)> {
        let all = self.all.iter().filter_map(|(bounds, by)| Some((bounds.closes?.at, *by)));
        all.reduce(|first, other| if other.0 < first.0 { other } else { first })
    }
}
