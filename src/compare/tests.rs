//! Comparisons of texts: what is told of each kind of change, and what holds for any two texts.

use proptest::prelude::*;

use super::*;

const LABELS: Labels = Labels {
    added: ["[+", "+]"],
    removed: ["[-", "-]"],
    moved_here: "moved here",
    moved_away: "moved away",
    table: "Table",
    notes: "Notes",
};

/// A comparison as HTML without what is said to those who listen.
fn html(old: &str, new: &str) -> String {
    without(&compare(old, new).html(&LABELS), "<span class=\"visually-hidden\">", "</span>").replace('\n', "")
}

/// HTML without what stands between two marks, the marks included.
fn without(html: &str, open: &str, close: &str) -> String {
    let mut kept = String::new();
    let mut rest = html;
    while let Some((before, behind)) = rest.split_once(open) {
        kept.push_str(before);
        rest = behind.split_once(close).map_or("", |(_, behind)| behind);
    }
    kept + rest
}

/// The letters of HTML, without tags and blanks.
fn letters(html: &str) -> String {
    without(html, "<", ">")
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .split_whitespace()
        .collect()
}

#[test]
fn a_word_a_sign_and_a_number_are_replaced_as_a_whole() {
    assert_eq!(
        html("<p>Spending rose from 3.7 % to 5 %, they said.</p>", "<p>Spending rose from 3.9 % to 5 %; they said.</p>"),
        "<p id=\"change-1\" class=\"changed\">Spending rose from <del>3.7 %</del><ins>3.9 %</ins> to 5 %<del>,</del><ins>;</ins> they said.</p>"
    );
    assert_eq!(
        html("<p>a well-known law</p>", "<p>a well-made law</p>"),
        "<p id=\"change-1\" class=\"changed\">a <del>well-known</del><ins>well-made</ins> law</p>"
    );
}

#[test]
fn those_who_listen_are_told_where_a_change_begins_and_ends() {
    let html = compare("<p>One two three.</p>", "<p>One three.</p>").html(&LABELS);
    assert!(
        html.contains("<del><span class=\"visually-hidden\"> [- </span>two<span class=\"visually-hidden\"> -] </span></del> three."),
        "{html}"
    );
}

#[test]
fn splinters_between_changes_are_joined() {
    let html =
        html("<p>The council of the union met in Rome today again.</p>", "<p>The heads of the alliance met in Rome today again.</p>");
    assert!(html.contains("The <del>council of the union</del><ins>heads of the alliance</ins> met"), "{html}");
}

#[test]
fn words_keep_their_looks() {
    assert_eq!(
        html("<p>So <em>much</em> H<sub>2</sub>O for all</p>", "<p>So <em>much more</em> H<sub>2</sub>O for &lt;all&gt;</p>"),
        "<p id=\"change-1\" class=\"changed\">So <em>much</em> <ins><em>more</em></ins> H<sub>2</sub>O for <ins>&lt;</ins>all<ins>&gt;</ins></p>"
    );
}

#[test]
fn a_paragraph_that_stands_elsewhere_is_moved_and_not_deleted_and_added() {
    let [a, b, c] = ["One paragraph of words that stays.", "Another one that will stand elsewhere.", "A third one with other words."];
    let text = |parts: [&str; 3]| parts.map(|part| format!("<p>{part}</p>")).concat();
    let comparison = compare(&text([b, a, c]), &text([a, c, b]));
    assert_eq!((comparison.added, comparison.removed, comparison.moved), (0, 0, 6));
    let found = html(&text([b, a, c]), &text([a, c, b]));
    assert!(
        found.starts_with("<p class=\"moved-away\" id=\"moved-1\"><a class=\"moved-mark\" href=\"#change-1\">moved away</a> <q>Another"),
        "{found}"
    );
    assert!(
        found.contains("<p id=\"change-1\" class=\"moved\"><a class=\"moved-mark\" href=\"#moved-1\">moved here</a> Another one"),
        "{found}"
    );
    assert!(!found.contains("<del>") && !found.contains("<ins>"));
    let edited = "Another long one that will stand elsewhere now, as before, in the text.";
    let before = "Another long one that will stand elsewhere, as before, in the text.";
    let comparison = compare(&text([before, a, c]), &text([a, c, edited]));
    assert_eq!((comparison.added, comparison.removed, comparison.moved), (1, 0, 12), "moved and edited");
}

