//! What an edit makes be rendered again: the files that show what was edited, and no others.

use chancery::memo::Verify;
use chancery::pipeline::BuildOptions;
use chancery::sources::Sources;

use crate::warm::builders::{Builder, Warm};

const SETTINGS: &str = "title = \"Test\"\nbase_url = \"https://example.org/\"\npaginate_by = 3\n";

/// A page of which most is the same in all tests.
fn page(title: &str, keys: &str, text: &str) -> String {
    format!("---\ntitle: {title}\n{keys}---\n\n{text}\n")
}

/// Six briefings, of which `one` is the newest but one, with all that lists them.
fn site() -> Sources {
    let now = "2026-11-24T12:00:00Z".parse().expect("an instant");
    let pages = [
        ("content/_index.md", page("Test", "", "What is here.")),
        ("content/about.md", page("About", "", "Who we are.")),
        ("content/authors/desk.md", page("Desk", "", "The desk.")),
        ("content/briefings/_index.md", page("Briefings", "", "All of them.")),
        ("content/briefings/latest.md", page("Latest", "date: 2026-09-09\ntopics: [Trade]\nsummary: S\n", "Nothing else.")),
        ("content/briefings/one.md", page("One", ONE, "Ada Lovelace spoke. See [two](two.md).")),
        (
            "content/briefings/two.md",
            page("Two", "date: 2026-07-07\ntopics: [Defence]\ntags: [a]\nseries: Money\nsummary: S\n", "See [one](one.md)."),
        ),
        ("content/notes/three.md", page("Three", "date: 2025-06-06\ntopics: [Trade]\ntags: [b]\nauthors: [Other]\nsummary: S\n", "Plain.")),
        (
            "content/notes/four.md",
            page(
                "Four",
                "date: 2025-05-05\ntags: [b]\nsummary: S\nchanges: [{date: 2025-06-01, note: Mended, kind: correction}]\n",
                "Plain.",
            ),
        ),
        ("content/notes/five.md", page("Five", "date: 2025-04-04\nsummary: S\n", "Plain.")),
        ("content/people/ada.md", page("Ada Lovelace", "", "A person.")),
        ("content/topics/defence.md", page("Defence", "broader: [Security]\n", "What it is.")),
        ("content/topics/security.md", page("Security", "", "What it is.")),
        ("content/_data/facts.yaml", "members: 32\n".into()),
        ("static/x.txt", "x".into()),
        ("themes/own/theme.toml", "".into()),
        ("themes/own/static/site.css", "a{}".into()),
        ("templates/archive.html", "{{ data_facts.members }}".into()),
    ];
    let pages: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (*path, text.as_str())).collect();
    Sources::in_memory(now, &format!("{SETTINGS}theme = \"own\"\n"), &pages)
}

const PATH: &str = "content/briefings/one.md";
const TEXT: &str = "Ada Lovelace spoke. See [two](two.md).";
const THREE: &str = "content/notes/three.md";
const KEYS_OF_THREE: &str = "date: 2025-06-06\ntopics: [Trade]\ntags: [b]\nauthors: [Other]\nsummary: S\n";
const ONE: &str = "date: 2026-08-08\ntopics: [Defence]\ntags: [a, c]\nauthors: [Desk]\nseries: Money\nsummary: S\n";

/// The files that these edits make be rendered: `~` another one than before, `=` the same again, `+` a new one, `-` one that is gone.
fn rendered(edits: &[(&str, &str)]) -> String {
    rendered_from(site(), edits)
}

