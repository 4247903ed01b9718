//! Shortcodes at work: how a call is rendered, and its place in the page.
//!
//! A shortcode is a Tera component of the theme. It sees its arguments and its body; and, if it declares them as `@page`, `@lang` and `@t`, the front
//! matter of the page, its language and the strings of that. It must not know how Markdown is read.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::TagEnd;
use tera::{Context, ErrorKind, Value};

use super::argument::near;
use super::call::{Call, Kind};
use super::link::{self, Address};
use super::out::Out;
use super::render::Writer;
use super::{Hole, HolePart, LinkTarget, html};
use crate::diagnostic::{Diagnostic, Place};
use crate::html::blocks::has_blocks;
use crate::html::{escape, escape_address};
use crate::theme::filters::LINK_MARKS;
use crate::theme::words_of_mistake;

/// Stand before and after the number of a hole of a shortcode's body, while the body is in the hands of the template.
const HOLE_MARKS: [char; 2] = ['\u{F0002}', '\u{F0003}'];

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

/// Where a tag stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// On lines of its own.
    Block,
    /// In a paragraph.
    Inline,
}

impl<'a> Writer<'a> {
    /// The first tag not yet written that begins in `range`.
    pub fn call_in(&self, range: &Range<usize>) -> Option<usize> {
        let at = self.next_call.max(self.calls.partition_point(|call| call.range.start < range.start));
        self.calls.get(at).filter(|call| call.range.start < range.end).map(|_| at)
    }

    /// Writes what the tag `at` makes.
    pub fn call(&mut self, at: usize, position: Position) {
        self.next_call = self.next_call.max(at + 1);
        let call: &'a Call = &self.calls[at];
        match (&call.kind, call.partner) {
            (Kind::Escaped { shown }, _) => self.escaped_call(shown, position),
            (Kind::Open { .. }, Some(_)) => {
                if position == Position::Block {
                    self.leaf();
                    self.out.fresh_line();
                }
                self.frames.push(Frame { call: at, at: self.out.html.len(), depth: self.depth, closed_by: None });
            }
            (Kind::Open { .. }, None) => {
                if let Some(made) = self.make(call, None) {
                    self.place(&made, &[], &unmarked(&made), call, position);
                }
            }
            (Kind::Close { name }, None) => {
                let message = format!("`{{{{< /{name} >}}}}` closes nothing");
                self.problem(Diagnostic::error("unclosed-shortcode", message), call.range.clone());
            }
            (Kind::Close { .. }, Some(opener)) => {
                // If the opener is gone, its block ended before; that has been told.
                let Some(open) = self.frames.iter().rposition(|frame| frame.call == opener) else { return };
                if position == Position::Block {
                    self.leaf();
                }
                if open + 1 == self.frames.len() && self.frames[open].depth == self.depth {
                    self.finish(position);
                } else if self.frames[open + 1..].iter().all(|frame| frame.closed_by.is_some()) {
                    self.frames[open].closed_by = Some(at);
                }
            }
        }
    }

