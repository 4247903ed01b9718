//! Builds into real folders: what is written, kept, removed and refused.

mod killed;

use std::collections::BTreeMap;
use std::os::unix::fs::{MetadataExt, symlink};

use rayon::prelude::*;
use tempfile::TempDir;

use super::*;

/// A root in a folder of its own.
struct Root {
    folder: TempDir,
}

impl Root {
    fn new() -> Root {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("site/content")).expect("made");
        Root { folder }
    }

    fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn output(&self) -> PathBuf {
        self.site().join("public")
    }

    fn open(&self, mode: Mode) -> Result<Folder, Error> {
        self.open_at(&self.output(), mode)
    }

    fn open_at(&self, output: &Path, mode: Mode) -> Result<Folder, Error> {
        Folder::open(&self.site().join(".chancery"), output, mode, &[self.site(), self.site().join("content")])
    }

    /// A build of these files, whose keys are their texts.
    fn build(&self, files: &[(&str, &str)]) -> Result<Written, Error> {
        self.build_as(Mode::Update, files)
    }

    fn build_as(&self, mode: Mode, files: &[(&str, &str)]) -> Result<Written, Error> {
        let folder = self.open(mode)?;
        render(&folder, files);
        folder.commit()
    }

    fn put(&self, path: &str, text: &str) {
        let place = self.output().join(path);
        fs::create_dir_all(place.parent().expect("a parent")).expect("made");
        fs::write(place, text).expect("written");
    }

    /// All files in the output, and empty folders.
    fn files(&self) -> BTreeMap<String, String> {
        let content = place::content(&self.output()).expect("read");
        content.into_iter().map(|path| (path.clone(), fs::read_to_string(self.output().join(&path)).unwrap_or_default())).collect()
    }

    fn inode(&self, path: &str) -> u64 {
        fs::metadata(self.output().join(path)).expect("there").ino()
    }

    /// What lies beside the output and should not.
    fn leftovers(&self) -> Vec<String> {
        let names = fs::read_dir(self.site()).expect("read").map(|entry| entry.expect("read").file_name().into_string().expect("UTF-8"));
        names.filter(|name| !["content", "public", ".chancery"].contains(&name.as_str())).collect()
    }
}

fn key(text: &str) -> Fingerprint {
    Fingerprint::of_bytes(text.as_bytes())
}

fn render(folder: &Folder, files: &[(&str, &str)]) {
    for (path, text) in files {
        if !folder.is_current(path, key(text)) {
            folder.write(path, key(text), |to| to.write_all(text.as_bytes())).expect("written").expect("rendered");
        }
    }
}

/// Two writes in one tick of the file system's clock have one time: this tells them apart.
fn make_older(path: &Path) {
    let file = fs::File::options().write(true).open(path).expect("there");
    file.set_modified(std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1)).expect("set");
}

fn counts(written: usize, unchanged: usize, removed: usize) -> Written {
    Written { written, unchanged, removed }
}

fn texts(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect()
}

#[test]
fn a_first_build_writes_all_and_a_second_one_nothing() {
    let root = Root::new();
    let files = [("index.html", "home"), ("a/index.html", "a"), ("é b/x.svg", "")];
    assert_eq!(root.build(&files).expect("built"), counts(3, 0, 0));
    assert_eq!(root.files(), texts(&files));
    assert_eq!(root.build(&files).expect("built"), counts(0, 3, 0));
    assert_eq!(root.leftovers(), [""; 0]);
    assert_eq!(fs::read_to_string(root.site().join(".chancery/.gitignore")).expect("made"), "*\n");
}

#[test]
fn a_root_that_is_gone_is_not_made_again() {
    let root = Root::new();
    fs::remove_dir_all(root.site()).expect("removed");
    assert!(matches!(root.build(&[("index.html", "home")]), Err(Error::Io { .. })));
    assert!(!root.site().exists());
}

#[test]
fn only_what_differs_is_written_and_what_is_not_mentioned_is_removed() {
    let root = Root::new();
    root.build(&[("a/index.html", "a"), ("b/index.html", "b"), ("c/d/index.html", "c")]).expect("built");
    let untouched = root.inode("a/index.html");
    let files = [("a/index.html", "a"), ("b/index.html", "B"), ("e/index.html", "e")];
    assert_eq!(root.build(&files).expect("built"), counts(2, 1, 1));
    assert_eq!(root.files(), texts(&files), "the folders `c/d/` and `c/` are gone with their last file");
    assert_eq!(root.inode("a/index.html"), untouched);
}

