//! Parts of a topic's page beyond its list and its place: what happened, who is named, what is out of date; and the index of all topics.
//!
//! It must not know how topics are found.

use std::collections::{BTreeMap, BTreeSet};

use super::lists::is_first;
use super::pages::offices_of;
use super::terms::{by_name, entry, link, shown, synonyms_of};
use super::{Make, Model, Part, Place, Scope};
use crate::index::{PageId, Term};
use crate::page::Taxonomy;
use crate::page::route::Kind;
use crate::site::Site;

pub const PARTS: &[Part] = &[
    Part {
        name: "timeline",
        doc: "of a topic: the newest 50 publications and changes of its pages, newest first: `date`, `title`, `url`, `kind` (`published`, `major`, `minor`, `correction`), `note`",
        make: Make::Document(timeline),
    },
    Part {
        name: "topic_people",
        doc: "of a topic: the 12 people whom its newest 200 pages name most: `title`, `url`, `count` (of pages), `offices` (as the part)",
        make: Make::Document(people),
    },
    Part { name: "superseded", doc: "of a topic: cards of its superseded pages, newest first", make: Make::Document(superseded) },
    Part {
        name: "topics_index",
        doc: "all topics and their other names by alphabet: `name`, `url`, `count`, `see` (of another name: `name`, `url` of the topic), `related` (`name`, `url`)",
        make: Make::Language(topics_index),
    },
];

const SHOWN_EVENTS: usize = 50;
const SHOWN_PEOPLE: usize = 12;
/// A topic can have a hundred thousand pages. Whom the newest of them name is what a reader wants to know.
const LOOKED_AT: usize = 200;

/// The topic whose first part a document shows.
fn topic<'a>(scope: &Scope<'a>) -> Option<&'a Term> {
    shown(scope).filter(|term| term.taxonomy == Taxonomy::Topics && is_first(scope))
}

fn timeline<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some(term) = topic(scope) else { return Model::List(Vec::new()) };
    let site = scope.site;
    let mut events = Vec::new();
    for (rank, page) in term.pages.iter().enumerate() {
        let facts = &site.page(*page).page;
        events.extend(facts.date.map(|date| (date.date(), rank, *page, "published", None)));
        let changes = facts.changes.iter();
        events.extend(changes.map(|change| (change.date.date(), rank, *page, change.kind.name(), Some(change.note.as_str()))));
    }
    // Of one day, the order is that of lists.
    events.sort_by_key(|(date, rank, ..)| (std::cmp::Reverse(*date), *rank));
    Model::list(events.into_iter().take(SHOWN_EVENTS).map(|(date, _, page, kind, note)| {
        let fact = site.page(page);
        Model::Map(vec![
            ("date", Model::text(date.to_string())),
            ("title", Model::text(&*fact.title)),
            ("url", Model::address(site, &**fact.route())),
            ("kind", Model::text(kind)),
            ("note", Model::some(note)),
        ])
    }))
}

fn people<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some(term) = topic(scope) else { return Model::List(Vec::new()) };
    let site = scope.site;
    let mut counts: BTreeMap<PageId, i64> = BTreeMap::new();
    for page in term.pages.iter().take(LOOKED_AT) {
        let people = site.index.named[*page as usize].iter().filter(|named| site.page(**named).page.kind == Kind::Person);
        people.for_each(|person| *counts.entry(*person).or_default() += 1);
    }
    let mut people: Vec<(PageId, i64)> = counts.into_iter().collect();
    people.sort_by_key(|(person, count)| (std::cmp::Reverse(*count), &site.page(*person).title));
    Model::list(people.into_iter().take(SHOWN_PEOPLE).map(|(person, count)| {
        let fact = site.page(person);
        Model::Map(vec![
            ("title", Model::text(&*fact.title)),
            ("url", Model::address(site, &**fact.route())),
            ("count", Model::Number(count)),
            ("offices", offices_of(fact)),
        ])
    }))
}

/// A broad topic has the superseded pages of its narrower ones too, as it has their other pages.
fn superseded<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some(term) = topic(scope) else { return Model::List(Vec::new()) };
    let index = &scope.site.index;
    let mut pages: Vec<PageId> = Vec::new();
    let mut open = vec![term];
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    while let Some(term) = open.pop() {
        if !seen.insert(&term.route) {
            continue;
        }
        pages.extend(&term.superseded);
        open.extend(term.narrower.iter().map(|below| &index.terms.all[*below as usize]));
    }
    pages.sort_by_key(|page| index.order.rank[*page as usize]);
    pages.dedup();
    Model::list(pages.into_iter().map(|page| scope.place.card(page)))
}

fn topics_index<'a>(place: &Place<'a>) -> Model<'a> {
    let site = place.site();
    let mut all: Vec<(String, Model)> = Vec::new();
    for term in by_name(site, Taxonomy::Topics, place.lang) {
        all.push((term.name.to_lowercase(), heading(site, term)));
        let others = synonyms_of(site, term).filter(|other| *other != &*term.name);
        all.extend(others.map(|other| {
            let fields = vec![
                ("name", Model::text(other)),
                ("url", Model::None),
                ("count", Model::Number(0)),
                ("see", link(site, term)),
                ("related", Model::List(Vec::new())),
            ];
            (other.to_lowercase(), Model::Map(fields))
        }));
    }
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    Model::List(all.into_iter().map(|(_, entry)| entry).collect())
}

fn heading<'a>(site: &'a Site, term: &'a Term) -> Model<'a> {
    let mut fields = entry(site, term);
    fields.push(("see", Model::None));
    fields.push(("related", super::terms::related(site, term)));
    Model::Map(fields)
}
