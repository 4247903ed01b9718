//! YAML text as a tree.
//!
//! Owns nesting, aliases and merge keys, and their limits: no text takes more than a moment, or overflows the stack.
//! It must not know any key.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, Span, options};

use super::explain::{explain, is_tab, too_deep};
use super::node::{Data, Node, measure};
use super::problems::Problems;
use crate::diagnostic::Diagnostic;

/// Lists and maps may be nested so deeply.
pub const DEEPEST: usize = 64;

/// So many values may come from aliases, which can otherwise make gigabytes out of a few lines.
const MOST_REPEATED: usize = 10_000;

/// Reads the YAML of a range of the file: the tree, or what comes before the first error; `None` if there is nothing. Errors become problems.
pub fn read<'a>(yaml: Range<usize>, problems: &mut Problems<'a>) -> Option<Node<'a>> {
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

/// The bracket that begins a value above the line at the end of `text`, and that nothing closes from there on: what comes below it is then wrong
/// wherever it stands.
fn unclosed(text: &str) -> Option<(usize, char)> {
    let above = &text[..text.rfind('\n')? + 1];
    let begins = |line: &str| {
        let value = line.split_once(": ").map(|(_, value)| value).or_else(|| line.trim_start().strip_prefix("- "))?.trim_start();
        value.starts_with(['[', '{']).then(|| line.len() - value.len())
    };
    let mut start = above.len();
    for line in above.split_inclusive('\n').rev().take(LONGEST_LIST) {
        start -= line.len();
        if let Some(at) = begins(line) {
            let open = start + at;
            let bracket = if above[open..].starts_with('[') { '[' } else { '{' };
            let close = if bracket == '[' { ']' } else { '}' };
            return (!above[open..].contains(close)).then_some((open, bracket));
        }
    }
    None
}

