//! `chancery publish`, to real places: what readers find there, at the end and on the way.

mod archive;
#[cfg(feature = "clouds")]
mod azure;
#[cfg(feature = "clouds")]
mod bucket;
mod directory;
mod git;
#[cfg(feature = "clouds")]
mod proxy;
mod rsync;
mod safety;
mod servers;
#[cfg(feature = "clouds")]
mod store;

use crate::place::{Place, Tree};

/// A small site with one target, whose table is given. It has a page that is a draft.
pub fn site(target: &str) -> Place {
    let place = Place::new(&[
        ("site.toml", &format!("title = \"Test\"\nbase_url = \"https://example.org/\"\n\n[publish.live]\n{target}\n")),
        ("content/_index.md", "---\ntitle: Home\n---\n\nWelcome.\n"),
        ("content/briefings/secret.md", &page("Secret plans", "Nobody knows.").replace("title", "draft: true\ntitle")),
    ]);
    for number in 0..4 {
        place.write(&format!("content/briefings/p{number}.md"), page(&format!("Page {number}"), "Text."));
    }
    place
}

/// A briefing with a tag.
pub fn page(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-01-01\nsummary: S\ntags: [a]\n---\n\n{text}\n")
}

/// What is published, without the manifest and what has left the site already.
#[track_caller]
pub fn is_published(published: &Tree, place: &Place) {
    let mut published = published.clone();
    let leaving = published.remove(".chancery-manifest.json").map(|manifest| leaving(&manifest)).unwrap_or_default();
    published.retain(|path, _| !leaving.contains(path));
    assert_eq!(crate::place::difference(&published, &place.output()), None);
}

/// The files that a manifest has as leaving.
pub fn leaving(manifest: &[u8]) -> Vec<String> {
    let value: serde_json::Value = serde_json::from_slice(manifest).expect("a manifest");
    let files = value["files"].as_object().expect("files");
    files.iter().filter(|(_, known)| known["leaving"] == true).map(|(path, _)| path.clone()).collect()
}

/// Numbers that look random and are the same in every run (<https://www.jstatsoft.org/article/view/v008i14>).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}
