//! The only writer: a folder with a manifest of what stands in it.
//!
//! Owns staging, commit, manifest and lock. It must not know what the files are.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::fingerprint::Fingerprint;

/// What to do with an output folder that is not empty and has no manifest, or with one that has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Skip what is unchanged; refuse a folder with foreign files and no manifest.
    Update,
    /// Write every file again; leave foreign files where they are.
    Force,
    /// Empty the folder first.
    Clean,
}

/// Why an output folder cannot be used. Each is shown to the user, who can act on it; all mean exit status 3.
#[derive(Debug)]
pub enum Refusal {
    /// Not empty, and not made by Chancery: the files that would be left behind (the first twenty), and how many there are.
    Foreign {
        found: Vec<String>,
        count: usize,
    },
    /// `--clean` of a folder that holds sources, `.git`, or is `/` or a home.
    Unsafe {
        why: String,
    },
    /// Another process holds it.
    Locked {
        process: u32,
    },
    Io {
        path: PathBuf,
        doing: &'static str,
        error: std::io::Error,
    },
}

/// What a commit did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or differ.
    pub written: usize,
    pub unchanged: usize,
    pub removed: usize,
}

/// A file failed while it was rendered (the caller's error) or written.
#[derive(Debug)]
pub enum WriteError<E> {
    Render(E),
    Io { path: PathBuf, error: std::io::Error },
}

/// An output folder that is locked by this process, with the manifest of the last build.
pub struct Folder {}

impl Folder {
    /// Opens `output` for a build. `state` is `.chancery/` of the root; the manifest is kept there under the absolute path of `output`. `protected` are folders that `--clean` must never empty (the root, its sources).
    /// Completes or undoes what a killed build left, takes the lock (waits up to 10 s for a living process), and reads the manifest (a damaged one counts as none, but the files it could not name stay).
    pub fn open(state: &Path, output: &Path, mode: Mode, protected: &[PathBuf]) -> Result<Folder, Refusal> {
        let _ = (state, output, mode, protected);
        Ok(Folder {})
    }

    /// True when the manifest has `path` under `key` and the file is still there with the size and time that the manifest recorded. Called from many threads.
    pub fn is_current(&self, path: &str, key: Fingerprint) -> bool {
        let _ = (path, key);
        false
    }

    /// Renders one file into staging, hashing as it goes; if the bytes equal those that stand in the output, nothing stays in staging. Called from many threads.
    pub fn write<E>(
        &self,
        path: &str,
        key: Fingerprint,
        render: impl FnOnce(&mut dyn Write) -> Result<(), E>,
    ) -> Result<(), WriteError<E>> {
        let _ = (path, key);
        render(&mut std::io::sink()).map_err(WriteError::Render)
    }

    /// Puts everything in its place: one rename a file (or of the whole folder, if there was none), then removals of what an earlier build wrote and this one did not mention, then the manifest. Mentioned are the paths given to `write` and those for which `is_current` said true.
    pub fn commit(self) -> Result<Written, Refusal> {
        Ok(Written::default())
    }

    /// Gives up: removes staging and the lock; the output stays as it was. (Dropping does the same.)
    pub fn abandon(self) {}
}
