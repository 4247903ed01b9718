//! Sentences that are too long to be followed.

use super::reading::{Lang, Reading};
use super::{Finding, LanguageRule};
use crate::lint::Rule;

const CODE: &str = "long-sentence";

pub const RULE: LanguageRule = LanguageRule {
    rule: Rule {
        code: CODE,
        doc: "A sentence has more than 30 words. Readers have forgotten its beginning when they come to its end.

    The committee, which met in May, and which had been asked in March by the council, that had for its part … decided nothing.

Say it in two sentences, or in a list. `long-sentence = { level = \"warn\", words = 25 }` in `[lints]` sets another number. It is looked at in
English, French and German, in the text, the summary and the key points, and not in quotations set apart, notes, tables and headings.",
        check: None,
    },
    langs: &[Lang::English, Lang::French, Lang::German],
    look,
};

fn look(reading: &Reading, found: &mut Vec<Finding>) {
    let most = reading.weights.number(CODE, "words");
    for read in reading.prose() {
        let long = read.sentences.iter().filter(|sentence| sentence.words.len() > most);
        found.extend(long.map(|sentence| {
            let message = format!("this sentence has {} words, more than {most}", sentence.words.len());
            Finding::new(CODE, message, "say it in two", Some(read.passage.in_file(sentence.range.clone())))
        }));
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::language::tests::found_in;

    const ON: &str = "[lints]\nlong-sentence = \"warn\"\n";

    #[test]
    fn a_sentence_of_more_words_is_told_and_a_quotation_is_not() {
        let long = "word ".repeat(30).trim_end().to_string();
        assert_eq!(
            found_in(ON, "long-sentence", "en", &format!("It {long}.\n\nOne {}two. And three.", "word ".repeat(28))),
            [format!("It {long}.")]
        );
        assert_eq!(found_in(ON, "long-sentence", "en", &format!("> It {long}.\n\n| It {long} |\n|---|\n")), [""; 0]);
        assert_eq!(found_in(ON, "long-sentence", "fi", &format!("Se {long}.")), [""; 0]);
        assert_eq!(
            found_in("[lints]\nlong-sentence = { level = \"warn\", words = 5 }\n", "long-sentence", "en", "One two three four five six."),
            ["One two three four five six."]
        );
    }
}
