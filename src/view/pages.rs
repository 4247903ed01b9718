//! Parts of a page: its facts, its text, its state.
//!
//! It must not know lists that are cut into pages.

use super::ends::{Ends, is_own_text};
use super::fill::{self, Readers};
use super::{Make, Model, Part, Scope, What, standing};
use crate::index::PageId;
use crate::index::lists::ChangeOf;
use crate::page::body::{BodyTexts, Heading};
use crate::page::date::PartialDate;
use crate::page::facts::Facts;
use crate::page::front::{Front, Status};
use crate::page::{Fragment, date::Stamp};

pub const PARTS: &[Part] = &[
    Part {
        name: "page",
        doc: "of a page: `title`, `url`, `id`, `type`, `kind`, `status`, `marking` (who may read it, in a word of the site), `summary`, `standfirst` (the summary, if it was written as one and is not the beginning of the text), `date`, `updated`, `as_of`, `minutes`, `owner`, `last_reviewed_on`, `review_due`, `review_overdue` (the first day on which the review is overdue, if it is), `licence`, `doi`, `image`, `weight`, `toc`, `extra`; if there are earlier texts, `versions` (newest first: `title`, `url`, `date`, `number` (from 2, of several of one day), `changes`, the address of the comparison with what came next); dates as `2026-02-03`",
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
        doc: "what a reader must know of a page that does not hold any more, or is shown in a preview: `state` (empty if there is nothing), `date` (since when), `reason`, `newer` (the page that took its place: `title`, `url`, `name`, `date`), `newest` (likewise: the one that holds today, if it is another)",
        make: Make::Document(notice),
    },
    Part {
        name: "changes",
        doc: "entries of `changes`, newest first: `id` (to link to it), `date`, `note`, `kind`",
        make: Make::Document(changes),
    },
    Part {
        name: "older",
        doc: "cards of the pages whose place this one took, itself or by way of others, the newest first (at most 200)",
        make: Make::Document(older),
    },
    Part { name: "names", doc: "other names, as in front matter", make: Make::Document(|scope| texts(scope, |fact| &fact.front().names)) },
    Part {
        name: "same_as",
        doc: "addresses elsewhere, as in front matter",
        make: Make::Document(|scope| texts(scope, |fact| &fact.front().same_as)),
    },
    Part { name: "offices", doc: "offices held: `office`, `of`, `from`, `to`, `source`", make: Make::Document(offices) },
    Part { name: "redirect", doc: "of an old address: `url` and `title` of the new one", make: Make::Document(redirect) },
];

/// The page that a document shows, with its facts.
pub fn shown<'a>(scope: &Scope<'a>) -> Option<(PageId, &'a Facts)> {
    let page = scope.doc.page?;
    Some((page, scope.site.page(page)))
}

fn stamp<'a>(stamp: Option<&Stamp>) -> Model<'a> {
    Model::some(stamp.map(|stamp| stamp.partial().to_string()))
}

fn page<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some((page, fact)) = shown(scope) else { return Model::Map(Vec::new()) };
    let site = scope.site;
    let front = fact.front();
    let review = site.review(page);
    let overdue_since = review.filter(|review| review.is_overdue).and_then(|review| review.due.tomorrow().ok());
    let image = site.links.images[page as usize].as_deref().or(front.image.as_deref());
    let versions = super::versions::of_page(site, page);
    let versions = (!versions.is_empty()).then_some(("versions", Model::List(versions)));
    let mut said = vec![
        ("title", Model::text(&*fact.title)),
        ("url", Model::address(site, &**fact.route())),
        ("id", Model::some(front.id.as_deref())),
        ("type", Model::text(site.type_of(page))),
        ("kind", Model::text(fact.page.kind.name())),
        ("status", Model::text(site.index.status[page as usize].name())),
        ("marking", Model::some(fact.page.marking.as_deref())),
        ("summary", Model::text(site.summary(page))),
        // Another summary is the beginning of the text, and would be read twice.
        ("standfirst", Model::some(front.summary.as_ref().map(|_| site.summary(page)))),
        ("date", Model::date(fact.page.date.map(|date| date.partial()))),
        ("updated", Model::date(fact.page.updated.map(|date| date.partial()))),
        ("as_of", Model::some(as_of(fact).map(|date| date.to_string()))),
        ("minutes", Model::Number(i64::from(fact.minutes))),
        ("owner", Model::some(front.owner.as_deref())),
        ("last_reviewed_on", stamp(front.last_reviewed_on.as_ref())),
        ("review_due", Model::some(review.map(|review| review.due.to_string()))),
        ("review_overdue", Model::some(overdue_since.map(|day| day.to_string()))),
        ("licence", Model::some(front.licence.as_deref())),
        ("doi", Model::some(front.doi.as_deref())),
        ("image", Model::some(image.map(|image| site.prefixed(image)))),
        ("weight", front.weight.map_or(Model::None, Model::Number)),
        ("toc", Model::Bool(front.toc != Some(false))),
        ("extra", Model::Names(front.extra.iter().map(|(name, value)| (name.as_str().into(), Model::Data(value))).collect())),
    ];
    // Most pages have none, and say nothing of them.
    said.extend(versions);
    Model::Map(said)
}

