//! What pages are to each other, but for their links: the order of lists, terms, lists, relations; from Facts and Mentions, in flat sorted vectors.
//!
//! Owns `Index`. It must not know bodies or hidden pages, nor where links lead. Ids are places in `pages` and never outlive a build.

pub mod amendment;
pub mod citations;
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
use crate::memo::{Memo, Verify};
use crate::page::front::Status;
use crate::page::origin::Beside;
use crate::page::version::VersionName;
use crate::page::{Facts, Taxonomy};
use crate::references::Register;

pub use crate::page::route::{hidden_name, normal};
pub use amendment::Amendments;
pub use citations::Citations;
pub use lists::{List, ListKind, Order};
pub use related::Related;
pub use series::SeriesPlace;
pub use supersession::Succession;
pub use terms::{Term, Terms};

/// The place of a page in the site's pages, which are in the order of their paths.
pub type PageId = u32;

/// An earlier text of a page. It has an address, and is in nothing else that the index makes.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    pub page: PageId,
    pub name: VersionName,
    /// What it says of itself, at its own address.
    pub facts: Arc<Facts>,
}

/// All that the index is made of.
pub struct Columns<'a> {
    pub config: &'a Config,
    pub facts: &'a [Arc<Facts>],
    /// Earlier texts of pages, in the order of their pages and days.
    pub versions: &'a [Version],
    pub marks: &'a [Arc<Mentions>],
    /// The sources that pages may cite.
    pub register: &'a Register,
    /// Files beside pages that may be published.
    pub files: &'a [Beside],
    /// Paths of the files in `static/`, without `static/`.
    pub statics: BTreeSet<&'a str>,
    /// Paths of the theme's files below the root of the site.
    pub theme_files: Vec<&'a str>,
    /// Names that a wikilink must keep silent about.
    pub hidden_names: &'a HashSet<Fingerprint>,
}

impl Columns<'_> {
    /// The fingerprint of all that the index reads: with an equal one it need not be built again.
    pub fn print(&self) -> Fingerprint {
        let versions = self.versions.iter().map(|version| version.facts.print);
        let pages: Vec<Fingerprint> = self.facts.iter().map(|fact| fact.print).chain(versions).collect();
        let marks: Vec<Vec<&str>> = self.marks.iter().map(|marks| marks.mentions.iter().map(|mention| &*mention.path).collect()).collect();
        let hidden_names: BTreeSet<&Fingerprint> = self.hidden_names.iter().collect();
        Fingerprint::of(&(
            pages,
            marks,
            self.config.print(),
            self.register.print(),
            self.files,
            &self.statics,
            &self.theme_files,
            hidden_names,
        ))
    }
}

/// What is derived from all pages together, but for their links.
#[derive(Debug, Default, PartialEq)]
pub struct Index {
    /// The state that is shown: a page that a public newer one supersedes is superseded.
    pub status: Vec<Status>,
    pub succession: Succession,
    pub amendments: Amendments,
    pub order: Order,
    pub terms: Arc<Terms>,
    pub citations: Arc<Citations>,
    /// Home, sections, terms, indexes: in the order of their addresses.
    pub lists: Vec<List>,
    /// The list to which a page lends its text, by page.
    pub list_of_page: Vec<Option<u32>>,
    pub related: Arc<Relations>,
    /// By page: its places in series.
    pub series: Vec<Vec<SeriesPlace>>,
    /// By page: the entities it names, and by entity: the pages that name it (page, mention), newest first.
    pub named: Vec<Vec<PageId>>,
    pub mentions: Vec<Vec<(PageId, u32)>>,
    /// By page: the same page in other languages, itself included, if there are any.
    pub translations: Vec<Vec<PageId>>,
    /// By page: what its `featured` names.
    pub featured: Vec<Vec<PageId>>,
    pub problems: Vec<Problem>,
}

