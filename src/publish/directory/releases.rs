//! The releases in a folder, by their names, and the link to the one that readers see.
//!
//! It must not know what is in a release.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::fingerprint::Fingerprint;
use crate::publish::error::{Error, failed};

const CURRENT: &str = "current";
const RELEASES: &str = "releases";
/// What is not finished begins so,
const UNFINISHED: &str = ".new-";
/// and what is about to go so.
const LEAVING: &str = ".old-";

/// The folder `releases/` and the link `current` beside it.
pub struct Releases {
    /// The folder in which both are.
    path: PathBuf,
}

impl Releases {
    /// Those in the folder `path`, which is absolute and need not be there.
    ///
    /// # Errors
    /// Where the link must go is something that is not ours.
    pub fn new(path: PathBuf) -> Result<Releases, Error> {
        let current = path.join(CURRENT);
        let leads = fs::read_link(&current).ok();
        let is_ours = leads.is_some_and(|to| {
            to.parent() == Some(Path::new(RELEASES)) && to.file_name().and_then(|name| name.to_str()).is_some_and(is_release)
        });
        if fs::symlink_metadata(&current).is_ok() && !is_ours {
            let message = format!("`{}` is in the way: a link to the release that readers see must go there", current.display());
            return Err(Error::place(message).hint("choose a folder that is for this site alone; the server then serves `current` in it"));
        }
        Ok(Releases { path })
    }

    /// Makes the folder, if it is not there.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn make_folder(&self) -> Result<(), Error> {
        let releases = self.path.join(RELEASES);
        fs::create_dir_all(&releases).map_err(failed("make the folder", &releases))
    }

    /// Returns the name of the release that readers see; `None` when they see none.
    pub fn current(&self) -> Option<String> {
        let target = fs::read_link(self.path.join(CURRENT)).ok()?;
        let name = target.file_name()?.to_str()?.to_string();
        self.folder(&name).is_dir().then_some(name)
    }

    /// The folder of the release `name`.
    pub fn folder(&self, name: &str) -> PathBuf {
        self.path.join(RELEASES).join(name)
    }

    /// The folder in which the release `name` is made before anybody sees it.
    pub fn unfinished(&self, name: &str) -> PathBuf {
        self.folder(&format!("{UNFINISHED}{name}"))
    }

    /// The names of the releases, the oldest first. Other things that somebody has put there are none.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn names(&self) -> Result<Vec<String>, Error> {
        let folder = self.path.join(RELEASES);
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(failed("read", &folder))?,
        };
        let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
        let mut names: Vec<String> = names.filter(|name| is_release(name)).collect();
        names.sort_unstable();
        Ok(names)
    }

    /// Removes what killed processes began.
    ///
    /// # Errors
    /// Something cannot be read or removed.
    pub fn remove_leftovers(&self) -> Result<(), Error> {
        let folder = self.path.join(RELEASES);
        for entry in fs::read_dir(&folder).map_err(failed("read", &folder))?.flatten() {
            let name = entry.file_name();
            let is_ours = |prefix: &str| name.to_str().and_then(|name| name.strip_prefix(prefix)).is_some_and(is_release);
            if is_ours(UNFINISHED) || is_ours(LEAVING) {
                fs::remove_dir_all(entry.path()).map_err(failed("remove", &entry.path()))?;
            }
        }
        Ok(())
    }

    /// A name for a release that is made `now`, which sorts by time: it is a second after the last one if the clock is not further. `print` is of its files.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn next_name(&self, now: Timestamp, print: Fingerprint) -> Result<String, Error> {
        let last = self.names()?.pop().unwrap_or_default();
        let last = last.get(..16).and_then(|then| Timestamp::strptime("%Y%m%dT%H%M%S%z", then.replace('Z', "+0000")).ok());
        let after = last.and_then(|last| last.checked_add(jiff::SignedDuration::from_secs(1)).ok());
        let at = after.map_or(now, |after| after.max(now));
        Ok(format!("{}-{}", at.strftime("%Y%m%dT%H%M%SZ"), &print.to_string()[..8]))
    }

    /// Shows readers the release `name` from here on.
    ///
    /// # Errors
    /// The link cannot be replaced; readers see what they saw.
    pub fn switch(&self, name: &str) -> Result<(), Error> {
        let (new, current) = (self.path.join(".current-new"), self.path.join(CURRENT));
        match fs::remove_file(&new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed("remove", &new)(error)),
            _ => {}
        }
        link(&Path::new(RELEASES).join(name), &new).map_err(failed("make the link", &new))?;
        put(&new, &current).map_err(failed("switch the link", &current))
    }

    /// Removes all releases but the newest `keep`; the one that readers see, `current`, is always one of those that stay.
    ///
    /// # Errors
    /// One of them cannot be removed.
    pub fn prune(&self, current: &str, keep: usize) -> Result<(), Error> {
        let releases = self.names()?;
        let others: Vec<&String> = releases.iter().filter(|name| *name != current).collect();
        let too_many = (others.len() + 1).saturating_sub(keep);
        for name in &others[..too_many.min(others.len())] {
            let (place, leaving) = (self.folder(name), self.folder(&format!("{LEAVING}{name}")));
            fs::rename(&place, &leaving).and_then(|()| fs::remove_dir_all(&leaving)).map_err(failed("remove", &place))?;
        }
        Ok(())
    }
}

/// Makes a link at `place` that leads to the folder `to`.
#[cfg(unix)]
fn link(to: &Path, place: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(to, place)
}

/// Makes a link at `place` that leads to the folder `to`. Windows lets only administrators and developers do so.
#[cfg(windows)]
fn link(to: &Path, place: &Path) -> io::Result<()> {
    std::os::windows::fs::symlink_dir(to, place)
}

/// Puts the link `new` where `old` is, at once.
#[cfg(unix)]
fn put(new: &Path, old: &Path) -> io::Result<()> {
    fs::rename(new, old)
}

/// Puts the link `new` where `old` is. Windows may not replace a link to a folder: then there is none for a moment.
#[cfg(windows)]
fn put(new: &Path, old: &Path) -> io::Result<()> {
    fs::rename(new, old).or_else(|_| fs::remove_dir(old).and_then(|()| fs::rename(new, old)))
}

/// True for a name such as `20261126T093000Z-1a2b3c4d`.
fn is_release(name: &str) -> bool {
    let Some((time, print)) = name.split_once('-') else { return false };
    let is_time = time.len() == 16 && time.ends_with('Z') && time[..15].bytes().all(|byte| byte.is_ascii_digit() || byte == b'T');
    is_time && print.len() == 8 && print.bytes().all(|byte| byte.is_ascii_hexdigit())
}
