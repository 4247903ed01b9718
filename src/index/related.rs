//! Related pages: those that share the most terms, newest first among equals.
//!
//! It must not know how they are shown. Near-linear: a term on many pages offers only its newest ones.

use rayon::prelude::*;

use super::{PageId, Relations, Terms};
use crate::config::Config;
use crate::page::Facts;
use crate::page::route::Kind;

/// A related page and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Related {
    pub page: PageId,
    pub topics: u8,
    pub tags: u8,
}

/// A term on more pages than this, and on more than a fiftieth of the site, offers only its newest pages.
const LONGEST: usize = 200;
/// A shared topic weighs as much as this many shared tags.
const TOPIC_WEIGHT: u32 = 3;

/// The columns that relations are made of: no title is among them.
#[derive(Hash)]
pub struct Columns<'a> {
    limit: usize,
    /// The pages themselves, whose places in this list the others hold.
    paths: Vec<&'a str>,
    is_briefing: Vec<bool>,
    /// By page: its place when the newest come first, and pages of one date in the order of their paths.
    age: Vec<u32>,
    /// By term: the pages that it offers, newest first.
    offers: Vec<Vec<PageId>>,
    /// By page: its topics and tags.
    terms: Vec<[&'a [u32]; 2]>,
}

impl<'a> Columns<'a> {
    pub fn of(config: &Config, facts: &'a [Facts], terms: &'a Terms, listed: &[bool]) -> Columns<'a> {
        let is_briefing: Vec<bool> = facts.iter().map(|fact| fact.page.kind == Kind::Briefing).collect();
        let age = age(facts);
        let longest = LONGEST.max(facts.len() / 50);
        let offers = terms.all.par_iter().map(|term| {
            if term.taxonomy > 1 {
                return Vec::new();
            }
            let is_offered = |page: &PageId| listed[*page as usize] && is_briefing[*page as usize];
            let mut pages: Vec<PageId> = term.pages.iter().copied().filter(is_offered).collect();
            pages.sort_unstable_by_key(|page| age[*page as usize]);
            if pages.len() > longest {
                pages.truncate(LONGEST);
                pages.shrink_to_fit();
            }
            pages
        });
        Columns {
            limit: config.related.limit,
            offers: offers.collect(),
            paths: facts.iter().map(|fact| &**fact.path()).collect(),
            terms: terms.of_page.iter().map(|own| [&own[0][..], &own[1][..]]).collect(),
            is_briefing,
            age,
        }
    }

    /// For each briefing the listed ones that are related to it, best first.
    pub fn relate(&self) -> Relations {
        let scratch = || Scratch { shared: vec![(0, 0); self.paths.len()], touched: Vec::new(), found: Vec::new() };
        let of_page = |scratch: &mut Scratch, page: usize| {
            if self.limit == 0 || !self.is_briefing[page] {
                return Vec::new();
            }
            scratch.count(self.terms[page].iter().map(|own| own.iter().map(|term| &*self.offers[*term as usize])));
            scratch.best(page as PageId, self.limit, &self.age)
        };
        (0..self.paths.len()).into_par_iter().map_init(scratch, of_page).collect()
    }
}

fn age(facts: &[Facts]) -> Vec<u32> {
    let mut order: Vec<PageId> = (0..facts.len() as PageId).collect();
    // Pages are in the order of their paths already, which a stable sort leaves.
    order.sort_by_key(|page| std::cmp::Reverse(facts[*page as usize].page.date.map(|date| date.at)));
    let mut age = vec![0; facts.len()];
    for (place, page) in order.into_iter().enumerate() {
        age[page as usize] = place as u32;
    }
    age
}

/// What one thread counts with, page after page.
struct Scratch {
    /// How many topics and tags each page shares with the one that is looked at.
    shared: Vec<(u8, u8)>,
    /// The pages that share any.
    touched: Vec<PageId>,
    found: Vec<(u64, Related)>,
}

impl Scratch {
    /// Counts the pages that the topics, and then the tags, of a page offer. A term is of one language, and so are all that it offers.
    fn count<'o>(&mut self, offers: impl Iterator<Item = impl Iterator<Item = &'o [PageId]>>) {
        for (taxonomy, own) in offers.enumerate() {
            for other in own.flatten() {
                let count = &mut self.shared[*other as usize];
                if *count == (0, 0) {
                    self.touched.push(*other);
                }
                let side = if taxonomy == 0 { &mut count.0 } else { &mut count.1 };
                *side = side.saturating_add(1);
            }
        }
    }

    /// The best of what was counted, and nothing is counted any more.
    fn best(&mut self, page: PageId, limit: usize, age: &[u32]) -> Vec<Related> {
        self.found.clear();
        for other in self.touched.drain(..) {
            let (topics, tags) = std::mem::take(&mut self.shared[other as usize]);
            let score = u32::from(topics) * TOPIC_WEIGHT + u32::from(tags);
            if other != page {
                let place = u64::from(u32::MAX - score) << 32 | u64::from(age[other as usize]);
                self.found.push((place, Related { page: other, topics, tags }));
            }
        }
        let limit = limit.min(self.found.len());
        if limit < self.found.len() {
            self.found.select_nth_unstable_by_key(limit, |(place, _)| *place);
        }
        let best = &mut self.found[..limit];
        best.sort_unstable_by_key(|(place, _)| *place);
        best.iter().map(|(_, related)| *related).collect()
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
