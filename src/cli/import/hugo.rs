//! What Hugo keeps (<https://gohugo.io/getting-started/directory-structure/>).
//!
//! Owns where its pages and files go; settings, addresses, front matter and texts have a file each. It must not know how a site is written.

mod address;
mod elsewhere;
mod front;
mod menu;
mod place;
mod settings;
mod text;

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Dialect;
use super::new_site::{NewSite, Note};
use super::original::Original;
use super::shortcodes::Calls;
use crate::cli::error::Error;
use crate::cli::front_text::FrontText;
use place::Place;
use settings::Settings;

/// Hugo.
pub const DIALECT: Dialect = Dialect { name: "hugo", is: settings::is_there, import };

/// A page, as it will be.
struct Page {
    place: Place,
    text: String,
    /// Where readers found it; nothing for what Hugo does not publish.
    address: Option<String>,
    /// What it says of itself for menus.
    menu: Vec<menu::Entry>,
    notes: Vec<Note>,
    /// Where its entries of front matter and its text begin in the original, by lines.
    lines: front::Lines,
    calls: Calls,
    /// The keys of taxonomies that have no counterpart, and which it has.
    grouped: Vec<String>,
    /// Its terms, with their taxonomies.
    terms: Vec<(String, String)>,
    /// Files of `assets/` that it shows.
    assets: Vec<String>,
}

fn import(original: &Original, site: &mut NewSite) -> Result<(), Error> {
    let settings = Settings::read(original)?;
    let (pages, others): (Vec<Place>, Vec<Place>) = place::all(original, &settings).into_iter().partition(Place::is_page);
    let read: Vec<Result<Draft, Note>> = pages.into_par_iter().map(|place| read(original, place)).collect();
    let mut drafts = Vec::with_capacity(read.len());
    for read in read {
        match read {
            Ok(draft) => drafts.push(draft),
            Err(note) => site.note(note),
        }
    }
    let cascaded = front::cascaded(drafts.iter().map(|(page, front)| (&page.place, front)));
    let pages: Vec<Page> = drafts.into_par_iter().map(|draft| carried(original, &settings, &cascaded, draft)).collect();
    settings.carry(original, site);
    settings.carry_groups(&pages, site);
    let terms = pages.iter().flat_map(|page| page.terms.iter().map(|term| (term.clone(), page.place.from.clone()))).collect();
    menu::carry(&settings, &pages, site);
    let mut calls = Calls::default();
    let mut assets: BTreeMap<String, String> = BTreeMap::new();
    for page in pages {
        page.notes.into_iter().for_each(|note| site.note(note));
        calls.add(page.calls);
        assets.extend(page.assets.into_iter().map(|asset| (asset, page.place.from.clone())));
        site.add_page(page.place.path(), page.text, page.address, &page.place.from);
    }
    settings.carry_terms(terms, site);
    calls.write_stubs(site);
    for other in others {
        elsewhere::beside(&other, original, site);
    }
    elsewhere::carry(original, &settings, &assets, site);
    Ok(())
}

/// A page that has been read, and its text.
type Draft = (Page, FrontText);

fn read(original: &Original, place: Place) -> Result<Draft, Note> {
    let written = original.text(&place.from)?;
    let mut page = Page {
        place,
        text: String::new(),
        address: None,
        menu: vec![],
        notes: vec![],
        lines: front::Lines::default(),
        calls: Calls::default(),
        grouped: vec![],
        terms: vec![],
        assets: vec![],
    };
    let front = front::read(written, &mut page);
    Ok((page, front))
}

/// Makes a page what it will be.
fn carried(original: &Original, settings: &Settings, cascaded: &front::Cascaded, (mut page, mut front): Draft) -> Page {
    front::carry(&mut front, settings, &mut page);
    text::carry(&mut front, original, settings, cascaded, &mut page);
    page.text = front.into_text();
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::init::write_new;

    #[test]
    fn each_text_is_read_once_and_files_that_are_copied_not_before_they_are_written() {
        let place = tempfile::tempdir().unwrap();
        for (path, text) in [
            ("hugo.toml", "baseURL = \"https://example.org/\"\n[params]\na = 1\n"),
            ("content/_index.md", "---\ntitle: A\ncascade:\n  b: 2\n---\n"),
            ("content/x/index.md", "+++\ntitle = \"X\"\nmenu = \"main\"\n+++\n\n{{< param a >}} {{< own >}} ![P](p.svg)\n"),
            ("content/x/p.svg", "<svg/>"),
            ("content/y.md", "{\"title\": \"Y\", \"images\": [\"p.svg\"]}\n\nText.\n"),
            ("static/z.svg", "<svg/>"),
        ] {
            write_new(&place.path().join(path), text.as_bytes()).unwrap();
        }
        let original = Original::find(place.path()).unwrap();
        import(&original, &mut NewSite::default()).unwrap();
        let mut read = original.read.lock().unwrap().clone();
        read.retain(|path| path != "hugo.toml");
        read.sort();
        assert_eq!(read, ["content/_index.md", "content/x/index.md", "content/y.md"]);
    }
}
