//! Staging: a folder of ours beside the output, on the same file system, in which files wait until all of them are there.
//!
//! It must not know what stands in the output.

use std::cell::Cell;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::error::{Error, failed};
use super::manifest::size_and_time;
use super::system::is_one_file_system;
use crate::fingerprint::{Fingerprint, Printer};

/// How files lie in staging.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// As in the output, which does not exist yet: one rename puts all in place.
    Whole,
    /// By number, each with a place to go: no folders need to be made that are there already.
    Flat,
}

/// The folder; removed when it is dropped.
#[derive(Debug)]
pub struct Staging {
    /// Its real path.
    pub folder: PathBuf,
    /// How files lie in it.
    pub layout: Layout,
    next: AtomicU32,
    /// Folders above the output that were made for it.
    made: Vec<PathBuf>,
}

/// The two places where staging for `output` can be: beside it, and inside if nothing can be made beside it or another file system begins
/// there. The name is the same for every process, because only the one that has the lock comes here: what is found there is a leftover.
pub fn places(state: &Path, output: &Path) -> [PathBuf; 2] {
    let print = Fingerprint::of(&(state.as_os_str().as_encoded_bytes(), output.as_os_str().as_encoded_bytes())).to_string();
    let name = format!(".chancery-staging-{}", &print[..16]);
    [output.with_file_name(&name), output.join(&name)]
}

impl Staging {
    /// Makes an empty folder for an output that is there (`Flat`) or not (`Whole`); leftovers are removed.
    ///
    /// # Errors
    /// There is no place where this process may write.
    pub fn open(state: &Path, output: &Path, layout: Layout) -> Result<Staging, Error> {
        let [beside, inside] = places(state, output);
        for leftover in [&beside, &inside] {
            remove(leftover).map_err(failed("remove what a killed build left in", leftover))?;
        }
        let parent = output.parent().unwrap_or(output);
        let made: Vec<PathBuf> = parent.ancestors().take_while(|folder| !folder.exists()).map(Path::to_path_buf).collect();
        let staging = |folder| Staging { folder, layout, next: AtomicU32::new(0), made };
        if layout == Layout::Whole {
            fs::create_dir_all(parent).map_err(failed("make the folder", parent))?;
            let staging = staging(beside.clone());
            return fs::create_dir(&beside).map(|()| staging).map_err(failed("make a folder of ours beside", output));
        }
        if is_one_file_system(parent, output) && make_unseen(&beside).is_ok() {
            return Ok(staging(beside));
        }
        make_unseen(&inside).map(|()| staging(inside)).map_err(failed("write into", output))
    }

    /// A new file for `path`, and its number.
    fn create(&self, path: &str) -> io::Result<(File, u32)> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        if self.layout == Layout::Flat {
            return Ok((File::create_new(self.folder.join(number.to_string()))?, number));
        }
        let place = self.folder.join(path);
        if let Some(folder) = place.parent() {
            make_once(folder)?;
        }
        let file = File::create_new(&place).or_else(|error| match (error.kind(), place.parent()) {
            (io::ErrorKind::NotFound, Some(folder)) => {
                fs::create_dir_all(folder)?;
                File::create_new(&place)
            }
            _ => Err(error),
        })?;
        Ok((file, number))
    }

    /// Where the file with this number lies.
    fn place(&self, number: u32, path: &str) -> PathBuf {
        match self.layout {
            Layout::Whole => self.folder.join(path),
            Layout::Flat => self.folder.join(number.to_string()),
        }
    }

    /// Gives the folder to a commit, which removes it itself.
    pub fn release(mut self) -> PathBuf {
        self.made.clear();
        std::mem::take(&mut self.folder)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.folder.as_os_str().is_empty() {
            // Nothing can be done here about a failure: the next build removes what is left.
            let _ = remove(&self.folder);
            for folder in &self.made {
                let _ = fs::remove_dir(folder);
            }
        }
    }
}

/// Removes a folder of ours with all that is in it, if it is there.
pub fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Makes a folder that Git does not see: who calls `git stash -u` while a site is built would take half of it along, and be given it back later.
fn make_unseen(folder: &Path) -> io::Result<()> {
    fs::create_dir(folder)?;
    fs::write(folder.join(".gitignore"), "*\n")
}

thread_local! {
    /// The folder in which a thread has put a file last.
    static LAST: Cell<Option<PathBuf>> = const { Cell::new(None) };
}

