//! Tags in a text: shortcodes, which are paired, and those of other tools.
//!
//! It must not know what shortcodes make.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use memchr::memchr;

use super::fill::Filling;
use super::{Prepass, within};
use crate::page::body::shortcode::call::{self, Kind};

/// How far the end of another tool's tag is looked for.
const LONGEST_FOREIGN: usize = 2_000;

impl<'t> Prepass<'t> {
    /// Finds the tags of a text, outside of code.
    pub fn find_tags(&mut self, text: &'t str, code: &[Range<usize>]) {
        let mut at = 0;
        while let Some(next) = memchr(b'{', &text.as_bytes()[at..]) {
            at += next;
            let is_tag = text[at..].starts_with("{{") || text[at..].starts_with("{%");
            if let Some(range) = within(code, at).filter(|_| is_tag) {
                at = range.end.max(at + 1);
                continue;
            }
            let length = if is_tag { self.tag(text, at) } else { None };
            at += length.unwrap_or(1);
        }
    }

    /// Keeps the tag at `at`, and returns its length.
    fn tag(&mut self, text: &'t str, at: usize) -> Option<usize> {
        let rest = &text[at..];
        if rest.starts_with("{{<") || rest.starts_with("{{%") {
            match call::read(text, at) {
                Ok(Some(call)) => {
                    let length = call.range.len();
                    self.calls.push(call);
                    return Some(length);
                }
                Ok(None) => {}
                Err(malformed) => {
                    self.malformed.push(malformed);
                    return Some(3);
                }
            }
        }
        let close = if rest.starts_with("{%") { "%}" } else { "}}" };
        // Where a search found nothing the next need not look again.
        let searched = &mut self.searched[usize::from(close == "}}")];
        let from = (at + 2).max(*searched);
        let to = from.max(text.len().min(at + LONGEST_FOREIGN));
        let found = text.as_bytes()[from..to].windows(2).position(|pair| pair == close.as_bytes());
        *searched = found.map_or(to, |found| from + found + 2);
        let end = from + found? + 2;
        self.foreign.push(at..end);
        Some(end - at)
    }

    /// Finds for each closing tag the one that it closes: the last of its name. Those that are never closed have no body.
    pub fn pair(&mut self) {
        let mut open: Vec<usize> = Vec::new();
        let mut reported: HashSet<&str> = self.malformed.iter().map(|malformed| malformed.name).collect();
        let mut count: HashMap<&str, usize> = HashMap::new();
        for at in 0..self.calls.len() {
            match self.calls[at].kind {
                Kind::Open { name, is_closed: false, .. } => {
                    open.push(at);
                    *count.entry(name).or_default() += 1;
                }
                Kind::Open { name, is_closed: true, .. } => {
                    reported.insert(name);
                }
                Kind::Close { name } if count.get(name).is_some_and(|open| *open > 0) => {
                    while let Some(opener) = open.pop() {
                        let Kind::Open { name: opened, .. } = self.calls[opener].kind else { continue };
                        *count.entry(opened).or_default() -= 1;
                        if opened == name {
                            self.calls[opener].partner = Some(at);
                            self.calls[at].partner = Some(opener);
                            break;
                        }
                    }
                }
                // What it would close has been told of, or closes itself: it belongs to nobody but itself.
                Kind::Close { name } if reported.contains(name) => self.calls[at].partner = Some(at),
                _ => {}
            }
        }
    }

    /// A line with nothing but shortcodes is a block, all others are part of their paragraph.
    pub fn place(&self, text: &str, holes: &mut Vec<(Range<usize>, Filling)>) {
        let mut first = 0;
        while first < self.calls.len() {
            let mut last = first;
            let gap = |last: usize| self.calls.get(last + 1).map(|next| &text[self.calls[last].range.end..next.range.start]);
            let mut only_calls = true;
            while let Some(between) = gap(last).filter(|gap| !gap.contains('\n')) {
                only_calls &= between.trim().is_empty();
                last += 1;
            }
            let (start, end) = (self.calls[first].range.start, self.calls[last].range.end);
            let before = &text[text[..start].rfind('\n').map_or(0, |at| at + 1)..start];
            let after = &text[end..text[end..].find('\n').map_or(text.len(), |at| end + at)];
            let filling = if only_calls && is_prefix(before) && after.trim().is_empty() { Filling::Block } else { Filling::Inline };
            let with_part = |call: &call::Call| call.range.start..call.range.end + part_behind(text, &call.range).len();
            holes.extend(self.calls[first..=last].iter().map(|call| (with_part(call), filling)));
            first = last + 1;
        }
    }
}

/// What stands behind a tag that begins the destination of a link, as in `[x]({{< ref "y" >}}#part)`.
pub fn part_behind<'t>(text: &'t str, tag: &Range<usize>) -> &'t str {
    let rest = &text[tag.end..];
    if !rest.starts_with(['#', '?']) || !text[..tag.start].ends_with("](") {
        return "";
    }
    &rest[..rest.find(|letter: char| letter == ')' || letter.is_whitespace()).unwrap_or(0)]
}

/// True if a block can begin behind `before` on its line: spaces, quotation marks, and the marks of lists, definitions and notes.
pub fn is_prefix(before: &str) -> bool {
    before.split_whitespace().all(|mark| {
        let is_note = mark.starts_with("[^") && mark.ends_with("]:");
        let number = mark.strip_suffix(['.', ')']);
        let is_number = number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
        is_note || is_number || mark.bytes().all(|byte| byte == b'>') || matches!(mark, "-" | "*" | "+" | ":")
    })
}
