//! Hugo's settings (<https://gohugo.io/configuration/all/>): which have a counterpart here, and which are told.
//!
//! It must not know pages.

mod carry;

use std::collections::BTreeMap;

use serde_yaml::Value;

use super::place::{Place, Role};
use crate::cli::error::Error;
use crate::cli::import::original::Original;

/// The files that may hold all of them, the first that is there.
const FILES: [&str; 8] = ["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json"];

/// The folder with a file for each table of them.
const FOLDER: &str = "config/_default";

/// What a site says in its settings.
#[derive(Debug, Default)]
pub struct Settings {
    /// By their names in small letters, as they are written, with the file and the text that each stands in.
    said: BTreeMap<String, (Value, String)>,
    /// As their names are written.
    names: BTreeMap<String, String>,
    texts: BTreeMap<String, String>,
    /// The default language: `en`.
    pub language: String,
    /// The codes of all others, by their weight.
    pub languages: Vec<String>,
    /// The folders of texts, with the language of each, if it has one of its own; the longest first.
    folders: Vec<(String, Option<String>)>,
    /// Addresses of the default language have its code too.
    pub default_in_folder: bool,
    pub is_ugly: bool,
    pub keeps_case: bool,
    pub drops_accents: bool,
    pub dates_of_names: bool,
    /// The names of taxonomies in front matter: `tags`.
    pub taxonomies: Vec<String>,
    page_patterns: BTreeMap<String, String>,
    section_patterns: BTreeMap<String, String>,
    term_patterns: BTreeMap<String, String>,
}

/// Whether there are settings of Hugo.
pub fn is_there(original: &Original) -> bool {
    let is_own = FILES[..4].iter().any(|name| original.has(name)) || original.has_folder(FOLDER);
    // `config.toml` is Zola's as well, which calls the address of the site otherwise; `_config.yml` is Jekyll's.
    let is_hugo = |name: &&str| original.text(name).is_ok_and(|text| text.to_lowercase().contains("baseurl"));
    is_own || FILES[4..].iter().filter(|name| original.has(name)).any(is_hugo) && original.has_folder("content")
}

impl Settings {
    /// Reads them.
    ///
    /// # Errors
    /// One of the files is not what its extension says.
    pub fn read(original: &Original) -> Result<Settings, Error> {
        let mut settings = Settings::default();
        if let Some(file) = FILES.iter().find(|name| original.has(name)) {
            settings.take(original, file, None)?;
        }
        for file in original.below(FOLDER) {
            let name = file.rsplit('/').next().unwrap_or(file);
            let mut parts = name.split('.');
            let table = parts.next().unwrap_or_default();
            let code = parts.next().filter(|_| name.matches('.').count() > 1);
            let path = match (table, code) {
                ("hugo" | "config", None) => vec![],
                ("menu" | "menus" | "params", Some(code)) => vec!["languages", code, table],
                (table, _) => vec![table],
            };
            settings.take(original, file, Some(&path))?;
        }
        settings.understand();
        Ok(settings)
    }

    /// Takes in what a file says, all of it or one table.
    fn take(&mut self, original: &Original, file: &str, path: Option<&[&str]>) -> Result<(), Error> {
        let mut value = original.settings(file)?;
        if let Ok(text) = original.text(file) {
            self.texts.insert(file.to_string(), text);
        }
        for key in path.unwrap_or_default().iter().rev() {
            value = Value::Mapping([(Value::from(*key), value)].into_iter().collect());
        }
        let Value::Mapping(map) = value else { return Ok(()) };
        for (key, value) in map {
            let Some(written) = key.as_str() else { continue };
            let key = written.to_lowercase();
            self.names.insert(key.clone(), written.to_string());
            match self.said.get_mut(&key) {
                Some((known, _)) => merge(known, value),
                None => drop(self.said.insert(key, (value, file.to_string()))),
            }
        }
        Ok(())
    }

    fn understand(&mut self) {
        self.language = self.text("defaultcontentlanguage").unwrap_or("en").to_string();
        self.is_ugly = self.is_true("uglyurls");
        self.default_in_folder = self.is_true("defaultcontentlanguageinsubdir");
        self.keeps_case = self.is_true("disablepathtolower");
        self.drops_accents = self.is_true("removepathaccents");
        let dates = self.get("frontmatter").and_then(|front| get(front, "date"));
        self.dates_of_names = dates.is_some_and(|dates| serde_yaml::to_string(dates).is_ok_and(|text| text.contains(":filename")));
        let weight = |value: &Value| get(value, "weight").and_then(Value::as_i64).unwrap_or(i64::MAX);
        let mut languages: Vec<(i64, String)> =
            pairs(self.get("languages")).map(|(code, value)| (weight(value), code.to_string())).collect();
        languages.sort();
        self.languages = languages.into_iter().map(|(_, code)| code).filter(|code| *code != self.language).collect();
        let whole = self.text("contentdir").unwrap_or("content").trim_matches('/').to_string();
        let mut folders = vec![(whole, None)];
        for (code, value) in pairs(self.get("languages")) {
            let folder = get(value, "contentdir").and_then(Value::as_str);
            folders.extend(folder.map(|folder| (folder.trim_matches('/').to_string(), Some(code.to_string()))));
        }
        folders.sort_by_key(|(folder, _)| std::cmp::Reverse(folder.len()));
        self.folders = folders;
        self.taxonomies = match self.get("taxonomies") {
            Some(value) => pairs(Some(value)).filter_map(|(_, plural)| plural.as_str().map(str::to_string)).collect(),
            None => vec!["tags".to_string(), "categories".to_string()],
        };
        let all = self.get("permalinks");
        let of = |kind: &str| all.and_then(|all| get(all, kind));
        let pages: BTreeMap<String, String> = patterns(all).chain(patterns(of("page"))).collect();
        let terms = patterns(of("term")).chain(patterns(of("taxonomy"))).collect();
        let sections = patterns(of("section")).collect();
        (self.page_patterns, self.term_patterns, self.section_patterns) = (pages, terms, sections);
    }

