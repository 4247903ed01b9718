//! Shortcodes, and tags that are none.

use super::*;

#[test]
fn a_shortcode_with_a_text_that_is_not_closed_is_told_at_its_call_with_what_to_write() {
    let unclosed = "unclosed-shortcode `box` has a text, and its end is missing | write `{{< /box >}}` behind it";
    assert_eq!(messages("Text.\n\n{{< box >}}\n\nMore.\n"), [format!("3 {unclosed}")]);
    assert_eq!(messages("Text.\n{{< box title=\"x\" >}} more.\n"), [format!("2 {unclosed}")]);
    let closed = "1 unclosed-shortcode `box` has a text, and this call closes itself \
                  | write `>}}` instead of `/>}}`, and `{{< /box >}}` behind the text";
    assert_eq!(messages("{{< box title=\"x\" />}}\n"), [closed]);
    assert_eq!(messages("{{< box />}} text {{< /box >}}\n"), [closed], "what its end closes is not told a second time");
    assert_eq!(messages("{{< badge >}} {{< badge />}} {{< box >}}x{{< /box >}}\n"), [""; 0]);
}

#[test]
fn a_call_that_a_formatter_has_bent_is_told_once() {
    assert_eq!(
        messages("{{< box\ntitle=\"x\"\n\n> }}\n\nText.\n\n{{< /box >}}\n"),
        ["1 bad-shortcode-argument the shortcode `box` has no end: `>}}` is missing \
          | a formatter has made a quotation of the line `>}}`: put `>}}` behind the last value, on its line"]
    );
}

#[test]
fn a_shortcode_that_cannot_be_made_as_a_destination_is_one_mistake() {
    let body = site().body("[a]({{< nobody \"x.md\" >}})\n");
    assert_eq!(body.diagnostics.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["unknown-shortcode"]);
    assert_eq!(body.links[0].target, LinkTarget::Destination { path: "".into(), anchor: None, query: None });
}

#[test]
fn the_body_of_a_shortcode_is_markdown_of_the_page() {
    let body = site().body("{{< box title=\"<t>\" >}}\nA [b](c.md).[^n]\n\n## D\n{{< /box >}}\n\n[^n]: E\n");
    assert!(
        show(&body.texts().html).starts_with("<div>&lt;t&gt;<p>A {Open 0}b{Close 0}.<sup id=\"fnref-1\">"),
        "{}",
        show(&body.texts().html)
    );
    assert_eq!((body.headings.len(), body.links.len()), (1, 1));
    assert_eq!(body.diagnostics, []);
}

#[test]
fn a_shortcode_stands_outside_of_the_paragraph_that_it_fills() {
    assert_eq!(html("{{< box >}}one *line*{{< /box >}}"), "<div><p>one <em>line</em></p>\n</div>");
    assert_eq!(html("{{< box >}}a\n\nb{{< /box >}}"), "<div><p>a</p>\n<p>b</p>\n</div>");
    assert_eq!(html("{{< box >}}a\nb\n{{< /box >}}\n"), "<div><p>a\nb</p>\n</div>\n");
    assert_eq!(html("a {{< badge 5 >}} b"), "<p>a <b>5en</b> b</p>\n");
    assert_eq!(html("> {{< box >}}\n> a\n> {{< /box >}}\n"), "<blockquote>\n<div><p>a</p>\n</div>\n</blockquote>\n");
}

#[test]
fn shortcodes_stand_within_each_other_and_over_several_lines() {
    assert_eq!(
        html("{{< box >}}\n{{< figure\n  src=\"a.svg\"\n  alt=\"b\" />}}\n{{< /box >}}\n"),
        "<div>{Begin 0}<img src=\"{Address 0}\" alt=\"b\">{End 0}\n</div>\n"
    );
    assert_eq!(html("{{< owner >}}"), "<i>A. Author</i>\n");
}

#[test]
fn a_shortcode_can_make_a_destination() {
    let body = site().body("[a]({{< ref \"b.md#c\" >}})");
    assert_eq!(show(&body.texts().html), "<p>{Open 0}a{Close 0}</p>\n");
    assert_eq!(body.links[0].target, LinkTarget::Destination { path: "b.md".into(), anchor: Some("c".into()), query: None });
}

#[test]
fn shortcodes_in_code_are_text_and_escaped_ones_are_shown() {
    assert_eq!(html("`{{< nope >}}` {{</* x */>}}\n"), "<p><code>{{&lt; nope &gt;}}</code> {{&lt; x &gt;}}</p>\n");
    assert_eq!(
        html("```\n{{< nope >}} {{</* x */>}}\n```\n"),
        "<pre tabindex=\"0\"><code>{{&lt; nope &gt;}} {{&lt; x &gt;}}\n</code></pre>\n"
    );
}