/// A list that is not closed is looked for so many lines above.
const LONGEST_LIST: usize = 50;

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
                let problem = Diagnostic::error("bad-yaml", "front matter is one document, and a second begins here");
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
            return wrong(range, Diagnostic::error("bad-yaml", "this alias stands within what it repeats"));
        };
        let (size, depth) = measure(found);
        self.repeated += size;
        if self.repeated > MOST_REPEATED {
            return wrong(range, Diagnostic::error("bad-yaml", format!("aliases repeat more than {MOST_REPEATED} values")));
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
    Diagnostic::error("bad-yaml", format!("front matter has {name} in it"))
        .hint("remove it; a file that is full of them is no text, or is not UTF-8")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// The tree in short, and the problems.
    fn show(yaml: &str) -> (String, Vec<String>) {
        let path = Arc::from("x.md");
        let mut problems = Problems::new(&path, yaml);
        let tree = read(0..yaml.len(), &mut problems);
        (tree.as_ref().map_or(String::new(), write), problems.finish().into_iter().map(|problem| problem.message).collect())
    }

    fn write(node: &Node) -> String {
        match &node.data {
            Data::Scalar(text, true) => text.to_string(),
            Data::Scalar(text, false) => format!("{text:?}"),
            Data::List(items) => format!("[{}]", items.iter().map(write).collect::<Vec<_>>().join(", ")),
            Data::Map(entries) => {
                let entries: Vec<String> = entries.iter().map(|(key, value)| format!("{}: {}", write(key), write(value))).collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }

    #[test]
    fn scalars_keep_their_spelling() {
        let (tree, problems) = show("a: [1.10, no, 007, ~, '~', !!str 5]\nb:\n- |\n  x\n-\n");
        assert_eq!(tree, r#"{a: [1.10, no, 007, ~, "~", "5"], b: ["x\n", ~]}"#);
        assert_eq!(problems, Vec::<String>::new());
    }

    #[test]
    fn nodes_know_their_bytes() {
        let yaml = "é: [ä, b]\nc:\n  - d\n  - e f\n\ng: |\n  h\n";
        let path = Arc::from("x.md");
        let tree = read(0..yaml.len(), &mut Problems::new(&path, yaml)).expect("a tree");
        let Data::Map(entries) = tree.data else { panic!("a map") };
        let found: Vec<&str> = entries.iter().map(|(_, value)| &yaml[value.range.clone()]).collect();
        assert_eq!(found[..2], ["[ä, b]", "- d\n  - e f"]);
    }

    #[test]
    fn aliases_and_merge_keys_are_followed() {
        assert_eq!(show("a: &x [b]\nc: *x\n").0, "{a: [b], c: [b]}");
        assert_eq!(show("a: &x {b: 1, c: 2}\nd:\n  c: 3\n  <<: *x\n").0, "{a: {b: 1, c: 2}, d: {c: 3, b: 1}}");
        assert_eq!(show("a: &x [*x]\n").1, ["this alias stands within what it repeats"]);
    }

    #[test]
    fn aliases_cannot_make_much_of_little() {
        let mut yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_string();
        for level in 1..9 {
            let items = vec![format!("*a{}", level - 1); 10].join(", ");
            yaml += &format!("a{level}: &a{level} [{items}]\n");
        }
        assert_eq!(show(&yaml).1, ["aliases repeat more than 10000 values"]);
    }

    #[test]
    fn deep_nesting_is_an_error_whatever_makes_it() {
        let chain: String = (1..9).map(|at| format!("a{at}: &a{at} {}*a{}{}\n", "[".repeat(20), at - 1, "]".repeat(20))).collect();
        for yaml in ["[".repeat(10_000), "{a: ".repeat(10_000), "- ".repeat(10_000), format!("a0: &a0 x\n{chain}")] {
            assert_eq!(show(&yaml).1, ["lists and maps are nested more than 64 deep"], "{:.20}", yaml);
        }
    }

    /// Line and column, message and hints of the first problem.
    fn describe(yaml: &str) -> String {
        let path = Arc::from("x.md");
        let mut problems = Problems::new(&path, yaml);
        read(0..yaml.len(), &mut problems);
        let problem = problems.finish().remove(0);
        let place = problem.place.expect("a place");
        format!("{}:{} {} | {}", place.line, place.column, problem.message, problem.hints.join(" | "))
    }

    #[test]
    fn a_bracket_that_is_not_closed_is_told_at_its_own_line() {
        let unclosed = "this `[` is not closed | close it, as in `[a, b]`, or put text that begins with `[` or `{` in quotes";
        assert_eq!(describe("title: [A\ndate: 2026-01-01\n"), format!("1:8 {unclosed}"));
        assert_eq!(describe("a: 1\ntags: [x,\n  y\nb: 2\nc: 3\n"), format!("2:7 {unclosed}"));
        assert!(describe("a: [x]\nb: c: d\n").starts_with("2:5 "));
    }

    #[test]
    fn a_quote_that_is_not_closed_is_told_with_what_to_add() {
        assert_eq!(
            describe("title: \"A\ndate: 1\n"),
            "1:8 this quote is not closed | write `\"` at the end of the text, or take out the one that it begins with; within `'…'` an apostrophe is `''`, within `\"…\"` a quote is `\\\"`"
        );
    }

    #[test]
    fn what_comes_before_an_error_is_read() {
        let (tree, problems) = show("a: 1\nb: [2]\nc: d: e\nf: 3\n");
        assert_eq!(tree, "{a: 1, b: [2]}");
        assert_eq!(problems, ["a value begins at this colon, where none can be"]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_a_tree_or_a_problem(parts in proptest::collection::vec(proptest::sample::select(PARTS), 0..40)) {
            let yaml = parts.concat();
            let path = Arc::from("x.md");
            let mut problems = Problems::new(&path, &yaml);
            if let Some(tree) = read(0..yaml.len(), &mut problems) {
                let _ = &yaml[tree.range];
            }
        }
    }

    const PARTS: &[&str] = &[
        "a",
        "b: ",
        "- ",
        "\n",
        "\n  ",
        "\n    ",
        " ",
        "\t",
        "[",
        "]",
        "{",
        "}",
        ", ",
        ": ",
        "# c",
        "\"",
        "'",
        "|\n",
        ">+\n",
        "&a ",
        "*a",
        "!t ",
        "? ",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "é",
        "\u{feff}",
        "\\x41",
        "\r\n",
        "<<: ",
        "🦀",
        "~",
        "@",
    ];
}
