//! `mkdocs.yml` and `zensical.toml`, and what of them is a setting here.
//!
//! It must not know the text of a page.

use std::collections::BTreeSet;

use globset::{Glob, GlobSet, GlobSetBuilder};
use serde_yaml::Value;

use super::super::new_site::{NewSite, Note};
use super::super::original::Original;
use super::{Doc, said};
use crate::cli::error::Error;

/// The file of settings, if there is one.
pub fn file(original: &Original) -> Option<&'static str> {
    ["mkdocs.yml", "mkdocs.yaml", "zensical.toml"].into_iter().find(|name| original.has(name))
}

/// What the settings say.
#[derive(Default)]
pub struct Settings {
    file: &'static str,
    /// Of Zensical those below `[project]`.
    values: Value,
    /// The folder of the texts, without slashes at its ends.
    pub docs_dir: String,
    /// Whether `a.md` lives at `/a/`, and not at `/a.html`.
    pub directory_urls: bool,
    /// The folder of templates.
    pub custom_dir: Option<String>,
    /// Programs that change pages.
    pub hooks: Vec<String>,
    /// The extensions of Markdown that are on.
    pub extensions: BTreeSet<String>,
    /// The plugins that are on.
    pub plugins: Vec<(String, Value)>,
    left_out: GlobSet,
}

/// Settings that have a counterpart, and such as only say how the tool works.
const CARRIED: [&str; 27] = [
    "site_name",
    "site_url",
    "site_description",
    "site_author",
    "docs_dir",
    "site_dir",
    "use_directory_urls",
    "nav",
    "theme",
    "extra",
    "plugins",
    "markdown_extensions",
    "exclude_docs",
    "draft_docs",
    "not_in_nav",
    "hooks",
    "extra_css",
    "extra_javascript",
    "extra_templates",
    "strict",
    "dev_addr",
    "watch",
    "validation",
    "remote_branch",
    "remote_name",
    "copyright",
    "INHERIT",
];

/// Plugins whose work Chancery does, or that change nothing a reader sees.
const NATIVE: [&str; 11] =
    ["search", "tags", "blog", "meta", "minify", "offline", "social", "rss", "redirects", "autorefs", "git-revision-date-localized"];

impl Settings {
    /// Reads them.
    ///
    /// # Errors
    /// There are none, or they cannot be read.
    pub fn read(original: &Original) -> Result<Settings, Error> {
        let file = file(original).ok_or_else(|| {
            Error::usage(format!("`{}` has no `mkdocs.yml` and no `zensical.toml`", original.name)).hint("name the folder in which it lies")
        })?;
        let mut values = original.settings(file)?;
        if let Some(project) = values.get("project").filter(|_| file == "zensical.toml") {
            values = project.clone();
        }
        let texts = |key: &str| {
            let list = values.get(key).and_then(Value::as_sequence).into_iter().flatten();
            list.filter_map(|value| value.as_str().map(str::to_string)).collect::<Vec<_>>()
        };
        Ok(Settings {
            file,
            docs_dir: said(&values, "docs_dir").unwrap_or("docs").trim_start_matches("./").trim_matches('/').to_string(),
            directory_urls: values.get("use_directory_urls").and_then(Value::as_bool).unwrap_or(true),
            custom_dir: values.get("theme").and_then(|theme| said(theme, "custom_dir")).map(str::to_string),
            hooks: texts("hooks"),
            extensions: named(values.get("markdown_extensions")).into_iter().map(|(name, _)| name).collect(),
            plugins: named(values.get("plugins")),
            left_out: globs(&values)?,
            values,
        })
    }

    /// Whether a file below the folder of the texts is not published: one whose name begins with a dot, or that `exclude_docs` names.
    pub fn is_left_out(&self, inside: &str) -> bool {
        inside.split('/').any(|part| part.starts_with('.')) || inside.starts_with("templates/") || self.is_excluded(inside)
    }

    /// Whether the settings say so.
    pub fn is_excluded(&self, inside: &str) -> bool {
        self.left_out.is_match(inside)
    }

    /// Whether an extension of Markdown is on.
    pub fn has(&self, extension: &str) -> bool {
        self.extensions.contains(extension)
    }

    /// What the settings say of a plugin; `None` if it is off.
    pub fn plugin(&self, name: &str) -> Option<&Value> {
        self.plugins.iter().find(|(known, _)| known.trim_start_matches("material/") == name).map(|(_, value)| value)
    }

    /// Puts into the settings of the new site what has a counterpart, and tells the rest.
    pub(super) fn carry(&self, original: &Original, docs: &[Doc], site: &mut NewSite) {
        let values = &self.values;
        for (theirs, ours) in
            [("site_name", "title"), ("site_url", "base_url"), ("site_description", "description"), ("site_author", "publisher")]
        {
            if let Some(text) = said(values, theirs) {
                site.set(ours, text);
            }
        }
        let theme = values.get("theme");
        if let Some(language) = theme.and_then(|theme| said(theme, "language")) {
            site.set("language", language);
        }
        if self.extensions.iter().any(|name| name.contains("arithmatex")) {
            site.set("markdown.math", true);
        }
        self.menu(docs, site);
        self.tell(original, site);
    }

