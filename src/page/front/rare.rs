//! What few pages say, apart from what most do: a page that says none of it has a word of memory instead of hundreds of bytes.
//!
//! It must not know which keys those are.

use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize};

use super::Front;
use super::keys::RareKeys;

/// The keys that few pages have, to be read and written as if they were there. What says nothing is equal to nothing.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Rare(Option<Box<RareKeys>>);

/// What a page has that says none of it.
static UNSAID: RareKeys = RareKeys::UNSAID;

impl Rare {
    /// These keys with `defaults`, as `join` puts them together.
    pub(super) fn or(self, defaults: &Rare, join: impl FnOnce(RareKeys, &RareKeys) -> RareKeys) -> Rare {
        match (self.0, &defaults.0) {
            (own, None) => Rare(own),
            (own, Some(defaults)) => Rare(Some(Box::new(join(own.map(|own| *own).unwrap_or_default(), defaults)))),
        }
    }
}

/// A key that few pages have is read like any other: `front.withdrawn`.
impl Deref for Front {
    type Target = Rare;

    fn deref(&self) -> &Rare {
        &self.rare
    }
}

impl DerefMut for Front {
    fn deref_mut(&mut self) -> &mut Rare {
        &mut self.rare
    }
}

impl Deref for Rare {
    type Target = RareKeys;

    fn deref(&self) -> &RareKeys {
        self.0.as_deref().unwrap_or(&UNSAID)
    }
}

impl DerefMut for Rare {
    fn deref_mut(&mut self) -> &mut RareKeys {
        self.0.get_or_insert_default()
    }
}

impl PartialEq for Rare {
    fn eq(&self, other: &Rare) -> bool {
        **self == **other
    }
}
