//! Citations in a text: `[see @a, pp. 33-35; also @b]`, `@a says`, `@a [p. 33; @b]`, `[-@a]`.
//!
//! Pandoc's syntax (<https://pandoc.org/MANUAL.html#citation-syntax>), but that nothing which was written is dropped. What is read is a text in which all
//! that is no letter of running text is one sign of `flat`. It must not know Markdown, nor what a citation becomes.

use std::ops::Range;

use super::flat::{CLOSE, FIRST_OF_SIGNS, FOREIGN, OPEN};
use super::{key, locator};
use crate::references::{Authors, Locator, Narration};

/// So many sources in one pair of brackets are a mistake, and would take long.
const MOST_CITES: usize = 1_000;

/// What stands between two sources where `;` is meant.
const JOINTS: [&str; 11] = ["and", "&", "et", "und", "y", "e", "en", "i", "та", "/", "؛"];

/// A cluster: what it takes the place of, and what it cites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub range: Range<usize>,
    pub narration: Narration,
    pub parts: Vec<Part>,
}

/// One source in a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The `@` and its key, with the hyphen before it.
    pub mark: Range<usize>,
    pub key: String,
    pub prefix: Range<usize>,
    pub suffix: Range<usize>,
    pub locator: Option<Locator>,
    /// What the locator was read from.
    pub place: Range<usize>,
    pub authors: Authors,
}

/// What is wrong with brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slip {
    /// Sources that are not parted by `;`: how it would be right.
    Joined(Vec<Piece>),
    /// Something stands in a citation that cannot.
    Foreign,
    /// A citation stands in a citation.
    Nested,
    TooMany,
}

/// What can stand in a text only by mistake, and is shown as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Odd {
    /// `[@a, p. 3` without its end.
    Unclosed,
    /// `[^@a]`.
    NoteMark,
    /// `@` before a blank in a citation.
    NoKey,
    /// `;` with nothing on one side.
    Empty,
}

/// A piece of a line that is mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Kept(Range<usize>),
    New(&'static str),
}

/// All that was found in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// In the order of the text; none overlaps another.
    pub clusters: Vec<Found>,
    pub slips: Vec<(Range<usize>, Slip)>,
    pub odd: Vec<(Range<usize>, Odd)>,
    /// `@word` where no source has that key.
    pub unknown: Vec<Range<usize>>,
}

/// A key with its `@`, and the hyphen before it.
#[derive(Debug, Clone)]
struct Mark {
    range: Range<usize>,
    key: String,
    authors: Authors,
}

/// A bracket that is open.
struct Open {
    at: usize,
    level: i32,
    /// Indices of the marks right in it.
    marks: Vec<usize>,
    has_cluster: bool,
    has_foreign: bool,
}

/// A pair of brackets.
struct Pair {
    range: Range<usize>,
    has_marks: bool,
    is_used: bool,
}

/// What stands between `;` in brackets, with the indices of its marks.
struct Segment {
    range: Range<usize>,
    marks: Vec<usize>,
}

/// What is collected while a text is read.
struct Reader<'t> {
    text: &'t str,
    lang: &'t str,
    marks: Vec<Mark>,
    open: Vec<Open>,
    /// Pairs that are a cluster, or may be the locator of one.
    pairs: Vec<Pair>,
    /// Indices of marks that stand in no pair.
    bare: Vec<usize>,
    level: i32,
    /// The next place at which a sign of `flat` may stand.
    next_flat: usize,
    reading: Reading,
}

/// Reads a text. `is_known` says whether a source has a key; those in brackets are read in either case.
pub fn read(text: &str, lang: &str, is_known: impl Fn(&str) -> bool) -> Reading {
    let (open, pairs, bare) = (Vec::new(), Vec::new(), Vec::new());
    let mut reader = Reader { text, lang, marks: Vec::new(), open, pairs, bare, level: 0, next_flat: 0, reading: Reading::default() };
    reader.scan();
    reader.narrate(is_known);
    reader.cluster();
    reader.tell_adjacent();
    reader.tell_loose();
    let mut reading = reader.reading;
    reading.clusters.sort_by_key(|found| found.range.start);
    reading.slips.sort_by_key(|(range, _)| range.start);
    reading
}

