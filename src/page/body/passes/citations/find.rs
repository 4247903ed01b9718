//! Finds the citations of a text before it is written, among the events of the parser.
//!
//! Only a text that may cite is gone through for it. It must not know what a citation becomes.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Tag, TagEnd};

use super::fill::entry_id;
use super::flat::{Atom, Flat, Mark, Punctuation};
use super::syntax::{self, Found, Part, Piece, Slip};
use crate::diagnostic::{Diagnostic, nearest};
use crate::page::body::CiteSpot;
use crate::page::body::destination::{self, Address};
use crate::page::body::events::Events;
use crate::page::body::prepass::comments::outside;
use crate::page::body::renderer::Renderer;
use crate::references::{Cite, Format, Narration};

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
}

impl Default for Citations {
    fn default() -> Citations {
        Citations { spot: CiteSpot::Text, placed: Vec::new() }
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
pub fn find(page: &mut Renderer, options: Options) {
    // A line may come from a folder above.
    let may_cite = !page.input.front.cites.is_empty() || page.source.is_line();
    if !may_cite || memchr::memchr(b'@', page.source.text.as_bytes()).is_none() {
        return;
    }
    if page.input.can_cite() && !page.source.is_line() {
        let input = page.input;
        let known = input.front.cites.iter().filter(|key| input.register.get(key).is_some());
        known.for_each(|key| page.structure.ids.keep(entry_id(key)));
    }
    let mut finder = Finder { flat: Flat::default(), placed: Vec::new(), links: 0 };
    let mut events = Events::new(page.source.text, options);
    while let Some((event, range)) = events.next() {
        finder.event(page, event, range, &mut events);
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
    fn event(&mut self, page: &mut Renderer, event: Event, range: Range<usize>, events: &mut Events) {
        match event {
            Event::Start(Tag::Emphasis) => self.flat.atom(Atom::Open(Mark::Format(Format::Italic)), range),
            Event::Start(Tag::Strong) => self.flat.atom(Atom::Open(Mark::Format(Format::Bold)), range),
            Event::Start(Tag::Superscript) => self.flat.atom(Atom::Open(Mark::Format(Format::Superscript)), range),
            Event::Start(Tag::Subscript) => self.flat.atom(Atom::Open(Mark::Format(Format::Subscript)), range),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => self.link(page, link_type, &dest_url, range, events),
            Event::Start(Tag::Image { .. }) => {
                self.flat.atom(Atom::Foreign, range);
                events.skip_element();
            }
            // What is struck out is text like other text, and foreign to a citation.
            Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough) => self.flat.atom(Atom::Foreign, range),
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_)) => {
                self.end_block(page);
                events.skip_element();
            }
            Event::End(TagEnd::Link) => {
                self.links = self.links.saturating_sub(1);
                self.flat.atom(Atom::Close, range);
            }
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Superscript | TagEnd::Subscript) => self.flat.atom(Atom::Close, range),
            Event::Text(text) => self.text(page, &text, range),
            Event::Code(code) => self.flat.atom(Atom::Code((*code).into()), range),
            Event::SoftBreak | Event::HardBreak => self.flat.line_end(range),
            Event::InlineHtml(html) if html.starts_with("<!--") => {}
            Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.flat.atom(Atom::Foreign, range);
            }
            Event::Start(_) | Event::End(_) | Event::Rule | Event::Html(_) | Event::TaskListMarker(_) => self.end_block(page),
        }
    }

    /// A link: no citation stands in one, and only one that leads out of the site can stand in a citation.
    fn link(&mut self, page: &mut Renderer, kind: LinkType, destination: &str, range: Range<usize>, events: &mut Events) {
        let is_web = !matches!(kind, LinkType::WikiLink { .. } | LinkType::Email);
        if is_web && destination::address(destination, page.own_address()) == Address::External && !destination.starts_with("//") {
            self.links += 1;
            return self.flat.atom(Atom::Open(Mark::Link(destination.into())), range);
        }
        self.flat.atom(Atom::Foreign, range);
        events.skip_element();
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
            if register.is_empty() {
                tell_no_register(page, &self.flat, &reading.clusters);
            } else if page.input.can_cite() {
                reading.slips.iter().for_each(|(range, slip)| tell_slip(page, &self.flat, range, slip));
                reading.unknown.iter().for_each(|range| tell_nearly_known(page, &self.flat, range));
                let placed = reading.clusters.iter().filter_map(|found| place(page, &self.flat, found));
                self.placed.extend(placed);
            }
        }
        self.flat.clear();
    }
}

