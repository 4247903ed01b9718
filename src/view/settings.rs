//! Parts that come from the settings of the theme, with addresses and Markdown made ready.
//!
//! It must not know which settings there are, but for those that have a part of their own.

use pulldown_cmark::{CowStr, Event, Parser, Tag};
use tera::Value;
use tera::value::Key;

use super::{Make, Model, Part, Place};
use crate::site::Site;
use crate::theme::settings::Kind;
use crate::url::encode;

pub const PARTS: &[Part] = &[
    Part {
        name: "theme",
        doc: "what `[theme]` in `site.toml` and the defaults of the theme say, by key; files as addresses, Markdown as HTML, lists of links as `menu`",
        make: Make::Language(theme),
    },
    Part {
        name: "contact",
        doc: "whom to write to, by the setting `contact`: `text`, `url` (`text` is empty if nobody is named)",
        make: Make::Language(contact),
    },
];

fn theme<'a>(place: &Place<'a>) -> Model<'a> {
    let site = place.site();
    let value = |(name, kind, value): (&'a str, Kind, &'a Value)| (name.into(), ready(site, place.lang, kind, value));
    Model::Names(site.theme.settings.all().map(value).collect())
}

/// A value as templates can use it.
fn ready<'a>(site: &'a Site, lang: u8, kind: Kind, value: &'a Value) -> Model<'a> {
    match (kind, value.as_str().filter(|text| !text.is_empty())) {
        (Kind::File, Some(name)) => Model::text(file(site, name.trim_start_matches('/'))),
        (Kind::Markdown, Some(text)) => Model::Html(markdown(site, text).into()),
        (Kind::Links, _) => Model::list(links(site, lang, value)),
        _ => Model::Data(value),
    }
}

/// The address of a file of the theme or of the site's `static/`.
fn file(site: &Site, name: &str) -> String {
    match site.theme.asset(name).filter(|asset| !site.brings(&asset.path) && !site.brings(name)) {
        Some(asset) => site.href(&format!("/{}", asset.path)),
        None => site.href(&format!("/{name}")),
    }
}

/// The links of a list of `{ title, url }` that documents of a language show.
fn links<'a>(site: &'a Site, lang: u8, value: &'a Value) -> impl Iterator<Item = Model<'a>> {
    let field = |item: &'a Value, name: &'static str| item.as_map().and_then(|map| map.get(&Key::from(name))).and_then(Value::as_str);
    let here = site.language(lang);
    let items = value.as_array().unwrap_or_default().iter();
    let is_ours = move |item: &&'a Value| field(item, "lang").is_none_or(|lang| lang.eq_ignore_ascii_case(here));
    // As it stood before, a site has no links to what was still to come.
    let is_there = move |item: &&'a Value| site.mode.as_it_stood.is_none() || leads(site, field(item, "url").unwrap_or_default());
    items.filter(is_ours).filter(is_there).map(move |item| {
        let url = site.prefixed(field(item, "url").unwrap_or_default());
        Model::Map(vec![("title", Model::text(field(item, "title").unwrap_or_default())), ("url", Model::text(url))])
    })
}

/// Whether something is at an address, or it lies elsewhere.
fn leads(site: &Site, url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    !path.starts_with('/') || site.addresses.written().any(|address| *address.route == *path || encode(&address.route) == encode(path))
}

/// The menu of the settings, if there is one for documents of this language.
pub fn menu<'a>(site: &'a Site, lang: u8) -> Option<Vec<Model<'a>>> {
    let own: Vec<Model> = links(site, lang, site.theme.settings.value("menu")?).collect();
    (!own.is_empty()).then_some(own)
}

/// Lines of Markdown as HTML. What is HTML already is shown as text: nothing in the frame of a page may break it.
fn markdown(site: &Site, text: &str) -> String {
    let events = Parser::new(text).map(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: CowStr::from(site.prefixed(&dest_url)), title, id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Image { link_type, dest_url: CowStr::from(site.prefixed(&dest_url)), title, id })
        }
        event => event,
    });
    let mut html = String::with_capacity(text.len() * 2);
    pulldown_cmark::html::push_html(&mut html, events);
    html
}

fn contact<'a>(place: &Place<'a>) -> Model<'a> {
    let site = place.site();
    let text = site.theme.settings.text("contact").unwrap_or_default();
    let is_mail = !text.contains(char::is_whitespace) && text.contains('@') && !text.contains('/');
    let url = if is_mail {
        Some(format!("mailto:{text}"))
    } else if text.starts_with('/') {
        Some(site.prefixed(text))
    } else {
        Some(text.to_string()).filter(|text| text.starts_with("https://") || text.starts_with("http://"))
    };
    Model::Map(vec![("text", Model::text(text)), ("url", Model::some(url))])
}
