//! The plain text of a page, collected block by block while it is rendered: prose, words, summary, and the sentences of links.
//!
//! It must not know HTML.

use std::borrow::Cow;

use super::gap::{self, GAP, LONGEST_SUMMARY, Summary};
use super::sentence::sentence;
use super::words::count_words;
use super::{CiteMark, Link};

/// Enough of the text before a `more` mark to fill a summary, whatever its letters.
const LEAD: usize = 4 * LONGEST_SUMMARY;

/// The text read so far.
#[derive(Debug, Default)]
pub struct Prose {
    /// All blocks that have ended, where each does, and how many headings stand above it.
    all: String,
    ends: Vec<u32>,
    headings: Vec<u32>,
    pub words: u32,
    /// The text of the block that is being read.
    pub text: String,
    /// The links of its gaps.
    gaps: Vec<u32>,
    /// Links of that block whose sentence is not known yet: index and place in `text`.
    open: Vec<(u32, usize, usize)>,
    /// The same of citations.
    cites: Vec<(u32, usize)>,
    /// What may become the summary, if the page does not bring its own.
    lead: Option<Lead>,
    /// How many reasons there are to leave out what comes: within the block, and beyond it.
    omitted: [u32; 2],
}

/// The beginning of a page, from which its summary is taken.
#[derive(Debug, Default)]
pub struct Lead {
    /// The first text of the page, until there is a summary.
    text: String,
    gaps: Vec<u32>,
    before_more: Option<Summary>,
    first_paragraph: Option<Summary>,
    first_html: Option<Summary>,
}

/// What kind of block a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaf {
    /// A paragraph of the page itself, which can be its summary.
    Paragraph,
    /// A block of HTML of the page itself, which can be its summary if it has no paragraph.
    Html,
    /// Any other text.
    Other,
    /// A heading is no prose, but has words and links.
    Heading,
}

/// How long words are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// Until they go on, or at most to the end of the block.
    Leaf,
    /// Until they go on.
    Resumed,
}

/// A block of HTML that can be a summary has so many words: a cell is none.
const FEWEST_WORDS: u32 = 3;

impl Prose {
    /// For the prose of a page of so many bytes; with a lead, if a summary is to be taken from it.
    pub fn with_capacity(bytes: usize, lead: Option<Lead>) -> Prose {
        Prose { all: String::with_capacity(bytes), lead, ..Prose::default() }
    }

    /// How many blocks have ended.
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    /// The blocks that have ended, of which the first `of_text` are of the text itself.
    pub fn into_blocks(self, of_text: usize) -> Blocks {
        Blocks { text: self.all, ends: self.ends, headings: self.headings, of_text: of_text as u32 }
    }

    /// Adds text; where a note or a picture stood between two spaces, one is enough.
    pub fn push(&mut self, text: &str) {
        if self.omitted != [0, 0] {
            return;
        }
        let doubled = text.as_bytes().first() == Some(&b' ') && self.text.as_bytes().last() == Some(&b' ');
        self.text.push_str(if doubled { &text[1..] } else { text });
    }

    /// Leaves a gap for the words of a wikilink.
    pub fn gap(&mut self, link: u32) {
        if self.omitted == [0, 0] {
            self.text.push(GAP);
            self.gaps.push(link);
        }
    }

    /// Leaves out what comes: it is struck out, or not shown.
    pub fn omit(&mut self, until: Until) {
        self.omitted[usize::from(until == Until::Resumed)] += 1;
    }

    /// Ends the last reason to leave something out.
    pub fn resume(&mut self) {
        let [leaf, beyond] = &mut self.omitted;
        let last = if *leaf > 0 { leaf } else { beyond };
        *last = last.saturating_sub(1);
    }

    /// Notes a link that begins at `start` and ends here.
    pub fn link(&mut self, link: u32, start: usize) {
        self.open.push((link, start, self.text.len()));
    }

    /// Notes a citation that stands here.
    pub fn cite(&mut self, cite: u32) {
        self.cites.push((cite, self.text.len()));
    }

    /// Takes away the blanks before something that is not read and stands before `behind`, and returns the sign that would stand twice and has gone.
    pub fn close_up(&mut self, behind: &str) -> Option<char> {
        if self.omitted != [0, 0] {
            return None;
        }
        let floor = self.open.iter().map(|(_, _, end)| *end).max().unwrap_or(0);
        let end = gap::kept_before(&self.text, behind).max(floor);
        let gone = self.text[end..].chars().next().filter(|sign| !sign.is_whitespace());
        self.text.truncate(end);
        gone
    }

