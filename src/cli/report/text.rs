//! Problems for people: the message, the place, the line itself, and what to do.
//!
//! The look is rustc's. Whatever comes from a site is cleaned first: it must not command the terminal.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::Selection;
use crate::cli::error::Error;
use crate::cli::terminal::{clean, clean_line, count};
use crate::diagnostic::{Diagnostic, Place, Severity};

/// All that is shown of a run, ready to print, with an empty line after each problem. `rest` is the command that shows what is left out.
pub fn all(selection: &Selection, renderer: &Renderer, rest: &str) -> String {
    let mut text = String::new();
    for problem in &selection.shown {
        text.push_str(&one(problem, renderer));
        text.push_str("\n\n");
    }
    for (code, number) in &selection.left_out {
        let message = format!("{} of `{code}`: {rest} shows them", count(*number, "more warning"));
        text.push_str(&renderer.render(&[Group::with_title(Level::NOTE.primary_title(message))]));
        text.push_str("\n\n");
    }
    text
}

/// One problem.
pub fn one(problem: &Diagnostic, renderer: &Renderer) -> String {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut first = Group::with_title(level.primary_title(clean_line(&problem.message)).id(problem.code));
    if let Some(place) = &problem.place {
        first = at(first, place, AnnotationKind::Primary);
    }
    first = first.elements(problem.hints.iter().map(|hint| Level::HELP.message(clean_line(hint))));
    let also = problem.also.iter().map(|(place, label)| {
        let group = Group::with_title(Level::NOTE.secondary_title(clean_line(label)));
        at(group, place, AnnotationKind::Context)
    });
    let groups: Vec<Group> = std::iter::once(first).chain(also).collect();
    with_indented_arrows(&renderer.render(&groups))
}

/// Sets in the arrow before the name of a file that is shown without a line, so that it stands where all others do.
fn with_indented_arrows(text: &str) -> String {
    let is_arrow = |line: &&str| line.trim_start_matches(|letter: char| "\u{1b}[;m0123456789".contains(letter)).starts_with("--> ");
    let lines = text.split('\n').map(|line| if is_arrow(&line) { format!(" {line}") } else { line.to_string() });
    lines.collect::<Vec<_>>().join("\n")
}

/// What kept a command from its work.
pub fn error(error: &Error, renderer: &Renderer) -> String {
    let group = Group::with_title(Level::ERROR.primary_title(clean(&error.message)));
    let group = group.elements(error.hints.iter().map(|hint| Level::HELP.message(clean(hint))));
    format!("{}\n", renderer.render(&[group]))
}

/// What a command says by the way, and what to do about it.
pub fn warning(message: &str, hint: &str, renderer: &Renderer) -> String {
    let group = Group::with_title(Level::WARNING.primary_title(clean(message))).elements([Level::HELP.message(clean(hint))]);
    format!("{}\n", renderer.render(&[group]))
}

/// `group` with a place: the line with what is meant marked, if the line is known, else only the name of the file.
fn at<'a>(group: Group<'a>, place: &Place, kind: AnnotationKind) -> Group<'a> {
    let path = clean_line(&place.path);
    let line = place.line as usize;
    match marked(place) {
        Some((text, span)) => group.element(Snippet::source(text).line_start(line).path(path).annotation(kind.span(span))),
        None if line > 0 && place.column > 0 => group.element(Origin::path(path).line(line).char_column(place.column as usize)),
        None if line > 0 => group.element(Origin::path(path).line(line)),
        None => group.element(Origin::path(path)),
    }
}

