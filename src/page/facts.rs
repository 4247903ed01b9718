//! Facts: what other pages, lists and feeds may know of a page.
//!
//! Owns `Facts` and `Moment`. It must not know bodies: of them only headings, links and reading time are facts.

use std::hash::Hash;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};

use super::body::{Body, CiteMark, Heading, Link, LinkTarget, Summary};
use super::date::{PartialDate, Precision, Stamp, Unclear};
use super::front::{Change, Front, Key, Status};
use super::origin::Origin;
use super::route::Kind;
use crate::config::Config;
use crate::fingerprint::{Fingerprint, Flat};

/// A stamp with its instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    pub at: Timestamp,
    /// As it was written, which is what is shown.
    pub civil: DateTime,
    /// The offset of `civil`.
    pub offset: Offset,
    /// How much was written.
    pub precision: Precision,
}

impl Moment {
    /// The instant of a stamp, in its own offset or else in `zone`.
    ///
    /// # Errors
    /// The clock of the zone does not show it, or shows it twice.
    pub fn from_stamp(stamp: &Stamp, zone: &TimeZone) -> Result<Moment, Unclear> {
        let at = stamp.instant(zone)?;
        let offset = stamp.offset.unwrap_or_else(|| zone.to_offset(at));
        Ok(Moment { at, civil: stamp.civil, offset, precision: stamp.precision })
    }

    /// The day, as it was written; of a month or a year its first.
    pub fn date(&self) -> Date {
        self.civil.date()
    }

    /// As much of the day as was written.
    pub fn partial(&self) -> PartialDate {
        PartialDate::new(self.date(), self.precision)
    }

    /// `2026-02-03`, `2026-02` or `2026`.
    pub fn iso(&self) -> String {
        self.partial().to_string()
    }

    /// RFC 3339 with seconds and offset: `2026-02-03T09:30:00+01:00`. An offset with seconds of its own, as zones had them long ago, cannot be
    /// written so: then it is the same instant in UTC.
    pub fn rfc3339(&self) -> String {
        let seconds = self.offset.seconds();
        if seconds % 60 != 0 {
            return self.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        }
        let (sign, size) = if seconds < 0 { ('-', -seconds) } else { ('+', seconds) };
        format!("{}{sign}{:02}:{:02}", self.civil.strftime("%Y-%m-%dT%H:%M:%S"), size / 3600, size / 60 % 60)
    }

    /// As it was written, for those who read dates by programs: `2026-02-03`, or RFC 3339 if it has a time.
    pub fn written(&self) -> String {
        if self.precision < Precision::Time { self.iso() } else { self.rfc3339() }
    }

    /// The same with a time, for readers of feeds, who show it in zones of their own: a day is noon in `zone`, so that it is that day there and in
    /// most of the world; and where noon is on another day in UTC, it is the hour of it that is nearest.
    pub fn timed(&self, zone: &TimeZone) -> Moment {
        let noon = self.date().at(12, 0, 0, 0);
        let Some(zoned) = Some(noon.to_zoned(zone.clone())).filter(|_| self.precision < Precision::Time).and_then(Result::ok) else {
            return *self;
        };
        let offset = zoned.offset();
        let first_in_utc = i64::from(offset.seconds());
        let clock = (12 * HOUR).clamp(first_in_utc, first_in_utc + 24 * HOUR - 1);
        let civil = noon.checked_add(jiff::Span::new().seconds(clock - 12 * HOUR)).unwrap_or(noon);
        Moment { at: offset.to_timestamp(civil).unwrap_or(self.at), civil, offset, precision: Precision::Time }
    }
}

const HOUR: i64 = 60 * 60;

/// A day by which somebody is to look whether a page still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Review {
    /// The last day to do so.
    pub due: Date,
    /// Whether that day is over.
    pub is_overdue: bool,
}

