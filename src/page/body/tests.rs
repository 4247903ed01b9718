//! Bodies of whole texts, as their HTML with holes shown as `{Open 0}`.

use super::*;
use crate::config::Markdown;
use crate::page::front::{self, Front};
use crate::sources::Text;
use crate::theme::Shortcodes;

mod comments;
mod nesting;
mod said;

/// What bodies depend on besides their text.
pub(super) struct Site {
    pub(super) settings: Markdown,
    pub(super) shortcodes: Shortcodes,
    pub(super) lang: &'static str,
    pub(super) title: Option<&'static str>,
}

pub(super) fn site() -> Site {
    let mut tera = tera::Tera::new();
    let register = crate::theme::filters::register_shortcode_filters;
    register(&mut tera, &Arc::default());
    let files = [
        ("box", "{% component box(title: string = \"\") %}<div>{{ title }}{{ body }}</div>{% endcomponent box %}"),
        (
            "figure",
            "{% component figure(src: string, alt: string = \"\") %}<img src=\"{{ src | link }}\" alt=\"{{ alt }}\">{% endcomponent figure %}",
        ),
        ("badge", "{% component badge(count: integer = 1, @lang) %}<b>{{ count }}{{ lang }}</b>{% endcomponent badge %}"),
        ("ref", "{% component ref(path: string) %}{{ path | link }}{% endcomponent ref %}"),
        ("frame", "{% component frame(title: string = \"\") %}<figure>{{ title }}</figure>{% endcomponent frame %}"),
        ("owner", "{% component owner(@page) %}<i>{{ page.owner }}</i>{% endcomponent owner %}"),
    ];
    tera.add_raw_templates(files.map(|(name, text)| (format!("shortcodes/{name}.html"), text))).unwrap();
    let prints = files.iter().map(|(name, _)| (name.to_string(), Fingerprint::default())).collect();
    let shortcodes = Shortcodes { engine: crate::theme::Engine::of(tera, register, Arc::default()), prints };
    Site { settings: crate::config::Config::default().markdown, shortcodes, lang: "en", title: Some("Known") }
}

impl Site {
    pub(super) fn body(&self, text: &str) -> Body {
        self.body_with(text, 0, &[])
    }

    fn body_with(&self, text: &str, start: usize, key_points: &[String]) -> Body {
        let path: Arc<str> = Arc::from("content/x.md");
        let title = self.title.map(|title| format!("title: {title}\n")).unwrap_or_default();
        let front = Front {
            key_points: key_points.to_vec(),
            shortcodes: shortcode_names(text).into_iter().map(Box::from).collect(),
            body_start: start,
            ..front::read(&path, &format!("---\nowner: A. Author\n{title}---\n"))
        };
        let settings = BodySettings::new(self.settings.clone(), Some("https://own.org/sub/".into()), self.shortcodes.clone());
        let text = Text::read(text, Fingerprint::of_bytes(text.as_bytes()));
        BodyInput { path, text, front: Arc::new(front), lang: self.lang.into(), settings: Arc::new(settings) }.render()
    }

    fn html(&self, text: &str) -> String {
        show(self.body(text).html())
    }
}

fn show(fragment: &Fragment) -> String {
    let mut shown = String::new();
    let mut from = 0;
    for hole in &fragment.holes {
        shown.push_str(&fragment.html[from..hole.at as usize]);
        from = hole.at as usize;
        shown.push_str(&format!("{{{:?} {}}}", hole.part, hole.link));
    }
    shown.push_str(&fragment.html[from..]);
    shown
}

fn html(text: &str) -> String {
    site().html(text)
}

/// Code and place (line and column) of each problem.
fn problems(text: &str) -> Vec<(&'static str, u32, u32)> {
    let place = |problem: Diagnostic| problem.place.map(|place| (problem.code, place.line, place.column));
    site().body(text).diagnostics.into_iter().filter_map(place).collect()
}