impl Reader<'_> {
    /// Finds keys and pairs of brackets. Brackets pair only within the same emphasis.
    fn scan(&mut self) {
        let mut from = 0;
        while let Some((at, sign)) = self.next_sign(from) {
            from = at + sign.len_utf8();
            match sign {
                '[' => self.open.push(Open { at, level: self.level, marks: Vec::new(), has_cluster: false, has_foreign: false }),
                ']' => self.close(at),
                '@' => from = self.mark(at).unwrap_or(from),
                OPEN => self.level += 1,
                CLOSE => {
                    self.level -= 1;
                    while let Some(open) = self.open.pop_if(|open| open.level > self.level) {
                        self.let_go(open.marks);
                    }
                }
                _ => self.open.iter_mut().for_each(|open| open.has_foreign = true),
            }
        }
        while let Some(open) = self.open.pop() {
            self.let_go(open.marks);
        }
        self.bare.sort_unstable();
        self.pairs.sort_unstable_by_key(|pair| pair.range.start);
    }

    fn next_sign(&mut self, mut from: usize) -> Option<(usize, char)> {
        let bytes = self.text.as_bytes();
        loop {
            if self.next_flat < from || from == 0 {
                self.next_flat = memchr::memchr(FIRST_OF_SIGNS, &bytes[from..]).map_or(bytes.len(), |next| from + next);
            }
            if let Some(at) = memchr::memchr3(b'[', b']', b'@', &bytes[from..self.next_flat]) {
                return Some((from + at, char::from(bytes[from + at])));
            }
            let letter = self.text[self.next_flat..].chars().next()?;
            if matches!(letter, OPEN | CLOSE | FOREIGN) {
                return Some((self.next_flat, letter));
            }
            from = self.next_flat + letter.len_utf8();
        }
    }

    /// Notes the key at `at`, and returns where it ends.
    fn mark(&mut self, at: usize) -> Option<usize> {
        let key::Mark { range, key } = key::mark(self.text, at)?;
        let before = self.text[..at].strip_suffix('-');
        let is_suppressed = before.is_some_and(|before| !before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '-'));
        let (start, authors) = if is_suppressed { (at - 1, Authors::Suppressed) } else { (at, Authors::Shown) };
        let end = range.end;
        self.marks.push(Mark { range: start..end, key: key.into(), authors });
        self.let_go(vec![self.marks.len() - 1]);
        Some(end)
    }

    /// Gives marks to the bracket around them, or to none.
    fn let_go(&mut self, marks: Vec<usize>) {
        match self.open.last_mut() {
            Some(open) => open.marks.extend(marks),
            None => self.bare.extend(marks),
        }
    }

    /// Ends the bracket that began last.
    fn close(&mut self, at: usize) {
        let level = self.level;
        let Some(open) = self.open.pop_if(|open| open.level == level) else { return };
        let range = open.at..at + 1;
        let is_note = self.text[open.at..].starts_with("[^");
        if is_note || open.has_foreign || open.has_cluster || open.marks.len() > MOST_CITES {
            if !open.marks.is_empty() && !is_note {
                let slip = match () {
                    () if open.has_cluster => Slip::Nested,
                    () if open.has_foreign => Slip::Foreign,
                    () => Slip::TooMany,
                };
                self.reading.slips.push((range, slip));
            }
            if let Some(outer) = self.open.last_mut() {
                outer.has_cluster |= open.has_cluster;
            }
            // All of too many would be told of.
            return if open.marks.len() <= MOST_CITES {
                self.let_go(open.marks)
            };
        }
        if !open.marks.is_empty()
            && let Some(outer) = self.open.last_mut()
        {
            outer.has_cluster = true;
        }
        self.pairs.push(Pair { range, has_marks: !open.marks.is_empty(), is_used: false });
    }

    /// Makes clusters of the keys that stand in no brackets, with the brackets behind them.
    fn narrate(&mut self, is_known: impl Fn(&str) -> bool) {
        for index in std::mem::take(&mut self.bare) {
            let mark = self.marks[index].clone();
            if !is_known(&mark.key) {
                self.reading.unknown.push(mark.range);
                continue;
            }
            self.tell_bracket_before(&mark.range);
            let mut range = mark.range.clone();
            let first = Part::new(self.text, &mark, range.start);
            let mut parts = Vec::new();
            if let Some(pair) = self.pair_behind(range.end) {
                self.pairs[pair].is_used = true;
                let pair = self.pairs[pair].range.clone();
                range.end = pair.end;
                let mut segments = self.segments(inside(&pair));
                let own = segments.first().is_some_and(|segment| segment.marks.is_empty()).then(|| segments.remove(0).range);
                parts.push(own.map_or(first.clone(), |own| first.with_behind(self.text, own, self.lang)));
                parts.extend(self.parts(&pair, segments));
            } else {
                parts.push(first);
            }
            let is_in_round = self.text[..range.start].ends_with('(') && self.text[range.end..].starts_with(')');
            let narration = match mark.authors {
                Authors::Shown if !is_in_round => Narration::Sentence,
                _ => Narration::Apart,
            };
            if is_in_round {
                range = range.start - 1..range.end + 1;
            }
            self.reading.clusters.push(Found { range, narration, parts });
        }
    }

    /// The pair of brackets that stands right behind a key that ends at `end`, or behind blanks.
    fn pair_behind(&self, end: usize) -> Option<usize> {
        let rest = &self.text[end..];
        let blanks = &rest[..rest.len() - rest.trim_start().len()];
        let at = end + blanks.len();
        let pair = self.pairs.binary_search_by_key(&at, |pair| pair.range.start).ok().filter(|_| blanks.matches('\n').count() < 2)?;
        let Pair { range, is_used, .. } = &self.pairs[pair];
        let is_blank = self.text[inside(range)].trim().is_empty();
        (!is_used && !is_blank && !self.text[range.end..].starts_with(['(', '['])).then_some(pair)
    }

    /// Makes clusters of the pairs of brackets that hold keys.
    fn cluster(&mut self) {
        for pair in 0..self.pairs.len() {
            let Pair { range, has_marks, is_used } = &self.pairs[pair];
            if *is_used || !has_marks {
                continue;
            }
            let range = range.clone();
            let mut segments = self.segments(inside(&range));
            if let [first, second, ..] = &mut segments[..]
                && first.marks.is_empty()
            {
                second.range.start = first.range.start;
                segments.remove(0);
            }
            let parts = self.parts(&range, segments);
            self.reading.clusters.push(Found { range, narration: Narration::Apart, parts });
        }
    }

    /// Pieces between `;`, each with its keys. One without a key belongs to the one before it.
    fn segments(&self, inside: Range<usize>) -> Vec<Segment> {
        let mut segments: Vec<Segment> = Vec::new();
        let first = self.marks.partition_point(|mark| mark.range.start < inside.start);
        let mut marks = (first..self.marks.len()).peekable();
        let (mut start, mut depth, mut own, mut at) = (inside.start, 0, Vec::new(), inside.start);
        while at <= inside.end {
            if let Some(mark) = marks.next_if(|mark| self.marks[*mark].range.start == at) {
                at = self.marks[mark].range.end;
                own.push(mark);
                continue;
            }
            let letter = self.text[at..inside.end].chars().next();
            depth += match letter {
                Some('[' | OPEN) => 1,
                Some(']' | CLOSE) => -1,
                _ => 0,
            };
            if letter.is_none() || letter == Some(';') && depth <= 0 {
                match segments.last_mut() {
                    Some(last) if own.is_empty() => last.range.end = at,
                    _ => segments.push(Segment { range: start..at, marks: std::mem::take(&mut own) }),
                }
                start = at + 1;
            }
            at += letter.map_or(1, char::len_utf8);
        }
        segments
    }

    /// The sources of segments, with a slip where one has more than one key.
    fn parts(&mut self, pair: &Range<usize>, segments: Vec<Segment>) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut pieces: Vec<Range<usize>> = Vec::new();
        let is_joined = segments.iter().any(|segment| segment.marks.len() > 1);
        for Segment { range, marks } in segments {
            let mut start = range.start;
            for (at, mark) in marks.iter().enumerate() {
                let mark = &self.marks[*mark];
                let next = marks.get(at + 1).map(|next| self.marks[*next].range.start);
                let (end, begin) = next.map_or((range.end, range.end), |next| divide(self.text, mark.range.end..next));
                parts.push(Part::new(self.text, mark, start).with_behind(self.text, mark.range.end..end, self.lang));
                pieces.push(start..end);
                start = begin;
            }
        }
        if is_joined {
            let mended = mended(self.text, pieces.into_iter());
            self.reading.slips.push((pair.clone(), Slip::Joined(mended)));
        }
        parts
    }

    /// Tells of `[@a][@b]`.
    fn tell_adjacent(&mut self) {
        let pairs: Vec<Range<usize>> =
            self.pairs.iter().filter(|pair| pair.has_marks && !pair.is_used).map(|pair| pair.range.clone()).collect();
        for run in pairs.chunk_by(|one, next| one.end == next.start).filter(|run| run.len() > 1) {
            let mended = mended(self.text, run.iter().map(inside));
            self.reading.slips.push((run[0].start..run[run.len() - 1].end, Slip::Joined(mended)));
        }
    }
}

