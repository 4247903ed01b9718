//! `chancery init`: a small site for somebody who begins.
//!
//! The files lie in `init/` as they are written, but for the date in pages. No file that is there is ever written over.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::args::Init;
use super::error::{Error, Status};
use super::invocation::Invocation;
use super::locate::Clock;
use super::terminal::count;
use crate::page::route::Kind;
use crate::theme::layers::built_in_files;

/// The files of the site, by their paths in it.
const FILES: [(&str, &str); 13] = [
    ("site.toml", include_str!("init/site.toml")),
    ("content/_index.md", include_str!("init/content/_index.md")),
    ("content/briefings/_index.md", include_str!("init/content/briefings/_index.md")),
    ("content/briefings/how-to-write-a-briefing.md", include_str!("init/content/briefings/how-to-write-a-briefing.md")),
    ("content/briefings/how-to-link-pages.md", include_str!("init/content/briefings/how-to-link-pages.md")),
    ("content/topics/writing.md", include_str!("init/content/topics/writing.md")),
    ("archetypes/default.md", include_str!("init/archetypes/default.md")),
    ("archetypes/briefing.md", include_str!("init/archetypes/briefing.md")),
    ("archetypes/topic.md", TOPIC),
    ("archetypes/author.md", AUTHOR),
    ("archetypes/person.md", PERSON),
    ("archetypes/organisation.md", ORGANISATION),
    ("archetypes/place.md", PLACE),
];

const TOPIC: &str = include_str!("init/archetypes/topic.md");
const AUTHOR: &str = include_str!("init/archetypes/author.md");
const PERSON: &str = include_str!("init/archetypes/person.md");
const ORGANISATION: &str = include_str!("init/archetypes/organisation.md");
const PLACE: &str = include_str!("init/archetypes/place.md");
const BARE: &str = "---\ntitle: {{ title }}\nstatus: draft\nsummary:\n---\n\n";

/// What a page that is no briefing starts from where the site has no archetype of its kind.
pub fn archetype(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Briefing => None,
        Kind::Topic => Some(TOPIC),
        Kind::Author => Some(AUTHOR),
        Kind::Person => Some(PERSON),
        Kind::Organisation => Some(ORGANISATION),
        Kind::Place => Some(PLACE),
        Kind::Page | Kind::Tag | Kind::Series | Kind::Agreement => Some(BARE),
    }
}

/// What git must leave alone. Kept under another name here, where it would be obeyed.
pub const IGNORED: &str = include_str!("init/gitignore");

/// Makes a small site.
///
/// # Errors
/// The call is wrong, or something could not be read or written. Mistakes in the site are no error but a status.
pub fn run(invocation: &Invocation, args: &Init) -> Result<Status, Error> {
    let clock = Clock::new(invocation, None, &TimeZone::UTC)?;
    let given = args.folder.as_deref().or(invocation.root.as_deref()).unwrap_or(Path::new("."));
    let folder = invocation.world.folder.join(given);
    let theme: Vec<(String, Vec<u8>)> =
        built_in_files().filter(|_| args.from_theme).map(|(path, bytes)| (THEME.to_string() + &path, bytes)).collect();
    // To somebody who has a site already, the theme alone is given.
    let is_site = args.from_theme && folder.join("site.toml").is_file();
    let files: &[(&str, &str)] = if is_site { &[] } else { &FILES };
    let paths: Vec<&str> = files.iter().map(|(path, _)| *path).chain(theme.iter().map(|(path, _)| &**path)).collect();
    refuse_to_write_over(&folder, given, &paths)?;
    for (path, text) in files {
        let text = if path.starts_with("content/") { text.replace("{{ date }}", &yesterday(clock.now)) } else { text.to_string() };
        write_new(&folder.join(path), text.as_bytes())?;
    }
    for (path, bytes) in &theme {
        write_new(&folder.join(path), bytes)?;
    }
    if is_site {
        if !invocation.is_quiet() {
            invocation
                .answer(&format!("Copied the built-in theme into {THEME}, where it takes the place of the one inside the program.\n"));
        }
        return Ok(Status::Fine);
    }
    let unignored = ignore(&folder)?;
    if !invocation.is_quiet() {
        invocation.answer(&next_steps(given, &unignored));
    }
    clock.tell(invocation);
    Ok(Status::Fine)
}

