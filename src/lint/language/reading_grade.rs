//! Texts that ask for more schooling than their readers shall need.

use super::reading::{Lang, Reading};
use super::{Finding, LanguageRule};
use crate::lint::Rule;

const CODE: &str = "reading-grade";

pub const RULE: LanguageRule = LanguageRule {
    rule: Rule {
        code: CODE,
        doc: "A text in English asks for more years of school than its readers shall need, by the formula of Flesch and Kincaid:

    0.39 × words a sentence + 11.8 × syllables a word − 15.59

It is from \"Derivation of new readability formulas\", 1975 (https://apps.dtic.mil/sti/citations/ADA006655). Shorter sentences and shorter words lower
it. The most is 14 (`reading-grade = { level = \"warn\", most = 12 }` in `[lints]`, or in `[lints.type.factsheet]`). Syllables are counted by the
letters, so a grade is an estimate. A page of fewer than 100 words is not told. It is off unless the site asks for it.",
        check: None,
    },
    langs: &[Lang::English],
    look,
};

/// Of fewer words the formula says nothing.
const FEWEST: usize = 100;

fn look(reading: &Reading, found: &mut Vec<Finding>) {
    let most = reading.weights.number(CODE, "most");
    let (mut words, mut sentences, mut syllables) = (0, 0, 0);
    for read in reading.text() {
        words += read.words.len();
        sentences += read.sentences.len();
        syllables += (0..read.words.len()).map(|at| count_syllables(read.lower_word(at))).sum::<usize>();
    }
    if words < FEWEST {
        return;
    }
    let grade = grade(words, sentences, syllables);
    if grade > most as f64 {
        let message = format!("the text asks for a reading grade of {grade:.1}, more than {most}");
        found.push(Finding::new(CODE, message, "shorten sentences, and choose shorter words", None));
    }
}

fn grade(words: usize, sentences: usize, syllables: usize) -> f64 {
    0.39 * words as f64 / sentences as f64 + 11.8 * syllables as f64 / words as f64 - 15.59
}

/// The syllables of an English word by its letters: groups of vowels, without a silent `e` at the end.
fn count_syllables(word: &str) -> usize {
    let is_vowel = |letter: char| "aeiouyéèêàâîïôûü".contains(letter);
    let mut groups = 0;
    let mut was_vowel = false;
    for letter in word.chars() {
        let is = is_vowel(letter);
        groups += usize::from(is && !was_vowel);
        was_vowel = is;
    }
    let is_silent = word.ends_with('e') && !word.ends_with("le") && !word.ends_with("ee")
        || word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded");
    (groups - usize::from(is_silent && groups > 1)).max(1)
}

#[cfg(test)]
mod tests {
    use crate::lint::language::tests::{found, found_in};

    use super::*;

    #[test]
    fn syllables_are_counted_by_letters() {
        let counts = ["cat", "readability", "table", "formed", "invited", "agree", "make", "3", "the"].map(count_syllables);
        assert_eq!(counts, [1, 5, 2, 1, 3, 2, 1, 1, 1]);
    }

    #[test]
    fn a_text_above_the_grade_is_told() {
        assert!((grade(100, 5, 150) - 9.91).abs() < 0.01);
        let hard = "Institutional interoperability necessitates multidimensional recapitalisation. ".repeat(30);
        let settings = "[lints.type.factsheet]\nreading-grade = { level = \"warn\", most = 12 }\n";
        assert_eq!(found_in(settings, "reading-grade", "en", &hard), [""; 0]);
        let told = found_in("[lints]\nreading-grade = \"warn\"\n", "reading-grade", "en", &hard);
        assert!(told.len() == 1 && told[0].starts_with("the text asks for a reading grade of "), "{told:?}");
        assert_eq!(found("reading-grade", "en", &"The cat sat on the mat. ".repeat(30)), [""; 0]);
    }
}
