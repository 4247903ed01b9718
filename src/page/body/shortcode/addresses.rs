//! Addresses that shortcodes write: as holes, with their attribute or tag around them, and as whole destinations of links.
//!
//! It must not know where they lead.

use std::borrow::Cow;

use super::Position;
use super::call::Call;
use crate::html::attributes as html;
use crate::html::escape_address;
use crate::page::body::buffer::HtmlBuffer;
use crate::page::body::destination::{self, Address};
use crate::page::body::passes::citations::{CITE_MARKS, without_marks};
use crate::page::body::prepass::tags::part_behind;
use crate::page::body::renderer::Renderer;
use crate::page::body::{Hole, HolePart, LinkTarget};
use crate::theme::filters::LINK_MARKS;

/// Stand before and after the number of a hole of a shortcode's body, while the body is in the hands of the template.
const HOLE_MARKS: [char; 2] = ['\u{F0002}', '\u{F0003}'];

impl<'a> Renderer<'a> {
    /// What the tag that a Markdown destination consists of makes.
    pub fn called_destination(&mut self, destination: &str) -> Option<String> {
        if self.calls.tags.is_empty() {
            return None;
        }
        let start = self.source.offset(destination)?.checked_sub(1)?;
        let at = self.calls.tags.binary_search_by_key(&start, |call| call.range.start).ok()?;
        let call: &'a Call = &self.calls.tags[at];
        // If it cannot be made, that is told; an empty destination, which is this page, needs no second message.
        let made = self.make(call, None).unwrap_or_default();
        self.calls.next = self.calls.next.max(at + 1);
        let part = part_behind(self.source.original, &call.range);
        Some(format!("{}{part}", without_marks(made.trim().trim_matches(LINK_MARKS))))
    }

    /// Puts what a shortcode made into the page, with holes for the addresses that it wrote and for those of its body.
    pub fn splice(&mut self, made: &str, body: &[Hole], call: &Call, position: Position) {
        if position == Position::Block {
            self.out.fresh_line();
        }
        let mut rest = made;
        while let Some(at) = rest.find([LINK_MARKS[0], HOLE_MARKS[0], CITE_MARKS[0]]) {
            self.out.push(&rest[..at]);
            if let Some(behind) = rest[at..].strip_prefix(CITE_MARKS[0]) {
                let cited = behind.split_once(CITE_MARKS[1]).and_then(|(number, after)| Some((number.parse().ok()?, after)));
                rest = cited.map_or(behind, |(number, after)| &after[self.cite_argued(number, after)..]);
                continue;
            }
            let is_link = rest[at..].starts_with(LINK_MARKS[0]);
            rest = &rest[at + LINK_MARKS[0].len_utf8()..];
            let end = if is_link { LINK_MARKS[1] } else { HOLE_MARKS[1] };
            let Some((inner, after)) = rest.split_once(end) else { continue };
            rest = after;
            if is_link {
                rest = self.made_address(inner, rest, call);
            } else if let Some(hole) = inner.parse().ok().and_then(|number: usize| body.get(number)) {
                self.out.hole(hole.link, hole.part);
            }
        }
        self.out.push(rest);
        if position == Position::Block {
            self.out.fresh_line();
        }
    }

    /// An address that a shortcode wrote with the filter `link`; `rest` is what it wrote behind it. Returns what is left of that.
    fn made_address<'m>(&mut self, written: &str, rest: &'m str, call: &Call) -> &'m str {
        match destination::address(written, self.own_address()) {
            Address::Internal(target) => return self.made_hole(target, rest, call),
            Address::External => {
                self.load_of_tag(written, call.range.clone());
                self.external(written, call.range.clone());
                escape_address(written, &mut self.out.html);
            }
            Address::Script if !self.markdown().unsafe_html => {}
            Address::Script | Address::AsWritten => escape_address(written, &mut self.out.html),
        }
        rest
    }

    /// A hole for an address in the middle of a tag, with its attribute or the whole tag around it. The tag may end in the text behind the call.
    fn made_hole<'m>(&mut self, target: LinkTarget, rest: &'m str, call: &Call) -> &'m str {
        let behind: &str = if rest.trim().is_empty() { &self.source.original[call.range.end..] } else { rest };
        let around = around(&self.out.html, behind);
        let alt = around.as_ref().and_then(|around| around.alt.as_deref());
        let link = self.link(target, "", alt, call.range.clone());
        self.collected.prose.link(link, self.collected.prose.text.len());
        let Some(around) = around else {
            self.look_at_bare_address(call);
            self.out.hole(link, HolePart::Address);
            return rest;
        };
        self.out.hole_at(around.start, link, HolePart::Begin);
        self.out.hole(link, HolePart::Address);
        if rest.trim().is_empty() {
            self.calls.unclosed = Some((around.length, link));
            return "";
        }
        self.out.push(&rest[..around.length]);
        self.out.hole(link, HolePart::End);
        &rest[around.length..]
    }
}

/// What goes with an address that stands in the middle of a tag.
struct Around {
    /// Where it begins.
    start: usize,
    /// How much of what stands behind the address belongs to it.
    length: usize,
    /// The alternative text, if the tag is an image.
    alt: Option<String>,
}

/// The attribute or tag around an address between `before` and `behind`; `None` if it stands in none.
fn around(before: &str, behind: &str) -> Option<Around> {
    let near = before.len().saturating_sub(html::LONGEST_TAG);
    let start = near + before.as_bytes()[near..].iter().rposition(|byte| *byte == b'<')?;
    let far = behind.floor_char_boundary(html::LONGEST_TAG);
    let tag = format!("{}{}", &before[start..], &behind[..far]);
    let at = before.len() - start;
    let found = html::attributes(&tag).take_while(|found| found.start == 0).find(|found| found.range == (at..at))?;
    let extent = html::extent(&tag, &found);
    // Another address in the same tag has holes of its own.
    let extent = if tag[at..extent.end].contains([LINK_MARKS[0], HOLE_MARKS[0]]) { found.whole.clone() } else { extent };
    let is_image = found.tag.eq_ignore_ascii_case("img");
    let alt = is_image.then(|| html::value_of(&tag, 0, "alt").unwrap_or_default().into_owned());
    Some(Around { start: start + extent.start, length: extent.end - at, alt })
}

/// What a template wrote, without the addresses that are no part of a tag: nobody reads them as words.
pub fn unmarked(made: &str) -> Cow<'_, str> {
    if !made.contains(LINK_MARKS[0]) {
        return Cow::Borrowed(made);
    }
    let mut parts = made.split(LINK_MARKS[0]);
    let first = parts.next().unwrap_or("");
    let rest = parts.map(|part| part.split_once(LINK_MARKS[1]).map_or("", |(_, behind)| behind));
    std::iter::once(first).chain(rest).collect::<String>().into()
}

/// The body of a shortcode with its holes as marks, which survive whatever a template does with text.
pub fn marked(body: &HtmlBuffer) -> String {
    let mut marked = String::with_capacity(body.html.len() + body.holes.len() * 10);
    let mut from = 0;
    for (number, hole) in body.holes.iter().enumerate() {
        marked.push_str(&body.html[from..hole.at as usize]);
        from = hole.at as usize;
        marked.push(HOLE_MARKS[0]);
        marked.push_str(&number.to_string());
        marked.push(HOLE_MARKS[1]);
    }
    marked.push_str(&body.html[from..]);
    marked
}
