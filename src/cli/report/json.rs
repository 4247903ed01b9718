//! Problems as a JSON array, for programs.

use std::borrow::Cow;

use serde::Serialize;

use super::Selection;
use crate::diagnostic::{Diagnostic, Place, Severity};

#[derive(Serialize)]
struct Problem<'a> {
    severity: &'static str,
    code: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: Spot<'a>,
    hints: &'a [String],
    also: Vec<Also<'a>>,
}

/// A place; what is not known is null.
#[derive(Serialize, Default)]
struct Spot<'a> {
    file: Option<Cow<'a, str>>,
    line: Option<u32>,
    column: Option<u32>,
    width: Option<u32>,
    text: Option<Cow<'a, str>>,
    /// How many characters of a long line stand before `text`.
    #[serde(skip_serializing_if = "Option::is_none")]
    skipped: Option<u32>,
}

#[derive(Serialize)]
struct Also<'a> {
    label: &'a str,
    #[serde(flatten)]
    place: Spot<'a>,
}

/// The array, with a line end.
pub fn all(selection: &Selection) -> String {
    let problems: Vec<Problem> = selection.shown.iter().map(|problem| object(problem)).collect();
    // Strings and numbers have no form that JSON lacks.
    let mut text = serde_json::to_string_pretty(&problems).expect("plain data is JSON");
    text.push('\n');
    text
}

/// The word for a severity, here and in SARIF.
pub fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn object(problem: &Diagnostic) -> Problem<'_> {
    Problem {
        severity: word(problem.severity),
        code: problem.code,
        message: &problem.message,
        place: problem.place.as_ref().map_or_else(Spot::default, spot),
        hints: &problem.hints,
        also: problem.also.iter().map(|(place, label)| Also { label, place: spot(place) }).collect(),
    }
}

fn spot(place: &Place) -> Spot<'_> {
    let has_column = place.line > 0 && place.column > 0;
    Spot {
        file: Some(Cow::Borrowed(&place.path)),
        line: (place.line > 0).then_some(place.line),
        column: has_column.then_some(place.column),
        width: has_column.then_some(place.width),
        text: (place.line > 0).then_some(Cow::Borrowed(&*place.text)),
        skipped: (place.skipped > 0).then_some(place.skipped),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{broken_link, no_feeds};
    use super::super::{Warnings, select};
    use super::*;

    #[test]
    fn a_problem_is_an_object_with_all_it_knows() {
        insta::assert_snapshot!(all(&select(&[no_feeds(), broken_link()], Warnings::All)), @r#"
        [
          {
            "severity": "error",
            "code": "broken-link",
            "message": "there is no page `hauge`",
            "file": "content/a b.md",
            "line": 3,
            "column": 7,
            "width": 5,
            "text": "See [[hauge]], please.",
            "hints": [
              "did you mean `hague`?"
            ],
            "also": [
              {
                "label": "the nearest page",
                "file": "content/b.md",
                "line": 1,
                "column": 8,
                "width": 5,
                "text": "title: Hague"
              }
            ]
          },
          {
            "severity": "warning",
            "code": "no-base-url",
            "message": "feeds and sitemap are not written",
            "file": null,
            "line": null,
            "column": null,
            "width": null,
            "text": null,
            "hints": [],
            "also": []
          }
        ]
        "#);
    }

    #[test]
    fn no_problem_is_an_empty_array() {
        assert_eq!(all(&select(&[], Warnings::All)), "[]\n");
    }
}
