//! What is collected while a page is rendered: of the page as a whole, and of its text alone.
//!
//! It must not know what is open or written.

use std::ops::Range;

use super::ids::Ids;
use super::passes::citations::Written;
use super::passes::notes::Notes;
use super::prose::{Lead, Leaf, Prose};
use super::typos::Typos;
use super::{CiteMark, Heading, Link, Load};
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Lookup;

/// What the text of a page and the Markdown lines of its front matter have in common.
#[derive(Debug, Default)]
pub struct Collected {
    pub prose: Prose,
    pub links: Vec<Link>,
    pub cites: Vec<CiteMark>,
    /// The clusters that have been written.
    pub clusters: Vec<Written>,
    pub external: Vec<(Box<str>, Range<u32>)>,
    /// Keys of sources that are in the list although the text does not cite them.
    pub listed: Vec<Box<str>>,
    /// What is loaded from elsewhere.
    pub loads: Vec<Load>,
    pub diagnostics: Vec<Diagnostic>,
    pub typos: Typos,
}

/// The parts of a text, and the places in it that have names.
#[derive(Debug, Default)]
pub struct Structure {
    pub title: Option<String>,
    pub headings: Vec<Heading>,
    pub anchors: Vec<Box<str>>,
    pub ids: Ids,
    pub notes: Notes,
    /// How many tables there are under each heading.
    pub tables: Lookup<Option<u32>, u32>,
}

impl Collected {
    /// For a page of so many bytes.
    pub fn with_capacity(bytes: usize, lead: Option<Lead>) -> Collected {
        Collected { prose: Prose::with_capacity(bytes, lead), ..Collected::default() }
    }

    /// Ends the block of text that is being read, below `heading`.
    pub fn end_leaf(&mut self, leaf: Leaf, heading: Option<u32>) {
        self.prose.end(leaf, heading, &mut self.links, &mut self.cites);
    }
}

impl Structure {
    /// The index of the last heading.
    pub fn heading(&self) -> Option<u32> {
        (self.headings.len() as u32).checked_sub(1)
    }
}
