//! Pages of which too many sentences are long.

use super::reading::{Lang, Reading};
use super::{Finding, LanguageRule};
use crate::lint::Rule;

const CODE: &str = "many-long-sentences";

pub const RULE: LanguageRule = LanguageRule {
    rule: Rule {
        code: CODE,
        doc: "Of the sentences of a page more than a quarter have more than 25 words. One long sentence is a choice; many of them are a text that is hard to read.

    23 of 60 sentences have more than 25 words

Divide some of them. `many-long-sentences = { level = \"warn\", words = 25, percent = 25 }` in `[lints]` sets both numbers. A page of fewer than ten
sentences is not told. It is off unless the site asks for it.",
        check: None,
    },
    langs: &[Lang::English, Lang::French, Lang::German],
    look,
};

/// Of fewer sentences nobody says a share.
const FEWEST: usize = 10;

fn look(reading: &Reading, found: &mut Vec<Finding>) {
    let (most, percent) = (reading.weights.number(CODE, "words"), reading.weights.number(CODE, "percent"));
    let sentences = || reading.text().flat_map(|read| &read.sentences);
    let (all, long) = (sentences().count(), sentences().filter(|sentence| sentence.words.len() > most).count());
    if all >= FEWEST && long * 100 > all * percent {
        let message = format!("{long} of {all} sentences have more than {most} words");
        found.push(Finding::new(CODE, message, format!("divide some: at most {percent} % should be so long"), None));
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::language::tests::{found, found_in};

    #[test]
    fn the_share_of_long_sentences_is_told_once_a_page() {
        let long = format!("It {}. ", "word ".repeat(26));
        let told = |few: usize| {
            found_in(
                "[lints]\nmany-long-sentences = \"warn\"\n",
                "many-long-sentences",
                "en",
                &format!("{}{}", long.repeat(few), "So. ".repeat(9)),
            )
        };
        assert_eq!(told(4), ["4 of 13 sentences have more than 25 words"]);
        assert_eq!(told(3), [""; 0]);
        assert_eq!(found("many-long-sentences", "en", &long.repeat(20)), [""; 0], "off");
    }
}
