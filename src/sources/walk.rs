//! Which files a site has: the walk over its folders, with what is wrong in them.
//!
//! It must not know what is in a file.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use super::FOLDERS;
use super::purpose::{Purpose, is_entered, purpose};
use super::slashes::forward;
use crate::diagnostic::{Diagnostic, Place, codes};

/// A file to be read.
pub struct Found {
    /// Where it is.
    pub place: PathBuf,
    /// Relative to the root.
    pub path: String,
    pub is_text: bool,
}

/// What walks have seen.
#[derive(Default)]
pub struct Seen {
    /// Files that have a purpose.
    pub found: Vec<Found>,
    pub links: Vec<Link>,
    pub diagnostics: Vec<Diagnostic>,
}

/// A symbolic link, whether it is followed or not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    pub place: PathBuf,
    /// Where it leads in the end; if that is not there, where it says.
    pub target: PathBuf,
}

impl Link {
    fn at(place: &Path) -> Link {
        let target = fs::canonicalize(place).or_else(|_| fs::read_link(place).map(|target| place.with_file_name("").join(target)));
        Link { place: place.to_path_buf(), target: target.unwrap_or_default() }
    }
}

/// Looks at the whole site.
pub fn all(root: &Path) -> Seen {
    let mut seen = Seen::default();
    FOLDERS.iter().for_each(|folder| walk(root, folder, &mut seen));
    seen
}

/// Looks at what is at `path`, from the root: the files of a folder that have a purpose, or the one file itself.
pub fn walk(root: &Path, path: &str, seen: &mut Seen) {
    let start = root.join(path);
    if fs::symlink_metadata(&start).is_err() {
        return;
    }
    let (mut astray, mut links) = (Vec::new(), Vec::new());
    let walker = WalkDir::new(&start).follow_links(true).into_iter().filter_entry(|entry| {
        let is_dir = entry.file_type().is_dir();
        let is_link = entry.path_is_symlink();
        if !is_dir && !is_link {
            return true;
        }
        if is_link {
            links.push(Link::at(entry.path()));
        }
        let Some(path) = relative(root, entry.path()) else { return true };
        if if is_dir { !is_entered(&path) } else { purpose(&path) == Purpose::Nothing } {
            return false;
        }
        let problem = is_link.then(|| lost(root, entry.path())).flatten();
        let is_good = problem.is_none();
        astray.extend(problem);
        is_good
    });
    for entry in walker {
        match entry {
            Ok(entry) if entry.file_type().is_file() => match relative(root, entry.path()) {
                Some(path) => {
                    let (purpose, path) = (purpose(&path), path.into_owned());
                    match purpose {
                        Purpose::Nothing => {}
                        Purpose::Tell => seen.diagnostics.push(unread(&path)),
                        Purpose::Text | Purpose::Copy => {
                            seen.found.push(Found { place: entry.into_path(), path, is_text: purpose == Purpose::Text });
                        }
                    }
                }
                None => seen.diagnostics.push(unnamed(root, entry.path())),
            },
            Ok(_) => {}
            Err(error) => {
                // A link that cannot be followed is no entry but an error.
                seen.links.extend(error.path().filter(|path| path.is_symlink()).map(Link::at));
                seen.diagnostics.extend(unreadable(root, &error));
            }
        }
    }
    seen.diagnostics.append(&mut astray);
    seen.links.append(&mut links);
}

/// The path below the root of what a walk from there has met. It begins with the root letter by letter, so that neither need be taken apart.
fn relative<'a>(root: &Path, path: &'a Path) -> Option<Cow<'a, str>> {
    let inside = path.as_os_str().as_encoded_bytes().strip_prefix(root.as_os_str().as_encoded_bytes())?;
    std::str::from_utf8(inside).ok().map(|inside| forward(inside.trim_start_matches(MAIN_SEPARATOR)))
}

fn place(root: &Path, path: &Path) -> Place {
    Place::file(&Arc::from(forward(&path.strip_prefix(root).unwrap_or(path).to_string_lossy())))
}

/// What is wrong with a symbolic link: it must lead to something in the site that does not hold the link itself.
fn lost(root: &Path, link: &Path) -> Option<Diagnostic> {
    let real = fs::canonicalize(link).ok();
    let Some(inside) = real.as_deref().and_then(|real| real.strip_prefix(root).ok()) else { return Some(outside(root, link)) };
    if [".chancery", ".git"].iter().any(|kept| inside.starts_with(kept)) {
        return Some(outside(root, link));
    }
    let above = link.parent().and_then(|folder| fs::canonicalize(folder).ok())?;
    above.starts_with(root.join(inside)).then(|| endless(root, link))
}

fn endless(root: &Path, link: &Path) -> Diagnostic {
    Diagnostic::error("symlink-loop", "this symbolic link leads back to a folder above it")
        .at(place(root, link))
        .hint("remove the link, or let it lead to a single file")
}

fn outside(root: &Path, link: &Path) -> Diagnostic {
    // A link whose target is gone is the same mistake for its author: the file that is meant is not in the site.
    Diagnostic::error("outside-root", "this symbolic link leads out of the site, or nowhere")
        .at(place(root, link))
        .hint("copy what it points to into the site, or remove the link")
}

fn unnamed(root: &Path, path: &Path) -> Diagnostic {
    Diagnostic::error(codes::BAD_FILE_NAME, "the name of this file is not UTF-8").at(place(root, path)).hint("rename it")
}

fn unread(path: &str) -> Diagnostic {
    let name = path.rsplit('/').next().unwrap_or(path);
    if name.starts_with('_') {
        let problem = Diagnostic::error("unread-markdown", format!("`{name}` is not read, so what it says of its section would not hold"));
        return problem.at(Place::file(&Arc::from(path))).hint("write the name in small letters: `_index.md`");
    }
    let problem = Diagnostic::warning("unread-markdown", "this file looks like a page, but is neither read nor published");
    problem.at(Place::file(&Arc::from(path))).hint("rename it to `.md`, or move it out of `content/`")
}

/// What the walk could not look at, unless it would have had no purpose.
fn unreadable(root: &Path, error: &walkdir::Error) -> Option<Diagnostic> {
    let path = error.path().unwrap_or(root);
    if relative(root, path).is_some_and(|path| purpose(&path) == Purpose::Nothing && !is_entered(&path)) {
        return None;
    }
    if error.loop_ancestor().is_some() {
        return Some(endless(root, path));
    }
    if path.is_symlink() {
        return lost(root, path).or_else(|| Some(outside(root, path)));
    }
    let reason = error.io_error().map_or_else(|| error.to_string(), io::Error::to_string);
    let problem = Diagnostic::error(codes::UNREADABLE, format!("cannot read this: {reason}"));
    Some(problem.at(place(root, path)).hint("check its permissions"))
}