/// Where a copy of the built-in theme lies, so that it is the one that is used.
const THEME: &str = "themes/default/";

fn refuse_to_write_over(folder: &Path, given: &Path, paths: &[&str]) -> Result<(), Error> {
    if folder.exists() && !folder.is_dir() {
        return Err(Error::usage(format!("`{}` is a file, not a folder", given.display())));
    }
    let there: Vec<&str> = paths.iter().copied().filter(|path| folder.join(path).symlink_metadata().is_ok()).collect();
    if there.is_empty() {
        return Ok(());
    }
    Err(Error::usage(format!("{} would be written over, so nothing was written", count(there.len(), "file")))
        .hint(format!("already there: {}", there.join(", ")))
        .hint("choose another folder: `chancery init DIR`"))
}

/// A day that has come wherever the reader is, so that the pages are public from the start.
fn yesterday(now: Timestamp) -> String {
    now.checked_sub(24.hours()).unwrap_or(now).strftime("%Y-%m-%d").to_string()
}

/// Writes a file that must not be there yet, with the folders above it.
///
/// # Errors
/// It is there already, or cannot be written.
pub fn write_new(path: &Path, text: &[u8]) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| Error::io("make", folder, error))?;
    }
    let written = File::create_new(path).and_then(|mut file| file.write_all(text));
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Error::usage(format!("there is a file `{}` already", path.display())),
        _ => Error::io("write", path, error),
    })
}

/// Writes `.gitignore`, or tells which lines are missing in the one that is there.
fn ignore(folder: &Path) -> Result<Vec<&'static str>, Error> {
    let path: PathBuf = folder.join(".gitignore");
    if path.symlink_metadata().is_err() {
        write_new(&path, IGNORED.as_bytes())?;
        return Ok(Vec::new());
    }
    let text = fs::read_to_string(&path).map_err(|error| Error::io("read", &path, error))?;
    let has = |wanted: &str| text.lines().any(|line| line.trim().trim_matches('/') == wanted.trim_matches('/'));
    Ok(IGNORED.lines().filter(|line| !line.is_empty() && !line.starts_with('#') && !has(line)).collect())
}

fn next_steps(given: &Path, unignored: &[&str]) -> String {
    let shown = given.display().to_string();
    let mut text = format!("Made a site in {}.\n\n", if shown == "." { "this folder" } else { &shown });
    if !unignored.is_empty() {
        text.push_str(&format!("Add to your .gitignore: {}\n\n", unignored.join(" ")));
    }
    text.push_str("What to do next:\n");
    if shown != "." {
        text.push_str(&format!("  cd {shown}\n"));
    }
    text.push_str(
        "  chancery serve                      show it in a browser while you write\n\
         \x20 chancery new \"What I know about X\"  begin a briefing\n\
         \x20 chancery check                      find mistakes\n\
         \x20 chancery build                      make the website, in public/\n\n\
         Your title and address are set in site.toml. The pages in content/ show what a page can say.\n",
    );
    text
}

#[cfg(test)]
mod tests {
    use super::super::tests::run_in;
    use super::*;

    #[test]
    fn a_new_site_has_its_files_and_says_what_to_do() {
        let place = tempfile::tempdir().unwrap();
        let (status, out, err) = run_in(place.path(), &[], &["init", "my-site"]);
        assert_eq!((status, err.as_str()), (Status::Fine, ""));
        assert!(["cd my-site", "chancery serve", "chancery build"].iter().all(|step| out.contains(step)));
        let read = |path: &str| fs::read_to_string(place.path().join("my-site").join(path)).unwrap();
        assert!(read("content/briefings/how-to-link-pages.md").contains("date: 2026-11-23"));
        assert!(read("archetypes/default.md").contains("{{ date }}"));
        assert!(read(".gitignore").ends_with("\n/public/\n/preview/\n/.chancery/\n"), "a folder `public` in content/ is not ignored");
        assert!(read("site.toml").contains("base_url"));
    }

