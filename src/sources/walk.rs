//! Which files a site has, and what each is for.
//!
//! It must not know what is in a file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use super::FOLDERS;
use crate::diagnostic::{Diagnostic, Place, codes};

/// What the program does with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// It reads the text.
    Text,
    /// It copies the file when that is published.
    Copy,
    /// It says that it does not read the file: that looks like a page, and copied as it is it could publish a draft.
    Tell,
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

/// Extensions of registers in `content/_data/`.
const DATA: [&str; 6] = ["yaml", "yml", "json", "toml", "csv", "bib"];
/// Extensions of templates.
const TEMPLATES: [&str; 3] = ["html", "xml", "txt"];
/// The extensions of pages, in capital or small letters.
const MARKDOWN: [&str; 2] = ["md", "markdown"];
/// Extensions that other tools read as Markdown, with front matter.
const DIALECTS: [&str; 12] = ["mdx", "mkd", "mkdn", "mkdown", "mdown", "mdwn", "mdtxt", "mdtext", "mmd", "qmd", "rmd", "rmarkdown"];
/// What is made from a page and named after it, `x.md.pdf`, and holds no front matter any more.
const MADE: [&str; 6] = ["pdf", "docx", "odt", "epub", "html", "zip"];
/// What editors and programs that merge texts put behind the name of a file.
const COPIES: [&str; 8] = ["bak", "orig", "rej", "swp", "swo", "swx", "tmp", "crswap"];
/// What a theme is made of: folders, and a file.
const THEME: [&str; 4] = ["templates", "shortcodes", "static", "i18n"];

/// The path of a page without its extension; `None` if the extension is that of no page.
pub fn stem(path: &str) -> Option<&str> {
    let (stem, _) = path.rsplit_once('.')?;
    has_extension(path, &MARKDOWN).then_some(stem)
}

