//! What Jekyll keeps (<https://jekyllrb.com/docs/structure/>).
//!
//! Owns where its pages and files go; addresses, settings and front matter have a file each. Most of a text stays as it is written, for Chancery reads the
//! addresses of Liquid and knows kramdown's attributes. It must not know how a site is written.

mod address;
mod front;
mod settings;

use std::collections::BTreeMap;

use super::Dialect;
use super::body::Body;
use super::liquid;
use super::new_site::{NewSite, Note};
use super::original::Original;
use crate::cli::error::Error;
use crate::cli::front_text::{FrontText, text_of};
use settings::Settings;

/// Jekyll.
pub const DIALECT: Dialect = Dialect { name: "jekyll", is: |original| settings::file(original).is_some(), import };

/// What a file is to Jekyll.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Part<'s> {
    Post,
    Draft,
    /// Of the collection of that name.
    Document(&'s str),
    Page,
    /// A template, a plugin, data: what is said of it.
    Told(&'static str),
    Nothing,
}

/// A page of the new site, as menus see it.
struct Listed {
    title: String,
    address: String,
}

fn import(original: &Original, site: &mut NewSite) -> Result<(), Error> {
    let settings = Settings::read(original)?;
    let mut listed = BTreeMap::new();
    for path in original.paths() {
        match part(path, &settings) {
            Part::Nothing => {}
            Part::Told(message) => site.note(Note::lost(path, message)),
            part => carry(original, &settings, path, part, &mut listed, site),
        }
    }
    settings.carry(original, &listed, site);
    Ok(())
}

fn part<'s>(path: &str, settings: &'s Settings) -> Part<'s> {
    if settings.file == Some(path) || settings.is_left_out(path) {
        return Part::Nothing;
    }
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let collection = settings.collection(path);
    let special = folders.split('/').find(|folder| folder.starts_with('_'));
    match special {
        Some("_posts") if address::post_name(name).is_none() => {
            Part::Told("the file was left out, as Jekyll does: a post is called `2024-05-01-name.md`")
        }
        Some("_posts") => Part::Post,
        Some("_drafts") => Part::Draft,
        _ if collection.is_some() => collection.map_or(Part::Page, Part::Document),
        Some("_layouts" | "_includes") => {
            Part::Told("the template was left out; templates are written in Tera here, see `chancery explain parts`")
        }
        Some("_plugins") => Part::Told("the plugin was left out; it is a program in Ruby"),
        Some("_sass") => Part::Told("the styles were left out; Sass is not read: copy the stylesheet that comes of it into `static/`"),
        Some("_data") => {
            Part::Told("the data were left out: nothing fills them into texts; what charts and tables show goes into `content/_data/`")
        }
        Some(_) => Part::Told("the file was left out, as Jekyll does: its folder begins with `_`"),
        None if name.starts_with('_') => Part::Told("the file was left out, as Jekyll does: its name begins with `_`"),
        None => Part::Page,
    }
}

/// Whether a file is Markdown, by its ending.
fn is_markdown(path: &str) -> bool {
    ["md", "markdown", "mkdown", "mkdn", "mkd"].iter().any(|ending| path.strip_suffix(ending).is_some_and(|rest| rest.ends_with('.')))
}

fn is_html(path: &str) -> bool {
    path.ends_with(".html") || path.ends_with(".htm")
}

fn carry(original: &Original, settings: &Settings, path: &str, part: Part, listed: &mut BTreeMap<String, Listed>, site: &mut NewSite) {
    let has_front = original.bytes(path).is_ok_and(|bytes| bytes.starts_with(b"---") || bytes.starts_with(b"\xEF\xBB\xBF---"));
    if !has_front && (part == Part::Page || !is_markdown(path)) {
        let to = path.split('/').map(|folder| folder.trim_start_matches('_')).collect::<Vec<_>>().join("/");
        site.copy(format!("static/{to}"), original.file(path), path);
        return;
    }
    let text = match original.text(path) {
        Ok(text) => text,
        Err(note) => return site.note(note),
    };
    let mut front = FrontText::new(text);
    if !is_markdown(path) && !is_html(path) {
        return other(path, &front, site);
    }
    if is_html(path) && liquid::is_template(front.body().0) {
        let instead = if path == "index.html" { "; the home page here lists the newest pages" } else { "" };
        return site.note(Note::lost(path, format!("the page was left out: it is made by a template{instead}")));
    }
    let (first, values) = (front.body().1, settings.values_of(path, part, &front));
    let address = address::address(path, part, &values, settings);
    front::carry(path, part, &values, settings, &mut front, site);
    let text = carried(path, &front, first, &values, settings, site);
    front.set_body(&text);
    if let Some(title) = values.get("title").and_then(serde_yaml::Value::as_str) {
        listed.insert(path.to_string(), Listed { title: title.to_string(), address: address.clone().unwrap_or_default() });
    }
    site.add_page(place(path, settings), front.into_text(), address, path);
}

/// The text of a page, whose first line has that number in the original.
fn carried(path: &str, front: &FrontText, first: usize, values: &serde_yaml::Mapping, settings: &Settings, site: &mut NewSite) -> String {
    let text = front.body().0;
    let separator = values.get("excerpt_separator").and_then(serde_yaml::Value::as_str).or(settings.separator());
    let text = match separator.filter(|mark| !mark.trim().is_empty() && mark.replace(' ', "") != "<!--more-->") {
        Some(mark) => text.replacen(mark, "<!-- more -->", 1),
        None => text.to_string(),
    };
    let text = if is_html(path) { liquid::html_as_markdown(&text) } else { liquid::plain(&text) };
    let value = |name: &str| match name.split_once('.')? {
        ("page", key) => text_of(values.get(key)?),
        ("site", key) => text_of(settings.values.get(key)?),
        _ => None,
    };
    let text = liquid::filled(path, &Body::new(&text, first), site, value);
    liquid::tell(path, &Body::new(&text, first), site);
    text
}

/// A file of another type that Liquid fills in.
fn other(path: &str, front: &FrontText, site: &mut NewSite) {
    let text = front.body().0;
    let known = ["feed.xml", "atom.xml", "sitemap.xml", "robots.txt", "search.json"];
    if path.ends_with(".scss") || path.ends_with(".sass") || path.ends_with(".coffee") {
        site.note(Note::lost(path, "the file was left out; Sass and CoffeeScript are not read: copy what comes of it into `static/`"));
    } else if known.contains(&path) {
        site.note(Note::changed(path, "the file was left out: Chancery writes one of its own, see the page on output in the docs"));
    } else if text.contains("{{") || text.contains("{%") {
        site.note(Note::lost(path, "the file was left out: it is made by a template"));
    } else {
        site.add_bytes(format!("static/{path}"), text, path);
    }
}

/// Where a page lies in the new site: folders lose their underscores.
fn place(path: &str, settings: &Settings) -> String {
    let inside = settings.without_collections_dir(path);
    let inside: Vec<&str> = inside.split('/').map(|part| part.trim_start_matches('_')).collect();
    let inside = inside.join("/");
    let stem = inside.rsplit_once('.').map_or(&*inside, |(stem, _)| stem);
    format!("content/{stem}.md")
}
