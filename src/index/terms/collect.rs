//! Which spellings are one term: those that pages about terms answer to, and those that pages name.
//!
//! It must not know the hierarchy of terms.

use std::collections::BTreeMap;
use std::hash::Hash;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Named, Term, Terms, hierarchy, own_taxonomy};
use crate::diagnostic::nearest;
use crate::fingerprint::{Fingerprint, Lookup, Printer};
use crate::index::lists::Order;
use crate::index::{Columns, PageId, Problem, is_listed, normal};
use crate::page::front::Status;
use crate::page::origin::Role;
use crate::page::route::{self, is_address};
use crate::page::{Facts, Taxonomy};

/// A term while it is collected.
struct Draft {
    taxonomy: Taxonomy,
    lang: u8,
    page: Option<PageId>,
    /// How often each spelling occurs; only needed when no page gives the name.
    spellings: BTreeMap<String, u32>,
    pages: Vec<PageId>,
    /// The first page that names it, for messages.
    first: PageId,
}

impl Draft {
    fn new(taxonomy: Taxonomy, lang: u8, page: Option<PageId>, first: PageId) -> Draft {
        Draft { taxonomy, lang, page, spellings: BTreeMap::new(), pages: Vec::new(), first }
    }

    /// The most frequent spelling; of equally frequent ones the first by alphabet.
    fn most_frequent(&self) -> &str {
        let most = self.spellings.values().max().copied().unwrap_or(0);
        self.spellings.iter().find(|(_, count)| **count == most).map_or("", |(spelling, _)| spelling)
    }
}

struct Collector<'a> {
    columns: &'a Columns<'a>,
    drafts: Vec<Draft>,
    /// How many of them have a page.
    declared: usize,
    by_normal: Lookup<(Taxonomy, u8, String), u32>,
    /// Exact spellings seen before, so that the common case is one look-up without a copy.
    by_exact: Lookup<(Taxonomy, u8, &'a str), u32>,
}

/// The terms of a site, with what is wrong with them.
pub fn collect(columns: &Columns, status: &[Status], order: &Order) -> Terms {
    let mut problems = Vec::new();
    let (drafts, declared) = (Vec::new(), 0);
    let mut collector = Collector { columns, drafts, declared, by_normal: Lookup::default(), by_exact: Lookup::default() };
    collector.declare(&mut problems);
    let named = collector.assign(&mut problems);
    collector.count(&named, status, order);
    let mut terms = collector.finish(named, &mut problems);
    hierarchy::relate(columns.facts, &mut terms, &mut problems);
    hierarchy::broaden(&mut terms, &order.rank);
    terms.note_superseded(status);
    Terms { problems, print: print(columns, status, order), ..terms }
}

/// The fingerprint of all that terms are made of: what pages name, and all that is said by pages that are about a term.
pub fn print(columns: &Columns, status: &[Status], order: &Order) -> Fingerprint {
    let of_pages = |facts: &[Arc<Facts>]| {
        let mut printer = Printer::default();
        for fact in facts {
            (fact.path(), fact.lang(), fact.page.kind, fact.page.origin.role, &fact.front().terms).hash(&mut printer);
            own_taxonomy(fact).map(|_| fact.print).hash(&mut printer);
        }
        printer.print()
    };
    let pages: Vec<Fingerprint> = columns.facts.par_chunks(PAGES_AT_ONCE).map(of_pages).collect();
    let config = columns.config;
    Fingerprint::of(&(config.topics.controlled, &config.languages, &config.permalinks, pages, status, &order.pages))
}

/// So many pages are printed by one thread before it asks for more.
const PAGES_AT_ONCE: usize = 512;

