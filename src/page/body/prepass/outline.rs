//! Where code, comments and formulas stand in a text, and which headings it has.
//!
//! It must not know shortcodes.

use std::ops::Range;

use memchr::memchr;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{Prepass, Title};
use crate::html::pieces::comments;

/// True if a line may be a heading of the first level, or the line of `=` below one. Most `#` and `=` stand in other headings and in code.
pub fn may_have_first_level(text: &str) -> bool {
    // Nothing can stand before a block but what opens a quotation, an item or a note, and of these only a note has a name.
    let is_plain = |before: &str| !before.contains(char::is_alphabetic);
    let is_heading = |line: &str| {
        let is_first = line.find('#').is_some_and(|at| line[at..].starts_with("# ") && is_plain(&line[..at]));
        is_first || line.contains("# ") && line.contains("[^")
    };
    let is_underline = |line: &str| {
        let before = line.trim_end().trim_end_matches('=');
        line.trim_end().len() > before.len() && (is_plain(before) || before.contains("[^"))
    };
    lines_with(text, b'#').any(is_heading) || lines_with(text, b'=').any(is_underline)
}

/// The lines that hold a letter, which is ASCII.
fn lines_with(text: &str, letter: u8) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let found = at + memchr(letter, text.get(at..)?.as_bytes())?;
        let start = text[at..found].rfind('\n').map_or(at, |end| at + end + 1);
        let end = text[found..].find('\n').map_or(text.len(), |end| found + end);
        at = end + 1;
        Some(&text[start..end])
    })
}

impl Prepass<'_> {
    /// The places of code, comments and formulas; and what headings there are.
    pub fn outline(&mut self, text: &str, title: Title, options: Options) -> Vec<Range<usize>> {
        let mut code = Vec::new();
        let (mut depth, mut blocks, mut headings, mut first_levels) = (0, 0, 0, 0);
        let mut first: Option<String> = None;
        for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
            match event {
                Event::Start(Tag::CodeBlock(_)) => code.push(range),
                Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                    if let Some(first) = &mut first {
                        first.push_str(text[range.clone()].trim_matches('`'));
                    }
                    code.push(range);
                }
                Event::InlineHtml(tag) if tag.starts_with("<!--") => code.push(range),
                Event::Start(Tag::HtmlBlock) => {
                    let start = range.start;
                    code.extend(comments(&text[range]).map(|comment| comment.start + start..comment.end + start));
                }
                Event::Start(Tag::Heading { level, .. }) => {
                    let is_title = headings == 0 && depth == 0 && level == HeadingLevel::H1 && blocks == 0;
                    if is_title && matches!(title, Title::Known(_)) {
                        first = Some(String::new());
                    }
                    let leaves = headings == 0 && depth == 0 && matches!(title, Title::FirstHeading);
                    headings += i32::from(depth == 0);
                    first_levels += i32::from(level == HeadingLevel::H1 && !leaves);
                }
                Event::End(TagEnd::Heading(_)) => {
                    if let (Title::Known(title), Some(first)) = (title, first.take()) {
                        self.begins_with_title = first.trim().to_lowercase() == title.trim().to_lowercase();
                        first_levels -= i32::from(self.begins_with_title);
                    }
                }
                Event::Text(words) => {
                    if let Some(first) = &mut first {
                        first.push_str(&words);
                    }
                }
                Event::Start(Tag::BlockQuote(_) | Tag::Item | Tag::FootnoteDefinition(_) | Tag::DefinitionListDefinition) => depth += 1,
                Event::End(TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition | TagEnd::DefinitionListDefinition) => {
                    depth -= 1
                }
                _ => {}
            }
            blocks += 1;
        }
        self.has_first_level = first_levels > 0;
        code
    }
}
