//! `_config.yml`, and what of it is a setting here.
//!
//! It must not know the text of a page.

use std::collections::BTreeMap;

use globset::{Glob, GlobSet, GlobSetBuilder};
use jiff::tz::TimeZone;
use serde_yaml::{Mapping, Value};

use super::super::new_site::{NewSite, Note};
use super::super::original::Original;
use super::address::style;
use super::{Listed, Part};
use crate::cli::error::Error;
use crate::cli::front_text::{FrontText, text_of};

/// The file of settings, if there is one.
pub fn file(original: &Original) -> Option<&'static str> {
    ["_config.yml", "_config.yaml", "_config.toml"].into_iter().find(|name| original.has(name))
}

/// What the settings say.
pub struct Settings {
    pub file: Option<&'static str>,
    pub values: Value,
    pub zone: TimeZone,
    left_out: GlobSet,
}

/// What Jekyll never publishes, unless told to.
const NEVER: [&str; 10] = [
    "Gemfile",
    "Gemfile.lock",
    "*.gemspec",
    "node_modules",
    "vendor/bundle",
    "vendor/cache",
    "vendor/gems",
    "vendor/ruby",
    "_site",
    "package-lock.json",
];

/// Settings that have a counterpart, and such as only say how the tool works.
const CARRIED: [&str; 50] = [
    "title",
    "name",
    "description",
    "url",
    "baseurl",
    "lang",
    "timezone",
    "author",
    "permalink",
    "paginate",
    "paginate_path",
    "collections",
    "collections_dir",
    "defaults",
    "exclude",
    "include",
    "keep_files",
    "header_pages",
    "plugins",
    "gems",
    "theme",
    "remote_theme",
    "markdown",
    "kramdown",
    "highlighter",
    "sass",
    "source",
    "destination",
    "encoding",
    "markdown_ext",
    "strict_front_matter",
    "safe",
    "limit_posts",
    "port",
    "host",
    "watch",
    "livereload",
    "incremental",
    "show_drafts",
    "future",
    "unpublished",
    "excerpt_separator",
    "jekyll-archives",
    "liquid",
    "lsi",
    "quiet",
    "verbose",
    "profile",
    "repository",
    "disable_disk_cache",
];

/// Plugins whose work Chancery does, or that change nothing a reader sees.
const NATIVE: [&str; 13] = [
    "jekyll-feed",
    "jekyll-sitemap",
    "jekyll-seo-tag",
    "jekyll-redirect-from",
    "jekyll-paginate",
    "jekyll-archives",
    "jekyll-relative-links",
    "jekyll-titles-from-headings",
    "jekyll-last-modified-at",
    "jekyll-toc",
    "jekyll-remote-theme",
    "jekyll-coffeescript",
    "kramdown-parser-gfm",
];

