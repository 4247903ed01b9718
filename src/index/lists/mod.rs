//! Lists: home, sections, terms, indexes, the archive; and the only formulas for the addresses that lie below one.
//!
//! Owns `List`. It must not know how a list is shown.

mod changes;
mod folders;
mod gather;
mod kinds;
mod order;

use std::sync::Arc;

use super::PageId;
use crate::page::Facts;
use crate::url::folder_below;

pub use changes::ChangeOf;
pub use gather::collect;
pub use kinds::{Feeds, Holds, ListKind, Row, Sitemap, Which};
pub use order::{Order, places};

/// One list with an address of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    pub kind: ListKind,
    pub lang: u8,
    pub route: Arc<str>,
    pub title: Arc<str>,
    /// The page that gives it a title and a text.
    pub page: Option<PageId>,
    /// What it lists, in the order of lists.
    pub pages: Arc<[PageId]>,
}

/// The form of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    Atom,
    /// JSON Feed.
    Json,
}

impl Form {
    /// Both forms.
    pub const ALL: [Form; 2] = [Form::Atom, Form::Json];

    /// The name of a feed's file.
    pub fn file_name(self) -> &'static str {
        match self {
            Form::Atom => "feed.xml",
            Form::Json => "feed.json",
        }
    }
}

impl List {
    /// The address of its feed of that form. It lies below the list, or beside one that is a file (`/notes.html`).
    pub fn feed(&self, form: Form) -> String {
        [&*folder_below(&self.route), form.file_name()].concat()
    }

    /// The address of one of its parts, from 1.
    pub fn part(&self, number: usize) -> Arc<str> {
        if number <= 1 { self.route.clone() } else { Arc::from(format!("{}page/{number}/", folder_below(&self.route))) }
    }

    /// How many parts of `size` entries it has; one, if it is empty.
    pub fn parts(&self, facts: &[Arc<Facts>], size: usize) -> usize {
        let entries = match self.kind.row().holds {
            Holds::AllPages | Holds::NoPages => 0,
            Holds::Pages => self.pages.len(),
            Holds::Changes(which) => {
                let changes = self.pages.iter().flat_map(|page| &facts[*page as usize].page.changes);
                changes.filter(|change| which.takes(change.kind)).count()
            }
        };
        entries.div_ceil(size).max(1)
    }

    /// False for the page of a source that no listed page cites, and nobody wrote about: those who read what was superseded are led there, and nobody else.
    pub fn is_found(&self) -> bool {
        !matches!(self.kind, ListKind::Source(_)) || !self.pages.is_empty() || self.page.is_some()
    }

    /// What the files are called that hold its sources, without their endings; `None` for lists of pages.
    pub fn export_stem(&self) -> Option<&'static str> {
        match self.kind {
            ListKind::Sources => Some("all"),
            ListKind::Source(_) => Some("source"),
            _ => None,
        }
    }

    /// True for what has feeds on a site that knows where it lives.
    pub fn has_feed(&self, facts: &[Arc<Facts>]) -> bool {
        match self.kind.row().feeds {
            Feeds::Always | Feeds::OfChanges => true,
            Feeds::WithDatedPages => self.pages.iter().any(|page| facts[*page as usize].page.date.is_some()),
            Feeds::Never => false,
        }
    }
}

/// The place in `lists` of the list to which each page lends its text.
pub fn by_page(lists: &[List], pages: usize) -> Vec<Option<u32>> {
    let mut of_page = vec![None; pages];
    for (at, list) in (0..).zip(lists) {
        if let Some(page) = list.page {
            of_page[page as usize] = Some(at);
        }
    }
    of_page
}

#[cfg(test)]
mod tests;
