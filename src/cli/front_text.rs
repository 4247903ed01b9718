//! Front matter as text that can be changed: one entry at a time, and no sign besides.
//!
//! Owns where an entry begins and ends. It must not know what a key means; `page::front` reads what comes of it.

mod add;

use std::ops::Range;

use serde_yaml::{Mapping, Value};
use toml::de::DeTable;

use crate::page::front::{Head, Syntax, head};

pub use add::{Added, End};

/// The text of a page, of which entries of the front matter can be changed. A page without any gets front matter in YAML with its first entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontText {
    text: String,
}

impl FrontText {
    /// Takes the whole text of a page.
    pub fn new(text: impl Into<String>) -> FrontText {
        FrontText { text: text.into() }
    }

    /// Takes the text of a page that begins with an object of JSON, as Hugo reads it, and makes YAML of that; `None` if it does not begin so.
    pub fn from_json(text: &str) -> Option<FrontText> {
        let inside = text.trim_start_matches('\u{feff}').trim_start();
        // `{{<` and `{%` open tags.
        if !inside.starts_with('{') || inside[1..].starts_with(['{', '%']) {
            return None;
        }
        let mut values = serde_json::Deserializer::from_str(inside).into_iter::<Mapping>();
        let values_of = values.next()?.ok()?;
        let body = inside[values.byte_offset()..].trim_start_matches([' ', '\t', '\r']);
        let yaml = serde_yaml::to_string(&values_of).ok()?;
        Some(FrontText::new(format!("---\n{yaml}---\n{body}")))
    }

    /// The whole text, as it stands now.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The whole text.
    pub fn into_text(self) -> String {
        self.text
    }

    /// The text below the front matter, and the line that it begins on, counted from 1.
    pub fn body(&self) -> (&str, usize) {
        let start = match head(&self.text) {
            Head::None(start) => start,
            Head::Block { body, .. } | Head::TooLarge { body, .. } => body,
            Head::Unclosed { .. } => self.text.len(),
        };
        (&self.text[start..], 1 + lines_before(&self.text, start))
    }

    /// Puts another text below the front matter.
    pub fn set_body(&mut self, body: &str) {
        let start = self.text.len() - self.body().0.len();
        self.text.truncate(start);
        self.text.push_str(body);
    }

    /// Whether there is a block of front matter.
    pub fn has_block(&self) -> bool {
        self.block().is_some()
    }

    /// What the block says, by its keys; dates of TOML are texts. Empty if there is none, or if it cannot be read.
    pub fn values(&self) -> Mapping {
        let Some((syntax, block)) = self.block() else { return Mapping::new() };
        let text = &self.text[block];
        let value = match syntax {
            Syntax::Yaml => serde_yaml::from_str(text).ok(),
            Syntax::Toml => text.parse().ok().map(|table: toml::Table| from_toml(table.into())),
        };
        match value {
            Some(Value::Mapping(map)) => map,
            _ => Mapping::new(),
        }
    }

    /// The line of a key, counted from 1; 1 if it is not there. `path` leads to a key in a table: `["taxonomies", "tags"]`.
    pub fn line(&self, path: &[&str]) -> usize {
        self.entry(path).map_or(1, |entry| 1 + lines_before(&self.text, entry.start))
    }

    /// Takes an entry out, with all that belongs to it. Returns whether it was there.
    pub fn remove(&mut self, path: &[&str]) -> bool {
        let mut found = false;
        // A table of TOML may stand in pieces.
        while let Some(entry) = self.entry(path) {
            self.text.replace_range(entry, "");
            found = true;
        }
        found
    }

    /// Gives an entry another key. Returns whether it was there.
    pub fn rename(&mut self, path: &[&str], key: &str) -> bool {
        let Some(entry) = self.entry(path) else { return false };
        let old = path.last().copied().unwrap_or_default();
        let Some(at) = self.text[entry.clone()].find(old) else { return false };
        self.text.replace_range(entry.start + at..entry.start + at + old.len(), key);
        true
    }

