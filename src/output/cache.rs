//! What the program remembers from process to process, as bytes in `.chancery/`.
//!
//! It must not know what they say. Losing them costs time and nothing else, so nobody is told of it.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::state::make_in_state;

/// Below `.chancery/`.
const FOLDER: &str = "cache";

/// The bytes that were saved last under `name`; `None` when there are none. `state` is `.chancery/` of the root.
pub fn load(state: &Path, name: &str) -> Option<Vec<u8>> {
    fs::read(state.join(FOLDER).join(name)).ok()
}

/// Keeps what `write` writes for the next process: whole or not at all. Of two processes at once the last one's is kept, or one of them saves nothing.
pub fn save(state: &Path, name: &str, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
    let _ = try_save(state, name, write);
}

/// Puts what `write` writes behind the `length` bytes that are kept under `name`. If another process has kept something else since, nothing is saved;
/// what a killed process leaves half done, whoever reads it must see to be so.
pub fn append(state: &Path, name: &str, length: u64, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
    let _ = try_append(&state.join(FOLDER).join(name), length, write);
}

fn try_save(state: &Path, name: &str, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let folder = make_in_state(state, FOLDER)?;
    // What a killed process began. Another name may be saved at the same time.
    let begun = format!("{name}.new-");
    let is_begun = |entry: &fs::DirEntry| entry.file_name().as_encoded_bytes().starts_with(begun.as_bytes());
    for entry in fs::read_dir(&folder)?.flatten().filter(is_begun) {
        fs::remove_file(entry.path())?;
    }
    let new = folder.join(format!("{begun}{}", std::process::id()));
    let moved = write_new(&new, write).and_then(|()| fs::rename(&new, folder.join(name)));
    if moved.is_err() {
        let _ = fs::remove_file(new);
    }
    moved
}

fn write_new(place: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(place)?);
    write(&mut file)?;
    file.flush()
}

fn try_append(place: &Path, length: u64, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut bytes = Vec::new();
    write(&mut bytes)?;
    let mut file = File::options().append(true).open(place)?;
    if file.metadata()?.len() == length {
        file.write_all(&bytes)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keep(state: &Path, name: &str, bytes: &[u8]) {
        save(state, name, |to| to.write_all(bytes));
    }

    #[test]
    fn what_is_new_is_put_behind_what_was_read_and_not_behind_anything_else() {
        let state = tempfile::tempdir().expect("a temporary folder");
        let add = |length: u64, bytes: &[u8]| append(state.path(), "a", length, |to| to.write_all(bytes));
        add(0, b"of nothing");
        assert_eq!(load(state.path(), "a"), None);
        keep(state.path(), "a", b"one");
        add(3, b", two");
        add(3, b", three");
        assert_eq!(load(state.path(), "a").as_deref(), Some(&b"one, two"[..]));
    }

    #[test]
    fn what_is_saved_is_loaded_and_nothing_else_stays() {
        let state = tempfile::tempdir().expect("a temporary folder");
        assert_eq!(load(state.path(), "a"), None);
        keep(state.path(), "a", b"one");
        fs::write(state.path().join("cache/a.new-1"), "of a killed process").expect("a file");
        keep(state.path(), "a", b"two");
        keep(state.path(), "b", b"three");
        assert_eq!(load(state.path(), "a").as_deref(), Some(&b"two"[..]));
        assert_eq!(load(state.path(), "b").as_deref(), Some(&b"three"[..]));
        assert_eq!(fs::read_dir(state.path().join("cache")).expect("a folder").count(), 2);
    }

    #[test]
    fn a_site_that_has_gone_is_not_made_again() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let state = root.path().join("site/.chancery");
        keep(&state, "a", b"one");
        assert!(!root.path().join("site").exists());
        fs::create_dir(root.path().join("site")).expect("a folder");
        keep(&state, "a", b"one");
        assert_eq!(load(&state, "a").as_deref(), Some(&b"one"[..]));
        assert!(state.join(".gitignore").exists());
    }

    #[test]
    fn what_cannot_be_saved_leaves_what_was() {
        let state = tempfile::tempdir().expect("a temporary folder");
        fs::write(state.path().join("cache"), "no folder").expect("a file");
        keep(state.path(), "a", b"one");
        assert_eq!(load(state.path(), "a"), None);
    }
}
