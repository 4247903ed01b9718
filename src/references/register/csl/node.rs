//! Values of JSON and YAML with the bytes of each.

use std::ops::Range;

/// A value with its bytes.
#[derive(Debug, Clone)]
pub struct Node {
    pub range: Range<usize>,
    pub data: Data,
}

#[derive(Debug, Clone)]
pub enum Data {
    Null,
    /// Text, a number, or `true` and `false`.
    Text(String),
    List(Vec<Node>),
    /// Pairs in the order of the file.
    Map(Vec<(String, Node)>),
}

/// Values may be nested so deeply.
pub const DEEPEST: usize = 32;

impl Node {
    /// The value of a key; of one that stands there twice the first.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.pairs().iter().find(|(own, _)| own == key).map(|(_, value)| value)
    }

    /// The pairs of a map; none, if it is none.
    pub fn pairs(&self) -> &[(String, Node)] {
        match &self.data {
            Data::Map(pairs) => pairs,
            _ => &[],
        }
    }

    /// The values of a list; none, if it is none.
    pub fn list(&self) -> &[Node] {
        match &self.data {
            Data::List(list) => list,
            _ => &[],
        }
    }

    /// Its text; empty, if it is none.
    pub fn text(&self) -> &str {
        match &self.data {
            Data::Text(text) => text,
            _ => "",
        }
    }

    /// The text of a key; empty, if there is none.
    pub fn text_of(&self, key: &str) -> &str {
        self.get(key).map_or("", Node::text)
    }

    /// Whether it says yes, in any way in which programs say it.
    pub fn is_true(&self) -> bool {
        !matches!(self.text().trim().to_ascii_lowercase().as_str(), "" | "0" | "false" | "no")
    }

    /// Its text in one line, whatever it is: texts of a list by commas.
    pub fn flat(&self) -> String {
        match &self.data {
            Data::Null => String::new(),
            Data::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Data::List(list) => list.iter().map(Node::flat).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", "),
            Data::Map(pairs) => pairs.iter().map(|(key, value)| format!("{key}: {}", value.flat())).collect::<Vec<_>>().join(", "),
        }
    }
}
