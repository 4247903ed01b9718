//! What a scan finds, and what it says of files that it cannot take.

use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;

use tempfile::TempDir;

use super::*;

/// A site in a folder `site` of its own.
fn site(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, bytes) in files {
        let place = folder.path().join("site").join(path);
        fs::create_dir_all(place.parent().expect("a parent")).expect("made");
        fs::write(place, bytes).expect("written");
    }
    folder
}

fn scan(folder: &TempDir) -> Sources {
    Sources::scan(&folder.path().join("site"), None, Timestamp::UNIX_EPOCH, &Known::default()).expect("readable")
}

fn paths(sources: &Sources) -> Vec<&str> {
    sources.files.iter().map(|source| &*source.path).collect()
}

/// Each problem as `path: code`.
fn problems(sources: &Sources) -> Vec<String> {
    let path = |problem: &Diagnostic| problem.place.as_ref().map_or("-".to_string(), |place| place.path.to_string());
    sources.diagnostics.iter().map(|problem| format!("{}: {}", path(problem), problem.code)).collect()
}

#[test]
fn a_scan_finds_what_a_site_is_made_of_in_the_order_of_paths() {
    let folder = site(&[
        ("site.toml", b"title = 'x'"),
        ("content/b/index.md", b"b"),
        ("content/b/photo.jpg", b"\xff\xd8"),
        ("content/a b/Zürich.md", b"z"),
        ("content/_data/facts.yaml", b"a: 1"),
        ("content/_data/scan.pdf", b"%PDF"),
        ("content/_drafts/x.md", b"x"),
        ("static/.well-known/x", b"x"),
        ("themes/t/theme.toml", b""),
        ("themes/t/logo.psd", b"\xff"),
        ("public/index.html", b"old"),
        (".chancery/outputs/x.manifest", b"x"),
        ("notes.md", b"no page"),
    ]);
    let sources = scan(&folder);
    let expected = [
        "content/_data/facts.yaml",
        "content/a b/Zürich.md",
        "content/b/index.md",
        "content/b/photo.jpg",
        "static/.well-known/x",
        "themes/t/theme.toml",
    ];
    assert_eq!(paths(&sources), expected);
    assert_eq!(problems(&sources), [""; 0]);
    assert_eq!(*sources.text("site.toml"), "title = 'x'");
    assert_eq!(*sources.text("content/b/index.md"), "b");
    assert_eq!(*sources.text("content/b/photo.jpg"), "");
    assert_eq!(sources.below("content/b/").len(), 2);
    let mut bytes = Vec::new();
    sources.copy("content/b/photo.jpg", &mut bytes).expect("copied");
    assert_eq!(bytes, b"\xff\xd8");
}

#[test]
fn a_folder_without_any_of_them_is_an_empty_site() {
    let folder = site(&[("README", b"")]);
    let sources = scan(&folder);
    assert_eq!((paths(&sources).len(), problems(&sources).len(), &**sources.text("site.toml")), (0, 0, ""));
}

#[test]
fn links_that_leave_the_site_or_lead_nowhere_are_errors() {
    let folder = site(&[("content/a.md", b"a"), (".chancery/x.md", b"x"), ("../secret/x.md", b"secret")]);
    let content = folder.path().join("site/content");
    symlink(folder.path().join("secret"), content.join("folder")).expect("linked");
    symlink(folder.path().join("secret/x.md"), content.join("file.md")).expect("linked");
    symlink("nowhere.md", content.join("lost.md")).expect("linked");
    symlink("../.chancery", content.join("state")).expect("linked");
    symlink("/nowhere", content.join(".#a.md")).expect("linked");
    symlink("a.md", content.join("good.md")).expect("linked");
    symlink("/etc", folder.path().join("site/static")).expect("linked");
    let sources = scan(&folder);
    assert_eq!(paths(&sources), ["content/a.md", "content/good.md"]);
    let expected = ["content/file.md", "content/folder", "content/lost.md", "content/state", "static"];
    assert_eq!(problems(&sources), expected.map(|path| format!("{path}: outside-root")));
}