#[test]
fn headings_items_and_notes_stay_what_they_are() {
    let old = "<h2 id=\"a\">Who pays</h2><ol start=\"3\"><li>first thing</li><li>second thing<ul><li>below it</li></ul></li></ol>";
    let new =
        "<h2 id=\"a\">Who really pays</h2><ol start=\"3\"><li>first thing</li><li>second new thing<ul><li>below it</li></ul></li></ol>";
    assert_eq!(
        html(old, new),
        "<h2 id=\"change-1\" class=\"changed\">Who <ins>really</ins> pays</h2><ol><li value=\"3\"><div>first thing</div></li>\
         <li value=\"4\"><div id=\"change-2\" class=\"changed\">second <ins>new</ins> thing</div><ul><li><div>below it</div></li></ul></li></ol>"
    );
    let note = |number: u8, text: &str| {
        format!("<li id=\"fn-{number}\"><p>{text} <a href=\"#fnref-{number}\" role=\"doc-backlink\">↩</a></p></li>")
    };
    let mark = |number: u8| format!("<sup id=\"fnref-{number}\"><a href=\"#fn-{number}\" role=\"doc-noteref\">{number}</a></sup>");
    let notes = |inner: &str| format!("<section class=\"footnotes\" role=\"doc-endnotes\"><ol>{inner}</ol></section>");
    let old = format!("<p>One thing.{}</p>{}", mark(1), notes(&note(1, "The report.")));
    let new = format!("<p>Now.{} One thing.{}</p>{}", mark(1), mark(2), notes(&(note(1, "A law.") + &note(2, "The report."))));
    let found = html(&old, &new);
    assert!(found.contains("<ins>Now.<sup>1</sup></ins> One thing.<sup>2</sup></p>"), "the number of a note is no change: {found}");
    assert!(found.contains("<div id=\"change-2\" class=\"added\"><ins>A law.</ins></div></li><li><div>The report.</div>"), "{found}");
}

#[test]
fn tables_are_compared_cell_by_cell() {
    let table = |rows: &[&[&str]]| {
        let row = |cells: &&[&str]| format!("<tr>{}</tr>", cells.iter().map(|cell| format!("<td>{cell}</td>")).collect::<String>());
        format!("<table><tbody>{}</tbody></table>", rows.iter().map(row).collect::<String>())
    };
    let old = table(&[&["Area", "2023"], &["North", "1.2"], &["South", "3"]]);
    let new = table(&[&["Area", "2023"], &["North", "1.4"], &["West", "9"], &["South", "3"]]);
    let found = html(&old, &new);
    assert!(found.contains("<td>North</td><td><del>1.2</del><ins>1.4</ins></td>"), "{found}");
    assert!(found.contains("<tr id=\"change-2\" class=\"added\"><td><ins>West</ins></td><td><ins>9</ins></td></tr>"), "{found}");
    let wider = table(&[&["Area", "Unit", "2023"], &["North", "bn", "1.2"], &["South", "bn", "3"]]);
    assert!(html(&old, &wider).contains("<td>North</td><td><ins>bn</ins></td><td>1.2</td>"), "{}", html(&old, &wider));
}

#[test]
fn code_keeps_its_lines() {
    let found = compare("<pre><code>let a = 1;\n  run();\n</code></pre>", "<pre><code>let <span>a</span> = 2;\n  run();\n</code></pre>")
        .html(&LABELS);
    let found = without(&found, "<span class=\"visually-hidden\">", "</span>");
    assert!(found.contains("<code>let a = <del>1</del><ins>2</ins>;\n  run();</code>"), "{found}");
}

#[test]
fn changes_are_listed_below_their_headings() {
    let comparison =
        compare("<p>Some words here.</p><h2>Part</h2><p>Old.</p>", "<p>Some more words here.</p><h2>Part</h2><p>Old.</p><p>New one.</p>");
    let change = |heading: Option<&str>, added: usize| Change { heading: heading.map(String::from), added, removed: 0, moved: 0 };
    assert_eq!(comparison.changes, [change(None, 1), change(Some("Part"), 2)]);
    assert!(compare("<p>A</p>", "<p>A</p>").is_same());
}

