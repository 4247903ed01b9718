//! What Obsidian adds to Markdown: marked words, names of blocks, boxes that fold, embeds, states of tasks.

use super::*;

#[test]
fn marked_words_are_marked_within_one_element() {
    assert_eq!(
        html("A ==marked *word* and `==code==`== b.\n"),
        "<p>A <mark>marked <em>word</em> and <code>==code==</code></mark> b.</p>\n"
    );
    assert_eq!(html("*a ==b== c* ==**d**==\n"), "<p><em>a <mark>b</mark> c</em> <mark><strong>d</strong></mark></p>\n");
    assert_eq!(html("==over\nlines==\n"), "<p><mark>over\nlines</mark></p>\n");
    let body = site().body("## A ==new== part\n\n==It== counts.\n");
    assert_eq!((&*body.headings[0].id, &*body.headings[0].text), ("a-new-part", "A new part"));
    assert_eq!(body.summary.as_ref().map(|summary| &*summary.text), Some("It counts."));
    assert_eq!(body.prose().iter().map(|(_, text)| text).collect::<Vec<_>>(), ["It counts."]);
}

#[test]
fn signs_of_equality_that_mark_nothing_stay() {
    for text in [
        "a == b and c == d",
        "a ==b",
        "====",
        "===a===",
        "\\==a==",
        "*a ==b* c==",
        "==a\n\nb==",
        "https://example.org/?a==b==c",
        "- ==a\n- b==",
        "x == ==",
        "> [!note] A ==title\n> text==",
    ] {
        assert!(!html(text).contains("<mark"), "{text}: {}", html(text));
    }
    assert_eq!(html("==a\n\n```\nb==\n```\n"), "<p>==a</p>\n<pre tabindex=\"0\"><code>b==\n</code></pre>\n");
}

