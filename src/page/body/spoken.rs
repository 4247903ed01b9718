//! What a reader reads of raw HTML: its words, block by block, without those that are struck out or not shown.
//!
//! It must not know where the HTML came from.

use std::borrow::Cow;

use pulldown_cmark::{Event, Options, Parser};

use super::prose::{Leaf, Until};
use super::renderer::Renderer;
use super::shortcode::Position;
use crate::html::blocks::is_block;
use crate::html::pieces::{Piece, pieces};

impl Renderer<'_> {
    /// Reads the words of a piece of HTML. `links` are those of its tags, by the places where these begin.
    pub fn read_html(&mut self, html: &str, links: &[(usize, u32)], position: Position) {
        let mut links = links.iter().peekable();
        for piece in pieces(html) {
            match piece {
                Piece::Text(range) => self.read_words(&html[range]),
                Piece::Open(tag, range) => {
                    self.pass(tag, Side::Open, position);
                    while let Some((_, link)) = links.next_if(|(at, _)| range.contains(at)) {
                        self.collected.prose.link(*link, self.collected.prose.text.len());
                    }
                }
                Piece::Close(tag, _) => self.pass(tag, Side::Close, position),
                Piece::Comment(_) | Piece::Other(_) => {}
            }
        }
        links.for_each(|(_, link)| self.collected.prose.link(*link, self.collected.prose.text.len()));
    }

    /// Goes over a tag.
    fn pass(&mut self, tag: &str, side: Side, position: Position) {
        if tag.eq_ignore_ascii_case("br") {
            self.collected.prose.push(" ");
        } else if is_block(tag) {
            match position {
                Position::Inline => self.collected.prose.push(" "),
                Position::Block => self.end_html_leaf(),
            }
        } else if ["del", "s", "strike", "template", "script", "style"].iter().any(|unread| unread.eq_ignore_ascii_case(tag)) {
            match side {
                Side::Open => self.collected.prose.omit(if position == Position::Inline { Until::Leaf } else { Until::Resumed }),
                Side::Close => self.collected.prose.resume(),
            }
        }
    }

    /// Ends a block of text that stands in HTML.
    pub fn end_html_leaf(&mut self) {
        let is_own = self.open.depth == 0 && self.calls.frames.is_empty() && self.open.outside.is_empty();
        self.end_leaf(if is_own { Leaf::Html } else { Leaf::Other });
    }

    fn read_words(&mut self, text: &str) {
        let text = decoded(text);
        // Other spaces are letters of the text.
        let is_space = |letter: char| letter.is_ascii_whitespace();
        if text.starts_with(is_space) {
            self.collected.prose.push(" ");
        }
        for (at, word) in text.split_ascii_whitespace().enumerate() {
            if at > 0 {
                self.collected.prose.push(" ");
            }
            self.collected.prose.push(word);
        }
        if text.ends_with(is_space) {
            self.collected.prose.push(" ");
        }
    }

    /// Reads what a shortcode without a text of its own made, unless it made a part of a tag.
    pub fn read_made(&mut self, made: &str, position: Position) {
        if self.is_in_tag() {
            return;
        }
        self.read_html(made, &[], position);
        if position == Position::Block {
            self.end_html_leaf();
        }
    }

    /// True if what is written next stands within a tag that began before. Elsewhere `<` is written as a reference.
    pub fn is_in_tag(&self) -> bool {
        let html = self.out.html.as_bytes();
        memchr::memrchr2(b'<', b'>', html).is_some_and(|last| html[last] == b'<')
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
}

/// Text with its references as the letters that they stand for.
fn decoded(text: &str) -> Cow<'_, str> {
    let mut rest = text;
    let mut decoded = String::new();
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let length =
            rest[1..].find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '#').map_or(rest.len(), |length| length + 1);
        let end = length + usize::from(rest[length..].starts_with(';'));
        // The parser knows all names; what is no reference stays as it is written.
        Parser::new_ext(&rest[..end], Options::empty()).for_each(|event| {
            if let Event::Text(letters) = event {
                decoded.push_str(&letters);
            }
        });
        rest = &rest[end..];
    }
    if decoded.is_empty() && rest.len() == text.len() {
        return Cow::Borrowed(text);
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_letters() {
        assert_eq!(decoded("a &amp; b&nbsp;c &eacute;&#8217; &no; & d;"), "a & b\u{A0}c é’ &no; & d;");
    }
}
