//! Parts about terms: of a page, of a topic, of a whole vocabulary.
//!
//! It must not know how terms are found.

use super::lists::is_first;
use super::{Make, Model, Part, Place, Scope};
use crate::index::{ListKind, PageId, Term};
use crate::page::Taxonomy;
use crate::site::Site;

pub const PARTS: &[Part] = &[
    Part {
        name: "topics",
        doc: "topics of this page: `name`, `url` (empty if the topic has no page)",
        make: Make::Document(|scope| of_page(scope, Taxonomy::Topics)),
    },
    Part { name: "tags", doc: "tags of this page: `name`, `url`", make: Make::Document(|scope| of_page(scope, Taxonomy::Tags)) },
    Part { name: "authors", doc: "authors of this page: `name`, `url`", make: Make::Document(|scope| of_page(scope, Taxonomy::Authors)) },
    Part { name: "series", doc: "series of this page: `name`, `url`", make: Make::Document(|scope| of_page(scope, Taxonomy::Series)) },
    Part { name: "terms", doc: "of a list of terms: all of them, by name: `name`, `url`, `count`", make: Make::Document(terms) },
    Part {
        name: "topics_tree",
        doc: "the hierarchy of topics: `name`, `url`, `count`, `synonyms`, `related` (`name`, `url`), `children` (the same again)",
        make: Make::Language(topics_tree),
    },
    Part { name: "cloud", doc: "all tags by name: `name`, `url`, `count`, `weight` (1 to 6)", make: Make::Language(cloud) },
    Part { name: "tags_by_count", doc: "all tags, the most used first: as `cloud`", make: Make::Language(tags_by_count) },
    Part { name: "synonyms", doc: "other names of this topic", make: Make::Document(synonyms) },
    Part {
        name: "broader",
        doc: "topics that hold this one: `name`, `url`, `count`",
        make: Make::Document(|scope| around(scope, |term| &term.broader)),
    },
    Part {
        name: "narrower",
        doc: "topics within this one: `name`, `url`, `count`",
        make: Make::Document(|scope| around(scope, |term| &term.narrower)),
    },
    Part {
        name: "related_topics",
        doc: "topics to see also: `name`, `url`, `count`",
        make: Make::Document(|scope| around(scope, |term| &term.related)),
    },
    Part { name: "featured", doc: "cards of what to read first, as the topic's page says", make: Make::Document(featured) },
];

/// The number of pages that a term's own list has.
fn count<'a>(term: &Term) -> Model<'a> {
    Model::Number(term.pages.len() as i64)
}

fn url<'a>(site: &'a Site, term: &Term) -> Model<'a> {
    if term.has_page() { Model::text(site.href(&term.route)) } else { Model::None }
}

/// What a list of terms says of one of them.
pub fn entry<'a>(site: &'a Site, term: &'a Term) -> Vec<(&'static str, Model<'a>)> {
    vec![("name", Model::text(&*term.name)), ("url", url(site, term)), ("count", count(term))]
}

/// Name and address of a term.
pub fn link<'a>(site: &'a Site, term: &'a Term) -> Model<'a> {
    Model::Map(vec![("name", Model::text(&*term.name)), ("url", url(site, term))])
}

/// The topics to see also that have a page.
pub fn related<'a>(site: &'a Site, term: &'a Term) -> Model<'a> {
    let others = term.related.iter().map(|other| &site.index.terms.all[*other as usize]);
    Model::list(others.filter(|other| other.has_page()).map(|other| link(site, other)))
}

fn of_page<'a>(scope: &Scope<'a>, taxonomy: Taxonomy) -> Model<'a> {
    scope.doc.page.map_or_else(|| Model::List(Vec::new()), |page| links_of_page(&scope.place, page, taxonomy))
}

/// The terms that a page names, each with its address.
pub fn links_of_page<'a>(place: &Place<'a>, page: PageId, taxonomy: Taxonomy) -> Model<'a> {
    Model::list(place.site().index.terms.of_page(page, taxonomy).iter().map(|term| place.term(*term)))
}

/// Their names.
pub fn names_of_page(site: &Site, page: PageId, taxonomy: Taxonomy) -> Vec<&str> {
    site.index.terms.named_by(page, taxonomy).map(|term| &*term.name).collect()
}

/// The terms of a vocabulary that have a page, in the order of their names.
pub fn by_name(site: &Site, taxonomy: Taxonomy, lang: u8) -> Vec<&Term> {
    let mut terms: Vec<&Term> = site.index.terms.of(taxonomy, lang).map(|(_, term)| term).filter(|term| term.has_page()).collect();
    terms.sort_by_cached_key(|term| (term.name.to_lowercase(), term.route.clone()));
    terms
}

