//! HTML as it is written, with the holes in it.
//!
//! It must not know Markdown.

use super::{Fragment, Hole, HolePart};

/// HTML that grows at its end.
#[derive(Debug, Default)]
pub struct HtmlBuffer {
    pub html: String,
    pub holes: Vec<Hole>,
}

impl HtmlBuffer {
    /// An empty buffer with room for so many bytes.
    pub fn with_capacity(bytes: usize) -> HtmlBuffer {
        HtmlBuffer { html: String::with_capacity(bytes), holes: Vec::new() }
    }

    /// Writes HTML.
    pub fn push(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Leaves a hole here.
    pub fn hole(&mut self, link: u32, part: HolePart) {
        self.holes.push(Hole { at: self.html.len() as u32, link, part });
    }

    /// A hole at the byte `at`, before what has been written since.
    pub fn hole_at(&mut self, at: usize, link: u32, part: HolePart) {
        let place = self.holes.iter().rposition(|hole| (hole.at as usize) < at).map_or(0, |last| last + 1);
        self.holes.insert(place, Hole { at: at as u32, link, part });
    }

    /// Takes away and returns everything from the byte `at` on.
    pub fn split_off(&mut self, at: usize) -> HtmlBuffer {
        let html = self.html.split_off(at);
        let first = self.holes.iter().rposition(|hole| (hole.at as usize) < at).map_or(0, |last| last + 1);
        let mut holes = self.holes.split_off(first);
        holes.iter_mut().for_each(|hole| hole.at -= at as u32);
        HtmlBuffer { html, holes }
    }

    /// Writes what another buffer holds.
    pub fn append(&mut self, other: HtmlBuffer) {
        let at = self.html.len() as u32;
        self.holes.extend(other.holes.into_iter().map(|hole| Hole { at: hole.at + at, ..hole }));
        self.html.push_str(&other.html);
    }

    /// Takes the blank away that was written last, if one was.
    pub fn close_up(&mut self) {
        let is_free = self.holes.last().is_none_or(|hole| (hole.at as usize) < self.html.len());
        if is_free && self.html.ends_with([' ', '\n']) {
            self.html.pop();
        }
    }

    /// Takes a sign away that was written last, if it was.
    pub fn take_back(&mut self, sign: char) {
        let is_free = self.holes.last().is_none_or(|hole| (hole.at as usize) < self.html.len());
        if is_free && self.html.ends_with(sign) {
            self.html.pop();
        }
    }

    /// Ends the line, if there is one, so that blocks stand on lines of their own.
    pub fn fresh_line(&mut self) {
        if !self.html.is_empty() && !self.html.ends_with('\n') {
            self.html.push('\n');
        }
    }

    /// All that was written.
    pub fn into_fragment(self) -> Fragment {
        // Copied: what is written into has room to grow, and an allocator may keep that room with the text.
        Fragment { html: (*self.html).into(), holes: (*self.holes).into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_split_off_and_appended_keeps_its_holes() {
        let mut out = HtmlBuffer::default();
        out.push("ab");
        out.hole(0, HolePart::Open);
        out.push("cd");
        out.hole(1, HolePart::Close);
        let end = out.split_off(2);
        assert_eq!((out.html.as_str(), out.holes.len()), ("ab", 0));
        out.push("xyz");
        out.append(end);
        assert_eq!(out.html, "abxyzcd");
        assert_eq!(out.holes.iter().map(|hole| hole.at).collect::<Vec<_>>(), [5, 7]);
    }
}
