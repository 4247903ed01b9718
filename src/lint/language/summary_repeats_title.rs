//! Summaries that say what the title says.

use super::reading::{Read, Reading};
use super::{Finding, LanguageRule};
use crate::lint::Rule;
use crate::page::body::Sort;

const CODE: &str = "summary-repeats-title";

pub const RULE: LanguageRule = LanguageRule {
    rule: Rule {
        code: CODE,
        doc: "The summary begins with the title, or says the same in its words. It stands right below the title, in lists, cards and search results.

    title: Finland joins the Alliance
    summary: Finland joins the Alliance.

Say in the summary what the title does not say: what follows from it, for whom, since when.",
        check: None,
    },
    langs: &[],
    look,
};

fn look(reading: &Reading, found: &mut Vec<Finding>) {
    let words = |read: &Read| (0..read.words.len()).map(|at| read.lower_word(at).to_string()).collect::<Vec<_>>();
    let title: Vec<String> =
        reading.title.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let Some(summary) = reading.passages.iter().find(|read| read.passage.sort == Sort::Summary && !read.words.is_empty()) else { return };
    let said: Vec<String> = words(summary)
        .iter()
        .flat_map(|word| word.split(|letter: char| !letter.is_alphanumeric()).map(String::from).collect::<Vec<_>>())
        .filter(|word| !word.is_empty())
        .collect();
    let first = summary.sentences.first().map_or(0, |sentence| sentence.words.len());
    let begins = title.len() >= FEWEST && said.starts_with(&title);
    // The same words in another order, and hardly any besides.
    let new = said.iter().filter(|word| word.chars().count() > 3 && !title.contains(word)).count();
    let repeats = title.len() >= FEWEST && first == summary.words.len() && new == 0;
    if begins || repeats {
        let message = if begins { "the summary begins with the title" } else { "the summary says in other order what the title says" };
        found.push(Finding::new(CODE, message, "say what the title does not say", Some(summary.place(&(0..summary.words.len())))));
    }
}

/// A title of fewer words may begin a sentence about what it names.
const FEWEST: usize = 3;

#[cfg(test)]
mod tests {
    use crate::lint::language::tests::{found, found_in};

    use crate::lint::language::tests::{front_found, page};

    #[test]
    fn a_summary_that_says_the_title_again_is_told() {
        let told = |title: &str, summary: &str| {
            front_found(
                "summary-repeats-title",
                &page(&format!("summary: \"{summary}\"\n"), "").replace("title: Page", &format!("title: {title}")),
            )
        };
        assert_eq!(
            told("Finland joins the Alliance", "Finland joins the Alliance, and doubles its border."),
            ["the summary begins with the title"]
        );
        assert_eq!(
            told("Finland joins the Alliance", "The Alliance: Finland joins."),
            ["the summary says in other order what the title says"]
        );
        assert_eq!(told("Finland joins the Alliance", "The border doubles, and plans for the north change."), [""; 0]);
        assert_eq!(told("Finland", "Finland has 5.6 million inhabitants."), [""; 0]);
        assert_eq!(found("summary-repeats-title", "en", "Page."), found_in("", "summary-repeats-title", "en", ""));
    }
}
