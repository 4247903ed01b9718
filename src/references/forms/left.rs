//! Forms as bytes, from process to process.
//!
//! Owns `Left`. It must not know how forms are made. Bytes that are damaged, or of another program, are no memory: whoever keeps them sees to that.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::fingerprint::Fingerprint;

/// So many times forms are left that nobody asked for.
const OLDEST: u8 = 40;

/// What another process left: forms by their names, decoded when they are asked for.
#[derive(Debug, Default)]
pub struct Left {
    bytes: Arc<Vec<u8>>,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    name: Fingerprint,
    bytes: Range<usize>,
    /// How often it was left since it was last asked for.
    age: AtomicU8,
}

/// The bytes, in the order of names.
#[derive(Serialize, Deserialize)]
struct Written<'a>(#[serde(borrow)] Vec<(Fingerprint, u8, &'a [u8])>);

impl Left {
    /// What lies in bytes; nothing if they are no such thing.
    pub fn new(bytes: Vec<u8>) -> Left {
        let bytes = Arc::new(bytes);
        let written = postcard::from_bytes::<Written>(&bytes).map_or(Vec::new(), |written| written.0);
        let start = bytes.as_ptr() as usize;
        let entry = |(name, age, own): (Fingerprint, u8, &[u8])| {
            let from = own.as_ptr() as usize - start;
            Entry { name, bytes: from..from + own.len(), age: AtomicU8::new(age) }
        };
        let entries: Vec<Entry> = written.into_iter().map(entry).collect();
        let entries = if entries.is_sorted_by(|one, other| one.name < other.name) { entries } else { Vec::new() };
        Left { bytes, entries }
    }

    /// The value of a name, if it was left.
    pub fn get<T: DeserializeOwned>(&self, name: Fingerprint) -> Option<T> {
        let entry = &self.entries[self.entries.binary_search_by_key(&name, |entry| entry.name).ok()?];
        entry.age.store(0, Ordering::Relaxed);
        postcard::from_bytes(self.bytes.get(entry.bytes.clone())?).ok()
    }

    /// Whether a value was left under a name.
    pub fn has(&self, name: Fingerprint) -> bool {
        self.entries.binary_search_by_key(&name, |entry| entry.name).is_ok()
    }

    /// Bytes of what was left and is not too old, and of new values, none of which was left.
    pub fn with(&self, new: &[(Fingerprint, Vec<u8>)]) -> Vec<u8> {
        let age = |entry: &Entry| entry.age.load(Ordering::Relaxed).saturating_add(1);
        let old = self.entries.iter().filter(|entry| age(entry) <= OLDEST);
        let mut all: Vec<(Fingerprint, u8, &[u8])> = old.map(|entry| (entry.name, age(entry), &self.bytes[entry.bytes.clone()])).collect();
        all.extend(new.iter().map(|(name, bytes)| (*name, 0, &**bytes)));
        all.sort_unstable_by_key(|(name, ..)| *name);
        postcard::to_allocvec(&Written(all)).unwrap_or_default()
    }
}

/// A value as bytes.
pub fn encoded(value: &impl Serialize) -> Vec<u8> {
    postcard::to_allocvec(value).unwrap_or_default()
}