/// Makes a folder, unless it is that of the file before: what stands there together comes in a row, and its first file finds no folder.
fn make_once(folder: &Path) -> io::Result<()> {
    let last = LAST.take().filter(|last| last == folder);
    if last.is_none() {
        make_folder(folder)?;
    }
    LAST.set(Some(last.unwrap_or_else(|| folder.to_path_buf())));
    Ok(())
}

/// Makes a folder, which may be there, with those above it.
fn make_folder(folder: &Path) -> io::Result<()> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => fs::create_dir_all(folder),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    }
}

/// What is longer than this is not held in memory but streamed into staging.
const LONGEST_HELD: usize = 1 << 20;

/// Where one file is rendered to: a buffer, and a file in staging if it is long.
pub struct Sink<'a> {
    staging: &'a Staging,
    path: &'a str,
    buffer: &'a mut Vec<u8>,
    long: Option<Long>,
    /// Why nothing more can be written.
    pub failed: Option<io::Error>,
}

struct Long {
    file: File,
    number: u32,
    printer: Printer,
    size: u64,
}

impl Long {
    fn feed(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.printer.write_all(bytes)?;
        self.size += bytes.len() as u64;
        self.file.write_all(bytes)
    }
}

/// What was rendered, before anyone knows whether it is needed.
pub struct Rendered<'a> {
    /// The fingerprint of its bytes.
    pub print: Fingerprint,
    /// In bytes.
    pub size: u64,
    staging: &'a Staging,
    path: &'a str,
    bytes: &'a [u8],
    long: Option<(File, u32)>,
}

impl<'a> Sink<'a> {
    /// `buffer` must be empty.
    pub fn new(staging: &'a Staging, path: &'a str, buffer: &'a mut Vec<u8>) -> Sink<'a> {
        Sink { staging, path, buffer, long: None, failed: None }
    }

    fn feed(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.buffer.len() + bytes.len() > LONGEST_HELD {
            let long = match &mut self.long {
                Some(long) => long,
                none => {
                    let (file, number) = self.staging.create(self.path)?;
                    none.insert(Long { file, number, printer: Printer::default(), size: 0 })
                }
            };
            long.feed(self.buffer)?;
            self.buffer.clear();
            if bytes.len() > LONGEST_HELD {
                return long.feed(bytes);
            }
        }
        self.buffer.extend_from_slice(bytes);
        Ok(())
    }

    /// The whole file.
    ///
    /// # Errors
    /// The rest of a long file cannot be written.
    pub fn finish(mut self) -> io::Result<Rendered<'a>> {
        let (staging, path) = (self.staging, self.path);
        match self.long.take() {
            None => {
                let bytes: &'a [u8] = self.buffer;
                Ok(Rendered { print: Fingerprint::of_bytes(bytes), size: bytes.len() as u64, staging, path, bytes, long: None })
            }
            Some(mut long) => {
                long.feed(self.buffer)?;
                let Long { file, number, printer, size } = long;
                Ok(Rendered { print: printer.print(), size, staging, path, bytes: &[], long: Some((file, number)) })
            }
        }
    }
}

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    // Templates write many small pieces: a file that is held in memory takes them at once.
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.buffer.len() + bytes.len() <= LONGEST_HELD {
            self.buffer.extend_from_slice(bytes);
            return Ok(());
        }
        self.feed(bytes).inspect_err(|error| {
            let kept = error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error);
            self.failed.get_or_insert(kept);
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Rendered<'_> {
    /// Shows the whole file to `look`.
    ///
    /// # Errors
    /// A long file cannot be read again.
    pub fn show(&self, look: impl FnOnce(&[u8])) -> io::Result<()> {
        match &self.long {
            Some((_, number)) => look(&fs::read(self.staging.place(*number, self.path))?),
            None => look(self.bytes),
        }
        Ok(())
    }

    /// Leaves the file in staging: its number and its time of last change.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn keep(self) -> io::Result<(u32, i128)> {
        let (file, number) = match self.long {
            Some(long) => long,
            None => {
                let (mut file, number) = self.staging.create(self.path)?;
                file.write_all(self.bytes)?;
                (file, number)
            }
        };
        Ok((number, size_and_time(&file.metadata()?).1))
    }

    /// Leaves nothing in staging.
    ///
    /// # Errors
    /// A long file cannot be removed.
    pub fn discard(self) -> io::Result<()> {
        match self.long {
            Some((_, number)) => fs::remove_file(self.staging.place(number, self.path)),
            None => Ok(()),
        }
    }
}