/// The problems of a text: line, code, message and hints.
fn messages(text: &str) -> Vec<String> {
    let line = |problem: Diagnostic| {
        let line = problem.place.map_or(0, |place| place.line);
        format!("{line} {} {} | {}", problem.code, problem.message, problem.hints.join(" | "))
    };
    site().body(text).diagnostics.into_iter().map(line).collect()
}

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
fn links_into_the_site_are_holes_and_others_are_written() {
    let text = "A [*b*](../c.md#d \"e\"). ![f](g.png) [H](https://i.org/?j&k) [l](mailto:m@n.org)\n";
    assert_eq!(
        html(text),
        "<p>A {Open 0}<em>b</em>{Close 0}. {Image 1} <a href=\"https://i.org/?j&amp;k\">H</a> <a href=\"mailto:m@n.org\">l</a></p>\n"
    );
    let body = site().body(text);
    assert_eq!(&text[body.links[0].span.start as usize..body.links[0].span.end as usize], "[*b*](../c.md#d \"e\")");
    assert_eq!((body.links[0].title.as_deref(), &*body.links[0].sentence), (Some("e"), "A b."));
    assert_eq!(body.links[1].alt.as_deref(), Some("f"));
    assert_eq!(&*body.external[0].0, "https://i.org/?j&k");
}

#[test]
fn links_with_the_whole_address_of_the_site_are_links_into_it() {
    let body = site().body("<https://own.org/sub/a/> https://own.org/sub/b/. [c](https://own.org/sub#d) [e](https://own.org/subway/)\n");
    assert_eq!(
        show(body.html()),
        "<p>{Open 0}https://own.org/sub/a/{Close 0} {Open 1}https://own.org/sub/b/{Close 1}. {Open 2}c{Close 2} <a href=\"https://own.org/subway/\">e</a></p>\n"
    );
    assert_eq!(body.links[1].target, LinkTarget::Destination { path: "/b/".into(), anchor: None, query: None });
    assert_eq!(body.links[2].target, LinkTarget::Destination { path: "/".into(), anchor: Some("d".into()), query: None });
    assert_eq!(body.external.len(), 1);
}

#[test]
fn wikilinks_have_words_or_a_hole_for_them() {
    let body = site().body("[[person:x#y]] [[z|*w*]] `[[code]]`\n\n| a |\n|---|\n| [[t\\|u]] |\n");
    assert!(body.html().html.contains("<code>[[code]]</code>"));
    assert!(show(body.html()).starts_with("<p>{Open 0}{Words 0}{Close 0} {Open 1}<em>w</em>{Close 1}"));
    assert_eq!(body.links[0].target, LinkTarget::Wiki { name: "person:x".into(), anchor: Some("y".into()), has_words: false });
    assert_eq!(body.links[2].target, LinkTarget::Wiki { name: "t".into(), anchor: None, has_words: true });
}

#[test]
fn brackets_within_the_brackets_of_a_link_are_its_words() {
    let body = site().body("A.[[1]](#_ftn1) B [[c]](d.md), [[e]](https://f.org/(g)).[[h]] (i) [[j]](k l)\n\n<a id=\"_ftn1\"></a>\n");
    assert!(show(body.html()).starts_with(
        "<p>A.{Open 0}[1]{Close 0} B {Open 1}[c]{Close 1}, <a href=\"https://f.org/(g)\">[e]</a>.{Open 2}{Words 2}{Close 2} (i) {Open 3}{Words 3}{Close 3}(k l)</p>"
    ));
    assert_eq!(&*body.links[1].sentence, "A.[1] B [c], [e].\u{FFFC} (i) \u{FFFC}(k l)");
}

#[test]
fn a_shortcode_that_cannot_be_made_as_a_destination_is_one_mistake() {
    let body = site().body("[a]({{< nobody \"x.md\" >}})\n");
    assert_eq!(body.diagnostics.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["unknown-shortcode"]);
    assert_eq!(body.links[0].target, LinkTarget::Destination { path: "".into(), anchor: None, query: None });
}

#[test]
fn a_wikilink_without_words_lends_its_name_to_no_plain_text() {
    let body = site().body("See [[secret]] and [b](b.md).");
    let summary = body.summary.as_ref().unwrap();
    assert_eq!((&*summary.text, &*body.links[1].sentence), ("See \u{FFFC} and b.", "See \u{FFFC} and b."));
    assert_eq!(summary.filled(|link| (link == 0).then_some("A title")), "See A title and b.");
    assert_eq!(body.prose().iter().map(|(_, text)| text).collect::<Vec<_>>(), ["See and b."]);
}

