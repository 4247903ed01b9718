//! Reading front matter: from the text of a file to `Front`.
//!
//! Owns which entry of a map says what a key is. It must not know the folder of the page, the settings or other pages.

use std::ops::Range;
use std::sync::Arc;

use super::Front;
use super::block::{self, Head, LARGEST, Syntax};
use super::extra::{self, Extra};
use super::keys::{KEYS, Key};
use super::node::{Data, Node};
use super::problems::Problems;
use super::table::Who;
use super::values::truth;
use super::{toml, unparsed, yaml};
use crate::config::DateOrder;
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::page::body::shortcode_names;
use crate::references::key::keys_in;

/// Reads the front matter of `text`, which is the whole content of the file at `path` (relative to the root). Of a date such as `04/01/2019` nobody knows
/// the order.
pub fn read(path: &Arc<str>, text: &str) -> Front {
    read_in_order(path, text, None)
}

/// The same, where `04/01/2019` has the order that the site says, if it says one.
pub fn read_in_order(path: &Arc<str>, text: &str, order: Option<DateOrder>) -> Front {
    let mut problems = Problems::new(path, text);
    problems.order = order;
    let (mut front, body) = match block::head(text) {
        Head::None(body) => (unparsed_front(body, &mut problems), body),
        Head::Block { syntax, block, body } => {
            problems.syntax = syntax;
            let front = read_block(block, &mut problems);
            // An empty block, and the keys below it.
            let is_empty = problems.count() == 0 && front == Front::default();
            (if is_empty { unparsed_front(body, &mut problems) } else { front }, body)
        }
        Head::Unclosed { syntax, fence } => {
            let code = if syntax == Syntax::Toml { codes::BAD_TOML } else { codes::BAD_YAML };
            let problem = Diagnostic::error(code, "the front matter that begins here is not closed");
            problems.add(
                fence,
                problem.hint(format!("add a line of `{}` after the last key; if a rule is meant, write `***`", syntax.fence())),
            );
            (Front::default(), text.len())
        }
        Head::TooLarge { fence, body } => {
            let problem = Diagnostic::error(codes::FRONT_MATTER_TOO_LARGE, format!("front matter is larger than {} KiB", LARGEST / 1024));
            problems.add(fence, problem.hint("move data to a file in `content/_data/`, and text below the front matter"));
            (Front::default(), body)
        }
    };
    front.shortcodes = shortcode_names(text).into_iter().map(Box::from).collect();
    front.cites = keys_in(text).into_iter().map(Box::from).collect();
    front.body_start = body;
    front.diagnostics = problems.finish();
    front
}

/// The front matter of a file without any. If some stands at the head of the text that is not read as such, nobody knows what it says, and the page
/// is not public.
fn unparsed_front(body: usize, problems: &mut Problems) -> Front {
    let found = unparsed::find(problems.text(), body);
    let status_unknown = found.is_some();
    if let Some((range, problem)) = found {
        problems.add(range, problem);
    }
    Front { status_unknown, ..Front::default() }
}

fn read_block(range: Range<usize>, problems: &mut Problems) -> Front {
    if problems.syntax == Syntax::Toml {
        let entries = toml::read(range, problems);
        return Reader::new(problems).read(&entries);
    }
    if let Some((at, letter)) = control(&problems.text().as_bytes()[range.clone()]) {
        problems.add(range.start + at..range.start + at + 1, yaml::control(letter));
        return Front::default();
    }
    let Some(node) = yaml::read(range, problems) else { return Front::default() };
    match &node.data {
        Data::Map(entries) => Reader::new(problems).read(entries),
        Data::Scalar(..) if node.is_null() => Front::default(),
        Data::Scalar(..) | Data::List(_) => {
            if problems.count() == 0 {
                let problem = Diagnostic::error(codes::BAD_YAML, "front matter is a list of keys with values, and this is none");
                let is_toml =
                    problems.text()[node.range.clone()].lines().next().is_some_and(|line| line.contains('=') && !line.contains(": "));
                problems.add(
                    node.range.clone(),
                    problem.hint(match is_toml {
                        true => "if this is TOML, write `+++` instead of `---` above and below it",
                        false => "write `key: value`, with a space after the colon",
                    }),
                );
            }
            Front::default()
        }
    }
}

/// The first control character of a text that may have none, and its place.
fn control(text: &[u8]) -> Option<(usize, char)> {
    let is_control = |byte: u8| byte < b' ' && !matches!(byte, b'\n' | b'\r' | b'\t') || byte == 0x7f;
    // Hardly any text has one, and to look at all bytes without a branch is faster by far.
    if !text.iter().fold(false, |found, byte| found | is_control(*byte)) {
        return None;
    }
    let at = text.iter().position(|byte| is_control(*byte))?;
    Some((at, char::from(text[at])))
}

/// One key with its value; those of `taxonomies` stand among the others, at a lower rank.
pub struct Entry<'n, 'y> {
    pub name: &'n str,
    /// The node of the name.
    pub at: &'n Node<'y>,
    pub value: &'n Node<'y>,
    /// The key, and the rank of the name among the key's names.
    pub key: Option<(Key, usize)>,
}

/// Reads one map of keys: that of the file, or of its `cascade`.
pub struct Reader<'p, 'a> {
    pub problems: &'p mut Problems<'a>,
    pub front: Front,
    pub extra: Extra,
}

