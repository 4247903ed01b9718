//! Front matter of Hugo: what Chancery would not understand, or understand otherwise.
//!
//! It must not know the text below it.

use serde_yaml::{Mapping, Value};

use super::Page;
use super::menu;
use super::place::{Place, Role};
use super::settings::{OURS, Settings, get, pairs};
use crate::cli::front_text::FrontText;
use crate::cli::import::new_site::Note;
use crate::url::climb;

/// The front matter of a text. What Hugo writes in JSON becomes YAML.
pub fn read(text: String, page: &mut Page) -> FrontText {
    let breaks = |text: &str| text.bytes().filter(|byte| *byte == b'\n').count();
    let all = breaks(&text);
    let (front, is_json) = match FrontText::from_json(&text) {
        Some(front) => {
            page.notes.push(Note::changed(&page.place.from, "front matter in JSON became YAML").on(1));
            (front, true)
        }
        None => (FrontText::new(text), false),
    };
    page.lines.text = 1 + all - breaks(front.body().0).min(all);
    if !is_json {
        let values = front.values();
        let there = TOLD.into_iter().filter(|key| values.contains_key(*key));
        page.lines.keys = there.map(|key| (key, front.line(&[key]))).collect();
    }
    front
}

/// The keys of which something may be told.
const TOLD: [&str; 13] = [
    "categories",
    "url",
    "menu",
    "menus",
    "headless",
    "build",
    "_build",
    "cascade",
    "outputs",
    "sitemap",
    "translationKey",
    "aliases",
    "images",
];

/// Where things stand in the original.
#[derive(Debug, Default)]
pub struct Lines {
    /// The line on which the text begins.
    pub text: usize,
    keys: Vec<(&'static str, usize)>,
}

impl Lines {
    /// The line of a key; the first one, where that cannot be told.
    fn of(&self, key: &str) -> usize {
        self.keys.iter().find(|(known, _)| *known == key).map_or(1, |(_, line)| *line)
    }
}

/// By folders the keys that pages below them have of it.
pub type Cascaded = Vec<(String, String)>;

/// What sections give to the pages below them.
pub fn cascaded<'a>(pages: impl Iterator<Item = (&'a Place, &'a FrontText)>) -> Cascaded {
    let mut all = Vec::new();
    for (place, front) in pages.filter(|(place, front)| place.role == Role::Section && front.text().contains("cascade")) {
        let values = front.values();
        let said = values.get("cascade");
        let inner = said.and_then(|said| get(said, "params"));
        all.extend([said, inner].into_iter().flat_map(pairs).map(|(key, _)| (place.folder.clone(), key.to_string())));
    }
    all
}

/// Makes it what it is here, and takes from it where the page lives.
pub fn carry(front: &mut FrontText, settings: &Settings, page: &mut Page) {
    let values = front.values();
    page.address = settings.address(&page.place, &values);
    groups(front, &values, settings, page);
    url(front, &values, page);
    aliases(front, &values, settings, page);
    hidden(front, &values, page);
    pictures(front, &values);
    for name in ["menu", "menus"] {
        if let Some(value) = values.get(name) {
            let title = ["linkTitle", "linktitle", "title"].iter().find_map(|key| values.get(*key)?.as_str()).unwrap_or(&page.place.name);
            let weight = values.get("weight").and_then(Value::as_i64);
            page.menu.extend(menu::of_page(value, &page.place, title, weight, page.lines.of(name)));
        }
    }
    tell(&values, page);
    if page.place.role == Role::Part {
        // Hugo publishes it nowhere, so nobody has agreed that it be read.
        front.set("draft", &true.into());
        let message =
            "Hugo makes no page of it, because it lies in the folder of an `index.md`; it is a draft here: take `draft` away to publish it";
        page.notes.push(Note::changed(&page.place.from, message));
    }
}

/// `categories` are topics; other taxonomies stay as they are.
fn groups(front: &mut FrontText, values: &Mapping, settings: &Settings, page: &mut Page) {
    if settings.has_categories() && values.contains_key("categories") {
        if values.contains_key("topics") {
            let message = "`categories` were left in `extra`: the page has `topics`, which they would become";
            page.notes.push(Note::lost(&page.place.from, message).on(page.lines.of("categories")));
        } else {
            front.rename(&["categories"], "topics");
        }
    }
    let foreign = settings.taxonomies.iter().filter(|name| !OURS.contains(&name.as_str()) && *name != "categories");
    for group in
        settings.taxonomies.iter().filter(|name| OURS.contains(&name.as_str()) || *name == "categories" && settings.has_categories())
    {
        let terms = match values.get(group.as_str()) {
            Some(Value::Sequence(terms)) => terms.iter().filter_map(Value::as_str).collect(),
            Some(Value::String(term)) => vec![term.as_str()],
            _ => vec![],
        };
        page.terms.extend(terms.into_iter().map(|term| (group.clone(), term.to_string())));
    }
    page.grouped = foreign.filter(|name| values.contains_key(name.as_str())).cloned().collect();
}

