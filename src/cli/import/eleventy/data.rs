//! Eleventy's data (<https://www.11ty.dev/docs/data-cascade/>): what files beside pages say for them, and front matter that has another name here.
//!
//! It must not know texts.

use std::collections::BTreeMap;

use serde_yaml::{Mapping, Value};

use super::super::new_site::{NewSite, Note};
use super::super::original::Original;
use super::Entry;
use super::config::Config;
use crate::cli::error::Error;
use crate::cli::front_text::{FrontText, text_of};

/// Tags that name collections and no subjects.
const COLLECTIONS: [&str; 7] = ["all", "posts", "post", "pages", "page", "nav", "blog"];

/// Keys that are told, or nothing to readers.
const OWN: [&str; 6] = ["layout", "permalink", "tags", "eleventyNavigation", "eleventyComputed", "eleventyExcludeFromCollections"];

/// All data of a site, as far as they are no programs.
pub struct Data {
    /// Of folders and of single pages, by their paths without an ending.
    beside: BTreeMap<String, Mapping>,
    /// Of the whole site, by the names of files.
    global: BTreeMap<String, Value>,
    programs: Vec<String>,
    unread: Vec<String>,
}

impl Data {
    /// Reads them.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn read(original: &Original, config: &Config) -> Result<Data, Error> {
        let mut data = Data { beside: BTreeMap::new(), global: BTreeMap::new(), programs: Vec::new(), unread: Vec::new() };
        for path in original.paths() {
            let Some(inside) = config.inside(path) else { continue };
            let global = inside.strip_prefix(&format!("{}/", config.data));
            let is_program = [".11tydata.js", ".11tydata.cjs", ".11tydata.mjs"].iter().any(|ending| path.ends_with(ending));
            if let Some(name) = global {
                match name.strip_suffix(".json") {
                    Some(stem) => drop(data.global.insert(stem.to_string(), original.settings(path)?)),
                    None => data.unread.push(path.to_string()),
                }
            } else if config.is_left_out(path) {
                continue;
            } else if is_program {
                data.programs.push(path.to_string());
            } else if let Some(stem) = inside.strip_suffix(".11tydata.json").or_else(|| inside.strip_suffix(".json"))
                && (is_of_folder(stem)
                    || [".md", ".html"].iter().any(|ending| original.has(&format!("{}{ending}", path_of(path, inside, stem)))))
                && let Value::Mapping(map) = original.settings(path)?
            {
                data.beside.entry(stem.to_string()).or_default().extend(map);
            }
        }
        Ok(data)
    }

    /// What a file of the whole site says.
    pub fn global(&self, name: &str) -> Option<&Value> {
        self.global.get(name)
    }

    /// What files say for a page, the nearest last.
    fn given(&self, inside: &str) -> Mapping {
        let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
        let mut all = Mapping::new();
        let ends = stem.match_indices('/').map(|(at, _)| at);
        for folder in ends.map(|at| &stem[..at]) {
            let name = folder.rsplit('/').next().unwrap_or(folder);
            all.extend(self.beside.get(&format!("{folder}/{name}")).cloned().unwrap_or_default());
        }
        all.extend(self.beside.get(stem).cloned().unwrap_or_default());
        all
    }

    /// What a page says, with what files say for it.
    pub fn values_of(&self, inside: &str, front: &FrontText) -> Mapping {
        let mut all = self.given(inside);
        all.extend(front.values());
        all
    }

    /// Changes the front matter of a page.
    pub fn write(&self, path: &str, inside: &str, values: &Mapping, front: &mut FrontText, site: &mut NewSite) {
        let own = front.values();
        let mut told = Vec::new();
        if own.contains_key("eleventyComputed") {
            told.push(
                Note::lost(path, "`eleventyComputed` was left out: nothing computes front matter here")
                    .on(front.line(&["eleventyComputed"])),
            );
        }
        if values.get("eleventyExcludeFromCollections").and_then(Value::as_bool) == Some(true) {
            let line = front.line(&["eleventyExcludeFromCollections"]);
            told.push(Note::lost(path, "`eleventyExcludeFromCollections` was left out: a public page with a date is in lists").on(line));
        }
        let is_computed =
            |date: &str| ["last modified", "created", "git last modified", "git created"].contains(&date.to_lowercase().as_str());
        if own.get("date").and_then(Value::as_str).is_some_and(is_computed) {
            told.push(Note::lost(path, "`date` was left out: nobody but Eleventy knows which day is meant").on(front.line(&["date"])));
            front.remove(&["date"]);
        }
        let is_hidden = values.get("permalink").and_then(Value::as_bool) == Some(false);
        let is_read = own.get("permalink").and_then(Value::as_str).is_some_and(|address| !address.contains('{'));
        if !is_hidden && !is_read {
            front.remove(&["permalink"]);
        } else if is_hidden && !own.contains_key("permalink") {
            front.set("permalink", &false.into());
        }
        for key in ["layout", "eleventyNavigation", "eleventyComputed", "eleventyExcludeFromCollections"] {
            front.remove(&[key]);
        }
        self.tags(path, inside, &own, front, &mut told);
        for (key, value) in self.given(inside).iter().filter_map(|(key, value)| Some((key.as_str()?, value))) {
            if !own.contains_key(key) && !OWN.contains(&key) {
                front.set(key, value);
            }
        }
        told.into_iter().for_each(|note| site.note(note));
    }

    /// Tags that only make collections leave the page.
    fn tags(&self, path: &str, inside: &str, own: &Mapping, front: &mut FrontText, told: &mut Vec<Note>) {
        let list = |value: Option<&Value>| match value {
            Some(Value::Sequence(list)) => list.iter().filter_map(text_of).collect(),
            Some(value) => text_of(value).into_iter().collect(),
            None => Vec::new(),
        };
        let given: Vec<String> = list(self.given(inside).get("tags"));
        let tags: Vec<String> = list(own.get("tags"));
        let kept: Vec<&String> = tags.iter().filter(|tag| !given.contains(tag) && !COLLECTIONS.contains(&tag.as_str())).collect();
        if kept.len() == tags.len() {
            return;
        }
        told.push(Note::changed(path, "tags that only name a collection were left out").on(front.line(&["tags"])));
        if kept.is_empty() {
            front.remove(&["tags"]);
        } else {
            front.set("tags", &kept.into_iter().map(|tag| Value::from(tag.as_str())).collect::<Vec<_>>().into());
        }
    }

    /// Puts into the settings of the new site what data say of it, and tells the rest.
    pub fn carry(&self, config: &Config, site: &mut NewSite) {
        let folder = if config.input.is_empty() { config.data.clone() } else { format!("{}/{}", config.input, config.data) };
        let about = ["metadata", "site", "meta"].into_iter().find(|name| self.global.contains_key(*name));
        if let Some(values) = about.and_then(|name| self.global.get(name)) {
            let said = |key: &str| values.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
            let author = said("author").or_else(|| values.get("author")?.get("name")?.as_str());
            let texts = [
                ("title", said("title").or_else(|| said("name"))),
                ("description", said("description")),
                ("language", said("language").or_else(|| said("lang"))),
                ("publisher", author),
            ];
            for (key, text) in texts.into_iter().filter_map(|(key, text)| Some((key, text?))) {
                site.set(key, text);
            }
            if let Some(url) = said("url").filter(|url| url.contains("://")) {
                let url = url.trim_end_matches('/');
                let prefix = config.prefix.as_deref().map(|prefix| format!("/{prefix}")).filter(|prefix| !url.ends_with(prefix.as_str()));
                site.set("base_url", format!("{url}{}/", prefix.unwrap_or_default()));
            }
        }
        for name in self.global.keys().filter(|name| Some(name.as_str()) != about) {
            site.note(Note::lost(&format!("{folder}/{name}.json"), "the data were left out: nothing fills them into texts"));
        }
        for path in &self.unread {
            site.note(Note::lost(path, "the data were left out: nothing fills them into texts"));
        }
        for path in &self.programs {
            site.note(Note::lost(path, "the data were left out: they are a program; what it says for pages goes into their front matter"));
        }
    }
}

/// Whether data are those of a folder: `posts/posts`.
fn is_of_folder(stem: &str) -> bool {
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    folder.rsplit('/').next() == Some(name)
}

/// The path of a file without its ending, from the root of the original.
fn path_of(path: &str, inside: &str, stem: &str) -> String {
    format!("{}{stem}", &path[..path.len() - inside.len()])
}

/// What a page says of itself for the menu, if it is of the first level.
pub fn navigation(values: &Mapping) -> Option<Entry> {
    let said = values.get("eleventyNavigation")?;
    if said.get("parent").is_some() {
        return None;
    }
    let title = said.get("title").or_else(|| said.get("key")).and_then(text_of)?;
    let order = said.get("order").and_then(Value::as_f64).unwrap_or(f64::MAX);
    Some(Entry { order, title, address: String::new() })
}
