//! Words of likelihood that say something else where they stand.
//!
//! It must not know any scale.

use super::lexicon::Hit;
use super::reading::Read;

/// Whether a word of likelihood is none there: `remote areas`, `not unlike`, `a possible agreement`.
pub fn is_other_sense(read: &Read, hit: &Hit) -> bool {
    let words = &read.lower[read.range(&hit.words)];
    let before = hit.words.start.checked_sub(1).map(|at| read.lower_word(at)).unwrap_or_default();
    match words {
        // Only the chance is.
        "remote" => !matches!(before, "is" | "are" | "seems" | "remains"),
        "likely" | "probable" => matches!(before, "as" | "equally"),
        _ => false,
    }
}
