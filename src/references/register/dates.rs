//! Dates of registers: EDTF, and what people write in its place.
//!
//! Levels 0 and 1 of the Extended Date/Time Format (<https://www.loc.gov/standards/datetime/>), as far as a date of a source says them.

use crate::references::{Date, Day};

/// Reads a date of EDTF: a day, month, season or year, or a range of them. `None` if it is no such date.
pub fn edtf(text: &str) -> Option<Date> {
    let text = text.trim();
    let Some((from, to)) = text.split_once('/') else {
        return point(text).map(Point::date);
    };
    let is_open = |end: &str| matches!(end.trim(), "" | ".." | "*");
    let (from, to) = (from.trim(), to.trim());
    match (is_open(from), is_open(to)) {
        (true, true) => None,
        (false, true) => Some(Date { is_open: true, ..point(from)?.date() }),
        // A range without a beginning: its end is all that is known.
        (true, false) => point(to).map(Point::date),
        (false, false) => {
            let (from, to) = (point(from)?, point(to)?);
            let (first, last) = (from.day?, to.day?);
            (first <= last || first.year < last.year).then(|| Date { to: Some(last), circa: from.circa || to.circa, ..from.date() })
        }
    }
}

/// Whether a range of EDTF has no beginning, which an item cannot say.
pub fn is_without_beginning(text: &str) -> bool {
    text.trim().split_once('/').is_some_and(|(from, to)| matches!(from.trim(), "" | "..") && !matches!(to.trim(), "" | ".."))
}

/// Writes a date in EDTF; `None` if only words stand for it.
pub fn write(date: &Date) -> Option<String> {
    let from = date.from?;
    let circa = if date.circa { "~" } else { "" };
    let first = match date.season {
        Some(season) => format!("{}-{}", year(from.year), 20 + season),
        None => day(from),
    };
    let rest = match date.to {
        Some(to) => format!("/{}{circa}", day(to)),
        None if date.is_open => "/".into(),
        None => String::new(),
    };
    Some(format!("{first}{circa}{rest}"))
}

fn year(year: i32) -> String {
    match year {
        0..=9999 => format!("{year:04}"),
        -9999..=-1 => format!("-{:04}", -year),
        _ => format!("Y{year}"),
    }
}

fn day(day: Day) -> String {
    let month = day.month.map_or(String::new(), |month| format!("-{month:02}"));
    let in_month = day.day.map_or(String::new(), |day| format!("-{day:02}"));
    format!("{}{month}{in_month}", year(day.year))
}

/// One end of a date.
#[derive(Default)]
struct Point {
    day: Option<Day>,
    circa: bool,
    season: Option<u8>,
    /// A year of which digits are unknown.
    words: Option<Box<str>>,
}

impl Point {
    fn date(self) -> Date {
        Date { from: self.day, circa: self.circa, season: self.season, words: self.words, ..Date::default() }
    }
}

fn point(text: &str) -> Option<Point> {
    const DOUBT: [char; 3] = ['~', '?', '%'];
    let bare = text.trim_matches(DOUBT);
    let circa = bare.len() != text.len();
    let bare = bare.split_once('T').map_or(bare, |(day, _)| day);
    let sign_length = usize::from(bare.starts_with(['-', '+', 'Y', 'y'])) + usize::from(bare.starts_with("Y-") || bare.starts_with("y-"));
    let (sign, digits) = bare.split_at(sign_length);
    let mut parts = digits.split('-');
    let written = parts.next()?;
    let is_long = sign.starts_with(['Y', 'y']);
    let is_year = if is_long { (5..=9).contains(&written.len()) } else { written.len() == 4 };
    let is_unknown = |letter: char| matches!(letter, 'X' | 'x' | 'u');
    if !is_year || !written.chars().all(|letter| letter.is_ascii_digit() || is_unknown(letter)) {
        return None;
    }
    if written.contains(is_unknown) {
        return Some(Point { words: Some(bare.to_ascii_uppercase().into()), ..Point::default() });
    }
    let year = written.parse::<i32>().ok()? * if sign.ends_with('-') { -1 } else { 1 };
    let (month, in_month) = (two_digits(parts.next())?, two_digits(parts.next())?);
    if parts.next().is_some() {
        return None;
    }
    match month {
        Some(season @ 21..=32) if in_month.is_none() => {
            let season = (season - 21) % 4 + 1;
            Some(Point { day: Some(Day { year, month: None, day: None }), circa, season: Some(season), words: None })
        }
        month => Some(Point { day: Some(valid(year, month, in_month)?), circa, season: None, words: None }),
    }
}

