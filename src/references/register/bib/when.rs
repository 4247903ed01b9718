//! Dates of an entry: `date` in EDTF, or `year`, `month` and `day` as BibTeX has them.

use super::super::dates;
use super::super::problems::Problems;
use super::Entry;
use super::link::unescape;
use super::values::Value;
use crate::diagnostic::Diagnostic;
use crate::references::Date;

/// When it was published: what `date` says, else `year` and its kin.
pub fn issued(entry: &Entry, problems: &mut Problems) -> Option<Date> {
    let date = entry.fields.get("date").and_then(|value| field(entry, "date", value, problems));
    date.or_else(|| classic(entry, problems))
}

/// The date of a field in EDTF. What is written in another way is read, if it is sure, and told.
pub fn field(entry: &Entry, name: &str, value: &Value, problems: &mut Problems) -> Option<Date> {
    let written = tidy(&value.text);
    let mut tell = |message: String, hint: String| {
        problems.add(value.range.clone(), Diagnostic::warning("unclear-date", message).hint(hint));
    };
    if let Some(date) = dates::edtf(&written) {
        if dates::is_without_beginning(&written) {
            tell(format!("`{name}` of `{}` has no beginning: its end counts", entry.key), "write the day itself if it is known".into());
        } else if date.words.is_some() {
            tell(
                format!("the year of `{name}` of `{}` is not known: `{written}` is printed as it is", entry.key),
                "write a year if one is known, such as `1995~`".into(),
            );
        }
        return Some(date);
    }
    if let Some(words) = dates::words(&written) {
        return Some(Date { words: Some(words.into()), ..Date::default() });
    }
    let read = dates::free(&written);
    let form = "write `2025-06-25`, `2025-06`, `2025`, a range `2024-05/2025`, or `2025-21` for spring";
    match read.as_ref().and_then(dates::write) {
        Some(meant) => tell(format!("`{name}` of `{}` is read as `{meant}`: `{written}` is no date of BibLaTeX", entry.key), form.into()),
        None => tell(format!("`{name}` of `{}` is no date: `{written}`", entry.key), form.into()),
    }
    read
}

/// `year`, with `month` and `day` in all forms that BibTeX knows.
fn classic(entry: &Entry, problems: &mut Problems) -> Option<Date> {
    let year = entry.fields.get("year");
    let month = entry.fields.get("month");
    let day = entry.fields.get("day");
    let shown = |value: Option<&Value>| value.map(|value| tidy(&value.text)).unwrap_or_default();
    let (written_year, written_month, written_day) = (shown(year), shown(month), shown(day));
    let first = year.or(month)?;
    if let Some(words) = dates::words(&written_year) {
        return Some(Date { words: Some(words.into()), ..Date::default() });
    }
    // `5 # "~" # jun` and `jun # "~5"` have the day in the month.
    let text = [&*written_day, &*written_month.replace('~', " "), &*written_year].join(" ");
    let number = match dates::month_named(&written_month) {
        Some(month) if written_day.is_empty() => Some(format!("{written_year}-{month:02}")),
        Some(month) => Some(format!("{written_year}-{month:02}-{:0>2}", written_day)),
        None => None,
    };
    let read = number.and_then(|text| dates::edtf(&text)).or_else(|| dates::free(text.trim())).filter(|date| date.from.is_some());
    if let Some(date) = read {
        return Some(date);
    }
    let alone = dates::free(&written_year).or_else(|| dates::edtf(&written_year));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let message = match &alone {
        Some(date) if date.from.is_some() => format!("of `{text}` in `{}` only the year is read", entry.key),
        _ => format!("`{text}` in `{}` is no date", entry.key),
    };
    let range = if alone.is_some() { month.or(year).map_or(first.range.clone(), |value| value.range.clone()) } else { first.range.clone() };
    let hint = "write `date = {2025-06-25}`, or `year = {2025}` with `month = jun`";
    problems.add(range, Diagnostic::warning("unclear-date", message).hint(hint));
    alone
}

/// A date without what LaTeX puts around it. A tilde stays: it says *about*.
fn tidy(written: &str) -> String {
    let bare: String = written.chars().filter(|letter| !matches!(letter, '{' | '}')).collect();
    let bare = bare.replace("\\textasciitilde", "~").replace("\\%", "%").replace("--", "–").replace("\\,", " ").replace("\\ ", " ");
    let bare = if bare.contains('\\') { unescape(&bare) } else { bare };
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}