/// What both texts say, block by block, as the pieces tell it; what was moved stands where it stood.
fn sides(comparison: &Comparison) -> [Vec<String>; 2] {
    let whole =
        |block: &Block| block.texts.iter().map(|text| text.plain.split_whitespace().collect::<String>()).collect::<Vec<_>>().join("|");
    let told = |old: usize, new: usize, pairs: &[Pair]| {
        let (old, new) = (&comparison.old[old], &comparison.new[new]);
        let words = |block: &Block, at: usize, range: &std::ops::Range<usize>| {
            let text = &block.texts[at];
            text.words[range.clone()]
                .iter()
                .map(|word| text.plain[word.at.clone()].split_whitespace().collect::<String>())
                .collect::<String>()
        };
        let (mut olds, mut news) = (Vec::new(), Vec::new());
        for pair in pairs {
            let (mut was, mut is) = (String::new(), String::new());
            for edit in &pair.edits {
                was += &pair.old.map_or_else(String::new, |at| words(old, at, &edit.old));
                is += &pair.new.map_or_else(String::new, |at| words(new, at, &edit.new));
            }
            olds.extend(pair.old.map(|_| was));
            news.extend(pair.new.map(|_| is));
        }
        (olds.join("|"), news.join("|"))
    };
    let mut old = vec![None; comparison.old.len()];
    let mut new = Vec::new();
    let mut order = Vec::new();
    for piece in &comparison.pieces {
        match piece {
            Piece::Same { new: at } => {
                new.push(whole(&comparison.new[*at]));
                order.push(whole(&comparison.new[*at]));
            }
            Piece::Changed { old: from, new: at, pairs } => {
                let (was, is) = told(*from, *at, pairs);
                new.push(is);
                order.push(was);
            }
            Piece::Added { new: at } => new.push(whole(&comparison.new[*at])),
            Piece::Removed { old: at } => order.push(whole(&comparison.old[*at])),
            Piece::MovedHere { old: from, new: at, pairs } => {
                let (was, is) = told(*from, *at, pairs);
                new.push(is);
                old[*from] = Some(was);
            }
            Piece::MovedAway { old: at, .. } => order.push(whole(&comparison.old[*at])),
        }
    }
    for (at, was) in old.into_iter().enumerate().filter_map(|(at, was)| Some((at, was?))) {
        assert_eq!(was, whole(&comparison.old[at]), "what was moved is what stood there");
    }
    [order, new]
}

fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "the",
        "council",
        "of",
        "Rome",
        "3.7 %",
        "5 billion",
        "EUR 2",
        "pays",
        "(so",
        "called),",
        "law.",
        "—",
        "<em>more</em>",
        "a<b",
        "合意",
        "x",
    ]);
    let line = prop::collection::vec(word, 1..14).prop_map(|words| words.join(" "));
    let block = (0u8..6, prop::collection::vec(line, 1..4)).prop_map(|(kind, lines)| {
        let each = |tag: &str| lines.iter().map(|line| format!("<{tag}>{line}</{tag}>")).collect::<String>();
        match kind {
            0 => format!("<h2>{}</h2>", lines[0]),
            1 => format!("<ul>{}</ul>", each("li")),
            2 => format!("<table><tr>{}</tr></table>", each("td")),
            3 => format!("<blockquote>{}</blockquote>", each("p")),
            _ => each("p"),
        }
    });
    prop::collection::vec(block, 0..7).prop_map(|blocks| blocks.concat())
}

proptest! {
    #[test]
    fn a_comparison_holds_both_texts(old in text(), new in text()) {
        let comparison = compare(&old, &new);
        let whole = |blocks: &[Block]| blocks.iter().map(|block| block.texts.iter().map(|text| text.plain.split_whitespace().collect::<String>()).collect::<Vec<_>>().join("|")).collect::<Vec<_>>();
        prop_assert_eq!(sides(&comparison), [whole(&comparison.old), whole(&comparison.new)]);
    }

    #[test]
    fn without_what_went_it_is_the_new_text(old in text(), new in text()) {
        let html = html(&old, &new);
        let html = without(&without(&html, "<p class=\"moved-away\"", "</p>"), "<div class=\"moved-away\"", "</div>");
        let html = without(&without(&html, "<h2 class=\"moved-away\"", "</h2>"), "<tr class=\"moved-away\"", "</tr>");
        let html = without(&without(&html, "<a class=\"moved-mark\"", "</a>"), "<del>", "</del>");
        prop_assert_eq!(letters(&html), letters(&new));
    }

    #[test]
    fn what_is_moved_is_neither_gone_nor_new(text in text(), places in prop::collection::vec(any::<prop::sample::Index>(), 2)) {
        let mut interner = words::Interner::default();
        let blocks = blocks::blocks(&text, &mut interner);
        prop_assume!(!blocks.is_empty());
        let paragraphs: Vec<String> = blocks.iter().enumerate().map(|(at, _)| format!("<p>block number {at} with words of its own {at}</p>")).collect();
        let mut moved = paragraphs.clone();
        let paragraph = moved.remove(places[0].index(paragraphs.len()));
        moved.insert(places[1].index(moved.len() + 1), paragraph);
        let comparison = compare(&paragraphs.concat(), &moved.concat());
        prop_assert_eq!((comparison.added, comparison.removed), (0, 0));
    }

    #[test]
    fn any_html_is_compared_without_a_panic(old in "(<|>|/|p|td|tr|li|ul|a |table|pre|\"|=|x|1|%| |é|&amp;|svg|section role=\"doc-endnotes\"){0,60}", new in "[ -~]{0,60}") {
        compare(&old, &new).html(&LABELS);
    }
}
