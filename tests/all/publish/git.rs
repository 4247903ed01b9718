//! A branch of a repository, by the real `git`.

use std::io::{BufRead, BufReader, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use super::{Kill, Moment, is_published, killed, page, site};
use crate::place::{Place, Tree};

const TARGET: &str = "target = \"git\"\nrepository = \"remote.git\"";
const BRANCH: &str = "refs/heads/gh-pages";

/// `git` in a folder, with nobody's settings. What it says on its output.
#[track_caller]
fn git(folder: &Path, args: &[&str]) -> Vec<u8> {
    let mut command = Command::new("git");
    command.current_dir(folder).args(args).env_clear().env("PATH", "/usr/bin:/bin");
    command.env("GIT_AUTHOR_NAME", "Ann").env("GIT_AUTHOR_EMAIL", "ann@example.org");
    command.env("GIT_COMMITTER_NAME", "Ann").env("GIT_COMMITTER_EMAIL", "ann@example.org");
    let output = command.output().expect("git");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[track_caller]
fn line(folder: &Path, args: &[&str]) -> String {
    String::from_utf8(git(folder, args)).expect("text").trim().to_string()
}

/// A site, and an empty repository beside its content.
fn site_with_remote(target: &str) -> Place {
    let place = site(target);
    git(place.root(), &["init", "-q", "--bare", "remote.git"]);
    place
}

fn remote(place: &Place) -> std::path::PathBuf {
    place.path("remote.git")
}

fn commits(place: &Place) -> usize {
    line(&remote(place), &["rev-list", "--count", BRANCH]).parse().expect("a number")
}

/// The files of the branch.
fn branch(place: &Place) -> Tree {
    let listed = git(&remote(place), &["ls-tree", "-r", "-z", "--name-only", BRANCH]);
    let paths = String::from_utf8(listed).expect("text");
    let read = |path: &str| (path.to_string(), git(&remote(place), &["cat-file", "blob", &format!("{BRANCH}:{path}")]));
    paths.split_terminator('\0').map(read).collect()
}

/// The branch holds the output, and besides it only what is named.
#[track_caller]
fn holds_output_and(place: &Place, others: &[(&str, &str)]) {
    let mut found = branch(place);
    for (path, text) in others {
        assert_eq!(found.remove(*path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).as_deref(), Some(*text), "{path}");
    }
    let record = git(&remote(place), &["cat-file", "blob", "refs/chancery/gh-pages:.chancery-manifest.json"]);
    found.insert(".chancery-manifest.json".into(), record);
    is_published(&found, place);
}

/// Commits a file to the branch, as somebody else would.
#[track_caller]
fn commit_of_others(place: &Place, path: &str, text: &str) {
    let other = tempfile::tempdir().expect("a folder");
    let has_branch = !git(&remote(place), &["for-each-ref", BRANCH]).is_empty();
    git(other.path(), &["init", "-q", "-b", "gh-pages"]);
    git(other.path(), &["remote", "add", "origin", remote(place).to_str().expect("text")]);
    if has_branch {
        git(other.path(), &["pull", "-q", "origin", "gh-pages"]);
    }
    let file = other.path().join(path);
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("made");
    std::fs::write(file, text).expect("written");
    git(other.path(), &["add", "--all"]);
    git(other.path(), &["commit", "-q", "-m", "By hand"]);
    git(other.path(), &["push", "-q", "origin", "gh-pages"]);
}

#[test]
fn the_branch_holds_the_output_and_each_change_is_a_commit() {
    let place = site_with_remote(TARGET);
    let run = place.run(&["publish"]).fine();
    assert!(run.out.contains("  + /briefings/p1/  Page 1\n"), "{}", run.out);
    holds_output_and(&place, &[(".nojekyll", "")]);
    assert_eq!(commits(&place), 1);
    assert!(place.run(&["publish"]).fine().out.contains("Nothing to publish"));
    assert_eq!(commits(&place), 1);
    place.write("content/briefings/p1.md", page("Page 1", "Other text."));
    place.remove("content/briefings/p2.md");
    let run = place.run(&["publish"]).fine();
    assert!(run.out.contains("  ~ /briefings/p1/  Page 1\n") && run.out.contains("  - /briefings/p2/  Page 2\n"), "{}", run.out);
    holds_output_and(&place, &[(".nojekyll", "")]);
    assert_eq!(commits(&place), 2);
    let about = line(&remote(&place), &["log", "-1", "--format=%an <%ae> %cn <%ce> %s", BRANCH]);
    assert_eq!(about, "Chancery <chancery@localhost> Chancery <chancery@localhost> Publish https://example.org/");
    git(&remote(&place), &["fsck", "--strict"]);
}

#[test]
fn another_machine_goes_on_where_this_one_ended() {
    let place = site_with_remote(TARGET);
    place.run(&["publish"]).fine();
    for damage in
        ["rm -rf .chancery/publish", "rm -rf .chancery/publish/live/repository/objects", "echo x > .chancery/publish/live/repository/HEAD"]
    {
        let damaged = Command::new("sh").args(["-c", damage]).current_dir(place.root()).status().expect("a shell");
        assert!(damaged.success());
        let run = place.run(&["publish"]).fine();
        assert!(run.out.contains("Nothing to publish"), "{damage}: {}", run.out);
    }
    place.write("content/briefings/p1.md", page("Page 1", "Other text."));
    place.run(&["publish"]).fine();
    assert_eq!(commits(&place), 2);
    holds_output_and(&place, &[(".nojekyll", "")]);
}

#[test]
fn a_squashed_branch_has_one_commit() {
    let place = site_with_remote(&format!("{TARGET}\nhistory = \"squash\""));
    commit_of_others(&place, "notes/a.txt", "mine");
    place.run(&["publish", "--yes"]).fine();
    place.write("content/briefings/p1.md", page("Page 1", "Other text."));
    place.run(&["publish"]).fine();
    assert_eq!(commits(&place), 1);
    holds_output_and(&place, &[(".nojekyll", ""), ("notes/a.txt", "mine")]);
}

#[test]
fn files_of_others_stay_and_are_asked_about_where_nothing_is_ours_yet() {
    let place = site_with_remote(TARGET);
    commit_of_others(&place, "notes/a.txt", "mine");
    commit_of_others(&place, "index.html", "old");
    place.run(&["publish"]).ends_with(3).says(&["there are 2 files that Chancery has not published", "notes/a.txt", "--yes"]);
    assert_eq!(commits(&place), 2);
    place.run(&["publish", "--yes"]).fine();
    let others = [(".nojekyll", ""), ("notes/a.txt", "mine")];
    holds_output_and(&place, &others);
    // What others do later is kept too, and a file of ours that they change is set right.
    commit_of_others(&place, "notes/b.txt", "mine");
    commit_of_others(&place, "briefings/p1/index.html", "changed by hand");
    let run = place.run(&["publish"]).fine();
    assert!(run.out.contains("  ~ /briefings/p1/  Page 1\n"), "{}", run.out);
    holds_output_and(&place, &[others[0], others[1], ("notes/b.txt", "mine")]);
}

#[test]
fn a_file_of_others_that_is_in_the_way_is_not_replaced() {
    let place = site_with_remote(TARGET);
    place.run(&["publish"]).fine();
    commit_of_others(&place, "notes", "theirs");
    commit_of_others(&place, "data.txt", "theirs");
    place.write("static/data.txt", "ours");
    place.run(&["publish"]).ends_with(3).says(&["`data.txt` in the branch `gh-pages` is in the way"]);
    place.remove("static/data.txt");
    place.write("static/notes/a.txt", "ours");
    place.run(&["publish"]).ends_with(3).says(&["`notes` in the branch `gh-pages` is in the way"]);
    place.remove("static/notes/a.txt");
    place.write("static/data.txt", "theirs\n");
    place.run(&["publish"]).fine();
    holds_output_and(&place, &[(".nojekyll", ""), ("notes", "theirs")]);
}

#[test]
fn the_domain_is_written_down_unless_the_site_says_another() {
    let place = site_with_remote(&format!("{TARGET}\ndomain = \"briefings.example.org\""));
    // A host writes it so.
    commit_of_others(&place, "CNAME", "briefings.example.org");
    place.run(&["publish", "--yes"]).fine();
    holds_output_and(&place, &[(".nojekyll", ""), ("CNAME", "briefings.example.org\n")]);
    place.write("static/CNAME", "other.example.org\n");
    place.run(&["publish"]).ends_with(2).says(&["`CNAME` with `other.example.org`", "`domain` is `briefings.example.org`"]);
    place.write("static/CNAME", "briefings.example.org");
    place.run(&["publish"]).fine();
    holds_output_and(&place, &[(".nojekyll", "")]);
}

#[test]
fn bytes_go_in_as_they_are_whatever_attributes_and_settings_say() {
    let place = site_with_remote(TARGET);
    place.write("static/.gitattributes", "* text eol=crlf ident\n");
    place.write("static/crlf.txt", "one\r\ntwo $Id$\n");
    place.write("static/\"quoted\" \\ é.txt", "x");
    place.write("static/_folder/under.txt", "x");
    place.write("static/Case.txt", "x");
    place.write("static/case.txt", "y");
    place.write("home/.gitconfig", "[core]\n\tautocrlf = true\n\tignorecase = true\n[user]\n\tname = Ben\n\temail = ben@example.org\n");
    let run = place.command(&["publish"]).env("HOME", place.path("home")).output().expect("the program starts");
    crate::place::Run::new(run).fine();
    holds_output_and(&place, &[(".nojekyll", "")]);
    assert_eq!(line(&remote(&place), &["log", "-1", "--format=%cn <%ce>", BRANCH]), "Ben <ben@example.org>");
}

#[test]
fn without_a_repository_it_is_the_origin_of_the_site_with_the_settings_that_lead_there() {
    let place = site_with_remote("target = \"git\"\nbranch = \"pages/live\"");
    place.run(&["publish"]).ends_with(2).says(&["name no `repository`", "no remote `origin`"]);
    git(place.root(), &["init", "-q"]);
    place.run(&["publish"]).ends_with(2).says(&["No such remote 'origin'"]);
    git(place.root(), &["remote", "add", "origin", "https://me:hunter2@nowhere.invalid/remote.git"]);
    // Only the folder's own settings say where this is, in a file of theirs.
    let base = format!("{}/", place.root().display());
    place.write(".git/more", format!("[url \"{base}\"]\n\tinsteadOf = https://me:hunter2@nowhere.invalid/\n"));
    git(place.root(), &["config", "include.path", "more"]);
    place.run(&["publish"]).fine();
    let found = git(&remote(&place), &["ls-tree", "-r", "--name-only", "pages/live"]);
    assert!(String::from_utf8_lossy(&found).contains("briefings/p1/index.html"));
    for entry in walkdir::WalkDir::new(place.path(".chancery")).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let bytes = std::fs::read(entry.path()).expect("a file");
        assert!(!bytes.windows(7).any(|part| part == b"hunter2"), "{}", entry.path().display());
    }
    // To another repository they do not lead.
    let other = place.read("site.toml").replace("branch =", "repository = \"https://nowhere.invalid/other.git\"\nbranch =");
    place.write("site.toml", other);
    place.run(&["publish"]).ends_with(3).says(&["`git ls-remote` failed", "nowhere.invalid"]);
}

#[test]
fn what_is_wrong_is_told_without_the_password() {
    let place = site("target = \"git\"\nrepository = \"missing.git\"");
    place.run(&["publish"]).ends_with(3).says(&["does not appear to be a git repository", "Chancery does not make it"]);
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    let place = site("target = \"git\"");
    git(place.root(), &["init", "-q"]);
    git(place.root(), &["remote", "add", "origin", &format!("http://me:hunter2@127.0.0.1:{free}/x.git")]);
    let run = place.run(&["publish"]).ends_with(3).says(&["`git ls-remote` failed", "publish again"]);
    assert!(!run.err.contains("hunter2"), "{}", run.err);
    let command = place.command(&["publish"]).env("PATH", "/nowhere").output().expect("the program starts");
    crate::place::Run::new(command).ends_with(3).says(&["`git` is not installed"]);
}

#[test]
fn a_dry_run_pushes_nothing() {
    let place = site_with_remote(TARGET);
    let run = place.run(&["publish", "--dry-run"]).fine();
    assert!(run.out.contains("  + /briefings/p1/  Page 1\n") && run.out.contains("nothing was changed"), "{}", run.out);
    assert!(git(&remote(&place), &["for-each-ref"]).is_empty());
}

#[test]
fn who_was_slower_is_told_and_is_right_the_next_time() {
    let place = site_with_remote(TARGET);
    place.run(&["publish"]).fine();
    place.write("content/briefings/p1.md", page("Page 1", "Other text."));
    // Somebody pushes while the push of ours is on its way.
    let commit = line(&remote(&place), &["commit-tree", "-p", BRANCH, "-m", "By hand", &format!("{BRANCH}^{{tree}}")]);
    let hook = place.path("remote.git/hooks/pre-receive");
    let script = format!("#!/bin/sh\nunset GIT_QUARANTINE_PATH\ngit update-ref {BRANCH} {commit}\n");
    std::fs::write(&hook, script).expect("a hook");
    assert!(Command::new("chmod").arg("+x").arg(&hook).status().expect("chmod").success());
    let run = place.run(&["publish"]).ends_with(3).says(&["somebody else has changed the branch `gh-pages`", "publish again"]);
    assert!(!run.out.contains("Published"), "{}", run.out);
    assert_eq!(line(&remote(&place), &["rev-parse", BRANCH]), commit);
    std::fs::remove_file(&hook).expect("removed");
    place.run(&["publish"]).fine();
    assert_eq!(commits(&place), 3);
    holds_output_and(&place, &[(".nojekyll", "")]);
}

#[test]
fn what_the_server_refuses_is_told_and_changes_nothing() {
    let place = site_with_remote(&format!("{TARGET}\nhistory = \"squash\""));
    place.run(&["publish"]).fine();
    let before = git(&remote(&place), &["for-each-ref"]);
    git(&remote(&place), &["config", "receive.denyNonFastForwards", "true"]);
    place.write("content/briefings/p1.md", page("Page 1", "Other text."));
    place.run(&["publish"]).ends_with(3).says(&["`git push` failed", "non-fast-forward", "history = \"squash\""]);
    assert_eq!(git(&remote(&place), &["for-each-ref"]), before);
}

#[test]
fn no_draft_is_in_anything_that_was_pushed() {
    let place = site_with_remote(TARGET);
    place.write("content/briefings/p1.md", page("Page 1", "Once public."));
    place.run(&["publish"]).fine();
    place.write("content/briefings/p1.md", page("Page 1", "Never public.").replace("title", "draft: true\ntitle"));
    let run = place.run(&["publish"]).fine();
    assert!(run.out.contains("  - /briefings/p1/  Page 1\n"), "{}", run.out);
    let objects = line(&remote(&place), &["rev-list", "--objects", "--all", "--no-object-names"]);
    let mut all = Command::new("git");
    all.current_dir(remote(&place)).args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = all.spawn().expect("git");
    let mut input = child.stdin.take().expect("an input");
    let writer = std::thread::spawn(move || input.write_all(format!("{objects}\n").as_bytes()));
    let output = child.wait_with_output().expect("git");
    writer.join().expect("no panic").expect("written");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("Once public.") && !text.contains("Nobody knows.") && !text.contains("Never public."));
    assert!(!text.contains("content/briefings"), "a path of a source was pushed");
}

