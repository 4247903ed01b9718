//! Cards: what a list shows of a page. Each is made once and shared by all lists.
//!
//! It must not know lists.

use std::sync::OnceLock;

use rayon::prelude::*;
use tera::Value;

use super::{Model, View};
use crate::fingerprint::Fingerprint;
use crate::index::PageId;
use crate::site::Site;

/// What a card says.
pub fn model(site: &Site, page: PageId) -> Model<'_> {
    let fact = site.fact(page);
    let front = fact.front();
    Model::Map(vec![
        ("title", Model::text(&*fact.title)),
        ("url", Model::text(site.href(fact.route()))),
        ("summary", Model::text(&*fact.summary)),
        ("date", Model::some(fact.page.date.map(|date| date.iso()))),
        ("updated", Model::some(fact.page.updated.map(|date| date.iso()))),
        ("type", Model::text(kind_of(site, page))),
        ("status", Model::text(site.index.status[page as usize].name())),
        ("id", Model::some(front.id.as_deref())),
    ])
}

/// The `type` of a briefing; pages with a kind have none.
pub fn kind_of(site: &Site, page: PageId) -> &str {
    let fact = site.fact(page);
    match (&fact.front().type_, fact.page.kind) {
        (Some(type_), _) => type_,
        (None, crate::page::route::Kind::Briefing) => "briefing",
        (None, _) => "",
    }
}

/// The prints of all cards, with room for their values.
pub fn prints(site: &Site) -> Vec<(Fingerprint, OnceLock<Value>)> {
    (0..site.facts.len() as PageId).into_par_iter().map(|page| (model(site, page).print(), OnceLock::new())).collect()
}

/// The shared card of a page.
pub fn card<'a>(view: &'a View<'a>, page: PageId) -> Model<'a> {
    let (print, value) = &view.cards[page as usize];
    Model::Later(*print, Box::new(move || value.get_or_init(|| model(view.site, page).value()).clone()))
}

/// Title and address of a page.
pub fn link(site: &Site, page: PageId) -> Model<'_> {
    let fact = site.fact(page);
    Model::Map(vec![("title", Model::text(&*fact.title)), ("url", Model::text(site.href(fact.route())))])
}
