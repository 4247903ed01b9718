//! Headings: their ids and attributes, and the one that is the title of the page.
//!
//! It must not know running text.

use std::ops::Range;

use pulldown_cmark::CowStr;

use super::Heading;
use super::attributes::{self, Attributes};
use super::gap::GAP;
use super::open::HeadingStart;
use super::prose::Leaf;
use super::renderer::Renderer;
use crate::html::attribute;

impl<'a> Renderer<'a> {
    /// Begins a heading; it is written when its text is known.
    pub fn open_heading(&mut self, id: Option<CowStr<'a>>, classes: &[CowStr<'a>], attributes: &Attributes<'a>, range: &Range<usize>) {
        self.leaf();
        self.out.fresh_line();
        let attributes = attributes::of_heading(classes, attributes, self.markdown().unsafe_html);
        let id = id.filter(|id| !id.is_empty()).map(|id| self.heading_id(&id, range));
        self.open.heading_text = Some(String::new());
        let place = self.source.trimmed(range);
        self.open.heading_start = HeadingStart { html: self.out.html.len(), links: self.collected.links.len(), attributes, id, place };
    }

    /// Writes the heading, or takes it for the title.
    pub fn close_heading(&mut self, level: u8) {
        let text = self.open.heading_text.take().unwrap_or_default();
        let start = std::mem::take(&mut self.open.heading_start);
        let content = self.out.split_off(start.html);
        // What refers to a heading refers to a text that does not change with other pages.
        let plain: Box<str> = self.collected.prose.text.trim().replace(GAP, "…").into();
        let id = start.id.unwrap_or_else(|| self.structure.ids.of_text(&text, start.place.clone()));
        self.structure.anchors.push(id.as_str().into());
        let is_own = self.open.depth == 0 && self.calls.frames.is_empty();
        // A heading below other text is one of its parts, not the title, but for one of the first level.
        let leaves = is_own && std::mem::take(&mut self.open.expects_title) && (level == 1 || start.html == 0);
        if leaves {
            self.note_title();
            self.structure.title = Some(plain.into());
            self.end_leaf(Leaf::Heading);
            let above = self.structure.heading();
            self.collected.links[start.links..].iter_mut().for_each(|link| link.heading = above);
            return;
        }
        if is_own {
            self.look_at_level(level, start.place);
        }
        let level = (level + self.open.lowered).min(6);
        let digit = char::from(b'0' + level);
        self.out.push("<h");
        self.out.html.push(digit);
        attribute("id", &id, &mut self.out.html);
        self.out.push(&start.attributes);
        self.out.push(">");
        self.out.append(content);
        self.out.push("</h");
        self.out.html.push(digit);
        self.out.push(">\n");
        self.structure.headings.push(Heading { level, id: id.into(), text: plain });
        self.end_leaf(Leaf::Heading);
    }
}
