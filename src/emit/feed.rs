//! Feeds: Atom (RFC 4287) and JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>) of the site and of every section, topic, author and series; and of
//! updates and corrections, where an entry is a change and not a page.
//!
//! It must not know which lists have a feed; the index says it. A feed's `updated` is the latest of its entries', never the time of the build.

mod changes;
mod json;

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use super::xml::Xml;
use super::{Emit, Emitter, Error, Job, Origin, Output};
use crate::addresses::{Address, Maker};
use crate::fingerprint::Fingerprint;
use crate::index::lists::{Feeds, Form};
use crate::index::{List, ListKind, PageId};
use crate::page::Taxonomy;
use crate::page::facts::Moment;
use crate::page::front::ChangeKind;
use crate::site::Site;
use crate::url::encode;
use crate::view::fill::{self, Readers};
use crate::view::work::sentence;
use crate::view::{View, lists, standing};

pub const EMITTER: Emitter = Emitter {
    name: "feed",
    doc: "`feed.xml` (Atom) and `feed.json` of the site, sections, topics, authors, series, updates and corrections",
    plan,
};

/// What a feed says, ready to be written in either form.
struct Feed<'a> {
    title: String,
    /// The list's own page.
    home: String,
    /// The feed's own address.
    own: String,
    lang: &'a str,
    description: &'a str,
    author: &'a str,
    licence: Option<&'a str>,
    updated: String,
    entries: Vec<Of<'a>>,
}

/// What an entry of a feed is of.
enum Of<'a> {
    Page(&'a Entry),
    Change(changes::Entry<'a>),
}

/// What a feed says of one entry, ready to be written in either form.
struct Item<'a> {
    id: Cow<'a, str>,
    title: Cow<'a, str>,
    url: Cow<'a, str>,
    /// The language of the page, if it is another one than the feed's.
    lang: Option<&'a str>,
    published: &'a str,
    updated: &'a str,
    authors: Vec<&'a str>,
    tags: Vec<&'a str>,
    summary: Cow<'a, str>,
    /// The text, if feeds carry it.
    text: Option<String>,
}

/// What all feeds say of a page.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    page: PageId,
    id: String,
    url: String,
    published: String,
    updated: String,
    /// What has become of the page, in sentences; empty of one that is plainly current.
    state: String,
    /// The instant of `updated`.
    at: Timestamp,
    /// Of all that a feed shows of the page but its summary and its text.
    print: Fingerprint,
}

/// The entries of pages that are in a feed, by page.
type Entries = Vec<Option<Box<Entry>>>;

fn plan(view: &View, all: &mut Vec<Output>) {
    let site = &*view.site;
    let feeds = |address: &Address| match address.maker {
        Maker::Feed { list, form } => Some((address.file(), list, form)),
        _ => None,
    };
    let feeds: Vec<(String, u32, Form)> = site.addresses.par_written().filter_map(feeds).collect();
    let mut is_shown = vec![false; site.facts.len()];
    for list in feeds.iter().map(|(_, list, _)| &site.index.lists[*list as usize]).filter(|list| !is_of_changes(list)) {
        shown(site, list).for_each(|page| is_shown[page as usize] = true);
    }
    let entry = |(page, is_shown): (usize, bool)| is_shown.then(|| entry(site, page as PageId)).flatten().map(Box::new);
    let entries: Arc<Entries> = Arc::new(is_shown.into_par_iter().enumerate().map(entry).collect());
    all.extend(feeds.into_iter().map(|(file, list, form)| Output::new(file, FeedFile { list, form, entries: entries.clone() })));
}

/// A feed of a list, by its place in `index.lists`.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedFile {
    list: u32,
    form: Form,
    /// Which all feeds share.
    entries: Arc<Entries>,
}

impl Emit for FeedFile {
    fn emitter(&self) -> &'static Emitter {
        &EMITTER
    }

    fn key(&self, view: &View) -> Fingerprint {
        let feed = self.feed(&view.site);
        // An entry is as old as the plan, and stays when a text is edited.
        let prints: Vec<Fingerprint> = feed.entries.iter().map(|entry| entry.print(&view.site)).collect();
        Fingerprint::of(&(feed.title, feed.home, feed.own, feed.lang, feed.description, feed.author, feed.licence, prints))
    }

    fn print(&self, path: &str, view: &View) -> Option<Fingerprint> {
        (!view.site.config.feeds.full_text).then(|| view.print(path, None))
    }

    fn render(&self, job: &Job, writer: &mut dyn Write) -> Result<(), Error> {
        let site = &*job.view.site;
        let feed = self.feed(site);
        let written = match self.form {
            Form::Atom => atom(site, &feed, writer),
            Form::Json => json::json_feed(site, &feed, writer),
        };
        Ok(written?)
    }

    fn origin<'a>(&'a self, view: &'a View) -> Origin<'a> {
        let (site, list) = (&*view.site, &view.site.index.lists[self.list as usize]);
        match is_of_changes(list) {
            true => Origin::showing(changes::shown(site, list).into_iter().map(|one| one.page)),
            false => Origin::showing(shown(site, list)),
        }
    }
}