/// A month or day: two digits, `XX` for one that is unknown, or nothing. The outer is `None` if it is neither.
fn two_digits(part: Option<&str>) -> Option<Option<u8>> {
    match part {
        None => Some(None),
        Some("XX" | "xx" | "uu") => Some(None),
        Some(part) if part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()) => part.parse().ok().map(Some),
        Some(_) => None,
    }
}

/// A day of the calendar; a day of the month counts only if the month is known.
pub fn valid(year: i32, month: Option<u8>, day: Option<u8>) -> Option<Day> {
    let is_month = month.is_none_or(|month| (1..=12).contains(&month));
    let day = day.filter(|_| month.is_some());
    let is_day = day.is_none_or(|day| (1..=days(year, month.unwrap_or(1))).contains(&day));
    (is_month && is_day).then_some(Day { year, month, day })
}

fn days(year: i32, month: u8) -> u8 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// What stands for a date where an author says that there is none.
pub const NO_DATE: &str = "n.d.";

/// Words that stand for a date, in one spelling: `n.d.`, `in press`, `forthcoming`, `submitted`, `in preparation`. `None` if they are others.
pub fn words(text: &str) -> Option<&'static str> {
    let bare: String = text.to_lowercase().chars().filter(|letter| letter.is_alphabetic()).collect();
    const NONE: [&str; 14] =
        ["nd", "nodate", "undated", "sd", "sinedato", "sansdate", "oj", "ohnejahr", "sf", "sinfecha", "zj", "bd", "brakdaty", "senzadata"];
    const FORTHCOMING: [&str; 3] = ["toappear", "toappearin", "toappearsoon"];
    if NONE.contains(&&*bare) {
        return Some(NO_DATE);
    }
    if FORTHCOMING.contains(&&*bare) {
        return Some("forthcoming");
    }
    const STATES: [&str; 5] = ["inpress", "forthcoming", "submitted", "inpreparation", "prepublished"];
    let spaced = text.trim().trim_matches(['[', ']', '(', ')']);
    let key = super::strings::key(spaced).or_else(|| STATES.into_iter().find(|state| *state == bare)).filter(|key| STATES.contains(key))?;
    super::strings::words(key, "en")
}

/// A date as people write it: `25 June 2025`, `June 2025`, `Spring 2024`, `c. 1998`, `[2025]`, `2019–2021`, `2025/06/25`. `None` if it is not sure.
pub fn free(text: &str) -> Option<Date> {
    let text = text.trim();
    let mut bare = text.trim_matches(['[', ']', '(', ')', ' ']);
    let is_bracketed = text.starts_with('[');
    let lower = bare.to_lowercase();
    let about = ["circa ", "circa. ", "ca. ", "ca.", "ca ", "c. ", "c.", "c ", "um ", "about ", "approx. ", "vers "];
    let about = about.into_iter().find(|about| lower.starts_with(about) && lower.len() == bare.len());
    bare = bare[about.map_or(0, str::len)..].trim();
    let is_doubted = bare.ends_with(['?', '~', '%']);
    bare = bare.trim_end_matches(['?', '~', '%', '.', ',', ' ']);
    let date = edtf(bare).filter(|date| date.from.is_some()).or_else(|| range(bare)).or_else(|| moment(bare, None))?;
    Some(Date { circa: date.circa || is_bracketed || about.is_some() || is_doubted, ..date })
}

/// `2019–2021`, `June–July 2024`, `5–7 June 2024`, `2019/20`.
fn range(text: &str) -> Option<Date> {
    let dashes = ["--", "–", "—", " - ", "/", "-"];
    dashes.into_iter().find_map(|dash| {
        let (from, to) = text.split_once(dash)?;
        let (from, to) = (from.trim(), to.trim());
        // `03/04/2025` and `03-04-2025` are days, of which nobody knows the month.
        let is_day = matches!(dash, "/" | "-") && from.len() < 4 && !text.contains(char::is_alphabetic);
        if is_day || from.is_empty() || to.is_empty() || to.contains(['-', '–', '/']) && !to.starts_with(char::is_numeric) {
            return None;
        }
        let last = moment(to, None).or_else(|| short_year(from, to))?;
        let first = moment(from, last.from)?;
        let is_in_order = first.from?.year <= last.from?.year && first.from != last.from;
        is_in_order.then_some(Date { to: last.from, ..first })
    })
}

/// `20` in `2019/20`.
fn short_year(from: &str, to: &str) -> Option<Date> {
    let is_number = |text: &str, length: usize| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(from, 4) && is_number(to, 2)).then(|| moment(&format!("{}{to}", &from[..2]), None)).flatten()
}

