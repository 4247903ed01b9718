//! Acronyms that the page does not explain.

use std::collections::BTreeSet;

use super::acronym;
use super::reading::{Lang, Reading};
use super::{Finding, LanguageRule};
use crate::lint::Rule;

const CODE: &str = "undefined-acronym";

pub const RULE: LanguageRule = LanguageRule {
    rule: Rule {
        code: CODE,
        doc: "An acronym is used, and the page says nowhere what it stands for: neither in words before it, `North Atlantic Treaty Organization (NATO)`, nor by an
abbreviation, `*[NATO]: …`, nor is it in the key of a source that the page cites, `[@psc-2025]`, nor has the site a page or an entry of
`_data/glossary.yaml` of that name.

    The PSC decided on 3 May.     (which committee is that?)

Write it out where it is used first, or name those that your readers know: `undefined-acronym = { known = [\"PSC\", \"CFSP\"] }` in `[lints]`. Those
that everybody knows (EU, UN, UK, US, GDP …) are known already. It is told once a page; quotations, italics and code are not looked at.",
        check: None,
    },
    langs: &[Lang::English, Lang::French, Lang::German],
    look,
};

fn look(reading: &Reading, found: &mut Vec<Finding>) {
    let known = reading.weights.words(CODE, "known");
    let of_site = |name: &str| reading.known.is_some_and(|names| names.contains(name));
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for read in reading.prose() {
        for (at, name) in acronym::all(read) {
            let is_known = || EVERYBODY.contains(&name) || known.iter().any(|word| **word == *name) || of_site(name);
            let is_source = || {
                reading
                    .cites
                    .iter()
                    .any(|key| key.split(|letter: char| !letter.is_alphabetic()).any(|part| part.eq_ignore_ascii_case(name)))
            };
            let is_explained =
                || is_source() || reading.abbreviations.iter().any(|word| **word == *name) || acronym::is_explained(reading, name);
            if read.is_quoted(&read.range(&(at..at + 1))) || !seen.insert(name) || is_known() || is_explained() {
                continue;
            }
            let message = format!("`{name}` is used, and the page does not say what it stands for");
            let hint = format!("write it out here, with `({name})` behind, or add it to `known` of `undefined-acronym`");
            found.push(Finding::new(CODE, message, hint, Some(read.place(&(at..at + 1)))));
        }
    }
}

/// What needs no words, in one of the three languages.
const EVERYBODY: [&str; 84] = [
    "EU", "UE", "UN", "ONU", "UNO", "US", "USA", "UK", "NATO", "OTAN", "GDP", "PIB", "BIP", "VAT", "TVA", "AI", "KI", "IT", "ID", "CV",
    "PDF", "CSV", "XML", "HTML", "URL", "API", "DVD", "USB", "SMS", "TV", "FM", "DC", "CEO", "HR", "PR", "AM", "PM", "BC", "AD", "CE",
    "BCE", "UTC", "GMT", "CET", "CEST", "EST", "EUR", "USD", "GBP", "CHF", "JPY", "CNY", "PLN", "SEK", "NOK", "DKK", "CZK", "HUF", "RON",
    "DNA", "RNA", "HIV", "FAQ", "RSS", "ISBN", "DOI", "OK", "AP", "AFP", "DPA", "TASS", "BBC", "CNN", "PBS", "NPR", "ARD", "ZDF", "UNESCO",
    "UNICEF", "OPEC", "NASA", "CIA", "FBI", "ISIS",
];

#[cfg(test)]
mod tests {
    use crate::lint::language::tests::{found, found_in};

    #[test]
    fn an_acronym_is_told_once_unless_the_page_or_the_site_explains_it() {
        let text = "The PSC met. The PSC and the EUMC, the GDP and Chapter VII of the UN. MEPs of the EPP.\n\nThe European People's Party (EPP).\n\n*[EUMC]: EU Military Committee\n";
        assert_eq!(found("undefined-acronym", "en", text), ["PSC", "MEPs"]);
        assert_eq!(found_in("[lints]\nundefined-acronym = { known = [\"PSC\", \"MEP\"] }\n", "undefined-acronym", "en", text), [""; 0]);
    }

    #[test]
    fn what_stands_in_capitals_for_other_reasons_is_no_acronym() {
        let text = "He said “the PSC”. `ABC` and *XYZ*, MH17, F-16, PB-2026-004, A4. THE WHOLE LINE IS SHOUTED.";
        assert_eq!(found("undefined-acronym", "en", text), [""; 0]);
        assert_eq!(
            found(
                "undefined-acronym",
                "en",
                "EFP, or enhanced forward presence, holds. The Supreme Allied Commander Europe, or SACEUR, agrees."
            ),
            [""; 0]
        );
        assert_eq!(
            found(
                "undefined-acronym",
                "de",
                "Das Bundesamt für Sicherheit in der Informationstechnik (BSI) warnt. Das BMVg schweigt, das BKA auch."
            ),
            ["BKA"]
        );
    }
}
