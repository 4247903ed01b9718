//! What pages know of each other: routes, links, lists, terms, relations; from Facts and Marks, from scratch, in flat sorted vectors.
//!
//! Owns `Index`. It must not know bodies or hidden pages. Ids are places in `pages` and never outlive a build.

pub mod addresses;
pub mod advice;
mod anchors;
pub mod backlinks;
pub mod files;
pub mod links;
pub mod lists;
pub mod names;
pub mod related;
pub mod series;
pub mod supersession;
pub mod terms;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use crate::config::Config;
use crate::entities::Mentions;
use crate::fingerprint::Fingerprint;
use crate::page::front::Status;
use crate::page::origin::Beside;
use crate::page::route::{alias_address, is_address};
use crate::page::{Facts, Taxonomy};

pub use crate::page::route::{hidden_name, normal};
pub use backlinks::Backlink;
pub use files::PublicFile;
pub use links::{Broken, Resolved};
pub use lists::{List, ListKind, Order};
pub use related::Related;
pub use series::SeriesPlace;
pub use terms::{Term, Terms};

/// The place of a page in the site's pages, which are in the order of their paths.
pub type PageId = u32;

/// All that the index is made of.
pub struct Columns<'a> {
    pub config: &'a Config,
    pub facts: &'a [Facts],
    pub marks: &'a [Arc<Mentions>],
    /// Files beside pages that may be published.
    pub files: &'a [Beside],
    /// Paths of the files in `static/`, without `static/`.
    pub statics: BTreeSet<&'a str>,
    /// Names that a wikilink must keep silent about.
    pub hidden_names: &'a HashSet<Fingerprint>,
}

impl Columns<'_> {
    /// The fingerprint of all that the index reads: with an equal one it need not be built again.
    pub fn print(&self) -> Fingerprint {
        let pages: Vec<Fingerprint> = self.facts.iter().map(|fact| fact.print).collect();
        let marks: Vec<Vec<&str>> = self.marks.iter().map(|marks| marks.mentions.iter().map(|mention| &*mention.path).collect()).collect();
        let hidden_names: BTreeSet<&Fingerprint> = self.hidden_names.iter().collect();
        Fingerprint::of(&(pages, marks, self.config.print(), self.files, &self.statics, hidden_names))
    }
}

/// Everything that is derived from all pages together.
#[derive(Debug, PartialEq)]
pub struct Index {
    /// The state that is shown: a page that a public newer one supersedes is superseded.
    pub status: Vec<Status>,
    pub newer: Vec<Option<PageId>>,
    pub older: Vec<Vec<PageId>>,
    pub order: Order,
    pub terms: Terms,
    /// Home, sections, terms, indexes: in the order of their addresses.
    pub lists: Vec<List>,
    /// The list to which a page lends its text, by page.
    pub list_of_page: Vec<Option<u32>>,
    pub links: Vec<Vec<Resolved>>,
    /// By page, newest first.
    pub backlinks: Vec<Vec<Backlink>>,
    pub related: Arc<Relations>,
    /// By page: its places in series.
    pub series: Vec<Vec<SeriesPlace>>,
    /// By page: the entities it names, and by entity: the pages that name it (page, mention), newest first.
    pub named: Vec<Vec<PageId>>,
    pub mentions: Vec<Vec<(PageId, u32)>>,
    /// By page: the same page in other languages, itself included, if there are any.
    pub translations: Vec<Vec<PageId>>,
    pub files: Vec<PublicFile>,
    /// By page: the address of its `image`, percent-encoded, if that is a file of the site.
    pub images: Vec<Option<Arc<str>>>,
    /// By page: what its `featured` names.
    pub featured: Vec<Vec<PageId>>,
    /// Old address and the page it leads to; in the order of addresses.
    pub redirects: Vec<(Arc<str>, PageId)>,
    pub problems: Vec<Problem>,
}

