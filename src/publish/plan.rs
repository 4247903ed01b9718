//! What must happen so that a place holds a release: what is sent, in which order, and what is deleted.
//!
//! Pure. It must not know hosts.

use std::collections::BTreeSet;

use super::published::{Known, Published};
use super::release::{Coding, File, Origin, Release, suffix};

/// When something happens, so that links hold at any moment and what was hidden is gone first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Pages that have become hidden are deleted, and what is in the way of files that come.
    Hidden,
    /// What pages are made with: styles, scripts, images, pieces of the search index.
    Assets,
    Pages,
    /// What leads to pages from outside: feeds, sitemap, the directory of the search index.
    Feeds,
    /// All else that left the site is deleted.
    Gone,
}

/// The difference between what is published and what should be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan<'a> {
    /// In the order of sending.
    pub send: Vec<Sending<'a>>,
    /// In the order of deleting.
    pub delete: Vec<Deletion>,
    /// Fingerprinted files that left the site, and stay for pages that a reader has open. In the order of paths.
    pub leaving: Vec<Box<str>>,
    /// How many files are there as they should be.
    pub unchanged: usize,
    /// How many files are there that were published and have not left.
    pub there: usize,
}

/// One file that is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sending<'a> {
    /// When it is sent.
    pub phase: Phase,
    /// What is sent.
    pub file: &'a File,
    /// Nothing of ours is there yet.
    pub is_new: bool,
}

/// One file that is deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deletion {
    /// When it is deleted.
    pub phase: Phase,
    /// Below the top of the place.
    pub path: Box<str>,
    /// Whether it counts among those that may be deleted without asking.
    pub weight: Weight,
}

/// What a deletion means to whoever must agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// A file that was published leaves the site.
    Counts,
    /// It follows from something else: a copy, a piece of what has changed, a file that was perhaps never sent.
    Follows,
    /// It has left before, and goes when there is a reason to touch the place.
    Waits,
}

impl<'a> Plan<'a> {
    /// Compares by fingerprint. `is_hidden` tells of the path of a file that left the site whether it belongs to a page that is hidden now.
    pub fn new(published: &Published, release: &'a Release, is_hidden: &dyn Fn(&str) -> bool) -> Plan<'a> {
        let mut plan = Plan::default();
        for file in &release.files {
            let known = published.files.get(&file.path);
            // What was about to go and has come back is there too.
            if known.is_some_and(|known| known.print == Some(file.print)) {
                plan.unchanged += 1;
            } else {
                plan.send.push(Sending { phase: phase(file), file, is_new: known.is_none() });
            }
        }
        let is_hidden = |path: &str| is_hidden(original(path, published).unwrap_or(path));
        let gone = || published.files.iter().filter(|(path, _)| release.get(path).is_none());
        let hides = gone().any(|(path, _)| is_hidden(path));
        let sent: BTreeSet<&str> = plan.send.iter().map(|sending| &*sending.file.path).collect();
        for (path, known) in gone() {
            let is_fingerprinted = release.is_fingerprinted(path) && known.print.is_some();
            // Pieces of the search index hold the words of pages that are hidden now. A style sheet tells nothing.
            let may_tell = is_hidden(path) || hides && !is_of_theme(path);
            if is_fingerprinted && !known.is_leaving && !may_tell {
                plan.leaving.push(path.clone());
                continue;
            }
            let is_first = may_tell && (is_hidden(path) || is_fingerprinted) || is_in_the_way(path, &sent);
            let phase = if is_first { Phase::Hidden } else { Phase::Gone };
            let weight = match () {
                () if known.is_leaving && known.print.is_some() && !may_tell => Weight::Waits,
                // What has no size in the manifest was under way when somebody was interrupted, or is a copy.
                () if is_fingerprinted || known.size.is_none() || original(path, published).is_some() => Weight::Follows,
                () => Weight::Counts,
            };
            plan.delete.push(Deletion { phase, path: path.clone(), weight });
        }
        plan.there = published.files.values().filter(|known| !known.is_leaving && known.size.is_some()).count();
        plan.send.sort_by(|one, other| (one.phase, &one.file.path).cmp(&(other.phase, &other.file.path)));
        plan.delete.sort_by(|one, other| (one.phase, &one.path).cmp(&(other.phase, &other.path)));
        plan
    }

    /// The same for a place where what waits to be deleted goes along with the next change only.
    pub fn patient(mut self) -> Plan<'a> {
        if self.send.is_empty() && self.leaving.is_empty() && self.delete.iter().all(|deletion| deletion.weight == Weight::Waits) {
            self.delete.clear();
        }
        self
    }

    /// True if the place is as it should be.
    pub fn is_empty(&self) -> bool {
        self.send.is_empty() && self.leaving.is_empty() && self.delete.is_empty()
    }

    /// The files that are deleted because they left the site.
    pub fn deletions(&self) -> impl Iterator<Item = &Deletion> {
        self.delete.iter().filter(|deletion| deletion.weight == Weight::Counts)
    }

    /// What will be published when all is done. `version` tells what the host calls a file that was sent.
    pub fn after(&self, release: &Release, published: &Published, version: impl Fn(&str) -> Option<String>) -> Published {
        let sent: BTreeSet<&str> = self.send.iter().map(|sending| &*sending.file.path).collect();
        let known_version = |path: &str| match sent.contains(path) {
            true => version(path),
            false => published.files.get(path).and_then(|known| known.version.clone()),
        };
        let files = release.files.iter().map(|file| {
            let version = known_version(&file.path);
            (file.path.clone(), Known { size: file.size, print: Some(file.print), is_leaving: false, version })
        });
        let leaving = self.leaving.iter().filter_map(|path| {
            let known = published.files.get(path)?;
            Some((path.clone(), Known { is_leaving: true, ..known.clone() }))
        });
        Published { files: files.chain(leaving).collect(), record: release.record.clone(), ..Published::default() }
    }
}

/// What makes a difference in which order things come is the name of a file: the output has no other word for it.
fn phase(file: &File) -> Phase {
    let path = match file.origin {
        Origin::Copy(..) => file.path.rsplit_once('.').map_or(&*file.path, |(path, _)| path),
        _ => &file.path,
    };
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_feed = matches!(name, "feed.xml" | "feed.json" | "robots.txt" | "_headers" | "_redirects" | "CNAME");
    if is_feed || name.starts_with("sitemap") && name.ends_with(".xml") || path.ends_with("search/index.json") {
        Phase::Feeds
    } else if name.ends_with(".html") {
        Phase::Pages
    } else {
        Phase::Assets
    }
}

/// Styles, scripts and fonts, which pages that a reader has open need.
fn is_of_theme(path: &str) -> bool {
    let plain = path.trim_end_matches(".br").trim_end_matches(".gz");
    [".css", ".js", ".mjs", ".woff2", ".woff"].iter().any(|ending| plain.ends_with(ending))
}

/// A file where a folder must be, or in a folder where a file must be.
fn is_in_the_way(path: &str, sent: &BTreeSet<&str>) -> bool {
    let folder = format!("{path}/");
    let holds = sent.range(folder.as_str()..).next().is_some_and(|other| other.starts_with(&folder));
    holds || path.match_indices('/').any(|(at, _)| sent.contains(&path[..at]))
}

/// The published file of which another one is a compressed copy.
fn original<'p>(path: &'p str, published: &Published) -> Option<&'p str> {
    let plain = [Coding::Brotli, Coding::Gzip].iter().filter_map(|coding| path.strip_suffix(suffix(*coding)));
    plain.into_iter().find(|path| published.files.contains_key(*path))
}

#[cfg(test)]
mod tests;
