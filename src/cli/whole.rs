//! Files that somebody has, or that are for somebody: written whole or not at all.
//!
//! It must not know what is in them.

use std::fs;
use std::path::Path;

use super::error::Error;

/// Puts bytes in place of a file, or where there is none yet. Whoever has it open keeps the old ones until the new are there; a link stays one, and what
/// it leads to is written; who may read it stays as it was.
///
/// # Errors
/// It cannot be written: then it is as it was.
pub fn write(file: &Path, bytes: &[u8]) -> Result<(), Error> {
    let whole = fs::canonicalize(file).unwrap_or_else(|_| file.to_path_buf());
    let name = whole.file_name().unwrap_or_default().to_string_lossy();
    let new = whole.with_file_name(format!(".{name}.{}", std::process::id()));
    let written = fs::write(&new, bytes)
        .and_then(|()| fs::metadata(&whole).map_or(Ok(()), |old| fs::set_permissions(&new, old.permissions())))
        .and_then(|()| fs::rename(&new, &whole));
    written.map_err(|error| {
        // What is left is a piece of our own.
        let _ = fs::remove_file(&new);
        Error::io("write", file, error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("a.md");
        write(&file, b"one").unwrap();
        write(&file, b"two").unwrap();
        assert_eq!((fs::read(&file).unwrap(), fs::read_dir(place.path()).unwrap().count()), (b"two".to_vec(), 1));
        let error = write(&place.path().join("gone/a.md"), b"x").unwrap_err();
        assert!(error.message.contains("gone/a.md"), "{}", error.message);
    }
}
