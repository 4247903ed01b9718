//! Related pages: those that share the most terms and sources, newest first among equals.
//!
//! It must not know how they are shown. Near-linear: a term on many pages offers only its newest ones.

use std::cmp::Reverse;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::lists::places;
use super::{Citations, PageId, Relations, Terms};
use crate::config::Config;
use crate::fingerprint::Fingerprint;
use crate::page::route::Kind;
use crate::page::{Facts, Taxonomy};

/// A related page and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    pub page: PageId,
    pub topics: u8,
    pub tags: u8,
    /// How many sources both cite, and the one of them that fewest pages cite, by its place in `Citations::sources`.
    pub sources: u8,
    pub source: u32,
}

/// A term on more pages than this, and on more than a fiftieth of the site, offers only its newest pages.
const LONGEST: usize = 200;
/// The taxonomies whose terms relate pages.
const RELATING: [Taxonomy; 2] = [Taxonomy::Topics, Taxonomy::Tags];
/// A shared topic weighs as much as this many shared tags.
const TOPIC_WEIGHT: u32 = 3 * TAG_WEIGHT;
/// What a shared tag weighs.
const TAG_WEIGHT: u32 = 4;

/// The columns that relations are made of: no title is among them. Pages are known by their age here, so that the newest come first wherever they
/// are sorted.
pub struct Columns<'a> {
    limit: usize,
    is_briefing: Vec<bool>,
    /// Pages when the newest come first, and those of one date in the order of their paths.
    order: Vec<PageId>,
    /// By page: its place in `order`.
    ages: Vec<u32>,
    /// By term: the ages of the pages that it offers, newest first.
    offers: Vec<Vec<u32>>,
    /// By page: its topics and tags.
    terms: Vec<[&'a [u32]; 2]>,
    citations: &'a Citations,
    /// By source: the ages of the pages that it offers, newest first, and what it weighs.
    sources: Vec<(Vec<u32>, u32)>,
}

/// The fingerprint of all that relations are made of, given those of terms and citations.
pub fn print(columns: &super::Columns, terms: [Fingerprint; 2]) -> Fingerprint {
    let dates: Vec<_> = columns.facts.iter().map(|fact| fact.page.date.map(|date| date.at)).collect();
    Fingerprint::of(&(terms, columns.config.related.limit, dates))
}

