//! Whether readers see one page, since when and until when: the one comparison with the clock.
//!
//! It must not know other pages, but for what the sections above it bound.

use std::cell::Cell;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::bounds::{Bounds, Section, Within};
use super::marking::Marking;
use super::{Show, Why, earlier, place_of_key, review};
use crate::config::Config;
use crate::config::permalinks::Word;
use crate::diagnostic::{Diagnostic, Place, nearest};
use crate::fingerprint::Fingerprint;
use crate::page::date::{Stamp, Unclear};
use crate::page::facts::{Moment, PageMeta};
use crate::page::front::{Change, ChangeKind, Front, Release, Status, foreign_key};
use crate::page::origin::Origin;
use crate::page::route::{self, KINDS, Kind};
use crate::sources::Sources;

/// What was decided about one page.
pub(super) struct Decision {
    /// The page, with what readers see of its state.
    pub(super) page: Arc<PageMeta>,
    /// Why it is hidden, and which of the sections above hides it, if it is none of its own doing; `None` when it is public.
    pub(super) reason: Option<(Why, Option<usize>)>,
    /// The next instant at which this page appears, disappears or changes by itself.
    pub(super) due: Option<Timestamp>,
    /// The first instant to come that anything of the page was compared with.
    pub(super) horizon: Option<Timestamp>,
    /// What is wrong with it.
    pub(super) found: Found,
}

/// What was decided about an earlier text of a page.
pub(super) struct OfVersion {
    /// What it said of itself, at its own address.
    pub(super) page: Arc<PageMeta>,
    /// Why it is hidden; `None` when it is public.
    pub(super) reason: Option<(Why, Option<usize>)>,
    /// Whether the day has not come from which on it was the text.
    pub(super) is_day_to_come: bool,
    pub(super) due: Option<Timestamp>,
    pub(super) horizon: Option<Timestamp>,
    pub(super) found: Found,
}

/// Two decisions are equal if their pages have one print.
impl PartialEq for Decision {
    fn eq(&self, other: &Decision) -> bool {
        let parts = |decision: &Decision| (decision.page.print, decision.reason, decision.due, decision.horizon);
        parts(self) == parts(other) && self.found == other.found
    }
}

impl Decision {
    /// The same, until an instant at which the page says something else.
    pub(super) fn until(self, at: Timestamp) -> Decision {
        let due = if self.reason.is_none() { earlier(self.due, Some(at)) } else { self.due };
        Decision { due, horizon: earlier(self.horizon, Some(at)), ..self }
    }
}

/// What is wrong with one page.
#[derive(Default, PartialEq)]
pub(super) struct Found {
    /// In no order.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The keys whose days a script has moved.
    pub(super) scripted: Vec<&'static str>,
}

/// What every page is decided by.
#[derive(Clone, Copy)]
pub(super) struct Inputs<'a> {
    /// The settings.
    pub(super) config: &'a Config,
    /// For the lines that problems stand on, and for *now*.
    pub(super) sources: &'a Sources,
    /// What is shown besides public pages.
    pub(super) show: &'a Show,
    /// What the clock says, where the site is shown as it stood before.
    pub(super) present: Option<Timestamp>,
}

/// One page while it is decided whether readers see it.
pub(super) struct Visibility<'a> {
    config: &'a Config,
    sources: &'a Sources,
    show: &'a Show,
    origin: &'a Arc<Origin>,
    front: &'a Arc<Front>,
    /// The first instant to come that anything of the page was compared with.
    horizon: Cell<Option<Timestamp>>,
    found: Found,
}

