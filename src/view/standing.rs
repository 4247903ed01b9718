//! What has become of a page since it was published: the words that its own page, lists, cards, feeds, the search and citations all say.
//!
//! It must not know templates.

use std::hash::{Hash, Hasher};

use super::pages::shown;
use super::work::called;
use super::{Make, Model, Part, Scope};
use crate::fingerprint::Fingerprint;
use crate::index::PageId;
use crate::page::date::PartialDate;
use crate::page::front::{ChangeKind, Status};
use crate::site::Site;
use crate::theme::Strings;

pub const PARTS: &[Part] = &[
    Part {
        name: "states",
        doc: "what has become of the page since it was published, the most important first; empty of one that is plainly current: `name` (`withdrawn`, `superseded`, `archived`, `draft`, `review`, `overdue`, `amended`, `corrected`), `text` (the words for it), `date`, `page` (`title`, `url`, `name`: its number, else its title)",
        make: Make::Document(|scope| {
            shown(scope).map_or_else(|| Model::List(Vec::new()), |(page, _)| models(scope.site, page, scope.place.strings()))
        }),
    },
    Part {
        name: "amendments",
        doc: "pages that change part of others: `by` (those that change part of this one) and `of` (those of which this one changes part), the newest first: `title`, `url`, `name`, `date`; empty if there are none",
        make: Make::Document(amendments),
    },
];

/// One thing that a reader must know of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing<'a> {
    /// The name by which style sheets know it.
    pub name: &'static str,
    /// Since when.
    pub on: Option<PartialDate>,
    /// The page that took its place or changed part of it, and what it is called.
    pub by: Option<(PageId, &'a str)>,
}

/// What has become of a page, the most important first; nothing of one that is plainly current.
pub fn of(site: &Site, page: PageId) -> Vec<Standing<'_>> {
    let (fact, status) = (site.page(page), site.index.status[page as usize]);
    let mut all = Vec::new();
    let day = |date| Some(PartialDate::from(date));
    if status != Status::Published {
        all.push(left(site, page, status));
    } else if let Some(since) = site.review(page).filter(|review| review.is_overdue).and_then(|review| review.due.tomorrow().ok()) {
        all.push(Standing { name: "overdue", on: day(since), by: None });
    }
    // What was changed in a page that others replaced later was changed in it all the same.
    if status != Status::Withdrawn {
        let by = site.index.amendments.of(page).find(|by| site.index.is_listed(*by));
        all.extend(by.map(|by| Standing { name: "amended", on: date(site, by), by: Some((by, called(site.page(by)))) }));
    }
    let corrected = fact.page.changes.iter().find(|change| change.kind == ChangeKind::Correction);
    all.extend(corrected.map(|change| Standing { name: "corrected", on: Some(change.date.partial()), by: None }));
    all
}

/// The state of a page that is not plainly published.
fn left(site: &Site, page: PageId, status: Status) -> Standing<'_> {
    let next = site.index.succession.next[page as usize].filter(|_| status == Status::Superseded);
    let withdrawn = site.page(page).front().withdrawn.as_ref().filter(|_| status == Status::Withdrawn);
    let on = next.map_or_else(|| withdrawn?.date.map(|stamp| stamp.partial()), |next| date(site, next));
    Standing { name: status.name(), on, by: next.map(|next| (next, called(site.page(next)))) }
}

fn date(site: &Site, page: PageId) -> Option<PartialDate> {
    site.page(page).page.date.map(|date| date.partial())
}

/// Of all that its words say: the place of a page is in no key.
impl Hash for Standing<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.name, self.on, self.by.map(|(_, called)| called)).hash(state);
    }
}

impl Standing<'_> {
    /// It in words, without a stop: `Superseded by PB-2026-004 (3 February 2026)`.
    pub fn text(&self, strings: &Strings) -> String {
        let on = self.on.map(|day| strings.date(&day.to_string()));
        let filled = |key: &str, work: &str| match &on {
            Some(on) => strings.filled(&format!("{key}_on"), &[("work", work), ("date", on)]),
            None => strings.filled(key, &[("work", work)]),
        };
        match (self.name, self.by, &on) {
            ("superseded", Some((_, work)), _) => filled("superseded_by", work),
            ("amended", Some((_, work)), _) => filled("amended_by", work),
            ("overdue", _, Some(on)) => strings.filled("review_overdue", &[("date", on)]),
            ("corrected", _, Some(on)) => strings.filled("corrected_on", &[("date", on)]),
            ("withdrawn", _, Some(on)) => strings.filled("withdrawn_on", &[("date", on)]),
            (name, ..) => strings.text(&format!("status_{name}")).to_string(),
        }
    }
}

/// The texts of what has become of a page.
pub fn texts(site: &Site, page: PageId, strings: &Strings) -> Vec<String> {
    of(site, page).iter().map(|standing| standing.text(strings)).collect()
}

/// The same for templates. The strings are in the key of every document.
pub fn models<'a>(site: &'a Site, page: PageId, strings: &'a Strings) -> Model<'a> {
    let all = of(site, page);
    if all.is_empty() {
        return Model::List(Vec::new());
    }
    let said = |standing: &Standing| (standing.name, standing.on, standing.by.map(|(by, _)| other(site, by).print()));
    let print = Fingerprint::of(&all.iter().map(said).collect::<Vec<_>>());
    Model::later(print, move || {
        let model = |standing: &Standing| {
            Model::Map(vec![
                ("name", Model::text(standing.name)),
                ("text", Model::text(standing.text(strings))),
                ("date", Model::date(standing.on)),
                ("page", standing.by.map_or(Model::None, |(by, _)| other(site, by))),
            ])
            .value()
        };
        tera::Value::from(all.iter().map(model).collect::<Vec<_>>())
    })
}

/// Another page, as a state names it.
pub fn other(site: &Site, page: PageId) -> Model<'_> {
    let fact = site.page(page);
    Model::Map(vec![
        ("title", Model::text(&*fact.title)),
        ("url", Model::address(site, &**fact.route())),
        ("name", Model::text(called(fact))),
        ("date", Model::date(date(site, page))),
    ])
}

fn amendments<'a>(scope: &Scope<'a>) -> Model<'a> {
    let (site, amendments) = (scope.site, &scope.site.index.amendments);
    let Some((page, _)) = shown(scope).filter(|(page, _)| amendments.names(*page)) else { return Model::Map(Vec::new()) };
    let listed = |pages: &mut dyn Iterator<Item = PageId>| {
        Model::List(pages.filter(|page| site.index.is_listed(*page)).map(|page| other(site, page)).collect())
    };
    // What a page changed it changed, whatever became of the other later.
    let changed = Model::List(amendments.by(page).map(|page| other(site, page)).collect());
    Model::Map(vec![("by", listed(&mut amendments.of(page))), ("of", changed)])
}

#[cfg(test)]
mod tests;
