//! Which tags begin a block, before and behind which a line ends.
//!
//! It must not know what stands in them.

use super::pieces::{Piece, pieces};

/// Tags before and behind which a line ends (<https://html.spec.whatwg.org/multipage/rendering.html#flow-content-3>), sorted.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// Of these, the ones that may stand within a line, where they only part words: a paragraph can hold them.
const IN_LINES: [&str; 3] = ["br", "option", "optgroup"];

/// True for elements that no paragraph can hold (<https://html.spec.whatwg.org/multipage/grouping-content.html#the-p-element>), and for parts of tables and lists.
pub fn is_block(tag: &str) -> bool {
    BLOCKS.iter().any(|block| block.eq_ignore_ascii_case(tag))
}

/// True if HTML holds what no paragraph can hold.
pub fn has_blocks(html: &str) -> bool {
    pieces(html).any(|piece| match piece {
        Piece::Open(tag, _) => is_block(tag) && !IN_LINES.iter().any(|inline| inline.eq_ignore_ascii_case(tag)),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_a_block_and_a_picture_is_none() {
        assert!(has_blocks("<b>x</b><FIGURE>") && !has_blocks("<img src=x><br>a<!-- <p> -->"));
    }
}
