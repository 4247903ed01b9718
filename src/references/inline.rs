//! Text with markup: titles of sources, prefixes of citations, whole references, as a tree.
//!
//! It must not know where it is shown. What is text here is escaped when it becomes HTML; only addresses of the web become links.

use serde::{Deserialize, Serialize};

use crate::html::{attribute, escape};

/// A piece of text with markup.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Inline {
    /// Plain text, never HTML.
    Text(Box<str>),
    /// Pieces that are set in another way.
    Span(Format, Vec<Inline>),
    /// Pieces that lead to an address of the web.
    Link(Box<str>, Vec<Inline>),
    /// Pieces that stand for the source with this key: who reads them is led to its entry in the list.
    Source(Box<str>, Vec<Inline>),
}

/// How pieces are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Format {
    Italic,
    /// Upright within italics.
    Upright,
    Bold,
    SmallCaps,
    Superscript,
    Subscript,
    Underline,
    /// Between quotation marks, which the style or the language chooses.
    Quoted,
    /// As it is written, whatever a style does to the case of titles.
    Verbatim,
}

impl Inline {
    /// A piece of plain text.
    pub fn text(text: impl Into<Box<str>>) -> Inline {
        Inline::Text(text.into())
    }
}

/// The text of pieces without their markup.
pub fn plain(pieces: &[Inline]) -> String {
    let mut text = String::new();
    push_plain(pieces, &mut text);
    text
}

fn push_plain(pieces: &[Inline], text: &mut String) {
    for piece in pieces {
        match piece {
            Inline::Text(own) => text.push_str(own),
            Inline::Span(_, inside) | Inline::Link(_, inside) | Inline::Source(_, inside) => push_plain(inside, text),
        }
    }
}

/// Writes pieces as HTML. `source` writes the opening tag of what leads to a source, and says whether it wrote one.
pub fn write_html(pieces: &[Inline], source: &impl Fn(&str, &mut String) -> bool, html: &mut String) {
    for piece in pieces {
        match piece {
            Inline::Text(text) => escape(text, html),
            Inline::Span(format, inside) => {
                let (open, close) = format.tags();
                html.push_str(open);
                write_html(inside, source, html);
                html.push_str(close);
            }
            Inline::Link(url, inside) if url.starts_with("https://") || url.starts_with("http://") => {
                html.push_str("<a");
                attribute("href", url, html);
                html.push('>');
                write_html(inside, source, html);
                html.push_str("</a>");
            }
            Inline::Link(_, inside) => write_html(inside, source, html),
            Inline::Source(key, inside) => {
                let is_link = source(key, html);
                write_html(inside, source, html);
                html.push_str(if is_link { "</a>" } else { "" });
            }
        }
    }
}

/// Pieces as HTML in which nothing leads to an entry of the list.
pub fn html(pieces: &[Inline]) -> String {
    let mut html = String::new();
    write_html(pieces, &|_, _| false, &mut html);
    html
}

/// Pieces in which no link stands in another.
pub fn parted(pieces: &[Inline]) -> Vec<Inline> {
    let part = |piece: &Inline| match piece {
        Inline::Source(_, inside) if has_link(inside) => parted(inside),
        Inline::Span(format, inside) => vec![Inline::Span(*format, parted(inside))],
        other => vec![other.clone()],
    };
    pieces.iter().flat_map(part).collect()
}

fn has_link(pieces: &[Inline]) -> bool {
    pieces.iter().any(|piece| match piece {
        Inline::Text(_) => false,
        Inline::Span(_, inside) => has_link(inside),
        Inline::Link(..) | Inline::Source(..) => true,
    })
}

/// Whether pieces begin above the line.
pub fn is_raised(pieces: &[Inline]) -> bool {
    matches!(pieces.first(), Some(Inline::Span(Format::Superscript, _)))
}

impl Format {
    fn tags(self) -> (&'static str, &'static str) {
        match self {
            Format::Italic => ("<em>", "</em>"),
            Format::Upright => ("<span class=\"upright\">", "</span>"),
            Format::Bold => ("<strong>", "</strong>"),
            Format::SmallCaps => ("<span class=\"small-caps\">", "</span>"),
            Format::Superscript => ("<sup>", "</sup>"),
            Format::Subscript => ("<sub>", "</sub>"),
            Format::Underline => ("<u>", "</u>"),
            Format::Quoted => ("<q>", "</q>"),
            Format::Verbatim => ("", ""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linked(pieces: &[Inline]) -> String {
        let mut html = String::new();
        let source = |key: &str, html: &mut String| {
            html.push_str(&format!("<a href=\"#ref-{key}\">"));
            true
        };
        write_html(pieces, &source, &mut html);
        html
    }

    #[test]
    fn text_is_escaped_and_only_addresses_of_the_web_are_links() {
        let pieces = [
            Inline::Span(Format::Italic, vec![Inline::text("A <b> & c")]),
            Inline::Link("https://example.org/?a=\"&b".into(), vec![Inline::text("here")]),
            Inline::Link("javascript:x".into(), vec![Inline::text("there")]),
            Inline::Source("k".into(), vec![Inline::text("K 2024")]),
        ];
        assert_eq!(
            linked(&pieces),
            "<em>A &lt;b&gt; &amp; c</em><a href=\"https://example.org/?a=&quot;&amp;b\">here</a>there<a href=\"#ref-k\">K 2024</a>"
        );
        assert_eq!(plain(&pieces), "A <b> & cherethereK 2024");
    }
}
