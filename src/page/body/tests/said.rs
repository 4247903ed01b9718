//! What is said of a page: its words as others read them.

use super::*;

fn prose(text: &str) -> Vec<String> {
    site().body(text).prose().iter().map(|(_, text)| text.to_string()).collect()
}

fn summary(text: &str) -> String {
    site().body(text).summary.map(|summary| summary.text.to_string()).unwrap_or_default()
}

#[test]
fn a_line_break_parts_words() {
    assert_eq!(summary("Phone: 1<br>Fax: 2<br/>Web: 3<BR />*x*"), "Phone: 1 Fax: 2 Web: 3 x");
    assert_eq!(prose("| a |\n|---|\n| France<br>Germany |\n"), ["a", "France Germany"]);
    let body = site().body("## Costs<br>and benefits\n");
    assert_eq!((&*body.headings[0].text, &*body.headings[0].id), ("Costs and benefits", "costsand-benefits"));
}

#[test]
fn the_inside_of_scripts_and_styles_is_no_text() {
    assert_eq!(prose("a <style>b{}</style><script>c</script> d"), ["a d"]);
    assert_eq!(prose("<script>\nlet x = '<p>y';\n</script>\n\nz"), ["z"]);
}

#[test]
fn words_in_blocks_of_html_are_read_block_by_block() {
    let table = "<table><tr><th scope=row>Head&nbsp;cell</th><td>Data <b>in</b>side<br>here</td></tr></table>\n";
    assert_eq!(prose(table), ["Head\u{A0}cell", "Data inside here"]);
    assert_eq!(prose("<details><summary>Why</summary>\n\nBecause.\n\nAs is\n\n</details>"), ["Why", "Because.", "As is"]);
    assert_eq!(summary("<table><td>Cell</td></table>\n\n<p>First paragraph of all.</p>\n"), "First paragraph of all.");
    assert_eq!(summary("<p>Words of a block.</p>\n\nA paragraph.\n"), "A paragraph.");
}

#[test]
fn a_link_in_a_block_of_html_has_its_sentence() {
    let body = site().body("<p>One thing. See <a class=x href=\"b.md\">this</a> now.</p>\n");
    assert_eq!(&*body.links[0].sentence, "See this now.");
}

#[test]
fn what_a_shortcode_writes_is_read() {
    assert_eq!(prose("a {{< badge 5 >}} b"), ["a 5en b"]);
    assert_eq!(prose("{{< box title=\"Some title\" >}}\nText.\n{{< /box >}}\n"), ["Text.", "Some title"]);
    assert_eq!(prose("[a]({{< ref \"x.md\" >}}) <a href=\"{{< ref \"x.md\" >}}\" rel=y>b</a>"), ["a b"]);
}

#[test]
fn what_is_struck_out_does_not_hold() {
    let body = site().body("Latvia spends ~~4.7 of [it](a.md)~~ 3.7 per cent <del>or so</del><s>x</s> in [b](b.md).\n");
    assert_eq!(body.summary.as_ref().map(|summary| &*summary.text), Some("Latvia spends 3.7 per cent in b."));
    assert_eq!(&*body.links[1].sentence, "Latvia spends 3.7 per cent in b.");
    assert!(body.texts().html.html.contains("<del>4.7 of "));
    let titled = Site { title: None, ..site() }.body("# Who decides ~~not~~ on it\n\n## A ~~b~~ c\n");
    assert_eq!((titled.title.as_deref(), &*titled.headings[0].text), (Some("Who decides on it"), "A c"));
    assert_eq!(prose("<del>\n\nOld.\n\n</del>\n\nNew.\n"), ["New."]);
    assert_eq!(prose("a <del>b\n\nc\n"), ["a", "c"]);
}

