//! Keys that the program does not know, as plain data for templates.
//!
//! It must not know which keys those are.

use tera::{Map, Value};

use super::node::{Data, Node};
use super::problems::Problems;
use crate::diagnostic::{Diagnostic, codes};

/// Collects what goes to `Front::extra`, in the order of the file.
#[derive(Default)]
pub struct Extra {
    values: Map,
}

impl Extra {
    /// Adds a key that stands among the others, unless a map of `extra` has it.
    pub fn add(&mut self, name: &str, node: &Node, problems: &mut Problems) {
        let value = value(node, problems);
        self.values.entry(name.to_string().into()).or_insert(value);
    }

    /// Adds the entries of `extra:` or `params:`, which hold against a key of the same name that stands among the others.
    pub fn join(&mut self, entries: &[(Node, Node)], problems: &mut Problems) {
        for (key, node) in entries {
            if let Some(name) = name(key, problems) {
                self.values.insert(name.to_string().into(), value(node, problems));
            }
        }
    }

    /// All of them.
    pub fn finish(self) -> Vec<(String, Value)> {
        self.values.into_iter().filter_map(|(key, value)| Some((key.as_str()?.to_string(), value))).collect()
    }
}

/// A key's name; a list or a map is none.
pub fn name<'n>(key: &'n Node, problems: &mut Problems) -> Option<&'n str> {
    let name = key.text();
    if name.is_none() {
        let problem = Diagnostic::error(codes::BAD_YAML, "a list or a map cannot be a key");
        problems.add(key.range.clone(), problem.hint("put text that begins with `{` or `[` in quotes"));
    }
    name
}

/// A node as templates see it: numbers and `true` are what they look like, dates stay text.
fn value(node: &Node, problems: &mut Problems) -> Value {
    match &node.data {
        Data::Scalar(text, true) => plain(node, text),
        Data::Scalar(text, false) => Value::normal_string(text),
        Data::List(items) => Value::from(items.iter().map(|item| value(item, problems)).collect::<Vec<Value>>()),
        Data::Map(entries) => {
            let mut map = Map::with_capacity(entries.len());
            for (key, node) in entries {
                if let Some(name) = name(key, problems) {
                    map.insert(name.to_string().into(), value(node, problems));
                }
            }
            Value::from(map)
        }
    }
}

fn plain(node: &Node, text: &str) -> Value {
    if node.is_null() {
        return Value::none();
    }
    if let Some(truth) = node.plain_bool() {
        return Value::from(truth);
    }
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    // Text such as `1.2.3`, `inf` or `007` is no number, whatever Rust's parser says.
    let numeric = digits.starts_with(|letter: char| letter.is_ascii_digit() || letter == '.')
        && digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'));
    let padded = digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
    if numeric && !padded {
        if let Ok(number) = text.parse::<i64>() {
            return Value::from(number);
        }
        if let Some(number) = text.parse::<f64>().ok().filter(|number| number.is_finite()) {
            return Value::from(number);
        }
    }
    Value::normal_string(text)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::yaml;
    use super::*;

    /// The value of one key as JSON.
    fn json(yaml: &str) -> String {
        let path = Arc::from("x.md");
        let mut problems = Problems::new(&path, yaml);
        let tree = yaml::read(0..yaml.len(), &mut problems).expect("a tree");
        serde_json::to_string(&value(&tree, &mut problems)).expect("plain data")
    }

    #[test]
    fn plain_scalars_are_what_they_look_like() {
        assert_eq!(json("[1, -2, +3, 1.50, 1e3, true, False, ~, null, ]"), "[1,-2,3,1.5,1000.0,true,false,null,null]");
        assert_eq!(json("[007, 1.2.3, no, 2025-06-25, inf, '1', \"true\", 1e999]"), {
            r#"["007","1.2.3","no","2025-06-25","inf","1","true","1e999"]"#
        });
    }

    #[test]
    fn maps_keep_their_order_and_a_key_is_text() {
        assert_eq!(json("b: {2: x, a: [y]}\na: |\n  z\n"), r#"{"b":{"2":"x","a":["y"]},"a":"z\n"}"#);
    }
}
