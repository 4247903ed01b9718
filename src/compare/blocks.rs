//! The blocks of a text: headings, paragraphs, items, rows, code, notes, in the order of reading.
//!
//! Owns `Block` and `Shape`. It must not know which of them changed. What the program itself wrote into a text, such as the numbers of notes and the ways
//! back from them, is not compared: one note more would change all that follow.

use std::ops::Range;

use super::inline::{Inline, Text, look};
use super::words::Interner;
use crate::html::attributes::{unescape, value_of};
use crate::html::blocks::is_block;
use crate::html::pieces::{Piece, pieces};

/// A piece of a text that is read as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    pub shape: Shape,
    /// Whether it stands below no heading, whatever stands above: what comes before it is no part of the text.
    pub begins: bool,
    /// One; of a row one a cell.
    pub texts: Vec<Text>,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    Heading(u8),
    Paragraph,
    Quote,
    /// How deep its list is within others, from 1; its number, if the list is numbered; whether it goes on with an item.
    Item {
        depth: u8,
        number: Option<u32>,
        goes_on: bool,
    },
    /// Whether it is the first of its table, and which of its cells are headings.
    Row {
        is_first: bool,
        headings: Vec<bool>,
    },
    Code,
    /// A note below the text; whether it goes on with one.
    Note {
        goes_on: bool,
    },
    Caption,
    Term,
    Definition,
}

impl Shape {
    /// Blocks of different sorts are never one.
    pub fn sort(&self) -> u8 {
        match self {
            Shape::Heading(_) => 0,
            Shape::Paragraph | Shape::Quote => 1,
            Shape::Item { .. } => 2,
            Shape::Row { .. } => 3,
            Shape::Code => 4,
            Shape::Note { .. } => 5,
            Shape::Caption => 6,
            Shape::Term | Shape::Definition => 7,
        }
    }
}

impl Block {
    pub fn is_heading(&self) -> bool {
        matches!(self.shape, Shape::Heading(_))
    }

    /// How many of its words count.
    pub fn count(&self) -> usize {
        self.texts.iter().map(|text| text.count(&(0..text.words.len()))).sum()
    }

    /// What it says.
    pub fn plain(&self) -> String {
        self.texts.iter().map(|text| text.plain.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Its words in order.
    pub fn bag(&self) -> Vec<u32> {
        let mut bag: Vec<u32> = self.texts.iter().flat_map(|text| &text.words).filter(|word| word.counts).map(|word| word.key).collect();
        bag.sort_unstable();
        bag
    }
}

/// What is not words: nothing within is read.
const SKIPPED: [&str; 12] =
    ["svg", "template", "button", "select", "textarea", "iframe", "object", "video", "audio", "canvas", "noscript", "head"];

/// The class of a rule above the beginning of a text.
pub const BEGINS: &str = "begins";

/// The blocks of HTML, whose words get numbers of `interner`.
pub fn blocks(html: &str, interner: &mut Interner) -> Vec<Block> {
    let mut reader = Reader {
        html,
        interner,
        found: Vec::new(),
        open: Vec::new(),
        inline: Inline::default(),
        row: None,
        is_first_row: false,
        begins: false,
        skip: None,
        atom: None,
    };
    pieces(html).for_each(|piece| reader.piece(piece));
    reader.end_row();
    reader.flush();
    reader.found
}

/// An element that is open.
struct Open<'h> {
    tag: &'h str,
    /// Of a list: the number of its next item; `None` if it is not numbered.
    next: Option<u32>,
    /// Of an item: its number, and whether a block of it has been found.
    number: Option<u32>,
    is_begun: bool,
    /// Whether it holds the notes.
    is_notes: bool,
}

struct Reader<'h, 'i> {
    html: &'h str,
    interner: &'i mut Interner,
    found: Vec<Block>,
    open: Vec<Open<'h>>,
    inline: Inline,
    /// The cells of a row, and which are headings.
    row: Option<(Vec<Text>, Vec<bool>)>,
    is_first_row: bool,
    begins: bool,
    /// The element in which nothing is read, and how deep it is in others of its name.
    skip: Option<(&'h str, usize)>,
    /// Where what is compared as a whole begins, and by what it is compared.
    atom: Option<(usize, String)>,
}

impl<'h> Reader<'h, '_> {
    fn piece(&mut self, piece: Piece<'h>) {
        match piece {
            Piece::Text(range) if self.skip.is_none() => {
                let is_code = self.is_in("pre");
                self.inline.push(&unescape(&self.html[range]), is_code);
            }
            Piece::Open(tag, range) => self.opening(tag, range),
            Piece::Close(tag, _) => self.closing(tag),
            Piece::Text(_) | Piece::Comment(_) | Piece::Other(_) => {}
        }
    }

