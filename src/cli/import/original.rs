//! What another tool or program wrote, as it lies on disk.
//!
//! It is read and never changed. It must not know any dialect.

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::new_site::Note;
use crate::cli::error::Error;
use crate::cli::front_text::from_toml;

/// Folders that belong to tools of developers, and hold nothing that somebody published.
const TOOLS: [&str; 5] = [".git", ".hg", ".svn", "node_modules", ".venv"];

/// A folder of another tool, or one file of another program.
#[derive(Debug)]
pub struct Original {
    /// The folder; of one file the folder that it lies in.
    root: PathBuf,
    /// As it is called in the report: the last part of its path.
    pub name: String,
    /// The file, if it is one.
    pub file: Option<String>,
    /// In the order of the alphabet.
    paths: Vec<String>,
    /// Files that are not read, and why.
    unread: Vec<Note>,
    /// What was read, in order.
    #[cfg(test)]
    pub read: std::sync::Mutex<Vec<String>>,
}

impl Original {
    /// Looks at what lies at `given`, an absolute path.
    ///
    /// # Errors
    /// There is nothing, or it may not be read.
    pub fn find(given: &Path) -> Result<Original, Error> {
        let place = fs::canonicalize(given).map_err(|error| Error::io("read", given, error))?;
        let name = place.file_name().map_or("site".to_string(), |name| name.to_string_lossy().into_owned());
        if place.is_file() {
            let root = place.parent().unwrap_or(Path::new("/")).to_path_buf();
            return Ok(Original {
                root,
                paths: vec![name.clone()],
                file: Some(name.clone()),
                unread: Vec::new(),
                name,
                #[cfg(test)]
                read: std::sync::Mutex::default(),
            });
        }
        let is_wanted = |name: &std::ffi::OsStr| !TOOLS.iter().any(|tool| name == *tool);
        let (mut paths, mut unread) = (Vec::new(), Vec::new());
        for entry in WalkDir::new(&place).sort_by_file_name().into_iter().filter_entry(|entry| is_wanted(entry.file_name())) {
            let entry = entry.map_err(|error| Error::io("read", error.path().unwrap_or(&place).to_path_buf().as_path(), &error))?;
            let path = entry.path().strip_prefix(&place).expect("what is walked lies below the root");
            let shown = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
            if entry.path_is_symlink() {
                // It may lead anywhere; what lies within is met where it lies.
                unread.push(Note::lost(&shown, "the link was left out: put the file itself here, and import it again"));
            } else if entry.file_type().is_file() && path.to_str().is_none() {
                unread.push(Note::lost(&shown, "the file was left out: its name is not UTF-8; rename it, and import it again"));
            } else if entry.file_type().is_file() {
                paths.push(shown);
            }
        }
        paths.sort();
        Ok(Original {
            root: place,
            name,
            file: None,
            paths,
            unread,
            #[cfg(test)]
            read: std::sync::Mutex::default(),
        })
    }

    /// All files, in the order of the alphabet, with forward slashes, without those of version control and of packages.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().map(String::as_str)
    }

    /// What to say of files that are not read.
    pub fn unread(&self) -> impl Iterator<Item = Note> {
        self.unread.iter().cloned()
    }

    /// The files below a folder, such as `content`.
    pub fn below<'o>(&'o self, folder: &str) -> impl Iterator<Item = &'o str> + use<'o> {
        let folder = format!("{}/", folder.trim_matches('/'));
        self.paths.iter().map(String::as_str).filter(move |path| path.starts_with(&folder))
    }

    /// Whether there is a file of that path.
    pub fn has(&self, path: &str) -> bool {
        self.paths.binary_search_by(|known| known.as_str().cmp(path)).is_ok()
    }

    /// Whether there is a file below that folder.
    pub fn has_folder(&self, folder: &str) -> bool {
        self.below(folder).next().is_some()
    }

    /// Where a file lies on disk.
    pub fn file(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// The folder on disk.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The text of a file.
    ///
    /// # Errors
    /// It cannot be read, or is not UTF-8: what to say of it in the report.
    pub fn text(&self, path: &str) -> Result<String, Note> {
        let bytes = self.bytes(path)?;
        String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count();
            Note::lost(path, "the file is not UTF-8, so it was left out; save it as UTF-8 and import it again").on(line + 1)
        })
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// It cannot be read: what to say of it in the report.
    pub fn bytes(&self, path: &str) -> Result<Vec<u8>, Note> {
        #[cfg(test)]
        self.read.lock().expect("nobody failed while reading").push(path.to_string());
        fs::read(self.file(path)).map_err(|error| Note::lost(path, format!("the file could not be read, so it was left out: {error}")))
    }

    /// A file of settings or data, by its extension: TOML, YAML or JSON. Dates of TOML are texts.
    ///
    /// # Errors
    /// It cannot be read, or is not what its extension says: nothing can be imported without it.
    pub fn settings(&self, path: &str) -> Result<serde_yaml::Value, Error> {
        let file = self.file(path);
        let text = fs::read_to_string(&file).map_err(|error| Error::io("read", &file, error))?;
        let text = text.trim_start_matches('\u{feff}');
        let read = match path.rsplit_once('.').map(|(_, extension)| extension) {
            Some("toml") => toml::from_str::<toml::Table>(text).map(|table| from_toml(table.into())).map_err(|error| error.to_string()),
            Some("json") => serde_json::from_str(text).map_err(|error| error.to_string()),
            _ => serde_yaml::from_str(text).map_err(|error| error.to_string()),
        };
        read.map_err(|error| {
            Error::site(format!("`{path}` cannot be read: {}", error.trim_end()))
                .hint("mend it, or take it away to import the texts without it; nothing was written")
        })
    }
}
