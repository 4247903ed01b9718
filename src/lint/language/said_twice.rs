//! Runs of words that stand twice in a page.

use super::reading::{Lang, Read, Reading};
use super::{Finding, LanguageRule};
use crate::lint::Rule;
use crate::page::body::OPAQUE;

const CODE: &str = "said-twice";

pub const RULE: LanguageRule = LanguageRule {
    rule: Rule {
        code: CODE,
        doc: "A run of twelve words or more stands twice in a page. It was moved by copying, most often, and the first was left.

    … decided to raise its contribution to the common fund by a third.     (and again, six paragraphs below)

Take one of them out, or say it in other words. Key points and the summary may repeat the text; quotations, notes, tables and headings are not looked
at. `said-twice = { level = \"warn\", words = 15 }` in `[lints]` sets another number.",
        check: None,
    },
    langs: &[Lang::English, Lang::French, Lang::German],
    look,
};

fn look(reading: &Reading, found: &mut Vec<Finding>) {
    let run = reading.weights.number(CODE, "words");
    let reads: Vec<&Read> = reading.text().collect();
    let mut windows: Vec<(u64, u32, u32)> = Vec::new();
    for (passage, read) in reads.iter().enumerate() {
        let hashes: Vec<u64> = (0..read.words.len()).map(|at| hash(read.lower_word(at), passage, at)).collect();
        let window =
            |(at, words): (usize, &[u64])| (words.iter().fold(0u64, |sum, word| sum.rotate_left(5) ^ word), passage as u32, at as u32);
        windows.extend(hashes.windows(run).enumerate().map(window));
    }
    windows.sort_unstable();
    let mut pairs: Vec<(Spot, Spot)> =
        windows.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| ((pair[1].1, pair[1].2), (pair[0].1, pair[0].2))).collect();
    pairs.sort_unstable();
    let mut told: Option<Spot> = None;
    for (second, first) in pairs {
        // What goes on is one run.
        if told.is_some_and(|(passage, end)| passage == second.0 && second.1 < end) {
            continue;
        }
        let (one, other) = (reads[first.0 as usize], reads[second.0 as usize]);
        let length = common(one, first.1 as usize, other, second.1 as usize);
        let overlaps = first.0 == second.0 && first.1 as usize + length > second.1 as usize;
        let (here, there) = (second.1 as usize..second.1 as usize + length, first.1 as usize..first.1 as usize + length);
        if length < run || overlaps || other.is_quoted(&other.range(&here)) || one.is_quoted(&one.range(&there)) {
            continue;
        }
        told = Some((second.0, here.end as u32));
        let message = format!("these {length} words stand on the page before");
        let finding = Finding::new(CODE, message, "take one of them out, or say it in other words", Some(other.place(&here)));
        found.push(Finding { also: Some((one.place(&there), "they stand here")), ..finding });
    }
}

/// A passage, and the number of a word in it.
type Spot = (u32, u32);

/// How many words from two places on are the same.
fn common(one: &Read, from: usize, other: &Read, at: usize) -> usize {
    let most = (one.words.len() - from).min(other.words.len() - at);
    (0..most).take_while(|next| one.lower_word(from + next) == other.lower_word(at + next)).count()
}

/// A hash that is the same in every run. What is not looked at is like nothing else.
fn hash(word: &str, passage: usize, at: usize) -> u64 {
    let start = if word.contains(OPAQUE) { (passage as u64) << 32 | at as u64 } else { 0xcbf2_9ce4_8422_2325 };
    word.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use crate::lint::language::tests::found;

    #[test]
    fn a_run_of_words_that_comes_again_is_told_once_with_its_first_place() {
        let run = "decided to raise its share of the common fund by one third before winter";
        let text = format!("The council {run}.\n\nIn May, it {run}, at last.\n");
        assert_eq!(found("said-twice", "en", &text), [run]);
        assert_eq!(found("said-twice", "en", &format!("The council {run}.\n\n> it {run}\n\nThey said “it {run}”.\n")), [""; 0]);
        assert_eq!(found("said-twice", "en", "The first of these rules is told, and the second of these rules is not."), [""; 0]);
        assert_eq!(found("said-twice", "en", &"so ".repeat(40)), [""; 0], "a run that overlaps itself");
        assert_eq!(found("said-twice", "en", &"`a`, `b`, and then ".repeat(12)), [""; 0], "code");
    }
}
