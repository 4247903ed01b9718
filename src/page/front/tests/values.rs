//! What the value of each kind of key may be, and what is said of a wrong one.

use super::*;

#[test]
fn the_most_hidden_of_what_a_page_says_holds() {
    let cases = [
        ("title: A\n", None),
        ("draft: false\n", Some(Status::Published)),
        ("draft: true\nstatus: published\n", Some(Status::Draft)),
        ("draft: yes\n", Some(Status::Draft)),
        ("draft: false\nstatus: review\n", Some(Status::Review)),
        ("status: Archived\ndraft: false\n", Some(Status::Archived)),
        ("withdrawn: {date: 2026-01-19, reason: R}\n", Some(Status::Withdrawn)),
        ("withdrawn: {reason: R}\nstatus: draft\n", Some(Status::Draft)),
        ("withdrawn: {reason: R}\nstatus: superseded\n", Some(Status::Withdrawn)),
        ("published: false\ndate: 2025-01-01\n", Some(Status::Draft)),
        ("published: true\n", None),
    ];
    for (yaml, status) in cases {
        let page = keys(yaml);
        assert_eq!((page.status, page.status_unknown, codes(&page)), (status, false, vec![]), "{yaml}");
    }
}

#[test]
fn a_page_whose_state_cannot_be_told_is_never_public() {
    let page = keys("status: reveiw\n");
    assert!(page.status_unknown);
    assert_eq!((codes(&page), &page.diagnostics[0].hints[..]), (vec!["unknown-status"], &["did you mean `review`?".to_string()][..]));
    assert!(keys("status: secret\n").diagnostics[0].hints[0].starts_with("it is one of draft, review"));
    for yaml in ["draft: perhaps\n", "status: [draft]\n"] {
        assert!(keys(yaml).status_unknown, "{yaml}");
    }
    for yaml in ["publish_at: soon\n", "publish_at: 9:30 on 12 December\n", "embargo: true\n"] {
        assert!(keys(yaml).embargo_unclear, "{yaml}");
    }
    assert_eq!(keys("embargo: true\n").diagnostics[0].hints[0], "write `publish_at: DATE`");
}

#[test]
fn keys_that_say_nothing_hide_nothing_and_are_no_mistake() {
    for value in ["", "~", "''", "[]", "{}", "[~]", "{date: '', reason: ''}"] {
        for name in ["status", "draft", "publish_at", "embargo", "expires", "date", "withdrawn", "changes", "offices", "image", "hidden"] {
            let page = keys(&format!("{name}: {value}\n"));
            assert_eq!((codes(&page), page.status, page.withdrawn.is_some()), (vec![], None, false), "{name}: {value}");
            assert!(!page.status_unknown && !page.embargo_unclear && !page.date_unclear, "{name}: {value}");
        }
    }
    for yaml in ["embargo: false\n", "publish_at: no\n", "expires: false\n"] {
        assert_eq!((codes(&keys(yaml)), keys(yaml).embargo_unclear), (vec![], false), "{yaml}");
    }
}

#[test]
fn an_entry_of_a_form_that_nobody_has_filled_in_is_as_if_absent() {
    let page = keys("changes: [{date: '', note: '', kind: minor}, {}, {date: 2026-01-02, note: N}]\noffices: [{office: '', from: ''}]\n");
    assert_eq!((codes(&page), page.changes.len(), page.offices.len()), (vec![], 1, 0));
    let page = keys("changes:\n  - {date: 2026-01-02, note: N}\n  - {date: '', note: M, kind: minor}\n");
    let problem = &page.diagnostics[0];
    assert_eq!(
        (problem.message.as_str(), problem.place.as_ref().map(|place| place.line)),
        ("an entry of `changes` has no `date`", Some(4))
    );
}

#[test]
fn a_number_that_other_programs_write_in_another_way_is_told() {
    for id in ["0123", "007", "1.10", "1_000", "1e3"] {
        assert_eq!(codes(&keys(&format!("id: {id}\n"))), ["unquoted-number"], "{id}");
    }
    for id in ["'0123'", "123", "PB-007", "1.1", "2026-004", "0", "e3"] {
        assert_eq!(codes(&keys(&format!("id: {id}\n"))), [""; 0], "{id}");
    }
}

#[test]
fn maps_that_forms_write_where_a_text_is_meant_are_told_with_what_to_set() {
    let hint = |yaml: &str| keys(yaml).diagnostics[0].hints.last().cloned().unwrap_or_default();
    assert!(hint("key_points: [{point: One}]\n").starts_with("in your CMS, give `key_points` texts"));
    assert_eq!(hint("image: {src: a.png, alt: x}\n"), "write the address alone: `image: a.png`");
    assert!(hint("tags:\n  - Talks: first\n").contains("in quotes"));
}

