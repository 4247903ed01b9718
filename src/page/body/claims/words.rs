//! Words before and behind numbers: units, currencies, months, labels of numbers that are names. In the languages that the theme speaks, as far as they
//! write with Latin letters.
//!
//! It must not know what a number claims.

/// What stands behind a number, with how many bytes it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// `%`, `per cent`; a name if it is that of a rule: `2% guideline`.
    Percent { length: usize, is_name: bool },
    /// `euros`, `million dollars`.
    Money { length: usize },
    /// `million`.
    Scale { length: usize },
    /// `km`.
    Unit { length: usize },
    /// A span of time.
    Time,
    /// A word in small letters that may be a noun.
    Noun,
    /// Anything else.
    Other,
}

impl Next {
    /// How many bytes it takes.
    pub fn length(self) -> usize {
        match self {
            Next::Percent { length, .. } | Next::Money { length } | Next::Scale { length } | Next::Unit { length } => length,
            Next::Time | Next::Noun | Next::Other => 0,
        }
    }
}

const PERCENT: [&str; 9] = ["%", "‰", "percentage points", "per cent", "percent", "Prozentpunkte", "Prozent", "pour cent", "por ciento"];
/// A share with one of these is the name of a rule.
const RULES: [&str; 12] = [
    "guideline",
    "guidelines",
    "target",
    "targets",
    "goal",
    "pledge",
    "benchmark",
    "commitment",
    "threshold",
    "rule",
    "objective",
    "ceiling",
];
const SCALES: [&str; 19] = [
    "million",
    "millions",
    "billion",
    "billions",
    "trillion",
    "trillions",
    "bn",
    "mn",
    "Million",
    "Millionen",
    "Milliarde",
    "Milliarden",
    "milliard",
    "milliards",
    "millones",
    "millón",
    "thousand",
    "Tausend",
    "mille",
];
const CURRENCIES: [&str; 26] = [
    "euros", "euro", "Euro", "dollars", "dollar", "Dollar", "dólares", "pounds", "Pfund", "livres", "libras", "roubles", "rubles",
    "hryvnias", "yen", "zlotys", "kroner", "kronor", "EUR", "USD", "GBP", "CHF", "€", "$", "£", "¥",
];
const BEFORE: [&str; 12] = ["US$", "A$", "C$", "€", "$", "£", "¥", "₴", "EUR", "USD", "GBP", "CHF"];
const UNITS: [&str; 45] = [
    "km",
    "km²",
    "kilometres",
    "kilometers",
    "Kilometer",
    "kilomètres",
    "kilómetros",
    "miles",
    "metres",
    "meters",
    "mm",
    "cm",
    "hectares",
    "Hektar",
    "kg",
    "tonnes",
    "tons",
    "Tonnen",
    "toneladas",
    "kilograms",
    "litres",
    "barrels",
    "MW",
    "GW",
    "TW",
    "kWh",
    "MWh",
    "GWh",
    "TWh",
    "kW",
    "kV",
    "MHz",
    "GHz",
    "Mbit/s",
    "GB",
    "TB",
    "kt",
    "Mt",
    "Gt",
    "bcm",
    "troops",
    "soldiers",
    "personnel",
    "casualties",
    "refugees",
];
const TIMES: [&str; 24] = [
    "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months", "year", "years", "Tage",
    "Tagen", "Jahre", "Jahren", "Monate", "Monaten", "jours", "ans", "mois", "años",
];
/// Words in small letters that are no nouns.
const LITTLE: [&str; 40] = [
    "a", "against", "and", "are", "as", "at", "but", "by", "de", "des", "der", "die", "du", "el", "et", "for", "from", "had", "has",
    "have", "if", "in", "is", "la", "le", "les", "of", "on", "or", "per", "the", "that", "to", "und", "von", "was", "were", "which",
    "with", "y",
];
/// Words before a number that is a name.
const LABELS: [&str; 58] = [
    "act",
    "annex",
    "article",
    "articles",
    "art",
    "artikel",
    "artículo",
    "box",
    "case",
    "chapter",
    "chapitre",
    "clause",
    "column",
    "decision",
    "decree",
    "directive",
    "document",
    "figure",
    "flight",
    "goal",
    "highway",
    "kapitel",
    "law",
    "line",
    "lines",
    "no",
    "nos",
    "nr",
    "number",
    "numbers",
    "op",
    "order",
    "p",
    "page",
    "pages",
    "para",
    "paragraph",
    "paragraphs",
    "paras",
    "part",
    "pp",
    "protocol",
    "recital",
    "regulation",
    "resolution",
    "room",
    "rule",
    "schedule",
    "section",
    "sections",
    "series",
    "stanag",
    "step",
    "table",
    "title",
    "type",
    "verordnung",
    "vol",
];
/// The months of the theme's languages in Latin letters, twelve each.
const MONTHS: [[&str; 12]; 4] = [
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
    ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
    ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"],
];

