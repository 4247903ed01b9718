//! Finds the citations of a text before it is written, among the events of the parser.
//!
//! Only a text that may cite is gone through for it. It must not know what a citation becomes.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::fill::entry_id;
use super::flat::{Atom, Flat, Mark, Punctuation, SIGNS};
use super::syntax::{Found, Part};
use super::tell::{key_of, swapped, tell_nearly_known, tell_no_register, tell_odd, tell_raw, tell_slip, tell_unknown};
use super::{locator, syntax};
use crate::html::pieces::without_comments;
use crate::page::body::CiteSpot;
use crate::page::body::destination::{self, Address};
use crate::page::body::events::{Events, Held, skip_held};
use crate::page::body::prepass::comments::outside;
use crate::page::body::renderer::Renderer;
use crate::references::inline::plain;
use crate::references::{Cite, Format, Narration};

/// Elements of HTML in which words are no running text.
const NO_TEXT: [&str; 5] = ["<script", "<style", "<pre", "<code", "<textarea"];

/// A cluster with its place in the text.
#[derive(Debug)]
pub struct Placed {
    pub range: Range<usize>,
    pub narration: Narration,
    pub cites: Vec<Cite>,
    /// The place of each key.
    pub marks: Vec<Range<usize>>,
}

/// The citations of one text, in its order.
#[derive(Debug)]
pub struct Citations {
    /// Where the text stands in the page.
    pub spot: CiteSpot,
    placed: Vec<Placed>,
    /// The labels of all notes that have a text, in small letters.
    notes: HashSet<String>,
}

impl Default for Citations {
    fn default() -> Citations {
        Citations { spot: CiteSpot::Text, placed: Vec::new(), notes: HashSet::new() }
    }
}

impl Citations {
    /// The first cluster of which something stands in a range of the text, and its number.
    pub fn first_in(&self, range: &Range<usize>) -> Option<(usize, &Placed)> {
        let first = self.placed.partition_point(|placed| placed.range.end <= range.start);
        self.placed.get(first).filter(|placed| placed.range.start < range.end).map(|placed| (first, placed))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.placed.is_empty()
    }

    /// Whether a mark of the note `label` stands right before a citation at the byte `at`: Markdown takes `[^1][@a]` for a link that leads nowhere.
    pub fn follows_note(&self, label: &str, at: usize) -> bool {
        !self.placed.is_empty() && self.holds(at) && self.notes.contains(&label.to_lowercase())
    }

    /// Whether a cluster holds the byte at `at`.
    pub fn holds(&self, at: usize) -> bool {
        self.first_in(&(at..at + 1)).is_some()
    }

    /// Whether an event at this place is a part of a cluster. Blocks may begin where one begins, and of text only a piece may belong to it.
    pub fn has_read(&self, event: &Event, at: usize) -> bool {
        let is_inline = matches!(
            event,
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Superscript | Tag::Subscript | Tag::Link { .. })
                | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Superscript | TagEnd::Subscript | TagEnd::Link)
                | Event::Code(_)
                | Event::InlineHtml(_)
                | Event::SoftBreak
                | Event::HardBreak
        );
        is_inline && self.holds(at)
    }

    /// Takes a cluster, which stays in its place.
    pub fn take(&mut self, number: usize) -> (Narration, Vec<Cite>, Vec<Range<usize>>) {
        let placed = &mut self.placed[number];
        (placed.narration, std::mem::take(&mut placed.cites), std::mem::take(&mut placed.marks))
    }
}

/// Goes through the text of a page, or through a line of its front matter, if it may cite.
pub fn find(page: &mut Renderer, events: &mut Events) {
    // A line may come from a folder above.
    let may_cite = !page.input.front.cites.is_empty() || page.source.is_line();
    if !may_cite || memchr::memchr(b'@', page.source.text.as_bytes()).is_none() {
        return;
    }
    if page.input.can_cite() && !page.source.is_line() {
        let input = page.input;
        let known = input.front.cites.iter().filter_map(|key| input.register.get(key));
        known.for_each(|entry| page.structure.ids.keep(entry_id(&entry.item.key)));
    }
    let mut finder = Finder { flat: Flat::default(), placed: Vec::new(), links: 0 };
    let mut events = events.hold();
    while let Some((event, range)) = events.next() {
        finder.event(page, event, range.clone(), &mut events);
    }
    finder.end_block(page);
    finder.placed.sort_by_key(|placed| placed.range.start);
    page.citations.placed = finder.placed;
}