#[test]
fn a_date_in_other_signs_is_offered_as_it_should_be_written() {
    assert_eq!(keys("date: 2026/1/5\n").diagnostics[0].hints[0], "write `date: 2026-01-05`");
    assert_eq!(keys("date: 25/06/2025\n").diagnostics[0].hints[0], "write `date: 2025-06-25`");
    assert_eq!(keys("date: 2026/1/5 10:00\n").diagnostics[0].hints[0], "write `date: 2026-01-05 10:00`");
    let zoned = "write `date: 2026-01-05 10:00 +01:00`, with the offset that `CET` has on that day";
    assert_eq!(keys("date: 2026-01-05 10:00 CET\n").diagnostics[0].hints[0], zoned);
}

#[test]
fn a_date_with_two_readings_is_told_with_both_unless_the_settings_say_the_order() {
    let yaml = "date: 04/01/2019\n";
    let page = keys(yaml);
    let timed = keys("date: 04/01/2019 10:30\n");
    assert!(timed.diagnostics[0].hints[0].contains("`date: 2019-01-04 10:30` or `date: 2019-04-01 10:30`"), "{:?}", timed.diagnostics);
    assert_eq!(page.diagnostics[0].message, "`date` has `04/01/2019`, which may be 2019-01-04 or 2019-04-01");
    assert!(page.diagnostics[0].hints[1].contains("`order = \"dmy\"`") && page.date_unclear, "{:?}", page.diagnostics);
    let read = |order| crate::page::front::read_in_order(&std::sync::Arc::from("x.md"), &format!("---\n{yaml}---\n"), Some(order));
    let page = read(crate::config::DateOrder::MonthDay);
    assert_eq!((page.date.map(|date| date.iso()).as_deref(), page.diagnostics.len(), page.date_unclear), (Some("2019-04-01"), 0, false));
}

#[test]
fn months_and_years_are_dates_where_nothing_is_hidden_by_them() {
    let page = keys("date: 2021-09\nupdated: 2022\nas_of: September 2021\nlast_reviewed_on: 2023\n");
    let shown = [page.date, page.updated, page.as_of, page.last_reviewed_on].map(|date| date.expect("a date").iso());
    assert_eq!((shown, page.diagnostics.len(), page.date_unclear), (["2021-09", "2022", "2021-09", "2023"].map(String::from), 0, false));
    let page = keys("publish_at: 2021-09\nexpires: 2030\nchanges: [{date: 2021, note: N}]\n");
    let told: Vec<&str> = page.diagnostics.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        told,
        [
            "`publish_at` has `2021-09` where a day is expected",
            "`expires` has `2030` where a day is expected",
            "`date` has `2021` where a day is expected"
        ]
    );
    assert!(page.embargo_unclear && page.date_unclear);
}

#[test]
fn published_is_a_date_or_a_truth() {
    let page = keys("published: 2025-03-04\n");
    assert_eq!(page.date.map(|date| date.iso()).as_deref(), Some("2025-03-04"));
    assert_eq!(page.status, None);
}

#[test]
fn a_permalink_is_a_path_or_hides_the_page() {
    assert_eq!(keys("permalink: /404.html\n").path.as_deref(), Some("/404.html"));
    assert!(keys("permalink: false\npath: /x/\n").hidden_by_permalink);
    assert!(!keys("permalink: true\n").hidden_by_permalink);
}

#[test]
fn slugs_and_paths_that_lead_nowhere_are_errors() {
    for yaml in ["slug: a//b\n", "slug: ../b\n", "slug: /\n", "slug: '..'\n", "slug: \"a\\tb\"\n", "slug: a%2F%2E%2E\n"] {
        assert_eq!(codes(&keys(yaml)), ["bad-slug"], "{yaml}");
    }
    for yaml in ["path: ../x\n", "path: /%2E%2E/x\n", "url: https://example.org/\n", "permalink: /:year/:title/\n", "path: \"a\\nb\"\n"] {
        assert_eq!(codes(&keys(yaml)), ["bad-path"], "{yaml}");
    }
    assert_eq!(keys("slug: C++ & Über\n").slug.as_deref(), Some("C++ & Über"));
    assert_eq!(keys("slug: 2026/budget\n").slug.as_deref(), Some("2026/budget"));
}

#[test]
fn a_slug_or_path_copied_from_a_browser_is_decoded_once() {
    let page = keys("slug: b%C3%BCrger\npath: /100%25/b%C3%BCrger%zz/\n");
    assert_eq!((page.slug.as_deref(), page.path.as_deref()), (Some("bürger"), Some("/100%/bürger%zz/")));
}