    fn menu(&self, docs: &[Doc], site: &mut NewSite) {
        let Some(nav) = self.values.get("nav").and_then(Value::as_sequence) else { return };
        let mut menu = Vec::new();
        for entry in nav {
            let (title, target) = match entry {
                Value::String(path) => (None, Some(path.as_str())),
                Value::Mapping(map) => match map.iter().next() {
                    Some((title, target)) => (title.as_str(), first_of(target)),
                    None => continue,
                },
                _ => continue,
            };
            let Some(target) = target else { continue };
            let doc = docs.iter().find(|doc| doc.inside == target.trim_start_matches("./"));
            if doc.is_none() && !target.contains("://") && !target.starts_with('/') {
                site.note(Note::lost(
                    self.file,
                    format!("the entry of the menu that leads to `{target}` was left out: there is no such page"),
                ));
                continue;
            }
            let title = title.map(str::to_string).or_else(|| doc.map(super::text::title)).unwrap_or_else(|| target.to_string());
            let url = doc.map_or(target.to_string(), |doc| doc.address.clone());
            menu.push((title, url));
        }
        if nav.iter().any(|entry| entry.as_mapping().is_some_and(|map| map.values().any(Value::is_sequence))) {
            let message =
                "the menu has one level here: each group leads to its first page, and the order of the pages below is not carried over";
            site.note(Note::changed(self.file, message).on(1));
        }
        site.set_menu(menu);
    }

    fn tell(&self, original: &Original, site: &mut NewSite) {
        let text = original.text(self.file).unwrap_or_default();
        let line = |key: &str| text.lines().position(|line| line.trim_start().starts_with(key)).map_or(0, |at| at + 1);
        let mut lost = |key: &str, message: String| site.note(Note::lost(self.file, message).on(line(key)));
        for key in ["copyright", "INHERIT"] {
            if self.values.get(key).is_some() {
                lost(key, format!("the setting `{key}` was left out"));
            }
        }
        for key in ["extra_css", "extra_javascript", "extra_templates"] {
            if self.values.get(key).and_then(Value::as_sequence).is_some_and(|list| !list.is_empty()) {
                lost(
                    key,
                    format!("`{key}` was left out: its files lie in `static/`, and no page loads them; see the page on themes in the docs"),
                );
            }
        }
        for (name, _) in self.plugins.iter().filter(|(name, _)| !NATIVE.contains(&name.trim_start_matches("material/"))) {
            lost(name, format!("the plugin `{name}` has no counterpart"));
        }
        for key in self.values.as_mapping().into_iter().flatten().filter_map(|(key, _)| key.as_str()) {
            if !CARRIED.contains(&key) {
                lost(key, format!("the setting `{key}` was left out"));
            }
        }
        for (old, new) in self.redirects() {
            if !original.has(&format!("{}/{new}", self.docs_dir)) {
                lost(&old, format!("the redirect of `{old}` leads to `{new}`, which is no page"));
            }
        }
    }

    /// Old pages and the pages that took their places, as the plugin `redirects` names them.
    pub fn redirects(&self) -> Vec<(String, String)> {
        let maps = self.plugin("redirects").and_then(|plugin| plugin.get("redirect_maps")).and_then(Value::as_mapping);
        let pairs = maps.into_iter().flatten().filter_map(|(old, new)| Some((old.as_str()?.to_string(), new.as_str()?.to_string())));
        pairs.collect()
    }
}

/// A list of names, some of which have settings: extensions and plugins.
fn named(list: Option<&Value>) -> Vec<(String, Value)> {
    let one = |value: &Value| match value {
        Value::String(name) => vec![(name.clone(), Value::Null)],
        Value::Mapping(map) => map.iter().filter_map(|(name, value)| Some((name.as_str()?.to_string(), value.clone()))).collect(),
        _ => Vec::new(),
    };
    match list {
        Some(Value::Sequence(list)) => list.iter().flat_map(one).collect(),
        Some(map) => one(map),
        None => Vec::new(),
    }
}

/// The page that an entry of the menu leads to, of a group the first.
fn first_of(target: &Value) -> Option<&str> {
    match target {
        Value::String(path) => Some(path),
        Value::Sequence(list) => list.iter().find_map(first_of),
        Value::Mapping(map) => map.values().find_map(first_of),
        _ => None,
    }
}

/// What `exclude_docs` and `draft_docs` name, in the manner of `.gitignore`.
fn globs(values: &Value) -> Result<GlobSet, Error> {
    let mut set = GlobSetBuilder::new();
    for line in ["exclude_docs", "draft_docs"].iter().filter_map(|key| said(values, key)).flat_map(str::lines) {
        let line = line.trim();
        if line.is_empty() || line.starts_with(['#', '!']) {
            continue;
        }
        let inner = line.trim_start_matches('/').trim_end_matches('/');
        let anywhere = if line.trim_end_matches('/').contains('/') { "" } else { "**/" };
        for pattern in [format!("{anywhere}{inner}"), format!("{anywhere}{inner}/**")] {
            let glob = Glob::new(&pattern).map_err(|error| Error::site(format!("`exclude_docs` cannot be read: {error}")))?;
            set.add(glob);
        }
    }
    set.build().map_err(|error| Error::site(format!("`exclude_docs` cannot be read: {error}")))
}
