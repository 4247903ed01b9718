//! What is kept of a page as a whole, and texts of any kind.

use super::*;

#[test]
fn without_unsafe_html_tags_are_text() {
    let mut site = site();
    site.settings.unsafe_html = false;
    assert_eq!(site.html("a <b>c</b><!-- d --> [e](javascript:f)"), "<p>a &lt;b&gt;c&lt;/b&gt; e</p>\n");
}

#[test]
fn the_summary_ends_at_the_mark_else_with_the_first_paragraph() {
    let summary = |text: &str| site().body(text).summary.map(|summary| summary.text.to_string()).unwrap();
    assert_eq!(summary("## A\n\nOne.[^n]\n\nTwo.\n\n<!-- more -->\n\nThree.\n\n[^n]: x\n"), "One. Two.");
    assert_eq!(summary("> Not this.\n\nOne.\n\nTwo."), "One.");
    let long = summary(&"word ".repeat(100));
    assert!(long.chars().count() <= 300 && long.ends_with("word…"));
}

#[test]
fn key_points_are_single_lines_whose_places_are_found() {
    let text = "---\nkey_points:\n  - 1. See *[a](b.md)* \"c\"\n---\nD [e](f.md)\n";
    let body = site().body_with(text, text.find("D [").unwrap(), &["1. See *[a](b.md)* \"c\"".into()]);
    assert_eq!(show(&body.texts().key_points[0]), "1. See <em>{Open 1}a{Close 1}</em> “c”");
    let spans: Vec<&str> = body.links.iter().map(|link| &text[link.span.start as usize..link.span.end as usize]).collect();
    assert_eq!(spans, ["[e](f.md)", "[a](b.md)"]);
}

#[test]
fn line_ends_of_other_systems_make_no_difference() {
    let text = "a\nb\n\n> [!NOTE]\n> c\n\n```rust\nlet x = 1;\n```\n\n<div>\n</div>\n\n*[X]: y\n\n{{< box >}}\nX\n{{< /box >}}\n";
    assert_eq!(html(&text.replace('\n', "\r\n")).replace("\r", ""), html(text));
}

#[test]
fn deep_unfinished_and_huge_texts_are_rendered() {
    let many = 10_000;
    let texts = [
        ">".repeat(many),
        "- ".repeat(many),
        "[[".repeat(many) + &"]]".repeat(many),
        "[[a]]".repeat(many),
        "![".repeat(many) + &"](a)".repeat(many),
        "{{<box>}}".repeat(many) + &"{{</box>}}".repeat(many),
        "{{<box>}}\n".repeat(many) + &"{{</box>}}\n".repeat(many),
        "{{< box \"".repeat(many),
        "{{".repeat(many),
        "[^a]: ".repeat(many),
        "<a href=\"".repeat(many),
        "<!-- ".repeat(many),
        "a\0[b\0](c\0)\n".repeat(many / 10),
        "```rust\nfn".to_string(),
        "# a\n".repeat(many),
        "\"'--".repeat(many),
        "> [!NOTE]\n".repeat(many),
        "\\[\\[a]] ".repeat(many),
    ];
    for text in &texts {
        let body = site().body(text);
        assert!(!body.texts().html.html.contains('\0'), "{}", &text[..20]);
        for hole in &body.texts().html.holes {
            assert!(body.texts().html.html.is_char_boundary(hole.at as usize) && (hole.link as usize) < body.links.len());
        }
    }
}

#[test]
fn any_piece_of_a_text_is_rendered() {
    let text = "# É [[a|b]]\n\n{{< box >}}“x” {{< badge 1 >}}[^n]{{< /box >}}\n\n> [!TIP] t\n> u\n\n| a | b |\n|---|---|\n| `c` | {{</* d */>}} |\n\n[^n]: é\n\n*[X]: y\n\n<p id=\"é\">X</p>\n";
    let cuts: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
    for (number, from) in cuts.iter().enumerate().step_by(7) {
        for to in cuts[number..].iter().step_by(5) {
            site().body(&text[*from..*to]);
        }
    }
}