fn terms<'a>(scope: &Scope<'a>) -> Model<'a> {
    let site = scope.site;
    match scope.doc.list().map(|list| &site.index.lists[list as usize].kind) {
        Some(ListKind::Taxonomy(taxonomy)) => {
            Model::list(by_name(site, *taxonomy, scope.doc.lang).into_iter().map(|term| Model::Map(entry(site, term))))
        }
        _ => Model::List(Vec::new()),
    }
}

fn topics_tree<'a>(place: &Place<'a>) -> Model<'a> {
    let site = place.site();
    let roots = by_name(site, Taxonomy::Topics, place.lang).into_iter().filter(|term| term.broader.is_empty());
    Model::list(roots.map(|term| branch(site, term)))
}

/// A topic with those below it. Hierarchies have no loops: the index leaves out the step that would close one.
fn branch<'a>(site: &'a Site, term: &'a Term) -> Model<'a> {
    let children = term.narrower.iter().map(|below| &site.index.terms.all[*below as usize]).filter(|below| below.has_page());
    let mut fields = entry(site, term);
    fields.push(("synonyms", Model::list(synonyms_of(site, term).map(Model::text))));
    fields.push(("related", related(site, term)));
    fields.push(("children", Model::list(children.map(|below| branch(site, below)))));
    Model::Map(fields)
}

fn cloud<'a>(place: &Place<'a>) -> Model<'a> {
    weighted(place.site(), by_name(place.site(), Taxonomy::Tags, place.lang))
}

fn tags_by_count<'a>(place: &Place<'a>) -> Model<'a> {
    let mut tags = by_name(place.site(), Taxonomy::Tags, place.lang);
    tags.sort_by_key(|term| std::cmp::Reverse(term.pages.len()));
    weighted(place.site(), tags)
}

fn weighted<'a>(site: &'a Site, tags: Vec<&'a Term>) -> Model<'a> {
    let counts = || tags.iter().map(|term| term.pages.len());
    let (least, most) = (counts().min().unwrap_or(0), counts().max().unwrap_or(0));
    Model::list(tags.iter().map(|term| {
        let mut fields = entry(site, term);
        fields.push(("weight", Model::Number(weight(term.pages.len(), least, most))));
        Model::Map(fields)
    }))
}

/// The class of a tag, from 1 to 6, by the logarithm of its count between the least and the most used one.
fn weight(count: usize, least: usize, most: usize) -> i64 {
    let log = |count: usize| (count.max(1) as f64).ln();
    let (low, high) = (log(least), log(most));
    if high <= low {
        return 3;
    }
    1 + ((log(count) - low) / (high - low) * 5.0).round() as i64
}

/// The term whose list a document shows.
pub fn shown<'a>(scope: &Scope<'a>) -> Option<&'a Term> {
    let index = &scope.site.index;
    match index.lists[scope.doc.list()? as usize].kind {
        ListKind::Term(_, term) => Some(&index.terms.all[term as usize]),
        _ => None,
    }
}

fn synonyms<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some(term) = shown(scope).filter(|_| is_first(scope)) else { return Model::List(Vec::new()) };
    Model::list(synonyms_of(scope.site, term).map(Model::text))
}

/// The other names of a term, as its page says them.
pub fn synonyms_of<'a>(site: &'a Site, term: &Term) -> impl Iterator<Item = &'a str> {
    let front = term.page.map(|page| site.page(page).front());
    let words = front
        .into_iter()
        .flat_map(|front| front.names.iter().chain(&front.synonyms).chain(front.aliases.iter().filter(|alias| !alias.starts_with('/'))));
    words.map(String::as_str)
}

fn around<'a>(scope: &Scope<'a>, side: fn(&Term) -> &Vec<u32>) -> Model<'a> {
    let Some(term) = shown(scope).filter(|_| is_first(scope)) else { return Model::List(Vec::new()) };
    let all = &scope.site.index.terms.all;
    Model::list(
        side(term)
            .iter()
            .map(|other| &all[*other as usize])
            .filter(|other| other.has_page())
            .map(|other| Model::Map(entry(scope.site, other))),
    )
}

fn featured<'a>(scope: &Scope<'a>) -> Model<'a> {
    let page: Option<PageId> = shown(scope).filter(|_| is_first(scope)).and_then(|term| term.page);
    let pages = page.map_or(&[][..], |page| &scope.site.index.featured[page as usize]);
    Model::list(pages.iter().map(|page| scope.place.card(*page)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weight_of_a_tag_grows_with_the_logarithm_of_its_count() {
        assert_eq!([1, 10, 100, 1000].map(|count| weight(count, 1, 1000)), [1, 3, 4, 6]);
        assert_eq!(weight(7, 7, 7), 3);
    }
}
