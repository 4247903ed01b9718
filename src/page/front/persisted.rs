//! Front matter as bytes, for the next process.
//!
//! It must not know where they are kept. Front matter with problems is not persisted, because only the program has their codes; then the file is read again.

use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use tera::{Map, Number, Value};

use super::Front;
use crate::page::date::{Precision, Stamp};

impl Front {
    /// Whether the front matter can outlive the process.
    pub fn can_persist(&self) -> bool {
        self.diagnostics.is_empty() && self.topic_diagnostics.is_empty()
    }

    /// The front matter as bytes; `None` when it cannot be persisted.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        self.can_persist().then(|| postcard::to_allocvec(self).ok()).flatten()
    }

    /// The front matter that `to_bytes` made these bytes of; `None` when they are none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Front> {
        postcard::from_bytes(bytes).ok()
    }
}

/// Year to second, nanoseconds, seconds of the offset, how much was written, and whether it is a day of a script's.
type Civil = ((i16, i8, i8), (i8, i8, i8, i32), Option<i32>, (Precision, bool));

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Stamp { civil, offset, precision, is_scripted } = self;
        let day = (civil.year(), civil.month(), civil.day());
        let clock = (civil.hour(), civil.minute(), civil.second(), civil.subsec_nanosecond());
        (day, clock, offset.map(Offset::seconds), (precision, is_scripted)).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Stamp, D::Error> {
        let ((year, month, day), (hour, minute, second, nanosecond), offset, (precision, is_scripted)) = Civil::deserialize(deserializer)?;
        let civil = DateTime::new(year, month, day, hour, minute, second, nanosecond).map_err(serde::de::Error::custom)?;
        let offset = offset.map(Offset::from_seconds).transpose().map_err(serde::de::Error::custom)?;
        Ok(Stamp { civil, offset, precision, is_scripted })
    }
}

/// The values of unknown keys, each with what it is in front.
pub mod extra {
    use super::*;

    pub fn serialize<S: Serializer>(extra: &[(String, Value)], serializer: S) -> Result<S::Ok, S::Error> {
        extra.iter().map(|(name, value)| (name, Plain::from_value(value))).collect::<Vec<_>>().serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(String, Value)>, D::Error> {
        let extra: Vec<(String, Plain)> = Vec::deserialize(deserializer)?;
        Ok(extra.into_iter().map(|(name, plain)| (name, plain.into_value())).collect())
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
    fn from_value(value: &Value) -> Plain {
        if let Some(text) = value.as_str() {
            Plain::Text(text.to_string())
        } else if let Some(truth) = value.as_bool() {
            Plain::Truth(truth)
        } else if let Some(items) = value.as_array() {
            Plain::List(items.iter().map(Plain::from_value).collect())
        } else if let Some(map) = value.as_map() {
            Plain::Map(map.iter().filter_map(|(key, value)| Some((key.as_str()?.to_string(), Plain::from_value(value)))).collect())
        } else {
            match value.as_number() {
                Some(Number::Float(number)) => Plain::Real(number),
                Some(number) => number.as_integer().and_then(|whole| i64::try_from(whole).ok()).map_or(Plain::Null, Plain::Whole),
                None => Plain::Null,
            }
        }
    }

    fn into_value(self) -> Value {
        match self {
            Plain::Null => Value::none(),
            Plain::Truth(truth) => Value::from(truth),
            Plain::Whole(number) => Value::from(number),
            Plain::Real(number) => Value::from(number),
            Plain::Text(text) => Value::normal_string(&text),
            Plain::List(items) => Value::from(items.into_iter().map(Plain::into_value).collect::<Vec<Value>>()),
            Plain::Map(entries) => {
                let mut map = Map::with_capacity(entries.len());
                map.extend(entries.into_iter().map(|(name, plain)| (name.into(), plain.into_value())));
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
    fn persisted_front_matter_is_what_was_read() {
        let front = read(&Arc::from("content/x.md"), ALL);
        assert_eq!(front.diagnostics, []);
        let recalled = Front::from_bytes(&front.to_bytes().expect("front matter without problems")).expect("front matter");
        assert_eq!(recalled, front);
        assert_eq!(recalled.print(), front.print());
        assert_eq!((recalled.extra.len(), recalled.shortcodes.len()), (1, 1));
    }

    #[test]
    fn front_matter_with_problems_is_not_persisted() {
        assert_eq!(read(&Arc::from("content/x.md"), "---\nweight: heavy\n---\n").to_bytes(), None);
    }

    #[test]
    fn bytes_that_are_no_front_matter_recall_nothing() {
        let bytes = read(&Arc::from("content/x.md"), ALL).to_bytes().expect("front matter without problems");
        assert_eq!(Front::from_bytes(&bytes[..bytes.len() - 1]), None);
        assert_eq!(Front::from_bytes(&[0xff; 40]), None);
    }
}
