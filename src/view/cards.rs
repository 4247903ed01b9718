//! Cards: what a list shows of a page. Each is made once and shared by all lists.
//!
//! It must not know lists.

use super::Model;
use crate::index::PageId;
use crate::page::route::Kind;
use crate::site::Site;

/// What a card says.
pub fn model(site: &Site, page: PageId) -> Model<'_> {
    let fact = site.fact(page);
    Model::Map(vec![
        ("title", Model::text(&*fact.title)),
        ("url", Model::text(site.href(fact.route()))),
        ("summary", Model::text(site.summary(page))),
        ("date", Model::some(fact.page.date.map(|date| date.iso()))),
        ("updated", Model::some(fact.page.updated.map(|date| date.iso()))),
        ("type", Model::text(type_of(site, page))),
        ("status", Model::text(site.index.status[page as usize].name())),
        ("id", Model::some(fact.front().id.as_deref())),
        ("lang", Model::text(lang_of(site, page))),
    ])
}

/// The `type` of a briefing; pages with a kind have none unless they say so.
pub fn type_of(site: &Site, page: PageId) -> &str {
    let fact = site.fact(page);
    match (&fact.front().type_, fact.page.kind) {
        (Some(type_), _) => type_,
        (None, Kind::Briefing) => "briefing",
        (None, _) => "",
    }
}

/// The language of a page: its own `lang`, else that of its file.
pub fn lang_of(site: &Site, page: PageId) -> &str {
    let fact = site.fact(page);
    fact.front().lang.as_deref().unwrap_or_else(|| site.language(fact.lang()))
}

/// Title and address of a page.
pub fn link(site: &Site, page: PageId) -> Model<'_> {
    let fact = site.fact(page);
    Model::Map(vec![("title", Model::text(&*fact.title)), ("url", Model::text(site.href(fact.route())))])
}
