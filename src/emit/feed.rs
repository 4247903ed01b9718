//! Feeds: Atom (RFC 4287) and JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>) of the site and of every section, topic, author and series.
//!
//! It must not know which lists have a feed; the index says it. A feed's `updated` is the latest of its entries', never the time of the build.

use std::borrow::Cow;
use std::io::{self, Write};

use jiff::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use rayon::prelude::*;
use serde_json::{Value, json};

use super::{Emitter, Failure, Item, Job, Origin, Output};
use crate::fingerprint::Fingerprint;
use crate::index::lists::FEEDS;
use crate::index::{List, ListKind, PageId};
use crate::page::facts::Moment;
use crate::page::route::encode;
use crate::site::Site;
use crate::view::View;
use crate::view::fill::{self, Whole};

pub const EMITTER: Emitter = Emitter {
    name: "feed",
    doc: "`feed.xml` (Atom) and `feed.json` of the site, sections, topics, authors and series",
    plan,
    key,
    render,
    origin,
};

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
    let site = view.site;
    if site.config.base_url.is_none() {
        return;
    }
    let lists = site.index.lists.par_iter().enumerate().filter(|(_, list)| list.has_feed(&site.index.terms, &site.facts));
    all.par_extend(
        lists.flat_map_iter(|(at, list)| FEEDS.map(|name| Output::new(list.feed(name).trim_start_matches('/'), Item::List(at as u32)))),
    );
}

fn key<'a>(view: &'a View<'a>, output: &'a Output) -> Fingerprint {
    let Item::List(list) = output.item else { return Fingerprint::default() };
    Fingerprint::of(&feed(view.site, &view.site.index.lists[list as usize], name(output)))
}

/// The name of a feed's file, which says its form.
fn name(output: &Output) -> &str {
    output.path.rsplit('/').next().unwrap_or_default()
}

fn render(job: &Job, writer: &mut dyn Write) -> Result<(), Failure> {
    let Item::List(list) = job.output.item else { return Ok(()) };
    let site = job.view.site;
    let name = name(job.output);
    let feed = feed(site, &site.index.lists[list as usize], name);
    let written = if name == FEEDS[0] { atom(site, &feed, writer) } else { json_feed(site, &feed, writer) };
    Ok(written?)
}

fn origin<'a>(view: &View<'a>, output: &'a Output) -> Origin<'a> {
    let Item::List(list) = output.item else { return Origin::default() };
    let site = view.site;
    let dated = site.index.lists[list as usize].pages.iter().copied().filter(|page| site.fact(*page).page.date.is_some());
    Origin::showing(dated.take(site.config.feeds.limit))
}

fn feed<'a>(site: &'a Site, list: &'a List, name: &str) -> Feed<'a> {
    let config = &site.config;
    let whole = |route: &str| site.absolute(route).unwrap_or_default();
    let dated = list.pages.iter().filter_map(|page| Some((*page, site.fact(*page).page.date?)));
    let entries: Vec<(Timestamp, Entry)> = dated.take(config.feeds.limit).map(|(page, date)| entry(site, page, date)).collect();
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
        own: whole(&list.feed(name)),
        lang: site.language(list.lang),
        description: &config.description,
        author: config.publisher.as_deref().unwrap_or(&config.title),
        licence: config.licence.as_deref(),
        updated: latest,
        entries: entries.into_iter().map(|(_, entry)| entry).collect(),
    }
}

fn entry(site: &Site, page: PageId, date: Moment) -> (Timestamp, Entry<'_>) {
    let fact = site.fact(page);
    let updated = fact.page.updated.filter(|updated| updated.at > date.at).unwrap_or(date);
    let names = |taxonomy: usize| {
        site.index.terms.of_page[page as usize][taxonomy].iter().map(|term| &*site.index.terms.all[*term as usize].name).collect()
    };
    let entry = Entry {
        page: Key(page),
        id: id(site, page, date),
        url: site.absolute(fact.route()).unwrap_or_default(),
        title: &fact.title,
        summary: site.summary(page),
        published: date.rfc3339(),
        updated: updated.rfc3339(),
        authors: names(2),
        topics: names(0),
        text: site.config.feeds.full_text.then(|| fill::print(site, page)),
    };
    (updated.at, entry)
}

