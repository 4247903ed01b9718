//! Parts of a page that tell of others: those that link here, that are related, that are named, that stand beside it in a series.
//!
//! It must not know how the index finds them.

use std::borrow::Cow;
use std::ops::Range;

use super::head::link_or_none;
use super::pages::shown;
use super::{Make, Model, Part, Scope, What, cards};
use crate::addresses::{SHOWN_BACKLINKS, rest_of_links};
use crate::index::{PageId, Related};
use crate::links::Backlink;
use crate::page::body::{CiteMark, gap};
use crate::page::route::Kind;
use crate::page::{Link, LinkTarget};
use crate::site::Site;
use crate::theme::Strings;

pub const PARTS: &[Part] = &[
    Part {
        name: "backlinks",
        doc: "pages that link here: `count`, `more` (address of the rest), `items`: `title`, `url`, `heading`, `date`, `marking`, `sentence`",
        make: Make::Document(backlinks),
    },
    Part {
        name: "linked_from",
        doc: "the rest of the links to a page: `title`, `url` of that page, `items`, `number`, `pages`, `previous`, `next`",
        make: Make::Document(linked_from),
    },
    Part { name: "related", doc: "related pages, best first: `card`, `reason`", make: Make::Document(related) },
    Part {
        name: "named",
        doc: "people, organisations, places and agreements that the text names: `title`, `url`",
        make: Make::Document(named),
    },
    Part {
        name: "mentions",
        doc: "the newest 50 places that name this person, organisation or place, as `backlinks.items`",
        make: Make::Document(mentions),
    },
    Part {
        name: "series_nav",
        doc: "places in series: `name`, `url`, `position`, `total`, `previous`, `next`",
        make: Make::Document(series),
    },
    Part {
        name: "agreements",
        doc: "cards of the agreements that the text of a person, organisation or place names, and of those that name it",
        make: Make::Document(agreements),
    },
];

const SHOWN_MENTIONS: usize = 50;

/// One place in another page: its title, the heading above the place, and the sentence.
fn place<'a>(site: &'a Site, page: PageId, heading: Option<u32>, sentence: impl Into<Cow<'a, str>>) -> Model<'a> {
    let fact = site.page(page);
    let heading = heading.and_then(|heading| fact.headings.get(heading as usize));
    let url = match heading {
        Some(heading) => Model::Anchor(site, fact.route(), &heading.id),
        None => Model::address(site, &**fact.route()),
    };
    Model::Map(vec![
        ("title", Model::text(&*fact.title)),
        ("url", url),
        ("heading", Model::some(heading.map(|heading| &*heading.text))),
        ("date", Model::date(fact.page.date.map(|date| date.partial()))),
        ("marking", Model::some(fact.page.marking.as_deref())),
        ("sentence", Model::text(sentence)),
    ])
}

fn backlink<'a>(site: &'a Site, backlink: &Backlink) -> Model<'a> {
    let link = &site.page(backlink.from).links[backlink.link as usize];
    place(site, backlink.from, link.heading, sentence(site, backlink, link))
}

/// The sentence of a link, with the words of all wikilinks without words that stand in it.
fn sentence<'a>(site: &'a Site, backlink: &Backlink, link: &'a Link) -> Cow<'a, str> {
    if !link.sentence.contains(gap::GAP) {
        return Cow::Borrowed(&link.sentence);
    }
    let (before, after) = site.page(backlink.from).links.split_at(backlink.link as usize);
    let same = |other: &&Link| other.sentence == link.sentence;
    let first = before.len() - before.iter().rev().take_while(same).count();
    let last = before.len() + after.iter().take_while(same).count();
    filled(site, backlink.from, &link.sentence, first..last)
}

/// The sentence of a citation, with the words of all wikilinks without words that stand in it.
pub fn sentence_of_cite<'a>(site: &'a Site, page: PageId, cite: &'a CiteMark) -> Cow<'a, str> {
    if !cite.sentence.contains(gap::GAP) {
        return Cow::Borrowed(&cite.sentence);
    }
    let links = &site.page(page).links;
    let is_of_it = |link: &Link| link.sentence == cite.sentence && link.heading == cite.heading;
    let first = links.iter().position(is_of_it).unwrap_or(links.len());
    let count = links[first..].iter().take_while(|link| is_of_it(link)).count();
    filled(site, page, &cite.sentence, first..first + count)
}

/// A sentence with the words of those of the links `among` that have none of their own.
fn filled<'a>(site: &'a Site, page: PageId, sentence: &'a str, among: Range<usize>) -> Cow<'a, str> {
    let links = &site.page(page).links;
    let is_bare = |at: &usize| matches!(links[*at].target, LinkTarget::Wiki { has_words: false, .. });
    let bare: Vec<usize> = among.filter(is_bare).collect();
    // Of two equal sentences one behind the other nobody knows which links are whose.
    let is_known = bare.len() == sentence.matches(gap::GAP).count();
    gap::fill(sentence, |gap| if is_known { site.words(page, bare[gap] as u32) } else { Some("…") })
}