impl<'a> Visibility<'a> {
    /// A page of which nothing is decided.
    pub(super) fn new(inputs: Inputs<'a>, origin: &'a Arc<Origin>, front: &'a Arc<Front>) -> Visibility<'a> {
        let Inputs { config, sources, show, present: _ } = inputs;
        Visibility { config, sources, show, origin, front, horizon: Cell::new(None), found: Found::default() }
    }

    /// Decides, with the sections above the page, the nearest first.
    pub(super) fn decide(mut self, above: &[&Section]) -> Decision {
        let front = self.front;
        let kind = self.kind();
        if kind.is_term() {
            self.found.diagnostics.extend(front.topic_diagnostics.iter().cloned());
        }
        let prefix = self.config.prefix(self.origin.lang);
        let (route, missing) = route::route(self.origin, front, kind, &prefix, &self.config.permalinks);
        missing.iter().for_each(|word| self.lacks(*word));
        let route: Arc<str> = Arc::from(route);
        let own = self.bounds();
        let (date, status) = (own.opens, front.status.unwrap_or_default());
        let within = Within::new(own, above);
        let markings = &self.config.markings;
        let reason = within.why(self.show, |marking| self.show.clearance.allows(marking, markings), |at| self.is_to_come(at));
        let marking = within.marking().and_then(|marking| marking.name(markings));
        self.markings_unknown();
        if reason.is_none() {
            self.updated_to_come();
        }
        let history = self.history();
        let (opens, closes) = (within.opens(), within.closes());
        let due = match reason {
            None => earlier(history.next, closes.filter(|at| self.is_to_come(*at))),
            // What expires before it begins never appears.
            Some((Why::Scheduled, _)) => opens.filter(|opens| closes.is_none_or(|closes| closes > *opens)),
            Some(_) => None,
        };
        let updated = self.moment("updated", front.updated.as_ref()).or(history.last_major);
        let (review, ends) = review::of_page(front, date, status, &self.config.time_zone, |at| self.is_to_come(at)).unzip();
        let due = if reason.is_none() { earlier(due, ends.flatten()) } else { due };
        let (origin, front, changes) = (self.origin.clone(), front.clone(), history.shown);
        let print = Fingerprint::of(&(&origin, front.print(), kind, &route, date, updated, status, review, &changes, &marking));
        let page = Arc::new(PageMeta { origin, front, kind, route, date, updated, status, review, changes, marking, print });
        Decision { page, reason, due, horizon: self.horizon.get(), found: self.found }
    }

    /// Decides of an earlier text of a public page, at an address below that of the page. What it says of its own place in the site is not read any more.
    pub(super) fn decide_version(mut self, of: &PageMeta, route: Arc<str>, day: Date) -> OfVersion {
        let own = self.bounds();
        let within = Within::new(own, &[]);
        let begins = Stamp::day(day).instant(&self.config.time_zone).ok();
        let is_day_to_come = !self.show.future && begins.is_some_and(|begins| self.is_to_come(begins));
        let markings = &self.config.markings;
        let reason = within
            .why(self.show, |marking| self.show.clearance.allows(marking, markings), |at| self.is_to_come(at))
            .or(is_day_to_come.then_some((Why::Scheduled, None)));
        let (opens, closes) = (within.opens().max(begins), within.closes());
        let due = match reason {
            None => closes.filter(|at| self.is_to_come(*at)),
            Some((Why::Scheduled, _)) => opens.filter(|opens| closes.is_none_or(|closes| closes > *opens)),
            Some(_) => None,
        };
        self.markings_unknown();
        let updated = self.moment("updated", self.front.updated.as_ref());
        let (origin, front, date) = (self.origin.clone(), self.front.clone(), own.opens);
        let (kind, status, review, changes) = (of.kind, Status::Published, None, Vec::new());
        // What is marked now was so before.
        let of_page = of.marking.as_deref().and_then(|name| markings.rank(name)).map(Marking::Of);
        let marking = within.marking().max(of_page).and_then(|marking| marking.name(markings));
        let print = Fingerprint::of(&(&origin, front.print(), kind, &route, date, updated, &marking));
        let page = Arc::new(PageMeta { origin, front, kind, route, date, updated, status, review, changes, marking, print });
        OfVersion { page, reason, is_day_to_come, due, horizon: self.horizon.get(), found: self.found }
    }

    /// Tells of a public page that says it was updated on a day that has not come.
    fn updated_to_come(&mut self) {
        let stamp = self.front.updated.as_ref();
        let Some(updated) = self.moment("updated", stamp).filter(|updated| self.is_to_come(updated.at)) else { return };
        let day = stamp.map_or(updated.civil.date().to_string(), |stamp| stamp.partial().to_string());
        let problem = Diagnostic::warning("updated-to-come", format!("this page was updated on {day}, which has not come"));
        self.found.diagnostics.push(problem.at(self.place("updated")).hint("is the year right?"));
    }

    /// Tells of a page that says nothing for a word of the pattern of its address.
    fn lacks(&mut self, word: Word) {
        let key = match word {
            Word::Year | Word::Month | Word::MonthName | Word::Day => "date",
            _ => "title",
        };
        let message = format!("the pattern of its address wants `:{}`, and this page has none", word.name());
        let hint = match word {
            Word::Section | Word::Sections => "put it into a folder, or give it a `path`".to_string(),
            Word::Month | Word::MonthName | Word::Day if self.front.date.is_some() => {
                "write its `date` with a month and a day, or give it a `path`".to_string()
            }
            _ => format!("give it a `{key}`, or a `path` of its own; patterns are in `[permalinks]` of `site.toml`"),
        };
        self.found.diagnostics.push(Diagnostic::error("unfilled-permalink", message).at(self.place(key)).hint(hint));
    }

    /// What the page says itself of its being public.
    pub(super) fn bounds(&mut self) -> Bounds {
        let before = self.found.diagnostics.len();
        let opens = self.date();
        let closes = self.limit("expires", self.front.expires.as_ref(), Timestamp::min);
        let is_clear = self.found.diagnostics.len() == before && !self.front.embargo_unclear;
        let is_released = self.is_released(opens);
        Bounds { state: self.state(is_clear, is_released), opens, closes, marking: Marking::own(self.front, &self.config.markings) }
    }

    /// What the page of a section says of all below it.
    pub(super) fn bounds_below(&mut self) -> Bounds {
        Bounds { marking: Marking::below(self.front, &self.config.markings), ..self.bounds() }
    }

    /// Tells of markings that the site does not have, where they are written: in the page, or in what it gives the pages below.
    fn markings_unknown(&mut self) {
        let markings = &self.config.markings;
        let own = Some(&**self.front).filter(|front| front.span("marking").is_some());
        let places = [("marking", own), ("cascade", self.front.cascade.as_deref())];
        for (key, front) in places {
            let word = |front: &'a Front| front.marking.as_deref().filter(|word| !word.is_empty());
            let Some(front) = front.filter(|front| Marking::own(front, markings) == Some(Marking::Unknown)) else { continue };
            let Some(word) = word(front) else { continue };
            let problem = Diagnostic::error("unknown-marking", format!("there is no marking `{word}`"));
            let hidden = "until it is corrected, nobody sees what has it";
            self.found.diagnostics.push(problem.at(self.place(key)).hint(markings.hint(word)).hint(hidden));
        }
    }

    /// Why an editor hides the page, whatever the time.
    fn state(&self, is_clear: bool, is_released: bool) -> Option<Why> {
        match self.front.status.unwrap_or_default() {
            _ if self.front.status_unknown || !is_released => Some(Why::Unknown),
            _ if self.front.hidden_by_permalink => Some(Why::Unpublished),
            Status::Draft if !self.show.drafts => Some(Why::Draft),
            Status::Review if !self.show.drafts => Some(Why::Review),
            _ if !is_clear => Some(Why::Unclear),
            _ => None,
        }
    }

    /// The date of publication: the later of `date` (else that of the file's name) and `publish_at`.
    fn date(&mut self) -> Option<Moment> {
        let named = self.origin.date.map(Stamp::day);
        let date = self.limit("date", self.front.date.as_ref().or(named.as_ref()), Timestamp::max);
        let embargo = self.limit("publish_at", self.front.publish_at.as_ref(), Timestamp::max);
        match (date, embargo) {
            (Some(date), Some(embargo)) if embargo.at <= date.at => Some(date),
            (date, embargo) => embargo.or(date),
        }
    }

    /// Whether no other word for `publish_at` has a date that is to come, and later than the page opens. Each that has is told.
    fn is_released(&mut self, opens: Option<Moment>) -> bool {
        let zone = &self.config.time_zone;
        let is_later = |at| opens.is_none_or(|opens| opens.at < at);
        let is_early = |release: &&Release| release.stamp.instant(zone).is_ok_and(|at| is_later(at) && self.is_to_come(at));
        let early: Vec<&Release> = self.front.releases.iter().filter(is_early).collect();
        if early.is_empty() {
            return true;
        }
        // Only here the text is asked for: one that looks as it did was not read.
        let (path, text) = (&self.origin.path, self.sources.text(&self.origin.path));
        for release in &early {
            let place = if release.span.is_empty() { Place::file(path) } else { Place::range(path, &text, release.span.clone()) };
            self.found.diagnostics.push(foreign_key(&release.name, "publish_at: DATE").at(place));
        }
        false
    }

    fn kind(&mut self) -> Kind {
        let by_folder = Kind::from_origin(self.origin);
        let Some(written) = &self.front.kind else { return by_folder };
        Kind::named(written).unwrap_or_else(|| {
            let names = KINDS.iter().map(|(_, name, _)| *name);
            let mut problem = Diagnostic::warning("unknown-kind", format!("there is no kind `{written}`")).at(self.place("kind"));
            problem = match nearest(written, names.clone()) {
                Some(near) => problem.hint(format!("did you mean `{near}`?")),
                None => problem.hint(format!("kinds are {}", names.collect::<Vec<_>>().join(", "))),
            };
            self.found.diagnostics.push(problem);
            by_folder
        })
    }

    fn moment(&mut self, key: &'static str, stamp: Option<&Stamp>) -> Option<Moment> {
        let zone = &self.config.time_zone;
        match Moment::from_stamp(stamp?, zone) {
            Ok(moment) => Some(moment),
            Err(unclear) => {
                let why = match unclear {
                    Unclear::Skipped => "skips this local time",
                    Unclear::Repeated => "has this local time twice",
                };
                let problem = Diagnostic::error("unclear-time", format!("the time zone {} {why}", self.config.time_zone_name))
                    .at(self.place(key))
                    .hint("write the offset too, such as `+01:00`");
                self.found.diagnostics.push(problem);
                None
            }
        }
    }

    /// A moment that shows or hides the page. Where a script has moved a day, `hides` takes the one of its two instants that hides more.
    fn limit(&mut self, key: &'static str, stamp: Option<&Stamp>, hides: fn(Timestamp, Timestamp) -> Timestamp) -> Option<Moment> {
        let mut moment = self.moment(key, stamp)?;
        if let Some(other) = stamp.and_then(Stamp::scripted_instant).filter(|other| *other != moment.at) {
            moment.at = hides(moment.at, other);
            self.found.scripted.push(key);
        }
        Some(moment)
    }

    /// The one comparison with `now`: what lies after it is a change to come.
    fn is_to_come(&self, at: Timestamp) -> bool {
        let is_to_come = at > self.sources.now;
        if is_to_come {
            self.horizon.set(earlier(self.horizon.get(), Some(at)));
        }
        is_to_come
    }

    fn history(&mut self) -> History {
        let mut next = None;
        let mut shown = Vec::new();
        for change in &self.front.changes {
            match self.moment("changes", Some(&change.date)) {
                Some(moment) if self.is_to_come(moment.at) => next = earlier(next, Some(moment.at)),
                Some(moment) => shown.push((moment, change.clone())),
                None => {}
            }
        }
        shown.sort_by_key(|(moment, _)| std::cmp::Reverse(moment.at));
        let last_major = shown.iter().find(|(_, change)| change.kind == ChangeKind::Major).map(|(moment, _)| *moment);
        History { shown: shown.into_iter().map(|(_, change)| change).collect(), last_major, next }
    }

    fn place(&self, key: &str) -> Place {
        place_of_key(self.front, &self.origin.path, &self.sources.text(&self.origin.path), key)
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
