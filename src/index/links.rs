//! Where links lead: every address of the site, one look-up a link, and the links seen from the other side.
//!
//! Owns `Resolver` and `Backlink`. It must not know how a link is shown.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::files::Candidates;
use super::lists::List;
use super::names::{Answer, Names};
use super::silence;
use super::{Columns, PageId, Problem, Terms};
use crate::page::body::{Link, LinkTarget};
use crate::page::origin::Role;
use crate::page::route;
use crate::page::{Facts, facts::Admitted};

/// Where one link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// An address from the root of the site, percent-encoded, with query and anchor; and the page that lives there.
    To { href: Arc<str>, page: Option<PageId> },
    /// Nowhere: it is rendered as its words; `silent` if not even those may be shown.
    Nowhere { silent: bool },
    /// `links.skip` leaves it as it is written.
    AsWritten { href: Arc<str> },
}

/// Why a link leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// Nothing is there. The path that was looked for (below the root, if it is one), and what is near.
    Missing {
        wanted: String,
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
}

/// What an address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Page(PageId),
    /// A list or file without a page of its own.
    Other,
}

/// Every address that a link can lead to.
pub struct Addresses {
    routes: HashMap<Arc<str>, Target>,
    /// Addresses of files in `content/`, by their path there.
    files: HashMap<Arc<str>, Arc<str>>,
    aliases: HashMap<Arc<str>, PageId>,
}

impl Addresses {
    pub fn of(columns: &Columns, lists: &[List], redirects: &[(Arc<str>, PageId)], files: &Candidates, terms: &Terms) -> Addresses {
        let mut routes = HashMap::with_capacity(columns.facts.len() + lists.len() * 3);
        let feeds = columns.config.base_url.is_some();
        for list in lists {
            routes.insert(list.route.clone(), Target::Other);
            if feeds && list.has_feed(terms, columns.facts) {
                for name in ["feed.xml", "feed.json"] {
                    routes.insert(Arc::from(format!("{}{name}", list.route)), Target::Other);
                }
            }
        }
        for (page, fact) in columns.facts.iter().enumerate() {
            routes.insert(fact.route().clone(), Target::Page(page as PageId));
        }
        for name in &columns.statics {
            routes.insert(Arc::from(format!("/{name}")), Target::Other);
        }
        for name in if feeds { &["/sitemap.xml", "/robots.txt", "/404.html"][..] } else { &["/robots.txt", "/404.html"][..] } {
            routes.entry(Arc::from(*name)).or_insert(Target::Other);
        }
        let files: HashMap<Arc<str>, Arc<str>> = files.iter().map(|file| (file.path.clone(), file.route.clone())).collect();
        for route in files.values() {
            routes.entry(route.clone()).or_insert(Target::Other);
        }
        Addresses { routes, files, aliases: redirects.iter().cloned().collect() }
    }

    /// The address of a file in `content/`, by its path from the root of the project.
    pub fn file(&self, path: &str) -> Option<&Arc<str>> {
        self.files.get(path)
    }

    /// What stands at an address as an author would write it: with or without the slash at its end or `index.html`.
    fn route(&self, route: &str) -> Option<(Arc<str>, Target)> {
        let exact = |route: &str| self.routes.get_key_value(route).map(|(route, target)| (route.clone(), *target));
        let bare = route.strip_suffix("index.html").unwrap_or(route);
        exact(bare)
            .or_else(|| exact(route))
            .or_else(|| if bare.ends_with('/') { None } else { exact(&format!("{bare}/")) })
            .or_else(|| self.aliases.get(&*route::absolute(route)).map(|page| (Arc::from(""), Target::Page(*page))))
    }
}