impl Settings {
    /// Reads them; a folder without any has Jekyll's own.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn read(original: &Original) -> Result<Settings, Error> {
        let file = file(original);
        let values = file.map_or(Ok(Value::Null), |file| original.settings(file))?;
        Ok(Settings { file, ..Settings::of(values)? })
    }

    pub fn of(values: Value) -> Result<Settings, Error> {
        let zone = values.get("timezone").and_then(Value::as_str).and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC);
        let mut set = GlobSetBuilder::new();
        let own = texts(values.get("exclude"));
        let kept = texts(values.get("include"));
        for name in NEVER.iter().map(|name| name.to_string()).chain(own).filter(|name| !kept.contains(name)) {
            let inner = name.trim_start_matches('/').trim_end_matches('/');
            for pattern in [inner.to_string(), format!("{inner}/**")] {
                let glob = Glob::new(&pattern).map_err(|error| Error::site(format!("`exclude` cannot be read: {error}")))?;
                set.add(glob);
            }
        }
        let left_out = set.build().map_err(|error| Error::site(format!("`exclude` cannot be read: {error}")))?;
        Ok(Settings { file: None, zone, left_out, values })
    }

    /// Whether Jekyll passes over a file.
    pub fn is_left_out(&self, path: &str) -> bool {
        let kept = texts(self.values.get("include"));
        let is_odd = |part: &str| part.starts_with(['.', '#', '~']) || part.ends_with('~');
        let is_kept = |part: &str| kept.iter().any(|name| name.trim_matches('/') == part || name.trim_matches('/') == path);
        self.left_out.is_match(path) || path.split('/').any(|part| is_odd(part) && !is_kept(part))
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.values.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
    }

    /// What ends the summary of a page, if it is no blank line.
    pub fn separator(&self) -> Option<&str> {
        self.text("excerpt_separator")
    }

    /// The style of addresses, or a pattern.
    pub fn permalink(&self) -> &str {
        self.text("permalink").unwrap_or("date")
    }

    /// What the settings say of each collection.
    fn collections(&self) -> impl Iterator<Item = (&str, Option<&Value>)> {
        let all = self.values.get("collections");
        let named = all.and_then(Value::as_mapping).into_iter().flatten().filter_map(|(name, value)| Some((name.as_str()?, Some(value))));
        let listed = all.and_then(Value::as_sequence).into_iter().flatten().filter_map(|name| Some((name.as_str()?, None)));
        named.chain(listed).filter(|(name, _)| *name != "posts")
    }

    /// The collection that a file belongs to.
    pub fn collection(&self, path: &str) -> Option<&str> {
        let folder = self.without_collections_dir(path).split_once('/')?.0.strip_prefix('_')?;
        self.collections().map(|(name, _)| name).find(|name| *name == folder)
    }

    /// Whether the pages of a collection are published.
    pub fn is_written(&self, collection: &str) -> bool {
        let of = self.collections().find(|(name, _)| *name == collection).and_then(|(_, value)| value);
        of.and_then(|value| value.get("output")).and_then(Value::as_bool) == Some(true)
    }

    /// The pattern of addresses of a collection, if it has one of its own.
    pub fn template_of(&self, collection: &str) -> Option<String> {
        let of = self.collections().find(|(name, _)| *name == collection).and_then(|(_, value)| value)?;
        of.get("permalink").and_then(Value::as_str).map(|named| style(named).to_string())
    }

    /// A path without the folder that all collections may lie in.
    pub fn without_collections_dir<'p>(&self, path: &'p str) -> &'p str {
        let folder = self.text("collections_dir").map(|folder| format!("{}/", folder.trim_matches('/')));
        folder.and_then(|folder| path.strip_prefix(&folder)).unwrap_or(path)
    }

    /// What a page says, with what `defaults` says for it (<https://jekyllrb.com/docs/configuration/front-matter-defaults/>).
    pub(super) fn values_of(&self, path: &str, part: Part, front: &FrontText) -> Mapping {
        let kind = match part {
            Part::Post => "posts",
            Part::Draft => "drafts",
            Part::Document(name) => name,
            _ => "pages",
        };
        let mut fitting: Vec<((bool, usize), &Mapping)> = Vec::new();
        for one in self.values.get("defaults").and_then(Value::as_sequence).into_iter().flatten() {
            let (Some(scope), Some(values)) = (one.get("scope"), one.get("values").and_then(Value::as_mapping)) else { continue };
            let folder = scope.get("path").and_then(Value::as_str).unwrap_or("").trim_matches('/');
            let asked = scope.get("type").and_then(Value::as_str);
            let is_below = folder.is_empty() || path == folder || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
            let is_below = is_below || Glob::new(folder).is_ok_and(|glob| folder.contains('*') && glob.compile_matcher().is_match(path));
            if is_below && asked.is_none_or(|asked| asked == kind) {
                fitting.push(((asked.is_some(), folder.len()), values));
            }
        }
        fitting.sort_by_key(|(rank, _)| (rank.1, rank.0));
        let mut all = Mapping::new();
        for values in fitting.into_iter().map(|(_, values)| values.clone()).chain([front.values()]) {
            for (key, value) in values {
                all.insert(key, value);
            }
        }
        all
    }

    /// Puts into the settings of the new site what has a counterpart, and tells the rest.
    pub(super) fn carry(&self, original: &Original, listed: &BTreeMap<String, Listed>, site: &mut NewSite) {
        for (theirs, ours) in [("name", "title"), ("title", "title"), ("lang", "language"), ("timezone", "time_zone")] {
            if let Some(text) = self.text(theirs) {
                site.set(ours, text);
            }
        }
        if let Some(text) = self.text("description") {
            site.set("description", text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        if let Some(url) = self.text("url").filter(|url| url.contains("://")) {
            let path = self.text("baseurl").unwrap_or("").trim_matches('/');
            let slash = if path.is_empty() { "" } else { "/" };
            site.set("base_url", format!("{}/{path}{slash}", url.trim_end_matches('/')));
        }
        let author = self.values.get("author");
        let name = author.and_then(Value::as_str).or_else(|| author?.get("name")?.as_str());
        if let Some(name) = name.filter(|name| !name.trim().is_empty()) {
            site.set("publisher", name);
        }
        if let Some(count) = self.values.get("paginate").and_then(Value::as_i64).filter(|count| *count > 0) {
            site.set("paginate_by", count);
        }
        if let Some(pattern) = pattern(style(self.permalink())) {
            site.set("permalinks.posts", pattern);
        }
        self.archives(site);
        self.menu(original, listed, site);
        self.tell(original, site);
    }

    /// Lists of categories and tags, which a plugin makes.
    fn archives(&self, site: &mut NewSite) {
        if !self.plugins().any(|name| name == "jekyll-archives") {
            return;
        }
        let own = |kind: &str| Some(self.values.get("jekyll-archives")?.get("permalinks")?.get(kind)?.as_str()?.to_string());
        for (kind, ours) in [("category", "topics"), ("tag", "tags")] {
            let pattern = own(kind).unwrap_or_else(|| format!("/{kind}/:name/"));
            site.set(&format!("permalinks.{ours}"), pattern.replace(":name", ":slug"));
        }
    }

    fn plugins(&self) -> impl Iterator<Item = String> {
        let all = ["plugins", "gems"].into_iter().flat_map(|key| texts(self.values.get(key)));
        all.collect::<Vec<_>>().into_iter()
    }

    /// The menu: pages that `header_pages` names, else the data that themes make one of.
    fn menu(&self, original: &Original, listed: &BTreeMap<String, Listed>, site: &mut NewSite) {
        let named = texts(self.values.get("header_pages"));
        let of_pages = named.iter().filter_map(|path| listed.get(path)).map(|page| (page.title.clone(), page.address.clone()));
        let mut menu: Vec<(String, String)> = of_pages.collect();
        let data = ["_data/navigation.yml", "_data/nav.yml", "_data/menu.yml", "_data/navigation.yaml"];
        if let Some(file) = data.into_iter().find(|file| menu.is_empty() && original.has(file))
            && let Ok(values) = original.settings(file)
        {
            let first = values.get("main").or_else(|| values.as_mapping()?.values().find(|value| value.is_sequence())).unwrap_or(&values);
            let said = |entry: &Value, keys: [&str; 3]| keys.iter().find_map(|key| entry.get(*key)?.as_str().map(str::to_string));
            let entries = first.as_sequence().into_iter().flatten();
            menu.extend(entries.filter_map(|entry| Some((said(entry, ["title", "name", "text"])?, said(entry, ["url", "link", "href"])?))));
            if !menu.is_empty() {
                site.note(Note::changed(file, "the menu was made of these data; it has one level"));
            }
        }
        site.set_menu(menu);
    }

    fn tell(&self, original: &Original, site: &mut NewSite) {
        let Some(file) = self.file else { return };
        let text = original.text(file).unwrap_or_default();
        let line =
            |key: &str| text.lines().position(|line| line.trim_start_matches(['-', ' ', '"']).starts_with(key)).map_or(0, |at| at + 1);
        let mut told: Vec<Note> = Vec::new();
        for key in ["theme", "remote_theme"] {
            if let Some(name) = self.text(key) {
                told.push(
                    Note::lost(file, format!("the theme `{name}` has no counterpart: `chancery init --from-theme` copies one to change"))
                        .on(line(key)),
                );
            }
        }
        for name in self.plugins().filter(|name| !NATIVE.contains(&name.as_str())) {
            told.push(Note::lost(file, format!("the plugin `{name}` has no counterpart")).on(line(&name)));
        }
        for key in ["future", "show_drafts", "unpublished"] {
            if self.values.get(key).and_then(Value::as_bool) == Some(true) {
                let message = format!("`{key}: true` was left out: here nobody but `chancery serve --drafts` shows what is not yet public");
                told.push(Note::lost(file, message).on(line(key)));
            }
        }
        for key in self.values.as_mapping().into_iter().flatten().filter_map(|(key, _)| key.as_str()) {
            if !CARRIED.contains(&key) {
                told.push(Note::lost(file, format!("the setting `{key}` was left out")).on(line(key)));
            }
        }
        for (name, _) in self.collections().filter(|(name, _)| !self.is_written(name)) {
            let message =
                format!("the pages of the collection `{name}` are drafts here: Jekyll writes none of them, and nothing lists them");
            told.push(Note::changed(file, message).on(line(name)));
        }
        told.into_iter().for_each(|note| site.note(note));
    }
}

/// A pattern of Jekyll's for posts without categories as one of ours; `None` if it asks for what ours cannot say.
fn pattern(template: &str) -> Option<String> {
    let ours = template
        .replace("/:categories", "")
        .replace("/:slugified_categories", "")
        .replace(":output_ext", ".html")
        .replace(":title", ":slug");
    let known = ["year", "month", "day", "slug"];
    let words =
        ours.split(':').skip(1).map(|part| part.split(|letter: char| !letter.is_ascii_alphabetic() && letter != '_').next().unwrap_or(""));
    let fits = words.clone().all(|word| known.contains(&word)) && words.clone().any(|word| word == "slug") && !ours.contains("//");
    (fits && (ours.ends_with('/') || ours.ends_with(".html"))).then_some(ours)
}

/// A list of texts, or one text.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Sequence(list)) => list.iter().filter_map(text_of).collect(),
        _ => Vec::new(),
    }
}
