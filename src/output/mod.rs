//! The only writer: a folder with a manifest of what stands in it.
//!
//! Owns staging, commit, manifest and lock, and what is kept beside them in `.chancery/`. It must not know what the files are.

pub mod audit;
mod audited;
pub mod cache;
mod commit;
mod compare;
mod error;
mod existing;
mod info;
mod intent;
mod lock;
mod manifest;
mod note;
mod place;
mod staging;
mod state;
mod system;

use std::cell::Cell;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rayon::prelude::*;

use crate::fingerprint::Fingerprint;
use commit::{Build, Done};
use compare::print_of;
use error::failed;
use existing::{everything, refuse_foreign};
use intent::{Intent, OutputPaths, Step};
use manifest::{KnownManifest, Records};
use staging::{Layout, Rendered, Sink, Staging};
use state::make_state;

pub use commit::Written;
pub use compare::{Difference, differences};
pub use error::Error;
pub use info::OutputInfo;
pub use lock::{Lock, take as lock};
pub use manifest::{Entry, Manifest, Memory, is_path, print};
pub use note::{Before, Stands, note_of};

/// What to do with an output folder that is not empty and has no manifest, or with one that has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Skip what is unchanged; refuse a folder with foreign files and no manifest.
    Update,
    /// Write every file again, over a foreign one too; leave other foreign files where they are.
    Force,
    /// Empty the folder: whatever is in it when it is opened is gone after the commit, but for the files of the site.
    Clean,
}

/// An output folder that is locked by this process, with the manifest of the last build. Dropped, it leaves the output as it was.
pub struct Folder {
    output: PathBuf,
    records: Records,
    mode: Mode,
    /// What is ours in the output.
    before: Manifest,
    /// The text of the manifest on disk, if that is what `before` is.
    text: Option<String>,
    memory: Arc<Memory>,
    /// Whether `before` is what the manifest on disk says.
    is_recorded: bool,
    /// Of `before`: what `is_current` said true of.
    current: Vec<AtomicBool>,
    done: Mutex<Vec<Done>>,
    /// What to leave to the next build.
    note: Mutex<Option<Vec<u8>>>,
    /// How the output is made.
    words: Mutex<Option<String>>,
    /// What was looked for in it.
    audited: Mutex<Option<Vec<Fingerprint>>>,
    // Staging is dropped before the lock: nobody else may come while it is removed.
    staging: Staging,
    _lock: Lock,
}

/// How long a process waits for another one that writes to the same output.
const PATIENCE: Duration = Duration::from_secs(10);