    /// Ends shortcodes that were opened deeper than `depth`: their block has ended before them.
    pub fn end_frames_below(&mut self, depth: u32) {
        while let Some(frame) = self.frames.pop_if(|frame| frame.depth > depth) {
            let call: &'a Call = &self.calls[frame.call];
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
        while let Some((frame, closer)) = self.frames.last().and_then(|frame| Some((frame, frame.closed_by?))) {
            if frame.depth != self.depth {
                return;
            }
            let (opener, behind) = (frame.call, self.calls[closer].range.end..range.end);
            let is_list = matches!(element, TagEnd::List(_) | TagEnd::DefinitionList | TagEnd::BlockQuote(_));
            let goes_on = |rest: &str| !rest.trim_matches(|letter: char| letter.is_whitespace() || letter == '>').is_empty();
            if is_list && self.text.get(behind.clone()).is_some_and(goes_on) && !self.is_calls_only(behind) {
                let message = "this shortcode ends in the middle of a list or quotation that began within it";
                let problem = Diagnostic::error("unclosed-shortcode", message).hint("put its end on a line of its own, behind the list");
                let begin = self.place_of_call(opener);
                self.problem(problem.also(begin, "it begins here"), self.calls[closer].range.clone());
            }
            self.finish(if self.in_paragraph { Position::Inline } else { Position::Block });
        }
    }

    fn place_of_call(&self, call: usize) -> Place {
        Place::range(self.input.path, self.input.text, self.in_file(self.calls[call].range.clone()))
    }

    /// The shortcode whose opening tag stands next, right at the beginning of a paragraph, and that goes on behind it or fills it.
    pub fn opens_around(&self, paragraph: &Range<usize>) -> Option<usize> {
        let at = self.call_in(paragraph)?;
        let call = &self.calls[at];
        let closer = &self.calls[call.partner.filter(|partner| *partner > at)?];
        let is_first = self.text[paragraph.start..call.range.start].trim().is_empty() || self.hoisted_before(paragraph, at);
        let is_last = closer.range.start >= paragraph.end || self.is_calls_only(closer.range.end..paragraph.end);
        (is_first && is_last).then_some(at)
    }

    /// True if only tags stand between the beginning of a paragraph and the tag `at`.
    fn hoisted_before(&self, paragraph: &Range<usize>, at: usize) -> bool {
        at > 0 && self.next_call == at && self.calls[at - 1].range.start >= paragraph.start && {
            let between = self.calls[at - 1].range.end..self.calls[at].range.start;
            self.text[between].trim().is_empty()
        }
    }

    /// True if `range` holds nothing but tags of shortcodes, and at least one if it is not blank.
    pub fn is_calls_only(&self, range: Range<usize>) -> bool {
        let mut at = range.start.min(range.end);
        let first = self.calls.partition_point(|call| call.range.start < at);
        for call in self.calls[first..].iter().take_while(|call| call.range.end <= range.end) {
            if matches!(call.kind, Kind::Escaped { .. }) || !self.text[at..call.range.start].trim().is_empty() {
                return false;
            }
            at = call.range.end;
        }
        self.text[at..range.end].trim().is_empty()
    }

    /// What the tag that a Markdown destination consists of makes.
    pub fn called_destination(&mut self, destination: &str) -> Option<String> {
        let start = self.offset(destination)?.checked_sub(1)?;
        let at = self.calls.binary_search_by_key(&start, |call| call.range.start).ok()?;
        let call: &'a Call = &self.calls[at];
        // If it cannot be made, that is told; an empty destination, which is this page, needs no second message.
        let made = self.make(call, None).unwrap_or_default();
        self.next_call = self.next_call.max(at + 1);
        Some(made.trim().trim_matches(LINK_MARKS).to_string())
    }

    fn escaped_call(&mut self, shown: &str, position: Position) {
        let [open, close] = if position == Position::Block { ["<p>", "</p>\n"] } else { ["", ""] };
        self.out.push(open);
        escape(shown, &mut self.out.html);
        self.prose.push(shown);
        self.out.push(close);
    }

    /// Renders the shortcode that was opened last around what has been written since.
    fn finish(&mut self, position: Position) {
        let Some(frame) = self.frames.pop() else { return };
        let call: &'a Call = &self.calls[frame.call];
        let body = self.out.split_off(frame.at);
        if self.frames.len() >= DEEPEST {
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
                let own = if own.len() < made.len() && !marked.is_empty() { unmarked(&own).into_owned() } else { String::new() };
                self.place(&made, &body.holes, &own, call, position);
            }
            None => self.out.append(body),
        }
    }

