//! Where one link leads: a look-up, or a few for spellings that are rare.
//!
//! Owns `Resolver`. It must not know how a link is shown.

use std::borrow::Cow;
use std::sync::Arc;

use super::anchors;
use crate::addresses::{Found, Targets};
use crate::diagnostic::nearest;
use crate::index::names::{self, Names};
use crate::index::{Columns, PageId, Terms, Version, hidden_name};
use crate::page::Facts;
use crate::page::body::destination::names_file;
use crate::page::body::{Link, LinkTarget};
use crate::url::{begins_with, encode, encode_query};

/// Where one link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// An address from the root of the site, percent-encoded, with query and anchor; and the page that lives there.
    To { href: Arc<str>, page: Option<PageId> },
    /// Nowhere: it is rendered as its words; `silent` if not even those may be shown.
    Nowhere { silent: bool },
    /// Nowhere, for the page has no such place: the title of the page takes the place of the words that a wikilink does not have.
    Titled { page: PageId },
    /// `links.skip` leaves it as it is written.
    AsWritten { href: Arc<str> },
}

/// Why a link leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// Nothing is there.
    Missing {
        /// Where it was looked for: files begin with `content/`, addresses with `/`; of a wikilink its name.
        places: Vec<String>,
        /// What is near.
        candidates: Vec<Arc<str>>,
    },
    /// The page has no such place; the nearest ones it has.
    Anchor {
        page: PageId,
        anchor: String,
        candidates: Vec<String>,
    },
    Ambiguous {
        candidates: Vec<Arc<str>>,
    },
    /// It climbs out of `content/`.
    Outside,
    /// It is an image, and what is there is a page or a list.
    Page,
    /// A feed or the sitemap of a site that does not know where it lives.
    Unwritten,
}

/// All that a link can be looked up in.
pub struct Resolver<'a> {
    pub columns: &'a Columns<'a>,
    pub names: &'a Names<'a>,
    pub targets: &'a Targets,
    pub terms: &'a Terms,
}

/// Where a link leads, or why it leads nowhere; what may be meant instead is not yet looked for.
pub type Outcome = Result<Resolved, Broken>;

impl Resolver<'_> {
    /// Where a link of a page leads.
    pub fn link(&self, page: PageId, link: &Link) -> Outcome {
        let (path, anchor, query) = match &link.target {
            LinkTarget::Wiki { name, anchor, .. } => return self.wiki(page, name, anchor.as_deref(), link.alt.is_some()),
            LinkTarget::Ref { path, anchor, lang } => return self.reference(page, path, anchor.as_deref(), lang.as_deref()),
            LinkTarget::Destination { path, anchor, query } => (&**path, anchor.as_deref(), query.as_deref()),
        };
        if self.columns.config.links.skip.iter().any(|skip| begins_with(path, skip)) {
            return Ok(Resolved::AsWritten { href: join(&Arc::from(encode(path)), query, anchor) });
        }
        let found = self.destination(page, path)?;
        if link.alt.is_some() && is_page(&found) {
            return Err(Broken::Page);
        }
        self.to(Place { found, query, anchor, is_in_words: false, is_here: path.is_empty() })
    }

    /// Where the links of an earlier text lead now: into itself, else from where its page is.
    pub fn of_version(&self, version: &Version) -> Box<[Resolved]> {
        let of_link = |link: &Link| {
            let found = within(&link.target).map_or_else(|| self.link(version.page, link), |anchor| here(version, anchor));
            found.unwrap_or_else(|broken| self.instead(link, &broken))
        };
        version.facts.links.iter().map(of_link).collect()
    }

    /// What stands in the place of a link that leads nowhere.
    pub fn instead(&self, link: &Link, broken: &Broken) -> Resolved {
        match (broken, &link.target) {
            (Broken::Anchor { page, .. }, LinkTarget::Wiki { has_words: false, .. }) => Resolved::Titled { page: *page },
            _ => Resolved::Nowhere { silent: self.is_silent(link, broken) },
        }
    }

    /// A broken wikilink shows its name only if no page answers to it, be it public or hidden.
    fn is_silent(&self, link: &Link, broken: &Broken) -> bool {
        let LinkTarget::Wiki { name, .. } = &link.target else { return false };
        let bare = names::bare(name);
        let rest = names::of_kind(bare).map_or(bare, |(_, rest)| rest);
        // What a file is called may tell of the hidden page that owns it.
        !matches!(broken, Broken::Missing { .. })
            || names_file(name)
            || [bare, rest].iter().any(|name| self.columns.hidden_names.contains(&hidden_name(name)))
    }

    /// The link to a place, once it is found.
    pub(super) fn to(&self, place: Place) -> Outcome {
        let Place { found, query, anchor, is_in_words, is_here } = place;
        let page = match found {
            Found::Page(page) => page,
            Found::Other(route) => return Ok(Resolved::To { href: join(&encoded(&route), query, anchor), page: None }),
            Found::Unwritten => return Err(Broken::Unwritten),
        };
        let fact = &self.columns.facts[page as usize];
        let anchor = match anchor {
            Some(anchor) if !anchor.is_empty() && anchor != "top" => {
                let found = anchors::find(fact, anchor).or_else(|| anchors::by_words(fact, anchor).filter(|_| is_in_words));
                Some(found.ok_or_else(|| missing(page, fact, anchor))?)
            }
            other => other,
        };
        let route = if is_here { Arc::from("") } else { encoded(fact.route()) };
        Ok(Resolved::To { href: join(&route, query, anchor), page: Some(page) })
    }
}

