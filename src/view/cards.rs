//! Cards: what a list shows of a page. Each is made once and shared by all lists.
//!
//! It must not know lists.

use super::{Model, standing};
use crate::fingerprint::Fingerprint;
use crate::index::PageId;
use crate::site::Site;
use crate::theme::Strings;

/// The print of what a card says, in whatever language.
pub fn print(site: &Site, page: PageId) -> Fingerprint {
    model(site, page, site.theme.strings(site.lang_of(page))).print()
}

/// What a card says.
pub fn model<'a>(site: &'a Site, page: PageId, strings: &'a Strings) -> Model<'a> {
    let fact = site.page(page);
    Model::Map(vec![
        ("title", Model::text(&*fact.title)),
        ("url", Model::address(site, &**fact.route())),
        ("summary", Model::text(site.summary(page))),
        ("date", Model::date(fact.page.date.map(|date| date.partial()))),
        ("updated", Model::date(fact.page.updated.map(|date| date.partial()))),
        ("type", Model::text(site.type_of(page))),
        ("status", Model::text(site.index.status[page as usize].name())),
        ("marking", Model::some(fact.page.marking.as_deref())),
        ("states", standing::models(site, page, strings)),
        ("id", Model::some(fact.front().id.as_deref())),
        ("lang", Model::text(site.lang_of(page))),
    ])
}

/// Title and address of a page.
pub fn link(site: &Site, page: PageId) -> Model<'_> {
    let fact = site.page(page);
    Model::Map(vec![("title", Model::text(&*fact.title)), ("url", Model::address(site, &**fact.route()))])
}
