//! The record of the pages at a place: what a later publish is held against, beside the files.
//!
//! Owns its form in a manifest. What readers could not see when it was written is not in it: of numbers that have left only prints are kept. It must not
//! know how the sketch of a text is made.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::fingerprint::Fingerprint;
use crate::output::is_path;

/// What is known of the pages that were published at a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// The pages that are there, by the path of the file of each.
    pub pages: BTreeMap<Box<str>, Recorded>,
    /// Every number that was ever there, with the files of the pages that had it: prints of both.
    pub numbers: BTreeMap<u64, BTreeSet<u64>>,
}

/// A page as it was published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recorded {
    /// Its number; `None` when it has none.
    pub id: Option<Box<str>>,
    /// The dates of the entries of `changes` that readers saw, as they were written; behind that of a correction stands the word.
    pub changes: Vec<Box<str>>,
    /// Whether readers saw it withdrawn.
    pub is_withdrawn: bool,
    /// The sketch of its text, in words of whoever made it; `None` where nobody asks for it.
    pub text: Option<Box<str>>,
}

impl Record {
    /// Adds a page.
    pub fn add(&mut self, path: &str, page: Recorded) {
        if let Some(id) = &page.id {
            self.numbers.entry(number_print(id)).or_default().insert(path_print(path));
        }
        self.pages.insert(path.into(), page);
    }

    /// Keeps the numbers that were there before.
    pub fn keep_numbers(&mut self, before: &Record) {
        for (number, files) in &before.numbers {
            self.numbers.entry(*number).or_default().extend(files);
        }
    }

    /// Whether a number was ever there.
    pub fn had(&self, id: &str) -> bool {
        self.numbers.contains_key(&number_print(id))
    }

    /// Whether a number was there, and none of these files was that of its page.
    pub fn is_of_others<'a>(&self, id: &str, own: impl IntoIterator<Item = &'a str>) -> bool {
        let Some(files) = self.numbers.get(&number_print(id)) else { return false };
        own.into_iter().all(|path| !files.contains(&path_print(path)))
    }

    /// The entries of a manifest, each with the comma before it; nothing, where nothing is recorded.
    pub(super) fn to_json(&self) -> String {
        let mut text = String::new();
        let mut part = |name: &str, lines: Vec<String>| {
            if !lines.is_empty() {
                text.push_str(&format!(",\n\"{name}\": {{\n{}\n}}", lines.join(",\n")));
            }
        };
        part("pages", self.pages.iter().map(|(path, page)| format!("{}: {}", Value::from(&**path), page.to_json())).collect());
        let number = |(number, files): (&u64, &BTreeSet<u64>)| {
            let files: Vec<String> = files.iter().map(|file| format!("{file:016x}")).collect();
            format!("\"{number:016x}\": {}", json!(files))
        };
        part("numbers", self.numbers.iter().map(number).collect());
        text
    }

    /// Reads what `to_json` wrote; of a manifest without it, an older one, nothing is known.
    ///
    /// # Errors
    /// It is none: the message says why.
    pub(super) fn from_json(manifest: &Value) -> Result<Record, String> {
        let mut record = Record::default();
        let parts = |name: &str| match manifest.get(name) {
            None => Ok(None),
            Some(value) => value.as_object().map(Some).ok_or_else(|| format!("its `{name}` are no map")),
        };
        for (path, page) in parts("pages")?.into_iter().flatten() {
            let page = Recorded::from_json(page).filter(|_| is_path(path));
            record.add(path, page.ok_or_else(|| format!("what it says of the page `{path}` cannot be understood"))?);
        }
        for (number, files) in parts("numbers")?.into_iter().flatten() {
            let wrong = || format!("what it says of the number `{number}` cannot be understood");
            let files = files.as_array().ok_or_else(wrong)?.iter().map(|file| print_of(file.as_str()?));
            let files: BTreeSet<u64> = files.collect::<Option<_>>().ok_or_else(wrong)?;
            record.numbers.entry(print_of(number).ok_or_else(wrong)?).or_default().extend(files);
        }
        Ok(record)
    }
}

impl Recorded {
    fn to_json(&self) -> Value {
        let mut fields = Map::new();
        if let Some(id) = &self.id {
            fields.insert("id".into(), json!(id));
        }
        if !self.changes.is_empty() {
            fields.insert("changes".into(), json!(self.changes));
        }
        if self.is_withdrawn {
            fields.insert("withdrawn".into(), json!(true));
        }
        if let Some(text) = &self.text {
            fields.insert("text".into(), json!(text));
        }
        Value::Object(fields)
    }

    fn from_json(value: &Value) -> Option<Recorded> {
        let fields = value.as_object()?;
        let text = |key: &str| fields.get(key).map(|value| value.as_str().map(Box::from));
        let texts = |value: &Value| value.as_array()?.iter().map(|text| text.as_str().map(Box::from)).collect::<Option<_>>();
        Some(Recorded {
            id: text("id").map_or(Some(None), |id| id.map(Some))?,
            changes: fields.get("changes").map_or(Some(Vec::new()), texts)?,
            is_withdrawn: fields.get("withdrawn").map_or(Some(false), Value::as_bool)?,
            text: text("text").map_or(Some(None), |text| text.map(Some))?,
        })
    }
}

fn print_of(digits: &str) -> Option<u64> {
    u64::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 16)
}

/// Nobody who cites a number minds its capital letters.
fn number_print(id: &str) -> u64 {
    Fingerprint::of_bytes(id.to_lowercase().as_bytes()).0 as u64
}

fn path_print(path: &str) -> u64 {
    Fingerprint::of_bytes(path.as_bytes()).0 as u64
}

/// The name of the file with the numbers that were published at a target, in the folder of its state.
const NUMBERS: &str = "numbers";

/// Notes the numbers of a record for those who give the next ones on this machine.
///
/// # Errors
/// They cannot be written.
pub fn note_numbers(state: &Path, record: &Record) -> io::Result<()> {
    let place = state.join(NUMBERS);
    let known = fs::read_to_string(&place).unwrap_or_default();
    let mut all: BTreeSet<&str> = known.lines().collect();
    all.extend(record.pages.values().filter_map(|page| page.id.as_deref()));
    let text: String = all.iter().map(|id| format!("{id}\n")).collect();
    if text == known {
        return Ok(());
    }
    fs::create_dir_all(state)?;
    let new = state.join("numbers-new");
    fs::write(&new, text)?;
    fs::rename(&new, &place)
}

/// The numbers that were published from this machine; `state` is `.chancery/` of the site.
pub fn used_numbers(state: &Path) -> Vec<String> {
    let targets = fs::read_dir(state.join("publish")).into_iter().flatten().flatten();
    let texts = targets.filter_map(|target| fs::read_to_string(target.path().join(NUMBERS)).ok());
    texts.flat_map(|text| text.lines().map(str::to_string).collect::<Vec<_>>()).collect()
}
