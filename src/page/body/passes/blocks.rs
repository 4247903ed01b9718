//! Names of blocks: ` ^name` at the end of a paragraph or of an item of a list, or alone below a table, a quotation, a list or code, as Obsidian has
//! them (<https://help.obsidian.md/links#Link%20to%20a%20block%20in%20a%20note>). The name leaves the text and becomes the id of the block, with
//! its `^`, so that no heading can have it.
//!
//! It must not know who links to them.

use std::ops::Range;

use memchr::memchr_iter;
use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Spot, Taken, TextPass};
use crate::html::attribute;
use crate::page::body::events::{Events, Held, skip_held};
use crate::page::body::renderer::Renderer;

/// Looks at the sign before a name.
pub const PASS: TextPass = TextPass { bytes: b"^", look };

/// A lone number of fewer digits is a power, or the mark of a note: `10 ^6`.
const SHORTEST_NUMBER: usize = 4;

/// What may have a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    Paragraph,
    Item,
    List,
    Quote,
    Table,
    Code,
}

/// The names of the blocks of one text, in its order.
#[derive(Debug, Default)]
pub struct BlockNames(Vec<Name>);

impl BlockNames {
    /// Those that stand at a byte and behind it.
    fn from(&self, at: usize) -> &[Name] {
        &self.0[self.0.partition_point(|name| name.text.start < at)..]
    }
}

#[derive(Debug)]
struct Name {
    /// The sign and the name.
    text: Range<usize>,
    of: Block,
    /// Where the block begins, or any place in a paragraph: the first line of a box is no part of its own.
    at: usize,
    /// Whether it is all that its paragraph says.
    is_lone: bool,
}

/// Finds the names of a text.
pub fn find(page: &mut Renderer, events: &mut Events) {
    if page.source.is_line() || !may_have_names(page.source.text) {
        return;
    }
    let mut finder = Finder { source: page.source.text, open: vec![Level::default()], line: None, names: Vec::new() };
    let mut events = events.hold();
    while let Some((event, range)) = events.next() {
        finder.event(event, range, &mut events);
    }
    page.blocks = BlockNames(finder.names);
}

/// Whether a sign stands behind a blank. Most stand in the marks of notes.
fn may_have_names(text: &str) -> bool {
    memchr_iter(b'^', text.as_bytes()).any(|at| at == 0 || text.as_bytes()[at - 1].is_ascii_whitespace())
}

/// An open element.
#[derive(Debug, Default, Clone)]
struct Level {
    /// Itself, if it may have a name, and where it begins.
    own: Option<(Block, usize)>,
    /// The last block within it.
    last: Option<(Block, usize)>,
}

struct Finder<'t> {
    source: &'t str,
    open: Vec<Level>,
    /// A name at the end of what has been read, and whether its line holds nothing else and no line stands above it.
    line: Option<(Range<usize>, bool)>,
    names: Vec<Name>,
}

