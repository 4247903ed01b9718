//! The loop over what a Markdown parser finds: each event becomes HTML, holes, links and plain text.
//!
//! It must not know where links lead, nor other pages.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::buffer::HtmlBuffer;
use super::collected::{Collected, Structure};
use super::events::Events;
use super::input::BodyInput;
use super::language::{self, Words};
use super::open::{Open, Row};
use super::passes::Fence;
use super::passes::abbreviations::Terms;
use super::passes::blocks::{Block, BlockNames};
use super::passes::citations::Citations;
use super::passes::marks::Marks;
use super::prose::{Leaf, Until};
use super::shortcode::call::shown_in_code;
use super::shortcode::{Calls, Position};
use super::source::Source;
use crate::config::Markdown;
use crate::diagnostic::{Diagnostic, Place};
use crate::highlight;
use crate::html::{attribute, escape};
use crate::typography::{self, Quotes};

/// A page with more problems than this has one problem.
const MOST_PROBLEMS: usize = 100;

/// One text being rendered: what it is rendered from, what is collected and written of it, and what is open.
pub struct Renderer<'a> {
    pub input: &'a BodyInput,
    pub source: Source<'a>,
    pub terms: &'a Terms<'a>,
    /// Labels and quotation marks in the language of the page.
    pub words: &'static Words,
    pub quotes: Quotes,

    pub collected: Collected,
    pub structure: Structure,
    pub out: HtmlBuffer,

    pub open: Open<'a>,
    pub calls: Calls<'a>,
    /// What the text cites.
    pub citations: Citations,
    /// What it marks.
    pub marks: Marks,
    /// What its blocks are called.
    pub blocks: BlockNames,
    /// Where it has tags of other tools, which are shown as they are.
    pub foreign: &'a [Range<usize>],
}

