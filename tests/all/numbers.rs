//! Numbers: which is next, where it leads, and what was published with another.

use crate::place::Place;

const SETTINGS: &str = "title = \"Test\"\nbase_url = \"https://example.org/\"\n\n[numbers]\npattern = \"PB-{year}-{nnn}\"\ntypes = { study = \"ST-{nn}\" }\n\n[publish.live]\ntarget = \"directory\"\npath = \"www\"\n\n[publish.draft]\ntarget = \"directory\"\npath = \"preview\"\npreviews = true\nbase_url = \"https://preview.example.org/\"\n";

fn page(title: &str, keys: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-01-05\n{keys}---\n\nText of {title}.\n")
}

fn site(pages: &[(&str, &str)]) -> Place {
    let place = Place::new(&[("site.toml", SETTINGS)]);
    pages.iter().for_each(|(name, keys)| place.write(&format!("content/briefings/{name}.md"), page(name, keys)));
    place
}

/// The number of a new page.
#[track_caller]
fn new(place: &Place, args: &[&str]) -> Option<String> {
    let mut command = place.command(&[&["new"], args].concat());
    let run = crate::place::Run::new(command.env("SOURCE_DATE_EPOCH", "1772357400").output().expect("the program starts")).fine();
    let text = place.read(run.out.trim_end());
    text.lines().find_map(|line| line.strip_prefix("id: ")).map(str::to_string)
}

#[test]
fn a_new_page_gets_the_number_behind_all_that_were_ever_used() {
    let place = site(&[
        ("a", "id: PB-2026-002\n"),
        ("b", "id: PB-2026-007\ndraft: true\n"),
        ("c", "id: PB-2025-090\n"),
        ("d", "type: study\nid: ST-04\n"),
    ]);
    assert_eq!(new(&place, &["One"]).as_deref(), Some("PB-2026-008"));
    assert_eq!(new(&place, &["Two"]).as_deref(), Some("PB-2026-009"), "that of the draft before counts");
    assert_eq!(new(&place, &["Three", "--type", "study"]).as_deref(), Some("ST-05"));
    assert_eq!(new(&place, &["Somebody", "--in", "people"]), None);
    place.write("archetypes/default.md", "---\ntitle: {{ title }}\nextra: {{ id }}\nnumber: {{ id }}\n---\n");
    place.run(&["new", "Four"]).fine();
    let text = place.read("content/briefings/four.md");
    assert!(!text.contains("\nid:") && text.contains("\nnumber: PB-20"), "{text}");
}

#[test]
fn a_number_that_was_published_is_used_though_its_page_is_gone() {
    let place = site(&[("a", "id: PB-2026-001\n"), ("b", "id: PB-2026-005\n"), ("c", "id: PB-2026-009\n")]);
    place.run(&["publish", "live"]).fine();
    place.remove("content/briefings/b.md");
    place.remove("content/briefings/c.md");
    assert_eq!(new(&place, &["One"]).as_deref(), Some("PB-2026-010"));
    place.run(&["publish", "live", "--yes"]).fine();
    let manifest = place.read("www/.chancery-manifest.json");
    assert!(!manifest.contains("PB-2026-009"), "what has left is named nowhere");
    place.write("manifest.json", manifest);
    std::fs::remove_dir_all(place.path("www")).expect("removed");
    std::fs::remove_dir_all(place.path(".chancery")).expect("removed");
    place.remove("content/briefings/one.md");
    assert_eq!(new(&place, &["Two"]).as_deref(), Some("PB-2026-002"), "nobody knows of them");
    assert_eq!(new(&place, &["Three", "--against", "manifest.json"]).as_deref(), Some("PB-2026-010"));
    let run = place.run(&["new", "Four", "--against", "site.toml"]).ends_with(2);
    run.says(&["`site.toml` is no manifest of a publish"]);
    assert!(!place.path("content/briefings/four.md").exists());
}

#[test]
fn the_address_of_a_number_leads_to_its_page_and_goes_with_it() {
    let place = site(&[("a", "id: PB-2026-001\n"), ("odd", "id: PB-26-1\n")]);
    place.build().fine().says(&["warning[odd-number]", "`PB-26-1`", "the next free one is `PB-2026-002`", "content/briefings/odd.md:4:1"]);
    assert!(place.read("public/PB-2026-001/index.html").contains("/briefings/a/"));
    assert_eq!(place.read("public/_redirects"), "/PB-2026-001/ /briefings/a/ 301\n");
    assert!(!place.path("public/PB-26-1").exists());
    place.run(&["publish", "live"]).fine();
    place.write("manifest.json", place.read("www/.chancery-manifest.json"));
    place.write("content/briefings/a.md", page("a", "id: PB-2026-001\ndraft: true\n"));
    place.run(&["check", "--against", "manifest.json"]).fine();
    place.build().fine();
    assert!(!place.path("public/PB-2026-001").exists());
    place.write("content/briefings/b.md", page("b", "").replace("Text", "[it](/PB-2026-001/) Text"));
    place.build().ends_with(1).says(&["error[hidden-link]"]);
}