    /// What is said under a name, in small letters.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.said.get(name).map(|(value, _)| value)
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    fn is_true(&self, name: &str) -> bool {
        self.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    /// The language of a file of texts, if its folder has one, and its path in that folder.
    pub fn inside<'p>(&self, path: &'p str) -> Option<(Option<&str>, &'p str)> {
        self.folders.iter().find_map(|(folder, lang)| Some((lang.as_deref(), path.strip_prefix(folder)?.strip_prefix('/')?)))
    }

    pub fn has_language(&self, code: &str) -> bool {
        code == self.language || self.languages.iter().any(|known| known == code)
    }

    /// Whether `categories` become topics: the site has no topics of its own.
    pub fn has_categories(&self) -> bool {
        self.taxonomies.iter().any(|name| name == "categories") && !self.taxonomies.iter().any(|name| name == "topics")
    }

    pub fn page_pattern(&self, place: &Place) -> Option<&str> {
        self.page_patterns.get(if place.folder.is_empty() { "/" } else { place.top() }).map(String::as_str)
    }

    /// The pattern of the list of a folder; of a term that of its taxonomy.
    pub fn section_pattern(&self, place: &Place) -> Option<&str> {
        let is_term = self.taxonomies.iter().any(|name| name == place.top());
        let patterns = if is_term { &self.term_patterns } else { &self.section_patterns };
        patterns.get(place.top()).filter(|_| place.role == Role::Section && is_term == place.folder.contains('/')).map(String::as_str)
    }

    /// A parameter of the site, by a name such as `a.b`, as text.
    pub fn param(&self, name: &str) -> Option<String> {
        let value = name.split('.').try_fold(self.get("params")?, |value, key| get(value, key))?;
        match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(truth) => Some(truth.to_string()),
            _ => None,
        }
    }

    /// The file that a setting stands in, and its line.
    fn place(&self, name: &str) -> (String, usize) {
        let Some((_, file)) = self.said.get(name) else { return (FILES[0].to_string(), 0) };
        let is_line = |line: &str| {
            let line = line.trim_start().trim_start_matches(['[', '"', '\'']).to_lowercase();
            line.strip_prefix(name).is_some_and(|rest| !rest.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_'))
        };
        let line = self.texts.get(file).and_then(|text| text.lines().position(is_line)).map_or(0, |line| line + 1);
        (file.clone(), line)
    }

    /// The folders of files that are published as they are.
    pub fn statics(&self) -> Vec<&str> {
        match self.get("staticdir") {
            Some(Value::String(folder)) => vec![folder.trim_matches('/')],
            Some(Value::Sequence(folders)) => folders.iter().filter_map(Value::as_str).map(|folder| folder.trim_matches('/')).collect(),
            _ => vec!["static"],
        }
    }

    /// The file that a setting stands in, and the first line of it that says these words.
    pub fn line_of(&self, name: &str, words: &str) -> (String, usize) {
        let (file, line) = self.place(name);
        let text = self.texts.get(&file).map_or("", String::as_str);
        let found = text.lines().skip(line.saturating_sub(1)).position(|line| !words.is_empty() && line.contains(words));
        let line = found.map_or(line, |found| line.max(1) + found);
        (file, line)
    }
}

/// The taxonomies that there are here.
pub const OURS: [&str; 4] = ["topics", "tags", "authors", "series"];

/// A value of a table, whatever the case of its name.
pub fn get<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    value.as_mapping()?.iter().find(|(key, _)| key.as_str().is_some_and(|key| key.eq_ignore_ascii_case(name))).map(|(_, value)| value)
}

/// The entries of a table.
pub fn pairs(value: Option<&Value>) -> impl Iterator<Item = (&str, &Value)> {
    value.and_then(Value::as_mapping).into_iter().flatten().filter_map(|(key, value)| Some((key.as_str()?, value)))
}

/// Adds what a later file says, table by table.
fn merge(known: &mut Value, later: Value) {
    match (known, later) {
        (Value::Mapping(known), Value::Mapping(later)) => {
            for (key, value) in later {
                match known.get_mut(&key) {
                    Some(known) => merge(known, value),
                    None => drop(known.insert(key, value)),
                }
            }
        }
        (Value::Sequence(known), Value::Sequence(later)) => known.extend(later),
        (known, later) => *known = later,
    }
}

/// The patterns of a table, by what they are of.
fn patterns(value: Option<&Value>) -> impl Iterator<Item = (String, String)> {
    pairs(value).filter_map(|(name, pattern)| Some((name.to_string(), pattern.as_str()?.to_string())))
}
