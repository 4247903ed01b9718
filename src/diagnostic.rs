//! Problems as values: a code, a place, a message and what to do about it.
//!
//! Owns `Diagnostic` and `Place`. It must not know how a problem is found, printed or counted: rooms above make diagnostics, `cli` shows them.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// How much a problem weighs: an error keeps the site from being written, a warning does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site is not written.
    Error,
    /// The site is written.
    Warning,
}

/// Where a problem stands: a file relative to the root, and if known the line with its text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Path relative to the root, with forward slashes.
    pub path: Arc<str>,
    /// Line from 1; 0 when the whole file is meant.
    pub line: u32,
    /// Column from 1, in characters; 0 when the whole line or file is meant.
    pub column: u32,
    /// How many characters of the line are meant; at least 1 when `column` is not 0.
    pub width: u32,
    /// The line itself, without its end; of a long line a piece around the column, so that many problems of one line are not many copies of it.
    pub text: Arc<str>,
    /// How many characters of the line stand before `text`.
    pub skipped: u32,
}

/// One problem. Messages are lower case, without a full stop, with backticks round code.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// How much it weighs.
    pub severity: Severity,
    /// The name under which `chancery explain CODE` tells more, such as `broken-link`.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// Where it is; `None` when it is in no one file.
    pub place: Option<Place>,
    /// What to do, or the nearest candidates: one line each.
    pub hints: Vec<String>,
    /// A second place that belongs to the problem, with what it shows ("first claimed here").
    pub also: Vec<(Place, String)>,
}

/// The codes by which the program itself decides; all others only people read.
pub mod codes {
    /// A setting that cannot be used as it is written: a mistake of whoever calls the program.
    pub const BAD_SETTING: &str = "bad-setting";
    /// A file that could not be read, perhaps for a moment only.
    pub const UNREADABLE: &str = "unreadable";
    /// A file whose name is no text, so that no path stands for it.
    pub const BAD_FILE_NAME: &str = "bad-file-name";
    /// Front matter that is no YAML, or none of the kind that a page has.
    pub const BAD_YAML: &str = "bad-yaml";
    /// What looks like front matter, and stands where none is read.
    pub const FRONT_MATTER_NOT_READ: &str = "front-matter-not-read";
    /// Front matter that is larger than any that a person writes.
    pub const FRONT_MATTER_TOO_LARGE: &str = "front-matter-too-large";
    /// Settings or front matter that are no TOML.
    pub const BAD_TOML: &str = "bad-toml";

    /// The codes of front matter that could not be read at all: what the page says of itself is then not known.
    pub const UNPARSED: [&str; 4] = [BAD_YAML, FRONT_MATTER_NOT_READ, FRONT_MATTER_TOO_LARGE, BAD_TOML];
}

/// Of a line with more characters than this, half as many are kept on either side of the column.
const LONGEST_LINE: usize = 200;

impl Place {
    /// The whole of a file.
    pub fn file(path: &Arc<str>) -> Place {
        Place { path: path.clone(), line: 0, column: 0, width: 0, text: Arc::from(""), skipped: 0 }
    }

