//! Orders: of the list and within a cluster, by the keys of the style and the rules of the language.
//!
//! It must not know how a key is made.

use std::cmp::Ordering;

use citationberg::taxonomy::{NumberVariable, Variable};
use citationberg::{Sort, SortDirection, SortKey};
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};

use super::super::forms::{MISSING, Order, Piece, Which};
use super::Page;

impl Page<'_> {
    /// Gives the works their numbers in the list.
    pub fn number(&mut self) {
        let all: Vec<usize> = (0..self.works.len()).collect();
        let list = self.style.csl().bibliography.as_ref();
        let ordered = self.ordered(all, list.and_then(|list| list.sort.as_ref()), Order::List, |at| at);
        for (number, at) in ordered.into_iter().enumerate() {
            self.works[at].number = number + 1;
        }
    }

    /// Things in the order that a style gives to the works that `work` finds for them; where it gives none, as they are.
    pub fn ordered<T: Copy>(&self, things: Vec<T>, sort: Option<&Sort>, order: Order, work: impl Fn(T) -> usize) -> Vec<T> {
        let Some(sort) = sort.filter(|sort| things.len() > 1 && !sort.keys.is_empty()) else { return things };
        let collator = collator(self.locale);
        let mut keyed: Vec<(T, Vec<String>)> = things.into_iter().map(|thing| (thing, self.sort_texts(work(thing), order, sort))).collect();
        keyed.sort_by(|(_, one), (_, other)| {
            let by_key = sort.keys.iter().zip(one.iter().zip(other)).map(|(key, (one, other))| compare(key, one, other, collator.as_ref()));
            by_key.fold(Ordering::Equal, Ordering::then)
        });
        keyed.into_iter().map(|(thing, _)| thing).collect()
    }

    /// What a work is sorted by, key by key; numbers of citations are those of the list, or the order of citing that makes it.
    fn sort_texts(&self, at: usize, order: Order, sort: &Sort) -> Vec<String> {
        let work = &self.works[at];
        let form = self.form(work, &Which::Sort(order));
        let number = || format!("{:09}", if order == Order::List { at } else { work.number });
        let text = |(key, piece): (&SortKey, &Piece)| match (key, piece) {
            (SortKey::Variable { variable: Variable::Number(NumberVariable::CitationNumber), .. }, _) => number(),
            (_, Piece::Text(text)) => text.to_string(),
            _ => MISSING.into(),
        };
        sort.keys.iter().zip(&form.pieces).map(text).collect()
    }
}

/// The order of two keys: what is missing comes last in either direction.
fn compare(key: &SortKey, one: &str, other: &str, collator: Option<&CollatorBorrowed>) -> Ordering {
    let direction = match key {
        SortKey::Variable { sort_direction, .. } | SortKey::MacroName { sort_direction, .. } => *sort_direction,
    };
    match (one == MISSING, other == MISSING) {
        (false, false) => {
            let order = collator.map_or_else(|| one.cmp(other), |collator| collator.compare(one, other));
            if direction == SortDirection::Descending { order.reverse() } else { order }
        }
        (one, other) => one.cmp(&other),
    }
}

/// The rules of a language for the order of texts (<https://cldr.unicode.org>).
fn collator(locale: &str) -> Option<CollatorBorrowed<'static>> {
    let locale: icu_locale_core::Locale = locale.parse().ok()?;
    Collator::try_new(locale.into(), CollatorOptions::default()).ok()
}
