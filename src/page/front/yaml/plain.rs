//! The YAML that nearly all front matter is: a key a line, with a text or a list of texts behind it.
//!
//! Reads it some ten times as fast as a parser of all of YAML, into the same tree. It must not guess: of a line that holds anything else, such as a
//! nested map, an escape, an anchor, a comment or a sign that means something to YAML, it leaves all of the block to the parser.

use std::borrow::Cow;

use crate::page::front::node::{Data, Node};

/// The parser knows keys up to 1,024 letters.
const LONGEST_KEY: usize = 100;

/// The tree of YAML that begins at the byte `start` of its file; `None` if it is not as plain as that.
pub fn read(yaml: &str, start: usize) -> Option<Node<'_>> {
    let mut entries = Vec::new();
    let mut at = 0;
    for line in yaml.split_inclusive('\n') {
        entries.push(Line { text: line.strip_suffix('\n').unwrap_or(line), start: start + at, at: 0 }.entry()?);
        at += line.len();
    }
    let (first, last) = (entries.first()?.0.range.start, entries.last()?.1.range.end);
    Some(Node { range: first..last, data: Data::Map(entries) })
}

/// A line that is being read.
struct Line<'a> {
    text: &'a str,
    /// Where it begins in the file.
    start: usize,
    /// How far it has been read.
    at: usize,
}

impl<'a> Line<'a> {
    /// The key and the value that the line is.
    fn entry(mut self) -> Option<(Node<'a>, Node<'a>)> {
        let key = self.run(is_of_key);
        if key.is_empty() || key.len() > LONGEST_KEY || !key.as_bytes()[0].is_ascii_alphabetic() || self.next() != Some(b':') {
            return None;
        }
        let key = self.node(0, key, true);
        self.at += 1;
        if self.blanks() == 0 {
            return None;
        }
        let value = if self.next()? == b'[' { self.list()? } else { self.text(is_plain)? };
        self.blanks();
        (self.at == self.text.len()).then_some((key, value))
    }

    /// `[a, "b"]`.
    fn list(&mut self) -> Option<Node<'a>> {
        let from = self.at;
        let mut items = Vec::new();
        loop {
            self.at += 1;
            self.blanks();
            if items.is_empty() && self.next() == Some(b']') {
                break;
            }
            items.push(self.text(is_plain_in_list)?);
            self.blanks();
            match self.next()? {
                b',' => {}
                b']' => break,
                _ => return None,
            }
        }
        self.at += 1;
        Some(Node { range: self.start + from..self.start + self.at, data: Data::List(items) })
    }

    /// A text in double quotes, or without any.
    fn text(&mut self, is_plain: fn(u8) -> bool) -> Option<Node<'a>> {
        let from = self.at;
        if self.next()? == b'"' {
            self.at += 1;
            let text = self.run(is_quoted);
            if self.next() != Some(b'"') {
                return None;
            }
            self.at += 1;
            return Some(self.node(from, text, false));
        }
        let text = self.run(is_plain).trim_end_matches(' ');
        // What YAML knows by its first sign begins with none of these.
        if !text.as_bytes().first()?.is_ascii_alphanumeric() {
            return None;
        }
        self.at = from + text.len();
        Some(self.node(from, text, true))
    }

    /// A scalar from the byte `from` of the line up to here.
    fn node(&self, from: usize, text: &'a str, plain: bool) -> Node<'a> {
        Node { range: self.start + from..self.start + self.at, data: Data::Scalar(Cow::Borrowed(text), plain) }
    }

    fn next(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Passes over spaces, and returns how many there are.
    fn blanks(&mut self) -> usize {
        self.run(|byte| byte == b' ').len()
    }

    /// Takes bytes as long as they are such.
    fn run(&mut self, is_such: fn(u8) -> bool) -> &'a str {
        let rest = &self.text[self.at..];
        let length = rest.bytes().position(|byte| !is_such(byte)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }
}

fn is_of_key(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// Signs that mean nothing to YAML within a text, and the letters of Europe.
fn is_plain_in_list(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-' | b'_' | b'.' | b'/' | b'(' | b')' | b'\'') || is_beyond(byte)
}

fn is_plain(byte: u8) -> bool {
    is_plain_in_list(byte) || byte == b','
}

fn is_quoted(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\' || is_beyond(byte)
}

/// A byte of a letter from U+00C0 to U+07FF. Some of those before and behind them are no text to YAML.
fn is_beyond(byte: u8) -> bool {
    matches!(byte, 0xC3..=0xDF | 0x80..=0xBF)
}