impl<'a> Columns<'a> {
    /// What relations rest on.
    pub fn new(config: &Config, facts: &'a [Arc<Facts>], terms: &'a Terms, citations: &'a Citations, listed: &[bool]) -> Columns<'a> {
        let is_briefing: Vec<bool> = facts.iter().map(|fact| fact.page.kind == Kind::Briefing).collect();
        let order = newest_first(facts);
        let ages = places(&order);
        let longest = LONGEST.max(facts.len() / 50);
        let all_offered = |pages: &[PageId]| {
            let is_offered = |page: &&PageId| listed[**page as usize] && is_briefing[**page as usize];
            let mut offered: Vec<u32> = pages.iter().filter(is_offered).map(|page| ages[*page as usize]).collect();
            offered.sort_unstable();
            offered
        };
        let newest = |mut offered: Vec<u32>| {
            if offered.len() > longest {
                offered.truncate(LONGEST);
                offered.shrink_to_fit();
            }
            offered
        };
        let offers =
            terms.all.par_iter().map(|term| if RELATING.contains(&term.taxonomy) { newest(all_offered(&term.pages)) } else { Vec::new() });
        let sources = citations.sources.par_iter().map(|source| {
            let offered = all_offered(&source.pages);
            let weight = weight_of_source(offered.len());
            (newest(offered), weight)
        });
        Columns {
            limit: config.related.limit,
            offers: offers.collect(),
            terms: (0..).zip(facts).map(|(page, _)| RELATING.map(|taxonomy| terms.of_page(page, taxonomy))).collect(),
            citations,
            sources: sources.collect(),
            is_briefing,
            order,
            ages,
        }
    }

    /// A page with what it shares with another.
    fn related(&self, page: PageId, chosen: &Chosen) -> Related {
        let (topics, tags) = chosen.shared.counts();
        let mut related = Related { page: self.order[chosen.age() as usize], topics, tags, sources: 0, source: 0 };
        if chosen.shared.of_sources() > 0 {
            let others = self.citations.of_page(related.page);
            let both: Vec<u32> = self.citations.of_page(page).iter().copied().filter(|at| others.binary_search(at).is_ok()).collect();
            related.sources = small(both.len() as u64);
            related.source = both.into_iter().min_by_key(|at| self.citations.sources[*at as usize].pages.len()).unwrap_or_default();
        }
        related
    }

    /// For each briefing the listed ones that are related to it, best first.
    pub fn relate(&self) -> Relations {
        let scratch = || Scratch { shared: vec![Shared(0); self.order.len()], touched: Vec::new(), best: Vec::new() };
        let of_page = |scratch: &mut Scratch, page: usize| {
            if self.limit == 0 || !self.is_briefing[page] {
                return Vec::new();
            }
            for (terms, share) in self.terms[page].iter().zip([Shared::TOPIC, Shared::TAG]) {
                terms.iter().for_each(|term| scratch.count(&self.offers[*term as usize], share));
            }
            for source in self.citations.of_page(page as PageId) {
                let (offered, weight) = &self.sources[*source as usize];
                scratch.count(offered, Shared::of_source(*weight));
            }
            scratch.choose(self.ages[page], self.limit);
            scratch.best.iter().map(|chosen| self.related(page as PageId, chosen)).collect()
        };
        (0..self.order.len()).into_par_iter().map_init(scratch, of_page).collect()
    }
}

fn newest_first(facts: &[Arc<Facts>]) -> Vec<PageId> {
    let mut dated: Vec<_> =
        facts.iter().enumerate().map(|(page, fact)| (Reverse(fact.page.date.map(|date| date.at)), page as PageId)).collect();
    // Pages are in the order of their paths already.
    dated.sort_unstable();
    dated.into_iter().map(|(_, page)| page).collect()
}

/// What a source weighs that so many briefings cite: as much as a topic if two or three do, and the less the more do.
fn weight_of_source(pages: usize) -> u32 {
    (TOPIC_WEIGHT / pages.max(2).ilog2()).max(1)
}

/// How many topics and tags two pages share, and what the sources weigh that both cite: the last is in the upper half, and the topics above the tags.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Shared(u64);

impl Shared {
    const TOPIC: Shared = Shared(1 << 16);
    const TAG: Shared = Shared(1);

    fn of_source(weight: u32) -> Shared {
        Shared(u64::from(weight) << 32)
    }

    /// What the sources weigh that both cite.
    fn of_sources(self) -> u32 {
        (self.0 >> 32) as u32
    }

    fn counts(self) -> (u8, u8) {
        (small(self.0 >> 16 & 0xffff), small(self.0 & 0xffff))
    }

    fn score(self) -> u32 {
        (self.0 >> 16 & 0xffff) as u32 * TOPIC_WEIGHT + (self.0 & 0xffff) as u32 * TAG_WEIGHT + self.of_sources()
    }
}

/// A number that is shown.
fn small(count: u64) -> u8 {
    count.min(u64::from(u8::MAX)) as u8
}

/// One of the best so far.
struct Chosen {
    /// What shares most comes first, and of equals the newest: the score, turned round, above the age.
    place: u64,
    shared: Shared,
}

impl Chosen {
    fn new(age: u32, shared: Shared) -> Chosen {
        Chosen { place: u64::from(u32::MAX - shared.score()) << 32 | u64::from(age), shared }
    }

    fn age(&self) -> u32 {
        self.place as u32
    }
}

/// What one thread counts with, page after page.
struct Scratch {
    /// By age: what that page shares with the one that is looked at.
    shared: Vec<Shared>,
    /// The ages of those that share anything.
    touched: Vec<u32>,
    best: Vec<Chosen>,
}

impl Scratch {
    /// Counts the pages that a term or a source offers. Either is of one language, and so are all that it offers.
    fn count(&mut self, offers: &[u32], share: Shared) {
        for age in offers {
            let shared = &mut self.shared[*age as usize];
            if shared.0 == 0 {
                self.touched.push(*age);
            }
            shared.0 += share.0;
        }
    }

