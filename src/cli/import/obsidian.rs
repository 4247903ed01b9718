//! What Obsidian writes: a vault, which is a folder of notes with `.obsidian/` in it (<https://help.obsidian.md/data-storage>).
//!
//! Most of a note is read as it is written. A vault is private: a note is public only if it says `publish: true`, as for Obsidian Publish
//! (<https://help.obsidian.md/publish/publish>), and every other one is a draft by one line in `content/_index.md`. Files lie where they lay, beside
//! the notes, so that only those are published that a public note shows.
//!
//! It must not know how a site is written.

mod lines;
mod links;
mod notes;
mod slugs;
mod vault;

use std::collections::BTreeSet;

use super::Dialect;
use super::body::Body;
use super::new_site::{NewSite, Note};
use super::original::Original;
use crate::cli::error::Error;
use crate::cli::front_text::FrontText;
use links::{Links, named};
use slugs::Slugs;
use vault::{Vault, place};

pub const DIALECT: Dialect = Dialect { name: "obsidian", is: |original| original.has_folder(".obsidian"), import };

/// The front matter of the home page, which hides what does not say that it is public.
const HOME: &str = "---\n# Every note is a draft, unless it says `status: published`. Without the next line all of them are public.\ncascade: { status: draft }\n---\n";

fn import(original: &Original, site: &mut NewSite) -> Result<(), Error> {
    let vault = Vault::read(original)?;
    site.set("title", original.name.clone());
    vault.tell(site);
    let links = Links::new(vault.notes.iter().chain(&vault.files).map(String::as_str));
    let mut used = BTreeSet::new();
    let mut slugs = Slugs::default();
    for path in &vault.notes {
        match original.text(path) {
            Ok(text) => {
                used.extend(named(&text));
                add_note(&vault, &links, &mut slugs, path, text, site);
            }
            Err(note) => site.note(note),
        }
    }
    add_home(site);
    let (public, all) = (site.pages_mut().filter(|(_, text, ..)| is_public(text)).count(), vault.notes.len());
    let message = format!(
        "a vault is private, so what says `publish: true` is public ({public} of {all}), and all other notes are drafts; `content/_index.md` has the line that says so"
    );
    site.note(Note::changed(".obsidian", message));
    for path in &vault.files {
        if used.contains(&links::key(path)) {
            site.copy(format!("content/{}", place(path)), original.file(path), path);
        } else {
            site.note(Note::changed(path, "no note names this file, so it was left out; copy it beside the notes if it is wanted"));
        }
    }
    Ok(())
}

fn add_note(vault: &Vault, links: &Links, slugs: &mut Slugs, path: &str, text: String, site: &mut NewSite) {
    let mut front = FrontText::new(text);
    notes::carry(vault, path, &mut front, site);
    slugs.settle(path, &mut front, site);
    let (body, first) = front.body();
    let body = Body::new(body, first);
    lines::tell(path, &body, site);
    if let Some(changed) = links.mend(path, &body, site) {
        front.set_body(&changed);
    }
    site.add_page(format!("content/{}", place(path)), front.into_text(), None, path);
}

fn is_public(text: &str) -> bool {
    FrontText::new(text).values().get("status").and_then(serde_yaml::Value::as_str) == Some("published")
}

/// A vault may have a home page of its own.
fn add_home(site: &mut NewSite) {
    let own = site.pages_mut().find(|(path, ..)| ["content/index.md", "content/_index.md"].contains(path));
    match own {
        Some((_, text, ..)) => {
            let mut front = FrontText::new(std::mem::take(text));
            let draft = [("status".into(), "draft".into())].into_iter().collect::<serde_yaml::Mapping>();
            front.set("cascade", &draft.into());
            *text = front.into_text();
        }
        None => site.add_bytes("content/_index.md", HOME, ""),
    }
}
