//! Parts of a page: its facts, its text, its relations to other pages.
//!
//! It must not know lists that are cut into pages.

use std::borrow::Cow;

use jiff::civil::Date;

use super::fill::{self, Readers};
use super::head::link_or_none;
use super::{Fields, Make, Model, Part, Scope, What, cards};
use crate::addresses::{SHOWN_BACKLINKS, rest_of_links};
use crate::index::{PageId, Related};
use crate::links::Backlink;
use crate::page::body::{BodyTexts, Heading, gap};
use crate::page::facts::Facts;
use crate::page::front::{Front, Status};
use crate::page::route::Kind;
use crate::page::{Fragment, Link, LinkTarget, date::Stamp};
use crate::site::Site;
use crate::theme::Strings;

pub const PARTS: &[Part] = &[
    Part {
        name: "page",
        doc: "of a page: `title`, `url`, `id`, `type`, `kind`, `status`, `summary`, `standfirst` (the summary, if it was written as one and is not the beginning of the text), `date`, `updated`, `as_of`, `minutes`, `owner`, `last_reviewed_on`, `review_due`, `licence`, `doi`, `image`, `weight`, `toc`, `extra`; dates as `2026-02-03`",
        make: Make::Document(page),
    },
    Part { name: "content", doc: "the text of the page as HTML; on the first part of a list only", make: Make::Document(content) },
    Part {
        name: "key_points",
        doc: "the lines of `key_points` as HTML",
        make: Make::Document(|scope| fragments(scope, |front| &front.key_points, |texts| &texts.key_points)),
    },
    Part {
        name: "recommendations",
        doc: "the lines of `recommendations` as HTML",
        make: Make::Document(|scope| fragments(scope, |front| &front.recommendations, |texts| &texts.recommendations)),
    },
    Part {
        name: "toc",
        doc: "the headings of level 2 and 3: `level`, `id`, `text`, `below` (of level 2: those of level 3 below it: `id`, `text`), `within` (true of those)",
        make: Make::Document(toc),
    },
    Part {
        name: "notice",
        doc: "what a reader must know of the state of the page: `state` (empty if there is nothing), `date`, `reason`, `newer` (`title`, `url`)",
        make: Make::Document(notice),
    },
    Part { name: "changes", doc: "entries of `changes`, newest first: `date`, `note`, `kind`", make: Make::Document(changes) },
    Part { name: "older", doc: "cards of the pages whose place this one took", make: Make::Document(older) },
    Part {
        name: "backlinks",
        doc: "pages that link here: `count`, `more` (address of the rest), `items`: `title`, `url`, `heading`, `date`, `sentence`",
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
    Part { name: "names", doc: "other names, as in front matter", make: Make::Document(|scope| texts(scope, |fact| &fact.front().names)) },
    Part {
        name: "same_as",
        doc: "addresses elsewhere, as in front matter",
        make: Make::Document(|scope| texts(scope, |fact| &fact.front().same_as)),
    },
    Part { name: "offices", doc: "offices held: `office`, `of`, `from`, `to`, `source`", make: Make::Document(offices) },
    Part {
        name: "agreements",
        doc: "cards of the agreements that the text of a person, organisation or place names, and of those that name it",
        make: Make::Document(agreements),
    },
    Part { name: "redirect", doc: "of an old address: `url` and `title` of the new one", make: Make::Document(redirect) },
];
const SHOWN_MENTIONS: usize = 50;

/// The page that a document shows, with its facts.
pub fn shown<'a>(scope: &Scope<'a>) -> Option<(PageId, &'a Facts)> {
    let page = scope.doc.page?;
    Some((page, scope.site.page(page)))
}

fn stamp<'a>(stamp: Option<&Stamp>) -> Model<'a> {
    Model::some(stamp.map(|stamp| stamp.date().to_string()))
}

