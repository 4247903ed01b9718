//! A folder of this machine, while readers read and things go wrong.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::servers::Nginx;
use super::{Kill, Moment, is_published, killed, page, site};
use crate::place::{Place, Run, Tree, project, tree};

const TARGET: &str = "target = \"directory\"\npath = \"www\"";

/// What readers see.
fn seen(place: &Place) -> Tree {
    let current = place.path("www/current").canonicalize().expect("a release");
    let mut seen = tree(&current);
    seen.insert(".chancery-manifest.json".into(), fs::read(place.path("www/.chancery-manifest.json")).expect("a manifest"));
    seen
}

fn releases(place: &Place) -> Vec<String> {
    let entries = fs::read_dir(place.path("www/releases")).expect("releases");
    let mut names: Vec<String> = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn readers_see_the_output_and_after_a_change_the_new_one() {
    let place = site(TARGET);
    let run = place.run(&["publish"]).fine();
    assert!(run.out.contains("  + /briefings/p1/  Page 1\n") && run.out.contains("Published 5 pages and "), "{}", run.out);
    is_published(&seen(&place), &place);
    assert!(place.run(&["publish", "live"]).fine().out.ends_with(" files are as they should be\n"));
    place.write("content/briefings/p1.md", page("Page 1", "Other text."));
    let run = place.run(&["deploy"]).fine();
    assert!(run.out.contains("  ~ /briefings/p1/  Page 1\n"), "{}", run.out);
    is_published(&seen(&place), &place);
    let manifest = place.read("www/.chancery-manifest.json");
    assert!(!manifest.contains("secret") && !manifest.contains("content/"), "{manifest}");
}

#[test]
fn the_last_releases_are_kept_and_each_can_be_gone_back_to() {
    let place = site(&format!("{TARGET}\nkeep = 3"));
    for number in 0..5 {
        place.write("content/briefings/p1.md", page("Page 1", &format!("Version {number}.")));
        place.run(&["publish"]).fine();
    }
    assert_eq!(releases(&place).len(), 3);
    let shown = |place: &Place| place.read("www/current/briefings/p1/index.html");
    assert!(shown(&place).contains("Version 4."));
    let run = place.run(&["publish", "--rollback", "--dry-run"]).fine();
    assert!(run.out.starts_with("Readers would see the release `") && shown(&place).contains("Version 4."), "{}", run.out);
    place.run(&["publish", "--rollback"]).fine();
    assert!(shown(&place).contains("Version 3."));
    place.run(&["publish", "--rollback"]).fine();
    assert!(shown(&place).contains("Version 2."));
    place.run(&["publish", "--rollback"]).ends_with(3).says(&["there is no release before", "`keep = 3` releases are kept"]);
    place.run(&["publish"]).fine();
    assert!(shown(&place).contains("Version 4."));
    is_published(&seen(&place), &place);
}

#[test]
fn to_go_back_leads_to_what_readers_saw_before() {
    let place = site(TARGET);
    let publish = |text: &str| {
        place.write("content/briefings/p1.md", page("Page 1", text));
        place.run(&["publish"]).fine();
    };
    publish("Good.");
    publish("Bad.");
    place.run(&["publish", "--rollback"]).fine();
    publish("Bad again.");
    place.run(&["publish", "--rollback"]).fine();
    assert!(place.read("www/current/briefings/p1/index.html").contains("Good."));
}

#[test]
fn a_link_that_somebody_else_has_put_there_is_not_switched() {
    let place = site(TARGET);
    place.write("www/mine/index.html", "mine");
    std::os::unix::fs::symlink("mine", place.path("www/current")).expect("linked");
    place.run(&["publish"]).ends_with(3).says(&["is in the way"]);
    assert_eq!(place.read("www/current/index.html"), "mine");
}

#[test]
fn to_go_back_to_what_is_hidden_now_is_asked_about() {
    let place = site(TARGET);
    place.run(&["publish"]).fine();
    place.write("content/briefings/p1.md", page("Page 1", "Text.").replace("title", "draft: true\ntitle"));
    place.run(&["publish"]).fine();
    place.run(&["publish", "--rollback"]).ends_with(3).says(&[
        "that release shows what is hidden now:",
        "  briefings/p1/index.html",
        "`--yes`",
    ]);
    assert!(!place.path("www/current/briefings/p1").exists());
    place.run(&["publish", "--rollback", "--yes"]).fine();
    assert!(place.path("www/current/briefings/p1").exists());
}

#[test]
fn a_run_that_is_killed_anywhere_can_be_run_again_and_ends_right() {
    let place = site(&format!("{TARGET}\nkeep = 2"));
    place.run(&["publish"]).fine();
    place.write("content/briefings/p1.md", page("Page 1", "Text. And more of it."));
    let before = Moment::new(place.root());
    place.run(&["publish"]).fine();
    let whole = before.changes();
    let mut was_killed = 0;
    for round in 0..25 {
        place.write("content/briefings/p1.md", page("Page 1", &format!("Round {round}.")));
        // From the beginning to just before the end, in no order.
        let (before, step) = (Moment::new(place.root()), whole * (round * 7 % 25) / 25);
        was_killed += usize::from(killed(place.command(&["publish", "-q"]), Kill::Program, || before.changes() >= step));
        // Whatever happened, readers see one whole release.
        let text = place.read("www/current/briefings/p1/index.html");
        assert!(text.contains("Round ") || round == 0 || text.contains("Text."), "{text}");
        assert!(place.path("www/current/feed.xml").exists());
        if round % 5 == 4 {
            place.run(&["publish"]).fine();
            is_published(&seen(&place), &place);
            assert!(releases(&place).iter().all(|name| !name.starts_with('.')), "{:?}", releases(&place));
        }
    }
    assert!(was_killed > 12, "only {was_killed} were still running when they were killed");
}

#[test]
fn what_is_no_release_of_ours_is_left_alone() {
    let place = site(&format!("{TARGET}\nkeep = 1"));
    place.write("www/mine.txt", "mine");
    place.write("www/releases/mine/index.html", "mine");
    place.run(&["publish"]).fine();
    place.write("content/briefings/p1.md", page("Page 1", "Other text."));
    place.run(&["publish"]).fine();
    assert_eq!(place.read("www/mine.txt") + &place.read("www/releases/mine/index.html"), "minemine");
    let other = site(TARGET);
    other.write("www/current/index.html", "mine");
    other.run(&["publish"]).ends_with(3).says(&["is in the way"]);
    assert_eq!(other.read("www/current/index.html"), "mine");
}

#[test]
fn what_somebody_changed_is_mended_when_asked_for() {
    let place = site(&format!("{TARGET}\nprecompressed = [\"gz\"]"));
    place.run(&["publish"]).fine();
    place.write("www/current/briefings/p1/index.html", "mine");
    place.write("www/current/index.html.gz", "mine");
    place.remove("www/current/feed.xml");
    assert!(place.run(&["publish"]).fine().out.contains("Nothing to publish"));
    let run = place.run(&["publish", "--verify-remote"]).fine();
    assert!(run.out.contains("; 3 files sent"), "{}", run.out);
    let mut seen = seen(&place);
    seen.retain(|path, _| !path.ends_with(".gz"));
    is_published(&seen, &place);
}

#[test]
fn of_two_at_once_the_second_waits_or_says_who_publishes() {
    let place = site(TARGET);
    let runs: Vec<_> = (0..4).map(|_| place.command(&["publish", "-q"]).spawn().expect("the program starts")).collect();
    for run in runs {
        Run::new(run.wait_with_output().expect("ended")).fine();
    }
    is_published(&seen(&place), &place);
}

/// A request, and its answer's status and body.
fn get(port: u16, path: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the server");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    let text = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
    let length = head.to_lowercase().lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
    assert!(length.is_none_or(|length| length == body.len()), "a whole answer: {path}");
    (head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status"), body.to_string())
}

#[test]
#[ignore = "needs what tests/run installs"]
fn a_server_under_load_answers_every_request_while_releases_are_switched() {
    let place = site(&format!("{TARGET}\nkeep = 2"));
    place.run(&["publish"]).fine();
    // Other users' programs must get there too.
    Command::new("chmod").args(["-R", "a+rX"]).arg(place.root()).status().expect("chmod");
    let nginx = Nginx::serving(&place.path("www/current"));
    let (is_over, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    let (status, page) = get(nginx.port, "/briefings/p1/");
                    assert_eq!(status, 200);
                    // The text and the title of one version, and the style sheet that it names.
                    let version = page.split("Version ").nth(1).and_then(|rest| rest.split(['.', '<', '"']).next()).unwrap_or_default();
                    let others = page.split("Version ").skip(1).filter(|rest| !rest.starts_with(version)).count();
                    assert_eq!(others, 0, "{page}");
                    let style = page
                        .split("href=\"")
                        .find_map(|rest| rest.split('"').next().filter(|href| href.ends_with(".css")))
                        .expect("a style");
                    assert_eq!(get(nginx.port, style).0, 200, "{style}");
                    asked.fetch_add(2, Ordering::Relaxed);
                }
            });
        }
        for number in 0..12 {
            let text = format!("Version {number}.");
            place.write("content/briefings/p1.md", page(&format!("Version {number}"), &text));
            // Every other release has another style sheet, under another name.
            place.write("themes/default/static/site.css", format!("body {{ --version: {} }}\n", number / 2));
            place.run(&["publish"]).fine();
        }
        is_over.store(true, Ordering::Relaxed);
    });
    assert!(asked.load(Ordering::Relaxed) > 200, "only {} requests", asked.load(Ordering::Relaxed));
    let (_, page) = get(nginx.port, "/briefings/p1/");
    assert!(page.contains("Version 11."));
}

