//! Reading again what has changed: the same value as a scan, at the cost of what is new.
//!
//! It must not know how a change is noticed. Where it cannot tell what a change means (symbolic links, names that are no text), it scans.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::walk::{self, Seen};
use super::{FOLDERS, Known, Source, Sources, read};
use crate::diagnostic::{Diagnostic, codes};

/// What may differ from what was read: too much rather than too little.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// These files and folders, with all that is in them; absolute.
    Paths(BTreeSet<PathBuf>),
    Everything,
}

impl Changed {
    /// Both changes.
    pub fn and(self, other: Changed) -> Changed {
        match (self, other) {
            (Changed::Paths(mut paths), Changed::Paths(others)) => {
                paths.extend(others);
                Changed::Paths(paths)
            }
            _ => Changed::Everything,
        }
    }
}

impl Sources {
    /// Makes these sources what a scan as of `now` would give. The settings are always read again. Gives the paths, relative to the root,
    /// of what has become different in fact: files, settings, and what cannot be read.
    ///
    /// # Errors
    /// The root or the settings file itself cannot be read; then nothing is changed.
    pub fn refresh(&mut self, changed: &Changed, now: Timestamp) -> io::Result<Vec<Arc<str>>> {
        // A root that is gone for a moment is no empty site, nor one that goes while it is read.
        fs::read_dir(&self.root)?;
        let paths = match changed {
            Changed::Paths(paths) if self.is_plain() => self.inside(paths),
            _ => None,
        };
        let mut next = match paths.map(|paths| self.reread(&paths)).transpose()?.flatten() {
            Some(next) => next,
            None => self.rescan()?,
        };
        fs::read_dir(&self.root)?;
        next.now = now;
        let differences = self.differences(&next);
        *self = next;
        Ok(differences)
    }

    /// Whether a path means the same for a scan as for the file system, and each problem has the path of its file.
    fn is_plain(&self) -> bool {
        let has_folder_in_front = |path: &str| FOLDERS.contains(&path.split('/').next().unwrap_or_default());
        let is_unnamed = |problem: &Diagnostic| problem.code == codes::BAD_FILE_NAME;
        self.links.is_empty() && !self.diagnostics.iter().any(is_unnamed) && !has_folder_in_front(&self.settings.0)
    }

    fn rescan(&self) -> io::Result<Sources> {
        let (settings, diagnostics) = read::settings(&self.root, self.asked.as_deref())?;
        let nothing = Sources { settings, diagnostics, ..self.bare() };
        Ok(nothing.with(walk::all(&self.root), &Known::default(), &self.files))
    }

    /// Reads `paths` again, which are in their order; nothing if there is a link at one of them.
    fn reread(&self, paths: &BTreeSet<String>) -> io::Result<Option<Sources>> {
        let is_changed = |path: &str| {
            let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
            folders.chain([path]).any(|path| paths.contains(path))
        };
        let mut seen = Seen::default();
        for path in paths {
            let is_in_another = path.match_indices('/').any(|(at, _)| paths.contains(&path[..at]));
            if !is_in_another {
                walk::walk(&self.root, path, &mut seen);
            }
        }
        if !seen.links.is_empty() {
            return Ok(None);
        }
        let (settings, mut diagnostics) = read::settings(&self.root, self.asked.as_deref())?;
        let is_kept =
            |problem: &&Diagnostic| problem.place.as_ref().is_some_and(|place| !is_changed(&place.path) && place.path != self.settings.0);
        diagnostics.extend(self.diagnostics.iter().filter(is_kept).cloned());
        let files = self.outside(paths);
        let kept = Sources { settings, diagnostics, files, links: self.links.clone(), ..self.bare() };
        Ok(Some(kept.with(seen, &Known::default(), &self.files)))
    }

    /// The files that are at none of `paths` and in none of them: of a large site nearly all, which are not looked at one by one.
    fn outside(&self, paths: &BTreeSet<String>) -> Vec<Source> {
        let mut gone: Vec<Range<usize>> = Vec::new();
        for path in paths {
            gone.extend(self.position(path).ok().map(|at| at..at + 1));
            let below = self.below(&format!("{path}/"));
            let start = self.files.partition_point(|source| *source.path < *format!("{path}/"));
            gone.push(start..start + below.len());
        }
        gone.sort_unstable_by_key(|range| range.start);
        let mut kept = Vec::with_capacity(self.files.len());
        let mut at = 0;
        for range in gone {
            kept.extend_from_slice(self.files.get(at..range.start).unwrap_or_default());
            at = at.max(range.end);
        }
        kept.extend_from_slice(&self.files[at..]);
        kept
    }

    /// Changed paths as a scan would meet them, relative to the root; nothing if that cannot be told.
    fn inside(&self, changed: &BTreeSet<PathBuf>) -> Option<BTreeSet<String>> {
        let mut paths = BTreeSet::new();
        for path in changed {
            let Ok(inside) = path.strip_prefix(&self.root) else { continue };
            let inside = self.nearest(inside)?.to_str()?;
            if inside.is_empty() {
                return None;
            }
            if walk::is_reached(inside) {
                paths.insert(inside.to_string());
            }
        }
        Some(paths)
    }

