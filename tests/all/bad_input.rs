//! Bad input: each kind gets a clear message with its place, or works; there is never a panic, and what an earlier build wrote stays.

use std::fs;
use std::os::unix::fs::symlink;

use crate::place::{Place, Run, Tree};

/// A sound site with an output that must not suffer.
fn built() -> (Place, Tree) {
    let place = Place::new(&[
        ("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\n"),
        ("content/_index.md", "---\ntitle: Home\n---\n\nWelcome.\n"),
        ("content/briefings/sound.md", "---\ntitle: Sound\ndate: 2026-01-01\ntopics: [Trade]\n---\n\nText.\n"),
    ]);
    place.build().fine();
    let output = place.output();
    (place, output)
}

/// The build of a sound site to which `files` came: it says `parts`, and the output is what it was before.
#[track_caller]
fn is_refused(files: &[(&str, &[u8])], parts: &[&str]) {
    let (place, before) = built();
    files.iter().for_each(|(path, bytes)| place.write(path, bytes));
    place.build().ends_with(1).says(parts).says(&["nothing was written"]);
    assert!(place.output() == before, "the output was touched");
}

/// The build of a sound site to which `files` came, and its output.
#[track_caller]
fn works(files: &[(&str, &[u8])]) -> (Run, Tree) {
    let (place, _) = built();
    files.iter().for_each(|(path, bytes)| place.write(path, bytes));
    let run = place.build().fine();
    (run, place.output())
}

