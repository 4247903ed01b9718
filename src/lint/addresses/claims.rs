//! Who claims which file of the output: what the rules about addresses have in common.
//!
//! Owns `Claim` and `rivals`. It must not know what is said about them. Further pages of lists and the like are not looked at here: before
//! writing, the pipeline refuses any two files at one path.

use std::collections::hash_map::Entry;
use std::sync::Arc;

use crate::addresses::{Address, Maker, Own};
use crate::diagnostic::Place;
use crate::fingerprint::{Fingerprint, Lookup};
use crate::gate::{Hidden, place_of_key};
use crate::index::{List, ListKind, PageId};
use crate::lint::LintContext;
use crate::lint::shadows::why;
use crate::page::origin::Role;
use crate::site::Site;
use crate::url::{composed, output_path};

/// One file of the output, and what makes it.
pub struct Claim<'a> {
    /// The address.
    pub route: &'a str,
    /// Who claims it.
    pub by: By<'a>,
}

/// What makes a file.
#[derive(Clone, Copy)]
pub enum By<'a> {
    Page(PageId),
    Hidden(&'a Hidden),
    /// A list without a page of its own.
    List(&'a List),
    /// A feed of a list.
    Feed(&'a List),
    Sitemap,
    /// An earlier text of a page, by the path of its file.
    Version(&'a Arc<str>),
    /// A briefing or sources to take along.
    Export,
    /// A file of `content/` or `static/`.
    File(&'a Arc<str>),
    /// A file of the theme.
    Theme,
    /// The redirect from an alias of a page.
    Alias(PageId),
}

impl By<'_> {
    /// Its place among claims of one address; pages are in the order of their paths.
    fn rank(&self) -> (u8, PageId) {
        match self {
            By::Page(page) => (0, *page),
            By::Hidden(_) => (1, 0),
            By::File(_) | By::Version(_) => (2, 0),
            By::Alias(_) => (3, 0),
            By::List(_) => (4, 0),
            By::Feed(_) => (5, 0),
            By::Sitemap => (6, 0),
            By::Theme => (7, 0),
            By::Export => (8, 0),
        }
    }
}

/// The claims that stand in each other's way: those of one address, or that differ only by case, each with the first one there.
pub fn rivals<'a>(context: &LintContext<'a>) -> Vec<(Claim<'a>, Claim<'a>)> {
    let all = claims(context);
    let mut firsts: Lookup<Fingerprint, usize> = Lookup::with_capacity_and_hasher(all.len(), Default::default());
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut path = String::new();
    for (at, claim) in all.iter().enumerate() {
        // `/a/` and `/a/index.html` are one file.
        let folder = claim.route.strip_suffix("index.html").filter(|folder| folder.ends_with('/'));
        path.clear();
        path.push_str(&composed(folder.unwrap_or(claim.route)));
        path.make_ascii_lowercase();
        match firsts.entry(Fingerprint::of_bytes(path.as_bytes())) {
            Entry::Occupied(first) => found.push((*first.get(), at)),
            Entry::Vacant(place) => drop(place.insert(at)),
        }
    }
    found.retain(|(one, other)| may_not_meet(context, &all[*one], &all[*other]));
    found.sort_unstable();
    let copy = |at: usize| Claim { route: all[at].route, by: all[at].by };
    found.into_iter().map(|(one, other)| (copy(one), copy(other))).collect()
}

impl Claim<'_> {
    /// The file that it writes, composed: a Mac takes two forms of one name for one file.
    pub fn output(&self) -> String {
        output_path(&composed(self.route))
    }

    /// The words for it in a message.
    pub fn name(&self, context: &LintContext) -> String {
        let path = |page: PageId| context.site.page(page).path();
        match self.by {
            By::Page(page) => format!("`{}`", path(page)),
            By::Hidden(page) => format!("`{}` (which {})", page.path, why(page)),
            By::List(list) => name_of_list(list),
            By::Feed(list) => format!("a feed of {}", name_of_list(list)),
            By::Sitemap => "the sitemap".into(),
            By::File(path) | By::Version(path) => format!("`{path}`"),
            By::Theme => "a file of the theme".into(),
            By::Export => "what readers take along to cite it".into(),
            By::Alias(page) => format!("an alias of `{}`", path(page)),
        }
    }

    /// Where an author can change it.
    pub fn place(&self, context: &LintContext) -> Option<Place> {
        match self.by {
            By::Page(page) => {
                let fact = context.site.page(page);
                let key = if fact.front().path.is_some() { "path" } else { "slug" };
                Some(place_of_key(fact.front(), fact.path(), &context.sources.text(fact.path()), key))
            }
            By::Hidden(page) => Some(Place::file(&page.path)),
            By::File(path) | By::Version(path) => Some(Place::file(path)),
            By::Alias(page) => Some(crate::lint::place::of_key(context, page, "aliases")),
            By::List(list) => place_of_source(context.site, list),
            By::Feed(_) | By::Sitemap | By::Theme | By::Export => None,
        }
    }
}

/// Pages come first, so that a message begins with a file that its reader can change.
pub fn claims<'a>(context: &LintContext<'a>) -> Vec<Claim<'a>> {
    let site = context.site;
    let of_address = |address: &'a Address| Some(Claim { route: &address.route, by: by(site, address)? });
    let of_hidden = |page: &'a Hidden| Claim { route: &page.route, by: By::Hidden(page) };
    let mut all: Vec<Claim> = site.addresses.written().filter_map(of_address).collect();
    all.extend(context.hidden.iter().map(of_hidden));
    all.sort_by_key(|claim| claim.by.rank());
    all
}

