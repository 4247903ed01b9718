//! A list as a calendar that an office subscribes to: reviews as whole days, publications and ends at their hour.
//!
//! The form is iCalendar (<https://www.rfc-editor.org/rfc/rfc5545>). An event keeps its name (`UID`) when its page is edited, so that a calendar that is read
//! again has no event twice.
//!
//! It must not know which pages are asked for.

use ics::components::Property;
use ics::parameters;
use ics::properties::{Categories, Description, DtEnd, DtStart, Summary, Transp, URL};
use ics::{Event, ICalendar, escape_text};
use jiff::Timestamp;
use jiff::civil::Date;

use super::rows::Row;
use crate::config::Config;

/// When an event is.
enum When {
    /// A whole day.
    Day(Date),
    Instant(Timestamp),
}

/// The calendar of these pages: for each the day of its review, and what happens to it by itself. Pages to which nothing happens are not in it.
pub fn calendar(rows: &[Row], config: &Config, now: Timestamp) -> String {
    let mut calendar = ICalendar::new("2.0", "-//Chancery//list//EN");
    calendar.push(Property::new("METHOD", "PUBLISH"));
    calendar.push(Property::new("X-WR-CALNAME", escape_text(config.title.as_str())));
    for row in rows {
        let due = row.due.map(|due| ("review", format!("Review: {}", row.title), When::Day(due)));
        let opens = row.date.filter(|_| row.state == "scheduled");
        let opens = opens.map(|opens| ("publication", format!("Publication: {}", row.title), When::Instant(opens.at)));
        let ends = row.expires.map(|ends| ("end", format!("End: {}", row.title), When::Instant(ends)));
        for (what, title, when) in due.into_iter().chain(opens).chain(ends) {
            calendar.add_event(event(row, what, title, &when, config, now));
        }
    }
    // The crate ends lines as the format asks for.
    calendar.to_string()
}

fn event<'e>(row: &Row, what: &str, title: String, when: &When, config: &Config, now: Timestamp) -> Event<'e> {
    let host = config.base_url.as_ref().map_or("chancery", |base| base.host.as_str());
    let name = match (row.id, row.lang) {
        ("", _) => row.path.to_string(),
        (id, "") => id.to_string(),
        // A translation carries the number of its original.
        (id, lang) => format!("{id}.{lang}"),
    };
    let mut event = Event::new(format!("{what}-{}@{host}", escape_text(name)), stamp(now));
    match when {
        When::Day(day) => {
            let date = |day: Date| day.strftime("%Y%m%d").to_string();
            let mut start = DtStart::new(date(*day));
            start.append(parameters!("VALUE" => "DATE"));
            let mut end = DtEnd::new(date(day.tomorrow().unwrap_or(*day)));
            end.append(parameters!("VALUE" => "DATE"));
            event.push(start);
            event.push(end);
        }
        When::Instant(at) => event.push(DtStart::new(stamp(*at))),
    }
    event.push(Summary::new(escape_text(title)));
    let owner = if row.owner.is_empty() { String::new() } else { format!("{}\n", row.owner) };
    event.push(Description::new(escape_text(format!("{owner}{}", row.path))));
    if let Some(base) = &config.base_url {
        event.push(URL::new(format!("{}{}", base.url.trim_end_matches('/'), crate::url::encode(row.address))));
    }
    event.push(Categories::new(escape_text(what.to_string())));
    // Nobody is busy because of it.
    event.push(Transp::transparent());
    event
}

/// An instant in UTC: `20260301T093000Z`.
fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}