#[test]
fn killed_at_any_moment_it_ends_right_when_it_is_run_again() {
    let place = site_with_remote(TARGET);
    place.run(&["publish"]).fine();
    place.write("content/briefings/p1.md", page("Page 1", "Text."));
    place.run(&["build"]).fine();
    let before = Moment::new(place.root());
    place.run(&["publish", "--no-build"]).fine();
    let whole = before.changes();
    let mut was_killed = 0;
    for round in 0..16 {
        place.write("content/briefings/p1.md", page("Page 1", &format!("Text {round}.")));
        place.run(&["build"]).fine();
        // From the beginning to just before the end, in no order.
        let (before, step) = (Moment::new(place.root()), whole * (round * 7 % 16) / 16);
        was_killed += usize::from(killed(place.command(&["publish", "--no-build"]), Kill::WithWhatItStarted, || before.changes() >= step));
        // Whatever readers see is whole.
        git(&remote(&place), &["fsck", "--connectivity-only"]);
        place.run(&["publish", "--no-build"]).fine();
        holds_output_and(&place, &[(".nojekyll", "")]);
    }
    assert!(was_killed > 8, "only {was_killed} were still running when they were killed");
}

/// `git daemon` on this machine, for as long as it is held.
struct Daemon {
    child: Child,
    port: u16,
}