/// What a text is gone through with.
struct Finder {
    /// What has been read of the block.
    flat: Flat,
    placed: Vec<Placed>,
    /// How many links are open.
    links: u32,
}

impl Finder {
    fn event(&mut self, page: &mut Renderer, event: &Event, range: Range<usize>, events: &mut Held) {
        match event {
            Event::Start(Tag::Emphasis) => self.flat.atom(Atom::Open(Mark::Format(Format::Italic)), range),
            Event::Start(Tag::Strong) => self.flat.atom(Atom::Open(Mark::Format(Format::Bold)), range),
            Event::Start(Tag::Superscript) => self.flat.atom(Atom::Open(Mark::Format(Format::Superscript)), range),
            Event::Start(Tag::Subscript) => self.flat.atom(Atom::Open(Mark::Format(Format::Subscript)), range),
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                tell_raw(page, title, range.clone(), "the title of a link");
                self.link(page, *link_type, dest_url, range, events);
            }
            Event::Start(Tag::Image { title, .. }) => {
                tell_raw(page, title, range.clone(), "the title of a picture");
                self.flat.atom(Atom::Foreign, range.clone());
                let words = words_of(page, events);
                tell_raw(page, &words, range, "alternative text");
            }
            // What is struck out is text like other text, and foreign to a citation.
            Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough) => self.flat.atom(Atom::Foreign, range),
            Event::Start(Tag::CodeBlock(_) | Tag::MetadataBlock(_)) => {
                self.end_block(page);
                skip_held(events);
            }
            Event::Start(Tag::HtmlBlock) => {
                self.end_block(page);
                html_block(page, events);
            }
            Event::Start(Tag::FootnoteDefinition(label)) => {
                self.end_block(page);
                page.citations.notes.insert(label.to_lowercase());
            }
            Event::End(TagEnd::Link) => {
                self.links = self.links.saturating_sub(1);
                self.flat.atom(Atom::Close, range);
            }
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Superscript | TagEnd::Subscript) => self.flat.atom(Atom::Close, range),
            Event::Text(text) => self.text(page, text, range),
            Event::Code(code) => self.flat.atom(Atom::Code((**code).into()), range),
            Event::SoftBreak | Event::HardBreak => self.flat.line_end(range),
            Event::InlineHtml(html) if html.starts_with("<!--") => {}
            Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.flat.atom(Atom::Foreign, range);
            }
            Event::Start(_) | Event::End(_) | Event::Rule | Event::Html(_) | Event::TaskListMarker(_) => self.end_block(page),
        }
    }

    /// A link: no citation stands in one, and only one that leads out of the site can stand in a citation.
    fn link(&mut self, page: &mut Renderer, kind: LinkType, destination: &str, range: Range<usize>, events: &mut Held) {
        let written = &page.source.text[range.clone()];
        // What a reference or an address in angle brackets is called was meant for a link.
        if kind == LinkType::Inline
            && swapped(page, destination).is_none()
            && let Some((words, _)) = written.rsplit_once("](").filter(|(words, _)| !words.contains(['`', '\\']))
        {
            tell_raw(page, &format!("{words}]"), range.clone(), "a link");
        }
        let is_web = !matches!(kind, LinkType::WikiLink { .. } | LinkType::Email);
        if is_web && destination::address(destination, page.own_address()) == Address::External && !destination.starts_with("//") {
            self.links += 1;
            return self.flat.atom(Atom::Open(Mark::Link(destination.into())), range);
        }
        self.flat.atom(Atom::Foreign, range);
        skip_held(events);
    }

    fn text(&mut self, page: &Renderer, text: &str, range: Range<usize>) {
        if text.len() != range.len() || self.links > 0 {
            return self.flat.atom(Atom::Text(text.into()), range);
        }
        for part in outside(page.source.fillings, range.clone()) {
            let mut start = part.start;
            // The sign before a line of front matter is none of it.
            start += usize::from(page.source.is_line() && start == 0);
            let mut letters = &text[start - range.start..part.end - range.start];
            let is_escaped = start == range.start && page.source.text[..start].ends_with('\\');
            if is_escaped && letters.starts_with(|letter: char| letter.is_ascii_punctuation()) {
                let (head, rest) = letters.split_at(1);
                self.flat.atom(Atom::Text(head.into()), start..start + 1);
                (letters, start) = (rest, start + 1);
            }
            if !letters.is_empty() {
                self.flat.letters(letters, start);
            }
        }
    }

    /// Reads the citations of the block that ends here.
    fn end_block(&mut self, page: &mut Renderer) {
        if memchr::memchr(b'@', self.flat.text.as_bytes()).is_some() {
            let register = page.input.register.clone();
            let reading = syntax::read(&self.flat.text, &page.input.lang, |key| register.get(key).is_some());
            // With a register it is the style that cannot be used, which has been told.
            if !page.input.can_cite() && register.is_empty() {
                tell_no_register(page, &self.flat, &reading.clusters);
            } else if page.input.can_cite() {
                reading.slips.iter().for_each(|(range, slip)| tell_slip(page, &self.flat, range, slip));
                reading.odd.iter().for_each(|(range, odd)| tell_odd(page, &self.flat, range, odd));
                reading.unknown.iter().for_each(|range| tell_nearly_known(page, &self.flat, range));
                let placed = reading.clusters.into_iter().filter_map(|found| place(page, &self.flat, found));
                self.placed.extend(placed);
            }
        }
        self.flat.clear();
    }
}

