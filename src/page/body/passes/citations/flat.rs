//! The text of a block as citations are read from it: letters of running text, and one sign for whatever else stands among them.
//!
//! Owns `Flat`, and how pieces of it become trees. It must not know what a citation is.

use std::ops::Range;

use crate::references::{Format, Inline};
use crate::typography::{Quotes, dash};

/// Emphasis or a link begins, and ends.
pub const OPEN: char = '\u{F0010}';
pub const CLOSE: char = '\u{F0011}';
/// Letters that mean nothing but themselves: escaped ones, references, code.
pub const LITERAL: char = '\u{F0012}';
/// What cannot stand within a citation: a note, a picture, HTML, a shortcode, a link into the site.
pub const FOREIGN: char = '\u{F0013}';
/// Where an author has written one of these signs.
const WRITTEN: &str = "\u{F0014}";
/// The byte with which each of these signs begins; hardly any other letter does.
pub const FIRST_OF_SIGNS: u8 = 0xF3;
/// All of these.
pub const SIGNS: [char; 5] = [OPEN, CLOSE, LITERAL, FOREIGN, '\u{F0014}'];

/// What a sign stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Atom {
    Open(Mark),
    Close,
    Text(Box<str>),
    Code(Box<str>),
    Foreign,
}

/// What begins with a sign.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    Format(Format),
    /// An address of the web.
    Link(Box<str>),
}

/// How quotation marks, dashes and dots in a row are set.
#[derive(Debug, Clone, Copy)]
pub enum Punctuation {
    AsWritten,
    Smart(Quotes),
}

/// The text of a block.
#[derive(Debug, Default)]
pub struct Flat {
    pub text: String,
    /// In the order of the text.
    pieces: Vec<Piece>,
}

#[derive(Debug)]
struct Piece {
    /// Where it begins in `text`.
    at: usize,
    source: Range<usize>,
    /// None for letters, which stand in the source as they do here.
    atom: Option<Atom>,
}

impl Flat {
    /// Adds letters that stand in the source from `start` on.
    pub fn letters(&mut self, letters: &str, start: usize) {
        self.pieces.push(Piece { at: self.text.len(), source: start..start + letters.len(), atom: None });
        match memchr::memchr(FIRST_OF_SIGNS, letters.as_bytes()).is_some() {
            true => self.text.push_str(&letters.replace([OPEN, CLOSE, LITERAL, FOREIGN], WRITTEN)),
            false => self.text.push_str(letters),
        }
    }

    /// Adds the end of a line.
    pub fn line_end(&mut self, source: Range<usize>) {
        self.pieces.push(Piece { at: self.text.len(), source: source.start..source.start + 1, atom: None });
        self.text.push('\n');
    }

    /// Adds what is no letter.
    pub fn atom(&mut self, atom: Atom, source: Range<usize>) {
        let sign = match atom {
            Atom::Open(_) => OPEN,
            Atom::Close => CLOSE,
            Atom::Text(_) | Atom::Code(_) => LITERAL,
            Atom::Foreign => FOREIGN,
        };
        self.pieces.push(Piece { at: self.text.len(), source, atom: Some(atom) });
        self.text.push(sign);
    }

    /// Forgets the block.
    pub fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
    }

    /// The place in the source of a range of the text.
    pub fn source(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.piece_at(range.start).map_or(0, |piece| match piece.atom {
            None => piece.source.start + range.start - piece.at,
            Some(_) => piece.source.start,
        });
        let last = range.end.max(range.start + 1) - 1;
        let end = self.piece_at(last).map_or(start, |piece| match piece.atom {
            None => piece.source.start + last + 1 - piece.at,
            Some(_) => piece.source.end,
        });
        start..if range.is_empty() { start } else { end.max(start) }
    }

    fn piece_at(&self, at: usize) -> Option<&Piece> {
        self.pieces[..self.pieces.partition_point(|piece| piece.at <= at)].last()
    }

    /// A range of the text as a tree.
    pub fn tree(&self, range: &Range<usize>, punctuation: Punctuation) -> Vec<Inline> {
        if range.is_empty() {
            return Vec::new();
        }
        let first = self.pieces.partition_point(|piece| piece.at <= range.start).saturating_sub(1);
        let mut tree = Tree::default();
        for (number, piece) in self.pieces.iter().enumerate().skip(first).take_while(|(_, piece)| piece.at < range.end) {
            let end = self.pieces.get(number + 1).map_or(self.text.len(), |next| next.at);
            let (start, end) = (piece.at.max(range.start), end.min(range.end));
            match &piece.atom {
                _ if start >= end => {}
                None => {
                    let around = (self.text[..start].chars().next_back(), self.text[end..].chars().next());
                    tree.text(&set(&self.text[start..end], around, punctuation));
                }
                Some(Atom::Text(text)) => tree.text(text),
                Some(Atom::Code(code)) => tree.piece(Inline::Span(Format::Verbatim, vec![Inline::text(&**code)])),
                Some(Atom::Open(mark)) => tree.open.push((mark.clone(), std::mem::take(&mut tree.pieces))),
                Some(Atom::Close) => tree.close(),
                Some(Atom::Foreign) => {}
            }
        }
        // Emphasis that goes on behind the range ends with it.
        while !tree.open.is_empty() {
            tree.close();
        }
        tree.pieces
    }
}

