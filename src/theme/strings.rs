//! What a theme says in its own words, in one language: the strings of `i18n/LANG.toml`, forms of counts, dates.
//!
//! Owns `Strings`. It must not know templates, or which document speaks.

use std::collections::BTreeMap;

use tera::{Map, Value};

use super::dates::Dates;
use super::plural::Plurals;
use crate::fingerprint::Fingerprint;

/// One string.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Word {
    /// A string that is always the same.
    One(String),
    /// By category of number: `one`, `other`, ….
    Forms(BTreeMap<String, String>),
}

/// What is said in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Strings {
    /// The code of the language, as its file is called.
    pub lang: String,
    /// How dates are written.
    pub dates: Dates,
    /// How dates are shown if a template does not say: `long`, `iso`, or the notation of strftime.
    pub date_format: String,
    words: BTreeMap<String, Word>,
    /// Which form goes with a number.
    pub plurals: Plurals,
    /// All words as templates see them.
    pub value: Value,
    /// Of all of this.
    pub print: Fingerprint,
}

impl Strings {
    /// The strings of `lang`. `date_format` is as in [`Strings::date_format`].
    pub fn new(lang: &str, words: BTreeMap<String, Word>, dates: Dates, date_format: &str) -> Strings {
        let mut map = Map::with_capacity(words.len());
        map.extend(words.iter().map(|(key, word)| (key.clone().into(), word.value())));
        let print = Fingerprint::of(&(lang, &words, &dates, date_format));
        let plurals = Plurals::new(lang);
        Strings { lang: lang.into(), dates, date_format: date_format.into(), words, plurals, value: Value::from(map), print }
    }

    /// The string of a key; `None` when there is none.
    pub fn get(&self, key: &str) -> Option<&Word> {
        self.words.get(key)
    }

    /// The keys of all strings, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }

    /// The string of a key; of a count its form for many. A key that nobody has is its own string.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        match self.words.get(key) {
            Some(Word::One(text)) => text,
            Some(Word::Forms(forms)) => forms.get("other").map_or(key, String::as_str),
            None => key,
        }
    }

    /// The same of a key that somebody has; `None` for any other.
    pub fn known(&self, key: &str) -> Option<&str> {
        match self.words.get(key)? {
            Word::One(text) => Some(text),
            Word::Forms(forms) => forms.get("other").map(String::as_str),
        }
    }

    /// A string with its words in braces filled in.
    pub fn filled(&self, key: &str, with: &[(&str, &str)]) -> String {
        let find = |name: &str| with.iter().find(|(known, _)| *known == name).map(|(_, text)| *text);
        fill(self.text(key), find)
    }

    /// A date as it is shown. A form that cannot be used has been refused with the settings; what is no date stays as it is.
    pub fn date(&self, date: &str) -> String {
        self.dates.shown(date, &self.date_format).ok().flatten().unwrap_or_else(|| date.to_string())
    }

    /// The form of a string for a number, with the number in it.
    pub fn counted(&self, key: &str, number: i64) -> String {
        let form = match self.words.get(key) {
            Some(Word::Forms(forms)) => forms.get(self.plurals.category(number)),
            _ => None,
        };
        let shown = number.to_string();
        fill(form.map_or_else(|| self.text(key), String::as_str), |name| (name == "n").then_some(&*shown))
    }
}

impl Default for Strings {
    fn default() -> Strings {
        Strings::new("en", BTreeMap::new(), Dates::default(), "long")
    }
}

impl Word {
    fn value(&self) -> Value {
        match self {
            Word::One(text) => Value::from(text.as_str()),
            Word::Forms(forms) => {
                let mut map = Map::with_capacity(forms.len());
                map.extend(forms.iter().map(|(category, text)| (category.clone().into(), Value::from(text.as_str()))));
                Value::from(map)
            }
        }
    }
}

/// `text` with each `{name}` replaced by what `find` has for it. What it does not have stays.
pub fn fill<'a>(text: &str, find: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut filled = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        filled.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find('}').map_or(rest.len(), |end| end + 1);
        let found = rest.get(1..end.saturating_sub(1)).and_then(&find);
        filled.push_str(found.unwrap_or(&rest[..end]));
        rest = &rest[end..];
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_braces_are_filled_in_once() {
        let find = |name: &str| match name {
            "a" => Some("{b}"),
            "b" => Some("c"),
            _ => None,
        };
        assert_eq!(fill("{a} {b} {é} {", find), "{b} c {é} {");
        assert_eq!(fill("}{a}}{", find), "}{b}}{");
    }

    #[test]
    fn a_key_that_nobody_has_is_its_own_string() {
        assert_eq!(Strings::default().text("x"), "x");
        assert_eq!(Strings::default().counted("x", 2), "x");
    }
}
