//! The loop over what a Markdown parser finds: each event becomes HTML, holes, links and plain text.
//!
//! It must not know where links lead, nor other pages.

use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::AhoCorasick;
use pulldown_cmark::{Alignment, CowStr, Event, Options, Tag, TagEnd};

use super::call::Call;
use super::events::Events;
use super::heading::Ids;
use super::language::Words;
use super::links::Closer;
use super::notes::Notes;
use super::out::Out;
use super::prose::{Leaf, Prose, Until};
use super::shortcode::{DEEPEST, Frame, Position};
use super::slips::{Load, Slips};
use super::{Heading, Input, Link, language};
use crate::diagnostic::{Diagnostic, Place};
use crate::html::{attribute, escape};
use crate::typography::Quotes;

/// A page with more problems than this has one problem.
const MOST_PROBLEMS: usize = 100;

/// Where the text that is being rendered stands in the file.
#[derive(Debug, Clone, Copy)]
pub enum Ground {
    /// It begins at this byte.
    Body(usize),
    /// A line of the front matter, with a letter before it that is not in the file; where, if it could be found.
    Line(Option<usize>),
}

/// What has been rendered of a page, and what is needed to go on.
pub struct Writer<'a> {
    pub input: &'a Input<'a>,
    /// The text that the parser reads, and as its author wrote it: both of the same length.
    pub text: &'a str,
    pub original: &'a str,
    pub ground: Ground,
    /// What stands in `text` for comments, and is not shown.
    pub fillings: &'a [Range<usize>],
    pub calls: &'a [Call<'a>],
    /// Names of abbreviations, and what they stand for.
    pub abbreviations: Option<&'a AhoCorasick>,
    pub meanings: &'a [(&'a str, &'a str)],
    /// True while the first heading is still to come that is the title.
    pub expects_title: bool,
    /// How many levels headings are lowered by.
    pub lowered: u8,

    pub out: Out,
    pub prose: Prose,
    pub title: Option<String>,
    pub links: Vec<Link>,
    pub external: Vec<(Box<str>, Range<u32>)>,
    pub headings: Vec<Heading>,
    pub anchors: Vec<Box<str>>,
    pub ids: Ids,
    pub notes: Notes,
    pub diagnostics: Vec<Diagnostic>,
    pub slips: Slips,
    /// What is loaded from elsewhere.
    pub loads: Vec<Load>,

    pub words: &'static Words,
    pub quotes: Quotes,
    /// How many elements of Markdown are open.
    pub depth: u32,
    pub in_link: u32,
    pub in_single: bool,
    pub in_paragraph: bool,
    /// Where the text of the paragraph begins in what is written, and how many elements were open there, itself among them: none between paragraphs.
    pub paragraph: (usize, u32),
    /// The next shortcode tag.
    pub next_call: usize,
    pub frames: Vec<Frame>,
    /// How much raw HTML is still to come that goes with the address of a link, which a shortcode wrote into the middle of a tag.
    pub unclosed: Option<(usize, u32)>,
    /// Closing tags of shortcodes that are done once their paragraph has ended.
    deferred: Vec<usize>,
    /// The text of the heading that is being read, as it is written.
    pub heading_text: Option<String>,
    pub heading_start: HeadingStart,
    pub closers: Vec<Closer>,
    /// For each open quotation, whether it is an alert.
    pub alerts: Vec<bool>,
    pub columns: Vec<Alignment>,
    pub column: usize,
    /// Where the cell that is being read begins in what is written.
    pub cell: usize,
    pub row: Row,
    /// How many tables there are under each heading.
    pub tables: HashMap<Option<u32>, u32>,
    /// What is written outside of the footnote that is being read, with its label and place.
    pub outside: Vec<(Out, CowStr<'a>, Range<usize>)>,
}

/// Where the heading that is being read began in what is collected.
#[derive(Debug, Default)]
pub struct HeadingStart {
    pub html: usize,
    pub links: usize,
    pub attributes: String,
    pub id: Option<String>,
    pub place: Range<usize>,
}

/// Where in a table the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    Head,
    First,
    Later,
}

