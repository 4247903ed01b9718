//! The register: all sources of a site by their keys, each with its place.
//!
//! It must not know how files of a format are read.

use std::ops::Range;
use std::sync::Arc;

use super::Item;
use crate::diagnostic::Place;
use crate::fingerprint::Fingerprint;

/// A file of a register.
#[derive(Debug, Clone)]
pub struct RegisterFile {
    /// From the root of the project. Its ending says the format: `.bib`, `.json`, `.yaml`, `.yml`.
    pub path: Arc<str>,
    pub text: Arc<str>,
}

/// A source with its place in the register.
#[derive(Debug, Clone)]
pub struct Registered {
    pub item: Arc<Item>,
    /// The fingerprint of the item. Its place is not in it: it changes with every edit above.
    pub print: Fingerprint,
    /// The file in which it stands.
    pub file: RegisterFile,
    /// The bytes of its entry.
    pub range: Range<usize>,
}

/// Sources in the order of their keys.
#[derive(Debug, Clone, Default)]
pub struct Register {
    entries: Vec<Registered>,
    keys: Fingerprint,
}

impl Registered {
    /// The place of its entry.
    pub fn place(&self) -> Place {
        Place::range(&self.file.path, &self.file.text, self.range.clone())
    }
}

impl Register {
    /// A register of sources, whose keys are all different.
    pub fn new(mut entries: Vec<Registered>) -> Register {
        entries.sort_by(|one, other| one.item.key.cmp(&other.item.key));
        let keys: Vec<&str> = entries.iter().map(|entry| &*entry.item.key).collect();
        let keys = Fingerprint::of(&keys);
        Register { entries, keys }
    }

    /// The source with a key.
    pub fn get(&self, key: &str) -> Option<&Registered> {
        self.entries.binary_search_by(|entry| (*entry.item.key).cmp(key)).ok().map(|at| &self.entries[at])
    }

    /// All sources in the order of their keys.
    pub fn entries(&self) -> &[Registered] {
        &self.entries
    }

    /// The fingerprint of all keys: what a key that is not there depends on.
    pub fn keys_print(&self) -> Fingerprint {
        self.keys
    }
}
