//! The settings of a site: `site.toml`, `--set` and the environment, with a default for every key.
//!
//! Owns `Config` and how it is read. It must not know what a setting is used for, and it reads no file and no environment itself.

pub mod address;
mod lints;
pub mod markings;
pub mod numbers;
pub mod permalinks;
mod scale;
mod section;
mod tree;
pub mod value;

use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;

pub use lints::{CHOICES, LINTS, Level, Lints, Weights};
use markings::Markings;
use numbers::Numbers;
use permalinks::Permalinks;
pub use scale::{Scale, Step};
pub use section::{Given, Section};
pub use tree::{Entry, Node, Origin, Spot, Value, place_of};

/// All settings. Names are those of `site.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The name of the site.
    pub title: String,
    /// Where the site will live; `None` when nobody has said so.
    pub base_url: Option<BaseUrl>,
    /// What the site is about, in a sentence; empty by default.
    pub description: String,
    /// The default language, such as `en`.
    pub language: String,
    /// Further languages.
    pub languages: Vec<String>,
    /// The zone in which days begin and end.
    pub time_zone: TimeZone,
    /// Its name: `Europe/Brussels`.
    pub time_zone_name: String,
    /// The name of a folder in `themes/`; `default` is built in.
    pub theme: String,
    /// Relative to the root.
    pub output_dir: String,
    /// How many pages one part of a list has.
    pub paginate_by: usize,
    /// Under what the texts may be used; `None` when nobody has said so.
    pub licence: Option<String>,
    /// Who publishes the site; `None` when nobody has said so.
    pub publisher: Option<String>,
    /// `[links]`.
    pub links: Links,
    /// `[topics]`.
    pub topics: Topics,
    /// `[markdown]`.
    pub markdown: Markdown,
    /// `[feeds]`.
    pub feeds: Feeds,
    /// `[search]`.
    pub search: Search,
    /// `[related]`.
    pub related: Related,
    /// `[permalinks]`.
    pub permalinks: Permalinks,
    /// `[numbers]`.
    pub numbers: Numbers,
    /// `[changes]`: whether a published text may only change with an entry in `changes`.
    pub changes_required: bool,
    /// `[dates]`: in which order `04/01/2019` has day and month; `None` where such a date is an error.
    pub date_order: Option<DateOrder>,
    /// `[citations]`.
    pub citations: Citations,
    /// `[likelihood]`: in which words the site says how likely something is; `None` where it has not chosen.
    pub likelihood: Option<Scale>,
    /// `[lints]`.
    pub lints: Lints,
    /// `[markings]`.
    pub markings: Markings,
    /// `[audit]`.
    pub audit: Audit,
    /// The `[theme]` table without its `name`, free for the theme: a map, empty by default. (`theme = "name"` and `[theme]` exclude each other in TOML; with a table its `name` is the theme.)
    pub theme_settings: tera::Value,
    /// The `[extra]` table: a map, empty by default.
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

/// How links are checked.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Links {
    /// What a link into the site is that leads nowhere.
    pub internal: Internal,
    /// Link destinations that begin with one of these are not checked.
    pub skip: Vec<String>,
}

/// How much a link weighs that leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Internal {
    /// The site is not written.
    Error,
    /// The site is written, and the link is shown as its words.
    Warn,
}

/// What pages may be about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Topics {
    /// Whether only topics that have a page may be named.
    pub controlled: bool,
}

/// How Markdown is read: all settings that a body depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Markdown {
    /// Whether quotation marks, dashes and ellipses are set as the language of the page has them.
    pub smart_punctuation: bool,
    /// Whether `$…$` is a formula.
    pub math: bool,
    /// Whether HTML in a text stays as it is.
    pub unsafe_html: bool,
    /// Whether comments in HTML are published.
    pub keep_comments: bool,
    /// Whether code in a language that nobody can colour is an error.
    pub error_on_missing_language: bool,
}

impl Default for Markdown {
    fn default() -> Markdown {
        Markdown { smart_punctuation: true, math: false, unsafe_html: true, keep_comments: false, error_on_missing_language: false }
    }
}

