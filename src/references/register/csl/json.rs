//! JSON (RFC 8259) with the bytes of each value, entry by entry.

use super::super::counted::looked_at;
use super::super::problems::Problems;
use super::node::{DEEPEST, Data, Node};
use super::wrong;

/// What is wrong, and at which byte.
struct Wrong {
    at: usize,
    message: String,
}

type Read<T> = Result<T, Wrong>;

/// The entries of a file: those of its list, or of the list at `items` or `references`; at most so many. One that is wrong is passed over.
pub fn entries(text: &str, most: usize, problems: &mut Problems) -> Vec<Node> {
    let mut reader = Reader { text, at: text.len() - text.trim_start_matches('\u{feff}').len() };
    reader.blanks();
    let list = match reader.peek() {
        Some(b'[') => {
            reader.at += 1;
            Some(reader.at)
        }
        Some(b'{') => inside(&mut reader, problems),
        _ => None,
    };
    match list {
        Some(at) => {
            reader.at = at;
            reader.entries(most, problems)
        }
        None => {
            let start = reader.at.min(text.len());
            if problems.is_empty() && most == usize::MAX {
                wrong(
                    problems,
                    start..start + 1,
                    "there is no list of sources in this file",
                    "CSL-JSON is a list: `[{\"id\": \"key\", \"type\": \"report\", …}, …]`",
                );
            }
            Vec::new()
        }
    }
}

