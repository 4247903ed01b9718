//! The only reader: every file of a site, with its text or where to find it.
//!
//! Owns the walk over `content/`, `static/`, `templates/`, `themes/` and the settings file. It must not know what a file means.

mod known;
mod last_good;
mod purpose;
mod read;
mod refresh;
mod slashes;
mod stamps;
mod text;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use purpose::Purpose;
use walk::Seen;

pub use known::Known;
pub use last_good::LastGood;
pub use purpose::{is_seen, stem};
pub use read::settings;
pub use refresh::Changed;
pub use slashes::forward;
pub use stamps::{Stamp, Stamps};
pub use text::Text;
pub use walk::Link;

/// All that a build reads, sorted by path.
#[derive(Clone)]
pub struct Sources {
    /// Absolute.
    pub root: PathBuf,
    /// The instant as of which the site is built.
    pub now: Timestamp,
    /// The settings file: its path for messages, and its text (empty if there is none).
    pub settings: (Arc<str>, Arc<str>),
    pub files: Vec<Source>,
    /// What could not be read.
    pub diagnostics: Vec<Diagnostic>,
    /// Symbolic links among the files.
    pub links: Vec<Link>,
    /// The settings file that was asked for, if not that of the root.
    asked: Option<PathBuf>,
    /// The bytes of files that are not text, by path, if the site lies in memory only.
    held: BTreeMap<Arc<str>, Arc<[u8]>>,
}

/// One file.
#[derive(Debug, Clone)]
pub struct Source {
    /// Relative to the root, with forward slashes.
    pub path: Arc<str>,
    pub content: Content,
    /// Of text: its bytes; of other files: their stamp.
    pub print: Fingerprint,
    /// Of text without mistakes that lies on disk.
    pub stamp: Option<Stamp>,
}

/// What is held of a file.
#[derive(Debug, Clone)]
pub enum Content {
    /// Markdown, data, templates.
    Text(Text),
    /// Anything else: copied when it is published.
    File,
}

/// The folders that a site is made of.
pub const FOLDERS: [&str; 5] = ["content", "static", "styles", "templates", "themes"];

/// The folders of a site that hold what people wrote, and the root itself: no output may be one of them or lie in one but the root.
pub fn folders(root: &Path) -> Vec<PathBuf> {
    FOLDERS.iter().chain(&["archetypes"]).map(|folder| root.join(folder)).chain([root.to_path_buf()]).collect()
}

impl Sources {
    /// Reads the whole site under `root`, with the settings that are `asked` for, else those of the root. Files that cannot be read are diagnostics;
    /// those that are `known` are read when somebody asks for their text.
    ///
    /// # Errors
    /// The root or the settings file itself cannot be read.
    pub fn scan(root: &Path, asked: Option<&Path>, now: Timestamp, known: &Known) -> io::Result<Sources> {
        let root = fs::canonicalize(root)?;
        let (settings, diagnostics) = read::settings(&root, asked)?;
        let asked = asked.map(Path::to_path_buf);
        let nothing = Sources { root, now, settings, files: Vec::new(), diagnostics, links: Vec::new(), asked, held: BTreeMap::new() };
        let seen = walk::all(&nothing.root);
        Ok(nothing.with(seen, known, &[]))
    }

    /// These sources and what a walk has seen; where a file equals one of `held`, that one is taken, so that a text is held once.
    fn with(mut self, seen: Seen, known: &Known, held: &[Source]) -> Sources {
        let root: Arc<Path> = Arc::from(&*self.root);
        let read: Vec<(Option<Source>, Option<Diagnostic>)> =
            seen.found.into_par_iter().map(|found| read::source(&root, found, known)).collect();
        self.diagnostics.extend(seen.diagnostics);
        for (source, problem) in read {
            self.files.extend(source.map(|source| held_or_new(source, held)));
            self.diagnostics.extend(problem);
        }
        self.links.extend(seen.links);
        // What is in order already is left there.
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        self.diagnostics.sort_by(Diagnostic::order);
        self.links.sort();
        self
    }

    /// A site that lies in memory only, for tests and benchmarks.
    pub fn in_memory(now: Timestamp, settings: &str, files: &[(&str, &str)]) -> Sources {
        let mut sources = Sources {
            root: PathBuf::from("/nowhere"),
            now,
            settings: (Arc::from("site.toml"), Arc::from(settings)),
            files: Vec::with_capacity(files.len()),
            diagnostics: Vec::new(),
            links: Vec::new(),
            asked: None,
            held: BTreeMap::new(),
        };
        // In the order of paths every file is put at the end.
        let mut files = files.to_vec();
        files.sort_by_key(|(path, _)| *path);
        files.iter().for_each(|(path, text)| sources.set(path, text));
        sources
    }

    /// Writes a file of a site in memory, or its settings: over the one at `path`, or as a new one. What a scan would not see is not kept.
    pub fn set(&mut self, path: &str, text: &str) {
        if path == &*self.settings.0 {
            self.settings.1 = Arc::from(text);
            return;
        }
        self.remove(path);
        let path: Arc<str> = Arc::from(path);
        let content = match purpose::purpose(&path) {
            Purpose::Text => Content::Text(Text::held(text, Fingerprint::of_bytes(text.as_bytes()))),
            Purpose::Copy => {
                self.held.insert(path.clone(), Arc::from(text.as_bytes()));
                Content::File
            }
            Purpose::Tell | Purpose::Nothing => return,
        };
        let at = self.files.partition_point(|source| source.path < path);
        self.files.insert(at, Source { path, content, print: Fingerprint::of_bytes(text.as_bytes()), stamp: None });
    }

