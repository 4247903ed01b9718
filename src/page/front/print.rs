//! Two readings of front matter: its fingerprint, and the value that shortcodes see as `page`.
//!
//! It must not know who reads them.

use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use tera::{Map, Number, Value};

use super::Front;
use crate::fingerprint::{Fingerprint, Printer};
use crate::page::Taxonomy;
use crate::page::date::Stamp;

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
            let mut printer = Printer::default();
            self.print_into(&mut printer);
            printer.print()
        })
    }

    fn print_into(&self, printer: &mut Printer) {
        // Every field is named, so that a new one cannot be forgotten.
        #[rustfmt::skip]
        let Front {
            title, summary, date, updated, slug, path, aliases, terms, id, type_, key_points, recommendations, status, hidden_by_permalink,
            status_unknown, embargo_unclear, releases, date_unclear, publish_at, expires, supersedes, superseded_by, withdrawn, changes, last_reviewed_on, review_in, owner,
            as_of, kind, synonyms, broader, related, featured, names, same_as, offices, weight, toc, lang, image, licence, doi, noindex, template,
            layout, cascade, extra, shortcodes: _, body_start: _, spans: _, diagnostics: _, topic_diagnostics: _,
            print: _,
        } = self;
        (title, summary, date, updated, slug, path, aliases, terms, id, type_).hash(printer);
        (key_points, recommendations, status, hidden_by_permalink, status_unknown, date_unclear, publish_at, expires).hash(printer);
        (supersedes, superseded_by, withdrawn, changes, last_reviewed_on, review_in, owner, as_of).hash(printer);
        (embargo_unclear, releases.len()).hash(printer);
        releases.iter().for_each(|release| (&release.name, release.stamp).hash(printer));
        (kind, synonyms, broader, related, featured, names, same_as, offices, weight, toc).hash(printer);
        (lang, image, licence, doi, noindex, template, layout, extra.len()).hash(printer);
        for (name, value) in extra {
            name.hash(printer);
            print_value(value, printer);
        }
        cascade.is_some().hash(printer);
        if let Some(cascade) = cascade {
            cascade.print_into(printer);
        }
    }

    /// The map that shortcodes see as `page`; what the page does not say is null or an empty list.
    pub fn value(&self) -> Value {
        let text = |text: &Option<String>| Value::from(text.as_deref());
        let list = |list: &[String]| Value::from(list.iter().map(String::as_str).collect::<Vec<&str>>());
        let stamp = |stamp: &Option<Stamp>| Value::from(stamp.map(|stamp| stamp.iso()));
        let mut page = Map::with_capacity(32);
        let mut add = |name: &'static str, value: Value| page.insert(name.into(), value);
        add("title", text(&self.title));
        add("summary", text(&self.summary));
        add("date", stamp(&self.date));
        add("updated", stamp(&self.updated));
        add("as_of", stamp(&self.as_of));
        add("publish_at", stamp(&self.publish_at));
        add("expires", stamp(&self.expires));
        add("last_reviewed_on", stamp(&self.last_reviewed_on));
        add("review_in", text(&self.review_in));
        add("slug", text(&self.slug));
        add("path", text(&self.path));
        add("id", text(&self.id));
        add("type", text(&self.type_));
        add("kind", text(&self.kind));
        add("status", Value::from(self.status.map(super::Status::name)));
        add("lang", text(&self.lang));
        for (taxonomy, terms) in Taxonomy::all().zip(&self.terms) {
            add(taxonomy.name(), list(terms.as_deref().unwrap_or_default()));
        }
        add("key_points", list(&self.key_points));
        add("recommendations", list(&self.recommendations));
        add("names", list(&self.names));
        add("synonyms", list(&self.synonyms));
        add("owner", text(&self.owner));
        add("image", text(&self.image));
        add("licence", text(&self.licence));
        add("doi", text(&self.doi));
        add("weight", Value::from(self.weight));
        add("toc", Value::from(self.toc));
        let extra: Map = self.extra.iter().map(|(name, value)| (name.clone().into(), value.clone())).collect();
        add("extra", Value::from(extra));
        Value::from(page)
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