    /// The path itself, or the first folder above it that is not there; nothing if a link is on the way.
    fn nearest<'p>(&self, inside: &'p Path) -> Option<&'p Path> {
        let mut path = inside;
        while let Some(folder) = path.parent() {
            let place = self.root.join(folder);
            match fs::canonicalize(&place) {
                Ok(real) => return (real == place).then_some(path),
                Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => path = folder,
                Err(_) => return None,
            }
        }
        Some(path)
    }

    fn differences(&self, next: &Sources) -> Vec<Arc<str>> {
        let mut paths = BTreeSet::new();
        let by_path = |a: &Source, b: &Source| if Arc::ptr_eq(&a.path, &b.path) { Ordering::Equal } else { a.path.cmp(&b.path) };
        let files = apart(&self.files, &next.files, |a, b| by_path(a, b).then(a.print.cmp(&b.print)));
        paths.extend(files.into_iter().map(|source| source.path.clone()));
        let problems = apart(&self.diagnostics, &next.diagnostics, Diagnostic::order);
        paths.extend(problems.into_iter().filter_map(|problem| Some(problem.place.as_ref()?.path.clone())));
        if self.settings != next.settings {
            paths.insert(next.settings.0.clone());
        }
        paths.into_iter().collect()
    }
}

/// What is in only one of two lists; both are in `order`.
fn apart<'a, T>(one: &'a [T], other: &'a [T], order: impl Fn(&T, &T) -> Ordering) -> Vec<&'a T> {
    let mut apart = Vec::new();
    let (mut left, mut right) = (one.iter().peekable(), other.iter().peekable());
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        match order(a, b) {
            Ordering::Less => apart.extend(left.next()),
            Ordering::Greater => apart.extend(right.next()),
            Ordering::Equal => drop((left.next(), right.next())),
        }
    }
    apart.extend(left.chain(right));
    apart
}

#[cfg(test)]
mod tests {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    use proptest::prelude::*;
    use tempfile::TempDir;

    use super::*;
    use crate::sources::Content;

    /// A small place with all kinds of paths, so that edits meet.
    const PATHS: [&str; 19] = [
        "content/a.md",
        "content/a.mdx",
        "content/a",
        "content/a-b.md",
        "content/a/index.md",
        "content/a/photo.jpg",
        "content/a/b/c/deep.md",
        "content/_drafts/x.md",
        "content/_data/facts.yaml",
        "content/sub",
        "content",
        "static/x.css",
        "static",
        "templates/page.html",
        "themes/t/theme.toml",
        "themes/t/shortcodes/note.html",
        "site.toml",
        "notes/x.md",
        "content/x.md~",
    ];

    #[derive(Debug, Clone)]
    enum Edit {
        Write(usize, &'static [u8]),
        Remove(usize),
        Move(usize, usize),
        /// A symbolic link at the first that says the second, counted from the root.
        Link(usize, usize),
        /// A file whose name is no text.
        Unnamed,
    }

    fn edit() -> impl Strategy<Value = Edit> {
        let path = || 0..PATHS.len();
        let bytes = || prop::sample::select(vec![b"one" as &[u8], b"two", b"", b"caf\xe9", b"a\0b"]);
        prop_oneof![
            8 => (path(), bytes()).prop_map(|(path, bytes)| Edit::Write(path, bytes)),
            4 => path().prop_map(Edit::Remove),
            4 => (path(), path()).prop_map(|(from, to)| Edit::Move(from, to)),
            1 => (path(), path()).prop_map(|(at, to)| Edit::Link(at, to)),
            1 => Just(Edit::Unnamed),
        ]
    }

    /// Does an edit, and gives the paths that a watcher would tell of. What the file system refuses is no edit.
    fn perform(root: &Path, edit: &Edit) -> Vec<PathBuf> {
        let place = |path: &usize| root.join(PATHS[*path]);
        let make_way = |path: &Path| drop(fs::create_dir_all(path.parent().expect("a folder above")));
        match edit {
            Edit::Write(path, bytes) => {
                // The first folder that is made is what a watcher surely tells of.
                let new = place(path).ancestors().take_while(|path| !path.exists()).last().map(Path::to_path_buf);
                make_way(&place(path));
                let _ = fs::write(place(path), bytes);
                // A link that is written through may be gone before anybody looks where it led.
                let real = place(path).canonicalize().ok();
                real.into_iter().chain([new.unwrap_or(place(path))]).collect()
            }
            Edit::Remove(path) => {
                let _ = fs::remove_file(place(path)).or_else(|_| fs::remove_dir_all(place(path)));
                vec![place(path)]
            }
            Edit::Move(from, to) => {
                make_way(&place(to));
                let _ = fs::rename(place(from), place(to));
                vec![place(from), place(to), root.join("content"), root.join("static")][..if from == to { 1 } else { 4 }].to_vec()
            }
            Edit::Link(at, to) => {
                make_way(&place(at));
                let _ = symlink(place(to), place(at));
                vec![place(at)]
            }
            Edit::Unnamed => {
                let path = root.join("content/a").join(std::ffi::OsStr::from_bytes(b"caf\xe9.md"));
                let _ = fs::write(&path, "x");
                vec![path]
            }
        }
    }