/// What a file is for, by its path from the root alone.
pub fn purpose(path: &str) -> Purpose {
    let (folder, inside) = path.split_once('/').unwrap_or((path, ""));
    if inside.split('/').any(is_litter) {
        return Purpose::Nothing;
    }
    let text_if = |is_text: bool| if is_text { Purpose::Text } else { Purpose::Nothing };
    match folder {
        "static" => Purpose::Copy,
        "templates" => text_if(has_extension(path, &TEMPLATES) || is_strings(inside)),
        "themes" => match inside.split_once('/').map_or("", |(_, inside)| inside).split_once('/') {
            Some(("static", _)) => Purpose::Copy,
            Some(("templates" | "shortcodes", _)) => text_if(has_extension(path, &TEMPLATES)),
            Some(("i18n", _)) => text_if(inside.split_once('/').is_some_and(|(_, inside)| is_strings(inside))),
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

/// Whether a path in `templates/` or in a theme is that of strings of the interface: `i18n/fr.toml`.
fn is_strings(inside: &str) -> bool {
    inside.strip_prefix("i18n/").is_some_and(|name| name.ends_with(".toml") && !name.contains('/'))
}

/// In `content/`, what begins with a dot or an underscore is no page and no file of one; but `_index.md` is.
fn of_content(inside: &str) -> Purpose {
    let (folders, name) = inside.rsplit_once('/').unwrap_or(("", inside));
    let is_markdown = stem(name).is_some();
    let is_index = name.starts_with("_index.") && is_markdown;
    let is_meant = !is_index && is_markdown && name.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("_index."));
    if is_meant && !folders.split('/').any(is_withheld) {
        Purpose::Tell
    } else if folders.split('/').any(is_withheld) || is_withheld(name) && !is_index {
        Purpose::Nothing
    } else if is_markdown {
        Purpose::Text
    } else if is_nearly_markdown(name) {
        Purpose::Tell
    } else {
        Purpose::Copy
    }
}

/// Whether a name is that of a dialect of Markdown, or of a page with something behind it, such as `x.md.txt` or `x.md.save`.
fn is_nearly_markdown(name: &str) -> bool {
    let is_page_within = || name.match_indices('.').any(|(at, _)| stem(&name[..at]).is_some());
    has_extension(name, &DIALECTS) || is_page_within() && !has_extension(name, &MADE)
}

fn has_extension(path: &str, extensions: &[&str]) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extensions.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

fn is_withheld(name: &str) -> bool {
    name.starts_with(['.', '_'])
}

/// What editors, systems and version control leave lying about.
fn is_litter(name: &str) -> bool {
    ["~", "___jb_tmp___", "___jb_old___"].iter().any(|end| name.ends_with(end))
        || name.starts_with(".#")
        || name.starts_with("~$")
        || has_extension(name, &COPIES)
        || name.len() > 1 && name.starts_with('#') && name.ends_with('#')
        || matches!(name, ".DS_Store" | ".git" | "Thumbs.db")
}

/// Whether a scan can see anything at a path from the root, be it a file or a folder.
pub fn is_seen(path: &str) -> bool {
    is_reached(path) && (is_entered(path) || purpose(path) != Purpose::Nothing)
}

/// Whether a scan comes as far as the folder of a path.
pub fn is_reached(path: &str) -> bool {
    let is_ours = FOLDERS.contains(&path.split('/').next().unwrap_or_default());
    is_ours && path.match_indices('/').all(|(at, _)| is_entered(&path[..at]))
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
    let problem = Diagnostic::error(codes::UNREADABLE, format!("cannot read this: {reason}"));
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
            ("content/x.MD", Purpose::Text),
            ("content/x.Markdown", Purpose::Text),
            ("content/_INDEX.md", Purpose::Tell),
            ("content/a/_Index.fr.md", Purpose::Tell),
            ("content/_x/_Index.md", Purpose::Nothing),
            ("content/_index.MD", Purpose::Text),
            ("content/x.BAK", Purpose::Nothing),
            ("content/lu81x.tmp", Purpose::Nothing),
            ("content/x.md.crswap", Purpose::Nothing),
            ("content/x.md.orig", Purpose::Nothing),
            ("content/x.rej", Purpose::Nothing),
            ("content/~$brief.docx", Purpose::Nothing),
            ("content/.#x.md", Purpose::Nothing),
            ("content/x.mdx", Purpose::Tell),
            ("content/x.Rmd", Purpose::Tell),
            ("content/x.mdown", Purpose::Tell),
            ("content/x.md.txt", Purpose::Tell),
            ("content/x.md.save", Purpose::Tell),
            ("content/x.md.pdf", Purpose::Copy),
            ("content/md.txt", Purpose::Copy),
            ("content/_x.mdx", Purpose::Nothing),
            ("static/x.mdx", Purpose::Copy),
            ("content/_data/sources.bib", Purpose::Text),
            ("content/_data/sub/facts.yaml", Purpose::Text),
            ("content/_data/x.md", Purpose::Nothing),
            ("content/_data/photo.png", Purpose::Nothing),
            ("content/a/_data/facts.yaml", Purpose::Nothing),
            ("content/x.md___jb_tmp___", Purpose::Nothing),
            ("content/#x.md#", Purpose::Nothing),
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
            ("themes/x/i18n/fr.toml", Purpose::Text),
            ("themes/x/i18n/old/fr.toml", Purpose::Nothing),
            ("templates/i18n/fr.toml", Purpose::Text),
            ("templates/fr.toml", Purpose::Nothing),
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
    #[test]
    fn what_a_scan_does_not_come_to_is_not_seen() {
        for path in ["content", "content/x.md", "content/sub", "content/_data/facts.yaml", "static/.well-known", "themes/x/theme.toml"] {
            assert!(is_seen(path), "{path}");
        }
        for path in
            ["", "public", "content/.x.swp", "content/_drafts/x.md", "content/x.md~", "static/.git/HEAD", ".chancery/x", "site.toml"]
        {
            assert!(!is_seen(path), "{path}");
        }
    }
}
