//! LaTeX as registers have it, as pieces of text with markup.
//!
//! Owns commands, groups and ligatures. A small reader with a stack of its own: whatever the text, it takes one pass. It must not know fields.

mod accents;
mod commands;
mod maths;

use std::ops::Range;

use crate::references::{Format, Inline};

use super::counted::looked_at;
use super::pieces::{Builder, tidy};
use commands::{Command, command};

/// Groups within groups count so far; what is deeper is read, and its markup is not.
const DEEPEST: usize = 40;

/// What was read, with the commands that nobody knows.
#[derive(Default)]
pub struct Read {
    pub pieces: Vec<Inline>,
    /// Bytes of the text.
    pub unknown: Vec<Range<usize>>,
    /// Whether groups are nested deeper than any text needs.
    pub is_too_deep: bool,
}

/// Reads a text. Braces that keep the case of letters are `Format::Verbatim`.
pub fn read(text: &str) -> Read {
    let all = Frame { kind: Kind::All, pieces: Builder::default(), is_maths: false };
    let mut reader = Reader { text, at: 0, open: vec![all], skipped: 0, unknown: Vec::new(), is_dollar_left: true, is_too_deep: false };
    reader.run();
    while reader.open.len() > 1 {
        reader.dissolve();
    }
    let all = reader.open.pop().expect("the first frame is never closed");
    Read { pieces: tidy(all.pieces.finish()), unknown: reader.unknown, is_too_deep: reader.is_too_deep }
}

/// The text of LaTeX without its markup.
pub fn plain(text: &str) -> String {
    if !text.contains(['\\', '{', '}', '$', '~', '`', '\'', '-', '\n', '\t', '!', '?']) && !text.contains("  ") {
        return text.trim().to_string();
    }
    crate::references::inline::plain(&read(text).pieces)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    open: Vec<Frame>,
    /// Groups that are open within the deepest that counts.
    skipped: usize,
    unknown: Vec<Range<usize>>,
    /// Whether another dollar sign may follow.
    is_dollar_left: bool,
    is_too_deep: bool,
}

/// A group that is not closed yet.
struct Frame {
    kind: Kind,
    pieces: Builder,
    /// Whether letters are signs of mathematics.
    is_maths: bool,
}

#[derive(Clone, PartialEq)]
enum Kind {
    All,
    /// Braces that keep the case of letters, or that mean nothing.
    Braces {
        protect: bool,
    },
    /// The argument of a command.
    Format(Format),
    /// The text of a link.
    Link(String),
    /// What no reader sees, such as what works are sorted by.
    Nothing,
    /// To the end of the group around it, as after `\em`.
    Rest(Format),
    /// Between quotation marks, of two signs or one.
    Quote {
        double: bool,
    },
    /// Between dollar signs.
    Dollars,
}