    /// Gives a key of the top level this value, in place of the one that it had.
    pub fn set(&mut self, key: &str, value: &Value) {
        let Some((syntax, block)) = self.block() else {
            let mark = if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
            self.text.insert_str(mark, &format!("---\n{}\n---\n\n", Syntax::Yaml.pair(key, &inline(value, Syntax::Yaml))));
            return;
        };
        let end = if self.text[..block.start].ends_with("\r\n") { "\r\n" } else { "\n" };
        let line = format!("{}{end}", syntax.pair(key, &inline(value, syntax)));
        match self.entry(&[key]) {
            Some(entry) => self.text.replace_range(entry, &line),
            None => self.text.insert_str(self.end_of_top(syntax, block), &line),
        }
    }

    /// Behind the last entry of the top level: in TOML before the first table.
    fn end_of_top(&self, syntax: Syntax, block: Range<usize>) -> usize {
        match syntax {
            Syntax::Yaml => block.end,
            Syntax::Toml => toml_entries(&self.text[block.clone()])
                .into_iter()
                .filter(|entry| entry.path.len() == 1)
                .map(|entry| block.start + entry.lines.end)
                .max()
                .unwrap_or(block.start),
        }
    }

    fn block(&self) -> Option<(Syntax, Range<usize>)> {
        match head(&self.text) {
            Head::Block { syntax, block, .. } => Some((syntax, block)),
            _ => None,
        }
    }

    /// The lines of an entry, with their ends.
    fn entry(&self, path: &[&str]) -> Option<Range<usize>> {
        let (syntax, block) = self.block()?;
        let text = &self.text[block.clone()];
        let found = match syntax {
            Syntax::Yaml => yaml_entry(text, path),
            Syntax::Toml => toml_entry(text, path),
        }?;
        Some(block.start + found.start..block.start + found.end)
    }
}

fn lines_before(text: &str, at: usize) -> usize {
    text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count()
}

/// The lines of an entry of YAML in block style. Those of a flow map have no lines of their own.
fn yaml_entry(text: &str, path: &[&str]) -> Option<Range<usize>> {
    let (key, inner) = path.split_first()?;
    let mut found: Option<Range<usize>> = None;
    let mut at = 0;
    let indent = text.lines().find(|line| !is_idle(line)).map(indent_of)?;
    for line in text.split_inclusive('\n') {
        let begins = !is_idle(line) && indent_of(line) == indent && !line.trim_start().starts_with("- ") && !closes(line);
        if begins {
            if found.is_some() {
                break;
            }
            found = (key_of(line) == Some(*key)).then_some(at..at);
        }
        at += line.len();
        if let Some(found) = &mut found
            && !is_idle(line)
        {
            found.end = at;
        }
    }
    let found = found?;
    if inner.is_empty() {
        return Some(found);
    }
    let first = found.start + text[found.clone()].find('\n')? + 1;
    let below = yaml_entry(&text[first..found.end], inner)?;
    Some(first + below.start..first + below.end)
}

/// Blank, or a comment.
fn is_idle(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The end of a list or map in flow style.
fn closes(line: &str) -> bool {
    line.trim_start().starts_with([']', '}'])
}

/// The key that a line of YAML gives a value to.
fn key_of(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let (key, rest) = match line.chars().next()? {
        quote @ ('"' | '\'') => line[1..].split_once(quote)?,
        _ => line.split_at(line.find(':')?),
    };
    rest.trim_start().starts_with(':').then(|| key.trim_end())
}

/// A key of TOML with a value that is no table of its own, and its lines.
struct TomlEntry {
    path: Vec<String>,
    lines: Range<usize>,
}

/// The lines of an entry of TOML; of a table those from a header of it to the next header that is none.
fn toml_entry(text: &str, path: &[&str]) -> Option<Range<usize>> {
    let entries = toml_entries(text);
    let is_exact = |entry: &&TomlEntry| entry.path.iter().map(String::as_str).eq(path.iter().copied());
    // `menu.main = …` is a piece of `menu`.
    let is_piece = |entry: &&TomlEntry| entry.path.len() > path.len() && entry.path.iter().zip(path).all(|(key, wanted)| key == wanted);
    let of = |entry: &TomlEntry| entry.lines.clone();
    entries.iter().find(is_exact).map(of).or_else(|| toml_table(text, path)).or_else(|| entries.iter().find(is_piece).map(of))
}

fn toml_entries(text: &str) -> Vec<TomlEntry> {
    let Ok(table) = DeTable::parse(text) else { return Vec::new() };
    let mut entries = Vec::new();
    collect(text, table.get_ref(), &mut Vec::new(), &mut entries);
    entries
}

fn collect(text: &str, table: &DeTable, above: &mut Vec<String>, entries: &mut Vec<TomlEntry>) {
    for (key, value) in table {
        above.push(key.get_ref().to_string());
        let (start, span) = (key.span().start, value.span());
        let line = text[..start].rfind('\n').map_or(0, |end| end + 1);
        let is_header = text[line..].trim_start().starts_with('[');
        let is_dotted = text[key.span().end..].trim_start().starts_with('.');
        if !is_header && !is_dotted {
            let end = text[span.end..].find('\n').map_or(text.len(), |end| span.end + end + 1);
            entries.push(TomlEntry { path: above.clone(), lines: line..end });
        } else if let Some(inner) = value.get_ref().as_table() {
            collect(text, inner, above, entries);
        }
        above.pop();
    }
}

fn toml_table(text: &str, path: &[&str]) -> Option<Range<usize>> {
    let wanted = path.join(".");
    let is_of = |line: &str| {
        let name = line.trim().trim_start_matches('[').split(']').next().unwrap_or_default().replace([' ', '"', '\''], "");
        name == wanted || name.strip_prefix(&wanted).is_some_and(|rest| rest.starts_with('.'))
    };
    let mut found: Option<Range<usize>> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let is_header = line.starts_with('[');
        match &found {
            None if is_header && is_of(line) => found = Some(at..at + line.len()),
            Some(_) if is_header && !is_of(line) => break,
            Some(range) => found = Some(range.start..at + line.len()),
            None => {}
        }
        at += line.len();
    }
    found
}

