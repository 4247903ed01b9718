//! JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>).
//!
//! It must not know which pages are in a feed.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::super::xml::printable;
use super::{Feed, Item};
use crate::site::Site;

/// Writes a feed in this form.
pub fn json_feed(site: &Site, feed: &Feed, out: &mut dyn Write) -> io::Result<()> {
    let entries: Vec<Item> = feed.entries.iter().map(|entry| entry.item(site, feed)).collect();
    let items = entries.iter().map(json_item).collect();
    let json = Json {
        authors: vec![Person { name: feed.author.into() }],
        description: Some(Clean(feed.description.into())).filter(|text| !text.0.is_empty()),
        feed_url: (&*feed.own).into(),
        home_page_url: (&*feed.home).into(),
        items,
        language: feed.lang.into(),
        title: (&*feed.title).into(),
        version: "https://jsonfeed.org/version/1.1",
    };
    let mut text = Vec::with_capacity(1 << 14);
    serde_json::to_writer_pretty(&mut text, &json)?;
    text.push(b'\n');
    out.write_all(&text)
}

fn json_item<'a>(item: &'a Item) -> JsonItem<'a> {
    let (summary, text) = (Clean::from(&*item.summary), item.text.as_deref());
    JsonItem {
        authors: item.authors.iter().map(|name| Person { name: (*name).into() }).collect(),
        // The format asks for one of the two kinds of content.
        content_text: text.is_none().then(|| summary.clone()),
        content_html: text.map(Clean::from),
        date_modified: item.updated,
        date_published: item.published,
        id: (&*item.id).into(),
        language: item.lang.map(Clean::from),
        summary: Some(summary).filter(|summary| !summary.0.is_empty()),
        tags: item.tags.iter().map(|tag| Clean::from(*tag)).collect(),
        title: (&*item.title).into(),
        url: (&*item.url).into(),
    }
}

/// <https://www.jsonfeed.org/version/1.1/#top-level>, its fields by name.
#[derive(Serialize)]
struct Json<'a> {
    authors: Vec<Person<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Clean<'a>>,
    feed_url: Clean<'a>,
    home_page_url: Clean<'a>,
    items: Vec<JsonItem<'a>>,
    language: Clean<'a>,
    title: Clean<'a>,
    version: &'static str,
}

/// <https://www.jsonfeed.org/version/1.1/#items>, its fields by name.
#[derive(Serialize)]
struct JsonItem<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Person<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<Clean<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<Clean<'a>>,
    date_modified: &'a str,
    date_published: &'a str,
    id: Clean<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<Clean<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<Clean<'a>>,
    tags: Vec<Clean<'a>>,
    title: Clean<'a>,
    url: Clean<'a>,
}

#[derive(Serialize)]
struct Person<'a> {
    name: Clean<'a>,
}

/// A text without what XML cannot hold: what no reader of the Atom feed sees, none of this one does.
#[derive(Clone)]
struct Clean<'a>(Cow<'a, str>);

impl<'a> From<&'a str> for Clean<'a> {
    fn from(text: &'a str) -> Clean<'a> {
        Clean(text.into())
    }
}

impl Serialize for Clean<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&printable(&self.0))
    }
}
