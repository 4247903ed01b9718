//! `chancery import`: content of ours from what other tools and programs wrote.
//!
//! A dialect is one file and one row. It makes a [`NewSite`] of an [`Original`], and says which lines it could not carry over. What Chancery reads anyway
//! stays as it is written; only what would not be understood is changed. It must not know how a site is built.

mod addresses;
mod body;
mod docx;
mod eleventy;
mod hugo;
mod jekyll;
mod liquid;
mod mkdocs;
mod new_page;
mod new_site;
mod obsidian;
mod original;
mod report;
mod shortcodes;
mod text;
mod write;
mod zola;

use std::path::{Path, PathBuf};

use super::args::Import;
use super::error::{Error, Status};
use super::invocation::Invocation;
use super::locate::Found;
use new_site::NewSite;
use original::Original;
use report::Report;

/// What another tool or program writes.
pub struct Dialect {
    /// As `--from` names it.
    pub name: &'static str,
    /// Whether this is what it writes, by the names of files.
    pub is: fn(&Original) -> bool,
    /// Makes a site of it.
    pub import: fn(&Original, &mut NewSite) -> Result<(), Error>,
}

/// All of them; of two that could have written a folder the first is taken.
const DIALECTS: &[Dialect] =
    &[hugo::DIALECT, zola::DIALECT, jekyll::DIALECT, eleventy::DIALECT, obsidian::DIALECT, mkdocs::DIALECT, docx::DIALECT, text::DIALECT];

/// What `--from` may say.
pub fn dialect_names() -> impl Iterator<Item = &'static str> {
    DIALECTS.iter().map(|dialect| dialect.name)
}

/// Takes over what lies at the place that is asked for.
///
/// # Errors
/// The call is wrong, the original cannot be read, or the new site cannot be written.
pub fn run(invocation: &Invocation, args: &Import) -> Result<Status, Error> {
    let original = Original::find(&invocation.world.folder.join(&args.original))?;
    let dialect = dialect(args.from.as_deref(), &original)?;
    let (into, shown) = target(invocation, args)?;
    refuse_to_mix(&original, &into)?;
    let mut site = NewSite::default();
    original.unread().for_each(|note| site.note(note));
    (dialect.import)(&original, &mut site)?;
    addresses::keep(&mut site, &into)?;
    let report = Report::new(dialect, &original, site.notes());
    let done = write::write(&site, &report, &into, args.dry_run)?;
    if !invocation.is_quiet() {
        invocation.answer(&report::summary(&report, &done, &shown, args.dry_run));
    }
    Ok(Status::Fine)
}

fn dialect(asked: Option<&str>, original: &Original) -> Result<&'static Dialect, Error> {
    let found = match asked {
        Some(name) => DIALECTS.iter().find(|dialect| dialect.name == name),
        None => DIALECTS.iter().find(|dialect| (dialect.is)(original)),
    };
    found.ok_or_else(|| {
        let kind = if original.file.is_some() { "file" } else { "folder" };
        Error::usage(format!("nobody can tell what wrote the {kind} `{}`", original.name))
            .hint(format!("say it with `--from`: {}", dialect_names().collect::<Vec<_>>().join(", ")))
    })
}

/// The root of the new site, and how it is shown: as asked, else the site that one stands in.
fn target(invocation: &Invocation, args: &Import) -> Result<(PathBuf, PathBuf), Error> {
    if let Some(into) = &args.into {
        return Ok((invocation.world.folder.join(into), into.clone()));
    }
    let found = Found::find(invocation, Vec::new())
        .map_err(|_| Error::usage("there is no site here to import into").hint("say where it shall be made: `--into my-site`"))?;
    Ok((found.root, found.shown))
}

