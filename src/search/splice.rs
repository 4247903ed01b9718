//! Splice: the bytes of a list with some pages left out and others put in.
//!
//! It must not know which pages come and go.

use std::ops::Range;

use super::posting::Posting;

/// A list that is written from another one, in runs as long as they can be.
pub struct Splice<'a> {
    from: &'a [u8],
    /// So much of it was copied, written anew or left out.
    copied: usize,
    bytes: Vec<u8>,
    /// The last page that was written, if what comes next of the other list has to be told from it.
    pub last: Option<u32>,
}

impl<'a> Splice<'a> {
    /// Nothing yet of the list that these bytes are.
    pub fn new(from: &'a [u8]) -> Splice<'a> {
        Splice { from, copied: 0, bytes: Vec::with_capacity(from.len()), last: None }
    }

    fn copy_to(&mut self, end: usize) {
        self.bytes.extend_from_slice(&self.from[self.copied..end]);
        self.copied = end;
    }

    /// Writes a page of elsewhere at `start`, which is behind the page `before`.
    pub fn insert(&mut self, start: usize, before: u32, posting: Posting) {
        self.copy_to(start);
        posting.write(self.last.unwrap_or(before), &mut self.bytes);
        self.last = Some(posting.page);
    }

    /// Passes over a page behind the page `before`.
    pub fn leave_out(&mut self, span: Range<usize>, before: u32) {
        self.copy_to(span.start);
        self.copied = span.end;
        self.last.get_or_insert(before);
    }

    /// Has the page that ends at `end`.
    pub fn keep(&mut self, end: usize, posting: Posting) {
        if let Some(last) = self.last.take() {
            posting.write(last, &mut self.bytes);
            self.copied = end;
        }
    }

    /// All of it.
    pub fn end(mut self) -> Vec<u8> {
        self.copy_to(self.from.len());
        self.bytes
    }
}
