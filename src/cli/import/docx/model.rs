//! A document as it was understood: blocks, and the words in them.
//!
//! It must not know Word, nor Markdown.

use super::numbering::Item;
use super::styles::Marks;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Address(String),
    /// A bookmark of this document.
    Name(String),
}

/// What stands within a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    Words {
        text: String,
        marks: Marks,
        link: Option<Target>,
    },
    Break,
    /// A note, by its label.
    Note(String),
    Picture(Picture),
}

/// A picture beside the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    pub file: String,
    pub words: String,
    pub is_decorative: bool,
}

/// Words with the names that links find them by.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    pub words: Vec<Inline>,
    pub names: Vec<String>,
}

/// A block of the text.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    Title(Line),
    Subtitle(Line),
    Date(Line),
    Author(Line),
    Heading(u8, Line),
    Paragraph(Line),
    Item(Item, Line),
    Quote(Line),
    Caption(Line),
    Code(Line),
    Table(Table),
    /// A picture with its caption.
    Figure(Picture, Option<Line>),
}

/// A table with a caption.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    pub caption: Option<Line>,
    pub rows: Vec<Vec<Cell>>,
    /// How many rows are its head.
    pub head: usize,
}

/// A cell; those that it covers are not in their rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    pub blocks: Vec<Block>,
    pub columns: usize,
    pub rows: usize,
    pub align: Align,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Start,
    Centre,
    End,
}

impl Line {
    /// The bare words.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for inline in &self.words {
            match inline {
                Inline::Words { text: words, .. } => text.push_str(words),
                Inline::Break => text.push(' '),
                Inline::Note(_) | Inline::Picture(_) => {}
            }
        }
        text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|inline| match inline {
            Inline::Words { text, .. } => text.trim().is_empty(),
            Inline::Break => true,
            Inline::Note(_) | Inline::Picture(_) => false,
        })
    }

    /// Whether it is nothing but words, all of them plain.
    pub fn is_plain(&self) -> bool {
        self.words.iter().all(|inline| matches!(inline, Inline::Words { marks, link: None, .. } if *marks == Marks::default()))
    }
}