/// An address with words, or without a slash before it, is written out.
fn url(front: &mut FrontText, values: &Mapping, page: &mut Page) {
    let Some(url) = values.get("url").and_then(Value::as_str) else { return };
    match &page.address {
        Some(address) if url.contains(':') || !url.starts_with('/') => front.set("url", &address.as_str().into()),
        Some(_) => {}
        None => {
            let message = format!("the address `{url}` was left out: it has a word that is not known here; the page has that of its file");
            page.notes.push(Note::lost(&page.place.from, message).on(page.lines.of("url")));
            front.remove(&["url"]);
        }
    }
}

/// Aliases without a slash before them are read from the folder that the page's address lies in.
fn aliases(front: &mut FrontText, values: &Mapping, settings: &Settings, page: &Page) {
    // Of several languages Hugo leads from the folder of the default one to the root.
    let is_home = page.place.role == Role::Section && page.place.folder.is_empty() && page.place.lang.is_none();
    let of_home = (is_home && !settings.languages.is_empty() && !settings.default_in_folder).then(|| format!("/{}/", settings.language));
    let mut written: Vec<&str> = match values.get("aliases") {
        Some(Value::Sequence(aliases)) => aliases.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(alias)) => vec![alias],
        _ => Vec::new(),
    };
    written.extend(of_home.as_deref());
    if of_home.is_none() && written.iter().all(|alias| alias.starts_with('/')) {
        return;
    }
    let above = page.address.as_deref().unwrap_or("/").trim_end_matches('/');
    let above = above.rsplit_once('/').map_or("", |(above, _)| above).trim_matches('/');
    let absolute = |alias: &&str| match alias.starts_with('/') {
        true => alias.to_string(),
        false => format!("/{}", climb(above, alias).unwrap_or_else(|| alias.trim_start_matches("../").to_string()).trim_start_matches('/')),
    };
    front.set("aliases", &Value::Sequence(written.iter().map(absolute).map(Value::from).collect()));
}

/// What Hugo makes no page of is a draft.
fn hidden(front: &mut FrontText, values: &Mapping, page: &mut Page) {
    let is_never = |value: &Value| value.as_str() == Some("never") || value.as_bool() == Some(false);
    let says = |table: &str, key: &str| values.get(table).and_then(|build| get(build, key)).is_some_and(is_never);
    for key in ["headless", "build", "_build"] {
        let is_hidden = match key {
            "headless" => values.get(key).and_then(Value::as_bool) == Some(true),
            key => says(key, "render") || says(key, "list"),
        };
        if is_hidden {
            let message = format!("Hugo publishes or lists it nowhere, by `{key}`; it is a draft here: take `draft` away to publish it");
            page.notes.push(Note::changed(&page.place.from, message).on(page.lines.of(key)));
            front.remove(&[key]);
            front.set("draft", &true.into());
        }
    }
}

/// The first of the pictures that Hugo shows where a page is shared.
fn pictures(front: &mut FrontText, values: &Mapping) {
    let first = match values.get("images") {
        Some(Value::Sequence(images)) => images.first().and_then(Value::as_str),
        _ => None,
    };
    if let Some(first) = first.filter(|_| !values.contains_key("image")) {
        front.set("image", &first.into());
    }
}

/// What would be lost without a word.
fn tell(values: &Mapping, page: &mut Page) {
    let from = page.place.from.clone();
    let (lines, notes) = (&page.lines, &mut page.notes);
    let mut lost = |key: &str, message: &str| notes.push(Note::lost(&from, message).on(lines.of(key)));
    let has_target = |value: &Value| get(value, "_target").or(get(value, "target")).is_some();
    let cascade = values.get("cascade");
    if cascade.is_some_and(|cascade| has_target(cascade) || cascade.as_sequence().is_some_and(|list| list.iter().any(has_target))) {
        lost("cascade", "what is said for some pages only, with `target`, was left out: write it into those pages");
    }
    if values.contains_key("outputs") {
        lost("outputs", "`outputs` was left out: each page has one form, and Markdown beside it");
    }
    if values.get("sitemap").and_then(|map| get(map, "disable")).and_then(Value::as_bool) == Some(true) {
        lost("sitemap", "`sitemap.disable` was left out: write `noindex: true` to keep the page out of it");
    }
    if values.get("translationKey").is_some() {
        lost(
            "translationKey",
            "`translationKey` was left out: a translation is the file of the same name with its language, as in `x.fr.md`",
        );
    }
}
