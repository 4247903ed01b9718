//! The audit: what would give away a hidden page is found in every build, at the line where a source says it.

use crate::place::Place;

fn site(settings: &str, files: &[(&str, &str)]) -> Place {
    let place = Place::new(&[
        ("site.toml", &format!("title = \"T\"\nbase_url = \"https://example.org/\"\n{settings}\n")),
        ("content/_index.md", "---\ntitle: Home\n---\n\nWelcome.\n"),
    ]);
    files.iter().for_each(|(path, text)| place.write(path, text));
    place
}

fn page(more: &str, text: &str) -> String {
    format!("---\ntitle: A title of {}\ndate: 2026-01-05\n{more}---\n\n{text}\n", more.len())
}

/// What leads to a leak, and where it must be told.
fn leaks(files: &[(&str, &str)], secret: (&str, &str), places: &[&str]) {
    let place = site("", files);
    place.write(secret.0, page(secret.1, "x"));
    for command in ["build", "check"] {
        let run = place.run(&[command, "--now", crate::place::NOW]).ends_with(1);
        let said = if command == "check" { &run.out } else { &run.err };
        for expected in places {
            assert!(said.contains(&format!("--> {expected}")), "{command}: no `{expected}` in\n{said}");
        }
        assert_eq!(said.matches("error[leak]").count(), places.len(), "{command}:\n{said}");
    }
    assert!(!place.path("public").exists(), "nothing is written");
    place.remove(secret.0);
    place.build().fine();
}

#[test]
fn a_number_in_a_text_is_told_at_its_line_however_many_files_it_reaches() {
    for id in ["R-3", "PB-2027-003"] {
        let text = page("", &format!("First.\n\nSee {id} soon."));
        leaks(
            &[("content/briefings/a.md", &text)],
            ("content/briefings/s.md", &format!("id: {id}\ndraft: true\n")),
            &["content/briefings/a.md:8:5"],
        );
    }
}

#[test]
fn addresses_in_raw_html_templates_static_files_and_data_are_told() {
    let secret = ("content/briefings/secret-merger.md", "status: review\n");
    let html = page("", "<div data-next=\"/briefings/secret-merger/\">x</div>");
    leaks(&[("content/briefings/a.md", &html)], secret, &["content/briefings/a.md:6:17"]);
    leaks(&[("static/x/old.html", "<p>\n<a href=\"../../briefings/secret-merger/\">x</a>")], secret, &["static/x/old.html:2:10"]);
    let template =
        "{% extends \"theme/base.html\" %}\n{% block head_extra %}<link rel=\"next\" href=\"/briefings/secret-merger/\">{% endblock %}";
    leaks(&[("templates/base.html", template)], secret, &["templates/base.html:2:"]);
}

#[test]
fn a_file_beside_a_hidden_page_is_hidden_and_so_is_its_address() {
    let files =
        [("content/briefings/s/plan.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), ("static/a.txt", "/briefings/s/plan.svg")];
    leaks(&files, ("content/briefings/s/index.md", "publish_at: 2030-01-01\n"), &["static/a.txt:1:1"]);
}

#[test]
fn a_file_below_a_hidden_section_is_hidden_and_so_is_its_address() {
    let files = [("content/merger/plan.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), ("static/a.txt", "see\n/merger/plan.svg")];
    leaks(&files, ("content/merger/_index.md", "status: draft\n"), &["static/a.txt:2:1"]);
}

#[test]
fn an_address_in_quotation_marks_or_with_an_ampersand_is_told() {
    let text = page("", "The text is at \"/briefings/plan/\" from Monday.");
    leaks(&[("content/briefings/a.md", &text)], ("content/briefings/plan.md", "draft: true\n"), &["content/briefings/a.md:6:17"]);
    let text = page("", "See `/r&d/x/` soon.");
    leaks(&[("content/briefings/a.md", &text)], ("content/x.md", "draft: true\npath: \"/r&d/x/\"\n"), &["content/briefings/a.md:6:6"]);
}

#[test]
fn a_wikilink_that_an_editor_escaped_is_told_when_its_page_is_hidden() {
    let text = page("", "See \\[\\[merger-plan\\]\\] and \\[\\[A|words]].");
    leaks(&[("content/briefings/a.md", &text)], ("content/briefings/merger-plan.md", "draft: true\n"), &["content/briefings/a.md:6:9"]);
}

#[test]
fn what_a_public_page_or_another_site_stands_at_is_no_leak() {
    let hidden = |title: &str| page("publish_at: 2030-01-01\n", title);
    let place = site(
        "languages = [\"fr\"]",
        &[
            ("content/briefings/d.md", &hidden("x")),
            ("content/briefings/d.fr.md", &page("", "Le texte.")),
            ("content/briefings/budget.md", &hidden("x")),
            ("content/eu/briefings/budget.md", &page("", "Text.")),
            ("content/policies/sanctions.md", &hidden("x")),
            ("content/a.md", &page("", "See <https://www.example.com/en/policies/sanctions/> and [b](eu/briefings/budget.md).")),
        ],
    );
    place.build().fine();
    assert!(place.read("public/a/index.html").contains("/en/policies/sanctions/"));
}

#[test]
fn what_a_hidden_translation_shares_with_its_original_is_no_secret() {
    let text = |more: &str| page(&format!("id: R-3\naliases: [/old/]\n{more}"), "See [[d]] or \\[\\[d\\]\\], R-3.");
    let place = site("languages = [\"fr\"]", &[("content/d.md", &text("")), ("content/d.fr.md", &text("draft: true\n"))]);
    place.build().fine();
    place.write("static/a.txt", "/fr/d/");
    place.build().ends_with(1).says(&["error[leak]: `/fr/d/` gives away `content/d.fr.md`"]);
}

#[test]
fn files_that_are_kept_are_looked_at_when_something_new_is_hidden() {
    let place = site("", &[("static/a.txt", "see /plan/"), ("content/b.md", &page("", "Text."))]);
    place.build().fine();
    place.write("content/plan.md", page("draft: true\n", "x"));
    place.build().ends_with(1).says(&["error[leak]", "static/a.txt:1:5"]);
    place.remove("content/plan.md");
    place.build().fine();
    place.write("content/other.md", page("draft: true\n", "x"));
    place.build().fine();
    // Nothing is made again, and nothing is looked at again; only the text of the draft has changed.
    place.write("content/other.md", page("draft: true\n", "y"));
    let run = place.build().fine();
    assert!(run.out.contains("0 files written"), "{}", run.out);
}

#[test]
fn an_output_that_nobody_looked_through_is_not_published() {
    let place = site("[publish.live]\ntarget = \"directory\"\npath = \"www\"", &[("content/s.md", &page("draft: true\n", "x"))]);
    place.run(&["build"]).fine();
    place.run(&["publish", "--no-build", "--dry-run"]).fine();
    let records = std::fs::read_dir(place.path(".chancery/outputs")).expect("records").map(|entry| entry.expect("an entry").path());
    let record = records.into_iter().find(|path| path.extension().is_some_and(|kind| kind == "audit")).expect("a record");
    std::fs::remove_file(record).expect("removed");
    place.run(&["publish", "--no-build"]).ends_with(3).says(&["nobody has looked in `public` for what would give away hidden pages"]);
    place.run(&["publish"]).fine();
}
