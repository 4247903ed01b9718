//! The file of the ledger: read, and written whole or not at all.
//!
//! It must not know what is learned.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use crate::cli::error::Error;
use crate::ledger::{Ledger, PATH};

/// The ledger of the site under `root`; an empty one if there is none. Lines that cannot be read are passed over; builds tell of them.
///
/// # Errors
/// The file is there and cannot be read.
pub fn read(root: &Path) -> Result<Ledger, Error> {
    Ok(Ledger::parse(&Arc::from(PATH), &text(root)?).0)
}

/// Changes the ledger, as it is on disk now, and writes it if it is another then: into a file beside it that takes its place.
///
/// # Errors
/// It cannot be read or written.
pub fn keep(root: &Path, change: impl FnOnce(&mut Ledger)) -> Result<Ledger, Error> {
    let old = text(root)?;
    let (mut ledger, _) = Ledger::parse(&Arc::from(PATH), &old);
    change(&mut ledger);
    let new = ledger.to_text();
    let is_needed = new != old && !(old.is_empty() && ledger.entries().next().is_none());
    if is_needed {
        let place = root.join(PATH);
        // Its name is that of no register, so nobody reads it who looks while it is written.
        let unfinished = place.with_file_name(format!(".links.lock.{}.tmp", std::process::id()));
        let written = write(&unfinished, &new).and_then(|()| fs::rename(&unfinished, &place));
        if let Err(error) = written {
            // What cannot be removed stays where nobody reads it.
            let _ = fs::remove_file(&unfinished);
            return Err(Error::io("write", &place, error));
        }
    }
    Ok(ledger)
}

fn text(root: &Path) -> Result<String, Error> {
    let place = root.join(PATH);
    match fs::read(&place) {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(Error::io("read", &place, error)),
    }
}

fn write(place: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::create(place)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
