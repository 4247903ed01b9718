//! What is made of an original: pages, files, settings, and what could not be carried over.
//!
//! It is complete before anything of it is written. It must not know any dialect, and no disk but as the place that a file is copied from.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// A line of the original that is not in the new site as it was.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Note {
    /// The file of the original, from its root.
    pub path: String,
    /// From 1; 0 when the whole file is meant.
    pub line: usize,
    pub kind: Kind,
    /// What happened to it and what can be done, in lower case, without a full stop.
    pub message: String,
}

/// What happened to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It has no counterpart: readers miss it, or see it as it was written.
    Lost,
    /// It is there in another form, which should be looked at.
    Changed,
}

impl Note {
    /// Of a file: something of it has no counterpart.
    pub fn lost(path: &str, message: impl Into<String>) -> Note {
        Note { path: path.to_string(), line: 0, kind: Kind::Lost, message: message.into() }
    }

    /// Of a file: something of it has another form.
    pub fn changed(path: &str, message: impl Into<String>) -> Note {
        Note { kind: Kind::Changed, ..Note::lost(path, message) }
    }

    /// The same, of one line, counted from 1.
    pub fn on(self, line: usize) -> Note {
        Note { line, ..self }
    }
}

/// A file of the new site.
#[derive(Debug, Clone, PartialEq)]
pub enum Contents {
    /// A page, with the address that it had, if it had one.
    Page {
        text: String,
        address: Option<String>,
    },
    Bytes(Vec<u8>),
    /// The same bytes as this file on disk.
    Copy(PathBuf),
}

/// The site that is to be written.
#[derive(Debug, Default)]
pub struct NewSite {
    /// What becomes `site.toml`, in the order of its entries; empty where the original has no settings.
    pub settings: toml::Table,
    /// By their paths from the root, such as `content/briefings/x.md`; with the file of the original that each was made of.
    files: BTreeMap<String, (Contents, String)>,
    notes: Vec<Note>,
}

impl NewSite {
    /// Adds a page made of the file `from` of the original. `address` is where readers found it, such as `/2019/03/x.html`, if they did: if the page
    /// would have another here, its front matter gets a `path`.
    pub fn add_page(&mut self, path: impl Into<String>, text: impl Into<String>, address: Option<String>, from: &str) {
        self.add(path.into(), Contents::Page { text: text.into(), address }, from);
    }

    /// Adds a file with these bytes, made of the file `from` of the original.
    pub fn add_bytes(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>, from: &str) {
        self.add(path.into(), Contents::Bytes(bytes.into()), from);
    }

    /// Adds a copy of the file `from` of the original, which lies at `place`.
    pub fn copy(&mut self, path: impl Into<String>, place: PathBuf, from: &str) {
        self.add(path.into(), Contents::Copy(place), from);
    }

    /// Two files for one place are told, and the first stays.
    fn add(&mut self, path: String, contents: Contents, from: &str) {
        match self.files.get(&path) {
            None => drop(self.files.insert(path, (contents, from.to_string()))),
            Some((_, first)) => {
                let message = format!("the file was left out: it would stand at `{path}`, and so does `{first}`; rename one of them");
                self.note(Note::lost(from, message));
            }
        }
    }

    /// Tells of a line that could not be carried over as it was. What is told twice stands once.
    pub fn note(&mut self, note: Note) {
        self.notes.push(note);
    }

    /// Whether there is a file at that path of the new site.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Puts a setting into a table that a dotted name leads to: `theme.menu`.
    ///
    /// # Panics
    /// A part of the name is a setting already, and no table.
    pub fn set(&mut self, name: &str, value: impl Into<toml::Value>) {
        let mut table = &mut self.settings;
        let (above, key) = name.rsplit_once('.').map_or((None, name), |(above, key)| (Some(above), key));
        for part in above.into_iter().flat_map(|above| above.split('.')) {
            let inner = table.entry(part).or_insert_with(|| toml::Table::new().into());
            table = inner.as_table_mut().expect("a dialect sets a table or a value, never both");
        }
        table.insert(key.to_string(), value.into());
    }

    /// Puts an entry into a table of the settings; its name may have dots.
    pub fn set_in(&mut self, table: &str, key: &str, value: impl Into<toml::Value>) {
        let inner = self.settings.entry(table).or_insert_with(|| toml::Table::new().into());
        if let Some(inner) = inner.as_table_mut() {
            inner.insert(key.to_string(), value.into());
        }
    }

    /// Makes the menu of these entries, each a title and an address. Without any the theme has its own.
    pub fn set_menu(&mut self, entries: impl IntoIterator<Item = (String, String)>) {
        let entry = |(title, url): (String, String)| [("title".to_string(), title.into()), ("url".to_string(), url.into())];
        let menu: Vec<toml::Value> = entries.into_iter().map(|found| toml::Value::Table(entry(found).into_iter().collect())).collect();
        if !menu.is_empty() {
            self.set("theme.menu", menu);
        }
    }

    /// The files in the order of their paths, each with its contents and the file that it was made of.
    pub fn files(&self) -> impl Iterator<Item = (&str, &Contents, &str)> {
        self.files.iter().map(|(path, (contents, from))| (&**path, contents, &**from))
    }

    pub(super) fn pages_mut(&mut self) -> impl Iterator<Item = (&str, &mut String, Option<&str>, &str)> {
        self.files.iter_mut().filter_map(|(path, (contents, from))| match contents {
            Contents::Page { text, address } => Some((&**path, text, address.as_deref(), &**from)),
            Contents::Bytes(_) | Contents::Copy(_) => None,
        })
    }

    /// What could not be carried over as it was, in the order of places, each once.
    pub fn notes(&self) -> Vec<Note> {
        let mut notes = self.notes.clone();
        notes.sort_by(|a, b| (&a.path, a.line, a.kind, &a.message).cmp(&(&b.path, b.line, b.kind, &b.message)));
        notes.dedup();
        notes
    }
}
