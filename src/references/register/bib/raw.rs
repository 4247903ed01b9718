//! `.bib` as entries with the bytes of each part.
//!
//! Owns the grammar of BibTeX's files (<https://www.bibtex.org/Format/>, <https://metacpan.org/dist/Text-BibTeX/view/btparse/doc/bt_language.pod>), and where
//! the next entry begins after one that is wrong. It must not know what a field means.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::references::register::counted::looked_at;
use crate::references::register::problems::Problems;

/// An entry may have so many bytes.
pub const LARGEST_ENTRY: usize = 1 << 20;

/// A block of a file.
pub enum Block {
    Entry(Entry),
    /// `@string{name = "text"}`, which may have several.
    Strings(Vec<Field>),
}

/// An entry as far as it could be read.
pub struct Entry {
    pub kind: Range<usize>,
    pub key: Range<usize>,
    pub fields: Vec<Field>,
    pub range: Range<usize>,
}

/// A field with the pieces of its value, which `#` joins.
pub struct Field {
    pub name: Range<usize>,
    pub value: Vec<Piece>,
}

/// A piece of a value.
#[derive(Clone)]
pub enum Piece {
    /// Text without the braces or quotation marks around it, or a number.
    Text(Range<usize>),
    /// The name of a `@string`.
    Word(Range<usize>),
}

/// Reads a file block by block.
pub struct Reader<'t, 'p> {
    text: &'t str,
    at: usize,
    problems: &'p mut Problems,
    /// Whether a comment was met that has no end: no other is looked for to the end of the file then.
    is_comment_open: bool,
    /// How many values ran to the end of the file without one of their own.
    endless: usize,
}

/// After so many values without an end, others are given up at anything that looks like an entry: else a file of them would be read again for each.
const MOST_ENDLESS: usize = 20;

/// The block that is being read.
struct Whose {
    /// As messages say it.
    name: String,
    range: Range<usize>,
}

impl std::fmt::Display for Whose {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        out.write_str(&self.name)
    }
}

/// The rest of an entry cannot be read.
struct Lost;

impl<'t, 'p> Reader<'t, 'p> {
    /// A reader at the beginning of a file.
    pub fn new(text: &'t str, problems: &'p mut Problems) -> Reader<'t, 'p> {
        Reader { text, at: 0, problems, is_comment_open: false, endless: 0 }
    }

    /// All blocks.
    pub fn blocks(mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some(at) = memchr::memchr(b'@', &self.text.as_bytes()[self.at..]) {
            self.at += at;
            match head(&self.text[self.at..]) {
                Some((kind, inside)) => blocks.extend(self.block(kind, inside)),
                None => self.at += 1,
            }
        }
        blocks
    }

    /// The block that begins here, whose kind has so many letters and whose inside begins so many bytes from here.
    fn block(&mut self, kind: usize, inside: usize) -> Option<Block> {
        let start = self.at;
        let kind = start + 1..start + 1 + kind;
        let open = start + inside - 1;
        self.at = start + inside;
        let close = if self.text.as_bytes()[open] == b'(' { b')' } else { b'}' };
        match self.text[kind.clone()].to_ascii_lowercase().as_str() {
            "comment" => self.comment(open),
            "preamble" => self.value(&Whose { name: "the preamble".into(), range: kind }).map(|_| ()).unwrap_or_else(|Lost| self.recover()),
            "string" => return Some(Block::Strings(self.fields(close, &Whose { name: "`@string`".into(), range: kind }))),
            _ => return self.entry(start, kind, close),
        }
        None
    }

    /// Passes over a comment in braces; over its line, if they are never closed.
    fn comment(&mut self, open: usize) {
        let end = if self.is_comment_open { None } else { balanced(self.text, open, Stop::Never) };
        self.is_comment_open |= end.is_none();
        self.at = end.unwrap_or_else(|| line_end(self.text, open));
    }

    fn entry(&mut self, start: usize, kind: Range<usize>, close: u8) -> Option<Block> {
        self.blanks();
        let key = self.key(&kind, close)?;
        let whose = Whose { name: format!("`{}`", &self.text[key.clone()]), range: key.clone() };
        let fields = self.fields(close, &whose);
        let range = start..self.at.max(key.end);
        if range.len() > LARGEST_ENTRY {
            self.wrong(
                key,
                format!("the entry {} has more than {} MB", whose.name, LARGEST_ENTRY >> 20),
                "move its longest field elsewhere",
            );
            return None;
        }
        Some(Block::Entry(Entry { kind, key, fields, range }))
    }

