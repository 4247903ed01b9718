//! Copies of files that are hidden, wherever they lie: told by their bytes.

use std::collections::BTreeMap;

use crate::gate::HiddenFile;
use crate::output::audit::Found;
use crate::sources::Sources;

/// Files of fewer bytes may well be equal by chance.
const SHORTEST: u64 = 64;

/// The files that only hidden pages own or use, by their size.
pub struct Copies {
    files: BTreeMap<u64, Vec<HiddenFile>>,
}

impl Copies {
    /// Nothing is read of the files before one of the same size is found.
    pub fn new(files: Vec<HiddenFile>, sources: &Sources) -> Copies {
        let mut all: BTreeMap<u64, Vec<HiddenFile>> = BTreeMap::new();
        for file in files {
            if let Some(size) = sources.size(&file.path).filter(|size| *size >= SHORTEST) {
                all.entry(size).or_default().push(file);
            }
        }
        Copies { files: all }
    }

    /// The hidden file that a file of the output is a copy of.
    pub fn found(&self, path: &str, bytes: &[u8], sources: &Sources) -> Option<Found> {
        let alike = self.files.get(&(bytes.len() as u64))?;
        let is_same = |file: &&HiddenFile| {
            let mut other = Vec::with_capacity(bytes.len());
            sources.copy(&file.path, &mut other).is_ok() && other == bytes
        };
        let file = alike.iter().find(is_same)?;
        Some(Found { path: path.into(), line: 0, text: file.path.to_string(), whose: file.whose })
    }
}
