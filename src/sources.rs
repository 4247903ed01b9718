//! The only reader: every file of a site, with its text or where to find it.
//!
//! Owns the walk over `content/`, `static/`, `templates/`, `themes/` and the settings file. It must not know what a file means.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Diagnostic, Place};
use crate::fingerprint::Fingerprint;

/// All that a build reads, sorted by path.
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

impl Sources {
    /// Reads the whole site under `root`. Files that cannot be read are diagnostics.
    ///
    /// # Errors
    /// The root or the settings file itself cannot be read.
    pub fn scan(root: &Path, settings: Option<&Path>, now: Timestamp) -> io::Result<Sources> {
        let root = fs::canonicalize(root)?;
        let settings = read_settings(&root, settings)?;
        let mut diagnostics = Vec::new();
        let found: Vec<(PathBuf, bool)> = FOLDERS.iter().flat_map(|folder| walk(&root, folder, &mut diagnostics)).collect();
        let read: Vec<Result<(Source, Option<Diagnostic>), Diagnostic>> =
            found.into_par_iter().map(|(path, is_text)| read(&root, &path, is_text)).collect();
        let mut files = Vec::with_capacity(read.len());
        for one in read {
            match one {
                Ok((source, problem)) => {
                    files.push(source);
                    diagnostics.extend(problem);
                }
                Err(problem) => diagnostics.push(problem),
            }
        }
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(Sources { root, now, settings, files, diagnostics })
    }

    /// A site that lies in memory only, for tests and benchmarks.
    pub fn in_memory(now: Timestamp, settings: &str, files: &[(&str, &str)]) -> Sources {
        let mut files: Vec<Source> = files
            .iter()
            .map(|(path, text)| Source {
                path: Arc::from(*path),
                content: if is_text(path) { Content::Text(Arc::from(*text)) } else { Content::File },
                print: Fingerprint::of_bytes(text.as_bytes()),
            })
            .collect();
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Sources {
            root: PathBuf::from("/nowhere"),
            now,
            settings: (Arc::from("site.toml"), Arc::from(settings)),
            files,
            diagnostics: Vec::new(),
        }
    }

    /// The file at `path`, relative to the root.
    pub fn get(&self, path: &str) -> Option<&Source> {
        self.files.binary_search_by(|source| (*source.path).cmp(path)).ok().map(|at| &self.files[at])
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
        let length = self.files[start..].iter().take_while(|source| source.path.starts_with(folder)).count();
        &self.files[start..start + length]
    }

    /// Copies the bytes of a file into `writer`.
    pub fn copy(&self, path: &str, writer: &mut dyn io::Write) -> io::Result<()> {
        if let Some(Source { content: Content::Text(text), .. }) = self.get(path) {
            return writer.write_all(text.as_bytes());
        }
        io::copy(&mut fs::File::open(self.root.join(path))?, writer).map(drop)
    }
}

/// The settings file: its path for messages, and its text; empty if there is no `site.toml` and no other file is asked for.
///
/// # Errors
/// It cannot be read. The error names it.
pub fn read_settings(root: &Path, settings: Option<&Path>) -> io::Result<(Arc<str>, Arc<str>)> {
    let path = settings.map_or_else(|| root.join("site.toml"), Path::to_path_buf);
    let shown = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
    match fs::read(&path) {
        Ok(bytes) => Ok((Arc::from(shown), Arc::from(String::from_utf8_lossy(&bytes)))),
        Err(error) if error.kind() == io::ErrorKind::NotFound && settings.is_none() => Ok((Arc::from(shown), Arc::from(""))),
        Err(error) => Err(io::Error::new(error.kind(), format!("{}: {error}", path.display()))),
    }
}

/// True for the files whose text the program reads; all others are only copied.
fn is_text(path: &str) -> bool {
    if path.starts_with("static/") || path.contains("/static/") && path.starts_with("themes/") {
        return false;
    }
    if path.starts_with("content/") && !path.starts_with("content/_data/") {
        return path.ends_with(".md") || path.ends_with(".markdown");
    }
    true
}

