//! What a page has under one key: whether it says anything, what holds if it does not, and how templates see it.
//!
//! It must not know any key.

use std::hash::Hash;

use tera::{Map, Value};

use super::{Change, Front, Office, Silence, Withdrawn};
use crate::page::date::Stamp;

/// What a page has under a key.
pub trait Said: Hash + Sized {
    /// What is there when the page says nothing.
    const UNSAID: Self;

    /// Whether the page says nothing.
    fn is_unsaid(&self) -> bool;

    /// What the page says, else the default.
    fn or(self, default: &Self) -> Self;

    /// The value that templates see; null or an empty list when the page says nothing.
    fn to_value(&self) -> Value;
}

impl<T: Item> Said for Option<T> {
    const UNSAID: Option<T> = None;

    fn is_unsaid(&self) -> bool {
        self.is_none()
    }

    fn or(self, default: &Self) -> Self {
        self.or_else(|| default.clone())
    }

    fn to_value(&self) -> Value {
        self.as_ref().map_or_else(Value::none, Item::to_value)
    }
}

impl<T: Item> Said for Vec<T> {
    const UNSAID: Vec<T> = Vec::new();

    fn is_unsaid(&self) -> bool {
        self.is_empty()
    }

    fn or(self, default: &Self) -> Self {
        if self.is_empty() { default.clone() } else { self }
    }

    fn to_value(&self) -> Value {
        Value::from(self.iter().map(Item::to_value).collect::<Vec<Value>>())
    }
}

/// One of what a page says under a key.
pub trait Item: Clone + Hash {
    /// The value that templates see.
    fn to_value(&self) -> Value;
}

/// Types of items, each with the value that templates see.
macro_rules! items {
    ($($Item:ty: |$item:ident| $value:expr;)*) => {
        $(impl Item for $Item {
            fn to_value(&self) -> Value {
                let $item = self;
                $value
            }
        })*
    };
}

items! {
    String: |text| Value::from(text.as_str());
    Stamp: |stamp| Value::from(stamp.iso());
    i64: |number| Value::from(*number);
    bool: |truth| Value::from(*truth);
    Box<Front>: |front| front.value();
    Withdrawn: |it| map([("date", Said::to_value(&it.date)), ("reason", it.reason.to_value())]);
    Change: |it| map([("date", it.date.to_value()), ("note", it.note.to_value()), ("kind", it.kind.name().into())]);
    Silence: |it| map([("code", it.code.to_value()), ("reason", it.reason.to_value())]);
    Office: |it| {
        let [of, from, to, source] = [&it.of, &it.from, &it.to, &it.source].map(Said::to_value);
        map([("office", it.office.to_value()), ("of", of), ("from", from), ("to", to), ("source", source)])
    };
}

fn map<const N: usize>(entries: [(&'static str, Value); N]) -> Value {
    let mut map = Map::with_capacity(N);
    map.extend(entries.map(|(name, value)| (name.into(), value)));
    Value::from(map)
}