/// A cluster with its place, without the keys that no source has, which are told of; `None` if none is left.
fn place(page: &mut Renderer, flat: &Flat, found: &Found) -> Option<Placed> {
    let punctuation = if page.markdown().smart_punctuation { Punctuation::Smart(page.quotes) } else { Punctuation::AsWritten };
    let (mut cites, mut marks) = (Vec::new(), Vec::new());
    for part in &found.parts {
        let Part { mark, key, prefix, suffix, locator, authors } = part;
        let place = flat.source(mark);
        if page.input.register.get(key).is_none() {
            tell_unknown(page, key, place);
            continue;
        }
        let (prefix, suffix) = (flat.tree(prefix, punctuation), flat.tree(suffix, punctuation));
        cites.push(Cite { key: key.as_str().into(), prefix, suffix, locator: locator.clone(), authors: *authors });
        marks.push(place);
    }
    (!cites.is_empty()).then(|| Placed { range: flat.source(&found.range), narration: found.narration, cites, marks })
}

/// The problem with the nearest key as what is meant.
pub fn unknown(page: &Renderer, key: &str) -> Diagnostic {
    let problem = Diagnostic::error("unknown-source", format!("no source has the key `{key}`"));
    let keys = page.input.register.entries().iter().map(|entry| &*entry.item.key);
    match nearest(key, keys) {
        Some(near) => problem.hint(format!("did you mean `@{near}`?")),
        None => problem.hint("add the source to a register in `content/_data/`, or write `\\@` if this is no citation"),
    }
}

/// Tells of a key that no source has.
fn tell_unknown(page: &mut Renderer, key: &str, place: Range<usize>) {
    let problem = unknown(page, key);
    page.problem(problem, place);
}

/// Tells of `@word` in running text only where it is nearly a key: most are names that people have elsewhere.
fn tell_nearly_known(page: &mut Renderer, flat: &Flat, range: &Range<usize>) {
    let key = flat.text[range.clone()].trim_start_matches(['-', '@', '{']).trim_end_matches('}');
    let keys = page.input.register.entries().iter().map(|entry| &*entry.item.key);
    // A key that was meant has a digit, as nearly all have.
    let Some(near) = nearest(key, keys).filter(|_| key.contains(|letter: char| letter.is_ascii_digit())) else { return };
    let message = format!("`@{key}` is shown as it is written: no source has that key");
    let problem =
        Diagnostic::warning("nearly-source", message).hint(format!("did you mean `@{near}`? Write `\\@{key}` if this is no citation"));
    page.problem(problem, flat.source(range));
}

/// Tells, once a page, of what looks like a citation where there is no register.
fn tell_no_register(page: &mut Renderer, flat: &Flat, clusters: &[Found]) {
    let looks_so = |part: &Part| part.locator.is_some() || part.key.contains(|letter: char| letter.is_ascii_digit());
    let found = clusters.iter().find(|found| found.parts.len() > 1 || found.parts.iter().any(looks_so));
    let is_told = page.collected.diagnostics.iter().any(|problem| problem.code == "no-register");
    let Some(found) = found.filter(|_| !is_told) else { return };
    let problem = Diagnostic::warning("no-register", "this looks like a citation, and the site has no register of sources");
    let problem = problem.hint("put a `.bib` file, or what Zotero exports, into `content/_data/`; or write `\\@` if this is none");
    page.problem(problem, flat.source(&found.range));
}

fn tell_slip(page: &mut Renderer, flat: &Flat, range: &Range<usize>, slip: &Slip) {
    let place = flat.source(range);
    let problem = match slip {
        Slip::Joined(pieces) => {
            let written: String = pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Kept(range) => &page.source.text[flat.source(range)],
                    Piece::New(text) => text,
                })
                .collect();
            let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
            Diagnostic::error("joined-sources", "between two sources there must be a `;`").hint(format!("write `{written}`"))
        }
        Slip::Foreign => Diagnostic::error(
            "bad-citation",
            "a note, a picture, HTML, a shortcode, a struck word or a link into the site cannot stand in a citation",
        )
        .hint("put it before or behind the brackets, or write `\\@` if this is no citation"),
        Slip::Nested => {
            Diagnostic::error("bad-citation", "a citation stands within the brackets of another").hint("put one behind the other")
        }
        Slip::TooMany => Diagnostic::error("bad-citation", "more than 1,000 sources stand in one pair of brackets"),
    };
    page.problem(problem, place);
}

/// Whether a destination is a citation that a formatter has taken for the address of a link: `[paragraph 14](@council2025)`.
pub fn swapped<'d>(page: &Renderer, destination: &'d str) -> Option<&'d str> {
    let key = destination.strip_prefix('@').filter(|_| page.input.can_cite())?;
    page.input.register.get(key).map(|_| key)
}

/// Tells of such a link.
pub fn tell_swapped(page: &mut Renderer, key: &str, range: Range<usize>) {
    let written = &page.source.text[range.clone()];
    let words = written.strip_prefix('[').and_then(|rest| rest.split_once("](")).map_or("", |(words, _)| words);
    let problem = Diagnostic::error("swapped-citation", format!("this is a link to `@{key}`, which is a source and no address"));
    let hint =
        format!("a formatter has taken `({words})[@{key}]` for a link with its brackets the wrong way round: write `({words}) [@{key}]`");
    page.problem(problem.hint(hint), range);
}
