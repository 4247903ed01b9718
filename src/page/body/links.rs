//! Links and images: those into the site become holes, all others are written at once.
//!
//! It must not know where a link into the site leads.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, TagEnd};

use super::destination::{self, Address};
use super::events::Events;
use super::passes::citations;
use super::prepass::comments::outside;
use super::renderer::Renderer;
use super::typos::{DECORATIVE, LoadKind};
use super::{HolePart, Link, LinkTarget};
use crate::html::{attribute, escape, escape_address};

/// How a link that is open will be closed.
#[derive(Debug)]
pub enum LinkEnd {
    /// A link into the site, whose words begin here in the plain text.
    Hole { link: u32, words: usize },
    /// `</a>`.
    Tag,
    /// The link is refused, and only its words are shown.
    Nothing,
}

impl<'a> Renderer<'a> {
    /// Begins a link. False if it is written already, being a wikilink without words.
    pub fn open_link(&mut self, kind: LinkType, destination: &str, title: &str, range: Range<usize>, events: &mut Events<'a>) -> bool {
        if let LinkType::WikiLink { has_pothole } = kind {
            return self.open_wikilink(destination, has_pothole, range, events);
        }
        if let Some(key) = citations::swapped(self, destination) {
            citations::tell_swapped(self, key, range);
            self.open.link_ends.push(LinkEnd::Nothing);
            self.open.in_link += 1;
            return true;
        }
        let title = &*self.source.spoken(title, &range);
        let made = self.called_destination(destination);
        let destination = made.as_deref().unwrap_or(destination);
        let mail;
        let destination = if kind == LinkType::Email {
            mail = format!("mailto:{destination}");
            &mail
        } else {
            destination
        };
        let closer = match destination::address(destination, self.own_address()) {
            Address::Internal(target) => self.open_hole(target, title, range),
            Address::Script if !self.markdown().unsafe_html => LinkEnd::Nothing,
            address => {
                if address == Address::External {
                    self.external(destination, range);
                }
                self.out.push("<a href=\"");
                escape_address(destination, &mut self.out.html);
                self.out.push("\"");
                if !title.is_empty() {
                    attribute("title", title, &mut self.out.html);
                }
                self.out.push(">");
                LinkEnd::Tag
            }
        };
        self.open.link_ends.push(closer);
        self.open.in_link += 1;
        true
    }

    /// Begins a link into the site.
    pub fn open_hole(&mut self, target: LinkTarget, title: &str, range: Range<usize>) -> LinkEnd {
        let link = self.link(target, title, None, range);
        self.out.hole(link, HolePart::Open);
        LinkEnd::Hole { link, words: self.collected.prose.text.len() }
    }

    fn open_wikilink(&mut self, written: &str, has_words: bool, range: Range<usize>, events: &mut Events<'a>) -> bool {
        let source = &self.source.text[range.clone()];
        // `[[name|]]` has no words, and `[[ ]]` is no link.
        let has_words = has_words && source.trim_end_matches(']').split_once('|').is_some_and(|(_, words)| !words.trim().is_empty());
        let written = &*self.source.spoken(written, &range);
        if destination::is_empty(written) {
            events.skip_element();
            self.text(source, range);
            return false;
        }
        if !has_words {
            events.skip_element();
            // `[[1]](#note)` is what word processors make of a link with brackets in its words.
            if let Some((destination, end)) = events.take_destination(range.end) {
                self.open_link(LinkType::Inline, destination, "", range.start..end, events);
                self.literal(&format!("[{written}]"));
                self.close_link();
                return false;
            }
        }
        let target = destination::wiki(written, has_words);
        let anchor = match &target {
            LinkTarget::Wiki { name, anchor, .. } if name.is_empty() => anchor.clone(),
            _ => None,
        };
        let closer = self.open_hole(target, "", range);
        self.open.link_ends.push(closer);
        self.open.in_link += 1;
        if has_words {
            return true;
        }
        match anchor {
            // A place on this page has no title: it is shown as it is written.
            Some(anchor) => self.literal(&anchor),
            None => self.words_of_link(),
        }
        self.close_link();
        false
    }