/// A page that may be seen, from its path and front matter alone: what the gate lets through.
#[derive(Debug, Clone)]
pub struct PageMeta {
    pub origin: Arc<Origin>,
    /// With the defaults of the folders above.
    pub front: Arc<Front>,
    pub kind: Kind,
    /// From the root of the site: `/briefings/x/`.
    pub route: Arc<str>,
    /// Of publication: the later of `date` and `publish_at`.
    pub date: Option<Moment>,
    /// The last significant change.
    pub updated: Option<Moment>,
    pub status: Status,
    /// When somebody is to look whether it still holds; `None` if nobody said, or if it does not hold any more.
    pub review: Option<Review>,
    /// The entries of `changes` that have come, newest first.
    pub changes: Vec<Change>,
    /// Who may read it, in a word of the site; `None` when all may.
    pub marking: Option<Arc<str>>,
    /// The fingerprint of all of this.
    pub print: Fingerprint,
}

impl PageMeta {
    /// Where its number leads to it, if numbers do so on this site.
    pub fn number_address(&self, config: &Config) -> Option<String> {
        self.address_of_number(self.front.id.as_deref()?, config)
    }

    /// Where a number would lead to it that it has or had.
    pub fn address_of_number(&self, id: &str, config: &Config) -> Option<String> {
        if config.numbers.is_empty() { None } else { config.numbers.address(&config.prefix(self.origin.lang), id) }
    }

    /// The `type` of a briefing; pages with a kind have none unless they say so.
    pub fn type_name(&self) -> &str {
        match (&self.front.type_, self.kind) {
            (Some(type_), _) => type_,
            (None, Kind::Briefing) => Key::Type.default_word(),
            (None, _) => "",
        }
    }
}

impl PageMeta {
    /// The day of its newest text, as far as it says: the latest of its dates and changes.
    pub fn newest_day(&self) -> Option<Date> {
        let changed = self.changes.iter().map(|change| change.date.date());
        self.date.iter().chain(&self.updated).map(|moment| moment.date()).chain(changed).max()
    }
}

/// What is known of a public page by the rest of the site.
#[derive(Debug, Clone)]
pub struct Facts {
    pub page: Arc<PageMeta>,
    pub title: Arc<str>,
    pub summary: Summary,
    pub headings: Arc<[Heading]>,
    pub anchors: Arc<[Box<str>]>,
    pub links: Arc<[Link]>,
    /// Whether a wikilink has no words: it shows the title of the page that it leads to.
    pub borrows_titles: bool,
    pub cites: Arc<[CiteMark]>,
    /// Reading time.
    pub minutes: u32,
    /// The fingerprint of headings, anchors and targets of links.
    pub relations: Fingerprint,
    /// The fingerprint of all that the index reads of the page.
    pub print: Fingerprint,
    /// The fingerprint of all that files of other pages may show of it.
    pub shown: Fingerprint,
}

/// Two facts are equal if their pages have one print and all else is equal.
impl PartialEq for Facts {
    fn eq(&self, other: &Facts) -> bool {
        // Whether it borrows titles follows from its links.
        let Facts { page, title, summary, headings, anchors, links, borrows_titles: _, cites, minutes, print, relations, shown } = other;
        self.page.print == page.print
            && (&self.title, &self.summary, &self.headings, &self.anchors) == (title, summary, headings, anchors)
            && (&self.links, &self.cites, self.minutes, self.print, self.relations, self.shown)
                == (links, cites, *minutes, *print, *relations, *shown)
    }
}

/// Words that a reader reads in a minute.
const WORDS_A_MINUTE: u32 = 230;

