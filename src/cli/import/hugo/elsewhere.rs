//! What lies beside Hugo's texts: files, templates, data, and what Hugo has made.
//!
//! It must not know pages.

use std::collections::{BTreeMap, BTreeSet};

use super::place::{FOREIGN, Place};
use super::settings::Settings;
use crate::cli::import::new_site::{NewSite, Note};
use crate::cli::import::original::Original;

/// A file among the texts that is no page.
pub fn beside(place: &Place, original: &Original, site: &mut NewSite) {
    if FOREIGN.contains(&place.extension.to_ascii_lowercase().as_str()) {
        let message = format!("the page was left out: `.{}` is no Markdown; Pandoc can make Markdown of it", place.extension);
        return site.note(Note::lost(&place.from, message));
    }
    site.copy(place.path(), original.file(&place.from), &place.from);
}

/// All folders but those of texts.
pub fn carry(original: &Original, settings: &Settings, assets: &BTreeMap<String, String>, site: &mut NewSite) {
    for folder in settings.statics() {
        for from in original.below(folder) {
            site.copy(format!("static/{}", &from[folder.len() + 1..]), original.file(from), from);
        }
    }
    for (asset, page) in assets {
        let from = format!("assets/{asset}");
        site.note(Note::changed(&from, format!("it lies in `static/` now, because `{page}` shows it")));
        site.copy(format!("static/{asset}"), original.file(&from), &from);
    }
    for from in original.below("assets").filter(|from| !assets.contains_key(&from["assets/".len()..])) {
        site.note(Note::lost(
            from,
            "left out: it is made into something by Hugo's templates; what is published as it is goes into `static/`",
        ));
    }
    let said = [
        ("layouts", "the template was left out: templates are written anew, in Tera (`docs/themes.md`)"),
        ("i18n", "left out: a theme has its words in `i18n/` in a form of its own"),
        ("data", "left out: templates of Hugo read it; tables that pages name go into `content/_data/`"),
    ];
    for (folder, message) in said {
        original.below(folder).for_each(|from| site.note(Note::lost(from, message)));
    }
    let themes: BTreeSet<&str> =
        original.below("themes").filter_map(|path| path["themes/".len()..].split_once('/')).map(|(name, _)| name).collect();
    for name in themes {
        site.note(Note::lost(
            &format!("themes/{name}"),
            "the theme was left out, with its templates, styles and files: themes of Hugo do not fit",
        ));
    }
    if original.has("public/index.html") {
        let message = "what Hugo made was left out; `chancery check --against` tells which of its addresses lead nowhere here";
        site.note(Note::changed("public", message));
    }
    for from in original.below("archetypes") {
        archetype(original, from, site);
    }
}

/// What a new page begins with, if it holds no other words of Go than those that have a counterpart.
fn archetype(original: &Original, from: &str, site: &mut NewSite) {
    let Ok(text) = original.text(from) else { return };
    let mut made = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, behind)) = rest.split_once("{{") {
        let Some((inner, after)) = behind.split_once("}}") else { break };
        let inner = inner.trim().trim_matches('-').trim();
        let word = match inner {
            _ if inner.starts_with("replace ") && inner.contains("title") || inner == ".Title" => "title",
            ".Date" | "now" => "date",
            ".Name" | ".File.ContentBaseName" | ".File.BaseFileName" | ".Slug" => "slug",
            ".Type" => "type",
            _ => {
                return site
                    .note(Note::lost(from, format!("left out: `{{{{ {inner} }}}}` has no counterpart in what a new page begins with")));
            }
        };
        made.push_str(before);
        made.push_str(&format!("{{{{ {word} }}}}"));
        rest = after;
    }
    made.push_str(rest);
    if !from.ends_with(".md") || from.matches('/').count() > 1 {
        return site.note(Note::lost(from, "left out: what a new page begins with is one file of Markdown"));
    }
    site.add_bytes(from, made.into_bytes(), from);
}