/// Whether the feeds of a list are of the changes that it holds.
fn is_of_changes(list: &List) -> bool {
    list.kind.row().feeds == Feeds::OfChanges
}

/// The pages that the feed of a list shows.
fn shown<'a>(site: &'a Site, list: &'a List) -> impl Iterator<Item = PageId> + 'a {
    list.pages.iter().copied().filter(|page| site.page(*page).page.date.is_some()).take(site.config.feeds.limit)
}

impl FeedFile {
    fn feed<'a>(&'a self, site: &'a Site) -> Feed<'a> {
        let config = &site.config;
        let list = &site.index.lists[self.list as usize];
        let whole = |route: &str| site.absolute(route).unwrap_or_default();
        let entries: Vec<Of> = match is_of_changes(list) {
            true => changes::shown(site, list).into_iter().filter_map(|one| changes::Entry::new(site, one)).map(Of::Change).collect(),
            false => shown(site, list).filter_map(|page| self.entries[page as usize].as_deref()).map(Of::Page).collect(),
        };
        // Without entries there is no latest one; the beginning of Unix time says "never".
        let updated = entries.iter().max_by_key(|entry| entry.at()).map_or_else(|| "1970-01-01T00:00:00Z".to_string(), Of::updated);
        let title = match list.kind {
            ListKind::Home => config.title.clone(),
            _ if config.title.is_empty() => lists::title(site, list).to_string(),
            _ => format!("{} – {}", lists::title(site, list), config.title),
        };
        Feed {
            title,
            home: whole(&list.route),
            own: whole(&list.feed(self.form)),
            lang: site.language(list.lang),
            description: &config.description,
            author: config.publisher.as_deref().unwrap_or(&config.title),
            licence: config.licence.as_deref(),
            updated,
            entries,
        }
    }
}

/// What feeds say of a page; `None` if it has no date.
fn entry(site: &Site, page: PageId) -> Option<Entry> {
    let fact = site.page(page);
    let date = fact.page.date?;
    let timed = |moment: Moment| moment.timed(&site.config.time_zone);
    let published = timed(date);
    // A page may have been changed in the morning of its day, which is noon here.
    let corrected = corrected(site, page);
    let later = fact.page.updated.into_iter().chain(corrected).map(timed).max_by_key(|moment| moment.at);
    let updated = later.filter(|later| later.at > published.at).unwrap_or(published);
    let states = standing::texts(site, page, site.theme.strings(site.lang_of(page)));
    let state = states.iter().map(|state| sentence(state)).collect::<Vec<_>>().join(" ");
    let id = id(site, page, date);
    let url = site.absolute(fact.route()).unwrap_or_default();
    let (published, at, updated) = (published.rfc3339(), updated.at, updated.rfc3339());
    let said = (&id, &url, site.lang_of(page), &fact.title, &fact.page.marking, &published, &updated, &state);
    let names = |taxonomy| names(site, page, taxonomy).collect::<Vec<_>>();
    let print = Fingerprint::of(&(said, names(Taxonomy::Authors), names(Taxonomy::Topics)));
    Some(Entry { page, id, url, published, updated, at, state, print })
}

/// When the page was corrected last: readers of feeds have perhaps read what was wrong.
fn corrected(site: &Site, page: PageId) -> Option<Moment> {
    let correction = site.page(page).page.changes.iter().find(|change| change.kind == ChangeKind::Correction)?;
    Moment::from_stamp(&correction.date, &site.config.time_zone).ok()
}

/// What a page is called in a feed: readers of feeds see nothing else of it, so its marking is there too.
fn title(site: &Site, page: PageId) -> Cow<'_, str> {
    let fact = site.page(page);
    match &fact.page.marking {
        Some(marking) => format!("{} [{marking}]", fact.title).into(),
        None => (&*fact.title).into(),
    }
}

/// The names of a page's authors or topics.
fn names(site: &Site, page: PageId, taxonomy: Taxonomy) -> impl Iterator<Item = &str> {
    site.index.terms.named_by(page, taxonomy).map(|term| &*term.name)
}

/// A `tag:` URI (RFC 4151) if the page has a number; else its first address, so that a move does not make it new.
fn id(site: &Site, page: PageId, date: Moment) -> String {
    let fact = site.page(page);
    if let (Some(id), Some(base)) = (&fact.front().id, &site.config.base_url) {
        return format!("tag:{},{}:{}", base.host, date.date().year(), encode(id));
    }
    site.absolute(site.addresses.oldest(page, fact).unwrap_or(fact.route())).unwrap_or_default()
}