impl<'p, 'a> Reader<'p, 'a> {
    /// A reader that has read nothing yet.
    pub fn new(problems: &'p mut Problems<'a>) -> Reader<'p, 'a> {
        Reader { problems, front: Front::default(), extra: Extra::default() }
    }

    /// Reads the map to its end.
    pub fn read(mut self, map: &[(Node, Node)]) -> Front {
        let entries = self.entries(map);
        let says = |entry: &Entry| entry.key.filter(|(key, _)| !(key.row().is_void)(entry.value));
        let mut holders = [None::<(usize, usize)>; KEYS.len()];
        for (at, entry) in entries.iter().enumerate() {
            if let Some((key, rank)) = says(entry)
                && holders[key as usize].is_none_or(|(before, _)| rank < before)
            {
                holders[key as usize] = Some((rank, at));
            }
        }
        let mut seconds = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            match entry.key {
                Some((key, _)) if holders[key as usize].is_some_and(|(_, holder)| holder == at) => {
                    self.comment(key, entry);
                    self.assign(key, entry);
                }
                Some((key, _)) if says(entry).is_none() => self.comment(key, entry),
                Some((key, _)) => {
                    seconds.push((key, entry));
                    self.extra.add(entry.name, entry.value, self.problems);
                }
                None => self.unknown(entry),
            }
        }
        // One may stand above the name that holds.
        seconds.into_iter().for_each(|(key, entry)| self.second(key, entry));
        self.front.extra = self.extra.finish();
        self.front
    }

    /// The entries of a map, those of `taxonomies` among them. Of a key that is there twice the last is taken.
    fn entries<'n, 'y>(&mut self, map: &'n [(Node<'y>, Node<'y>)]) -> Vec<Entry<'n, 'y>> {
        let mut entries = Vec::with_capacity(map.len());
        for entry in self.last_of_each(map) {
            let Entry { name, at, value, key } = entry;
            match (key, &value.data) {
                (Some((Key::Taxonomies, _)), Data::Map(vocabularies)) => {
                    self.mark(Key::Taxonomies, at, value);
                    for entry in self.last_of_each(vocabularies) {
                        self.misplaced(&entry, name);
                        let key = entry.key.filter(|(key, _)| key.taxonomy().is_some());
                        entries.push(Entry { key: key.map(|(key, rank)| (key, rank + KEYS.len())), ..entry });
                    }
                }
                (Some((Key::Date, _)), _) if name.eq_ignore_ascii_case("published") && truth(value).is_some() => {
                    entries.push(Entry { key: Some((Key::Published, 0)), ..entry });
                }
                (None, _) if name.eq_ignore_ascii_case("publish") && truth(value).is_some() => {
                    entries.push(Entry { key: Some((Key::Published, 1)), ..entry });
                }
                (Some((Key::Path, _)), Data::Scalar(_, true)) if let Some(truth) = truth(value) => {
                    self.mark(Key::Path, at, value);
                    self.front.hidden_by_permalink |= !truth;
                }
                _ => entries.push(entry),
            }
        }
        entries
    }

    /// The entries of a map without those whose key comes again, of which each is told.
    fn last_of_each<'n, 'y>(&mut self, map: &'n [(Node<'y>, Node<'y>)]) -> Vec<Entry<'n, 'y>> {
        let mut entries = Vec::with_capacity(map.len());
        for (at, value) in map {
            if let Some(name) = extra::name(at, self.problems) {
                entries.push(Entry { name, at, value, key: Key::named(name) });
            }
        }
        // `Draft` and `draft` are one key; of those that are not known each spelling is one.
        let spelling = |at: usize| (entries[at].key, if entries[at].key.is_some() { "" } else { entries[at].name });
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_by_key(|at| spelling(*at));
        let mut replaced: Vec<usize> = Vec::new();
        for same in order.chunk_by(|one, other| spelling(*one) == spelling(*other)) {
            let [first, .., last] = same else { continue };
            replaced.extend(&same[..same.len() - 1]);
            if self.problems.has_room(Severity::Warning) {
                let [first, last] = [first, last].map(|at| &entries[*at]);
                let message = format!("`{}` is there more than once, and the last one holds", first.name);
                let problem = Diagnostic::warning("duplicate-key", message).also(self.problems.place(first.at.range.clone()), "first here");
                self.problems.add(last.at.range.clone(), problem);
            }
        }
        if !replaced.is_empty() {
            replaced.sort_unstable();
            let mut count = 0..;
            entries.retain(|_| count.next().is_some_and(|at| replaced.binary_search(&at).is_err()));
        }
        entries
    }

    /// Notes where a key stands.
    fn mark(&mut self, key: Key, at: &Node, value: &Node) {
        self.front.spans.push((key, at.range.start as u32..value.range.end.max(at.range.end) as u32));
    }

    /// Takes the entry that says what `key` is. What is wrong under a key that has no meaning on most pages is told if it has one on this page.
    fn assign(&mut self, key: Key, entry: &Entry) {
        self.mark(key, entry.at, entry.value);
        let before = self.problems.count();
        (key.row().assign)(self, entry);
        if key.row().who == Who::Terms && self.problems.count() > before {
            self.front.topic_diagnostics.extend(self.problems.split_off(before));
            self.extra.add(entry.name, entry.value, self.problems);
        }
    }
}
