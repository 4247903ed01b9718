//! Feeds of changes: what they say of an entry of `changes`.
//!
//! It must not know how a feed is written.

use jiff::Timestamp;

use super::{Item, id, title};
use crate::fingerprint::Fingerprint;
use crate::index::List;
use crate::index::lists::ChangeOf;
use crate::page::facts::Moment;
use crate::site::Site;

/// A change, with when it was made.
pub struct Entry<'a> {
    one: ChangeOf<'a>,
    moment: Moment,
    /// The same as feeds have it.
    made: String,
}

/// The changes that the feeds of a list show.
pub fn shown<'a>(site: &'a Site, list: &List) -> Vec<ChangeOf<'a>> {
    let mut all = list.changes(&site.facts);
    all.truncate(site.config.feeds.limit);
    all
}

impl<'a> Entry<'a> {
    /// What is said of a change; `None` when its date names no instant, as no change has that is shown.
    pub fn new(site: &Site, one: ChangeOf<'a>) -> Option<Entry<'a>> {
        let moment = Moment::from_stamp(&one.change.date, &site.config.time_zone).ok()?.timed(&site.config.time_zone);
        Some(Entry { one, moment, made: moment.rfc3339() })
    }

    pub fn at(&self) -> Timestamp {
        self.moment.at
    }

    pub fn made(&self) -> &str {
        &self.made
    }

    /// The id is that of the page with the day of the change, and which it is of that day: no edit of another entry makes another one of it.
    pub fn item<'s>(&'s self, site: &'s Site) -> Item<'s> {
        let ChangeOf { page, change, .. } = self.one;
        let (fact, anchor) = (site.page(page), self.one.anchor());
        let strings = site.theme.strings(site.lang_of(page));
        let kind = format!("change_{}", change.kind.name());
        let of_page = fact.page.date.map_or_else(|| site.absolute(fact.route()).unwrap_or_default(), |date| id(site, page, date));
        Item {
            id: format!("{of_page}#{anchor}").into(),
            title: strings.filled("stated", &[("state", strings.text(&kind)), ("text", &title(site, page))]).into(),
            url: format!("{}#{anchor}", site.absolute(fact.route()).unwrap_or_default()).into(),
            lang: Some(site.lang_of(page)),
            published: &self.made,
            updated: &self.made,
            authors: Vec::new(),
            tags: Vec::new(),
            summary: (&*change.note).into(),
            text: None,
        }
    }

    /// The print of all that is said of it.
    pub fn print(&self, site: &Site) -> Fingerprint {
        let Item { id, title, url, lang, published, summary, .. } = self.item(site);
        Fingerprint::of(&(id, title, url, lang, published, summary))
    }
}
