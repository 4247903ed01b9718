//! Places where one file is sent after the other: the order in which readers never meet a link that leads nowhere, and a record of what is under
//! way, by which whoever is interrupted ends right the next time.
//!
//! It must not know how a file is sent.

use std::collections::BTreeMap;

use super::error::Error;
use super::host::{Habits, Host, Progress, Work};
use super::lock::{Held, LOCK};
use super::plan::Phase;
use super::published::{Known, MANIFEST, Published};
use super::release::{File, Release};

/// What is under way: the files that are sent or deleted by a publish that has not ended.
pub const UNDERWAY: &str = ".chancery-underway.json";

/// What each file that was sent is called by the place, by path.
pub type Versions = BTreeMap<Box<str>, String>;

/// A place where files are put, each whole or not at all.
pub trait Shelf {
    /// The bytes of a file; `None` when it is not there.
    ///
    /// # Errors
    /// It cannot be told.
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, Error>;

    /// Puts a file of these bytes there, over whatever has that name.
    ///
    /// # Errors
    /// The file is not there as a whole.
    fn put(&self, name: &str, bytes: Vec<u8>) -> Result<(), Error>;

    /// Sends files, in any order, and returns what they are called there.
    ///
    /// # Errors
    /// Some are perhaps not there.
    fn send(&self, files: &[&File], release: &Release, progress: &Progress) -> Result<Versions, Error>;

    /// Deletes files, which need not be there.
    ///
    /// # Errors
    /// Some are perhaps still there.
    fn delete(&self, paths: &[&str]) -> Result<(), Error>;

    /// All files that are there, with size and version as far as the place tells them.
    ///
    /// # Errors
    /// They cannot be listed.
    fn list(&self) -> Result<BTreeMap<Box<str>, Known>, Error>;

    /// Which of these files are there, by whomever.
    ///
    /// # Errors
    /// It cannot be told.
    fn present(&self, paths: &[&str]) -> Result<Vec<String>, Error>;

    /// Why a file cannot be called so there; `None` when it can.
    fn objection(&self, _path: &str) -> Option<String> {
        None
    }

    /// Whether each file carries how long it may be kept.
    fn has_lifetimes(&self) -> bool {
        false
    }

    /// The files of a release that have other bytes there, at a place that can tell and whose list does not.
    ///
    /// # Errors
    /// They cannot be compared.
    fn differing(&self, _release: &Release) -> Result<Vec<Box<str>>, Error> {
        Ok(Vec::new())
    }
}

/// A shelf as a host, with the lock that this process has on it; a dry run has none.
pub struct Steps<S> {
    /// Where files are put and deleted, one by one.
    pub shelf: S,
    /// Held while anything is written; `None` when it is only read.
    pub lock: Option<Held>,
}

impl<S: Shelf> Steps<S> {
    /// What this process began to change.
    fn underway(&self, work: &Work) -> Published {
        let sent = work.plan.send.iter().map(|sending| &sending.file.path);
        let deleted = work.plan.delete.iter().map(|deletion| &deletion.path);
        let files = sent.chain(deleted).map(|path| (path.clone(), Known::default())).collect();
        Published { base_url: work.base_url.into(), files, ..Published::default() }
    }

    fn check(&self, work: &Work) -> Result<(), Error> {
        work.progress.check()?;
        self.lock.as_ref().map_or(Ok(()), Held::check)
    }

    fn delete(&self, work: &Work, phase: Phase) -> Result<(), Error> {
        let paths: Vec<&str> = work.plan.delete.iter().filter(|deletion| deletion.phase == phase).map(|deletion| &*deletion.path).collect();
        self.check(work)?;
        if paths.is_empty() { Ok(()) } else { self.shelf.delete(&paths) }
    }

    fn send(&self, work: &Work, phase: Phase) -> Result<Versions, Error> {
        let files: Vec<&File> = work.plan.send.iter().filter(|sending| sending.phase == phase).map(|sending| sending.file).collect();
        self.check(work)?;
        if files.is_empty() { Ok(Versions::new()) } else { self.shelf.send(&files, work.release, work.progress) }
    }
}

impl<S: Shelf> Host for Steps<S> {
    fn published(&mut self) -> Result<Published, Error> {
        let read = |name: &str| -> Result<Option<Published>, Error> {
            let Some(bytes) = self.shelf.get(name)? else { return Ok(None) };
            let published = Published::from_json(&bytes).map_err(|why| {
                Error::place(format!("`{name}` cannot be read, by which Chancery knows what it has published there: {why}"))
                    .hint("put an earlier one back; or remove it, and Chancery will take all that is there for somebody else's")
            })?;
            Ok(Some(published))
        };
        let (manifest, underway) = (read(MANIFEST)?, read(UNDERWAY)?);
        let is_first = manifest.is_none();
        let mut published = manifest.unwrap_or_default();
        for (path, unsure) in underway.unwrap_or_default().files {
            // Whoever was interrupted has perhaps sent it, perhaps deleted it.
            published.files.entry(path).and_modify(|known| known.print = None).or_insert(unsure);
        }
        if is_first {
            let ours = |path: &str| [MANIFEST, UNDERWAY, LOCK].contains(&path) || published.files.contains_key(path);
            published.foreign = self.shelf.list()?.into_keys().filter(|path| !ours(path)).map(String::from).collect();
        }
        Ok(published)
    }

    fn verified(&mut self, mut published: Published, release: &Release) -> Result<Published, Error> {
        let there = self.shelf.list()?;
        published.files.retain(|path, _| there.contains_key(path));
        for (path, known) in &mut published.files {
            let found = &there[path];
            let differs = |ours: &Option<String>, theirs: &Option<String>| ours.is_some() && theirs.is_some() && ours != theirs;
            if known.size.is_some() && known.size != found.size || differs(&known.version, &found.version) {
                known.print = None;
            }
        }
        for path in self.shelf.differing(release)? {
            published.files.entry(path).and_modify(|known| known.print = None);
        }
        Ok(published)
    }

    fn prepare(&self, release: &mut Release) -> Result<(), Error> {
        let objection = |file: &File| self.shelf.objection(&file.path).map(|why| (file.path.clone(), why));
        match release.files.iter().find_map(objection) {
            Some((path, why)) => {
                Err(Error::place(format!("`{}` cannot be published there: {why}", path.escape_debug())).hint("give the file another name"))
            }
            None => Ok(()),
        }
    }

    fn strangers(&mut self, paths: &[&str]) -> Result<Vec<String>, Error> {
        if paths.is_empty() { Ok(Vec::new()) } else { self.shelf.present(paths) }
    }

    fn habits(&self) -> Habits {
        Habits { tidies: true, has_lifetimes: self.shelf.has_lifetimes() }
    }

    fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.shelf.get(path).ok().flatten()
    }

    fn carry_out(&mut self, work: &Work) -> Result<(), Error> {
        self.check(work)?;
        self.shelf.put(UNDERWAY, self.underway(work).to_json())?;
        self.delete(work, Phase::Hidden)?;
        let mut versions = Versions::new();
        for phase in [Phase::Assets, Phase::Pages, Phase::Feeds] {
            versions.append(&mut self.send(work, phase)?);
        }
        self.delete(work, Phase::Gone)?;
        let after = work.after(|path| versions.get(path).cloned());
        self.check(work)?;
        self.shelf.put(MANIFEST, after.to_json())?;
        self.shelf.delete(&[UNDERWAY])
    }
}