fn rendered_from(mut sources: Sources, edits: &[(&str, &str)]) -> String {
    let mut warm = Warm::new(Verify::On);
    warm.build(&sources, &BuildOptions::default()).expect("the first site is sound");
    let before = warm.files.clone();
    for (path, text) in edits {
        if text.is_empty() { sources.remove(path) } else { sources.set(path, text) }
    }
    warm.build(&sources, &BuildOptions::default()).expect("the edited site is sound");
    let sign = |path: &String| match (before.get(&**path), warm.files.get(&**path)) {
        (Some(old), Some(new)) if old.bytes == new.bytes => '=',
        (Some(_), _) => '~',
        (None, _) => '+',
    };
    let mut lines: Vec<String> = warm.rendered.iter().map(|path| format!("{} {path}", sign(path))).collect();
    lines.extend(before.keys().filter(|path| !warm.files.contains_key(*path)).map(|path| format!("- {path}")));
    // The words of every page are in the search index, which is made anew; its own tests say which of its pieces change.
    lines.retain(|line| !line[2..].starts_with("search/index/") && &line[2..] != "search/index.json");
    lines.sort_by(|a, b| a[2..].cmp(&b[2..]));
    lines.join("\n")
}

/// The files that are made with `base.html`.
const DOCUMENTS: &[&str] = &[
    "404.html",
    "about/index.html",
    "archive/2025/index.html",
    "archive/2026/index.html",
    "authors/desk/index.html",
    "authors/index.html",
    "authors/other/index.html",
    "briefings/index.html",
    "briefings/latest/index.html",
    "briefings/one/index.html",
    "briefings/two/index.html",
    "corrections/index.html",
    "index.html",
    "notes/five/index.html",
    "notes/four/index.html",
    "notes/index.html",
    "notes/three/index.html",
    "page/2/index.html",
    "people/ada/index.html",
    "people/index.html",
    "search/index.html",
    "series/index.html",
    "series/money/index.html",
    "tags/a/index.html",
    "tags/b/index.html",
    "tags/c/index.html",
    "tags/index.html",
    "topics/defence/index.html",
    "topics/index.html",
    "topics/security/index.html",
    "topics/trade/index.html",
    "updates/index.html",
];

/// What `rendered` says when every document and these others are rendered.
fn every_document(others: &[&str]) -> String {
    let documents = DOCUMENTS.iter().map(|path| format!("~ {path}"));
    let mut lines: Vec<String> = documents.chain(others.iter().map(|line| line.to_string())).collect();
    lines.sort_by(|a, b| a[2..].cmp(&b[2..]));
    lines.join("\n")
}

/// What `rendered` says when every feed is rendered.
fn every_feed() -> Vec<String> {
    let folders = [
        "authors/desk/",
        "authors/other/",
        "briefings/",
        "corrections/",
        "",
        "notes/",
        "series/money/",
        "topics/defence/",
        "topics/security/",
        "topics/trade/",
        "updates/",
    ];
    folders.iter().flat_map(|folder| ["json", "xml"].map(|kind| format!("~ {folder}feed.{kind}"))).collect()
}

/// The same with a register, of which two pages cite something.
fn citing() -> Sources {
    let mut sources = site();
    sources.set(REGISTER, &register("Plan", "On Spending"));
    sources.set(PATH, &page("One", ONE, "Ada Lovelace spoke. See [two](two.md) [@plan2025]."));
    sources.set(THREE, &page("Three", KEYS_OF_THREE, "Plain [@doe2024, p. 3]."));
    sources
}

const REGISTER: &str = "content/_data/sources.bib";

fn register(plan: &str, spending: &str) -> String {
    format!(
        "@report{{plan2025, author = {{{{Ministry}}}}, title = {{{plan}}}, year = {{2025}}}}\n\
         @article{{doe2024, author = {{Doe, Ann}}, title = {{{spending}}}, date = {{2024}}}}\n\
         @book{{unused, author = {{Roe, Bob}}, title = {{Unused}}, date = {{2020}}}}\n"
    )
}

#[test]
fn an_edit_of_a_source_renders_the_pages_that_cite_it_and_no_other() {
    let rendered = rendered_from(citing(), &[(REGISTER, &register("Plan", "On More"))]);
    let documents: Vec<&str> = rendered.lines().filter(|line| line.ends_with(".html")).collect();
    assert_eq!(documents, ["~ notes/three/index.html", "~ sources/doe2024/index.html", "~ sources/index.html"]);
}

#[test]
fn a_comment_in_a_register_and_a_source_that_nobody_cites_render_nothing() {
    let edited = format!("% Sources of all briefings.\n{}", register("Plan", "On Spending").replace("Unused", "Still unused"));
    insta::assert_snapshot!(rendered_from(citing(), &[(REGISTER, &edited)]), @"");
}

