//! What a commit is about to do, written down before it begins, so that the next build can finish what a killed one began.
//!
//! Each step leaves every file whole, and does nothing if it is done already.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{Error, failed};
use super::manifest::{Manifest, Records, escape, is_path, replace, seal, unescape, unseal};
use super::staging;

/// A commit as a list of steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// Where staged files lie.
    pub staging: PathBuf,
    /// The output does not exist: staging becomes it.
    pub is_whole: bool,
    /// Files of ours that stand where a folder must be, or in a folder where a file must be; then those folders, with a slash at their end.
    pub clear: Vec<String>,
    /// Staged files by number, and where they go.
    pub moves: Vec<(u32, String)>,
    /// Files of ours that the site does not have any more; then the folders they were in, with a slash at their end, the deepest first.
    pub remove: Vec<String>,
    /// What stands in the output afterwards.
    pub manifest: Manifest,
}

/// One step of a commit; between any two the process may be killed.
#[derive(Debug, Clone, Copy)]
pub enum Step<'a> {
    /// The folder of staging becomes the output.
    Rename,
    Place(u32, &'a str),
    Remove(&'a str),
    /// This becomes the manifest.
    Manifest(&'a str),
    /// Staging goes, then the record.
    Forget,
}

/// Where a commit takes place.
pub struct OutputPaths<'a> {
    /// The folder itself.
    pub output: &'a Path,
    /// Where its records are.
    pub records: &'a Records,
}

const TITLE: &str = "chancery intent 1";

impl Intent {
    /// The steps in their order; `manifest` is the text of the manifest.
    pub fn steps<'a>(&'a self, manifest: &'a str) -> impl Iterator<Item = Step<'a>> {
        let rename = self.is_whole.then_some(Step::Rename);
        let clear = self.clear.iter().map(|path| Step::Remove(path));
        let moves = self.moves.iter().map(|(number, path)| Step::Place(*number, path));
        let remove = self.remove.iter().map(|path| Step::Remove(path));
        rename.into_iter().chain(clear).chain(moves).chain(remove).chain([Step::Manifest(manifest), Step::Forget])
    }

    /// Writes the record, with the text of the manifest: from here on the commit will be completed.
    ///
    /// # Errors
    /// The record cannot be written.
    pub fn save(&self, manifest: &str, paths: &OutputPaths) -> Result<(), Error> {
        replace(&paths.records.intent, &self.text(manifest)).map_err(failed("write", &paths.records.intent))
    }

    /// Does one step.
    ///
    /// # Errors
    /// A file cannot be moved or removed, or the manifest not be written.
    pub fn perform(&self, step: Step, paths: &OutputPaths) -> Result<(), Error> {
        match step {
            Step::Rename => fs::rename(&self.staging, paths.output).map_err(failed("make the output", paths.output)),
            Step::Place(number, path) => {
                let to = paths.output.join(path);
                place(&self.staging.join(number.to_string()), &to).map_err(failed("write", to))
            }
            Step::Remove(path) => remove(paths.output, path),
            Step::Manifest(text) => replace(&paths.records.manifest, text).map_err(failed("write", &paths.records.manifest)),
            Step::Forget => {
                staging::remove(&self.staging).map_err(failed("remove", &self.staging))?;
                gone(fs::remove_file(&paths.records.intent)).map_err(failed("remove", &paths.records.intent))
            }
        }
    }

    fn text(&self, manifest: &str) -> String {
        let mut text = format!("{TITLE}\nstaging {}\n", escape(&self.staging.to_string_lossy()));
        if self.is_whole {
            text.push_str("whole\n");
        }
        let clear = self.clear.iter().map(|path| ("clear ".to_string(), path));
        let moves = self.moves.iter().map(|(number, path)| (format!("move {number} "), path));
        let remove = self.remove.iter().map(|path| ("remove ".to_string(), path));
        for (step, path) in clear.chain(moves).chain(remove) {
            text.extend([&*step, &*escape(path), "\n"]);
        }
        text.push_str(manifest);
        seal(&mut text);
        text
    }

    /// Reads what `text` wrote, if it is whole and has staging in one of `places`.
    fn parse(text: &str, places: &[PathBuf]) -> Option<Intent> {
        let text = unseal(text)?;
        let mut intent = Intent {
            staging: PathBuf::new(),
            is_whole: false,
            clear: Vec::new(),
            moves: Vec::new(),
            remove: Vec::new(),
            manifest: Manifest::default(),
        };
        let mut rest = text.strip_prefix(TITLE)?.strip_prefix('\n')?;
        loop {
            let (line, below) = rest.split_once('\n')?;
            let (word, value) = line.split_once(' ').unwrap_or((line, ""));
            match word {
                "staging" => intent.staging = places.iter().find(|place| place.to_string_lossy() == unescape(value))?.clone(),
                "whole" => intent.is_whole = true,
                "clear" => intent.clear.push(path(value)?),
                "remove" => intent.remove.push(path(value)?),
                "move" => {
                    let (number, value) = value.split_once(' ')?;
                    intent.moves.push((number.parse().ok()?, path(value)?));
                }
                _ => break,
            }
            rest = below;
        }
        intent.manifest = Manifest::parse(rest)?;
        (!intent.staging.as_os_str().is_empty()).then_some(intent)
    }
}

fn path(value: &str) -> Option<String> {
    let path = unescape(value);
    is_path(path.strip_suffix('/').unwrap_or(&path)).then_some(path)
}

/// Completes the commit of a killed build, if there is one. A record that is damaged is forgotten.
///
/// # Errors
/// A file cannot be moved or removed; the record stays for the next time.
pub fn recover(state: &Path, paths: &OutputPaths) -> Result<(), Error> {
    let Ok(text) = fs::read_to_string(&paths.records.intent) else { return Ok(()) };
    let Some(intent) = Intent::parse(&text, &staging::places(state, paths.output)) else {
        return gone(fs::remove_file(&paths.records.intent)).map_err(failed("remove", &paths.records.intent));
    };
    // Somebody has made a folder there since: what waits in staging was for a place that was free.
    if intent.is_whole && intent.staging.exists() && paths.output.exists() {
        return intent.perform(Step::Forget, paths);
    }
    let manifest = intent.manifest.text(paths.output);
    for step in intent.steps(&manifest) {
        let is_done = match step {
            Step::Rename => !intent.staging.exists(),
            Step::Place(number, _) => !intent.staging.join(number.to_string()).exists(),
            _ => false,
        };
        if !is_done {
            intent.perform(step, paths)?;
        }
    }
    Ok(())
}

fn place(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to).or_else(|error| match (error.kind(), to.parent()) {
        (io::ErrorKind::NotFound, Some(folder)) => {
            fs::create_dir_all(folder)?;
            fs::rename(from, to)
        }
        _ => Err(error),
    })
}