/// A `tag:` URI (RFC 4151) if the page has a number; else its first address, so that a move does not make it new.
fn id(site: &Site, page: PageId, date: Moment) -> String {
    let fact = site.fact(page);
    if let (Some(id), Some(base)) = (&fact.front().id, &site.config.base_url) {
        return format!("tag:{},{}:{}", base.host, date.date().year(), encode(id));
    }
    site.absolute(site.index.oldest_alias(page, fact).unwrap_or(fact.route())).unwrap_or_default()
}

fn text(site: &Site, entry: &Entry) -> Option<String> {
    entry.text?;
    let page = entry.page.0;
    Some(fill::fill(site, page, site.bodies[page as usize].html(), Whole::Yes))
}

fn atom(site: &Site, feed: &Feed, out: &mut dyn Write) -> io::Result<()> {
    let mut xml: Xml = Writer::new(&mut *out);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let root = xml.create_element("feed").with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", feed.lang)]);
    root.write_inner_content(|xml| {
        element(xml, "id", &feed.own)?;
        element(xml, "title", &feed.title)?;
        if !feed.description.is_empty() {
            element(xml, "subtitle", feed.description)?;
        }
        link(xml, "self", "application/atom+xml", &feed.own)?;
        link(xml, "alternate", "text/html", &feed.home)?;
        element(xml, "updated", &feed.updated)?;
        person(xml, feed.author)?;
        if let Some(licence) = feed.licence {
            element(xml, "rights", licence)?;
        }
        xml.create_element("generator")
            .with_attribute(("uri", "https://crates.io/crates/chancery"))
            .write_text_content(BytesText::new("Chancery"))?;
        feed.entries.iter().try_for_each(|entry| atom_entry(xml, site, entry))
    })?;
    out.write_all(b"\n")
}

type Xml<'a, 'b> = Writer<&'a mut (dyn Write + 'b)>;

fn atom_entry(xml: &mut Xml, site: &Site, entry: &Entry) -> io::Result<()> {
    xml.create_element("entry").write_inner_content(|xml| {
        element(xml, "id", &entry.id)?;
        element(xml, "title", entry.title)?;
        link(xml, "alternate", "text/html", &entry.url)?;
        element(xml, "published", &entry.published)?;
        element(xml, "updated", &entry.updated)?;
        entry.authors.iter().try_for_each(|author| person(xml, author))?;
        for topic in &entry.topics {
            xml.create_element("category").with_attribute(("term", *topic)).write_empty()?;
        }
        if !entry.summary.is_empty() {
            element(xml, "summary", &entry.summary)?;
        }
        if let Some(text) = text(site, entry) {
            xml.create_element("content").with_attribute(("type", "html")).write_text_content(BytesText::new(&text))?;
        }
        Ok(())
    })?;
    Ok(())
}

fn element(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&printable(text))).map(drop)
}

fn link(xml: &mut Xml, rel: &str, kind: &str, href: &str) -> io::Result<()> {
    xml.create_element("link").with_attributes([("rel", rel), ("type", kind), ("href", href)]).write_empty().map(drop)
}

fn person(xml: &mut Xml, name: &str) -> io::Result<()> {
    xml.create_element("author").write_inner_content(|xml| element(xml, "name", name)).map(drop)
}

/// XML 1.0 has no place for most control characters, not even escaped.
fn printable(text: &str) -> Cow<'_, str> {
    let is_wrong = |letter: char| letter.is_control() && !matches!(letter, '\t' | '\n' | '\r') || matches!(letter, '\u{FFFE}' | '\u{FFFF}');
    if text.contains(is_wrong) { text.replace(is_wrong, "").into() } else { text.into() }
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
    serde_json::to_writer_pretty(&mut *out, &value)?;
    out.write_all(b"\n")
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
