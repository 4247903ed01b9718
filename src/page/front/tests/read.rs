//! Which entry says what a key is, and what is said of those that are none.

use super::super::block::LARGEST;
use super::*;

#[test]
fn an_absent_or_empty_block_says_nothing() {
    for (text, body) in
        [("", 0), ("# A\n", 0), ("---\n---\nx", 8), ("\u{feff}\n\n---\r\n# only a comment\r\n---\r\nx", 33), ("---\n~\n---\n", 10)]
    {
        assert_eq!(front(text), Front { body_start: body, ..Front::default() }, "{text:?}");
    }
}

#[test]
fn null_values_and_items_are_as_if_absent() {
    let page =
        keys("title:\nsummary: ~\ndate: \"\"\ntags: [a, ~, '', b]\nauthors:\n  -\n  - c\ntopics: null\nexpires: 0001-01-01T00:00:00Z\n");
    let terms = [None, Some(vec!["a".to_string(), "b".to_string()]), Some(vec!["c".to_string()]), None];
    assert_eq!((&page.title, &page.summary, page.date, &page.terms, page.expires), (&None, &None, None, &terms, None));
    assert_eq!(page.diagnostics, []);
}

#[test]
fn text_keeps_the_spelling_of_what_looks_like_something_else() {
    let page = keys("title: 2024\nid: 007\ntags: [1.10, no, true, 2025-01-02, 1e3, 5G]\nseries: 2024\ntype: True\n");
    assert_eq!((page.title.as_deref(), page.id.as_deref(), page.type_.as_deref()), (Some("2024"), Some("007"), Some("True")));
    assert_eq!(page.terms[1].as_deref().map(|tags| tags.join(" ")).as_deref(), Some("1.10 no true 2025-01-02 1e3 5G"));
    assert_eq!(page.terms[3], Some(vec!["2024".to_string()]));
}

#[test]
fn the_first_synonym_of_the_row_holds_and_the_others_are_kept() {
    let page = keys("excerpt: E\ndescription: D\norder: 2\nweight: 1\nauthor: A\nowner_slack: '#x'\n");
    assert_eq!((page.summary.as_deref(), page.weight, page.owner.as_deref()), (Some("D"), Some(1), Some("#x")));
    assert_eq!(page.terms[2], Some(vec!["A".to_string()]));
    assert_eq!(extra(&page), "excerpt=\"E\" order=2");
    assert_eq!(keys("summary:\nexcerpt: E\n").summary.as_deref(), Some("E"));
}

#[test]
fn taxonomies_give_terms_that_the_page_does_not_list_itself() {
    let page = keys("taxonomies: {tags: [a], topics: b, categories: [c]}\ntags: [d]\n");
    assert_eq!(page.terms, [Some(vec!["b".into()]), Some(vec!["d".into()]), None, None]);
    assert_eq!(extra(&page), "tags=[\"a\"] categories=[\"c\"]");
}

#[test]
fn unknown_keys_are_kept_and_only_slips_are_told() {
    let page = keys("sumary: S\nmenu: {main: 1}\nparams: {b: 2}\nextra: {c: 3}\nc: 4\n");
    assert_eq!(extra(&page), "sumary=\"S\" menu={\"main\":1} b=2 c=3");
    assert_eq!(report(&page), ["Warning unknown-key 2:1 [sumary] there is no key `sumary` did you mean `summary`?"]);
}

#[test]
fn keys_are_known_in_capital_and_small_letters() {
    let page = keys("Title: A\nSTATUS: draft\nLastMod: 2026-01-02\npublishdate: 2026-01-01\nTags: [b]\nMine: 1\n");
    assert_eq!((page.title.as_deref(), page.status, extra(&page).as_str()), (Some("A"), Some(Status::Draft), "Mine=1"));
    assert!(page.updated.is_some() && page.publish_at.is_some() && page.terms[1].is_some());
    assert_eq!(page.diagnostics, []);
    let twice = keys("draft: false\nDraft: true\n");
    assert_eq!((twice.status, twice.diagnostics[0].code), (Some(Status::Draft), "duplicate-key"));
}

