//! The cascade: defaults that the `_index.md` files of the folders above give a page, hidden ones too.
//!
//! It must not know what a key means: it only joins front matters.

use std::collections::HashMap;
use std::sync::Arc;

use super::Candidate;
use crate::page::front::Front;
use crate::page::origin::Role;

/// Every page with the defaults of its folders; the nearest folder is heard first. Pages without any keep their value as it is.
pub fn apply(pages: Vec<Candidate>) -> Vec<Candidate> {
    let defaults: HashMap<(u8, &str), &Front> = pages
        .iter()
        .filter(|page| page.origin.role == Role::Section)
        .filter_map(|Candidate { origin, front, .. }| Some(((origin.lang, &*origin.folder), front.cascade.as_deref()?)))
        .collect();
    if defaults.is_empty() {
        return pages;
    }
    pages
        .iter()
        .map(|Candidate { origin, print, front }| {
            let mut front = front.clone();
            let mut folder = Some(if origin.role == Role::Section { origin.section() } else { &*origin.folder });
            // The home page is in no folder below another: it takes nothing from itself.
            if origin.role == Role::Section && origin.folder.is_empty() {
                folder = None;
            }
            while let Some(here) = folder {
                let found = defaults.get(&(origin.lang, here)).or_else(|| defaults.get(&(0, here)));
                if let Some(given) = found {
                    front = Arc::new(Front::clone(&front).with_defaults(given));
                }
                folder = if here.is_empty() { None } else { Some(here.rsplit_once('/').map_or("", |(above, _)| above)) };
            }
            Candidate { origin: origin.clone(), print: *print, front }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::front::Status;
    use crate::testing::{Page, page, site};

    fn section(path: &str, owner: &str) -> Page {
        let mut section = page(path);
        section.front.cascade.get_or_insert_default().owner = Some(owner.into());
        section
    }

    fn owners(pages: Vec<Page>) -> Vec<String> {
        let gate = site(pages).gate;
        let owner = |front: &Front| front.owner.clone().unwrap_or_default();
        gate.public.iter().map(|page| format!("{} {}", page.origin.path, owner(&page.front))).collect()
    }

    #[test]
    fn the_nearest_section_above_is_heard_first_and_none_hears_itself() {
        let pages = vec![section("_index.md", "home"), section("a/_index.md", "a"), page("a/b/x.md"), page("a/c/index.md"), page("y.md")];
        let expected =
            ["content/_index.md ", "content/a/_index.md home", "content/a/b/x.md a", "content/a/c/index.md a", "content/y.md home"];
        assert_eq!(owners(pages), expected);
    }

    #[test]
    fn a_hidden_section_gives_its_defaults_all_the_same() {
        let mut section = page("a/_index.md").status(Status::Draft);
        section.front.cascade.get_or_insert_default().id = Some("PB-1".into());
        let gate = site([section, page("a/x.md")]).gate;
        assert_eq!(gate.hidden.iter().map(|page| page.id.as_deref()).collect::<Vec<_>>(), [None, Some("PB-1")]);
    }
}
