//! What a body is made of: fragments of HTML with holes, headings, links.
//!
//! It must not know how they are made, nor where links lead.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// HTML with holes, sorted by place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Fragment {
    pub html: Box<str>,
    pub holes: Box<[Hole]>,
}

/// A place in a fragment that is filled when the address of a link is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hole {
    /// Byte offset in the fragment's `html`.
    pub at: u32,
    /// Index in `Body::links`.
    pub link: u32,
    pub part: HolePart,
}

/// In one piece, because pages have many.
impl Hash for Hole {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Hole { at, link, part } = *self;
        state.write_u128(u128::from(at) | u128::from(link) << 32 | (part as u128) << 64);
    }
}

/// What a hole is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolePart {
    /// `<a href="…">` (with the link's title, if it has one), or nothing if the link is broken.
    Open,
    /// `</a>`, or nothing.
    Close,
    /// The words of a wikilink without words: the title of the page it leads to.
    Words,
    /// A whole `<img>`, or its alternative text if it is broken.
    Image,
    /// The address alone, inside an attribute (raw HTML, shortcodes).
    Address,
    /// What stands from here to the `End` of the same link goes if the link is broken: an attribute, or a tag that is nothing without it. Of an
    /// image its alternative text stays.
    Begin,
    /// The same, but it goes without a trace: an entry of a list within an attribute.
    BeginEntry,
    End,
    /// What a cluster of citations becomes, and the names that it gives to a sentence whose note it is. The number is that of the cluster. They are
    /// filled before a body is done: no fragment has one.
    Citation,
    Names,
}

/// A heading of the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Heading {
    pub level: u8,
    pub id: Box<str>,
    /// Plain text.
    pub text: Box<str>,
}

/// One link of the text to somewhere in the site.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Link {
    pub target: LinkTarget,
    /// `title` of a Markdown link or image.
    pub title: Option<Box<str>>,
    /// The alternative text, when this is an image.
    pub alt: Option<Box<str>>,
    /// The byte range of the link in the file.
    pub span: Range<u32>,
    /// Index of the heading above it.
    pub heading: Option<u32>,
    /// The plain text of the sentence around it, with gaps; at most 300 characters.
    pub sentence: Box<str>,
}

/// One source that the page cites, at one place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CiteMark {
    pub key: Box<str>,
    /// As it is shown: `pp. 33–35`; empty where there is none.
    pub locator: Box<str>,
    pub spot: CiteSpot,
    /// Index of the heading above it.
    pub heading: Option<u32>,
    /// The plain text of the sentence around it, without the citation; at most 300 characters.
    pub sentence: Box<str>,
    /// The byte range of its key in the file, the `@` included.
    pub span: Range<u32>,
}

/// Where a citation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CiteSpot {
    Text,
    /// In a note of the author's.
    Note,
    /// In the key point or recommendation with this number, from 0.
    KeyPoint(u32),
    Recommendation(u32),
    /// `nocite`.
    ListOnly,
}

/// Where a link leads, as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LinkTarget {
    /// The destination as written, percent-decoded: `other.md`, `../x/index.md`, `/briefings/x/`, `@/briefings/x.md`, `data.csv`, or empty for this page; and the part after `#`.
    Destination { path: Box<str>, anchor: Option<Box<str>>, query: Option<Box<str>> },
    /// `[[name]]`, `[[name#part|words]]`.
    Wiki { name: Box<str>, anchor: Option<Box<str>>, has_words: bool },
    /// What `ref` and `relref` name: a path as above, or the name of a file alone, wherever it lies; in a language, if one is said.
    Ref { path: Box<str>, anchor: Option<Box<str>>, lang: Option<Box<str>> },
}
