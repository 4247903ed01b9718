//! What systems tell of files in ways of their own: whether two folders lie on one file system.
//!
//! It must not know why somebody asks.

use std::path::Path;

/// Whether what lies in one folder can be moved into the other without being copied; both are there.
#[cfg(unix)]
pub fn is_one_file_system(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (one.metadata(), other.metadata()) {
        (Ok(one), Ok(other)) => one.dev() == other.dev(),
        _ => false,
    }
}

/// Whether what lies in one folder can be moved into the other without being copied; both are there. The real path of a folder begins with its drive.
#[cfg(windows)]
pub fn is_one_file_system(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one.components().next() == other.components().next(),
        _ => false,
    }
}
