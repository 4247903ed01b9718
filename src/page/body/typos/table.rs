//! Lines between bars that are no table, because its second line is missing or does not fit.
//!
//! It must not know what cells hold.

use super::super::passes::{Spot, Taken, TextPass};
use super::super::renderer::Renderer;
use super::{begins_line, line};
use crate::diagnostic::Diagnostic;

const CODE: &str = "unread-table";

/// Looks at bars.
pub const PASS: TextPass = TextPass { bytes: b"|", look };

/// Looks at a bar that is text.
fn look(page: &mut Renderer, spot: &Spot) -> Taken {
    page.look_for_unparsed_table(spot.start + spot.at);
    Taken::Nothing
}

impl Renderer<'_> {
    fn look_for_unparsed_table(&mut self, at: usize) {
        if !begins_line(self.source.text, at) {
            return;
        }
        let start = self.source.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let above = self.source.text[..start.saturating_sub(1)].rfind('\n').map_or(0, |end| end + 1);
        let is_row = |line: &str| bare(line).starts_with('|');
        // The first of its lines tells of all.
        if start > 0 && is_row(line(self.source.text, above)) {
            return;
        }
        let first = line(self.source.text, at);
        let Some(next) = self.source.text[at..].find('\n').map(|end| line(self.source.text, at + end + 1)) else { return };
        if !is_row(next) || bars(first) < 2 || bars(next) < 2 {
            return;
        }
        let columns = [first, next].map(|line| bars(bare(line).trim_matches('|')) + 1);
        let (message, hint) = if is_rule(first) {
            (
                "these lines are shown as text: a table needs a line of headings above its line of hyphens".to_string(),
                "write the headings right above it, without an empty line between".to_string(),
            )
        } else if !is_rule(next) {
            let rule = "|---".repeat(columns[0]);
            (
                "these lines are shown as text: the second line of a table is missing".to_string(),
                format!("write `{rule}|` below the first line"),
            )
        } else if columns[0] != columns[1] {
            let message = format!("these lines are shown as text: the first has {} cells, the line of hyphens {}", columns[0], columns[1]);
            (message, "give both lines as many cells".to_string())
        } else {
            ("these lines are shown as text: a table begins behind an empty line".to_string(), "leave a line empty above it".to_string())
        };
        self.problem(Diagnostic::warning(CODE, message).hint(hint), at..at + first.len());
    }
}

/// A line without the marks of quotations before it.
fn bare(line: &str) -> &str {
    line.trim_start_matches([' ', '\t', '>']).trim_end()
}

/// How many bars there are that are not escaped.
fn bars(line: &str) -> usize {
    line.matches('|').count() - line.matches("\\|").count()
}

/// `|---|:-:|`.
fn is_rule(line: &str) -> bool {
    let line = bare(line);
    line.contains('-') && line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' '))
}

#[cfg(test)]
mod tests {
    use super::super::tests::reports;

    #[test]
    fn a_table_without_its_second_line_is_told_once() {
        let missing =
            "unread-table these lines are shown as text: the second line of a table is missing | write `|---|---|` below the first line";
        assert_eq!(reports("| A | B |\n| 1 | 2 |\n| 3 | 4 |\n"), [format!("1:1+9 {missing}")]);
        assert_eq!(reports("> | A | B |\n> | 1 | 2 |\n"), [format!("1:3+9 {missing}")]);
    }

    #[test]
    fn a_line_of_hyphens_that_does_not_fit_is_told() {
        assert_eq!(
            reports("| A | B |\n|---|\n| 1 | 2 |\n"),
            [
                "1:1+9 unread-table these lines are shown as text: the first has 2 cells, the line of hyphens 1 | give both lines as many cells"
            ]
        );
        assert_eq!(
            reports("| A | B |\n\n|---|---|\n| 1 | 2 |\n"),
            [
                "3:1+9 unread-table these lines are shown as text: a table needs a line of headings above its line of hyphens | write the headings right above it, without an empty line between"
            ]
        );
    }

    #[test]
    fn tables_verses_and_bars_in_a_line_are_not_told() {
        assert_eq!(
            reports("| A | B |\n|---|---|\n| 1 | 2 \\| 3 |\n\n| one verse\n| another\n\na | b\nc | d\n\n    | A | B |\n    | 1 | 2 |\n"),
            [""; 0]
        );
    }
}
