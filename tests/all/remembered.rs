//! What one process leaves to the next: with it a build writes what a clean one writes, whatever was edited in between, and whatever became of it.

use std::fs;
use std::time::{Duration, SystemTime};

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

/// The file of what was made of pages, and of what was read and came of it.
const PAGES: &str = ".chancery/cache/pages";
const BUILD: &str = ".chancery/cache/build";
const WORDS: &str = ".chancery/cache/words";

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
    for kept in [PAGES, BUILD, WORDS] {
        equals_a_clean_build_after(|place| {
            if let Ok(mut bytes) = fs::read(place.path(kept)) {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
                place.write(kept, bytes);
            }
        });
    }
}

#[test]
fn a_memory_of_which_the_end_is_missing() {
    for kept in [PAGES, BUILD, WORDS] {
        equals_a_clean_build_after(|place| {
            if let Ok(bytes) = fs::read(place.path(kept)) {
                place.write(kept, &bytes[..bytes.len() / 2]);
            }
        });
    }
}

#[test]
fn a_memory_of_another_program() {
    for kept in [PAGES, BUILD, WORDS] {
        equals_a_clean_build_after(|place| {
            if let Ok(mut bytes) = fs::read(place.path(kept)) {
                // The version stands behind its length.
                bytes[1..5].copy_from_slice(b"none");
                place.write(kept, bytes);
            }
        });
    }
}

#[test]
fn a_memory_that_is_no_file() {
    for kept in [PAGES, BUILD, WORDS] {
        equals_a_clean_build_after(|place| {
            if place.path(kept).exists() {
                place.remove(kept);
                place.write(&format!("{kept}/x"), "a file in a folder");
            }
        });
    }
}

#[test]
fn a_memory_of_another_site() {
    let (place, other) = (site(), site());
    place.build().fine();
    other.write("content/briefings/p1.md", "---\ntitle: Other\n---\n\nOther.\n\n## Part\n");
    let expected = (other.build().fine(), other.output());
    fs::remove_dir_all(other.path(".chancery/cache")).expect("a memory");
    fs::remove_dir_all(other.path("public")).expect("an output");
    for kept in [PAGES, BUILD, WORDS] {
        other.write(kept, fs::read(place.path(kept)).expect("a memory"));
    }
    assert_eq!(other.build().fine().err, expected.0.err);
    assert_eq!(difference(&other.output(), &expected.1), None);
}

/// Sites whose files have rested long enough to be known without being read.
fn rested(count: usize) -> Vec<Place> {
    let places: Vec<Place> = (0..count).map(|_| site()).collect();
    // A file is trusted when it is two seconds older than the time at which it was read.
    std::thread::sleep(Duration::from_millis(3_200));
    places.iter().for_each(|place| drop(place.build().fine()));
    places
}