    /// The key of an entry, with the comma behind it.
    fn key(&mut self, kind: &Range<usize>, close: u8) -> Option<Range<usize>> {
        let rest = &self.text[self.at..];
        let end = rest.find([',', '\n', '=', close as char]).unwrap_or(rest.len());
        let key = rest[..end].trim_end();
        let range = self.at..self.at + key.len();
        let next = rest.as_bytes().get(end).copied();
        if key.is_empty() || next == Some(b'=') {
            let at = if key.is_empty() { kind.clone() } else { range };
            self.wrong(
                at,
                format!("an entry of the kind `{}` has no key", &self.text[kind.clone()]),
                "write it behind the brace: `@book{key,`",
            );
            self.recover();
            return None;
        }
        self.at += end;
        match next {
            Some(b',') => self.at += 1,
            Some(b'\n') => {
                self.blanks();
                if self.peek() == Some(b',') {
                    self.at += 1;
                } else if self.peek() != Some(close) {
                    self.wrong(range.clone(), format!("a comma is missing behind the key `{key}`"), "write one");
                }
            }
            _ => {}
        }
        Some(range)
    }

    /// Fields up to the end of the entry; as many as can be read, if it is wrong.
    fn fields(&mut self, close: u8, entry: &Whose) -> Vec<Field> {
        let mut fields = Vec::new();
        loop {
            self.blanks();
            match self.peek() {
                Some(byte) if byte == close => {
                    self.at += 1;
                    return fields;
                }
                Some(b',') => self.at += 1,
                Some(byte) if is_name(byte) => match self.field(close, entry) {
                    Ok(field) => fields.push(field),
                    Err(Lost) => {
                        self.recover();
                        return fields;
                    }
                },
                _ => {
                    self.no_end(close, entry);
                    self.recover();
                    return fields;
                }
            }
        }
    }

    fn field(&mut self, close: u8, entry: &Whose) -> Result<Field, Lost> {
        let name = self.name();
        self.blanks();
        if self.peek() != Some(b'=') {
            let message = format!("in {entry} there is no `=` behind `{}`", &self.text[name.clone()]);
            self.wrong(name, message, "a field is written `name = {value}`, and a comma stands between two fields");
            return Err(Lost);
        }
        self.at += 1;
        let value = self.value(entry)?;
        self.blanks();
        match self.peek() {
            Some(b',') => self.at += 1,
            Some(byte) if byte == close => {}
            Some(byte) if is_name(byte) => {
                let next = self.at;
                let next = self.text[next..].split(|letter: char| !is_name_letter(letter)).next().unwrap_or_default().len() + next;
                let message = format!("in {entry} a comma is missing before `{}`", &self.text[self.at..next]);
                self.wrong(self.at..next, message, "write one behind the field above");
            }
            _ => {
                self.no_end(close, entry);
                return Err(Lost);
            }
        }
        Ok(Field { name, value })
    }

    /// Something stands where a field, a comma or the end of the entry is expected.
    fn no_end(&mut self, close: u8, entry: &Whose) {
        let at = self.at.min(self.text.len());
        let close = close as char;
        let found = self.text[at..].chars().next();
        let here = at..at + found.map_or(0, char::len_utf8);
        let (range, message) = match found {
            Some('}' | ')') => (here, format!("in {entry} there is a brace or bracket too many")),
            Some(found) if found != '@' => (here, format!("in {entry} `{found}` stands where a field or `{close}` is expected")),
            // Where the next begins nothing is wrong.
            _ => (entry.range.clone(), format!("{entry} has no end")),
        };
        self.wrong(range, message, "look for a brace, a comma or a quotation mark that is missing");
    }

    fn value(&mut self, entry: &Whose) -> Result<Vec<Piece>, Lost> {
        let mut pieces = Vec::new();
        loop {
            self.blanks();
            pieces.push(self.piece(entry)?);
            self.blanks();
            if self.peek() != Some(b'#') {
                return Ok(pieces);
            }
            self.at += 1;
        }
    }

    fn piece(&mut self, entry: &Whose) -> Result<Piece, Lost> {
        let start = self.at;
        match self.peek() {
            Some(open @ (b'{' | b'"')) => {
                match balanced(self.text, start, if self.endless < MOST_ENDLESS { Stop::AtLine } else { Stop::Anywhere }) {
                    Some(end) => {
                        self.at = end;
                        Ok(Piece::Text(start + 1..end - 1))
                    }
                    None => {
                        self.endless += 1;
                        let what = if open == b'{' { "brace" } else { "quotation mark" };
                        self.wrong(
                            start..start + 1,
                            format!("in {entry} this {what} is never closed"),
                            "close it, or remove one that is too many",
                        );
                        self.at += 1;
                        Err(Lost)
                    }
                }
            }
            Some(byte) if is_name(byte) => {
                let word = self.name();
                let is_number = self.text[word.clone()].bytes().all(|byte| byte.is_ascii_digit());
                Ok(if is_number { Piece::Text(word) } else { Piece::Word(word) })
            }
            _ => {
                self.wrong(start..start + 1, format!("in {entry} a value is missing"), "write it in braces: `name = {value}`");
                Err(Lost)
            }
        }
    }

