//! Items: sources as registers say them, whole, whatever format they were written in.
//!
//! Variables have their names of CSL 1.0.2 (<https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables>). It must not know
//! formats or styles.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Inline;

/// A source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Item {
    pub key: Box<str>,
    /// A type of CSL, such as `report`, `legislation`, `article-newspaper`.
    pub kind: Box<str>,
    /// The type as the register wrote it, where that says more: `techreport`, `jurisdiction`, `mvbook`.
    pub written_kind: Option<Box<str>>,
    /// Standard and number variables: `title`, `container-title`, `publisher`, `number`, `page`, `DOI`, `URL`, `language`, …; with their markup.
    pub texts: BTreeMap<Box<str>, Vec<Inline>>,
    /// Name variables: `author`, `editor`, `translator`, …
    pub names: BTreeMap<Box<str>, Names>,
    /// Date variables: `issued`, `accessed`, `original-date`, `event-date`, …
    pub dates: BTreeMap<Box<str>, Date>,
    pub standing: Option<Standing>,
    pub keywords: Vec<Box<str>>,
    /// A copy that stays.
    pub archived: Option<Archived>,
    /// Fields of the register that no variable of CSL stands for, as text: they are there again when the item is exported.
    pub other: BTreeMap<Box<str>, Box<str>>,
}

/// What a source is to what cites it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Standing {
    /// The document itself, or the word of who decided.
    Primary,
    /// Somebody else's account of it.
    Secondary,
}

/// A copy in an archive of the web.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Archived {
    pub url: Box<str>,
    pub date: Option<Date>,
}

/// The names of one variable, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Names {
    pub names: Vec<Name>,
    /// `and others`: there are more than are named.
    pub others: bool,
}

/// A name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Name {
    Person {
        family: Box<str>,
        given: Box<str>,
        /// `von der` in `von der Leyen`, where it stays with the family name; else empty.
        particle: Box<str>,
        /// `van` in `Beethoven, Ludwig van`, where it goes with the given name; else empty.
        dropping: Box<str>,
        /// `Jr.`; else empty.
        suffix: Box<str>,
        /// Whether a comma stands before the suffix: `King, Jr.`.
        comma_suffix: bool,
    },
    /// The name of a body, or one that has no parts.
    Body(Box<str>),
}

/// A date, or a range of dates.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Date {
    /// None, if only words stand for it.
    pub from: Option<Day>,
    /// The end of a range.
    pub to: Option<Day>,
    /// A range without an end: `2020/`.
    pub is_open: bool,
    pub circa: bool,
    /// 1 spring, 2 summer, 3 autumn, 4 winter.
    pub season: Option<u8>,
    /// Words in place of a date: `n.d.`, `in press`, `forthcoming`.
    pub words: Option<Box<str>>,
}

/// A year, month or day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Day {
    /// Astronomical: 0 is 1 BC.
    pub year: i32,
    /// From 1.
    pub month: Option<u8>,
    /// From 1.
    pub day: Option<u8>,
}

impl Item {
    /// The text of a variable without its markup; `None` if the register does not say it.
    pub fn text(&self, variable: &str) -> Option<String> {
        self.texts.get(variable).map(|pieces| super::inline::plain(pieces))
    }

    /// The names of a variable; empty if the register does not say them.
    pub fn names(&self, variable: &str) -> &[Name] {
        self.names.get(variable).map_or(&[], |names| &names.names)
    }

    /// Older keys, by which texts may cite it as well: `ids` of biblatex.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.other.get("ids").into_iter().flat_map(|ids| ids.split(',')).map(str::trim).filter(|id| !id.is_empty())
    }

    /// When it was published, if the register says so.
    pub fn issued(&self) -> Option<&Date> {
        self.dates.get("issued")
    }
}