#[test]
fn an_alias_that_no_file_can_answer_is_left_out_and_told_at_its_place() {
    let page = keys("aliases: [/a/, \"https://example.org/b/\", \"/?p=12\", \"/c/#d\", .git/x, C#, .NET, ../old]\n");
    assert_eq!((codes(&page), &page.aliases[..]), (vec!["bad-alias"; 4], &["/a/", "C#", ".NET", "../old"].map(String::from)[..]));
    let places: Vec<u32> = page.diagnostics.iter().filter_map(|problem| Some(problem.place.as_ref()?.column)).collect();
    assert_eq!(places, [17, 43, 53, 61]);
}

#[test]
fn a_language_and_a_time_of_review_that_cannot_be_read_are_left_out() {
    let page = keys("lang: English\nreview_in: every spring\n");
    assert_eq!((codes(&page), &page.lang, &page.review_in), (vec!["bad-lang", "bad-review-in"], &None, &None));
    assert_eq!(keys("lang: pt_BR\n").diagnostics[0].hints, ["write `pt-BR`"]);
    for yaml in ["lang: zh-Hant-TW\n", "lang: fr\n", "review_in: 6 months\n", "review_in: 1 year\n"] {
        assert_eq!(codes(&keys(yaml)), [""; 0], "{yaml}");
    }
}

#[test]
fn comments_leave_every_text_that_readers_see() {
    let page = keys("owner: A %%x%%\nwithdrawn: {reason: \"R <!-- y -->\"}\nchanges: [{date: 2026-01-02, note: N %%z%%}]\n");
    assert_eq!(page.owner.as_deref(), Some("A"));
    assert_eq!(page.withdrawn.as_ref().map(|withdrawn| withdrawn.reason.as_str()), Some("R"));
    assert_eq!(page.changes[0].note, "N");
}

#[test]
fn a_date_that_is_none_is_noted() {
    assert!(keys("date: never\n").date_unclear && keys("expires: [x]\n").date_unclear);
    assert!(!keys("date: 2026-01-01\nupdated: never\n").date_unclear && !keys("date:\n").date_unclear);
}

#[test]
fn changes_and_offices_are_lists_of_maps() {
    let page = keys("changes:\n  - {date: 2026-01-02, note: N, kind: major}\n  - date: 2026-01-03\n    note: 5\n");
    let changes: Vec<_> = page.changes.iter().map(|change| (change.date.iso(), change.note.as_str(), change.kind)).collect();
    assert_eq!(changes, [("2026-01-02".into(), "N", ChangeKind::Major), ("2026-01-03".into(), "5", ChangeKind::Minor)]);
    let office = &keys("offices: {office: President, of: US, from: 2017, to: 2021-01}\n").offices[0];
    assert_eq!((office.from.as_deref(), office.to.as_deref(), &office.source), (Some("2017"), Some("2021-01"), &None));
    assert_eq!(codes(&keys("changes: [{note: N}, x]\noffices: [{of: US}]\n")), ["wrong-type"; 3]);
    assert_eq!(codes(&keys("changes: [{date: 2026-01-02, kind: huge, noet: x}]\n")), ["wrong-type", "unknown-key"]);
}

#[test]
fn keys_of_topic_pages_are_checked_on_those_only() {
    let page = keys("featured: true\nrelated: [{title: A}]\nbroader: b\n");
    assert_eq!((codes(&page), page.topic_diagnostics.len()), (vec![], 2));
    assert_eq!((page.featured.len(), page.related.len(), &page.broader), (0, 0, &vec!["b".to_string()]));
    let names: Vec<&str> = page.extra.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["featured", "related"]);
}

#[test]
fn a_layout_is_kept_beside_a_template() {
    let page = keys("layout: post\ntemplate: brief.html\n");
    assert_eq!((page.layout.as_deref(), page.template.as_deref()), (Some("post"), Some("brief.html")));
}

#[test]
fn names_may_be_links_and_tags_may_have_their_sign() {
    let page = keys(
        "author: \"[[People/Ada Byron|Ada]]\"\ntopics: [\"[[Energy]]\", Trade, \"[[x]] and y\"]\ntags: [\"#law\", \"a/b\", \"# c\"]\nseries: [[One]]\n\
         broader: \"[[Energy#Costs]]\"\n",
    );
    let terms: Vec<Vec<String>> = page.terms.iter().map(|terms| terms.clone().unwrap_or_default()).collect();
    assert_eq!(terms, [vec!["Energy", "Trade", "[[x]] and y"], vec!["law", "a/b", "# c"], vec!["Ada Byron"], vec!["One"]]);
    assert_eq!((&page.broader[..], codes(&page)), (&["Energy".to_string()][..], vec![]));
}
