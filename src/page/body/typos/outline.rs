//! The levels of headings: none is left out on the way down, and the title is the only one of the first.
//!
//! Headings in quotations, lists and boxes are no part of the outline.

use std::ops::Range;

use super::super::renderer::Renderer;
use crate::diagnostic::Diagnostic;

const CODE: &str = "heading-level";

/// The headings so far.
#[derive(Debug, Default)]
pub struct Outline {
    /// The level of the first heading, the title in the text among them, and of the last one.
    first: Option<u8>,
    last: Option<u8>,
    /// Whether the first heading has become the title.
    has_title: bool,
    is_reported: bool,
}

impl Renderer<'_> {
    /// Notes a heading that has become the title of the page.
    pub fn note_title(&mut self) {
        self.collected.typos.outline = Outline { first: Some(1), last: Some(1), has_title: true, is_reported: false };
    }

    /// Looks at a heading of the body, of this many marks.
    pub fn look_at_level(&mut self, level: u8, range: Range<usize>) {
        let outline = &mut self.collected.typos.outline;
        let above = outline.last.replace(level);
        let first = *outline.first.get_or_insert(level);
        if level == 1 {
            // A text whose headings all begin at the first level is lowered as a whole, and is sound.
            if (outline.has_title || first > 1) && !std::mem::replace(&mut outline.is_reported, true) {
                let problem = Diagnostic::warning(CODE, "this heading is of the level of the title, which is there already");
                self.problem(problem.hint("begin the headings of a text with `##`"), range);
            }
            return;
        }
        // With headings of the first level in the body, those are what a second level stands below.
        let (above, what) = match above {
            Some(above) => (above, "the one above it"),
            None if self.open.lowered == 0 => (1, "the title above it"),
            None => return,
        };
        if level > above + 1 {
            let message = format!("this heading is of level {level}, and {what} of level {above}");
            let marks = "#".repeat(usize::from(above) + 1);
            let hint = format!("write `{marks}`: readers who go from heading to heading would look for what was left out");
            self.problem(Diagnostic::warning(CODE, message).hint(hint), range);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{reports, reports_untitled};

    #[test]
    fn a_level_that_is_left_out_is_told() {
        let hint = "readers who go from heading to heading would look for what was left out";
        assert_eq!(
            reports("## A\n\n#### B\n\n## C\n\n### D\n"),
            [format!("3:1+6 heading-level this heading is of level 4, and the one above it of level 2 | write `###`: {hint}")]
        );
        assert_eq!(
            reports("### A\n\n### B\n"),
            [format!("1:1+5 heading-level this heading is of level 3, and the title above it of level 1 | write `##`: {hint}")]
        );
    }

    #[test]
    fn a_second_title_is_told_once() {
        let second =
            "heading-level this heading is of the level of the title, which is there already | begin the headings of a text with `##`";
        assert_eq!(reports_untitled("# Title\n\n# A\n\n# B\n"), [format!("3:1+3 {second}")]);
        assert_eq!(reports("# Known\n\n# A\n"), [format!("3:1+3 {second}")]);
        assert_eq!(reports("## A\n\n# B\n\n## C\n"), [format!("3:1+3 {second}")]);
    }

    #[test]
    fn sound_outlines_and_headings_in_quotations_are_not_told() {
        assert_eq!(reports("# A\n\n## B\n\n# C\n\n## D\n\n### E\n"), [""; 0]);
        assert_eq!(reports_untitled("# Title\n\n## A\n\n### B\n\n## C\n"), [""; 0]);
        assert_eq!(reports("## A\n\n> ##### B\n\n- # C\n\n{{< box >}}\n\n#### D\n\n{{< /box >}}\n\n### E\n"), [""; 0]);
    }
}
