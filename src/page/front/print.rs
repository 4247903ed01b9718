//! The fingerprint of front matter, and the value that shortcodes see as `page`.
//!
//! It must not know who reads them.

use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use tera::{Map, Number, Value};

use super::Front;
use super::said::Said;
use crate::fingerprint::{Fingerprint, Flat};
use crate::page::Taxonomy;

/// A fingerprint that is taken once. It follows from the rest of a front matter, so that it is not compared, and a copy, which may be changed,
/// takes its own.
#[derive(Debug, Default)]
pub struct Once(OnceLock<Fingerprint>);

impl Clone for Once {
    fn clone(&self) -> Once {
        Once::default()
    }
}

impl PartialEq for Once {
    fn eq(&self, _: &Once) -> bool {
        true
    }
}

impl Front {
    /// The fingerprint of all that front matter says: everything but where it says so, and what is wrong with it.
    pub fn print(&self) -> Fingerprint {
        *self.print.0.get_or_init(|| {
            // It has very many small pieces.
            let mut flat = Flat::default();
            self.hash(&mut flat);
            flat.print()
        })
    }

    /// Adds what has no field of a key's own to the map that shortcodes see.
    pub(super) fn add_shared(&self, page: &mut Map) {
        page.insert("status".into(), Value::from(self.status.map(super::Status::name)));
        for (taxonomy, terms) in Taxonomy::all().zip(&self.terms) {
            page.insert(taxonomy.name().into(), terms.as_ref().map_or_else(|| Vec::<String>::new().to_value(), Said::to_value));
        }
        let extra: Map = self.extra.iter().map(|(name, value)| (name.clone().into(), value.clone())).collect();
        page.insert("extra".into(), Value::from(extra));
    }
}

/// Adds a value of an author's to a fingerprint; each node says first what it is and how long, so that no two values look alike.
pub fn print_value(value: &Value, printer: &mut impl Hasher) {
    if let Some(text) = value.as_str() {
        (1u8, text).hash(printer);
    } else if let Some(truth) = value.as_bool() {
        (2u8, truth).hash(printer);
    } else if let Some(items) = value.as_array() {
        (3u8, items.len()).hash(printer);
        items.iter().for_each(|item| print_value(item, printer));
    } else if let Some(map) = value.as_map() {
        (4u8, map.len()).hash(printer);
        for (key, value) in map {
            print_value(&key.as_value(), printer);
            print_value(value, printer);
        }
    } else if let Some(Number::Float(number)) = value.as_number() {
        (5u8, number.to_bits()).hash(printer);
    } else {
        // What is no number either is null.
        (6u8, value.as_i128()).hash(printer);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::read;
    use super::*;

    fn keys(yaml: &str) -> Front {
        read(&Arc::from("content/x.md"), &format!("---\n{yaml}---\n"))
    }

    #[test]
    fn the_print_covers_what_is_said_and_not_where() {
        assert_eq!(keys("title: A\ntags: [b]\n").print(), keys("# comment\ntags:\n  - b\ntitle: 'A'\n").print());
        let different = [
            "",
            "title: A\n",
            "summary: A\n",
            "tags: [a, b]\n",
            "tags: [ab]\n",
            "topics: [ab]\n",
            "tags: []\n",
            "date: 2025-01-01\n",
            "date: 2025-01-01T00:00:00\n",
            "date: 2025-01-01T00:00:00Z\n",
            "draft: true\n",
            "draft: false\n",
            "x: 1\n",
            "x: '1'\n",
            "x: 1.5\n",
            "x: [1]\n",
            "x: [[1]]\n",
            "x: ~\n",
            "x: true\n",
            "x: {a: 1}\n",
            "x: {a: [1]}\n",
            "cascade: {title: A}\n",
            "permalink: false\n",
        ];
        let prints: std::collections::BTreeSet<_> = different.iter().map(|yaml| keys(yaml).print()).collect();
        assert_eq!(prints.len(), different.len());
    }

    #[test]
    fn shortcodes_see_what_the_page_says() {
        let page =
            keys("title: A\ndate: 2025-06-25\nupdated: 2025-06-26 10:00\ntags: [b]\ntype: study\nstatus: archived\nhero: {x: 1}\n").value();
        let seen = |path: &str| page.get_from_path(path).map(|value| serde_json::to_string(value).expect("data")).unwrap_or_default();
        assert_eq!(seen("title"), r#""A""#);
        assert_eq!((seen("date"), seen("updated")), (r#""2025-06-25""#.into(), r#""2025-06-26T10:00:00""#.into()));
        assert_eq!((seen("tags"), seen("topics"), seen("summary")), (r#"["b"]"#.into(), "[]".into(), "null".into()));
        assert_eq!((seen("type"), seen("status"), seen("extra.hero.x")), (r#""study""#.into(), r#""archived""#.into(), "1".into()));
    }
}
