//! Comments in texts, and what is none.

use super::*;

/// The text that is left, with one space for each run of them.
fn left(text: &str) -> String {
    let found = find(text, Options::ENABLE_TABLES, &Markdown::default());
    assert_eq!(found.text.len(), text.len(), "places stay true");
    found.shown().split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn loose(text: &str) -> Vec<Range<usize>> {
    find(text, Options::empty(), &Markdown::default()).loose
}

#[test]
fn comments_leave_the_text_in_a_line_and_over_lines() {
    assert_eq!(left("One. %%ask%% Two.\n%%x%%\nThree."), "One. Two.\n\nThree.");
    assert_eq!(left("a\n\n%%\nb\n\n## c\n%%\n\nd").replace(' ', ""), format!("a{}d", "\n".repeat(8)));
    assert_eq!(left("> a\n> %%\n> b\n> %% c"), "> a\n> c");
}

#[test]
fn a_sign_of_per_cent_too_many_is_none() {
    for text in ["100%% sure", "100%% sure and 200%% sure", "\\%%x\\%%", "%%%", "%%%%", "a %%%% b", "5%% %%%"] {
        assert_eq!(left(text), text);
        assert!(loose(text).is_empty(), "{text}");
    }
    assert_eq!(left("2025%%ask%% said"), "2025 said");
    assert_eq!(left("%%at 100%%%"), "");
}

#[test]
fn a_mark_without_an_end_is_told() {
    assert_eq!(loose("a %%b\n\nc").first(), Some(&(2..4)));
    assert_eq!(loose("%%a%% b%% c").first(), Some(&(7..9)));
    assert_eq!(loose("a <!-- b").first(), Some(&(2..6)));
    assert_eq!(loose("a <!-- b <!-- c %%d"), [2..6, 16..18], "what follows from the first is not told");
}

#[test]
fn in_code_and_addresses_marks_are_text() {
    let text = "`%%a%%`\n\n    %%b%%\n\n```\n%%c%%\n```\n\n<code>%%d%%</code> [%](%%e%%) <https://f.org/%%f%%>\n\n<pre>\n%%g%%\n</pre>\n";
    assert!(find(text, Options::empty(), &Markdown::default()).fillings.is_empty());
    assert!(loose(text).is_empty());
}

#[test]
fn code_that_begins_in_a_comment_is_none() {
    assert_eq!(left("%%\n```\n%%\n\na %%b%% c").replace(' ', ""), "\n\n\n\nac");
    assert_eq!(left("%%a `%%` b%% c"), "c");
}

#[test]
fn comments_of_html_that_markdown_takes_for_text_go_too() {
    assert_eq!(left("a <!-- b\n\nc --> d"), "a d");
    assert_eq!(left("<div>\n<!-- b\n\nc -->\n</div>"), "<div>\n\n</div>");
    assert_eq!(left("| a | b |\n|---|---|\n| <!-- c | d --> e | f |"), "| a | b |\n|---|---|\n| e | f |");
    assert_eq!(left("`<!-- a | b -->` <!-- c -->"), "`<!-- a | b -->` <!-- c -->", "code, and one that the parser knows");
}

#[test]
fn a_title_loses_its_comments() {
    assert_eq!(plain("Who %%really%% decides <!-- not yet -->"), "Who decides");
    assert_eq!(plain("100%% sure"), "100%% sure");
}