impl Reader<'_> {
    fn run(&mut self) {
        while let Some(letter) = self.text[self.at..].chars().next() {
            let rest = &self.text[self.at..];
            let start = self.at;
            match letter {
                '\\' => self.command(),
                '{' => {
                    self.at += 1;
                    let protect = !self.text[self.at..].trim_start().starts_with('\\');
                    self.begin(Kind::Braces { protect });
                }
                '}' => {
                    self.at += 1;
                    self.close();
                }
                '$' => self.dollar(),
                '_' | '^' if self.is_maths() => {
                    self.at += 1;
                    self.argument(Kind::Format(if letter == '_' { Format::Subscript } else { Format::Superscript }));
                }
                '~' => self.sign("~", "\u{a0}"),
                '-' if rest.starts_with("---") => self.sign("---", "—"),
                '-' if rest.starts_with("--") => self.sign("--", "–"),
                '?' if rest.starts_with("?`") => self.sign("?`", "¿"),
                '!' if rest.starts_with("!`") => self.sign("!`", "¡"),
                '`' | '\'' if !self.is_maths() => self.quote(rest.starts_with("``") || rest.starts_with("''"), letter == '`'),
                letter => {
                    let means =
                        |byte: u8| matches!(byte, b'\\' | b'{' | b'}' | b'$' | b'~' | b'-' | b'?' | b'!' | b'`' | b'\'' | b'_' | b'^');
                    let run = rest.bytes().position(means).unwrap_or(rest.len()).max(letter.len_utf8());
                    self.at += run;
                    self.push(&rest[..run]);
                }
            }
            looked_at(self.at - start);
        }
    }

    fn sign(&mut self, written: &str, means: &str) {
        self.at += written.len();
        self.push(means);
    }

    fn push(&mut self, text: &str) {
        let frame = self.top();
        if frame.is_maths {
            maths::push(&mut frame.pieces, text);
        } else {
            frame.pieces.text(text);
        }
    }

    fn top(&mut self) -> &mut Frame {
        self.open.last_mut().expect("the first frame is never closed")
    }

    fn is_maths(&self) -> bool {
        self.open.last().is_some_and(|frame| frame.is_maths)
    }

    /// Begins a group; one that is too deep leaves no trace but its text.
    fn begin(&mut self, kind: Kind) {
        if self.open.len() < DEEPEST {
            let is_maths = self.is_maths() || kind == Kind::Dollars;
            return self.open.push(Frame { kind, pieces: Builder::default(), is_maths });
        }
        self.is_too_deep = true;
        match kind {
            Kind::Quote { double } => self.push(if double { "“" } else { "‘" }),
            kind if is_closed_by_brace(&kind) => self.skipped += 1,
            _ => {}
        }
    }

    /// A closing brace ends the innermost braces, with all that began within them. One that opens nothing is dropped.
    fn close(&mut self) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        let Some(braces) = self.open.iter().rposition(|frame| is_closed_by_brace(&frame.kind)) else { return };
        while self.open.len() > braces + 1 {
            self.dissolve();
        }
        self.finish();
    }

    /// Ends the innermost frame, and gives what it holds to the one around it.
    fn finish(&mut self) {
        let frame = self.open.pop().expect("a frame that was begun");
        let protecting = Kind::Braces { protect: true };
        let is_protected = self.open.iter().any(|frame| frame.kind == protecting);
        let inside = frame.pieces.finish();
        let to = &mut self.top().pieces;
        match frame.kind {
            Kind::Nothing => {}
            Kind::Braces { protect: true } if !frame.is_maths && !is_protected => {
                to.around(inside, |inside| Inline::Span(Format::Verbatim, inside));
            }
            Kind::Format(format) | Kind::Rest(format) => to.around(inside, |inside| Inline::Span(format, inside)),
            Kind::Quote { .. } => to.around(inside, |inside| Inline::Span(Format::Quoted, inside)),
            Kind::Link(url) => to.around(inside, |inside| Inline::Link(url.into(), inside)),
            _ => to.pieces(inside),
        }
    }

    /// Ends what has no end of its own: a sign that opened it stays a sign.
    fn dissolve(&mut self) {
        if matches!(self.top().kind, Kind::Rest(_)) {
            return self.finish();
        }
        let frame = self.open.pop().expect("a frame that was begun");
        let to = &mut self.top().pieces;
        if let Kind::Quote { double } = frame.kind {
            to.text(if double { "“" } else { "‘" });
        }
        to.pieces(frame.pieces.finish());
    }

    fn quote(&mut self, double: bool, is_opening: bool) {
        self.at += if double { 2 } else { 1 };
        if is_opening {
            self.begin(Kind::Quote { double });
        } else if self.open.last().is_some_and(|frame| frame.kind == Kind::Quote { double }) && (double || self.is_word_over()) {
            self.finish();
        } else {
            self.push(if double { "”" } else { "'" });
        }
    }

    /// Whether a sign that closes a quotation may stand here: no letter follows.
    fn is_word_over(&self) -> bool {
        !self.text[self.at..].chars().next().is_some_and(char::is_alphanumeric)
    }

    /// A dollar sign begins or ends maths, or is a dollar.
    fn dollar(&mut self) {
        self.at += 1;
        if self.open.last().is_some_and(|frame| frame.kind == Kind::Dollars) {
            return self.finish();
        }
        let end = if self.is_dollar_left { maths::end(&self.text[self.at..]) } else { None };
        match end {
            Some(end) if maths::looks_like(&self.text[self.at..self.at + end]) => {
                self.begin(Kind::Dollars);
            }
            Some(_) => self.push("$"),
            None => {
                self.is_dollar_left = false;
                self.push("$");
            }
        }
    }

    /// A command: its name is letters, or one sign.
    fn command(&mut self) {
        let start = self.at;
        let rest = &self.text[start + 1..];
        let letters = rest.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(rest.len());
        let length = if letters > 0 { letters } else { rest.chars().next().map_or(0, char::len_utf8) };
        let name = &rest[..length];
        self.at = start + 1 + length;
        if let Some(accent) = accents::mark(name) {
            let accented = accents::read(&self.text[self.at..], accent);
            self.at += accented.length;
            return self.push(&accented.text);
        }
        if letters > 0 {
            self.star();
        }
        match command(name) {
            Some(Command::Sign(sign)) => {
                self.skip_space(letters);
                self.push(sign);
            }
            Some(Command::Format(format)) => self.argument(Kind::Format(format)),
            Some(Command::Rest(format)) => {
                self.skip_space(letters);
                self.begin(Kind::Rest(format));
            }
            Some(Command::Argument) => self.argument(Kind::Braces { protect: false }),
            Some(Command::Roman) => {
                self.argument(Kind::Braces { protect: false });
                self.top().is_maths = false;
            }
            Some(Command::Maths) => {
                self.argument(Kind::Braces { protect: false });
                self.top().is_maths = true;
            }
            Some(Command::Dropped) => self.argument(Kind::Nothing),
            Some(Command::Second) => {
                self.bare_argument();
                self.argument(Kind::Braces { protect: false });
            }
            Some(Command::Address) => {
                let url = super::bib::link::unescape(&self.bare_argument());
                let text = vec![Inline::text(url.as_str())];
                self.top().pieces.piece(Inline::Link(url.into(), text));
            }
            Some(Command::Link) => {
                let url = super::bib::link::unescape(&self.bare_argument());
                self.argument(Kind::Link(url));
            }
            Some(Command::String) => {
                let key = self.bare_argument();
                let text = super::strings::words(&key, "en").unwrap_or(&key).to_string();
                self.push(&text);
            }
            None if name.is_empty() => self.push("\\"),
            None => self.unknown_command(start, name),
        }
    }

    /// A command that nobody knows: its argument is read as if it stood alone.
    fn unknown_command(&mut self, start: usize, name: &str) {
        if let Some(sign) = maths::sign(name).filter(|_| self.is_maths()) {
            self.skip_space(name.len());
            return self.push(sign);
        }
        self.unknown.push(start..self.at);
        if self.text[self.at..].starts_with('[')
            && let Some(end) = self.text[self.at..].bytes().take(200).position(|byte| byte == b']')
        {
            self.at += end + 1;
        }
        if self.text[self.at..].starts_with('{') {
            self.at += 1;
            self.begin(Kind::Braces { protect: false });
        }
    }

    /// The star of `\enquote*` says nothing here.
    fn star(&mut self) {
        if self.text[self.at..].starts_with("*{") {
            self.at += 1;
        }
    }

    /// White space behind a command of letters belongs to it.
    fn skip_space(&mut self, letters: usize) {
        if letters > 0 {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
            if self.text[self.at..].starts_with("{}") {
                self.at += 2;
            }
        }
    }

    /// Begins the argument of a command: a group, or the next letter alone.
    fn argument(&mut self, kind: Kind) {
        let rest = &self.text[self.at..];
        let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
        match rest[blank..].chars().next() {
            Some('{') => {
                self.at += blank + 1;
                self.begin(kind);
            }
            Some(letter) if letter.is_alphanumeric() || self.is_maths() && !matches!(letter, '\\' | '}' | '$') => {
                self.at += blank + letter.len_utf8();
                let depth = self.open.len();
                self.begin(kind);
                self.push(letter.encode_utf8(&mut [0; 4]));
                if self.open.len() > depth {
                    self.finish();
                } else {
                    self.skipped = self.skipped.saturating_sub(1);
                }
            }
            _ => {}
        }
    }

    /// The text of a group as it is written.
    fn bare_argument(&mut self) -> String {
        let rest = &self.text[self.at..];
        let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
        if !rest[blank..].starts_with('{') {
            return String::new();
        }
        let mut depth = 0_usize;
        let end = rest[blank..].bytes().position(|byte| {
            depth = match byte {
                b'{' => depth + 1,
                b'}' => depth - 1,
                _ => depth,
            };
            depth == 0
        });
        let end = end.map_or(rest.len(), |end| blank + end);
        self.at += (end + 1).min(rest.len());
        rest[blank + 1..end].trim().to_string()
    }
}

fn is_closed_by_brace(kind: &Kind) -> bool {
    matches!(kind, Kind::Braces { .. } | Kind::Format(_) | Kind::Link(_) | Kind::Nothing)
}