impl Daemon {
    fn start(folder: &Path) -> Daemon {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
        let mut command = Command::new("git");
        command.args(["daemon", "--listen=127.0.0.1", &format!("--port={port}"), "--export-all", "--enable=receive-pack"]);
        command.arg(format!("--base-path={}", folder.display())).arg(folder);
        command.process_group(0).stderr(Stdio::null());
        let daemon = Daemon { child: command.spawn().expect("git daemon"), port };
        for _ in 0..500 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return daemon;
            }
            sleep(Duration::from_millis(10));
        }
        panic!("`git daemon` does not listen");
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = Command::new("kill").args(["--", &format!("-{}", self.child.id())]).status();
        let _ = self.child.wait();
    }
}

#[test]
fn over_the_network_it_is_the_same() {
    let place = site_with_remote("");
    let daemon = Daemon::start(place.root());
    let settings = place.read("site.toml");
    place.write("site.toml", format!("{settings}target = \"git\"\nrepository = \"git://127.0.0.1:{}/remote.git\"\n", daemon.port));
    place.run(&["publish"]).fine();
    holds_output_and(&place, &[(".nojekyll", "")]);
    place.write("content/briefings/p1.md", page("Page 1", "Other text."));
    std::fs::remove_dir_all(place.path(".chancery/publish")).expect("removed");
    place.run(&["publish"]).fine();
    holds_output_and(&place, &[(".nojekyll", "")]);
    assert_eq!(commits(&place), 2);
}

