//! Running text: escaped, with the punctuation of its language, bare addresses linked and abbreviations explained.
//!
//! It must not know blocks.

use std::borrow::Cow;
use std::ops::Range;

use super::autolink;
use super::call::shown_in_code;
use super::comments::{outside, plain};
use super::link::{self, Address};
use super::render::{Ground, Writer};
use crate::diagnostic::Diagnostic;
use crate::html::{attribute, escape, escape_address};
use crate::typography::dash;

/// What a byte of running text may need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Care {
    None,
    Escape,
    Quote,
    Dash,
    Dot,
    Address,
    Bracket,
    Hash,
    Bar,
}

/// By byte: most need none.
const CARE: [Care; 256] = {
    let mut care = [Care::None; 256];
    care[0] = Care::Escape;
    care[b'&' as usize] = Care::Escape;
    care[b'<' as usize] = Care::Escape;
    care[b'>' as usize] = Care::Escape;
    care[b'"' as usize] = Care::Quote;
    care[b'\'' as usize] = Care::Quote;
    care[b'-' as usize] = Care::Dash;
    care[b'.' as usize] = Care::Dot;
    care[b':' as usize] = Care::Address;
    care[b'@' as usize] = Care::Address;
    care[b'w' as usize] = Care::Address;
    care[b'W' as usize] = Care::Address;
    care[b'[' as usize] = Care::Bracket;
    care[b'#' as usize] = Care::Hash;
    care[b'|' as usize] = Care::Bar;
    care
};

/// Tells most of the letters that begin no address from those that do.
fn may_be_address(bytes: &[u8]) -> bool {
    match bytes[0] {
        b':' => bytes.get(1) == Some(&b'/'),
        b'@' => true,
        _ => bytes.get(1).is_some_and(|next| next.eq_ignore_ascii_case(&b'w')),
    }
}

/// The label of a note has fewer letters.
const LONGEST_LABEL: usize = 100;

