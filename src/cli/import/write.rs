//! Writing a new site: all of it or nothing, and never over a file that is there.
//!
//! It must not know any dialect.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::new_site::{Contents, NewSite};
use super::report::{self, Report};
use crate::cli::error::Error;
use crate::cli::init;

/// What was done, or would be.
#[derive(Debug, Default)]
pub struct Done {
    /// How many pages the import has.
    pub pages: usize,
    /// Where its page lies, if it has one.
    pub page: Option<String>,
    /// How many other files.
    pub others: usize,
    /// How many files were there, with the same bytes.
    pub same: usize,
    /// Files that were there with other bytes, and stay so.
    pub kept: Vec<String>,
}

/// What becomes of a file.
enum Fate {
    Written(New),
    Same,
    Kept,
}

/// What is written into a file. Pictures and films are copied, and never held whole.
enum New {
    Bytes(Vec<u8>),
    Copy(PathBuf),
}

/// Writes a site into the folder `into`, which is made if it is not there.
///
/// # Errors
/// Something cannot be read or written. Then nothing was written but whole files, which another import finds.
pub fn write(site: &NewSite, report: &Report, into: &Path, is_dry: bool) -> Result<Done, Error> {
    let settings = (!site.settings.is_empty()).then(|| Contents::Bytes(settings_text(site).into_bytes()));
    let files: Vec<(&str, &Contents)> =
        site.files().map(|(path, contents, _)| (path, contents)).chain(settings.as_ref().map(|settings| ("site.toml", settings))).collect();
    let fates: Vec<(&str, Fate)> = files
        .par_iter()
        .map(|(path, contents)| fate(&into.join(path), contents).map(|fate| (*path, fate)))
        .collect::<Result<_, Error>>()?;
    let pages = files.iter().filter(|(_, contents)| matches!(contents, Contents::Page { .. })).count();
    let page = files.iter().find(|(_, contents)| matches!(contents, Contents::Page { .. })).filter(|_| pages == 1);
    let page = page.map(|(path, _)| path.to_string());
    let mut done = Done { pages, page, others: files.len() - pages, ..Done::default() };
    let mut new: BTreeMap<String, New> = BTreeMap::new();
    for (path, fate) in fates {
        match fate {
            Fate::Written(contents) => drop(new.insert(path.to_string(), contents)),
            Fate::Same => done.same += 1,
            Fate::Kept => done.kept.push(path.to_string()),
        }
    }
    if is_dry {
        return Ok(done);
    }
    reports(report, into, &mut new)?;
    if !into.join(".gitignore").exists() {
        new.insert(".gitignore".to_string(), New::Bytes(init::IGNORED.as_bytes().to_vec()));
    }
    place(&new, into)?;
    Ok(done)
}

fn settings_text(site: &NewSite) -> String {
    toml::to_string_pretty(&site.settings).expect("a table of TOML can be written")
}

fn fate(file: &Path, contents: &Contents) -> Result<Fate, Error> {
    let there = match fs::read(file) {
        Ok(there) => Some(there),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(Error::io("read", file, error)),
    };
    let new = match contents {
        Contents::Page { text, .. } => New::Bytes(text.as_bytes().to_vec()),
        Contents::Bytes(bytes) => New::Bytes(bytes.clone()),
        Contents::Copy(from) => New::Copy(from.clone()),
    };
    let is_same = |there: Vec<u8>| match &new {
        New::Bytes(bytes) => Ok(there == *bytes),
        New::Copy(from) => fs::read(from).map(|bytes| there == bytes).map_err(|error| Error::io("read", from, error)),
    };
    Ok(match there.map(is_same).transpose()? {
        None => Fate::Written(new),
        Some(true) => Fate::Same,
        Some(false) => Fate::Kept,
    })
}

/// Adds the report, joined with that of earlier imports, where it says something new.
fn reports(report: &Report, into: &Path, new: &mut BTreeMap<String, New>) -> Result<(), Error> {
    let there = |name: &str| match fs::read_to_string(into.join(name)) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io("read", &into.join(name), error)),
    };
    let before = there(report::FILES[1])?;
    // What has the name of a report and is none of ours stays.
    if before.is_none() && there(report::FILES[0])?.is_some() {
        return Ok(());
    }
    for (name, text) in report::FILES.iter().zip(report::files(report, before.as_deref())) {
        if there(name)?.as_deref() != Some(&text) {
            new.insert(name.to_string(), New::Bytes(text.into_bytes()));
        }
    }
    Ok(())
}

/// Writes all files beside the site first, so that a full disk leaves nothing half done; then puts each at its place.
fn place(files: &BTreeMap<String, New>, into: &Path) -> Result<(), Error> {
    if files.is_empty() {
        return Ok(());
    }
    let name = into.file_name().map_or("site".into(), |name| name.to_string_lossy());
    let above = into.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(above).map_err(|error| Error::io("make", above, error))?;
    let staging = above.join(format!(".{name}.import-{}", std::process::id()));
    let placed = stage(files, &staging).and_then(|()| match into.symlink_metadata() {
        Ok(_) => files.keys().try_for_each(|path| shift(&staging.join(path), &into.join(path))),
        Err(_) => fs::rename(&staging, into).map_err(|error| Error::io("make", into, error)),
    });
    // What is left is ours, and after a failure of no use.
    let _ = fs::remove_dir_all(&staging);
    placed
}

fn stage(files: &BTreeMap<String, New>, staging: &Path) -> Result<(), Error> {
    let mut folders: Vec<PathBuf> = files.keys().filter_map(|path| Some(staging.join(path).parent()?.to_path_buf())).collect();
    folders.dedup();
    folders.iter().try_for_each(|folder| fs::create_dir_all(folder).map_err(|error| Error::io("make", folder, error)))?;
    files.par_iter().try_for_each(|(path, new)| {
        let file = staging.join(path);
        let written = match new {
            New::Bytes(bytes) => fs::write(&file, bytes),
            New::Copy(from) => fs::copy(from, &file).map(drop),
        };
        written.map_err(|error| Error::io("write", &file, error))
    })
}

fn shift(from: &Path, to: &Path) -> Result<(), Error> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(|error| Error::io("make", folder, error))?;
    }
    fs::rename(from, to).map_err(|error| Error::io("write", to, error))
}
