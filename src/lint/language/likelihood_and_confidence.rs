//! Likelihood and confidence in one sentence.

use super::lexicon::{Hit, List};
use super::likelihood;
use super::reading::{Lang, Reading};
use super::{Finding, LanguageRule};
use crate::config::Scale;
use crate::lint::Rule;

const CODE: &str = "likelihood-and-confidence";

pub const RULE: LanguageRule = LanguageRule {
    rule: Rule {
        code: CODE,
        doc: "One sentence says how likely something is and how sure its author is of the ground for that. Readers take the one for the other, which is why ICD 203
has them in two sentences (https://www.dni.gov/files/documents/ICD/ICD-203.pdf).

    We judge with low confidence that talks will very likely resume.     (how likely?)

Say how likely it is, and in another sentence how good the evidence is. On a site whose `[likelihood] scale` is `\"ipcc\"` nothing is told: its
reports have both.",
        check: None,
    },
    langs: &[Lang::English],
    look,
};

fn look(reading: &Reading, found: &mut Vec<Finding>) {
    if reading.scale == Some(Scale::Ipcc) {
        return;
    }
    for read in reading.prose() {
        for confidence in read.hits.iter().filter(|hit| hit.list == List::Confidence) {
            let Some(sentence) = read.sentence(confidence.words.start) else { continue };
            let is_likelihood = |hit: &&Hit| hit.list == List::Likelihood && !likelihood::is_other_sense(read, hit);
            let likelihood = read.hits.iter().filter(is_likelihood).find(|hit| sentence.words.contains(&hit.words.start));
            if let Some(likelihood) = likelihood {
                let words = |hit: &Hit| read.passage.text[read.range(&hit.words)].to_string();
                let message = format!("`{}` and `{}` stand in one sentence", words(confidence), words(likelihood));
                let finding =
                    Finding::new(CODE, message, "say in another sentence how good the evidence is", Some(read.place(&confidence.words)));
                found.push(Finding { also: Some((read.place(&likelihood.words), "the likelihood")), ..finding });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::language::tests::{found, found_in};

    #[test]
    fn the_two_in_one_sentence_are_told() {
        let text = "We judge with low confidence that it is likely. It is likely. We have high confidence in that.";
        assert_eq!(found("likelihood-and-confidence", "en", text), ["low confidence"]);
        assert_eq!(found_in("[likelihood]\nscale = \"ipcc\"\n", "likelihood-and-confidence", "en", text), [""; 0]);
    }
}
