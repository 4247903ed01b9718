//! Markup within texts of CSL: the few tags of CSL-JSON, and in YAML also emphasis of Pandoc's Markdown.
//!
//! <https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html#html-like-formatting-tags>, <https://pandoc.org/MANUAL.html#inline-formatting>.

use super::super::counted::looked_at;
use super::super::pieces::{Builder, tidy};
use crate::references::{Format, Inline};

/// What counts as markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// Tags alone.
    Html,
    /// Tags and Markdown.
    Markdown,
}

/// What is within it counts so deeply.
const DEEPEST: usize = 40;

/// Reads a text with markup.
pub fn read(text: &str, markup: Markup) -> Vec<Inline> {
    let all = Frame { opened: "", end: End::Never, format: None, inside: Builder::default() };
    let mut reader = Reader { text, at: 0, markup, open: vec![all] };
    reader.run();
    while reader.open.len() > 1 {
        reader.dissolve();
    }
    tidy(reader.open.pop().expect("the first frame is never closed").inside.finish())
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    markup: Markup,
    open: Vec<Frame<'t>>,
}

/// Markup that is not closed yet.
struct Frame<'t> {
    /// What opened it.
    opened: &'t str,
    end: End,
    format: Option<Format>,
    inside: Builder,
}

#[derive(Clone, Copy, PartialEq)]
enum End {
    Never,
    /// `</i>`.
    Tag(&'static str),
    /// `*`.
    Mark(&'static str),
    /// `]`, and what stands behind it.
    Bracket,
}

/// Tags, each with what they mean.
const TAGS: [(&str, Format); 9] = [
    ("i", Format::Italic),
    ("em", Format::Italic),
    ("b", Format::Bold),
    ("strong", Format::Bold),
    ("sup", Format::Superscript),
    ("sub", Format::Subscript),
    ("sc", Format::SmallCaps),
    ("u", Format::Underline),
    ("q", Format::Quoted),
];

/// Marks of Markdown; longer ones first.
const MARKS: [(&str, Format); 5] =
    [("**", Format::Bold), ("*", Format::Italic), ("_", Format::Italic), ("^", Format::Superscript), ("~", Format::Subscript)];

impl<'t> Reader<'t> {
    fn run(&mut self) {
        while self.at < self.text.len() {
            let (rest, start) = (&self.text[self.at..], self.at);
            let is_read = match rest.as_bytes()[0] {
                b'<' => self.tag(rest),
                b'\\' | b'*' | b'_' | b'^' | b'~' | b'[' | b']' if self.markup == Markup::Markdown => self.markdown(rest),
                _ => false,
            };
            if !is_read {
                let first = rest.chars().next().map_or(1, char::len_utf8);
                let run = rest[first..].find(['<', '\\', '*', '_', '^', '~', '[', ']']).map_or(rest.len(), |at| first + at);
                self.top().inside.text(&rest[..run]);
                self.at += run;
            }
            looked_at(self.at - start + 1);
        }
    }

    fn top(&mut self) -> &mut Frame<'t> {
        self.open.last_mut().expect("the first frame is never closed")
    }

    /// Reads a tag; `false` if it is none that is known.
    fn tag(&mut self, rest: &'t str) -> bool {
        /// No tag that is known is longer.
        const LONGEST: usize = 80;
        let Some(length) = rest.bytes().take(LONGEST).position(|byte| byte == b'>') else { return false };
        let inside = &rest[1..length];
        if let Some(name) = inside.strip_prefix('/') {
            let name = name.trim().to_ascii_lowercase();
            let Some(at) = self.open.iter().rposition(|frame| matches!(frame.end, End::Tag(own) if own == name)) else { return false };
            self.at += length + 1;
            self.close(at);
            return true;
        }
        let lower = inside.trim().to_ascii_lowercase();
        let known = match lower.strip_prefix("span") {
            Some(attributes) if attributes.is_empty() || attributes.starts_with(' ') => Some(("span", span(attributes))),
            _ => TAGS.iter().find(|(name, _)| *name == lower).map(|(name, format)| (*name, Some(*format))),
        };
        let Some((name, format)) = known else { return false };
        self.begin(&rest[..=length], End::Tag(name), format)
    }

    fn markdown(&mut self, rest: &'t str) -> bool {
        if let Some(sign) = rest.strip_prefix('\\').and_then(|rest| rest.chars().next()).filter(char::is_ascii_punctuation) {
            self.top().inside.text(sign.encode_utf8(&mut [0; 4]));
            self.at += 2;
            return true;
        }
        if rest.starts_with('[') {
            return self.begin(&rest[..1], End::Bracket, None);
        }
        if rest.starts_with(']') {
            return self.bracket();
        }
        let Some((mark, format)) = MARKS.iter().find(|(mark, _)| rest.starts_with(mark)) else { return false };
        let before = self.text[..self.at].chars().next_back();
        let after = rest[mark.len()..].chars().next();
        let is_blank = |letter: Option<char>| letter.is_none_or(char::is_whitespace);
        let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        let opened = self.open.iter().rposition(|frame| frame.end == End::Mark(mark));
        match opened {
            Some(at) if !(is_blank(before) || *mark == "_" && is_word(after)) => {
                self.at += mark.len();
                self.close(at);
                true
            }
            None if !(is_blank(after) || *mark == "_" && is_word(before)) => {
                self.begin(&rest[..mark.len()], End::Mark(mark), Some(*format))
            }
            _ => false,
        }
    }

    /// A closing bracket: what it means stands behind it, `{.nocase}` or `(https://…)`.
    fn bracket(&mut self) -> bool {
        /// No address is longer.
        const LONGEST: usize = 2_000;
        let Some(at) = self.open.iter().rposition(|frame| frame.end == End::Bracket) else { return false };
        let rest = &self.text[self.at + 1..];
        let close = match rest.as_bytes().first() {
            Some(b'{') => b'}',
            Some(b'(') => b')',
            _ => 0,
        };
        let length = rest.bytes().take(LONGEST).position(|byte| byte == close).filter(|_| close != 0);
        let Some(length) = length else {
            while self.open.len() > at {
                self.dissolve();
            }
            return false;
        };
        let inside = rest[1..length].trim();
        self.at += length + 2;
        if close == b')' {
            while self.open.len() > at + 1 {
                self.dissolve();
            }
            let frame = self.open.pop().expect("the frame of the bracket");
            self.top().inside.around(frame.inside.finish(), |pieces| Inline::Link(inside.into(), pieces));
        } else {
            self.open[at].format = class(inside);
            self.close(at);
        }
        true
    }

    fn begin(&mut self, opened: &'t str, end: End, format: Option<Format>) -> bool {
        if self.open.len() > DEEPEST {
            return false;
        }
        self.at += opened.len();
        self.open.push(Frame { opened, end, format, inside: Builder::default() });
        true
    }

    /// Closes a frame; what was opened within it and has no end is text.
    fn close(&mut self, at: usize) {
        while self.open.len() > at + 1 {
            self.dissolve();
        }
        let frame = self.open.pop().expect("a frame that was begun");
        let to = &mut self.top().inside;
        match frame.format {
            Some(format) => to.around(frame.inside.finish(), |pieces| Inline::Span(format, pieces)),
            None => to.pieces(frame.inside.finish()),
        }
    }

    fn dissolve(&mut self) {
        let frame = self.open.pop().expect("a frame that was begun");
        let to = &mut self.top().inside;
        to.text(frame.opened);
        to.pieces(frame.inside.finish());
    }
}

/// What the attributes of a `span` say.
fn span(attributes: &str) -> Option<Format> {
    let bare: String = attributes.chars().filter(|letter| !letter.is_whitespace()).collect();
    if bare.contains("nocase") {
        Some(Format::Verbatim)
    } else if bare.contains("small-caps") || bare.contains("smallcaps") {
        Some(Format::SmallCaps)
    } else if bare.contains("underline") {
        Some(Format::Underline)
    } else if bare.contains("font-style:normal") {
        Some(Format::Upright)
    } else {
        None
    }
}

/// What a class of Pandoc's says.
fn class(attributes: &str) -> Option<Format> {
    attributes.split_whitespace().find_map(|word| {
        Some(match word {
            ".nocase" => Format::Verbatim,
            ".smallcaps" | ".sc" => Format::SmallCaps,
            ".underline" | ".ul" => Format::Underline,
            _ => return None,
        })
    })
}