#[test]
fn bare_addresses_are_links_but_not_within_links_or_code() {
    assert_eq!(
        html("https://a.org/b_c_d?e=1&f. `www.x.org` [www.y.org](z.md)"),
        "<p><a href=\"https://a.org/b_c_d?e=1&amp;f\">https://a.org/b_c_d?e=1&amp;f</a>. <code>www.x.org</code> {Open 0}www.y.org{Close 0}</p>\n"
    );
}

#[test]
fn punctuation_is_that_of_the_language() {
    let text = "\"*It's*\" -- 'x'... \\\"y\\\" `\"`";
    assert_eq!(html(text), "<p>“<em>It’s</em>” – ‘x’… &quot;y&quot; <code>&quot;</code></p>\n");
    assert_eq!(Site { lang: "fr", ..site() }.html("\"a\""), "<p>«\u{202F}a\u{202F}»</p>\n");
    let mut plain = site();
    plain.settings.smart_punctuation = false;
    assert_eq!(plain.html("\"a\" -- b"), "<p>&quot;a&quot; -- b</p>\n");
}

#[test]
fn headings_have_ids_and_leave_the_first_level_to_the_title() {
    let body = site().body("# One & *two*\n\n## Part {#my-part .wide}\n\n## One & two\n");
    assert_eq!(
        &*body.html().html,
        "<h2 id=\"one--two\">One &amp; <em>two</em></h2>\n<h3 id=\"my-part\" class=\"wide\">Part</h3>\n<h3 id=\"one--two-1\">One &amp; two</h3>\n"
    );
    assert_eq!(body.headings[1], Heading { level: 3, id: "my-part".into(), text: "Part".into() });
}

#[test]
fn the_first_heading_is_the_title_if_it_heads_the_text_or_is_of_the_first_level() {
    let titled = |text: &str| {
        let body = Site { title: None, ..site() }.body(text);
        (body.title.clone(), body.html().html.to_string())
    };
    let next = "<h2 id=\"next\">Next</h2>\n";
    assert_eq!(titled("## The *title*\n\n## Next\n"), (Some("The title".into()), next.into()));
    assert_eq!(titled("Intro.\n\n# The *title*\n\n## Next\n"), (Some("The title".into()), format!("<p>Intro.</p>\n{next}")));
    assert_eq!(titled("Intro.\n\n## Next\n"), (None, format!("<p>Intro.</p>\n{next}")));
}

#[test]
fn a_heading_that_repeats_the_title_leaves_the_body() {
    assert_eq!(html("# Known\n\n## Next\n"), "<h2 id=\"next\">Next</h2>\n");
    assert_eq!(html("Text\n\n# Known\n"), "<p>Text</p>\n<h2 id=\"known\">Known</h2>\n");
}