    fn scan(folder: &TempDir) -> Sources {
        Sources::scan(folder.path(), None, Timestamp::UNIX_EPOCH, &Known::default()).expect("readable")
    }

    fn value(sources: &Sources) -> impl PartialEq + std::fmt::Debug + use<> {
        let text = |content: &Content| match content {
            Content::Text(text) => Some(text.clone()),
            Content::File => None,
        };
        let files: Vec<_> = sources.files.iter().map(|file| (file.path.clone(), file.print, text(&file.content))).collect();
        (files, sources.diagnostics.clone(), sources.settings.clone())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

        #[test]
        fn after_any_edits_a_refresh_gives_what_a_scan_gives(batches in prop::collection::vec(prop::collection::vec(edit(), 1..4), 1..12)) {
            let folder = tempfile::tempdir().expect("a folder");
            let root = folder.path().canonicalize().expect("there");
            let mut sources = scan(&folder);
            for batch in batches {
                let before = sources.clone();
                let told: Vec<PathBuf> = batch.iter().flat_map(|edit| perform(&root, edit)).collect();
                // What was done through a link happened at its target.
                let real = told.iter().filter_map(|path| path.canonicalize().ok());
                let changed: BTreeSet<PathBuf> = real.chain(told.iter().cloned()).collect();
                let Ok(scanned) = Sources::scan(&root, None, Timestamp::UNIX_EPOCH, &Known::default()) else {
                    // Somebody has made a folder of the settings file.
                    prop_assert!(sources.refresh(&Changed::Paths(changed), Timestamp::UNIX_EPOCH).is_err());
                    return Ok(());
                };
                let differences = sources.refresh(&Changed::Paths(changed), Timestamp::UNIX_EPOCH).expect("readable");
                prop_assert_eq!(value(&sources), value(&scanned));
                prop_assert_eq!(&sources.links, &scanned.links);
                prop_assert_eq!(differences.is_empty(), value(&sources) == value(&before));
                let is_held_once = |file: &super::super::Source| match (before.get(&file.path), &file.content) {
                    (Some(old), Content::Text(text)) if old.print == file.print => {
                        matches!(&old.content, Content::Text(old) if old.is_same(text))
                    }
                    _ => true,
                };
                prop_assert!(sources.files.iter().all(is_held_once));
            }
        }
    }

    #[test]
    fn what_has_changed_is_told_by_its_path() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("there");
        let write = |path: &str, text: &str| {
            fs::create_dir_all(root.join(path).parent().expect("a folder above")).expect("made");
            fs::write(root.join(path), text).expect("written");
        };
        ["content/a.md", "content/b.md", "content/sub/c.md"].iter().for_each(|path| write(path, "one"));
        let mut sources = scan(&folder);
        write("content/a.md", "two");
        write("content/b.md", "one");
        fs::rename(root.join("content/sub"), root.join("content/moved")).expect("moved");
        write("site.toml", "title = 'x'");
        let changed = ["content/a.md", "content/b.md", "content/sub", "content/moved"].map(|path| root.join(path));
        let now = "2026-11-24T12:00:00Z".parse().expect("an instant");
        let differences = sources.refresh(&Changed::Paths(changed.into()), now).expect("readable");
        assert_eq!(differences, ["content/a.md", "content/moved/c.md", "content/sub/c.md", "site.toml"].map(Arc::from));
        assert_eq!((sources.now, &**sources.text("site.toml")), (now, "title = 'x'"));
        assert_eq!(sources.refresh(&Changed::Everything, now).expect("readable"), []);
    }

    #[test]
    fn a_root_that_is_gone_is_an_error_and_no_empty_site() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("content")).expect("made");
        fs::write(folder.path().join("content/a.md"), "a").expect("written");
        let mut sources = scan(&folder);
        fs::remove_dir_all(folder.path()).expect("removed");
        assert!(sources.refresh(&Changed::Everything, Timestamp::UNIX_EPOCH).is_err());
        assert_eq!(*sources.text("content/a.md"), "a");
    }

    #[test]
    fn the_target_of_a_link_is_seen_under_the_path_of_the_link() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("there");
        fs::create_dir_all(root.join("shared")).and_then(|()| fs::create_dir(root.join("content"))).expect("made");
        fs::write(root.join("shared/x.md"), "one").expect("written");
        symlink("../shared/x.md", root.join("content/x.md")).expect("linked");
        let mut sources = scan(&folder);
        assert_eq!(sources.links.iter().map(|link| &link.target).collect::<Vec<_>>(), [&root.join("shared/x.md")]);
        fs::write(root.join("shared/x.md"), "two").expect("written");
        let changed = Changed::Paths([root.join("shared/x.md")].into());
        assert_eq!(sources.refresh(&changed, Timestamp::UNIX_EPOCH).expect("readable"), [Arc::from("content/x.md")]);
        assert_eq!(*sources.text("content/x.md"), "two");
    }
}
