//! What is open while a text is rendered: elements of Markdown, the paragraph, the heading, the table and the note that are being written.
//!
//! It must not know shortcodes.

use std::ops::Range;

use pulldown_cmark::{Alignment, CowStr};

use super::buffer::HtmlBuffer;
use super::links::LinkEnd;

/// The elements that have begun and not ended.
#[derive(Debug, Default)]
pub struct Open<'a> {
    /// How many elements of Markdown are open.
    pub depth: u32,
    /// True while the first heading is still to come that is the title.
    pub expects_title: bool,
    /// How many levels headings are lowered by.
    pub lowered: u8,
    pub in_link: u32,
    /// Whether a quotation in single marks has begun in the block.
    pub in_single: bool,
    pub in_paragraph: bool,
    /// Where the text of the paragraph begins in what is written, and how many elements were open there, itself among them: none between paragraphs.
    pub paragraph: (usize, u32),
    /// The text of the heading that is being read, as it is written.
    pub heading_text: Option<String>,
    pub heading_start: HeadingStart,
    pub link_ends: Vec<LinkEnd>,
    /// What ends each quotation.
    pub quotes: Vec<&'static str>,
    pub table: OpenTable,
    /// What is written outside of the footnote that is being read, with its label and place.
    pub outside: Vec<(HtmlBuffer, CowStr<'a>, Range<usize>)>,
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

/// The table that is being read.
#[derive(Debug, Default)]
pub struct OpenTable {
    pub columns: Vec<Alignment>,
    pub column: usize,
    /// Where the cell that is being read begins in what is written.
    pub cell: usize,
    pub row: Row,
    /// How many blocks of prose and how many citations stand before the row that is being read.
    pub before: (usize, usize),
}

/// Where in a table the reader is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Row {
    #[default]
    Head,
    First,
    Later,
}