impl<'a> Collector<'a> {
    /// Terms that have a page: found by slug, title, names and synonyms.
    fn declare(&mut self, problems: &mut Vec<Problem>) {
        let facts = self.columns.facts;
        for (page, fact) in (0..).zip(facts) {
            let Some(taxonomy) = own_taxonomy(fact) else { continue };
            let term = self.drafts.len() as u32;
            self.drafts.push(Draft::new(taxonomy, fact.lang(), Some(page), page));
            let mut rivals = Vec::new();
            for spelling in answers(fact) {
                let known = *self.by_normal.entry((taxonomy, fact.lang(), normal(spelling))).or_insert(term);
                let other = self.drafts[known as usize].first;
                // Two pages at one address are an error of their own, and one spelling says enough of two pages.
                if known != term && facts[other as usize].route() != fact.route() && !rivals.contains(&other) {
                    rivals.push(other);
                    problems.push(Problem::SpellingClash { taxonomy, spelling: spelling.to_string(), pages: [other, page] });
                }
            }
        }
        self.declared = self.drafts.len();
    }

    /// The terms of each page, made on the fly where there are none.
    fn assign(&mut self, problems: &mut Vec<Problem>) -> Named {
        let facts: &'a [Arc<Facts>] = self.columns.facts;
        let mut nearest_of: Lookup<u32, Option<String>> = Lookup::default();
        let mut named = Named { terms: Vec::new(), ends: Vec::with_capacity(facts.len() * Taxonomy::COUNT) };
        for (page, fact) in (0..).zip(facts) {
            for (taxonomy, spellings) in Taxonomy::all().zip(&fact.front().terms) {
                let start = named.terms.len();
                for spelling in spellings.iter().flatten() {
                    let term = self.term(taxonomy, fact.lang(), spelling, page);
                    if named.terms[start..].contains(&term) {
                        continue;
                    }
                    named.terms.push(term);
                    if taxonomy == Taxonomy::Topics && self.is_unknown_topic(term, fact.lang(), spelling) {
                        let nearest = nearest_of.entry(term).or_insert_with(|| self.nearest_topic(fact.lang(), spelling)).clone();
                        problems.push(Problem::UnknownTopic { page, spelling: spelling.clone(), nearest });
                    }
                }
                named.ends.push(named.terms.len() as u32);
            }
        }
        named
    }

    fn term(&mut self, taxonomy: Taxonomy, lang: u8, spelling: &'a str, page: PageId) -> u32 {
        let next = self.drafts.len() as u32;
        let (drafts, by_normal) = (&mut self.drafts, &mut self.by_normal);
        let term = *self.by_exact.entry((taxonomy, lang, spelling)).or_insert_with(|| {
            let term = *by_normal.entry((taxonomy, lang, normal(spelling))).or_insert(next);
            if term == next {
                drafts.push(Draft::new(taxonomy, lang, None, page));
            }
            term
        });
        let draft = &mut self.drafts[term as usize];
        if draft.page.is_none() {
            match draft.spellings.get_mut(spelling) {
                Some(count) => *count += 1,
                None => {
                    draft.spellings.insert(spelling.to_string(), 1);
                }
            }
        }
        term
    }

    /// Gives each term its listed pages. They come in the order of lists, so that no term's need be sorted.
    fn count(&mut self, named: &Named, status: &[Status], order: &Order) {
        let facts = self.columns.facts;
        let is_wanted = |page: &&PageId| is_listed(status[**page as usize]) && is_counted(&facts[**page as usize]);
        for page in order.pages.iter().filter(is_wanted) {
            for taxonomy in Taxonomy::all() {
                for at in named.range(*page, taxonomy) {
                    self.drafts[named.terms[at] as usize].pages.push(*page);
                }
            }
        }
    }

    /// True for a topic that nobody wrote a page for, on a site whose topics all have one.
    fn is_unknown_topic(&self, term: u32, lang: u8, spelling: &str) -> bool {
        let is_declared = (term as usize) < self.declared;
        self.columns.config.topics.controlled && !is_declared && !self.is_known_elsewhere(lang, spelling)
    }

