//! A tree of values that know their place in the file and keep the author's spelling.
//!
//! Owns which plain scalars mean nothing or a truth (YAML 1.2 core schema, <https://yaml.org/spec/1.2.2/#103-core-schema>).
//! It must not know how the tree was read.

use std::borrow::Cow;
use std::ops::Range;

/// A value with its place in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'a> {
    /// Bytes of the file.
    pub range: Range<usize>,
    pub data: Data<'a>,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub enum Data<'a> {
    /// The text, and whether it is plain: only then can it mean something else than text.
    Scalar(Cow<'a, str>, bool),
    List(Vec<Node<'a>>),
    Map(Vec<(Node<'a>, Node<'a>)>),
}

impl<'a> Node<'a> {
    /// Plain text that stands in no YAML.
    pub fn plain(text: &'a str) -> Node<'a> {
        Node { range: 0..0, data: Data::Scalar(Cow::Borrowed(text), true) }
    }
}

impl Node<'_> {
    /// `~`, `null`, or nothing at all.
    pub fn is_null(&self) -> bool {
        matches!(&self.data, Data::Scalar(text, true) if matches!(&**text, "" | "~" | "null" | "Null" | "NULL"))
    }

    /// Nothing, or nothing but space: a key that says nothing.
    pub fn is_blank(&self) -> bool {
        self.is_null() || matches!(&self.data, Data::Scalar(text, _) if text.trim().is_empty())
    }

    /// Blank, or a list or map of what says nothing, as the forms of editors leave it.
    pub fn is_void(&self) -> bool {
        match &self.data {
            Data::Scalar(..) => self.is_blank(),
            Data::List(items) => items.iter().all(Node::is_void),
            Data::Map(entries) => entries.iter().all(|(_, value)| value.is_void()),
        }
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Scalar(text, _) => Some(text),
            Data::List(_) | Data::Map(_) => None,
        }
    }

    /// What a plain `true` or `false` says.
    pub fn plain_bool(&self) -> Option<bool> {
        match &self.data {
            Data::Scalar(text, true) => match &**text {
                "true" | "True" | "TRUE" => Some(true),
                "false" | "False" | "FALSE" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }
}

/// How many nodes a tree has, and how deep it is.
pub fn measure(node: &Node) -> (usize, usize) {
    let join = |(size, depth): (usize, usize), (more, deep): (usize, usize)| (size + more, depth.max(deep + 1));
    match &node.data {
        Data::Scalar(..) => (1, 0),
        Data::List(items) => items.iter().map(measure).fold((1, 1), join),
        Data::Map(entries) => entries.iter().flat_map(|(key, value)| [measure(key), measure(value)]).fold((1, 1), join),
    }
}
