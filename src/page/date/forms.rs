//! The forms of dates, times and offsets, letter by letter.
//!
//! It must not know what they mean together, nor in which zone.

use jiff::civil::{Date, Time};
use jiff::tz::Offset;

/// The date that was meant by numbers in the order of `2026-01-05` that are not written so: `2026-1-5`, `2026/01/05`.
pub fn meant(text: &str) -> Option<Date> {
    let day = text.trim().split(['T', ' ']).next()?;
    let mut parts = day.split(['-', '/', '.']);
    let [Some(year), Some(month), Some(day), None] = [parts.next(), parts.next(), parts.next(), parts.next()] else { return None };
    if year.len() != 4 || !matches!(month.len(), 1 | 2) || !matches!(day.len(), 1 | 2) {
        return None;
    }
    Date::new(digits(year.as_bytes())? as i16, digits(month.as_bytes())? as i8, digits(day.as_bytes())? as i8).ok()
}

/// The last day of the only year that a text names: a date that is not read cannot be later than that.
pub fn latest(text: &str) -> Option<Date> {
    let mut years = text.split(|letter: char| !letter.is_ascii_digit()).filter(|word| word.len() == 4);
    let year = years.next().filter(|_| years.next().is_none())?;
    Date::new(digits(year.as_bytes())? as i16, 12, 31).ok()
}

/// `2025-06-25`: four, two and two digits.
pub fn civil_date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    if bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    Date::new(digits(&bytes[..4])? as i16, digits(&bytes[5..7])? as i8, digits(&bytes[8..])? as i8).ok()
}

/// `1:00`, `10:00:13`, `10:00:13.25`.
pub fn civil_time(text: &str) -> Option<Time> {
    let mut parts = text.splitn(3, ':');
    let hour = parts.next().filter(|hour| matches!(hour.len(), 1 | 2))?;
    let minute = parts.next().filter(|minute| minute.len() == 2)?;
    let (second, fraction) = match parts.next() {
        None => ("0", None),
        Some(rest) => match rest.split_once(['.', ',']) {
            Some((second, fraction)) => (second, Some(fraction)),
            None => (rest, None),
        },
    };
    if second.len() > 2 {
        return None;
    }
    let second = digits(second.as_bytes())?.min(if second == "60" { 59 } else { 60 });
    let nanosecond = fraction.map_or(Some(0), nanoseconds)?;
    Time::new(digits(hour.as_bytes())? as i8, digits(minute.as_bytes())? as i8, second as i8, nanosecond as i32).ok()
}

/// The digits after the point of a second; what is finer than a nanosecond is dropped.
fn nanoseconds(fraction: &str) -> Option<u32> {
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let kept = &fraction[..fraction.len().min(9)];
    Some(digits(kept.as_bytes())? * 10_u32.pow(9 - kept.len() as u32))
}

/// Nothing, `Z`, `UTC`, `+01`, `+0100` or `+01:00`; the outer `None` is for anything else.
pub fn offset(text: &str) -> Option<Option<Offset>> {
    if text.is_empty() {
        return Some(None);
    }
    if text.eq_ignore_ascii_case("z") || text.eq_ignore_ascii_case("utc") {
        return Some(Some(Offset::UTC));
    }
    let (sign, clock) = match text.as_bytes() {
        [b'+', clock @ ..] => (1, clock),
        [b'-', clock @ ..] => (-1, clock),
        _ => return None,
    };
    let (hours, minutes) = match clock {
        [_, _] => (digits(clock)?, 0),
        [_, _, b':', minutes @ ..] if minutes.len() == 2 => (digits(&clock[..2])?, digits(minutes)?),
        [_, _, minutes @ ..] if minutes.len() == 2 => (digits(&clock[..2])?, digits(minutes)?),
        _ => return None,
    };
    if hours > 23 || minutes > 59 {
        return None;
    }
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60) as i32).ok().map(Some)
}

/// Up to nine ASCII digits as a number.
fn digits(bytes: &[u8]) -> Option<u32> {
    if bytes.is_empty() || bytes.len() > 9 {
        return None;
    }
    bytes.iter().try_fold(0_u32, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
}
