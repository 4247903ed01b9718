//! `chancery new`: a draft from an archetype.
//!
//! Owns where a new page lies. It must not know what else is in the site: a new page disturbs none that is there.

mod archetype;
mod number;

use std::path::{Component, Path, PathBuf};

use super::args::New;
use super::error::{Error, Status};
use super::init::write_new;
use super::invocation::Invocation;
use super::locate::Found;
use crate::page::front::Key;
use crate::url::slugify;
use archetype::{Values, as_draft, fill, with_number};

/// Longer names are cut at a word: file systems take 255 bytes.
const LONGEST_NAME: usize = 100;

/// Writes a draft, and prints its path.
///
/// # Errors
/// The call is wrong, or something could not be read or written. Mistakes in the site are no error but a status.
pub fn run(invocation: &Invocation, args: &New) -> Result<Status, Error> {
    let found = Found::find(invocation, Vec::new())?;
    let clock = found.clock(invocation, None)?;
    let title = args.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let slug = file_name(&title)?;
    let folder = folder(&args.folder)?;
    let date = found.config.time_zone.to_datetime(clock.now).date().to_string();
    let type_ = args.type_.as_deref();
    let archetype = archetype::find(&found.root, type_, &folder)?;
    let path = Path::new("content").join(&folder).join(format!("{slug}.md"));
    refuse_double(&found.root.join("content").join(&folder), &slug)?;
    let said = type_.unwrap_or(Key::Type.default_word());
    let id = number::next(invocation, &found, &clock, (said, &folder), args.against.as_deref())?;
    let values = Values { title: &title, date: &date, slug: &slug, type_: said, id: id.as_deref() };
    let page = as_draft(fill(&archetype, &values));
    let page = id.iter().fold(page, |page, id| with_number(page, id));
    write_new(&found.root.join(&path), page.as_bytes())?;
    invocation.answer(&format!("{}\n", found.shown.join(path).display()));
    if invocation.world.terminal.err.is_terminal {
        invocation.say("note: it is a draft: `chancery serve --drafts` shows it\n");
    }
    clock.tell(invocation);
    Ok(Status::Fine)
}

/// The name of the new file, without extension. A dot would be read as the mark of a language.
pub fn file_name(title: &str) -> Result<String, Error> {
    if title.is_empty() {
        return Err(Error::usage("a page needs a title").hint("write `chancery new \"What the treaty says\"`"));
    }
    let mut slug = slugify(title).replace('.', "-").trim_matches(['-', '_']).to_string();
    if slug.len() > LONGEST_NAME {
        slug.truncate(LONGEST_NAME);
        slug.truncate(slug.rfind('-').unwrap_or(LONGEST_NAME));
    }
    // `index.md` would make the folder a page.
    if slug.is_empty() || slug == "index" {
        return Err(
            Error::usage(format!("no file can be named after the title `{title}`")).hint("use another title, and change it in the file")
        );
    }
    Ok(slug)
}

/// The folder below `content/`: folders that are read, and none outside.
fn folder(given: &str) -> Result<PathBuf, Error> {
    let inside = Path::new(given).strip_prefix("content").unwrap_or(Path::new(given));
    let is_read = |part: Component| match part {
        Component::Normal(name) => !name.to_string_lossy().starts_with(['.', '_']),
        Component::CurDir => true,
        _ => false,
    };
    if inside.components().all(is_read) {
        return Ok(inside.components().filter(|part| *part != Component::CurDir).collect());
    }
    Err(Error::usage(format!("no page can lie in `{given}`"))
        .hint("`--in` takes a folder below `content/`, such as `briefings` or `topics`"))
}