impl Reader<'_> {
    /// Tells of the bracket before a key that stands in none.
    fn tell_bracket_before(&mut self, mark: &Range<usize>) {
        let before = &self.text[..mark.start];
        let odd = match () {
            () if before.ends_with("[^") => Odd::NoteMark,
            () if before.ends_with('[') => Odd::Unclosed,
            () => return,
        };
        if !self.reading.slips.iter().any(|(range, _)| range.contains(&mark.start)) {
            self.reading.odd.push((mark.clone(), odd));
        }
    }

    /// Tells of `;` with nothing on one side, and of `@` before a blank, within citations.
    fn tell_loose(&mut self) {
        for part in self.reading.clusters.iter().flat_map(|found| &found.parts) {
            let (prefix, suffix) = (&self.text[part.prefix.clone()], &self.text[part.suffix.clone()]);
            let lone = |range: &Range<usize>| lone_sign(&self.text[range.clone()]).map(|at| range.start + at.start..range.start + at.end);
            if let Some(range) = lone(&part.prefix).or_else(|| lone(&part.suffix)) {
                self.reading.odd.push((range, Odd::NoKey));
            } else if prefix.starts_with(';') || suffix.ends_with(';') {
                self.reading.odd.push((part.mark.clone(), Odd::Empty));
            }
        }
    }
}