/// What feeds hold.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Feeds {
    /// How many pages a feed has at most.
    pub limit: usize,
    /// Whether they hold the whole text of each page, or its summary.
    pub full_text: bool,
}

/// What readers can search.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Search {
    /// Whether there is a search.
    pub enabled: bool,
    /// Whether paragraphs are searched, or only what stands above and between them.
    pub full_text: bool,
    /// Pages whose route begins with one of these are not searched.
    pub exclude: Vec<String>,
}

/// In which order `04/01/2019` has day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// 4 January.
    DayMonth,
    /// 1 April.
    MonthDay,
}

/// What is shown below a page as related to it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Related {
    /// How many pages at most.
    pub limit: usize,
}

/// How sources are cited.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Citations {
    /// The name of a style, or of a file in `styles/` without its ending.
    pub style: String,
    /// Whether `von der` belongs to a name of `.bib` that does not say so itself, as in biblatex.
    pub useprefix: bool,
}

/// What becomes of a file that would give away a hidden page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Audit {
    /// How much it weighs.
    pub level: Level,
    /// Texts and paths that are no secret.
    pub allow: Vec<String>,
}

/// One setting from outside the file: `--set a.b=c` or `CHANCERY_A__B=c`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Override {
    /// `a.b`.
    pub key: String,
    /// What stands behind the `=`.
    pub value: String,
    /// As the user wrote it, for messages: `--set a.b=c` or `CHANCERY_A__B`.
    pub from: String,
}

/// The settings of `text`, which is the content of the file at `path` (empty if there is none), with overrides, later ones first in rank.
/// A problem never stops the reading: the key keeps its default. Errors among the diagnostics mean that the site must not be built (exit 2).
pub fn read(path: &Arc<str>, text: &str, overrides: &[Override]) -> (Config, Vec<Diagnostic>) {
    let given = Given { path, text, overrides };
    let (root, mut diagnostics, is_whole) = given.tree();
    let mut config = Config::default();
    let mut found = Vec::new();
    settings(&mut config, root, &given, &mut found);
    diagnostics.extend(found.into_iter().filter(|problem| is_whole || problem.place.is_none()));
    diagnostics.sort_by(Diagnostic::order);
    (config, diagnostics)
}

/// What a room makes of a table that it knows the settings of, and what is wrong with that table.
pub fn read_table<T>(given: &Given, name: &'static str, read: impl FnOnce(Section, &mut Vec<Diagnostic>) -> T) -> (T, Vec<Diagnostic>) {
    let (root, _, is_whole) = given.tree();
    let mut top = Section::new("", root, given);
    let mut found = Vec::new();
    let value = read(top.table(name), &mut found);
    top.rest(&mut found);
    found.retain(|problem| is_whole || problem.place.is_none());
    (value, found)
}

