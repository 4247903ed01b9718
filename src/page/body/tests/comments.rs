//! Comments: what is in them is nowhere.

use super::*;

#[test]
fn comments_of_both_kinds_reach_nothing() {
    let text = "## Costs %%to be checked%%\n\nText. %%ask [b](b.md) {{< nope >}}%% More.<!-- c [d](d.md) --> End.\n\n%%\n## Secret\n\n- e\n%%\n\n<!--\n## f\n\ng\n-->\n\n<div>\n<!-- {{< nope >}} h -->\n<b>i</b>\n</div>\n";
    let body = site().body(text);
    assert_eq!(show(&body.texts().html), "<h2 id=\"costs\">Costs</h2>\n<p>Text.  More. End.</p>\n<div>\n\n<b>i</b>\n</div>\n");
    assert_eq!(body.summary.as_ref().map(|summary| &*summary.text), Some("Text. More. End."));
    assert_eq!((body.headings.len(), &*body.headings[0].text, body.links.len()), (1, "Costs", 0));
    assert_eq!(body.prose().iter().map(|(_, text)| text).collect::<Vec<_>>(), ["Text. More. End.", "i"]);
    assert_eq!(body.diagnostics, []);
}

#[test]
fn comments_leave_no_paragraph_and_part_no_other() {
    assert_eq!(html("a\n\n%%b%%\n\nc"), "<p>a</p>\n<p>c</p>\n");
    assert_eq!(html("a\n%%b%%\nc"), "<p>a\n\nc</p>\n");
    assert_eq!(html("> %%\n> b\n> %%\n"), "<blockquote>\n</blockquote>\n");
    assert_eq!(html("%%b%% *c*\n"), "<p> <em>c</em></p>\n");
    assert_eq!(html("<!-- b -->\n"), "");
}

#[test]
fn a_comment_in_a_cell_a_picture_or_a_call_is_left_out() {
    assert!(html("| a | b |\n|---|---|\n| c %%d | e%% | f |\n").contains("<td>c </td><td>f</td>"));
    assert_eq!(site().body("![a %%b%%](c.svg)").links[0].alt.as_deref(), Some("a "));
    assert_eq!(html("{{< frame title=\"a %%b%%\" >}}"), "<figure>a </figure>\n");
    assert_eq!(html("<div>\na %%b%%\n</div>\n"), "<div>\na \n</div>\n");
}

#[test]
fn in_code_comments_are_shown() {
    assert_eq!(html("`%%a%%` `<!-- b -->`"), "<p><code>%%a%%</code> <code>&lt;!-- b --&gt;</code></p>\n");
    assert_eq!(html("```\n%%a%%\n```\n"), "<pre tabindex=\"0\"><code>%%a%%\n</code></pre>\n");
    let mut site = site();
    site.settings.math = true;
    assert_eq!(site.html("$a %%b%%$"), "<p><span class=\"math\">a %%b%%</span></p>\n");
}

#[test]
fn a_comment_without_an_end_is_told_where_it_begins() {
    assert_eq!(problems("a\n\n100%% sure, %%really\n"), [("unclosed-comment", 3, 13)]);
    assert_eq!(html("a %%b"), "<p>a %%b</p>\n");
    assert_eq!(problems("a <!-- b\n"), [("unclosed-comment", 1, 3)]);
}

#[test]
fn comments_of_html_are_kept_if_the_settings_want_them() {
    let mut site = site();
    site.settings.keep_comments = true;
    assert_eq!(site.html("a <!-- b --> %%c%%"), "<p>a <!-- b --> </p>\n");
    assert_eq!(site.body("a\n\n<!-- more -->\n\nb").summary.unwrap().text.as_ref(), "a");
}

#[test]
fn a_line_of_front_matter_loses_its_comments_too() {
    let text = "---\nkey_points:\n  - See [a](b.md) %%c%%<!-- d -->\n---\n";
    let body = site().body_with(text, text.len(), &["See [a](b.md) %%c%%<!-- d -->".into()]);
    assert_eq!(show(&body.texts().key_points[0]), "See {Open 0}a{Close 0} ");
    assert_eq!(&text[body.links[0].span.start as usize..body.links[0].span.end as usize], "[a](b.md)");
    let front = crate::page::front::read(&Arc::from("content/x.md"), "---\ntitle: A %%b%%\nsummary: \"%%c%% D\"\n---\n");
    assert_eq!((front.title.as_deref(), front.summary.as_deref()), (Some("A"), Some("D")));
}

#[test]
fn a_comment_in_a_title_a_meaning_an_argument_or_a_name_is_left_out() {
    let text = "[a](https://a.org \"T %%x%% <!-- y -->\") ![b](https://b.org/b.png \"U %%x%%\") [c][c] A1 [[%%x%%p00]]\n\n\
                {{< figure src=\"https://b.org/i.png\" alt=\"map <!-- x --> of\" >}}\n\n\
                [c]: https://c.org \"V %%x%% <!-- y -->\"\n\n*[A1]: b %%x%%\n";
    let body = site().body(text);
    for said in ["title=\"T\"", "title=\"U\"", "title=\"V\"", "title=\"b\">A1", "alt=\"map of\""] {
        assert!(body.texts().html.html.contains(said), "{said} in {}", body.texts().html.html);
    }
    assert!(
        !body.texts().html.html.contains('%') && !body.texts().html.html.contains("<!--") && !body.texts().html.html.contains("&lt;!--"),
        "{}",
        body.texts().html.html
    );
    let named = LinkTarget::Wiki { name: "p00".into(), anchor: None, has_words: false };
    assert!(body.links.iter().any(|link| link.target == named), "{:?}", body.links);
}

#[test]
fn raw_html_with_quotes_in_unquoted_values_is_read_to_its_end() {
    let html = site().body("<div><img src=;\" href=\">}\"\n\n<a href=\"/pl&#97;n/\">t</a>\n").texts().html.html.clone();
    assert!(html.contains("<div>"), "{html}");
}