/// An `@` that stands alone, with the word behind it.
fn lone_sign(text: &str) -> Option<Range<usize>> {
    let is_apart = |at: usize| text[..at].chars().next_back().is_none_or(|before| before.is_whitespace() || before == ';');
    let (at, _) = text.match_indices('@').find(|(at, _)| is_apart(*at) && text[at + 1..].starts_with(char::is_whitespace))?;
    let behind = text[at + 1..].trim_start();
    let word = behind.find(char::is_whitespace).unwrap_or(behind.len());
    Some(at..text.len() - behind.len() + word)
}

impl Part {
    /// The source of a mark, before which stands what begins at `start`.
    fn new(text: &str, mark: &Mark, start: usize) -> Part {
        let Mark { range, key, authors } = mark.clone();
        Part {
            prefix: trimmed(text, start..range.start),
            suffix: range.end..range.end,
            place: range.end..range.end,
            mark: range,
            key,
            locator: None,
            authors,
        }
    }

    /// With its locator and suffix read from what stands behind it.
    fn with_behind(self, text: &str, behind: Range<usize>, lang: &str) -> Part {
        let (locator, length) = locator::read(&text[behind.clone()], lang).map_or((None, 0), |(locator, length)| (Some(locator), length));
        let locator = locator.filter(|locator| !locator.value.is_empty());
        let end = behind.start + length;
        Part { locator, place: behind.start..end, suffix: trimmed(text, end..behind.end), ..self }
    }
}

/// Where, between two keys, what belongs to the first ends and what belongs to the second begins.
fn divide(text: &str, between: Range<usize>) -> (usize, usize) {
    let whole = text[between.clone()].trim_end();
    // Words behind a comma that are no place in the first lead to the second: `, see also`.
    if let Some((before, words)) = whole.rsplit_once(',').filter(|(_, words)| words.chars().any(char::is_alphabetic) && is_in_words(words))
    {
        return (between.start + before.trim_end().len(), between.start + whole.len() - words.trim_start().len());
    }
    let ends_word = |rest: &&str| rest.is_empty() || rest.ends_with(char::is_whitespace);
    let joint = JOINTS.iter().find_map(|joint| whole.strip_suffix(*joint).filter(ends_word));
    let first = joint.map_or(whole, str::trim_end);
    let first = first.strip_suffix(',').unwrap_or(first).trim_end();
    let is_of_first = first.len() < whole.len() || first.trim_start().starts_with([',', '{']);
    if is_of_first { (between.start + first.len(), between.end) } else { (between.start, between.start) }
}

/// Whether words hold no number, and are more than what joins.
fn is_in_words(words: &str) -> bool {
    let words = words.trim();
    !words.contains(|letter: char| letter.is_ascii_digit()) && !JOINTS.contains(&words)
}

/// Brackets with `;` between pieces of the text.
fn mended(text: &str, pieces: impl Iterator<Item = Range<usize>>) -> Vec<Piece> {
    let mut mended = vec![Piece::New("[")];
    for (at, piece) in pieces.enumerate() {
        mended.extend((at > 0).then_some(Piece::New("; ")));
        mended.push(Piece::Kept(trimmed(text, piece)));
    }
    mended.push(Piece::New("]"));
    mended
}

/// What stands between a pair of brackets.
fn inside(pair: &Range<usize>) -> Range<usize> {
    pair.start + 1..pair.end - 1
}

/// A range without the blanks at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

#[cfg(test)]
mod tests;
