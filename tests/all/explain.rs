//! `build --explain` and `explain FILE`: why files are written, and what they are made of.

use std::fs;

use crate::place::{NOW, Place, Run};

fn page(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-01-01\nsummary: Always the same.\ntopics: [Trade]\n---\n\n{text}\n")
}

fn site() -> Place {
    Place::new(&[
        ("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/sub/\"\n"),
        ("content/briefings/a.md", &page("First", "One. See [b](b.md).")),
        ("content/briefings/b.md", &page("Second", "Two.").replace("topics", "aliases: [/old/]\ntopics")),
        ("content/briefings/draft.md", &page("Draft", "Secret.").replace("topics", "draft: true\ntopics")),
        ("content/briefings/plan/index.md", &page("Plan", "Secret.").replace("topics", "publish_at: 2027-02-03T10:00:00Z\ntopics")),
        ("content/briefings/plan/figures.csv", "1,2\n"),
        ("static/robots.txt", "User-agent: *\n"),
        ("static/note.txt", "one\n"),
    ])
}

/// Builds, and gives the lines that say why.
#[track_caller]
fn explained(place: &Place, flags: &[&str]) -> Vec<String> {
    let run = place.run(&[&["build", "--now", NOW, "--explain"], flags].concat()).fine();
    run.out.lines().filter(|line| !line.starts_with("Built ")).map(str::to_string).collect()
}

#[track_caller]
fn explain(place: &Place, what: &str) -> Run {
    place.run(&["explain", what, "--now", NOW])
}

/// What stands in the row called `name` of an explanation.
#[track_caller]
fn row<'t>(text: &'t str, name: &str) -> &'t str {
    let found = text.lines().find_map(|line| line.strip_prefix(&format!("  {name} ")));
    found.unwrap_or_else(|| panic!("no `{name}` in\n{text}")).trim()
}

#[test]
fn a_clean_build_makes_new_files_and_a_second_one_has_nothing_to_say() {
    let place = site();
    let lines = explained(&place, &[]);
    assert!(lines.len() == 1 && lines[0].contains(" files: new; such as 404.html, _headers, _redirects"), "{lines:?}");
    assert_eq!(explained(&place, &[]), [""; 0]);
    let lines = explained(&site(), &["-v"]);
    assert!(lines.contains(&"briefings/a/index.html: new".to_string()), "{lines:?}");
}

#[test]
fn an_edited_text_names_the_parts_that_changed() {
    let place = site();
    place.build().fine();
    place.write("content/briefings/b.md", place.read("content/briefings/b.md").replace("Two.", "Three."));
    let (index, others): (Vec<String>, Vec<String>) = explained(&place, &[]).into_iter().partition(|line| line.starts_with("search/index"));
    assert_eq!(others, ["briefings/b/index.html: part content changed"]);
    assert!(index.contains(&"search/index.json: its content changed".to_string()), "{index:?}");
}

#[test]
fn an_edited_template_is_named_and_not_the_one_that_calls_it() {
    let place = site();
    place.write("templates/briefing.html", "{% extends \"frame.html\" %}{% block x %}{{ content }}{% endblock %}");
    place.write("templates/frame.html", "<body>{% block x %}{% endblock %}</body>");
    place.build().fine();
    place.write("templates/frame.html", "<body><p>{% block x %}{% endblock %}</p></body>");
    let expected = ["briefings/a/index.html: template frame.html changed", "briefings/b/index.html: template frame.html changed"];
    assert_eq!(explained(&place, &[]), expected);
    place.write("content/briefings/a.md", page("First", "One.").replace("topics", "template: other\ntopics"));
    place.write("templates/other.html", "<p>{{ content }}</p>");
    let lines = explained(&place, &[]);
    assert_eq!(lines[0], "briefings/a/index.html: made by other.html instead of briefing.html; part content changed");
}

#[test]
fn what_somebody_did_to_the_output_is_told() {
    let place = site();
    place.build().fine();
    place.remove("public/briefings/a/index.html");
    place.write("public/robots.txt", "changed by hand");
    assert_eq!(explained(&place, &[]), ["briefings/a/index.html: was deleted by hand", "robots.txt: was changed by hand"]);
}

#[test]
fn a_copied_file_and_a_feed_have_no_parts_but_a_content() {
    let place = site();
    place.build().fine();
    place.write("static/note.txt", "two and more\n");
    assert_eq!(explained(&place, &[]), ["note.txt: its content changed"]);
    place.write("site.toml", place.read("site.toml").replace("Test", "Other"));
    let lines = explained(&place, &["-v"]);
    assert!(lines.contains(&"feed.xml: its content changed".to_string()), "{lines:?}");
    assert!(lines.contains(&"briefings/a/index.html: parts breadcrumbs, cite, head, json_ld, site changed".to_string()), "{lines:?}");
}

