//! Menus of settings and of front matter (<https://gohugo.io/content-management/menus/>): the main one becomes `theme.menu`.
//!
//! It must not know texts.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::Value;

use super::Page;
use super::place::Place;
use super::settings::{Settings, get, pairs};
use crate::cli::import::new_site::{NewSite, Note};

/// An entry of a menu.
#[derive(Debug, Clone)]
pub struct Entry {
    menu: String,
    title: String,
    url: Url,
    weight: i64,
    lang: Option<String>,
    /// The file and the line that say it.
    place: (String, usize),
}

/// Where an entry leads.
#[derive(Debug, Clone)]
enum Url {
    Address(String),
    /// A page, by its path in `content/`.
    Page(String),
    Nowhere,
}

/// The entries that a page makes of itself: `menu: main`, `menus: [main]`, `menus: {main: {weight: 10}}`.
pub fn of_page(value: &Value, place: &Place, title: &str, weight: Option<i64>, line: usize) -> Vec<Entry> {
    let entry = |menu: &str, said: Option<&Value>| {
        let text = |key: &str| said.and_then(|said| get(said, key)).and_then(Value::as_str).map(str::to_string);
        Entry {
            menu: menu.to_string(),
            title: text("name").unwrap_or_else(|| title.to_string()),
            url: Url::Page(place.reference()),
            weight: said.and_then(|said| get(said, "weight")).and_then(Value::as_i64).or(weight).unwrap_or(0),
            lang: place.lang.clone(),
            place: (place.from.clone(), line),
        }
    };
    match value {
        Value::String(menu) => vec![entry(menu, None)],
        Value::Sequence(menus) => menus.iter().filter_map(Value::as_str).map(|menu| entry(menu, None)).collect(),
        Value::Mapping(_) => pairs(Some(value)).map(|(menu, said)| entry(menu, Some(said))).collect(),
        _ => Vec::new(),
    }
}

/// Writes the main menu, and tells of all others.
pub fn carry(settings: &Settings, pages: &[Page], site: &mut NewSite) {
    let mut entries: Vec<Entry> =
        of_settings(settings).into_iter().chain(pages.iter().flat_map(|page| page.menu.iter().cloned())).collect();
    let names: BTreeSet<&str> = entries.iter().map(|entry| entry.menu.as_str()).collect();
    let Some(main) = ["main", "header"].into_iter().find(|name| names.contains(name)).or(names.first().copied()) else { return };
    let main = main.to_string();
    let mut told = BTreeSet::new();
    for entry in entries.iter().filter(|entry| entry.menu != main && told.insert(entry.menu.clone())) {
        let message = format!("the menu `{}` was left out: there is one menu, `theme.menu`, made of `{main}`", entry.menu);
        site.note(Note::lost(&entry.place.0, message).on(entry.place.1));
    }
    entries.retain(|entry| entry.menu == main);
    // Hugo puts entries without a weight behind all others.
    entries.sort_by(|a, b| (a.weight == 0, a.weight, &a.title).cmp(&(b.weight == 0, b.weight, &b.title)));
    let addresses: BTreeMap<(String, Option<&str>), &str> =
        pages.iter().filter_map(|page| Some(((page.place.reference(), page.place.lang.as_deref()), page.address.as_deref()?))).collect();
    let mut menu = Vec::new();
    for entry in entries {
        let url = match &entry.url {
            Url::Address(url) => Some(url.clone()),
            Url::Page(path) => {
                let address = addresses.get(&(path.clone(), entry.lang.as_deref())).map(|address| address.to_string());
                address.or_else(|| (!path.is_empty()).then(|| format!("/{path}/")))
            }
            Url::Nowhere => None,
        };
        let Some(url) = url else {
            let message =
                format!("the entry `{}` of the menu was left out: it leads nowhere; what stands below it is in the menu", entry.title);
            site.note(Note::lost(&entry.place.0, message).on(entry.place.1));
            continue;
        };
        let mut table = toml::Table::new();
        table.insert("title".into(), entry.title.into());
        table.insert("url".into(), url.into());
        table.extend(entry.lang.map(|lang| ("lang".to_string(), lang.into())));
        menu.push(toml::Value::from(table));
    }
    if !menu.is_empty() {
        site.set("theme.menu", menu);
    }
}

fn of_settings(settings: &Settings) -> Vec<Entry> {
    let own = ["menus", "menu"].iter().filter_map(|name| Some((*name, settings.get(name)?, None)));
    let languages = pairs(settings.get("languages")).flat_map(|(code, language)| {
        let lang = (code != settings.language).then(|| code.to_string());
        ["menus", "menu"].into_iter().filter_map(move |name| Some(("languages", get(language, name)?, lang.clone())))
    });
    let mut entries = Vec::new();
    for (name, menus, lang) in own.chain(languages) {
        for (menu, list) in pairs(Some(menus)) {
            for said in list.as_sequence().into_iter().flatten() {
                let text = |key: &str| get(said, key).and_then(Value::as_str);
                let title = text("name").or(text("title")).or(text("identifier")).unwrap_or_default();
                let url = match (text("pageref"), text("url")) {
                    (Some(page), _) if page.trim_matches('/').is_empty() => Url::Address("/".into()),
                    (Some(page), _) => Url::Page(page.trim_matches('/').trim_end_matches(".md").to_lowercase()),
                    (None, Some(url)) if url.contains("://") || url.starts_with(['/', '#']) || url.starts_with("mailto:") => {
                        Url::Address(url.into())
                    }
                    (None, Some(url)) => Url::Address(format!("/{url}")),
                    (None, None) => Url::Nowhere,
                };
                let weight = get(said, "weight").and_then(Value::as_i64).unwrap_or(0);
                let place = settings.line_of(name, title);
                entries.push(Entry { menu: menu.to_string(), title: title.to_string(), url, weight, lang: lang.clone(), place });
            }
        }
    }
    entries
}
