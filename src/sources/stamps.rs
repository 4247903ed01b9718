//! What can be seen of a site's files without reading them.
//!
//! It must not know when or why somebody looks.

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::walk;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;

/// What the file system says of a file: with an equal one its bytes are the same, unless it was written twice within a tick of its clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stamp {
    /// Of size, times, inode and permissions. Programs can set back the time of a change, but not that of setting it.
    pub(super) print: Fingerprint,
    /// When the file or what the system knows of it was changed last, in seconds since 1970.
    changed: i64,
}

impl Stamp {
    /// The stamp of the file that the system says this of.
    #[cfg(unix)]
    pub fn from_metadata(data: &Metadata) -> Stamp {
        use std::os::unix::fs::MetadataExt;
        let times = (data.mtime(), data.mtime_nsec(), data.ctime(), data.ctime_nsec());
        let print = Fingerprint::of(&(data.size(), times, data.ino(), data.mode()));
        Stamp { print, changed: data.mtime().max(data.ctime()) }
    }

    /// The stamp of the file that the system says this of. Windows tells nothing of when the time was set, nor of the inode: the time of making the
    /// file, which changes with each that takes its place, must do.
    #[cfg(windows)]
    pub fn from_metadata(data: &Metadata) -> Stamp {
        use std::os::windows::fs::MetadataExt;
        // In steps of 100 nanoseconds since 1601 (https://learn.microsoft.com/windows/win32/sysinfo/file-times).
        const BEFORE_1970: u64 = 11_644_473_600;
        let (modified, made) = (data.last_write_time(), data.creation_time());
        let print = Fingerprint::of(&(data.file_size(), modified, made, data.file_attributes()));
        let seconds = (modified.max(made) / 10_000_000).saturating_sub(BEFORE_1970);
        Stamp { print, changed: i64::try_from(seconds).unwrap_or(i64::MAX) }
    }

    /// Whether the file had rested for two seconds by `then`, the longest tick of a file system's clock (that of FAT).
    pub fn is_settled(&self, then: Timestamp) -> bool {
        self.changed.saturating_add(2) < then.as_second()
    }
}

/// Every file of a site with its stamp, in the order of paths: for file systems that tell nothing of changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamps(Vec<(PathBuf, Fingerprint)>);

impl Stamps {
    /// The stamps of the files under `root`, and of the settings file, as they are now.
    pub fn load(root: &Path, settings: &Path) -> Stamps {
        let seen = walk::all(root);
        let problem = |problem: &Diagnostic| {
            let place = problem.place.as_ref().map_or_else(PathBuf::new, |place| root.join(&*place.path));
            (place, Fingerprint::of(&(problem.code, &problem.message)))
        };
        let mut stamps: Vec<(PathBuf, Fingerprint)> = seen.diagnostics.iter().map(problem).collect();
        let places = seen.found.into_par_iter().map(|found| found.place).chain([settings.to_path_buf()]);
        stamps.par_extend(places.filter_map(|place| Some((stamp(&place)?, place))).map(|(stamp, place)| (place, stamp)));
        stamps.sort_unstable();
        Stamps(stamps)
    }

    /// The paths of files that are not in both with the same stamp.
    pub fn apart(&self, other: &Stamps) -> BTreeSet<PathBuf> {
        let lacks = |one: &Stamps, stamp: &(PathBuf, Fingerprint)| one.0.binary_search(stamp).is_err();
        let gone = self.0.iter().filter(|stamp| lacks(other, stamp));
        let new = other.0.iter().filter(|stamp| lacks(self, stamp));
        gone.chain(new).map(|(path, _)| path.clone()).collect()
    }
}

fn stamp(place: &Path) -> Option<Fingerprint> {
    fs::metadata(place).ok().map(|data| Stamp::from_metadata(&data).print)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_edited_or_gone_has_another_stamp() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = |path: &str| folder.path().join(path);
        let write = |path: &str, text: &str| fs::write(place(path), text).expect("written");
        let settings = place("site.toml");
        fs::create_dir_all(place("content/a")).expect("made");
        ["content/a/x.md", "content/y.md", "content/z.md"].iter().for_each(|path| write(path, "one"));
        let before = Stamps::load(folder.path(), &settings);
        assert_eq!(before.apart(&Stamps::load(folder.path(), &settings)), BTreeSet::new());
        write("content/a/x.md", "two, and longer");
        fs::remove_file(place("content/y.md")).expect("removed");
        ["site.toml", "content/new.md", "content/new.md~", "notes.md"].iter().for_each(|path| write(path, "new"));
        std::os::unix::fs::symlink("nowhere", place("content/lost.md")).expect("linked");
        let changed = before.apart(&Stamps::load(folder.path(), &settings));
        let expected = ["content/a/x.md", "content/lost.md", "content/new.md", "content/y.md", "site.toml"];
        assert_eq!(changed, expected.map(place).into());
    }
}
