//! The settings of a theme: those that it declares in `theme.toml`, and what `[theme]` in `site.toml` says of them.
//!
//! Owns `Settings`. It must not know what a setting is used for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::Value;

use super::colour::Colour;
use super::dates::Dates;
use crate::config::{self, Spot};
use crate::diagnostic::{Diagnostic, Place, codes, nearest};

/// What a setting holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A text.
    Text,
    /// A text in Markdown.
    Markdown,
    /// A colour of CSS.
    Colour,
    /// A file in `static/` of the site or of the theme.
    File,
    /// A list of `{title, url}`.
    Links,
    /// A language of the interface.
    Language,
    /// A form of dates.
    DateFormat,
    /// A number.
    Number,
    /// `true` or `false`.
    Truth,
    /// A table, as it is.
    Table,
}

/// The kinds by their names in `theme.toml`, each with what a good value is: it follows "must be".
const KINDS: [(&str, Kind, &str); 10] = [
    ("text", Kind::Text, "a text in quotes"),
    ("markdown", Kind::Markdown, "a text in quotes"),
    ("colour", Kind::Colour, "a colour such as `\"#1c4a38\"`"),
    ("file", Kind::File, "the name of a file in `static/`"),
    ("links", Kind::Links, "a list such as `[{ title = \"Topics\", url = \"/topics/\" }]`"),
    ("language", Kind::Language, "a language for which there are strings"),
    ("date_format", Kind::DateFormat, "`\"long\"`, `\"iso\"` or a format such as `\"%d.%m.%Y\"`"),
    ("number", Kind::Number, "a number"),
    ("truth", Kind::Truth, "`true` or `false`"),
    ("table", Kind::Table, "a table"),
];

/// A setting that a theme has.
#[derive(Debug, Clone, PartialEq)]
struct Setting {
    kind: Kind,
    default: Value,
}

/// All settings of a theme with their values.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    declared: BTreeMap<String, Setting>,
    /// What the site says of them, and of what nobody has declared.
    given: BTreeMap<String, Value>,
    /// The settings file: path and text.
    file: (Arc<str>, Arc<str>),
}

/// What a theme and a site bring that settings can name.
pub struct Known<'a> {
    /// Files of `static/`, of the site and of the theme.
    pub files: BTreeSet<&'a str>,
    /// Languages of the interface.
    pub languages: BTreeSet<String>,
}

/// The key of `[theme]` that queries stand under.
const QUERIES: &str = "queries";

impl Settings {
    /// The settings that the texts of `theme.toml` declare, later ones over earlier ones, with what the site says. A theme that declares none of its own
    /// leaves unknown keys alone.
    pub fn read(
        themes: &[&(Arc<str>, Arc<str>)],
        given: &Value,
        file: (Arc<str>, Arc<str>),
        known: &Known,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Settings {
        let mut settings = Settings { file, ..Settings::default() };
        let mut is_closed = false;
        for (path, text) in themes {
            is_closed = settings.declare(path, text, known, diagnostics);
        }
        for (key, value) in given.as_map().into_iter().flatten() {
            let name = key.to_string();
            let problem = match settings.declared.get(&name) {
                Some(setting) => settings.wrong(&name, setting.kind, value, known),
                None if is_closed && name != QUERIES => Some(settings.unknown(&name)),
                None => None,
            };
            let is_usable = problem.as_ref().is_none_or(|problem| problem.code != codes::BAD_SETTING);
            diagnostics.extend(problem);
            if is_usable {
                settings.given.insert(name, value.clone());
            }
        }
        settings
    }

    /// Adds what one `theme.toml` declares; true if it has a table of settings. What is no TOML is told where queries are read.
    fn declare(&mut self, path: &Arc<str>, text: &str, known: &Known, diagnostics: &mut Vec<Diagnostic>) -> bool {
        let table = text.parse::<toml::Table>().unwrap_or_default();
        let Some(declared) = table.get("settings").and_then(toml::Value::as_table) else { return false };
        for (name, setting) in declared {
            let word = setting.get("type").and_then(toml::Value::as_str);
            let default = setting.get("default").map_or_else(Value::none, Value::from_serializable);
            let problem = match KINDS.iter().find(|(known, ..)| Some(*known) == word) {
                Some((_, kind, expected)) => {
                    let is_usable = default.is_none() || is_good(*kind, &default, known);
                    self.declared.insert(name.clone(), Setting { kind: *kind, default });
                    (!is_usable).then(|| format!("the default of the setting `{name}` must be {expected}"))
                }
                None => {
                    let names = KINDS.map(|(name, ..)| format!("`{name}`")).join(", ");
                    Some(format!("the setting `{name}` must have a `type`, which is one of {names}"))
                }
            };
            diagnostics.extend(problem.map(|message| Diagnostic::error("bad-theme", message).at(Place::file(path))));
        }
        true
    }

    /// What is wrong with a value.
    fn wrong(&self, name: &str, kind: Kind, value: &Value, known: &Known) -> Option<Diagnostic> {
        if is_good(kind, value, known) {
            return None;
        }
        let expected = KINDS.iter().find(|(_, other, _)| *other == kind).map_or("", |(.., expected)| *expected);
        let shown = value.as_str().map_or_else(|| value.to_string(), |text| format!("{text:?}"));
        let shown: String = shown.chars().take(60).collect();
        let problem = Diagnostic::error(codes::BAD_SETTING, format!("`theme.{name}` must be {expected}, not `{shown}`"));
        let problem = self.at(problem, name, Spot::Value);
        let word = value.as_str().unwrap_or_default();
        let near = match kind {
            Kind::File => nearest(word, known.files.iter().copied()),
            Kind::Language => {
                let names: Vec<String> = known.languages.iter().map(|lang| format!("`{lang}`")).collect();
                return Some(problem.hint(format!("there are strings for {}", names.join(", "))));
            }
            _ => None,
        };
        Some(match near {
            Some(near) => problem.hint(format!("did you mean `{near}`?")),
            None => problem,
        })
    }

    fn unknown(&self, name: &str) -> Diagnostic {
        let problem = Diagnostic::warning("unknown-setting", format!("the theme has no setting `theme.{name}`"));
        let problem = self.at(problem, name, Spot::Key);
        let names = self.declared.keys().map(String::as_str).chain(["name", QUERIES]);
        match nearest(name, names.clone()) {
            Some(near) => problem.hint(format!("did you mean `theme.{near}`?")),
            None => problem.hint(format!("`[theme]` has {}", names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))),
        }
    }

