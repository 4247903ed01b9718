//! The watcher by itself: what it tells of, and when it does.

use std::collections::BTreeSet;

use chancery::sources::{Changed, Known, Sources};
use chancery::watch::{Event, Mode, Watcher};
use proptest::prelude::*;

use super::*;

/// A watcher of a site, and a way to see what it tells.
fn watcher(place: &Place) -> Watcher {
    let mut watcher = Watcher::new(place.root(), None, Mode::Native).expect("a root");
    watcher.ignore(&place.path("public"));
    watcher
}

#[test]
fn the_own_output_and_what_editors_leave_about_wake_nobody() {
    let place = site();
    let mut watcher = watcher(&place);
    place.build().fine();
    for path in ["public/by-hand.html", ".git/index", "target/x", "node_modules/x.js", "notes.md"] {
        place.write(path, "x");
    }
    // Of vim, Emacs, IntelliJ, LibreOffice, Kate, GNOME, Chromium and VS Code.
    for path in [
        "content/.one.md.swp",
        "content/one.md~",
        "content/4913",
        "content/.#one.md",
        "content/#one.md#",
        "static/x___jb_tmp___",
        "content/.idea/workspace.xml",
        "content/.~lock.one.md#",
        "content/lu81x.tmp",
        "content/.one.md.kate-swp",
        "content/.goutputstream-AB1CD2",
        "content/one.md.crswap",
        "content/.vscode/settings.json",
    ] {
        place.write(path, "x");
        place.remove(path);
    }
    place.write("content/briefings/one.md", page("One", "Edited."));
    let edited = place.root().canonicalize().expect("a folder").join("content/briefings/one.md");
    let mut event = watcher.wait(None);
    // On a busy machine one save may be told more than once.
    while event != Event::Due {
        assert_eq!(event, Event::Changed(Changed::Paths([edited.clone()].into())));
        event = watcher.wait(Some(Instant::now()));
    }
}

#[test]
fn changes_that_come_while_nobody_waits_are_told_to_the_next_one_who_does() {
    let place = site();
    let mut watcher = watcher(&place);
    let paths = ["content/briefings/one.md", "content/briefings/two.md", "static/robots.txt", "site.toml"];
    paths.iter().for_each(|path| place.write(path, "x"));
    let root = place.root().canonicalize().expect("a folder");
    let expected = Changed::Paths(paths.map(|path| root.join(path)).into());
    let mut reports = Changed::Paths(BTreeSet::new());
    while reports != expected {
        let Event::Changed(changed) = watcher.wait(None) else { panic!("nobody interrupts, and nothing is due") };
        reports = reports.and(changed);
    }
}

/// Paths on which files, folders and links come and go.
const PATHS: [&str; 14] = [
    "content/a.md",
    "content/a",
    "content/a/index.md",
    "content/a/b/c/deep.md",
    "content/_data/facts.yaml",
    "content/sub",
    "content/sub/x.md",
    "static/a/x.css",
    "static",
    "templates/page.html",
    "shared/a/x.md",
    "shared/a",
    "shared",
    "site.toml",
];

#[derive(Debug, Clone)]
enum Edit {
    Write(usize, u8),
    Remove(usize),
    Move(usize, usize),
    Link(usize, usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let path = || 0..PATHS.len();
    prop_oneof![
        6 => (path(), 0u8..9).prop_map(|(path, text)| Edit::Write(path, text)),
        2 => path().prop_map(Edit::Remove),
        3 => (path(), path()).prop_map(|(from, to)| Edit::Move(from, to)),
        1 => (path(), path()).prop_map(|(at, to)| Edit::Link(at, to)),
    ]
}

/// Does an edit. What the file system refuses is no edit.
fn perform(root: &Path, edit: &Edit) {
    let place = |path: &usize| {
        let place = root.join(PATHS[*path]);
        let _ = fs::create_dir_all(place.parent().expect("a folder above"));
        place
    };
    let _ = match edit {
        Edit::Write(path, text) => fs::write(place(path), text.to_string()),
        Edit::Remove(path) => fs::remove_file(place(path)).or_else(|_| fs::remove_dir_all(place(path))),
        Edit::Move(from, to) => fs::rename(place(from), place(to)),
        Edit::Link(at, to) => symlink(place(to), place(at)),
    };
}

/// Files with their prints, problems and settings.
fn value(sources: &Sources) -> impl PartialEq + std::fmt::Debug + use<> {
    let files: Vec<_> = sources.files.iter().map(|file| (file.path.clone(), file.print)).collect();
    (files, sources.diagnostics.clone(), sources.settings.clone())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(16) })]

    #[test]
    fn whatever_is_done_the_sources_become_those_of_a_scan(batches in prop::collection::vec(prop::collection::vec(edit(), 1..6), 1..20)) {
        let place = Place::empty();
        let root = place.root().canonicalize().expect("a folder");
        let now = NOW.parse().expect("an instant");
        let mut watcher = Watcher::new(&root, None, Mode::Native).expect("a root");
        let mut sources = Sources::scan(&root, None, now, &Known::default()).expect("readable");
        for batch in batches {
            batch.iter().for_each(|edit| perform(&root, edit));
            let Ok(scanned) = Sources::scan(&root, None, now, &Known::default()) else {
                // The settings have become a folder, or a link to one.
                return Ok(());
            };
            let start = Instant::now();
            while value(&sources) != value(&scanned) {
                watcher.follow(&sources.links);
                if let Event::Changed(changed) = watcher.wait(Some(start + PATIENCE)) {
                    // What cannot be read for a moment is told of again.
                    let _ = sources.refresh(&changed, now);
                } else {
                    prop_assert_eq!(value(&sources), value(&scanned));
                }
            }
            watcher.follow(&sources.links);
            prop_assert_eq!(watcher.trouble(), None);
        }
    }
}

#[test]
fn somebody_else_can_end_a_wait() {
    let place = site();
    let mut watcher = watcher(&place);
    let interrupter = watcher.interrupter();
    let thread = std::thread::spawn(move || interrupter.interrupt());
    assert_eq!(watcher.wait(None), Event::Interrupted);
    thread.join().expect("it has ended");
}
