//! Feeds: Atom (RFC 4287) and JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>) of the site and of every section, topic, author and series.
//!
//! It must not know which lists have a feed; the index says it. A feed's `updated` is the latest of its entries', never the time of the build.

use std::borrow::Cow;
use std::io::{self, Write};

use jiff::Timestamp;
use rayon::prelude::*;
use serde_json::{Value, json};

use super::xml::{Xml, printable};
use super::{Emit, Emitter, Failure, Job, Origin, Output};
use crate::addresses::Maker;
use crate::fingerprint::Fingerprint;
use crate::index::lists::Form;
use crate::index::{List, ListKind, PageId};
use crate::page::Taxonomy;
use crate::page::facts::Moment;
use crate::site::Site;
use crate::url::encode;
use crate::view::View;
use crate::view::fill::{self, Readers};

pub const EMITTER: Emitter =
    Emitter { name: "feed", doc: "`feed.xml` (Atom) and `feed.json` of the site, sections, topics, authors and series", plan };

/// What a feed says, ready to be written in either form.
#[derive(Hash)]
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
    entries: Vec<Entry<'a>>,
}

#[derive(Hash)]
struct Entry<'a> {
    page: Key,
    id: String,
    url: String,
    /// If it is another one than the feed's.
    lang: Option<&'a str>,
    title: &'a str,
    summary: Cow<'a, str>,
    published: String,
    updated: String,
    authors: Vec<&'a str>,
    topics: Vec<&'a str>,
    /// The print of the text, if feeds carry it.
    text: Option<Fingerprint>,
}

/// A page for the renderer's eyes only: ids never enter a key.
struct Key(PageId);

impl std::hash::Hash for Key {
    fn hash<H: std::hash::Hasher>(&self, _: &mut H) {}
}

fn plan(view: &View, all: &mut Vec<Output>) {
    all.par_extend(view.site.addresses.par_written().filter_map(|address| match address.maker {
        Maker::Feed { list, form } => Some(Output::new(address.file(), FeedFile { list, form })),
        _ => None,
    }));
}

/// A feed of a list, by its place in `index.lists`.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedFile {
    list: u32,
    form: Form,
}

impl Emit for FeedFile {
    fn key(&self, view: &View) -> Fingerprint {
        Fingerprint::of(&feed(&view.site, &view.site.index.lists[self.list as usize], self.form))
    }

    fn render(&self, job: &Job, writer: &mut dyn Write) -> Result<(), Failure> {
        let site = &*job.view.site;
        let feed = feed(site, &site.index.lists[self.list as usize], self.form);
        let written = match self.form {
            Form::Atom => atom(site, &feed, writer),
            Form::Json => json_feed(site, &feed, writer),
        };
        Ok(written?)
    }

    fn origin<'a>(&'a self, view: &'a View) -> Origin<'a> {
        let site = &view.site;
        let dated = site.index.lists[self.list as usize].pages.iter().copied().filter(|page| site.page(*page).page.date.is_some());
        Origin::showing(dated.take(site.config.feeds.limit))
    }
}

fn feed<'a>(site: &'a Site, list: &'a List, form: Form) -> Feed<'a> {
    let config = &site.config;
    let whole = |route: &str| site.absolute(route).unwrap_or_default();
    let dated = list.pages.iter().filter_map(|page| Some((*page, site.page(*page).page.date?)));
    let lang = site.language(list.lang);
    let entries: Vec<(Timestamp, Entry)> = dated.take(config.feeds.limit).map(|(page, date)| entry(site, page, date, lang)).collect();
    // Without entries there is no latest one; the beginning of Unix time says "never".
    let latest =
        entries.iter().max_by_key(|(at, _)| *at).map_or_else(|| "1970-01-01T00:00:00Z".to_string(), |(_, entry)| entry.updated.clone());
    let title = match list.kind {
        ListKind::Home => config.title.clone(),
        _ if config.title.is_empty() => list.title.to_string(),
        _ => format!("{} – {}", list.title, config.title),
    };
    Feed {
        title,
        home: whole(&list.route),
        own: whole(&list.feed(form)),
        lang,
        description: &config.description,
        author: config.publisher.as_deref().unwrap_or(&config.title),
        licence: config.licence.as_deref(),
        updated: latest,
        entries: entries.into_iter().map(|(_, entry)| entry).collect(),
    }
}

