//! Comments: what authors write for themselves, which no reader may see.
//!
//! Owns `%%…%%` as Obsidian has it, and those comments of HTML that a CommonMark parser takes for text, because a blank line, a list or a bar stands in
//! them. All others are left out when their HTML is written. It must not know what is made of the rest of a text.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr2, memmem};
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::within;
use crate::config::Markdown;
use crate::html::pieces::{self, comment_end};

/// A text without its comments.
#[derive(Debug)]
pub struct Uncommented<'t> {
    /// Of the same length as the original. What stands in place of a comment says nothing to Markdown: spaces, or `%`.
    pub text: Cow<'t, str>,
    /// Where those `%` stand, sorted: they are not shown.
    pub fillings: Vec<Range<usize>>,
    /// Marks that begin a comment which has no end.
    pub loose: Vec<Range<usize>>,
}

/// Comments within which a block of code begins make it necessary to look again, but not without end.
const MOST_LOOKS: usize = 8;

/// Looks through the Markdown `text`. Only a text that may hold a comment which Markdown does not know is parsed for it.
pub fn find<'t>(text: &'t str, options: Options, settings: &Markdown) -> Uncommented<'t> {
    let mut found = Uncommented { text: Cow::Borrowed(text), fillings: Vec::new(), loose: Vec::new() };
    if memmem::find(text.as_bytes(), b"%%").is_none() && (settings.keep_comments || !has_hard_comment(text)) {
        return found;
    }
    for _ in 0..MOST_LOOKS {
        found.loose.clear();
        let code = code(&found.text, options);
        if !found.look(text, &code, settings) {
            break;
        }
    }
    found.fillings.sort_unstable_by_key(|range| range.start);
    found
}

/// One line of plain text, such as a title, without its comments.
pub fn plain(text: &str) -> Cow<'_, str> {
    if memchr2(b'%', b'<', text.as_bytes()).is_none() || !text.contains("%%") && !text.contains("<!--") {
        return Cow::Borrowed(text);
    }
    let mut found = Uncommented { text: Cow::Borrowed(text), fillings: Vec::new(), loose: Vec::new() };
    found.look(text, &[], &Markdown::default());
    let kept = pieces::without_comments(&found.shown()).split_whitespace().collect::<Vec<_>>().join(" ");
    Cow::Owned(kept)
}

/// True if a comment of HTML may be none to a parser: it has no end, or goes over lines without beginning a block, or has a bar, which divides cells.
fn has_hard_comment(text: &str) -> bool {
    let mut at = 0;
    while let Some(found) = memmem::find(&text.as_bytes()[at..], b"<!--") {
        let start = at + found;
        let Some(length) = comment_end(&text[start..]) else { return true };
        let comment = &text[start..start + length];
        if comment.contains('|') || comment.contains('\n') && !is_block(text, start, comment) {
            return true;
        }
        at = start + length;
    }
    false
}

/// True if a comment over several lines is a block of HTML, wherever it stands.
fn is_block(text: &str, start: usize, comment: &str) -> bool {
    let before = &text[..start];
    let begins_line = before.is_empty() || before.ends_with('\n');
    let is_apart = || is_blank(before.strip_suffix('\n').map_or("", last_line));
    begins_line && (is_apart() || !comment.split('\n').any(is_blank))
}

fn last_line(text: &str) -> &str {
    text.rsplit('\n').next().unwrap_or(text)
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// The places in which marks are text: code, formulas, addresses; and comments that the parser knows.
fn code(text: &str, options: Options) -> Vec<Range<usize>> {
    let mut code = Vec::new();
    let (mut element, mut inner_end) = (None, 0);
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match &event {
            Event::Start(Tag::CodeBlock(_)) | Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => code.push(range.clone()),
            Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => code.push(range.clone()),
            Event::End(TagEnd::Link | TagEnd::Image) if inner_end < range.end => code.push(inner_end..range.end),
            Event::Start(Tag::HtmlBlock) => code.extend(code_of_html(&text[range.clone()], range.start)),
            Event::InlineHtml(tag) if tag.starts_with("<!--") => code.push(range.clone()),
            Event::InlineHtml(tag) if is_code(tag.trim_start_matches('<')) => element = element.or(Some(range.start)),
            Event::InlineHtml(tag) if tag.strip_prefix("</").is_some_and(is_code) => {
                code.extend(element.take().map(|start| start..range.end));
            }
            _ => {}
        }
        inner_end = if matches!(event, Event::Start(_)) { range.start } else { range.end };
    }
    code.sort_unstable_by_key(|range| range.start);
    code
}

fn is_code(tag: &str) -> bool {
    ["code", "kbd", "samp"].iter().any(|name| tag.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name)))
}

/// In a block of HTML: its comments that have an end, and all of it if it is a script, a style or preformatted.
fn code_of_html(block: &str, start: usize) -> impl Iterator<Item = Range<usize>> {
    let is_whole = |name: &&str| block.trim_start().get(1..=name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name));
    let whole = ["script", "style", "pre", "textarea"].iter().any(is_whole).then_some(0..block.len());
    let comments = pieces::comments(block).filter({
        let is_code = whole.is_some();
        move |_| !is_code
    });
    whole.into_iter().chain(comments).map(move |range| range.start + start..range.end + start)
}