/// The words of the element that began last, up to its end.
fn words_of(page: &Renderer, events: &mut Held) -> String {
    let (mut words, mut depth) = (String::new(), 1);
    while depth > 0 {
        match events.next() {
            Some((Event::Start(_), _)) => depth += 1,
            Some((Event::End(_), _)) => depth -= 1,
            Some((Event::Text(text), range)) => words.push_str(if is_escaped(page, range.start) { "\u{F0012}" } else { text }),
            Some(_) => words.push(' '),
            None => break,
        }
    }
    words
}

/// Whether what begins at a byte of the text is meant as it is.
fn is_escaped(page: &Renderer, at: usize) -> bool {
    page.source.text[..at].ends_with('\\')
}

/// A block of HTML, in which no citation is set. What stands in code and scripts is none.
fn html_block(page: &mut Renderer, events: &mut Held) {
    let mut html = String::new();
    let mut place = None;
    for (event, range) in events {
        let (Event::Html(line) | Event::Text(line)) = event else { break };
        if place.is_none() && line.contains('@') {
            place = Some(range.clone());
        }
        html.push_str(line);
    }
    let Some(place) = place else { return };
    let html = without_comments(&html);
    if !NO_TEXT.iter().any(|tag| html.contains(tag)) {
        tell_raw(page, &html, place, "a block of HTML");
    }
}

/// A cluster with its place, without the keys that no source has, which are told of; `None` if none is left.
pub fn place(page: &mut Renderer, flat: &Flat, found: Found) -> Option<Placed> {
    let punctuation = if page.markdown().smart_punctuation { Punctuation::Smart(page.quotes) } else { Punctuation::AsWritten };
    let (mut cites, mut marks) = (Vec::with_capacity(found.parts.len()), Vec::with_capacity(found.parts.len()));
    for part in found.parts {
        let place = flat.source(&part.mark);
        let key: Box<str> = key_of(page, &part, &place).into();
        let Part { prefix, suffix, locator, place: locator_at, authors, .. } = part;
        let Some(entry) = page.input.register.get(&key) else {
            tell_unknown(page, &key, place);
            continue;
        };
        let key = entry.item.key.clone();
        let (prefix, suffix) = (flat.tree(&prefix, punctuation), flat.tree(&suffix, punctuation));
        let locator = match locator {
            Some(signed) if signed.value.contains(SIGNS) => {
                locator::of_letters(&plain(&flat.tree(&locator_at, Punctuation::AsWritten)), &page.input.lang)
            }
            other => other,
        };
        cites.push(Cite { key, prefix, suffix, locator, authors });
        marks.push(place);
    }
    (!cites.is_empty()).then(|| Placed { range: flat.source(&found.range), narration: found.narration, cites, marks })
}
