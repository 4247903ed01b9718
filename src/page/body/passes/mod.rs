//! Passes: what is recognised in a text besides CommonMark while it is written.
//!
//! Owns the tables of passes: by the bytes of running text, of quotations, of blocks of code, what is found before a text is written, and what is said
//! when all has been read. A chart or an entity is one more file here, and one more row. It must not know blocks of HTML or shortcodes.

pub mod abbreviations;
mod alerts;
mod assess;
mod autolinks;
pub mod blocks;
pub mod citations;
mod code;
mod escapes;
pub mod marks;
pub mod notes;
mod punctuation;
mod tasks;
pub mod text;

use std::ops::Range;

use super::events::Events;
use super::renderer::Renderer;
use super::typos;

use blocks::Block;

/// A look at running text wherever one of some bytes stands. No pass looks at letters, digits, blanks or commas.
pub struct TextPass {
    pub bytes: &'static [u8],
    pub look: for<'a, 't> fn(&mut Renderer<'a>, &Spot<'t>) -> Taken,
}

/// Where a pass looks at running text.
#[derive(Debug)]
pub struct Spot<'t> {
    /// The text, without escapes and references, and where it begins in the source.
    pub text: &'t str,
    pub start: usize,
    /// How far it has been written.
    pub written: usize,
    /// The byte that the pass looks at.
    pub at: usize,
}

/// What a pass has made of what it looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// Nothing: the next pass looks at it.
    Nothing,
    /// So many bytes are text as it stands, and no other pass looks at them.
    Plain(usize),
    /// So many bytes become this text.
    Replaced(usize, &'static str),
    /// All up to this byte has been written.
    Written(usize),
}

/// The passes over running text. Of those that look at one byte the first that takes it holds.
const TEXT: [TextPass; 14] = [
    autolinks::PASS,
    punctuation::QUOTES,
    punctuation::DASHES,
    punctuation::ELLIPSES,
    escapes::PASS,
    tasks::PASS,
    notes::PASS,
    assess::PASS,
    typos::address::PASS,
    typos::dialect::PASS,
    typos::heading::PASS,
    typos::table::PASS,
    marks::PASS,
    blocks::PASS,
];

/// What a quotation may be instead: writes its beginning, and returns what ends it.
type QuotePass = for<'a> fn(&mut Renderer<'a>, &Range<usize>, &mut Events<'a>) -> Option<&'static str>;

/// The first that takes a quotation holds.
const QUOTES: [QuotePass; 1] = [alerts::open];

/// A block of code.
#[derive(Debug)]
pub struct Fence<'t> {
    /// Its language; empty if it names none.
    pub language: &'t str,
    pub code: &'t str,
    pub range: Range<usize>,
}

/// What a block of code may be: writes it, and says whether it has.
type FencePass = fn(&mut Renderer, &Fence) -> bool;

/// The first that takes a block holds; the last takes all.
const FENCES: [FencePass; 1] = [code::write];

/// What is found in a text before it is written.
/// What stands in a citation is none of the later ones.
const FIRST: [fn(&mut Renderer, &mut Events); 3] = [citations::find, marks::find, blocks::find];

/// What is told when all of a text has been read.
const LAST: [fn(&mut Renderer); 2] = [typos::escaped::tell_notes, notes::tell_unused];

impl<'a> Renderer<'a> {
    /// Finds what must be known of a text before it is written.
    pub fn begin_text(&mut self, events: &mut Events) {
        FIRST.iter().for_each(|find| find(self, events));
    }

    /// Begins a quotation, or what it is instead.
    pub fn open_quote(&mut self, range: &Range<usize>, events: &mut Events<'a>) {
        self.leaf();
        self.out.fresh_line();
        let depth = self.open.quotes.len();
        // What a pass reads of a quotation may be another quotation: it is opened within this one.
        self.open.quotes.push("</blockquote>\n");
        match QUOTES.iter().find_map(|open| open(self, range, events)) {
            Some(end) => self.open.quotes[depth] = end,
            None => {
                let id = self.block_id(Block::Quote, range);
                self.out.push("<blockquote");
                self.out.push(&id);
                self.out.push(">\n");
            }
        }
    }

    /// Ends a quotation, or what it is instead.
    pub fn close_quote(&mut self) {
        self.leaf();
        self.out.push(self.open.quotes.pop().unwrap_or_default());
    }

    /// Writes a block of code.
    pub fn fence(&mut self, fence: &Fence) {
        self.out.fresh_line();
        FENCES.iter().any(|write| write(self, fence));
    }

    /// Tells what only shows when all of the text has been read.
    pub fn finish_text(&mut self) {
        LAST.iter().for_each(|tell| tell(self));
    }
}
