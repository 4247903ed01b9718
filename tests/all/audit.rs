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

/// A site with a bundle that is hidden, and files.
fn with_secret(settings: &str, files: &[(&str, &str)]) -> Place {
    let secret = "---\ntitle: Closing the two northern ports\nid: PB-2027-003\ndraft: true\ntags: [ports at night]\n---\n\n\
                  Ships of every flag will leave both harbours before the end of May. [@secret2027]\n\n{{< tide >}}\n";
    let place = site(settings, &[("content/briefings/s/index.md", secret), ("content/briefings/s/ships-and-tonnes.csv", TABLE)]);
    files.iter().for_each(|(path, text)| place.write(path, text));
    place
}

const TABLE: &str = "port,ships,tonnes\nnorth one,120,44000\nnorth two,88,31500\nsouth,12,900\n";

#[test]
fn a_title_eight_words_and_a_copy_are_told_with_what_allows_them() {
    let place = with_secret(
        "",
        &[
            ("content/a.md", &page("", "On closing the *two* northern ports, see elsewhere.")),
            ("static/notes.txt", "First.\nThey said ships of every flag will leave both harbours, and soon.\n"),
            ("static/table.csv", TABLE),
        ],
    );
    place.build().ends_with(1).says(&[
        "`Closing the two northern ports` gives away `content/briefings/s/index.md`",
        "content/a.md:6:4",
        "`Ships of every flag will leave both harbours` gives away",
        "static/notes.txt:2:11",
        "a copy of `content/briefings/s/ships-and-tonnes.csv` gives away",
        "--> static/table.csv",
        "if it is no secret, say `[audit] allow = [\"Closing the two northern ports\"]`",
    ]);
    let allow = |entries: &str| place.run(&["check", "--set", &format!("audit.allow=[{entries}]")]);
    allow("\"Closing the two northern ports\", \"Ships of every flag will leave both harbours\", \"static/table.csv\"").fine();
    allow("\"content/a.md\", \"static/\"").fine();
    allow("\"content/briefings/s/index.md\"").fine();
    allow("\"content/a.md\"").ends_with(1);
    place.run(&["check", "--set", "audit.level=off"]).fine();
}

#[test]
fn a_site_that_only_warns_is_written_and_warned_again() {
    let place = with_secret("[audit]\nlevel = \"warn\"", &[("static/notes.txt", "PB-2027-003\n")]);
    for _ in 0..2 {
        place.build().fine().says(&["warning[leak]: `PB-2027-003` gives away", "static/notes.txt:1:1"]);
    }
    place.write("static/notes.txt", "Nothing.\n");
    let run = place.build().fine();
    assert!(!run.err.contains("leak"), "{}", run.err);
}

#[test]
fn what_a_kept_file_has_in_common_with_a_page_is_told_when_the_page_has_it_no_more() {
    let shared = "They said ships of every flag will leave both harbours, and soon.";
    let place = with_secret("", &[("content/a.md", &page("", shared)), ("static/notes.txt", shared)]);
    place.build().fine();
    place.write("content/a.md", page("", "Nothing."));
    place.build().ends_with(1).says(&["`Ships of every flag will leave both harbours` gives away", "static/notes.txt:1:11"]);
}

#[test]
fn what_is_packed_is_looked_through() {
    use std::io::Write;
    let place = with_secret("", &[]);
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(b"<p>Closing the two northern ports</p>").expect("memory takes it");
    place.write("static/old.html.gz", packer.finish().expect("memory takes it"));
    place.build().ends_with(1).says(&["`Closing the two northern ports` gives away", "--> static/old.html.gz"]);
}

#[test]
fn what_only_hidden_pages_use_is_listed_and_no_warning() {
    let tide = "{% component tide() %}<i>tide</i>{% endcomponent tide %}\n";
    let place =
        with_secret("", &[("templates/shortcodes/tide.html", tide), ("content/_data/s.bib", "@misc{secret2027, title={A}, date={2026}}")]);
    place.write("content/a.md", page("", "Text."));
    place.run(&["check", "--strict"]).fine();
    let run = place.run(&["list", "unused", "--format", "csv"]).fine();
    let expected = "kind,name,used_by\r\nfile,content/briefings/s/ships-and-tonnes.csv,content/briefings/s/index.md\r\n\
                    shortcode,tide,content/briefings/s/index.md\r\nsource,secret2027,content/briefings/s/index.md\r\n\
                    tag,ports at night,content/briefings/s/index.md\r\n";
    assert_eq!(run.out, expected);
    place.run(&["list", "unused", "--format", "ics"]).ends_with(2);
}

