//! What a site says is no secret: `[audit] allow`.

use std::collections::HashSet;

use crate::fingerprint::Fingerprint;
use crate::output::audit::words::hashes;

/// Texts and paths that are no secret.
pub struct Allowed<'a> {
    entries: &'a [String],
    words: HashSet<Vec<u64>>,
}

impl<'a> Allowed<'a> {
    /// What the entries of the setting allow.
    pub fn new(entries: &'a [String]) -> Allowed<'a> {
        Allowed { entries, words: entries.iter().map(|entry| hashes(entry)).collect() }
    }

    /// Whether an entry has just these words.
    pub fn has(&self, text: &str) -> bool {
        !self.entries.is_empty() && self.words.contains(&hashes(text))
    }

    /// Whether an entry is this address.
    pub fn has_address(&self, address: &str) -> bool {
        self.entries.iter().any(|entry| entry.trim_matches('/').eq_ignore_ascii_case(address))
    }

    /// Whether an entry is this path, or a folder above it.
    pub fn has_path(&self, path: &str) -> bool {
        let is_at = |entry: &String| path.strip_prefix(entry.as_str()).is_some_and(|rest| rest.is_empty() || entry.ends_with('/'));
        self.entries.iter().any(is_at)
    }

    /// The print of all that is allowed; `None` if nothing is.
    pub fn print(&self) -> Option<Fingerprint> {
        (!self.entries.is_empty()).then(|| Fingerprint::of(self.entries))
    }
}

/// How an entry is written that allows something.
pub fn hint(what: &str) -> String {
    format!("if it is no secret, say `[audit] allow = [{what:?}]`")
}