/// The aliases of all pages that are free, each with the page it leads to.
pub fn redirects(facts: &[Facts], lists: &[List], problems: &mut Vec<Problem>) -> Vec<(Arc<str>, PageId)> {
    let pages: HashMap<&str, PageId> = facts.iter().enumerate().map(|(page, fact)| (&**fact.route(), page as PageId)).collect();
    let lists: HashMap<&str, Option<PageId>> = lists.iter().map(|list| (&*list.route, list.page)).collect();
    let mut claims: HashMap<String, PageId> = HashMap::new();
    for (at, fact) in facts.iter().enumerate() {
        let page = at as PageId;
        for alias in fact.front().aliases.iter().filter(|alias| is_address(alias, fact)) {
            let route = route::absolute(alias);
            let taken = pages.get(route.as_str()).copied().or_else(|| lists.get(route.as_str()).map(|list| list.unwrap_or(page)));
            if let Some(by) = taken {
                if by != page || lists.contains_key(route.as_str()) {
                    problems.push(Problem::AliasTaken { page, alias: alias.to_string(), by });
                }
                continue;
            }
            match claims.get(&route).copied() {
                Some(other) if other != page => {
                    let date = |page: PageId| facts[page as usize].page.date.map(|date| date.at);
                    // The later date wins, then the first path; pages come in the order of paths.
                    let (winner, loser) = if date(page) > date(other) { (page, other) } else { (other, page) };
                    problems.push(Problem::AliasTwice { alias: route.clone(), winner, loser });
                    claims.insert(route, winner);
                }
                _ => {
                    claims.insert(route, page);
                }
            }
        }
    }
    let mut redirects: Vec<(Arc<str>, PageId)> = claims.into_iter().map(|(route, page)| (Arc::from(route), page)).collect();
    redirects.sort();
    redirects
}

/// Of the `aliases` of a topic page only those with a slash are addresses, the rest are other names.
fn is_address(alias: &str, fact: &Facts) -> bool {
    alias.starts_with('/') || super::terms::own_taxonomy(fact).is_none()
}

pub struct Resolver<'a> {
    pub columns: &'a Columns<'a>,
    pub names: &'a Names<'a>,
    pub addresses: &'a Addresses,
    pub terms: &'a Terms,
}

/// The outcome for one link before problems are collected.
type Outcome = Result<Resolved, Broken>;

