//! Headings, notes, tables, boxes, lists, code and punctuation.

use super::*;

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
        &*body.texts().html.html,
        "<h2 id=\"one--two\">One &amp; <em>two</em></h2>\n<h3 id=\"my-part\" class=\"wide\">Part</h3>\n<h3 id=\"one--two-1\">One &amp; two</h3>\n"
    );
    assert_eq!(body.headings[1], Heading { level: 3, id: "my-part".into(), text: "Part".into() });
}

#[test]
fn the_first_heading_is_the_title_if_it_heads_the_text_or_is_of_the_first_level() {
    let titled = |text: &str| {
        let body = Site { title: None, ..site() }.body(text);
        (body.title.clone(), body.texts().html.html.to_string())
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
    assert_eq!(&*body.texts().html.html, "<p><abbr title=\"North Atlantic &quot;Treaty&quot;\">NATO</abbr>, not NATOs.</p>\n");
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
fn prose_is_kept_by_block_without_code() {
    let body = site().body("# A\n\nb `c`\n\n- d\n  - e\n\n| f |\n|---|\n| g |\n\n    code\n");
    assert_eq!(body.prose().iter().collect::<Vec<_>>(), ["b c", "d", "e", "f", "g"].map(|text| (Some(0), text)));
    assert_eq!(body.words, 7);
}
