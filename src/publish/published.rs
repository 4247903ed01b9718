//! What is published at a place: the manifest that lies there, `.chancery-manifest.json`.
//!
//! It holds paths, sizes and fingerprints of files that anybody may read there, and nothing of where they come from. It must not know how it gets
//! there. The format is written down in `docs/publishing.md`.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::record::Record;
use crate::fingerprint::Fingerprint;
use crate::output::is_path;

/// The name of the manifest, at the top of a place.
pub const MANIFEST: &str = ".chancery-manifest.json";

/// The number changes with the format.
const VERSION: u64 = 1;

/// The files that Chancery has published at a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// The address that the site had when it was published.
    pub base_url: String,
    /// Whether it was a preview.
    pub is_preview: bool,
    /// The folder that readers see; `None` at a place that keeps no more than one.
    pub release: Option<String>,
    /// The folders that readers saw before, the last one last.
    pub earlier: Vec<String>,
    /// What is known of each file, by its path below the top of the place.
    pub files: BTreeMap<Box<str>, Known>,
    /// What is known of the pages.
    pub record: Record,
    /// What else is there, at a place where nothing is known to be ours.
    pub foreign: Vec<String>,
}

/// What is known of a file there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// In bytes.
    pub size: Option<u64>,
    /// Of its bytes. Without it the file is perhaps there, and perhaps an older one: somebody was interrupted.
    pub print: Option<Fingerprint>,
    /// It left the site with the last publish, and goes with the next.
    pub is_leaving: bool,
    /// What the host calls this version of the file (`ETag` of RFC 9110).
    pub version: Option<String>,
}

impl Published {
    /// True where nothing of ours is.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The manifest as text: one line a file, in the order of paths.
    pub fn to_json(&self) -> Vec<u8> {
        let mut text = format!("{{\n\"chancery\": {VERSION},\n\"base_url\": {}", Value::from(self.base_url.as_str()));
        if let Some(release) = &self.release {
            text.push_str(&format!(",\n\"release\": {}", Value::from(release.as_str())));
        }
        if self.is_preview {
            text.push_str(",\n\"previews\": true");
        }
        if !self.earlier.is_empty() {
            text.push_str(&format!(",\n\"earlier\": {}", json!(self.earlier)));
        }
        text.push_str(",\n\"files\": {");
        for (number, (path, known)) in self.files.iter().enumerate() {
            let mut fields = Map::new();
            if let Some(size) = known.size {
                fields.insert("size".into(), json!(size));
            }
            if let Some(print) = known.print {
                fields.insert("print".into(), json!(print.to_string()));
            }
            if known.is_leaving {
                fields.insert("leaving".into(), json!(true));
            }
            if let Some(version) = &known.version {
                fields.insert("version".into(), json!(version));
            }
            let comma = if number == 0 { "" } else { "," };
            text.push_str(&format!("{comma}\n{}: {}", Value::from(&**path), Value::Object(fields)));
        }
        text.push_str("\n}");
        text.push_str(&self.record.to_json());
        text.push_str("\n}\n");
        text.into_bytes()
    }

    /// Reads what `to_json` wrote.
    ///
    /// # Errors
    /// It is none: the message says why.
    pub fn from_json(bytes: &[u8]) -> Result<Published, String> {
        let value: Value = serde_json::from_slice(bytes).map_err(|error| format!("it is not JSON: {error}"))?;
        match value.get("chancery").and_then(Value::as_u64) {
            Some(VERSION) => {}
            Some(other) => return Err(format!("it is of version {other}, which another version of Chancery has written")),
            None => return Err("it is no manifest of Chancery".into()),
        }
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_string);
        let files = value.get("files").and_then(Value::as_object).ok_or("it names no files")?;
        let files = files.iter().map(|(path, known)| {
            // What it names will perhaps be deleted: a path that leads elsewhere is not one that we wrote.
            if !is_path(path) {
                return Err(format!("it names `{path}`, which is no path of a file"));
            }
            Ok((path.as_str().into(), Known::from_json(known)))
        });
        Ok(Published {
            base_url: text("base_url").unwrap_or_default(),
            is_preview: value.get("previews").and_then(Value::as_bool).unwrap_or(false),
            release: text("release"),
            earlier: value
                .get("earlier")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(str::to_string)
                .collect(),
            files: files.collect::<Result<_, String>>()?,
            record: Record::from_json(&value)?,
            foreign: Vec::new(),
        })
    }
}

impl Known {
    fn from_json(value: &Value) -> Known {
        Known {
            size: value.get("size").and_then(Value::as_u64),
            print: value.get("print").and_then(Value::as_str).and_then(Fingerprint::parse),
            is_leaving: value.get("leaving").and_then(Value::as_bool).unwrap_or(false),
            version: value.get("version").and_then(Value::as_str).map(str::to_string),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::record::Recorded;
    use super::*;

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let known = Known { size: Some(12), print: Some(Fingerprint(7)), is_leaving: false, version: None };
        let leaving = Known { size: None, print: None, is_leaving: true, version: Some("\"e\"".into()) };
        let mut record = Record::default();
        let page = Recorded {
            id: Some("PB-1".into()),
            changes: vec!["2026-03-09 correction".into()],
            is_withdrawn: true,
            text: Some("sketch".into()),
        };
        record.add("a \"b\".html", page);
        record.add("b.html", Recorded::default());
        let mut before = Record::default();
        before.add("gone.html", Recorded { id: Some("PB-2".into()), ..Recorded::default() });
        record.keep_numbers(&before);
        let published = Published {
            base_url: "https://example.org/".into(),
            is_preview: true,
            release: Some("r".into()),
            earlier: vec!["q".into()],
            files: [("a \"b\".html".into(), known), ("é/index.html".into(), leaving)].into(),
            record,
            foreign: Vec::new(),
        };
        let bytes = published.to_json();
        assert!(!String::from_utf8_lossy(&bytes).contains("PB-2"), "of what has left only prints are kept");
        assert!(published.record.had("pb-2") && published.record.is_of_others("PB-1", ["c.html"]));
        assert!(!published.record.is_of_others("PB-1", ["c.html", "a \"b\".html"]));
        assert_eq!(Published::from_json(&bytes), Ok(published));
        assert_eq!(Published::from_json(&Published::default().to_json()), Ok(Published::default()));
    }

    #[test]
    fn what_is_none_or_names_a_path_that_leads_elsewhere_is_refused() {
        assert!(Published::from_json(b"{").is_err());
        assert!(Published::from_json(b"{\"files\": {}}").is_err());
        assert!(Published::from_json(b"{\"chancery\": 2, \"files\": {}}").unwrap_err().contains("version 2"));
        assert!(Published::from_json(b"{\"chancery\": 1, \"files\": {\"../x\": {}}}").is_err());
        for record in [
            "\"pages\": []",
            "\"pages\": {\"../x\": {}}",
            "\"pages\": {\"x\": 1}",
            "\"pages\": {\"x\": {\"id\": 1}}",
            "\"pages\": {\"x\": {\"changes\": [1]}}",
            "\"numbers\": {\"x\": []}",
            "\"numbers\": {\"0000000000000000\": [\"y\"]}",
        ] {
            let text = format!("{{\"chancery\": 1, \"files\": {{}}, {record}}}");
            let error = Published::from_json(text.as_bytes()).unwrap_err();
            assert!(error.contains("`pages` are no map") || error.contains("cannot be understood"), "{record}: {error}");
        }
    }
}