    fn is_in(&self, tag: &str) -> bool {
        self.open.iter().any(|open| open.tag.eq_ignore_ascii_case(tag))
    }

    fn attribute(&self, start: usize, name: &str) -> Option<String> {
        value_of(self.html, start, name).map(|value| value.into_owned())
    }

    fn opening(&mut self, tag: &'h str, range: Range<usize>) {
        let is = |name: &str| tag.eq_ignore_ascii_case(name);
        if let Some((skipped, depth)) = &mut self.skip {
            *depth += usize::from(skipped.eq_ignore_ascii_case(tag) && !self.html[range].ends_with("/>"));
            return;
        }
        let role = || self.attribute(range.start, "role").unwrap_or_default();
        if SKIPPED.iter().any(|name| is(name)) || is("a") && role() == "doc-backlink" {
            self.skip = (!self.html[range].ends_with("/>")).then_some((tag, 1));
            return;
        }
        match () {
            () if is("img") => return self.picture(range.start),
            () if is("input") => return self.box_to_tick(range),
            () if is("br") => return if self.is_in("pre") { self.inline.push("\n", true) } else { self.inline.blank() },
            () if is("a") && role() == "doc-noteref" => self.atom = Some((self.inline.len(), "\u{0}note".into())),
            () if is("a") && self.attribute(range.start, "class").as_deref() == Some("biblioref") => {
                let to = self.attribute(range.start, "href").unwrap_or_default();
                self.atom = Some((self.inline.len(), format!("\u{0}{to}")));
            }
            () => {}
        }
        if is("hr") {
            self.flush();
            self.begins |= self.attribute(range.start, "class").as_deref() == Some(BEGINS);
        }
        if is_void(tag) {
            return;
        }
        if is_block(tag) {
            self.flush();
        }
        self.begin(tag, range.start);
    }

    /// Notes that an element is open.
    fn begin(&mut self, tag: &'h str, start: usize) {
        let is = |name: &str| tag.eq_ignore_ascii_case(name);
        let mut open = Open { tag, next: None, number: None, is_begun: false, is_notes: false };
        if is("ol") {
            open.next = Some(self.attribute(start, "start").and_then(|number| number.parse().ok()).unwrap_or(1));
        } else if is("li") {
            let list = self.open.iter_mut().rev().find(|open| ["ol", "ul"].iter().any(|list| open.tag.eq_ignore_ascii_case(list)));
            if let Some(next) = list.and_then(|list| list.next.as_mut()) {
                open.number = Some(*next);
                *next += 1;
            }
        } else if is("section") {
            open.is_notes = self.attribute(start, "role").as_deref() == Some("doc-endnotes");
        } else if is("table") {
            self.is_first_row = true;
        } else if is("tr") {
            self.end_row();
            self.row = Some(Default::default());
        } else if is("td") || is("th") {
            self.end_cell();
            if let Some((_, headings)) = &mut self.row {
                headings.push(is("th"));
            }
        }
        self.open.push(open);
        self.inline.set_look(self.look());
    }

    fn closing(&mut self, tag: &'h str) {
        if let Some((skipped, depth)) = &mut self.skip {
            if skipped.eq_ignore_ascii_case(tag) {
                *depth -= 1;
                if *depth == 0 {
                    self.skip = None;
                }
            }
            return;
        }
        let Some(at) = self.open.iter().rposition(|open| open.tag.eq_ignore_ascii_case(tag)) else { return };
        if tag.eq_ignore_ascii_case("a") {
            self.end_atom();
        }
        if is_block(tag) {
            self.flush();
        }
        if tag.eq_ignore_ascii_case("td") || tag.eq_ignore_ascii_case("th") {
            self.end_cell();
        }
        if tag.eq_ignore_ascii_case("tr") || tag.eq_ignore_ascii_case("table") {
            self.end_row();
        }
        self.open.truncate(at);
        self.inline.set_look(self.look());
    }

