//! A folder of this machine.

use std::fs;

use super::{is_published, page, site};
use crate::place::{Place, Tree, tree};

const TARGET: &str = "target = \"directory\"\npath = \"www\"";

/// What readers see.
fn seen(place: &Place) -> Tree {
    let current = place.path("www/current").canonicalize().expect("a release");
    let mut seen = tree(&current);
    seen.insert(".chancery-manifest.json".into(), fs::read(place.path("www/.chancery-manifest.json")).expect("a manifest"));
    seen
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