impl Uncommented<'_> {
    /// Takes comments out. True if one of them held the beginning of a piece of code and not its end, so that what was code may be none.
    fn look(&mut self, original: &str, code: &[Range<usize>], settings: &Markdown) -> bool {
        let mut cuts_code = false;
        let mut at = 0;
        // Behind a comment of HTML without an end none has one; it is looked for once, and told once.
        let mut is_endless = false;
        while let Some(next) = memchr2(b'%', b'<', &self.text.as_bytes()[at..]) {
            at += next;
            if let Some(range) = within(code, at) {
                at = range.end;
                continue;
            }
            let is_mark = self.text.as_bytes()[at] == b'%';
            let found = match is_mark {
                true => self.mark(at, code),
                false if is_endless => Found::Text(1),
                false => self.html_comment(at, settings),
            };
            is_endless |= !is_mark && matches!(found, Found::Loose(_));
            match found {
                Found::Text(length) => at += length,
                Found::Loose(length) => {
                    self.loose.push(at..at + length);
                    at += length;
                }
                Found::Comment(end) => {
                    cuts_code |= code.iter().any(|code| (at..end).contains(&code.start) && code.end > end);
                    self.fill(original, at..end);
                    at = end;
                }
            }
        }
        cuts_code
    }

    /// What the `%` at `at` is.
    fn mark(&self, at: usize, code: &[Range<usize>]) -> Found {
        let text = &*self.text;
        let run = run(text, at);
        let before = text.as_bytes()[..at].last();
        if run != 2 || before == Some(&b'\\') {
            return Found::Text(run);
        }
        // `100%% sure` is a number with a sign too many.
        let is_number = before.is_some_and(u8::is_ascii_digit);
        if is_number && text[at + 2..].chars().next().is_none_or(char::is_whitespace) {
            return Found::Text(run);
        }
        let rest = if is_number { paragraph(&text[at..]) } else { &text[at..] };
        let closes = |from: usize| closers(rest, from).map(|(start, end)| (start + at, end + at));
        let close = closes(2).find(|(start, _)| within(code, *start).is_none()).or_else(|| closes(2).next());
        match close {
            Some((start, end)) if !is_number || !text.as_bytes()[start - 1].is_ascii_digit() => Found::Comment(end),
            _ if is_number => Found::Text(run),
            _ => Found::Loose(run),
        }
    }

    /// What the `<` at `at` is.
    fn html_comment(&self, at: usize, settings: &Markdown) -> Found {
        let rest = &self.text[at..];
        if settings.keep_comments || !rest.starts_with("<!--") || self.text[..at].ends_with('\\') {
            return Found::Text(1);
        }
        comment_end(rest).map_or(Found::Loose(4), |length| Found::Comment(at + length))
    }

    /// Puts in place of a comment what leaves the blocks around it as they are.
    fn fill(&mut self, original: &str, range: Range<usize>) {
        let text = self.text.to_mut();
        let line = text[..range.start].rfind('\n').map_or(0, |end| end + 1);
        let end = text[range.end..].find('\n').map_or(text.len(), |end| range.end + end);
        let (before, after) = (&text[line..range.start], &text[range.end..end]);
        let is_last = is_blank(after);
        let is_apart = || {
            let above = text[..line].strip_suffix('\n').is_none_or(|above| is_blank(last_line(above)));
            above || text.get(end + 1..).is_none_or(|below| is_blank(below.split('\n').next().unwrap_or("")))
        };
        let ends_line = is_last && (before.trim_start().starts_with('#') || before.trim_end().ends_with(">}}"));
        if ends_line || is_last && is_blank(before) && is_apart() {
            let blank: String = original[range.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
            text.replace_range(range, &blank);
        } else {
            // One line, however many it was: what stands in it cannot end the block around it.
            text.replace_range(range.clone(), &"%".repeat(range.len()));
            self.fillings.push(range);
        }
    }

    /// The text without what stands in place of comments.
    fn shown(&self) -> String {
        let mut shown = String::with_capacity(self.text.len());
        outside(&self.fillings, 0..self.text.len()).for_each(|range| shown.push_str(&self.text[range]));
        shown
    }
}

/// What a sign turns out to be, and how far it goes.
enum Found {
    Text(usize),
    Loose(usize),
    /// A comment that ends at this byte.
    Comment(usize),
}

/// How many `%` stand at `at`.
fn run(text: &str, at: usize) -> usize {
    text.as_bytes()[at..].iter().take_while(|byte| **byte == b'%').count()
}

/// The text up to a blank line.
fn paragraph(text: &str) -> &str {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > 0 && is_blank(line) {
            break;
        }
        at += line.len();
    }
    &text[..at]
}

/// Where marks stand that may end a comment: two and more `%`, not escaped.
fn closers(text: &str, mut from: usize) -> impl Iterator<Item = (usize, usize)> {
    std::iter::from_fn(move || {
        loop {
            let start = from + memmem::find(text.as_bytes().get(from..)?, b"%%")?;
            from = start + run(text, start);
            if !text[..start].ends_with('\\') {
                return Some((start, from));
            }
        }
    })
}

/// The parts of `range` that are in none of the sorted `fillings`.
pub fn outside(fillings: &[Range<usize>], range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let first = fillings.partition_point(|filling| filling.end <= range.start);
    let mut inside = fillings[first..].iter().take_while({
        let end = range.end;
        move |filling| filling.start < end
    });
    let mut from = Some(range.start);
    std::iter::from_fn(move || {
        let start = from.take()?;
        match inside.next() {
            Some(filling) => {
                from = Some(filling.end.min(range.end));
                Some(start..filling.start.max(start))
            }
            None => Some(start..range.end),
        }
    })
    .filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests;
