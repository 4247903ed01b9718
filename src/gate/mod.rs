//! The gate: which pages are public at `now`, and what little may be known of the others.
//!
//! Owns `Hidden` and the one place where visibility is decided. It must not know bodies, but for the heading that is a hidden page's
//! title. `Hidden` is for lint, audit, `list` and the next change only: the index, views and emitters may not import it (a test holds that).

pub mod bounds;
pub mod cascade;
pub mod files;
pub mod hidden;
mod traces;

use std::cell::Cell;
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place, nearest};
use crate::fingerprint::Fingerprint;
use crate::memo::{Memo, Verify, Want};
use crate::page::date::{Stamp, Unclear};
use crate::page::facts::{Moment, PageMeta};
use crate::page::front::{Change, ChangeKind, Front, Release, Status, foreign_key};
use crate::page::origin::{Origin, Role};
use crate::page::route::{self, KINDS, Kind};
use crate::sources::Sources;

use bounds::{Bounds, Section, Sections, Within};
pub use files::{Uses, files};
pub use hidden::{Hidden, HiddenFiles, hidden_folders, hidden_names};
pub use traces::traces;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
pub struct Candidate {
    pub origin: Arc<Origin>,
    /// Of the text of its file.
    pub print: Fingerprint,
    pub front: Arc<Front>,
}

/// What the gate decided.
pub struct Gate {
    /// In the order of their paths.
    pub public: Vec<Arc<PageMeta>>,
    pub hidden: Vec<Hidden>,
    /// The next instant at which something appears, disappears or changes by itself.
    pub next_change: Option<Timestamp>,
    /// The first instant to come that anything was compared with: before it, all this is the same.
    pub horizon: Option<Timestamp>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Decides for every page whether it is public. `candidates` are in the order of their paths, with the cascade applied.
pub fn decide<'a>(candidates: &'a [Candidate], config: &Config, sources: &Sources, show: Show, memory: &mut Memory) -> Gate {
    let mut gate = Gate { public: Vec::new(), hidden: Vec::new(), next_change: None, horizon: None, diagnostics: Vec::new() };
    let inputs = Inputs { config, sources, show };
    let sections = Sections::new(candidates, |candidate| Visibility::new(inputs, &candidate.origin, &candidate.front).bounds());
    let same_for_all = Fingerprint::of(&(config.print(), show, memory.since(sources.now)));
    let want = |candidate: &'a Candidate| {
        let above = sections.above(&candidate.origin);
        Want { name: candidate.origin.path.clone(), key: key(candidate, &above, same_for_all), input: (candidate, above) }
    };
    let wants: Vec<Want<(&'a Candidate, Vec<&Section>)>> = candidates.par_iter().map(want).collect();
    let decisions = memory.decisions.all(&wants, |(candidate, above)| {
        let front = bounds::below(&candidate.front, above).map_or_else(|| candidate.front.clone(), Arc::new);
        Visibility::new(inputs, &candidate.origin, &front).decide(above)
    });
    let mut scripted = Vec::new();
    for (decision, (candidate, above)) in decisions.iter().zip(wants.iter().map(|want| &want.input)) {
        gate.diagnostics.extend_from_slice(&decision.found.diagnostics);
        scripted.extend(decision.found.scripted.iter().map(|key| (*key, *candidate)));
        gate.next_change = earlier(gate.next_change, decision.due);
        gate.horizon = earlier(gate.horizon, decision.horizon);
        match decision.reason {
            None => gate.public.push(decision.page.clone()),
            Some((why, by)) => gate.hidden.push(Hidden::new(&decision.page, why, by.map(|by| above[by]), decision.due, sources)),
        }
    }
    gate.diagnostics.extend(of_scripts(&scripted, sources));
    memory.span = Some(Span { since: memory.since(sources.now), until: sources.now, horizon: gate.horizon });
    gate
}

/// The fingerprint of all by which a page is decided: its text, for what is said of it, its front matter with what folders give it, and its sections.
/// What its path says follows from the path, by which it is remembered.
fn key(candidate: &Candidate, above: &[&Section], same_for_all: Fingerprint) -> Fingerprint {
    Fingerprint::of(&(same_for_all, candidate.print, candidate.front.print(), above))
}

/// What is remembered between two builds.
pub struct Memory {
    decisions: Memo<Decision>,
    span: Option<Span>,
}

/// The instants as of which all comparisons with the clock come to the same.
#[derive(Clone, Copy)]
struct Span {
    since: Timestamp,
    /// The last of them at which a site was built.
    until: Timestamp,
    /// The first instant to come that anything was compared with.
    horizon: Option<Timestamp>,
}

impl Memory {
    pub fn new(verify: Verify) -> Memory {
        Memory { decisions: Memo::new("gate", verify), span: None }
    }

    /// Stands for the results of all comparisons with `now`: it stays the same until one of them comes to something else.
    fn since(&self, now: Timestamp) -> Timestamp {
        let holds = |span: &Span| span.until <= now && span.horizon.is_none_or(|horizon| now < horizon);
        self.span.filter(holds).map_or(now, |span| span.since)
    }
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

/// What was decided about one page.
struct Decision {
    page: Arc<PageMeta>,
    /// Why it is hidden, and which of the sections above hides it, if it is none of its own doing; nothing, if it is public.
    reason: Option<(Why, Option<usize>)>,
    /// The next instant at which this page appears, disappears or changes by itself.
    due: Option<Timestamp>,
    /// The first instant to come that anything of the page was compared with.
    horizon: Option<Timestamp>,
    found: Found,
}

/// Two decisions are equal if their pages have one print.
impl PartialEq for Decision {
    fn eq(&self, other: &Decision) -> bool {
        let parts = |decision: &Decision| (decision.page.print, decision.reason, decision.due, decision.horizon);
        parts(self) == parts(other) && self.found == other.found
    }
}

/// What is wrong with one page.
#[derive(Default, PartialEq)]
struct Found {
    diagnostics: Vec<Diagnostic>,
    /// The keys whose days a script has moved.
    scripted: Vec<&'static str>,
}

/// What every page is decided by.
#[derive(Clone, Copy)]
struct Inputs<'a> {
    config: &'a Config,
    sources: &'a Sources,
    show: Show,
}