/// Where a link is found to lead, before its anchor has been looked for.
pub(super) struct Place<'a> {
    pub found: Found,
    pub query: Option<&'a str>,
    pub anchor: Option<&'a str>,
    /// The anchor may be the words of a heading.
    pub is_in_words: bool,
    /// It is the page that the link stands on, whose address need not be written.
    pub is_here: bool,
}

/// The anchor of a link that leads to the text in which it stands.
fn within(target: &LinkTarget) -> Option<&str> {
    match target {
        LinkTarget::Destination { path, anchor, .. } | LinkTarget::Ref { path, anchor, .. } if path.is_empty() => {
            Some(anchor.as_deref().unwrap_or_default())
        }
        LinkTarget::Wiki { name, anchor, .. } if name.is_empty() => Some(anchor.as_deref().unwrap_or_default()),
        _ => None,
    }
}

/// A place in an earlier text, which is not always one of what its page says now.
fn here(version: &Version, anchor: &str) -> Outcome {
    if anchor.is_empty() || anchor == "top" {
        return Ok(Resolved::To { href: join(&Arc::from(""), None, Some(anchor)), page: None });
    }
    let found = anchors::find(&version.facts, anchor).or_else(|| anchors::by_words(&version.facts, anchor));
    let missing = || Broken::Anchor { page: version.page, anchor: anchor.to_string(), candidates: Vec::new() };
    found.map(|anchor| Resolved::To { href: join(&Arc::from(""), None, Some(anchor)), page: None }).ok_or_else(missing)
}

fn is_page(found: &Found) -> bool {
    match found {
        Found::Page(_) => true,
        Found::Other(route) => route.ends_with('/'),
        Found::Unwritten => false,
    }
}

/// The anchor that a page lacks, with the nearest ones that it has.
fn missing(page: PageId, fact: &Facts, anchor: &str) -> Broken {
    let candidates = match nearest(anchor, fact.anchors.iter().map(|anchor| &**anchor)) {
        Some(near) => vec![near.to_string()],
        None => fact.headings.iter().take(5).map(|heading| heading.id.to_string()).collect(),
    };
    Broken::Anchor { page, anchor: anchor.to_string(), candidates }
}

/// A route as links have it. Most have nothing to encode, and are shared.
fn encoded(route: &Arc<str>) -> Arc<str> {
    match encode(route) {
        Cow::Borrowed(_) => route.clone(),
        Cow::Owned(encoded) => Arc::from(encoded),
    }
}

/// An address from its encoded path, and query and anchor as they were written.
fn join(path: &Arc<str>, query: Option<&str>, anchor: Option<&str>) -> Arc<str> {
    if query.is_none() && anchor.is_none() {
        return path.clone();
    }
    let mut href = path.to_string();
    if let Some(query) = query {
        href.push('?');
        href.push_str(&encode_query(query));
    }
    if let Some(anchor) = anchor {
        href.push('#');
        href.push_str(&encode(anchor));
    }
    Arc::from(href)
}
