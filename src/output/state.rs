//! `.chancery/`: the folder in which is kept what one run leaves to the next.
//!
//! It must not know what that is.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Makes `.chancery/` with a folder for the records of outputs, keeps Git away from it, and returns its real path.
pub fn make_state(state: &Path) -> io::Result<PathBuf> {
    make_in_state(state, "outputs")?;
    fs::canonicalize(state)
}

/// Makes a folder in `.chancery/`, and that itself if need be, hidden from Git; but not the root above: who has moved it away wants no other in its
/// place, which would be an empty site.
pub fn make_in_state(state: &Path, name: &str) -> io::Result<PathBuf> {
    let folder = state.join(name);
    make_folder(state)?;
    let ignored = state.join(".gitignore");
    if !ignored.exists() {
        fs::write(ignored, "*\n")?;
    }
    make_folder(&folder)?;
    Ok(folder)
}

fn make_folder(folder: &Path) -> io::Result<()> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}