impl<'a> Writer<'a> {
    /// A writer of the Markdown `text`, which stands in the file where `ground` says.
    pub fn new(input: &'a Input<'a>, text: &'a str, original: &'a str, ground: Ground) -> Writer<'a> {
        Writer {
            input,
            text,
            original,
            ground,
            fillings: &[],
            calls: &[],
            abbreviations: None,
            meanings: &[],
            expects_title: false,
            lowered: 0,
            out: Out::with_capacity(text.len() + text.len() / 4),
            prose: Prose::with_capacity(text.len()),
            title: None,
            links: Vec::new(),
            external: Vec::new(),
            headings: Vec::new(),
            anchors: Vec::new(),
            ids: Ids::default(),
            notes: Notes::default(),
            diagnostics: Vec::new(),
            slips: Slips::default(),
            loads: Vec::new(),
            words: language::words(input.lang),
            quotes: typography::quotes_of(input.lang),
            depth: 0,
            in_link: 0,
            in_single: false,
            in_paragraph: false,
            paragraph: (0, 0),
            next_call: 0,
            frames: Vec::new(),
            unclosed: None,
            deferred: Vec::new(),
            heading_text: None,
            heading_start: HeadingStart::default(),
            closers: Vec::new(),
            alerts: Vec::new(),
            columns: Vec::new(),
            column: 0,
            cell: 0,
            row: Row::Head,
            tables: HashMap::new(),
            outside: Vec::new(),
        }
    }

    /// Renders the whole text.
    pub fn run(&mut self, options: Options) {
        let mut events = Events::of(self.text, options);
        while let Some((event, range)) = events.next() {
            self.event(event, range, &mut events);
        }
        self.leaf();
    }

    pub fn event(&mut self, event: Event<'a>, range: Range<usize>, events: &mut Events<'a>) {
        match event {
            Event::Text(text) => self.text(&text, range),
            Event::Start(tag) => self.start(tag, range, events),
            Event::End(tag) => {
                self.end(tag);
                self.finish_waiting(tag, &range);
            }
            Event::Code(code) => self.code(&code),
            Event::SoftBreak => self.line_break("\n"),
            Event::HardBreak => self.line_break("<br>\n"),
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::Html(html) => self.raw(&html, &[(0, range.start)], Position::Block),
            Event::FootnoteReference(label) => self.notes.refer(&label, self.words, &mut self.out.html),
            Event::Rule => {
                self.leaf();
                self.out.fresh_line();
                self.out.push("<hr>\n");
            }
            Event::TaskListMarker(is_done) => {
                let name = if is_done { self.words.done } else { self.words.to_do };
                self.out.push(if is_done { "<input type=\"checkbox\" checked disabled" } else { "<input type=\"checkbox\" disabled" });
                attribute("aria-label", name, &mut self.out.html);
                self.out.push("> ");
            }
            Event::InlineMath(formula) => self.formula(&formula, "<span class=\"math\">", "</span>"),
            Event::DisplayMath(formula) => self.formula(&formula, "<span class=\"math display\">", "</span>"),
        }
    }

    pub fn start(&mut self, tag: Tag<'a>, range: Range<usize>, events: &mut Events<'a>) {
        match tag {
            Tag::Paragraph => return self.paragraph(range, events),
            Tag::CodeBlock(kind) => return self.code_block(kind, range, events),
            Tag::HtmlBlock => return self.html_block(range, events),
            Tag::Image { dest_url, title, .. } => return self.image(&dest_url, &title, range, events),
            Tag::Table(columns) => return self.table(columns, range, events),
            Tag::Link { link_type, dest_url, title, .. } => {
                if !self.open_link(link_type, &dest_url, &title, range, events) {
                    return;
                }
            }
            Tag::Heading { id, classes, attrs, .. } => self.open_heading(id, &classes, &attrs, &range),
            Tag::BlockQuote(_) => self.open_quote(range, events),
            Tag::List(Some(1)) => self.open("<ol>\n"),
            Tag::List(Some(first)) => self.open(&format!("<ol start=\"{first}\">\n")),
            Tag::List(None) => self.open("<ul>\n"),
            Tag::Item => self.open("<li>"),
            Tag::DefinitionList => self.open("<dl>\n"),
            Tag::DefinitionListTitle => self.open("<dt>"),
            Tag::DefinitionListDefinition => self.open("<dd>"),
            Tag::FootnoteDefinition(label) => {
                self.leaf();
                if self.is_defined_again(&label, &range) {
                    self.prose.omit(Until::Resumed);
                }
                self.outside.push((std::mem::take(&mut self.out), label, range));
            }
            Tag::TableHead => self.open_row(Row::Head),
            Tag::TableRow => {
                self.look_for_extra_cells(&range);
                self.open_row(self.row);
            }
            Tag::TableCell => self.open_cell(),
            Tag::Emphasis => self.out.push("<em>"),
            Tag::Strong => self.out.push("<strong>"),
            Tag::Strikethrough => {
                self.out.push("<del>");
                self.prose.omit(Until::Leaf);
            }
            Tag::Superscript => self.out.push("<sup>"),
            Tag::Subscript => self.out.push("<sub>"),
            Tag::MetadataBlock(_) => {}
        }
        self.depth += 1;
    }

    fn end(&mut self, tag: TagEnd) {
        self.depth = self.depth.saturating_sub(1);
        self.end_frames_below(self.depth);
        match tag {
            TagEnd::Paragraph => self.close_paragraph(),
            TagEnd::Heading(level) => self.close_heading(level as u8),
            TagEnd::BlockQuote(_) => {
                self.leaf();
                let is_alert = self.alerts.pop().unwrap_or(false);
                self.out.push(if is_alert { "</div>\n" } else { "</blockquote>\n" });
            }
            TagEnd::List(is_ordered) => self.out.push(if is_ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::Item => self.close("</li>\n"),
            TagEnd::DefinitionList => self.out.push("</dl>\n"),
            TagEnd::DefinitionListTitle => self.close("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.close("</dd>\n"),
            TagEnd::FootnoteDefinition => {
                self.leaf();
                if let Some((outside, label, range)) = self.outside.pop() {
                    if self.notes.defined(&label).is_some() {
                        self.prose.resume();
                    }
                    let note = std::mem::replace(&mut self.out, outside);
                    self.notes.define(&label, note, range);
                }
            }
            TagEnd::Table => self.close_table(),
            TagEnd::TableHead | TagEnd::TableRow => self.close_row(),
            TagEnd::TableCell => self.close_cell(),
            TagEnd::Link => self.close_link(),
            TagEnd::Emphasis => self.out.push("</em>"),
            TagEnd::Strong => self.out.push("</strong>"),
            TagEnd::Strikethrough => {
                self.out.push("</del>");
                self.prose.resume();
            }
            TagEnd::Superscript => self.out.push("</sup>"),
            TagEnd::Subscript => self.out.push("</sub>"),
            TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// Begins a block that may follow text of the block around it.
    pub fn open(&mut self, html: &str) {
        self.leaf();
        self.out.fresh_line();
        self.out.push(html);
    }

    /// Ends a block that may hold text itself.
    fn close(&mut self, html: &str) {
        self.leaf();
        self.out.push(html);
    }

    /// Ends the text that stands right in a list item, a cell or the like.
    pub fn leaf(&mut self) {
        self.end_leaf(Leaf::Other);
    }

    pub fn end_leaf(&mut self, leaf: Leaf) {
        self.in_single = false;
        self.prose.end(leaf, self.heading(), &mut self.links);
    }

    /// The index of the last heading.
    pub fn heading(&self) -> Option<u32> {
        (self.headings.len() as u32).checked_sub(1)
    }

    fn line_break(&mut self, html: &str) {
        self.out.push(html);
        self.prose.push(" ");
    }

    fn paragraph(&mut self, range: Range<usize>, events: &mut Events<'a>) {
        if matches!(self.ground, Ground::Line(_)) {
            self.depth += 1;
            return;
        }
        self.leaf();
        self.out.fresh_line();
        let end = range.start + self.text[range.clone()].trim_end().len();
        if let Some((Event::DisplayMath(formula), place)) = events.peek()
            && place.end >= end
        {
            let formula = formula.clone();
            self.formula(&formula, "<div class=\"math\">", "</div>\n");
            return events.skip_element();
        }
        // A shortcode around a paragraph, or around its beginning, stands outside of it.
        for _ in 0..DEEPEST {
            let Some(call) = self.opens_around(&(range.start..end)) else { break };
            self.call(call, Position::Inline);
        }
        self.depth += 1;
        self.paragraph = (self.out.html.len(), self.depth);
        let only_calls = !self.calls.is_empty() && self.is_calls_only(range.start..end);
        self.in_paragraph = !only_calls;
        if self.in_paragraph {
            self.begin_paragraph();
        }
    }

    pub fn begin_paragraph(&mut self) {
        self.out.push("<p>");
        self.in_paragraph = true;
        self.paragraph = (self.out.html.len(), self.depth);
    }

    /// Ends the paragraph that is being written, if one is; what holds nothing is none.
    pub fn end_paragraph(&mut self) {
        let is_own = self.paragraph.1 <= 1 && self.frames.is_empty() && self.outside.is_empty();
        self.end_leaf(if is_own { Leaf::Paragraph } else { Leaf::Other });
        if !std::mem::take(&mut self.in_paragraph) {
            return;
        }
        let (begin, _) = self.paragraph;
        let is_empty = self.out.html.get(begin..).is_some_and(|html| html.trim_ascii().is_empty());
        let has_hole = self.out.holes.last().is_some_and(|hole| hole.at as usize >= begin);
        if is_empty && !has_hole && self.out.html[..begin].ends_with("<p>") {
            self.out.html.truncate(begin - "<p>".len());
        } else {
            self.out.push("</p>\n");
        }
    }

    fn close_paragraph(&mut self) {
        if matches!(self.ground, Ground::Line(_)) {
            return;
        }
        self.end_paragraph();
        self.paragraph = (0, 0);
        for call in std::mem::take(&mut self.deferred) {
            self.call(call, Position::Inline);
        }
    }

    /// HTML within a line; or the tag of a shortcode, which looks like it to the parser.
    fn inline_html(&mut self, html: &str, range: Range<usize>) {
        let found = self.calls.binary_search_by_key(&range.start, |call| call.range.start).ok();
        match found.or_else(|| self.call_in(&range)) {
            // A tag that stands around its paragraph has been written already.
            Some(at) if at < self.next_call => {}
            Some(at) if self.calls[at].range == range => {
                let opener = self.calls[at].partner.filter(|partner| *partner < at);
                let is_right_in = self.depth == self.paragraph.1;
                let is_around =
                    is_right_in && self.frames.last().is_some_and(|frame| Some(frame.call) == opener && frame.depth + 1 == self.depth);
                if is_around {
                    self.next_call = at + 1;
                    self.deferred.push(at);
                } else {
                    self.call(at, Position::Inline);
                }
            }
            Some(_) => self.html_with_calls(html, &[(0, range.start)], Position::Inline),
            None => self.raw(html, &[(0, range.start)], Position::Inline),
        }
    }

    fn formula(&mut self, formula: &str, open: &str, close: &str) {
        self.out.push(open);
        escape(formula, &mut self.out.html);
        self.out.push(close);
    }

    /// Where a slice of the text begins in it; nothing if it is no slice of it.
    pub fn offset(&self, slice: &str) -> Option<usize> {
        let start = (slice.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        (start + slice.len() <= self.text.len()).then_some(start)
    }

    /// The place in the file of a range of the text.
    pub fn in_file(&self, range: Range<usize>) -> Range<usize> {
        match self.ground {
            Ground::Body(start) => range.start + start..range.end + start,
            // The letter before the line is one byte.
            Ground::Line(Some(start)) => (range.start + start).saturating_sub(1)..(range.end + start).saturating_sub(1),
            Ground::Line(None) => 0..0,
        }
    }

    pub fn problem(&mut self, problem: Diagnostic, range: Range<usize>) {
        if self.diagnostics.len() < MOST_PROBLEMS {
            let place = Place::range(self.input.path, self.input.text, self.in_file(range));
            self.diagnostics.push(problem.at(place));
        }
    }
}
