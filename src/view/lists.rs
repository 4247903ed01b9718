//! Parts of lists: what a part of a list shows, and lists of lists.
//!
//! It must not know pages beyond their cards.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Make, Model, Part, Place, Scope, What};
use crate::index::lists::{ChangeOf, Holds};
use crate::index::{List, ListKind, PageId};
use crate::page::Taxonomy;
use crate::site::Site;
use crate::theme::Query;

pub const PARTS: &[Part] = &[
    Part {
        name: "list",
        doc: "the part of a list that is shown: `items` (cards), `total`, `number`, `pages`, `previous`, `next` (addresses)",
        make: Make::Document(list),
    },
    Part { name: "sections", doc: "sections right below this list: `name`, `url`, `count`", make: Make::Document(sections) },
    Part { name: "years", doc: "years of the archive, newest first: `year`, `url`, `count`", make: Make::Language(years) },
    Part {
        name: "entities",
        doc: "of a list of people, organisations, …: cards in the order of their titles",
        make: Make::Document(entities),
    },
    Part {
        name: "updates",
        doc: "updates and corrections, newest first: `items` (`title`, `url`, `date`, `note`, `kind`, `marking`), `number`, `pages`, `previous`, `next`",
        make: Make::Document(updates),
    },
];

/// The title of a list: that of its page, else its own; those that every site has are called in their language.
pub fn title<'a>(site: &'a Site, list: &'a List) -> &'a str {
    match list.kind.row().title.filter(|_| list.page.is_none()) {
        Some(key) => site.theme.strings(site.language(list.lang)).text(key),
        None => &list.title,
    }
}

/// The same, without a copy where the list has it.
pub fn shared_title(site: &Site, list: &List) -> Arc<str> {
    let title = title(site, list);
    if std::ptr::eq(title, &*list.title) { list.title.clone() } else { Arc::from(title) }
}

fn shown<'a>(scope: &Scope<'a>) -> Option<&'a List> {
    scope.doc.list().map(|list| &scope.site.index.lists[list as usize])
}

/// Which part of a list a document is, and where the parts beside it are; `route` gives the address of each.
pub fn neighbours<'a>(scope: &Scope<'a>, route: impl Fn(usize) -> String) -> Vec<(&'static str, Model<'a>)> {
    let (site, doc) = (scope.site, scope.doc);
    let part = |number: usize| Model::address(site, route(number));
    vec![
        ("number", Model::Number(doc.number as i64)),
        ("pages", Model::Number(doc.pages as i64)),
        ("previous", if doc.number > 1 { part(doc.number - 1) } else { Model::None }),
        ("next", if doc.number < doc.pages { part(doc.number + 1) } else { Model::None }),
    ]
}

fn part_of(scope: &Scope, number: usize) -> String {
    shown(scope).map_or_else(|| scope.doc.route.to_string(), |list| list.part(number).to_string())
}

fn list<'a>(scope: &Scope<'a>) -> Model<'a> {
    let size = scope.site.config.paginate_by;
    let pages = shown(scope).map_or(&[][..], |list| &list.pages);
    let part = pages.iter().skip((scope.doc.number.max(1) - 1) * size).take(size);
    let mut fields = vec![("items", Model::list(part.map(|page| scope.place.card(*page)))), ("total", Model::Number(pages.len() as i64))];
    fields.extend(neighbours(scope, |number| part_of(scope, number)));
    Model::Map(fields)
}

fn sections<'a>(scope: &Scope<'a>) -> Model<'a> {
    let above = match shown(scope).map(|list| &list.kind) {
        Some(ListKind::Home) => "",
        Some(ListKind::Section(folder)) => folder,
        _ => return Model::List(Vec::new()),
    };
    let is_below = |list: &&List| match &list.kind {
        ListKind::Section(folder) => list.lang == scope.doc.lang && folder.rsplit_once('/').map_or("", |(above, _)| above) == above,
        _ => false,
    };
    Model::list(scope.site.index.lists.iter().filter(is_below).map(|list| {
        Model::Map(vec![
            ("name", Model::text(&*list.title)),
            ("url", Model::address(scope.site, &*list.route)),
            ("count", Model::Number(list.pages.len() as i64)),
        ])
    }))
}