fn page<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some((page, fact)) = shown(scope) else { return Model::Map(Vec::new()) };
    let site = scope.site;
    let front = fact.front();
    let image = site.links.images[page as usize].as_deref().or(front.image.as_deref());
    Fields::of_part(scope)
        .with("title", || Model::text(&*fact.title))
        .with("url", || Model::address(site, &**fact.route()))
        .with("id", || Model::some(front.id.as_deref()))
        .with("type", || Model::text(site.type_of(page)))
        .with("kind", || Model::text(fact.page.kind.name()))
        .with("status", || Model::text(site.index.status[page as usize].name()))
        .with("summary", || Model::text(site.summary(page)))
        // Another summary is the beginning of the text, and would be read twice.
        .with("standfirst", || Model::some(front.summary.as_deref()))
        .with("date", || Model::date(fact.page.date.map(|date| date.date())))
        .with("updated", || Model::date(fact.page.updated.map(|date| date.date())))
        .with("as_of", || Model::some(as_of(fact).map(|date| date.to_string())))
        .with("minutes", || Model::Number(i64::from(fact.minutes)))
        .with("owner", || Model::some(front.owner.as_deref()))
        .with("last_reviewed_on", || stamp(front.last_reviewed_on.as_ref()))
        .with("review_due", || Model::some(review_due(fact, site.index.status[page as usize]).map(|date| date.to_string())))
        .with("licence", || Model::some(front.licence.as_deref()))
        .with("doi", || Model::some(front.doi.as_deref()))
        .with("image", || Model::some(image.map(|image| site.prefixed(image))))
        .with("weight", || front.weight.map_or(Model::None, Model::Number))
        .with("toc", || Model::Bool(front.toc != Some(false)))
        .with("extra", || Model::Names(front.extra.iter().map(|(name, value)| (name.as_str().into(), Model::Data(value))).collect()))
        .map()
}

/// The date as of which the statements of a page hold: what it says, else its last significant change, else its date.
pub fn as_of(fact: &Facts) -> Option<Date> {
    let said = fact.front().as_of.map(|stamp| stamp.date());
    said.or(fact.page.updated.or(fact.page.date).map(|moment| moment.date()))
}

/// When a page must be looked at again: `review_in` (such as `6 months`) after `last_reviewed_on`, else after its date. Nobody reviews what does not
/// hold any more.
fn review_due(fact: &Facts, status: Status) -> Option<Date> {
    if matches!(status, Status::Archived | Status::Superseded | Status::Withdrawn) {
        return None;
    }
    let front = fact.front();
    let from = front.last_reviewed_on.map(|stamp| stamp.date()).or(fact.page.date.map(|date| date.date()))?;
    let span: jiff::Span = front.review_in.as_deref()?.parse().ok()?;
    from.checked_add(span).ok()
}

fn content<'a>(scope: &Scope<'a>) -> Model<'a> {
    match shown(scope) {
        Some((page, _)) if scope.doc.number <= 1 && matches!(scope.doc.what, What::Page | What::List) => {
            let site = scope.site;
            let body = &site.bodies[page as usize];
            if !body.has_html {
                return Model::None;
            }
            let readers = Readers::OfSite(&scope.view.broken_links);
            Model::later(fill::print(site, page, readers), move || {
                tera::Value::safe_string(&fill::fill(site, page, &body.texts().html, readers))
            })
        }
        _ => Model::None,
    }
}

/// Lines of the front matter as HTML. Their print is that of the whole body, which need not be rendered for it.
fn fragments<'a>(scope: &Scope<'a>, lines: fn(&Front) -> &[String], of: fn(&BodyTexts) -> &[Fragment]) -> Model<'a> {
    let Some((page, _)) = shown(scope).filter(|(_, fact)| !lines(fact.front()).is_empty()) else { return Model::List(Vec::new()) };
    let (site, readers) = (scope.site, Readers::OfSite(&scope.view.broken_links));
    let fill = move |fragment: &Fragment| tera::Value::safe_string(&fill::fill(site, page, fragment, readers));
    let value = move || tera::Value::from(of(&site.bodies[page as usize].texts()).iter().map(fill).collect::<Vec<_>>());
    Model::later(fill::print(site, page, readers), value)
}

