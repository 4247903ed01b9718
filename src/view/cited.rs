//! The list of what a page cites, as its style has it, with what the register says of each source besides.
//!
//! It must not know how a style sets an entry, nor who else cites a source.

use std::hash::Hash;

use tera::{Map, Value};

use super::ends::{Ends, is_own_text};
use super::pages::shown;
use super::sources::{archived_of, standing};
use super::{Make, Model, Part, Scope};
use crate::fingerprint::Flat;
use crate::index::PageId;
use crate::page::body::{SourceEntry, entry_id};
use crate::site::Site;

pub const PARTS: &[Part] = &[Part {
    name: "sources",
    doc: "of a page: what it cites, in groups: `standing` (`primary`, `secondary`, or empty), `items`: `key`, `id`, `label` (as the style numbers it, or empty) and `html` (the entry), `url` (of the page of the source), `archive` (`url`, `date`)",
    make: Make::Document(sources),
}];

/// What the register says of a source on a page.
struct Said<'a> {
    standing: &'static str,
    /// The address of its page; `None` if it has none.
    route: Option<&'a str>,
    /// An archived copy, with its day.
    copy: Option<(String, Option<String>)>,
}

fn sources<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some((page, fact)) = shown(scope).filter(|(_, fact)| is_own_text(scope) && !fact.cites.is_empty()) else {
        return Model::List(Vec::new());
    };
    let (site, lang, ends) = (scope.site, scope.doc.lang, Ends::of(scope));
    let mut print = Flat::default();
    (site.bodies[page as usize].print, site.base_path()).hash(&mut print);
    for cite in fact.cites.iter() {
        let Said { standing, route, copy } = said(site, lang, &cite.key);
        (standing, route, copy).hash(&mut print);
    }
    Model::later(Ends::print(ends, print.print()), move || Value::from(groups(site, lang, page, ends)))
}

fn said<'a>(site: &'a Site, lang: u8, key: &str) -> Said<'a> {
    let Some(entry) = site.register.get(key) else { return Said { standing: "", route: None, copy: None } };
    let route = site.index.citations.find(lang, key).map(|(_, source)| &*source.route).filter(|route| site.addresses.at(route).is_some());
    Said { standing: standing(&entry.item), route, copy: archived_of(site, &entry.item) }
}

/// The list in groups by standing. A list with numbers keeps its order.
fn groups(site: &Site, lang: u8, page: PageId, ends: Option<Ends>) -> Vec<Value> {
    let texts = site.bodies[page as usize].texts();
    let entries: Vec<(&SourceEntry, Said)> = texts.sources.iter().map(|entry| (entry, said(site, lang, &entry.key))).collect();
    let has_labels = texts.sources.iter().any(|entry| !entry.label.is_empty());
    let of = |wanted: Option<&'static str>| -> Value {
        let items = entries.iter().filter(|(_, said)| wanted.is_none_or(|wanted| said.standing == wanted));
        let items: Vec<Value> =
            items.map(|(entry, said)| item(site, entry, said, Ends::cut(ends, &texts, entry.html.to_string()))).collect();
        let mut group = Map::new();
        group.insert("standing".into(), Value::from(wanted.unwrap_or_default()));
        group.insert("items".into(), Value::from(items));
        Value::from(group)
    };
    if has_labels {
        return vec![of(None)];
    }
    let has = |wanted: &&'static str| entries.iter().any(|(_, said)| said.standing == *wanted);
    ["primary", "secondary", ""].into_iter().filter(has).map(|standing| of(Some(standing))).collect()
}

fn item(site: &Site, entry: &SourceEntry, said: &Said, html: String) -> Value {
    let mut item = Map::new();
    let mut add = |name: &'static str, value: Value| item.insert(name.into(), value);
    add("key", Value::from(&*entry.key));
    add("id", Value::from(entry_id(&entry.key)));
    add("label", Value::safe_string(&entry.label));
    add("html", Value::safe_string(&html));
    add("url", said.route.map_or(Value::none(), |route| Value::from(site.href(route))));
    let mut archive = Map::new();
    if let Some((url, date)) = &said.copy {
        archive.insert("url".into(), Value::from(url.as_str()));
        archive.insert("date".into(), date.as_deref().map_or(Value::none(), Value::from));
    }
    add("archive", Value::from(archive));
    Value::from(item)
}
