//! Scales of likelihood: which words stand for which range, `[likelihood] scale`.
//!
//! Owns the published scales. It must not know texts.

use super::tree::{Node, Value};
use super::value::Wrong;

/// A published scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scale {
    /// The Probability Yardstick of the Professional Head of Intelligence Assessment
    /// (<https://www.gov.uk/government/publications/phia-probability-yardstick>).
    Phia,
    /// Intelligence Community Directive 203 (<https://www.dni.gov/files/documents/ICD/ICD-203.pdf>).
    Icd203,
    /// The guidance note for authors of the fifth assessment report
    /// (<https://www.ipcc.ch/site/assets/uploads/2018/05/uncertainty-guidance-note.pdf>).
    Ipcc,
}

/// A step of a scale.
pub struct Step {
    /// Its words, in small letters; the first is its name.
    pub words: &'static [&'static str],
    /// From and to, in per cent.
    pub range: [u8; 2],
}

const fn step(words: &'static [&'static str], from: u8, to: u8) -> Step {
    Step { words, range: [from, to] }
}

const PHIA: [Step; 7] = [
    step(&["remote chance"], 0, 5),
    step(&["highly unlikely"], 10, 20),
    step(&["unlikely"], 25, 35),
    step(&["realistic possibility", "realistic probability"], 40, 50),
    step(&["likely", "probable", "probably"], 55, 75),
    step(&["highly likely", "highly probable"], 80, 90),
    step(&["almost certain", "almost certainly"], 95, 100),
];

const ICD_203: [Step; 7] = [
    step(&["almost no chance", "remote"], 1, 5),
    step(&["very unlikely", "highly improbable"], 5, 20),
    step(&["unlikely", "improbable"], 20, 45),
    step(&["roughly even chance", "roughly even odds"], 45, 55),
    step(&["likely", "probable", "probably"], 55, 80),
    step(&["very likely", "highly probable"], 80, 95),
    step(&["almost certain", "almost certainly", "nearly certain"], 95, 99),
];

const IPCC: [Step; 10] = [
    step(&["exceptionally unlikely"], 0, 1),
    step(&["extremely unlikely"], 0, 5),
    step(&["very unlikely"], 0, 10),
    step(&["unlikely"], 0, 33),
    step(&["about as likely as not"], 33, 66),
    step(&["more likely than not"], 50, 100),
    step(&["likely"], 66, 100),
    step(&["very likely"], 90, 100),
    step(&["extremely likely"], 95, 100),
    step(&["virtually certain"], 99, 100),
];

impl Scale {
    /// All of them, as settings name them.
    pub const ALL: [(&'static str, Scale); 3] = [("phia", Scale::Phia), ("icd203", Scale::Icd203), ("ipcc", Scale::Ipcc)];

    /// What it is called among those who use it.
    pub fn name(self) -> &'static str {
        match self {
            Scale::Phia => "PHIA",
            Scale::Icd203 => "ICD 203",
            Scale::Ipcc => "IPCC",
        }
    }

    /// Its steps, the least likely first.
    pub fn steps(self) -> &'static [Step] {
        match self {
            Scale::Phia => &PHIA,
            Scale::Icd203 => &ICD_203,
            Scale::Ipcc => &IPCC,
        }
    }

    /// The step of a word or phrase, in any letters.
    pub fn step(self, words: &str) -> Option<&'static Step> {
        self.steps().iter().find(|step| step.words.iter().any(|known| known.eq_ignore_ascii_case(words)))
    }
}

/// The scale of a site.
///
/// # Errors
/// There is no such scale.
pub fn scale(node: &Node) -> Result<Option<Scale>, Wrong> {
    let known = |text: &String| Scale::ALL.iter().find(|(name, _)| name == text).map(|(_, scale)| *scale);
    match &node.value {
        Value::Text(text) if text.is_empty() => Ok(None),
        Value::Text(text) => known(text).map(Some).ok_or(()),
        _ => Err(()),
    }
    .map_err(|()| Wrong::expected("`\"phia\"`, `\"icd203\"` or `\"ipcc\"`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_rise_and_no_word_stands_for_two() {
        for (_, scale) in Scale::ALL {
            let steps = scale.steps();
            assert!(steps.is_sorted_by(|one, other| one.range[1] <= other.range[1]), "{scale:?}");
            let words: Vec<&str> = steps.iter().flat_map(|step| step.words).copied().collect();
            assert!(words.iter().all(|word| words.iter().filter(|other| other == &word).count() == 1), "{scale:?}");
        }
        assert_eq!(Scale::Phia.step("Likely").map(|step| step.range), Some([55, 75]));
        assert!(Scale::Ipcc.step("realistic possibility").is_none());
    }
}
