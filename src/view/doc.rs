//! Documents: what is rendered with a template, and where it stands.
//!
//! Owns `Doc`. It must not know templates' texts.

use std::sync::Arc;

use crate::index::PageId;

/// One HTML file that a template makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doc {
    pub template: Arc<str>,
    /// From the root of the site: `/topics/x/page/2/`.
    pub route: Arc<str>,
    pub lang: u8,
    pub title: Arc<str>,
    /// The page that gives it text, if any.
    pub page: Option<PageId>,
    /// The list that it shows a part of: place in `index.lists`.
    pub list: Option<u32>,
    /// Which part of a list, from 1; and of how many.
    pub number: usize,
    pub pages: usize,
    pub what: What,
}

/// What a document is besides a page or a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    Page,
    List,
    /// The rest of the links to `page`.
    LinkedFrom,
    /// An old address of `page`, and the address that took its place.
    Redirect {
        page: PageId,
        to: Arc<str>,
    },
    NotFound,
    /// An earlier text of `page`, by its place among all of them, and the address of the newest.
    Version {
        version: u32,
        newest: Arc<str>,
    },
    /// What became of it next.
    Comparison {
        version: u32,
        newest: Arc<str>,
    },
}

impl Doc {
    /// The list that is shown, if the document is one of its parts.
    pub fn list(&self) -> Option<u32> {
        self.list.filter(|_| self.what == What::List)
    }

    /// The earlier text that is shown, or whose changes are.
    pub fn version(&self) -> Option<u32> {
        match self.what {
            What::Version { version, .. } | What::Comparison { version, .. } => Some(version),
            _ => None,
        }
    }

    /// The address under which search engines should know it.
    pub fn canonical(&self) -> &str {
        match &self.what {
            What::Redirect { to, .. } => to,
            What::Version { newest, .. } | What::Comparison { newest, .. } => newest,
            _ => &self.route,
        }
    }
}
