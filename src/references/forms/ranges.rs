//! Ranges of dates (M02): the engine stops at them, so a source is printed twice, with the first day and with the last.
//!
//! It must not know how dates are written.

use super::super::{Day, Item, tidy};
use super::form::{Form, Piece};

/// The year that stands for the end of a range without one.
const NO_END: i32 = 9999;

/// A source with the ends of its ranges in place of their starts; `None` if it has no range.
pub fn end(item: &Item) -> Option<Item> {
    let is_range = |date: &super::super::Date| date.from.is_some() && (date.to.is_some() || date.is_open);
    if !item.dates.values().any(is_range) {
        return None;
    }
    let mut end = item.clone();
    for date in end.dates.values_mut().filter(|date| is_range(date)) {
        date.from = date.to.take().or(Some(Day { year: NO_END, month: None, day: None }));
    }
    Some(end)
}

/// What was printed of the start and what was printed of the end as one; what was printed of the start, if they differ in more than dates.
pub fn merge(start: Form, end: &Form) -> Form {
    all(&start.pieces, &end.pieces, false).map_or(start, |pieces| Form { pieces, content: None })
}

fn all(start: &[Piece], end: &[Piece], is_date: bool) -> Option<Vec<Piece>> {
    if start.len() != end.len() {
        return None;
    }
    start.iter().zip(end).map(|(start, end)| both(start, end, is_date)).collect()
}

fn both(start: &Piece, end: &Piece, is_date: bool) -> Option<Piece> {
    Some(match (start, end) {
        _ if start == end => start.clone(),
        (Piece::Text(start), Piece::Text(end)) if is_date => Piece::Text(tidy::range(start, end, &NO_END.to_string()).into()),
        (Piece::Date(start), Piece::Date(end)) => Piece::Date(all(start, end, true)?),
        (Piece::Span(format, start), Piece::Span(other, end)) if format == other => Piece::Span(*format, all(start, end, is_date)?),
        (Piece::Link(url, start), Piece::Link(other, end)) if url == other => Piece::Link(url.clone(), all(start, end, is_date)?),
        (Piece::Names(start), Piece::Names(end)) => Piece::Names(all(start, end, is_date)?),
        (Piece::Label(start), Piece::Label(end)) => Piece::Label(all(start, end, is_date)?),
        _ => return None,
    })
}
