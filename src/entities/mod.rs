//! Entities: people, organisations, places and agreements that have a page, the names under which texts speak of them, and where they do.
//!
//! Owns `EntityNames`, its `scan`, and `Mentions`. It must not know the index. `scan` is the only reader of bodies besides the page's own file.

mod names;
mod scan;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use names::EntityNames;

/// What one body mentions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mentions {
    /// The first mention of each, in the order of the text.
    pub mentions: Box<[Mention]>,
}

/// A place where a text names something that has a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mention {
    /// Path of the page that is mentioned.
    pub path: Arc<str>,
    /// Index of the heading above.
    pub heading: Option<u32>,
    /// The sentence around it; a long one is cut at a word.
    pub sentence: Box<str>,
}

impl Mentions {
    /// The mentions as bytes.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        postcard::to_allocvec(self).ok()
    }

    /// The mentions by their bytes; `None` if they are none.
    pub fn recall(bytes: &[u8]) -> Option<Mentions> {
        postcard::from_bytes(bytes).ok()
    }
}