fn toc<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some((_, fact)) = shown(scope) else { return Model::List(Vec::new()) };
    let headings: Vec<&Heading> = fact.headings.iter().filter(|heading| matches!(heading.level, 2 | 3)).collect();
    let first = headings.iter().position(|heading| heading.level == 2).unwrap_or(headings.len());
    let names = |heading: &&'a Heading| vec![("id", Model::text(&*heading.id)), ("text", Model::text(&*heading.text))];
    Model::list(headings.iter().enumerate().map(|(at, heading)| {
        let below = headings[at + 1..].iter().take_while(|below| heading.level == 2 && below.level > 2);
        Fields::of_item(scope)
            .with("id", || Model::text(&*heading.id))
            .with("text", || Model::text(&*heading.text))
            .with("level", || Model::Number(i64::from(heading.level)))
            .with("below", || Model::list(below.map(|below| Model::Map(names(below)))))
            .with("within", || Model::Bool(heading.level > 2 && at > first))
            .map()
    }))
}

fn notice<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some((page, fact)) = shown(scope) else { return Model::Map(Vec::new()) };
    let site = scope.site;
    let status = site.index.status[page as usize];
    let newer = site.index.newer[page as usize];
    let withdrawn = fact.front().withdrawn.as_ref().filter(|_| status == Status::Withdrawn);
    let date = match status {
        Status::Superseded => newer.and_then(|newer| site.page(newer).page.date).map(|date| date.iso()),
        _ => withdrawn.and_then(|withdrawn| withdrawn.date).map(|date| date.date().to_string()),
    };
    Model::Map(vec![
        ("state", Model::text(if status == Status::Published { "" } else { status.name() })),
        ("date", Model::some(date)),
        ("reason", Model::some(withdrawn.map(|withdrawn| withdrawn.reason.as_str()).filter(|reason| !reason.is_empty()))),
        ("newer", link_or_none(site, newer)),
    ])
}

fn changes<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some((_, fact)) = shown(scope) else { return Model::List(Vec::new()) };
    Model::list(fact.page.changes.iter().map(|change| {
        Model::Map(vec![
            ("date", Model::text(change.date.date().to_string())),
            ("note", Model::text(&*change.note)),
            ("kind", Model::text(change.kind.name())),
        ])
    }))
}

fn older<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some((page, _)) = shown(scope) else { return Model::List(Vec::new()) };
    Model::list(scope.site.index.older[page as usize].iter().map(|page| scope.place.card(*page)))
}

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
        ("date", Model::date(fact.page.date.map(|date| date.date()))),
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
    let links = &site.page(backlink.from).links;
    let (before, after) = links.split_at(backlink.link as usize);
    let same = |other: &&Link| other.sentence == link.sentence;
    let first = before.len() - before.iter().rev().take_while(same).count();
    let last = before.len() + after.iter().take_while(same).count();
    let is_bare = |at: &usize| matches!(links[*at].target, LinkTarget::Wiki { has_words: false, .. });
    let bare: Vec<usize> = (first..last).filter(is_bare).collect();
    // Of two equal sentences one behind the other nobody knows which links are whose.
    let is_known = bare.len() == link.sentence.matches(gap::GAP).count();
    gap::fill(&link.sentence, |gap| if is_known { site.words(backlink.from, bare[gap] as u32) } else { Some("…") })
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

fn texts<'a>(scope: &Scope<'a>, of: fn(&Facts) -> &Vec<String>) -> Model<'a> {
    let Some((_, fact)) = shown(scope) else { return Model::List(Vec::new()) };
    Model::list(of(fact).iter().map(|text| Model::text(text.as_str())))
}

fn offices<'a>(scope: &Scope<'a>) -> Model<'a> {
    shown(scope).map_or_else(|| Model::List(Vec::new()), |(_, fact)| offices_of(fact))
}

/// The offices that a person holds or held.
pub fn offices_of(fact: &Facts) -> Model<'_> {
    Model::list(fact.front().offices.iter().map(|held| {
        Model::Map(vec![
            ("office", Model::text(held.office.as_str())),
            ("of", Model::some(held.of.as_deref())),
            ("from", Model::some(held.from.as_deref())),
            ("to", Model::some(held.to.as_deref())),
            ("source", Model::some(held.source.as_deref())),
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

fn redirect<'a>(scope: &Scope<'a>) -> Model<'a> {
    match &scope.doc.what {
        What::Redirect(to) => Model::Map(vec![("url", Model::address(scope.site, &**to)), ("title", Model::text(&*scope.doc.title))]),
        _ => Model::Map(Vec::new()),
    }
}
