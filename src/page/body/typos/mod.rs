//! What Markdown leaves as text, or takes for something else, although its author surely meant more: described with its place and what to write.
//!
//! Most of it is found where a letter of running text needs care anyway, so that a page without them costs nothing. It must not know other pages, nor
//! change what is written.

pub mod address;
mod alert;
mod bare;
pub mod dialect;
pub mod escaped;
mod foreign;
pub mod heading;
mod outline;
mod picture;
pub mod table;

use std::collections::HashSet;
use std::ops::Range;

use super::LinkTarget;

pub use escaped::HINT as ESCAPED_HINT;
pub use picture::{DECORATIVE, Load, LoadKind};

/// What has been seen of a page on the way.
#[derive(Debug, Default)]
pub struct Typos {
    /// Addresses in what looks like a link or a picture and is none.
    pub meant: Vec<Box<str>>,
    /// Wikilinks behind backslashes, with their places in the file.
    pub escaped: Vec<(LinkTarget, Range<u32>)>,
    /// References to notes behind backslashes.
    notes: Vec<escaped::Note>,
    escaped_labels: HashSet<String>,
    outline: outline::Outline,
}

/// Nothing that is one thing on one line is longer.
const LONGEST: usize = 500;

/// At most so many bytes of `text`, to a boundary.
fn head(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

/// True if only spaces and the marks of quotations stand before the byte `at` on its line.
fn begins_line(text: &str, at: usize) -> bool {
    let before = text[..at].bytes().rev().take_while(|byte| *byte != b'\n');
    before.take(LONGEST).all(|byte| matches!(byte, b' ' | b'\t' | b'>'))
}

/// The line that begins at `at`, without its end.
fn line(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    rest[..rest.find('\n').unwrap_or(rest.len())].trim_end()
}

#[cfg(test)]
mod tests {
    use super::super::Body;
    use super::super::tests::{Site, site};

    pub fn body(text: &str) -> Body {
        site().body(text)
    }

    /// The problems of a text: line, column and width, code, message, hints.
    pub fn reports(text: &str) -> Vec<String> {
        reports_of(body(text))
    }

    /// The same of a page whose title its text must give.
    pub fn reports_untitled(text: &str) -> Vec<String> {
        reports_of(Site { title: None, ..site() }.body(text))
    }

    fn reports_of(body: Body) -> Vec<String> {
        let line = |problem: crate::diagnostic::Diagnostic| {
            let place = problem.place.expect("a place");
            let hints: String = problem.hints.iter().map(|hint| format!(" | {hint}")).collect();
            format!("{}:{}+{} {} {}{hints}", place.line, place.column, place.width, problem.code, problem.message)
        };
        body.diagnostics.into_iter().map(line).collect()
    }
}