    /// Puts what a call made where it stands: what no paragraph can hold goes between two of them. `own` is what the template wrote itself.
    fn place(&mut self, made: &str, body: &[Hole], own: &str, call: &Call, position: Position) {
        if position == Position::Block || !has_blocks(made) {
            self.read_made(own, position);
            return self.splice(made, body, call, position);
        }
        if self.can_leave_paragraph() {
            self.end_paragraph();
            self.read_made(own, Position::Block);
            self.splice(made, body, call, Position::Block);
            return self.begin_paragraph();
        }
        if self.in_paragraph || self.heading_text.is_some() {
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
        let (begin, depth) = self.paragraph;
        self.in_paragraph && self.depth == depth && !self.is_in_tag() && self.frames.iter().all(|frame| frame.at < begin)
    }

    /// The HTML that a call makes, or problems.
    fn make(&mut self, call: &Call, body: Option<String>) -> Option<String> {
        let Kind::Open { name, arguments, is_closed } = &call.kind else { return None };
        let shortcodes = self.input.shortcodes;
        let Some(component) = shortcodes.engine.base().get_component_definition(name).filter(|_| shortcodes.prints.contains_key(*name))
        else {
            let problem = Diagnostic::error("unknown-shortcode", format!("there is no shortcode `{name}`"));
            let names = shortcodes.prints.keys().map(String::as_str);
            self.problem(near(problem, name, names, "shortcodes"), call.range.clone());
            return None;
        };
        let context = self.context(&component, arguments, call)?;
        let mut implicits = Context::new();
        implicits.insert_value("page", self.input.page.clone());
        implicits.insert_value("lang", Value::from(self.input.lang));
        implicits.insert_value("t", shortcodes.engine.languages.of(self.input.lang).value.clone());
        match shortcodes.engine.speaking(self.input.lang).render_component_with_implicits(name, &context, &implicits, body.as_deref(), true)
        {
            Ok(made) => Some(made),
            Err(error) => {
                let problem = if body.is_none() && wants_body(&error) { unclosed(name, *is_closed) } else { failure(name, &error) };
                self.problem(problem, call.range.clone());
                None
            }
        }
    }

    /// Puts what a shortcode made into the page, with holes for the addresses that it wrote and for those of its body.
    fn splice(&mut self, made: &str, body: &[Hole], call: &Call, position: Position) {
        if position == Position::Block {
            self.out.fresh_line();
        }
        let mut rest = made;
        while let Some(at) = rest.find([LINK_MARKS[0], HOLE_MARKS[0]]) {
            self.out.push(&rest[..at]);
            let is_link = rest[at..].starts_with(LINK_MARKS[0]);
            rest = &rest[at + LINK_MARKS[0].len_utf8()..];
            let end = if is_link { LINK_MARKS[1] } else { HOLE_MARKS[1] };
            let Some((inner, after)) = rest.split_once(end) else { continue };
            rest = after;
            if is_link {
                rest = self.made_address(inner, rest, call);
            } else if let Some(hole) = inner.parse().ok().and_then(|number: usize| body.get(number)) {
                self.out.hole(hole.link, hole.part);
            }
        }
        self.out.push(rest);
        if position == Position::Block {
            self.out.fresh_line();
        }
    }

    /// An address that a shortcode wrote with the filter `link`; `rest` is what it wrote behind it. Returns what is left of that.
    fn made_address<'m>(&mut self, written: &str, rest: &'m str, call: &Call) -> &'m str {
        match link::address(written, self.input.own) {
            Address::Internal(target) => return self.made_hole(target, rest, call),
            Address::External => {
                self.load_of_tag(written, call.range.clone());
                self.external(written, call.range.clone());
                escape_address(written, &mut self.out.html);
            }
            Address::Script if !self.input.settings.unsafe_html => {}
            Address::Script | Address::AsWritten => escape_address(written, &mut self.out.html),
        }
        rest
    }

    /// A hole for an address in the middle of a tag, with its attribute or the whole tag around it. The tag may end in the text behind the call.
    fn made_hole<'m>(&mut self, target: LinkTarget, rest: &'m str, call: &Call) -> &'m str {
        let behind: &str = if rest.trim().is_empty() { &self.original[call.range.end..] } else { rest };
        let around = around(&self.out.html, behind);
        let alt = around.as_ref().and_then(|around| around.alt.as_deref());
        let link = self.link(target, "", alt, call.range.clone());
        self.prose.link(link, self.prose.text.len());
        let Some(around) = around else {
            self.look_at_bare_address(call);
            self.out.hole(link, HolePart::Address);
            return rest;
        };
        self.out.hole_at(around.start, link, HolePart::Begin);
        self.out.hole(link, HolePart::Address);
        if rest.trim().is_empty() {
            self.unclosed = Some((around.length, link));
            return "";
        }
        self.out.push(&rest[..around.length]);
        self.out.hole(link, HolePart::End);
        &rest[around.length..]
    }
}

