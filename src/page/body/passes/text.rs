//! Running text: escaped, and handed to the passes wherever one of them may have to look.
//!
//! It must not know what a pass makes of it, nor blocks.

use std::ops::Range;

use super::{Spot, TEXT, Taken};
use crate::html::escape;
use crate::page::body::prepass::comments::outside;
use crate::page::body::renderer::Renderer;
use crate::page::body::shortcode::call::shown_in_code;

/// By byte the places in `TEXT` of the passes that look at it, as bits.
const PASSES: [u16; 256] = {
    let mut passes = [0u16; 256];
    let mut row = 0;
    while row < TEXT.len() {
        let mut at = 0;
        while at < TEXT[row].bytes.len() {
            let byte = TEXT[row].bytes[at];
            assert!(may_be_special(byte));
            passes[byte as usize] |= 1 << row;
            at += 1;
        }
        row += 1;
    }
    passes
};

/// False for most of what texts are made of: letters, digits, blanks and commas.
const fn may_be_special(byte: u8) -> bool {
    let (letter, digit) = ((byte | 0x20).wrapping_sub(b'a'), byte.wrapping_sub(b'0'));
    (letter >= 26) & (digit >= 10) & (byte < 0x80) & (byte != b' ') & (byte != b',')
}

/// So many bytes are looked at together.
const CHUNK: usize = 16;

/// The next byte from `at` on that a pass looks at.
fn next_special(bytes: &[u8], at: usize) -> Option<usize> {
    let is_special = |at: usize| PASSES[bytes[at] as usize] != 0 && !ends_sentence(bytes, at);
    let mut from = at;
    while let Some(chunk) = bytes.get(from..).and_then(|rest| rest.first_chunk::<CHUNK>()) {
        // Without a way out of the loop, so that it is one step for all of them.
        if chunk.iter().fold(false, |found, byte| found | may_be_special(*byte))
            && let Some(found) = (from..from + CHUNK).find(|at| is_special(*at))
        {
            return Some(found);
        }
        from += CHUNK;
    }
    (from..bytes.len()).find(|at| is_special(*at))
}

/// Whether a full stop stands before a space or at the end, as most do: no address goes on there, and no row of dots.
fn ends_sentence(bytes: &[u8], at: usize) -> bool {
    bytes[at] == b'.' && bytes.get(at + 1).is_none_or(|next| *next == b' ')
}

impl Renderer<'_> {
    /// Writes the text of `range` without the comments in it.
    pub fn text(&mut self, text: &str, range: Range<usize>) {
        if text.len() != range.len() {
            // A reference such as `&quot;`, which may stand in a citation.
            let is_cited = !self.citations.is_empty() && self.citations.holds(range.start);
            return if !is_cited {
                self.plain_text(text, range)
            };
        }
        if self.source.fillings.is_empty() {
            return self.cited_text(text, range);
        }
        for part in outside(self.source.fillings, range.clone()) {
            self.cited_text(&text[part.start - range.start..part.end - range.start], part);
        }
    }

    /// Writes text with its citations.
    fn cited_text(&mut self, text: &str, range: Range<usize>) {
        let mut from = range.start;
        while from < range.end
            && !self.citations.is_empty()
            && let Some((number, cited)) = self.citations.first_in(&(from..range.end))
        {
            let (start, end) = (cited.range.start, cited.range.end.min(range.end));
            if start < from {
                from = end;
                continue;
            }
            self.plain_text(&text[from - range.start..start - range.start], from..start);
            from = end + self.cite(number, &text[end - range.start..], end);
        }
        if from < range.end || from == range.start {
            self.plain_text(&text[from - range.start..], from..range.end);
        }
    }

    /// Writes text. It is as it stands in the source, unless it was escaped or a reference such as `&quot;`.
    pub fn plain_text(&mut self, text: &str, range: Range<usize>) {
        if self.source.is_line() && range.start == 0 && text.len() == range.len() {
            return self.plain_text(&text[1..], 1..range.end);
        }
        if let Some(raw) = &mut self.open.heading_text {
            raw.push_str(text);
        }
        let is_source = text.len() == range.len();
        if !is_source {
            return self.literal(text);
        }
        // Only the letter behind a backslash is meant as it is.
        let escaped = range.start > 0
            && self.source.text.as_bytes()[range.start - 1] == b'\\'
            && text.starts_with(|letter: char| letter.is_ascii_punctuation());
        if !escaped {
            return self.terms(text, range.start);
        }
        self.look_at_escaped(range.start);
        let (head, rest) = text.split_at(1);
        self.literal(head);
        self.terms(rest, range.start + 1);
    }

    /// Writes text as it is.
    pub fn literal(&mut self, text: &str) {
        escape(text, &mut self.out.html);
        self.collected.prose.push(text);
    }

    /// Writes text that holds nothing to escape.
    pub fn plain(&mut self, text: &str) {
        self.out.html.push_str(text);
        self.collected.prose.push(text);
    }

    /// Writes code within a line, in which shortcodes are text.
    pub fn code(&mut self, code: &str) {
        let code = self.source.original_of(code);
        let shown = shown_in_code(&code);
        self.out.push("<code>");
        escape(&shown, &mut self.out.html);
        self.out.push("</code>");
        self.collected.prose.push(&shown);
        if let Some(raw) = &mut self.open.heading_text {
            raw.push_str(&shown);
        }
    }

    /// Writes the text that begins at the byte `start` of the source, with all that passes make of it.
    pub fn set(&mut self, text: &str, start: usize) {
        let mut spot = Spot { text, start, written: 0, at: 0 };
        while let Some(at) = next_special(text.as_bytes(), spot.at) {
            spot.at = at;
            match self.look(&spot) {
                Taken::Plain(length) => spot.at += length,
                Taken::Replaced(length, replacement) => {
                    self.plain(&text[spot.written..at]);
                    self.plain(replacement);
                    spot.at += length;
                    spot.written = spot.at;
                }
                Taken::Written(end) => (spot.at, spot.written) = (end, end),
                Taken::Nothing => spot.at += 1,
            }
        }
        self.plain(&text[spot.written..]);
    }

    /// What the first pass that takes what stands at `spot` makes of it.
    fn look(&mut self, spot: &Spot) -> Taken {
        let mut passes = PASSES[spot.text.as_bytes()[spot.at] as usize];
        while passes != 0 {
            let pass = &TEXT[passes.trailing_zeros() as usize];
            passes &= passes - 1;
            let taken = (pass.look)(self, spot);
            if taken != Taken::Nothing {
                return taken;
            }
        }
        Taken::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_pass_looks_at_is_found_wherever_it_stands() {
        let letters = "Größe, 北京 12 and so on ".repeat(3);
        for at in (0..letters.len()).filter(|at| letters.is_char_boundary(*at)) {
            for special in ["<", "'", "-", "[", "|", "#", "\0"] {
                let text = format!("{}{special}{}", &letters[..at], &letters[at..]);
                assert_eq!(next_special(text.as_bytes(), 0), Some(at), "{text}");
                assert_eq!(next_special(text.as_bytes(), at + 1), None, "{text}");
            }
        }
        assert_eq!(next_special(b"(a); 50% ; b? One. Two.", 0), None, "no pass looks at these");
        assert_eq!(next_special(b"One sentence ends here. And one ... goes on", 0), Some(32));
    }
}
