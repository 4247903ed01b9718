//! The texts of pages: front matter, blocks, marks and addresses, as Chancery reads them.
//!
//! It must not know where a page lies in the new site.

use std::ops::Range;

use serde_yaml::Value;

use super::super::new_site::{NewSite, Note};
use super::super::original::Original;
use super::headings::{Fence, Title};
use super::settings::Settings;
use super::{Doc, blocks, blog, headings, inline};
use crate::cli::front_text::FrontText;
use crate::page::front::Status;
use crate::url::folder_of;

/// A text whose metadata stands at its head without fences, as MultiMarkdown has it and MkDocs reads it, with fences; any other as it is. Also
/// whether it was fenced before, or has no metadata.
pub fn with_fences(text: String) -> (String, bool) {
    let is_key = |line: &str| {
        let key = line.split(':').next().unwrap_or_default();
        line.contains(": ") && !key.is_empty() && key.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-'))
    };
    let head: Vec<&str> = text.lines().take_while(|line| is_key(line) || line.starts_with("    ")).collect();
    let is_head = !head.is_empty() && is_key(head[0]) && text.lines().nth(head.len()).is_none_or(|line| line.trim().is_empty());
    if !is_head {
        return (text, true);
    }
    let pairs = head.iter().filter_map(|line| line.split_once(": "));
    let lines: String = pairs.map(|(key, value)| format!("{}: {:?}\n", key.to_lowercase(), value.trim())).collect();
    let body: String = text.split_inclusive('\n').skip(head.len()).collect();
    (format!("---\n{lines}---\n{body}"), false)
}

/// The title that front matter or the first heading of a page gives.
pub fn title_in(front: &FrontText) -> Option<String> {
    let own = front.values().get("title").and_then(Value::as_str).map(str::to_string);
    own.or_else(|| {
        let mut fence = Fence::default();
        let first = front.body().0.lines().find(|line| !fence.take(line) && line.starts_with("# "))?;
        Some(first[2..].split(" {#").next()?.trim().trim_end_matches('#').trim().to_string())
    })
}

/// The title of a page, else its name.
pub(super) fn title(doc: &Doc) -> String {
    title_in(&doc.front)
        .unwrap_or_else(|| doc.inside.rsplit('/').next().unwrap_or(doc.inside).trim_end_matches(".md").replace(['-', '_'], " "))
}

/// Writes a page as Chancery reads it.
pub(super) fn carry(doc: &mut Doc, original: &Original, settings: &Settings, site: &mut NewSite) {
    let (body, first) = doc.front.body();
    // The two fences that were not there count for nothing.
    let first = if doc.is_fenced { first } else { first - 2 };
    let own = with_own_addresses(body, doc, original, settings);
    // The files themselves are called so.
    let own = own.replace("README.md)", "index.md)").replace("README.md#", "index.md#");
    let own = body_of(&own, first, doc.from, settings, site);
    let own = with_files(&own, first, doc.from, (original, settings), site);
    let title = if doc.front.values().get("title").is_some() { Title::InFrontMatter } else { Title::FirstHeading };
    let own = headings::keep_ids(&own, title);
    if own != body {
        doc.front.set_body(&own);
    }
    front(doc, original, settings, site);
}

/// Blocks and marks of a text, whose lines stay where they are.
fn body_of(body: &str, first: usize, from: &str, settings: &Settings, site: &mut NewSite) -> String {
    let (body, tabs) = blocks::carry(&lines(body, first, from, settings, site));
    for line in tabs {
        site.note(Note::changed(from, "the tab became a title in bold with its text below").on(first + line));
    }
    body
}

/// Keys that mean something else here, or whose values have another form.
fn front(doc: &mut Doc, original: &Original, settings: &Settings, site: &mut NewSite) {
    let values = doc.front.values();
    let whole = Value::Mapping(values.clone());
    if values.get("date").is_some_and(Value::is_mapping) {
        let (created, updated) = (blog::date(&whole, "created"), blog::date(&whole, "updated"));
        match created {
            Some(created) => doc.front.set("date", &created.into()),
            None => drop(doc.front.remove(&["date"])),
        }
        if let Some(updated) = updated {
            doc.front.set("updated", &updated.into());
        }
    }
    if let Some(status) = values.get("status").and_then(Value::as_str)
        && !Status::NAMES.iter().any(|(name, _)| *name == status)
    {
        let message = format!("the status `{status}` was left out; `chancery help` and the page on states say which there are");
        site.note(Note::lost(doc.from, message).on(doc.front.line(&["status"])));
        doc.front.remove(&["status"]);
    }
    if values.get("template").is_some() {
        site.note(Note::lost(doc.from, "the template of the page was left out").on(doc.front.line(&["template"])));
        doc.front.remove(&["template"]);
    }
    if values.contains_key("categories") && !values.contains_key("topics") {
        doc.front.rename(&["categories"], "topics");
    }
    authors(doc, original, settings);
    let old: Vec<Value> = settings
        .redirects()
        .into_iter()
        .filter(|(_, new)| new == doc.inside)
        .map(|(old, _)| super::address(&old, settings).into())
        .collect();
    if !old.is_empty() && !values.contains_key("aliases") {
        doc.front.set("aliases", &Value::Sequence(old));
    }
    if title_in(&doc.front).is_none() && !matches!(doc.inside.rsplit('/').next(), Some("index.md" | "README.md")) {
        let title = title(doc);
        doc.front.set("title", &title.into());
    }
}