    #[test]
    fn the_built_in_theme_is_copied_into_a_new_site_or_one_that_is_there() {
        let place = tempfile::tempdir().unwrap();
        let (status, out, err) = run_in(place.path(), &[], &["init", "a", "--from-theme"]);
        assert_eq!((status, err.as_str()), (Status::Fine, ""), "{out}");
        let file = |path: &str| fs::read(place.path().join(path)).unwrap_or_default();
        let text = super::super::explain::template::explain(Some("briefing.html")).unwrap();
        assert_eq!(String::from_utf8(file("a/themes/default/templates/briefing.html")).unwrap(), text);
        assert!(!file("a/content/_index.md").is_empty());
        fs::create_dir(place.path().join("b")).unwrap();
        fs::write(place.path().join("b/site.toml"), "title = \"B\"\n").unwrap();
        let (status, out, _) = run_in(&place.path().join("b"), &[], &["init", "--from-theme"]);
        assert_eq!((status, out.contains("themes/default/")), (Status::Fine, true));
        assert!(!file("b/themes/default/theme.toml").is_empty() && file("b/content/_index.md").is_empty());
        let (status, _, err) = run_in(&place.path().join("b"), &[], &["init", "--from-theme"]);
        assert!(status == Status::Usage && err.contains("nothing was written"), "{err}");
    }

    #[test]
    fn the_clock_is_told_if_it_is_not_that_of_the_machine() {
        let place = tempfile::tempdir().unwrap();
        let (status, _, err) = run_in(place.path(), &[("SOURCE_DATE_EPOCH", "1772357400")], &["init", "dated"]);
        assert_eq!((status, err.as_str()), (Status::Fine, "note: as of 2026-03-01T09:30:00Z (SOURCE_DATE_EPOCH)\n"));
        let page = fs::read_to_string(place.path().join("dated/content/briefings/how-to-link-pages.md")).unwrap();
        assert!(page.contains("date: 2026-02-28"), "{page}");
        let (_, _, err) = run_in(place.path(), &[("SOURCE_DATE_EPOCH", "1772357400")], &["-q", "init", "quiet"]);
        assert_eq!(err, "");
    }

    #[test]
    fn every_file_of_the_new_site_can_be_read() {
        for (path, text) in FILES.iter().filter(|(path, _)| path.starts_with("content/")) {
            let yaml = text.split("---\n").nth(1).unwrap().replace("{{ date }}", "2026-11-23");
            let head: serde_yaml::Mapping = serde_yaml::from_str(&yaml).unwrap_or_else(|error| panic!("{path}: {error}"));
            let is_home = *path == "content/_index.md";
            assert!(
                head.contains_key("title") != is_home && head.contains_key("summary"),
                "{path}: the home page is called as the site is"
            );
        }
        assert!(FILES[0].1.parse::<toml::Table>().is_ok());
    }

    #[test]
    fn no_file_is_written_over() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("site.toml"), "mine").unwrap();
        let (status, out, err) = run_in(place.path(), &[], &["init"]);
        assert_eq!((status, out.as_str()), (Status::Usage, ""));
        assert!(err.contains("already there: site.toml\n"), "{err}");
        assert_eq!(fs::read_to_string(place.path().join("site.toml")).unwrap(), "mine");
        assert!(!place.path().join("content").exists());
    }

    #[test]
    fn an_ignore_file_that_is_there_is_left_alone() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join(".gitignore"), "/public\n").unwrap();
        let (status, out, _) = run_in(place.path(), &[], &["init"]);
        assert_eq!(status, Status::Fine);
        assert!(out.contains("Add to your .gitignore: /preview/ /.chancery/\n"), "{out}");
        assert_eq!(fs::read_to_string(place.path().join(".gitignore")).unwrap(), "/public\n");
    }
}
