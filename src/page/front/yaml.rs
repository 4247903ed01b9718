//! YAML text as a tree.
//!
//! Owns nesting, aliases and merge keys, and their limits: no text takes more than a moment, or overflows the stack.
//! It must not know any key.

mod plain;
mod unclosed;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, Span, options};

use super::explain::{explain, is_tab, too_deep};
use super::node::{Data, Node, measure};
use super::problems::Problems;
use crate::diagnostic::{Diagnostic, codes};
use unclosed::unclosed;

/// Lists and maps may be nested so deeply.
pub const DEEPEST: usize = 64;

/// So many values may come from aliases, which can otherwise make gigabytes out of a few lines.
const MOST_REPEATED: usize = 10_000;

/// Reads the YAML of a range of the file: the tree, or what comes before the first error; `None` if there is nothing. Errors become problems.
pub fn read<'a>(yaml: Range<usize>, problems: &mut Problems<'a>) -> Option<Node<'a>> {
    plain::read(&problems.text()[yaml.clone()], yaml.start).or_else(|| parse(yaml, problems))
}

/// The same by a parser of all of YAML.
fn parse<'a>(yaml: Range<usize>, problems: &mut Problems<'a>) -> Option<Node<'a>> {
    let text = problems.text();
    let options = options! { flow_nesting_limit: DEEPEST, block_nesting_limit: DEEPEST, emit_comments: false };
    let mut parser = Parser::new_from_str_with_options(&text[yaml.clone()], options);
    let mut tree = Tree { start: yaml.start, end: yaml.end, open: Vec::new(), root: None, anchors: BTreeMap::new(), repeated: 0 };
    while let Some(event) = parser.next_event() {
        let done = match event {
            Ok((event, span)) => tree.take(event, span),
            Err(error) => {
                let at = yaml.start + error.marker().byte_offset().unwrap_or(0).min(yaml.len());
                // The parser names the end of the line above a tab that begins one.
                let tab = if is_tab(error.kind()) { text[at..yaml.end].find('\t').unwrap_or(0) } else { 0 };
                match unclosed(&text[yaml.start..at]) {
                    Some((open, bracket)) => {
                        wrong(yaml.start + open..yaml.start + open + 1, explain(&ErrorKind::UnclosedFlowCollection { open: bracket }))
                    }
                    None => wrong(at + tab..at + tab + 1, explain(error.kind())),
                }
            }
        };
        if let Err(found) = done {
            let (range, problem) = *found;
            problems.add(range, problem);
            return tree.rest();
        }
    }
    tree.root
}

/// A tree that grows event by event.
struct Tree<'a> {
    /// Where the YAML begins and ends in the file.
    start: usize,
    end: usize,
    open: Vec<Open<'a>>,
    root: Option<Node<'a>>,
    /// Finished nodes by the number of their anchor.
    anchors: BTreeMap<usize, Node<'a>>,
    repeated: usize,
}

/// A list or map that is not finished.
struct Open<'a> {
    node: Node<'a>,
    /// The key whose value comes next.
    key: Option<Node<'a>>,
    anchor: usize,
}

/// What is wrong, and where; boxed, because it hardly ever is.
type Wrong = Box<(Range<usize>, Diagnostic)>;

fn wrong(range: Range<usize>, problem: Diagnostic) -> Result<(), Wrong> {
    Err(Box::new((range, problem)))
}