impl Writer<'_> {
    /// Writes the text of `range` without the comments in it.
    pub fn text(&mut self, text: &str, range: Range<usize>) {
        if self.fillings.is_empty() || text.len() != range.len() {
            return self.plain_text(text, range);
        }
        for part in outside(self.fillings, range.clone()) {
            self.plain_text(&text[part.start - range.start..part.end - range.start], part);
        }
    }

    /// Writes text. It is as it stands in the source, unless it was escaped or a reference such as `&quot;`.
    fn plain_text(&mut self, text: &str, range: Range<usize>) {
        if matches!(self.ground, Ground::Line(_)) && range.start == 0 && text.len() == range.len() {
            return self.plain_text(&text[1..], 1..range.end);
        }
        if let Some(raw) = &mut self.heading_text {
            raw.push_str(text);
        }
        let is_source = text.len() == range.len();
        if !is_source {
            return self.literal(text);
        }
        // Only the letter behind a backslash is meant as it is.
        let escaped = range.start > 0
            && self.text.as_bytes()[range.start - 1] == b'\\'
            && text.starts_with(|letter: char| letter.is_ascii_punctuation());
        if escaped {
            self.look_at_escaped(range.start);
        }
        let (head, rest) = text.split_at(usize::from(escaped));
        self.literal(head);
        let start = range.start + head.len();
        let Some(abbreviations) = self.abbreviations else { return self.set(rest, start) };
        let mut from = 0;
        for found in abbreviations.find_iter(rest) {
            let alone = !rest[..found.start()].ends_with(char::is_alphanumeric) && !rest[found.end()..].starts_with(char::is_alphanumeric);
            if alone {
                self.set(&rest[from..found.start()], start + from);
                self.out.push("<abbr");
                let meaning = self.said(self.meanings[found.pattern().as_usize()].1);
                attribute("title", &meaning, &mut self.out.html);
                self.out.push(">");
                self.literal(&rest[found.range()]);
                self.out.push("</abbr>");
                from = found.end();
            }
        }
        self.set(&rest[from..], start + from);
    }

    /// Writes text as it is.
    pub fn literal(&mut self, text: &str) {
        escape(text, &mut self.out.html);
        self.prose.push(text);
    }

    /// Writes code, in which shortcodes are text.
    pub fn code(&mut self, code: &str) {
        let code = self.original_of(code);
        let shown = shown_in_code(&code);
        self.out.push("<code>");
        escape(&shown, &mut self.out.html);
        self.out.push("</code>");
        self.prose.push(&shown);
        if let Some(raw) = &mut self.heading_text {
            raw.push_str(&shown);
        }
    }

    /// A title, a meaning or a name that is no running text, without its comments and what stands in their place.
    pub fn said<'t>(&self, words: &'t str) -> Cow<'t, str> {
        match self.offset(words).filter(|_| !self.fillings.is_empty()) {
            Some(start) => {
                let parts = outside(self.fillings, start..start + words.len());
                let kept: String = parts.map(|part| &words[part.start - start..part.end - start]).collect();
                if kept.len() == words.len() { plain(words) } else { Cow::Owned(plain(kept.trim()).into_owned()) }
            }
            // What was taken out before has left marks of its length: no author writes four per cent signs in a row.
            None => match words.split_once("%%%%") {
                Some((before, after)) => {
                    let kept = format!("{}{}", before, after.trim_start_matches('%'));
                    Cow::Owned(plain(kept.trim()).into_owned())
                }
                None => plain(words),
            },
        }
    }

    /// A piece of the source as its author wrote it, before shortcodes were taken out.
    pub fn original_of<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.offset(text).filter(|_| !self.calls.is_empty()) {
            Some(start) => Cow::Owned(self.original[start..start + text.len()].to_string()),
            None => Cow::Borrowed(text),
        }
    }

    /// Writes the text that begins at the byte `start` of the source, letter by letter where it needs care.
    fn set(&mut self, text: &str, start: usize) {
        let bytes = text.as_bytes();
        let smart = self.input.settings.smart_punctuation;
        let (mut from, mut at) = (0, 0);
        while let Some(next) = bytes[at..].iter().position(|byte| CARE[*byte as usize] != Care::None) {
            at += next;
            let care = CARE[bytes[at] as usize];
            let (length, replacement) = match care {
                Care::Quote if smart => (1, Some(self.quote(text, from..at, start))),
                Care::Dash if smart => {
                    let hyphens = bytes[at..].iter().take_while(|byte| **byte == b'-').count();
                    (hyphens, dash(hyphens))
                }
                Care::Dot if smart && bytes[at..].starts_with(b"...") => (3, Some("…")),
                Care::Address if self.in_link == 0 && may_be_address(&bytes[at..]) => match self.bare_address(text, from, at, start) {
                    Some(end) => {
                        (from, at) = (end, end);
                        continue;
                    }
                    None => (1, None),
                },
                Care::Escape | Care::Quote => {
                    self.plain(&text[from..at]);
                    self.literal(&text[at..at + 1]);
                    from = at + 1;
                    (1, None)
                }
                Care::Bracket => {
                    self.look_for_undefined_note(&text[at..], start + at);
                    self.look_for_unread_link(start + at);
                    (1, None)
                }
                Care::Hash => {
                    self.look_for_unread_heading(start + at);
                    (bytes[at..].iter().take_while(|byte| **byte == b'#').count(), None)
                }
                Care::Bar => {
                    self.look_for_unread_table(start + at);
                    (1, None)
                }
                _ => (1, None),
            };
            if let Some(replacement) = replacement {
                self.plain(&text[from..at]);
                self.plain(replacement);
                from = at + length;
            }
            at += length;
        }
        self.plain(&text[from..]);
    }

    /// Writes text that holds nothing to escape.
    fn plain(&mut self, text: &str) {
        self.out.html.push_str(text);
        self.prose.push(text);
    }

    /// What the straight mark at the end of `before` becomes.
    fn quote(&mut self, text: &str, before: Range<usize>, start: usize) -> &'static str {
        let at = before.end;
        let last = text[before].chars().next_back().or_else(|| self.prose.text.chars().next_back());
        // At the end of the text the source tells what follows: `"*word*"` opens before a word.
        let rest = &text[at + 1..];
        // Three dots begin a quotation as often as a word does; one ends a sentence.
        let next = if rest.starts_with("...") { Some('…') } else { rest.chars().next() };
        let next = next.or_else(|| self.text.get(start + text.len()..)?.chars().next());
        if text.as_bytes()[at] == b'"' { self.quotes.double(last, next) } else { self.quotes.single(last, next, &mut self.in_single) }
    }

    /// Writes the bare address around the byte `at`, and the text before it. Returns where it ends.
    fn bare_address(&mut self, text: &str, from: usize, at: usize, start: usize) -> Option<usize> {
        let found = autolink::around(text, at, from)?;
        self.plain(&text[from..found.range.start]);
        let words = &text[found.range.clone()];
        let address = format!("{}{words}", found.prefix);
        let place = start + found.range.start..start + found.range.end;
        if let Address::Internal(target) = link::address(&address, self.input.own) {
            let closer = self.open_hole(target, "", place);
            self.literal(words);
            self.close_with(closer);
            return Some(found.range.end);
        }
        self.out.push("<a href=\"");
        escape_address(&address, &mut self.out.html);
        self.out.push("\">");
        self.literal(words);
        self.out.push("</a>");
        if address.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http")) {
            self.external(&address, place);
        }
        Some(found.range.end)
    }

    /// Markdown leaves a reference to a note that is not there as text: `[^x]`.
    fn look_for_undefined_note(&mut self, text: &str, start: usize) {
        let Some(rest) = text.strip_prefix("[^") else { return };
        let end = rest.char_indices().take(LONGEST_LABEL).find(|(_, letter)| *letter == ']' || letter.is_whitespace());
        let Some((length, ']')) = end else { return };
        if length > 0 && self.in_link == 0 {
            let message = format!("there is no note `{}`", &rest[..length]);
            self.problem(Diagnostic::warning("undefined-note", message), start..start + length + 3);
        }
    }
}
