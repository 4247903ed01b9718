//! The list of what a page cites, as its style has it, with what the register says of each source besides.
//!
//! It must not know how a style sets an entry, nor who else cites a source.

use std::hash::Hash;

use tera::{Map, Value};

use super::ends::{Ends, is_own_text};
use super::pages::shown;
use super::sources::{archived_of, standing};
use super::{Make, Model, Part, Place, Scope};
use crate::fingerprint::Flat;
use crate::index::PageId;
use crate::page::body::{SourceEntry, entry_id};
use crate::site::Site;

pub const PARTS: &[Part] = &[Part {
    name: "sources",
    doc: "of a page: what it cites, in groups: `standing` (`primary`, `secondary`, or empty), `items`: `key`, `id`, `label` (as the style numbers it, or empty) and `html` (the entry), `standing`, `url` (of the page of the source), `archive` (`url`, `date`), and what components called `source.…` make of the last three",
    make: Make::Document(sources),
}];

fn sources<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some((page, _)) = shown(scope).filter(|(_, fact)| is_own_text(scope) && !fact.cites.is_empty()) else {
        return Model::List(Vec::new());
    };
    let (site, place, ends) = (scope.site, scope.place, Ends::of(scope));
    let mut print = Flat::default();
    site.bodies[page as usize].print.hash(&mut print);
    site.index.citations.of_page(page).iter().for_each(|source| scope.view.source_print(*source).hash(&mut print));
    Model::later(Ends::print(ends, print.print()), move || Value::from(groups(&place, page, ends)))
}

/// What is the same of a source wherever a page lists it: what the register says of it, and its page.
pub fn shared(site: &Site, source: u32) -> Model<'_> {
    let source = &site.index.citations.sources[source as usize];
    let entry = site.register.get(&source.key);
    let route = Some(&*source.route).filter(|route| site.addresses.at(route).is_some());
    let archive = entry.and_then(|entry| archived_of(site, &entry.item));
    let archive = archive.map_or(Vec::new(), |(url, date)| vec![("url", Model::text(url)), ("date", Model::some(date))]);
    Model::Map(vec![
        ("standing", Model::text(entry.map_or("", |entry| standing(&entry.item)))),
        ("url", route.map_or(Model::None, |route| Model::address(site, route))),
        ("archive", Model::Map(archive)),
    ])
}

/// An entry of the list of a page, with what is known of its source.
struct Known<'t> {
    entry: &'t SourceEntry,
    standing: &'static str,
    source: Option<u32>,
}

/// The list in groups by standing. A list with numbers keeps its order.
fn groups(place: &Place, page: PageId, ends: Option<Ends>) -> Vec<Value> {
    let site = place.site();
    let texts = site.bodies[page as usize].texts();
    let entries: Vec<Known> = texts.sources.iter().map(|entry| known(site, page, entry)).collect();
    let has_labels = texts.sources.iter().any(|entry| !entry.label.is_empty());
    let of = |wanted: Option<&'static str>| -> Value {
        let items = entries.iter().filter(|known| wanted.is_none_or(|wanted| known.standing == wanted));
        let items: Vec<Value> = items.map(|known| item(place, known, &Ends::cut(ends, &texts, known.entry.html().into()))).collect();
        let mut group = Map::new();
        group.insert("standing".into(), Value::from(wanted.unwrap_or_default()));
        group.insert("items".into(), Value::from(items));
        Value::from(group)
    };
    if has_labels {
        return vec![of(None)];
    }
    let has = |wanted: &&'static str| entries.iter().any(|known| known.standing == *wanted);
    ["primary", "secondary", ""].into_iter().filter(has).map(|standing| of(Some(standing))).collect()
}

fn known<'t>(site: &Site, page: PageId, entry: &'t SourceEntry) -> Known<'t> {
    let citations = &site.index.citations;
    let of_page = citations.of_page(page);
    // They are in the order of their keys.
    let at = of_page.binary_search_by(|source| (*citations.sources[*source as usize].key).cmp(&entry.key)).ok();
    let standing = site.register.get(&entry.key).map_or("", |entry| standing(&entry.item));
    Known { entry, standing, source: at.map(|at| of_page[at]) }
}

fn item(place: &Place, known: &Known, html: &str) -> Value {
    let Known { entry, source, .. } = known;
    let mut item = Map::with_capacity(8);
    item.insert("key".into(), Value::from(&*entry.key));
    item.insert("id".into(), Value::from(entry_id(&entry.key)));
    item.insert("label".into(), Value::safe_string(&entry.label));
    item.insert("html".into(), Value::safe_string(html));
    let shared = source.map(|source| place.source(source));
    let shared = shared.as_ref().and_then(Value::as_map).into_iter().flatten();
    item.extend(shared.map(|(name, value)| (name.clone(), value.clone())));
    Value::from(item)
}