/// Hides one page in so many of a site, that at the beginning with them, and says which.
fn hide_some(root: &std::path::Path, every: usize) -> Vec<String> {
    let files = walkdir::WalkDir::new(root.join("content")).sort_by_file_name().into_iter().map(|entry| entry.expect("a file"));
    let pages = files.filter(|file| file.path().extension().is_some_and(|kind| kind == "md") && file.file_name() != "_index.md");
    let mut hidden = Vec::new();
    for page in pages.step_by(every) {
        let text = std::fs::read_to_string(page.path()).expect("a page");
        if let Some(rest) = text.strip_prefix("---\n").filter(|rest| !rest.contains("\ndraft:") && !rest.contains("\nstatus:")) {
            std::fs::write(page.path(), format!("---\ndraft: true\n{rest}")).expect("written");
            hidden.push(text);
        }
    }
    hidden
}

/// The leaks of a site that are none: a line of a public source says only what stands there, and is told for a title, a number or an address alone.
fn false_alarms(place: &Place, root: &str, hidden: &[String]) -> Vec<String> {
    let run = place.run(&["check", "--root", root, "--format", "json", "--set", "links.internal=warn", "--now", crate::place::NOW]);
    let problems: Vec<serde_json::Value> = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{run:?}"));
    let leaks = problems.iter().filter(|problem| problem["code"] == "leak");
    let is_planted = |leak: &&serde_json::Value| {
        let trace = leak["message"].as_str().unwrap_or_default().split('`').nth(1).unwrap_or_default();
        let is_said = hidden.iter().any(|text| text.lines().any(|line| line.starts_with("title:") && line.contains(trace)));
        !leak["file"].is_null() && (is_said || trace.contains(['/', '-']))
    };
    leaks.filter(|leak| !is_planted(leak)).map(ToString::to_string).collect()
}

#[test]
fn sites_with_pages_hidden_here_and_there_give_no_false_alarm() {
    for folder in ["", "tests/sites/hugo", "tests/sites/jekyll", "tests/sites/zola"] {
        for every in [2, 5] {
            let place = Place::copy_of(folder);
            let hidden = hide_some(place.root(), every);
            assert!(!hidden.is_empty(), "{folder}");
            assert_eq!(false_alarms(&place, ".", &hidden), [""; 0], "{folder}, one in {every}");
        }
    }
    for name in ["hugo", "jekyll", "zola", "obsidian", "mkdocs", "eleventy"] {
        let site = crate::imported::imported(name);
        let hidden = hide_some(&site.place.path("new"), 2);
        assert_eq!(false_alarms(&site.place, "new", &hidden), [""; 0], "{name}");
    }
}

#[test]
fn an_earlier_text_that_is_hidden_is_given_away_as_a_page_is() {
    let words = "The envoys of both sides will meet in a small town by the sea.";
    for hides in ["draft: true", "publish_at: 2099-01-01"] {
        let then = format!("---\ntitle: What the envoys will do\n{hides}\n---\n\n{words}\n");
        let of_public = ("content/a.md", page("", "Now it is told otherwise."), then.clone());
        let of_hidden = ("content/a.md", page(&format!("{hides}\n"), "Now it is told otherwise."), then);
        for (path, now, then) in [of_public, of_hidden] {
            let place = site("", &[(path, &now), ("content/_versions/a/2025-01-01.md", &then)]);
            place.build().fine();
            for trace in ["See /a/v/2025-01-01/ there.", "See /a/v/2025-01-01/changes/ there.", "content/_versions/a/2025-01-01.md", words]
            {
                place.write("static/note.txt", trace);
                let run = place.build().ends_with(1);
                assert!(run.err.contains("error[leak]") && run.err.contains("static/note.txt"), "{hides}, {trace}: {}", run.err);
            }
        }
    }
}