#[test]
fn equal_bytes_under_a_new_key_leave_the_file_untouched_and_the_key_is_recorded() {
    let root = Root::new();
    root.build(&[("a", "same")]).expect("built");
    let before = fs::metadata(root.output().join("a")).expect("there");
    let folder = root.open(Mode::Update).expect("opened");
    assert!(!folder.is_current("a", key("other")));
    folder.write("a", key("other"), |to| to.write_all(b"same")).expect("written").expect("rendered");
    assert_eq!(folder.commit().expect("built"), counts(0, 1, 0));
    let after = fs::metadata(root.output().join("a")).expect("there");
    assert_eq!((before.ino(), before.modified().expect("known")), (after.ino(), after.modified().expect("known")));
    let folder = root.open(Mode::Update).expect("opened");
    assert!(folder.is_current("a", key("other")) && !folder.is_current("a", key("same")));
}

#[test]
fn what_was_deleted_or_changed_by_hand_is_written_again() {
    let root = Root::new();
    let files = [("a", "aaa"), ("b", "bbb"), ("c", "ccc"), ("d", "ddd"), ("e/f", "eee")];
    root.build(&files).expect("built");
    fs::remove_file(root.output().join("a")).expect("removed");
    fs::write(root.output().join("b"), "xxx").expect("written");
    make_older(&root.output().join("b"));
    fs::remove_file(root.output().join("c")).expect("removed");
    symlink(root.output().join("b"), root.output().join("c")).expect("linked");
    fs::remove_dir_all(root.output().join("e")).expect("removed");
    assert_eq!(root.build(&files).expect("built"), counts(4, 1, 0));
    assert_eq!(root.files(), texts(&files));
}

#[test]
fn a_file_with_another_time_and_the_same_bytes_is_kept() {
    let root = Root::new();
    root.build(&[("a", "aaa")]).expect("built");
    root.put("a", "aaa");
    make_older(&root.output().join("a"));
    let inode = root.inode("a");
    assert_eq!(root.build(&[("a", "aaa")]).expect("built"), counts(0, 1, 0));
    assert_eq!(root.inode("a"), inode);
    assert!(root.open(Mode::Update).expect("opened").is_current("a", key("aaa")), "the new time is recorded");
}

#[test]
fn an_output_that_is_not_ours_is_refused_with_what_is_in_it() {
    let root = Root::new();
    (0..30).for_each(|number| root.put(&format!("f{number:02}"), "mine"));
    let error = root.build(&[("index.html", "home")]).expect_err("refused");
    let Error::Foreign { found, count, .. } = error else { panic!("{error:?}") };
    assert_eq!((found.len(), found[0].as_str(), count), (20, "f00", 30));
    assert_eq!(root.files().len(), 30);
    assert_eq!(root.leftovers(), [""; 0]);
}

#[test]
fn an_output_of_empty_folders_is_free() {
    let root = Root::new();
    fs::create_dir_all(root.output().join("a/b")).expect("made");
    assert_eq!(root.build(&[("index.html", "home")]).expect("built"), counts(1, 0, 0));
}

#[test]
fn force_writes_all_and_leaves_what_is_foreign() {
    let root = Root::new();
    root.put("notes.txt", "mine");
    root.put("index.html", "theirs");
    assert_eq!(root.build_as(Mode::Force, &[("index.html", "home"), ("a", "a")]).expect("built"), counts(2, 0, 0));
    assert_eq!(root.files(), texts(&[("index.html", "home"), ("a", "a"), ("notes.txt", "mine")]));
    assert_eq!(
        root.build_as(Mode::Force, &[("index.html", "home")]).expect("built"),
        counts(1, 0, 1),
        "stale files of ours go all the same"
    );
    assert_eq!(root.files(), texts(&[("index.html", "home"), ("notes.txt", "mine")]));
}

#[test]
fn clean_leaves_nothing_but_the_site() {
    let root = Root::new();
    root.put("old/deep/x", "x");
    root.put("b", "a file where a folder must be");
    root.put("c/x", "a folder where a file must be");
    fs::create_dir_all(root.output().join("empty/er")).expect("made");
    symlink("/", root.output().join("link")).expect("linked");
    let files = [("a", "a"), ("b/c", "b"), ("c", "c"), ("link/x", "x")];
    assert_eq!(root.build_as(Mode::Clean, &files).expect("built"), counts(4, 0, 4));
    assert_eq!(root.files(), texts(&files));
}

