//! How an output was made, in words of whoever made it: they are there as long as the last build into it did not fail.
//!
//! It must not know what the words say.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use super::compare::print_of;
use super::error::{Error, failed};
use super::lock::Lock;
use super::manifest::{Manifest, Records, replace};
use super::{Folder, PATIENCE, Stands, lock, place};
use crate::fingerprint::Fingerprint;

impl Folder {
    /// Writes down how the output was made, once it is committed.
    pub fn sign(&self, words: String) {
        *self.words.lock().unwrap_or_else(PoisonError::into_inner) = Some(words);
    }
}

/// Whoever builds takes the words away first: a build that fails leaves none.
///
/// # Errors
/// The record cannot be removed.
pub(super) fn forget(records: &Records) -> Result<(), Error> {
    match fs::remove_file(&records.made) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(failed("remove", &records.made)(error)),
        _ => Ok(()),
    }
}

/// Writes down how an output was made.
///
/// # Errors
/// It cannot be written.
pub(super) fn save(records: &Records, words: &str) -> Result<(), Error> {
    replace(&records.made, words).map_err(failed("write", &records.made))
}

/// An output as the last build left it, and no build changes it as long as this is held.
pub struct OutputInfo {
    /// Its real absolute path.
    pub folder: PathBuf,
    /// What the build wrote.
    pub manifest: Manifest,
    /// How it was made, in words of whoever made it; `None` when the last build into it failed.
    pub words: Option<String>,
    _lock: Lock,
}

impl OutputInfo {
    /// Opens what the last build left in `output`; `None` when no build has written that folder. `state` is `.chancery/` of the root.
    ///
    /// # Errors
    /// A build holds the output, or the record cannot be read.
    pub fn open(state: &Path, output: &Path) -> Result<Option<OutputInfo>, Error> {
        let Ok(state) = fs::canonicalize(state) else { return Ok(None) };
        let folder = place::resolve(output).map_err(failed("find", output))?;
        let records = Records::new(&state, &folder);
        if !records.manifest.exists() {
            return Ok(None);
        }
        let lock = lock::take(&records.lock, PATIENCE)?;
        // A commit that was killed halfway is for the next build to complete.
        let is_whole = !records.intent.exists();
        let manifest = Manifest::read(&records.manifest, &folder).filter(|_| is_whole);
        Ok(manifest.map(|manifest| OutputInfo { folder, manifest, words: fs::read_to_string(&records.made).ok(), _lock: lock }))
    }

    /// The files that are not as the build wrote them: gone, or with other bytes.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn damaged(&self) -> Result<Vec<&str>, Error> {
        let mut damaged = Vec::new();
        for entry in &self.manifest.entries {
            let is_as_written = match entry.stands_in(&self.folder) {
                Stands::AsWritten => true,
                Stands::Nowhere => false,
                // A copy has another time, and may be the same all the same.
                Stands::Changed => self.print_of(&entry.path)? == entry.print,
            };
            if !is_as_written {
                damaged.push(&*entry.path);
            }
        }
        Ok(damaged)
    }

    fn print_of(&self, path: &str) -> Result<Fingerprint, Error> {
        let file = self.folder.join(path);
        print_of(&file).map_err(failed("read", file))
    }
}
