//! What of a document becomes the front matter of a page, and what its text.
//!
//! It must not know Word, nor how Markdown is written.

use super::left_out::{Left, LeftOut};
use super::model::{Block, Inline, Line};

/// A page that is to be written.
#[derive(Debug, Default)]
pub struct Draft {
    pub title: Option<String>,
    pub summary: Option<String>,
    /// As it is written in the document.
    pub date: Option<String>,
    /// Whom the text itself names as its authors.
    pub authors: Vec<String>,
    pub blocks: Vec<Block>,
}

/// Longer lines are sentences that are bold.
const LONGEST_HEADING: usize = 100;

/// Makes a page of the blocks of a document.
pub fn draft(blocks: Vec<Block>, left: &mut LeftOut) -> Draft {
    let mut draft = Draft::default();
    let mut rest = Vec::new();
    for block in blocks {
        match block {
            Block::Title(line) if rest.is_empty() => match &mut draft.title {
                Some(title) => *title = format!("{title} {}", line.text()),
                None => draft.title = Some(line.text()),
            },
            Block::Title(line) => rest.push(Block::Heading(1, line)),
            Block::Subtitle(line) if rest.is_empty() && draft.summary.is_none() => draft.summary = Some(line.text()),
            Block::Date(line) if rest.is_empty() && draft.date.is_none() => draft.date = Some(line.text()),
            Block::Author(line) if rest.is_empty() => draft.authors.push(line.text()),
            Block::Subtitle(line) | Block::Date(line) | Block::Author(line) => rest.push(Block::Paragraph(line)),
            block => rest.push(block),
        }
    }
    if !rest.iter().any(|block| matches!(block, Block::Heading(..))) {
        bold_headings(&mut rest, &mut draft, left);
    }
    lone_title(&mut rest, &mut draft);
    draft.blocks = captions(rest);
    levels(&mut draft.blocks);
    draft
}

/// Of a document without headings its short bold lines are some, and the first of them its title if it has none.
fn bold_headings(blocks: &mut [Block], draft: &mut Draft, left: &mut LeftOut) {
    for (at, block) in blocks.iter_mut().enumerate() {
        let Block::Paragraph(line) = block else { continue };
        let text = line.text();
        if is_bold(line) && text.chars().count() <= LONGEST_HEADING && !text.ends_with(['.', ':', ',', ';']) {
            left.at(Left::BoldHeadings, &text);
            let level = if at == 0 && draft.title.is_none() { 1 } else { 2 };
            *block = Block::Heading(level, std::mem::take(line));
        }
    }
}

fn is_bold(line: &Line) -> bool {
    line.words.iter().all(|inline| match inline {
        Inline::Words { text, marks, link: None } => marks.bold || text.trim().is_empty(),
        _ => false,
    })
}

/// The first heading of a document without a title is its title, if no other stands as high.
fn lone_title(blocks: &mut Vec<Block>, draft: &mut Draft) {
    let highest = blocks.iter().filter_map(level).min();
    if draft.title.is_none()
        && blocks.iter().filter(|block| level(block) == highest).count() == 1
        && let Some(Block::Heading(first, line)) = blocks.first()
        && Some(*first) == highest
        && line.is_plain_or_bold()
    {
        draft.title = Some(line.text());
        blocks.remove(0);
    }
}

fn level(block: &Block) -> Option<u8> {
    if let Block::Heading(level, _) = block { Some(*level) } else { None }
}

/// The title stands in the front matter, so sections begin with two signs.
fn levels(blocks: &mut [Block]) {
    let highest = blocks.iter().filter_map(level).min().unwrap_or(2);
    for block in blocks {
        if let Block::Heading(level, _) = block {
            *level = (*level + 2 - highest.min(2)).min(6);
        }
    }
}

/// Gives captions to what they stand at: one of a table mostly stands above it, one of a picture below.
fn captions(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut blocks = blocks.into_iter().peekable();
    while let Some(block) = blocks.next() {
        let Block::Caption(line) = block else {
            out.push(block);
            continue;
        };
        if let Some(Block::Table(table)) = blocks.peek_mut() {
            table.caption = Some(line);
            continue;
        }
        match out.last_mut() {
            Some(Block::Figure(_, caption @ None)) if line.is_plain() => *caption = Some(line),
            Some(Block::Table(table)) if table.caption.is_none() => table.caption = Some(line),
            _ => match blocks.peek_mut() {
                Some(Block::Figure(_, caption @ None)) if line.is_plain() => *caption = Some(line),
                _ => out.push(Block::Paragraph(line)),
            },
        }
    }
    out
}

impl Line {
    /// Whether it is nothing but words, whatever they look like.
    fn is_plain_or_bold(&self) -> bool {
        self.words.iter().all(|inline| matches!(inline, Inline::Words { link: None, .. } | Inline::Break))
    }
}