/// The original stays as it is, so nothing is written into it.
fn refuse_to_mix(original: &Original, into: &Path) -> Result<(), Error> {
    let place = into.ancestors().find_map(|above| above.canonicalize().ok().map(|whole| (above, whole)));
    let place = place.map_or(into.to_path_buf(), |(above, whole)| whole.join(into.strip_prefix(above).unwrap_or(Path::new(""))));
    // It may be a folder of the site that one stands in.
    let is_written = ["content", "static", "templates"].iter().any(|folder| original.root().starts_with(place.join(folder)));
    if original.file.is_none() && (place.starts_with(original.root()) || is_written) {
        return Err(Error::usage("the new site would lie within the original, which is to stay as it is")
            .hint("choose a folder beside it: `--into ../my-site`"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;

    use super::super::init::write_new;
    use super::super::tests::run_in;
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let place = tempfile::tempdir().unwrap();
        for (path, text) in files {
            write_new(&place.path().join(path), text.as_bytes()).unwrap();
        }
        place
    }

    fn all(root: &Path) -> BTreeMap<String, String> {
        let files = walkdir::WalkDir::new(root).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
        files
            .map(|file| (file.path().strip_prefix(root).unwrap().display().to_string(), fs::read_to_string(file.path()).unwrap()))
            .collect()
    }

    const DOCS: &[(&str, &str)] = &[("old/mkdocs.yml", "site_name: Desk\n"), ("old/docs/index.md", "# Home\n"), ("old/docs/a.md", "# A\n")];

    #[test]
    fn an_import_makes_a_site_and_a_second_one_changes_nothing() {
        let place = folder(DOCS);
        let before = all(&place.path().join("old"));
        let (status, out, err) = run_in(place.path(), &[], &["import", "old", "--into", "new"]);
        assert_eq!((status, err.as_str()), (Status::Fine, ""), "{out}");
        assert!(out.contains("Imported old (mkdocs) into new") && out.contains("cd new"), "{out}");
        let made = all(&place.path().join("new"));
        assert!(made.contains_key("content/a.md") && made.contains_key("import-report.md") && made.contains_key(".gitignore"), "{made:?}");
        let (status, out, _) = run_in(place.path(), &[], &["import", "old", "--into", "new"]);
        assert_eq!((status, all(&place.path().join("new")) == made), (Status::Fine, true), "{out}");
        assert!(out.contains("all of it was there already"), "{out}");
        assert_eq!(all(&place.path().join("old")), before);
        let (status, _, err) = run_in(&place.path().join("new"), &[], &["build"]);
        assert_eq!(status, Status::Fine, "{err}");
    }

    #[test]
    fn of_one_file_the_page_is_named_and_a_picture_is_copied_whole() {
        let place = folder(&[("site.toml", ""), ("report.txt", "Who pays\n\nThe owners pay.\n")]);
        let (status, out, err) = run_in(place.path(), &[], &["import", "report.txt"]);
        assert_eq!((status, err.as_str()), (Status::Fine, ""));
        assert!(out.lines().nth(1).is_some_and(|line| line.trim().starts_with("content/briefings/who-pays")), "{out}");
        let place = folder(&[("old/mkdocs.yml", "site_name: x\n"), ("old/docs/index.md", "![a](a.svg)\n"), ("old/docs/a.svg", "<svg/>")]);
        run_in(place.path(), &[], &["import", "old", "--into", "new"]);
        assert_eq!(fs::read_to_string(place.path().join("new/content/a.svg")).unwrap(), "<svg/>");
    }

    #[test]
    fn what_somebody_changed_in_the_new_site_is_kept() {
        let place = folder(DOCS);
        run_in(place.path(), &[], &["import", "old", "--into", "new"]);
        let page = place.path().join("new/content/a.md");
        fs::write(&page, "# Mine\n").unwrap();
        let (_, out, _) = run_in(&place.path().join("new"), &[], &["import", "../old"]);
        assert!(out.contains("Kept content/a.md"), "{out}");
        assert_eq!(fs::read_to_string(page).unwrap(), "# Mine\n");
    }

    #[test]
    fn a_menu_of_mkdocs_leads_to_pages_and_a_tag_of_yaml_says_what_holds_without_it() {
        let settings = "site_name: !ENV [SITE, Desk]\nnav:\n  - Home: index.md\n  - Gone: gone.md\n  - Out: https://example.org/\n";
        let place = folder(&[("old/mkdocs.yml", settings), ("old/docs/index.md", "# Home\n")]);
        let (_, out, _) = run_in(place.path(), &[], &["import", "old", "--into", "new"]);
        let made = fs::read_to_string(place.path().join("new/site.toml")).unwrap();
        assert!(made.contains("title = \"Desk\"") && made.contains("https://example.org/") && !made.contains("gone.md"), "{made}");
        assert!(out.contains("leads to `gone.md` was left out"), "{out}");
    }

    #[test]
    #[cfg(unix)]
    fn what_is_not_read_is_told_and_a_folder_of_the_site_is_not_imported_into_it() {
        let place = folder(DOCS);
        std::os::unix::fs::symlink("/etc/hostname", place.path().join("old/docs/name.md")).unwrap();
        let (_, out, _) = run_in(place.path(), &[], &["import", "old", "--into", "new"]);
        assert!(out.contains("docs/name.md: the link was left out"), "{out}");
        assert!(!place.path().join("new/content/name.md").exists());
        let place = folder(&[("site.toml", ""), ("content/mkdocs.yml", "site_name: x\n"), ("content/docs/a.md", "# A\n")]);
        let before = all(place.path());
        let (status, _, err) = run_in(place.path(), &[], &["import", "content"]);
        assert_eq!((status, err.contains("within the original")), (Status::Usage, true), "{err}");
        assert_eq!(all(place.path()), before);
    }

    #[test]
    fn settings_that_cannot_be_read_are_named_and_nothing_is_written() {
        for (text, said) in [("site_name: [x\nnav: y\n", "mkdocs.yml"), ("\u{feff}site_name: x\n\tnav: y\n", "line 2")] {
            let place = folder(&[("old/mkdocs.yml", text), ("old/docs/index.md", "# Home\n")]);
            let (status, out, err) = run_in(place.path(), &[], &["import", "old", "--into", "new"]);
            assert_eq!((status, out.as_str(), err.contains(said)), (Status::Site, "", true), "{err}");
            assert!(!place.path().join("new").exists());
        }
    }

    #[test]
    fn nothing_is_written_where_it_should_not_be() {
        let place = folder(DOCS);
        let before = all(place.path());
        for (line, status, said) in [
            (&["import", "old", "--into", "new", "--dry-run"] as &[&str], Status::Fine, "Would import old"),
            (&["import", "old", "--into", "old/new"], Status::Usage, "within the original"),
            (&["import", "old"], Status::Usage, "--into my-site"),
            (&["import", "old/docs", "--into", "new"], Status::Usage, "--from"),
            (&["import", "gone", "--into", "new"], Status::Trouble, "gone"),
            (&["import", "old", "--from", "words", "--into", "new"], Status::Usage, "possible values"),
        ] {
            let (found, out, err) = run_in(place.path(), &[], line);
            assert_eq!((found, format!("{out}{err}").contains(said)), (status, true), "{line:?}: {out}{err}");
            assert_eq!(all(place.path()), before, "{line:?}");
        }
    }
}