fn years<'a>(place: &Place<'a>) -> Model<'a> {
    let mut years: Vec<(i16, &List)> = place.site().index.lists.iter().filter(|list| list.lang == place.lang).filter_map(year).collect();
    years.sort_by_key(|(year, _)| std::cmp::Reverse(*year));
    Model::list(years.into_iter().map(|(year, list)| {
        Model::Map(vec![
            ("year", Model::Number(i64::from(year))),
            ("url", Model::address(place.site(), &*list.route)),
            ("count", Model::Number(list.pages.len() as i64)),
        ])
    }))
}

fn year(list: &List) -> Option<(i16, &List)> {
    match list.kind {
        ListKind::Year(year) => Some((year, list)),
        _ => None,
    }
}

fn entities<'a>(scope: &Scope<'a>) -> Model<'a> {
    let pages = shown(scope).filter(|list| matches!(list.kind, ListKind::Entities(_))).map_or(&[][..], |list| &list.pages);
    Model::list(pages.iter().map(|page| scope.place.card(*page)))
}

/// One entry of `changes`, with the page that it is of.
pub fn change<'a>(site: &'a Site, one: &ChangeOf<'a>) -> Model<'a> {
    let (fact, change) = (site.page(one.page), one.change);
    Model::Map(vec![
        ("title", Model::text(&*fact.title)),
        ("url", Model::address(site, &**fact.route())),
        ("date", Model::text(change.date.date().to_string())),
        ("note", Model::text(&*change.note)),
        ("kind", Model::text(change.kind.name())),
        ("marking", Model::some(fact.page.marking.as_deref())),
    ])
}

fn updates<'a>(scope: &Scope<'a>) -> Model<'a> {
    let site = scope.site;
    let Some(list) = shown(scope).filter(|list| matches!(list.kind.row().holds, Holds::Changes(_))) else {
        return Model::Map(vec![("items", Model::List(Vec::new()))]);
    };
    let size = site.config.paginate_by;
    let part = list.changes(&site.facts).into_iter().skip((scope.doc.number - 1) * size).take(size);
    let items = Model::list(part.map(|one| change(site, &one)));
    let mut fields = vec![("items", items)];
    fields.extend(neighbours(scope, |number| part_of(scope, number)));
    Model::Map(fields)
}

/// The answer to a query of the theme or the site: cards.
pub fn query<'a>(scope: &Scope<'a>, query: &Query) -> Model<'a> {
    let (view, lang, place) = (scope.view, scope.doc.lang, scope.place);
    let index = &scope.site.index;
    let terms = [&query.topic, &query.tag, &query.author, &query.series];
    let mut sets: Vec<&[PageId]> = Vec::new();
    for (taxonomy, spelling) in Taxonomy::all().zip(terms).filter_map(|(taxonomy, term)| Some((taxonomy, term.as_ref()?))) {
        sets.push(index.terms.find(taxonomy, lang, spelling).map_or(&[], |term| &index.terms.all[term as usize].pages));
    }
    if let Some(section) = &query.section {
        let kind = ListKind::Section(section.trim_matches('/').into());
        sets.push(view.list(lang, &kind).map_or(&[], |list| &list.pages));
    }
    if sets.is_empty() {
        sets.push(view.list(lang, &ListKind::Home).map_or(&[], |list| &list.pages));
    }
    sets.sort_by_key(|set| set.len());
    let others: Vec<BTreeSet<PageId>> = sets[1..].iter().map(|set| set.iter().copied().collect()).collect();
    let is_wanted = |page: &&PageId| {
        others.iter().all(|set| set.contains(page)) && query.type_.as_deref().is_none_or(|type_| scope.site.type_of(**page) == type_)
    };
    Model::list(sets[0].iter().filter(is_wanted).take(query.limit).map(|page| place.card(*page)))
}

/// True for documents that show a list's first part.
pub fn is_first(scope: &Scope) -> bool {
    scope.doc.what == What::List && scope.doc.number <= 1
}
