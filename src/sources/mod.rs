//! The only reader: every file of a site, with its text or where to find it.
//!
//! Owns the walk over `content/`, `static/`, `templates/`, `themes/` and the settings file. It must not know what a file means.

mod read;
mod walk;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use walk::Purpose;

pub use read::settings;

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
    /// The bytes of files that are not text, by path, if the site lies in memory only.
    held: BTreeMap<Arc<str>, Arc<[u8]>>,
}

/// One file.
#[derive(Debug, Clone)]
pub struct Source {
    /// Relative to the root, with forward slashes.
    pub path: Arc<str>,
    pub content: Content,
    /// Of text: its bytes; of other files: size, time and inode.
    pub print: Fingerprint,
}

#[derive(Debug, Clone)]
pub enum Content {
    /// Markdown, data, templates: read.
    Text(Arc<str>),
    /// Anything else: copied when it is published.
    File,
}

/// The folders that a site is made of.
const FOLDERS: [&str; 4] = ["content", "static", "templates", "themes"];

/// The folders of a site that hold what people wrote, and the root itself: no output may be one of them or lie in one but the root.
pub fn folders(root: &Path) -> Vec<PathBuf> {
    FOLDERS.iter().chain(&["archetypes"]).map(|folder| root.join(folder)).chain([root.to_path_buf()]).collect()
}

/// A file that was read, and what is wrong with it.
type Read = (Option<Source>, Option<Diagnostic>);

/// So many files are read at a time by one thread.
const BATCH: usize = 64;

/// Every file of the site, in any order: some are read while others are still looked for.
fn find_and_read(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Vec<Read> {
    let read: Mutex<Vec<Read>> = Mutex::default();
    rayon::scope(|scope| {
        let mut batch = Vec::with_capacity(BATCH);
        let read_all = |batch: Vec<walk::Found>| {
            let done: Vec<Read> = batch.into_iter().map(read::source).collect();
            read.lock().unwrap_or_else(PoisonError::into_inner).extend(done);
        };
        for folder in FOLDERS {
            walk::walk(root, folder, diagnostics, &mut |found| {
                batch.push(found);
                if batch.len() == BATCH {
                    let full = std::mem::replace(&mut batch, Vec::with_capacity(BATCH));
                    scope.spawn(move |_| read_all(full));
                }
            });
        }
        read_all(batch);
    });
    read.into_inner().unwrap_or_else(PoisonError::into_inner)
}

impl Sources {
    /// Reads the whole site under `root`. Files that cannot be read are diagnostics.
    ///
    /// # Errors
    /// The root or the settings file itself cannot be read.
    pub fn scan(root: &Path, settings: Option<&Path>, now: Timestamp) -> io::Result<Sources> {
        let root = fs::canonicalize(root)?;
        let (settings, mut diagnostics) = read::settings(&root, settings)?;
        let mut files = Vec::new();
        for (source, problem) in find_and_read(&root, &mut diagnostics) {
            files.extend(source);
            diagnostics.extend(problem);
        }
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        diagnostics.sort_by(Diagnostic::order);
        Ok(Sources { root, now, settings, files, diagnostics, held: BTreeMap::new() })
    }

    /// A site that lies in memory only, for tests and benchmarks.
    pub fn in_memory(now: Timestamp, settings: &str, files: &[(&str, &str)]) -> Sources {
        let mut sources = Sources {
            root: PathBuf::from("/nowhere"),
            now,
            settings: (Arc::from("site.toml"), Arc::from(settings)),
            files: Vec::with_capacity(files.len()),
            diagnostics: Vec::new(),
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
        let content = match walk::purpose(&path) {
            Purpose::Text => Content::Text(Arc::from(text)),
            Purpose::Copy => {
                self.held.insert(path.clone(), Arc::from(text.as_bytes()));
                Content::File
            }
            Purpose::Nothing => return,
        };
        let at = self.files.partition_point(|source| source.path < path);
        self.files.insert(at, Source { path, content, print: Fingerprint::of_bytes(text.as_bytes()) });
    }

    /// Removes a file of a site in memory.
    pub fn remove(&mut self, path: &str) {
        if let Ok(at) = self.position(path) {
            self.files.remove(at);
            self.held.remove(path);
        }
    }

    /// The file at `path`, relative to the root.
    pub fn get(&self, path: &str) -> Option<&Source> {
        self.position(path).ok().map(|at| &self.files[at])
    }

    fn position(&self, path: &str) -> Result<usize, usize> {
        self.files.binary_search_by(|source| (*source.path).cmp(path))
    }

    /// The text of the file at `path`; empty if it is not there or not text.
    pub fn text(&self, path: &str) -> &str {
        if path == &*self.settings.0 {
            return &self.settings.1;
        }
        match self.get(path).map(|source| &source.content) {
            Some(Content::Text(text)) => text,
            _ => "",
        }
    }

    /// The files below a folder, such as `content/`.
    pub fn below(&self, folder: &str) -> &[Source] {
        let start = self.files.partition_point(|source| &*source.path < folder);
        let length = self.files[start..].partition_point(|source| source.path.starts_with(folder));
        &self.files[start..start + length]
    }

    /// Copies the bytes of a file into `writer`.
    ///
    /// # Errors
    /// The file cannot be read, or `writer` fails.
    pub fn copy(&self, path: &str, writer: &mut dyn io::Write) -> io::Result<()> {
        if let Some(Source { content: Content::Text(text), .. }) = self.get(path) {
            return writer.write_all(text.as_bytes());
        }
        if let Some(bytes) = self.held.get(path) {
            return writer.write_all(bytes);
        }
        io::copy(&mut fs::File::open(self.root.join(path))?, writer).map(drop)
    }
}

#[cfg(test)]
mod tests;
