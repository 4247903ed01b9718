//! What stood at a path before a build, and a note that one build leaves to the next beside the manifest.
//!
//! It must not know what the note says. Losing it costs an explanation and nothing else, so nobody is told of it.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use super::manifest::{Entry, Records, size_and_time};
use super::{Folder, Mode};
use crate::fingerprint::Fingerprint;

/// What stood where a file goes that is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// Nothing of ours.
    Nothing,
    /// A file under this other key.
    Other(Fingerprint),
    /// The same file once, but somebody deleted it.
    Deleted,
    /// The same file once, but somebody changed it.
    Edited,
    /// It does not matter: all is made again.
    Anything,
}

impl Folder {
    /// True if `is_current` can be true of the path under some key.
    pub fn may_have(&self, path: &str) -> bool {
        self.mode == Mode::Update && self.before.position(path).is_some()
    }

    /// What stood at a path that is not current under `key`.
    pub fn before(&self, path: &str, key: Fingerprint) -> Before {
        match self.before.position(path).map(|at| self.before.entries[at].key) {
            None => Before::Nothing,
            Some(_) if self.mode != Mode::Update => Before::Anything,
            Some(other) if other != key => Before::Other(other),
            Some(_) if self.stands_at(path).is_none() => Before::Deleted,
            Some(_) => Before::Edited,
        }
    }

    /// Paths and keys of the files that `is_current` said true of, in the order of paths.
    pub fn current(&self) -> impl Iterator<Item = (&str, Fingerprint)> {
        let entries = self.before.entries.iter().zip(&self.current);
        entries.filter(|(_, flag)| flag.load(Ordering::Relaxed)).map(|(entry, _)| (&*entry.path, entry.key))
    }

    /// The files of ours that nobody has mentioned: a commit removes them. In the order of paths.
    pub fn stale(&self) -> Vec<Box<str>> {
        let entries = self.before.entries.iter().zip(&self.current).filter(|(_, flag)| !flag.load(Ordering::Relaxed));
        let mut stale: Vec<Box<str>> = entries.map(|(entry, _)| entry.path.clone()).filter(|path| !path.ends_with('/')).collect();
        if !stale.is_empty() {
            let done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
            let made: HashSet<&str> = done.iter().map(|done| &*done.entry.path).collect();
            stale.retain(|path| !made.contains(&**path));
        }
        stale
    }

    /// True if whatever was in the folder goes, of ours or not.
    pub fn is_emptied(&self) -> bool {
        self.mode == Mode::Clean
    }

    /// The note of the last build.
    pub fn note(&self) -> Option<Vec<u8>> {
        fs::read(&self.records.note).ok()
    }

    /// Leaves a note to the next build, once this one is committed.
    pub fn leave(&self, note: Vec<u8>) {
        *self.note.lock().unwrap_or_else(PoisonError::into_inner) = Some(note);
    }
}

/// Writes the note of a build that is committed: whole or not at all.
pub(super) fn save(records: &Records, note: &[u8]) {
    let new = records.note.with_extension("note-new");
    let saved = fs::write(&new, note).and_then(|()| fs::rename(&new, &records.note));
    if saved.is_err() {
        let _ = fs::remove_file(new);
    }
}

/// The note of the last build into `output`, if there is one; `state` is `.chancery/` of the root.
pub fn note_of(state: &Path, output: &Path) -> Option<Vec<u8>> {
    fs::read(Records::new(state, output).note).ok()
}

/// Whether the file of an entry is still in the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// With the size and time that are recorded.
    AsWritten,
    /// With another size or time.
    Changed,
    /// It is not there, or no file.
    Nowhere,
}

impl Entry {
    /// Whether the file is in `output` with the size and time that are recorded.
    pub fn stands_in(&self, output: &Path) -> Stands {
        match fs::symlink_metadata(output.join(&*self.path)).ok().filter(fs::Metadata::is_file) {
            None => Stands::Nowhere,
            Some(data) if size_and_time(&data) == (self.size, self.modified) => Stands::AsWritten,
            Some(_) => Stands::Changed,
        }
    }
}
