//! Shortcodes at work: how a call is rendered, and its place in the page.
//!
//! A shortcode is a Tera component of the theme. It sees its arguments and its body; and, if it declares them as `@page`, `@lang` and `@t`, the front
//! matter of the page, its language and the strings of that. It must not know how Markdown is read.

mod addresses;
mod argument;
pub mod call;
mod make;

use std::cell::OnceCell;
use std::ops::Range;

use pulldown_cmark::TagEnd;

use super::Hole;
use super::passes::citations::Argued;
use super::renderer::Renderer;
use crate::diagnostic::{Diagnostic, Place};
use crate::html::blocks::has_blocks;
use crate::html::escape;

use addresses::{marked, unmarked};
use call::{Call, Kind};

/// Shortcodes within shortcodes: more is a mistake, and would take long.
pub const DEEPEST: usize = 32;

/// A shortcode whose body is being read.
#[derive(Debug)]
pub struct Frame {
    pub call: usize,
    /// Where its body begins in what is written.
    at: usize,
    /// How many elements of Markdown it stands in.
    pub depth: u32,
    /// Its closing tag, if that came in an element within: the body ends when that does.
    closed_by: Option<usize>,
}

/// The shortcodes of one text, and which of them are open.
#[derive(Debug, Default)]
pub struct Calls<'a> {
    /// All tags, in the order of the text.
    pub tags: &'a [Call<'a>],
    /// The next tag that is not yet written.
    pub next: usize,
    pub frames: Vec<Frame>,
    /// How much raw HTML is still to come that goes with the address of a link, which a shortcode wrote into the middle of a tag.
    pub unclosed: Option<(usize, u32)>,
    /// The front matter as they see it, once one is called.
    pub front: OnceCell<tera::Value>,
    /// Closing tags that are done once their paragraph has ended.
    pub deferred: Vec<usize>,
    /// What their arguments cite.
    pub cited: Vec<Argued>,
}

/// Where a tag stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// On lines of its own.
    Block,
    /// In a paragraph.
    Inline,
}

impl<'a> Renderer<'a> {
    /// The first tag not yet written that begins in `range`.
    pub fn call_in(&self, range: &Range<usize>) -> Option<usize> {
        let at = self.calls.next.max(self.calls.tags.partition_point(|call| call.range.start < range.start));
        self.calls.tags.get(at).filter(|call| call.range.start < range.end).map(|_| at)
    }

    /// Writes what the tag `at` makes.
    pub fn call(&mut self, at: usize, position: Position) {
        self.calls.next = self.calls.next.max(at + 1);
        let call: &'a Call = &self.calls.tags[at];
        match (&call.kind, call.partner) {
            (Kind::Escaped { shown }, _) => self.escaped_call(shown, position),
            (Kind::Open { .. }, Some(_)) => {
                if position == Position::Block {
                    self.leaf();
                    self.out.fresh_line();
                }
                self.calls.frames.push(Frame { call: at, at: self.out.html.len(), depth: self.open.depth, closed_by: None });
            }
            (Kind::Open { .. }, None) => {
                if let Some(made) = self.make(call, None) {
                    let own = unmarked(&self.spoken_marks(&made)).into_owned();
                    self.put(&made, &[], &own, call, position);
                }
            }
            (Kind::Close { name }, None) => {
                let message = format!("`{{{{< /{name} >}}}}` closes nothing");
                self.problem(Diagnostic::error("unclosed-shortcode", message), call.range.clone());
            }
            (Kind::Close { .. }, Some(opener)) => {
                // If the opener is gone, its block ended before; that has been told.
                let Some(open) = self.calls.frames.iter().rposition(|frame| frame.call == opener) else { return };
                if position == Position::Block {
                    self.leaf();
                }
                if open + 1 == self.calls.frames.len() && self.calls.frames[open].depth == self.open.depth {
                    self.finish_call(position);
                } else if self.calls.frames[open + 1..].iter().all(|frame| frame.closed_by.is_some()) {
                    self.calls.frames[open].closed_by = Some(at);
                }
            }
        }
    }

    /// Ends shortcodes that were opened deeper than `depth`: their block has ended before them.
    pub fn end_frames_below(&mut self, depth: u32) {
        while let Some(frame) = self.calls.frames.pop_if(|frame| frame.depth > depth) {
            let call: &'a Call = &self.calls.tags[frame.call];
            let problem = Diagnostic::error("unclosed-shortcode", "this shortcode is closed in another block than it is opened in");
            let hint = "put the opening and the closing tag on lines of their own, outside of the list or paragraph";
            let problem = problem.hint(hint);
            let end = call.partner.map(|partner| self.place_of_call(partner));
            let problem = end.map_or(problem.clone(), |end| problem.also(end, "its end is here"));
            self.problem(problem, call.range.clone());
        }
    }

