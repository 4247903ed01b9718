//! Orders: of the list and within a cluster, by the keys of the style and the rules of the language.
//!
//! It must not know how a key is made.

use std::cmp::Ordering;
use std::sync::Arc;

use citationberg::taxonomy::{NumberVariable, Variable};
use citationberg::{Sort, SortDirection, SortKey};
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};

use super::super::forms::{InOrder, Kept, MISSING, Order, Piece, Which};
use super::Page;

/// What a thing is sorted by.
struct Sorted<T> {
    thing: T,
    /// Of citations: that of the list, or the order of citing that makes it.
    number: usize,
    form: Arc<Kept>,
}

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
        let sorted = |thing| {
            let at = work(thing);
            let form = self.form(&self.works[at], &Which::Sort(order));
            Sorted { thing, number: if order == Order::List { at } else { self.works[at].number }, form }
        };
        let mut keyed: Vec<Sorted<T>> = things.into_iter().map(sorted).collect();
        keyed.sort_by(|one, other| {
            let by_key = (0..).zip(&sort.keys).map(|(at, key)| self.compare(key, at, one, other));
            by_key.fold(Ordering::Equal, Ordering::then)
        });
        keyed.into_iter().map(|sorted| sorted.thing).collect()
    }

    /// The order of two things by one key: what is missing comes last in either direction.
    fn compare<T>(&self, key: &SortKey, at: usize, one: &Sorted<T>, other: &Sorted<T>) -> Ordering {
        let direction = match key {
            SortKey::Variable { sort_direction, .. } | SortKey::MacroName { sort_direction, .. } => *sort_direction,
        };
        let directed = |order: Ordering| if direction == SortDirection::Descending { order.reverse() } else { order };
        if let SortKey::Variable { variable: Variable::Number(NumberVariable::CitationNumber), .. } = key {
            return directed(one.number.cmp(&other.number));
        }
        let [one, other] = [one, other].map(|sorted| self.bytes(&sorted.form).get(at).and_then(Option::as_ref));
        match (one, other) {
            (Some(one), Some(other)) => directed(one.cmp(other)),
            (one, other) => one.is_none().cmp(&other.is_none()),
        }
    }

    /// The keys of a form as bytes, made once.
    fn bytes<'k>(&self, form: &'k Kept) -> &'k [InOrder] {
        form.order.get_or_init(|| {
            let collator = self.known.collator.get_or_init(|| collator(&self.known.locale));
            let bytes = |piece: &Piece| match piece {
                Piece::Text(text) if **text != *MISSING => Some(bytes(text, collator.as_ref())),
                _ => None,
            };
            form.pieces.iter().map(bytes).collect()
        })
    }
}

/// Text as bytes that are in the order of the language.
fn bytes(text: &str, collator: Option<&CollatorBorrowed>) -> Box<[u8]> {
    let Some(collator) = collator else { return text.as_bytes().into() };
    let mut bytes = Vec::with_capacity(2 * text.len());
    let Ok(()) = collator.write_sort_key_to(text, &mut bytes);
    bytes.into()
}

/// The rules of a language for the order of texts (<https://cldr.unicode.org>).
fn collator(locale: &str) -> Option<CollatorBorrowed<'static>> {
    let locale: icu_locale_core::Locale = locale.parse().ok()?;
    Collator::try_new(locale.into(), CollatorOptions::default()).ok()
}
