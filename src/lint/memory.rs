//! Memory: which rules had nothing to say, and of which site.
//!
//! Most rules look at nothing but what pages are to each other, which an edit of a text leaves as it is: what they had nothing to say of, they have nothing to
//! say of again. It must not know what a rule looks for. A rule that found something is always asked again, for lines may have moved.

use super::{LintContext, Rule, language};
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::memo::Verify;

/// The rules that look at the columns of the index and at hidden pages alone, and at texts only to say where a problem stands.
const OF_COLUMNS: [&str; 13] = [
    "alias-taken",
    "alias-twice",
    "case-clash",
    "date-order",
    "impossible-date",
    "incomplete-source",
    "long-address",
    "number-taken",
    "odd-number",
    "same-address",
    "same-id",
    "same-source",
    "two-indexes",
];

/// The rules that had nothing to say when they were asked last.
pub struct Memory {
    verify: Verify,
    /// Of what they were asked about.
    key: Fingerprint,
    silent: Vec<&'static str>,
    /// What was found in the language of each page.
    pub(super) language: language::Memory,
}

impl Memory {
    /// A memory of nothing.
    pub fn new(verify: Verify) -> Memory {
        Memory { verify, key: Fingerprint::default(), silent: Vec::new(), language: language::Memory::new(verify) }
    }

    /// What `ask` finds by each of these rules that is not known to have nothing to say.
    ///
    /// # Panics
    /// In verify mode, when a rule of which that is known has something to say.
    pub(super) fn find(
        &mut self,
        context: &LintContext,
        ask: impl Fn(&[&'static str]) -> Vec<(&'static Rule, Vec<Diagnostic>)>,
    ) -> Vec<Diagnostic> {
        let key = Fingerprint::of(&(context.site.columns, context.hidden));
        let known = if self.key == key { std::mem::take(&mut self.silent) } else { Vec::new() };
        let found = ask(if self.verify == Verify::On { &[] } else { &known });
        if let Some((rule, _)) = found.iter().find(|(rule, found)| !found.is_empty() && known.contains(&rule.code)) {
            panic!("memo `lint`: `{}` has something to say under an equal key", rule.code);
        }
        let is_silent = |(rule, found): &&(&Rule, Vec<Diagnostic>)| found.is_empty() && OF_COLUMNS.contains(&rule.code);
        self.silent = found.iter().filter(is_silent).map(|(rule, _)| rule.code).chain(known).collect();
        self.silent.sort_unstable();
        self.silent.dedup();
        self.key = key;
        found.into_iter().flat_map(|(_, found)| found).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::RULES;

    #[test]
    fn every_rule_that_looks_at_columns_alone_is_one() {
        assert!(OF_COLUMNS.iter().all(|code| RULES.iter().any(|rule| rule.code == *code && rule.check.is_some())));
    }
}