impl Resolver<'_> {
    /// All links of all pages, in parallel; problems in the order of pages.
    pub fn all(&self, problems: &mut Vec<Problem>) -> Vec<Vec<Resolved>> {
        let outcomes: Vec<Vec<Outcome>> =
            self.columns.facts.par_iter().map(|fact| fact.links.iter().map(|link| self.link(fact, link)).collect()).collect();
        outcomes
            .into_iter()
            .enumerate()
            .map(|(page, outcomes)| {
                let settle = |(at, outcome): (usize, Outcome)| {
                    outcome.unwrap_or_else(|broken| {
                        let silent = self.is_silent(&self.columns.facts[page].links[at], &broken);
                        problems.push(Problem::Link { page: page as PageId, link: at as u32, broken });
                        Resolved::Nowhere { silent }
                    })
                };
                outcomes.into_iter().enumerate().map(settle).collect()
            })
            .collect()
    }

    /// A wikilink to a hidden page must not show its name.
    fn is_silent(&self, link: &Link, broken: &Broken) -> bool {
        match (&link.target, broken) {
            (LinkTarget::Wiki { name, .. }, Broken::Missing { .. }) => {
                let bare = name.split_once(':').map_or(&**name, |(_, rest)| rest);
                self.columns.silences.contains(&silence(name)) || self.columns.silences.contains(&silence(bare))
            }
            _ => false,
        }
    }

    fn link(&self, fact: &Facts, link: &Link) -> Outcome {
        match &link.target {
            LinkTarget::Wiki { name, anchor, .. } => self.wiki(fact, name, anchor.as_deref()),
            LinkTarget::Destination { path, anchor, query } => {
                if self.columns.config.links.skip.iter().any(|skip| path.starts_with(skip.as_str())) {
                    let href = join(&encode(path), query.as_deref(), anchor.as_deref());
                    return Ok(Resolved::AsWritten { href });
                }
                let (route, target) = self.destination(fact, path)?;
                self.to(route, target, query.as_deref(), anchor.as_deref(), path.is_empty())
            }
        }
    }

    fn wiki(&self, fact: &Facts, name: &str, anchor: Option<&str>) -> Outcome {
        if name.is_empty() {
            let page = self.columns.facts.binary_search_by(|other| other.path().cmp(fact.path())).unwrap_or_default() as PageId;
            return self.to(Arc::from(""), Target::Page(page), None, anchor, true);
        }
        match self.names.find(name, fact.lang()) {
            Answer::One(page) => self.to(Arc::from(""), Target::Page(page), None, anchor, false),
            Answer::Many(pages) => {
                Err(Broken::Ambiguous { candidates: pages.iter().map(|page| self.columns.facts[*page as usize].path().clone()).collect() })
            }
            Answer::None => {
                let term = (0..4).find_map(|taxonomy| self.terms.find(taxonomy, fact.lang(), name));
                match term.map(|term| &self.terms.all[term as usize]).filter(|term| term.has_page()) {
                    Some(term) => self.to(term.route.clone(), Target::Other, None, anchor, false),
                    None => Err(Broken::Missing { wanted: name.to_string(), candidates: self.names.nearest(name) }),
                }
            }
        }
    }

    fn to(&self, route: Arc<str>, target: Target, query: Option<&str>, anchor: Option<&str>, here: bool) -> Outcome {
        let Target::Page(page) = target else {
            return Ok(Resolved::To { href: join(&encode(&route), query, anchor), page: None });
        };
        let fact = &self.columns.facts[page as usize];
        if let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty() && *anchor != "top")
            && !fact.anchors.iter().any(|known| **known == *anchor)
        {
            let candidates = crate::diagnostic::nearest(anchor, fact.anchors.iter().map(|anchor| &**anchor));
            let candidates = match candidates {
                Some(near) => vec![near.to_string()],
                None => fact.headings.iter().take(5).map(|heading| heading.id.to_string()).collect(),
            };
            return Err(Broken::Anchor { page, anchor: anchor.to_string(), candidates });
        }
        let route = if here { "" } else { &**fact.route() };
        Ok(Resolved::To { href: join(&encode(route), query, anchor), page: Some(page) })
    }

    /// What a destination means, read from the file that it stands in.
    fn destination(&self, fact: &Facts, path: &str) -> Result<(Arc<str>, Target), Broken> {
        let own = &fact.page.origin.path;
        if path.is_empty() {
            let page = self.columns.facts.binary_search_by(|other| other.path().cmp(own)).unwrap_or_default() as PageId;
            return Ok((Arc::from(""), Target::Page(page)));
        }
        let missing = |wanted: String| Broken::Missing { candidates: self.names.nearest(&wanted), wanted };
        if let Some(inside) = path.strip_prefix("@/") {
            let wanted = format!("content/{inside}");
            return self.file(&wanted, fact).ok_or_else(|| missing(wanted));
        }
        if let Some(inside) = path.strip_prefix('/') {
            let base = self.columns.config.base_url.as_ref().map_or("/", |base| base.path.as_str());
            let without_base = path.strip_prefix(base).filter(|_| base != "/").map(|rest| format!("/{rest}"));
            return self
                .addresses
                .route(path)
                .or_else(|| without_base.and_then(|path| self.addresses.route(&path)))
                .or_else(|| self.file(&format!("content/{inside}"), fact))
                .ok_or_else(|| missing(path.to_string()));
        }
        let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
        let from_file = climb(folder, path);
        if let Some(found) = from_file.as_ref().and_then(|wanted| self.file(wanted.trim_end_matches('/'), fact)) {
            return Ok(found);
        }
        let from_address = climb(fact.route().trim_end_matches('/'), path);
        if let Some(found) = from_address.and_then(|route| self.addresses.route(&route)) {
            return Ok(found);
        }
        match from_file {
            Some(wanted) if wanted.starts_with("content/") || wanted == "content" => {
                // `[x](other)` and `[x](../folder/)` are meant as files by those who come from wikis.
                let bare = wanted.trim_end_matches('/');
                let found = [format!("{bare}.md"), format!("{bare}/index.md"), format!("{bare}/_index.md")];
                found.iter().find_map(|path| self.file(path, fact)).ok_or_else(|| missing(wanted))
            }
            _ => Err(Broken::Outside),
        }
    }

    /// The page or file at a path of the project, in the reader's language if the page is there in it.
    fn file(&self, path: &str, fact: &Facts) -> Option<(Arc<str>, Target)> {
        if fact.lang() > 0
            && let Some(stem) = path.strip_suffix(".md")
        {
            let code = &self.columns.config.languages[fact.lang() as usize - 1];
            if let Some(page) = self.names.path(&format!("{stem}.{code}.md")) {
                return Some((Arc::from(""), Target::Page(page)));
            }
        }
        let page = self.names.path(path).map(|page| (Arc::from(""), Target::Page(page)));
        page.or_else(|| self.addresses.files.get(path).map(|route| (route.clone(), Target::Other)))
    }
}