    fn name(&mut self) -> Range<usize> {
        let start = self.at;
        let rest = &self.text[start..];
        self.at += rest.find(|letter| !is_name_letter(letter)).unwrap_or(rest.len());
        start..self.at
    }

    /// Passes over white space, and over comments to the end of the line.
    fn blanks(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n', '\u{feff}']).len();
            if self.peek() != Some(b'%') {
                return;
            }
            self.at = line_end(self.text, self.at);
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Goes on to what is surely the beginning of another block.
    fn recover(&mut self) {
        let (bytes, start) = (self.text.as_bytes(), self.at);
        while let Some(at) = memchr::memchr(b'@', &bytes[self.at.min(bytes.len())..]) {
            self.at += at;
            if is_begin(&self.text[self.at..]) {
                return looked_at(self.at - start);
            }
            self.at += 1;
        }
        self.at = self.text.len();
        looked_at(self.at - start.min(self.at));
    }

    fn wrong(&mut self, range: Range<usize>, message: String, hint: &str) {
        self.problems.add(range, Diagnostic::error("bad-source", message).hint(hint));
    }
}

/// What begins a name, of fields and of `@string`s.
fn is_name(byte: u8) -> bool {
    !byte.is_ascii() || is_name_letter(byte as char)
}

fn is_name_letter(letter: char) -> bool {
    !matches!(letter, '@' | '{' | '}' | '"' | '#' | '\'' | '(' | ')' | ',' | '=' | '%' | '\\' | '~')
        && !letter.is_control()
        && !letter.is_whitespace()
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end)
}

/// The length of the kind of a block that begins here, and where its inside begins.
fn head(text: &str) -> Option<(usize, usize)> {
    let word = text[1..]
        .find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_' && letter != '-')
        .filter(|length| (1..=60).contains(length))?;
    let rest = &text[1 + word..];
    let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    matches!(rest.as_bytes().get(blank), Some(b'{' | b'(')).then_some((word, 1 + word + blank + 1))
}

/// Whether an `@` surely begins a block: an entry with its key, or one of the other kinds.
fn is_begin(text: &str) -> bool {
    /// No key has more bytes.
    const LONGEST: usize = 300;
    let Some((word, inside)) = head(text) else { return false };
    if matches!(text[1..=word].to_ascii_lowercase().as_str(), "string" | "comment" | "preamble") {
        return true;
    }
    let rest = &text[inside..];
    let rest = rest[..rest.floor_char_boundary(LONGEST)].trim_start();
    let key = rest.find([',', '{', '}', '=', '"', '\n']).unwrap_or(0);
    key > 0 && rest.as_bytes()[key] == b','
}

/// Where a value without an end is given up.
#[derive(Clone, Copy, PartialEq)]
enum Stop {
    /// At a line that surely begins an entry.
    AtLine,
    /// At whatever surely begins an entry.
    Anywhere,
    Never,
}

/// The end of what begins with a brace, a bracket or a quotation mark, behind its closing one. A brace behind a backslash counts only if there is no end
/// otherwise: some programs write `\{` for a brace in the text, and others a path that ends in a backslash.
fn balanced(text: &str, open: usize, stop: Stop) -> Option<usize> {
    end_of(text, open, stop, Backslash::Escapes).or_else(|| end_of(text, open, stop, Backslash::Plain))
}

#[derive(Clone, Copy, PartialEq)]
enum Backslash {
    Escapes,
    Plain,
}

fn end_of(text: &str, open: usize, stop: Stop, backslash: Backslash) -> Option<usize> {
    let bytes = text.as_bytes();
    let quote = (bytes[open] == b'"').then_some(b'"');
    let bracket = (bytes[open] == b'(').then_some(b')');
    let close = quote.or(bracket);
    let mut depth = 0_usize;
    let mut at = open + 1;
    while at < bytes.len() {
        let hop = memchr_of(&bytes[at..], quote.is_some(), bracket.is_some());
        looked_at(hop.unwrap_or(bytes.len() - at) + 1);
        at += hop?;
        match bytes[at] {
            b'\\' if backslash == Backslash::Escapes => at += 1,
            b'{' => depth += 1,
            b'}' if depth == 0 => return close.is_none().then_some(at + 1),
            b'}' => depth -= 1,
            b'@' if stop == Stop::Anywhere && is_begin(&text[at..]) => return None,
            b'\n' if stop != Stop::Never => {
                let line = text[at + 1..].trim_start_matches([' ', '\t']);
                if line.starts_with('@') && is_begin(line) {
                    return None;
                }
            }
            byte if depth == 0 && Some(byte) == close => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
    None
}

/// How far the next byte is that could mean something.
fn memchr_of(bytes: &[u8], quotes: bool, brackets: bool) -> Option<usize> {
    bytes.iter().position(|byte| matches!(byte, b'\\' | b'{' | b'}' | b'\n' | b'@') || quotes && *byte == b'"' || brackets && *byte == b')')
}
