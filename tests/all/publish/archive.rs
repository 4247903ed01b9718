//! A `.zip` or `.tar.gz` with the whole site.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use flate2::read::GzDecoder;

use super::{is_published, page, site};
use crate::place::{Place, Run, Tree};

const ZIP: &str = "target = \"archive\"\npath = \"out/site.zip\"";
const TAR: &str = "target = \"archive\"\npath = \"out/site.tar.gz\"";

/// The paths in an archive in their order, and what each holds.
fn entries(path: &Path) -> Vec<(String, Vec<u8>)> {
    let file = File::open(path).expect("an archive");
    let mut found = Vec::new();
    if path.extension().is_some_and(|extension| extension == "zip") {
        let mut archive = zip::ZipArchive::new(file).expect("a zip");
        for number in 0..archive.len() {
            let mut entry = archive.by_index(number).expect("an entry");
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("whole");
            assert_eq!(entry.unix_mode(), Some(0o100_644));
            found.push((entry.name().to_string(), bytes));
        }
    } else {
        for entry in tar::Archive::new(GzDecoder::new(file)).entries().expect("a tar") {
            let mut entry = entry.expect("an entry");
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("whole");
            let header = entry.header();
            let about = (header.mode().ok(), header.uid().ok(), header.username().ok().flatten());
            assert_eq!(about, (Some(0o644), Some(0), Some("")));
            found.push((entry.path().expect("a path").to_string_lossy().into_owned(), bytes));
        }
    }
    found
}

fn archived(path: &Path) -> Tree {
    entries(path).into_iter().collect::<BTreeMap<_, _>>()
}

/// What is in the folder of the archive.
fn names(place: &Place) -> Vec<String> {
    let entries = fs::read_dir(place.path("out")).expect("a folder").flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn the_archive_holds_the_output_in_the_order_of_paths_and_after_a_change_the_new_one() {
    for (target, path) in [(ZIP, "out/site.zip"), (TAR, "out/site.tar.gz")] {
        let place = site(target);
        place.write(&format!("static/é {}/f.txt", "n".repeat(150)), "x");
        let run = place.run(&["publish"]).fine();
        assert!(run.out.contains("  + /briefings/p1/  Page 1\n"), "{}", run.out);
        let found = entries(&place.path(path));
        assert!(found.is_sorted_by(|one, other| one.0 < other.0), "{path}");
        is_published(&archived(&place.path(path)), &place);
        place.write("content/briefings/p1.md", page("Page 1", "Other text."));
        place.remove("content/briefings/p2.md");
        let run = place.run(&["publish"]).fine();
        assert!(run.out.contains("  ~ /briefings/p1/  Page 1\n") && run.out.contains("  - /briefings/p2/"), "{}", run.out);
        is_published(&archived(&place.path(path)), &place);
        assert_eq!(names(&place).len(), 1);
    }
}

#[test]
fn the_same_release_makes_the_same_bytes_and_is_not_written_twice() {
    for (target, path) in [(ZIP, "out/site.zip"), (TAR, "out/site.tar.gz")] {
        let (one, other) = (site(target), site(target));
        one.run(&["publish"]).fine();
        other.run(&["build"]).fine();
        for entry in walkdir::WalkDir::new(other.path("public")).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
            let file = File::options().write(true).open(entry.path()).expect("a file");
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_500_000_000)).expect("another time");
        }
        other.run(&["publish", "--no-build"]).fine();
        let bytes = fs::read(one.path(path)).expect("an archive");
        assert!(bytes == fs::read(other.path(path)).expect("an archive"), "{path}");
        let written = |place: &Place| fs::metadata(place.path(path)).expect("an archive").modified().expect("a time");
        let before = written(&one);
        assert!(one.run(&["publish"]).fine().out.contains("Nothing to publish"));
        assert_eq!(written(&one), before);
        // By way of another release, too.
        one.write("content/briefings/new.md", page("New", "Text."));
        one.run(&["publish"]).fine();
        one.remove("content/briefings/new.md");
        one.run(&["publish"]).fine();
        assert!(bytes == fs::read(one.path(path)).expect("an archive"), "{path}");
    }
}

#[test]
fn what_is_not_ours_is_never_replaced_and_a_damaged_archive_of_ours_is() {
    for (target, path) in [(ZIP, "out/site.zip"), (TAR, "out/site.tar.gz")] {
        let place = site(target);
        for text in ["", "somebody's notes, which are longer than any header of an archive is"] {
            place.write(path, text);
            place.run(&["publish"]).ends_with(3).says(&["site.", "is in the way", "choose another path"]);
            assert_eq!(place.read(path), text);
        }
        place.remove(path);
        place.run(&["publish"]).fine();
        let mut bytes = fs::read(place.path(path)).expect("an archive");
        let middle = bytes.len() / 2;
        bytes[middle..middle + 40].fill(7);
        place.write(path, &bytes);
        place.run(&["publish"]).fine();
        is_published(&archived(&place.path(path)), &place);
    }
    let place = site(ZIP);
    fs::create_dir_all(place.path("out/site.zip")).expect("a folder");
    place.run(&["publish"]).ends_with(3).says(&["is in the way"]);
}

#[test]
fn when_the_disk_is_full_the_old_archive_stays_and_nothing_else() {
    let place = site(ZIP);
    place.run(&["publish"]).fine();
    let before = fs::read(place.path("out/site.zip")).expect("an archive");
    place.write("content/briefings/p1.md", page("Page 1", "Other text."));
    place.run(&["build"]).fine();
    // No file may become longer than 16 KiB.
    let script = "trap '' XFSZ; ulimit -f 16; exec \"$0\" publish --no-build";
    let command = place.command(&[]);
    let mut shell = Command::new("bash");
    shell.current_dir(place.root()).env_clear().env("PATH", "/usr/bin:/bin").args(["-c", script]).arg(command.get_program());
    Run::new(shell.output().expect("bash")).ends_with(3).says(&["cannot write"]);
    assert_eq!(names(&place), ["site.zip"]);
    assert!(fs::read(place.path("out/site.zip")).expect("an archive") == before);
    place.run(&["publish", "--no-build"]).fine();
    is_published(&archived(&place.path("out/site.zip")), &place);
}

#[test]
fn a_dry_run_writes_nothing() {
    let place = site(TAR);
    let run = place.run(&["publish", "--dry-run"]).fine();
    assert!(run.out.contains("nothing was changed") && !place.path("out").exists(), "{}", run.out);
}