/// `path` read from `folder`, with its dots resolved; `None` if it climbs over the top.
fn climb(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn join(path: &str, query: Option<&str>, anchor: Option<&str>) -> Arc<str> {
    if query.is_none() && anchor.is_none() {
        return Arc::from(path);
    }
    let mut href = path.to_string();
    for (sign, part) in [('?', query), ('#', anchor)] {
        if let Some(part) = part {
            href.push(sign);
            href.push_str(&encode(part));
        }
    }
    Arc::from(href)
}

/// Percent-encodes what may not stand in an address as it is (RFC 3986).
pub fn encode(path: &str) -> std::borrow::Cow<'_, str> {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/-_.~!$&'()*+,;=:@?%".contains(byte);
    if path.as_bytes().iter().all(|byte| is_plain(byte)) {
        return path.into();
    }
    let mut encoded = String::with_capacity(path.len() + 8);
    for byte in path.bytes() {
        if is_plain(&byte) {
            encoded.push(byte as char);
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded.into()
}

/// One link seen from the page it leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlink {
    pub from: PageId,
    /// Place in `Facts::links` of `from`.
    pub link: u32,
}

/// For each page the listed pages that link to it, newest first, each with its first link.
pub fn backlinks(facts: &[Facts], links: &[Vec<Resolved>], listed: &[bool], rank: &[u32]) -> Vec<Vec<Backlink>> {
    let mut all: Vec<Vec<Backlink>> = vec![Vec::new(); facts.len()];
    for (from, resolved) in links.iter().enumerate().filter(|(from, _)| listed[*from]) {
        for (link, to) in resolved.iter().enumerate() {
            if let Resolved::To { page: Some(to), .. } = to
                && *to as usize != from
                && all[*to as usize].last().is_none_or(|last| last.from as usize != from)
            {
                all[*to as usize].push(Backlink { from: from as PageId, link: link as u32 });
            }
        }
    }
    all.par_iter_mut().for_each(|backlinks| backlinks.sort_unstable_by_key(|backlink| rank[backlink.from as usize]));
    all
}

/// The folder of a page's address, in which its own files lie.
pub fn folder_of(page: &Admitted) -> &str {
    page.route.rsplit_once('/').map_or("/", |(folder, _)| folder)
}

/// True for pages that have a file of their own: those that lend their text to a list do not.
pub fn is_document(fact: &Facts) -> bool {
    fact.page.origin.role != Role::Section && super::terms::own_taxonomy(fact).is_none()
}