/// Hangs up on the first who calls, and connects all others with `port`.
fn unsteady_line(port: u16) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let own = listener.local_addr().expect("an address").port();
    let connect = move |caller: TcpStream| {
        let called = TcpStream::connect(("127.0.0.1", port)).expect("a server");
        let both = |stream: &TcpStream| stream.try_clone().expect("a handle");
        for (mut from, mut to) in [(both(&caller), both(&called)), (called, caller)] {
            std::thread::spawn(move || {
                let _ = std::io::copy(&mut from, &mut to);
                let _ = to.shutdown(Shutdown::Write);
            });
        }
    };
    std::thread::spawn(move || listener.incoming().skip(1).flatten().for_each(connect));
    own
}

#[test]
fn when_the_network_fails_it_is_tried_again() {
    let place = site_with_remote("");
    let daemon = Daemon::start(place.root());
    let (settings, port) = (place.read("site.toml"), unsteady_line(daemon.port));
    place.write("site.toml", format!("{settings}target = \"git\"\nrepository = \"git://127.0.0.1:{port}/remote.git\"\n"));
    place.run(&["publish"]).fine();
    holds_output_and(&place, &[(".nojekyll", "")]);
}

/// Answers every request with "who are you?", and hands back the first that came.
fn doubtful_server() -> (u16, std::thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let answer = |stream: TcpStream| {
        let lines = BufReader::new(&stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
        let said = b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        (&stream).write_all(said).expect("answered");
        lines
    };
    (port, std::thread::spawn(move || answer(listener.accept().expect("a request").0)))
}

#[test]
fn a_login_in_the_settings_of_the_site_is_used_and_where_none_is_nobody_is_asked() {
    let place = site("target = \"git\"");
    git(place.root(), &["init", "-q"]);
    let (port, first_request) = doubtful_server();
    git(place.root(), &["remote", "add", "origin", &format!("http://127.0.0.1:{port}/x.git")]);
    // As the runners of GitHub leave it.
    let key = format!("http.http://127.0.0.1:{port}/.extraheader");
    git(place.root(), &["config", &key, "AUTHORIZATION: basic aHVudGVyMg=="]);
    let run = place.run(&["publish"]).ends_with(3).says(&["could not read Username", "without being asked"]);
    let request = first_request.join().expect("no panic");
    assert!(request.iter().any(|line| line == "AUTHORIZATION: basic aHVudGVyMg=="), "{request:?}");
    assert!(!run.err.contains("aHVudGVyMg") && !run.out.contains("aHVudGVyMg"), "{}", run.err);
}