struct Visibility<'a> {
    config: &'a Config,
    sources: &'a Sources,
    show: Show,
    origin: &'a Arc<Origin>,
    front: &'a Arc<Front>,
    /// The first instant to come that anything of the page was compared with.
    horizon: Cell<Option<Timestamp>>,
    found: Found,
}

impl<'a> Visibility<'a> {
    fn new(inputs: Inputs<'a>, origin: &'a Arc<Origin>, front: &'a Arc<Front>) -> Visibility<'a> {
        let Inputs { config, sources, show } = inputs;
        Visibility { config, sources, show, origin, front, horizon: Cell::new(None), found: Found::default() }
    }

    fn decide(mut self, above: &[&Section]) -> Decision {
        let front = self.front;
        let kind = self.kind();
        if kind.is_term() {
            self.found.diagnostics.extend(front.topic_diagnostics.iter().cloned());
        }
        let prefix = self.config.prefix(self.origin.lang);
        let route: Arc<str> = Arc::from(route::route(self.origin, front, kind, &prefix));
        let own = self.bounds();
        let (date, status) = (own.opens, front.status.unwrap_or_default());
        let within = Within::new(own, above);
        let reason = within.why(self.show, |at| self.is_to_come(at));
        let history = self.history();
        let (opens, closes) = (within.opens(), within.closes());
        let due = match reason {
            None => earlier(history.next, closes.filter(|at| self.is_to_come(*at))),
            // What expires before it begins never appears.
            Some((Why::Scheduled, _)) => opens.filter(|opens| closes.is_none_or(|closes| closes > *opens)),
            Some(_) => None,
        };
        let updated = self.moment("updated", front.updated.as_ref()).or(history.last_major);
        let (origin, front, changes) = (self.origin.clone(), front.clone(), history.shown);
        let print = Fingerprint::of(&(&origin, front.print(), kind, &route, date, updated, status, &changes));
        let page = Arc::new(PageMeta { origin, front, kind, route, date, updated, status, changes, print });
        Decision { page, reason, due, horizon: self.horizon.get(), found: self.found }
    }

    /// What the page says itself of its being public.
    fn bounds(&mut self) -> Bounds {
        let before = self.found.diagnostics.len();
        let opens = self.date();
        let closes = self.limit("expires", self.front.expires.as_ref(), Timestamp::min);
        let is_clear = self.found.diagnostics.len() == before && !self.front.embargo_unclear;
        let is_released = self.is_released(opens);
        Bounds { state: self.state(is_clear, is_released), opens, closes }
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

/// Where a key of the front matter stands; the whole file if the key came from a cascade.
pub fn place_of_key(front: &Front, path: &Arc<str>, text: &str, key: &str) -> Place {
    match front.span(key) {
        Some(span) => Place::range(path, text, span),
        None => Place::file(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::front::Front;
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

    fn next(sample: &Sample) -> Option<String> {
        sample.gate.next_change.map(|at| at.to_string())
    }

    #[test]
    fn only_drafts_and_reviews_are_hidden_by_their_status() {
        let hidden: Vec<&str> = Status::NAMES
            .iter()
            .filter(|(_, status)| why(&site([page("a.md").status(*status)])).is_some())
            .map(|(name, _)| *name)
            .collect();
        assert_eq!(hidden, ["draft", "review"]);
    }

    #[test]
    fn an_unknown_status_and_permalink_false_hide_a_page_even_from_previews() {
        for front in [Front { status_unknown: true, ..Front::default() }, Front { hidden_by_permalink: true, ..Front::default() }] {
            let sample = site([]);
            let origin = Arc::new(Origin::from_path(&Arc::from("content/a.md"), &[]).expect("a page"));
            let all = Show { drafts: true, future: true, expired: true };
            let gate = decide(
                &[Candidate { origin, print: Fingerprint::default(), front: Arc::new(front) }],
                &sample.site.config,
                &sample.sources,
                all,
                &mut Memory::new(Verify::On),
            );
            assert_eq!((gate.public.len(), gate.hidden.len()), (0, 1));
        }
    }

    #[test]
    fn what_is_remembered_holds_until_an_instant_has_come_and_not_before_it_was_decided() {
        let front = Front { publish_at: Some(stamp("2026-04-01T00:00")), expires: Some(stamp("2026-05-01T00:00")), ..Front::default() };
        let origin = Arc::new(Origin::from_path(&Arc::from("content/a.md"), &[]).expect("a page"));
        let candidates = [Candidate { origin, print: Fingerprint::default(), front: Arc::new(front) }];
        let Sample { site, mut sources, .. } = site([]);
        let mut memory = Memory::new(Verify::On);
        let mut shown = |now: &str| {
            sources.now = now.parse().expect("an instant");
            let gate = decide(&candidates, &site.config, &sources, Show::default(), &mut memory);
            let cold = decide(&candidates, &site.config, &sources, Show::default(), &mut Memory::new(Verify::Off));
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
}
