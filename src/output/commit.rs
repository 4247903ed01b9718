//! What a commit must do: the difference between what stands in the output and what should.
//!
//! Only reads. Everything that could stop a commit halfway is found here, before it begins.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use rayon::prelude::*;

use super::Mode;
use super::error::Error;
use super::intent::Intent;
use super::manifest::{Entry, Manifest};
use super::place;
use super::staging::{Layout, Staging};

/// A file that was rendered.
#[derive(Debug)]
pub struct Done {
    /// What the manifest will say of it.
    pub entry: Entry,
    /// Its number in staging; `None` when it stands in the output as it is.
    pub staged: Option<u32>,
}

/// What a commit did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or differ.
    pub written: usize,
    /// Files that are as they were.
    pub unchanged: usize,
    /// Files that the site has no more.
    pub removed: usize,
}

/// What a build found and made.
pub struct Build<'a> {
    /// The real path of the output.
    pub output: &'a Path,
    /// What to do with what stands there.
    pub mode: Mode,
    /// What is ours in the output.
    pub before: &'a Manifest,
    /// Of `before`: what stays because its key did not change.
    pub current: &'a [bool],
    /// What was rendered, in any order.
    pub done: Vec<Done>,
}

/// The commit that makes the output what it should be, and its numbers.
///
/// # Errors
/// Two files cannot both be there, or something that is not ours stands where a file must go.
pub fn plan(mut build: Build, staging: &Staging) -> Result<(Intent, Written), Error> {
    build.done.par_sort_unstable_by(|one, next| one.entry.path.cmp(&next.entry.path));
    let is_done = |path: &str| build.done.binary_search_by(|done| (*done.entry.path).cmp(path)).is_ok();
    let before = || build.before.entries.iter().zip(build.current);
    let kept: Vec<Entry> = before().filter(|(entry, current)| **current && !is_done(&entry.path)).map(|(entry, _)| entry.clone()).collect();
    let stale: Vec<&str> = before().filter(|(entry, current)| !**current && !is_done(&entry.path)).map(|(entry, _)| &*entry.path).collect();
    let is_whole = staging.layout == Layout::Whole;
    let staged = || build.done.iter().filter_map(|done| Some((done.staged?, &done.entry.path)));
    let count = staged().count();
    let moves: Vec<(u32, String)> = staged().filter(|_| !is_whole).map(|(number, path)| (number, path.to_string())).collect();
    let done = std::mem::take(&mut build.done);
    let mut entries: Vec<Entry> = kept.into_iter().chain(done.into_iter().map(|done| done.entry)).collect();
    entries.par_sort_unstable_by(|one, next| one.path.cmp(&next.path));
    let manifest = Manifest { entries };
    refuse_clashes(&manifest)?;
    let mut way = Way { build: &build, stale: &stale, folders: HashSet::new(), clear: Vec::new() };
    moves.iter().try_for_each(|(_, path)| way.check(path))?;
    let mut clear = way.clear;
    clear.sort_unstable();
    clear.dedup();
    let mut reach = Reach { output: build.output, real: HashMap::new() };
    let is_cleared = |path: &str| clear.binary_search_by(|cleared| cleared.as_str().cmp(path)).is_ok();
    let remove = stale.iter().filter(|path| !is_cleared(path) && reach.is_inside(path)).map(|path| path.to_string()).collect();
    let (clear, remove) = (with_folders(clear, &manifest), with_folders(remove, &manifest));
    let written = Written {
        written: count,
        unchanged: manifest.entries.len() - count,
        removed: clear.iter().chain(&remove).filter(|path| !path.ends_with('/')).count(),
    };
    Ok((Intent { staging: staging.folder.clone(), is_whole, clear, moves, remove, manifest }, written))
}

