//! A folder of this machine: each release in a folder of its own, and a link to the one that readers see, which is switched at once.
//!
//! ```text
//! /srv/www/site/current → releases/20261126T093000Z-1a2b3c4d     what the server serves
//! /srv/www/site/releases/…
//! /srv/www/site/.chancery-manifest.json
//! ```

mod releases;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rayon::prelude::*;
use walkdir::WalkDir;

use super::PublishOptions;
use super::error::{Error, failed};
use super::host::{Access, Earlier, Host, Work};
use super::local::lock_file;
use super::published::{Known, MANIFEST, Published};
use super::release::{File, Release};
use super::target::{Kind, PRECOMPRESSED, Place, Setting};
use crate::config::value;
use crate::fingerprint::Fingerprint;
use crate::output::Lock;
use releases::Releases;

const PATH: Setting = Setting {
    name: "path",
    example: "/srv/www/site",
    default: "",
    doc: "The folder: a path of the machine, or from the root of the site.",
};
const KEEP: Setting = Setting { name: "keep", example: "", default: "5", doc: "How many releases stay." };

/// The row of this kind.
pub const KIND: Kind = Kind {
    word: "directory",
    section: "A folder of this machine",
    settings: &[PATH, KEEP, PRECOMPRESSED],
    read: |reader| {
        let path = reader.path(&PATH);
        let mut keep = 5;
        reader.section.read(KEEP.name, &mut keep, |node, _| value::whole(node, 1));
        Some(Box::new(Settings { path: path?, keep }))
    },
};

/// What the settings say of a folder.
#[derive(Debug)]
struct Settings {
    /// Relative to the root of the site.
    path: String,
    keep: usize,
}

impl Place for Settings {
    fn open(&self, options: &PublishOptions) -> Result<Box<dyn Host>, Error> {
        Ok(Box::new(Directory::open(options.root.join(&self.path), self.keep, options.now, options.access)?))
    }

    fn local_path(&self) -> Option<&str> {
        Some(&self.path)
    }
}

struct Directory {
    path: PathBuf,
    releases: Releases,
    keep: usize,
    now: Timestamp,
    _lock: Option<Lock>,
}

impl Directory {
    /// `path` is absolute. `now` names the release that will be made.
    ///
    /// # Errors
    /// The folder cannot be made, it holds what is not ours where a release must go, or another process publishes there.
    fn open(path: PathBuf, keep: usize, now: Timestamp, access: Access) -> Result<Directory, Error> {
        let releases = Releases::new(path.clone())?;
        if access == Access::Read {
            return Ok(Directory { path, releases, keep, now, _lock: None });
        }
        releases.make_folder()?;
        let lock = lock_file(&path.join(".chancery-lock"))?;
        releases.remove_leftovers()?;
        Ok(Directory { path, releases, keep, now, _lock: Some(lock) })
    }

    /// Makes the folder of a release that nobody sees yet.
    fn fill(&self, folder: &Path, work: &Work) -> Result<(), Error> {
        let before = self.releases.current().map(|name| self.releases.folder(&name));
        let is_unchanged = |file: &File| work.published.files.get(&file.path).is_some_and(|known| known.print == Some(file.print));
        work.release.files.par_iter().try_for_each(|file| {
            // Nobody sees any of it yet.
            work.progress.check()?;
            let place = folder.join(&*file.path);
            make_parent(&place)?;
            // A file that has not changed is the same file in both releases, and takes no more room.
            let is_linked = is_unchanged(file) && before.as_ref().is_some_and(|before| link(&before.join(&*file.path), &place));
            if !is_linked {
                let bytes = work.release.bytes(file)?;
                fs::write(&place, &bytes).map_err(failed("write", &place))?;
                (work.progress.progress)(1, bytes.len() as u64);
            }
            Ok::<(), Error>(())
        })?;
        let Some(before) = before else { return Ok(()) };
        for path in &work.plan.leaving {
            let place = folder.join(&**path);
            make_parent(&place)?;
            if !link(&before.join(&**path), &place) {
                match fs::copy(before.join(&**path), &place) {
                    // Somebody has deleted it, and nobody misses it any more.
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                    copied => drop(copied.map_err(failed("copy", &place))?),
                }
            }
        }
        Ok(())
    }

    fn save(&self, published: &Published) -> Result<(), Error> {
        let (new, place) = (self.path.join(".chancery-manifest-new"), self.path.join(MANIFEST));
        fs::write(&new, published.to_json()).and_then(|()| fs::rename(&new, &place)).map_err(failed("write", &place))
    }

