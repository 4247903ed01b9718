//! YAML with the bytes of each value: the list below `references`, entry by entry if the whole is wrong.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, Span, options};

use super::super::counted::looked_at;
use super::super::problems::Problems;
use super::node::{DEEPEST, Data, Node};
use super::wrong;

/// So many values may come from aliases, which can otherwise make gigabytes out of a few lines.
const MOST_REPEATED: usize = 10_000;

/// The entries below `references`, or of a file that is a list.
pub fn entries(text: &str, problems: &mut Problems) -> Vec<Node> {
    let (root, error) = match read(text, 0) {
        Ok(root) => (root, None),
        Err(error) => (None, Some(error)),
    };
    if let Some(root) = root {
        let list = root.get("references").unwrap_or(&root);
        if list.list().is_empty() && !matches!(list.data, Data::List(_)) {
            wrong(problems, list.range.clone(), "there is no list of sources in this file", "CSL-YAML has its list below `references:`");
        }
        return list.list().to_vec();
    }
    let mut entries = Vec::new();
    let mut found = 0;
    for range in list(text).into_iter().flatten() {
        match read(&text[range.clone()], range.start) {
            Ok(node) => entries.extend(node.into_iter().flat_map(|node| node.list().to_vec())),
            Err(error) => {
                found += 1;
                tell(error, problems);
            }
        }
    }
    if let Some(error) = error.filter(|_| found == 0) {
        tell(error, problems);
    }
    entries
}

fn tell(error: (usize, String), problems: &mut Problems) {
    wrong(
        problems,
        error.0..error.0 + 1,
        format!("this is no YAML: {}", error.1),
        "look for a quotation mark that is missing, or a colon in a text without any",
    );
}

/// The bytes of each entry of the list below `references`, by its margin alone; `None` if there is no such list.
pub fn list(text: &str) -> Option<Vec<Range<usize>>> {
    let mut lines = lines(text).skip_while(|(_, line)| line.trim_start_matches('\u{feff}').trim_end() != "references:").skip(1).peekable();
    let is_blank = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    while lines.next_if(|(_, line)| is_blank(line)).is_some() {}
    let margin = lines.peek().map(|(_, line)| line.len() - line.trim_start_matches(' ').len())?;
    let is_item = |line: &str| {
        line.get(margin..).is_some_and(|rest| rest == "-" || rest.starts_with("- ") || rest.starts_with("-\r"))
            && line[..margin].trim().is_empty()
    };
    let mut items: Vec<Range<usize>> = Vec::new();
    for (start, line) in lines {
        let end = start + line.len();
        let indent = line.len() - line.trim_start_matches(' ').len();
        match items.last_mut() {
            _ if is_item(line) => items.push(start..end),
            None => return None,
            Some(last) if is_blank(line) || indent > margin => last.end = end,
            Some(_) => break,
        }
    }
    (!items.is_empty()).then_some(items)
}

/// Lines with the byte at which each begins, without their ends.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split('\n').map(move |line| {
        let at = start;
        start += line.len() + 1;
        (at, line)
    })
}

/// The value of a text that begins at a byte of the file; where it is wrong, and why.
fn read(text: &str, start: usize) -> Result<Option<Node>, (usize, String)> {
    looked_at(text.len());
    let options = options! { flow_nesting_limit: DEEPEST, block_nesting_limit: DEEPEST, emit_comments: false };
    let mut parser = Parser::new_from_str_with_options(text, options);
    let mut tree = Tree { start, length: text.len(), open: Vec::new(), root: None, anchors: BTreeMap::new(), repeated: 0 };
    while let Some(event) = parser.next_event() {
        match event {
            Ok((Event::DocumentStart(..), _)) if tree.root.is_some() => break,
            Ok((event, span)) => tree.take(event, span)?,
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(0).min(text.len());
                return Err((start + at, error.to_string()));
            }
        }
    }
    Ok(tree.root)
}

/// A tree that grows event by event.
struct Tree {
    start: usize,
    length: usize,
    open: Vec<Open>,
    root: Option<Node>,
    /// Finished values by the number of their anchor, with how many they are.
    anchors: BTreeMap<usize, (Node, usize)>,
    repeated: usize,
}

/// A list or map that is not finished.
struct Open {
    node: Node,
    key: Option<String>,
    anchor: usize,
    values: usize,
}

impl Tree {
    fn take(&mut self, event: Event, span: Span) -> Result<(), (usize, String)> {
        let range = self.range(span);
        match event {
            Event::Scalar(text, style, anchor, _) => self.finish(Node { range, data: scalar(text, style) }, anchor, 1),
            Event::SequenceStart(_, anchor, _) => self.begin(range, Data::List(Vec::new()), anchor),
            Event::MappingStart(_, anchor, _) => self.begin(range, Data::Map(Vec::new()), anchor),
            Event::SequenceEnd | Event::MappingEnd => {
                let open = self.open.pop().expect("the parser closes what it opened");
                let node = Node { range: open.node.range.start..range.end.max(open.node.range.start), data: open.node.data };
                self.finish(node, open.anchor, open.values + 1);
            }
            Event::Alias(anchor) => {
                let Some((node, values)) = self.anchors.get(&anchor).cloned() else {
                    return Err((range.start, "an alias names itself".into()));
                };
                self.repeated += values;
                if self.repeated > MOST_REPEATED {
                    return Err((range.start, format!("aliases repeat more than {MOST_REPEATED} values")));
                }
                self.finish(Node { range, ..node }, 0, values);
            }
            _ => {}
        }
        Ok(())
    }

    fn range(&self, span: Span) -> Range<usize> {
        let at = |offset: Option<usize>| self.start + offset.unwrap_or(0).min(self.length);
        let start = at(span.start.byte_offset());
        start..at(span.end.byte_offset()).max(start)
    }

    fn begin(&mut self, range: Range<usize>, data: Data, anchor: usize) {
        self.open.push(Open { node: Node { range, data }, key: None, anchor, values: 0 });
    }

    fn finish(&mut self, node: Node, anchor: usize, values: usize) {
        if anchor > 0 {
            self.anchors.insert(anchor, (node.clone(), values));
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        open.values += values;
        match (&mut open.node.data, open.key.take()) {
            (Data::List(list), _) => list.push(node),
            (Data::Map(_), None) => open.key = Some(node.flat()),
            (Data::Map(pairs), Some(key)) => pairs.push((key, node)),
            _ => {}
        }
    }
}

fn scalar(text: Cow<str>, style: ScalarStyle) -> Data {
    let is_null = style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
    if is_null { Data::Null } else { Data::Text(text.into_owned()) }
}