#[test]
fn a_body_edit_renders_its_page() {
    insta::assert_snapshot!(rendered(&[(PATH, &page("One", ONE, "Ada Lovelace spoke. See [two](two.md).\n\nMore."))]), @"~ briefings/one/index.html");
}

#[test]
fn a_body_edit_renders_what_quotes_the_sentence_with_a_link() {
    insta::assert_snapshot!(rendered(&[(PATH, &page("One", ONE, "Ada Lovelace spoke. Do see [two](two.md)."))]), @r"
    ~ briefings/one/index.html
    ~ briefings/two/index.html
    ");
}

#[test]
fn a_body_edit_renders_what_quotes_the_sentence_with_a_name() {
    insta::assert_snapshot!(rendered(&[(PATH, &page("One", ONE, "Ada Lovelace spoke well. See [two](two.md)."))]), @r"
    ~ briefings/one/index.html
    ~ people/ada/index.html
    ");
}

#[test]
fn a_new_summary_renders_what_shows_it() {
    // `two` is related, and a card has a summary, though `related` shows none of it.
    insta::assert_snapshot!(rendered(&[(PATH, &page("One", &ONE.replace("summary: S", "summary: Other"), TEXT))]), @r"
    ~ archive/2026/index.html
    ~ authors/desk/feed.json
    ~ authors/desk/feed.xml
    ~ authors/desk/index.html
    ~ briefings/feed.json
    ~ briefings/feed.xml
    ~ briefings/index.html
    ~ briefings/one/index.html
    = briefings/two/index.html
    ~ cards/0.json
    ~ feed.json
    ~ feed.xml
    ~ index.html
    ~ series/money/feed.json
    ~ series/money/feed.xml
    ~ series/money/index.html
    ~ tags/a/index.html
    ~ tags/c/index.html
    ~ topics/defence/feed.json
    ~ topics/defence/feed.xml
    ~ topics/defence/index.html
    ~ topics/security/feed.json
    ~ topics/security/feed.xml
    ~ topics/security/index.html
    ");
}

#[test]
fn a_new_title_renders_what_shows_it() {
    insta::assert_snapshot!(rendered(&[(PATH, &page("Uno", ONE, TEXT))]), @r"
    ~ archive/2026/index.html
    ~ authors/desk/feed.json
    ~ authors/desk/feed.xml
    ~ authors/desk/index.html
    ~ briefings/feed.json
    ~ briefings/feed.xml
    ~ briefings/index.html
    ~ briefings/one/index.html
    ~ briefings/two/index.html
    ~ cards/0.json
    ~ feed.json
    ~ feed.xml
    ~ index.html
    ~ people/ada/index.html
    ~ series/money/feed.json
    ~ series/money/feed.xml
    ~ series/money/index.html
    ~ tags/a/index.html
    ~ tags/c/index.html
    ~ topics/defence/feed.json
    ~ topics/defence/feed.xml
    ~ topics/defence/index.html
    ~ topics/security/feed.json
    ~ topics/security/feed.xml
    ~ topics/security/index.html
    ");
}

#[test]
fn a_new_tag_renders_its_page_and_those_of_tags() {
    insta::assert_snapshot!(rendered(&[(PATH, &page("One", &ONE.replace("[a, c]", "[a, c, new]"), TEXT))]), @r"
    ~ briefings/one/index.html
    ~ sitemap.xml
    ~ tags/index.html
    + tags/new/index.html
    ");
}

#[test]
fn a_tag_that_others_have_renders_its_list_and_pages_that_are_related_by_it() {
    insta::assert_snapshot!(rendered(&[(PATH, &page("One", &ONE.replace("[a, c]", "[a, b, c]"), TEXT))]), @r"
    ~ briefings/one/index.html
    ~ notes/four/index.html
    ~ notes/three/index.html
    ~ sitemap.xml
    ~ tags/b/index.html
    ~ tags/index.html
    ");
}

#[test]
fn a_tag_that_nobody_has_any_more_takes_its_page_along() {
    insta::assert_snapshot!(rendered(&[(PATH, &page("One", &ONE.replace("[a, c]", "[a]"), TEXT))]), @r"
    ~ briefings/one/index.html
    ~ sitemap.xml
    - tags/c/index.html
    ~ tags/index.html
    ");
}

#[test]
fn another_topic_renders_both_lists_and_what_counts_topics() {
    insta::assert_snapshot!(rendered(&[(PATH, &page("One", &ONE.replace("Defence", "Trade"), TEXT))]), @r"
    ~ authors/desk/feed.json
    ~ authors/desk/feed.xml
    ~ briefings/feed.json
    ~ briefings/feed.xml
    ~ briefings/latest/index.html
    ~ briefings/one/index.html
    ~ briefings/two/index.html
    ~ cards/0.json
    ~ feed.json
    ~ feed.xml
    ~ index.html
    ~ notes/three/index.html
    ~ search/index.html
    ~ series/money/feed.json
    ~ series/money/feed.xml
    ~ sitemap.xml
    ~ topics/defence/feed.json
    ~ topics/defence/feed.xml
    ~ topics/defence/index.html
    ~ topics/index.html
    ~ topics/security/feed.json
    ~ topics/security/feed.xml
    ~ topics/security/index.html
    ~ topics/trade/feed.json
    ~ topics/trade/feed.xml
    ~ topics/trade/index.html
    ");
}

#[test]
fn another_series_renders_both_and_the_pages_beside() {
    insta::assert_snapshot!(rendered(&[(PATH, &page("One", &ONE.replace("Money", "Other"), TEXT))]), @r"
    ~ briefings/one/index.html
    ~ briefings/two/index.html
    ~ index.html
    ~ series/index.html
    ~ series/money/feed.json
    ~ series/money/feed.xml
    ~ series/money/index.html
    + series/other/feed.json
    + series/other/feed.xml
    + series/other/index.html
    ~ sitemap.xml
    ");
}

#[test]
fn a_draft_renders_what_listed_it() {
    insta::assert_snapshot!(rendered(&[(THREE, &page("Three", &format!("draft: true\n{KEYS_OF_THREE}"), "Plain."))]), @r"
    ~ archive/2025/index.html
    ~ authors/index.html
    - authors/other/feed.json
    - authors/other/feed.xml
    - authors/other/index.html
    ~ briefings/latest/index.html
    ~ cards/0.json
    ~ feed.json
    ~ feed.xml
    ~ index.html
    ~ notes/feed.json
    ~ notes/feed.xml
    ~ notes/four/index.html
    ~ notes/index.html
    - notes/three/index.html
    ~ page/2/index.html
    ~ search/index.html
    ~ sitemap.xml
    ~ tags/b/index.html
    ~ tags/index.html
    ~ topics/index.html
    ~ topics/trade/feed.json
    ~ topics/trade/feed.xml
    ~ topics/trade/index.html
    ");
}

#[test]
fn a_draft_that_is_public_again_renders_what_lists_it() {
    let mut sources = site();
    sources.set(THREE, &page("Three", &format!("draft: true\n{KEYS_OF_THREE}"), "Plain."));
    let back = rendered_from(sources, &[(THREE, &page("Three", KEYS_OF_THREE, "Plain."))]);
    let away = rendered(&[(THREE, &page("Three", &format!("draft: true\n{KEYS_OF_THREE}"), "Plain."))]);
    let gone_is_new = |line: &str| if let Some(path) = line.strip_prefix("- ") { format!("+ {path}") } else { line.to_string() };
    assert_eq!(back.lines().collect::<Vec<_>>(), away.lines().map(gone_is_new).collect::<Vec<_>>());
}

#[test]
fn a_new_slug_moves_the_page_and_renders_what_links_to_it() {
    insta::assert_snapshot!(rendered(&[(PATH, &page("One", &format!("{ONE}slug: uno\n"), TEXT))]), @r"
    ~ archive/2026/index.html
    ~ authors/desk/feed.json
    ~ authors/desk/feed.xml
    ~ authors/desk/index.html
    ~ briefings/feed.json
    ~ briefings/feed.xml
    ~ briefings/index.html
    - briefings/one/index.html
    ~ briefings/two/index.html
    + briefings/uno/index.html
    ~ cards/0.json
    ~ feed.json
    ~ feed.xml
    ~ index.html
    ~ people/ada/index.html
    ~ series/money/feed.json
    ~ series/money/feed.xml
    ~ series/money/index.html
    ~ sitemap.xml
    ~ tags/a/index.html
    ~ tags/c/index.html
    ~ topics/defence/feed.json
    ~ topics/defence/feed.xml
    ~ topics/defence/index.html
    ~ topics/security/feed.json
    ~ topics/security/feed.xml
    ~ topics/security/index.html
    ");
}

#[test]
fn a_new_date_renders_what_shows_it() {
    insta::assert_snapshot!(rendered(&[(PATH, &page("One", &ONE.replace("2026-08-08", "2026-08-09"), TEXT))]), @r"
    ~ archive/2026/index.html
    ~ authors/desk/feed.json
    ~ authors/desk/feed.xml
    ~ authors/desk/index.html
    ~ briefings/feed.json
    ~ briefings/feed.xml
    ~ briefings/index.html
    ~ briefings/one/index.html
    ~ briefings/two/index.html
    ~ cards/0.json
    ~ feed.json
    ~ feed.xml
    ~ index.html
    ~ people/ada/index.html
    ~ series/money/feed.json
    ~ series/money/feed.xml
    ~ series/money/index.html
    ~ sitemap.xml
    ~ tags/a/index.html
    ~ tags/c/index.html
    ~ topics/defence/feed.json
    ~ topics/defence/feed.xml
    ~ topics/defence/index.html
    ~ topics/security/feed.json
    ~ topics/security/feed.xml
    ~ topics/security/index.html
    ");
}

#[test]
fn a_date_that_changes_the_order_renders_no_more_than_one_that_does_not() {
    let later = |date: &str| rendered(&[(PATH, &page("One", &ONE.replace("2026-08-08", date), TEXT))]);
    assert_eq!(later("2026-10-10"), later("2026-08-09"));
}

#[test]
fn a_new_page_renders_the_lists_that_it_is_in() {
    insta::assert_snapshot!(rendered(&[("content/briefings/new.md", &page("New", "date: 2026-10-10\nsummary: S\n", "New."))]), @r"
    ~ archive/2026/index.html
    + archive/2026/page/2/index.html
    ~ briefings/feed.json
    ~ briefings/feed.xml
    ~ briefings/index.html
    + briefings/new/index.html
    + briefings/page/2/index.html
    ~ cards/0.json
    ~ feed.json
    ~ feed.xml
    ~ index.html
    ~ page/2/index.html
    + page/3/index.html
    ~ search/index.html
    ~ sitemap.xml
    ");
}

#[test]
fn a_deleted_page_renders_the_lists_that_it_was_in() {
    insta::assert_snapshot!(rendered(&[("content/briefings/latest.md", "")]), @r"
    ~ archive/2026/index.html
    ~ briefings/feed.json
    ~ briefings/feed.xml
    ~ briefings/index.html
    - briefings/latest/index.html
    ~ cards/0.json
    ~ feed.json
    ~ feed.xml
    ~ index.html
    ~ notes/three/index.html
    ~ page/2/index.html
    ~ search/index.html
    ~ sitemap.xml
    ~ topics/index.html
    ~ topics/trade/feed.json
    ~ topics/trade/feed.xml
    ~ topics/trade/index.html
    ");
}

#[test]
fn an_edited_page_without_a_date_renders_itself_and_its_card() {
    insta::assert_snapshot!(rendered(&[("content/about.md", &page("About", "", "Who we were."))]), @r"
    ~ about/index.html
    ~ cards/0.json
    ");
}

#[test]
fn a_new_name_of_a_person_renders_what_names_the_person() {
    insta::assert_snapshot!(rendered(&[("content/people/ada.md", &page("Ada", "", "A person."))]), @r"
    ~ briefings/one/index.html
    ~ cards/0.json
    ~ people/ada/index.html
    ~ people/index.html
    ~ topics/defence/index.html
    ~ topics/security/index.html
    ");
}

#[test]
fn a_new_title_of_a_topic_renders_what_shows_the_topic() {
    insta::assert_snapshot!(rendered(&[("content/topics/defence.md", &page("Defense", "broader: [Security]\n", "What it is."))]), @r"
    ~ authors/desk/feed.json
    ~ authors/desk/feed.xml
    ~ briefings/feed.json
    ~ briefings/feed.xml
    ~ briefings/one/index.html
    ~ briefings/two/index.html
    ~ cards/0.json
    ~ feed.json
    ~ feed.xml
    ~ index.html
    ~ search/index.html
    ~ series/money/feed.json
    ~ series/money/feed.xml
    ~ topics/defence/feed.json
    ~ topics/defence/feed.xml
    ~ topics/defence/index.html
    ~ topics/index.html
    ~ topics/security/feed.json
    ~ topics/security/feed.xml
    ~ topics/security/index.html
    ");
}

#[test]
fn a_template_renders_what_it_shows() {
    insta::assert_snapshot!(rendered(&[("templates/briefing.html", "<p>{{ page.title }}</p>{{ content }}")]), @r"
    ~ briefings/latest/index.html
    ~ briefings/one/index.html
    ~ briefings/two/index.html
    ~ notes/five/index.html
    ~ notes/four/index.html
    ~ notes/three/index.html
    ");
}

#[test]
fn the_frame_renders_every_document() {
    let base = "{% extends \"theme/base.html\" %}{% block head_extra %}x{% endblock head_extra %}";
    assert_eq!(rendered(&[("templates/base.html", base)]), every_document(&[]));
}

#[test]
fn a_style_sheet_gets_another_name_and_renders_every_document() {
    let changed = rendered(&[("themes/own/static/site.css", "b{}")]);
    assert_eq!(changed, every_document(&["- assets/site.48370937.css", "+ assets/site.d2811d62.css"]));
}

#[test]
fn the_title_of_a_section_is_in_the_menu_of_every_document() {
    let changed = rendered(&[("content/briefings/_index.md", &page("Papers", "", "All of them."))]);
    assert_eq!(changed, every_document(&["~ briefings/feed.json", "~ briefings/feed.xml", "~ cards/0.json"]));
}

#[test]
fn the_title_of_the_site_renders_every_document_and_feed() {
    let changed = rendered(&[("site.toml", &site().settings.1.replace("Test", "Other"))]);
    assert_eq!(changed, every_document(&every_feed().iter().map(String::as_str).collect::<Vec<_>>()));
}

#[test]
fn a_setting_of_feeds_renders_feeds() {
    let changed = rendered(&[("site.toml", &format!("{}feeds.full_text = true\n", site().settings.1))]);
    // Entries that are changes have no text of a page.
    let of_pages = |line: &String| !line.starts_with("~ updates/") && !line.starts_with("~ corrections/");
    assert_eq!(changed, every_feed().into_iter().filter(of_pages).collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_setting_of_lists_renders_lists_of_that_length() {
    insta::assert_snapshot!(rendered(&[("site.toml", &site().settings.1.replace("3", "4"))]), @r"
    ~ index.html
    ~ page/2/index.html
    ");
}

#[test]
fn data_renders_what_mentions_it() {
    insta::assert_snapshot!(rendered(&[("content/_data/facts.yaml", "members: 33\n")]), @"~ archive/index.html");
}

#[test]
fn a_static_file_is_copied_again() {
    insta::assert_snapshot!(rendered(&[("static/x.txt", "y")]), @"~ x.txt");
}

#[test]
fn a_page_before_all_others_renders_none_of_them() {
    // Its path is the first, so every other page gets another place: places are in no key.
    let changed = rendered(&[("content/aaa.md", "---\ntitle: First\nkind: page\n---\n\nAlone.\n")]);
    insta::assert_snapshot!(changed, @r"
    + aaa/index.html
    ~ cards/0.json
    ~ sitemap.xml
    ");
}