#[test]
fn mistakes_in_shortcodes_are_told_where_they_are() {
    assert_eq!(problems("a\n\n{{< bx >}}"), [("unknown-shortcode", 3, 1)]);
    assert_eq!(site().body("{{< bx >}}").diagnostics[0].hints, ["did you mean `box`?"]);
    assert_eq!(problems("{{< figure scr=\"a\" >}}"), [("bad-shortcode-argument", 1, 12)]);
    assert_eq!(problems("{{< figure >}}"), [("bad-shortcode-argument", 1, 1)]);
    assert_eq!(problems("x {{< badge count=many >}}"), [("bad-shortcode-argument", 1, 13)]);
    assert_eq!(problems("{{< figure src=\"a >}}"), [("bad-shortcode-argument", 1, 16)]);
    assert_eq!(problems("{{< /box >}}"), [("unclosed-shortcode", 1, 1)]);
    assert_eq!(problems("- {{< box >}}\n  a\n\n{{< /box >}}"), [("unclosed-shortcode", 1, 3)]);
}

#[test]
fn tags_of_other_tools_are_text_with_one_warning() {
    assert_eq!(problems("`{{ a }}`\n\n{% b %} {{ c }}\n"), [("foreign-tag", 3, 1)]);
    assert_eq!(html("{{ c }}"), "<p>{{ c }}</p>\n");
}

#[test]
fn an_address_that_a_shortcode_wrote_into_a_tag_has_its_attribute_around_it() {
    let body =
        site().body("<a class=\"x\" href=\"{{< ref \"y.md\" >}}\" rel=z>w</a> <img alt='v \" u' src='{{< ref \"t.png\" >}}' width=1>\n");
    assert_eq!(
        show(&body.texts().html),
        "<p><a class=\"x\"{Begin 0} href=\"{Address 0}\"{End 0} rel=z>w</a> {Begin 1}<img alt='v \" u' src='{Address 1}' width=1>{End 1}</p>\n"
    );
    assert_eq!([0, 1].map(|link| body.links[link].alt.as_deref()), [None, Some("v \" u")]);
    assert_eq!(html("<p><a href=\"{{< ref \"y.md\" >}}\">z</a>\n"), "<p><a{Begin 0} href=\"{Address 0}\"{End 0}>z</a>\n");
    assert_eq!(html("<a href=\"{{< ref \"y.md\" >}}"), "<p>&lt;a href=”{Address 0}</p>\n");
}

#[test]
fn a_part_may_stand_behind_the_call_that_makes_a_destination() {
    let body = site().body("[a]({{< ref \"b.md\" >}}#c) [d]({{% ref \"e.md\" %}}?f \"g\")\n");
    assert_eq!(show(&body.texts().html), "<p>{Open 0}a{Close 0} {Open 1}d{Close 1}</p>\n");
    assert_eq!(body.links[0].target, LinkTarget::Destination { path: "b.md".into(), anchor: Some("c".into()), query: None });
    assert_eq!(body.links[1].target, LinkTarget::Destination { path: "e.md".into(), anchor: None, query: Some("f".into()) });
}

#[test]
fn code_between_the_tags_of_highlight_is_what_it_is_in_a_fence() {
    let code = "# a *b* {{< nope >}}\n%% c %% <!-- d -->\n\n## e @key\n";
    let wanted = html(&format!("```sql\n{code}```\n\n## F\n"));
    for tags in [["{{< highlight sql >}}", "{{< /highlight >}}"], ["{{% highlight \"sql\" \"linenos=table\" %}}", "{{% /highlight %}}"]] {
        let text = format!("{}\n{code}{}\n\n## F\n", tags[0], tags[1]);
        assert_eq!(html(&text), wanted);
        assert_eq!(problems(&text), []);
    }
    assert_eq!(problems("{{< highlight sqll >}}\na\n{{< /highlight >}}\n"), [("unknown-language", 1, 15)]);
    assert_eq!(html("a {{< highlight sql >}}b *c*{{< /highlight >}} d\n"), "<p>a    <code>b *c*</code> d</p>\n");
}

#[test]
fn a_tag_of_another_tool_is_shown_as_it_was_typed() {
    let html = |text: &str| site().body(text).texts().html.html.clone();
    assert!(
        html("Say \"so\": {% include w.html text=\"a--b...\" %} \"yes\".\n")
            .contains("“so”: {% include w.html text=&quot;a--b...&quot; %} “yes”.")
    );
}
