//! The text of a page of Hugo: its shortcodes, and what it shows of `assets/`.
//!
//! It must not know front matter.

use std::borrow::Cow;

use super::Page;
use super::front::Cascaded;
use super::settings::Settings;
use crate::cli::front_text::FrontText;
use crate::cli::import::body::{Body, destinations};
use crate::cli::import::new_site::Note;
use crate::cli::import::original::Original;
use crate::cli::import::shortcodes::{self, Said};

/// Makes the text what it is here.
pub fn carry(front: &mut FrontText, original: &Original, settings: &Settings, cascaded: &Cascaded, page: &mut Page) {
    let from = page.place.from.clone();
    let (text, line) = (front.body().0, page.lines.text);
    let mut changed = Cow::Borrowed(text);
    if page.place.is_html() {
        changed = Cow::Owned(as_markdown(text));
        page.notes.push(Note::changed(&from, "the page of HTML became one of Markdown with HTML in it: look at it"));
    }
    if changed.contains("{{<") || changed.contains("{{%") {
        let values = front.values();
        let has_param = |name: &str| {
            let key = name.split('.').next().unwrap_or(name);
            let inner = values.get("params").and_then(|params| params.get(key)).is_some();
            let is_below = |folder: &str| {
                folder.is_empty() || page.place.folder.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            values.contains_key(key) || inner || cascaded.iter().any(|(folder, known)| known == key && is_below(folder))
        };
        let said = Said { from: &from, has_param: &has_param, param: &|name| settings.param(name), notes: &mut page.notes };
        let body = Body::new(&changed, line);
        changed = Cow::Owned(shortcodes::carry(&body, said, &mut page.calls));
    }
    if original.has_folder("assets") {
        page.assets.extend(destinations(&changed).into_iter().filter_map(|address| {
            let path = address.trim_start_matches('/').to_string();
            original.has(&format!("assets/{path}")).then_some(path)
        }));
    }
    if changed != text {
        let changed = changed.into_owned();
        front.set_body(&changed);
    }
}

/// HTML as a block of Markdown: without the spaces before its lines, which would make code of them, but in what is preformatted.
fn as_markdown(html: &str) -> String {
    let mut made = String::with_capacity(html.len());
    let mut is_preformatted = false;
    for line in html.split_inclusive('\n') {
        let small = line.to_ascii_lowercase();
        made.push_str(if is_preformatted { line } else { line.trim_start_matches([' ', '\t']) });
        for (begin, end) in [("<pre", "</pre>"), ("<textarea", "</textarea>"), ("<script", "</script>")] {
            is_preformatted |= small.contains(begin);
            is_preformatted &= !small.contains(end);
        }
    }
    made
}
