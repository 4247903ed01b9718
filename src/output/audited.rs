//! What an output was looked through for: the record of the last audit, beside the manifest that it belongs to.
//!
//! Files that a build keeps need no second look for what was looked for before. Losing the record costs a look at all of them.

use std::fs;
use std::path::Path;
use std::sync::PoisonError;

use super::error::{Error, failed};
use super::manifest::{self, Manifest, Records, replace, seal, unseal};
use super::{Folder, OutputInfo};
use crate::fingerprint::Fingerprint;

impl Folder {
    /// The fingerprints of what all files of the last build were looked through for, sorted; none when that is not known.
    pub fn audited(&self) -> Vec<Fingerprint> {
        read(&self.records, &self.before)
    }

    /// Writes down what all files were looked through for, sorted, once the build is committed.
    pub fn record_audit(&self, prints: &[Fingerprint]) {
        *self.audited.lock().unwrap_or_else(PoisonError::into_inner) = Some(prints.to_vec());
    }

    /// The bytes of a file that stands in the output.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn bytes(&self, path: &str) -> Result<Vec<u8>, Error> {
        let file = self.output.join(path);
        fs::read(&file).map_err(failed("read", file))
    }
}

impl OutputInfo {
    /// The fingerprints of what all its files were looked through for, sorted; `state` is `.chancery/` of the root.
    pub fn audited(&self, state: &Path) -> Vec<Fingerprint> {
        let state = fs::canonicalize(state).unwrap_or_else(|_| state.to_path_buf());
        read(&Records::new(&state, &self.folder), &self.manifest)
    }
}

/// Writes the record of an output.
///
/// # Errors
/// It cannot be written.
pub(super) fn save(records: &Records, text: &str) -> Result<(), Error> {
    replace(&records.audit, text).map_err(failed("write", &records.audit))
}

/// The record for a manifest: it is of no use with another.
pub(super) fn text(prints: &[Fingerprint], manifest: &Manifest) -> String {
    let lines = std::iter::once(print_of(manifest)).chain(prints.iter().copied()).map(|print| format!("{print}\n"));
    let mut text: String = lines.collect();
    seal(&mut text);
    text
}

fn read(records: &Records, manifest: &Manifest) -> Vec<Fingerprint> {
    let text = fs::read_to_string(&records.audit).unwrap_or_default();
    let prints: Option<Vec<Fingerprint>> = unseal(&text).and_then(|text| text.lines().map(Fingerprint::parse).collect());
    match prints.as_deref() {
        Some([first, prints @ ..]) if *first == print_of(manifest) => prints.to_vec(),
        _ => Vec::new(),
    }
}

fn print_of(manifest: &Manifest) -> Fingerprint {
    manifest::print(manifest.entries.iter().map(|entry| (&*entry.path, entry.print)))
}