    /// Removes a file of a site in memory.
    pub fn remove(&mut self, path: &str) {
        if let Ok(at) = self.position(path) {
            self.files.remove(at);
            self.held.remove(path);
        }
    }

    /// These sources with some files, or the settings, as they were in `old`, where a new one was not; `None` if all are as they were.
    fn with_old(&self, old: &Sources, paths: &BTreeSet<Arc<str>>) -> Option<Sources> {
        if paths.is_empty() {
            return None;
        }
        let mut mixed = self.clone();
        let mut differs = false;
        for path in paths {
            if *path == self.settings.0 {
                let is_told = |problem: &Diagnostic| problem.place.as_ref().is_some_and(|place| place.path == *path);
                differs |= old.settings != self.settings || self.diagnostics.iter().any(is_told);
                mixed.settings = old.settings.clone();
                mixed.diagnostics.retain(|problem| !is_told(problem));
            }
            let Ok(at) = mixed.position(path) else { continue };
            match old.get(path) {
                Some(was) if was.print == mixed.files[at].print => {}
                Some(was) => mixed.files[at] = was.clone(),
                None => drop(mixed.files.remove(at)),
            }
            differs |= old.get(path).map(|was| was.print) != self.get(path).map(|is| is.print);
        }
        differs.then_some(mixed)
    }

    /// The same place at the same instant, with nothing in it.
    fn bare(&self) -> Sources {
        let Sources { root, now, settings, files: _, diagnostics: _, links: _, asked, held } = self;
        let (root, settings, asked, held) = (root.clone(), settings.clone(), asked.clone(), held.clone());
        Sources { root, now: *now, settings, files: Vec::new(), diagnostics: Vec::new(), links: Vec::new(), asked, held }
    }

    /// The file at `path`, relative to the root.
    pub fn get(&self, path: &str) -> Option<&Source> {
        self.position(path).ok().map(|at| &self.files[at])
    }

    /// These sources under other settings, with nothing said about those on disk.
    pub fn under(&self, settings: (Arc<str>, Arc<str>)) -> Sources {
        let mut sources = Sources { settings, ..self.clone() };
        sources.diagnostics.retain(|problem| problem.place.as_ref().is_none_or(|place| place.path != self.settings.0));
        sources
    }

    /// True if nobody has touched a file since `other` was read: all look as they did, whatever is in them.
    pub fn looks_like(&self, other: &Sources) -> bool {
        let look = |source: &'_ Source| source.stamp.map_or((None, Some(source.print)), |stamp| (Some(stamp), None));
        self.files.iter().map(|file| (&file.path, look(file))).eq(other.files.iter().map(|file| (&file.path, look(file))))
    }

    fn position(&self, path: &str) -> Result<usize, usize> {
        self.files.binary_search_by(|source| (*source.path).cmp(path))
    }

    /// The text of the file at `path`; empty if it is not there or not text.
    pub fn text(&self, path: &str) -> Arc<String> {
        if path == &*self.settings.0 {
            return Arc::new(self.settings.1.to_string());
        }
        match self.get(path).map(|source| &source.content) {
            Some(Content::Text(text)) => text.get(),
            _ => Arc::default(),
        }
    }

    /// The files below a folder, such as `content/`.
    pub fn below(&self, folder: &str) -> &[Source] {
        let start = self.files.partition_point(|source| &*source.path < folder);
        let length = self.files[start..].partition_point(|source| source.path.starts_with(folder));
        &self.files[start..start + length]
    }

    /// The fingerprint of all that is here, but `now` and where it is.
    pub fn print(&self) -> Fingerprint {
        let files: Vec<(&Arc<str>, Fingerprint)> = self.files.iter().map(|source| (&source.path, source.print)).collect();
        Fingerprint::of(&(&self.settings, files, &self.diagnostics))
    }

    /// A file whose text changed while the site was read, if there is one: what was made of it is of no use.
    pub fn moved(&self) -> Option<&Arc<str>> {
        let has_moved = |source: &&Source| matches!(&source.content, Content::Text(text) if text.has_moved());
        self.files.iter().find(has_moved).map(|source| &source.path)
    }

    /// How many bytes a file has that is copied; `None` if it cannot be seen.
    pub fn size(&self, path: &str) -> Option<u64> {
        match self.held.get(path) {
            Some(bytes) => Some(bytes.len() as u64),
            None => fs::metadata(self.root.join(path)).ok().map(|file| file.len()),
        }
    }

    /// Copies the bytes of a file into `writer`.
    ///
    /// # Errors
    /// The file cannot be read, or `writer` fails.
    pub fn copy(&self, path: &str, writer: &mut dyn io::Write) -> io::Result<()> {
        if let Some(Source { content: Content::Text(text), .. }) = self.get(path) {
            return writer.write_all(text.get().as_bytes());
        }
        if let Some(bytes) = self.held.get(path) {
            return writer.write_all(bytes);
        }
        io::copy(&mut fs::File::open(self.root.join(path))?, writer).map(drop)
    }
}

fn held_or_new(source: Source, held: &[Source]) -> Source {
    let at = held.binary_search_by(|other| other.path.cmp(&source.path));
    match at.ok().map(|at| &held[at]).filter(|other| other.print == source.print) {
        Some(other) => Source { stamp: source.stamp, ..other.clone() },
        None => source,
    }
}

#[cfg(test)]
mod tests;