fn entry<'a>(site: &'a Site, page: PageId, date: Moment, lang: &str) -> (Timestamp, Entry<'a>) {
    let fact = site.page(page);
    let timed = |moment: Moment| moment.timed(&site.config.time_zone);
    let published = timed(date);
    // A page may have been changed in the morning of its day, which is noon here.
    let updated = fact.page.updated.map(timed).filter(|updated| updated.at > published.at).unwrap_or(published);
    let names = |taxonomy| site.index.terms.named_by(page, taxonomy).map(|term| &*term.name).collect();
    let entry = Entry {
        page: Key(page),
        id: id(site, page, date),
        url: site.absolute(fact.route()).unwrap_or_default(),
        lang: Some(site.lang_of(page)).filter(|own| *own != lang),
        title: &fact.title,
        summary: site.summary(page),
        published: published.rfc3339(),
        updated: updated.rfc3339(),
        authors: names(Taxonomy::Authors),
        topics: names(Taxonomy::Topics),
        text: site.config.feeds.full_text.then(|| fill::print(site, page, Readers::OfFeeds)),
    };
    (updated.at, entry)
}

/// A `tag:` URI (RFC 4151) if the page has a number; else its first address, so that a move does not make it new.
fn id(site: &Site, page: PageId, date: Moment) -> String {
    let fact = site.page(page);
    if let (Some(id), Some(base)) = (&fact.front().id, &site.config.base_url) {
        return format!("tag:{},{}:{}", base.host, date.date().year(), encode(id));
    }
    site.absolute(site.addresses.oldest(page, fact).unwrap_or(fact.route())).unwrap_or_default()
}

fn text(site: &Site, entry: &Entry) -> Option<String> {
    entry.text?;
    let page = entry.page.0;
    Some(fill::fill(site, page, site.bodies[page as usize].html(), Readers::OfFeeds))
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
        feed.entries.iter().try_for_each(|entry| atom_entry(xml, site, entry))
    })
}

fn atom_entry(xml: &mut Xml, site: &Site, entry: &Entry) -> io::Result<()> {
    let lang = entry.lang.map(|lang| ("xml:lang", lang));
    xml.holder("entry", lang.as_slice(), |xml| {
        xml.text("id", &[], &entry.id)?;
        xml.text("title", &[], entry.title)?;
        link(xml, "alternate", "text/html", &entry.url)?;
        xml.text("published", &[], &entry.published)?;
        xml.text("updated", &[], &entry.updated)?;
        entry.authors.iter().try_for_each(|author| person(xml, author))?;
        entry.topics.iter().try_for_each(|topic| xml.empty("category", &[("term", topic)]))?;
        if !entry.summary.is_empty() {
            xml.text("summary", &[], &entry.summary)?;
        }
        text(site, entry).map_or(Ok(()), |text| xml.text("content", &[("type", "html")], &text))
    })
}

fn link(xml: &mut Xml, rel: &str, kind: &str, href: &str) -> io::Result<()> {
    xml.empty("link", &[("rel", rel), ("type", kind), ("href", href)])
}

fn person(xml: &mut Xml, name: &str) -> io::Result<()> {
    xml.holder("author", &[], |xml| xml.text("name", &[], name))
}

fn json_feed(site: &Site, feed: &Feed, out: &mut dyn Write) -> io::Result<()> {
    let items: Vec<Value> = feed.entries.iter().map(|entry| json_item(site, entry)).collect();
    let mut value = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.own,
        "language": feed.lang,
        "authors": [{ "name": feed.author }],
        "items": items,
    });
    if !feed.description.is_empty() {
        value["description"] = feed.description.into();
    }
    clean(&mut value);
    serde_json::to_writer_pretty(&mut *out, &value)?;
    out.write_all(b"\n")
}

/// What no reader of the Atom feed sees, none of this one does.
fn clean(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Cow::Owned(clean) = printable(text) {
                *text = clean;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(clean),
        Value::Object(fields) => fields.values_mut().for_each(clean),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn json_item(site: &Site, entry: &Entry) -> Value {
    let mut item = json!({
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "date_published": entry.published,
        "date_modified": entry.updated,
        "tags": entry.topics,
    });
    if let Some(lang) = entry.lang {
        item["language"] = lang.into();
    }
    if !entry.summary.is_empty() {
        item["summary"] = (*entry.summary).into();
    }
    if !entry.authors.is_empty() {
        item["authors"] = entry.authors.iter().map(|name| json!({ "name": name })).collect();
    }
    // The format asks for one of the two kinds of content.
    match text(site, entry) {
        Some(text) => item["content_html"] = text.into(),
        None => item["content_text"] = (*entry.summary).into(),
    }
    item
}