impl<'a> Renderer<'a> {
    /// A renderer of one text, which adds to what is `collected` of its page.
    pub fn new(input: &'a BodyInput, source: Source<'a>, terms: &'a Terms<'a>, collected: Collected) -> Renderer<'a> {
        let length = source.text.len();
        Renderer {
            input,
            source,
            terms,
            words: language::words(&input.lang),
            quotes: typography::quotes_of(&input.lang),
            collected,
            structure: Structure::default(),
            out: HtmlBuffer::with_capacity(length + length / 2),
            open: Open::default(),
            calls: Calls::default(),
            citations: Citations::default(),
            marks: Marks::default(),
            blocks: BlockNames::default(),
            foreign: &[],
        }
    }

    /// How Markdown is read.
    pub fn markdown(&self) -> &'a Markdown {
        &self.input.settings.markdown
    }

    /// The address of the site.
    pub fn own_address(&self) -> Option<&'a str> {
        self.input.settings.own.as_deref()
    }

    /// Renders the whole text, whose events these are.
    pub fn run(&mut self, mut events: Events<'a>) {
        self.begin_text(&mut events);
        while let Some((event, range)) = events.next() {
            // What stands in a citation has been read.
            if !self.citations.is_empty() && self.citations.has_read(&event, range.start) {
                continue;
            }
            self.event(event, range, &mut events);
        }
        self.leaf();
    }

    /// Writes what an event is; `events` are those behind it.
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
            Event::FootnoteReference(label) => {
                self.structure.notes.refer(&label, self.collected.clusters.len(), self.words, &mut self.out.html);
            }
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
            Event::InlineMath(formula) => self.formula(&formula, ["<span class=\"math\">", "</span>"]),
            Event::DisplayMath(formula) => self.formula(&formula, ["<span class=\"math display\">", "</span>"]),
        }
    }

    /// Begins an element, or writes it whole.
    pub fn start(&mut self, tag: Tag<'a>, range: Range<usize>, events: &mut Events<'a>) {
        match tag {
            Tag::Paragraph => return self.paragraph(range, events),
            Tag::CodeBlock(kind) => return self.code_block(&kind, range, events),
            Tag::HtmlBlock => return self.html_block(range, events),
            Tag::Image { link_type: LinkType::WikiLink { .. }, dest_url, .. } => return self.embed(&dest_url, range, events),
            Tag::Image { dest_url, title, .. } => return self.image(&dest_url, &title, range, events),
            Tag::Table(columns) => return self.table(columns, range, events),
            Tag::Link { link_type, dest_url, title, .. } => {
                if !self.open_link(link_type, &dest_url, &title, range, events) {
                    return;
                }
            }
            Tag::Heading { id, classes, attrs, .. } => self.open_heading(id, &classes, &attrs, &range),
            Tag::BlockQuote(_) => self.open_quote(&range, events),
            Tag::List(Some(1)) => self.open_block(Block::List, &range, "<ol", ">\n"),
            Tag::List(Some(first)) => self.open_block(Block::List, &range, &format!("<ol start=\"{first}\""), ">\n"),
            Tag::List(None) => self.open_block(Block::List, &range, "<ul", ">\n"),
            Tag::Item => self.open_block(Block::Item, &range, "<li", ">"),
            Tag::DefinitionList => self.open("<dl>\n"),
            Tag::DefinitionListTitle => self.open("<dt>"),
            Tag::DefinitionListDefinition => self.open("<dd>"),
            Tag::FootnoteDefinition(label) => self.open_note(label, range),
            Tag::TableHead => self.open_row(Row::Head),
            Tag::TableRow => {
                self.look_for_extra_cells(&range);
                self.open_row(self.open.table.row);
            }
            Tag::TableCell => self.open_cell(),
            Tag::Emphasis => self.out.push("<em>"),
            Tag::Strong => self.out.push("<strong>"),
            Tag::Strikethrough => {
                self.out.push("<del>");
                self.collected.prose.omit(Until::Leaf);
            }
            Tag::Superscript => self.out.push("<sup>"),
            Tag::Subscript => self.out.push("<sub>"),
            Tag::MetadataBlock(_) => {}
        }
        self.open.depth += 1;
    }

    fn end(&mut self, tag: TagEnd) {
        self.open.depth = self.open.depth.saturating_sub(1);
        if !self.calls.frames.is_empty() {
            self.end_frames_below(self.open.depth);
        }
        match tag {
            TagEnd::Paragraph => self.close_paragraph(),
            TagEnd::Heading(level) => self.close_heading(level as u8),
            TagEnd::BlockQuote(_) => self.close_quote(),
            TagEnd::List(is_ordered) => self.out.push(if is_ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::Item => self.close("</li>\n"),
            TagEnd::DefinitionList => self.out.push("</dl>\n"),
            TagEnd::DefinitionListTitle => self.close("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.close("</dd>\n"),
            TagEnd::FootnoteDefinition => self.close_note(),
            TagEnd::Table => self.close_table(),
            TagEnd::TableHead | TagEnd::TableRow => self.close_row(),
            TagEnd::TableCell => self.close_cell(),
            TagEnd::Link => self.close_link(),
            TagEnd::Emphasis => self.out.push("</em>"),
            TagEnd::Strong => self.out.push("</strong>"),
            TagEnd::Strikethrough => {
                self.out.push("</del>");
                self.collected.prose.resume();
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

    /// The same of a block that may have a name, between the name of its tag and the end of it.
    fn open_block(&mut self, of: Block, range: &Range<usize>, tag: &str, end: &str) {
        self.open(tag);
        let id = self.block_id(of, range);
        self.out.push(&id);
        self.out.push(end);
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

    /// Ends the block of text that is being read.
    pub fn end_leaf(&mut self, leaf: Leaf) {
        self.open.in_single = false;
        self.collected.end_leaf(leaf, self.structure.heading());
    }

    fn line_break(&mut self, html: &str) {
        self.out.push(html);
        self.collected.prose.push(" ");
    }

    /// Writes a formula for who sets it.
    pub fn formula(&mut self, formula: &str, [open, close]: [&str; 2]) {
        self.out.push(open);
        escape(formula, &mut self.out.html);
        self.out.push(close);
    }

    /// A block of code, with its comments and shortcodes as they were written.
    fn code_block(&mut self, kind: &CodeBlockKind, range: Range<usize>, events: &mut Events<'a>) {
        self.leaf();
        let mut code = String::new();
        for (event, _) in events {
            let Event::Text(text) = event else { break };
            code.push_str(&self.source.original_of(&text));
        }
        let language = if let CodeBlockKind::Fenced(info) = kind { highlight::language(info) } else { "" };
        self.fence(&Fence { language, code: &shown_in_code(&code), range });
    }

    /// The place in the file of a range of the text.
    pub fn place(&self, range: Range<usize>) -> Place {
        Place::range(&self.input.path, &self.input.text.get(), self.source.in_file(range))
    }

    /// Whether one more problem would be told.
    pub fn can_tell(&self) -> bool {
        self.collected.diagnostics.len() < MOST_PROBLEMS
    }

    /// Notes a problem at a range of the text, unless there are too many.
    pub fn problem(&mut self, problem: Diagnostic, range: Range<usize>) {
        if self.can_tell() {
            let place = self.place(range);
            self.collected.diagnostics.push(problem.at(place));
        }
    }
}
