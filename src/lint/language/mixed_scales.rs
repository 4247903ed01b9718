//! Words of two scales of likelihood on one page.

use std::ops::Range;

use super::lexicon::List;
use super::likelihood;
use super::reading::{Lang, Reading};
use super::{Finding, LanguageRule};
use crate::config::Scale;
use crate::lint::Rule;

const CODE: &str = "mixed-scales";

pub const RULE: LanguageRule = LanguageRule {
    rule: Rule {
        code: CODE,
        doc: "A page takes words from scales of likelihood that do not go together: what is 80 to 90 per cent in one is 66 to 100 in another.

    It is highly likely that talks resume. … It is virtually certain that they fail.     (PHIA, then IPCC)

Take one scale, and say which: `[likelihood] scale = \"phia\"` in the settings, after which `off-scale` tells what is not in its words. The scales are
the Probability Yardstick of PHIA, Intelligence Community Directive 203 and the IPCC's guidance note.",
        check: None,
    },
    langs: &[Lang::English],
    look,
};

fn look(reading: &Reading, found: &mut Vec<Finding>) {
    // Who has chosen one is told what is off it.
    if reading.scale.is_some() {
        return;
    }
    let mut open: Vec<Scale> = Scale::ALL.map(|(_, scale)| scale).into();
    let mut first: Option<(Range<u32>, &str)> = None;
    for read in reading.prose() {
        for hit in read.hits.iter().filter(|hit| hit.list == List::Likelihood) {
            let words = &read.passage.text[read.range(&hit.words)];
            let with: Vec<Scale> = Scale::ALL.into_iter().map(|(_, scale)| scale).filter(|scale| scale.step(words).is_some()).collect();
            // A word of all scales, or of none, says nothing of which it is.
            if with.is_empty() || with.len() == Scale::ALL.len() || likelihood::is_other_sense(read, hit) {
                continue;
            }
            let both: Vec<Scale> = open.iter().filter(|scale| with.contains(scale)).copied().collect();
            let place = read.place(&hit.words);
            if both.is_empty() {
                let names = |scales: &[Scale]| scales.iter().map(|scale| scale.name()).collect::<Vec<_>>().join(" or ");
                let (there, before) = first.clone().unwrap_or((place.clone(), ""));
                let message = format!("`{words}` is a word of {}, `{before}` of {}", names(&with), names(&open));
                let finding = Finding::new(CODE, message, "take the words of one scale", Some(place));
                found.push(Finding { also: Some((there, "of another scale")), ..finding });
                return;
            }
            open = both;
            first.get_or_insert((place, words));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::language::tests::{found, found_in};

    #[test]
    fn words_of_two_scales_are_told_once_a_page() {
        let text = "It is highly unlikely that they agree, and likely that they meet. It is virtually certain that they talk, and extremely likely that they part.";
        assert_eq!(found("mixed-scales", "en", text), ["virtually certain"]);
        assert_eq!(found("mixed-scales", "en", "It is very likely, and almost certain. Unlikely."), [""; 0], "ICD 203 has them all");
        assert_eq!(found_in("[likelihood]\nscale = \"phia\"\n", "mixed-scales", "en", text), [""; 0]);
    }
}