fn backlinks<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some((page, fact)) = shown(scope).filter(|_| scope.doc.number <= 1) else {
        return Model::Map(vec![("count", Model::Number(0)), ("more", Model::None), ("items", Model::List(Vec::new()))]);
    };
    let site = scope.site;
    let all = &site.links.backlinks[page as usize];
    let more = (all.len() > SHOWN_BACKLINKS).then(|| site.href(&rest_of_links(fact.route(), 1)));
    Model::Map(vec![
        ("count", Model::Number(all.len() as i64)),
        ("more", Model::some(more)),
        ("items", Model::list(all.iter().take(SHOWN_BACKLINKS).map(|one| backlink(site, one)))),
    ])
}

fn linked_from<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some((page, fact)) = shown(scope).filter(|_| scope.doc.what == What::LinkedFrom) else { return Model::Map(Vec::new()) };
    let (site, doc) = (scope.site, scope.doc);
    let size = site.config.paginate_by;
    let rest = site.links.backlinks[page as usize].iter().skip(SHOWN_BACKLINKS + (doc.number - 1) * size).take(size);
    let mut fields = vec![
        ("title", Model::text(&*fact.title)),
        ("url", Model::address(site, &**fact.route())),
        ("items", Model::list(rest.map(|one| backlink(site, one)))),
    ];
    fields.extend(super::lists::neighbours(scope, |number| rest_of_links(fact.route(), number)));
    Model::Map(fields)
}

fn related<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some((page, _)) = shown(scope) else { return Model::List(Vec::new()) };
    let all = &scope.site.index.related[page as usize];
    let fields = |related: &Related| vec![("card", scope.place.card(related.page)), ("reason", scope.place.reason(related))];
    Model::list(all.iter().map(|related| Model::Map(fields(related))))
}

/// `3 topics and 1 tag in common`.
pub fn reason(strings: &Strings, related: &Related) -> String {
    let topics = || strings.counted("topics_counted", i64::from(related.topics));
    let tags = || strings.counted("tags_counted", i64::from(related.tags));
    match (related.topics, related.tags) {
        (0, 0) => String::new(),
        (_, 0) => strings.filled("in_common", &[("shared", &topics())]),
        (0, _) => strings.filled("in_common", &[("shared", &tags())]),
        _ => strings.filled("both_in_common", &[("topics", &topics()), ("tags", &tags())]),
    }
}

/// `2 topics in common · Both cite The Report and 1 more source`; what is said of terms is given.
pub fn reason_with_sources(strings: &Strings, terms: &str, related: &Related, source: &str) -> String {
    let others = i64::from(related.sources) - 1;
    let cited = match others {
        0 => strings.filled("both_cite", &[("source", source)]),
        _ => strings.filled("both_cite_more", &[("source", source), ("others", &strings.counted("more_sources", others))]),
    };
    if terms.is_empty() { cited } else { [terms, " · ", &cited].concat() }
}

fn named<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some((page, _)) = shown(scope) else { return Model::List(Vec::new()) };
    Model::list(scope.site.index.named[page as usize].iter().map(|page| cards::link(scope.site, *page)))
}

fn mentions<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some((page, _)) = shown(scope) else { return Model::List(Vec::new()) };
    let site = scope.site;
    Model::list(site.index.mentions[page as usize].iter().take(SHOWN_MENTIONS).map(|(from, at)| {
        let mention = &site.marks[*from as usize].mentions[*at as usize];
        place(site, *from, mention.heading, &*mention.sentence)
    }))
}

fn series<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some((page, _)) = shown(scope) else { return Model::List(Vec::new()) };
    let site = scope.site;
    Model::list(site.index.series[page as usize].iter().map(|place| {
        let term = &site.index.terms.all[place.term as usize];
        Model::Map(vec![
            ("name", Model::text(&*term.name)),
            ("url", Model::address(site, &*term.route)),
            ("position", Model::Number(i64::from(place.position))),
            ("total", Model::Number(i64::from(place.total))),
            ("previous", link_or_none(site, place.previous)),
            ("next", link_or_none(site, place.next)),
        ])
    }))
}

fn agreements<'a>(scope: &Scope<'a>) -> Model<'a> {
    let (site, index) = (scope.site, &scope.site.index);
    let Some((page, _)) = shown(scope).filter(|(_, fact)| fact.page.kind.is_entity()) else { return Model::List(Vec::new()) };
    let naming = index.mentions[page as usize].iter().map(|(from, _)| *from);
    let both = index.named[page as usize].iter().copied().chain(naming);
    let mut pages: Vec<PageId> = both.filter(|other| *other != page && site.page(*other).page.kind == Kind::Agreement).collect();
    pages.sort_by_key(|other| index.order.rank[*other as usize]);
    pages.dedup();
    Model::list(pages.into_iter().map(|other| scope.place.card(other)))
}