/// The date as of which the statements of a page hold: what it says, else its last significant change, else its date.
pub fn as_of(fact: &Facts) -> Option<PartialDate> {
    let said = fact.front().as_of.map(|stamp| stamp.partial());
    said.or(fact.page.updated.or(fact.page.date).map(|moment| moment.partial()))
}

fn content<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some((page, _)) = shown(scope).filter(|_| is_own_text(scope)) else { return Model::None };
    let site = scope.site;
    let body = &site.bodies[page as usize];
    if !body.has_html {
        return Model::None;
    }
    let (readers, ends) = (Readers::OfSite(&scope.view.broken_links), Ends::of(scope));
    Model::later(Ends::print(ends, fill::print(site, page, readers)), move || {
        let texts = body.texts();
        tera::Value::safe_string(&Ends::cut(ends, &texts, fill::fill(site, page, &texts.html, readers).into()))
    })
}

/// Lines of the front matter as HTML. Their print is that of the whole body, which need not be rendered for it.
fn fragments<'a>(scope: &Scope<'a>, lines: fn(&Front) -> &[String], of: fn(&BodyTexts) -> &[Fragment]) -> Model<'a> {
    let has_lines = |(_, fact): &(PageId, &Facts)| is_own_text(scope) && !lines(fact.front()).is_empty();
    let Some((page, _)) = shown(scope).filter(has_lines) else { return Model::List(Vec::new()) };
    let (site, readers, ends) = (scope.site, Readers::OfSite(&scope.view.broken_links), Ends::of(scope));
    let value = move || {
        let texts = site.bodies[page as usize].texts();
        let line = |line: &Fragment| tera::Value::safe_string(&Ends::cut(ends, &texts, fill::fill(site, page, line, readers).into()));
        tera::Value::from(of(&texts).iter().map(line).collect::<Vec<_>>())
    };
    Model::later(Ends::print(ends, fill::print(site, page, readers)), value)
}

fn toc<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some((_, fact)) = shown(scope) else { return Model::List(Vec::new()) };
    let headings: Vec<&Heading> = fact.headings.iter().filter(|heading| matches!(heading.level, 2 | 3)).collect();
    let first = headings.iter().position(|heading| heading.level == 2).unwrap_or(headings.len());
    let names = |heading: &&'a Heading| vec![("id", Model::text(&*heading.id)), ("text", Model::text(&*heading.text))];
    Model::list(headings.iter().enumerate().map(|(at, heading)| {
        let below = headings[at + 1..].iter().take_while(|below| heading.level == 2 && below.level > 2);
        Model::Map(vec![
            ("id", Model::text(&*heading.id)),
            ("text", Model::text(&*heading.text)),
            ("level", Model::Number(i64::from(heading.level))),
            ("below", Model::list(below.map(|below| Model::Map(names(below))))),
            ("within", Model::Bool(heading.level > 2 && at > first)),
        ])
    }))
}

fn notice<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some((page, fact)) = shown(scope) else { return Model::Map(Vec::new()) };
    let site = scope.site;
    let status = site.index.status[page as usize];
    if status == Status::Published {
        return Model::Map(vec![("state", Model::text(""))]);
    }
    let succession = &site.index.succession;
    let newest = succession.newest[page as usize];
    let newer = succession.next[page as usize].filter(|_| newest.is_some());
    let withdrawn = fact.front().withdrawn.as_ref().filter(|_| status == Status::Withdrawn);
    let date = match status {
        Status::Superseded => newer.and_then(|newer| site.page(newer).page.date).map(|date| date.partial()),
        _ => withdrawn.and_then(|withdrawn| withdrawn.date).map(|date| date.partial()),
    };
    let other = |page: Option<PageId>| page.map_or(Model::None, |page| standing::other(site, page));
    Model::Map(vec![
        ("state", Model::text(status.name())),
        ("date", Model::date(date)),
        ("reason", Model::some(withdrawn.map(|withdrawn| withdrawn.reason.as_str()).filter(|reason| !reason.is_empty()))),
        ("newer", other(newer)),
        ("newest", other(newest.filter(|newest| Some(*newest) != newer))),
    ])
}

fn changes<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some((page, fact)) = shown(scope) else { return Model::List(Vec::new()) };
    Model::list(ChangeOf::all(page, &fact.page.changes).map(|one| {
        let change = one.change;
        Model::Map(vec![
            ("id", Model::text(one.anchor())),
            ("date", Model::text(change.date.date().to_string())),
            ("note", Model::text(&*change.note)),
            ("kind", Model::text(change.kind.name())),
        ])
    }))
}

fn older<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some((page, _)) = shown(scope) else { return Model::List(Vec::new()) };
    let index = &scope.site.index;
    Model::list(index.succession.history(page, &index.order).into_iter().map(|page| scope.place.card(page)))
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

fn redirect<'a>(scope: &Scope<'a>) -> Model<'a> {
    match &scope.doc.what {
        What::Redirect { to, .. } => {
            Model::Map(vec![("url", Model::address(scope.site, &**to)), ("title", Model::text(&*scope.doc.title))])
        }
        _ => Model::Map(Vec::new()),
    }
}