    /// Ends shortcodes whose closing tags stood in the element at `range` that has just ended: formatters draw them into the last item of a list.
    pub fn finish_waiting(&mut self, element: TagEnd, range: &Range<usize>) {
        while let Some((frame, closer)) = self.calls.frames.last().and_then(|frame| Some((frame, frame.closed_by?))) {
            if frame.depth != self.open.depth {
                return;
            }
            let (opener, behind) = (frame.call, self.calls.tags[closer].range.end..range.end);
            let is_list = matches!(element, TagEnd::List(_) | TagEnd::DefinitionList | TagEnd::BlockQuote(_));
            let goes_on = |rest: &str| !rest.trim_matches(|letter: char| letter.is_whitespace() || letter == '>').is_empty();
            if is_list && self.source.text.get(behind.clone()).is_some_and(goes_on) && !self.is_calls_only(behind) {
                let message = "this shortcode ends in the middle of a list or quotation that began within it";
                let problem = Diagnostic::error("unclosed-shortcode", message).hint("put its end on a line of its own, behind the list");
                let begin = self.place_of_call(opener);
                self.problem(problem.also(begin, "it begins here"), self.calls.tags[closer].range.clone());
            }
            self.finish_call(if self.open.in_paragraph { Position::Inline } else { Position::Block });
        }
    }

    fn place_of_call(&self, call: usize) -> Place {
        self.place(self.calls.tags[call].range.clone())
    }

    /// The shortcode whose opening tag stands next, right at the beginning of a paragraph, and that goes on behind it or fills it.
    pub fn opens_around(&self, paragraph: &Range<usize>) -> Option<usize> {
        let at = self.call_in(paragraph)?;
        let call = &self.calls.tags[at];
        let closer = &self.calls.tags[call.partner.filter(|partner| *partner > at)?];
        let is_first = self.source.text[paragraph.start..call.range.start].trim().is_empty() || self.hoisted_before(paragraph, at);
        let is_last = closer.range.start >= paragraph.end || self.is_calls_only(closer.range.end..paragraph.end);
        (is_first && is_last).then_some(at)
    }

    /// True if only tags stand between the beginning of a paragraph and the tag `at`.
    fn hoisted_before(&self, paragraph: &Range<usize>, at: usize) -> bool {
        at > 0 && self.calls.next == at && self.calls.tags[at - 1].range.start >= paragraph.start && {
            let between = self.calls.tags[at - 1].range.end..self.calls.tags[at].range.start;
            self.source.text[between].trim().is_empty()
        }
    }

    /// True if `range` holds nothing but tags of shortcodes, and at least one if it is not blank.
    pub fn is_calls_only(&self, range: Range<usize>) -> bool {
        let mut at = range.start.min(range.end);
        let first = self.calls.tags.partition_point(|call| call.range.start < at);
        for call in self.calls.tags[first..].iter().take_while(|call| call.range.end <= range.end) {
            if matches!(call.kind, Kind::Escaped { .. }) || !self.source.text[at..call.range.start].trim().is_empty() {
                return false;
            }
            at = call.range.end;
        }
        self.source.text[at..range.end].trim().is_empty()
    }

    fn escaped_call(&mut self, shown: &str, position: Position) {
        let [open, close] = if position == Position::Block { ["<p>", "</p>\n"] } else { ["", ""] };
        self.out.push(open);
        escape(shown, &mut self.out.html);
        self.collected.prose.push(shown);
        self.out.push(close);
    }

    /// Renders the shortcode that was opened last around what has been written since.
    fn finish_call(&mut self, position: Position) {
        let Some(frame) = self.calls.frames.pop() else { return };
        let call: &'a Call = &self.calls.tags[frame.call];
        let body = self.out.split_off(frame.at);
        if self.calls.frames.len() >= DEEPEST {
            self.problem(
                Diagnostic::error("bad-shortcode", format!("more than {DEEPEST} shortcodes stand within each other")),
                call.range.clone(),
            );
            return;
        }
        let marked = marked(&body);
        match self.make(call, Some(marked.clone())) {
            Some(made) => {
                // The body has been read already.
                let own = made.replacen(&marked, " ", 1);
                let own = if own.len() < made.len() && !marked.is_empty() {
                    unmarked(&self.spoken_marks(&own)).into_owned()
                } else {
                    String::new()
                };
                self.put(&made, &body.holes, &own, call, position);
            }
            None => self.out.append(body),
        }
    }

    /// Puts what a call made where it stands: what no paragraph can hold goes between two of them. `own` is what the template wrote itself.
    fn put(&mut self, made: &str, body: &[Hole], own: &str, call: &Call, position: Position) {
        if position == Position::Block || !has_blocks(made) {
            self.read_made(own, position);
            return self.splice(made, body, call, position);
        }
        if self.can_leave_paragraph() {
            self.end_paragraph();
            self.read_made(own, Position::Block);
            self.splice(made, body, call, Position::Block);
            return self.begin_paragraph("");
        }
        if self.open.in_paragraph || self.open.heading_text.is_some() {
            let Kind::Open { name, .. } = &call.kind else { return };
            let message = format!("the shortcode `{name}` makes a block, which cannot stand within a line");
            let problem =
                Diagnostic::warning("block-in-line", message).hint("call it on a line of its own, with an empty line before and behind");
            self.problem(problem, call.range.clone());
        }
        self.read_made(own, position);
        self.splice(made, body, call, position);
    }

    /// True right in a paragraph: no emphasis, link or shortcode has begun in it and goes on.
    fn can_leave_paragraph(&self) -> bool {
        let (begin, depth) = self.open.paragraph;
        self.open.in_paragraph && self.open.depth == depth && !self.is_in_tag() && self.calls.frames.iter().all(|frame| frame.at < begin)
    }
}
