//! Texts that an earlier process has read: what their files looked like, and the prints of their bytes.
//!
//! Owns `Known`. It must not know where it is kept, or what the texts mean.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::stamps::Stamp;
use super::{Content, Source, Sources, Text};
use crate::fingerprint::Fingerprint;

/// Files below one root that need not be read to know their print, in the order of paths. For a process that builds once, and gives up if one of them
/// is another when it is read (`Sources::moved`): in the memory of one that goes on, what was made of it would stand under the old print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    root: Arc<Path>,
    entries: Vec<(Box<str>, Entry)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    stamp: Stamp,
    print: Fingerprint,
}

impl Default for Known {
    fn default() -> Known {
        Known { root: Arc::from(Path::new("")), entries: Vec::new() }
    }
}

impl Known {
    /// What is known of files that were read after `then`: those that had rested by that time, for a file that is written once more within a tick
    /// of the file system's clock looks as it did.
    pub fn from_sources(sources: &Sources, then: Timestamp) -> Known {
        let entry = |source: &Source| {
            let stamp = source.stamp.filter(|stamp| stamp.is_settled(then))?;
            Some((source.path.as_ref().into(), Entry { stamp, print: source.print }))
        };
        Known { root: Arc::from(&*sources.root), entries: sources.files.iter().filter_map(entry).collect() }
    }

    /// What `to_bytes` gave, of the site under `root`; nothing if it is no such thing.
    pub fn from_bytes(bytes: &[u8], root: &Path) -> Known {
        let entries: Vec<(Box<str>, Entry)> = postcard::from_bytes(bytes).unwrap_or_default();
        let is_sorted = entries.is_sorted_by(|one, next| one.0 < next.0);
        Known { root: Arc::from(root), entries: if is_sorted { entries } else { Vec::new() } }
    }

    /// What is known as bytes, for another process.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(&self.entries).unwrap_or_default()
    }

    /// Whether no file is known.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The file at `path` that looks like this now, if it looked so when it was read.
    pub(super) fn source(&self, path: &Arc<str>, stamp: Stamp) -> Option<Source> {
        let at = self.entries.binary_search_by(|(known, _)| (**known).cmp(path)).ok()?;
        let entry = self.entries[at].1;
        let text = || Content::Text(Text::unread(&self.root, path, entry.print));
        (entry.stamp == stamp).then(|| Source { path: path.clone(), content: text(), print: entry.print, stamp: Some(stamp) })
    }
}
