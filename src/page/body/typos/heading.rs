//! Headings without the space behind their marks.
//!
//! One mark is left alone: `#law` is a tag in the notes of many, and `#1` a number.

use super::super::passes::{Spot, Taken, TextPass};
use super::super::renderer::Renderer;
use super::{begins_line, line};
use crate::diagnostic::Diagnostic;

const CODE: &str = "unread-heading";

/// Looks at `#`.
pub const PASS: TextPass = TextPass { bytes: b"#", look };

/// Looks at a `#` that is text, and those behind it.
fn look(page: &mut Renderer, spot: &Spot) -> Taken {
    page.look_for_unparsed_heading(spot.start + spot.at);
    Taken::Plain(spot.text.as_bytes()[spot.at..].iter().take_while(|byte| **byte == b'#').count())
}

impl Renderer<'_> {
    fn look_for_unparsed_heading(&mut self, at: usize) {
        if !begins_line(self.source.text, at) {
            return;
        }
        let line = line(self.source.text, at);
        let title = line.trim_start_matches('#');
        let marks = line.len() - title.len();
        if !(2..=6).contains(&marks) || !title.starts_with(char::is_alphanumeric) {
            return;
        }
        let problem = Diagnostic::warning(CODE, "this line is shown as text: a heading has a space behind its marks");
        self.problem(problem.hint(format!("write `{} {title}`", &line[..marks])), at..at + line.len());
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::reports;

    #[test]
    fn a_heading_without_its_space_is_told() {
        let text = "##Heading\n\nText\n###1. Next\n";
        assert_eq!(
            reports(text),
            [
                "1:1+9 unread-heading this line is shown as text: a heading has a space behind its marks | write `## Heading`",
                "4:1+10 unread-heading this line is shown as text: a heading has a space behind its marks | write `### 1. Next`"
            ]
        );
    }

    #[test]
    fn tags_numbers_and_marks_within_a_line_are_not_told() {
        assert_eq!(reports("#law #trade\n\n#1 and #2\n\nsee ##x\n\n\\##x\n\n####### seven\n\n    ##code\n\n`##x`\n\n##\n"), [""; 0]);
    }
}