/// The folders above a path, the uppermost first: `a` and `a/b` of `a/b/c`.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// Two files at one place, or a file where another one needs a folder.
fn refuse_clashes(manifest: &Manifest) -> Result<(), Error> {
    for [one, next] in manifest.entries.array_windows() {
        if one.path == next.path {
            return Err(Error::Clash { paths: [one.path.to_string(), one.path.to_string()] });
        }
        // What begins with the path of a file comes right behind it, and what is below that path is among it.
        let below = || manifest.first_below(&format!("{}/", one.path));
        if let Some(inside) = next.path.starts_with(&*one.path).then(below).flatten() {
            return Err(Error::Clash { paths: [one.path.to_string(), inside.path.to_string()] });
        }
    }
    Ok(())
}

/// Paths that will be removed, and after them the folders they are in, unless something of the site is there too. The deepest come first, so
/// that each is tried once: to ask for every file whether its folder is empty would read large folders over and over.
fn with_folders(mut paths: Vec<String>, manifest: &Manifest) -> Vec<String> {
    let mut empty: Vec<String> = Vec::new();
    let mut last = "";
    for path in &paths {
        // In the order of paths, what has a folder in common comes one after the other.
        let known = folders(path).zip(folders(last)).take_while(|(one, other)| one == other).count();
        empty.extend(folders(path).skip(known).map(|folder| format!("{folder}/")).filter(|folder| manifest.first_below(folder).is_none()));
        last = path;
    }
    empty.extend(paths.extract_if(.., |path| path.ends_with('/')));
    empty.sort_unstable_by(|one, other| other.cmp(one));
    empty.dedup();
    paths.append(&mut empty);
    paths
}

/// Looks whether files can go where they must.
struct Way<'a> {
    build: &'a Build<'a>,
    /// Ours, and not wanted any more; in the order of their paths.
    stale: &'a [&'a str],
    /// Folders that were looked at.
    folders: HashSet<String>,
    clear: Vec<String>,
}

impl Way<'_> {
    fn check(&mut self, path: &str) -> Result<(), Error> {
        for folder in folders(path) {
            if self.folders.contains(folder) {
                continue;
            }
            self.folders.insert(folder.to_string());
            match fs::symlink_metadata(self.build.output.join(folder)) {
                Err(_) => break,
                Ok(data) if data.is_dir() => {}
                Ok(_) if self.is_stale(folder) => {
                    self.clear.push(folder.to_string());
                    break;
                }
                Ok(_) => return Err(self.in_the_way(folder)),
            }
        }
        match fs::symlink_metadata(self.build.output.join(path)) {
            Err(_) => Ok(()),
            Ok(data) if data.is_dir() => self.clear_folder(path),
            Ok(_) if self.build.mode != Mode::Update || self.build.before.position(path).is_some() => Ok(()),
            Ok(_) => Err(self.in_the_way(path)),
        }
    }

    /// A folder stands where a file must go: it can make way if all that is in it is ours and stale.
    fn clear_folder(&mut self, path: &str) -> Result<(), Error> {
        let folder = format!("{path}/");
        let content = place::content(&self.build.output.join(path))?;
        if content.is_empty() && !self.is_stale(&folder) {
            return Err(self.in_the_way(path));
        }
        for inside in content {
            let inside = format!("{folder}{inside}");
            if !self.is_stale(&inside) {
                return Err(self.in_the_way(&inside));
            }
        }
        let start = self.stale.partition_point(|stale| *stale < folder.as_str());
        self.clear.extend(self.stale[start..].iter().take_while(|stale| stale.starts_with(&folder)).map(|stale| stale.to_string()));
        Ok(())
    }

    fn is_stale(&self, path: &str) -> bool {
        self.stale.binary_search(&path).is_ok()
    }

    fn in_the_way(&self, path: &str) -> Error {
        Error::InTheWay { path: self.build.output.join(path) }
    }
}

/// Tells whether a path leads to a place inside the output, and not through a link that somebody put there.
struct Reach<'a> {
    output: &'a Path,
    real: HashMap<&'a str, bool>,
}

impl<'a> Reach<'a> {
    fn is_inside(&mut self, path: &'a str) -> bool {
        folders(path.trim_end_matches('/')).all(|folder| *self.real.entry(folder).or_insert_with(|| !self.output.join(folder).is_symlink()))
    }
}
