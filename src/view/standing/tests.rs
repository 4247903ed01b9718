//! What pages, lists, cards, feeds and citations say of the state of pages.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::sources::Sources;

const CHAIN: [(&str, &str); 4] = [
    ("content/b/first.md", "---\ntitle: First\nid: R-1\ndate: 2020-03-01\n---\n"),
    ("content/b/second.md", "---\ntitle: Second\nid: R-2\ndate: 2023-03-01\nsupersedes: R-1\n---\n"),
    ("content/b/third.md", "---\ntitle: Third\nid: R-3\ndate: 2025-03-01\nsupersedes: R-2\n---\n"),
    (
        "content/b/note.md",
        "---\ntitle: Note\nid: R-4\ndate: 2026-05-01\namends: R-3\nchanges: [{date: 2026-06-01, kind: correction, note: A figure.}]\n---\n",
    ),
];

/// The texts of a site's output by path.
fn rendered(settings: &str, files: &[(&str, &str)]) -> BTreeMap<String, String> {
    let now = "2026-11-24T00:00:00Z".parse().expect("an instant");
    let sources = Sources::in_memory(now, settings, files);
    let made = crate::pipeline::render_all(&sources, &mut Default::default(), &Default::default()).expect("no mistakes");
    made.into_iter().map(|(path, bytes)| (path.into(), String::from_utf8_lossy(&bytes).into_owned())).collect()
}

/// What stands between two marks of a page.
fn between<'a>(html: &'a str, from: &str, to: &str) -> &'a str {
    html.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map_or("", |(inside, _)| inside)
}

#[test]
fn an_old_page_leads_to_the_next_one_with_its_date_and_to_the_newest() {
    let made = rendered("", &CHAIN);
    let first = &made["b/first/index.html"];
    let line = "<span class=\"state\" data-state=\"superseded\">Superseded by <a href=\"/b/second/\">R-2</a> (<time datetime=\"2023-03-01\">1 March 2023</time>)</span>";
    assert!(first.contains(line), "{first}");
    let banner = between(first, "<div class=\"notice\" data-state=\"superseded\">", "</div>");
    assert!(
        banner.contains("Its place was taken by <a href=\"/b/second/\">Second</a> (<time datetime=\"2023-03-01\">1 March 2023</time>)."),
        "{banner}"
    );
    assert!(banner.contains("The newest is <a href=\"/b/third/\">Third</a>"), "{banner}");
    let second = &made["b/second/index.html"];
    assert!(
        !between(second, "<div class=\"notice\" data-state=\"superseded\">", "</div>").contains("The newest"),
        "the next is the newest"
    );
    let older = between(&made["b/third/index.html"], "Replaces</h2>", "</section>");
    let at = |title: &str| older.find(&format!(">{title}</a>"));
    assert!(at("Second") < at("First") && at("Second").is_some(), "{older}");
}

#[test]
fn a_page_that_was_amended_says_by_what_and_the_other_says_what_it_amends() {
    let made = rendered("", &CHAIN);
    let third = &made["b/third/index.html"];
    assert!(third.contains("data-state=\"amended\">Amended by <a href=\"/b/note/\">R-4</a> ("), "{third}");
    assert!(
        between(third, "<div class=\"notice\" data-state=\"amended\">", "</div>")
            .contains("Part of this page was changed by <a href=\"/b/note/\">Note</a>")
    );
    assert!(between(&made["b/note/index.html"], "<h2>Amends</h2>", "</section>").contains("<a href=\"/b/third/\">Third</a>"));
}

#[test]
fn a_page_that_was_amended_and_then_superseded_says_both() {
    let newer = ("content/b/fourth.md", "---\ntitle: Fourth\nid: R-5\ndate: 2026-09-01\nsupersedes: R-3\n---\n");
    let made = rendered("", &[&CHAIN[..], &[newer]].concat());
    let third = &made["b/third/index.html"];
    assert!(third.contains("data-state=\"superseded\">Superseded by") && third.contains("data-state=\"amended\">Amended by"), "{third}");
    assert!(
        between(&made["b/note/index.html"], "<h2>Amends</h2>", "</section>").contains(">Third</a>"),
        "the note still says what it changed"
    );
}

