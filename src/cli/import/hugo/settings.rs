//! Hugo's settings (<https://gohugo.io/configuration/all/>): which have a counterpart here, and which are told.
//!
//! It must not know pages.

use std::collections::BTreeMap;

use serde_yaml::{Mapping, Value};

use super::Page;
use super::place::{Place, Role};
use crate::cli::error::Error;
use crate::cli::front_text::FrontText;
use crate::cli::import::new_site::{NewSite, Note};
use crate::cli::import::original::Original;
use crate::config::permalinks::Word;
use crate::url::slugify;

/// The files that may hold all of them, the first that is there.
const FILES: [&str; 8] = ["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json"];

/// The folder with a file for each table of them.
const FOLDER: &str = "config/_default";

/// What is read here, with what is of no consequence for a text or an address.
const KNOWN: [&str; 52] = [
    "baseurl",
    "title",
    "languagecode",
    "locale",
    "defaultcontentlanguage",
    "defaultcontentlanguageinsubdir",
    "languages",
    "timezone",
    "pagination",
    "paginate",
    "permalinks",
    "taxonomies",
    "menu",
    "menus",
    "params",
    "description",
    "copyright",
    "contentdir",
    "staticdir",
    "uglyurls",
    "disablepathtolower",
    "removepathaccents",
    "frontmatter",
    "enablerobotstxt",
    "builddrafts",
    "buildfuture",
    "buildexpired",
    "theme",
    "themesdir",
    "layoutdir",
    "datadir",
    "assetdir",
    "archetypedir",
    "i18ndir",
    "publishdir",
    "resourcedir",
    "cachedir",
    "minify",
    "build",
    "server",
    "caches",
    "imaging",
    "enablegitinfo",
    "ignorelogs",
    "disablelivereload",
    "markup",
    "security",
    "privacy",
    "canonifyurls",
    "relativeurls",
    "pygmentscodefences",
    "pluralizelisttitles",
];

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

    fn tell(&self, site: &mut NewSite, name: &str, lost: bool, message: impl Into<String>) {
        let (file, line) = self.place(name);
        site.note(if lost { Note::lost(&file, message) } else { Note::changed(&file, message) }.on(line));
    }

    /// Writes what has a counterpart, and tells the rest.
    pub fn carry(&self, original: &Original, site: &mut NewSite) {
        for (from, to) in [("title", "title"), ("baseurl", "base_url"), ("description", "description")] {
            if let Some(text) = self.text(from) {
                site.set(to, text);
            }
        }
        let said =
            self.text("locale").or(self.text("languagecode")).filter(|code| code.to_lowercase().starts_with(&self.language.to_lowercase()));
        site.set("language", tag(said.unwrap_or(&self.language)));
        if !self.languages.is_empty() {
            site.set("languages", self.languages.iter().map(|code| toml::Value::from(code.as_str())).collect::<Vec<_>>());
        }
        if let Some(zone) = self.text("timezone") {
            site.set("time_zone", zone);
        }
        let size = self.get("pagination").and_then(|table| get(table, "pagersize")).or(self.get("paginate")).and_then(Value::as_i64);
        if let Some(size) = size {
            site.set("paginate_by", size);
        }
        if let Some(words) = self.text("copyright") {
            site.set("theme.footer", words);
        }
        self.carry_patterns(site);
        self.carry_params(site);
        self.tell_languages(site);
        self.tell_others(original, site);
    }

    fn carry_patterns(&self, site: &mut NewSite) {
        for (section, pattern) in &self.page_patterns {
            match known_words(pattern) {
                Some(pattern) if section != "/" => site.set_in("permalinks", section, pattern),
                _ => self.tell(site, "permalinks", false, format!(
                    "the pattern `{pattern}` of `{section}` cannot be said here: its pages keep their addresses by `path`, and new ones have that of their file"
                )),
            }
        }
        if self.has_categories() {
            let pattern = self.term_patterns.get("categories").cloned().unwrap_or("/categories/:slug/".to_string());
            site.set_in("permalinks", "topics", known_words(&pattern).unwrap_or("/categories/:slug/".to_string()));
        }
        for (name, pattern) in self.term_patterns.iter().filter(|(name, _)| *name != "categories" && self.taxonomies.contains(name)) {
            if let Some(pattern) = known_words(pattern).filter(|_| OURS.contains(&name.as_str())) {
                site.set_in("permalinks", name, pattern);
            }
        }
    }

    fn carry_params(&self, site: &mut NewSite) {
        let Some(Value::Mapping(params)) = self.get("params") else { return };
        for (key, value) in params {
            let Some(key) = key.as_str() else { continue };
            if key.eq_ignore_ascii_case("description") && self.text("description").is_none() {
                site.set("description", value.as_str().unwrap_or_default());
            } else if let Some(value) = toml_of(value) {
                site.set_in("extra", key, value);
            }
        }
    }

    fn tell_languages(&self, site: &mut NewSite) {
        for (code, value) in pairs(self.get("languages")) {
            let is_own = code != self.language;
            for (key, value) in pairs(Some(value)) {
                let key = key.to_lowercase();
                match (key.as_str(), value.as_str()) {
                    ("title", Some(title)) if !is_own && self.text("title").is_none() => site.set("title", title),
                    ("title", Some(title)) if is_own => self.tell(site, "languages", true, format!(
                        "the title `{title}` of the language `{code}` was left out: the site has one `title`; that of its home page stands in `content/_index.{code}.md`"
                    )),
                    ("title" | "weight" | "languagename" | "label" | "contentdir" | "languagecode" | "locale" | "menu" | "menus" | "direction"
                    | "languagedirection", _) => {}
                    _ => self.tell(site, "languages", true, format!("`{key}` of the language `{code}` was left out: a site has one for all languages")),
                }
            }
        }
        if self.default_in_folder {
            let message = format!("pages in `{}` keep their addresses below `/{0}/` by `path`; their lists are at the root", self.language);
            self.tell(site, "defaultcontentlanguageinsubdir", false, message);
        }
    }

    fn tell_others(&self, original: &Original, site: &mut NewSite) {
        for (name, says) in
            [("builddrafts", "drafts"), ("buildfuture", "pages with a date to come"), ("buildexpired", "pages that have expired")]
        {
            if self.is_true(name) {
                self.tell(
                    site,
                    name,
                    true,
                    format!("Hugo published {says} of this site; here they are hidden, and seen with `chancery serve --drafts`"),
                );
            }
        }
        for name in self.said.keys().filter(|name| !KNOWN.contains(&name.as_str())) {
            self.tell(site, name, true, format!("the setting `{}` was left out: it has no counterpart here", self.names[name]));
        }
        if let Some(value) = self.get("markup").and_then(|markup| get(markup, "goldmark")) {
            for table in ["parser", "extensions", "rendererconfig"] {
                if get(value, table).is_some() {
                    self.tell(site, "markup", true, format!("`markup.goldmark.{table}` was left out: Markdown is read in one way here"));
                }
            }
        }
        if self.is_ugly {
            self.tell(site, "uglyurls", false, "pages keep their addresses with `.html` by `path`; new ones end in a slash");
        }
        for file in original.below("config").filter(|file| !file.starts_with(FOLDER)) {
            site.note(Note::lost(file, "settings of one environment were left out: `--set` and `CHANCERY_…` do that here"));
        }
    }

    /// Gives terms that Hugo has at another address a page that says so, where there are pages of terms.
    pub fn carry_terms(&self, terms: BTreeMap<(String, String), String>, site: &mut NewSite) {
        for ((group, term), from) in &terms {
            let (group, theirs, ours) = (group.as_str(), self.term(term), slugify(term));
            if theirs == ours {
                continue;
            }
            let (folder, title) = (if group == "categories" { "topics" } else { group }, serde_yaml::Value::from(term.as_str()));
            let path = format!("content/{folder}/{ours}.md");
            let pattern = self.term_patterns.get(group).cloned().unwrap_or(format!("/{group}/:slug/"));
            let address = pattern.replace(":slug", &theirs).replace(":title", &theirs);
            if folder == "tags" || folder == "series" || address.contains(':') {
                site.note(Note::lost(
                    from,
                    format!("the list of `{term}` was at `/{group}/{theirs}/`, and is at `/{folder}/{ours}/` here"),
                ));
            } else if !site.has(&path) && !site.has(&format!("content/{folder}/{ours}/_index.md")) {
                let mut front = FrontText::new(String::new());
                front.set("title", &title);
                site.add_page(path, front.into_text(), Some(address), from);
            }
        }
    }

    /// Tells of taxonomies that have no counterpart.
    pub fn carry_groups(&self, pages: &[Page], site: &mut NewSite) {
        for name in self.taxonomies.iter().filter(|name| !(OURS.contains(&name.as_str()) || *name == "categories" && self.has_categories()))
        {
            let count = pages.iter().filter(|page| page.grouped.contains(name)).count();
            let message = format!(
                "the taxonomy `{name}` has no counterpart: {count} pages keep it in `extra`, and its lists at `/{name}/` are gone; topics, tags, authors and series have lists"
            );
            self.tell(site, "taxonomies", true, message);
        }
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

/// `en-gb` as `en-GB`.
fn tag(code: &str) -> String {
    let mut parts = code.split(['-', '_']).map(|part| if part.len() == 2 { part.to_uppercase() } else { part.to_string() });
    let first = parts.next().unwrap_or_default().to_lowercase();
    std::iter::once(first).chain(parts).collect::<Vec<_>>().join("-")
}

/// A pattern in the words that there are here; nothing if it has another.
fn known_words(pattern: &str) -> Option<String> {
    let pattern = pattern.replace(":filename", ":contentbasename");
    let words =
        pattern.split(':').skip(1).map(|part| part.find(|letter: char| !letter.is_ascii_alphabetic()).map_or(part, |end| &part[..end]));
    let is_known = words.clone().count() > 0 && words.clone().all(|word| Word::NAMES.iter().any(|(known, _)| *known == word));
    (is_known && !pattern.contains('[')).then_some(pattern)
}

/// A value for `site.toml`; null has no place there.
fn toml_of(value: &Value) -> Option<toml::Value> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(truth) => (*truth).into(),
        Value::Number(number) => number.as_i64().map_or_else(|| number.as_f64().map(toml::Value::from), |number| Some(number.into()))?,
        Value::String(text) => text.as_str().into(),
        Value::Sequence(values) => values.iter().filter_map(toml_of).collect::<Vec<_>>().into(),
        Value::Mapping(map) => table(map).into(),
        Value::Tagged(tagged) => toml_of(&tagged.value)?,
    })
}

fn table(map: &Mapping) -> toml::Table {
    map.iter().filter_map(|(key, value)| Some((key.as_str()?.to_string(), toml_of(value)?))).collect()
}
