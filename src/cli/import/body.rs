//! The text of a page as a dialect looks at it: what is code in it, and on which line something stands.
//!
//! It must not know any dialect.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

/// A text of Markdown below its front matter.
pub struct Body<'t> {
    /// The text.
    pub text: &'t str,
    first_line: usize,
    /// In order, none within another.
    code: Vec<Range<usize>>,
}

impl<'t> Body<'t> {
    /// Looks at a text that begins on a line of its file, counted from 1.
    pub fn new(text: &'t str, first_line: usize) -> Body<'t> {
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_DEFINITION_LIST;
        let code = Parser::new_ext(text, options).into_offset_iter().filter_map(|(event, range)| match event {
            Event::Start(Tag::CodeBlock(_)) | Event::Code(_) => Some(range),
            _ => None,
        });
        Body { text, first_line, code: code.collect() }
    }

    /// Whether a byte stands in code, where tags are text.
    pub fn is_code(&self, at: usize) -> bool {
        let after = self.code.partition_point(|range| range.start <= at);
        after > 0 && self.code[after - 1].contains(&at)
    }

    /// The line of the file that a byte stands on, counted from 1.
    pub fn line(&self, at: usize) -> usize {
        self.first_line + self.text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count()
    }

    /// The lines with the byte that each begins at, those of code left out.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &'t str)> {
        let starts = self.text.split_inclusive('\n').scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line))
        });
        starts.filter(|(at, _)| !self.is_code(*at))
    }
}

/// Where the links and pictures of a text lead, as they are written.
pub fn destinations(text: &str) -> Vec<String> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    let events = Parser::new_ext(text, options).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    });
    events.collect()
}
