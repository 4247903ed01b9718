//! Dates and times as people write them in front matter.
//!
//! Owns their reading and their meaning in a time zone. It must not know the clock: *now* is an input of the build.

mod forms;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use forms::{civil_date, civil_time, offset};
pub use forms::{latest, meant};

/// A date or time as written: local, unless it names its offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// What is written, fractions of seconds included; 00:00 for a date alone.
    pub civil: DateTime,
    pub offset: Option<Offset>,
    /// True when only a date was written.
    pub day_only: bool,
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
        Stamp { civil: date.to_datetime(Time::midnight()), offset: None, day_only: true, is_scripted: false }
    }

    /// Reads `2025-06-25`, RFC 3339 (with fractions; `T`, `t` or a space), `2015-03-19 1:00:13 -0400`, `2024-05-01 10:00`, with or without offset or `Z`/`UTC`.
    ///
    /// A leap second is read as the second before it. See <https://www.rfc-editor.org/rfc/rfc3339#section-5.6>.
    pub fn parse(text: &str) -> Option<Stamp> {
        let text = text.trim();
        let date = civil_date(text.get(..10)?)?;
        let rest = &text[10..];
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
        Some(Stamp { civil, offset: offset(zone.trim_start())?, day_only: false, is_scripted: false })
    }

    /// The day, as it was written.
    pub fn date(&self) -> Date {
        self.civil.date()
    }

    /// The instant that is meant, in `zone` if the stamp names no offset; of a day alone its first one, even where clocks change at midnight.
    /// One beyond the last instant that can be told is that last one.
    pub fn instant(&self, zone: &TimeZone) -> Result<Timestamp, Unclear> {
        let offset = match self.offset {
            Some(offset) => offset,
            None => match zone.to_ambiguous_timestamp(self.civil).offset() {
                AmbiguousOffset::Unambiguous { offset } => offset,
                AmbiguousOffset::Fold { before, .. } if self.day_only => before,
                AmbiguousOffset::Gap { before, .. } if self.day_only => return Ok(first_after_gap(self.civil, before, zone)),
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
        if self.day_only {
            return self.date().to_string();
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
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        Stamp::parse(text).map_or("none".into(), |stamp| stamp.iso())
    }

    fn at(text: &str, zone: &str) -> Result<String, Unclear> {
        let zone = TimeZone::get(zone).expect("a zone of the database");
        Stamp::parse(text).expect("a stamp").instant(&zone).map(|instant| instant.to_string())
    }

    #[test]
    fn the_forms_of_other_tools_are_read() {
        assert_eq!(read("2025-06-25"), "2025-06-25");
        assert_eq!(read("2015-03-19 1:00:13 -0400"), "2015-03-19T01:00:13-04:00");
        assert_eq!(read("2024-05-01 10:00"), "2024-05-01T10:00:00");
        assert_eq!(read("2024-05-01T10:00:00"), "2024-05-01T10:00:00");
        assert_eq!(read(" 2024-05-01t10:00z "), "2024-05-01T10:00:00Z");
        assert_eq!(read("2024-05-01 10:00:00 UTC"), "2024-05-01T10:00:00Z");
        assert_eq!(read("2024-05-01 10:00:00 +05"), "2024-05-01T10:00:00+05:00");
        assert_eq!(read("2024-05-01T10:00:00-09:30"), "2024-05-01T10:00:00-09:30");
        assert_eq!(read("2016-12-31T23:59:60Z"), "2016-12-31T23:59:59Z");
    }

    #[test]
    fn what_is_no_date_is_not_guessed() {
        let wrong = [
            "",
            "soon",
            "2024",
            "2024-05",
            "2024-5-1",
            "2024-13-01",
            "2024-02-30",
            "2024-05-01T",
            "2024-05-01 10",
            "2024-05-01 24:00",
            "2024-05-01 10:00:61",
            "2024-05-01 10:00 CET",
            "2024-05-01 10:00 +25:00",
            "2024-05-01 10:00+1",
            "2024-05-01Z",
            "05/01/2024",
            "2024-05-01 10:00:00.",
            "2024-05-01 10:0",
            "2024-05-0é",
            "+024-05-01",
            "2024-05-01 10:00:00:00",
            "2024-05-01x",
        ];
        for text in wrong {
            assert_eq!(Stamp::parse(text), None, "{text}");
        }
    }

    #[test]
    fn fractions_of_seconds_are_kept() {
        assert_eq!(at("2025-02-17T09:30:00.250+01:00", "UTC").as_deref(), Ok("2025-02-17T08:30:00.25Z"));
        assert_eq!(at("2025-02-17T09:30:00.1234567899Z", "UTC").as_deref(), Ok("2025-02-17T09:30:00.123456789Z"));
    }

    #[test]
    fn a_local_time_is_one_of_the_zone_and_an_offset_holds_against_it() {
        assert_eq!(at("2025-06-25", "Europe/Brussels").as_deref(), Ok("2025-06-24T22:00:00Z"));
        assert_eq!(at("2025-06-25T00:00:00Z", "Europe/Brussels").as_deref(), Ok("2025-06-25T00:00:00Z"));
    }

    #[test]
    fn skipped_and_repeated_local_times_are_no_instants() {
        assert_eq!(at("2025-03-30 02:30", "Europe/Brussels"), Err(Unclear::Skipped));
        assert_eq!(at("2025-10-26 02:30", "Europe/Brussels"), Err(Unclear::Repeated));
        assert_eq!(at("2025-10-26 02:30 +0100", "Europe/Brussels").as_deref(), Ok("2025-10-26T01:30:00Z"));
    }

    #[test]
    fn a_day_begins_at_its_first_instant_even_where_midnight_is_skipped_or_comes_twice() {
        assert_eq!(at("2026-04-24", "Africa/Cairo").as_deref(), Ok("2026-04-23T22:00:00Z"));
        assert_eq!(at("2026-03-29", "Asia/Beirut").as_deref(), Ok("2026-03-28T22:00:00Z"));
        assert_eq!(at("2018-11-04", "America/Sao_Paulo").as_deref(), Ok("2018-11-04T03:00:00Z"));
        assert_eq!(at("2025-11-02", "America/Havana").as_deref(), Ok("2025-11-02T04:00:00Z"));
        assert_eq!(at("2011-12-30", "Pacific/Apia").as_deref(), Ok("2011-12-30T10:00:00Z"), "a day that never was");
        // Toronto's clocks went from 23:30 to 00:30 in 1919.
        assert_eq!(at("1919-03-31", "America/Toronto").as_deref(), Ok("1919-03-31T04:30:00Z"));
        assert_eq!(at("2026-04-24 00:00", "Africa/Cairo"), Err(Unclear::Skipped), "a time that was written is none");
        assert_eq!(at("2025-11-02 00:30", "America/Havana"), Err(Unclear::Repeated));
    }

    #[test]
    fn what_a_script_made_of_a_day_is_that_day() {
        let stamp = Stamp::parse("2025-06-25T00:00:00.000Z").expect("a stamp");
        assert_eq!((stamp.iso().as_str(), stamp.is_scripted), ("2025-06-25", true));
        assert_eq!(at("2025-06-25T00:00:00.000Z", "America/New_York").as_deref(), Ok("2025-06-25T04:00:00Z"));
        assert_eq!(stamp.scripted_instant().map(|at| at.to_string()).as_deref(), Some("2025-06-25T00:00:00Z"));
        for written in ["2025-06-25T00:00:00Z", "2025-06-25T00:00:00.001Z", "2025-06-25T09:00:00.000Z", "2025-06-25"] {
            assert!(!Stamp::parse(written).expect("a stamp").is_scripted, "{written}");
        }
    }

    #[test]
    fn a_date_in_other_signs_is_offered_as_it_should_be_written() {
        let meant = |text: &str| meant(text).map(|date| date.to_string());
        assert_eq!(meant("2026-1-5").as_deref(), Some("2026-01-05"));
        assert_eq!(meant("2026/01/05 10:00").as_deref(), Some("2026-01-05"));
        for text in ["2026-13-5", "5-1-2026", "2026-1", "soon", "2026-1-5-7"] {
            assert_eq!(meant(text), None, "{text}");
        }
    }

    #[test]
    fn a_text_with_one_year_is_not_later_than_its_end() {
        let latest = |text: &str| latest(text).map(|date| date.to_string());
        assert_eq!(latest("12 March 2019").as_deref(), Some("2019-12-31"));
        assert_eq!((latest("soon"), latest("2019 or 2030"), latest("in 20190")), (None, None, None));
    }

    #[test]
    fn the_end_of_time_is_an_instant() {
        assert!(at("9999-12-31", "UTC").is_ok());
        assert!(at("0000-01-01T00:00:00+23:59", "UTC").is_ok());
    }
}