/// Where the list within an object begins. An object that is an entry itself is a list of one.
fn inside(reader: &mut Reader, problems: &mut Problems) -> Option<usize> {
    let start = reader.at;
    reader.at += 1;
    loop {
        reader.blanks();
        if reader.peek() != Some(b'"') {
            return None;
        }
        let key = reader.string().ok()?;
        reader.blanks();
        if reader.peek() != Some(b':') {
            return None;
        }
        reader.at += 1;
        reader.blanks();
        if matches!(&*key, "items" | "references") && reader.peek() == Some(b'[') {
            return Some(reader.at + 1);
        }
        if key == "id" {
            return Some(start);
        }
        if let Err(error) = reader.value(1) {
            wrong(problems, error.at..error.at + 1, error.message, "a checker of JSON shows more");
            return None;
        }
        reader.blanks();
        if reader.peek() == Some(b',') {
            reader.at += 1;
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn entries(&mut self, most: usize, problems: &mut Problems) -> Vec<Node> {
        let mut entries = Vec::new();
        while entries.len() < most {
            self.blanks();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'{') => {
                    let start = self.at;
                    match self.value(0) {
                        Ok(node) => entries.push(node),
                        Err(error) => {
                            let name = self.name(start).map_or("an entry".into(), |key| format!("`{key}`"));
                            wrong(
                                problems,
                                error.at..error.at + 1,
                                format!("in {name} {}", error.message),
                                "look for a quotation mark, a comma or a brace that is missing",
                            );
                            self.at = start + 1;
                            self.recover();
                        }
                    }
                }
                Some(b']') | None => return entries,
                Some(_) => {
                    wrong(
                        problems,
                        self.at..self.at + 1,
                        "this is no entry of the list",
                        "an entry is `{\"id\": \"key\", \"type\": \"report\", …}`",
                    );
                    self.recover();
                }
            }
        }
        entries
    }

    /// The key of an entry that could not be read, if it stands at its head.
    fn name(&self, start: usize) -> Option<String> {
        let mut reader = Reader { text: self.text, at: start + 1 };
        reader.blanks();
        let key = (reader.peek() == Some(b'"')).then(|| reader.string().ok())??;
        reader.blanks();
        let is_key = key == "id" && reader.peek() == Some(b':');
        reader.at += usize::from(is_key);
        reader.blanks();
        (is_key && reader.peek() == Some(b'"')).then(|| reader.string().ok())?
    }

    /// Goes on to what is surely the beginning of an entry.
    fn recover(&mut self) {
        let (bytes, start) = (self.text.as_bytes(), self.at);
        while let Some(at) = memchr::memchr(b'{', &bytes[self.at.min(bytes.len())..]) {
            self.at += at;
            let rest = self.text[self.at + 1..].trim_start_matches([' ', '\t', '\r', '\n']);
            if ["\"id\"", "\"type\"", "\"citation-key\""].iter().any(|key| rest.starts_with(key)) {
                return looked_at(self.at - start);
            }
            self.at += 1;
        }
        self.at = self.text.len();
    }

    fn value(&mut self, depth: usize) -> Read<Node> {
        self.blanks();
        looked_at(1);
        let start = self.at;
        if depth > DEEPEST {
            return self.wrong("values are nested too deeply");
        }
        let data = match self.peek() {
            Some(b'{') => Data::Map(self.map(depth)?),
            Some(b'[') => Data::List(self.list(depth)?),
            Some(b'"') => Data::Text(self.string()?),
            Some(_) => match self.word() {
                "null" => Data::Null,
                word @ ("true" | "false") => Data::Text(word.into()),
                word if word.starts_with(|first: char| first.is_ascii_digit() || first == '-') => Data::Text(word.into()),
                word => {
                    self.at = start;
                    return self.wrong(format!("`{word}` stands where a value is expected"));
                }
            },
            None => return self.wrong("a value is missing"),
        };
        Ok(Node { range: start..self.at, data })
    }

    fn map(&mut self, depth: usize) -> Read<Vec<(String, Node)>> {
        let mut pairs = Vec::new();
        self.at += 1;
        loop {
            self.blanks();
            match self.peek() {
                Some(b'}') => {
                    self.at += 1;
                    return Ok(pairs);
                }
                Some(b'"') => {
                    let key = self.string()?;
                    self.blanks();
                    if self.peek() != Some(b':') {
                        return self.wrong(format!("a colon is missing behind `{key}`"));
                    }
                    self.at += 1;
                    pairs.push((key, self.value(depth + 1)?));
                    self.comma(b'}')?;
                }
                Some(_) => return self.wrong("a name in quotation marks is expected"),
                None => return self.wrong("the closing brace is missing"),
            }
        }
    }

    fn list(&mut self, depth: usize) -> Read<Vec<Node>> {
        let mut list = Vec::new();
        self.at += 1;
        loop {
            self.blanks();
            match self.peek() {
                Some(b']') => {
                    self.at += 1;
                    return Ok(list);
                }
                None => return self.wrong("the closing bracket is missing"),
                Some(_) => {
                    list.push(self.value(depth + 1)?);
                    self.comma(b']')?;
                }
            }
        }
    }

    /// A comma, or what closes the list or map. One comma too many at the end is let pass.
    fn comma(&mut self, close: u8) -> Read<()> {
        self.blanks();
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                Ok(())
            }
            Some(byte) if byte == close => Ok(()),
            _ => self.wrong("a comma is missing"),
        }
    }

    fn string(&mut self) -> Read<String> {
        let mut text = String::new();
        self.at += 1;
        loop {
            let rest = &self.text[self.at..];
            let plain = rest.find(['"', '\\', '\n', '\r']).unwrap_or(rest.len());
            text.push_str(&rest[..plain]);
            self.at += plain;
            looked_at(plain + 1);
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => self.escape(&mut text)?,
                _ => return self.wrong("a text has no closing quotation mark"),
            }
        }
    }

    fn escape(&mut self, text: &mut String) -> Read<()> {
        let sign = self.text.as_bytes().get(self.at + 1).copied();
        let letter = match sign {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b' | b'f') => ' ',
            Some(sign @ (b'"' | b'\\' | b'/')) => sign as char,
            Some(b'u') => return self.unicode(text),
            _ => return self.wrong("there is no such escape in JSON"),
        };
        text.push(letter);
        self.at += 2;
        Ok(())
    }

    fn unicode(&mut self, text: &mut String) -> Read<()> {
        let unit = |at: usize| self.text.get(at..at + 4).and_then(|digits| u16::from_str_radix(digits, 16).ok());
        let Some(first) = unit(self.at + 2) else {
            return self.wrong("four hexadecimal digits are expected behind `\\u`");
        };
        let second = if self.text[self.at + 6..].starts_with("\\u") { unit(self.at + 8) } else { None };
        let pair = second.and_then(|second| char::decode_utf16([first, second]).next()).and_then(Result::ok);
        let is_pair = pair.is_some_and(|letter| letter as u32 > 0xFFFF);
        let letter = if is_pair { pair } else { char::from_u32(first.into()) };
        text.push(letter.unwrap_or(char::REPLACEMENT_CHARACTER));
        self.at += if is_pair { 12 } else { 6 };
        Ok(())
    }

    fn word(&mut self) -> &'t str {
        let start = self.at;
        let rest = &self.text[start..];
        let length = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && !matches!(letter, '-' | '+' | '.')).unwrap_or(rest.len());
        self.at += length.max(rest.chars().next().map_or(0, char::len_utf8));
        &self.text[start..self.at]
    }

    fn blanks(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn wrong<T>(&self, message: impl Into<String>) -> Read<T> {
        Err(Wrong { at: self.at.min(self.text.len()), message: message.into() })
    }
}
