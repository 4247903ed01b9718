//! What one process leaves to the next: with it a build writes what a clean one writes, whatever was edited in between, and whatever became of it.

use std::fs;
use std::time::SystemTime;

use crate::place::{NOW, Place, difference};

/// Pages that link, mention people, call a shortcode, have key points, and one with a warning.
fn site() -> Place {
    let place = Place::new(&[
        ("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\n"),
        ("content/people/ada.md", "---\ntitle: Ada Lovelace\n---\n\nA person.\n"),
        ("templates/shortcodes/hello.html", "{% component hello() %}<b>hello</b>{% endcomponent hello %}"),
    ]);
    for number in 0..6 {
        let next = (number + 1) % 6;
        let text = format!("Grace Hopper met Ada Lovelace \"there\". See [it](p{next}.md#part).\n\n{{{{< hello >}}}}\n\n## Part\n");
        let front = format!("title: Page {number}\ndate: 2026-01-0{}\nkey_points: [One of *them*]", number + 1);
        place.write(&format!("content/briefings/p{number}.md"), format!("---\n{front}\n---\n\n{text}"));
    }
    place.write("content/briefings/warned.md", "---\ntitle: Warned\ndate: 2026-01-01\n---\n\n{% include nav.html %}\n");
    place
}

/// Builds, does something, builds again in another process, and compares with a clean build.
#[track_caller]
fn equals_a_clean_build_after(edit: impl Fn(&Place)) {
    let place = site();
    place.build().fine();
    edit(&place);
    let run = place.build().fine();
    let clean = site();
    edit(&clean);
    let clean_run = clean.build().fine();
    assert_eq!(difference(&place.output(), &clean.output()), None);
    assert_eq!(run.err, clean_run.err, "the same warnings are told");
    // An output that has to be made anew is made of what is remembered.
    fs::remove_dir_all(place.path("public")).expect("an output");
    place.build().fine();
    assert_eq!(difference(&place.output(), &clean.output()), None);
}

const KEPT: &str = ".chancery/cache/bodies";

#[test]
fn nothing() {
    equals_a_clean_build_after(|_| {});
}

#[test]
fn an_edited_page() {
    equals_a_clean_build_after(|place| {
        place.write("content/briefings/p3.md", "---\ntitle: Other\ndate: 2026-01-04\n---\n\n# Head\n\nOther [text](p2.md).\n\n## Part\n");
    });
}

#[test]
fn a_removed_page() {
    equals_a_clean_build_after(|place| {
        place.write("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\n[links]\ninternal = \"warn\"\n");
        place.remove("content/briefings/p3.md");
    });
}

#[test]
fn an_edited_template() {
    equals_a_clean_build_after(|place| {
        place
            .write("templates/briefing.html", "<h1>{{ page.title }}</h1>{{ content }}{% for point in key_points %}{{ point }}{% endfor %}");
    });
}

#[test]
fn an_edited_shortcode() {
    equals_a_clean_build_after(|place| {
        place.write("templates/shortcodes/hello.html", "{% component hello() %}<i>good day</i>{% endcomponent hello %}");
    });
}

#[test]
fn other_settings() {
    equals_a_clean_build_after(|place| {
        place.write(
            "site.toml",
            "title = \"Test\"\nbase_url = \"https://example.org/p/\"\nlanguage = \"fr\"\n[markdown]\nsmart_punctuation = false\n",
        );
    });
}

#[test]
fn a_new_person_whose_name_is_in_old_pages() {
    equals_a_clean_build_after(|place| place.write("content/people/grace.md", "---\ntitle: Grace Hopper\n---\n\nA person.\n"));
    let place = site();
    place.build().fine();
    place.write("content/people/grace.md", "---\ntitle: Grace Hopper\n---\n\nA person.\n");
    place.build().fine();
    assert!(place.read("public/people/grace/index.html").contains("/briefings/p3/"), "the page says where she is mentioned");
}

#[test]
fn a_damaged_memory() {
    equals_a_clean_build_after(|place| {
        if let Ok(mut bytes) = fs::read(place.path(KEPT)) {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            place.write(KEPT, bytes);
        }
    });
}

#[test]
fn a_memory_of_which_the_end_is_missing() {
    equals_a_clean_build_after(|place| {
        if let Ok(bytes) = fs::read(place.path(KEPT)) {
            place.write(KEPT, &bytes[..bytes.len() / 2]);
        }
    });
}

#[test]
fn a_memory_of_another_program() {
    equals_a_clean_build_after(|place| {
        if let Ok(mut bytes) = fs::read(place.path(KEPT)) {
            // The version stands behind its length.
            bytes[1..5].copy_from_slice(b"none");
            place.write(KEPT, bytes);
        }
    });
}

#[test]
fn a_memory_that_is_no_file() {
    equals_a_clean_build_after(|place| {
        if place.path(KEPT).exists() {
            place.remove(KEPT);
            place.write(&format!("{KEPT}/x"), "a file in a folder");
        }
    });
}

fn saved(place: &Place) -> (Vec<u8>, SystemTime) {
    let file = place.path(KEPT);
    (fs::read(&file).expect("a memory"), fs::metadata(&file).and_then(|data| data.modified()).expect("a time"))
}

#[test]
fn the_memory_is_saved_again_only_when_it_has_changed() {
    let place = site();
    place.build().fine();
    let first = saved(&place);
    place.build().fine();
    assert!(saved(&place) == first, "nothing has changed");
    place.write("content/briefings/p1.md", "---\ntitle: Other\n---\n\nOther.\n\n## Part\n");
    place.build().fine();
    let second = saved(&place);
    assert!(second.0 != first.0, "a body is new");
    place.write("content/briefings/p2.md", "---\ntitle: Draft\ndraft: true\n---\n\nText.\n");
    place.write("content/briefings/p1.md", "---\ntitle: Other\n---\n\nOther.\n");
    place.build().ends_with(1);
    assert!(saved(&place) == second, "a build that fails leaves it as it was");
}

#[test]
fn force_does_not_ask_the_memory_and_other_commands_only_read_it() {
    let place = site();
    place.build().fine();
    let (before, output) = (saved(&place), place.output());
    place.run(&["check", "--now", NOW]).fine();
    place.run(&["list", "--now", NOW]).fine();
    assert!(saved(&place) == before);
    place.run(&["build", "--now", NOW, "--force"]).fine();
    assert!(saved(&place).0 == before.0, "the same is remembered");
    assert_eq!(difference(&place.output(), &output), None);
}
