//! Words that judge where a briefing reports.

use super::lexicon::List;
use super::reading::{Lang, Reading};
use super::{Finding, LanguageRule};
use crate::lint::Rule;

const CODE: &str = "loaded-word";

pub const RULE: LanguageRule = LanguageRule {
    rule: Rule {
        code: CODE,
        doc: "A word judges, or takes the reader's judgement for granted: \"draconian\", \"so-called\", \"obviously\", \"unfortunately\". A briefing says what is
known, and who judges so.

    The draconian rules will obviously fail.     (whose view is it, and why?)

Say what is the case, or whose judgement it is. `allow = [\"notorious\"]` leaves one alone, `add = [\"regime\"]` looks for another: `loaded-word = {
add = [\"…\"] }` in `[lints]`, or in a folder's table. Quotations, titles in italics, notes and tables are not looked at.",
        check: None,
    },
    langs: &[Lang::English, Lang::French, Lang::German],
    look,
};

fn look(reading: &Reading, found: &mut Vec<Finding>) {
    for read in reading.prose() {
        let hits = read.hits.iter().filter(|hit| hit.list == List::Loaded);
        found.extend(hits.map(|hit| {
            let words = &read.passage.text[read.range(&hit.words)];
            Finding::new(
                CODE,
                format!("`{words}` judges what a briefing reports"),
                "say what is the case, or whose view it is",
                Some(read.place(&hit.words)),
            )
        }));
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::language::tests::found;

    #[test]
    fn a_word_that_judges_is_told_unless_somebody_said_it() {
        assert_eq!(
            found("loaded-word", "en", "Obviously the draconian rules fail. They are “draconian”, said the “so-called” expert."),
            ["Obviously", "draconian"]
        );
        assert_eq!(found("loaded-word", "fr", "Évidemment, c’est tristement célèbre."), ["Évidemment", "tristement célèbre"]);
    }
}
