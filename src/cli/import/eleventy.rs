//! What Eleventy keeps (<https://www.11ty.dev/docs/>).
//!
//! Owns where its pages and files go; settings, data and addresses have a file each. Its settings are a program, which is not run. It must not know how a
//! site is written.

mod address;
mod config;
mod data;

use super::Dialect;
use super::body::Body;
use super::liquid;
use super::new_site::{NewSite, Note};
use super::original::Original;
use crate::cli::error::Error;
use crate::cli::front_text::{FrontText, text_of};
use config::Config;
use data::Data;

/// Eleventy.
pub const DIALECT: Dialect = Dialect { name: "eleventy", is: |original| config::file(original).is_some(), import };

/// The endings of templates that are no Markdown.
const TEMPLATES: [&str; 13] =
    [".njk", ".liquid", ".hbs", ".mustache", ".ejs", ".haml", ".pug", ".webc", ".vto", ".11ty.js", ".11ty.cjs", ".11ty.mjs", ".11ty.ts"];

/// A page that wants to be in a menu.
struct Entry {
    order: f64,
    title: String,
    address: String,
}

fn import(original: &Original, site: &mut NewSite) -> Result<(), Error> {
    let config = Config::read(original)?;
    let data = Data::read(original, &config)?;
    let mut menu = Vec::new();
    for path in original.paths() {
        if let Some((from, to)) = config.copied(path) {
            site.copy(format!("static/{to}"), original.file(from), from);
        }
        let Some(inside) = config.inside(path).filter(|_| !config.is_left_out(path)) else { continue };
        if path.ends_with(".md") || path.ends_with(".markdown") || path.ends_with(".html") {
            carry(original, &config, &data, (path, inside), &mut menu, site);
        } else if TEMPLATES.iter().any(|ending| path.ends_with(ending)) {
            let instead = if inside.starts_with("index.") { "; the home page here lists the newest pages" } else { "" };
            site.note(Note::lost(path, format!("the template was left out; templates are written in Tera here{instead}")));
        }
    }
    config.carry(original, site);
    data.carry(&config, site);
    menu.sort_by(|a: &Entry, b: &Entry| a.order.total_cmp(&b.order).then_with(|| a.title.cmp(&b.title)));
    site.set_menu(menu.into_iter().map(|entry| (entry.title, entry.address)));
    Ok(())
}

/// Carries a page, which has a path from the root of the original and one from the folder of the texts.
fn carry(original: &Original, config: &Config, data: &Data, (path, inside): (&str, &str), menu: &mut Vec<Entry>, site: &mut NewSite) {
    let text = match original.text(path) {
        Ok(text) => text,
        Err(note) => return site.note(note),
    };
    let is_html = path.ends_with(".html");
    let mut front = FrontText::from_json(&text).unwrap_or_else(|| FrontText::new(text));
    if is_html && liquid::is_template(front.body().0) {
        return site.note(Note::lost(path, "the page was left out: it is made by a template"));
    }
    let first = front.body().1;
    let values = data.values_of(inside, &front);
    let address = match address::address(inside, &values) {
        Ok(address) => address,
        Err(tag) => {
            let message = format!("the address of the page is made by `{tag}`, which nothing fills in here; the page has another one");
            site.note(Note::lost(path, message).on(front.line(&["permalink"])));
            front.remove(&["permalink"]);
            None
        }
    };
    let text = front.body().0.to_string();
    let text = if is_html { liquid::html_as_markdown(&text) } else { liquid::plain(&text) };
    let text = if config.is_nunjucks() { without_comments(path, &Body::new(&text, first), site) } else { text };
    let value = |name: &str| match name.split_once('.') {
        Some((file, key)) => data.global(file)?.get(key).and_then(text_of),
        None => values.get(name).and_then(text_of),
    };
    let text = liquid::filled(path, &Body::new(&text, first), site, value);
    liquid::tell(path, &Body::new(&text, first), site);
    if let (Some(address), Some(entry)) = (&address, data::navigation(&values)) {
        menu.push(Entry { address: address.clone(), ..entry });
    }
    data.write(path, inside, &values, &mut front, site);
    front.set_body(&text);
    let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
    let (folder, name) = stem.rsplit_once('/').map_or(("", stem), |(folder, name)| (folder, name));
    let slash = if folder.is_empty() { "" } else { "/" };
    site.add_page(format!("content/{folder}{slash}{}.md", name.trim_start_matches('_')), front.into_text(), address, path);
}

/// Takes the comments of Nunjucks out of a text, `{# … #}`.
fn without_comments(path: &str, body: &Body, site: &mut NewSite) -> String {
    let mut out = String::with_capacity(body.text.len());
    let mut from = 0;
    for (at, _) in body.text.match_indices("{#").filter(|(at, _)| !body.is_code(*at)) {
        let Some(end) = body.text[at..].find("#}").map(|end| at + end + 2).filter(|_| at >= from) else { continue };
        site.note(Note::changed(path, "a comment was left out").on(body.line(at)));
        out.push_str(&body.text[from..at]);
        // Lines stay where they are.
        out.extend(body.text[at..end].chars().filter(|letter| *letter == '\n'));
        from = end;
    }
    out.push_str(&body.text[from..]);
    out
}