#[test]
fn a_slip_in_a_key_that_hides_is_an_error_and_the_page_is_not_public() {
    let page = keys("title: A\nstaus: draft\n");
    assert!(page.status_unknown);
    assert!(report(&page)[0].starts_with("Error unknown-key 3:1 [staus] there is no key `staus`"), "{:?}", report(&page));
    assert_eq!(page.diagnostics[0].hints[0], "did you mean `status`?");
    assert!(keys("cascade:\n  hidden: true\n").cascade.as_ref().is_some_and(|cascade| cascade.status_unknown));
    assert!(!keys("state: Bavaria\npublisher: NATO\nextra: {hidden: true}\n").status_unknown);
}

#[test]
fn publish_false_is_a_draft() {
    let page = keys("publish: false\n");
    assert_eq!((page.status, page.status_unknown, page.diagnostics.len(), extra(&page).as_str()), (Some(Status::Draft), false, 0, ""));
    let page = keys("publish: true\n");
    assert_eq!((page.status, page.status_unknown, page.diagnostics.len()), (None, false, 0));
    assert!(keys("publish: 2027-01-01\n").status_unknown);
}

#[test]
fn a_second_name_of_a_key_that_hides_more_keeps_the_page_from_readers() {
    for yaml in [
        "publish_at: 2020-01-01\nembargo: until the vote\n",
        "publish_at: 2020-01-01\nembargo: [soon]\n",
        "expires: 2099-01-01\nexpiryDate: 2020-01-01\n",
        "date: 2024-01-01\npublished: later\n",
        "date: 2024-01-01\npublished: never\n",
        "date: 2024-01-01\npublished: not yet\n",
        "date: 2024-01-01\npublished: 0\n",
    ] {
        let page = keys(yaml);
        assert!(page.status_unknown && report(&page)[0].starts_with("Error duplicate-key 3:1"), "{yaml}{:?}", report(&page));
    }
    for yaml in [
        "publish_at: 2020-01-01\nembargo: 2099-01-01\n",
        "publish_at: false\nembargo: 2099-01-01\n",
        "embargo: 2020-01-01\npublishDate: 2099-01-01\n",
        "date: 2024-01-01\npublished: 2099-01-01\n",
        "date: 2024-01-01\npubDate: 2099-01-01\n",
    ] {
        let releases: Vec<String> = keys(yaml).releases.iter().map(|release| release.stamp.iso()).collect();
        assert_eq!(releases, ["2099-01-01"], "{yaml}");
    }
    for yaml in ["publish_at: 2020-01-01\nembargo: false\n", "publish_at: 2020-01-01\nembargo: none\n"] {
        let page = keys(yaml);
        assert!(!page.status_unknown && page.releases.is_empty() && page.diagnostics.is_empty(), "{yaml}");
    }
}

#[test]
fn a_date_of_release_is_kept_for_the_gate() {
    let page = keys("release_date: 2030-01-01\n");
    assert_eq!(page.releases.iter().map(|release| release.stamp.iso()).collect::<Vec<_>>(), ["2030-01-01"]);
    assert_eq!((page.status_unknown, page.diagnostics.len(), extra(&page).as_str()), (false, 0, "release_date=\"2030-01-01\""));
}

#[test]
fn words_behind_a_comment_sign_are_told() {
    let reports = |yaml: &str| report(&keys(yaml));
    let message = |line: u32, column: u32, word: &str, key: &str| {
        format!(
            "Warning comment-in-value {line}:{column} [{word}] a space and `#` begin a comment, so `{word}` is no part of `{key}` \
             leave `#` out, or put the value in quotes, as in `\"No. #3\"`"
        )
    };
    assert_eq!(reports("tags: #law\n"), [message(2, 7, "#law", "tags")]);
    assert_eq!(reports("tags: law #trade\ntitle: Budget #3\n"), [message(2, 11, "#trade", "tags"), message(3, 15, "#3", "title")]);
    assert_eq!(reports("tags:\n  - #law\n  - trade\n"), [message(3, 5, "#law", "tags")]);
    for yaml in [
        "tags: # of the page\n",
        "tags: [law] # and more\n",
        "title: \"Budget #3\"\n",
        "title: C#\n",
        "status: draft #todo\n",
        "mine: #x\n",
    ] {
        assert_eq!(reports(yaml), [""; 0], "{yaml}");
    }
}

#[test]
fn created_is_no_slip() {
    assert_eq!(keys("created: 2026-01-01\n").diagnostics, []);
}