#[test]
fn notes_are_numbered_by_their_first_reference_and_lead_back() {
    let text = "A[^b] c[^a] d[^b].\n\n[^a]: First.\n[^b]: Second.\n";
    insta::assert_snapshot!(html(text), @r##"
    <p>A<sup id="fnref-1"><a href="#fn-1" role="doc-noteref" aria-label="Note 1">1</a></sup> c<sup id="fnref-2"><a href="#fn-2" role="doc-noteref" aria-label="Note 2">2</a></sup> d<sup id="fnref-1-2"><a href="#fn-1" role="doc-noteref" aria-label="Note 1">1</a></sup>.</p>
    <section class="footnotes" role="doc-endnotes" aria-label="Notes">
    <ol>
    <li id="fn-1">
    <p>Second. <a href="#fnref-1" role="doc-backlink" aria-label="Back to reference 1">↩︎</a> <a href="#fnref-1-2" role="doc-backlink" aria-label="Back to reference 1-2">↩︎<sup>2</sup></a></p>
    </li>
    <li id="fn-2">
    <p>First. <a href="#fnref-2" role="doc-backlink" aria-label="Back to reference 2">↩︎</a></p>
    </li>
    </ol>
    </section>
    "##);
    assert!(site().body(text).anchors.iter().any(|anchor| &**anchor == "fnref-1-2"));
    assert_eq!(problems("A[^x].\n\n[^y]: z\n"), [("undefined-note", 1, 2), ("unused-note", 3, 1)]);
}

#[test]
fn tables_can_be_scrolled_and_have_names() {
    insta::assert_snapshot!(html("## Costs\n\n| | b |\n|:--|--:|\n| 1 | 2 |\n"), @r#"
    <h2 id="costs">Costs</h2>
    <div class="table" tabindex="0" role="region" aria-label="Costs">
    <table>
    <thead>
    <tr><td></td><th scope="col" class="right">b</th></tr>
    </thead>
    <tbody>
    <tr><td class="left">1</td><td class="right">2</td></tr>
    </tbody>
    </table>
    </div>
    "#);
}

#[test]
fn a_table_that_is_far_too_wide_is_text() {
    let text = format!("{}|\n{}|\n", "|a".repeat(501), "|-".repeat(501));
    assert_eq!(problems(&text), [("wide-table", 1, 1)]);
    assert!(html(&text).starts_with("<p>|a|a"));
}

#[test]
fn alerts_have_any_kind_and_may_have_titles() {
    insta::assert_snapshot!(html("> [!NOTE]\n> Text\n\n> [!example] A *title*\n> - x\n\n> [!no alert\n"), @r#"
    <div class="markdown-alert markdown-alert-note" role="note" data-kind="note" aria-label="Note">
    <p>Text</p>
    </div>
    <div class="markdown-alert markdown-alert-example" role="note" data-kind="example" aria-label="Example">
    <p class="markdown-alert-title">A <em>title</em></p>
    <ul>
    <li>x</li>
    </ul>
    </div>
    <blockquote>
    <p>[!no alert</p>
    </blockquote>
    "#);
}

#[test]
fn task_and_definition_lists_are_lists() {
    insta::assert_snapshot!(html("- [x] a\n- [ ] b\n\nTerm\n: Meaning\n"), @r#"
    <ul>
    <li><input type="checkbox" checked disabled aria-label="Done"> a</li>
    <li><input type="checkbox" disabled aria-label="To do"> b</li>
    </ul>
    <dl>
    <dt>Term</dt>
    <dd>Meaning</dd>
    </dl>
    "#);
}

#[test]
fn abbreviations_are_explained_and_their_definitions_go() {
    let body = site().body("*[NATO]: North Atlantic \"Treaty\"\n\nNATO, not NATOs.\n");
    assert_eq!(&*body.html().html, "<p><abbr title=\"North Atlantic &quot;Treaty&quot;\">NATO</abbr>, not NATOs.</p>\n");
}

#[test]
fn the_body_of_a_shortcode_is_markdown_of_the_page() {
    let body = site().body("{{< box title=\"<t>\" >}}\nA [b](c.md).[^n]\n\n## D\n{{< /box >}}\n\n[^n]: E\n");
    assert!(show(body.html()).starts_with("<div>&lt;t&gt;<p>A {Open 0}b{Close 0}.<sup id=\"fnref-1\">"), "{}", show(body.html()));
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
    assert_eq!(show(body.html()), "<p>{Open 0}a{Close 0}</p>\n");
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
fn raw_html_names_places_and_addresses() {
    let body = site().body("<a id=\"x\" href=\"y.md?a=1&amp;b\">z</a>\n\n<div id='d'><img src=e.png></div>\n");
    assert_eq!(
        show(body.html()),
        "<p><a id=\"x\"{Begin 0} href=\"{Address 0}\"{End 0}>z</a></p>\n<div id='d'>{Begin 1}<img src={Address 1}>{End 1}</div>\n"
    );
    assert_eq!(body.anchors.iter().map(|anchor| &**anchor).collect::<Vec<_>>(), ["d", "x"]);
}

#[test]
fn an_address_that_a_shortcode_wrote_into_a_tag_has_its_attribute_around_it() {
    let body =
        site().body("<a class=\"x\" href=\"{{< ref \"y.md\" >}}\" rel=z>w</a> <img alt='v \" u' src='{{< ref \"t.png\" >}}' width=1>\n");
    assert_eq!(
        show(body.html()),
        "<p><a class=\"x\"{Begin 0} href=\"{Address 0}\"{End 0} rel=z>w</a> {Begin 1}<img alt='v \" u' src='{Address 1}' width=1>{End 1}</p>\n"
    );
    assert_eq!([0, 1].map(|link| body.links[link].alt.as_deref()), [None, Some("v \" u")]);
    assert_eq!(html("<p><a href=\"{{< ref \"y.md\" >}}\">z</a>\n"), "<p><a{Begin 0} href=\"{Address 0}\"{End 0}>z</a>\n");
    assert_eq!(html("<a href=\"{{< ref \"y.md\" >}}"), "<p>&lt;a href=”{Address 0}</p>\n");
}

#[test]
fn wikilinks_that_name_nothing_are_text_and_empty_words_are_none() {
    assert_eq!(html("[[ ]] [[|a]] [[#]]"), "<p>[[ ]] [[|a]] [[#]]</p>\n");
    assert_eq!(html("[[a|]] [[b| ]]"), "<p>{Open 0}{Words 0}{Close 0} {Open 1}{Words 1}{Close 1}</p>\n");
}

#[test]
fn without_unsafe_html_tags_are_text() {
    let mut site = site();
    site.settings.unsafe_html = false;
    assert_eq!(site.html("a <b>c</b><!-- d --> [e](javascript:f)"), "<p>a &lt;b&gt;c&lt;/b&gt; e</p>\n");
}

#[test]
fn formulas_are_left_to_others_if_they_are_asked_for() {
    let mut site = site();
    assert_eq!(site.html("$a_b$"), "<p>$a_b$</p>\n");
    site.settings.math = true;
    assert_eq!(site.html("$a<b$\n\n$$c$$\n"), "<p><span class=\"math\">a&lt;b</span></p>\n<div class=\"math\">c</div>\n");
}

#[test]
fn an_unknown_language_is_a_warning_unless_it_is_an_error() {
    let mut site = site();
    assert_eq!(problems("```pythn\nx\n```\n"), [("unknown-language", 1, 4)]);
    site.settings.error_on_missing_language = true;
    assert_eq!(site.body("```pythn\n```\n").diagnostics[0].severity, crate::diagnostic::Severity::Error);
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
fn prose_is_kept_by_block_without_code() {
    let body = site().body("# A\n\nb `c`\n\n- d\n  - e\n\n| f |\n|---|\n| g |\n\n    code\n");
    assert_eq!(body.prose().iter().collect::<Vec<_>>(), ["b c", "d", "e", "f", "g"].map(|text| (Some(0), text)));
    assert_eq!(body.words, 7);
}

#[test]
fn key_points_are_single_lines_whose_places_are_found() {
    let text = "---\nkey_points:\n  - 1. See *[a](b.md)* \"c\"\n---\nD [e](f.md)\n";
    let body = site().body_with(text, text.find("D [").unwrap(), &["1. See *[a](b.md)* \"c\"".into()]);
    assert_eq!(show(&body.key_points()[0]), "1. See <em>{Open 1}a{Close 1}</em> “c”");
    let spans: Vec<&str> = body.links.iter().map(|link| &text[link.span.start as usize..link.span.end as usize]).collect();
    assert_eq!(spans, ["[e](f.md)", "[a](b.md)"]);
}

#[test]
fn line_ends_of_other_systems_make_no_difference() {
    let text = "a\nb\n\n> [!NOTE]\n> c\n\n```rust\nlet x = 1;\n```\n\n<div>\n</div>\n\n*[X]: y\n\n{{< box >}}\nX\n{{< /box >}}\n";
    assert_eq!(html(&text.replace('\n', "\r\n")).replace("\r", ""), html(text));
}

#[test]
fn links_change_the_print_and_their_sentences_do_not() {
    let print = |text: &str| site().body(text).print;
    assert_ne!(print("[a](b.md)"), print("[a](c.md)"));
    assert_ne!(print("[a](b.md)"), print("[a](b.md \"t\")"));
    assert_eq!(print("[a](b.md)"), print("\n\n[a](b.md)"));
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
    ];
    for text in &texts {
        let body = site().body(text);
        assert!(!body.html().html.contains('\0'), "{}", &text[..20]);
        for hole in &body.html().holes {
            assert!(body.html().html.is_char_boundary(hole.at as usize) && (hole.link as usize) < body.links.len());
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
