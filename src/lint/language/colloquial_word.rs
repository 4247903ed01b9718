//! Words that are said and not written.

use super::lexicon::List;
use super::reading::{Lang, Reading};
use super::{Finding, LanguageRule};
use crate::lint::Rule;

const CODE: &str = "colloquial-word";

pub const RULE: LanguageRule = LanguageRule {
    rule: Rule {
        code: CODE,
        doc: "A word or phrase that is said and not written in a briefing: \"game changer\", \"at the end of the day\", \"a bunch of\".

    The treaty is a game changer.     (what does it change?)

Say what is meant in plain words. `allow = [\"low-hanging fruit\"]` leaves one alone, `add = [\"blue-sky thinking\"]` looks for another:
`colloquial-word = { add = [\"…\"] }` in `[lints]`, or in a folder's table. Quotations, titles in italics, notes and tables are not looked at.",
        check: None,
    },
    langs: &[Lang::English, Lang::French, Lang::German],
    look,
};

fn look(reading: &Reading, found: &mut Vec<Finding>) {
    for read in reading.prose() {
        let hits = read.hits.iter().filter(|hit| hit.list == List::Colloquial);
        found.extend(hits.map(|hit| {
            let words = &read.passage.text[read.range(&hit.words)];
            Finding::new(
                CODE,
                format!("`{words}` is said, and not written in a briefing"),
                "say plainly what is meant",
                Some(read.place(&hit.words)),
            )
        }));
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::language::tests::{found, found_in};

    #[test]
    fn a_phrase_of_the_list_is_told_unless_it_is_quoted() {
        assert_eq!(
            found("colloquial-word", "en", "It is a game-changer, a game changer of the Game Changer Fund. He called it “a game changer”."),
            ["game-changer", "game changer"]
        );
        let settings = "[lints]\ncolloquial-word = { allow = [\"game changer\"], add = [\"blue-sky thinking\"] }\n";
        assert_eq!(found_in(settings, "colloquial-word", "en", "A game changer by blue-sky thinking."), ["blue-sky thinking"]);
        assert_eq!(found("colloquial-word", "de", "Unterm Strich bleibt das."), ["Unterm Strich"]);
    }
}