impl<'a> Tree<'a> {
    fn take(&mut self, event: Event<'a>, span: Span) -> Result<(), Wrong> {
        let range = self.range(span);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain && tag.is_none_or(|tag| !tag.is_yaml_core_schema_tag("str"));
                let escaped = style == ScalarStyle::DoubleQuoted && matches!(text, Cow::Owned(_));
                if escaped && let Some(letter) = text.chars().find(|letter| letter.is_control() && !matches!(letter, '\n' | '\t')) {
                    return wrong(range, control(letter));
                }
                self.finish(Node { range, data: Data::Scalar(text, plain) }, anchor);
            }
            Event::SequenceStart(_, anchor, _) => self.begin(range, Data::List(Vec::new()), anchor)?,
            Event::MappingStart(_, anchor, _) => self.begin(range, Data::Map(Vec::new()), anchor)?,
            Event::SequenceEnd | Event::MappingEnd => self.close(range),
            Event::Alias(anchor) => self.repeat(range, anchor)?,
            Event::DocumentStart(..) if self.root.is_some() => {
                let problem = Diagnostic::error(codes::BAD_YAML, "front matter is one document, and a second begins here");
                return wrong(range, problem.hint("remove the line that begins with `--- ` or `...`, or put it in quotes"));
            }
            _ => {}
        }
        Ok(())
    }

    fn range(&self, span: Span) -> Range<usize> {
        let start = self.start + span.start.byte_offset().unwrap_or(0);
        let end = self.start + span.end.byte_offset().unwrap_or(0);
        start.min(self.end)..end.clamp(start.min(self.end), self.end)
    }

    fn begin(&mut self, range: Range<usize>, data: Data<'a>, anchor: usize) -> Result<(), Wrong> {
        if self.open.len() >= DEEPEST {
            return wrong(range, too_deep());
        }
        self.open.push(Open { node: Node { range, data }, key: None, anchor });
        Ok(())
    }

    fn close(&mut self, range: Range<usize>) {
        let Some(mut open) = self.open.pop() else { return };
        // A block ends where its last value does; the end that is told is that of the space behind it.
        let last = match &open.node.data {
            Data::List(items) => items.last().map(|item| item.range.end),
            Data::Map(entries) => entries.last().map(|(_, value)| value.range.end),
            Data::Scalar(..) => None,
        };
        let known_end = if range.is_empty() { None } else { Some(range.end) };
        open.node.range.end = known_end.or(last).unwrap_or(open.node.range.end).max(open.node.range.start);
        if let Data::Map(entries) = &mut open.node.data {
            merge(entries);
        }
        self.finish(open.node, open.anchor);
    }

    fn finish(&mut self, node: Node<'a>, anchor: usize) {
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open { node: Node { data: Data::Map(entries), .. }, key, .. }) => match key.take() {
                None => *key = Some(node),
                Some(key) => entries.push((key, node)),
            },
            Some(Open { node: Node { data: Data::List(items), .. }, .. }) => items.push(node),
            Some(Open { node: Node { data: Data::Scalar(..), .. }, .. }) => {}
        }
    }

    fn repeat(&mut self, range: Range<usize>, anchor: usize) -> Result<(), Wrong> {
        let Some(found) = self.anchors.get(&anchor) else {
            return wrong(range, Diagnostic::error(codes::BAD_YAML, "this alias stands within what it repeats"));
        };
        let (size, depth) = measure(found);
        self.repeated += size;
        if self.repeated > MOST_REPEATED {
            return wrong(range, Diagnostic::error(codes::BAD_YAML, format!("aliases repeat more than {MOST_REPEATED} values")));
        }
        if self.open.len() + depth > DEEPEST {
            return wrong(range, too_deep());
        }
        let node = Node { range, data: found.data.clone() };
        self.finish(node, 0);
        Ok(())
    }

    /// What was finished when an error came: the entries of the outermost map. Its last one may be what is wrong.
    fn rest(mut self) -> Option<Node<'a>> {
        let alone = self.open.len() == 1;
        let Some(mut outermost) = self.open.drain(..).next() else { return self.root };
        if let Data::Map(entries) = &mut outermost.node.data
            && alone
        {
            entries.pop();
        }
        Some(outermost.node)
    }
}

/// Puts the entries of `<<: *defaults` in its place, without those that the map has itself (<https://yaml.org/type/merge.html>).
fn merge<'a>(entries: &mut Vec<(Node<'a>, Node<'a>)>) {
    let merges = |(key, value): &(Node, Node)| match (&key.data, &value.data) {
        (Data::Scalar(text, true), Data::Map(_)) => text == "<<",
        (Data::Scalar(text, true), Data::List(items)) => text == "<<" && items.iter().all(|item| matches!(item.data, Data::Map(_))),
        _ => false,
    };
    if !entries.iter().any(merges) {
        return;
    }
    let (from, own): (Vec<_>, Vec<_>) = std::mem::take(entries).into_iter().partition(merges);
    let mut known: HashSet<String> = own.iter().filter_map(|(key, _)| key.text().map(str::to_string)).collect();
    *entries = own;
    let maps = from.into_iter().flat_map(|(_, value)| match value.data {
        Data::List(items) => items,
        data => vec![Node { range: value.range, data }],
    });
    for map in maps {
        if let Data::Map(more) = map.data {
            entries.extend(more.into_iter().filter(|(key, _)| key.text().is_some_and(|text| known.insert(text.to_string()))));
        }
    }
}

/// The problem of a character that no text has, and that feeds cannot hold.
pub fn control(letter: char) -> Diagnostic {
    let name = if letter == '\0' { "a NUL byte".into() } else { format!("the control character U+{:04X}", u32::from(letter)) };
    Diagnostic::error(codes::BAD_YAML, format!("front matter has {name} in it"))
        .hint("remove it; a file that is full of them is no text, or is not UTF-8")
}

#[cfg(test)]
mod tests;