    /// Leaves a hole for the words of the link that is open: what stands there is known when it is resolved. Plain text must not hold the name, which
    /// could be a hidden page's.
    pub fn words_of_link(&mut self) {
        if let Some(LinkEnd::Hole { link, .. }) = self.open.link_ends.last() {
            self.collected.prose.gap(*link);
            self.out.hole(*link, HolePart::Words);
        }
    }

    /// Ends the link that began last.
    pub fn close_link(&mut self) {
        self.open.in_link = self.open.in_link.saturating_sub(1);
        if let Some(closer) = self.open.link_ends.pop() {
            self.close_with(closer);
        }
    }

    /// Ends a link in its way.
    pub fn close_with(&mut self, closer: LinkEnd) {
        match closer {
            LinkEnd::Hole { link, words } => {
                self.out.hole(link, HolePart::Close);
                self.collected.prose.link(link, words);
            }
            LinkEnd::Tag => self.out.push("</a>"),
            LinkEnd::Nothing => {}
        }
    }

    /// Writes an image with all that is between its brackets as alternative text.
    pub fn image(&mut self, destination: &str, title: &str, range: Range<usize>, events: &mut Events<'a>) {
        let title = &*self.source.spoken(title, &range);
        let alt = alternative(events, self.source.fillings);
        let is_decorative = alt.trim().is_empty() && events.take_words(range.end, DECORATIVE);
        let made = self.called_destination(destination);
        let destination = made.as_deref().unwrap_or(destination);
        if !is_decorative {
            self.look_at_picture(&alt, destination, range.clone());
        }
        match destination::address(destination, self.own_address()) {
            // What could not be made has been told.
            Address::Internal(_) if made.as_deref() == Some("") => escape(&alt, &mut self.out.html),
            Address::Internal(target) => {
                let link = self.link(target, title, Some(&alt), range);
                self.collected.prose.link(link, self.collected.prose.text.len());
                self.out.hole(link, HolePart::Image);
            }
            Address::Script if !self.markdown().unsafe_html => escape(&alt, &mut self.out.html),
            address => {
                self.load(LoadKind::Picture, destination, range.clone());
                if address == Address::External {
                    self.external(destination, range);
                }
                self.out.push("<img src=\"");
                escape_address(destination, &mut self.out.html);
                self.out.push("\"");
                attribute("alt", &alt, &mut self.out.html);
                if !title.is_empty() {
                    attribute("title", title, &mut self.out.html);
                }
                self.out.push(" loading=\"lazy\">");
            }
        }
    }

    /// Keeps a link into the site, and returns its index. Its sentence is known when its block has ended.
    pub fn link(&mut self, target: LinkTarget, title: &str, alt: Option<&str>, range: Range<usize>) -> u32 {
        // A link within a heading is under it.
        let heading = if self.open.heading_text.is_some() { Some(self.structure.headings.len() as u32) } else { self.structure.heading() };
        self.collected.links.push(Link {
            target,
            title: (!title.is_empty()).then(|| title.into()),
            alt: alt.map(Box::from),
            span: self.source.span(range),
            heading,
            sentence: "".into(),
        });
        self.collected.links.len() as u32 - 1
    }

    /// Keeps a link to elsewhere.
    pub fn external(&mut self, address: &str, range: Range<usize>) {
        self.collected.external.push((address.into(), self.source.span(range)));
    }
}

/// The plain text of the image that began last.
pub fn alternative(events: &mut Events, fillings: &[Range<usize>]) -> String {
    let mut alt = String::new();
    let mut depth = 1;
    for (event, range) in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(TagEnd::Image) if depth == 1 => break,
            Event::End(_) => depth -= 1,
            Event::Text(text) if text.len() == range.len() => {
                outside(fillings, range.clone()).for_each(|part| alt.push_str(&text[part.start - range.start..part.end - range.start]));
            }
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => alt.push_str(&text),
            Event::SoftBreak | Event::HardBreak => alt.push(' '),
            _ => {}
        }
    }
    alt
}
