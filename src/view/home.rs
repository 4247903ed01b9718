//! Parts of the front page: what is new on the whole site. Only the pages that are about that should mention them.
//!
//! It must not know topics.

use std::sync::Arc;

use super::fill::{self, Readers};
use super::lists::change;
use super::terms::{by_name, entry};
use super::{Make, Model, Part, Place, View};
use crate::fingerprint::Fingerprint;
use crate::index::{ListKind, PageId};
use crate::page::Taxonomy;
use crate::page::body::BodyTexts;
use crate::site::Site;

pub const PARTS: &[Part] = &[
    Part {
        name: "lead",
        doc: "the newest briefing: `card` (empty if there is none), `key_points` (HTML), `authors` (`name`, `url`)",
        make: Make::Language(lead),
    },
    Part {
        name: "recent_changes",
        doc: "the newest 8 updates and corrections of the site: `title`, `url`, `date`, `note`, `kind`, `marking`",
        make: Make::Language(recent_changes),
    },
    Part {
        name: "all_series",
        doc: "all series by name: `name`, `url`, `count`, `date` (of the newest page)",
        make: Make::Language(all_series),
    },
];

const SHOWN_CHANGES: usize = 8;

fn lead<'a>(place: &Place<'a>) -> Model<'a> {
    let site = place.site();
    let newest = place.view.list(place.lang, &ListKind::Home).and_then(|list| list.pages.first().copied());
    let Some(page) = newest else {
        return Model::Map(vec![("card", Model::None), ("key_points", Model::List(Vec::new())), ("authors", Model::List(Vec::new()))]);
    };
    // The lines themselves are printed, not the body that they come from: an edit of its text leaves the front page as it is.
    let texts = texts(site, page);
    let points = texts.key_points.iter();
    let own = site.href(site.page(page).route());
    let points = points.map(|line| fill::elsewhere(fill::fill(site, page, line, Readers::OfSite(&place.view.broken_links)), &own));
    let points = points.map(|line| Model::Html(line.into()));
    Model::Map(vec![
        ("card", place.card(page)),
        ("key_points", Model::list(points)),
        ("authors", super::terms::links_of_page(place, page, Taxonomy::Authors)),
    ])
}

/// The print of the lines that `lead` shows, in every language: of what is the same in all documents, the only text of a page.
pub fn print(view: &View) -> Fingerprint {
    let site = &*view.site;
    let homes = site.index.lists.iter().filter(|list| list.kind == ListKind::Home);
    let newest = homes.filter_map(|list| list.pages.first().copied());
    Fingerprint::of(&newest.map(|page| texts(site, page).key_points.clone()).collect::<Vec<_>>())
}

/// The text of a page with the lines of what matters most on it, which need not be made where there are none.
fn texts(site: &Site, page: PageId) -> Arc<BodyTexts> {
    let has_points = !site.page(page).front().key_points.is_empty();
    if has_points { site.bodies[page as usize].texts() } else { Arc::default() }
}

fn recent_changes<'a>(place: &Place<'a>) -> Model<'a> {
    let all = place.view.list(place.lang, &ListKind::Updates).map_or_else(Vec::new, |list| list.changes(&place.site().facts));
    Model::list(all.into_iter().take(SHOWN_CHANGES).map(|one| change(place.site(), &one)))
}

fn all_series<'a>(place: &Place<'a>) -> Model<'a> {
    let site = place.site();
    Model::list(by_name(site, Taxonomy::Series, place.lang).into_iter().map(|term| {
        let mut fields = entry(site, term);
        let newest = term.pages.first().and_then(|page| site.page(*page).page.date);
        fields.push(("date", Model::date(newest.map(|date| date.partial()))));
        Model::Map(fields)
    }))
}
