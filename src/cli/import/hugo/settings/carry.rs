//! What of Hugo's settings stands in ours, and what is told.
//!
//! It must not know how they are read.

use std::collections::BTreeMap;

use serde_yaml::{Mapping, Value};

use super::{FOLDER, OURS, Settings, get, pairs};
use crate::cli::front_text::FrontText;
use crate::cli::import::hugo::Page;
use crate::cli::import::new_site::{NewSite, Note};
use crate::cli::import::original::Original;
use crate::config::permalinks::Word;
use crate::url::slugify;

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

impl Settings {
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
        if let Some(theme) = self.text("theme") {
            self.tell(site, "theme", true, format!("the theme `{theme}` was left out: themes of Hugo do not fit"));
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
            let pages = if count == 1 { "1 page keeps".to_string() } else { format!("{count} pages keep") };
            let message = format!(
                "the taxonomy `{name}` has no counterpart: {pages} it in `extra`, and its lists at `/{name}/` are gone; topics, tags, authors and series have lists"
            );
            self.tell(site, "taxonomies", true, message);
        }
    }
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
