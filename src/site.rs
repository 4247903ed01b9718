//! The site: everything that outputs are made from, read-only.
//!
//! Owns `Site`. It must not know hidden pages; what is here may be shown.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::DateTime;

use crate::addresses::Addresses;
use crate::config::Config;
use crate::entities::Mentions;
use crate::fingerprint::Fingerprint;
use crate::index::names::Names;
use crate::index::{self, Columns, Index, PageId, Version};
use crate::ledger::Ledger;
use crate::links::{self, Links, Resolved};
use crate::memo::Verify;
use crate::page::{Body, Facts, LinkTarget, Review, Status};
use crate::references::{Citing, Register};
use crate::theme::Theme;
use crate::url::encode;

/// A site as of one instant. Pages are named by their place in `facts`, which are in the order of their paths.
pub struct Site {
    /// Its settings.
    pub config: Config,
    /// What each page tells the others, in the order of paths.
    pub facts: Vec<Arc<Facts>>,
    /// The text of each page, in the same order.
    pub bodies: Vec<Arc<Body>>,
    /// Their earlier texts, in the order of their pages and days.
    pub versions: Vec<Version>,
    /// The text of each of them, in the same order.
    pub version_bodies: Vec<Arc<Body>>,
    /// Whom each page names, in the same order.
    pub marks: Vec<Arc<Mentions>>,
    /// What pages are to each other.
    pub index: Arc<Index>,
    /// Where links lead.
    pub links: Arc<Links>,
    /// Where everything is.
    pub addresses: Arc<Addresses>,
    /// How it looks.
    pub theme: Arc<Theme>,
    /// The registers of `_data/` by the name of their file, with their prints.
    pub data: BTreeMap<String, (Fingerprint, tera::Value)>,
    /// Every source that its pages may cite. Readers see those that are cited.
    pub register: Arc<Register>,
    /// What addresses elsewhere answered when they were last asked.
    pub ledger: Arc<Ledger>,
    /// How they are cited; nothing, where nothing can be.
    pub citing: Option<Citing>,
    /// The fingerprint of the columns that index, links and addresses are made of.
    pub columns: Fingerprint,
    /// The files that are copied: path from the root of the project, and print; in the order of paths.
    pub files: Vec<(Arc<str>, Fingerprint)>,
    /// How this build differs from a plain one.
    pub mode: RenderMode,
}

/// What is derived from all pages together.
#[derive(Debug, Default, PartialEq)]
pub struct Joined {
    /// What pages are to each other.
    pub index: Arc<Index>,
    /// Where links lead.
    pub links: Arc<Links>,
    /// Where everything is.
    pub addresses: Arc<Addresses>,
}

/// What is remembered of its members: a new title leaves most of them as they are.
pub struct Memory {
    index: index::Memory,
    links: links::Memory,
}

impl Memory {
    /// A memory of nothing.
    pub fn new(verify: Verify) -> Memory {
        Memory { index: index::Memory::new(verify), links: links::Memory::new(verify) }
    }

    /// What is to be left of it to the next process; `None` if another one left it.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        self.index.to_bytes()
    }

    /// Remembers what `to_bytes` made these bytes of; nothing if they are none.
    pub fn recall(&mut self, bytes: &[u8]) {
        self.index.recall(bytes);
    }
}

impl Joined {
    /// Joins the columns of a site: what pages are to each other, then where they are, then where their links lead.
    pub fn new(columns: &Columns, memory: &mut Memory) -> Joined {
        let names = Names::new(columns.facts);
        let index = index::build(columns, &names, &mut memory.index);
        let (links, addresses) = links::build(columns, &names, &index, &mut memory.links);
        Joined { index: Arc::new(index), links: Arc::new(links), addresses: Arc::new(addresses) }
    }
}

/// The links that lead nowhere, each by its page and its number there, with its place as `content/x.md:3:7`. Only a preview has any: it shows where
/// they stand. A build that may be written has none, whatever its pages say.
pub type BrokenLinks = BTreeMap<(PageId, u32), Arc<str>>;

/// How this build differs from a plain one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct RenderMode {
    /// Shows what is not public: every page carries a banner and `noindex`.
    pub preview: bool,
    /// Links end in `index.html` and are relative, so that the site opens from a folder.
    pub relative_urls: bool,
    /// The day and the time, in the zone of the site, as of which it is shown, where it stands differently now: every page says so, and `noindex`.
    pub as_it_stood: Option<DateTime>,
}

impl Site {
    /// What a page tells the others.
    pub fn page(&self, page: PageId) -> &Facts {
        &self.facts[page as usize]
    }

