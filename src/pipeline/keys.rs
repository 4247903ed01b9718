//! The keys of documents, remembered by prints that cost less: those of the site without the texts of its pages, and of the one text that a document shows.
//!
//! Owns `Keys`. An edit of one text leaves nearly every document under the print that it had, so that its parts need not be made to find its key. It must
//! not know what a key is made of.

use crate::emit::{self, Output};
use crate::fingerprint::{Fingerprint, seal, unseal};
use crate::memo::Verify;
use crate::view::View;

/// The keys of the documents of the last build, by their prints.
#[derive(Debug, Default, PartialEq)]
pub struct Keys {
    /// Print and key, in the order of prints.
    known: Vec<(Fingerprint, Fingerprint)>,
}

/// Bytes of one fingerprint.
const SIZE: usize = 16;

impl Keys {
    /// Keys by their prints, in any order.
    pub fn new(mut known: Vec<(Fingerprint, Fingerprint)>) -> Keys {
        known.sort_unstable();
        Keys { known }
    }

    /// The key of the document with this print; `None` if it is not known.
    ///
    /// # Panics
    /// In verify mode, when the key that is known is not that of the document: its print does not cover what the document is made of.
    pub fn get(&self, print: Fingerprint, view: &View, output: &Output, verify: Verify) -> Option<Fingerprint> {
        let at = self.known.binary_search_by_key(&print, |(print, _)| *print).ok()?;
        let key = self.known[at].1;
        if verify == Verify::On && key != emit::key(view, output) {
            panic!("memo `keys`: the key of `{}` changed under an equal print", output.path);
        }
        Some(key)
    }

    /// The keys as bytes: of each its print and itself, and at the end a seal.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity((self.known.len() + 1) * 2 * SIZE);
        for (print, key) in &self.known {
            bytes.extend(print.0.to_le_bytes());
            bytes.extend(key.0.to_le_bytes());
        }
        seal(bytes)
    }

    /// The keys that these bytes are; none, if they are damaged.
    pub fn from_bytes(bytes: &[u8]) -> Keys {
        let Some((pairs, [])) = unseal(bytes).map(|inside| inside.as_chunks::<{ 2 * SIZE }>()) else { return Keys::default() };
        let half = |pair: &[u8; 2 * SIZE], from: usize| {
            let mut half = [0; SIZE];
            half.copy_from_slice(&pair[from..from + SIZE]);
            Fingerprint(u128::from_le_bytes(half))
        };
        Keys::new(pairs.iter().map(|pair| (half(pair, 0), half(pair, SIZE))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_recalled_whole_or_not_at_all() {
        let keys =
            Keys::new(vec![(Fingerprint(3), Fingerprint(1)), (Fingerprint(u128::MAX), Fingerprint(2)), (Fingerprint(2), Fingerprint(7))]);
        let bytes = keys.to_bytes();
        assert_eq!(Keys::from_bytes(&bytes), keys);
        assert_eq!(Keys::from_bytes(&Keys::default().to_bytes()), Keys::default());
        for length in 0..bytes.len() {
            assert_eq!(Keys::from_bytes(&bytes[..length]), Keys::default(), "the first {length} bytes");
        }
    }
}