/// What the index could not make sense of. `lint` says it to people, because it alone knows whether what is missing is only hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    Link {
        page: PageId,
        link: u32,
        broken: Broken,
    },
    /// A key that names another page which is not there: `supersedes`, `featured`, …
    Reference {
        page: PageId,
        key: &'static str,
        value: String,
        candidates: Vec<Arc<str>>,
        /// The candidates all answer to it.
        is_ambiguous: bool,
    },
    /// `image` is no file of the site.
    Image {
        page: PageId,
    },
    /// Two pages that do not follow each other both take the place of `page`.
    Disagree {
        page: PageId,
        says: PageId,
        claimed_by: PageId,
    },
    /// Each page's place is taken by the next, and the last one's by the first.
    SupersessionLoop {
        pages: Vec<PageId>,
    },
    UnknownTopic {
        page: PageId,
        spelling: String,
        nearest: Option<String>,
    },
    /// Two terms that are not one would share an address.
    TermClash {
        taxonomy: Taxonomy,
        slug: String,
        names: [String; 2],
        pages: [PageId; 2],
    },
    /// Two pages claim one spelling of a term.
    SpellingClash {
        taxonomy: Taxonomy,
        spelling: String,
        pages: [PageId; 2],
    },
    /// Each topic is broader than the one before, and the first than the last.
    TopicLoop {
        names: Vec<String>,
        page: PageId,
    },
    UnknownBroader {
        page: PageId,
        key: &'static str,
        spelling: String,
        nearest: Option<String>,
    },
    /// An alias where a page lives, or a list without a page of its own.
    AliasTaken {
        page: PageId,
        alias: String,
        by: Option<PageId>,
    },
    AliasTwice {
        alias: String,
        winner: PageId,
        loser: PageId,
    },
    UnusedFile {
        path: Arc<str>,
    },
}

/// The related pages of each page.
pub type Relations = Vec<Vec<Related>>;

/// Gives the value of a function that takes long, which whoever builds the index may remember by the fingerprint of all that it reads.
pub type Remember<'a> = &'a mut (dyn FnMut(Fingerprint, &(dyn Fn() -> Relations + Sync)) -> Arc<Relations> + Send);

impl Index {
    /// The oldest address of a page from which readers are really led to it: the first of its aliases that is free.
    pub fn oldest_alias(&self, page: PageId, fact: &Facts) -> Option<&Arc<str>> {
        let addresses = fact.front().aliases.iter().filter(|alias| is_address(alias)).map(|alias| alias_address(alias, fact.route()));
        let mut led = addresses.filter_map(|address| {
            let at = self.redirects.binary_search_by(|(from, _)| (**from).cmp(&address)).ok()?;
            Some(&self.redirects[at]).filter(|(_, to)| *to == page)
        });
        led.next().map(|(from, _)| from)
    }
}

/// Joins the columns. The order of the steps is the order of what they need.
pub fn build(columns: &Columns, remember: Remember) -> Index {
    let facts = columns.facts;
    let mut problems = Vec::new();
    let (names, order) = rayon::join(|| names::Names::of(facts), || Order::new(facts));
    let (status, newer, older) = supersession::settle(facts, &names, &mut problems);
    let listed: Vec<bool> = status.iter().map(|status| !matches!(status, Status::Superseded | Status::Withdrawn)).collect();
    let mut terms = terms::collect(columns, &listed, &order, &mut problems);
    terms.note_superseded(&status);
    let mut related = || {
        let columns = related::Columns::of(columns.config, facts, &terms, &listed);
        remember(Fingerprint::of(&columns), &|| columns.relate())
    };
    let about = || (related(), mentions(facts, columns.marks, &listed, &order));
    let places = || Places::of(columns, &Known { names: &names, terms: &terms, listed: &listed, order: &order }, &mut problems);
    let ((related, (named, mentions)), places) = rayon::join(about, places);
    Index {
        list_of_page: lists::by_page(&places.lists, facts.len()),
        backlinks: backlinks::of(&places.links, &listed, &order),
        featured: featured(facts, &names, &mut problems),
        series: series::of(facts, &terms, &listed),
        translations: translations(facts),
        lists: places.lists,
        links: places.links,
        files: places.files,
        images: places.images,
        redirects: places.redirects,
        status,
        newer,
        older,
        order,
        terms,
        related,
        named,
        mentions,
        problems,
    }
}