/// Removes a file, or if a slash is at the end of its path a folder that holds nothing any more.
/// What has become something else, by hand or by a step of this commit, is left alone.
fn remove(output: &Path, path: &str) -> Result<(), Error> {
    if let Some(folder) = path.strip_suffix('/') {
        // One that still holds something stays, and an empty one that cannot be removed does no harm.
        let _ = fs::remove_dir(output.join(folder));
        return Ok(());
    }
    let place = output.join(path);
    match fs::remove_file(&place) {
        Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) && !place.is_dir() => {
            Err(failed("remove", place)(error))
        }
        _ => Ok(()),
    }
}

fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Intent {
        Intent {
            staging: "/srv/.chancery-staging-1".into(),
            is_whole: false,
            clear: vec!["a".into(), "b/".into()],
            moves: vec![(0, "a/x y.html".into()), (12, "move 1\nz".into())],
            remove: vec!["old/index.html".into()],
            manifest: Manifest::default(),
        }
    }

    fn text(intent: &Intent, output: &Path) -> String {
        intent.text(&intent.manifest.text(output))
    }

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let output = Path::new("/srv/public");
        for intent in [sample(), Intent { is_whole: true, ..sample() }] {
            assert_eq!(Intent::parse(&text(&intent, output), std::slice::from_ref(&intent.staging)), Some(intent));
        }
    }

    #[test]
    fn a_record_that_is_damaged_or_names_a_strange_place_is_none() {
        let text = text(&sample(), Path::new("/srv/public"));
        let places = [sample().staging];
        assert_eq!(Intent::parse(&text[..text.len() - 9], &places), None);
        assert_eq!(Intent::parse(&text.replace("old/", "odd/"), &places), None);
        assert_eq!(Intent::parse(&text, &["/elsewhere".into()]), None);
        let outside = Intent { remove: vec!["../x".into()], ..sample() };
        assert_eq!(Intent::parse(&self::text(&outside, Path::new("/srv/public")), &places), None);
    }
}