#[test]
fn the_name_of_a_block_leaves_the_text_and_becomes_its_id() {
    insta::assert_snapshot!(html("One **two** ^first\n\n- a ^a-1\n- b\n  - c ^c\n\n1. d\n\n   e ^e\n\n> [!note] Title\n> Text ^box\n"), @r#"
    <p id="^first">One <strong>two</strong></p>
    <ul>
    <li id="^a-1">a</li>
    <li>b
    <ul>
    <li id="^c">c</li>
    </ul>
    </li>
    </ul>
    <ol>
    <li>
    <p>d</p>
    <p id="^e">e</p>
    </li>
    </ol>
    <div class="markdown-alert markdown-alert-note" role="note" data-kind="note" aria-label="Note">
    <p class="markdown-alert-title">Title</p>
    <p id="^box">Text</p>
    </div>
    "#);
    let body = site().body("One. ^first\n");
    assert!(body.anchors.iter().any(|anchor| &**anchor == "^first"));
    assert_eq!(body.summary.as_ref().map(|summary| &*summary.text), Some("One."));
}

#[test]
fn a_name_alone_is_that_of_the_block_above_it() {
    insta::assert_snapshot!(html("| a |\n|---|\n| b |\n\n^table\n\n> c\n\n^quote\n\n- d\n\n^list\n\n```\ne\n```\n\n^code\n\n> [!tip]- T\n> f\n\n^box\n"), @r#"
    <div class="table" tabindex="0" role="region" aria-label="Table" id="^table">
    <table>
    <thead>
    <tr><th scope="col">a</th></tr>
    </thead>
    <tbody>
    <tr><td>b</td></tr>
    </tbody>
    </table>
    </div>
    <blockquote id="^quote">
    <p>c</p>
    </blockquote>
    <ul id="^list">
    <li>d</li>
    </ul>
    <pre tabindex="0" id="^code"><code>e
    </code></pre>
    <details id="^box" class="markdown-alert markdown-alert-tip" data-kind="tip" aria-label="Tip">
    <summary class="markdown-alert-title">T</summary>
    <p>f</p>
    </details>
    "#);
}

#[test]
fn what_is_no_name_stays_in_the_text() {
    for text in ["10 ^6", "x^2", "a ^b c", "a ^b\nc", "^alone", "`a ^b`", "## A ^b", "a ^b_c", "| a ^b |\n|---|\n| c ^d |"] {
        assert!(html(text).contains('^') && !html(text).contains("id=\"^"), "{text}: {}", html(text));
    }
    assert_eq!(problems("a ^x\n\nb ^x\n"), [("duplicate-id", 3, 3)]);
}

#[test]
fn a_box_with_a_sign_behind_its_kind_can_be_folded() {
    insta::assert_snapshot!(html("> [!faq]- Who *decides*?\n> The council.\n\n> [!info]+\n> Open.\n>\n> > [!bug]\n> > Within.\n\n> [!question]- Only a title\n"), @r#"
    <details class="markdown-alert markdown-alert-faq" data-kind="faq" data-look="warning" aria-label="Faq">
    <summary class="markdown-alert-title">Who <em>decides</em>?</summary>
    <p>The council.</p>
    </details>
    <details open class="markdown-alert markdown-alert-info" data-kind="info" data-look="note" aria-label="Info">
    <summary class="markdown-alert-title" aria-label="Info"></summary>
    <p>Open.</p>
    <div class="markdown-alert markdown-alert-bug" role="note" data-kind="bug" data-look="caution" aria-label="Bug">
    <p>Within.</p>
    </div>
    </details>
    <details class="markdown-alert markdown-alert-question" data-kind="question" data-look="warning" aria-label="Question">
    <summary class="markdown-alert-title">Only a title</summary>
    </details>
    "#);
}

#[test]
fn a_picture_is_embedded_by_its_name_and_in_its_width() {
    let body = site().body("![[chart.png|The shares|400x300]] ![[b.svg|200]] ![[c.webp|Words]]\n");
    assert_eq!(
        show(&body.texts().html),
        "<p>{Begin 0}<img src=\"{Address 0}\" alt=\"The shares\" width=\"400\" height=\"300\" loading=\"lazy\">{End 0} \
         {Begin 1}<img src=\"{Address 1}\" alt=\"\" width=\"200\" loading=\"lazy\">{End 1} \
         {Begin 2}<img src=\"{Address 2}\" alt=\"Words\" loading=\"lazy\">{End 2}</p>\n"
    );
    assert_eq!(body.links[0].target, LinkTarget::Wiki { name: "chart.png".into(), anchor: None, has_words: true });
    assert_eq!(body.links[0].alt.as_deref(), Some("The shares"));
    assert_eq!(problems("![[chart.png|400]]\n"), [("missing-alt", 1, 1)]);
}

#[test]
fn files_and_pages_that_are_embedded_are_led_to() {
    let body = site().body("![[report.pdf#page=3]] ![[data.xlsx|The data]] ![[Report 2.1]] ![[ ]]\n");
    assert_eq!(show(&body.texts().html), "<p>{Open 0}{Words 0}{Close 0} {Open 1}The data{Close 1} {Open 2}{Words 2}{Close 2} ![[ ]]</p>\n");
    assert_eq!(body.diagnostics.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["embedded-page"]);
}

#[test]
fn a_task_may_have_a_state_of_its_own() {
    insta::assert_snapshot!(html("- [/] a\n- [-] b\n- [>] c\n\n1. [!] d\n\n- [1] e\n- see [/] f\n"), @r#"
    <ul>
    <li><input type="checkbox" disabled data-task="/" aria-label="In progress"> a</li>
    <li><input type="checkbox" disabled data-task="-" aria-label="Cancelled"> b</li>
    <li><input type="checkbox" disabled data-task="&gt;" aria-label="To do"> c</li>
    </ul>
    <ol>
    <li><input type="checkbox" disabled data-task="!" aria-label="To do"> d</li>
    </ol>
    <ul>
    <li>[1] e</li>
    <li>see [/] f</li>
    </ul>
    "#);
}

/// Whether each tag that begins an element ends it, within what it began in.
fn is_well_nested(html: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
        match tag.strip_prefix('/') {
            Some(_) if open.pop() != Some(name) => return false,
            None if !["br", "hr", "img", "input"].contains(&name) => open.push(name),
            _ => {}
        }
    }
    open.is_empty()
}

proptest::proptest! {
    #[test]
    fn marks_and_names_of_blocks_leave_elements_well_nested(pieces in proptest::collection::vec(proptest::sample::select(vec![
        "==", "a", " ", "\n", "\n\n", "*", "**", "~~", "`", "[x](b.md)", "[", "](b.md)", "[[c|", "]]", "![[d.png|", "- ", "> ", "> [!note] ", "> [!note]- ", "## ",
        " ^n", "^m\n\n", "|a|b|\n|-|-|\n", "[^1]", "[^1]: ", "\\", "https://e.org/", "%%", "- [/] ",
    ]), 0..30)) {
        let body = site().body(&pieces.concat());
        proptest::prop_assert!(is_well_nested(&body.texts().html.html), "{}\n{}", pieces.concat(), body.texts().html.html);
    }
}

#[test]
fn a_shortcode_that_begins_in_the_title_of_a_box_breaks_nothing() {
    assert!(html("> [!note] {{< box >}}m\n\n{{< /box >}}").contains("m"));
}
