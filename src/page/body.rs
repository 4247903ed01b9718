//! The body of a page: its Markdown as HTML with holes for links, its headings, links and prose.
//!
//! Owns the types of a rendered body. It must not know where links lead: that is filled in when the page's file is rendered.

use std::ops::Range;
use std::sync::Arc;

use crate::config::Markdown;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::theme::Shortcodes;

/// All that a body depends on, besides the prints of the shortcodes it names.
pub struct Input<'a> {
    pub path: &'a Arc<str>,
    /// The whole text of the file, and where its Markdown begins.
    pub text: &'a str,
    pub start: usize,
    /// True when front matter has no title: the first heading then is the title and leaves the body.
    pub title_from_heading: bool,
    /// The Markdown lines of the front matter.
    pub key_points: &'a [String],
    pub recommendations: &'a [String],
    /// The language of the page, such as `en` or `fr-CA`.
    pub lang: &'a str,
    pub settings: &'a Markdown,
    pub shortcodes: &'a Shortcodes,
    /// This page's front matter, which shortcodes see as `page`.
    pub page: &'a tera::Value,
}

/// What the Markdown of one page says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Body {
    /// The first heading as plain text, if it was wanted as title.
    pub title: Option<String>,
    /// The text before `<!-- more -->`, else the first paragraph, as plain text of at most 300 characters (cut at a word, with `…`).
    pub summary: Option<String>,
    pub html: Fragment,
    pub key_points: Vec<Fragment>,
    pub recommendations: Vec<Fragment>,
    pub headings: Arc<[Heading]>,
    /// All places a link can lead to: heading ids, footnotes, ids in raw HTML. Sorted.
    pub anchors: Arc<[Box<str>]>,
    /// Links to pages and files of the site, and to anchors of this page; in the order of the text. Holes name them by index.
    pub links: Arc<[Link]>,
    /// Links to elsewhere (http, https), in the order of the text.
    pub external: Vec<(Box<str>, Range<u32>)>,
    /// The text of each leaf block (paragraph, cell, item), without code blocks, for those who look for names and words in it.
    pub prose: Vec<Block>,
    pub words: u32,
    /// The names of abbreviations defined in the page and what they stand for.
    pub abbreviations: Vec<(Box<str>, Box<str>)>,
    /// The fingerprint of all fragments, their holes and links' targets.
    pub print: Fingerprint,
    pub diagnostics: Vec<Diagnostic>,
}

/// HTML with holes, sorted by place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Fragment {
    pub html: Box<str>,
    pub holes: Vec<Hole>,
}

/// A place in a fragment that is filled when the address of a link is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hole {
    /// Byte offset in the fragment's `html`.
    pub at: u32,
    /// Index in `Body::links`.
    pub link: u32,
    pub part: HolePart,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HolePart {
    /// `<a href="…">` (with the link's title, if it has one), or nothing if the link is broken.
    Open,
    /// `</a>`, or nothing.
    Close,
    /// The words of a wikilink without words: the title of the page it leads to.
    Words,
    /// A whole `<img>`, or its alternative text if it is broken.
    Image,
    /// The address alone, inside an attribute (shortcodes).
    Address,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Heading {
    pub level: u8,
    pub id: Box<str>,
    /// Plain text.
    pub text: Box<str>,
}

/// One link of the text to somewhere in the site.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
    /// The plain text of the sentence around it; at most 300 characters.
    pub sentence: Box<str>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum LinkTarget {
    /// The destination as written, percent-decoded: `other.md`, `../x/index.md`, `/briefings/x/`, `@/briefings/x.md`, `data.csv`, or empty for this page; and the part after `#`.
    Destination { path: Box<str>, anchor: Option<Box<str>>, query: Option<Box<str>> },
    /// `[[name]]`, `[[name#part|words]]`.
    Wiki { name: Box<str>, anchor: Option<Box<str>>, has_words: bool },
}

/// A leaf block of text under a heading.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Block {
    pub heading: Option<u32>,
    pub text: Box<str>,
}

/// The names of the shortcodes that a text calls, sorted, found without parsing it: what the body's key needs to cover (too many rather than too few).
pub fn shortcode_names(text: &str) -> Vec<&str> {
    let _ = text;
    Vec::new()
}

/// Renders the body of one page. Pure: the same input gives the same value.
pub fn render(input: &Input) -> Body {
    let _ = input;
    Body::default()
}
