//! Reading again what has changed: the same value as a scan, at the cost of what is new.
//!
//! It must not know how a change is noticed. Where it cannot tell what a change means (symbolic links, names that are no text), it scans.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::slashes::forward;
use super::walk::{self, Seen};
use super::{FOLDERS, Known, Source, Sources, purpose, read};
use crate::diagnostic::{Diagnostic, codes};

/// So few new files are put in one by one.
const FEW: usize = 16;

/// What may differ from what was read: too much rather than too little.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// These files and folders, with all that is in them; absolute.
    Paths(BTreeSet<PathBuf>),
    Everything,
}

impl Changed {
    /// Both changes.
    pub fn and(self, other: Changed) -> Changed {
        match (self, other) {
            (Changed::Paths(mut paths), Changed::Paths(others)) => {
                paths.extend(others);
                Changed::Paths(paths)
            }
            _ => Changed::Everything,
        }
    }
}

impl Sources {
    /// Makes these sources what a scan as of `now` would give. The settings are always read again. Gives the paths, relative to the root,
    /// of what has become different in fact: files, settings, and what cannot be read.
    ///
    /// # Errors
    /// The root or the settings file itself cannot be read; then nothing is changed.
    pub fn refresh(&mut self, changed: &Changed, now: Timestamp) -> io::Result<Vec<Arc<str>>> {
        // A root that is gone for a moment is no empty site, nor one that goes while it is read.
        fs::read_dir(&self.root)?;
        let paths = match changed {
            Changed::Paths(paths) if self.is_plain() => self.inside(paths),
            _ => None,
        };
        if let Some(paths) = paths
            && let Some(fresh) = self.reread(&paths)?
        {
            fs::read_dir(&self.root)?;
            self.now = now;
            return Ok(self.take(&paths, fresh));
        }
        let next = self.rescan()?;
        fs::read_dir(&self.root)?;
        let differences = differences(self, &next);
        *self = Sources { now, ..next };
        Ok(differences)
    }

    /// Whether a path means the same for a scan as for the file system, and each problem has the path of its file.
    fn is_plain(&self) -> bool {
        let has_folder_in_front = |path: &str| FOLDERS.contains(&path.split('/').next().unwrap_or_default());
        let is_unnamed = |problem: &Diagnostic| problem.code == codes::BAD_FILE_NAME;
        self.links.is_empty() && !self.diagnostics.iter().any(is_unnamed) && !has_folder_in_front(&self.settings.0)
    }

    fn rescan(&self) -> io::Result<Sources> {
        let (settings, diagnostics) = read::settings(&self.root, self.asked.as_deref())?;
        let nothing = Sources { settings, diagnostics, ..self.bare() };
        Ok(nothing.with(walk::all(&self.root), &Known::default(), &self.files))
    }

    /// Reads `paths` again, which are in their order; nothing if there is a link at one of them. Gives the files that are there now, with the settings
    /// and all problems.
    fn reread(&self, paths: &BTreeSet<String>) -> io::Result<Option<Sources>> {
        let is_changed = |path: &str| {
            let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
            folders.chain([path]).any(|path| paths.contains(path))
        };
        let mut seen = Seen::default();
        for path in paths {
            let is_in_another = path.match_indices('/').any(|(at, _)| paths.contains(&path[..at]));
            if !is_in_another {
                walk::walk(&self.root, path, &mut seen);
            }
        }
        if !seen.links.is_empty() {
            return Ok(None);
        }
        let (settings, mut diagnostics) = read::settings(&self.root, self.asked.as_deref())?;
        let is_kept =
            |problem: &&Diagnostic| problem.place.as_ref().is_some_and(|place| !is_changed(&place.path) && place.path != self.settings.0);
        diagnostics.extend(self.diagnostics.iter().filter(is_kept).cloned());
        let nothing = Sources { settings, diagnostics, links: self.links.clone(), ..self.bare() };
        Ok(Some(nothing.with(seen, &Known::default(), &self.files)))
    }

