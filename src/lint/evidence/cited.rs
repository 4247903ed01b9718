//! The entries of the register that matter: those that public pages cite; and what an entry says of rules.
//!
//! It must not know any rule.

use std::collections::BTreeSet;

use crate::lint::LintContext;
use crate::references::{Item, Registered};

/// The sources that public pages cite, in the order of their keys. What a register has besides is somebody's library.
pub fn cited<'a>(context: &LintContext<'a>) -> Vec<&'a Registered> {
    let site = context.site;
    let keys: BTreeSet<&str> = site.index.citations.sources.iter().map(|source| &*source.key).collect();
    keys.into_iter().filter_map(|key| site.register.get(key)).collect()
}

/// Whether an entry says why a rule does not hold for it, in a field as the key of a page: `lints = {incomplete-source: why; same-source: why}`.
pub fn is_silenced(item: &Item, code: &str) -> bool {
    let silences = item.other.get("lints").map_or("", |field| field);
    silences.split(';').filter_map(|silence| silence.split_once(':')).any(|(name, reason)| name.trim() == code && !reason.trim().is_empty())
}

#[cfg(test)]
pub mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::fingerprint::Fingerprint;
    use crate::references::{Date, Day, Inline, Name, Names, Register, RegisterFile, Standing};

    /// A source of a kind, with nothing said.
    pub fn source(key: &str, kind: &str) -> Item {
        Item { key: key.into(), kind: kind.into(), ..Item::default() }
    }

    /// The same with a variable.
    pub fn saying(mut item: Item, variable: &str, text: &str) -> Item {
        item.texts.insert(variable.into(), vec![Inline::Text(text.into())]);
        item
    }

    /// The same by a body.
    pub fn by(mut item: Item, body: &str) -> Item {
        item.names.insert("author".into(), Names { names: vec![Name::Body(body.into())], others: false });
        item
    }

    /// The same of a year, and perhaps a month and a day.
    pub fn of(mut item: Item, year: i32, month: Option<u8>, day: Option<u8>) -> Item {
        item.dates.insert("issued".into(), Date { from: Some(Day { year, month, day }), ..Date::default() });
        item
    }

    pub fn standing(item: Item, standing: Standing) -> Item {
        Item { standing: Some(standing), ..item }
    }

    /// A register of these, each at a line of its own.
    pub fn register(items: impl IntoIterator<Item = Item>) -> Arc<Register> {
        let items: Vec<Item> = items.into_iter().collect();
        let text: String = items.iter().map(|item| format!("@{{{}}}\n", item.key)).collect();
        let file = RegisterFile::new("content/_data/sources.bib", text);
        let mut start = 0;
        let entries = items.into_iter().map(|item| {
            let range = start..start + item.key.len() + 3;
            start = range.end + 1;
            Registered { item: Arc::new(item), print: Fingerprint::default(), file: file.clone(), range }
        });
        Arc::new(Register::new(entries.collect()))
    }

    #[test]
    fn an_entry_silences_a_rule_with_a_reason_and_not_without() {
        let item = |text: &str| {
            let mut item = source("a", "report");
            item.other.insert("lints".into(), text.into());
            item
        };
        assert!(is_silenced(&item("incomplete-source: its pages have no dates; same-source: two editions"), "same-source"));
        assert!(!is_silenced(&item("same-source:"), "same-source") && !is_silenced(&item("same-source: x"), "incomplete-source"));
    }
}
