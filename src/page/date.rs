//! Dates and times as people write them in front matter.
//!
//! Owns their reading and their meaning in a time zone. It must not know the clock: *now* is an input of the build.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};

/// A date or time as written: local, unless it names its offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// What is written; 00:00 for a date alone.
    pub civil: DateTime,
    pub offset: Option<Offset>,
    /// True when only a date was written.
    pub day_only: bool,
}

/// Why a stamp names no instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unclear {
    /// The time zone skips this local time.
    Skipped,
    /// The time zone has this local time twice.
    Repeated,
}

impl Stamp {
    /// Reads `2025-06-25`, RFC 3339 (with fractions; `T`, `t` or a space), `2015-03-19 1:00:13 -0400`, `2024-05-01 10:00`, with or without offset or `Z`/`UTC`.
    pub fn parse(text: &str) -> Option<Stamp> {
        let _ = text;
        None
    }

    pub fn date(&self) -> Date {
        self.civil.date()
    }

    /// The instant that is meant, in `zone` if the stamp names no offset.
    pub fn instant(&self, zone: &TimeZone) -> Result<Timestamp, Unclear> {
        let _ = zone;
        Err(Unclear::Skipped)
    }
}