#[test]
fn links_that_lead_back_above_themselves_are_errors_and_end() {
    let folder = site(&[("content/a/x.md", b"x"), ("content/b/y.md", b"y"), ("public/old.md", b"old")]);
    let content = folder.path().join("site/content");
    symlink("..", content.join("a/up")).expect("linked");
    symlink(".", content.join("b/self")).expect("linked");
    symlink("../..", content.join("b/root")).expect("linked");
    symlink("round.md", content.join("round.md")).expect("linked");
    let sources = scan(&folder);
    assert_eq!(paths(&sources), ["content/a/x.md", "content/b/y.md"]);
    let expected =
        ["content/a/up: symlink-loop", "content/b/root: symlink-loop", "content/b/self: symlink-loop", "content/round.md: outside-root"];
    assert_eq!(problems(&sources), expected);
}

#[test]
fn two_folders_that_link_into_each_other_end() {
    let folder = site(&[("content/a/x.md", b"x"), ("content/b/y.md", b"y")]);
    let content = folder.path().join("site/content");
    symlink("../b", content.join("a/b")).expect("linked");
    symlink("../a", content.join("b/a")).expect("linked");
    let sources = scan(&folder);
    assert_eq!(paths(&sources), ["content/a/b/y.md", "content/a/x.md", "content/b/a/x.md", "content/b/y.md"]);
    assert!(problems(&sources).iter().all(|problem| problem.ends_with(": symlink-loop")), "{:?}", problems(&sources));
    assert_eq!(sources.diagnostics.len(), 2);
}

#[test]
fn what_is_no_text_is_an_error_with_its_place_and_the_others_are_read() {
    let folder = site(&[
        ("content/latin.md", b"# One\ncaf\xe9 noir\n"),
        ("content/nul.md", b"a\n\nb\0c"),
        ("content/utf16.md", b"\xff\xfea\0"),
        ("content/good.md", b"good"),
        ("site.toml", b"title = \"\xe9\""),
    ]);
    let sources = scan(&folder);
    let shown: Vec<String> = sources
        .diagnostics
        .iter()
        .map(|problem| {
            let place = problem.place.as_ref().expect("a place");
            format!("{}:{}:{} {}", place.path, place.line, place.column, problem.code)
        })
        .collect();
    let expected =
        ["content/latin.md:2:4 not-utf8", "content/nul.md:3:2 not-text", "content/utf16.md:1:1 not-utf8", "site.toml:1:10 not-utf8"];
    assert_eq!(shown, expected);
    assert_eq!(*sources.text("content/good.md"), "good");
}

#[test]
fn a_name_that_is_not_utf8_is_an_error() {
    let folder = site(&[("content/a.md", b"a")]);
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
    fs::write(folder.path().join("site/content").join(name), "x").expect("written");
    let sources = scan(&folder);
    assert_eq!(paths(&sources), ["content/a.md"]);
    assert_eq!(problems(&sources), ["content/caf\u{fffd}.md: bad-file-name"]);
}

#[test]
fn a_text_of_20_megabytes_is_read_and_one_beyond_the_limit_is_an_error() {
    let folder = site(&[("content/long.md", &vec![b'a'; 20 << 20]), ("content/data.bin", b"")]);
    let set_length = |path: &str, length: u64| {
        let file = fs::File::create(folder.path().join("site").join(path)).expect("made");
        file.set_len(length).expect("set");
    };
    set_length("content/endless.md", (32 << 20) + 1);
    set_length("content/data.bin", 1 << 30);
    let sources = scan(&folder);
    assert_eq!(sources.text("content/long.md").len(), 20 << 20);
    assert_eq!(problems(&sources), ["content/endless.md: too-large"]);
    assert!(sources.get("content/data.bin").is_some());
}

#[test]
fn a_file_that_cannot_be_read_is_an_error() {
    let found = walk::Found { place: "/nowhere/x.md".into(), path: "content/x.md".into(), is_text: true };
    let (source, problem) = read::source(&Arc::from(Path::new("/")), found, &Known::default());
    assert!(source.is_none());
    assert_eq!(problem.expect("a problem").code, "unreadable");
}