    fn at(&self, problem: Diagnostic, name: &str, spot: Spot) -> Diagnostic {
        match config::place_of(&self.file.0, &self.file.1, &["theme", name], spot) {
            Some(place) => problem.at(place),
            None => problem,
        }
    }

    /// A problem with the value of a setting, at its place if the site says it.
    pub fn place(&self, problem: Diagnostic, name: &str) -> Diagnostic {
        self.at(problem, name, Spot::Value)
    }

    /// A problem with a text in the value of a setting, at that text.
    pub fn place_within(&self, problem: Diagnostic, name: &str, text: &str) -> Diagnostic {
        let (path, file) = &self.file;
        let Some(place) = config::place_of(path, file, &["theme", name], Spot::Value) else { return problem };
        let above = file.split_inclusive('\n').take(place.line.saturating_sub(1) as usize).map(str::len).sum::<usize>();
        let written = ['"', '\''].iter().find_map(|quote| file[above..].find(&format!("{quote}{text}{quote}")));
        let at = written.map(|at| above + at + 1);
        problem.at(at.map_or(place, |at| Place::range(path, file, at..at + text.len())))
    }

    /// True if the site says it, and it is not the theme's default that holds.
    pub fn is_given(&self, name: &str) -> bool {
        self.given.contains_key(name)
    }

    /// The value of a setting: the site's, else the default; `None` when the theme has no such setting and the site does not say it either.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.given.get(name).or_else(|| self.declared.get(name).map(|setting| &setting.default))
    }

    /// The text of a setting, unless it is empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.value(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
    }

    /// The names of the settings of one kind.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.declared.iter().filter(move |(_, setting)| setting.kind == kind).map(|(name, _)| name.as_str())
    }

    /// All values, in the order of names; what nobody has declared is a table of the site's own.
    pub fn all(&self) -> impl Iterator<Item = (&str, Kind, &Value)> {
        let declared =
            self.declared.iter().map(|(name, setting)| (name.as_str(), setting.kind, self.value(name).unwrap_or(&setting.default)));
        let others = self.given.iter().filter(|(name, _)| !self.declared.contains_key(*name));
        declared.chain(others.map(|(name, value)| (name.as_str(), Kind::Table, value)))
    }
}

/// Whether a value can be what a kind of setting holds. An empty text says that there is none.
fn is_good(kind: Kind, value: &Value, known: &Known) -> bool {
    let text = value.as_str();
    match kind {
        _ if text == Some("") => !matches!(kind, Kind::Number | Kind::Truth | Kind::Table),
        Kind::Text | Kind::Markdown => text.is_some(),
        Kind::Colour => text.is_some_and(|text| Colour::parse(text).is_some()),
        Kind::File => text.is_some_and(|name| known.files.contains(name.trim_start_matches('/'))),
        Kind::Links => value.as_array().is_some_and(|items| items.iter().all(is_link)),
        Kind::Language => text.is_some_and(|lang| known.languages.contains(lang)),
        Kind::DateFormat => text.is_some_and(|format| Dates::default().shown("2026-02-03", format).is_ok()),
        Kind::Number => value.is_number(),
        Kind::Truth => value.as_bool().is_some(),
        Kind::Table => value.as_map().is_some(),
    }
}

/// `{ title, url }`, and perhaps the language of the documents that show it.
fn is_link(item: &Value) -> bool {
    let field = |name: &str| item.as_map().and_then(|map| map.get(&tera::value::Key::from(name.to_string())));
    let is_text = |name: &str| field(name).is_some_and(|value| value.as_str().is_some());
    let known = item.as_map().is_some_and(|map| map.keys().all(|key| ["title", "url", "lang"].contains(&key.as_str().unwrap_or_default())));
    is_text("title") && is_text("url") && known && (field("lang").is_none() || is_text("lang"))
}
