//! Citations: what a text cites, cluster by cluster, and what a style makes of it.
//!
//! Owns the values that pass between a text and a style. It must not know Markdown, HTML, or how a style is read.

use std::sync::Arc;

use super::forms::{Mark, Plate};
use super::inline::{self, parted, write_html};
use super::{Inline, Item};

/// Sources that are cited together: `[see @a, p. 3; @b]` or `@a [p. 3]`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cluster {
    pub cites: Vec<Cite>,
    pub narration: Narration,
    pub spot: Spot,
}

/// Whether names are part of the sentence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Narration {
    /// `[@a]`: all of it stands apart from the sentence.
    #[default]
    Apart,
    /// `@a says`: the names of the first source stand in the sentence, the rest follows.
    Sentence,
    /// `nocite`: it is in the list and nowhere else.
    ListOnly,
}

/// Where a cluster stands. Notes are counted from 1, those of the author's together with those that a style makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Spot {
    /// In the text, where note styles make a note of it, with this number; 0 where none is made.
    Text(u32),
    /// In a note of the author's with this number: it stands within its text.
    Note(u32),
    /// It is all that a note of the author's says.
    WholeNote(u32),
}

impl Default for Spot {
    /// In the text, before notes are counted.
    fn default() -> Spot {
        Spot::Text(0)
    }
}

/// One source in a cluster.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cite {
    pub key: Box<str>,
    /// What stands before and behind it, such as `see` and `and often elsewhere`; without the space between.
    pub prefix: Vec<Inline>,
    pub suffix: Vec<Inline>,
    pub locator: Option<Locator>,
    pub authors: Authors,
}

impl Cite {
    /// Whether its author wrote nothing before and behind it.
    pub fn is_bare(&self) -> bool {
        self.prefix.is_empty() && self.suffix.is_empty()
    }
}

/// Whether a citation names the authors.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Authors {
    #[default]
    Shown,
    /// `[-@a]`.
    Suppressed,
}

/// A place in a source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Locator {
    /// A locator of CSL, such as `page`, `chapter`, `article-locator`; `custom` for those that it does not know, whose label is in `written`.
    pub label: Box<str>,
    /// The label as it was written, such as `recital`; empty where none was.
    pub written: Box<str>,
    /// `33-35`, `xii`, `3 and 7`.
    pub value: Box<str>,
}

/// A source that a page cites, as a style needs it.
#[derive(Debug, Clone)]
pub struct Cited {
    pub item: Arc<Item>,
    pub print: crate::fingerprint::Fingerprint,
}

/// What a style makes of the clusters of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// For each cluster, in their order.
    pub clusters: Vec<RenderedCluster>,
    /// The list of sources, in the order of the style.
    pub list: Vec<Entry>,
    /// Works that look alike where they are cited, pair by pair of keys: no rule of the style could tell them apart.
    pub alike: Vec<(Box<str>, Box<str>)>,
    /// Works that the style leaves out of its list, or of which a citation says nothing.
    pub left_out: Vec<Box<str>>,
}

/// A cluster as it is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RenderedCluster {
    /// The names that stand in the sentence; empty unless it is narrative.
    pub names: Vec<Inline>,
    /// The citation, brackets of the style included: in the text, or the text of its note.
    pub text: Vec<Inline>,
    /// For each cite its locator as it is shown, such as `pp. 33–35`; empty where there is none.
    pub locators: Vec<Box<str>>,
}

/// An entry of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub key: Box<str>,
    /// The number or label before it, where the style has one.
    pub label: Vec<Inline>,
    /// Never empty.
    pub content: Vec<Inline>,
}

/// What a style makes of the clusters of a page, as far as possible from plates: HTML that is made once for all pages.
#[derive(Debug, Default)]
pub struct Typeset {
    /// For each cluster, in their order.
    pub clusters: Vec<SetCluster>,
    /// The list of sources, in the order of the style.
    pub list: Vec<SetEntry>,
    /// As in `Rendered`.
    pub alike: Vec<(Box<str>, Box<str>)>,
    pub left_out: Vec<Box<str>>,
}

/// A cluster as it is shown; its fields are those of `RenderedCluster`.
#[derive(Debug)]
pub struct SetCluster {
    pub names: Vec<Inline>,
    pub text: SetText,
    pub locators: Vec<Box<str>>,
}

/// A citation, brackets of the style included.
#[derive(Debug)]
pub enum SetText {
    Pieces(Vec<Inline>),
    Pressed(Pressed),
}

/// An entry of the list.
#[derive(Debug)]
pub struct SetEntry {
    pub key: Box<str>,
    /// The number or label before it, where the style has one.
    pub label: Vec<Inline>,
    /// HTML, never empty.
    pub html: Arc<str>,
}

/// A citation of one source, from its plate.
#[derive(Debug)]
pub struct Pressed {
    pub(super) plate: Arc<Plate>,
    pub(super) letter: Box<str>,
    pub(super) locator: Box<str>,
}

impl SetText {
    /// Whether nothing is shown.
    pub fn is_empty(&self) -> bool {
        matches!(self, SetText::Pieces(pieces) if pieces.is_empty())
    }

    /// Whether it begins above the line.
    pub fn is_raised(&self) -> bool {
        match self {
            SetText::Pieces(pieces) => inline::is_raised(pieces),
            SetText::Pressed(pressed) => pressed.plate.is_raised,
        }
    }

    /// Whether its last sign is a full stop.
    pub fn ends_in_stop(&self) -> bool {
        match self {
            SetText::Pieces(pieces) => inline::plain(pieces).ends_with('.'),
            SetText::Pressed(pressed) => pressed.plate.ends_in_stop,
        }
    }

    /// Writes it as HTML. `source` writes the opening tag of what leads to the source `key`, and says whether it wrote one.
    pub fn write_html(&self, key: &str, source: &impl Fn(&str, &mut String) -> bool, html: &mut String) {
        let Pressed { plate, letter, locator } = match self {
            SetText::Pieces(pieces) => return write_html(&parted(pieces), source, html),
            SetText::Pressed(pressed) => pressed,
        };
        let (mut from, mut is_link) = (0, false);
        for (at, mark) in &plate.marks {
            html.push_str(&plate.html[from..*at as usize]);
            from = *at as usize;
            match mark {
                Mark::Open => is_link = source(key, html),
                Mark::Close => html.push_str(if is_link { "</a>" } else { "" }),
                Mark::Letter => html.push_str(letter),
                Mark::Locator => html.push_str(locator),
            }
        }
        html.push_str(&plate.html[from..]);
    }
}