/// A page may stand in its file, or in a folder of its own.
fn refuse_double(folder: &Path, slug: &str) -> Result<(), Error> {
    let there = [folder.join(format!("{slug}.md")), folder.join(slug).join("index.md"), folder.join(slug).join("_index.md")];
    match there.into_iter().find(|path| path.symlink_metadata().is_ok()) {
        Some(path) => {
            Err(Error::usage(format!("there is a page `{}` already", path.display())).hint("use another title, and change it in the file"))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::tests::run_in;
    use super::*;

    fn site(files: &[(&str, &str)]) -> tempfile::TempDir {
        let place = tempfile::tempdir().unwrap();
        for (path, text) in files {
            write_new(&place.path().join(path), text.as_bytes()).unwrap();
        }
        place
    }

    #[test]
    fn a_draft_is_written_from_anywhere_in_the_site_and_its_path_printed() {
        let site = site(&[("site.toml", ""), ("content/topics/x.md", "")]);
        let (status, out, err) = run_in(site.path(), &[], &["new", "What the treaty says: all"]);
        assert_eq!((status, out.as_str(), err.as_str()), (Status::Fine, "content/briefings/what-the-treaty-says-all.md\n", ""));
        let (_, out, _) = run_in(&site.path().join("content/topics"), &[], &["new", "Trade", "--in", "topics"]);
        let path = site.path().join("content/topics/trade.md");
        assert_eq!(out.trim_end(), path.to_str().unwrap());
        assert!(fs::read_to_string(path).unwrap().contains("status: draft"));
    }

    #[test]
    fn a_page_that_is_there_is_not_written_over() {
        let site = site(&[("content/briefings/a.md", "mine"), ("content/briefings/b/index.md", "mine")]);
        for title in ["A", "B"] {
            let (status, out, err) = run_in(site.path(), &[], &["new", title]);
            assert_eq!((status, out.as_str()), (Status::Usage, ""), "{err}");
        }
        assert_eq!(fs::read_to_string(site.path().join("content/briefings/a.md")).unwrap(), "mine");
    }

    #[test]
    fn the_archetype_of_the_type_goes_before_the_default() {
        let site = site(&[
            ("site.toml", ""),
            ("archetypes/default.md", "D {{ type }}"),
            ("archetypes/study.md", "S"),
            ("archetypes/topic.md", "T"),
        ]);
        let text = |type_, folder: &str| archetype::find(site.path(), type_, Path::new(folder)).unwrap();
        assert_eq!([text(Some("study"), "topics"), text(None, "briefings"), text(None, "topics")], ["S", "D {{ type }}", "T"]);
        assert_eq!(text(Some("study"), "people"), "S", "what is asked for by name holds");
        assert!(archetype::find(site.path(), Some("../x"), Path::new("")).is_err());
    }

    #[test]
    fn a_page_of_a_person_or_a_term_begins_without_what_a_briefing_has() {
        let site = site(&[("site.toml", ""), ("archetypes/default.md", "---\ntitle: {{ title }}\ndate: {{ date }}\ntags: []\n---\n")]);
        let folders = ["people", "organisations", "places", "topics", "authors", "series"];
        for (folder, wanted) in
            folders.into_iter().zip(["offices: []", "names: []", "names: []", "synonyms: []", "# type: organisation", ""])
        {
            let (status, out, err) = run_in(site.path(), &[], &["new", "Zoë O'Brien", "--in", folder]);
            assert_eq!((status, err.as_str()), (Status::Fine, ""));
            let text = fs::read_to_string(site.path().join(out.trim_end())).unwrap();
            let is_said = |key: &str| text.lines().any(|line| line.starts_with(key));
            assert!(text.starts_with("---\ntitle: Zoë O'Brien\nstatus: draft\n") && text.contains(wanted), "{folder}: {text}");
            assert!(!is_said("date:") && !is_said("type:") && !is_said("tags:"), "{folder}: {text}");
        }
    }

    #[test]
    fn no_page_lies_where_none_is_read() {
        assert!(folder("../x").is_err() && folder("/x").is_err() && folder("_data").is_err());
        assert_eq!(folder("content/topics/a").unwrap(), Path::new("topics/a"));
        assert_eq!(folder(".").unwrap(), Path::new(""));
    }

    #[test]
    fn a_name_is_short_and_no_index() {
        assert!(file_name("Index").is_err() && file_name("_").is_err());
        assert_eq!(file_name("Version 1.2 (final)").unwrap(), "version-1-2-final");
        assert!(file_name(&"word ".repeat(60)).unwrap().len() <= LONGEST_NAME);
    }
}
