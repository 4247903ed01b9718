//! Dates of CSL-JSON in all the forms that programs write.

use super::super::dates;
use super::super::problems::Problems;
use super::node::{Data, Node};
use crate::diagnostic::Diagnostic;
use crate::references::{Date, Day};

/// The date of a variable; what gives none is told.
pub fn read(node: &Node, variable: &str, key: &str, problems: &mut Problems) -> Option<Date> {
    let date = match &node.data {
        Data::Null => return None,
        Data::Text(text) => of_text(text),
        // Two dates are a range; so Pandoc wrote them once.
        Data::List(list) => {
            list.first().and_then(of_map).map(|first| Date { to: list.get(1).and_then(of_map).and_then(|last| last.from), ..first })
        }
        Data::Map(pairs) if pairs.is_empty() => return None,
        Data::Map(_) => of_map(node),
    };
    if date.is_none() {
        let message = format!("`{variable}` of `{key}` is no date: `{}`", node.flat());
        let hint = "write `{\"date-parts\": [[2025, 6, 25]]}`, or `2025-06-25` in YAML";
        problems.add(node.range.clone(), Diagnostic::warning("unclear-date", message).hint(hint));
    }
    date
}

fn of_text(text: &str) -> Option<Date> {
    let words = || dates::words(text).map(|words| Date { words: Some(words.into()), ..Date::default() });
    dates::edtf(text).or_else(words).or_else(|| dates::free(text))
}

fn of_map(node: &Node) -> Option<Date> {
    let parts = node.get("date-parts").and_then(|parts| {
        // `[2025, 6]` in place of `[[2025, 6]]`.
        let is_flat = parts.list().first().is_some_and(|first| !matches!(first.data, Data::List(_)));
        let first = if is_flat { day(parts)? } else { day(parts.list().first()?)? };
        let last = if is_flat { None } else { parts.list().get(1) };
        let to = last.and_then(day);
        let is_open = last.is_some_and(|last| last.list().iter().all(|part| matches!(part.text(), "0" | "")));
        Some(Date { from: Some(first), to, is_open, ..Date::default() })
    });
    let named = || {
        let number = |key: &str| node.get(key).and_then(|value| value.text().trim().parse().ok());
        let year: i32 = node.get("year").and_then(|value| value.text().trim().parse().ok())?;
        Some(Date { from: Some(dates::valid(year, number("month"), number("day"))?), ..Date::default() })
    };
    let texts = || ["edtf", "raw"].into_iter().find_map(|key| of_text(node.get(key)?.text()));
    let literal = || {
        let text = node.get("literal")?.text().trim();
        let free = || Date { words: Some(text.into()), ..Date::default() };
        (!text.is_empty()).then(|| {
            dates::words(text)
                .map_or_else(|| dates::free(text).unwrap_or_else(free), |words| Date { words: Some(words.into()), ..Date::default() })
        })
    };
    let date = parts.or_else(named).or_else(texts).or_else(literal)?;
    let season = node.get("season").and_then(|season| {
        let number = season.text().trim().parse::<u8>().ok().filter(|season| (1..=4).contains(season));
        number.or_else(|| dates::season_named(season.text()))
    });
    let is_about = node.get("circa").is_some_and(Node::is_true);
    let has_month = date.from.is_some_and(|day| day.month.is_some());
    Some(Date { circa: date.circa || is_about, season: season.filter(|_| !has_month).or(date.season), ..date })
}

/// `[2025, 6, 25]`, in numbers or texts; zeros and what is empty say nothing. Months of 13 to 16 and of 21 to 24 are seasons that no day has.
fn day(parts: &Node) -> Option<Day> {
    let number = |at: usize| parts.list().get(at).and_then(|part| part.text().trim().parse::<i32>().ok());
    // -44 is 44 BC here, and an item counts years as astronomers do: there was a year 0.
    let year = number(0).filter(|year| *year != 0).map(|year| if year < 0 { year + 1 } else { year })?;
    let small = |at: usize| number(at).and_then(|number| u8::try_from(number).ok()).filter(|number| *number > 0);
    let month = small(1).filter(|month| *month <= 12);
    dates::valid(year, month, small(2)).or_else(|| dates::valid(year, month, None))
}
