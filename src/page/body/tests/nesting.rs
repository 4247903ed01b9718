//! HTML that nests: headings with attributes, blocks within lines, boxes that end in lists.

use super::*;

/// The problems with the lines of both places.
fn both(text: &str) -> Vec<(&'static str, u32, u32)> {
    let line = |problem: &Diagnostic| problem.place.as_ref().map_or(0, |place| place.line);
    site()
        .body(text)
        .diagnostics
        .iter()
        .map(|problem| (problem.code, line(problem), problem.also.first().map_or(0, |(place, _)| place.line)))
        .collect()
}

#[test]
fn attributes_of_headings_lose_their_quotes() {
    assert_eq!(
        html("## H {#id .c data-x=\"1\" title='a b' style=\"color:red\" id=z data-x=2}\n"),
        "<h2 id=\"id\" class=\"c\" data-x=\"1\" title=\"a b\" style=\"color:red\">H</h2>\n"
    );
    let mut site = site();
    site.settings.unsafe_html = false;
    assert_eq!(site.html("## H {#id .c onclick=\"x\" style=\"y\"}\n"), "<h2 id=\"id\" class=\"c\">H</h2>\n");
}

#[test]
fn a_block_in_a_paragraph_divides_it() {
    assert_eq!(html("Text {{< frame title=\"x\" >}} more.\n"), "<p>Text </p>\n<figure>x</figure>\n<p> more.</p>\n");
    assert_eq!(html("Text {{< frame title=\"x\" >}}\n"), "<p>Text </p>\n<figure>x</figure>\n");
    assert_eq!(html("a {{< box >}}b{{< /box >}} c\n"), "<p>a </p>\n<div>b</div>\n<p> c</p>\n");
    assert_eq!(problems("*a {{< frame >}}* b\n\n## c {{< frame >}}\n"), [("block-in-line", 1, 4), ("block-in-line", 3, 6)]);
    assert_eq!(problems("- a {{< frame >}}\n\n| b |\n|---|\n| {{< frame >}} |\n"), []);
    let body = site().body("Text {{< frame title=\"x\" >}} more.\n");
    assert_eq!(body.prose().iter().map(|(_, text)| text).collect::<Vec<_>>(), ["Text", "x", "more."]);
}

#[test]
fn a_box_that_ends_in_the_last_item_of_a_list_holds_the_list() {
    let around = "<div><ul>\n<li>a</li>\n<li>b\n</li>\n</ul>\n</div>\n";
    assert_eq!(html("{{< box >}}\n\n- a\n- b\n  {{< /box >}}\n\nc\n"), format!("{around}<p>c</p>\n"));
    assert_eq!(both("{{< box >}}\n\n- a\n- b\n  {{< /box >}}\n\nc\n"), []);
    assert_eq!(html("a {{< box >}}b *c{{< /box >}} d*\n"), "<p>a </p>\n<div>b <em>c d</em></div>\n");
}

#[test]
fn a_box_that_ends_within_a_list_that_goes_on_is_an_error_with_both_places() {
    assert_eq!(both("{{< box >}}\n\n- a\n  {{< /box >}}\n- b\n"), [("unclosed-shortcode", 4, 1)]);
    assert_eq!(both("- {{< box >}}\n  a\n\n{{< /box >}}"), [("unclosed-shortcode", 1, 4)]);
}