#[test]
#[ignore = "needs to mount a small file system, as root"]
fn a_full_disk_leaves_readers_what_they_had() {
    let place = site(TARGET);
    fs::create_dir(place.path("www")).expect("a folder");
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"]).arg(place.path("www")).status();
    assert!(mounted.expect("mount").success(), "a file system of a megabyte can be mounted");
    let result = std::panic::catch_unwind(|| {
        place.run(&["publish"]).fine();
        let before = seen(&place);
        place.write("static/large.bin", vec![7; 2_000_000]);
        place.run(&["publish"]).ends_with(3).says(&["make room and publish again"]);
        assert_eq!(seen(&place), before);
        assert_eq!(releases(&place).len(), 1);
        place.remove("static/large.bin");
        place.write("content/briefings/p1.md", page("Page 1", "Other text."));
        place.run(&["publish"]).fine();
        is_published(&seen(&place), &place);
    });
    Command::new("umount").arg(place.path("www")).status().expect("umount");
    result.expect("it held");
}

/// The head of nginx's answer to a request.
fn head(nginx: &Nginx, path: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", nginx.port)).expect("a connection");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").expect("a request");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    String::from_utf8_lossy(&answer).split("\r\n\r\n").next().unwrap_or_default().to_string()
}

#[test]
#[ignore = "needs what tests/run installs"]
fn nginx_with_the_lines_of_the_manual_says_what_files_are_and_shows_no_rules_of_hosts() {
    let manual = fs::read_to_string(project("docs/publishing.md")).expect("the manual");
    let block =
        manual.split("For nginx:\n\n```text\nserver {\n").nth(1).and_then(|rest| rest.split("\n}\n```").next()).expect("lines for nginx");
    let lines: Vec<&str> = block.lines().filter(|line| !line.trim_start().starts_with("root ")).collect();
    let place = site(TARGET);
    place.write("static/table.csv", "a;ü\n");
    place.write("static/notes.md", "ü\n");
    place.run(&["publish"]).fine();
    let nginx = Nginx::with(&place.path("www/current"), &lines.join("\n"));
    let types = [
        ("/briefings/p1/", "text/html; charset=utf-8"),
        ("/table.csv", "text/csv; charset=utf-8"),
        ("/notes.md", "text/markdown; charset=utf-8"),
        ("/feed.xml", "text/xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
    ];
    for (path, expected) in types {
        let head = head(&nginx, path);
        assert!(head.contains(&format!("Content-Type: {expected}\r\n")), "{path}: {head}");
    }
    for path in ["/_headers", "/_redirects", "/nowhere"] {
        assert!(head(&nginx, path).starts_with("HTTP/1.1 404"), "{path}");
    }
}

#[test]
fn a_manifest_that_cannot_be_read_stops_the_publish_and_one_of_before_keeps_the_numbers() {
    let place = Place::new(&[
        (
            "site.toml",
            "title = \"T\"\nbase_url = \"https://e.org/\"\n[numbers]\npattern = \"PB-{year}-{nnn}\"\n[publish.live]\ntarget = \"directory\"\npath = \"www\"\n",
        ),
        ("content/a.md", "---\ntitle: A\nid: PB-2025-001\ndate: 2025-02-01\n---\n\nText.\n"),
    ]);
    place.run(&["publish", "--yes"]).fine();
    let manifest = place.read("www/.chancery-manifest.json");
    place.write("content/a.md", "---\ntitle: A\nid: PB-2025-007\ndate: 2025-02-01\n---\n\nText.\n");
    for broken in [&manifest[..manifest.len() / 2], "null", "{}", "[]"] {
        place.write("www/.chancery-manifest.json", broken);
        let run = place.run(&["publish", "--yes"]);
        assert!(run.code != Some(0) && run.err.contains("cannot read what is published"), "{broken}: {}", run.err);
    }
    // As after an interruption between the switch and the manifest: it names the release before.
    let release = releases(&place).pop().expect("a release");
    place.write("www/.chancery-manifest.json", manifest.replace(&release, "20200101T000000Z-0000"));
    let run = place.run(&["publish", "--yes"]);
    assert!(run.code != Some(0) && run.err.contains("number-changed"), "{}", run.err);
    place.write("content/a.md", "---\ntitle: A\nid: pb-2025-001\ndate: 2025-02-01\n---\n\nText.\n");
    assert!(place.run(&["publish", "--yes"]).err.contains("number-changed"), "the address of a number has its capitals");
}
