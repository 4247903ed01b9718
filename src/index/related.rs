//! Related pages: those that share the most terms, newest first among equals.
//!
//! It must not know how they are shown. Near-linear: a term on many pages offers only its newest ones.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::lists::places;
use super::{PageId, Relations, Terms};
use crate::config::Config;
use crate::fingerprint::Fingerprint;
use crate::page::route::Kind;
use crate::page::{Facts, Taxonomy};

/// A related page and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Related {
    pub page: PageId,
    pub topics: u8,
    pub tags: u8,
}

/// A term on more pages than this, and on more than a fiftieth of the site, offers only its newest pages.
const LONGEST: usize = 200;
/// The taxonomies whose terms relate pages.
const RELATING: [Taxonomy; 2] = [Taxonomy::Topics, Taxonomy::Tags];
/// A shared topic weighs as much as this many shared tags.
const TOPIC_WEIGHT: u32 = 3;

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
}

/// The fingerprint of all that relations are made of, given that of terms.
pub fn print(columns: &super::Columns, terms: Fingerprint) -> Fingerprint {
    let dates: Vec<_> = columns.facts.iter().map(|fact| fact.page.date.map(|date| date.at)).collect();
    Fingerprint::of(&(terms, columns.config.related.limit, dates))
}

impl<'a> Columns<'a> {
    /// What relations rest on.
    pub fn new(config: &Config, facts: &'a [Facts], terms: &'a Terms, listed: &[bool]) -> Columns<'a> {
        let is_briefing: Vec<bool> = facts.iter().map(|fact| fact.page.kind == Kind::Briefing).collect();
        let order = newest_first(facts);
        let ages = places(&order);
        let longest = LONGEST.max(facts.len() / 50);
        let offers = terms.all.par_iter().map(|term| {
            if !RELATING.contains(&term.taxonomy) {
                return Vec::new();
            }
            let is_offered = |page: &&PageId| listed[**page as usize] && is_briefing[**page as usize];
            let mut offered: Vec<u32> = term.pages.iter().filter(is_offered).map(|page| ages[*page as usize]).collect();
            offered.sort_unstable();
            if offered.len() > longest {
                offered.truncate(LONGEST);
                offered.shrink_to_fit();
            }
            offered
        });
        Columns {
            limit: config.related.limit,
            offers: offers.collect(),
            terms: (0..).zip(facts).map(|(page, _)| RELATING.map(|taxonomy| terms.of_page(page, taxonomy))).collect(),
            is_briefing,
            order,
            ages,
        }
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
            scratch.choose(self.ages[page], self.limit);
            let related = |chosen: &Chosen| {
                let (topics, tags) = chosen.shared.counts();
                Related { page: self.order[chosen.age() as usize], topics, tags }
            };
            scratch.best.iter().map(related).collect()
        };
        (0..self.order.len()).into_par_iter().map_init(scratch, of_page).collect()
    }
}

fn newest_first(facts: &[Facts]) -> Vec<PageId> {
    let mut dated: Vec<_> =
        facts.iter().enumerate().map(|(page, fact)| (Reverse(fact.page.date.map(|date| date.at)), page as PageId)).collect();
    // Pages are in the order of their paths already.
    dated.sort_unstable();
    dated.into_iter().map(|(_, page)| page).collect()
}

/// How many topics and tags two pages share: the topics are in the upper half.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Shared(u32);

impl Shared {
    const TOPIC: u32 = 1 << 16;
    const TAG: u32 = 1;

    fn counts(self) -> (u8, u8) {
        let small = |count: u32| count.min(u32::from(u8::MAX)) as u8;
        (small(self.0 >> 16), small(self.0 & 0xffff))
    }

    fn score(self) -> u32 {
        (self.0 >> 16) * TOPIC_WEIGHT + (self.0 & 0xffff)
    }
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
    /// Counts the pages that a term offers. A term is of one language, and so are all that it offers.
    fn count(&mut self, offers: &[u32], share: u32) {
        for age in offers {
            let shared = &mut self.shared[*age as usize];
            if shared.0 == 0 {
                self.touched.push(*age);
            }
            shared.0 += share;
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
    use crate::testing::{Sample, page, site};

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
