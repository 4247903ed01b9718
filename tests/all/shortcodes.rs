//! The shortcodes of the built-in theme, as sites that come from Hugo call them.

use crate::place::Place;

/// The text of a page that says this, in a site of one page.
fn text_of(text: &str) -> String {
    let place = Place::new(&[
        ("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\n"),
        ("content/x.md", &format!("---\ntitle: X\ndate: 2026-01-02\ndesk: Trade\nparams:\n  seat: {{town: Riga}}\n---\n\n{text}\n")),
    ]);
    place.build().fine();
    let html = place.read("public/x/index.html");
    let (_, body) = html.split_once("itemprop=\"articleBody\">").expect("a text");
    body.split_once("</div>").map_or(body, |(body, _)| body).trim().to_string()
}

#[test]
fn details_open_when_they_are_pressed() {
    assert_eq!(text_of("{{< details >}}\n*a*\n{{< /details >}}"), "<details>\n<summary>Details</summary>\n<p><em>a</em></p>\n\n</details>");
    assert_eq!(
        text_of("{{< details summary=\"A & b\" open=true name=\"n\" title=\"t\" class=\"c\" >}}\na\n{{< /details >}}"),
        "<details class=\"c\" name=\"n\" title=\"t\" open>\n<summary>A &amp; b</summary>\n<p>a</p>\n\n</details>"
    );
}

#[test]
fn films_are_links_to_where_they_are_shown() {
    let youtube = "https://www.youtube.com/watch?v=0RKpf3rK57I";
    assert_eq!(
        text_of("{{< youtube 0RKpf3rK57I >}}"),
        format!("<p class=\"film\"><a href=\"{youtube}\">youtube.com/watch?v=0RKpf3rK57I</a></p>")
    );
    assert_eq!(
        text_of("{{< youtube id=\"0RKpf3rK57I\" title=\"A talk\" start=30 autoplay=true >}}"),
        format!("<p class=\"film\"><a href=\"{youtube}&amp;t=30s\">A talk</a></p>")
    );
    assert_eq!(text_of("{{< vimeo 55073825 >}}"), "<p class=\"film\"><a href=\"https://vimeo.com/55073825\">vimeo.com/55073825</a></p>");
}

#[test]
fn param_says_what_front_matter_says() {
    assert_eq!(text_of("{{< param desk >}}, {{< param \"seat.town\" >}}, {{< param title >}}"), "<p>Trade, Riga, X</p>");
}

#[test]
fn param_of_a_key_that_is_not_there_is_told() {
    let place = Place::new(&[
        ("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\n"),
        ("content/x.md", "---\ntitle: X\n---\n\n{{< param desc >}} {{< param a.b >}}\n"),
    ]);
    place.build().ends_with(1).says(&["the page has no `desc`", "the page has no `a.b`"]);
}