impl Facts {
    /// The facts of a page, from what the gate let through and what its body says.
    pub fn new(page: Arc<PageMeta>, body: &Body) -> Facts {
        let front = &page.front;
        let title = front.title.clone().or_else(|| body.title.clone()).unwrap_or_else(|| humanise(&page.origin.name));
        let summary = body.summary.clone().or_else(|| front.summary.as_deref().map(Summary::written)).unwrap_or_default();
        let minutes = body.words.div_ceil(WORDS_A_MINUTE).max(1);
        let print = Fingerprint::of(&(page.print, &title, body.relations));
        // Where a link stands in the file changes with every edit above it, and is told in messages only.
        let quoted = |link: &Link, to: &mut Flat| (&link.title, &link.alt, link.heading, &link.sentence).hash(to);
        let mut shown = Flat::default();
        (print, &summary, minutes).hash(&mut shown);
        body.links.iter().for_each(|link| quoted(link, &mut shown));
        let cited = |cite: &CiteMark, to: &mut Flat| (&cite.key, &cite.locator, cite.spot, cite.heading, &cite.sentence).hash(to);
        body.cites.iter().for_each(|cite| cited(cite, &mut shown));
        Facts {
            print,
            shown: shown.print(),
            title: Arc::from(title),
            summary,
            headings: body.headings.clone(),
            anchors: body.anchors.clone(),
            links: body.links.clone(),
            borrows_titles: body.links.iter().any(|link| matches!(link.target, LinkTarget::Wiki { has_words: false, .. })),
            cites: body.cites.clone(),
            relations: body.relations,
            minutes,
            page,
        }
    }

    /// The path of the file, from the root of the project.
    pub fn path(&self) -> &Arc<str> {
        &self.page.origin.path
    }

    /// The address, from the root of the site.
    pub fn route(&self) -> &Arc<str> {
        &self.page.route
    }

    /// The front matter, with the defaults of the folders above.
    pub fn front(&self) -> &Front {
        &self.page.front
    }

    /// The language of the file, as an index into those of the site.
    pub fn lang(&self) -> u8 {
        self.page.origin.lang
    }
}

/// A file's or folder's name as words: `defence-spending` → `Defence spending`.
pub fn humanise(name: &str) -> String {
    // A daily note is called after its day.
    if name.parse::<jiff::civil::Date>().is_ok() {
        return name.into();
    }
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Home".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timed(written: &str, zone: &str) -> String {
        let zone = TimeZone::get(zone).expect("a zone of the database");
        let stamp = Stamp::parse(written).expect("a stamp");
        Moment::from_stamp(&stamp, &zone).expect("an instant").timed(&zone).rfc3339()
    }

    #[test]
    fn a_day_stays_that_day_in_utc_wherever_the_site_is() {
        assert_eq!(timed("2026-02-03", "Europe/Brussels"), "2026-02-03T12:00:00+01:00");
        assert_eq!(timed("2026-07-03", "Europe/Brussels"), "2026-07-03T12:00:00+02:00");
        assert_eq!(timed("2026-02-03", "America/Los_Angeles"), "2026-02-03T12:00:00-08:00");
        assert_eq!(timed("2026-02-03", "Pacific/Kiritimati"), "2026-02-03T14:00:00+14:00", "midnight in UTC");
        assert_eq!(timed("2026-02-03", "Etc/GMT+12"), "2026-02-03T11:59:59-12:00", "a second before midnight in UTC");
        for zone in ["Pacific/Auckland", "Pacific/Pago_Pago", "Asia/Kathmandu", "UTC"] {
            let instant: Timestamp = timed("2026-01-05", zone).parse().expect("RFC 3339");
            assert_eq!(instant.to_string().get(..10), Some("2026-01-05"), "{zone}");
        }
    }

    #[test]
    fn a_time_stays_as_it_was_written() {
        assert_eq!(timed("2026-02-03 09:30", "Europe/Brussels"), "2026-02-03T09:30:00+01:00");
        assert_eq!(timed("2026-02-03T00:00:00Z", "Europe/Brussels"), "2026-02-03T00:00:00+00:00");
    }

    #[test]
    fn an_offset_with_seconds_is_told_in_utc() {
        // Brussels was 17 minutes and 30 seconds before Greenwich.
        assert_eq!(timed("1880-05-01", "Europe/Brussels"), "1880-05-01T11:42:30Z");
    }
}
