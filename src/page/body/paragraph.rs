//! Paragraphs, which shortcodes may fill, begin before or divide.
//!
//! It must not know what their text is.

use std::ops::Range;

use pulldown_cmark::Event;

use super::events::Events;
use super::passes::blocks::Block;
use super::prose::Leaf;
use super::renderer::Renderer;
use super::shortcode::{DEEPEST, Position};

impl<'a> Renderer<'a> {
    /// Begins the paragraph at `range`, after what stands around it.
    pub fn paragraph(&mut self, range: Range<usize>, events: &mut Events<'a>) {
        if self.source.is_line() {
            self.open.depth += 1;
            return;
        }
        if self.is_block_name(&range) {
            return events.skip_element();
        }
        self.leaf();
        self.out.fresh_line();
        let end = self.source.trimmed(&range).end;
        if self.markdown().math
            && let Some((Event::DisplayMath(formula), place)) = events.peek()
            && place.end >= end
        {
            let formula = formula.clone();
            self.formula(&formula, ["<div class=\"math\">", "</div>\n"]);
            return events.skip_element();
        }
        // A shortcode around a paragraph, or around its beginning, stands outside of it.
        for _ in 0..DEEPEST {
            let Some(call) = self.opens_around(&(range.start..end)) else { break };
            self.call(call, Position::Inline);
        }
        self.open.depth += 1;
        self.open.paragraph = (self.out.html.len(), self.open.depth);
        let only_calls = !self.calls.tags.is_empty() && self.is_calls_only(range.start..end);
        self.open.in_paragraph = !only_calls;
        if self.open.in_paragraph {
            let id = self.block_id(Block::Paragraph, &range);
            self.begin_paragraph(&id);
        }
    }

    /// Writes the beginning of a paragraph, with its id if it has one.
    pub fn begin_paragraph(&mut self, id: &str) {
        self.out.push("<p");
        self.out.push(id);
        self.out.push(">");
        self.open.in_paragraph = true;
        self.open.paragraph = (self.out.html.len(), self.open.depth);
    }

    /// Ends the paragraph that is being written, if one is; what holds nothing is none.
    pub fn end_paragraph(&mut self) {
        let is_own = self.open.paragraph.1 <= 1 && self.calls.frames.is_empty() && self.open.outside.is_empty();
        self.end_leaf(if is_own { Leaf::Paragraph } else { Leaf::Other });
        if !std::mem::take(&mut self.open.in_paragraph) {
            return;
        }
        let (begin, _) = self.open.paragraph;
        let is_empty = self.out.html.get(begin..).is_some_and(|html| html.trim_ascii().is_empty());
        let has_hole = self.out.holes.last().is_some_and(|hole| hole.at as usize >= begin);
        if is_empty && !has_hole && self.out.html[..begin].ends_with("<p>") {
            self.out.html.truncate(begin - "<p>".len());
        } else {
            self.out.push("</p>\n");
        }
    }

    /// Ends the paragraph, and what stands around it.
    pub fn close_paragraph(&mut self) {
        if self.source.is_line() {
            return;
        }
        self.end_paragraph();
        self.open.paragraph = (0, 0);
        for call in std::mem::take(&mut self.calls.deferred) {
            self.call(call, Position::Inline);
        }
    }

    /// HTML within a line; or the tag of a shortcode, which looks like it to the parser.
    pub fn inline_html(&mut self, html: &str, range: Range<usize>) {
        let found = self.calls.tags.binary_search_by_key(&range.start, |call| call.range.start).ok();
        match found.or_else(|| self.call_in(&range)) {
            // A tag that stands around its paragraph has been written already.
            Some(at) if at < self.calls.next => {}
            Some(at) if self.calls.tags[at].range == range => {
                let opener = self.calls.tags[at].partner.filter(|partner| *partner < at);
                let is_right_in = self.open.depth == self.open.paragraph.1;
                let is_around = is_right_in
                    && self.calls.frames.last().is_some_and(|frame| Some(frame.call) == opener && frame.depth + 1 == self.open.depth);
                if is_around {
                    self.calls.next = at + 1;
                    self.calls.deferred.push(at);
                } else {
                    self.call(at, Position::Inline);
                }
            }
            Some(_) => self.html_with_calls(html, &[(0, range.start)], Position::Inline),
            None => self.raw(html, &[(0, range.start)], Position::Inline),
        }
    }
}