/// Authors of a blog are named by keys, which a file beside it explains.
fn authors(doc: &mut Doc, original: &Original, settings: &Settings) {
    let folder = settings.plugin("blog").and_then(|blog| super::said(blog, "blog_dir")).unwrap_or("blog");
    let file = format!("{}/{}/.authors.yml", settings.docs_dir, folder.trim_matches(['/', '.']));
    let keys = doc.front.values().get("authors").and_then(Value::as_sequence).cloned().unwrap_or_default();
    if keys.is_empty() || !original.has(&file) {
        return;
    }
    let Ok(known) = original.settings(&file) else { return };
    let name = |key: &Value| known.get("authors").and_then(|authors| authors.get(key)).and_then(|author| author.get("name")).cloned();
    let names: Vec<Value> = keys.iter().map(|key| name(key).unwrap_or_else(|| key.clone())).collect();
    if names != keys {
        doc.front.set("authors", &Value::Sequence(names));
    }
}

/// Puts the texts of other files, as they are read here, where `--8<-- "file"` names them.
fn with_files(body: &str, first: usize, from: &str, (original, settings): (&Original, &Settings), site: &mut NewSite) -> String {
    if !body.contains("--8<--") {
        return body.to_string();
    }
    let mut fence = Fence::default();
    let mut out = String::new();
    for (number, line) in body.split_inclusive('\n').enumerate() {
        let named = line.trim().strip_prefix("--8<-- \"").and_then(|rest| rest.strip_suffix('"')).filter(|_| !fence.take(line));
        let Some(named) = named else {
            out.push_str(line);
            continue;
        };
        let place = first + number;
        match original.has(named).then(|| original.text(named).ok()).flatten() {
            Some(text) => {
                site.note(Note::changed(from, format!("the text of `{named}` stands here now")).on(place));
                out.push_str(body_of(&text, 1, named, settings, site).trim_end());
                out.push('\n');
            }
            None => site.note(Note::lost(from, format!("`{}` was left out; no text of that name was found", line.trim())).on(place)),
        }
    }
    out
}

/// Line by line, what is no code.
fn lines(body: &str, first: usize, from: &str, settings: &Settings, site: &mut NewSite) -> String {
    let mut fence = Fence::default();
    let mut out = Vec::new();
    for (number, line) in body.split('\n').enumerate() {
        if fence.take(line) {
            out.push(line.to_string());
            continue;
        }
        let mut told = inline::Told::default();
        if line.trim() == "[TOC]" {
            out.push(String::new());
            told.changed.push("`[TOC]` was left out; the theme shows the contents of long pages".to_string());
        } else if let Some(list) = line.trim().strip_prefix("{:").and_then(|rest| rest.strip_suffix('}')) {
            out.push(String::new());
            told.changed.push(format!("the attributes `{}` were left out", list.trim()));
        } else {
            out.push(inline::carry(&with_id_of_heading(line), settings, &mut told));
        }
        if settings.plugin("macros").is_some() && (line.contains("{{") || line.contains("{%")) {
            told.lost.push("macros are not filled in; the line stands as it was written".to_string());
        }
        told.lost.into_iter().for_each(|message| site.note(Note::lost(from, message).on(first + number)));
        told.changed.into_iter().for_each(|message| site.note(Note::changed(from, message).on(first + number)));
    }
    out.join("\n")
}

/// `## Words {: #id }` as `## Words {#id}`.
fn with_id_of_heading(line: &str) -> String {
    match line.split_once(" {: ").filter(|_| line.starts_with('#')) {
        Some((words, list)) => format!("{words} {{{}", list.trim_end().trim_end_matches('}').trim_end()) + "}",
        None => line.to_string(),
    }
}

/// The addresses in the tags of HTML of a text that are relative: MkDocs leaves them as they are, so they count from where the page lives.
pub fn addresses_in_html(body: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for name in ["src=\"", "href=\""] {
        let mut at = 0;
        while let Some(start) = body[at..].find(name).map(|start| at + start + name.len()) {
            let Some(end) = body[start..].find('"').map(|end| start + end) else { break };
            if body[..start].rfind('<').is_some_and(|tag| !body[tag..start].contains('>')) {
                found.push(start..end);
            }
            at = end;
        }
    }
    found.sort_by_key(|range| range.start);
    found
}

/// Addresses in HTML as they count here: from the file.
fn with_own_addresses(body: &str, doc: &Doc, original: &Original, settings: &Settings) -> String {
    let mut out = String::with_capacity(body.len());
    let mut done = 0;
    let depth = doc.inside.matches('/').count();
    for range in addresses_in_html(body) {
        let address = &body[range.clone()];
        let Some(path) = super::path_of(address) else { continue };
        let Some(target) = super::from_folder(folder_of(&doc.address), path) else { continue };
        if original.has(&format!("{}/{target}", settings.docs_dir)) {
            out.push_str(&body[done..range.start]);
            out.push_str(&"../".repeat(depth));
            out.push_str(&target.replace(' ', "%20"));
            out.push_str(&address[path.len()..]);
            done = range.end;
        }
    }
    out.push_str(&body[done..]);
    out
}