fn text(output: &Tree, path: &str) -> String {
    let bytes = output.get(path).unwrap_or_else(|| panic!("no `{path}` among {:?}", output.keys().collect::<Vec<_>>()));
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn broken_yaml_is_shown_with_its_line() {
    is_refused(
        &[("content/briefings/x.md", b"---\ntitle: X\ntags: [a, b\ndate: 2026-01-01\n---\n\nText.\n")],
        &[" --> content/briefings/x.md:3:7", "\n3 | tags: [a, b\n", "this `[` is not closed"],
    );
    is_refused(&[("content/briefings/x.md", b"---\ntitle: \"X\n---\n\nText.\n")], &[" --> content/briefings/x.md:", "title: \"X"]);
    is_refused(&[("content/briefings/x.md", b"---\ntitle: X\n\tdate: 2026-01-01\n---\n\nText.\n")], &[" --> content/briefings/x.md:3:1"]);
}

#[test]
fn front_matter_without_an_end_is_told() {
    is_refused(&[("content/briefings/x.md", b"---\ntitle: X\n\nText without an end.\n")], &[" --> content/briefings/x.md:1"]);
}

#[test]
fn front_matter_that_would_be_published_as_text_is_told() {
    for (text, line) in [
        ("----\nstatus: draft\n----\n\nText.\n", "1"),
        ("<!-- note -->\n---\nstatus: draft\n---\n\nText.\n", "1"),
        ("status: draft\n---\n\nText.\n", "1"),
        ("\n{ \"draft\": true }\n\nText.\n", "2"),
    ] {
        let place = format!(" --> content/briefings/x.md:{line}:1");
        is_refused(&[("content/briefings/x.md", text.as_bytes())], &["[front-matter-not-read]", &place, "---"]);
    }
}

#[test]
fn a_slip_in_a_key_that_hides_a_page_is_told() {
    is_refused(
        &[("content/briefings/x.md", b"---\ntitle: X\nstaus: draft\nhidden: true\n---\n\nText.\n")],
        &["x.md:3:1", "did you mean `status`?", "x.md:4:1", "did you mean `draft: true`?"],
    );
}

#[test]
fn a_wrong_type_is_shown_with_its_value() {
    is_refused(
        &[("content/briefings/x.md", b"---\ntitle: X\ndate: soon\nweight: heavy\n---\n\nText.\n")],
        &[" --> content/briefings/x.md:3:7", "3 | date: soon", " --> content/briefings/x.md:4:9", "4 | weight: heavy"],
    );
}

#[test]
fn all_mistakes_of_a_site_are_told_in_one_run() {
    let (place, _) = built();
    place.write("content/a.md", "---\ntitle: [\n---\n");
    place.write("content/b.md", "---\ntitle: B\ndate: never\n---\n\n[x](gone.md) [[nobody]]\n");
    place.write("content/c.md", "---\ntitle: C\nstatus: publised\n---\n\nText.\n");
    place.write("templates/page.html", "{{ nothing_of_the_kind }}");
    let run = place.build().ends_with(1);
    run.says(&[
        "content/a.md:",
        "content/b.md:3:7",
        "b.md:6:1",
        "gone.md",
        "content/c.md:3:9",
        "did you mean `published`?",
        "templates/page.html",
    ]);
}

#[test]
fn a_missing_title_is_the_first_heading_or_the_name_of_the_file() {
    let (run, output) = works(&[
        ("content/briefings/with-heading.md", b"---\ndate: 2026-01-02\n---\n\n# From the heading\n\nText.\n"),
        ("content/briefings/2026-01-03-no_title at-all.md", b"Text.\n"),
        ("content/briefings/null-title.md", b"---\ntitle:\n---\n\nText.\n"),
    ]);
    let html = text(&output, "briefings/with-heading/index.html");
    assert_eq!(html.matches("From the heading</h1>").count(), 1, "{html}");
    assert_eq!(html.matches("<h1").count(), 1);
    assert!(output.contains_key("briefings/no_title-at-all/index.html"));
    run.says(&["warning", "content/briefings/2026-01-03-no_title at-all.md", "content/briefings/null-title.md"]);
}

#[test]
fn two_pages_at_one_address_are_both_named() {
    is_refused(
        &[
            ("content/briefings/x.md", b"---\ntitle: X\n---\n\nText.\n"),
            ("content/briefings/y.md", b"---\ntitle: Y\npath: briefings/x\n---\n\nText.\n"),
        ],
        &["content/briefings/x.md", "content/briefings/y.md", "/briefings/x/"],
    );
}

#[test]
fn a_page_will_not_take_the_address_of_one_that_is_still_hidden() {
    is_refused(
        &[
            ("content/briefings/x.md", b"---\ntitle: X\n---\n\nText.\n"),
            ("content/briefings/x/index.md", b"---\ntitle: Y\ndraft: true\n---\n\nText.\n"),
        ],
        &["content/briefings/x.md", "content/briefings/x/index.md"],
    );
}

#[test]
fn two_pages_whose_names_differ_by_case_are_both_named() {
    is_refused(
        &[
            ("content/briefings/Hague.md", b"---\ntitle: X\n---\n\nText.\n"),
            ("content/briefings/hague.md", b"---\ntitle: Y\n---\n\nText.\n"),
        ],
        &["content/briefings/Hague.md", "content/briefings/hague.md"],
    );
}

#[test]
fn both_kinds_of_index_in_one_folder_are_an_error() {
    is_refused(
        &[("content/a/_index.md", b"---\ntitle: X\n---\n"), ("content/a/index.md", b"---\ntitle: Y\n---\n")],
        &["content/a/_index.md", "content/a/index.md"],
    );
    is_refused(&[("content/index.md", b"---\ntitle: Y\n---\n")], &["content/_index.md", "content/index.md"]);
}

#[test]
fn a_loop_of_topics_is_told() {
    is_refused(
        &[
            ("content/topics/a.md", b"---\ntitle: A\nbroader: B\n---\n"),
            ("content/topics/b.md", b"---\ntitle: B\nbroader: C\n---\n"),
            ("content/topics/c.md", b"---\ntitle: C\nbroader: A\n---\n"),
        ],
        &["content/topics/", "broader"],
    );
    is_refused(&[("content/topics/a.md", b"---\ntitle: A\nbroader: [A]\n---\n")], &[" --> content/topics/a.md:3"]);
}

#[test]
fn a_loop_of_supersession_is_told() {
    is_refused(
        &[
            ("content/briefings/a.md", b"---\ntitle: A\ndate: 2026-01-01\nsupersedes: b\n---\n"),
            ("content/briefings/b.md", b"---\ntitle: B\ndate: 2026-01-01\nsupersedes: a\n---\n"),
        ],
        &["content/briefings/a.md"],
    );
}

#[test]
fn a_link_out_of_the_content_is_told_with_its_place() {
    is_refused(
        &[("content/briefings/x.md", b"---\ntitle: X\n---\n\nSee [it](../../../etc/passwd) and ![](../../site.toml).\n")],
        &[" --> content/briefings/x.md:5:5", "5 | See [it](../../../etc/passwd)", "site.toml"],
    );
}

#[test]
fn a_symlink_that_leaves_the_root_is_not_followed() {
    let (place, before) = built();
    let elsewhere = Place::new(&[("secret.md", "---\ntitle: Secret\n---\n"), ("secret.txt", "secret")]);
    symlink(elsewhere.path("secret.md"), place.path("content/briefings/linked.md")).expect("a link");
    symlink(elsewhere.root(), place.path("content/folder")).expect("a link");
    symlink("../nowhere.md", place.path("content/dangling.md")).expect("a link");
    place.build().ends_with(1).says(&["content/briefings/linked.md", "content/folder", "content/dangling.md", "symbolic link"]);
    assert!(place.output() == before);
}

#[test]
fn a_symlink_to_a_folder_above_is_told_and_not_walked_for_ever() {
    let (place, before) = built();
    symlink("..", place.path("content/briefings/up")).expect("a link");
    place.build().ends_with(1).says(&["content/briefings/up"]);
    assert!(place.output() == before);
}

#[test]
fn a_symlink_within_the_site_works() {
    let (place, _) = built();
    symlink("sound.md", place.path("content/briefings/same.md")).expect("a link");
    place.build().fine();
    assert!(place.output().contains_key("briefings/same/index.html"));
}

#[test]
fn names_with_spaces_and_letters_of_the_world_work_and_can_be_linked() {
    let (_, output) = works(&[
        ("content/briefings/Über Brücken & Co.md", "---\ntitle: Über\ndate: 2026-01-01\n---\n\n[file](données%20brutes.csv)\n".as_bytes()),
        ("content/briefings/données brutes.csv", b"a\n"),
        (
            "content/briefings/北京.md",
            "---\ntitle: 北京\n---\n\n[a](<Über Brücken & Co.md>) [b](%C3%9Cber%20Br%C3%BCcken%20&%20Co.md)\n".as_bytes(),
        ),
        ("content/Ünsere Notizen/it's \"quoted\".md", b"Text.\n"),
        ("static/a b/é.txt", b"e"),
    ]);
    assert!(output.contains_key("briefings/uber-brucken-co/index.html"), "{:?}", output.keys());
    assert!(output.contains_key("briefings/bei-jing/index.html"));
    assert!(output.contains_key("unsere-notizen/its-quoted/index.html"), "{:?}", output.keys());
    assert!(output.contains_key("a b/é.txt"));
    assert_eq!(text(&output, "briefings/bei-jing/index.html").matches("href=\"/briefings/uber-brucken-co/\"").count(), 2);
}

#[test]
fn carriage_returns_and_a_byte_order_mark_change_nothing_but_bytes() {
    let plain = "---\ntitle: X\ndate: 2026-01-01\ntags: [a]\n---\n\nOne *line*\nand another.\n\n- item\n\n```\ncode\n```\n";
    let (_, expected) = works(&[("content/briefings/x.md", plain.as_bytes())]);
    for text in [plain.replace('\n', "\r\n"), format!("\u{feff}{plain}"), format!("\u{feff}\r\n\r\n{}", plain.replace('\n', "\r\n"))] {
        let (_, output) = works(&[("content/briefings/x.md", text.as_bytes())]);
        assert_eq!(self::text(&output, "briefings/x/index.html"), self::text(&expected, "briefings/x/index.html"));
    }
}

#[test]
fn nul_bytes_and_invalid_utf_8_are_told_with_their_place() {
    is_refused(&[("content/briefings/x.md", b"---\ntitle: X\n---\n\nA\0B\n")], &[" --> content/briefings/x.md:5:2", "NUL"]);
    is_refused(&[("content/briefings/x.md", b"---\ntitle: X\n---\n\ncaf\xe9\n")], &[" --> content/briefings/x.md:5:4", "UTF-8"]);
    is_refused(&[("content/briefings/x.md", b"\xff\xfe-\0-\0-\0")], &[" --> content/briefings/x.md:1:1", "UTF-8"]);
    is_refused(&[("templates/page.html", b"caf\xe9")], &[" --> templates/page.html:1:4"]);
    is_refused(&[("content/_data/x.yaml", b"a: caf\xe9\n")], &[" --> content/_data/x.yaml:1:7"]);
}

#[test]
fn settings_that_are_not_text_are_wrong_settings() {
    let (place, before) = built();
    place.write("site.toml", b"title = \"caf\xe9\"\n");
    let run = place.build();
    assert!(matches!(run.code, Some(1 | 2)), "{run:?}");
    run.says(&["site.toml:1:13"]);
    assert!(place.output() == before);
}

#[test]
fn wrong_settings_are_shown_with_their_line() {
    let (place, before) = built();
    place.write("site.toml", "title = \"Test\"\npaginate_by = \"many\"\n");
    place.build().ends_with(2).says(&[" --> site.toml:2:15", "2 | paginate_by = \"many\""]);
    place.write("site.toml", "title = \"Test\n");
    place.build().ends_with(2).says(&[" --> site.toml:1:"]);
    assert!(place.output() == before);
}

#[test]
fn a_page_of_twenty_megabytes_works() {
    let mut page = String::from("---\ntitle: Long\ndate: 2026-01-01\n---\n\n");
    let paragraph = "The minister said that the treaty would be *ratified* by the end of the year, see [sound](sound.md).\n\n";
    while page.len() < 20 << 20 {
        page.push_str(&paragraph.repeat(1000));
    }
    let (_, output) = works(&[("content/briefings/long.md", page.as_bytes()), ("static/large.bin", &vec![7; 20 << 20])]);
    assert!(text(&output, "briefings/long/index.html").len() > page.len());
    assert_eq!(output["large.bin"].len(), 20 << 20);
}

#[test]
fn ten_thousand_levels_of_nesting_are_told_or_work() {
    let deep = |open: &str, close: &str| format!("---\ntitle: Deep\n---\n\n{}x{}\n", open.repeat(10_000), close.repeat(10_000));
    let list: String = (0..10_000).map(|level| format!("{}- x\n", "  ".repeat(level.min(2_000)))).collect();
    let pages = [
        deep("> ", ""),
        deep("- ", ""),
        deep("[", "](sound.md)"),
        deep("*a ", " b*"),
        deep("![", "](x.png)").replace("x.png", "/robots.txt"),
        deep("<div>", "</div>"),
        deep("(", ")"),
        deep("`", ""),
        deep("{{< note >}}", "{{< /note >}}"),
        deep("[[", "]]"),
        deep("~~", "~~"),
        format!("---\ntitle: Deep\n---\n\n{list}"),
    ];
    for page in pages {
        let (place, before) = built();
        place.write("content/briefings/deep.md", &page);
        let run = place.build();
        let start: String = page.chars().skip(22).take(12).collect();
        assert!(matches!(run.code, Some(0 | 1)), "`{start}…`: {:?} {}", run.code, &run.err[..run.err.len().min(2000)]);
        if run.code == Some(1) {
            assert!(place.output() == before);
            run.says(&["content/briefings/deep.md"]);
        }
    }
}

#[test]
fn ten_thousand_levels_of_nesting_in_front_matter_are_told() {
    for deep in ["[".repeat(10_000), "{a: ".repeat(10_000), "- ".repeat(10_000)] {
        is_refused(
            &[("content/briefings/deep.md", format!("---\ntitle: Deep\nextra:\n  {deep}\n---\n\nText.\n").as_bytes())],
            &[" --> content/briefings/deep.md:"],
        );
    }
}

#[test]
fn an_alias_bomb_in_front_matter_is_told_or_small() {
    let mut yaml = String::from("a: &a [x, x, x, x, x, x, x, x, x]\n");
    for (one, before) in ('b'..='k').zip('a'..) {
        let again = format!("*{before}, ").repeat(9);
        yaml.push_str(&format!("{one}: &{one} [{again}]\n"));
    }
    let (place, _) = built();
    place.write("content/briefings/bomb.md", format!("---\ntitle: Bomb\n{yaml}---\n\nText.\n"));
    let run = place.build();
    assert!(matches!(run.code, Some(0 | 1)), "{run:?}");
}

#[test]
fn an_empty_site_works() {
    let place = Place::empty();
    fs::create_dir(place.path("content")).expect("a folder");
    place.build().fine();
    assert!(place.output().contains_key("index.html"));
    let place = Place::new(&[("site.toml", "")]);
    place.build().fine();
    assert!(place.output().contains_key("index.html"));
}

#[test]
fn empty_files_work() {
    let (_, output) = works(&[
        ("content/briefings/empty.md", b""),
        ("content/topics/_index.md", b""),
        ("content/a/_index.md", b"\n\n"),
        ("static/empty", b""),
    ]);
    assert!(output.contains_key("briefings/empty/index.html"));
    assert!(output["empty"].is_empty());
}

#[test]
fn without_settings_and_content_there_is_no_site() {
    Place::empty().build().ends_with(2).says(&["no site here", "chancery init"]);
}

#[test]
fn an_output_that_cannot_be_written_is_told_and_nothing_is_lost() {
    let (place, before) = built();
    place.write("file", "a file");
    place.run(&["build", "-o", "file"]).ends_with(3).says(&["file"]);
    place.run(&["build", "-o", "file/below"]).ends_with(3).says(&["file"]);
    place.run(&["build", "-o", "/proc/chancery"]).ends_with(3).says(&["/proc"]);
    assert_eq!(place.read("file"), "a file");
    assert!(place.output() == before);
}

#[test]
fn an_output_among_the_sources_is_refused() {
    let (place, _) = built();
    for output in [".", "content", "content/public", "static/out", "themes", "/"] {
        let run = place.run(&["build", "--clean", "-o", output]);
        assert!(matches!(run.code, Some(2 | 3)), "{output}: {run:?}");
    }
    assert!(place.path("content/briefings/sound.md").exists());
}

#[test]
fn a_folder_named_like_a_page_and_a_file_named_like_a_folder_work() {
    let (place, _) = built();
    place.write("content/odd.md/inner.md", "Text.\n");
    place.write("content/x", "no extension");
    place.build().fine();
}

#[test]
fn what_is_no_page_is_left_alone() {
    let (_, output) = works(&[
        ("content/briefings/.hidden.md", b"---\ntitle: [\n---\n"),
        ("content/briefings/_note.md", b"---\ntitle: [\n---\n"),
        ("content/_drafts/x.md", b"---\ntitle: [\n---\n"),
        ("content/.git/x.md", b"---\ntitle: [\n---\n"),
        ("content/briefings/x.md~", b"---\ntitle: [\n---\n"),
    ]);
    assert!(output.keys().all(|path| !path.contains("hidden") && !path.contains("note") && !path.contains("/x")));
}

/// What comes out of the word processors and content systems of governments.
#[test]
fn writing_of_governments_works() {
    let (_, output) = works(&[
        (
            "content/briefings/word.md",
            "---\ntitle: \u{201c}Smart\u{201d} title \u{2013} with\u{a0}spaces\ndate: 2026-01-01 09:00:00 +0000\ntags:\n- \n- 2024\n- \"\"\n- yes\n- ' padded '\n---\n\n\
             Text\u{a0}with\u{200b} odd \u{ad}spaces\u{2028}and a form feed\u{c}.\n\n| a | b |\n|---|\n| 1 | 2 |\n\n<table><tr><td>unclosed\n\n[^1]: unused note\n\n\
             <p align=\"center\">old <font color=red>HTML</font></p>\n\n<!-- comment -- with dashes -->\n\n&nbsp;&copy;&unknown; AT&T <notatag@x> 1 < 2 > 0\n\n\
             {{site.data}} {% if x %} {{{triple}}} {{%/* x */%}}\n\n<script>if (a < b && c) { x = \"</div>\"; }</script>\n\nhttps://example.com/a_(b)_c?x=1&y=2#z.\n"
                .as_bytes(),
        ),
        ("content/briefings/windows.md", b"---\r\ntitle: Windows\r\ndate: 2026-01-01\r\n---\r\n\r\nC:\\Users\\x\\file.md and \\\\server\\share\r\n"),
        ("content/briefings/old-mac.md", b"---\ntitle: Mac\n---\n\rLine\rLine\r"),
        ("content/briefings/tabs.md", b"---\ntitle: Tabs\n---\n\n\tcode\n\n1.\titem\n\t- nested\n\n\t\tcode\n"),
        ("content/briefings/rule.md", b"***\n\nA page that begins with a rule.\n\n---\n\nAnd has more.\n\n---\n"),
        ("content/briefings/percent.md", b"---\ntitle: 100% sure\n---\n\n[a](https://example.com/100%) [mail](mailto:a@b.c?subject=x%20y) [tel](tel:+32)\n"),
    ]);
    assert!(text(&output, "briefings/windows/index.html").contains(r"C:\Users\x\file.md"));
    assert!(text(&output, "briefings/word/index.html").contains("AT&amp;T"));
}

#[test]
fn a_name_that_is_as_long_as_the_file_system_takes_works() {
    let name = "a".repeat(252);
    let (_, output) = works(&[(&format!("content/{name}.md"), b"Text.\n")]);
    assert!(output.keys().any(|path| path.starts_with("aaaa")));
}
