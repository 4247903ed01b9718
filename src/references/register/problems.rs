//! What is wrong in a file of sources, with its place.
//!
//! Owns the way from bytes to places: one pass over the file for all of them, so that many problems of a large file take no longer than reading it. It
//! must not know any format.

use std::ops::Range;

use super::RegisterFile;
use super::counted::looked_at;
use crate::diagnostic::{Diagnostic, Place};

/// Problems of a file, each with the bytes that it means.
#[derive(Default)]
pub struct Problems {
    found: Vec<(Range<usize>, Diagnostic)>,
}

impl Problems {
    /// Adds a problem, which gets its place later.
    pub fn add(&mut self, range: Range<usize>, problem: Diagnostic) {
        self.found.push((range, problem));
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All problems with their places, in the order of the file.
    pub fn placed(mut self, file: &RegisterFile) -> Vec<Diagnostic> {
        self.found.sort_by_key(|(range, _)| (range.start, range.end));
        let places = places(file, self.found.iter().map(|(range, _)| range.clone()));
        self.found.into_iter().zip(places).map(|((_, problem), place)| problem.at(place)).collect()
    }
}

/// As much of a long line is looked at on either side, in bytes: more than a place keeps.
const WINDOW: usize = 1_000;

/// The places of ranges that are in order, by one pass over the file. Each equals `Place::range` of it.
pub fn places(file: &RegisterFile, ranges: impl Iterator<Item = Range<usize>>) -> Vec<Place> {
    let text = &*file.text;
    let mut line = Line { number: 1, start: 0, counted: 0, chars: 0 };
    ranges
        .map(|range| {
            let start = text.floor_char_boundary(range.start.min(text.len()));
            line.advance(text, start);
            looked_at(WINDOW);
            let from = text.floor_char_boundary(start.saturating_sub(WINDOW)).max(line.start);
            let rest = &text[start..];
            let end = rest.find('\n').map_or(text.len(), |at| start + at).min(text.ceil_char_boundary((start + WINDOW).min(text.len())));
            let mut place = Place::range(&file.path, &text[from..end], start - from..range.end.clamp(start, end) - from);
            let before = line.chars as u32 - (place.column - 1);
            place.line = line.number;
            place.column += before;
            place.skipped += before;
            place
        })
        .collect()
}

/// How far the pass has come.
struct Line {
    number: u32,
    /// The first byte of the line.
    start: usize,
    /// Up to this byte its characters are counted.
    counted: usize,
    chars: usize,
}

impl Line {
    fn advance(&mut self, text: &str, to: usize) {
        looked_at(to - self.counted.min(to));
        let passed = &text[self.counted.min(to)..to];
        if let Some(end) = passed.rfind('\n') {
            self.number += passed.bytes().filter(|byte| *byte == b'\n').count() as u32;
            self.start = self.counted + end + 1;
            self.counted = self.start;
            self.chars = 0;
        }
        self.chars += text[self.counted.min(to)..to].chars().count();
        self.counted = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_one_pass_are_those_that_are_found_alone() {
        let text = format!("first é line\r\n{}\n\nlast", "wörd ".repeat(900));
        let file = RegisterFile::new("content/_data/a.bib", text.as_str());
        let ranges: Vec<Range<usize>> = (0..text.len()).step_by(37).map(|at| at..at + 3).collect();
        let alone = ranges.iter().map(|range| Place::range(&file.path, &text, range.clone()));
        for (one, other) in places(&file, ranges.iter().cloned()).into_iter().zip(alone) {
            assert_eq!(one, other);
        }
    }
}
