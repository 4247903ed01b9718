//! The body of a page: its Markdown as HTML with holes for links, its headings, links and prose.
//!
//! Owns the types of a rendered body. It must not know where links lead: that is filled in when the page's file is rendered.
//!
//! A body is made in two steps: the prepass finds what is not Markdown (comments, shortcodes, abbreviations), and a renderer goes through what a
//! CommonMark parser makes of the rest, with passes for what CommonMark does not have. Nothing in a body is text that its author did not write, but
//! numbers of notes and ways back from them.

mod attributes;
mod buffer;
mod cells;
mod claims;
mod collected;
pub mod destination;
mod embeds;
mod entry;
mod events;
pub mod gap;
mod headings;
mod ids;
mod input;
mod language;
mod lazy;
mod links;
mod model;
mod open;
mod packed;
mod paragraph;
mod passes;
mod prepass;
mod prose;
mod raw;
mod render;
mod renderer;
mod running;
mod sentence;
mod shortcode;
mod source;
mod spoken;
mod table;
#[cfg(test)]
mod tests;
pub mod typos;
mod words;

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;

pub use claims::{Claim, What};
pub use entry::{SourceEntry, Way};
pub use gap::Summary;
pub use ids::Ids;
pub use input::{BodyInput, BodySettings, BodySource, SOURCED};
pub use lazy::{BodyTexts, LazyBody};
pub use model::{CiteMark, CiteSpot, Fragment, Heading, Hole, HolePart, Link, LinkTarget};
pub use passes::citations::entry_id;
pub use prepass::{comments, unread};
pub use prose::Blocks;
pub use render::render;
pub use running::{OPAQUE, Passage, Running, Sort, running};
pub use shortcode::call;
pub use shortcode::call::shortcode_names;

use typos::Load;

/// What the Markdown of one page says: what is small and needed by everybody as fields, its long texts behind methods.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Body {
    /// The first heading as plain text, if it was wanted as title.
    pub title: Option<String>,
    /// The text before `<!-- more -->`, else the first paragraph, as plain text of at most 300 characters (cut at a word, with `…`); `None` if the
    /// front matter has a summary.
    pub summary: Option<Summary>,
    pub headings: Arc<[Heading]>,
    /// All places a link can lead to: heading ids, footnotes, ids in raw HTML. Sorted.
    pub anchors: Arc<[Box<str>]>,
    /// Links to pages and files of the site, and to anchors of this page; in the order of the text. Holes name them by index.
    pub links: Arc<[Link]>,
    /// What it cites, in the order of the text; then what its lines of front matter cite.
    pub cites: Arc<[CiteMark]>,
    /// What it states without a source, if that is looked at; in the order of the text, with places in the file.
    pub claims: Box<[Claim]>,
    /// Links to elsewhere (http, https), in the order of the text.
    pub external: Box<[(Box<str>, Range<u32>)]>,
    /// What the page loads from elsewhere, in the order of the text.
    pub loads: Box<[Load]>,
    /// Wikilinks that are text because of backslashes.
    pub escaped: Box<[(LinkTarget, Range<u32>)]>,
    /// Addresses in what looks like a link and is none. Each has been told of, so they outlive no process.
    #[serde(skip)]
    pub meant: Box<[Box<str>]>,
    pub words: u32,
    /// Whether there is anything in `html`.
    pub has_html: bool,
    /// The fingerprint of all fragments, their holes and links' targets.
    pub print: Fingerprint,
    /// The fingerprint of what other pages may rest on: headings, anchors and the targets of links, but not their places and sentences.
    pub relations: Fingerprint,
    /// The fingerprint of `prose`.
    pub prose_print: Fingerprint,
    #[serde(skip)]
    pub diagnostics: Vec<Diagnostic>,
    #[serde(skip)]
    texts: LazyBody,
}
