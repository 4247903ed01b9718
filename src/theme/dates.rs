//! Dates in words: names of months and days, and the forms that a language writes dates in.
//!
//! It must not know the clock, or which language it is.

use jiff::civil::Date;
use jiff::fmt::strtime::BrokenDownTime;

/// How one language writes dates. What is empty is written as English has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Dates {
    /// A whole date, in the notation of strftime: `%-d %B %Y`.
    pub long: Option<String>,
    /// A month: `%B %Y`.
    pub month: Option<String>,
    /// What stands for the number of a first day: `1er`.
    pub first: Option<String>,
    pub months: Vec<String>,
    pub months_short: Vec<String>,
    /// From Monday on.
    pub days: Vec<String>,
    pub days_short: Vec<String>,
}

/// The forms of English, as far as a language has none.
const LONG: &str = "%-d %B %Y";
const MONTH: &str = "%B %Y";

impl Dates {
    /// `text` as readers see it, by `format`: `long`, `iso`, or the notation of strftime. `2026-02-03` is a date (a time behind it is left out) and
    /// `2026-02` a month; anything else stays as it is, which is `None`.
    ///
    /// # Errors
    /// The format cannot be used.
    pub fn shown(&self, text: &str, format: &str) -> Result<Option<String>, jiff::Error> {
        if let Some(date) = text.get(..10).and_then(|date| date.parse::<Date>().ok()) {
            return match format {
                "iso" => Ok(Some(date.to_string())),
                "long" => self.write(date, self.long.as_deref().unwrap_or(LONG)).map(Some),
                format => self.write(date, format).map(Some),
            };
        }
        match month(text).filter(|_| format != "iso") {
            Some(first) => self.write(first, self.month.as_deref().unwrap_or(MONTH)).map(Some),
            None => Ok(None),
        }
    }

    fn write(&self, date: Date, format: &str) -> Result<String, jiff::Error> {
        if let Some(shown) = self.written(date, format) {
            return Ok(shown);
        }
        let mut shown = String::new();
        BrokenDownTime::from(date).format(self.spoken(date, format), &mut shown)?;
        Ok(shown)
    }

    /// A date in one of the forms that nearly all are shown in, which are made of days, months and years; `None` for any other, which takes ten times
    /// as long.
    fn written(&self, date: Date, format: &str) -> Option<String> {
        let year = u16::try_from(date.year()).ok().filter(|year| (1000..=9999).contains(year))?;
        let mut parts = format.split('%');
        let mut shown = String::with_capacity(format.len() + 16);
        shown.push_str(parts.next()?);
        for part in parts {
            let (directive, rest) = part.split_at_checked(if part.starts_with('-') { 2 } else { 1 })?;
            match directive {
                "-d" => match self.first.as_deref().filter(|_| date.day() == 1) {
                    Some(first) => shown.push_str(first),
                    None => push_number(date.day() as u16, &mut shown),
                },
                "B" => shown.push_str(self.months.get(date.month() as usize - 1).map_or(MONTHS[date.month() as usize - 1], String::as_str)),
                "Y" => push_number(year, &mut shown),
                "d" | "m" => {
                    let number = if directive == "d" { date.day() } else { date.month() };
                    shown.push(char::from(b'0' + number as u8 / 10));
                    shown.push(char::from(b'0' + number as u8 % 10));
                }
                "-m" => push_number(date.month() as u16, &mut shown),
                _ => return None,
            }
            shown.push_str(rest);
        }
        Some(shown)
    }

    /// The format with names of this language in the place of what stands for them.
    fn spoken(&self, date: Date, format: &str) -> String {
        let mut spoken = String::with_capacity(format.len() + 16);
        let mut rest = format;
        while let Some(at) = rest.find('%') {
            spoken.push_str(&rest[..at]);
            let length = 1 + rest[at + 1..].find(|letter: char| letter.is_alphabetic() || letter == '%').map_or(0, |flags| flags + 1);
            let directive = rest.get(at..at + length).unwrap_or("%");
            match self.word(date, directive) {
                Some(word) => spoken.push_str(&word.replace('%', "%%")),
                None => spoken.push_str(directive),
            }
            rest = &rest[at + directive.len()..];
        }
        spoken.push_str(rest);
        spoken
    }

    /// The word that stands for a directive such as `%B`, if this language has one.
    fn word(&self, date: Date, directive: &str) -> Option<&str> {
        let month = date.month() as usize - 1;
        let day = date.weekday().to_monday_zero_offset() as usize;
        match directive {
            "%B" => self.months.get(month),
            "%b" | "%h" => self.months_short.get(month),
            "%A" => self.days.get(day),
            "%a" => self.days_short.get(day),
            "%-d" if date.day() == 1 => self.first.as_ref(),
            _ => None,
        }
        .map(String::as_str)
    }
}

/// The names of months, for languages that have none.
const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// Adds a number of at most four digits, without zeros before it.
fn push_number(number: u16, shown: &mut String) {
    let digits = [number / 1000, number / 100 % 10, number / 10 % 10, number % 10];
    let first = digits.iter().position(|digit| *digit > 0).unwrap_or(3);
    shown.extend(digits[first..].iter().map(|digit| char::from(b'0' + *digit as u8)));
}

/// The first day of `2026-02`.
fn month(text: &str) -> Option<Date> {
    (text.len() == 7).then(|| format!("{text}-01").parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn french() -> Dates {
        let words = |words: &str| words.split(' ').map(str::to_string).collect();
        Dates {
            first: Some("1er".into()),
            months: words("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
            days: words("lundi mardi mercredi jeudi vendredi samedi dimanche"),
            ..Dates::default()
        }
    }

    fn shown(dates: &Dates, text: &str, format: &str) -> Option<String> {
        dates.shown(text, format).expect("a good format")
    }

    #[test]
    fn names_are_those_of_the_language() {
        assert_eq!(shown(&french(), "2026-02-03", "long").as_deref(), Some("3 février 2026"));
        assert_eq!(shown(&french(), "2026-08-01", "%A %-d %B").as_deref(), Some("samedi 1er août"));
        assert_eq!(shown(&french(), "2026-08-01T10:00:00Z", "%d.%m.%Y, 100 %%").as_deref(), Some("01.08.2026, 100 %"));
        assert_eq!(shown(&french(), "2026-08-03", "%a").as_deref(), Some("Mon"), "what the language lacks is English");
    }

    #[test]
    fn a_month_is_written_as_one_and_a_year_or_a_word_stays() {
        assert_eq!(shown(&french(), "2026-02", "long").as_deref(), Some("février 2026"));
        assert_eq!(shown(&french(), "2026-02", "iso"), None);
        assert_eq!(
            (shown(&french(), "2026", "long"), shown(&french(), "soon", "long"), shown(&french(), "2026-13", "long")),
            (None, None, None)
        );
    }

    #[test]
    fn machines_and_those_who_want_it_get_the_iso_form() {
        assert_eq!(shown(&french(), "2026-02-03", "iso").as_deref(), Some("2026-02-03"));
    }

    #[test]
    fn a_format_that_is_none_is_an_error() {
        for format in ["%", "%!", "é%", "%é", "%-"] {
            assert!(french().shown("2026-02-03", format).is_err(), "{format}");
        }
    }
}