#[test]
fn settings_that_were_asked_for_must_be_there() {
    let folder = site(&[("content/a.md", b"a"), ("other.toml", b"title = 'o'")]);
    let root = folder.path().join("site");
    let scan = |settings: &str| Sources::scan(&root, Some(&root.join(settings)), Timestamp::UNIX_EPOCH, &Known::default());
    let other = scan("other.toml").expect("there");
    assert_eq!((&*other.settings.0, &*other.settings.1), ("other.toml", "title = 'o'"));
    let missing = scan("missing.toml").err().expect("not there");
    assert!(missing.to_string().contains("missing.toml"), "{missing}");
    assert!(scan("content").is_err());
}

#[test]
fn the_print_of_a_file_changes_with_it() {
    let folder = site(&[("content/a.md", b"a"), ("static/x.bin", b"x")]);
    let prints = || scan(&folder).files.iter().map(|source| source.print).collect::<Vec<_>>();
    let before = prints();
    assert_eq!(prints(), before);
    fs::write(folder.path().join("site/content/a.md"), "b").expect("written");
    fs::write(folder.path().join("site/static/x.bin"), "xx").expect("written");
    let after = prints();
    assert!(before[0] != after[0] && before[1] != after[1]);
}

#[test]
fn a_site_in_memory_can_be_edited_and_copied() {
    let files = [("content/b.md", "b"), ("content/a.svg", "<svg/>"), ("content/.hidden.md", "h")];
    let mut sources = Sources::in_memory(Timestamp::UNIX_EPOCH, "title = 'x'", &files);
    sources.set("content/ab.md", "ab");
    sources.set("content/b.md", "B");
    sources.set("static/x.css", "x");
    sources.set("site.toml", "title = 'y'");
    assert_eq!(paths(&sources), ["content/a.svg", "content/ab.md", "content/b.md", "static/x.css"]);
    assert_eq!((&**sources.text("content/b.md"), &**sources.text("site.toml")), ("B", "title = 'y'"));
    let copied = |sources: &Sources, path: &str| {
        let mut bytes = Vec::new();
        sources.copy(path, &mut bytes).map(|()| String::from_utf8(bytes).expect("UTF-8"))
    };
    assert_eq!(copied(&sources, "content/a.svg").expect("held"), "<svg/>");
    sources.remove("content/a.svg");
    sources.remove("content/never.md");
    assert_eq!(paths(&sources), ["content/ab.md", "content/b.md", "static/x.css"]);
    assert!(copied(&sources, "content/a.svg").is_err());
}

#[test]
fn a_file_that_only_looks_like_a_page_is_told_and_not_found() {
    let folder =
        site(&[("content/a/index.md", b""), ("content/a/DRAFT.MD", b"x"), ("content/a/notes.mdx", b"x"), ("content/a/x.md.orig", b"x")]);
    let sources = scan(&folder);
    assert_eq!(paths(&sources), ["content/a/DRAFT.MD", "content/a/index.md"]);
    assert_eq!(problems(&sources), ["content/a/notes.mdx: unread-markdown"]);
}

#[test]
fn a_file_that_is_known_is_not_read_unless_it_looks_otherwise_or_had_not_rested() {
    let folder = site(&[("content/a.md", b"a"), ("content/b.md", b"b")]);
    let root = folder.path().join("site");
    let mut sources = scan(&folder);
    let (old, late) = (Timestamp::UNIX_EPOCH, Timestamp::MAX);
    assert!(Known::from_sources(&sources, old).is_empty(), "they were written later");
    // A wrong print shows whether it was taken from memory.
    let wrong = Fingerprint::of_bytes(b"wrong");
    sources.files.iter_mut().for_each(|source| source.print = wrong);
    let known = Known::from_sources(&sources, late);
    let known = Known::from_bytes(&known.to_bytes(), &root.canonicalize().expect("there"));
    fs::write(root.join("content/b.md"), "B").expect("written");
    let next = Sources::scan(&root, None, old, &known).expect("readable");
    let print = |path: &str| next.get(path).expect("a source").print;
    assert_eq!((print("content/a.md"), print("content/b.md")), (wrong, Fingerprint::of_bytes(b"B")));
    assert_eq!((&**next.text("content/b.md"), next.moved()), ("B", None));
    assert_eq!((&**next.text("content/a.md"), next.moved().map(|path| &**path)), ("", Some("content/a.md")), "it is not what it was");
}
