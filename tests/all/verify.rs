//! `--verify`: an output and a preview are held against a build from nothing.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use chancery::fingerprint::Fingerprint;

use crate::place::{NOW, Place, Run};

fn site() -> Place {
    let place = Place::new(&[("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\n"), ("static/note.txt", "one\n")]);
    for name in ["a", "b"] {
        place
            .write(&format!("content/briefings/{name}.md"), format!("---\ntitle: Page {name}\ndate: 2026-01-01\n---\n\nText of {name}.\n"));
    }
    place
}

fn verify(place: &Place) -> Run {
    place.run(&["build", "--now", NOW, "--verify"])
}

/// Changes bytes of a file and keeps its size and time.
fn tamper(place: &Place, path: &str) {
    let text = place.read(path);
    let path = place.path(path);
    let time = fs::metadata(&path).and_then(|data| data.modified()).expect("a time");
    fs::write(&path, text.replace("Text of", "Lies of")).expect("written");
    File::options().write(true).open(&path).and_then(|file| file.set_modified(time)).expect("set");
}

/// Rewrites the manifest with a seal that holds.
fn rewrite(place: &Place, edit: impl Fn(&str) -> String) {
    let mut entries = fs::read_dir(place.path(".chancery/outputs")).expect("a folder").flatten().map(|entry| entry.path());
    let path = entries.find(|path| path.extension().is_some_and(|extension| extension == "manifest")).expect("a manifest");
    let text = fs::read_to_string(&path).expect("text");
    let inside = edit(&text[..text.trim_end().rfind('\n').expect("lines") + 1]);
    let seal = Fingerprint::of_bytes(inside.as_bytes());
    fs::write(&path, format!("{inside}end {seal}\n")).expect("written");
}

#[test]
fn a_build_that_is_as_it_should_be_says_so() {
    let place = site();
    let run = verify(&place).fine();
    assert!(run.out.contains("Verified ") && run.out.contains(" files in "), "{}", run.out);
    place.write("content/briefings/a.md", "---\ntitle: Other\ndate: 2026-01-01\n---\n\nOther.\n");
    assert!(verify(&place).fine().out.contains("all are as a build from nothing makes them"));
    assert_eq!(place.run(&["-q", "build", "--now", NOW, "--verify"]).fine().out, "");
}

#[test]
fn bytes_that_changed_behind_the_manifest_are_found_and_named() {
    let place = site();
    place.build().fine();
    tamper(&place, "public/briefings/a/index.html");
    place.build().fine();
    let run = verify(&place).ends_with(4);
    let said = run.says(&["1 file is not as a build from nothing makes it", "briefings/a/index.html: has other bytes", "--force"]);
    assert!(said.out.contains("0 files written"), "{}", said.out);
    place.run(&["build", "--now", NOW, "--verify", "--force"]).fine();
    assert!(place.read("public/briefings/a/index.html").contains("Text of a"));
}

#[test]
fn a_file_under_a_wrong_key_in_the_manifest_is_found() {
    let place = site();
    place.build().fine();
    // The edit is not seen, because the manifest says that the old file has the key of the new one.
    let key_of = |place: &Place| {
        let mut found = String::new();
        let entries = fs::read_dir(place.path(".chancery/outputs")).expect("a folder").flatten();
        let manifest = entries.map(|entry| entry.path()).find(|path| path.extension().is_some_and(|extension| extension == "manifest"));
        for line in fs::read_to_string(manifest.expect("a manifest")).expect("text").lines() {
            if line.ends_with(" briefings/a/index.html") {
                found = line[..32].to_string();
            }
        }
        found
    };
    let old = key_of(&place);
    let other = site();
    other.write("content/briefings/a.md", "---\ntitle: Page a\ndate: 2026-01-01\n---\n\nNews of a.\n");
    other.build().fine();
    let new = key_of(&other);
    assert_ne!(old, new);
    rewrite(&place, |text| text.replace(&old, &new));
    place.write("content/briefings/a.md", "---\ntitle: Page a\ndate: 2026-01-01\n---\n\nNews of a.\n");
    verify(&place).ends_with(4).says(&["briefings/a/index.html: has other bytes"]);
}

/// A store of remembered pages in which a text is another, under a seal that says it is whole: pieces of a length, a seal and bytes.
fn lies(mut store: Vec<u8>) -> Vec<u8> {
    const BEFORE: usize = 4 + 16;
    let (mut at, mut changed) = (0, 0);
    while at < store.len() {
        let length = u32::from_le_bytes(store[at..at + 4].try_into().expect("four bytes")) as usize;
        let piece = at + BEFORE..at + BEFORE + length;
        while let Some(found) = store[piece.clone()].windows(9).position(|window| window == b"Text of a") {
            store[piece.start + found..][..4].copy_from_slice(b"Lies");
            changed += 1;
        }
        let seal = Fingerprint::of_bytes(&store[piece.clone()]).0.to_le_bytes();
        store[at + 4..at + BEFORE].copy_from_slice(&seal);
        at = piece.end;
    }
    assert!(changed > 0, "the text is remembered");
    store
}

#[test]
fn a_memory_that_is_wrong_is_found_and_force_does_without_it() {
    let place = site();
    place.build().fine();
    let path = place.path(".chancery/cache/pages");
    fs::write(&path, lies(fs::read(&path).expect("a memory"))).expect("written");
    fs::remove_dir_all(place.path("public")).expect("removed");
    verify(&place).ends_with(4).says(&["briefings/a/index.html: has other bytes"]);
    let serving = place.command(&["serve", "--verify"]).stderr(Stdio::piped()).stdout(Stdio::null()).spawn();
    let mut serving = serving.expect("the program starts");
    let lines = BufReader::new(serving.stderr.take().expect("a pipe")).lines();
    let said = lines.map_while(Result::ok).find(|line| line.contains("briefings/a/index.html: has other bytes"));
    serving.kill().and_then(|()| serving.wait()).expect("it ends");
    assert!(said.is_some());
    place.run(&["build", "--now", NOW, "--verify", "--force"]).fine();
}

#[test]
fn ten_files_are_named_and_the_rest_counted() {
    let place = site();
    for number in 10..25 {
        place.write(&format!("content/briefings/p{number}.md"), format!("---\ntitle: P{number}\ndate: 2026-01-01\n---\n\nText of it.\n"));
    }
    place.build().fine();
    (10..25).for_each(|number| tamper(&place, &format!("public/briefings/p{number}/index.html")));
    let run = verify(&place).ends_with(4);
    assert_eq!(run.err.matches("has other bytes").count(), 10, "{}", run.err);
    assert!(run.err.contains("… and "), "{}", run.err);
}

#[test]
fn a_site_with_mistakes_is_not_verified() {
    let place = site();
    place.write("content/briefings/a.md", "[gone](gone.md)\n");
    let run = verify(&place).ends_with(1);
    assert!(!run.out.contains("Verified"), "{}", run.out);
}
