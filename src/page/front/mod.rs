//! Front matter: the YAML block at the head of a file, as typed values.
//!
//! Owns what a page can say of itself, in types, and how it is read. It must not know the folder of the page, the settings or other pages: what
//! depends on them (cascade, time zone, kind) is applied later. Reading never fails; mistakes are in `diagnostics`.

mod block;
mod comment;
mod defaults;
mod explain;
mod extra;
mod fields;
mod hold;
mod kept;
mod keys;
mod node;
mod print;
mod problems;
mod read;
mod slips;
mod unread;
mod yaml;

pub use fields::foreign_key;
pub use print::{Once, print_value};
pub use read::read;

use serde::{Deserialize, Serialize};

use super::date::Stamp;
use crate::diagnostic::Diagnostic;
use crate::page::Taxonomy;

/// Everything that the front matter of one file says. A key that is absent, null or wrong is `None` or empty.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Front {
    pub title: Option<String>,
    pub summary: Option<String>,
    pub date: Option<Stamp>,
    pub updated: Option<Stamp>,
    pub slug: Option<String>,
    pub path: Option<String>,
    /// `aliases`, `redirect_from`: as written. With a slash it is an address, else another name.
    pub aliases: Vec<String>,
    /// By taxonomy; `None` when the page does not say, so that a cascade can.
    pub terms: [Option<Vec<String>>; Taxonomy::COUNT],
    pub id: Option<String>,
    pub type_: Option<String>,
    /// Lists of Markdown lines, not yet rendered.
    pub key_points: Vec<String>,
    pub recommendations: Vec<String>,
    /// The most hidden of what `status`, `draft`, `published` and `withdrawn` say.
    pub status: Option<Status>,
    /// `permalink: false`.
    pub hidden_by_permalink: bool,
    /// An unknown `status`, a `draft` that cannot be read, a key that was meant to keep the page from readers, or front matter that is not read:
    /// never public, whatever else it says.
    pub status_unknown: bool,
    /// A `publish_at` that is no date: never public either.
    pub embargo_unclear: bool,
    /// Dates under words of other tools for `publish_at`: a mistake as long as they are to come.
    pub releases: Vec<Release>,
    /// A `date` or `expires` that is no date: an error, but a page whose text is looked at all the same.
    pub date_unclear: bool,
    pub publish_at: Option<Stamp>,
    pub expires: Option<Stamp>,
    /// Ids, paths or slugs, as written.
    pub supersedes: Vec<String>,
    pub superseded_by: Vec<String>,
    pub withdrawn: Option<Withdrawn>,
    pub changes: Vec<Change>,
    pub last_reviewed_on: Option<Stamp>,
    pub review_in: Option<String>,
    pub owner: Option<String>,
    pub as_of: Option<Stamp>,
    pub kind: Option<String>,
    pub synonyms: Vec<String>,
    pub broader: Vec<String>,
    pub related: Vec<String>,
    pub featured: Vec<String>,
    pub names: Vec<String>,
    pub same_as: Vec<String>,
    pub offices: Vec<Office>,
    pub weight: Option<i64>,
    pub toc: Option<bool>,
    pub lang: Option<String>,
    pub image: Option<String>,
    pub licence: Option<String>,
    pub doi: Option<String>,
    pub noindex: Option<bool>,
    pub template: Option<String>,
    /// `layout` of other tools: only used if there is such a template.
    pub layout: Option<String>,
    /// Defaults for the pages below (only meaningful in `_index.md`).
    pub cascade: Option<Box<Front>>,
    /// Unknown keys, in the order of the file, as plain data. The keys of an `extra:` or `params:` map are put here one by one.
    #[serde(with = "kept::extra")]
    pub extra: Vec<(String, tera::Value)>,

    /// The names of the shortcodes that the text may call, sorted.
    pub shortcodes: Box<[Box<str>]>,
    /// Byte offset in the file at which the Markdown begins.
    pub body_start: usize,
    /// Where each known top-level key stands: name as the table of SPEC calls it, and the byte range of its entry (key and value).
    #[serde(with = "kept::spans")]
    pub spans: Vec<(&'static str, std::ops::Range<usize>)>,
    #[serde(skip)]
    pub diagnostics: Vec<Diagnostic>,
    /// Problems of keys that have a meaning on topic pages only; reported if the page turns out to be one.
    #[serde(skip)]
    pub topic_diagnostics: Vec<Diagnostic>,
    /// The fingerprint of all that is said, once somebody has asked for it.
    #[serde(skip)]
    pub print: Once,
}

impl Front {
    /// Whether some of what the page says of itself could not be read at all.
    pub fn is_unread(&self) -> bool {
        const CODES: [&str; 4] = ["bad-yaml", "front-matter-not-read", "front-matter-too-large", "toml-front-matter"];
        self.diagnostics.iter().any(|problem| CODES.contains(&problem.code))
    }
}

/// The state that an editor gives a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    Draft,
    Review,
    Published,
    Superseded,
    Withdrawn,
    Archived,
}

impl Status {
    /// The names as they are written in front matter.
    pub const NAMES: [(&'static str, Status); 6] = [
        ("draft", Status::Draft),
        ("review", Status::Review),
        ("published", Status::Published),
        ("superseded", Status::Superseded),
        ("withdrawn", Status::Withdrawn),
        ("archived", Status::Archived),
    ];

    pub fn name(self) -> &'static str {
        Status::NAMES[self as usize].0
    }

    /// The one that keeps more from readers: a draft rather than a page under review, and both rather than any public page;
    /// of those the one that warns of itself most.
    pub fn more_hidden(self, other: Status) -> Status {
        let order = [Status::Draft, Status::Review, Status::Withdrawn, Status::Superseded, Status::Archived, Status::Published];
        order.into_iter().find(|status| *status == self || *status == other).unwrap_or(self)
    }
}

/// `release_date: 2030-01-01` and the like.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Release {
    /// The key, as written.
    pub name: String,
    pub stamp: Stamp,
    /// The bytes of the key; nothing if it comes from a cascade.
    pub span: std::ops::Range<usize>,
}

/// `withdrawn: {date, reason}`.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize)]
pub struct Withdrawn {
    pub date: Option<Stamp>,
    pub reason: String,
}

/// One entry of `changes`.
#[derive(Debug, Clone, PartialEq, Hash, Serialize, Deserialize)]
pub struct Change {
    pub date: Stamp,
    pub note: String,
    pub kind: ChangeKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ChangeKind {
    Major,
    Minor,
    Correction,
}

impl ChangeKind {
    /// The name as it is written in front matter.
    pub fn name(self) -> &'static str {
        match self {
            ChangeKind::Major => "major",
            ChangeKind::Minor => "minor",
            ChangeKind::Correction => "correction",
        }
    }
}

/// One office that a person holds or held: `{office, of, from, to, source}`.
#[derive(Debug, Clone, Default, PartialEq, Hash, Serialize, Deserialize)]
pub struct Office {
    pub office: String,
    pub of: Option<String>,
    /// As written: a date, a year and month, or a year.
    pub from: Option<String>,
    pub to: Option<String>,
    pub source: Option<String>,
}
