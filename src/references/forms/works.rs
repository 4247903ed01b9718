//! Citations of works that are in no register, such as the pages of a site: each is shown in one place, so that bytes of it are all that is remembered.
//!
//! Owns `Works`. It must not know how one is made.

use std::sync::RwLock;

use super::Inline;
use super::kept::NOT_POISONED;
use super::left::{Left, encoded};
use crate::fingerprint::{Fingerprint, Lookup};

/// What was made in this process.
#[derive(Default)]
pub struct Works(RwLock<Lookup<Fingerprint, Box<[u8]>>>);

impl Works {
    /// The citation of a name, if another process left it or this one has made it.
    pub fn get(&self, name: Fingerprint, left: &Left) -> Option<Vec<Inline>> {
        let made = || postcard::from_bytes(self.0.read().expect(NOT_POISONED).get(&name)?).ok();
        left.get(name).or_else(made)
    }

    /// Remembers a citation under a name.
    pub fn keep(&self, name: Fingerprint, pieces: &[Inline]) {
        self.0.write().expect(NOT_POISONED).insert(name, encoded(&pieces).into());
    }

    /// How many there are that no other process left.
    pub fn count(&self) -> usize {
        self.0.read().expect(NOT_POISONED).len()
    }

    /// All that were made in this process, as bytes by their names.
    pub fn all(&self) -> Vec<(Fingerprint, Vec<u8>)> {
        self.0.read().expect(NOT_POISONED).iter().map(|(name, bytes)| (*name, bytes.to_vec())).collect()
    }
}