    /// What is in a release, read file by file.
    fn files_of(&self, name: &str) -> Result<Published, Error> {
        let folder = self.releases.folder(name);
        let paths: Vec<PathBuf> = WalkDir::new(&folder)
            .into_iter()
            .filter_map(|entry| entry.map(|entry| entry.file_type().is_file().then(|| entry.into_path())).transpose())
            .collect::<Result<_, _>>()
            .map_err(|error| Error::io("read", &folder, error))?;
        let read = |place: &PathBuf| {
            let bytes = fs::read(place).map_err(failed("read", place))?;
            let path = place.strip_prefix(&folder).unwrap_or(place).to_string_lossy().into_owned();
            let known = Known { size: Some(bytes.len() as u64), print: Some(Fingerprint::of_bytes(&bytes)), ..Known::default() };
            Ok((path.into(), known))
        };
        let files = paths.par_iter().map(read).collect::<Result<_, Error>>()?;
        Ok(Published { release: Some(name.to_string()), files, ..Published::default() })
    }
}

impl Host for Directory {
    fn published(&mut self) -> Result<Published, Error> {
        let Some(current) = self.releases.current() else { return Ok(Published::default()) };
        let place = self.path.join(MANIFEST);
        let unread = |why: String| {
            let what = format!("cannot read what is published, in `{}`: {why}", place.display());
            Error::place(what).hint(
                "another version of Chancery may, or a copy of the file does; without the file, nothing is known of numbers and texts",
            )
        };
        let manifest = match fs::read(&place) {
            Ok(bytes) => Published::from_json(&bytes).map_err(unread)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Published::default(),
            Err(error) => return Err(failed("read", &place)(error)),
        };
        if manifest.release.as_deref() == Some(&*current) {
            return Ok(manifest);
        }
        // Somebody was interrupted between the switch and the manifest: numbers that were used before are used all the same.
        Ok(Published { record: manifest.record, ..self.files_of(&current)? })
    }

    fn verified(&mut self, mut published: Published, release: &Release) -> Result<Published, Error> {
        let Some(current) = self.releases.current() else { return Ok(Published::default()) };
        let there = self.files_of(&current)?;
        published.files.retain(|path, _| there.files.contains_key(path));
        published.files.par_iter_mut().try_for_each(|(path, known)| {
            // A compressed copy is known by what it is made of: its own bytes are those that it would be made with.
            let copy = release.get(path).filter(|file| file.coding().is_some()).map(|file| release.bytes(file)).transpose()?;
            let expected = copy.map_or(known.print, |bytes| Some(Fingerprint::of_bytes(&bytes)));
            let is_same = expected == there.files[path].print;
            known.print = known.print.filter(|_| is_same);
            Ok::<(), Error>(())
        })?;
        Ok(published)
    }

    fn read(&self, path: &str) -> Option<Vec<u8>> {
        fs::read(self.releases.folder(&self.releases.current()?).join(path)).ok()
    }

    fn carry_out(&mut self, work: &Work) -> Result<(), Error> {
        let name = self.releases.next_name(self.now, work.release.print())?;
        let folder = self.releases.unfinished(&name);
        let filled = fs::create_dir(&folder).map_err(failed("make the folder", &folder)).and_then(|()| self.fill(&folder, work));
        let place = self.releases.folder(&name);
        let moved = filled.and_then(|()| fs::rename(&folder, &place).map_err(failed("make the folder", &place)));
        if let Err(error) = moved {
            // What is left of it goes with the next publish, if it does not go now.
            let _ = fs::remove_dir_all(&folder);
            return Err(error);
        }
        self.releases.switch(&name)?;
        let mut earlier = work.published.earlier.clone();
        earlier.extend(work.published.release.clone());
        let releases = self.releases.names()?;
        earlier.retain(|name| releases.contains(name));
        self.save(&Published { release: Some(name.clone()), earlier, ..work.after(|_| None) })?;
        self.releases.prune(&name, self.keep)
    }

    fn earlier(&mut self) -> Result<Earlier, Error> {
        let current = self.releases.current().ok_or_else(|| Error::place(format!("nothing is published at `{}`", self.path.display())))?;
        let releases = self.releases.names()?;
        // What readers saw before it; where nobody remembers, what was made before it.
        let Published { base_url, is_preview, mut earlier, record, .. } = self.published()?;
        let is_there = |name: &String| releases.contains(name);
        let seen = earlier.iter().rposition(is_there).map(|at| earlier.drain(at..).next().unwrap_or_default());
        let name = seen.or_else(|| releases.iter().rfind(|name| **name < current).cloned());
        let name = name.ok_or_else(|| {
            let message = format!("there is no release before `{current}` at `{}`", self.path.display());
            Error::place(message).hint(format!("`keep = {}` releases are kept", self.keep))
        })?;
        Ok(Earlier { files: Published { earlier, base_url, is_preview, record, ..self.files_of(&name)? }, name })
    }

    fn roll_back(&mut self, earlier: &Earlier) -> Result<(), Error> {
        self.releases.switch(&earlier.name)?;
        self.save(&earlier.files)
    }
}

fn make_parent(place: &Path) -> Result<(), Error> {
    let folder = place.parent().unwrap_or(place);
    fs::create_dir_all(folder).map_err(failed("make the folder", folder))
}

/// Whether the file could be linked: not every file system can, and what was there may be gone.
fn link(from: &Path, to: &Path) -> bool {
    fs::symlink_metadata(from).is_ok_and(|data| data.is_file()) && fs::hard_link(from, to).is_ok()
}