/// A tree that grows at its end.
#[derive(Default)]
struct Tree {
    pieces: Vec<Inline>,
    open: Vec<(Mark, Vec<Inline>)>,
}

impl Tree {
    fn text(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(Inline::Text(last)) => *last = format!("{last}{text}").into(),
            _ => self.pieces.push(Inline::text(text)),
        }
    }

    fn piece(&mut self, piece: Inline) {
        self.pieces.push(piece);
    }

    /// Ends what began last; what began before the tree is of no interest.
    fn close(&mut self) {
        let Some((mark, outside)) = self.open.pop() else { return };
        let inside = std::mem::replace(&mut self.pieces, outside);
        if inside.is_empty() {
            return;
        }
        self.piece(match mark {
            Mark::Format(format) => Inline::Span(format, inside),
            Mark::Link(address) => Inline::Link(address, inside),
        });
    }
}

/// Letters with their punctuation set; `around` are the letters beside them.
fn set(letters: &str, around: (Option<char>, Option<char>), punctuation: Punctuation) -> String {
    let letters = letters.replace('\n', " ").replace(WRITTEN, "");
    let Punctuation::Smart(quotes) = punctuation else { return letters };
    let mut set = String::with_capacity(letters.len());
    let (mut at, mut is_open) = (0, false);
    while let Some(letter) = letters[at..].chars().next() {
        let before = set.chars().next_back().or(around.0);
        let after = letters[at + letter.len_utf8()..].chars().next().or(around.1);
        let hyphens = letters[at..].bytes().take_while(|byte| *byte == b'-').count();
        let (length, shown) = match letter {
            '"' => (1, quotes.double(before, after)),
            '\'' => (1, quotes.single(before, after, &mut is_open)),
            '-' => (hyphens, dash(hyphens).unwrap_or(&letters[at..at + hyphens])),
            '.' if letters[at..].starts_with("...") => (3, "…"),
            letter => (letter.len_utf8(), &letters[at..at + letter.len_utf8()]),
        };
        set.push_str(shown);
        at += length;
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::references::inline::plain;
    use crate::typography::quotes_of;

    fn flat() -> Flat {
        let mut flat = Flat::default();
        flat.letters("a \"b\" ", 10);
        flat.atom(Atom::Open(Mark::Format(Format::Italic)), 16..21);
        flat.letters("c--d", 17);
        flat.atom(Atom::Close, 16..22);
        flat.atom(Atom::Text("&".into()), 22..27);
        flat.line_end(27..28);
        flat.atom(Atom::Code("x".into()), 28..31);
        flat
    }

    #[test]
    fn a_piece_of_a_text_becomes_a_tree_with_its_emphasis() {
        let flat = flat();
        let tree = flat.tree(&(0..flat.text.len()), Punctuation::Smart(quotes_of("en")));
        assert_eq!(plain(&tree), "a “b” c–d& x");
        assert_eq!(tree[1], Inline::Span(Format::Italic, vec![Inline::text("c–d")]));
        let end = flat.text.find("c--").unwrap() + 3;
        assert_eq!(plain(&flat.tree(&(2..end), Punctuation::AsWritten)), "\"b\" c--");
    }

    #[test]
    fn a_range_of_the_text_has_its_place_in_the_source() {
        let flat = flat();
        assert_eq!(flat.source(&(0..3)), 10..13);
        assert_eq!(flat.source(&(0..flat.text.len())), 10..31);
        let c = flat.text.find('c').unwrap();
        assert_eq!(flat.source(&(c..c + 4)), 17..21);
    }
}
