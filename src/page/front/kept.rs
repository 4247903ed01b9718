//! Front matter as bytes, for the next process.
//!
//! It must not know where they are kept. Front matter with problems is not kept, because only the program has their codes; then the file is read again.

use std::ops::Range;

use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use tera::{Map, Number, Value};

use super::Front;
use super::keys::KEYS;
use crate::page::date::Stamp;

impl Front {
    /// Whether the front matter can outlive the process.
    pub fn is_kept(&self) -> bool {
        self.diagnostics.is_empty() && self.topic_diagnostics.is_empty()
    }

    /// The front matter as bytes; nothing if it is not kept.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        self.is_kept().then(|| postcard::to_allocvec(self).ok()).flatten()
    }

    /// The front matter that `to_bytes` made these bytes of; nothing if they are none.
    pub fn recall(bytes: &[u8]) -> Option<Front> {
        postcard::from_bytes(bytes).ok()
    }
}

/// Year to second, nanoseconds, seconds of the offset, and whether it is a day alone or one of a script's.
type Civil = ((i16, i8, i8), (i8, i8, i8, i32), Option<i32>, (bool, bool));

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Stamp { civil, offset, day_only, is_scripted } = self;
        let day = (civil.year(), civil.month(), civil.day());
        let clock = (civil.hour(), civil.minute(), civil.second(), civil.subsec_nanosecond());
        (day, clock, offset.map(Offset::seconds), (day_only, is_scripted)).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Stamp, D::Error> {
        let ((year, month, day), (hour, minute, second, nanosecond), offset, (day_only, is_scripted)) = Civil::deserialize(deserializer)?;
        let civil = DateTime::new(year, month, day, hour, minute, second, nanosecond).map_err(serde::de::Error::custom)?;
        let offset = offset.map(Offset::from_seconds).transpose().map_err(serde::de::Error::custom)?;
        Ok(Stamp { civil, offset, day_only, is_scripted })
    }
}

/// Where keys stand: the names of keys as places in their table.
pub mod spans {
    use super::*;

    type Spans = Vec<(&'static str, Range<usize>)>;

    pub fn serialize<S: Serializer>(spans: &Spans, serializer: S) -> Result<S::Ok, S::Error> {
        let place = |name: &str| KEYS.iter().position(|(_, known, _)| *known == name);
        let spans: Option<Vec<(usize, &Range<usize>)>> = spans.iter().map(|(name, span)| Some((place(name)?, span))).collect();
        spans.ok_or_else(|| serde::ser::Error::custom("a key that no table has"))?.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Spans, D::Error> {
        let spans: Vec<(usize, Range<usize>)> = Vec::deserialize(deserializer)?;
        let named = spans.into_iter().map(|(place, span)| Some((KEYS.get(place)?.1, span)));
        named.collect::<Option<Spans>>().ok_or_else(|| serde::de::Error::custom("a key that no table has"))
    }
}

/// The values of unknown keys, each with what it is in front.
pub mod extra {
    use super::*;

    pub fn serialize<S: Serializer>(extra: &[(String, Value)], serializer: S) -> Result<S::Ok, S::Error> {
        extra.iter().map(|(name, value)| (name, Plain::of(value))).collect::<Vec<_>>().serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(String, Value)>, D::Error> {
        let extra: Vec<(String, Plain)> = Vec::deserialize(deserializer)?;
        Ok(extra.into_iter().map(|(name, plain)| (name, plain.value())).collect())
    }
}

/// What a value of an author's can be.
#[derive(Serialize, Deserialize)]
enum Plain {
    Null,
    Truth(bool),
    Whole(i64),
    Real(f64),
    Text(String),
    List(Vec<Plain>),
    Map(Vec<(String, Plain)>),
}

impl Plain {
    fn of(value: &Value) -> Plain {
        if let Some(text) = value.as_str() {
            Plain::Text(text.to_string())
        } else if let Some(truth) = value.as_bool() {
            Plain::Truth(truth)
        } else if let Some(items) = value.as_array() {
            Plain::List(items.iter().map(Plain::of).collect())
        } else if let Some(map) = value.as_map() {
            Plain::Map(map.iter().filter_map(|(key, value)| Some((key.as_str()?.to_string(), Plain::of(value)))).collect())
        } else {
            match value.as_number() {
                Some(Number::Float(number)) => Plain::Real(number),
                Some(number) => number.as_integer().and_then(|whole| i64::try_from(whole).ok()).map_or(Plain::Null, Plain::Whole),
                None => Plain::Null,
            }
        }
    }

    fn value(self) -> Value {
        match self {
            Plain::Null => Value::none(),
            Plain::Truth(truth) => Value::from(truth),
            Plain::Whole(number) => Value::from(number),
            Plain::Real(number) => Value::from(number),
            Plain::Text(text) => Value::normal_string(&text),
            Plain::List(items) => Value::from(items.into_iter().map(Plain::value).collect::<Vec<Value>>()),
            Plain::Map(entries) => {
                let mut map = Map::with_capacity(entries.len());
                map.extend(entries.into_iter().map(|(name, plain)| (name.into(), plain.value())));
                Value::from(map)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::read;
    use super::*;

    const ALL: &str = "---
title: A
date: 2025-06-25
updated: 2025-06-26T10:00:00.5+02:00
tags: [b, c]
status: archived
withdrawn: {date: 2025-07-01, reason: wrong}
changes: [{date: 2025-07-02, note: mended, kind: correction}]
offices: [{office: Minister, from: '2020'}]
weight: -3
toc: false
cascade: {type: study, hue: red}
hero: {x: 1, y: [1.5, ~, true, '1'], z: {deep: -9}}
---
{{< note >}}x{{< /note >}}
";

    #[test]
    fn recalled_front_matter_is_what_was_read() {
        let front = read(&Arc::from("content/x.md"), ALL);
        assert_eq!(front.diagnostics, []);
        let recalled = Front::recall(&front.to_bytes().expect("front matter without problems")).expect("front matter");
        assert_eq!(recalled, front);
        assert_eq!(recalled.print(), front.print());
        assert_eq!((recalled.extra.len(), recalled.shortcodes.len()), (1, 1));
    }

    #[test]
    fn front_matter_with_problems_is_not_kept() {
        assert_eq!(read(&Arc::from("content/x.md"), "---\nweight: heavy\n---\n").to_bytes(), None);
    }

    #[test]
    fn bytes_that_are_no_front_matter_recall_nothing() {
        let bytes = read(&Arc::from("content/x.md"), ALL).to_bytes().expect("front matter without problems");
        assert_eq!(Front::recall(&bytes[..bytes.len() - 1]), None);
        assert_eq!(Front::recall(&[0xff; 40]), None);
    }
}