#[test]
fn front_matter_that_is_not_read_is_an_error_and_the_page_is_not_public() {
    for text in ["status: draft\n---\ntext", "----\ntitle: A\n----\n", "{\"draft\": true}", "---\n---\ndraft: true\n---\n"] {
        let page = front(text);
        assert_eq!((page.status_unknown, page.diagnostics.len()), (true, 1), "{text:?}");
        assert_eq!(page.diagnostics[0].code, "front-matter-not-read");
    }
    assert_eq!(front("\u{200b}---\nstatus: draft\n---\n").status, Some(Status::Draft));
}

#[test]
fn of_a_key_that_is_there_twice_the_last_holds() {
    let page = keys("title: A\ntitle: B\nx: 1\nx: 2\ntitle: C\n");
    assert_eq!((page.title.as_deref(), extra(&page).as_str()), (Some("C"), "x=2"));
    assert_eq!(
        report(&page),
        [
            "Warning duplicate-key 5:1 [x] `x` is there more than once, and the last one holds",
            "Warning duplicate-key 6:1 [title] `title` is there more than once, and the last one holds"
        ]
    );
    assert_eq!(page.diagnostics[1].also[0].0.line, 2);
}

#[test]
fn all_wrong_types_are_found_at_once_with_their_places() {
    let page = keys("title: [a]\nweight: much\ndate: 2025-13-01\ntags:\n  - ok\n  - Talks: first\ntoc: maybe\nextra: 1\n");
    assert_eq!(
        report(&page),
        [
            "Error wrong-type 2:8 [[a]] `title` has a list where text is expected",
            "Error wrong-type 3:9 [much] `weight` has `much` where a whole number is expected",
            "Error wrong-type 4:7 [2025-13-01] `date` has `2025-13-01`, and there is no such day",
            "Error wrong-type 7:5 [Talks: first] `tags` has a map where text is expected put text with a colon and a space in it, or with braces around it, in quotes",
            "Error wrong-type 8:6 [maybe] `toc` has `maybe` where `true` or `false` is expected",
            "Error wrong-type 9:8 [1] `extra` has `1` where a map is expected",
        ]
    );
}

#[test]
fn bad_yaml_is_an_error_at_its_place_and_what_comes_before_is_read() {
    let page = keys("weight: x\ntitle: Sanctions: who decides\n");
    assert_eq!(page.weight, None);
    assert_eq!(report(&page)[0], "Error wrong-type 2:9 [x] `weight` has `x` where a whole number is expected");
    assert!(report(&page)[1].starts_with("Error bad-yaml 3:17 [:] a value begins at this colon"), "{:?}", report(&page));
    assert!(report(&keys("title:A\n"))[0].starts_with("Error bad-yaml 2:1 [title:A] front matter is a list of keys"));
    assert!(report(&keys("- a\n"))[0].contains("front matter is a list of keys"));
    assert!(report(&keys("a: {{ x }}\n"))[0].contains("a list or a map cannot be a key"));
    assert!(report(&keys("tags: [[a] [b]]\n"))[0].contains("cannot go on like this close it"));
    for (unclosed, reports) in [
        ("title: [\ndate: 2026-01-01\nsummary: S\n", "Error bad-yaml 2:8 [[] this `[` is not closed close it"),
        ("extra: {a: 1\nweight: 1\n", "Error bad-yaml 2:8 [{] this `{` is not closed close it"),
    ] {
        assert!(report(&keys(unclosed))[0].starts_with(reports), "{:?}", report(&keys(unclosed)));
    }
    assert!(report(&keys("tags:\n  - a\n  b: c\n"))[0].contains("fits none above it"), "{:?}", report(&keys("tags:\n  - a\n  b: c\n")));
}

#[test]
fn a_block_that_cannot_be_read_is_an_error_that_says_what_to_do() {
    let unclosed = front("---\ntitle: A\n\ntext\n");
    assert_eq!((report(&unclosed)[0].split(" [").next(), unclosed.body_start), (Some("Error bad-yaml 1:1"), 19));
    let large = front(&format!("---\na: {}\n---\ntext", "x".repeat(LARGEST)));
    assert_eq!((large.diagnostics[0].code, large.title), ("front-matter-too-large", None));
    assert_eq!(
        report(&keys("title: a\0b\n"))[0].split(" remove").next(),
        Some("Error bad-yaml 2:9 [\0] front matter has a NUL byte in it")
    );
    assert!(report(&keys("title: \"a\\0b\"\n"))[0].contains("a NUL byte"));
}

