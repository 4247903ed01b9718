//! Acronyms that a page explains twice.

use std::collections::BTreeMap;
use std::ops::Range;

use super::acronym;
use super::reading::{Lang, Reading};
use super::{Finding, LanguageRule};
use crate::lint::Rule;

const CODE: &str = "acronym-twice";

pub const RULE: LanguageRule = LanguageRule {
    rule: Rule {
        code: CODE,
        doc: "A page explains one acronym twice. The second time, readers wonder whether it is another.

    The Political and Security Committee (PSC) met. … The Political and Security Committee (PSC) agreed.

Use the acronym from the first time on. A key point and the summary stand alone, so they may explain it too.",
        check: None,
    },
    langs: &[Lang::English, Lang::French, Lang::German],
    look,
};

fn look(reading: &Reading, found: &mut Vec<Finding>) {
    let mut defined: BTreeMap<&str, Range<u32>> = BTreeMap::new();
    for read in reading.text() {
        for (at, name) in acronym::all(read) {
            let range = read.range(&(at..at + 1));
            let is_in_brackets = read.passage.text[..range.start].ends_with('(') && read.passage.text[range.end..].starts_with(')');
            if !is_in_brackets || !acronym::is_spelt_before(read, at, name) || read.is_quoted(&range) {
                continue;
            }
            let place = read.place(&(at..at + 1));
            match defined.get(name) {
                None => drop(defined.insert(name, place)),
                Some(first) => {
                    let finding = Finding::new(CODE, format!("`{name}` is explained a second time"), "use the acronym alone", Some(place));
                    found.push(Finding { also: Some((first.clone(), "explained first here")), ..finding });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::language::tests::{found, found_in};

    #[test]
    fn the_second_explanation_is_told() {
        let text = "The Political and Security Committee (PSC) met (PSC).\n\nThe Political and Security Committee (PSC) agreed.\n";
        assert_eq!(found("acronym-twice", "en", text), ["PSC"]);
        assert_eq!(found_in("[lints]\nacronym-twice = \"off\"\n", "acronym-twice", "en", text), [""; 0]);
    }
}