#[test]
fn clean_refuses_a_folder_with_a_repository_or_a_site() {
    for precious in [".git/HEAD", "sub/.git/HEAD", "site.toml"] {
        let root = Root::new();
        root.put(precious, "precious");
        let error = root.build_as(Mode::Clean, &[("a", "a")]).expect_err("refused");
        assert!(matches!(error, Error::Unsafe { .. }), "{error:?}");
        assert_eq!(root.files(), texts(&[(precious, "precious")]));
    }
}

#[test]
fn sources_are_no_output() {
    let root = Root::new();
    for bad in [root.site(), root.site().join("content"), root.site().join("content/sub"), root.folder.path().into(), "/".into()] {
        for mode in [Mode::Update, Mode::Force, Mode::Clean] {
            assert!(matches!(root.open_at(&bad, mode), Err(Error::Unsafe { .. })), "{bad:?}");
        }
    }
    symlink(root.site().join("content"), root.output()).expect("linked");
    assert!(matches!(root.open(Mode::Update), Err(Error::Unsafe { .. })), "a link to the sources is the sources");
}

#[test]
fn an_output_that_is_a_file_is_refused() {
    let root = Root::new();
    fs::write(root.output(), "a file").expect("written");
    assert!(matches!(root.open(Mode::Clean), Err(Error::Unsafe { .. })));
}

#[test]
fn a_foreign_file_where_ours_must_go_is_refused_and_nothing_changes() {
    for (foreign, wanted) in [("new", "new"), ("new", "new/x"), ("new/x", "new")] {
        let root = Root::new();
        root.build(&[("a", "a"), ("stale", "s")]).expect("built");
        root.put(foreign, "mine");
        let before = root.files();
        let error = root.build(&[("a", "A"), (wanted, "ours")]).expect_err("refused");
        assert!(matches!(&error, Error::InTheWay { path } if path.ends_with(foreign)), "{error:?}");
        assert_eq!(root.files(), before);
        assert_eq!(root.leftovers(), [""; 0]);
    }
}

#[test]
fn nothing_is_written_or_removed_through_a_link_that_leads_elsewhere() {
    let root = Root::new();
    let elsewhere = root.site().join("content/elsewhere");
    root.build(&[("a/x", "x"), ("b", "b")]).expect("built");
    fs::rename(root.output().join("a"), &elsewhere).expect("moved");
    symlink(&elsewhere, root.output().join("a")).expect("linked");
    assert!(matches!(root.build(&[("a/y", "y")]), Err(Error::InTheWay { .. })));
    root.build(&[("b", "B")]).expect("built");
    assert_eq!(fs::read_to_string(elsewhere.join("x")).expect("still there"), "x");
}

#[test]
fn a_file_of_ours_makes_way_for_a_folder_and_a_folder_for_a_file() {
    let root = Root::new();
    root.build(&[("a", "file"), ("b/c/x", "deep"), ("b/y", "y")]).expect("built");
    let files = [("a/b", "now a folder"), ("b", "now a file")];
    assert_eq!(root.build(&files).expect("built"), counts(2, 0, 3));
    assert_eq!(root.files(), texts(&files));
}

#[test]
fn two_files_at_one_place_are_refused_before_anything_changes() {
    for (one, other) in [("a", "a"), ("a", "a/b"), ("a/b", "a")] {
        let root = Root::new();
        root.build(&[("a-b", "-"), ("x", "x")]).expect("built");
        let folder = root.open(Mode::Update).expect("opened");
        render(&folder, &[("a-b", "-"), (one, "1"), (other, "2")]);
        assert!(matches!(folder.commit(), Err(Error::Clash { .. })), "{one} {other}");
        assert_eq!(root.files(), texts(&[("a-b", "-"), ("x", "x")]));
    }
}

#[test]
fn a_path_that_leaves_the_output_is_an_error() {
    let root = Root::new();
    let folder = root.open(Mode::Update).expect("opened");
    for bad in ["../x", "/etc/x", "a/../../x", "", "a//b", "a/", "./a", "a\0", &"x".repeat(256)] {
        let result = folder.write(bad, key(""), |_| Ok::<(), ()>(()));
        assert!(matches!(result, Err(Error::Io { .. })), "{bad}");
    }
}

#[test]
fn what_is_abandoned_or_fails_leaves_the_output_as_it_was() {
    let root = Root::new();
    root.build(&[("a", "a")]).expect("built");
    let folder = root.open(Mode::Clean).expect("opened");
    render(&folder, &[("b", "b")]);
    let failed = folder.write("c", key("c"), |to| to.write_all(b"half").map_err(|_| "disk").and(Err("no such page")));
    assert!(matches!(failed, Ok(Err("no such page"))));
    folder.abandon();
    assert_eq!(root.files(), texts(&[("a", "a")]));
    assert_eq!(root.leftovers(), [""; 0]);
}

