//! What is shown of a link that leads nowhere: its words; in a preview, marked with the place where they stand.
//!
//! It must not know why a link leads nowhere.

use super::fill::{attribute, escape};
use crate::page::{HolePart, Link, LinkTarget};

/// A link that leads nowhere.
pub struct BrokenLink<'a> {
    pub link: &'a Link,
    /// True if not even its words may be shown.
    pub is_silent: bool,
    /// The title of the page that has no such place.
    pub title: Option<&'a str>,
    /// Its place, if it is to be marked.
    pub fault: Option<&'a str>,
}

/// The attribute by which the preview knows a link that leads nowhere; its value is the place.
pub const FAULT: &str = "data-chancery-fault";

impl BrokenLink<'_> {
    /// What stands in a hole.
    pub fn part(&self, part: HolePart, html: &mut String) {
        match part {
            HolePart::Open => self.open(html),
            HolePart::Close => self.close(html),
            // Who sees the mark sees the author's own text, and must find it.
            HolePart::Words if self.fault.is_some() => source(self.link, html),
            HolePart::Words if self.is_silent => {}
            HolePart::Words => match self.title {
                Some(title) => escape(title, html),
                None => source(self.link, html),
            },
            HolePart::Image => self.image(html),
            HolePart::Address | HolePart::Begin | HolePart::BeginEntry | HolePart::End | HolePart::Citation | HolePart::Names => {}
        }
    }

    /// What takes the place of an attribute, or of a tag that is nothing without it.
    pub fn replace(&self, written: &str, html: &mut String) {
        if !written.starts_with('<') {
            attribute(FAULT, self.fault, html);
        } else if self.link.alt.is_some() {
            self.image(html);
        }
    }

    /// The alternative text; where there is none, a mark shows what is not there.
    fn image(&self, html: &mut String) {
        let alt = self.link.alt.as_deref().unwrap_or("");
        self.open(html);
        match &self.link.target {
            LinkTarget::Destination { path, .. } if alt.is_empty() && self.fault.is_some() => escape(path, html),
            _ => escape(alt, html),
        }
        self.close(html);
    }

    fn open(&self, html: &mut String) {
        if self.fault.is_some() {
            html.push_str("<mark");
            attribute(FAULT, self.fault, html);
            html.push('>');
        }
    }

    fn close(&self, html: &mut String) {
        if self.fault.is_some() {
            html.push_str("</mark>");
        }
    }
}

/// The source text of a wikilink.
fn source(link: &Link, html: &mut String) {
    let LinkTarget::Wiki { name, anchor, .. } = &link.target else { return };
    match anchor {
        Some(anchor) => escape(&format!("[[{name}#{anchor}]]"), html),
        None => escape(&format!("[[{name}]]"), html),
    }
}