impl Finder<'_> {
    fn event(&mut self, event: &Event, range: &Range<usize>, events: &mut Held) {
        match event {
            Event::Text(text) if text.len() == range.len() => {
                let is_first = self.open.last().is_some_and(|level| self.begins(level, range.start));
                self.line = name_at_end(self.source, range).map(|name| (name.clone(), is_first && name.start == range.start));
            }
            Event::Start(tag) if is_inline(&tag.to_end()) => self.line = None,
            Event::Start(tag) => {
                self.end_of_text();
                let block = block(tag).map(|block| (block, range.start));
                if matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock) {
                    skip_held(events);
                    self.follow(block);
                } else {
                    self.open.push(Level { own: block, last: None });
                }
            }
            Event::End(tag) if is_inline(tag) => self.line = None,
            Event::End(_) => {
                let is_lone = self.end_of_text();
                let own = self.open.pop().and_then(|level| level.own);
                // What a name alone stands in is no block.
                if !is_lone {
                    self.follow(own);
                }
            }
            _ => self.line = None,
        }
    }

    /// Whether the text of a level begins at a byte.
    fn begins(&self, level: &Level, at: usize) -> bool {
        level.own.is_some_and(|(block, start)| block == Block::Paragraph && self.source[start..at].trim().is_empty())
    }

    fn follow(&mut self, block: Option<(Block, usize)>) {
        if let Some(level) = self.open.last_mut() {
            level.last = block;
        }
    }

    /// Takes the name that stands at the end of a text, if one does. True if the text says nothing else.
    fn end_of_text(&mut self) -> bool {
        let Some((text, is_lone)) = self.line.take() else { return false };
        let own = self.open.last().and_then(|level| level.own);
        let above = self.open.len().checked_sub(2).and_then(|above| self.open[above].last);
        let (of, at) = match (own, above) {
            (Some((Block::Paragraph, _)), Some((block, at))) if is_lone => (block, at),
            (Some((Block::Paragraph, _)), _) if !is_lone => (Block::Paragraph, text.start),
            (Some((Block::Item, at)), _) => (Block::Item, at),
            _ => return false,
        };
        self.names.push(Name { text, of, at, is_lone });
        is_lone
    }
}

fn block(tag: &Tag) -> Option<Block> {
    match tag {
        Tag::Paragraph => Some(Block::Paragraph),
        Tag::Item => Some(Block::Item),
        Tag::List(_) => Some(Block::List),
        Tag::BlockQuote(_) => Some(Block::Quote),
        Tag::Table(_) => Some(Block::Table),
        Tag::CodeBlock(_) => Some(Block::Code),
        _ => None,
    }
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript | TagEnd::Link | TagEnd::Image
    )
}

/// The name, with its sign, at the end of a text, behind a blank or at the beginning of a line.
fn name_at_end(source: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let text = source[range.clone()].trim_end();
    let sign = text.rfind('^')?;
    let name = &text[sign + 1..];
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit()) && name.len() < SHORTEST_NUMBER;
    let before = source[..range.start + sign].chars().next_back();
    let is_apart = before.is_none_or(|letter| letter.is_whitespace() || letter == '>');
    (is_name && !is_number && is_apart).then_some(range.start + sign..range.start + text.len())
}

/// Takes a name out of the text, with the blanks before it.
fn look(page: &mut Renderer, spot: &Spot) -> Taken {
    let at = spot.start + spot.at;
    let Some(name) = page.blocks.from(at).first().filter(|name| name.text.start == at) else { return Taken::Nothing };
    let end = spot.at + name.text.len();
    page.plain(spot.text[spot.written..spot.at].trim_end());
    Taken::Written(end.min(spot.text.len()))
}

impl Renderer<'_> {
    /// ` id="…"` for a block at `range`, if it has a name.
    pub fn block_id(&mut self, of: Block, range: &Range<usize>) -> String {
        let is_it = |name: &&Name| name.of == of && if of == Block::Paragraph { range.contains(&name.at) } else { range.start == name.at };
        let mut written = String::new();
        // The name stands in the block, or is the first behind it.
        let names = self.blocks.from(range.start);
        let inside = names.partition_point(|name| name.text.start < range.end);
        let name = names[..names.len().min(inside + 1)].iter().find(is_it);
        let Some(text) = name.map(|name| name.text.clone()) else { return written };
        let id = &self.source.text[text.clone()];
        match self.claim(id, text.clone()) {
            Some(problem) => self.problem(problem.hint("give one of the two blocks another name"), text),
            None => {
                self.structure.anchors.push(id.into());
                attribute("id", id, &mut written);
            }
        }
        written
    }

    /// Whether the paragraph at `range` is nothing but the name of the block above it.
    pub fn is_block_name(&self, range: &Range<usize>) -> bool {
        self.blocks.from(range.start).first().is_some_and(|name| name.is_lone && range.contains(&name.text.start))
    }
}