    /// What a page says of itself in lists: its summary, in which wikilinks without words are the titles of the pages that they lead to.
    pub fn summary(&self, page: PageId) -> Cow<'_, str> {
        self.page(page).summary.filled(|link| self.words(page, link))
    }

    /// The words of a wikilink without words: the title of the page that it leads to, or its own name if a list without a page answers to it.
    pub fn words(&self, page: PageId, link: u32) -> Option<&str> {
        let target = &self.page(page).links[link as usize].target;
        self.words_of(target, &self.links.of_page(page)[link as usize])
    }

    /// The same of a link, by what it names and where it leads.
    pub fn words_of<'a>(&'a self, target: &'a LinkTarget, resolved: &Resolved) -> Option<&'a str> {
        match (resolved, target) {
            (Resolved::To { page: Some(to), .. } | Resolved::Titled { page: to }, _) => Some(&self.page(*to).title),
            (Resolved::To { .. }, LinkTarget::Wiki { name, .. }) => Some(name),
            _ => None,
        }
    }

    /// The words of all wikilinks without words on a page, in its order.
    pub fn all_words(&self, page: PageId) -> impl Iterator<Item = &str> {
        let is_bare = |target: &LinkTarget| matches!(target, LinkTarget::Wiki { has_words: false, .. });
        let links = self.page(page).links.iter().enumerate().filter(move |(_, link)| is_bare(&link.target));
        links.filter_map(move |(link, _)| self.words(page, link as u32))
    }

    /// True if the site brings a file of its own for a path below the output, which replaces the built-in one: in `static/`, as a page, or beside one.
    pub fn brings(&self, path: &str) -> bool {
        self.addresses.brings(path)
    }

    /// The print of a file that is copied, by its path from the root of the project.
    pub fn print_of_file(&self, path: &str) -> Fingerprint {
        self.files.binary_search_by(|(known, _)| (**known).cmp(path)).map(|at| self.files[at].1).unwrap_or_default()
    }

    /// The address of a route, which is plain text, on the host: `/a b/` → `/briefings/a%20b/`.
    pub fn href(&self, route: &str) -> String {
        self.prefixed(&encode(route))
    }

    /// The same of something that has its percent-encoded address already, or lies elsewhere.
    pub fn prefixed(&self, href: &str) -> String {
        match href.strip_prefix('/').filter(|inside| !inside.starts_with('/')) {
            Some(inside) => [self.base_path(), inside].concat(),
            None => href.to_string(),
        }
    }

    /// The path of `base_url`, with a slash at both ends.
    pub fn base_path(&self) -> &str {
        self.config.base_url.as_ref().map_or("/", |base| &base.path)
    }

    /// The whole address of a route, if the site knows where it lives.
    pub fn absolute(&self, route: &str) -> Option<String> {
        let base = self.config.base_url.as_ref()?;
        let address = encode(route);
        match address.strip_prefix('/').filter(|inside| !inside.starts_with('/')) {
            Some(inside) => Some([&*base.origin, &base.path, inside].concat()),
            None => Some([&*base.origin, &address].concat()),
        }
    }

    /// The whole address of something that has its percent-encoded address already, or lies elsewhere.
    pub fn absolute_href(&self, href: &str) -> Option<String> {
        if !href.starts_with('/') || href.starts_with("//") {
            return Some(href.to_string());
        }
        let base = self.config.base_url.as_ref()?;
        Some(format!("{}{}", base.origin, self.prefixed(href)))
    }

    /// The earlier texts of a page with their places, in the order of their days.
    pub fn versions_of(&self, page: PageId) -> impl DoubleEndedIterator<Item = (u32, &Version)> {
        let start = self.versions.partition_point(|version| version.page < page);
        let end = self.versions.partition_point(|version| version.page <= page);
        (start..end).map(|at| (at as u32, &self.versions[at]))
    }

    /// When somebody is to look whether a page still holds; `None` if nobody said, or if it does not hold any more.
    pub fn review(&self, page: PageId) -> Option<Review> {
        let holds = !matches!(self.index.status[page as usize], Status::Archived | Status::Superseded | Status::Withdrawn);
        self.page(page).page.review.filter(|_| holds)
    }

    /// The `type` of a briefing; pages with a kind have none unless they say so.
    pub fn type_of(&self, page: PageId) -> &str {
        self.page(page).page.type_name()
    }

    /// The language of a page: its own `lang`, else that of its file.
    pub fn lang_of(&self, page: PageId) -> &str {
        let fact = self.page(page);
        fact.front().lang.as_deref().unwrap_or_else(|| self.language(fact.lang()))
    }

    /// The code of a language by its number.
    pub fn language(&self, lang: u8) -> &str {
        self.config.language_code(lang)
    }
}
