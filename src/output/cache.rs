//! What the program remembers from process to process, as bytes in `.chancery/`.
//!
//! It must not know what they say. Losing them costs time and nothing else, so nobody is told of it.

use std::fs;
use std::io;
use std::path::Path;

use super::make_in_state;

/// Below `.chancery/`.
const FOLDER: &str = "cache";

/// What was saved last under `name`; `state` is `.chancery/` of the root.
pub fn load(state: &Path, name: &str) -> Option<Vec<u8>> {
    fs::read(state.join(FOLDER).join(name)).ok()
}

/// Keeps `bytes` for the next process: whole or not at all. Of two processes at once the last one's are kept, or one of them saves nothing.
pub fn save(state: &Path, name: &str, bytes: &[u8]) {
    let _ = try_save(state, name, bytes);
}

fn try_save(state: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let folder = make_in_state(state, FOLDER)?;
    // What a killed process began.
    let is_begun = |entry: &fs::DirEntry| entry.file_name().as_encoded_bytes().starts_with(b"new-");
    for entry in fs::read_dir(&folder)?.flatten().filter(is_begun) {
        fs::remove_file(entry.path())?;
    }
    let new = folder.join(format!("new-{}", std::process::id()));
    let moved = fs::write(&new, bytes).and_then(|()| fs::rename(&new, folder.join(name)));
    if moved.is_err() {
        let _ = fs::remove_file(new);
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_is_loaded_and_nothing_else_stays() {
        let state = tempfile::tempdir().expect("a temporary folder");
        assert_eq!(load(state.path(), "a"), None);
        save(state.path(), "a", b"one");
        fs::write(state.path().join("cache/new-1"), "of a killed process").expect("a file");
        save(state.path(), "a", b"two");
        save(state.path(), "b", b"three");
        assert_eq!(load(state.path(), "a").as_deref(), Some(&b"two"[..]));
        assert_eq!(load(state.path(), "b").as_deref(), Some(&b"three"[..]));
        assert_eq!(fs::read_dir(state.path().join("cache")).expect("a folder").count(), 2);
    }

    #[test]
    fn a_site_that_has_gone_is_not_made_again() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let state = root.path().join("site/.chancery");
        save(&state, "a", b"one");
        assert!(!root.path().join("site").exists());
        fs::create_dir(root.path().join("site")).expect("a folder");
        save(&state, "a", b"one");
        assert_eq!(load(&state, "a").as_deref(), Some(&b"one"[..]));
        assert!(state.join(".gitignore").exists());
    }

    #[test]
    fn what_cannot_be_saved_leaves_what_was() {
        let state = tempfile::tempdir().expect("a temporary folder");
        fs::write(state.path().join("cache"), "no folder").expect("a file");
        save(state.path(), "a", b"one");
        assert_eq!(load(state.path(), "a"), None);
    }
}
