//! What a style can ask of a source: its variables, as the engine takes them and as conditions test them.
//!
//! Owns `Known`. It must not know what a style does with them.

use std::str::FromStr;

use citationberg::json;
use citationberg::taxonomy::{DateVariable, Kind, NameVariable, NumberVariable, PageVariable, StandardVariable, Variable};

use super::super::register::dates::NO_DATE;
use super::super::{Date, Item, Name, Names};
use super::marks::{self, Addresses, Case};

/// A source as the engine takes it.
pub struct Known<'a> {
    pub item: &'a Item,
    pub kind: Option<Kind>,
    pub json: json::Item,
    pub addresses: Addresses,
}

/// A body that is no source of names: takes the place of those that a register counts as `and others`.
const OTHERS: &str = "\u{E005}";

impl<'a> Known<'a> {
    /// A source whose language is `language` unless it says another.
    pub fn new(item: &'a Item, language: &str) -> Known<'a> {
        let mut values = std::collections::BTreeMap::new();
        let mut addresses = Addresses::default();
        let own = item.text("language").unwrap_or_else(|| language.to_string());
        let case = if own.starts_with("en") { Case::Changes } else { Case::Stays };
        for (variable, pieces) in &item.texts {
            let mut marked = String::new();
            marks::mark(pieces, case, &mut addresses, &mut marked);
            if !marked.trim().is_empty() {
                values.insert(variable.to_string(), json::Value::String(marked));
            }
        }
        let named = item.names.iter().filter(|(_, names)| !names.names.is_empty());
        values.extend(named.map(|(variable, names)| (variable.to_string(), json::Value::Names(all_names(names)))));
        values.extend(item.dates.iter().filter_map(|(variable, date)| Some((variable.to_string(), json::Value::Date(plain_date(date)?)))));
        values.insert("id".into(), json::Value::String(item.key.to_string()));
        values.insert("type".into(), json::Value::String(item.kind.to_string()));
        values.entry("language".into()).or_insert_with(|| json::Value::String(language.into()));
        Known { item, kind: Kind::from_str(&item.kind).ok(), json: json::Item(values), addresses }
    }

    /// Whether a standard variable says something.
    pub fn has_text(&self, variable: StandardVariable) -> bool {
        let has = |name: &str| self.json.0.contains_key(name);
        has(&variable.to_string()) || variable == StandardVariable::CitationLabel
    }

    pub fn has_number(&self, variable: NumberVariable) -> bool {
        let page_first = variable == NumberVariable::PageFirst && self.has_page();
        page_first || self.json.0.contains_key(&variable.to_string())
    }

    pub fn has_page(&self) -> bool {
        self.json.0.contains_key(&PageVariable::Page.to_string())
    }

    pub fn has_names(&self, variable: NameVariable) -> bool {
        self.json.0.contains_key(&variable.to_string())
    }

    /// The names of a variable.
    pub fn names(&self, variable: NameVariable) -> Option<&'a Names> {
        self.item.names.get(&*variable.to_string())
    }

    /// A date that says something, if only words. That there is none is for the style to say, as it does for sources without one.
    pub fn date(&self, variable: DateVariable) -> Option<&'a Date> {
        self.item
            .dates
            .get(&*variable.to_string())
            .filter(|date| date.from.is_some() || date.words.as_deref().is_some_and(|words| words != NO_DATE))
    }

    /// What a variable says, without markup.
    pub fn text(&self, variable: Variable) -> Option<String> {
        self.item.text(&variable.to_string())
    }
}

fn all_names(names: &Names) -> Vec<json::NameValue> {
    let mut all: Vec<json::NameValue> = names.names.iter().map(name).collect();
    if names.others {
        all.push(json::NameValue::Literal(json::LiteralName { literal: OTHERS.into() }));
    }
    all
}

fn name(name: &Name) -> json::NameValue {
    let filled = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_string());
    match name {
        Name::Body(body) => json::NameValue::Literal(json::LiteralName { literal: body.to_string() }),
        Name::Person { family, given, particle, dropping, suffix, comma_suffix } => {
            let (particle, family) = particles(particle, family);
            // The engine takes lower-case words off a family name unless a particle is given, an empty one too.
            json::NameValue::Item(json::NameItem {
                family,
                given: filled(&parted(given)),
                non_dropping_particle: filled(&particle),
                dropping_particle: filled(dropping),
                suffix: filled(suffix),
                comma_suffix: Some(*comma_suffix),
            })
        }
    }
}

/// Given names with a mark between initials that touch: the engine takes `M.E.` for one name and prints `M.`.
fn parted(given: &str) -> String {
    let mut parted = String::with_capacity(given.len());
    let mut letters = given.chars().peekable();
    while let Some(letter) = letters.next() {
        parted.push(letter);
        if letter == '.' && letters.peek().is_some_and(|next| next.is_alphabetic()) {
            parted.push(marks::BETWEEN_INITIALS);
        }
    }
    parted
}

/// The particle that stays with a family name, and the name without it: lower-case words at its beginning are one, whatever the register says of them.
pub fn particles(particle: &str, family: &str) -> (String, String) {
    let is_lower = |word: &&str| word.chars().next().is_some_and(char::is_lowercase);
    let words: Vec<&str> = family.split_whitespace().collect();
    let lower = words.iter().take_while(|word| is_lower(word)).count();
    if particle.is_empty() && lower > 0 && lower < words.len() {
        return (words[..lower].join(" "), words[lower..].join(" "));
    }
    (particle.trim().to_string(), family.trim().to_string())
}

/// The first day of a date as the engine takes it: ranges stop it.
fn plain_date(date: &Date) -> Option<json::DateValue> {
    let from = date.from?;
    let mut parts = vec![i16::try_from(from.year).ok()?];
    let month = from.month.filter(|month| (1..=12).contains(month));
    parts.extend(month.map(i16::from));
    parts.extend(from.day.filter(|day| month.is_some() && (1..=31).contains(day)).map(i16::from));
    Some(json::DateValue::DateParts {
        date_parts: json::VecDateRange(vec![json::VecDate(parts)]),
        literal: None,
        season: date.season.filter(|_| month.is_none()).map(|season| season.to_string()),
        circa: date.circa,
    })
}