/// What the index could not make sense of. `lint` says it to people, because it alone knows whether what is missing is only hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A key that names another page which is not there: `supersedes`, `featured`, …
    Reference {
        page: PageId,
        key: &'static str,
        value: String,
        candidates: Vec<Arc<str>>,
        /// The candidates all answer to it.
        is_ambiguous: bool,
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
    /// Each page changes part of the next, and the last one of the first.
    AmendmentLoop {
        pages: Vec<PageId>,
    },
    /// `by` both changes part of `page` and takes its place.
    AmendedAndSuperseded {
        page: PageId,
        by: PageId,
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
}

/// The related pages of each page.
pub type Relations = Vec<Vec<Related>>;

/// Members of an index that take long, each remembered under the fingerprint of the columns that it is made of.
pub struct Memory {
    terms: Memo<Terms>,
    citations: Memo<Citations>,
    related: Memo<Relations>,
}

impl Memory {
    /// Nothing remembered yet.
    pub fn new(verify: Verify) -> Memory {
        Memory { terms: Memo::new("terms", verify), citations: Memo::new("citations", verify), related: Memo::new("related", verify) }
    }

    /// What takes longest to make again as bytes, to be left to the next process; `None` if another one left it. The columns of a site have ids in them,
    /// and so has what is made of them, under their fingerprint.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        postcard::to_allocvec(&self.related.one_to_leave()?).ok()
    }

    /// Remembers what `to_bytes` made these bytes of; nothing if they are none.
    pub fn recall(&mut self, bytes: &[u8]) {
        if let Ok((key, related)) = postcard::from_bytes(bytes) {
            self.related.recall_one("site", key, related);
        }
    }
}

impl Index {
    /// False for pages that count in no list, term, backlink or feed, because others took their place or they were withdrawn.
    pub fn is_listed(&self, page: PageId) -> bool {
        is_listed(self.status[page as usize])
    }
}

fn is_listed(status: Status) -> bool {
    !matches!(status, Status::Superseded | Status::Withdrawn)
}

/// Joins the columns. The order of the steps is the order of what they need.
pub fn build(columns: &Columns, names: &names::Names, memory: &mut Memory) -> Index {
    let facts = columns.facts;
    let mut problems = Vec::new();
    let order = Order::new(facts);
    let (status, succession) = supersession::settle(facts, names, &mut problems);
    let amendments = amendment::settle(facts, names, &order, &succession, &mut problems);
    let listed: Vec<bool> = status.iter().copied().map(is_listed).collect();
    let made_of = terms::print(columns, &status, &order);
    let terms = memory.terms.one("site", made_of, || terms::collect(columns, &status, &order));
    problems.extend(terms.problems.iter().cloned());
    let cited = citations::print(columns, &listed, &order);
    let citations = memory.citations.one("site", cited, || citations::collect(columns, &listed, &order, cited));
    let made_of = related::print(columns, [made_of, cited]);
    let related =
        memory.related.one("site", made_of, || related::Columns::new(columns.config, facts, &terms, &citations, &listed).relate());
    let (named, mentions) = mentions(facts, columns.marks, &listed, &order);
    let lists = lists::collect(columns, &terms, &citations, &listed, &order.pages);
    Index {
        list_of_page: lists::by_page(&lists, facts.len()),
        featured: featured(facts, names, &mut problems),
        series: series::places(facts, &terms, &listed),
        translations: translations(facts),
        lists,
        status,
        succession,
        amendments,
        order,
        terms,
        citations,
        related,
        named,
        mentions,
        problems,
    }
}

/// The pages that topic pages want to be read first.
fn featured(facts: &[Arc<Facts>], names: &names::Names, problems: &mut Vec<Problem>) -> Vec<Vec<PageId>> {
    let mut all = vec![Vec::new(); facts.len()];
    for (at, fact) in facts.iter().enumerate().filter(|(_, fact)| terms::own_taxonomy(fact).is_some()) {
        all[at] = fact.front().featured.iter().filter_map(|value| names.refer(at as PageId, "featured", value, problems)).collect();
    }
    all
}

/// Entities by page, and pages by entity with the mention of each.
type MentionIndex = (Vec<Vec<PageId>>, Vec<Vec<(PageId, u32)>>);

fn mentions(facts: &[Arc<Facts>], marks: &[Arc<Mentions>], listed: &[bool], order: &Order) -> MentionIndex {
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
fn translations(facts: &[Arc<Facts>]) -> Vec<Vec<PageId>> {
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
