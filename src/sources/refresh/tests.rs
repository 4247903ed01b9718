//! What a refresh reads again, held against a scan.

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
            let paths: Vec<PathBuf> = batch.iter().flat_map(|edit| perform(&root, edit)).collect();
            // What was done through a link happened at its target.
            let real = paths.iter().filter_map(|path| path.canonicalize().ok());
            let changed: BTreeSet<PathBuf> = real.chain(paths.iter().cloned()).collect();
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
