//! What is embedded as Obsidian writes it (<https://help.obsidian.md/embeds>): `![[picture.png|What it shows|400]]`, `![[report.pdf]]`, `![[Note]]`.
//!
//! A picture is shown, in the width that is asked for. A file and another page are led to: a page holds nothing but its own text. It must not know
//! where a file lies.

use std::ops::Range;

use super::destination;
use super::events::Events;
use super::links::alternative;
use super::renderer::Renderer;
use super::{HolePart, LinkTarget};
use crate::diagnostic::Diagnostic;
use crate::html::{attribute, number};
use crate::media::type_of;

const CODE: &str = "embedded-page";

/// The size of a picture on the page, in pixels: its width, and its height if that is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Size(usize, Option<usize>);

impl Size {
    /// `400` or `400x300`.
    fn read(written: &str) -> Option<Size> {
        let pixels = |digits: &str| digits.parse().ok().filter(|pixels| (1..=10_000).contains(pixels));
        match written.trim().split_once('x') {
            Some((width, height)) => Some(Size(pixels(width)?, Some(pixels(height)?))),
            None => Some(Size(pixels(written.trim())?, None)),
        }
    }
}

impl<'a> Renderer<'a> {
    /// Writes what `![[written]]` embeds, with the words behind its bar.
    pub fn embed(&mut self, written: &str, range: Range<usize>, events: &mut Events<'a>) {
        let source = &self.source.text[range.clone()];
        let has_words = source.contains('|');
        let words = alternative(events, self.source.fillings);
        let written = &*self.source.spoken(written, &range);
        if destination::is_empty(written) {
            return self.text(source, range);
        }
        let words = if has_words { words } else { String::new() };
        let target = destination::wiki(written, true);
        let LinkTarget::Wiki { name, .. } = &target else { return };
        if type_of(name).starts_with("image/") {
            return self.embedded_picture(target, &words, range);
        }
        if !destination::names_file(name) {
            let problem = Diagnostic::warning(CODE, "a page is not shown within another one, so this is a link to it");
            self.problem(problem.hint("put what is to be read here into the text, or write the link without `!`"), range.clone());
        }
        self.embedded_link(written, &words, range);
    }

    fn embedded_picture(&mut self, target: LinkTarget, words: &str, range: Range<usize>) {
        let (alt, size) = match words.rsplit_once('|') {
            Some((alt, last)) if let Some(size) = Size::read(last) => (alt.trim(), Some(size)),
            None if let Some(size) = Size::read(words) => ("", Some(size)),
            _ => (words.trim(), None),
        };
        if let LinkTarget::Wiki { name, .. } = &target {
            self.look_at_embedded(alt, name, range.clone());
        }
        let link = self.link(target, "", Some(alt), range);
        self.collected.prose.link(link, self.collected.prose.text.len());
        // Without the file its words stay.
        self.out.hole(link, HolePart::Begin);
        self.out.push("<img src=\"");
        self.out.hole(link, HolePart::Address);
        self.out.push("\"");
        attribute("alt", alt, &mut self.out.html);
        if let Some(Size(width, height)) = size {
            self.pixels(" width=\"", width);
            if let Some(height) = height {
                self.pixels(" height=\"", height);
            }
        }
        self.out.push(" loading=\"lazy\">");
        self.out.hole(link, HolePart::End);
    }

    fn pixels(&mut self, attribute: &str, pixels: usize) {
        self.out.push(attribute);
        number(pixels, &mut self.out.html);
        self.out.push("\"");
    }

    fn embedded_link(&mut self, written: &str, words: &str, range: Range<usize>) {
        let words = words.trim();
        let closer = self.open_hole(destination::wiki(written, !words.is_empty()), "", range);
        self.open.in_link += 1;
        self.open.link_ends.push(closer);
        if words.is_empty() {
            self.words_of_link()
        } else {
            self.literal(words)
        }
        self.close_link();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_a_width_and_perhaps_a_height() {
        assert_eq!(Size::read("400"), Some(Size(400, None)));
        assert_eq!(Size::read(" 400x300 "), Some(Size(400, Some(300))));
        for no_size in ["", "0", "-1", "400x", "x300", "4e2", "99999", "400 px"] {
            assert_eq!(Size::read(no_size), None, "{no_size}");
        }
    }
}