    /// Whether a page in the default language stands for a topic that has none in the language of the page that names it.
    fn is_known_elsewhere(&self, lang: u8, spelling: &str) -> bool {
        let key = (Taxonomy::Topics, 0, normal(spelling));
        lang > 0 && self.by_normal.get(&key).is_some_and(|term| (*term as usize) < self.declared)
    }

    fn nearest_topic(&self, lang: u8, spelling: &str) -> Option<String> {
        let facts = self.columns.facts;
        let is_near = |draft: &&Draft| draft.taxonomy == Taxonomy::Topics && (draft.lang == lang || draft.lang == 0);
        let known = self.drafts[..self.declared].iter().filter(is_near).filter_map(|draft| draft.page);
        nearest(spelling, known.map(|page| &*facts[page as usize].title)).map(str::to_string)
    }

    /// Names, addresses and the order of terms.
    fn finish(self, mut named: Named, problems: &mut Vec<Problem>) -> Terms {
        let firsts: Vec<PageId> = self.drafts.iter().map(|draft| draft.first).collect();
        let columns = self.columns;
        let mut all: Vec<(u32, Term)> = (0..).zip(self.drafts).map(|(at, draft)| (at, term(columns, draft))).collect();
        all.sort_by(|(_, a), (_, b)| (a.taxonomy, a.lang, &a.route, &a.name).cmp(&(b.taxonomy, b.lang, &b.route, &b.name)));
        for pair in all.windows(2) {
            let ((first, a), (second, b)) = (&pair[0], &pair[1]);
            // Two pages at one address are an error of their own.
            if a.route == b.route && (a.page.is_none() || b.page.is_none()) {
                problems.push(Problem::TermClash {
                    taxonomy: a.taxonomy,
                    slug: a.route.to_string(),
                    names: [a.name.to_string(), b.name.to_string()],
                    pages: [firsts[*first as usize], firsts[*second as usize]],
                });
            }
        }
        let mut place = vec![0u32; all.len()];
        for (new, (old, _)) in (0..).zip(&all) {
            place[*old as usize] = new;
        }
        named.terms.iter_mut().for_each(|term| *term = place[*term as usize]);
        Terms {
            problems: Vec::new(),
            print: Fingerprint::default(),
            named,
            spellings: self.by_normal.into_iter().map(|(spelling, term)| (spelling, place[term as usize])).collect(),
            all: all.into_iter().map(|(_, term)| term).collect(),
        }
    }
}

fn term(columns: &Columns, draft: Draft) -> Term {
    let (name, route): (Arc<str>, Arc<str>) = match draft.page.map(|page| &columns.facts[page as usize]) {
        Some(own) => (own.title.clone(), own.route().clone()),
        None => {
            let name = draft.most_frequent();
            let route = route::of_term(draft.taxonomy.kind(), name, &columns.config.prefix(draft.lang), &columns.config.permalinks);
            (Arc::from(name), Arc::from(route))
        }
    };
    let Draft { taxonomy, lang, page, pages, .. } = draft;
    let (broader, narrower, related, superseded) = Default::default();
    Term { taxonomy, lang, name, route, page, pages: pages.into(), superseded, broader, narrower, related }
}

/// The spellings by which a page about a term is found.
fn answers(fact: &Facts) -> impl Iterator<Item = &str> {
    let front = fact.front();
    let slug = fact.route().trim_end_matches('/').rsplit('/').next().unwrap_or("");
    let words = front.names.iter().chain(&front.synonyms).chain(front.aliases.iter().filter(|alias| !is_address(alias)));
    [&*fact.title, slug, &*fact.page.origin.name].into_iter().chain(words.map(String::as_str))
}

/// Lists are not listed: neither sections nor pages about terms count under the terms that they name.
fn is_counted(fact: &Facts) -> bool {
    fact.page.origin.role != Role::Section && own_taxonomy(fact).is_none()
}