/// What stands behind a number.
pub fn next(behind: &str) -> Next {
    let rest = blank(behind);
    let gap = behind.len() - rest.len();
    if !rest.starts_with(|sign: char| sign.is_alphabetic() || "%‰€$£¥".contains(sign)) {
        return Next::Other;
    }
    if let Some(word) = one_of(rest, &PERCENT) {
        let name = blank(&rest[word.len()..]).trim_start_matches("of GDP").trim_start();
        return Next::Percent { length: gap + word.len(), is_name: one_of(name, &RULES).is_some() };
    }
    if let Some(scale) = one_of(rest, &SCALES) {
        let behind_scale = blank(&rest[scale.len()..]);
        let second = behind_scale.strip_prefix("de ").unwrap_or(behind_scale);
        return match one_of(second, &CURRENCIES) {
            Some(currency) => Next::Money { length: gap + rest.len() - second.len() + currency.len() },
            None => Next::Scale { length: gap + scale.len() },
        };
    }
    if let Some(currency) = one_of(rest, &CURRENCIES) {
        return Next::Money { length: gap + currency.len() };
    }
    if let Some(unit) = one_of(rest, &UNITS) {
        return Next::Unit { length: gap + unit.len() };
    }
    let word: &str = rest.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    if TIMES.contains(&word) {
        Next::Time
    } else if gap > 0 && word.len() > 2 && word.starts_with(char::is_lowercase) && !LITTLE.contains(&word) {
        Next::Noun
    } else {
        Next::Other
    }
}

/// Whether what is joined to a number is a unit: `155mm`.
pub fn is_joined_unit(behind: &str) -> bool {
    one_of(behind, &UNITS).is_some() || one_of(behind, &["bn", "mn", "m"]).is_some()
}

/// Whether a currency stands right before a number.
pub fn is_currency_before(before: &str) -> bool {
    currency_before(before) > 0
}

/// How long the currency before a number is, with the blanks behind it; 0 if there is none.
pub fn currency_before(before: &str) -> usize {
    let bare = before.trim_end_matches([' ', '\u{a0}', '\u{202f}']);
    BEFORE.iter().find(|sign| bare.ends_with(**sign)).map_or(0, |sign| sign.len() + before.len() - bare.len())
}

/// Whether the word before a number says that it is a name: `Article 5`, `Articles 42 and 222`, `No. 10`.
pub fn is_label(before: &str) -> bool {
    let words = before.split([' ', '\u{a0}', '\u{202f}', '\n']).rev().filter(|word| !word.is_empty());
    // A list of numbers has its label before the first.
    let mut list = words.skip_while(|word| {
        let bare = word.trim_end_matches(',');
        matches!(bare, "and" | "or" | "to" | "und" | "et" | "y" | "(")
            || bare.chars().all(|letter| letter.is_ascii_digit() || "()–-".contains(letter))
    });
    let Some(word) = list.next() else { return false };
    let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    LABELS.contains(&bare.as_str())
}

/// The month that stands behind a number, from 1, and how many bytes it takes with what joins them.
pub fn month_behind(behind: &str) -> Option<(u8, usize)> {
    let joined = ["st", "nd", "rd", "th", "er", "."].iter().find_map(|ending| behind.strip_prefix(ending)).unwrap_or(behind);
    let rest = blank(joined);
    let rest = rest.strip_prefix("de ").or_else(|| rest.strip_prefix("of ")).unwrap_or(rest);
    if rest.len() == behind.len() {
        return None;
    }
    let (month, name) = month_at(rest)?;
    Some((month, behind.len() - rest.len() + name.len()))
}

/// The month that stands before a number, and where it begins.
pub fn month_before(before: &str) -> Option<(u8, usize)> {
    let bare = before.trim_end_matches([' ', '\u{a0}', '\u{202f}']);
    if bare.len() == before.len() {
        return None;
    }
    let start = bare.rfind(|letter: char| !letter.is_alphabetic()).map_or(0, |at| at + bare[at..].chars().next().map_or(0, char::len_utf8));
    let (month, name) = month_at(&bare[start..])?;
    (name.len() == bare.len() - start).then_some((month, start))
}

/// The year behind a day, and how many bytes it takes.
pub fn year(behind: &str) -> (Option<i16>, usize) {
    let rest = blank(behind.strip_prefix(',').unwrap_or(behind));
    let rest = rest.strip_prefix("de ").unwrap_or(rest);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    match rest[..digits].parse() {
        Ok(year) if digits == 4 => (Some(year), behind.len() - rest.len() + digits),
        _ => (None, 0),
    }
}

fn month_at(text: &str) -> Option<(u8, &'static str)> {
    let named =
        |months: &[&'static str; 12]| (1..).zip(months).find(|(_, name)| one_of(text, &[**name]).is_some()).map(|(at, name)| (at, *name));
    MONTHS.iter().find_map(named)
}

/// The longest of the words with which a text begins, as a whole word.
fn one_of(text: &str, words: &[&'static str]) -> Option<&'static str> {
    let first = *text.as_bytes().first()?;
    let is_letter = |letter: char| letter.is_alphanumeric();
    let ends = |word: &str| !word.ends_with(is_letter) || !text[word.len()..].starts_with(is_letter);
    // Most words begin with another letter, and are not compared.
    let near = words.iter().filter(|word| word.as_bytes().first() == Some(&first));
    near.filter(|word| text.starts_with(**word) && ends(word)).max_by_key(|word| word.len()).copied()
}

/// Without the one blank at its beginning.
fn blank(text: &str) -> &str {
    text.strip_prefix([' ', '\u{a0}', '\u{202f}', '-', '\n']).unwrap_or(text)
}
