//! Pictures without alternative text, and what a page loads from elsewhere.
//!
//! It must not know which of that a host lets through.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::super::renderer::Renderer;
use crate::diagnostic::Diagnostic;
use crate::html::attributes::{self as html, Attribute};

const CODE: &str = "missing-alt";

/// What says that a picture decorates only.
pub const DECORATIVE: &str = "{.decorative}";

/// Something that a page loads from another host, or carries in an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    pub kind: LoadKind,
    pub address: Box<str>,
    /// Its place in the file.
    pub span: Range<u32>,
}

/// What a page loads from elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LoadKind {
    Picture,
    Frame,
    Script,
    Style,
    Media,
}

/// The tags that load what their attribute says.
const LOADING: [(&str, &str, LoadKind); 13] = [
    ("img", "src", LoadKind::Picture),
    ("img", "srcset", LoadKind::Picture),
    ("input", "src", LoadKind::Picture),
    ("iframe", "src", LoadKind::Frame),
    ("embed", "src", LoadKind::Frame),
    ("object", "data", LoadKind::Frame),
    ("script", "src", LoadKind::Script),
    ("link", "href", LoadKind::Style),
    ("video", "src", LoadKind::Media),
    ("video", "poster", LoadKind::Picture),
    ("audio", "src", LoadKind::Media),
    ("source", "src", LoadKind::Media),
    ("track", "src", LoadKind::Media),
];

impl Renderer<'_> {
    /// Looks at a picture of Markdown.
    pub fn look_at_picture(&mut self, alt: &str, destination: &str, range: Range<usize>) {
        if alt.trim().is_empty() {
            let hint =
                format!("say between the square brackets what it shows; if it only decorates, write `![]({destination}){DECORATIVE}`");
            self.problem(Diagnostic::warning(CODE, "this picture has no alternative text").hint(hint), range);
        }
    }

    /// Looks at a picture that is embedded by its name.
    pub fn look_at_embedded(&mut self, alt: &str, name: &str, range: Range<usize>) {
        if alt.is_empty() {
            let hint =
                format!("say behind a bar what it shows, `![[{name}|WORDS]]`, before its width if it has one: `![[{name}|WORDS|400]]`");
            self.problem(Diagnostic::warning(CODE, "this picture has no alternative text").hint(hint), range);
        }
    }

    /// Looks at an attribute of a tag in raw HTML, whose value stands at `range` of the text.
    pub fn look_at_attribute(&mut self, html: &str, found: &Attribute, range: Range<usize>) {
        let is = |tag: &str, name: &str| found.tag.eq_ignore_ascii_case(tag) && found.name.eq_ignore_ascii_case(name);
        let Some((.., kind)) = LOADING.iter().find(|(tag, name, _)| is(tag, name)) else { return };
        let is_sheet = |rel: &str| {
            rel.split_ascii_whitespace().any(|word| ["stylesheet", "preload", "icon"].iter().any(|known| word.eq_ignore_ascii_case(known)))
        };
        let value = |name: &str| html::value_of(html, found.start, name);
        if *kind == LoadKind::Style && !value("rel").is_some_and(|rel| is_sheet(&rel)) {
            return;
        }
        self.load(*kind, &html::unescape(found.value), range.clone());
        let has_role = || value("role").is_some() || value("aria-hidden").is_some() || value("aria-label").is_some();
        if is("img", "src") && !html::has_attribute(html, found.start, "alt") && !has_role() {
            let hint = "add `alt=\"…\"` with what it shows, or `alt=\"\"` if it only decorates";
            self.problem(Diagnostic::warning(CODE, "this picture has no alternative text").hint(hint), range);
        }
    }

    /// Keeps an address that a shortcode writes into the tag that is open.
    pub fn load_of_tag(&mut self, address: &str, range: Range<usize>) {
        let html = &self.out.html;
        let Some(tag) = html.rfind('<').map(|at| &html[at + 1..]).filter(|tag| !tag.contains('>')) else { return };
        let name = &tag[..tag.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(tag.len())];
        if let Some((.., kind)) = LOADING.iter().find(|(tag, ..)| name.eq_ignore_ascii_case(tag)) {
            self.load(*kind, address, range);
        }
    }

    /// Keeps what a page loads, if it comes from elsewhere.
    pub fn load(&mut self, kind: LoadKind, address: &str, range: Range<usize>) {
        let address = address.trim();
        let begins = |start: &str| address.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
        if !["http://", "https://", "//", "data:"].iter().any(|start| begins(start)) {
            return;
        }
        let is_own = self.own_address().is_some_and(|own| address.starts_with(own));
        if !is_own {
            let span = self.source.span(range);
            // A picture in an address is long, and its first letters say what it is.
            let address = if begins("data:") { "data:" } else { address };
            self.collected.loads.push(Load { kind, address: address.into(), span });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{body, reports};
    use super::*;

    #[test]
    fn a_picture_without_alternative_text_is_told() {
        assert_eq!(
            reports("![](x.png)\n\n<img src=\"y.png\">\n"),
            [
                "1:1+10 missing-alt this picture has no alternative text | say between the square brackets what it shows; if it only decorates, write `![](x.png){.decorative}`",
                "3:11+5 missing-alt this picture has no alternative text | add `alt=\"…\"` with what it shows, or `alt=\"\"` if it only decorates"
            ]
        );
    }

    #[test]
    fn a_picture_that_only_decorates_can_be_said_to() {
        let text =
            "![](x.png){.decorative} ![y](y.png) <img src=\"z.png\" alt=\"\"> <img alt src=z.png> <img src=z.png role=presentation>\n";
        assert_eq!(reports(text), [""; 0]);
        assert!(!body(text).texts().html.html.contains("decorative"));
    }

    #[test]
    fn what_is_loaded_from_elsewhere_is_kept_with_its_place() {
        let text = "![a](https://cdn.example.net/a.png) <iframe src=\"https://www.youtube.com/embed/x\"></iframe> ![d](data:image/png;base64,xx)\n\n\
                    <script src=\"//x.example/a.js\"></script>\n\n<link rel=\"author\" href=\"https://example.net/\">\n\n[link](https://example.net/x.png) ![own](https://own.org/sub/a.png) ![here](a.png)\n";
        let found: Vec<(LoadKind, Box<str>, u32)> =
            body(text).loads.into_iter().map(|load| (load.kind, load.address, load.span.start)).collect();
        let expected = [
            (LoadKind::Picture, "https://cdn.example.net/a.png", 0),
            (LoadKind::Frame, "https://www.youtube.com/embed/x", 49),
            (LoadKind::Picture, "data:", 92),
            (LoadKind::Script, "//x.example/a.js", 137),
        ];
        assert_eq!(found, expected.map(|(kind, address, at)| (kind, address.into(), at)));
    }
}
