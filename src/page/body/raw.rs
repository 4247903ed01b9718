//! Raw HTML: places and addresses in it become holes, its words are read, its comments go. Tags of shortcodes look like it to the parser.
//!
//! It must not know running text.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::Event;

use super::HolePart;
use super::destination::{self, Address};
use super::events::Events;
use super::prepass::comments::outside;
use super::renderer::Renderer;
use super::shortcode::Position;
use crate::html::addresses::{Addressed, addresses};
use crate::html::attributes::{self as html, Attribute};
use crate::html::escape;
use crate::html::pieces::without_comments;

impl<'a> Renderer<'a> {
    /// A block of HTML; or tags of shortcodes on lines of their own, which look like it to the parser.
    pub fn html_block(&mut self, range: Range<usize>, events: &mut Events<'a>) {
        self.leaf();
        let mut html = String::new();
        let mut places = Vec::new();
        for (event, place) in events {
            let (Event::Html(text) | Event::Text(text)) = event else { break };
            if text.len() != place.len() || self.source.fillings.is_empty() {
                places.push((html.len(), place.start));
                html.push_str(&text);
                continue;
            }
            for part in outside(self.source.fillings, place) {
                places.push((html.len(), part.start));
                html.push_str(&self.source.text[part]);
            }
        }
        if html.contains('\r') {
            html.retain(|letter| letter != '\r');
        }
        self.out.fresh_line();
        if self.call_in(&range).is_some() {
            self.html_with_calls(&html, &places, Position::Block);
        } else {
            self.raw(&html, &places, Position::Block);
        }
        self.end_html_leaf();
    }

    /// HTML with tags of shortcodes in it, whose places are told by `places`: byte in `html`, byte in the text.
    pub fn html_with_calls(&mut self, html: &str, places: &[(usize, usize)], position: Position) {
        let mut from = 0;
        let mut here = position;
        for (at, (begin, place)) in places.iter().enumerate() {
            let end = places.get(at + 1).map_or(html.len(), |(next, _)| *next);
            while let Some(call) = self.call_in(&(*place..place + (end - begin))) {
                let range = self.calls.tags[call].range.clone();
                let (start, stop) = (begin + range.start - place, (begin + range.end - place).min(html.len()));
                if start < from || !html.is_char_boundary(start) || !html.is_char_boundary(stop) {
                    self.calls.next = call + 1;
                    continue;
                }
                self.html_between(html, from, start, places, position);
                // Behind HTML on its line, it may well be in the middle of a tag.
                let before = html[from..start].trim_end_matches([' ', '\t']);
                let is_behind = !before.is_empty() && !before.ends_with('\n');
                here = if is_behind {
                    Position::Inline
                } else if before.is_empty() {
                    here
                } else {
                    position
                };
                self.call(call, here);
                from = stop;
            }
        }
        self.html_between(html, from, html.len(), places, position);
    }

    fn html_between(&mut self, html: &str, from: usize, to: usize, places: &[(usize, usize)], position: Position) {
        let piece = &html[from..to];
        // Lines that only held tags leave nothing behind.
        if !piece.trim().is_empty() {
            self.raw(piece, &[(0, place_of(places, from))], position);
        }
    }