/// What must be known before addresses are given.
struct Known<'a> {
    names: &'a names::Names<'a>,
    terms: &'a Terms,
    listed: &'a [bool],
    order: &'a Order,
}

/// What has an address, and where links lead.
struct Places {
    lists: Vec<List>,
    redirects: Vec<(Arc<str>, PageId)>,
    links: Vec<Vec<Resolved>>,
    images: Vec<Option<Arc<str>>>,
    files: Vec<PublicFile>,
}

impl Places {
    fn of(columns: &Columns, known: &Known, problems: &mut Vec<Problem>) -> Places {
        let lists = lists::collect(columns, known.terms, known.listed, &known.order.pages);
        let redirects = addresses::redirects(columns, &lists, problems);
        let files = files::candidates(columns);
        let addresses = addresses::Addresses::of(columns, &lists, &redirects, &files);
        let resolver = links::Resolver { columns, names: known.names, addresses: &addresses, terms: known.terms };
        let links = resolver.all(problems);
        let images = files::images(columns, &addresses, problems);
        let files = files::published(files, &links, &images, problems);
        Places { lists, redirects, links, images, files }
    }
}

/// The pages that topic pages want to be read first.
fn featured(facts: &[Facts], names: &names::Names, problems: &mut Vec<Problem>) -> Vec<Vec<PageId>> {
    let mut all = vec![Vec::new(); facts.len()];
    for (at, fact) in facts.iter().enumerate().filter(|(_, fact)| terms::own_taxonomy(fact).is_some()) {
        all[at] = fact.front().featured.iter().filter_map(|value| names.refer(at as PageId, "featured", value, problems)).collect();
    }
    all
}

/// Entities by page, and pages by entity with the mention of each.
type MentionIndex = (Vec<Vec<PageId>>, Vec<Vec<(PageId, u32)>>);

fn mentions(facts: &[Facts], marks: &[Arc<Mentions>], listed: &[bool], order: &Order) -> MentionIndex {
    let mut named = vec![Vec::new(); facts.len()];
    let mut mentions = vec![Vec::new(); facts.len()];
    // In the order of lists, so that the pages that name one entity need not be sorted. Tests know no mentions.
    for page in order.pages.iter().map(|page| *page as usize) {
        let Some(marks) = marks.get(page) else { continue };
        for (at, mention) in marks.mentions.iter().enumerate() {
            if let Ok(entity) = facts.binary_search_by(|fact| fact.path().cmp(&mention.path)) {
                named[page].push(entity as PageId);
                if listed[page] && listed[entity] {
                    mentions[entity].push((page as PageId, at as u32));
                }
            }
        }
    }
    (named, mentions)
}

/// Pages of several languages that are one page: those whose path differs only by the language.
fn translations(facts: &[Facts]) -> Vec<Vec<PageId>> {
    let mut all = vec![Vec::new(); facts.len()];
    if facts.iter().all(|fact| fact.lang() == 0) {
        return all;
    }
    let mut groups: BTreeMap<_, Vec<PageId>> = BTreeMap::new();
    for (page, fact) in facts.iter().enumerate() {
        let origin = &fact.page.origin;
        groups.entry((&origin.folder, &origin.name, origin.date, origin.role)).or_default().push(page as PageId);
    }
    for mut group in groups.into_values().filter(|group| group.len() > 1) {
        group.sort_by_key(|page| facts[*page as usize].lang());
        for page in &group {
            all[*page as usize] = group.clone();
        }
    }
    all
}
