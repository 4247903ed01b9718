//! Front matter of Jekyll's pages: what has another name here, and what the settings say for many pages at once.
//!
//! It must not know addresses.

use serde_yaml::{Mapping, Value};

use super::super::new_site::{NewSite, Note};
use super::address::post_name;
use super::settings::Settings;
use super::{Part, is_html};
use crate::cli::front_text::{FrontText, text_of};

/// What is carried in another way, or is nothing to readers.
const OWN: [&str; 10] =
    ["layout", "permalink", "categories", "category", "tags", "tag", "excerpt_separator", "render_with_liquid", "sitemap", "title"];

/// Changes the front matter of a page. `values` is what it says, with what the settings say for it.
pub(super) fn carry(path: &str, part: Part, values: &Mapping, settings: &Settings, front: &mut FrontText, site: &mut NewSite) {
    let mut lost = |key: &str, message: &str, front: &FrontText| site.note(Note::lost(path, message).on(front.line(&[key])));
    if front.values().contains_key("redirect_to") {
        lost("redirect_to", "`redirect_to` has no counterpart: name this address among the `aliases` of the page that it leads to", front);
    }
    if values.get("sitemap").and_then(Value::as_bool) == Some(false) {
        lost("sitemap", "`sitemap: false` was left out: every public page is in the sitemap, but for those with `noindex: true`", front);
    }
    let own = front.values();
    terms(path, part, values, front);
    for key in ["layout", "excerpt_separator", "render_with_liquid", "sitemap"] {
        front.remove(&[key]);
    }
    // A pattern, or an address without an ending, which is that of a file there.
    let is_read = |address: &str| !address.contains(':') && (address.ends_with('/') || address.ends_with(".html"));
    if own.get("permalink").and_then(Value::as_str).is_some_and(|address| !is_read(address)) {
        front.remove(&["permalink"]);
    }
    for (key, value) in values.iter().filter_map(|(key, value)| Some((key.as_str()?, value))) {
        if !own.contains_key(key) && !OWN.contains(&key) {
            front.set(key, value);
        }
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    if let Some((date, slug)) = post_name(name).filter(|_| part == Part::Post) {
        if !own.contains_key("title") {
            front.set("title", &titled(slug).into());
        }
        // Names with one digit for a month are no dates here.
        if !own.contains_key("date") && !name.starts_with(&date.to_string()) {
            front.set("date", &date.to_string().into());
        }
    }
    let is_unwritten = matches!(part, Part::Document(name) if !settings.is_written(name));
    if part == Part::Draft || is_unwritten {
        front.set("draft", &true.into());
    }
    if is_html(path) && !front.has_block() {
        front.set("title", &titled(name.trim_end_matches(".html")).into());
    }
}

fn terms(path: &str, part: Part, values: &Mapping, front: &mut FrontText) {
    let categories = if part == Part::Post { categories(path, values) } else { words(values, "category", "categories") };
    if !categories.is_empty() && !values.contains_key("topics") {
        front.remove(&["category"]);
        front.remove(&["categories"]);
        front.set("topics", &list(&categories));
    }
    let tags = words(values, "tag", "tags");
    let is_list = values.get("tags").is_some_and(Value::is_sequence) && !values.contains_key("tag") && front.values().contains_key("tags");
    if !tags.is_empty() && !is_list {
        front.remove(&["tag"]);
        front.set("tags", &list(&tags));
    }
}

fn list(words: &[String]) -> Value {
    words.iter().map(|word| Value::from(word.as_str())).collect::<Vec<_>>().into()
}

/// The categories of a post: the folders above `_posts`, then what it says itself.
pub fn categories(path: &str, values: &Mapping) -> Vec<String> {
    let folders = path.split('/').take_while(|folder| !folder.starts_with('_'));
    let above = folders.filter(|_| path.contains("/_posts/")).map(str::to_string);
    let mut all: Vec<String> = Vec::new();
    for name in above.chain(words(values, "category", "categories")) {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

/// What a page says under a key or under its plural, in which a text is a list of words.
fn words(values: &Mapping, one: &str, many: &str) -> Vec<String> {
    let list = |value: &Value| value.as_sequence().into_iter().flatten().filter_map(text_of).collect::<Vec<_>>();
    let single = values.get(one).map(|value| text_of(value).map_or_else(|| list(value), |text| vec![text]));
    let plural = values.get(many).map(|value| match text_of(value) {
        Some(text) => text.split_whitespace().map(str::to_string).collect(),
        None => list(value),
    });
    single.into_iter().chain(plural).flatten().filter(|word: &String| !word.is_empty()).collect()
}

/// The title that Jekyll makes of a slug.
fn titled(slug: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect::<String>()).unwrap_or_default()
    };
    slug.split('-').filter(|word| !word.is_empty()).map(capital).collect::<Vec<_>>().join(" ")
}