/// What makes an address; `None` for what only goes on with another, or is left out where the site has its own.
fn by<'a>(site: &'a Site, address: &'a Address) -> Option<By<'a>> {
    let list = |list: u32| &site.index.lists[list as usize];
    match (&address.maker, address.page) {
        (Maker::Page | Maker::List { part: 1, .. }, Some(page)) => Some(By::Page(page)),
        (Maker::List { list: at, part: 1, .. }, None) => Some(By::List(list(*at))),
        (Maker::Feed { list: at, .. }, _) => Some(By::Feed(list(*at))),
        (Maker::Redirect, Some(page)) => Some(By::Alias(page)),
        (Maker::File(path), _) => Some(By::File(path)),
        (Maker::Version(at) | Maker::Comparison(at), _) => Some(By::Version(site.versions[*at as usize].facts.path())),
        (Maker::Theme(_), _) => Some(By::Theme),
        (Maker::Export { .. }, _) => Some(By::Export),
        (Maker::Own(Own::Sitemap), _) => Some(By::Sitemap),
        _ => None,
    }
}

/// Whether two at one address are a mistake that is told here.
fn may_not_meet(context: &LintContext, one: &Claim, other: &Claim) -> bool {
    match (one.by, other.by) {
        // A hidden page may become the text of that list, or take an alias back.
        (By::Hidden(_), By::List(_) | By::Alias(_) | By::Feed(_) | By::Sitemap | By::Export) => false,
        // Their lists or pages meet too, and that is told.
        (By::Feed(_), By::Feed(_)) | (By::Export, By::Export) => false,
        // Terms that share an address are told with their names.
        (By::List(one), By::List(other)) => !(is_term(one) && is_term(other)),
        (By::Page(page), By::List(list)) => !is_term_of(context, page, list),
        // `index.md` and `_index.md` side by side are told as that.
        _ => !are_two_indexes(context, one, other),
    }
}

/// What makes a list, in words: its folder, what the pages say, or the program itself.
fn name_of_list(list: &List) -> String {
    match &list.kind {
        ListKind::Section(folder) => format!("the list of the folder `content/{folder}/`"),
        ListKind::Source(_) => format!("the page of the source `{}`", list.title),
        ListKind::Term(taxonomy, _) => format!("the list of what has `{}` among its `{}`", list.title, taxonomy.name()),
        _ => format!("the list `{}` (which every site has)", list.title),
    }
}

/// Where the source stands of which a list is the page.
fn place_of_source(site: &Site, list: &List) -> Option<Place> {
    let ListKind::Source(at) = list.kind else { return None };
    Some(site.register.get(&site.index.citations.sources[at as usize].key)?.place())
}

fn is_term(list: &List) -> bool {
    matches!(list.kind, ListKind::Term(..))
}

fn is_term_of(context: &LintContext, page: PageId, list: &List) -> bool {
    let ListKind::Term(taxonomy, _) = list.kind else { return false };
    crate::index::terms::own_taxonomy(context.site.page(page)) == Some(taxonomy)
}

fn are_two_indexes(context: &LintContext, one: &Claim, other: &Claim) -> bool {
    let folder = |claim: &Claim| match claim.by {
        By::Page(page) => {
            let origin = &context.site.page(page).page.origin;
            (origin.role != Role::Page).then(|| (origin.lang, origin.folder.clone()))
        }
        By::Hidden(page) => (page.role != Role::Page).then(|| (page.lang, page.folder.clone())),
        _ => None,
    };
    folder(one).is_some_and(|own| folder(other) == Some(own))
}
