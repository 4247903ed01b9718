//! Words for a time that depends on the day of reading.

use super::lexicon::List;
use super::reading::{Lang, Read, Reading};
use super::{Finding, LanguageRule};
use crate::lint::Rule;

const CODE: &str = "relative-date";

pub const RULE: LanguageRule = LanguageRule {
    rule: Rule {
        code: CODE,
        doc: "A word says when something was by the day of writing: \"recently\", \"this year\", \"last month\", \"currently\". Whoever reads it in two years reads
something else.

    The government recently raised its target.     (when?)

Say the date: \"in March 2026\". A sentence with a year or a month in it is not told. Quotations, titles in italics, notes and tables are not looked
at. `allow = [\"lately\"]` leaves a word alone, `add = [\"in due course\"]` looks for another: `relative-date = { allow = [\"lately\"] }` in `[lints]`.",
        check: None,
    },
    langs: &[Lang::English, Lang::French, Lang::German],
    look,
};

fn look(reading: &Reading, found: &mut Vec<Finding>) {
    for read in reading.prose() {
        for hit in read.hits.iter().filter(|hit| hit.list == List::Relative) {
            // `the last year of the war` is no year of today's.
            let is_of =
                hit.words.len() > 1 && hit.words.end < read.words.len() && matches!(read.lower_word(hit.words.end), "of" | "des" | "de");
            let is_dated = read.sentence(hit.words.start).is_some_and(|sentence| sentence.words.clone().any(|at| is_date(read, at)));
            if is_of || is_dated {
                continue;
            }
            let words = &read.passage.text[read.range(&hit.words)];
            let message = format!("`{words}` is another time for whoever reads it later");
            found.push(Finding::new(CODE, message, "say the date", Some(read.place(&hit.words))));
        }
    }
}

/// Whether a word is a year or a month.
fn is_date(read: &Read, at: usize) -> bool {
    let word = read.word(at);
    let is_year =
        |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()) && matches!(&word[..2], "18" | "19" | "20" | "21");
    // `2024-25`, `1990s`
    let is_year = word.split(['-', '–', '/']).any(|part| is_year(part.trim_end_matches("'s").trim_end_matches('s')));
    is_year
        || word.starts_with(char::is_uppercase) && MONTHS.contains(&read.lower_word(at))
        || MONTHS_IN_FRENCH.contains(&read.lower_word(at))
}

/// In English and German, with a capital.
const MONTHS: [&str; 20] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "januar",
    "februar",
    "märz",
    "mai",
    "juni",
    "juli",
    "oktober",
    "dezember",
];
const MONTHS_IN_FRENCH: [&str; 12] =
    ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

#[cfg(test)]
mod tests {
    use crate::lint::language::tests::{found, found_in};

    #[test]
    fn a_time_that_moves_is_told_unless_a_date_stands_by_it() {
        let text =
            "It recently rose. Last year it fell, this month not. In May 2024 it currently held. In the last year of the war it stood.";
        assert_eq!(found("relative-date", "en", text), ["recently", "Last year", "this month"]);
        assert_eq!(found("relative-date", "en", "They said it “recently rose”, in *The World Today*.\n\n> recently\n"), [""; 0]);
        assert_eq!(
            found("relative-date", "fr", "Elle a récemment augmenté. L’année dernière, en mars, non. Demain oui."),
            ["récemment", "Demain"]
        );
        assert_eq!(found("relative-date", "de", "Kürzlich stieg sie. Im letzten Jahr nicht."), ["Kürzlich", "Im letzten Jahr"]);
        assert_eq!(found("relative-date", "es", "Recently so."), [""; 0]);
    }

    #[test]
    fn a_site_leaves_words_alone_and_adds_others() {
        let settings = "[lints]\nrelative-date = { allow = [\"tomorrow\"], add = [\"In due course\"] }\n";
        assert_eq!(found_in(settings, "relative-date", "en", "Tomorrow it is so. It comes in due course."), ["in due course"]);
    }
}
