//! Dates and times as people write them in front matter.
//!
//! Owns their reading and their meaning in a time zone. It must not know the clock: *now* is an input of the build.

mod forms;
mod partial;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use crate::config::DateOrder;
pub use forms::{MONTHS, Readings, latest, meant, readings};
use forms::{civil_time, day, offset};
pub use partial::{PartialDate, Precision};

/// A date or time as written: local, unless it names its offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// What is written, fractions of seconds included; 00:00 for a date alone.
    pub civil: DateTime,
    pub offset: Option<Offset>,
    /// How much was written.
    pub precision: Precision,
    /// True for `2025-06-25T00:00:00.000Z`, which is what JavaScript makes of a day: nobody knows whose midnight was meant.
    pub is_scripted: bool,
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
    /// A day alone.
    pub fn day(date: Date) -> Stamp {
        Stamp { civil: date.to_datetime(Time::midnight()), offset: None, precision: Precision::Day, is_scripted: false }
    }

    /// Reads `2025-06-25`, RFC 3339 (with fractions; `T`, `t` or a space), `2015-03-19 1:00:13 -0400`, `2024-05-01 10:00`, with or without offset or `Z`/`UTC`;
    /// also `2025-6-5`, `March 23, 2018`, `23 March 2018`, `29 Dec 2022`. `None` where a day is missing, or its numbers may stand in two orders.
    ///
    /// A leap second is read as the second before it. See <https://www.rfc-editor.org/rfc/rfc3339#section-5.6>.
    pub fn parse(text: &str) -> Option<Stamp> {
        Stamp::parse_in(text, None)
    }

    /// The same, where `04/01/2019` has an order.
    pub fn parse_in(text: &str, order: Option<DateOrder>) -> Option<Stamp> {
        let text = text.trim();
        let (date, rest) = day(text, order)?;
        if rest.is_empty() {
            return Some(Stamp::day(date));
        }
        if rest == SCRIPTED {
            return Some(Stamp { is_scripted: true, ..Stamp::day(date) });
        }
        let clock = rest.strip_prefix(['T', 't', ' ', '\t'])?.trim_start();
        let end = clock.find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, ':' | '.' | ',')).unwrap_or(clock.len());
        let (clock, zone) = clock.split_at(end);
        let civil = date.to_datetime(civil_time(clock)?);
        Some(Stamp { civil, offset: offset(zone.trim_start())?, precision: Precision::Time, is_scripted: false })
    }

    /// The same, and months and years alone: `2021-09`, `September 2021`, `2021`. Their instant is the first of their first day.
    pub fn parse_partial(text: &str, order: Option<DateOrder>) -> Option<Stamp> {
        let partial = || forms::partial(text.trim()).map(|(first, precision)| Stamp { precision, ..Stamp::day(first) });
        Stamp::parse_in(text, order).or_else(partial)
    }

    /// The day, as it was written; of a month or a year its first.
    pub fn date(&self) -> Date {
        self.civil.date()
    }

    /// As much of the day as was written.
    pub fn partial(&self) -> PartialDate {
        PartialDate::new(self.date(), self.precision)
    }

    /// Whether no time was written.
    fn has_no_time(&self) -> bool {
        self.precision < Precision::Time
    }

    /// The instant that is meant, in `zone` if the stamp names no offset; of a day alone its first one, even where clocks change at midnight.
    /// One beyond the last instant that can be told is that last one.
    pub fn instant(&self, zone: &TimeZone) -> Result<Timestamp, Unclear> {
        let offset = match self.offset {
            Some(offset) => offset,
            None => match zone.to_ambiguous_timestamp(self.civil).offset() {
                AmbiguousOffset::Unambiguous { offset } => offset,
                AmbiguousOffset::Fold { before, .. } if self.has_no_time() => before,
                AmbiguousOffset::Gap { before, .. } if self.has_no_time() => return Ok(first_after_gap(self.civil, before, zone)),
                AmbiguousOffset::Gap { .. } => return Err(Unclear::Skipped),
                AmbiguousOffset::Fold { .. } => return Err(Unclear::Repeated),
            },
        };
        // Only the last day of the year 9999 can fail, which people write for "never".
        Ok(offset.to_timestamp(self.civil).unwrap_or(Timestamp::MAX))
    }

    /// The other instant that a day of a script's can mean: midnight in UTC.
    pub fn scripted_instant(&self) -> Option<Timestamp> {
        self.is_scripted.then(|| Offset::UTC.to_timestamp(self.civil).unwrap_or(Timestamp::MAX))
    }

    /// As it was written, in the form of ISO 8601: `2025-06-25`, `2025-06-25T10:00:00`, `2025-06-25T10:00:00+02:00`.
    pub fn iso(&self) -> String {
        if self.has_no_time() {
            return self.partial().to_string();
        }
        let local = self.civil.strftime("%Y-%m-%dT%H:%M:%S").to_string();
        match self.offset.map(Offset::seconds) {
            None => local,
            Some(0) => local + "Z",
            Some(seconds) => {
                let sign = if seconds < 0 { '-' } else { '+' };
                format!("{local}{sign}{:02}:{:02}", seconds.abs() / 3600, seconds.abs() / 60 % 60)
            }
        }
    }
}

/// How `Date.prototype.toISOString` ends when it is given a day (<https://tc39.es/ecma262/#sec-date.prototype.toisostring>).
const SCRIPTED: &str = "T00:00:00.000Z";

/// The instant at which the zone's clocks jump over `civil`, a midnight: the first one of its day, or of the next, if the whole day is skipped.
fn first_after_gap(civil: DateTime, before: Offset, zone: &TimeZone) -> Timestamp {
    let later = before.to_timestamp(civil).unwrap_or(Timestamp::MAX);
    // The jump is not after that instant, for by then the clocks are ahead.
    zone.preceding(later.checked_add(SignedDuration::from_secs(1)).unwrap_or(later)).next().map_or(later, |jump| jump.timestamp())
}

#[cfg(test)]
mod tests;