#[test]
fn rubbish_is_read_to_its_end_and_a_report_of_it_has_one() {
    for yaml in
        ["a:\n".repeat(80_000), (0..15_000).map(|at| format!("titl{at}: x\n")).collect(), "[".repeat(100_000), "tags: [{".repeat(20_000)]
    {
        assert!(keys(&yaml).diagnostics.len() <= 200);
    }
}

#[test]
fn known_keys_have_spans_under_their_own_name() {
    let text = "---\ndescription: D\nunknown: 1\nkey_points:\n  - a\n  - b\nstatus: review\n---\n";
    let page = front(text);
    let text = |key: Key| page.span(key.name()).map_or("", |span| &text[span]);
    let spans: Vec<(&str, &str)> = page.spans.iter().map(|(key, _)| (key.name(), text(*key))).collect();
    assert_eq!(spans, [("summary", "description: D"), ("key_points", "key_points:\n  - a\n  - b"), ("status", "status: review")]);
}

#[test]
fn terms_that_are_given_twice_are_told() {
    let page = keys("topics: [Top]\ntaxonomies:\n  topics: [One]\n  tags: [x]\n");
    assert_eq!(page.terms[0].as_deref(), Some(&["Top".to_string()][..]));
    let expected = "Warning duplicate-key 4:3 [topics] `topics` is left out, for the page gives topics elsewhere too join the two lists";
    assert_eq!(report(&page), [expected]);
}

#[test]
fn a_cascade_for_some_pages_that_would_hide_them_is_an_error() {
    let page = keys("cascade:\n  - _target: {path: /x/**}\n    draft: true\n  - _target: {path: /y/**}\n    type: study\n");
    let severities: Vec<Severity> = page.diagnostics.iter().map(|problem| problem.severity).collect();
    assert_eq!(severities, [Severity::Error, Severity::Warning]);
}

#[test]
fn a_cascade_is_read_by_the_same_rules() {
    let page = keys("cascade:\n  draft: yes\n  author: Desk\n  titel: x\n");
    let cascade = page.cascade.as_deref().expect("a cascade");
    assert_eq!((cascade.status, cascade.terms[2].as_deref()), (Some(Status::Draft), Some(&["Desk".to_string()][..])));
    assert_eq!(report(&page), ["Warning unknown-key 5:3 [titel] there is no key `titel` did you mean `title`?"]);
    let page = keys("cascade:\n  - type: study\n  - type: other\n    toc: true\n  - _target: {path: /x/**}\n    draft: true\n");
    let cascade = page.cascade.as_deref().expect("a cascade");
    assert_eq!((cascade.type_.as_deref(), cascade.toc, cascade.status), (Some("study"), Some(true), None));
    assert_eq!(page.diagnostics[0].code, "cascade-target");
}

const NAMES: [&str; 12] =
    ["title", "tags", "date", "status", "changes", "offices", "cascade", "taxonomies", "extra", "permalink", "related", "withdrawn"];
const VALUES: [&str; 14] = [
    "",
    "~",
    "x",
    "1.5",
    "true",
    "no",
    "[a, [b], {c: d}]",
    "{date: x, a: {b: c}}",
    "{tags: [é]}",
    "\n  - a\n  - b: c",
    "'",
    "*x",
    "&x y",
    "|\n  é",
];

proptest::proptest! {
    #[test]
    fn any_key_may_have_any_value(keys in proptest::collection::vec((0..NAMES.len(), 0..VALUES.len()), 0..8)) {
        let yaml: String = keys.into_iter().map(|(name, value)| format!("{}: {}\n", NAMES[name], VALUES[value])).collect();
        let text = format!("---\n{yaml}---\ntext");
        let page = front(&text);
        assert_eq!(&text[page.body_start..], "text");
        let wrong = page.diagnostics.iter().find(|problem| problem.place.is_none());
        assert_eq!(wrong, None);
        assert_eq!(page.clone().with_defaults(&Front::default()), page);
    }
}
