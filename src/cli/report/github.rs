//! Problems as workflow commands, which GitHub shows beside the lines of a pull request
//! (<https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>).

use super::Selection;
use super::json::word;
use crate::cli::terminal::clean;
use crate::diagnostic::Diagnostic;

/// One line a problem.
pub fn all(selection: &Selection) -> String {
    selection.shown.iter().map(|problem| command(problem)).collect()
}

fn command(problem: &Diagnostic) -> String {
    let mut properties = Vec::new();
    if let Some(place) = &problem.place {
        properties.push(format!("file={}", property(&place.path)));
        if place.line > 0 {
            properties.push(format!("line={}", place.line));
        }
        if place.line > 0 && place.column > 0 {
            properties.push(format!("col={}", place.column));
            properties.push(format!("endColumn={}", place.column + place.width));
        }
    }
    properties.push(format!("title={}", property(problem.code)));
    let mut text = problem.message.clone();
    for hint in &problem.hints {
        text.push_str("\nhelp: ");
        text.push_str(hint);
    }
    for (place, label) in &problem.also {
        text.push_str(&format!("\nnote: {label}: {}:{}", place.path, place.line));
    }
    format!("::{} {}::{}\n", word(problem.severity), properties.join(","), data(&text))
}

fn data(text: &str) -> String {
    clean(text).replace('%', "%25").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::tests::{broken_link, no_feeds};
    use super::super::{Warnings, select};
    use super::*;

    #[test]
    fn a_problem_is_one_command() {
        insta::assert_snapshot!(all(&select(&[broken_link(), no_feeds()], Warnings::All)), @r#"
        ::error file=content/a b.md,line=3,col=7,endColumn=12,title=broken-link::there is no page `hauge`%0Ahelp: did you mean `hague`?%0Anote: the nearest page: content/b.md:1
        ::warning title=no-base-url::feeds and sitemap are not written
        "#);
    }

    #[test]
    fn what_would_end_a_property_or_a_command_is_encoded() {
        assert_eq!(property("a:b,c%\r\n"), "a%3Ab%2Cc%25\u{240d}%0A");
    }
}
