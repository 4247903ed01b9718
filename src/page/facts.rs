//! Facts: what other pages, lists and feeds may know of a page.
//!
//! Owns `Facts` and `Moment`. It must not know bodies: of them only headings, links and reading time are facts.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};

use super::body::{Body, Heading, Link, Summary};
use super::date::{Stamp, Unclear};
use super::front::{Change, Front, Status};
use super::origin::Origin;
use super::route::Kind;
use crate::fingerprint::Fingerprint;

/// A stamp with its instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    pub at: Timestamp,
    /// As it was written, which is what is shown.
    pub civil: DateTime,
    /// The offset of `civil`.
    pub offset: Offset,
}

impl Moment {
    pub fn of(stamp: &Stamp, zone: &TimeZone) -> Result<Moment, Unclear> {
        let at = stamp.instant(zone)?;
        let offset = stamp.offset.unwrap_or_else(|| zone.to_offset(at));
        Ok(Moment { at, civil: stamp.civil, offset })
    }

    pub fn date(&self) -> Date {
        self.civil.date()
    }

    /// `2026-02-03`.
    pub fn iso(&self) -> String {
        self.date().to_string()
    }

    /// RFC 3339 with seconds and offset, for feeds: `2026-02-03T00:00:00+01:00`.
    pub fn rfc3339(&self) -> String {
        let seconds = self.offset.seconds();
        let (sign, size) = if seconds < 0 { ('-', -seconds) } else { ('+', seconds) };
        format!("{}{sign}{:02}:{:02}", self.civil.strftime("%Y-%m-%dT%H:%M:%S"), size / 3600, size / 60 % 60)
    }
}

/// A page that may be seen, from its path and front matter alone: what the gate lets through.
#[derive(Debug, Clone)]
pub struct Admitted {
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
    /// The entries of `changes` that have come, newest first.
    pub changes: Vec<Change>,
    /// The fingerprint of all of this.
    pub print: Fingerprint,
}

/// What is known of a public page by the rest of the site.
#[derive(Debug, Clone)]
pub struct Facts {
    pub page: Arc<Admitted>,
    pub title: Arc<str>,
    pub summary: Summary,
    pub headings: Arc<[Heading]>,
    pub anchors: Arc<[Box<str>]>,
    pub links: Arc<[Link]>,
    /// Reading time.
    pub minutes: u32,
    /// The fingerprint of all that the index reads of the page.
    pub print: Fingerprint,
}

/// Words that a reader reads in a minute.
const WORDS_A_MINUTE: u32 = 230;

impl Facts {
    /// The facts of a page, from what the gate let through and what its body says.
    pub fn of(page: Arc<Admitted>, body: &Body) -> Facts {
        let front = &page.front;
        let title = front.title.clone().or_else(|| body.title.clone()).unwrap_or_else(|| humanise(&page.origin.name));
        let summary = front.summary.as_deref().map(Summary::written).or_else(|| body.summary.clone()).unwrap_or_default();
        Facts {
            print: Fingerprint::of(&(page.print, &title, body.relations)),
            title: Arc::from(title),
            summary,
            headings: body.headings.clone(),
            anchors: body.anchors.clone(),
            links: body.links.clone(),
            minutes: body.words.div_ceil(WORDS_A_MINUTE).max(1),
            page,
        }
    }

    pub fn path(&self) -> &Arc<str> {
        &self.page.origin.path
    }

    pub fn route(&self) -> &Arc<str> {
        &self.page.route
    }

    pub fn front(&self) -> &Front {
        &self.page.front
    }

    pub fn lang(&self) -> u8 {
        self.page.origin.lang
    }
}

/// A file's or folder's name as words: `defence-spending` → `Defence spending`.
pub fn humanise(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Home".into(),
    }
}
