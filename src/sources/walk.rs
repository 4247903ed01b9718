//! Which files a site has, and what each is for.
//!
//! It must not know what is in a file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use crate::diagnostic::{Diagnostic, Place};

/// What the program does with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// It reads the text.
    Text,
    /// It copies the file when that is published.
    Copy,
    /// It does not look at it.
    Nothing,
}

/// A file to be read.
pub struct Found {
    /// Where it is.
    pub place: PathBuf,
    /// Relative to the root.
    pub path: String,
    pub is_text: bool,
}

/// Extensions of registers in `content/_data/`.
const DATA: [&str; 6] = ["yaml", "yml", "json", "toml", "csv", "bib"];
/// Extensions of templates.
const TEMPLATES: [&str; 3] = ["html", "xml", "txt"];
/// What a theme is made of: folders, and a file.
const THEME: [&str; 3] = ["templates", "shortcodes", "static"];

/// What a file is for, by its path from the root alone.
pub fn purpose(path: &str) -> Purpose {
    let (folder, inside) = path.split_once('/').unwrap_or((path, ""));
    if inside.split('/').any(is_litter) {
        return Purpose::Nothing;
    }
    let text_if = |is_text: bool| if is_text { Purpose::Text } else { Purpose::Nothing };
    match folder {
        "static" => Purpose::Copy,
        "templates" => text_if(has_extension(path, &TEMPLATES)),
        "themes" => match inside.split_once('/').map_or("", |(_, inside)| inside).split_once('/') {
            Some(("static", _)) => Purpose::Copy,
            Some(("templates" | "shortcodes", _)) => text_if(has_extension(path, &TEMPLATES)),
            None => text_if(inside.ends_with("/theme.toml")),
            Some(_) => Purpose::Nothing,
        },
        "content" => match inside.strip_prefix("_data/") {
            Some(inside) => text_if(has_extension(path, &DATA) && !inside.split('/').any(is_withheld)),
            None => of_content(inside),
        },
        _ => Purpose::Nothing,
    }
}

/// In `content/`, what begins with a dot or an underscore is no page and no file of one; but `_index.md` is.
fn of_content(inside: &str) -> Purpose {
    let (folders, name) = inside.rsplit_once('/').unwrap_or(("", inside));
    let is_markdown = has_extension(name, &["md", "markdown"]);
    let is_index = name.starts_with("_index.") && is_markdown;
    if folders.split('/').any(is_withheld) || is_withheld(name) && !is_index {
        Purpose::Nothing
    } else if is_markdown {
        Purpose::Text
    } else {
        Purpose::Copy
    }
}

fn has_extension(path: &str, extensions: &[&str]) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension))
}

fn is_withheld(name: &str) -> bool {
    name.starts_with(['.', '_'])
}

/// What editors, systems and version control leave lying about.
fn is_litter(name: &str) -> bool {
    name.ends_with('~') || name.ends_with(".swp") || name.starts_with(".#") || matches!(name, ".DS_Store" | ".git" | "Thumbs.db")
}

/// Whether anything in a folder can have a purpose, by its path from the root.
fn is_entered(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let depth = path.matches('/').count();
    if depth == 0 {
        return true;
    }
    if is_litter(name) {
        return false;
    }
    match path.split('/').next() {
        Some("content") => !is_withheld(name) || path == "content/_data",
        Some("themes") => depth != 2 || THEME.contains(&name),
        _ => true,
    }
}

/// Hands on the files of one folder of the root that have a purpose, as they are found.
pub fn walk(root: &Path, folder: &str, diagnostics: &mut Vec<Diagnostic>, hand_on: &mut impl FnMut(Found)) {
    let start = root.join(folder);
    if fs::symlink_metadata(&start).is_err() {
        return;
    }
    let mut astray = Vec::new();
    let walker = WalkDir::new(&start).follow_links(true).into_iter().filter_entry(|entry| {
        let is_dir = entry.file_type().is_dir();
        let is_link = entry.path_is_symlink();
        if !is_dir && !is_link {
            return true;
        }
        let Some(path) = relative(root, entry.path()) else { return true };
        if if is_dir { !is_entered(path) } else { purpose(path) == Purpose::Nothing } {
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
                    let (path, purpose) = (path.to_string(), purpose(path));
                    if purpose != Purpose::Nothing {
                        hand_on(Found { place: entry.into_path(), path, is_text: purpose == Purpose::Text });
                    }
                }
                None => diagnostics.push(unnamed(root, entry.path())),
            },
            Ok(_) => {}
            Err(error) => diagnostics.extend(unreadable(root, &error)),
        }
    }
    diagnostics.append(&mut astray);
}