    /// The place of a byte range of `text`, which is the content of `path`. A range over several lines is cut at the end of its first.
    pub fn range(path: &Arc<str>, text: &str, range: Range<usize>) -> Place {
        let start = text.floor_char_boundary(range.start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let line = text[line_start..line_end].trim_end_matches('\r');
        // Many problems of one long file count its lines over and over.
        let number = memchr::memchr_iter(b'\n', &text.as_bytes()[..line_start]).count() + 1;
        let end = text.floor_char_boundary(range.end.clamp(start, line_start + line.len().max(start - line_start)));
        let before = text[line_start..start].chars().count();
        let width = text[start..end].chars().count().max(1);
        let (piece, skipped) = piece(line, start - line_start, before);
        Place {
            path: path.clone(),
            line: number as u32,
            column: before as u32 + 1,
            width: width as u32,
            text: Arc::from(piece),
            skipped: skipped as u32,
        }
    }

    /// The place of a line (from 1) and column (from 1, in characters) of `text`.
    pub fn line(path: &Arc<str>, text: &str, line: u32, column: u32, width: u32) -> Place {
        let found = text.lines().nth(line.saturating_sub(1) as usize).unwrap_or("");
        let before = column.saturating_sub(1) as usize;
        let at = found.char_indices().nth(before).map_or(found.len(), |(at, _)| at);
        let (piece, skipped) = piece(found, at, before);
        Place { path: path.clone(), line, column: column.max(1), width: width.max(1), text: Arc::from(piece), skipped: skipped as u32 }
    }

    /// Where in `text` the column stands, in characters from 0; `None` when the whole line or file is meant.
    pub fn column_in_text(&self) -> Option<u32> {
        self.column.checked_sub(1).map(|column| column.saturating_sub(self.skipped))
    }
}

/// What is kept of a line around its byte `at`, before which there are `before` characters, and how many characters are left out before it.
fn piece(line: &str, at: usize, before: usize) -> (&str, usize) {
    if line.char_indices().nth(LONGEST_LINE).is_none() {
        return (line, 0);
    }
    const SIDE: usize = LONGEST_LINE / 2;
    let (head, tail) = line.split_at(at.min(line.len()));
    let start = head.char_indices().rev().nth(SIDE - 1).map_or(0, |(start, _)| start);
    let end = tail.char_indices().nth(SIDE).map_or(line.len(), |(end, _)| head.len() + end);
    (&line[start..end], if start == 0 { 0 } else { before.saturating_sub(SIDE) })
}

/// `content/x.md:3:7`, or the path alone if the whole file is meant.
impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self.line {
            0 => out.write_str(&self.path),
            line => write!(out, "{}:{line}:{}", self.path, self.column),
        }
    }
}

impl Diagnostic {
    /// An error without place and hints.
    pub fn error(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Error, code, message)
    }

    /// A warning without place and hints.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Warning, code, message)
    }

    /// A problem without place and hints.
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity, code, message: message.into(), place: None, hints: Vec::new(), also: Vec::new() }
    }

    /// The same problem at a place.
    pub fn at(mut self, place: Place) -> Diagnostic {
        self.place = Some(place);
        self
    }

    /// The same problem, with one more thing to do.
    pub fn hint(mut self, hint: impl Into<String>) -> Diagnostic {
        self.hints.push(hint.into());
        self
    }

    /// The same problem, with a second place that belongs to it and what it shows.
    pub fn also(mut self, place: Place, label: impl Into<String>) -> Diagnostic {
        self.also.push((place, label.into()));
        self
    }

    /// The order of a report: errors first, then by file, line and column, then by code and message.
    pub fn order(&self, other: &Diagnostic) -> std::cmp::Ordering {
        (self.severity, &self.place, self.code, &self.message).cmp(&(other.severity, &other.place, other.code, &other.message))
    }
}

/// The candidate that is spelt nearest to `word`, if one is near enough to be meant (a third of its letters may differ).
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let allowed = (lower.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(place: &Place) -> String {
        let column = place.column_in_text().expect("a column") as usize;
        place.text.chars().skip(column).take(place.width as usize).collect()
    }

    #[test]
    fn many_problems_of_one_long_line_are_not_many_copies_of_it() {
        let path: Arc<str> = Arc::from("x.md");
        let words = 2_000;
        let text = format!("first\n{}\n", "é word ".repeat(words));
        let places: Vec<Place> = text.match_indices("word").map(|(at, word)| Place::range(&path, &text, at..at + word.len())).collect();
        assert_eq!(places.len(), words);
        assert!(places.iter().all(|place| place.line == 2 && meant(place) == "word" && place.text.chars().count() <= LONGEST_LINE));
        assert_eq!((places[0].column, places[words - 1].column), (3, 3 + 7 * (words as u32 - 1)));
        let same = |place: &Place| Place::line(&path, &text, place.line, place.column, place.width) == *place;
        assert!(places.iter().step_by(199).all(same));
    }

    #[test]
    fn a_line_that_is_not_long_is_kept_whole() {
        let path: Arc<str> = Arc::from("x.md");
        let text = format!("{}end\r\n", "a ".repeat(90));
        let place = Place::range(&path, &text, 180..183);
        assert_eq!((place.text.len(), place.skipped, place.column, meant(&place).as_str()), (183, 0, 181, "end"));
    }
}