#[test]
fn folders_above_a_new_output_go_if_the_build_fails() {
    let root = Root::new();
    let output = root.site().join("dist/deep/public");
    root.open_at(&output, Mode::Update).expect("opened").abandon();
    assert!(!root.site().join("dist").exists());
    root.open_at(&output, Mode::Update).expect("opened").commit().expect("built");
    assert!(output.is_dir());
}

#[test]
fn long_files_are_streamed_and_have_the_same_print_as_short_ones() {
    let root = Root::new();
    let long: Vec<u8> = (0..5_000_000u32).map(|at| (at / 7) as u8).collect();
    let build = |chunk: usize, key: u128| {
        let folder = root.open(Mode::Update).expect("opened");
        folder
            .write("long", Fingerprint(key), |to| long.chunks(chunk).try_for_each(|part| to.write_all(part)))
            .expect("written")
            .expect("rendered");
        folder.commit().expect("built")
    };
    assert_eq!(build(1_000, 1), counts(1, 0, 0));
    assert_eq!(build(5_000_000, 2), counts(0, 1, 0));
    assert_eq!(build(900_001, 3), counts(0, 1, 0));
    assert_eq!(fs::read(root.output().join("long")).expect("read"), long);
    let state = root.site().join(".chancery");
    let manifest = Manifest::load(&state, &fs::canonicalize(root.output()).expect("there")).expect("recorded");
    assert_eq!((manifest.entries[0].print, manifest.entries[0].size), (Fingerprint::of_bytes(&long), 5_000_000));
}

#[test]
fn a_renderer_may_render_another_file_meanwhile() {
    let root = Root::new();
    let folder = root.open(Mode::Update).expect("opened");
    let outer = folder.write("outer", key("1"), |to| {
        to.write_all(b"out")?;
        folder.write("inner", key("2"), |to| to.write_all(b"inner")).map_err(|_| io::Error::other("inner"))??;
        to.write_all(b"er")
    });
    outer.expect("written").expect("rendered");
    folder.commit().expect("built");
    assert_eq!(root.files(), texts(&[("inner", "inner"), ("outer", "outer")]));
}

#[test]
fn many_threads_write_into_one_folder() {
    let root = Root::new();
    let paths: Vec<String> = (0..2_000).map(|number| format!("{}/{number}.html", number % 50)).collect();
    for round in 0..3 {
        let folder = root.open(Mode::Update).expect("opened");
        paths.par_iter().for_each(|path| {
            let text = if path.ends_with("7.html") { format!("{path} {round}") } else { path.clone() };
            render(&folder, &[(path, &text)]);
        });
        let expected = if round == 0 { counts(2_000, 0, 0) } else { counts(200, 1_800, 0) };
        assert_eq!(folder.commit().expect("built"), expected);
    }
}

#[test]
fn a_damaged_manifest_counts_as_none() {
    let root = Root::new();
    root.build(&[("a", "a")]).expect("built");
    let output = fs::canonicalize(root.output()).expect("there");
    let records = Records::new(&fs::canonicalize(root.site().join(".chancery")).expect("there"), &output);
    let text = fs::read_to_string(&records.manifest).expect("there");
    fs::write(&records.manifest, &text[1..]).expect("written");
    assert!(matches!(root.build(&[("a", "a")]), Err(Error::Foreign { count: 1, .. })));
    assert_eq!(root.build_as(Mode::Force, &[("a", "a")]).expect("built"), counts(1, 0, 0));
}

#[test]
fn outputs_have_manifests_of_their_own_and_are_open_side_by_side() {
    let root = Root::new();
    let other = root.site().join("dist");
    let one = root.open(Mode::Update).expect("opened");
    let two = root.open_at(&other, Mode::Update).expect("opened");
    render(&one, &[("a", "1")]);
    render(&two, &[("b", "2")]);
    one.commit().expect("built");
    two.commit().expect("built");
    assert_eq!(root.files(), texts(&[("a", "1")]));
    assert!(root.open_at(&other, Mode::Update).expect("opened").is_current("b", key("2")));
}

#[test]
fn a_second_build_into_one_output_waits_for_the_first() {
    let root = Root::new();
    let first = root.open(Mode::Update).expect("opened");
    render(&first, &[("a", "1")]);
    std::thread::scope(|scope| {
        let second = scope.spawn(|| root.build(&[("a", "1"), ("b", "2")]));
        first.commit().expect("built");
        assert_eq!(second.join().expect("no panic").expect("built"), counts(1, 1, 0));
    });
}