#[test]
fn what_is_removed_says_whether_it_is_hidden_or_gone() {
    let place = site();
    place.build().fine();
    place.write("content/briefings/a.md", page("First", "One.").replace("topics", "draft: true\ntopics"));
    place.write("content/briefings/b.md", page("Second", "Two."));
    let lines = explained(&place, &["-v"]);
    assert!(
        lines.contains(&"briefings/a/index.html: removed; its source content/briefings/a.md is hidden now (draft)".to_string()),
        "{lines:?}"
    );
    assert!(lines.contains(&"old/index.html: removed; no longer part of the site".to_string()), "{lines:?}");
}

#[test]
fn a_note_that_is_damaged_or_gone_is_none_and_the_build_is_as_ever() {
    let place = site();
    place.build().fine();
    let note = fs::read_dir(place.path(".chancery/outputs")).expect("a folder").flatten().map(|entry| entry.path());
    let note = note.into_iter().find(|path| path.extension().is_some_and(|extension| extension == "note")).expect("a note");
    let whole = fs::read(&note).expect("a note");
    for bytes in [b"".to_vec(), whole[..whole.len() / 2].to_vec(), [&whole[..], b"x"].concat()] {
        fs::write(&note, &bytes).expect("written");
        let text = format!("{} words.", bytes.len());
        place.write("content/briefings/a.md", page("First", &text));
        assert!(explained(&place, &[]).contains(&"briefings/a/index.html: what has changed is not known".to_string()));
        assert!(place.read("public/briefings/a/index.html").contains(&text));
    }
}

#[test]
fn a_build_in_which_nothing_is_made_leaves_the_note_alone() {
    let place = site();
    place.build().fine();
    let times = || {
        let entries = fs::read_dir(place.path(".chancery/outputs")).expect("a folder").flatten();
        let notes = entries.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "note"));
        notes.map(|entry| entry.metadata().and_then(|data| data.modified()).expect("a time")).collect::<Vec<_>>()
    };
    let before = times();
    assert_eq!(before.len(), 1);
    place.build().fine();
    assert_eq!(times(), before);
}

#[test]
fn a_document_is_explained_by_its_source_its_templates_its_parts_and_its_past() {
    let place = site();
    place.build().fine();
    let text = explain(&place, "public/briefings/a/index.html").fine().out;
    assert!(text.starts_with("public/briefings/a/index.html\n"), "{text}");
    assert_eq!(row(&text, "address"), "/sub/briefings/a/");
    assert!(row(&text, "made by").starts_with("page: "), "{text}");
    assert_eq!(row(&text, "source"), "content/briefings/a.md");
    assert_eq!(row(&text, "template"), "briefing.html (themes/default/templates/briefing.html, built in)");
    assert!(text.contains("extends base.html (themes/default/templates/base.html, built in)"), "{text}");
    assert!(text.contains("  content  ") && text.contains("the text of the page as HTML"), "{text}");
    assert!(row(&text, "last").starts_with("new (the file is of "), "{text}");
    assert_eq!(row(&text, "now"), "as it should be");
    place.write("content/briefings/a.md", page("First", "Three. See [b](b.md)."));
    assert_eq!(row(&explain(&place, "/briefings/a/").fine().out, "now"), "the next build makes it again: part content changed");
    place.build().fine();
    place.write("templates/base.html", "{{ site.title }}{% block main %}{% endblock %}");
    let text = explain(&place, "/briefings/a/").fine().out;
    assert!(row(&text, "last").starts_with("part content changed ("), "{text}");
    assert!(row(&text, "now").starts_with("the next build makes it again: template base.html changed"), "{text}");
    assert!(text.contains("extends base.html (templates/base.html)"), "{text}");
}

#[test]
fn files_without_a_template_are_explained_too() {
    let place = site();
    place.build().fine();
    let text = |what: &str| explain(&place, what).fine().out;
    let feed = text("public/feed.xml");
    assert!(row(&feed, "made by").starts_with("feed: ") && row(&feed, "shows").contains("content/briefings/a.md"), "{feed}");
    assert_eq!(row(&text("public/note.txt"), "source"), "static/note.txt");
    assert_eq!(row(&text("public/old/index.html"), "source"), "content/briefings/b.md");
    assert!(row(&text("public/_headers"), "made by").starts_with("host: "));
    let sheet = |name: &str| place.output().into_keys().find(|path| path.starts_with(&format!("assets/{name}."))).expect("a style sheet");
    assert!(row(&text(&format!("public/{}", sheet("site"))), "source").ends_with(".css, built in"));
    assert_eq!(row(&text(&format!("public/{}", sheet("colours"))), "source"), "site.toml");
    assert!(row(&text("public/sitemap.xml"), "made by").starts_with("sitemap: "));
}