    /// Raw HTML: places and addresses in it are noted and its words read, or it is shown as text if the settings want that. Comments go.
    pub fn raw(&mut self, html: &str, places: &[(usize, usize)], position: Position) {
        if html::is_more(html) {
            return self.collected.prose.more();
        }
        let keeps = self.markdown().keep_comments;
        if !keeps && html.trim_start().starts_with("<!--") && without_comments(html).trim().is_empty() {
            return;
        }
        if !self.markdown().unsafe_html {
            return self.shown(&without_comments(html), position);
        }
        // What stands before the end of a tag that has begun is no text.
        let begin = if self.is_in_tag() { html.find('>').map_or(html.len(), |end| end + 1) } else { 0 };
        let (mut marks, mut links): (Vec<Mark>, Vec<(usize, u32)>) = (Vec::new(), Vec::new());
        for found in html::attributes(html) {
            let place = place_of(places, found.range.start);
            let place = place..place + found.range.len();
            self.look_at_attribute(html, &found, place.clone());
            let is_name = found.name.eq_ignore_ascii_case("name") && found.tag.eq_ignore_ascii_case("a");
            if found.name.eq_ignore_ascii_case("id") || is_name {
                marks.extend(self.raw_id(html, &found, place));
                continue;
            }
            for one in addresses(&found) {
                let link = self.addressed(html, &found, one, places, &mut marks);
                links.extend(link.map(|link| (found.start.saturating_sub(begin), link)));
            }
        }
        // The marks of a tag that may go as a whole enclose those of its other attributes, wherever its own stands.
        marks.sort_by_key(|mark| mark.at);
        let mut from = 0;
        for mark in marks {
            // Marks that cross would be a slip of ours, and no reason to end.
            self.push_raw(html.get(from..mark.at).unwrap_or_default());
            match mark.put {
                Put::Hole(link, part) => self.out.hole(link, part),
                Put::Text(text) => escape(&text, &mut self.out.html),
            }
            from = from.max(mark.at + mark.length);
        }
        self.push_raw(&html[from..]);
        self.read_html(&html[begin..], &links, position);
    }

    /// Notes one address of raw HTML; if it leads into the site, with the holes that take its place.
    fn addressed(
        &mut self,
        html: &str,
        found: &Attribute,
        one: Addressed,
        places: &[(usize, usize)],
        marks: &mut Vec<Mark>,
    ) -> Option<u32> {
        let Addressed { range, entry } = one;
        let written = html::unescape(&html[range.clone()]);
        let place = place_of(places, range.start);
        let place = place..place + range.len();
        match destination::address(&written, self.own_address()) {
            Address::Internal(target) => {
                let is_image = found.tag.eq_ignore_ascii_case("img") && found.name.eq_ignore_ascii_case("src");
                let alt = is_image.then(|| html::value_of(html, found.start, "alt").unwrap_or_default());
                let link = self.link(target, "", alt.as_deref(), place);
                let (part, extent) = match entry {
                    Some(entry) => (HolePart::BeginEntry, entry),
                    None => (HolePart::Begin, html::extent(html, found)),
                };
                let mark = |at: usize, length: usize, part: HolePart| Mark { at, length, put: Put::Hole(link, part) };
                marks.extend([
                    mark(extent.start, 0, part),
                    mark(range.start, range.len(), HolePart::Address),
                    mark(extent.end, 0, HolePart::End),
                ]);
                return Some(link);
            }
            Address::External => self.external(&written, place),
            Address::Script | Address::AsWritten => {}
        }
        None
    }

    /// HTML as the text that it is written in.
    fn shown(&mut self, html: &str, position: Position) {
        escape(html, &mut self.out.html);
        if position == Position::Block {
            self.read_html(html, &[], position);
        }
    }

    pub fn push_raw(&mut self, html: &str) {
        let Some((length, link)) = self.calls.unclosed.take() else { return self.push_whole(html) };
        let end = html.floor_char_boundary(length);
        self.push_whole(&html[..end]);
        self.out.hole(link, HolePart::End);
        self.push_whole(&html[end..]);
    }

    fn push_whole(&mut self, html: &str) {
        let html = if self.markdown().keep_comments { Cow::Borrowed(html) } else { without_comments(html) };
        if memchr::memchr(0, html.as_bytes()).is_some() {
            self.out.push(&html.replace('\0', "\u{FFFD}"));
        } else {
            self.out.push(&html);
        }
    }
}

/// What stands in a piece of HTML instead of so many of its bytes.
pub struct Mark {
    pub at: usize,
    pub length: usize,
    pub put: Put,
}

/// What stands in the place of a mark.
pub enum Put {
    /// A hole of this link.
    Hole(u32, HolePart),
    Text(String),
}

/// The place in the text of the byte `at` of a piece of HTML that was put together from lines.
fn place_of(places: &[(usize, usize)], at: usize) -> usize {
    let line = places.partition_point(|(begin, _)| *begin <= at).checked_sub(1).and_then(|line| places.get(line));
    line.map_or(0, |(begin, place)| place + at - begin)
}