#[test]
fn earlier_texts_say_what_became_of_their_page_and_which_they_are() {
    let files = [
        (
            "content/b/prices.md",
            "---\ntitle: Prices\nid: R-9\ndate: 2026-01-05\nwithdrawn: {date: 2026-01-19, reason: Wrong.}\n---\n\nNew.\n",
        ),
        ("content/_versions/b/prices/2026-01-05.md", "---\ntitle: Prices\ndate: 2026-01-05\n---\n\nOld.\n"),
    ];
    let made = rendered("", &files);
    for path in ["b/prices/v/2026-01-05/index.html", "b/prices/v/2026-01-05/changes/index.html"] {
        let html = &made[path];
        let banner = between(html, "<div class=\"notice\" data-state=\"withdrawn\">", "</div>");
        assert!(banner.contains("Withdrawn on") && banner.contains("Do not rely") && banner.contains("Wrong."), "{path}: {html}");
        assert!(html.contains("<title>Withdrawn: "), "{path}: {html}");
    }
    assert!(made["b/prices/v/2026-01-05/index.html"].contains("<title>Withdrawn: Version of 5 January 2026: Prices"));
}

#[test]
fn lists_cards_feeds_and_citations_say_the_same_words() {
    let made = rendered("title = \"S\"\nbase_url = \"https://e.org/\"\n", &CHAIN);
    let words = "Amended by R-4 (1 May 2026)";
    let cards: String = made.iter().filter(|(path, _)| path.starts_with("cards/")).map(|(_, text)| text.as_str()).collect();
    for (place, text) in [
        ("list", &made["b/index.html"]),
        ("cards", &cards),
        ("Atom", &made["feed.xml"]),
        ("JSON Feed", &made["feed.json"]),
        ("citation", &made["b/third/index.html"]),
    ] {
        assert!(text.contains(words), "{place}: {text}");
        assert!(text.contains("Corrected on 1 June 2026") || place == "citation", "{place}");
    }
    assert!(
        cards.contains("\"standing\":\"superseded\",\"state\":\"Superseded by R-2 (1 March 2023)\"")
            && !made["feed.xml"].contains("Superseded"),
        "{cards}"
    );
    assert!(made["b/first/index.html"].contains("<title>Superseded: First"), "{}", made["b/first/index.html"]);
}

proptest! {
    /// Any pages that take each other's place, some of them hidden: each that is superseded names the next public one and its date, and the page that
    /// ends its way lists it, newest first.
    #[test]
    fn banners_dates_and_lists_of_any_chain_agree(after in proptest::collection::vec(0..8usize, 1..8), hidden in 0..256u32) {
        let pages = after.len() + 1;
        let is_hidden = |at: usize| hidden >> at & 1 == 1;
        // A page takes the place of those that come before it alone, so nothing goes round.
        let files: Vec<(String, String)> = (0..pages).map(|at| {
            let old: Vec<String> = (0..at).filter(|old| after[*old] % (pages - 1 - old) + old + 1 == at).map(|old| format!("p{old}")).collect();
            let draft = if is_hidden(at) { "status: draft\n" } else { "" };
            (format!("content/b/p{at}.md"), format!("---\ntitle: P{at}\ndate: 20{:02}-01-01\nsupersedes: [{}]\n{draft}---\n", at + 10, old.join(", ")))
        }).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let made = rendered("", &files);
        let next = |at: usize| (at + 1 < pages).then(|| after[at] % (pages - 1 - at) + at + 1).filter(|next| !is_hidden(*next));
        for at in (0..pages).filter(|at| !is_hidden(*at)) {
            let html = &made[&format!("b/p{at}/index.html")];
            let banner = between(html, "<div class=\"notice\" data-state=\"superseded\">", "</div>");
            let newest = std::iter::successors(next(at), |at| next(*at)).last();
            match next(at) {
                None => prop_assert!(banner.is_empty(), "P{at}: {banner}"),
                Some(next) => {
                    prop_assert!(banner.contains(&format!(">P{next}</a> (<time datetime=\"20{:02}-01-01\">", next + 10)), "P{at}: {banner}");
                    prop_assert_eq!(banner.contains("The newest is"), newest != Some(next));
                    let list = between(&made[&format!("b/p{}/index.html", newest.unwrap_or(next))], "Replaces</h2>", "</section>");
                    prop_assert!(list.contains(&format!(">P{at}</a>")), "P{at}: {list}");
                }
            }
            let listed: Vec<usize> = (0..pages).rev().filter_map(|old| between(html, "Replaces</h2>", "</section>").find(&format!(">P{old}</a>"))).collect();
            prop_assert!(listed.is_sorted(), "P{at}: newest first");
        }
    }
}