#[test]
fn texts_that_are_known_are_not_read_and_those_that_changed_are() {
    type Edit = fn(&Place);
    let edits: [(&str, Edit); 12] = [
        ("nothing", |_| {}),
        ("a page", |place| place.write("content/briefings/p3.md", "---\ntitle: Other\n---\n\nOther [text](p2.md).\n\n## Part\n")),
        ("a letter, with the old time of change", |place| {
            let path = place.path("content/briefings/p3.md");
            let time = fs::metadata(&path).and_then(|data| data.modified()).expect("a time");
            let text = fs::read_to_string(&path).expect("a page").replace("Grace", "Grice");
            fs::write(&path, text).expect("written");
            fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(time)).expect("an old time");
        }),
        ("a page behind another", |place| {
            let (one, other) = (place.path("content/briefings/p3.md"), place.path("content/briefings/p4.md"));
            fs::rename(place.path("content/briefings/p5.md"), &one).expect("moved");
            fs::rename(other, place.path("content/briefings/p5.md")).expect("moved");
            fs::rename(one, place.path("content/briefings/p4.md")).expect("moved");
            place.write("content/briefings/p3.md", "---\ntitle: Other\n---\n\nOther.\n\n## Part\n");
        }),
        ("a page that is gone", |place| {
            place.write("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\n[links]\ninternal = \"warn\"\n");
            place.remove("content/briefings/p3.md");
        }),
        ("a template", |place| place.write("templates/briefing.html", "<h1>{{ page.title }}</h1>{{ content }}")),
        ("a shortcode", |place| {
            place.write("templates/shortcodes/hello.html", "{% component hello() %}<i>good day</i>{% endcomponent hello %}");
        }),
        ("a person", |place| place.write("content/people/grace.md", "---\ntitle: Grace Hopper\n---\n\nA person.\n")),
        ("a cascade", |place| place.write("content/briefings/_index.md", "---\ncascade: {topics: [New]}\n---\n")),
        ("data", |place| place.write("content/_data/facts.yaml", "a: 1\n")),
        ("a static file", |place| place.write("static/x.txt", "x")),
        ("a language", |place| {
            place.write("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\nlanguages = [\"fr\"]\n");
            place.write("content/briefings/p3.fr.md", "---\ntitle: Autre\ndate: 2026-01-04\n---\n\n## Part\n");
        }),
    ];
    for (place, (what, edit)) in rested(edits.len()).iter().zip(edits) {
        edit(place);
        let run = place.build().fine();
        let clean = site();
        edit(&clean);
        let clean_run = clean.build().fine();
        assert_eq!(difference(&place.output(), &clean.output()), None, "{what}");
        assert_eq!(run.err, clean_run.err, "the same warnings are told: {what}");
    }
}

#[test]
fn a_build_looks_at_no_page_when_nothing_has_changed() {
    let place = rested(1).remove(0);
    let before = place.output();
    let run = place.run(&["build", "--now", NOW, "--timings"]).fine();
    assert!(run.out.contains("sources") && !run.out.contains("front matter"), "{}", run.out);
    assert_eq!(difference(&place.output(), &before), None);
}

#[test]
fn an_output_that_was_changed_by_hand_is_mended_although_nothing_else_has_changed() {
    let place = site();
    place.build().fine();
    let before = place.output();
    place.write("public/briefings/p1/index.html", "changed by hand");
    place.remove("public/feed.xml");
    place.build().fine();
    assert_eq!(difference(&place.output(), &before), None);
}

#[test]
fn what_is_due_appears_although_no_file_has_changed() {
    let place = site();
    place.write("content/briefings/later.md", "---\ntitle: Later\ndate: 2026-12-01\n---\n\nText.\n");
    place.run(&["build", "--now", "2026-11-30T23:59:59Z"]).fine();
    place.run(&["build", "--now", "2026-11-30T23:59:59Z"]).fine();
    assert!(!place.path("public/briefings/later/index.html").exists());
    place.run(&["build", "--now", "2026-12-01T00:00:00Z"]).fine();
    assert!(place.path("public/briefings/later/index.html").exists());
    place.run(&["build", "--now", "2026-11-30T23:59:59Z"]).fine();
    assert!(!place.path("public/briefings/later/index.html").exists(), "and it is gone again as of an earlier instant");
}

#[test]
fn another_way_to_build_is_another_build() {
    let place = site();
    place.write("content/briefings/draft.md", "---\ntitle: Draft\ndraft: true\n---\n\nText.\n");
    place.build().fine();
    let before = place.output();
    for flags in [&["--drafts"][..], &["--relative-urls"], &["--base-url", "https://example.net/x/"], &["--set", "title=Other"]] {
        place.run(&[&["build", "--now", NOW], flags].concat()).fine();
        assert!(difference(&place.output(), &before).is_some(), "{flags:?}");
    }
    place.build().fine();
    assert_eq!(difference(&place.output(), &before), None);
}

fn saved(place: &Place) -> (Vec<u8>, SystemTime) {
    let file = place.path(PAGES);
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