#[test]
fn an_id_is_given_once() {
    assert_eq!(problems("## Costs\n\n<div id=\"costs\">x</div>\n"), [("duplicate-id", 3, 10)]);
    assert_eq!(html("## Costs\n\n<div id=\"costs\" class=y>x</div>\n"), "<h2 id=\"costs\">Costs</h2>\n<div class=y>x</div>\n");
    assert_eq!(html("<p id=q>a</p>\n\n<p id='q'>b</p>\n"), "<p id=q>a</p>\n<p>b</p>\n");
    assert_eq!(html("## H {#Main}\n\n## I {#main}\n"), "<h2 id=\"Main-1\">H</h2>\n<h2 id=\"main\">I</h2>\n");
    assert_eq!(
        problems("<i id=Cite></i> ## H\n\n<a name=\"x\" id=\"x\"></a> <a name=x></a>\n"),
        [("duplicate-id", 1, 7), ("duplicate-id", 3, 33)]
    );
    assert_eq!(problems("<p id=fn-1>a</p>\n"), []);
    assert_eq!(problems("a[^1] <i id=fn-1></i>\n\n[^1]: b\n"), [("duplicate-id", 1, 13)]);
    let first = site().body("## Costs\n\n<div id=\"costs\">x</div>\n").diagnostics[0].also[0].0.line;
    assert_eq!(first, 1);
}

#[test]
fn ids_and_anchors_are_composed() {
    let body = site().body("## e\u{301}te\u{301}\n\n[a](#e\u{301}te\u{301}) [[x#e\u{301}]] <i id=e\u{301}></i>\n");
    assert!(body.texts().html.html.contains("id=\"été\"") && body.texts().html.html.contains("<i id=é>"));
    assert_eq!(body.links[0].target, LinkTarget::Destination { path: "".into(), anchor: Some("été".into()), query: None });
    assert_eq!(body.links[1].target, LinkTarget::Wiki { name: "x".into(), anchor: Some("é".into()), has_words: false });
    assert_eq!(body.anchors.iter().map(|anchor| &**anchor).collect::<Vec<_>>(), ["é", "été"]);
}

#[test]
fn a_note_has_one_text() {
    let body = site().body("a[^3] b[^A]\n\n[^3]: First.\n\n[^3]: Second.\n\n[^A]: Third.\n\n[^a]: Fourth.\n");
    let reports: Vec<_> =
        body.diagnostics.iter().map(|problem| (problem.code, problem.place.as_ref().unwrap().line, problem.also[0].0.line)).collect();
    assert_eq!(reports, [("duplicate-note", 5, 3), ("duplicate-note", 9, 7)]);
    assert!(body.texts().html.html.contains("First.") && !body.texts().html.html.contains("Second."));
    assert_eq!(body.prose().iter().map(|(_, text)| text).collect::<Vec<_>>(), ["a b", "First.", "Third."]);
}

#[test]
fn cells_that_no_column_shows_are_told() {
    let table = |row: &str| problems(&format!("| Country | Share |\n|---|---|\n{row}\n"));
    assert_eq!(table("| Latvia | [[riga|3.7]] |"), [("extra-cells", 3, 19)]);
    assert_eq!(table("Latvia | 3.7 | yes"), [("extra-cells", 3, 16)]);
    assert_eq!(table("| [[riga|Riga]] |"), [("extra-cells", 3, 3)], "a bar divides the link");
    for right in ["| Latvia | 3.7 |", "Latvia | 3.7", "| Latvia |", "| a | b | |", "| [[riga\\|Riga]] | `a\\|b` |", "> x"] {
        assert_eq!(table(right), [], "{right}");
    }
    let hint = |row: &str| site().body(&format!("|a|b|\n|-|-|\n{row}\n")).diagnostics[0].hints[0].clone();
    assert!(hint("|c|[[d|e]]|").starts_with("write `\\|` in tables") && hint("|c|d|e|").starts_with("give the head"));
}

#[test]
fn a_box_of_one_line_has_a_text_and_no_title() {
    assert_eq!(
        html("> [!NOTE] All *text*, [joined](a.md).\n"),
        "<div class=\"markdown-alert markdown-alert-note\" role=\"note\" data-kind=\"note\" aria-label=\"Note\">\n<p>All <em>text</em>, {Open 0}joined{Close 0}.</p>\n</div>\n"
    );
    assert!(html("> [!NOTE] Title\n>\n> Text\n").contains("<p class=\"markdown-alert-title\">Title</p>\n<p>Text</p>"));
}