    /// Takes up what was read again of `paths`, and gives the paths of what has become different. Of a large site nearly all files stay where they are.
    fn take(&mut self, paths: &BTreeSet<String>, fresh: Sources) -> Vec<Arc<str>> {
        let Sources { settings, files, diagnostics, .. } = fresh;
        let gone = self.take_out(paths);
        let old =
            Sources { settings: self.settings.clone(), files: gone, diagnostics: std::mem::take(&mut self.diagnostics), ..self.bare() };
        let new = Sources { settings: settings.clone(), files, diagnostics: diagnostics.clone(), ..self.bare() };
        let differences = differences(&old, &new);
        (self.settings, self.diagnostics) = (settings, diagnostics);
        self.put_in(new.files);
        differences
    }

    /// Puts in files that are not there, which are in order.
    fn put_in(&mut self, new: Vec<Source>) {
        if new.len() > FEW {
            self.files.extend(new);
            self.files.sort_by(|a, b| a.path.cmp(&b.path));
            return;
        }
        for source in new {
            let at = self.files.partition_point(|other| other.path < source.path);
            self.files.insert(at, source);
        }
    }

    /// Takes out the files that are at one of `paths` or in one of them, in their order.
    fn take_out(&mut self, paths: &BTreeSet<String>) -> Vec<Source> {
        let mut gone: Vec<Range<usize>> = Vec::new();
        for path in paths {
            gone.extend(self.position(path).ok().map(|at| at..at + 1));
            let below = self.below(&format!("{path}/"));
            let start = self.files.partition_point(|source| *source.path < *format!("{path}/"));
            gone.push(start..start + below.len());
        }
        gone.sort_unstable_by_key(|range| (range.start, range.end));
        let all = gone.first().map_or(0, |range| range.start)..gone.iter().map(|range| range.end).max().unwrap_or(0);
        let (mut at, mut rest) = (all.start, gone.iter().peekable());
        let is_gone = |_: &mut Source| {
            while rest.next_if(|range| range.end <= at).is_some() {}
            at += 1;
            rest.peek().is_some_and(|range| range.start < at)
        };
        self.files.extract_if(all, is_gone).collect()
    }

    /// Changed paths as a scan would meet them, relative to the root; nothing if that cannot be told.
    fn inside(&self, changed: &BTreeSet<PathBuf>) -> Option<BTreeSet<String>> {
        let mut paths = BTreeSet::new();
        for path in changed {
            let Ok(inside) = path.strip_prefix(&self.root) else { continue };
            let inside = &*forward(self.nearest(inside)?.to_str()?);
            if inside.is_empty() {
                return None;
            }
            if purpose::is_reached(inside) {
                paths.insert(inside.to_string());
            }
        }
        Some(paths)
    }

    /// The path itself, or the first folder above it that is not there; nothing if a link is on the way.
    fn nearest<'p>(&self, inside: &'p Path) -> Option<&'p Path> {
        let mut path = inside;
        while let Some(folder) = path.parent() {
            let place = self.root.join(folder);
            match fs::canonicalize(&place) {
                Ok(real) => return (real == place).then_some(path),
                Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => path = folder,
                Err(_) => return None,
            }
        }
        Some(path)
    }
}

/// The paths of what is not the same in two sources: files, problems, settings.
fn differences(one: &Sources, next: &Sources) -> Vec<Arc<str>> {
    let mut paths = BTreeSet::new();
    let by_path = |a: &Source, b: &Source| if Arc::ptr_eq(&a.path, &b.path) { Ordering::Equal } else { a.path.cmp(&b.path) };
    let files = apart(&one.files, &next.files, |a, b| by_path(a, b).then(a.print.cmp(&b.print)));
    paths.extend(files.into_iter().map(|source| source.path.clone()));
    let problems = apart(&one.diagnostics, &next.diagnostics, Diagnostic::order);
    paths.extend(problems.into_iter().filter_map(|problem| Some(problem.place.as_ref()?.path.clone())));
    if one.settings != next.settings {
        paths.insert(next.settings.0.clone());
    }
    paths.into_iter().collect()
}

/// What is in only one of two lists; both are in `order`.
fn apart<'a, T>(one: &'a [T], other: &'a [T], order: impl Fn(&T, &T) -> Ordering) -> Vec<&'a T> {
    let mut apart = Vec::new();
    let (mut left, mut right) = (one.iter().peekable(), other.iter().peekable());
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        match order(a, b) {
            Ordering::Less => apart.extend(left.next()),
            Ordering::Greater => apart.extend(right.next()),
            Ordering::Equal => drop((left.next(), right.next())),
        }
    }
    apart.extend(left.chain(right));
    apart
}

#[cfg(test)]
mod tests;