    /// The text of the blocks that have ended since there were so many.
    pub fn since(&self, blocks: usize) -> String {
        let start = blocks.checked_sub(1).map_or(0, |last| self.ends[last]) as usize;
        let ends = self.ends[blocks.min(self.ends.len())..].iter().map(|end| *end as usize);
        let texts: Vec<&str> = ends.scan(start, |from, end| Some(&self.all[std::mem::replace(from, end)..end])).collect();
        texts.join(" · ")
    }

    /// Ends the block: gives its links and citations their sentences, counts its words and keeps its text.
    pub fn end(&mut self, leaf: Leaf, heading: Option<u32>, links: &mut [Link], cites: &mut [CiteMark]) {
        for (cite, at) in self.cites.drain(..) {
            cites[cite as usize].sentence = sentence(&self.text, at, at);
        }
        for (link, start, end) in self.open.drain(..) {
            links[link as usize].sentence = sentence(&self.text, start, end);
        }
        self.omitted[0] = 0;
        let text = self.text.trim();
        if text.is_empty() {
            self.text.clear();
            return;
        }
        let words = count_words(text);
        self.words += words;
        if leaf != Leaf::Heading {
            if let Some(lead) = &mut self.lead {
                lead.read(text, &self.gaps, leaf, words);
            }
            // Those who look for names get none that the author did not write.
            let is_whole = self.gaps.is_empty();
            self.all.push_str(&if is_whole { Cow::Borrowed(text) } else { gap::fill(text, |_| None) });
            self.ends.push(self.all.len() as u32);
            self.headings.push(heading.map_or(0, |last| last + 1));
        }
        self.text.clear();
        self.gaps.clear();
    }

    /// The summary ends here.
    pub fn more(&mut self) {
        if let Some(lead) = &mut self.lead {
            lead.end(self.text.trim(), &self.gaps);
        }
    }

    /// The text before the `more` mark, else the first paragraph, else the first block of HTML.
    pub fn summary(&mut self) -> Option<Summary> {
        self.lead.take().and_then(Lead::summary)
    }
}

impl Lead {
    /// Takes the text of a block.
    fn read(&mut self, text: &str, gaps: &[u32], leaf: Leaf, words: u32) {
        if self.before_more.is_none() && self.text.len() < LEAD {
            self.text.push_str(text);
            self.text.push(' ');
            self.gaps.extend(gaps);
        }
        if leaf == Leaf::Paragraph && self.first_paragraph.is_none() {
            self.first_paragraph = Some(Summary::new(text, gaps));
        }
        if leaf == Leaf::Html && words >= FEWEST_WORDS && self.first_html.is_none() {
            self.first_html = Some(Summary::new(text, gaps));
        }
    }

    /// Ends the summary behind this text.
    fn end(&mut self, text: &str, gaps: &[u32]) {
        if self.before_more.is_none() {
            self.text.push_str(text);
            self.gaps.extend(gaps);
            self.before_more = Some(Summary::new(self.text.trim(), &self.gaps));
        }
    }

    fn summary(self) -> Option<Summary> {
        let before_more = self.before_more.filter(|summary| !summary.text.is_empty());
        before_more.or(self.first_paragraph).or(self.first_html)
    }
}

/// Leaf blocks of text, one behind the other: a page has many, and each would be a piece of memory of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Blocks {
    pub(super) text: String,
    /// Where each of them ends.
    pub(super) ends: Vec<u32>,
    /// How many headings stand above each of them.
    pub(super) headings: Vec<u32>,
    /// So many of them, the first ones, are of the text itself; the others are the lines of the front matter.
    pub(super) of_text: u32,
}

impl Blocks {
    /// The place of the first block that is a line of the front matter: a key point or a recommendation.
    pub fn first_line(&self) -> usize {
        self.of_text as usize
    }

    /// The index of the heading above each block, and its text.
    pub fn iter(&self) -> impl Iterator<Item = (Option<u32>, &str)> {
        let mut start = 0;
        self.ends.iter().zip(&self.headings).map(move |(end, headings)| {
            let from = std::mem::replace(&mut start, *end as usize);
            (headings.checked_sub(1), &self.text[from..*end as usize])
        })
    }
}
