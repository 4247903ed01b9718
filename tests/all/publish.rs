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
pub mod servers;
#[cfg(feature = "clouds")]
mod store;

use std::collections::BTreeSet;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

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

/// What is killed: what it has started may go on without the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kill {
    Program,
    WithWhatItStarted,
}

/// Runs the program, and kills it as soon as it has come so far; true if it had not ended by then.
pub fn killed(mut command: Command, kill: Kill, has_come_so_far: impl Fn() -> bool) -> bool {
    let mut child = command.process_group(0).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    while !has_come_so_far() && child.try_wait().expect("a process of ours").is_none() {
        std::thread::yield_now();
    }
    child.kill().expect("a process that can be killed");
    if kill == Kill::WithWhatItStarted {
        // The group is gone if all of it has ended.
        let _ = Command::new("kill").args(["-9", "--", &format!("-{}", child.id())]).stderr(Stdio::null()).status();
    }
    child.wait().expect("an end").code().is_none()
}

/// What lies in a folder at one moment, by which it is seen how much a run has done since.
pub struct Moment {
    folder: PathBuf,
    entries: BTreeSet<(PathBuf, u64, Option<SystemTime>)>,
}

impl Moment {
    pub fn new(folder: &Path) -> Moment {
        // While it is looked at, some of it goes.
        let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter_map(|entry| {
            let data = entry.metadata().ok()?;
            Some((entry.into_path(), data.len(), data.modified().ok()))
        });
        Moment { folder: folder.into(), entries: entries.collect() }
    }

    /// How many files and folders are new or others since.
    pub fn changes(&self) -> usize {
        Moment::new(&self.folder).entries.difference(&self.entries).count()
    }
}
