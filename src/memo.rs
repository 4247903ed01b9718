//! Remembering the value of a pure function: one slot a name, so memory is bounded by what the site has now.
//!
//! Owns `Memo`. It must not know what is remembered. A memo only answers when the key is equal; it never guesses, and nothing is ever invalidated in it.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::fingerprint::Fingerprint;

/// The remembered values of one stage, by name.
pub struct Memo<V> {
    stage: &'static str,
    verify: Verify,
    slots: HashMap<Arc<str>, (Fingerprint, Arc<V>)>,
}

/// Whether each hit is computed again and compared: on in every test, off for users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Verify {
    #[default]
    Off,
    On,
}

/// One value that is wanted: the name of its slot, the fingerprint of all that it depends on, and its input.
pub struct Want<I> {
    pub name: Arc<str>,
    pub key: Fingerprint,
    pub input: I,
}

impl<V: Send + Sync + PartialEq> Memo<V> {
    pub fn new(stage: &'static str, verify: Verify) -> Memo<V> {
        Memo { stage, verify, slots: HashMap::new() }
    }

    /// The values of `compute` for all `wants`, in their order, and in parallel. Slots that nobody wants any more are forgotten.
    ///
    /// # Panics
    /// In verify mode, when a remembered value differs from the one computed now: the key does not cover its inputs.
    pub fn all<I: Sync>(&mut self, wants: &[Want<I>], compute: impl Fn(&I) -> V + Sync) -> Vec<Arc<V>> {
        let values: Vec<Arc<V>> = wants
            .par_iter()
            .map(|want| match self.slots.get(&want.name) {
                Some((key, value)) if *key == want.key => {
                    if self.verify == Verify::On && compute(&want.input) != **value {
                        panic!("memo `{}`: the value of `{}` changed under an equal key", self.stage, want.name);
                    }
                    value.clone()
                }
                _ => Arc::new(compute(&want.input)),
            })
            .collect();
        self.slots = wants.iter().zip(&values).map(|(want, value)| (want.name.clone(), (want.key, value.clone()))).collect();
        values
    }

    /// The value of `compute` for one name.
    pub fn one(&mut self, name: &str, key: Fingerprint, compute: impl Fn() -> V + Sync) -> Arc<V> {
        let want = Want { name: Arc::from(name), key, input: () };
        self.all(&[want], |()| compute()).remove(0)
    }
}
