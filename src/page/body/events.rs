//! What a CommonMark parser finds in a text, event by event.
//!
//! It must not know what is made of it.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, OffsetIter, Options, Parser};

/// Events with their places; pieces of text that follow each other in the source come as one.
pub struct Events<'a> {
    parser: OffsetIter<'a>,
    /// What the parser has given beyond the last text.
    ahead: Option<(Event<'a>, Range<usize>)>,
    peeked: Option<(Event<'a>, Range<usize>)>,
    /// What has been read of the text for who looks at all of it before it is written.
    held: std::vec::IntoIter<(Event<'a>, Range<usize>)>,
    text: &'a str,
}

/// Events that stay where they are.
pub type Held<'e, 'a> = std::slice::Iter<'e, (Event<'a>, Range<usize>)>;

impl<'a> Events<'a> {
    /// The events of a text.
    pub fn new(text: &'a str, options: Options) -> Events<'a> {
        let parser = Parser::new_ext(text, options).into_offset_iter();
        Events { parser, ahead: None, peeked: None, held: Vec::new().into_iter(), text }
    }

    /// All events of the text, which are read once and stay the next ones. It is asked for before any is taken.
    pub fn hold(&mut self) -> Held<'_, 'a> {
        if self.held.len() == 0 {
            let mut all = Vec::with_capacity(64 + self.text.len() / 64);
            all.extend(&mut *self);
            self.held = all.into_iter();
        }
        self.held.as_slice().iter()
    }

    /// The next event, which stays the next one.
    pub fn peek(&mut self) -> Option<&(Event<'a>, Range<usize>)> {
        if self.peeked.is_none() {
            self.peeked = self.next();
        }
        self.peeked.as_ref()
    }

    /// Takes `(destination)` off the text that begins at the byte `at`, and returns it with where it ends; `None` if no destination stands there.
    pub fn take_destination(&mut self, at: usize) -> Option<(&'a str, usize)> {
        let (Event::Text(CowStr::Borrowed(text)), range) = self.peek()? else { return None };
        let (text, range) = (*text, range.clone());
        let mut open = 0;
        let close = text.bytes().position(|byte| {
            open += i32::from(byte == b'(') - i32::from(byte == b')');
            open == 0
        });
        let destination = text.strip_prefix('(').zip(close).map(|(inner, close)| &inner[..close - 1])?;
        if range.start != at || destination.is_empty() || destination.contains(char::is_whitespace) {
            return None;
        }
        let end = destination.len() + 2;
        let rest = (end < text.len()).then(|| (Event::Text(CowStr::Borrowed(&text[end..])), range.start + end..range.end));
        self.peeked = rest;
        Some((destination, range.start + end))
    }

    /// Takes `words` off the text that begins at the byte `at`; false if other text stands there.
    pub fn take_words(&mut self, at: usize, words: &str) -> bool {
        let Some((Event::Text(CowStr::Borrowed(text)), range)) = self.peek() else { return false };
        let (text, range) = (*text, range.clone());
        let Some(rest) = text.strip_prefix(words).filter(|_| range.start == at) else { return false };
        let start = range.start + words.len();
        self.peeked = (!rest.is_empty()).then_some((Event::Text(CowStr::Borrowed(rest)), start..range.end));
        true
    }

    /// Passes over the rest of the element that began last.
    pub fn skip_element(&mut self) {
        let mut depth = 1;
        while depth > 0 {
            match self.next() {
                Some((Event::Start(_), _)) => depth += 1,
                Some((Event::End(_), _)) => depth -= 1,
                Some(_) => {}
                None => return,
            }
        }
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = (Event<'a>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.peeked.is_some() {
            return self.peeked.take();
        }
        if let Some(held) = self.held.next() {
            return Some(held);
        }
        let (event, mut range) = self.ahead.take().or_else(|| self.parser.next())?;
        if !matches!(&event, Event::Text(CowStr::Borrowed(text)) if text.len() == range.len()) {
            return Some((event, range));
        }
        loop {
            match self.parser.next() {
                Some((Event::Text(CowStr::Borrowed(text)), next)) if next.start == range.end && text.len() == next.len() => {
                    range.end = next.end
                }
                other => {
                    self.ahead = other;
                    return Some((Event::Text(CowStr::Borrowed(&self.text[range.clone()])), range));
                }
            }
        }
    }
}

/// Passes over the rest of the element that began last.
pub fn skip_held(events: &mut Held) {
    let mut depth = 1;
    while depth > 0 {
        match events.next() {
            Some((Event::Start(_), _)) => depth += 1,
            Some((Event::End(_), _)) => depth -= 1,
            Some(_) => {}
            None => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_comes_in_one_piece_and_a_look_ahead_loses_nothing() {
        let mut events = Events::new("a_b[c] *d*", Options::empty());
        events.peek();
        let found: Vec<Event> = std::iter::from_fn(|| {
            events.peek();
            events.next().map(|(event, _)| event)
        })
        .collect();
        assert_eq!(found[1], Event::Text("a_b[c] ".into()));
        assert_eq!(found.len(), 6);
    }

    #[test]
    fn what_is_held_comes_again() {
        let text = "a [b](c.md)\n\n- *d*\n";
        let streamed: Vec<_> = Events::new(text, Options::empty()).collect();
        let mut events = Events::new(text, Options::empty());
        assert_eq!(events.hold().cloned().collect::<Vec<_>>(), streamed);
        assert_eq!(events.hold().len(), streamed.len());
        assert_eq!(events.collect::<Vec<_>>(), streamed);
    }
}
