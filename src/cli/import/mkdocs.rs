//! What MkDocs keeps (<https://www.mkdocs.org/user-guide/configuration/>), with the habits of Material for MkDocs, and Zensical, which reads the same.
//!
//! Owns where its pages and files go, and their addresses; settings and texts have a file each. It must not know how a site is written.

mod blocks;
mod blog;
mod headings;
mod inline;
mod settings;
mod text;

use std::collections::BTreeSet;

use serde_yaml::Value;

use super::Dialect;
use super::body::destinations;
use super::new_site::{NewSite, Note};
use super::original::Original;
use crate::cli::error::Error;
use crate::cli::front_text::FrontText;
use crate::url::{climb, decode, folder_of};
use settings::Settings;

/// MkDocs, Material for MkDocs, Zensical.
pub const DIALECT: Dialect = Dialect { name: "mkdocs", is: |original| settings::file(original).is_some(), import };

/// A page of the original, with what becomes of it.
struct Doc<'o> {
    /// From the root of the original.
    from: &'o str,
    /// From the folder of the texts: `guide/index.md`.
    inside: &'o str,
    front: FrontText,
    /// Whether its metadata stood between fences, or there was none.
    is_fenced: bool,
    /// Where readers found it: `/guide/`.
    address: String,
}

fn import(original: &Original, site: &mut NewSite) -> Result<(), Error> {
    let settings = Settings::read(original)?;
    let mut docs = read(original, &settings, site);
    let used: BTreeSet<String> = docs.iter().flat_map(|doc| used_by(doc, original, &settings)).collect();
    settings.carry(original, &docs, site);
    for doc in &mut docs {
        text::carry(doc, original, &settings, site);
    }
    for doc in docs {
        let path = format!("content/{}", place(&doc));
        if doc.inside.rsplit('/').next().is_some_and(|name| name.starts_with('_')) {
            site.note(Note::changed(doc.from, format!("the page is `{path}` here: files whose names begin with `_` are no pages")));
        }
        site.add_page(path, doc.front.into_text(), Some(doc.address), doc.from);
    }
    for from in original.below(&settings.docs_dir).filter(|path| !is_page(path)) {
        let inside = &from[settings.docs_dir.len() + 1..];
        if settings.is_left_out(inside) {
            continue;
        }
        let folder = if used.contains(inside) { "content" } else { "static" };
        site.copy(format!("{folder}/{inside}"), original.file(from), from);
    }
    elsewhere(original, &settings, site);
    Ok(())
}

fn is_page(path: &str) -> bool {
    [".md", ".markdown", ".mdown", ".mkd"].iter().any(|ending| path.ends_with(ending))
}

/// Reads all pages. Of a folder with `index.md` and `README.md` only the first is one.
fn read<'o>(original: &'o Original, settings: &Settings, site: &mut NewSite) -> Vec<Doc<'o>> {
    let mut docs = Vec::new();
    for from in original.below(&settings.docs_dir).filter(|path| is_page(path)) {
        let inside = &from[settings.docs_dir.len() + 1..];
        if settings.is_left_out(inside) {
            if settings.is_excluded(inside) {
                site.note(Note::lost(from, "the page was left out: `exclude_docs` or `draft_docs` names it"));
            }
            continue;
        }
        if let Some(folder) = from.strip_suffix("README.md")
            && original.has(&format!("{folder}index.md"))
        {
            site.note(Note::lost(from, "left out, as MkDocs does: the folder has an `index.md`"));
            continue;
        }
        match original.text(from) {
            Ok(text) => {
                let (text, is_fenced) = text::with_fences(text);
                let front = FrontText::new(text);
                let address = blog::address(inside, &front, settings).unwrap_or_else(|| address(inside, settings));
                docs.push(Doc { from, inside, front, is_fenced, address });
            }
            Err(note) => site.note(note),
        }
    }
    docs
}

/// Where MkDocs puts a page (<https://www.mkdocs.org/user-guide/writing-your-docs/#file-layout>).
fn address(inside: &str, settings: &Settings) -> String {
    let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
    let (folder, name) = stem.rsplit_once('/').map_or(("", stem), |(folder, name)| (folder, name));
    let folder = if folder.is_empty() { "/".to_string() } else { format!("/{folder}/") };
    match name {
        "index" | "README" => folder,
        name if settings.directory_urls => format!("{folder}{name}/"),
        name => format!("{folder}{name}.html"),
    }
}

/// Where a page lies in `content/`.
fn place(doc: &Doc) -> String {
    let (folder, name) = doc.inside.rsplit_once('/').unwrap_or(("", doc.inside));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let name = if stem == "README" { "index" } else { stem.trim_start_matches('_') };
    if folder.is_empty() { format!("{name}.md") } else { format!("{folder}/{name}.md") }
}

/// The files of the original that a page links to, from the folder of the texts.
fn used_by(doc: &Doc, original: &Original, settings: &Settings) -> Vec<String> {
    let folder = doc.inside.rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_there = |path: &String| !is_page(path) && original.has(&format!("{}/{path}", settings.docs_dir));
    let links = destinations(doc.front.body().0);
    let beside = links.iter().filter_map(|link| from_folder(folder, path_of(link)?));
    let shown = text::addresses_in_html(doc.front.body().0)
        .into_iter()
        .filter_map(|range| from_folder(folder_of(&doc.address), path_of(&doc.front.body().0[range])?));
    beside.chain(shown).filter(is_there).collect()
}

/// The path of a relative address; `None` of one that leads elsewhere.
fn path_of(address: &str) -> Option<&str> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    (!path.is_empty() && !path.starts_with('/') && !path.contains("://") && !path.starts_with("mailto:")).then_some(path)
}

/// The file that a path means, read from a folder, both from the folder of the texts.
fn from_folder(folder: &str, path: &str) -> Option<String> {
    Some(climb(folder.trim_matches('/'), &decode(path))?.trim_start_matches('/').to_string())
}

/// Tells of what lies outside the folder of the texts.
fn elsewhere(original: &Original, settings: &Settings, site: &mut NewSite) {
    let is_told = |path: &&str| !path.starts_with(&format!("{}/", settings.docs_dir)) && !path.starts_with("site/");
    for path in original.paths().filter(is_told) {
        let name = path.rsplit('/').next().unwrap_or(path);
        let is_template = path.ends_with(".html") && settings.custom_dir.as_ref().is_some_and(|folder| path.starts_with(folder));
        if is_template {
            site.note(Note::lost(path, "the template was left out; templates are written in Tera here, see `chancery explain parts`"));
        } else if settings.hooks.iter().any(|hook| hook == path) {
            site.note(Note::lost(path, "the hook was left out; it is a program in Python"));
        } else if name == ".authors.yml" || name == ".pages" || name == ".meta.yml" {
            site.note(Note::lost(path, "the file was left out"));
        }
    }
}

/// The text of an entry of a map; of `!ENV [NAME, text]` what holds where the environment does not say.
fn said<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    let text = match value.get(key)? {
        Value::Tagged(tagged) => tagged.value.as_sequence()?.last()?.as_str(),
        value => value.as_str(),
    };
    text.filter(|text| !text.trim().is_empty())
}