fn relative<'a>(root: &Path, path: &'a Path) -> Option<&'a str> {
    path.strip_prefix(root).ok()?.to_str()
}

fn place(root: &Path, path: &Path) -> Place {
    Place::file(&Arc::from(path.strip_prefix(root).unwrap_or(path).to_string_lossy()))
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
    Diagnostic::error("bad-file-name", "the name of this file is not UTF-8").at(place(root, path)).hint("rename it")
}

/// What the walk could not look at, unless it would have had no purpose.
fn unreadable(root: &Path, error: &walkdir::Error) -> Option<Diagnostic> {
    let path = error.path().unwrap_or(root);
    if relative(root, path).is_some_and(|path| purpose(path) == Purpose::Nothing && !is_entered(path)) {
        return None;
    }
    if error.loop_ancestor().is_some() {
        return Some(endless(root, path));
    }
    if path.is_symlink() {
        return lost(root, path).or_else(|| Some(outside(root, path)));
    }
    let reason = error.io_error().map_or_else(|| error.to_string(), io::Error::to_string);
    let problem = Diagnostic::error("unreadable", format!("cannot read this: {reason}"));
    Some(problem.at(place(root, path)).hint("check its permissions"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_is_for_is_told_by_its_path() {
        let cases = [
            ("content/x.md", Purpose::Text),
            ("content/a b/é.markdown", Purpose::Text),
            ("content/_index.md", Purpose::Text),
            ("content/a/_index.fr.md", Purpose::Text),
            ("content/x.png", Purpose::Copy),
            ("content/noextension", Purpose::Copy),
            ("content/_x.md", Purpose::Nothing),
            ("content/.x.md", Purpose::Nothing),
            ("content/_drafts/x.md", Purpose::Nothing),
            ("content/.obsidian/x.json", Purpose::Nothing),
            ("content/_index.png", Purpose::Nothing),
            ("content/x.md~", Purpose::Nothing),
            ("content/_data/sources.bib", Purpose::Text),
            ("content/_data/sub/facts.yaml", Purpose::Text),
            ("content/_data/x.md", Purpose::Nothing),
            ("content/_data/photo.png", Purpose::Nothing),
            ("content/a/_data/facts.yaml", Purpose::Nothing),
            ("static/_headers", Purpose::Copy),
            ("static/.well-known/security.txt", Purpose::Copy),
            ("static/page.md", Purpose::Copy),
            ("static/.git/HEAD", Purpose::Nothing),
            ("templates/base.html", Purpose::Text),
            ("templates/picture.png", Purpose::Nothing),
            ("themes/x/theme.toml", Purpose::Text),
            ("themes/x/templates/base.html", Purpose::Text),
            ("themes/x/shortcodes/note.html", Purpose::Text),
            ("themes/x/static/a.css", Purpose::Copy),
            ("themes/x/README.md", Purpose::Nothing),
            ("themes/x/screenshots/a.html", Purpose::Nothing),
            ("themes/theme.toml", Purpose::Nothing),
            ("public/index.html", Purpose::Nothing),
            (".chancery/outputs/x", Purpose::Nothing),
        ];
        for (path, expected) in cases {
            assert_eq!(purpose(path), expected, "{path}");
        }
    }

    #[test]
    fn no_folder_with_a_purpose_is_left_out() {
        for folder in
            ["content", "content/_data", "content/_data/sub", "static/.well-known", "templates/a", "themes/x/static/a/b", "themes/x"]
        {
            assert!(is_entered(folder), "{folder}");
        }
        for folder in ["content/_x", "content/a/_data", "content/.x", "static/.git", "themes/x/node_modules"] {
            assert!(!is_entered(folder), "{folder}");
        }
    }
}
