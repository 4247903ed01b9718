//! Judgements of likelihood in other words than those of the scale of the site.

use super::lexicon::List;
use super::likelihood;
use super::reading::{Lang, Reading};
use super::{Finding, LanguageRule};
use crate::lint::Rule;

const CODE: &str = "off-scale";

pub const RULE: LanguageRule = LanguageRule {
    rule: Rule {
        code: CODE,
        doc: "A judgement of likelihood is not in the words of the site's scale, so readers can't tell how likely is meant. It is looked at where `[likelihood]
scale` names one: `\"phia\"`, `\"icd203\"` or `\"ipcc\"`.

    There is a good chance that talks resume.     (with `scale = \"phia\"`: a realistic possibility, or likely?)

Take the word of the scale: PHIA has remote chance, highly unlikely, unlikely, realistic possibility, likely or probable, highly likely, almost
certain. Quotations are not looked at, nor are `may` and `could`, which say no likelihood.",
        check: None,
    },
    langs: &[Lang::English],
    look,
};

fn look(reading: &Reading, found: &mut Vec<Finding>) {
    let Some(scale) = reading.scale else { return };
    let steps: Vec<&str> = scale.steps().iter().filter_map(|step| step.words.first().copied()).collect();
    for read in reading.prose() {
        for hit in read.hits.iter().filter(|hit| hit.list == List::Likelihood) {
            let words = &read.passage.text[read.range(&hit.words)];
            if scale.step(words).is_none() && !likelihood::is_other_sense(read, hit) {
                let message = format!("`{words}` is not in the words of {}", scale.name());
                found.push(Finding::new(CODE, message, format!("take one of: {}", steps.join(", ")), Some(read.place(&hit.words))));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::language::tests::{found, found_in};

    #[test]
    fn words_off_the_scale_are_told_where_the_site_has_one() {
        let text = "It is very likely, almost certainly so. Perhaps it is a realistic possibility, and there is a good chance. “Maybe.” It may be.";
        assert_eq!(found("off-scale", "en", text), [""; 0]);
        let told = |scale: &str| found_in(&format!("[likelihood]\nscale = \"{scale}\"\n"), "off-scale", "en", text);
        assert_eq!(told("phia"), ["very likely", "Perhaps", "good chance"]);
        assert_eq!(told("icd203"), ["Perhaps", "realistic possibility", "good chance"]);
        assert_eq!(told("ipcc"), ["almost certainly", "Perhaps", "realistic possibility", "good chance"]);
    }
}
