//! A work as it is written down, whatever it was read from.
//!
//! Owns `Record`. It must not know the forms in which works are written.

use std::borrow::Cow;

use crate::references::inline::plain;
use crate::references::{Archived, Date, Inline, Item, Name, Names, Standing};

/// What is written down of a work. All is borrowed where it can be, so that a work need not be an item of a register to be taken along.
#[derive(Debug, Clone)]
pub struct Record<'a> {
    pub key: Cow<'a, str>,
    /// A type of CSL.
    pub kind: &'a str,
    /// The type as a register wrote it.
    pub written_kind: Option<&'a str>,
    /// Variables with text, in the order of their names.
    pub texts: Vec<(&'a str, Text<'a>)>,
    /// Variables with names, likewise.
    pub names: Vec<(&'a str, Cow<'a, Names>)>,
    /// Variables with dates, likewise.
    pub dates: Vec<(&'a str, Cow<'a, Date>)>,
    pub standing: Option<Standing>,
    pub keywords: &'a [Box<str>],
    pub archived: Option<&'a Archived>,
    /// Fields that no variable of CSL stands for, in the order of their names.
    pub other: Vec<(&'a str, &'a str)>,
}

/// The text of a variable.
#[derive(Debug, Clone)]
pub enum Text<'a> {
    Plain(Cow<'a, str>),
    /// With its markup.
    Pieces(&'a [Inline]),
}

impl Text<'_> {
    /// The text without its markup.
    pub fn plain(&self) -> Cow<'_, str> {
        match self {
            Text::Plain(text) => Cow::Borrowed(text),
            Text::Pieces([Inline::Text(text)]) => Cow::Borrowed(text),
            Text::Pieces(pieces) => Cow::Owned(plain(pieces)),
        }
    }
}

impl<'a> Record<'a> {
    /// An item as readers may take it along: without annotations, keywords and fields that no variable stands for, which a register keeps for its owner.
    pub fn for_readers(item: &'a Item) -> Record<'a> {
        let mut record = Record::from(item);
        record.texts.retain(|(variable, _)| *variable != "annote");
        record.keywords = &[];
        // What these say is what a reader of `.bib` knows the kind and the names by.
        record.other.retain(|(field, _)| matches!(*field, "type" | "options"));
        record
    }

    /// The text of a variable without its markup; `None` if the work does not say it.
    pub(super) fn text(&self, variable: &str) -> Option<Cow<'_, str>> {
        self.texts.iter().find(|(own, _)| *own == variable).map(|(_, text)| text.plain())
    }

    /// The names of a variable; empty if the work does not say them.
    pub(super) fn names(&self, variable: &str) -> &[Name] {
        self.names.iter().find(|(own, _)| *own == variable).map_or(&[], |(_, names)| &names.names)
    }

    /// The date of a variable; `None` if the work does not say it.
    pub(super) fn date(&self, variable: &str) -> Option<&Date> {
        self.dates.iter().find(|(own, _)| *own == variable).map(|(_, date)| &**date)
    }

    /// A field that no variable stands for; `None` if the work does not have it.
    pub(super) fn other(&self, field: &str) -> Option<&'a str> {
        self.other.iter().find(|(own, _)| *own == field).map(|(_, value)| *value)
    }

    /// Primary or secondary, and what the work is filed under.
    pub(super) fn keywords(&self) -> impl Iterator<Item = &'a str> {
        let standing = self.standing.map(|standing| match standing {
            Standing::Primary => "primary",
            Standing::Secondary => "secondary",
        });
        standing.into_iter().chain(self.keywords.iter().map(|keyword| &**keyword))
    }
}

impl<'a> From<&'a Item> for Record<'a> {
    fn from(item: &'a Item) -> Record<'a> {
        Record {
            key: Cow::Borrowed(&item.key),
            kind: &item.kind,
            written_kind: item.written_kind.as_deref(),
            texts: item.texts.iter().map(|(variable, pieces)| (&**variable, Text::Pieces(pieces))).collect(),
            names: item.names.iter().map(|(variable, names)| (&**variable, Cow::Borrowed(names))).collect(),
            dates: item.dates.iter().map(|(variable, date)| (&**variable, Cow::Borrowed(date))).collect(),
            standing: item.standing,
            keywords: &item.keywords,
            archived: item.archived.as_ref(),
            other: item.other.iter().map(|(field, value)| (&**field, &**value)).collect(),
        }
    }
}

impl<'a> From<&&'a Item> for Record<'a> {
    fn from(item: &&'a Item) -> Record<'a> {
        Record::from(*item)
    }
}
