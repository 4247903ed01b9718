//! Kinds of boxes that are spelt nearly like a known one.
//!
//! Any word is a kind of the site's own, so only what can hardly be one is told.

use std::ops::Range;

use super::super::language::{FURTHER, KINDS};
use super::super::renderer::Renderer;
use crate::diagnostic::Diagnostic;

const CODE: &str = "unknown-alert";

/// True for a kind that readers of Markdown know.
pub fn is_known(kind: &str) -> bool {
    KINDS.contains(&kind) || FURTHER.iter().any(|(known, _)| *known == kind)
}

impl Renderer<'_> {
    /// Looks at the kind of an alert, in small letters, which stands at `range`.
    pub fn look_at_kind(&mut self, kind: &str, range: Range<usize>) {
        // Who mistypes a word seldom mistypes its first letter; another word may well begin with another one.
        let is_near = |known: &&&str| known.chars().next() == kind.chars().next() && strsim::damerau_levenshtein(known, kind) == 1;
        let Some(near) = KINDS.iter().find(is_near).filter(|_| !is_known(kind)) else { return };
        let problem = Diagnostic::warning(CODE, format!("no box is of the kind `{kind}`, so it is shown as one of your own"));
        self.problem(problem.hint(format!("did you mean `{near}`?")), range);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::reports;

    #[test]
    fn a_kind_one_letter_from_a_known_one_is_told() {
        assert_eq!(
            reports("> [!WRANING]\n> Text.\n"),
            ["1:5+7 unknown-alert no box is of the kind `wraning`, so it is shown as one of your own | did you mean `warning`?"]
        );
    }

    #[test]
    fn known_kinds_and_kinds_of_ones_own_are_not_told() {
        assert_eq!(reports("> [!Warning]\n> x\n\n> [!quote]- T\n> x\n\n> [!vote]\n> x\n\n> [!method]\n> x\n"), [""; 0]);
    }
}
