//! The ends of addresses: names that are two in a vault, such as `C` and `C++`, or calls of two days, may be one in an address.
//!
//! It must not know what a note says.

use std::collections::BTreeSet;

use super::vault::{place, stem};
use crate::cli::front_text::FrontText;
use crate::cli::import::new_site::{NewSite, Note};
use crate::url::slugify;

/// Keys by which a note says itself where it lives.
const OWN: [&str; 4] = ["slug", "path", "permalink", "url"];

/// The addresses that are taken.
#[derive(Debug, Default)]
pub struct Slugs(BTreeSet<String>);

impl Slugs {
    /// Gives the note at `path` a slug of its own, if another one lives where it would.
    pub fn settle(&mut self, path: &str, front: &mut FrontText, site: &mut NewSite) {
        let placed = place(stem(path));
        let (folder, file) = placed.rsplit_once('/').unwrap_or(("", &placed));
        let folder: String = folder.split('/').filter(|part| !part.is_empty()).map(|part| slugify(part) + "/").collect();
        let values = front.values();
        if let Some(slug) = values.get("slug").and_then(serde_yaml::Value::as_str) {
            self.0.insert(folder + slug);
            return;
        }
        if OWN.iter().any(|key| values.contains_key(*key)) || matches!(file, "index" | "_index") {
            return;
        }
        let own = slugify(undated(file));
        if self.0.insert(format!("{folder}{own}")) {
            return;
        }
        let whole = slugify(file);
        let numbered = (2..).map(|number| format!("{whole}-{number}"));
        let free = std::iter::once(whole.clone()).chain(numbered).find(|slug| self.0.insert(format!("{folder}{slug}")));
        let slug = free.expect("there is always a greater number");
        site.note(Note::changed(path, format!("another note lives at `/{folder}{own}/`, so this one has the slug `{slug}`")));
        front.set("slug", &slug.into());
    }
}

/// A name without the date that it begins with, which is no part of an address.
fn undated(file: &str) -> &str {
    let is_dated = file.get(..10).is_some_and(|head| head.parse::<jiff::civil::Date>().is_ok());
    file.get(10..).filter(|_| is_dated).and_then(|rest| rest.strip_prefix(['-', '_'])).filter(|rest| !rest.is_empty()).unwrap_or(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_that_would_live_at_one_address_get_slugs_of_their_own() {
        let (mut slugs, mut site) = (Slugs::default(), NewSite::default());
        let mut slug = |path: &str, text: &str| {
            let mut front = FrontText::new(text);
            slugs.settle(path, &mut front, &mut site);
            front.values().get("slug").and_then(serde_yaml::Value::as_str).map(str::to_string)
        };
        assert_eq!(slug("C.md", "a"), None);
        assert_eq!(slug("C++.md", "a").as_deref(), Some("c-2"));
        assert_eq!(slug("Notes/C.md", "a"), None);
        assert_eq!(slug("2024-03-02-Call.md", "a"), None);
        assert_eq!(slug("2024-03-09-Call.md", "a").as_deref(), Some("2024-03-09-call"));
        assert_eq!(slug("c!.md", "---\npermalink: /x/\n---\n"), None, "it says itself where it lives");
    }
}