/// What goes with an address that stands in the middle of a tag.
struct Around {
    /// Where it begins.
    start: usize,
    /// How much of what stands behind the address belongs to it.
    length: usize,
    /// The alternative text, if the tag is an image.
    alt: Option<String>,
}

/// The attribute or tag around an address between `before` and `behind`; nothing if it stands in none.
fn around(before: &str, behind: &str) -> Option<Around> {
    let near = before.len().saturating_sub(html::LONGEST_TAG);
    let start = near + before.as_bytes()[near..].iter().rposition(|byte| *byte == b'<')?;
    let far = (0..=behind.len().min(html::LONGEST_TAG)).rev().find(|far| behind.is_char_boundary(*far))?;
    let tag = format!("{}{}", &before[start..], &behind[..far]);
    let at = before.len() - start;
    let found = html::attributes(&tag).take_while(|found| found.start == 0).find(|found| found.range == (at..at))?;
    let extent = html::extent(&tag, &found);
    // Another address in the same tag has holes of its own.
    let extent = if tag[at..extent.end].contains([LINK_MARKS[0], HOLE_MARKS[0]]) { found.whole.clone() } else { extent };
    let is_image = found.tag.eq_ignore_ascii_case("img");
    let alt = is_image.then(|| html::value_of(&tag, 0, "alt").unwrap_or_default().into_owned());
    Some(Around { start: start + extent.start, length: extent.end - at, alt })
}

/// What a template wrote, without the addresses that are no part of a tag: nobody reads them as words.
fn unmarked(made: &str) -> Cow<'_, str> {
    if !made.contains(LINK_MARKS[0]) {
        return Cow::Borrowed(made);
    }
    let mut parts = made.split(LINK_MARKS[0]);
    let first = parts.next().unwrap_or("");
    let rest = parts.map(|part| part.split_once(LINK_MARKS[1]).map_or("", |(_, behind)| behind));
    std::iter::once(first).chain(rest).collect::<String>().into()
}

/// The body of a shortcode with its holes as marks, which survive whatever a template does with text.
fn marked(body: &Out) -> String {
    let mut marked = String::with_capacity(body.html.len() + body.holes.len() * 10);
    let mut from = 0;
    for (number, hole) in body.holes.iter().enumerate() {
        marked.push_str(&body.html[from..hole.at as usize]);
        from = hole.at as usize;
        marked.push(HOLE_MARKS[0]);
        marked.push_str(&number.to_string());
        marked.push(HOLE_MARKS[1]);
    }
    marked.push_str(&body.html[from..]);
    marked
}

/// True if all that a shortcode lacks is the text that stands between its tags.
fn wants_body(error: &tera::Error) -> bool {
    let ErrorKind::RenderingError(report) = error.kind() else { return false };
    report.message().starts_with("Variable `body` is not defined")
}

/// A shortcode with a text is called without one.
fn unclosed(name: &str, is_closed: bool) -> Diagnostic {
    let close = format!("`{{{{< /{name} >}}}}`");
    if is_closed {
        let problem = Diagnostic::error("unclosed-shortcode", format!("`{name}` has a text, and this call closes itself"));
        return problem.hint(format!("write `>}}}}` instead of `/>}}}}`, and {close} behind the text"));
    }
    Diagnostic::error("unclosed-shortcode", format!("`{name}` has a text, and its end is missing")).hint(format!("write {close} behind it"))
}

/// An error of the template as a problem of the call.
fn failure(name: &str, error: &tera::Error) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let message = format!("the shortcode `{name}` failed: {}", words_of_mistake(report.message()).0);
            Diagnostic::error("bad-shortcode", message).hint(format!("in `{}`, line {}", report.filename(), report.span().start_line))
        }
        _ => {
            let message = error.to_string();
            let first = message.lines().next().unwrap_or("").trim_end_matches('.');
            Diagnostic::error("bad-shortcode", format!("the shortcode `{name}` failed: {first}"))
        }
    }
}
