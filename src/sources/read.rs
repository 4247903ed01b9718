//! Reading one file: its text, or what stands for it.
//!
//! It must not know which files there are.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use super::known::Known;
use super::slashes::forward;
use super::stamps::Stamp;
use super::walk::Found;
use super::{Content, Source, Text};
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::fingerprint::Fingerprint;

/// A text that is longer is a mistake: no page is, and to read it would take the memory that the others need.
const LONGEST_TEXT: u64 = 32 << 20;

/// The path of the settings file for messages, and its text.
type Settings = (Arc<str>, Arc<str>);

/// The settings file, and what is wrong with its text.
///
/// # Errors
/// It was asked for and cannot be read.
pub fn settings(root: &Path, asked: Option<&Path>) -> io::Result<(Settings, Vec<Diagnostic>)> {
    let path = asked.map_or_else(|| root.join("site.toml"), Path::to_path_buf);
    let real = fs::canonicalize(&path);
    let place = real.as_ref().unwrap_or(&path);
    let shown: Arc<str> = Arc::from(forward(&place.strip_prefix(root).unwrap_or(place).to_string_lossy()));
    match real.and_then(|real| read_settings(&real)) {
        Ok(bytes) => {
            let (text, problem) = text(&shown, bytes);
            Ok(((shown, Arc::from(text)), problem.into_iter().collect()))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound && asked.is_none() => Ok(((shown, Arc::from("")), Vec::new())),
        Err(error) => Err(io::Error::new(error.kind(), format!("{}: {error}", path.display()))),
    }
}

/// The bytes of the settings. A pipe or a device is not read, because it may never come to its end.
fn read_settings(place: &Path) -> io::Result<Vec<u8>> {
    let kind = fs::metadata(place)?.file_type();
    if !kind.is_file() && !kind.is_dir() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "this is no file but a pipe, a socket or a device"));
    }
    fs::read(place)
}

/// A file below `root` that was found, and what is wrong with it. Without a source it could not be read. One that is `known` is not read again.
pub fn source(root: &Arc<Path>, found: Found, known: &Known) -> (Option<Source>, Option<Diagnostic>) {
    let path: Arc<str> = Arc::from(found.path);
    let read = if found.is_text { known_or_read(root, &found.place, &path, known) } else { print(&found.place, &path) };
    read.unwrap_or_else(|error| {
        let problem = Diagnostic::error(codes::UNREADABLE, format!("cannot read this file: {error}"));
        (None, Some(problem.at(Place::file(&path)).hint("check its permissions")))
    })
}

/// A file that is only copied: its stamp stands for its bytes.
fn print(place: &Path, path: &Arc<str>) -> io::Result<(Option<Source>, Option<Diagnostic>)> {
    let print = Stamp::from_metadata(&fs::metadata(place)?).print;
    Ok((Some(Source { path: path.clone(), content: Content::File, print, stamp: None }), None))
}

fn known_or_read(root: &Arc<Path>, place: &Path, path: &Arc<str>, known: &Known) -> io::Result<(Option<Source>, Option<Diagnostic>)> {
    if !known.is_empty()
        && let Some(source) = known.source(path, Stamp::from_metadata(&fs::metadata(place)?))
    {
        return Ok((Some(source), None));
    }
    read_text(root, place, path)
}

fn read_text(root: &Arc<Path>, place: &Path, path: &Arc<str>) -> io::Result<(Option<Source>, Option<Diagnostic>)> {
    let file = File::open(place)?;
    let data = file.metadata()?;
    let size = data.len();
    if size > LONGEST_TEXT {
        let message = format!("this file has {} MiB, and a text may have {}", size >> 20, LONGEST_TEXT >> 20);
        let problem = Diagnostic::error("too-large", message).at(Place::file(path));
        return Ok((None, Some(problem.hint("divide it, or publish it as a file beside a page"))));
    }
    // Read through a limit that is none, which does not ask the system for the size once more.
    let mut bytes = Vec::with_capacity(size as usize + 1);
    file.take(u64::MAX).read_to_end(&mut bytes)?;
    let print = Fingerprint::of_bytes(&bytes);
    let (text, problem) = text(path, bytes);
    // A mistake in it is told whenever it is read, so it is read whenever it is looked at.
    let stamp = problem.is_none().then(|| Stamp::from_metadata(&data));
    let text = if problem.is_none() { Text::read(root, path, text, print) } else { Text::held(text, print) };
    Ok((Some(Source { path: path.clone(), content: Content::Text(text), print, stamp }), problem))
}

/// The text that bytes are; what is no text in them is replaced, and a problem.
fn text(path: &Arc<str>, bytes: Vec<u8>) -> (String, Option<Diagnostic>) {
    let wrong = |text: &str, at: usize, code: &'static str, message: &str| {
        let problem = Diagnostic::error(code, message).at(Place::range(path, text, at..at + 1));
        Some(problem.hint("save it as UTF-8 text in your editor"))
    };
    match String::from_utf8(bytes) {
        Ok(text) => {
            let nul = memchr::memchr(0, text.as_bytes());
            let problem = nul.and_then(|at| wrong(&text, at, "not-text", "this file has a NUL byte, so it is no text"));
            (text, problem)
        }
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes());
            let problem = wrong(&text, at, "not-utf8", "this file is not UTF-8 text");
            (text.into_owned(), problem)
        }
    }
}