    /// Keeps the best of what was counted, but for the page itself; nothing is counted any more. Most are no better than the worst of a full list, so
    /// that one comparison is all they take.
    fn choose(&mut self, own: u32, limit: usize) {
        self.best.clear();
        let mut worst = u64::MAX;
        for age in self.touched.drain(..) {
            let shared = std::mem::take(&mut self.shared[age as usize]);
            let chosen = Chosen::new(age, shared);
            if chosen.place >= worst || age == own {
                continue;
            }
            let at = self.best.partition_point(|better| better.place < chosen.place);
            self.best.insert(at, chosen);
            self.best.truncate(limit);
            if self.best.len() == limit {
                worst = self.best[limit - 1].place;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::page::front::Status;
    use crate::testing::{Sample, page, site, site_with_sources};

    fn related<'a>(sample: &'a Sample, path: &str) -> Vec<&'a str> {
        sample.paths(sample.index().related[sample.id(path) as usize].iter().map(|related| related.page))
    }

    #[test]
    fn a_shared_topic_weighs_more_than_shared_tags_and_newer_pages_come_first() {
        let sample = site([
            page("x.md").topics(&["t", "u"]).tags(&["a", "b"]),
            page("one-topic.md").topics(&["t"]).date("2020-01-01"),
            page("newer-topic.md").topics(&["u"]).date("2021-01-01"),
            page("two-tags.md").tags(&["a", "b"]).date("2025-01-01"),
            page("both.md").topics(&["t"]).tags(&["a"]).date("2019-01-01"),
            page("nothing.md").topics(&["v"]),
        ]);
        assert_eq!(related(&sample, "x.md"), ["both.md", "newer-topic.md", "one-topic.md", "two-tags.md"]);
    }

    #[test]
    fn sources_that_few_cite_relate_pages_more_than_those_that_many_cite() {
        let many = (0..20).map(|at| page(&format!("many-{at:02}.md")).cite("common").date("2025-01-01"));
        let pages = [
            page("x.md").cite("common").cite("rare").tags(&["a"]).topics(&["t"]),
            page("rare.md").cite("rare").cite("common").date("2019-01-01"),
            page("topic.md").topics(&["t"]).date("2020-01-01"),
            page("tag.md").tags(&["a"]).date("2020-01-01"),
        ];
        let sample = site_with_sources(&["common", "rare"], pages.into_iter().chain(many));
        assert_eq!(related(&sample, "x.md"), ["rare.md", "topic.md", "tag.md", "many-00.md", "many-01.md"]);
        let index = sample.index();
        let first = index.related[sample.id("x.md") as usize][0];
        assert_eq!((first.sources, &*index.citations.sources[first.source as usize].key), (2, "rare"));
    }

    #[test]
    fn neither_superseded_pages_nor_people_nor_the_page_itself_are_offered_and_no_more_than_the_limit() {
        let many = (0..20).map(|at| page(&format!("{at:02}.md")).topics(&["t"]));
        let others = [page("gone.md").topics(&["t"]).status(Status::Withdrawn), page("people/p.md").topics(&["t"])];
        let sample = site(many.chain(others));
        assert_eq!(related(&sample, "00.md"), ["01.md", "02.md", "03.md", "04.md", "05.md"]);
        assert!(related(&sample, "people/p.md").is_empty());
    }

    #[test]
    fn a_term_on_many_pages_offers_its_newest_only() {
        let day = |at: usize| format!("20{:02}-{:02}-01", at / 12, at % 12 + 1);
        let sample = site((0..250).map(|at| page(&format!("{at:03}.md")).topics(&["t"]).date(&day(at))));
        assert_eq!(related(&sample, "000.md"), ["249.md", "248.md", "247.md", "246.md", "245.md"]);
    }
}