#[test]
fn a_file_is_found_by_any_path_or_address_that_leads_to_it() {
    let place = site();
    place.build().fine();
    let whole = place.path("public/briefings/a/index.html");
    let words = ["public/briefings/a/", "briefings/a/", "/briefings/a", "/sub/briefings/a/", "https://example.org/sub/briefings/a/#part"];
    for word in words.into_iter().chain([whole.to_str().expect("text")]) {
        assert!(explain(&place, word).fine().out.starts_with("public/briefings/a/index.html\n"), "{word}");
    }
    let inside =
        Run::new(place.command(&["explain", "a/index.html"]).current_dir(place.path("public/briefings")).output().expect("it runs"));
    assert!(inside.fine().out.starts_with("public/briefings/a/index.html\n"));
    assert!(explain(&place, "/").fine().out.starts_with("public/index.html\n"));
}

#[test]
fn a_source_is_explained_by_what_is_made_of_it() {
    let place = site();
    let text = explain(&place, "content/briefings/b.md").fine().out;
    let (made, shown) = text.split_once("Shown in").expect("both");
    assert!(made.contains("  public/briefings/b/index.html\n  public/old/index.html\n"), "{text}");
    assert!(shown.contains("  public/feed.xml\n") && shown.contains("  public/topics/trade/index.html\n"), "{text}");
    assert!(!text.contains("briefings/a/index.html"), "{text}");
    assert!(explain(&place, "static/note.txt").fine().out.contains("Made of it: 1 file\n  public/note.txt\n"));
    place.write("templates/tag.html", "{{ head.title }}");
    place.write("content/briefings/a.md", page("First", "One.").replace("topics", "tags: [x]\ntopics"));
    assert!(explain(&place, "templates/tag.html").fine().out.contains("Made of it: 1 file\n  public/tags/x/index.html\n"));
    assert!(explain(&place, "site.toml").fine().out.contains("settings"));
}

#[test]
fn what_is_hidden_is_not_said_to_be_there() {
    let place = site();
    place.build().fine();
    let text = |what: &str| explain(&place, what).fine().out;
    let draft = text("public/briefings/draft/index.html");
    assert!(draft.contains("is not part of the site: its source content/briefings/draft.md is hidden, because it is a draft"), "{draft}");
    let source = text("content/briefings/draft.md");
    assert!(source.contains("No file is made of it, because it is hidden: it is a draft"), "{source}");
    for path in ["briefings/plan/", "briefings/plan/figures.csv"] {
        assert!(text(path).contains("is hidden, because it is scheduled for 2027-02-03 10:00 UTC"), "{}", text(path));
    }
    assert!(text("content/briefings/plan/figures.csv").contains("its page content/briefings/plan/index.md is hidden"));
    let preview = place.run(&["explain", "/briefings/draft/", "--drafts"]).fine().out;
    assert_eq!(row(&preview, "source"), "content/briefings/draft.md");
    assert_eq!(row(&preview, "now"), "not written; the next build writes it");
    // What an earlier build left says so.
    place.run(&["build", "--now", NOW, "--drafts"]).fine();
    assert!(text("/briefings/draft/").contains("is left from an earlier build; the next one removes it"));
}

#[test]
fn what_is_no_file_of_the_site_is_answered_with_the_nearest() {
    let place = site();
    place.build().fine();
    explain(&place, "public/breifings/a/index.html")
        .ends_with(2)
        .says(&["no file of the site", "did you mean `public/briefings/a/index.html`?"]);
    explain(&place, "/briefing/a/").ends_with(2).says(&["did you mean `/briefings/a/`?"]);
    explain(&place, "content/briefings/aa.md").ends_with(2).says(&["did you mean `content/briefings/a.md`?"]);
    place.write("public/own.txt", "mine");
    assert!(explain(&place, "public/own.txt").fine().out.contains("was not written by Chancery"));
    explain(&place, "borken-link").ends_with(2).says(&["did you mean `broken-link`?", "to ask for a file"]);
    Place::empty().run(&["explain", "public/x.html"]).ends_with(2).says(&["no site here"]);
}
