//! The forms of dates, times and offsets, letter by letter.
//!
//! It must not know what they mean together, nor in which zone.

use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use super::Precision;
use crate::config::DateOrder;

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

/// The day at the head of a text, and what follows it. Nearly all are `2025-06-25`.
pub fn day(text: &str, order: Option<DateOrder>) -> Option<(Date, &str)> {
    if let Some(date) = text.get(..10).and_then(civil_date) {
        return Some((date, &text[10..]));
    }
    // A date is short, whatever its form; what is longer is not looked at.
    let end = text.find(['T', 't']).filter(|at| text[..*at].ends_with(|before: char| before.is_ascii_digit()));
    let numbers = end.or_else(|| text.find([' ', '\t'])).unwrap_or(text.len());
    let (head, rest) = text.split_at(numbers);
    if let Some(date) = meant(head).filter(|_| head.contains('-')).or_else(|| readings(head).and_then(|read| read.in_order(order))) {
        return Some((date, rest));
    }
    worded(text).filter(|(.., precision, _)| *precision == Precision::Day).map(|(date, _, rest)| (date, rest))
}

/// `2025-06-25`: four, two and two digits.
fn civil_date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    if bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    Date::new(digits(&bytes[..4])? as i16, digits(&bytes[5..7])? as i8, digits(&bytes[8..])? as i8).ok()
}

/// What `04/01/2019` can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Readings {
    /// Day before month, if there is such a day.
    pub day_month: Option<Date>,
    /// Month before day, if there is such a day.
    pub month_day: Option<Date>,
}

impl Readings {
    fn in_order(self, order: Option<DateOrder>) -> Option<Date> {
        match order? {
            DateOrder::DayMonth => self.day_month,
            DateOrder::MonthDay => self.month_day,
        }
    }
}

/// The readings of a day whose year stands last, in numbers: `04/01/2019`, `4.1.2019`; `None` if the text is none, or there is no such day.
pub fn readings(text: &str) -> Option<Readings> {
    let head = text.trim().split(['T', ' ']).next()?;
    let mut parts = head.split(['-', '/', '.']);
    let [Some(first), Some(second), Some(year), None] = [parts.next(), parts.next(), parts.next(), parts.next()] else { return None };
    if year.len() != 4 || !matches!(first.len(), 1 | 2) || !matches!(second.len(), 1 | 2) {
        return None;
    }
    let (first, second, year) = (digits(first.as_bytes())? as i8, digits(second.as_bytes())? as i8, digits(year.as_bytes())? as i16);
    let (day_month, month_day) = (Date::new(year, second, first).ok(), Date::new(year, first, second).ok());
    day_month.or(month_day)?;
    Some(Readings { day_month, month_day })
}

/// A month or a year alone: `2021-09`, `September 2021`, `2021`; its first day.
pub fn partial(text: &str) -> Option<(Date, Precision)> {
    let year = |text: &str| (text.len() == 4).then(|| digits(text.as_bytes()))?.map(|year| year as i16);
    if let Some(year) = year(text) {
        return Some((Date::new(year, 1, 1).ok()?, Precision::Year));
    }
    if let Some((whole, month)) = text.split_once('-') {
        let month = digits(month.as_bytes()).filter(|_| matches!(month.len(), 1 | 2))?;
        return Some((Date::new(year(whole)?, month as i8, 1).ok()?, Precision::Month));
    }
    worded(text)
        .filter(|(_, precision, rest)| *precision == Precision::Month && rest.is_empty())
        .map(|(date, precision, _)| (date, precision))
}

/// The months as English writes them.
pub const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// `March 23, 2018`, `23 March 2018`, `29 Dec 2022`, `March 2018` at the head of a text; what follows it.
fn worded(text: &str) -> Option<(Date, Precision, &str)> {
    let mut rest = text;
    let mut word = || {
        let end = rest.find(|letter: char| letter.is_whitespace() || letter == ',').unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        rest = behind.trim_start_matches([' ', '\t', ',']);
        word
    };
    let (first, second) = (word(), word());
    let (month, day, year) = match (month(first), month(second)) {
        (Some(month), _) if second.len() == 4 && digits(second.as_bytes()).is_some() => (month, None, second),
        (Some(month), _) => (month, Some(of_month(second)?), word()),
        (None, Some(month)) => (month, Some(of_month(first)?), word()),
        (None, None) => return None,
    };
    let year = digits(year.as_bytes()).filter(|_| year.len() == 4)? as i16;
    let precision = if day.is_some() { Precision::Day } else { Precision::Month };
    let date = Date::new(year, month, day.unwrap_or(1)).ok()?;
    // What follows is parted from it by one space, as behind other dates.
    let behind = if rest.is_empty() { "" } else { &text[text.len() - rest.len() - 1..] };
    Some((date, precision, behind))
}

/// The number of a month by its name, whole or its first three letters, or `Sept`, with or without a full stop.
fn month(word: &str) -> Option<i8> {
    let word = word.strip_suffix('.').unwrap_or(word).to_ascii_lowercase();
    let is_it = |name: &str| name == word || word.len() == 3 && name.starts_with(&*word) || word == "sept" && name == "september";
    MONTHS.iter().position(|name| is_it(name)).map(|at| at as i8 + 1)
}

/// The day of a month: `23`, `23rd`.
fn of_month(word: &str) -> Option<i8> {
    let number = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    digits(number.as_bytes()).filter(|_| matches!(number.len(), 1 | 2)).map(|day| day as i8)
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

/// Nothing, `Z`, `UTC`, `+1`, `+01`, `+0100` or `+01:00`; the outer `None` is for anything else.
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
        [_] | [_, _] => (digits(clock)?, 0),
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