/// Every setting there is, with how it is read. A key that is asked for here is known, any other is not.
fn settings(config: &mut Config, root: Vec<Entry>, given: &Given, found: &mut Vec<Diagnostic>) {
    let mut top = Section::new("", root, given);
    top.text("title", &mut config.title);
    top.made("base_url", &mut config.base_url, address::base_url);
    top.text("description", &mut config.description);
    top.made("language", &mut config.language, value::language);
    if let Some(node) = top.take("languages") {
        let (languages, wrong) = value::languages(&node, &config.language);
        config.languages = languages;
        wrong.iter().for_each(|wrong| top.refuse("languages", &node, wrong));
    }
    let mut zone = (config.time_zone.clone(), std::mem::take(&mut config.time_zone_name));
    top.made("time_zone", &mut zone, value::time_zone);
    (config.time_zone, config.time_zone_name) = zone;
    top.made("output_dir", &mut config.output_dir, value::folder);
    top.read("paginate_by", &mut config.paginate_by, |node, _| value::whole(node, 1));
    top.read("licence", &mut config.licence, value::optional);
    top.read("publisher", &mut config.publisher, value::optional);

    let mut links = top.table("links");
    links.read("internal", &mut config.links.internal, |node, _| value::internal(node));
    links.read("skip", &mut config.links.skip, |node, _| value::texts(node, r#"["/old/"]"#));
    links.finish(found);

    let mut topics = top.table("topics");
    topics.truth("controlled", &mut config.topics.controlled);
    topics.finish(found);

    let mut markdown = top.table("markdown");
    markdown.truth("smart_punctuation", &mut config.markdown.smart_punctuation);
    markdown.truth("math", &mut config.markdown.math);
    markdown.truth("unsafe_html", &mut config.markdown.unsafe_html);
    markdown.truth("keep_comments", &mut config.markdown.keep_comments);
    markdown.truth("error_on_missing_language", &mut config.markdown.error_on_missing_language);
    markdown.finish(found);

    let mut feeds = top.table("feeds");
    feeds.read("limit", &mut config.feeds.limit, |node, _| value::whole(node, 1));
    feeds.truth("full_text", &mut config.feeds.full_text);
    feeds.finish(found);

    let mut search = top.table("search");
    search.truth("enabled", &mut config.search.enabled);
    search.truth("full_text", &mut config.search.full_text);
    search.read("exclude", &mut config.search.exclude, |node, _| value::texts(node, r#"["/legal/"]"#));
    search.finish(found);

    let mut related = top.table("related");
    related.read("limit", &mut config.related.limit, |node, _| value::whole(node, 0));
    related.finish(found);

    let mut dates = top.table("dates");
    dates.read("order", &mut config.date_order, |node, _| value::date_order(node).map(Some));
    dates.finish(found);

    let mut permalinks = top.table("permalinks");
    config.permalinks.read(&mut permalinks);
    permalinks.finish(found);

    let mut numbers = top.table("numbers");
    config.numbers.read(&mut numbers);
    numbers.finish(found);

    let mut changes = top.table("changes");
    changes.truth("required", &mut config.changes_required);
    changes.finish(found);

    let mut citations = top.table("citations");
    citations.text("style", &mut config.citations.style);
    citations.truth("useprefix", &mut config.citations.useprefix);
    citations.finish(found);

    let mut likelihood = top.table("likelihood");
    likelihood.read("scale", &mut config.likelihood, |node, _| scale::scale(node));
    likelihood.finish(found);

    config.lints.read(top.table("lints"), found);

    let mut markings = top.table("markings");
    config.markings.read(&mut markings);
    markings.finish(found);

    let mut audit = top.table("audit");
    audit.read("level", &mut config.audit.level, |node, _| lints::read::level(node));
    audit.read("allow", &mut config.audit.allow, |node, _| value::texts(node, r#"["content/news.md", "PB-2027-003"]"#));
    audit.finish(found);

    let mut theme = top.table("theme");
    theme.made("name", &mut config.theme, value::theme);
    config.theme_settings = tree::table_for_templates(&theme.rest(found));

    top.skip_table("publish");
    config.extra = tree::table_for_templates(&top.table("extra").rest(found));
    top.finish(found);
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

    /// The print of all settings. It is made of their debugging form, which leaves none out.
    pub fn print(&self) -> Fingerprint {
        Fingerprint::of_bytes(format!("{self:?}").as_bytes())
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
            markdown: Markdown::default(),
            feeds: Feeds { limit: 20, full_text: false },
            search: Search { enabled: true, full_text: true, exclude: Vec::new() },
            related: Related { limit: 5 },
            permalinks: Permalinks::default(),
            numbers: Numbers::default(),
            changes_required: false,
            date_order: None,
            citations: Citations { style: "chicago-notes".into(), useprefix: false },
            likelihood: None,
            lints: Lints::default(),
            markings: Markings::default(),
            audit: Audit { level: Level::Error, allow: Vec::new() },
            theme_settings: tera::Value::from(tera::Map::new()),
            extra: tera::Value::from(tera::Map::new()),
        }
    }
}

#[cfg(test)]
mod tests;
