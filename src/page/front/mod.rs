//! Front matter: the block of YAML or TOML at the head of a file, as typed values.
//!
//! Owns what a page can say of itself, in types, and how it is read. It must not know the folder of the page, the settings or other pages: what
//! depends on them (cascade, time zone, kind) is applied later. Reading never fails; mistakes are in `diagnostics`.

mod addresses;
mod block;
mod comment;
mod defaults;
mod explain;
mod extra;
mod forms;
mod hiding;
mod keys;
mod kinds;
mod lists;
mod node;
mod persisted;
mod print;
mod problems;
mod rare;
mod read;
mod said;
mod states;
mod table;
#[cfg(test)]
mod tests;
mod toml;
mod typos;
mod unparsed;
mod untaken;
mod values;
mod yaml;

pub use block::{Head, Syntax, head};
pub use hiding::is_open_to_all;
pub use keys::{Front, KEYS, Key};
pub use kinds::linked;
pub use print::{Once, print_value};
pub use rare::Rare;
pub use read::{read, read_in_order};
pub use table::{Row, Who};
pub use values::foreign_key;

use std::hash::{Hash, Hasher};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Taxonomy;
use super::date::Stamp;
use crate::diagnostic::codes;

/// The terms of a page by taxonomy; `None` where it does not say.
pub type Terms = [Option<Vec<String>>; Taxonomy::COUNT];

impl Front {
    /// Where a key stands: the bytes of its entry; `None` when the page does not say it itself.
    pub fn span(&self, key: &str) -> Option<Range<usize>> {
        let (_, span) = self.spans.iter().find(|(known, _)| known.name() == key)?;
        Some(span.start as usize..span.end as usize)
    }

    /// Whether some of what the page says of itself could not be read at all.
    pub fn is_unparsed(&self) -> bool {
        self.diagnostics.iter().any(|problem| codes::UNPARSED.contains(&problem.code))
    }
}

/// The state that an editor gives a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    Draft,
    Review,
    #[default]
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
    pub span: Range<usize>,
}

impl Hash for Release {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        // Where it stands is nothing that it says.
        (&self.name, self.stamp).hash(hasher);
    }
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
    /// The names as they are written in front matter.
    pub const NAMES: [(&'static str, ChangeKind); 3] =
        [("major", ChangeKind::Major), ("minor", ChangeKind::Minor), ("correction", ChangeKind::Correction)];

    pub fn name(self) -> &'static str {
        ChangeKind::NAMES[self as usize].0
    }
}

/// A warning that does not hold for a page.
#[derive(Debug, Clone, PartialEq, Hash, Serialize, Deserialize)]
pub struct Silence {
    /// As it is told: `uncited-figure`.
    pub code: String,
    pub reason: String,
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