/// A value on one line.
fn inline(value: &Value, syntax: Syntax) -> String {
    match (value, syntax) {
        (Value::Sequence(values), _) => {
            format!("[{}]", values.iter().map(|value| inline(value, syntax)).collect::<Vec<_>>().join(", "))
        }
        (Value::Mapping(map), _) => {
            let pairs = map.iter().map(|(key, value)| syntax.pair(&inline(key, Syntax::Yaml), &inline(value, syntax)));
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
        (Value::String(text), Syntax::Yaml) => yaml_text(text),
        (Value::String(text), Syntax::Toml) => toml::Value::String(text.clone()).to_string(),
        (Value::Bool(truth), _) => truth.to_string(),
        (Value::Number(number), _) => number.to_string(),
        (Value::Null, Syntax::Yaml) => "null".to_string(),
        (Value::Null, Syntax::Toml) => "\"\"".to_string(),
        (Value::Tagged(tagged), _) => inline(&tagged.value, syntax),
    }
}

/// A text as a scalar: plain where it can be nothing else, else between quotes.
fn yaml_text(text: &str) -> String {
    let is_word = text.starts_with(|letter: char| letter.is_alphabetic() || letter == '/')
        && text.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '/' | '-' | '_' | '.'))
        && text.trim() == text;
    // `yes` and `null` are words too, and mean something else.
    let is_itself = matches!(serde_yaml::from_str::<Value>(text), Ok(Value::String(read)) if read == text);
    let is_truth = ["yes", "no", "on", "off", "y", "n"].contains(&text.to_ascii_lowercase().as_str());
    if is_word && is_itself && !is_truth { text.to_string() } else { format!("{text:?}").replace("\\'", "'") }
}

