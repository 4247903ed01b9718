//! An output held against what should stand there, byte for byte.
//!
//! Only reads. It must not know how the other fingerprints were made.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::error::{Error, failed};
use super::manifest::{Manifest, Records};
use super::{PATIENCE, lock, place};
use crate::fingerprint::{Fingerprint, Printer};

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// It is not there.
    Missing,
    /// It is ours, and the site does not have it.
    Extra,
    /// It has other bytes.
    Bytes,
    /// What is remembered of it is not what it is.
    Record,
}

/// The files of `expected`, by path and fingerprint, that do not stand in the output or not like this, and those that are ours and not expected. In
/// the order of paths. Nobody else writes to the output meanwhile.
///
/// # Errors
/// Another process holds the output, or a file cannot be read.
pub fn differences(state: &Path, output: &Path, expected: &BTreeMap<Box<str>, Fingerprint>) -> Result<Vec<(Box<str>, Difference)>, Error> {
    let state = fs::canonicalize(state).map_err(failed("find", state))?;
    let output = place::resolve(output).map_err(failed("find", output))?;
    let records = Records::new(&state, &output);
    let _lock = lock::take(&records.lock, PATIENCE)?;
    let manifest = Manifest::read(&records.manifest, &output).unwrap_or_default();
    let difference = |path: &str, print: &Fingerprint| {
        let recorded = manifest.position(path).is_some_and(|at| manifest.entries[at].print == *print);
        match on_disk(&output.join(path))? {
            None => Ok(Some((path.into(), Difference::Missing))),
            Some(found) if found != *print => Ok(Some((path.into(), Difference::Bytes))),
            Some(_) => Ok((!recorded).then(|| (path.into(), Difference::Record))),
        }
    };
    let mut differences: Vec<(Box<str>, Difference)> =
        expected.par_iter().filter_map(|(path, print)| difference(path, print).transpose()).collect::<Result<_, Error>>()?;
    let extra = manifest.entries.iter().filter(|entry| !expected.contains_key(&entry.path));
    differences.extend(extra.map(|entry| (entry.path.clone(), Difference::Extra)));
    differences.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    Ok(differences)
}

/// The fingerprint of a file; `None` when it is not there, or no file.
fn on_disk(file: &Path) -> Result<Option<Fingerprint>, Error> {
    if !fs::symlink_metadata(file).is_ok_and(|data| data.is_file()) {
        return Ok(None);
    }
    match print_of(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        read => read.map(Some).map_err(failed("read", file)),
    }
}

/// The fingerprint of the bytes of a file.
pub(super) fn print_of(path: &Path) -> io::Result<Fingerprint> {
    let mut printer = Printer::default();
    io::copy(&mut fs::File::open(path)?, &mut printer)?;
    Ok(printer.print())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::output::{Folder, Mode};

    #[test]
    fn every_way_to_differ_is_found() {
        let place = tempfile::tempdir().expect("a folder");
        let (state, output) = (place.path().join(".chancery"), place.path().join("public"));
        let print = |text: &str| Fingerprint::of_bytes(text.as_bytes());
        let write = |files: &[(&str, &str)]| {
            let folder = Folder::open(&state, &output, Mode::Update, &[]).expect("opened");
            for (path, text) in files {
                folder.write(path, print(text), |to: &mut dyn Write| to.write_all(text.as_bytes())).expect("written").expect("rendered");
            }
            folder.commit().expect("committed");
        };
        write(&[("bytes", "b"), ("equal", "e"), ("extra", "x"), ("missing", "m"), ("record", "r")]);
        fs::write(output.join("bytes"), "c").expect("written");
        fs::write(output.join("record"), "s").expect("written");
        fs::write(output.join("foreign"), "f").expect("written");
        fs::remove_file(output.join("missing")).expect("removed");
        let expected = [("bytes", "b"), ("equal", "e"), ("missing", "m"), ("record", "s")];
        let expected = expected.into_iter().map(|(path, text)| (Box::from(path), print(text))).collect();
        let found = differences(&state, &output, &expected).expect("read");
        let found: Vec<(&str, Difference)> = found.iter().map(|(path, difference)| (&**path, *difference)).collect();
        assert_eq!(
            found,
            [("bytes", Difference::Bytes), ("extra", Difference::Extra), ("missing", Difference::Missing), ("record", Difference::Record)]
        );
    }
}