impl<'a> Of<'a> {
    fn at(&self) -> Timestamp {
        match self {
            Of::Page(entry) => entry.at,
            Of::Change(entry) => entry.at(),
        }
    }

    fn updated(&self) -> String {
        match self {
            Of::Page(entry) => entry.updated.clone(),
            Of::Change(entry) => entry.made().to_string(),
        }
    }

    /// The print of all that is said of it.
    fn print(&self, site: &Site) -> Fingerprint {
        match self {
            Of::Page(entry) => Fingerprint::of(&(entry.print, site.summary(entry.page), entry.print_of_text(site))),
            Of::Change(entry) => entry.print(site),
        }
    }

    fn item(&'a self, site: &'a Site, feed: &Feed) -> Item<'a> {
        let item = match self {
            Of::Page(entry) => entry.item(site),
            Of::Change(entry) => entry.item(site),
        };
        Item { lang: item.lang.filter(|own| *own != feed.lang), ..item }
    }
}

impl Entry {
    fn item<'a>(&'a self, site: &'a Site) -> Item<'a> {
        let page = self.page;
        Item {
            id: (&*self.id).into(),
            title: title(site, page),
            url: (&*self.url).into(),
            lang: Some(site.lang_of(page)),
            published: &self.published,
            updated: &self.updated,
            authors: names(site, page, Taxonomy::Authors).collect(),
            tags: names(site, page, Taxonomy::Topics).collect(),
            summary: self.summary(site),
            text: self.text(site),
        }
    }

    /// The print of the text, if feeds carry it.
    fn print_of_text(&self, site: &Site) -> Option<Fingerprint> {
        site.config.feeds.full_text.then(|| fill::print(site, self.page, Readers::OfFeeds))
    }

    /// The text, if feeds carry it. What has become of the page stands at its head, for readers of feeds see no page around it.
    fn text(&self, site: &Site) -> Option<String> {
        let text = || fill::fill(site, self.page, &site.bodies[self.page as usize].texts().html, Readers::OfFeeds);
        let mut whole = String::new();
        if !self.state.is_empty() {
            whole.push_str("<p><strong>");
            fill::escape(&self.state, &mut whole);
            whole.push_str("</strong></p>\n");
        }
        site.config.feeds.full_text.then(|| whole + &text())
    }

    /// The summary, behind what has become of the page.
    fn summary<'a>(&'a self, site: &'a Site) -> Cow<'a, str> {
        let summary = site.summary(self.page);
        match (&*self.state, &*summary) {
            ("", _) => summary,
            (state, "") => state.into(),
            (state, summary) => format!("{state} {summary}").into(),
        }
    }
}

fn atom(site: &Site, feed: &Feed, out: &mut dyn Write) -> io::Result<()> {
    Xml::document(out, "feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", feed.lang)], |xml| {
        xml.text("id", &[], &feed.own)?;
        xml.text("title", &[], &feed.title)?;
        if !feed.description.is_empty() {
            xml.text("subtitle", &[], feed.description)?;
        }
        // Some readers take the first link for the address of the site, whatever its relation.
        link(xml, "alternate", "text/html", &feed.home)?;
        link(xml, "self", "application/atom+xml", &feed.own)?;
        xml.text("updated", &[], &feed.updated)?;
        person(xml, feed.author)?;
        if let Some(licence) = feed.licence {
            xml.text("rights", &[], licence)?;
        }
        xml.text("generator", &[("uri", "https://crates.io/crates/chancery")], "Chancery")?;
        feed.entries.iter().try_for_each(|entry| atom_entry(xml, site, feed, entry))
    })
}

fn atom_entry(xml: &mut Xml, site: &Site, feed: &Feed, entry: &Of) -> io::Result<()> {
    let item = entry.item(site, feed);
    let lang = item.lang.map(|lang| ("xml:lang", lang));
    xml.holder("entry", lang.as_slice(), |xml| {
        xml.text("id", &[], &item.id)?;
        xml.text("title", &[], &item.title)?;
        link(xml, "alternate", "text/html", &item.url)?;
        xml.text("published", &[], item.published)?;
        xml.text("updated", &[], item.updated)?;
        item.authors.iter().try_for_each(|author| person(xml, author))?;
        item.tags.iter().try_for_each(|tag| xml.empty("category", &[("term", tag)]))?;
        if !item.summary.is_empty() {
            xml.text("summary", &[], &item.summary)?;
        }
        item.text.as_ref().map_or(Ok(()), |text| xml.text("content", &[("type", "html")], text))
    })
}

fn link(xml: &mut Xml, rel: &str, kind: &str, href: &str) -> io::Result<()> {
    xml.empty("link", &[("rel", rel), ("type", kind), ("href", href)])
}

fn person(xml: &mut Xml, name: &str) -> io::Result<()> {
    xml.holder("author", &[], |xml| xml.text("name", &[], name))
}
