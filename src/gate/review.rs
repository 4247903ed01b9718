//! When somebody is to look whether a page still holds, and whether that day is over.
//!
//! It must not know who is to look.

use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::page::front::{Front, Status};
use crate::page::{Moment, Review};

/// The review of a page: `review_by`, else `review_in` after `last_reviewed_on`, else after its date; and the instant to come at which its day is over.
/// Nobody reviews what does not hold any more.
pub fn of_page(
    front: &Front,
    date: Option<Moment>,
    status: Status,
    zone: &TimeZone,
    is_to_come: impl Fn(Timestamp) -> bool,
) -> Option<(Review, Option<Timestamp>)> {
    if matches!(status, Status::Archived | Status::Superseded | Status::Withdrawn) {
        return None;
    }
    let due = due(front, date)?;
    let end = due.checked_add(1.day()).ok()?.to_zoned(zone.clone()).ok()?.timestamp();
    let is_overdue = !is_to_come(end);
    Some((Review { due, is_overdue }, Some(end).filter(|_| !is_overdue)))
}

/// The last day to look; of a month or a year its last.
fn due(front: &Front, date: Option<Moment>) -> Option<Date> {
    if let Some(stamp) = front.review_by {
        return Some(stamp.partial().last());
    }
    let from = front.last_reviewed_on.map(|stamp| stamp.date()).or(date.map(|date| date.date()))?;
    let span: jiff::Span = front.review_in.as_deref()?.parse().ok()?;
    from.checked_add(span).ok()
}