/// The files of one folder of the root, each with whether its text is wanted.
fn walk(root: &Path, folder: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<(PathBuf, bool)> {
    let start = root.join(folder);
    if !start.exists() {
        return Vec::new();
    }
    let mut outside = Vec::new();
    let mut found = Vec::new();
    let walker = WalkDir::new(&start).follow_links(true).into_iter().filter_entry(|entry| {
        let leaves = entry.path_is_symlink() && !stays_inside(root, entry.path());
        if leaves {
            outside.push(entry.path().to_path_buf());
        }
        !leaves && is_wanted(entry, folder)
    });
    for entry in walker {
        match entry {
            Ok(entry) if entry.file_type().is_file() => match relative(root, entry.path()) {
                Some(path) => found.push((entry.into_path(), is_text(&path))),
                None => diagnostics.push(unnamed(root, entry.path())),
            },
            Ok(_) => {}
            Err(error) => diagnostics.push(unreadable(root, &error)),
        }
    }
    for path in outside {
        // A link whose target is gone is the same mistake for its author: the file that is meant is not in the site.
        let place = Place::file(&Arc::from(path.strip_prefix(root).unwrap_or(&path).to_string_lossy()));
        diagnostics.push(
            Diagnostic::error("outside-root", "this symbolic link leads out of the site, or nowhere")
                .at(place)
                .hint("copy what it points to into the site, or remove the link"),
        );
    }
    found
}

fn stays_inside(root: &Path, path: &Path) -> bool {
    fs::canonicalize(path).is_ok_and(|real| real.starts_with(root))
}

/// Leaves out hidden files, files of editors, and in `content/` what begins with `_` but `_index` and `_data`.
fn is_wanted(entry: &DirEntry, folder: &str) -> bool {
    let name = entry.file_name().to_string_lossy();
    if entry.depth() == 0 {
        return true;
    }
    if name.ends_with('~') || name.ends_with(".swp") || name == ".DS_Store" || name == ".git" {
        return false;
    }
    if folder != "content" {
        return true;
    }
    if name.starts_with('.') {
        return false;
    }
    !name.starts_with('_') || name == "_data" && entry.depth() == 1 || name.starts_with("_index.") && !entry.file_type().is_dir()
}

fn relative(root: &Path, path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.strip_prefix(root).ok()?.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}

fn read(root: &Path, path: &Path, is_text: bool) -> Result<(Source, Option<Diagnostic>), Diagnostic> {
    let name: Arc<str> = Arc::from(relative(root, path).unwrap_or_default());
    let failed = |error: io::Error| {
        Diagnostic::error("unreadable", format!("cannot read this file: {error}")).at(Place::file(&name)).hint("check its permissions")
    };
    if !is_text {
        let data = fs::metadata(path).map_err(failed)?;
        let print = Fingerprint::of(&(data.size(), data.mtime(), data.mtime_nsec(), data.ino()));
        return Ok((Source { path: name, content: Content::File, print }, None));
    }
    let bytes = fs::read(path).map_err(failed)?;
    let print = Fingerprint::of_bytes(&bytes);
    let (text, problem) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let problem = Diagnostic::error("not-utf8", "this file is not UTF-8 text")
                .at(Place::range(&name, &text, at..at + 1))
                .hint("save it as UTF-8 in your editor");
            (text, Some(problem))
        }
    };
    Ok((Source { path: name, content: Content::Text(Arc::from(text)), print }, problem))
}

fn unnamed(root: &Path, path: &Path) -> Diagnostic {
    let shown = path.strip_prefix(root).unwrap_or(path).to_string_lossy();
    Diagnostic::error("bad-file-name", "the name of this file is not UTF-8").at(Place::file(&Arc::from(shown))).hint("rename it")
}

fn unreadable(root: &Path, error: &walkdir::Error) -> Diagnostic {
    let path = error.path().map(|path| path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned()).unwrap_or_default();
    let message = if error.loop_ancestor().is_some() {
        "this symbolic link leads back to a folder above it".to_string()
    } else {
        format!("cannot read this: {}", error.io_error().map_or_else(|| error.to_string(), ToString::to_string))
    };
    Diagnostic::error("unreadable", message).at(Place::file(&Arc::from(path)))
}