thread_local! {
    /// Where a thread renders one file after the other. It is taken out while it is used, because a thread that waits may be given another file.
    static BUFFER: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

impl Folder {
    /// Opens `output` for a build. `state` is `.chancery/` of the root; the manifest is kept there under the absolute path of `output`. `protected` are folders that are no output (the root, its sources), nor in one.
    /// Completes or undoes what a killed build left, takes the lock (waits up to 10 s for a living process), and reads the manifest (a damaged one counts as none, but the files it could not name stay).
    ///
    /// # Errors
    /// Every `Error` but `InTheWay` and `Clash`. The output is as it was.
    pub fn open(state: &Path, output: &Path, mode: Mode, protected: &[PathBuf]) -> Result<Folder, Error> {
        Folder::open_again(state, output, mode, protected, &Arc::default())
    }

    /// The same in a process that opens it again and again, and remembers what the last build left.
    ///
    /// # Errors
    /// As `open`.
    pub fn open_again(state: &Path, output: &Path, mode: Mode, protected: &[PathBuf], memory: &Arc<Memory>) -> Result<Folder, Error> {
        let state = make_state(state).map_err(failed("make the folder", state))?;
        let output = place::resolve(output).map_err(failed("find", output))?;
        let protected: Vec<PathBuf> = protected.iter().filter_map(|folder| fs::canonicalize(folder).ok()).collect();
        place::guard(&state, &output, mode, &protected)?;
        let records = Records::new(&state, &output);
        let lock = lock::take(&records.lock, PATIENCE)?;
        intent::recover(&state, &OutputPaths { output: &output, records: &records })?;
        info::forget(&records)?;
        let layout = if output.is_dir() { Layout::Flat } else { Layout::Whole };
        let staging = Staging::open(&state, &output, layout)?;
        // Of an output that is not there, nothing is to be known.
        let recorded = (layout == Layout::Flat).then(|| memory.read(&records.manifest, &output)).flatten();
        let is_recorded = recorded.is_some() && mode != Mode::Clean;
        let (text, recorded) = recorded.map(|KnownManifest { text, manifest }| (text, manifest)).unzip();
        let before = match (recorded, mode, layout) {
            (_, _, Layout::Whole) => Manifest::default(),
            (_, Mode::Clean, _) => everything(&output, &staging)?,
            (Some(recorded), _, _) => recorded,
            (None, Mode::Force, _) => Manifest::default(),
            (None, Mode::Update, _) => refuse_foreign(&output, &staging)?,
        };
        let current = before.entries.iter().map(|_| AtomicBool::new(false)).collect();
        Ok(Folder {
            output,
            records,
            mode,
            before,
            is_recorded,
            text: text.filter(|_| is_recorded),
            memory: memory.clone(),
            current,
            done: Mutex::default(),
            note: Mutex::default(),
            words: Mutex::default(),
            audited: Mutex::default(),
            staging,
            _lock: lock,
        })
    }

    /// The real absolute path of the output.
    pub fn output(&self) -> &Path {
        &self.output
    }

    /// True when the manifest has `path` under `key` and the file is still there with the size and time that the manifest recorded. Called from many threads.
    pub fn is_current(&self, path: &str, key: Fingerprint) -> bool {
        self.before.position(path).filter(|_| self.mode == Mode::Update).is_some_and(|at| self.is_current_at(at, key))
    }

    /// The places in the manifest of these paths, which are in order; nothing, where `is_current` cannot be true under any key. All are found in one pass.
    pub fn places<'p>(&self, paths: impl Iterator<Item = &'p str>) -> Vec<Option<usize>> {
        let mut entries = self.before.entries.iter().enumerate().filter(|_| self.mode == Mode::Update).peekable();
        let mut place = |path: &str| {
            while entries.next_if(|(_, entry)| *entry.path < *path).is_some() {}
            entries.peek().filter(|(_, entry)| *entry.path == *path).map(|(at, _)| *at)
        };
        paths.map(&mut place).collect()
    }

    /// What `is_current` says of the path at a place in the manifest.
    pub fn is_current_at(&self, at: usize, key: Fingerprint) -> bool {
        let entry = &self.before.entries[at];
        let is_current = entry.key == key && self.stands_at(&entry.path) == Some((entry.size, entry.modified));
        if is_current {
            self.current[at].store(true, Ordering::Relaxed);
        }
        is_current
    }

    /// True when the manifest has exactly the files whose `print` this is, and each stands as `is_current` asks; then they all count as mentioned.
    pub fn is_whole(&self, print: Fingerprint) -> bool {
        let entries = &self.before.entries;
        let is_same = || manifest::print(entries.iter().map(|entry| (&*entry.path, entry.key))) == print;
        let stands = |entry: &Entry| self.stands_at(&entry.path) == Some((entry.size, entry.modified));
        let is_whole = self.mode == Mode::Update && is_same() && entries.par_iter().all(stands);
        if is_whole {
            self.current.iter().for_each(|flag| flag.store(true, Ordering::Relaxed));
        }
        is_whole
    }

    /// Renders one file, hashing as it goes, and returns whether its bytes differ from those that stand in the output. If they do not, nothing stays in
    /// staging, and the file is left untouched. Called from many threads.
    ///
    /// # Errors
    /// The file cannot be written, or `path` leaves the output. The error of `render` is the one within.
    pub fn write<E>(
        &self,
        path: &str,
        key: Fingerprint,
        render: impl FnOnce(&mut dyn Write) -> Result<(), E>,
    ) -> Result<Result<bool, E>, Error> {
        self.write_shown(path, key, render, |_| ())
    }

    /// The same, and `look` is shown the bytes of the whole file.
    ///
    /// # Errors
    /// As `write`.
    pub fn write_shown<E>(
        &self,
        path: &str,
        key: Fingerprint,
        render: impl FnOnce(&mut dyn Write) -> Result<(), E>,
        look: impl FnOnce(&[u8]),
    ) -> Result<Result<bool, E>, Error> {
        let mut buffer = BUFFER.take();
        buffer.clear();
        let done = self.render(path, key, &mut buffer, render, look);
        BUFFER.set(buffer);
        let done = match done? {
            Ok(done) => done,
            Err(error) => return Ok(Err(error)),
        };
        let differs = done.staged.is_some();
        self.done.lock().unwrap_or_else(PoisonError::into_inner).push(done);
        Ok(Ok(differs))
    }

    /// Puts everything in its place: one rename a file (or of the whole folder, if there was none), then removals of what an earlier build wrote and this one did not mention, then the manifest. Mentioned are the paths given to `write` and those for which `is_current` said true.
    ///
    /// # Errors
    /// `Clash` and `InTheWay`, with the output as it was; or `Io`, and the next build will complete what this one began.
    pub fn commit(self) -> Result<Written, Error> {
        let (intent, written) = self.plan()?;
        let note = std::mem::take(&mut *self.note.lock().unwrap_or_else(PoisonError::into_inner));
        let words = std::mem::take(&mut *self.words.lock().unwrap_or_else(PoisonError::into_inner));
        let audited = std::mem::take(&mut *self.audited.lock().unwrap_or_else(PoisonError::into_inner));
        let audited = audited.map(|prints| audited::text(&prints, &intent.manifest));
        let paths = OutputPaths { output: &self.output, records: &self.records };
        let known = self.text.map(|text| KnownManifest { text, manifest: self.before });
        let is_known = self.is_recorded && known.as_ref().is_some_and(|known| known.manifest == intent.manifest);
        let is_new = written.written > 0 || written.removed > 0 || intent.is_whole;
        let text = match known {
            Some(known) if is_known => known.text,
            known => intent.manifest.text_after(&self.output, known.as_ref()),
        };
        if is_new {
            intent.save(&text, &paths)?;
            self.staging.release();
            intent.steps(&text).try_for_each(|step| intent.perform(step, &paths))?;
        } else if !is_known {
            intent.perform(Step::Manifest(&text), &paths)?;
        }
        self.memory.keep(KnownManifest { text, manifest: intent.manifest });
        if let Some(note) = note {
            note::save(&self.records, &note);
        }
        if let Some(words) = words {
            info::save(&self.records, &words)?;
        }
        if let Some(text) = audited {
            audited::save(&self.records, &text)?;
        }
        Ok(written)
    }

    /// Gives up: removes staging and the lock; the output stays as it was. (Dropping does the same.)
    pub fn abandon(self) {}

    fn plan(&self) -> Result<(Intent, Written), Error> {
        let current: Vec<bool> = self.current.iter().map(|flag| flag.load(Ordering::Relaxed)).collect();
        let done = std::mem::take(&mut *self.done.lock().unwrap_or_else(PoisonError::into_inner));
        commit::plan(Build { output: &self.output, mode: self.mode, before: &self.before, current: &current, done }, &self.staging)
    }

    fn render<E>(
        &self,
        path: &str,
        key: Fingerprint,
        buffer: &mut Vec<u8>,
        render: impl FnOnce(&mut dyn Write) -> Result<(), E>,
        look: impl FnOnce(&[u8]),
    ) -> Result<Result<Done, E>, Error> {
        let failed = |error| failed("write", self.output.join(path))(error);
        if !is_path(path) {
            return Err(failed(io::Error::new(io::ErrorKind::InvalidInput, "this is no path inside the output")));
        }
        let mut sink = Sink::new(&self.staging, path, buffer);
        if let Err(error) = render(&mut sink) {
            // What the renderer says of a full disk is less than what the disk said.
            return sink.failed.take().map_or(Ok(Err(error)), |error| Err(failed(error)));
        }
        let rendered = sink.finish().map_err(failed)?;
        rendered.show(look).map_err(failed)?;
        let (print, size) = (rendered.print, rendered.size);
        let (staged, modified) = match self.stands(path, &rendered) {
            Some(modified) => {
                rendered.discard().map_err(failed)?;
                (None, modified)
            }
            None => {
                let (number, modified) = rendered.keep().map_err(failed)?;
                (Some(number), modified)
            }
        };
        Ok(Ok(Done { entry: Entry { path: path.into(), key, print, size, modified }, staged }))
    }

    /// The time of last change of the file in the output, if it has the bytes that were rendered.
    fn stands(&self, path: &str, rendered: &Rendered) -> Option<i128> {
        if self.mode != Mode::Update || self.staging.layout == Layout::Whole {
            return None;
        }
        let (size, modified) = self.stands_at(path).filter(|(size, _)| *size == rendered.size)?;
        let recorded = self.before.position(path).map(|at| &self.before.entries[at]);
        let is_equal = match recorded {
            Some(entry) if entry.size == size && entry.modified == modified => entry.print == rendered.print,
            _ => print_of(&self.output.join(path)).is_ok_and(|print| print == rendered.print),
        };
        is_equal.then_some(modified)
    }

    /// Size and time of the file in the output; `None` when it is not there, or no file.
    fn stands_at(&self, path: &str) -> Option<(u64, i128)> {
        let data = fs::symlink_metadata(self.output.join(path)).ok()?;
        data.is_file().then(|| manifest::size_and_time(&data))
    }
}

#[cfg(test)]
mod tests;