/// A value that is one text.
pub fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// A value of TOML as one of YAML; dates become texts.
pub fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(truth) => truth.into(),
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(values) => Value::Sequence(values.into_iter().map(from_toml).collect()),
        toml::Value::Table(table) => Value::Mapping(table.into_iter().map(|(key, value)| (key.into(), from_toml(value))).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(text: &str, change: impl FnOnce(&mut FrontText)) -> String {
        let mut front = FrontText::new(text);
        change(&mut front);
        front.into_text()
    }

    #[test]
    fn an_entry_is_taken_out_with_all_that_belongs_to_it() {
        for (before, after) in [
            ("---\na: 1\nmenu:\n  main:\n    weight: 2\n\nb: 3\n---\nText\n", "---\na: 1\n\nb: 3\n---\nText\n"),
            ("---\nmenu:\n- main\n- foot\nb: 3\n---\n", "---\nb: 3\n---\n"),
            ("---\nmenu: [\n  main,\n]\nb: 3\n---\n", "---\nb: 3\n---\n"),
            ("---\nb: 3\nmenu: |\n  a: b\n\n  c\n---\n", "---\nb: 3\n---\n"),
            ("---\r\n\"menu\": main\r\nb: 3\r\n---\r\n", "---\r\nb: 3\r\n---\r\n"),
            ("+++\nmenu = [\n  \"a\",\n]\nb = 3\n+++\n", "+++\nb = 3\n+++\n"),
            ("+++\nb = 3\n[menu.main]\nweight = 1\n[menu.foot]\nweight = 2\n[extra]\nc = 1\n+++\n", "+++\nb = 3\n[extra]\nc = 1\n+++\n"),
            ("+++\nmenu.main = 1\nmenu.foot.a = 2\nb = 3\n+++\n", "+++\nb = 3\n+++\n"),
            ("+++\nb = 3\n[[menu]]\nc = 1\n[[menu]]\nd = 1\n+++\n", "+++\nb = 3\n+++\n"),
            ("+++\nmenu = { main = 1 }\nb = '''\nmenu = 1\n'''\n+++\n", "+++\nb = '''\nmenu = 1\n'''\n+++\n"),
        ] {
            assert_eq!(changed(before, |front| assert!(front.remove(&["menu"]))), after);
        }
        assert_eq!(changed("---\nmenus: 1\n---\nmenu: 2\n", |front| assert!(!front.remove(&["menu"]))), "---\nmenus: 1\n---\nmenu: 2\n");
    }

    #[test]
    fn a_key_is_renamed_where_it_stands_in_a_table_too() {
        for (before, after) in [
            (
                "---\ntaxonomies:\n  # all\n  categories:\n    - a\n  tags: [b]\n---\n",
                "---\ntaxonomies:\n  # all\n  topics:\n    - a\n  tags: [b]\n---\n",
            ),
            (
                "+++\n[taxonomies]\ntags = [\"b\"]\ncategories = [\"a\"]\n+++\n",
                "+++\n[taxonomies]\ntags = [\"b\"]\ntopics = [\"a\"]\n+++\n",
            ),
            ("+++\ntaxonomies.categories = [\"a\"]\n+++\n", "+++\ntaxonomies.topics = [\"a\"]\n+++\n"),
        ] {
            assert_eq!(changed(before, |front| assert!(front.rename(&["taxonomies", "categories"], "topics"))), after);
        }
    }

    #[test]
    fn a_value_is_set_in_the_form_of_the_block() {
        let list = || Value::Sequence(vec!["a".into(), "b, c: \"d\"".into(), "yes".into(), "2019".into()]);
        for (before, after) in [
            ("Text\n", "---\npath: [a, \"b, c: \\\"d\\\"\", \"yes\", \"2019\"]\n---\n\nText\n"),
            ("---\npath: x\ntitle: A\n---\n", "---\npath: [a, \"b, c: \\\"d\\\"\", \"yes\", \"2019\"]\ntitle: A\n---\n"),
            ("---\r\ntitle: A\r\n---\r\n", "---\r\ntitle: A\r\npath: [a, \"b, c: \\\"d\\\"\", \"yes\", \"2019\"]\r\n---\r\n"),
            ("+++\ntitle = \"A\"\n[extra]\n+++\n", "+++\ntitle = \"A\"\npath = [\"a\", 'b, c: \"d\"', \"yes\", \"2019\"]\n[extra]\n+++\n"),
            ("+++\n[extra]\na = 1\n+++\n", "+++\npath = [\"a\", 'b, c: \"d\"', \"yes\", \"2019\"]\n[extra]\na = 1\n+++\n"),
        ] {
            assert_eq!(changed(before, |front| front.set("path", &list())), after);
        }
        assert_eq!(changed("A", |front| front.set("path", &"/2019/x.html".into())), "---\npath: /2019/x.html\n---\n\nA");
    }

    #[test]
    fn an_object_of_json_becomes_yaml() {
        let front = FrontText::from_json("{\n \"title\": \"A: b\",\n \"tags\": [\"x\"]\n}\n\nText\n").unwrap();
        assert_eq!(front.text(), "---\ntitle: 'A: b'\ntags:\n- x\n---\n\n\nText\n");
        assert_eq!(front.body(), ("\n\nText\n", 6));
        assert_eq!(FrontText::from_json("{{< note >}}\n"), None);
        assert_eq!(front.line(&["tags"]), 3);
    }
}