#[test]
fn an_address_of_a_number_where_another_page_lives_is_told() {
    let place = site(&[("a", "id: PB-2026-001\n"), ("b", "path: /PB-2026-001/\n")]);
    place.build().fine().says(&["warning[number-taken]", "content/briefings/a.md:4:1", "is the address of `content/briefings/b.md`"]);
    assert!(place.read("public/PB-2026-001/index.html").contains("Text of b."));
}

#[test]
fn a_number_that_changed_or_was_used_again_is_an_error_of_publish_and_check() {
    let place = site(&[("a", "id: PB-2026-001\n"), ("b", "id: PB-2026-002\n"), ("c", "")]);
    place.run(&["publish", "live"]).fine();
    let before = place.read("www/.chancery-manifest.json");
    place.write("manifest.json", &before);
    let told = |parts: &[&str]| {
        let run = place.run(&["publish", "live", "--yes"]).ends_with(1);
        run.says(parts);
        assert_eq!(place.read("www/.chancery-manifest.json"), before, "nothing was published");
        let run = place.run(&["check", "--against", "manifest.json"]).ends_with(1);
        parts.iter().take(2).for_each(|part| assert!(run.out.contains(part), "{}", run.out));
    };
    place.write("content/briefings/a.md", page("a", "id: PB-2026-003\n"));
    told(&[
        "error[number-changed]",
        "published as `PB-2026-001`, and is `PB-2026-003` now",
        "content/briefings/a.md:4:1",
        "nothing was published",
    ]);
    place.write("content/briefings/a.md", page("a", ""));
    told(&["error[number-changed]", "has no number now"]);
    place.write("content/briefings/a.md", page("a", "id: PB-2026-003\naliases: [PB-2026-001]\n"));
    place.run(&["check", "--against", "manifest.json"]).fine();
    place.write("content/briefings/a.md", page("a", "id: pb-2026-001\naliases: [PB-2026-001]\n"));
    place.run(&["check", "--against", "manifest.json"]).fine();
    place.remove("content/briefings/a.md");
    place.write("content/briefings/c.md", page("c", "aliases: [/x/]\nid: PB-2026-001\n"));
    told(&["error[number-used-again]", "as that of the page at `/briefings/a/`", "`id: PB-2026-003`"]);
    place.write("content/briefings/a.md", page("a", "draft: true\n"));
    told(&["error[number-used-again]"]);
    place.remove("content/briefings/a.md");
    place.write("content/briefings/c.md", page("c", ""));
    place.write("content/notes/a.md", page("a", "id: PB-2026-001\naliases: [/briefings/a/]\n"));
    place.run(&["check", "--against", "manifest.json"]).fine();
    place.run(&["publish", "live"]).fine();
    place.write("manifest.json", place.read("www/.chancery-manifest.json"));
    place.run(&["check", "--against", "manifest.json"]).fine();
}

#[test]
fn a_number_is_remembered_when_its_page_is_long_gone_and_a_translation_carries_that_of_its_original() {
    let place = site(&[("a", "id: PB-2026-001\n"), ("b", "")]);
    place.write("site.toml", format!("languages = [\"fr\"]\n{SETTINGS}"));
    place.run(&["publish", "live"]).fine();
    place.write("content/briefings/a.fr.md", page("A", "id: PB-2026-001\n"));
    place.run(&["publish", "live"]).fine();
    assert!(place.read("public/fr/PB-2026-001/index.html").contains("/fr/briefings/a/"));
    place.remove("content/briefings/a.fr.md");
    place.remove("content/briefings/a.md");
    place.run(&["publish", "live", "--yes"]).fine();
    place.write("content/briefings/b.md", page("b", "id: PB-2026-001\n"));
    place.run(&["publish", "live"]).ends_with(1).says(&["error[number-used-again]", "as that of another page"]);
}

#[test]
fn a_pattern_that_is_none_is_told_with_what_to_write() {
    let place = site(&[]);
    place.write("site.toml", "title = \"Test\"\n[numbers]\npattern = \"PB-{year}\"\ntypes = { study = \"{n}{year}\" }\n");
    let run = place.build().ends_with(2);
    run.says(&["`numbers.pattern` must be a pattern such as `PB-{year}-{nnn}`", "`numbers.types.study` must be", "site.toml:3:11"]);
}

#[test]
fn a_publish_knows_numbers_from_the_manifest_of_before_and_refuses_one_that_it_cannot_read() {
    let place = site(&[("a", "id: PB-2026-001\n"), ("b", "")]);
    place.run(&["publish", "live"]).fine();
    let before = place.read("www/.chancery-manifest.json");
    place.write("content/briefings/b.md", page("b", "tags: [new]\n"));
    place.run(&["publish", "live"]).fine();
    place.write("content/briefings/a.md", page("a", "id: PB-2026-003\n"));
    // Somebody was interrupted between the switch and the manifest.
    place.write("www/.chancery-manifest.json", &before);
    place.run(&["publish", "live", "--yes"]).ends_with(1).says(&["error[number-changed]", "published as `PB-2026-001`"]);
    for broken in [&before[..before.len() / 2], "null"] {
        place.write("www/.chancery-manifest.json", broken);
        let run = place.run(&["publish", "live", "--yes"]);
        assert!(run.err.contains("cannot read what is published, in `") && run.err.contains(".chancery-manifest.json"), "{}", run.err);
        assert_eq!(place.read("www/.chancery-manifest.json"), broken, "nothing was published");
    }
}