    fn look(&self) -> u8 {
        // All of it looks the same in code.
        if self.is_in("pre") {
            return 0;
        }
        self.open.iter().filter_map(|open| look(open.tag)).fold(0, |all, look| all | look)
    }

    /// A picture is what it says in its place; it is another one if its file is.
    fn picture(&mut self, start: usize) {
        let (alt, file) = (self.attribute(start, "alt").unwrap_or_default(), self.attribute(start, "src").unwrap_or_default());
        let file = file.rsplit('/').next().unwrap_or_default();
        let shown = if alt.trim().is_empty() { file } else { alt.trim() };
        self.whole(&format!("[{shown}]"), format!("\u{0}picture {file} {alt}"));
    }

    fn box_to_tick(&mut self, range: Range<usize>) {
        let is_ticked = crate::html::attributes::has_attribute(self.html, range.start, "checked");
        if self.attribute(range.start, "type").as_deref() == Some("checkbox") {
            let sign = if is_ticked { "☑" } else { "☐" };
            self.whole(sign, sign.into());
        }
    }

    fn whole(&mut self, shown: &str, key: String) {
        let from = self.inline.len();
        self.inline.push(shown, true);
        self.inline.atom(from, key);
    }

    /// A citation that is only a number is compared by its source, for numbers follow from those before it.
    fn end_atom(&mut self) {
        let Some((from, key)) = self.atom.take().filter(|(from, _)| *from < self.inline.len()) else { return };
        let is_number = key == "\u{0}note" || self.inline.since(from).bytes().all(|byte| byte.is_ascii_digit());
        if is_number {
            self.inline.atom(from, key);
        }
    }

    /// Ends the text that was being read.
    fn flush(&mut self) {
        self.atom = None;
        if let Some((cells, headings)) = &self.row {
            // What stands in a cell is one text.
            if headings.len() > cells.len() {
                return self.inline.blank();
            }
        }
        if self.inline.is_empty() {
            self.inline = Inline::default();
            self.inline.set_look(self.look());
            return;
        }
        let shape = self.shape();
        let inline = std::mem::take(&mut self.inline);
        let text = inline.finish(shape == Shape::Code, self.interner);
        self.inline.set_look(self.look());
        let begins = std::mem::take(&mut self.begins);
        self.found.push(Block { shape, begins, texts: vec![text] });
    }

    /// Ends the cell that was being read.
    fn end_cell(&mut self) {
        let Some((cells, headings)) = &mut self.row else { return };
        if headings.len() > cells.len() {
            cells.push(std::mem::take(&mut self.inline).finish(false, self.interner));
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        let Some((texts, mut headings)) = self.row.take().filter(|(texts, _)| !texts.is_empty()) else { return };
        headings.truncate(texts.len());
        let is_first = std::mem::take(&mut self.is_first_row);
        let begins = std::mem::take(&mut self.begins);
        self.found.push(Block { shape: Shape::Row { is_first, headings }, begins, texts });
    }

    /// What the text that ends here is, by the elements that it stands in, the innermost first.
    fn shape(&mut self) -> Shape {
        let depth = self.open.iter().filter(|open| ["ol", "ul"].iter().any(|list| open.tag.eq_ignore_ascii_case(list))).count() as u8;
        let is_notes = self.open.iter().any(|open| open.is_notes);
        for open in self.open.iter_mut().rev() {
            let tag = open.tag.to_ascii_lowercase();
            match tag.as_str() {
                "pre" => return Shape::Code,
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => return Shape::Heading(tag.as_bytes()[1] - b'0'),
                "caption" | "figcaption" | "summary" => return Shape::Caption,
                "dt" => return Shape::Term,
                "dd" => return Shape::Definition,
                "li" => {
                    let goes_on = std::mem::replace(&mut open.is_begun, true);
                    let number = open.number;
                    return if is_notes { Shape::Note { goes_on } } else { Shape::Item { depth: depth.max(1), number, goes_on } };
                }
                "blockquote" => return Shape::Quote,
                _ => {}
            }
        }
        Shape::Paragraph
    }
}

/// Elements without an end.
fn is_void(tag: &str) -> bool {
    const VOID: [&str; 13] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
    VOID.iter().any(|void| void.eq_ignore_ascii_case(tag))
}