/// The cleaned line and the bytes of it that are meant; `None` when the line is not known or has no such column.
/// Letters are cleaned one for one, so columns stay true.
fn marked(place: &Place) -> Option<(String, Range<usize>)> {
    if place.line == 0 {
        return None;
    }
    let mut text: String = clean(&place.text).lines().next().unwrap_or_default().to_string();
    if place.skipped > 0 {
        // What is left out has its room, so that the column is named as it is in the file; it is too far from it to be shown.
        text.insert_str(0, &format!("…{}", " ".repeat(place.skipped as usize - 1)));
    }
    if place.column == 0 {
        let all = text.len() - text.trim_start().len()..text.trim_end().len();
        return (!all.is_empty()).then_some((text, all));
    }
    let at = |column: usize| text.char_indices().nth(column).map(|(at, _)| at);
    let column = place.column as usize - 1;
    let start = at(column).or_else(|| (text.chars().count() == column).then_some(text.len()))?;
    let end = at(column + place.width as usize).unwrap_or(text.len());
    Some((text, start..end))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use insta::assert_snapshot;

    use super::super::tests::{broken_link, no_feeds};
    use super::super::{Warnings, select};
    use super::*;

    fn plain(problem: &Diagnostic) -> String {
        one(problem, &Renderer::plain())
    }

    #[test]
    fn a_problem_shows_its_line_its_hints_and_its_second_place() {
        assert_snapshot!(plain(&broken_link()), @r#"
        error[broken-link]: there is no page `hauge`
         --> content/a b.md:3:7
          |
        3 | See [[hauge]], please.
          |       ^^^^^
          |
          = help: did you mean `hague`?
        note: the nearest page
         --> content/b.md:1:8
          |
        1 | title: Hague
          |        -----
        "#);
    }

    #[test]
    fn a_problem_without_a_place_is_a_message() {
        assert_snapshot!(plain(&no_feeds().hint("set `base_url`")), @r#"
        warning[no-base-url]: feeds and sitemap are not written
         |
         = help: set `base_url`
        "#);
    }

    #[test]
    fn a_whole_file_and_a_line_that_is_not_known_are_named() {
        let path = Arc::from("content/x.md");
        let shown = plain(&no_feeds().at(Place::file(&path)).hint("do"));
        assert_eq!(shown, "warning[no-base-url]: feeds and sitemap are not written\n --> content/x.md\n = help: do");
        let shown = plain(&no_feeds().at(Place::line(&path, "", 7, 3, 1)));
        assert_eq!(shown, "warning[no-base-url]: feeds and sitemap are not written\n --> content/x.md:7:3");
    }

    #[test]
    fn a_whole_line_is_marked_as_a_whole() {
        let place = Place { path: Arc::from("x.md"), line: 2, column: 0, width: 0, text: Arc::from("  a: b"), skipped: 0 };
        assert_snapshot!(plain(&no_feeds().at(place)), @r#"
        warning[no-base-url]: feeds and sitemap are not written
         --> x.md:2:3
          |
        2 |   a: b
          |   ^^^^
        "#);
    }

    #[test]
    fn escapes_in_a_line_or_message_are_shown_and_not_obeyed() {
        let path = Arc::from("content/x.md");
        let text = "a\u{1b}[2Jb \u{202e}c\r\n";
        let problem = Diagnostic::error("bad-value", "this is \u{1b}]0;x\u{7} wrong").at(Place::range(&path, text, 5..6));
        let problem = problem.hint("try \u{1b}[5m").also(Place::file(&Arc::from("\u{1b}c.md")), "as \u{9b}1m here");
        let shown = plain(&problem);
        assert!(!shown.contains(['\u{1b}', '\u{9b}', '\u{7}', '\u{202e}', '\r']));
        assert_snapshot!(shown, @r#"
        error[bad-value]: this is ␛]0;x␇ wrong
         --> content/x.md:1:6
          |
        1 | a␛[2Jb �c
          |      ^
          |
          = help: try ␛[5m
        note: as �1m here
         --> ␛c.md
        "#);
    }

    #[test]
    fn a_long_line_is_cut_around_what_is_meant() {
        let path = Arc::from("content/x.md");
        let text = format!("{}here{}", "lorem ipsum ".repeat(60), " dolor sit".repeat(60));
        assert_snapshot!(plain(&Diagnostic::error("x", "wrong").at(Place::range(&path, &text, 720..724))), @r#"
        error[x]: wrong
         --> content/x.md:1:721
          |
        1 | ...um lorem ipsum lorem ipsum lorem ipsum lorem ipsum lorem ipsum here dolor sit dolor sit dolor sit dolor sit dolor sit dolor sit do...
          |                                                                   ^^^^
        "#);
    }

    #[test]
    fn what_is_left_out_is_counted() {
        let problems: Vec<Diagnostic> = (0..11).map(|_| no_feeds()).collect();
        let shown = all(&select(&problems, Warnings::Few), &Renderer::plain(), "`chancery check`");
        assert_eq!(
            shown.lines().rev().find(|line| !line.is_empty()),
            Some("note: 1 more warning of `no-base-url`: `chancery check` shows them")
        );
    }
}