/// One moment, whose year and month may be those of another.
fn moment(text: &str, other: Option<Day>) -> Option<Date> {
    let mut year = None;
    let mut month = None;
    let mut season = None;
    let mut numbers: Vec<(u8, usize)> = Vec::new();
    for token in text.split([' ', ',', '.', '/', '-', '\u{a0}', '\t', '\n', '\u{202f}']).filter(|token| !token.is_empty()) {
        let digits = token.trim_end_matches(|letter: char| letter.is_alphabetic() || letter == 'º' || letter == 'ª');
        match digits.parse::<i32>() {
            Ok(number) if digits.len() == 4 && year.is_none() => year = Some((number, numbers.len())),
            Ok(number) if digits.len() <= 2 => numbers.push((number as u8, numbers.len())),
            Ok(_) => return None,
            Err(_) if is_filler(token) => {}
            Err(_) if month.is_none() && month_named(token).is_some() => month = month_named(token),
            Err(_) if season.is_none() && season_named(token).is_some() => season = season_named(token),
            Err(_) => return None,
        }
    }
    let day_of = |year: i32, month: Option<u8>, day: Option<u8>| {
        let from = valid(year, month, day)?;
        Some(Date { from: Some(from), season, ..Date::default() })
    };
    let (numbers, numbers_before_year): (Vec<u8>, usize) =
        (numbers.iter().map(|(number, _)| *number).collect(), year.map_or(0, |(_, at)| at));
    let year = year.map(|(year, _)| year).or(other.map(|day| day.year))?;
    let borrowed = other.and_then(|day| day.month);
    match (month, numbers.as_slice()) {
        (Some(_), _) if season.is_some() => None,
        (month, []) => day_of(year, month, None),
        (Some(month), [day]) => day_of(year, Some(month), Some(*day)),
        (None, [day]) if other.is_some() && borrowed.is_some() => day_of(year, borrowed, Some(*day)),
        (None, [month])
            if numbers_before_year == 1 && !text.contains(' ')
                || numbers_before_year == 0 && text.starts_with(char::is_numeric) && text.contains(['-', '/', '.']) =>
        {
            day_of(year, Some(*month), None)
        }
        (None, [month, day]) if numbers_before_year == 0 => day_of(year, Some(*month), Some(*day)),
        (None, [day, month]) if numbers_before_year == 2 && (text.contains('.') || *day > 12) => day_of(year, Some(*month), Some(*day)),
        _ => None,
    }
}

fn is_filler(token: &str) -> bool {
    matches!(token.to_lowercase().as_str(), "de" | "of" | "the" | "del" | "den" | "der")
}

/// The month of a name or its abbreviation, in the languages of sources here; also one in figures.
pub fn month_named(name: &str) -> Option<u8> {
    /// Names and abbreviations of each month.
    const MONTHS: [&str; 12] = [
        "jan january januar jänner janvier janv enero ene gennaio gen januari janeiro styczeń stycznia",
        "feb february februar février févr fevrier febrero febbraio februari fevereiro fev luty lutego",
        "mar march märz mrz mars marzo maart mrt março marzec marca",
        "apr april avril avr abril abr aprile kwiecień kwietnia",
        "may mai mayo maggio mag mei maio maj maja",
        "jun june juni juin junio giugno giu junho czerwiec czerwca",
        "jul july juli juillet juil julio luglio lug julho lipiec lipca",
        "aug august août aout agosto ago augustus sierpień sierpnia",
        "sep sept september septembre septiembre settembre set setembro wrzesień września",
        "oct october okt oktober octobre octubre ottobre ott outubro out październik października",
        "nov november novembre noviembre novembro listopad listopada",
        "dec december dez dezember décembre déc decembre diciembre dic dicembre dezembro grudzień grudnia",
    ];
    let lower = name.trim().trim_end_matches('.').to_lowercase();
    if lower.is_empty() {
        return None;
    }
    let named = MONTHS.iter().position(|names| names.split(' ').any(|own| own == lower)).map(|at| at as u8 + 1);
    named.or_else(|| lower.parse().ok().filter(|month| lower.len() <= 2 && (1..=12).contains(month)))
}

/// The season of a name.
pub fn season_named(name: &str) -> Option<u8> {
    Some(match name.trim().trim_end_matches('.').to_lowercase().as_str() {
        "spring" | "frühling" | "frühjahr" | "printemps" | "primavera" | "lente" | "wiosna" => 1,
        "summer" | "sommer" | "été" | "verano" | "estate" | "zomer" | "verão" | "lato" => 2,
        "autumn" | "fall" | "herbst" | "automne" | "otoño" | "autunno" | "herfst" | "outono" | "jesień" => 3,
        "winter" | "hiver" | "invierno" | "inverno" | "zima" => 4,
        _ => return None,
    })
}
