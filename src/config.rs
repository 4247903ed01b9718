//! The settings of a site: `site.toml`, `--set` and the environment, with a default for every key.
//!
//! Owns `Config` and how it is read. It must not know what a setting is used for, and it reads no file and no environment itself.

use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::diagnostic::Diagnostic;

/// All settings. Names are those of `site.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    pub title: String,
    pub base_url: Option<BaseUrl>,
    pub description: String,
    /// The default language, such as `en`.
    pub language: String,
    /// Further languages.
    pub languages: Vec<String>,
    pub time_zone: TimeZone,
    pub time_zone_name: String,
    /// The name of a folder in `themes/`; `default` is built in.
    pub theme: String,
    /// Relative to the root.
    pub output_dir: String,
    pub paginate_by: usize,
    pub licence: Option<String>,
    pub publisher: Option<String>,
    pub links: Links,
    pub topics: Topics,
    pub markdown: Markdown,
    pub feeds: Feeds,
    pub search: Search,
    pub related: Related,
    /// `[theme.…]` tables, free for the theme. (`theme = "name"` and `[theme]` exclude each other in TOML; with a table its `name` is the theme.)
    pub theme_settings: tera::Value,
    /// `[publish.NAME]` tables as they are.
    pub publish: Vec<(String, toml::Table)>,
    pub extra: tera::Value,
}

/// Where the site will live.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    /// `https://example.org/briefings/`, always with a slash at its end.
    pub url: String,
    /// `https://example.org`.
    pub origin: String,
    /// `example.org`, without port.
    pub host: String,
    /// `/briefings/`, always with a slash at both ends (or `/`).
    pub path: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Links {
    pub internal: Internal,
    /// Link destinations that begin with one of these are not checked.
    pub skip: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Internal {
    Error,
    Warn,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Topics {
    pub controlled: bool,
}

/// How Markdown is read: all settings that a body depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Markdown {
    pub smart_punctuation: bool,
    pub math: bool,
    pub unsafe_html: bool,
    pub error_on_missing_language: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Feeds {
    pub limit: usize,
    pub full_text: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Search {
    pub enabled: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Related {
    pub limit: usize,
}

/// One setting from outside the file: `--set a.b=c` or `CHANCERY_A__B=c`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// `a.b`.
    pub key: String,
    pub value: String,
    /// As the user wrote it, for messages: `--set a.b=c` or `CHANCERY_A__B`.
    pub from: String,
}

/// The settings of `text`, which is the content of the file at `path` (empty if there is none), with overrides, later ones first in rank.
/// A problem never stops the reading: the key keeps its default. Errors among the diagnostics mean that the site must not be built (exit 2).
pub fn read(path: &Arc<str>, text: &str, overrides: &[Override]) -> (Config, Vec<Diagnostic>) {
    let _ = (path, text, overrides);
    (Config::default(), Vec::new())
}

impl Config {
    /// The code of a language by its number: 0 is the default one.
    pub fn language_code(&self, lang: u8) -> &str {
        match lang {
            0 => &self.language,
            lang => &self.languages[lang as usize - 1],
        }
    }

    /// Where the addresses of a language begin: `/`, or `/fr/`.
    pub fn prefix(&self, lang: u8) -> String {
        match lang {
            0 => "/".into(),
            lang => format!("/{}/", self.languages[lang as usize - 1]),
        }
    }
}

impl Default for Config {
    fn default() -> Config {
        Config {
            title: String::new(),
            base_url: None,
            description: String::new(),
            language: "en".into(),
            languages: Vec::new(),
            time_zone: TimeZone::UTC,
            time_zone_name: "UTC".into(),
            theme: "default".into(),
            output_dir: "public".into(),
            paginate_by: 20,
            licence: None,
            publisher: None,
            links: Links { internal: Internal::Error, skip: Vec::new() },
            topics: Topics { controlled: false },
            markdown: Markdown { smart_punctuation: true, math: false, unsafe_html: true, error_on_missing_language: false },
            feeds: Feeds { limit: 20, full_text: false },
            search: Search { enabled: true },
            related: Related { limit: 5 },
            theme_settings: tera::Value::from(Vec::<tera::Value>::new()),
            publish: Vec::new(),
            extra: tera::Value::from(Vec::<tera::Value>::new()),
        }
    }
}
