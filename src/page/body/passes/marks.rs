//! Marked words: `==so==`, as Obsidian has them (<https://help.obsidian.md/syntax#Bold,%20italics,%20highlights>).
//!
//! They are paired before a text is written, so that each mark that begins also ends, within the same element. It must not know how they look.

use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Spot, Taken, TextPass};
use crate::page::body::events::{Events, skip_held};
use crate::page::body::renderer::Renderer;

/// Looks at signs of equality.
pub const PASS: TextPass = TextPass { bytes: b"=", look };

/// What stands on both sides of marked words.
const SIGN: &str = "==";

/// The signs of a text that begin or end marked words, in its order.
#[derive(Debug, Default)]
pub struct Marks(Vec<(usize, &'static str)>);

impl Marks {
    /// The tag that stands in the place of the sign at a byte.
    fn tag(&self, at: usize) -> Option<&'static str> {
        self.0.binary_search_by_key(&at, |(at, _)| *at).ok().map(|found| self.0[found].1)
    }
}

/// Pairs the signs of a text.
pub fn find(page: &mut Renderer, events: &mut Events) {
    if memmem::find(page.source.text.as_bytes(), SIGN.as_bytes()).is_none() {
        return;
    }
    // For each open element where its marked words began, and whether it may be the beginning of a box, whose first line is its title.
    let mut open: Vec<Level> = vec![Level::default()];
    let mut found = Vec::new();
    let mut events = events.hold();
    while let Some((event, range)) = events.next() {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                leave(&mut open, false);
                skip_held(&mut events);
            }
            Event::Start(tag) => {
                leave(&mut open, is_inline(&tag.to_end()));
                let is_box = matches!(tag, Tag::Paragraph) && page.source.text[range.start..].starts_with("[!");
                open.push(Level { start: None, is_box });
            }
            Event::End(tag) => {
                open.pop();
                leave(&mut open, is_inline(tag));
            }
            // A shortcode may divide its paragraph.
            Event::InlineHtml(_) if is_call(page, range.start) => leave(&mut open, false),
            Event::SoftBreak | Event::HardBreak if open.last().is_some_and(|level| level.is_box) => leave(&mut open, false),
            Event::Text(text) if text.len() == range.len() => {
                if let Some(level) = open.last_mut() {
                    pair(page, range, &mut level.start, &mut found);
                }
            }
            _ => {}
        }
    }
    found.sort_unstable();
    page.marks = Marks(found);
}

/// An open element.
#[derive(Debug, Default)]
struct Level {
    start: Option<usize>,
    is_box: bool,
}

/// Forgets what has begun in the innermost element, unless what begins or ends stands within its line.
fn leave(open: &mut [Level], is_inline: bool) {
    if let Some(level) = open.last_mut().filter(|_| !is_inline) {
        level.start = None;
    }
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript | TagEnd::Link | TagEnd::Image
    )
}

fn is_call(page: &Renderer, at: usize) -> bool {
    page.calls.tags.binary_search_by_key(&at, |call| call.range.start).is_ok()
}

/// Pairs the signs of one piece of text with each other and with one that has begun before it.
fn pair(page: &Renderer, range: &Range<usize>, start: &mut Option<usize>, found: &mut Vec<(usize, &'static str)>) {
    let source = page.source.text;
    let mut from = range.start;
    while let Some(next) = memmem::find(&source.as_bytes()[from..range.end], SIGN.as_bytes()) {
        let at = from + next;
        let run = source[at..range.end].bytes().take_while(|byte| *byte == b'=').count();
        from = at + run;
        if run != SIGN.len() || is_text(page, range.start, at) {
            continue;
        }
        let is_blank = |letter: Option<char>| letter.is_none_or(char::is_whitespace);
        let (before, after) = (source[..at].chars().next_back(), source[from..].chars().next());
        match *start {
            Some(begin) if !is_blank(before) && at > begin + SIGN.len() => {
                found.extend([(begin, "<mark>"), (at, "</mark>")]);
                *start = None;
            }
            None if !is_blank(after) => *start = Some(at),
            _ => {}
        }
    }
}

/// Whether the sign at `at` is none: behind a backslash, in a citation, or in an address.
fn is_text(page: &Renderer, start: usize, at: usize) -> bool {
    let source = page.source.text;
    let word = source[start..at].rsplit(char::is_whitespace).next().unwrap_or_default();
    source[..at].ends_with('\\') || page.citations.holds(at) || word.contains("://") || word.contains("www.")
}

/// Writes the tag that a sign stands for.
fn look(page: &mut Renderer, spot: &Spot) -> Taken {
    let Some(tag) = page.marks.tag(spot.start + spot.at) else {
        return Taken::Plain(spot.text.as_bytes()[spot.at..].iter().take_while(|byte| **byte == b'=').count());
    };
    page.plain(&spot.text[spot.written..spot.at]);
    page.out.push(tag);
    Taken::Written(spot.at + SIGN.len())
}
