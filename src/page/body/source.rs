//! The Markdown that is being read: the text that the parser sees, the one that its author wrote, and its place in the file.
//!
//! It must not know what is made of it.

use std::borrow::Cow;
use std::ops::Range;

use super::prepass::comments::{outside, plain};

/// Where the text that is being rendered stands in the file.
#[derive(Debug, Clone, Copy)]
pub enum TextOrigin {
    /// It begins at this byte.
    Body(usize),
    /// A line of the front matter, with a letter before it that is not in the file; where, if it could be found.
    Line(Option<usize>),
}

/// One text that is rendered.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// What the parser reads, and what its author wrote: both of the same length.
    pub text: &'a str,
    pub original: &'a str,
    pub origin: TextOrigin,
    /// What stands in `text` for comments, and is not shown.
    pub fillings: &'a [Range<usize>],
}

impl<'a> Source<'a> {
    /// Whether this is one line of the front matter.
    pub fn is_line(&self) -> bool {
        matches!(self.origin, TextOrigin::Line(_))
    }

    /// The place in the file of a range of the text.
    pub fn in_file(&self, range: Range<usize>) -> Range<usize> {
        match self.origin {
            TextOrigin::Body(start) => range.start + start..range.end + start,
            // The letter before the line is one byte.
            TextOrigin::Line(Some(start)) => (range.start + start).saturating_sub(1)..(range.end + start).saturating_sub(1),
            TextOrigin::Line(None) => 0..0,
        }
    }

    /// The place in the file of a range of the text, as it is kept.
    pub fn span(&self, range: Range<usize>) -> Range<u32> {
        let place = self.in_file(range);
        place.start as u32..place.end as u32
    }

    /// Where a slice of the text begins in it; `None` if it is no slice of it.
    pub fn offset(&self, slice: &str) -> Option<usize> {
        let start = (slice.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        (start + slice.len() <= self.text.len()).then_some(start)
    }

    /// The first line of a range, without its end.
    pub fn first_line(&self, range: &Range<usize>) -> Range<usize> {
        range.start..range.start + self.text[range.clone()].find('\n').unwrap_or(range.len())
    }

    /// A range without the blanks at its end.
    pub fn trimmed(&self, range: &Range<usize>) -> Range<usize> {
        range.start..range.start + self.text[range.clone()].trim_end().len()
    }

    /// A piece of the text as its author wrote it, before shortcodes were taken out.
    pub fn original_of<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.offset(text).filter(|_| self.text.as_ptr() != self.original.as_ptr()) {
            Some(start) => Cow::Owned(self.original[start..start + text.len()].to_string()),
            None => Cow::Borrowed(text),
        }
    }

    /// A title or a name that stands somewhere in `range` of the text and is no running text, without its comments and what stands in their place.
    pub fn spoken<'t>(&self, words: &'t str, range: &Range<usize>) -> Cow<'t, str> {
        match self.uncommented(words, range) {
            Some(kept) => Cow::Owned(plain(kept.trim()).into_owned()),
            None => plain(words),
        }
    }

    /// Words that stand in `range` of the text, or where it refers to, without what stands in place of comments; `None` if that is nothing.
    pub fn uncommented(&self, words: &str, range: &Range<usize>) -> Option<String> {
        if self.fillings.is_empty() {
            return None;
        }
        let kept = match (self.offset(words), fillings_in(self.fillings, range)) {
            (Some(start), _) => outside(self.fillings, start..start + words.len()).map(|part| &self.text[part]).collect(),
            (None, []) => without_runs(words, self.fillings),
            (None, fillings) => without_runs(words, fillings),
        };
        Some(kept).filter(|kept: &String| kept.len() < words.len())
    }
}

/// The fillings within a range.
fn fillings_in<'f>(fillings: &'f [Range<usize>], range: &Range<usize>) -> &'f [Range<usize>] {
    let first = fillings.partition_point(|filling| filling.start < range.start);
    let end = fillings.partition_point(|filling| filling.end <= range.end);
    fillings.get(first..end).unwrap_or_default()
}

/// Words that were unescaped, so that their letters stand elsewhere, without the runs of `%` that are as long as `fillings`, in their order.
fn without_runs(words: &str, fillings: &[Range<usize>]) -> String {
    let mut kept = String::with_capacity(words.len());
    let mut rest = words;
    for length in fillings.iter().map(|filling| filling.len()) {
        let Some(start) = run_of(rest, length) else { continue };
        kept.push_str(&rest[..start]);
        rest = &rest[start + length..];
    }
    kept.push_str(rest);
    kept
}

/// Where the first run of exactly so many `%` begins.
fn run_of(text: &str, length: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(next) = text[at..].find('%') {
        let start = at + next;
        let run = text[start..].bytes().take_while(|byte| *byte == b'%').count();
        if run == length {
            return Some(start);
        }
        at = start + run;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_were_unescaped_lose_the_comments_of_their_place_and_no_other_signs() {
        let text = "[a](b 'c \\' %%%%%%% d %%%% e')";
        let filling = 12..19;
        let source = Source { text, original: text, origin: TextOrigin::Body(0), fillings: std::slice::from_ref(&filling) };
        assert_eq!(&text[12..19], "%%%%%%%");
        assert_eq!(source.spoken("c ' %%%%%%% d %%%% e", &(0..text.len())), "c ' d %%%% e");
        assert_eq!(source.spoken("%%%% e", &(20..text.len())), "%%%% e");
        assert_eq!(source.spoken(&text[9..], &(0..text.len())), "\\' d %%%% e')");
    }
}
