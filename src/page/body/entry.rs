//! Entries of the list of sources below a text: what a source has on every page, and the ways back to where a page cites it.
//!
//! Owns `SourceEntry` and its HTML. It must not know how a style sets an entry.

use std::sync::Arc;

use crate::html::{escape, number};

/// So many ways back an entry has: the page of a source names all places.
const MOST_BACK: usize = 12;

/// An entry of the list of sources below the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SourceEntry {
    pub key: Box<str>,
    /// The number or label before it, where the style has one; HTML.
    pub label: Box<str>,
    /// HTML, which pages share.
    pub text: Arc<str>,
    /// The places that cite it, in the order of reading.
    pub ways: Box<[Way]>,
    /// What a way back is called in the language of the page.
    pub back: &'static str,
}

/// Where a way back leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// To the citation with this number.
    Cite(u32),
    /// To the mark of the note with this number.
    Note(u32),
}

impl Way {
    /// The id of the place.
    pub fn write_id(self, html: &mut String) {
        html.push_str(match self {
            Way::Cite(_) => "cite-",
            Way::Note(_) => "fnref-",
        });
        number(self.number(), html);
    }

    fn number(self) -> usize {
        let (Way::Cite(number) | Way::Note(number)) = self;
        number as usize
    }
}

impl SourceEntry {
    /// The entry with its ways back.
    pub fn html(&self) -> String {
        let mut html = String::with_capacity(self.text.len() + 120 * self.ways.len().min(MOST_BACK));
        html.push_str(&self.text);
        for (at, way) in self.ways.iter().take(MOST_BACK).enumerate() {
            html.push_str(" <a href=\"#");
            way.write_id(&mut html);
            html.push_str("\" role=\"doc-backlink\" aria-label=\"");
            escape(self.back, &mut html);
            // The names of links that lead elsewhere differ.
            html.push(' ');
            number(way.number(), &mut html);
            if self.ways.len() > 1 {
                html.push('-');
                number(at + 1, &mut html);
            }
            html.push_str("\">↩\u{FE0E}");
            if self.ways.len() > 1 {
                html.push_str("<sup>");
                number(at + 1, &mut html);
                html.push_str("</sup>");
            }
            html.push_str("</a>");
        }
        html
    }
}
