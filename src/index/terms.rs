//! Topics, tags, authors and series: which spellings are one term, its pages, and the hierarchy of topics.
//!
//! Owns `Term`. It must not know how lists are cut into pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Columns, PageId, Problem, hierarchy, normal};
use crate::diagnostic::nearest;
use crate::fingerprint::Lookup;
use crate::page::Facts;
use crate::page::front::{Status, TAXONOMIES};
use crate::page::origin::Role;
use crate::page::route::{Kind, is_address, slugify};

/// One topic, tag, author or series, in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// Place in `TAXONOMIES`.
    pub taxonomy: u8,
    pub lang: u8,
    /// As shown: the title of its page, else the most frequent spelling.
    pub name: Arc<str>,
    pub route: Arc<str>,
    /// The page that says what it is.
    pub page: Option<PageId>,
    /// The listed pages that name it, and for topics those of its narrower ones, in the order of lists.
    pub pages: Vec<PageId>,
    /// The superseded pages that name it: they count nowhere.
    pub superseded: Vec<PageId>,
    /// In the order of names.
    pub broader: Vec<u32>,
    pub narrower: Vec<u32>,
    pub related: Vec<u32>,
}

/// All terms in the order of taxonomy, language and route, and for each page the terms it names.
#[derive(Debug, PartialEq)]
pub struct Terms {
    pub all: Vec<Term>,
    /// By page and taxonomy, in the order in which the page names them.
    pub of_page: Vec<[Vec<u32>; 4]>,
    /// From taxonomy, language and normal spelling.
    spellings: Lookup<(u8, u8, String), u32>,
}

impl Terms {
    /// The term that a spelling means.
    pub fn find(&self, taxonomy: u8, lang: u8, spelling: &str) -> Option<u32> {
        self.spellings.get(&(taxonomy, lang, normal(spelling))).copied()
    }

    /// The terms of one taxonomy and language.
    pub fn of(&self, taxonomy: u8, lang: u8) -> impl Iterator<Item = (u32, &Term)> {
        let ids = 0..self.all.len() as u32;
        ids.zip(&self.all).filter(move |(_, term)| term.taxonomy == taxonomy && term.lang == lang)
    }
}

impl Term {
    /// True when there is something to read under its address.
    pub fn has_page(&self) -> bool {
        self.page.is_some() || !self.pages.is_empty()
    }
}

impl Terms {
    /// Notes the superseded pages of each term.
    pub fn note_superseded(&mut self, status: &[Status]) {
        for (page, _) in status.iter().enumerate().filter(|(_, status)| **status == Status::Superseded) {
            for term in self.of_page[page].iter().flatten() {
                self.all[*term as usize].superseded.push(page as PageId);
            }
        }
    }
}

/// A term while it is collected.
struct Draft {
    taxonomy: u8,
    lang: u8,
    page: Option<PageId>,
    /// How often each spelling occurs; only needed when no page gives the name.
    spellings: BTreeMap<String, u32>,
    pages: Vec<PageId>,
    /// The first page that names it, for messages.
    first: PageId,
}

struct Collector<'a> {
    columns: &'a Columns<'a>,
    drafts: Vec<Draft>,
    by_normal: Lookup<(u8, u8, String), u32>,
    /// Exact spellings seen before, so that the common case is one look-up without a copy.
    by_exact: Lookup<(u8, u8, &'a str), u32>,
}

pub fn collect(columns: &Columns, listed: &[bool], rank: &[u32], problems: &mut Vec<Problem>) -> Terms {
    let mut collector = Collector { columns, drafts: Vec::new(), by_normal: Lookup::default(), by_exact: Lookup::default() };
    collector.declare(problems);
    let of_page = collector.assign(listed, problems);
    let Collector { drafts, by_normal, .. } = collector;
    let mut terms = finish(columns, drafts, by_normal, of_page, rank, problems);
    hierarchy::relate(columns.facts, &mut terms, problems);
    hierarchy::broaden(&mut terms, rank);
    terms
}

impl<'a> Collector<'a> {
    /// Terms that have a page: found by slug, title, names and synonyms.
    fn declare(&mut self, problems: &mut Vec<Problem>) {
        let facts = self.columns.facts;
        for (at, fact) in facts.iter().enumerate() {
            let Some(taxonomy) = own_taxonomy(fact) else { continue };
            let (taxonomy, page, lang) = (taxonomy as u8, at as PageId, fact.lang());
            let term = self.drafts.len() as u32;
            self.drafts.push(Draft { taxonomy, lang, page: Some(page), spellings: BTreeMap::new(), pages: Vec::new(), first: page });
            let front = fact.front();
            let words = front.names.iter().chain(&front.synonyms).chain(front.aliases.iter().filter(|alias| !is_address(alias)));
            let spellings = [&*fact.title, slug_of(fact), &fact.page.origin.name].into_iter().chain(words.map(String::as_str));
            let mut rivals = Vec::new();
            for spelling in spellings {
                let known = *self.by_normal.entry((taxonomy, lang, normal(spelling))).or_insert(term);
                let other = self.drafts[known as usize].first;
                // Two pages at one address are an error of their own, and one spelling says enough of two pages.
                if known != term && facts[other as usize].route() != fact.route() && !rivals.contains(&other) {
                    rivals.push(other);
                    let (taxonomy, spelling) = (taxonomy as usize, spelling.to_string());
                    problems.push(Problem::SpellingClash { taxonomy, spelling, pages: [other, page] });
                }
            }
        }
    }

    /// The terms of each page, made on the fly where there are none.
    fn assign(&mut self, listed: &[bool], problems: &mut Vec<Problem>) -> Vec<[Vec<u32>; 4]> {
        let facts: &'a [Facts] = self.columns.facts;
        let declared = self.drafts.len();
        let mut nearest_of: Lookup<u32, Option<String>> = Lookup::default();
        let mut of_page = Vec::with_capacity(facts.len());
        for (at, fact) in facts.iter().enumerate() {
            let page = at as PageId;
            let mut own: [Vec<u32>; 4] = Default::default();
            for (taxonomy, spellings) in fact.front().terms.iter().enumerate() {
                for spelling in spellings.iter().flatten() {
                    let term = self.term(taxonomy as u8, fact.lang(), spelling, page);
                    if own[taxonomy].contains(&term) {
                        continue;
                    }
                    own[taxonomy].push(term);
                    let is_controlled = taxonomy == 0 && self.columns.config.topics.controlled;
                    if is_controlled && term as usize >= declared && !self.is_known_elsewhere(fact.lang(), spelling, declared) {
                        let nearest = nearest_of.entry(term).or_insert_with(|| self.nearest_topic(fact.lang(), spelling, declared)).clone();
                        problems.push(Problem::UnknownTopic { page, spelling: spelling.clone(), nearest });
                    }
                    if listed[at] && is_counted(fact) {
                        self.drafts[term as usize].pages.push(page);
                    }
                }
            }
            of_page.push(own);
        }
        of_page
    }

    fn term(&mut self, taxonomy: u8, lang: u8, spelling: &'a str, page: PageId) -> u32 {
        let next = self.drafts.len() as u32;
        let exact = self.by_exact.get(&(taxonomy, lang, spelling)).copied();
        let term = exact.unwrap_or_else(|| *self.by_normal.entry((taxonomy, lang, normal(spelling))).or_insert(next));
        if term == next {
            self.drafts.push(Draft { taxonomy, lang, page: None, spellings: BTreeMap::new(), pages: Vec::new(), first: page });
        }
        self.by_exact.insert((taxonomy, lang, spelling), term);
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

    /// Whether a page in the default language stands for a topic that has none in the language of the page that names it.
    fn is_known_elsewhere(&self, lang: u8, spelling: &str, declared: usize) -> bool {
        lang > 0 && self.by_normal.get(&(0, 0, normal(spelling))).is_some_and(|term| (*term as usize) < declared)
    }

    fn nearest_topic(&self, lang: u8, spelling: &str, declared: usize) -> Option<String> {
        let facts = self.columns.facts;
        let is_near = |draft: &&Draft| draft.taxonomy == 0 && (draft.lang == lang || draft.lang == 0);
        let known = self.drafts[..declared].iter().filter(is_near).filter_map(|draft| draft.page);
        nearest(spelling, known.map(|page| &*facts[page as usize].title)).map(str::to_string)
    }
}

/// The vocabulary that a page describes a term of; the page of the vocabulary itself describes none.
pub fn own_taxonomy(fact: &Facts) -> Option<usize> {
    fact.page.kind.taxonomy().filter(|_| !is_own_list(fact))
}

/// True for `topics/_index.md` and `people/index.md`, which are about a vocabulary or a kind and not about one of its members.
pub fn is_own_list(fact: &Facts) -> bool {
    let origin = &fact.page.origin;
    origin.role != Role::Page && Kind::of_folder(&origin.folder).is_some()
}

/// Lists are not listed: neither sections nor pages about terms count under the terms that they name.
fn is_counted(fact: &Facts) -> bool {
    fact.page.origin.role != Role::Section && own_taxonomy(fact).is_none()
}

fn slug_of(fact: &Facts) -> &str {
    fact.route().trim_end_matches('/').rsplit('/').next().unwrap_or("")
}

/// Names, addresses and the order of terms.
fn finish(
    columns: &Columns,
    drafts: Vec<Draft>,
    by_normal: Lookup<(u8, u8, String), u32>,
    of_page: Vec<[Vec<u32>; 4]>,
    rank: &[u32],
    problems: &mut Vec<Problem>,
) -> Terms {
    let facts = columns.facts;
    let mut firsts = Vec::with_capacity(drafts.len());
    let mut all: Vec<(u32, Term)> = Vec::with_capacity(drafts.len());
    for (at, draft) in drafts.into_iter().enumerate() {
        let most = |spellings: &BTreeMap<String, u32>| {
            let most = spellings.values().max().copied().unwrap_or(0);
            spellings.iter().find(|(_, count)| **count == most).map_or_else(String::new, |(spelling, _)| spelling.clone())
        };
        let (name, route): (Arc<str>, Arc<str>) = match draft.page {
            Some(page) => (facts[page as usize].title.clone(), facts[page as usize].route().clone()),
            None => {
                let name = most(&draft.spellings);
                let route = format!("{}{}/{}/", columns.config.prefix(draft.lang), TAXONOMIES[draft.taxonomy as usize], slugify(&name));
                (Arc::from(name), Arc::from(route))
            }
        };
        let mut pages = draft.pages;
        pages.sort_by_key(|page| rank[*page as usize]);
        firsts.push(draft.first);
        let (broader, narrower, related, superseded) = Default::default();
        all.push((
            at as u32,
            Term {
                taxonomy: draft.taxonomy,
                lang: draft.lang,
                name,
                route,
                page: draft.page,
                pages,
                superseded,
                broader,
                narrower,
                related,
            },
        ));
    }
    all.sort_by(|(_, a), (_, b)| (a.taxonomy, a.lang, &a.route, &a.name).cmp(&(b.taxonomy, b.lang, &b.route, &b.name)));
    for pair in all.windows(2) {
        let ((first, a), (second, b)) = (&pair[0], &pair[1]);
        // Two pages at one address are an error of their own.
        if a.route == b.route && (a.page.is_none() || b.page.is_none()) {
            problems.push(Problem::TermClash {
                taxonomy: a.taxonomy as usize,
                slug: a.route.to_string(),
                names: [a.name.to_string(), b.name.to_string()],
                pages: [firsts[*first as usize], firsts[*second as usize]],
            });
        }
    }
    let mut place = vec![0u32; all.len()];
    for (new, (old, _)) in all.iter().enumerate() {
        place[*old as usize] = new as u32;
    }
    let renumber = |terms: [Vec<u32>; 4]| terms.map(|terms| terms.into_iter().map(|term| place[term as usize]).collect());
    Terms {
        of_page: of_page.into_iter().map(renumber).collect(),
        spellings: by_normal.into_iter().map(|(spelling, term)| (spelling, place[term as usize])).collect(),
        all: all.into_iter().map(|(_, term)| term).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Sample, page, site, site_with};

    fn terms(sample: &Sample) -> Vec<String> {
        let told = |term: &Term| format!("{} {} {}", term.route, term.name, sample.paths(term.pages.iter().copied()).join(","));
        sample.index().terms.all.iter().map(told).collect()
    }

    #[test]
    fn spellings_that_differ_in_case_spaces_and_hyphens_are_one_term_shown_as_the_most_frequent() {
        let spellings = ["cyber defence", "Cyber Defence", "Cyber-Defence", "Cyber Defence"];
        let sample = site((0..4).map(|at| page(&format!("{at}.md")).topics(&[spellings[at]])));
        assert_eq!(terms(&sample), ["/topics/cyber-defence/ Cyber Defence 0.md,1.md,2.md,3.md"]);
    }

    #[test]
    fn spellings_beyond_ascii_are_one_term_too() {
        let sample = site([page("a.md").topics(&["Stra\u{df}e"]), page("b.md").topics(&["STRASSE"]), page("c.md").topics(&["strasse"])]);
        assert_eq!(terms(&sample), ["/topics/strasse/ STRASSE a.md,b.md,c.md"]);
    }

    #[test]
    fn of_equally_frequent_spellings_the_first_by_alphabet_is_shown() {
        let sample = site([page("a.md").topics(&["nato"]), page("b.md").topics(&["NATO"])]);
        assert_eq!(sample.index().terms.all[0].name.as_ref(), "NATO");
    }

    #[test]
    fn a_term_is_found_by_title_slug_name_and_synonym_of_its_page() {
        let mut own = page("topics/spending.md").title("Defence spending").aliases(&["Military budgets", "/old/"]);
        own.front.synonyms = vec!["Two per cent".into()];
        own.front.names = vec!["Burden".into()];
        let names = ["defence-spending", "Spending", "two per cent", "burden", "military budgets"];
        let sample = site([own].into_iter().chain((0..5).map(|at| page(&format!("{at}.md")).topics(&[names[at]]))));
        assert_eq!(terms(&sample), ["/topics/spending/ Defence spending 0.md,1.md,2.md,3.md,4.md"]);
        assert_eq!(sample.index().redirects.len(), 1, "`/old/` is no synonym");
    }

    #[test]
    fn a_term_named_twice_by_a_page_counts_once() {
        let sample = site([page("a.md").topics(&["NATO", "nato"])]);
        assert_eq!(terms(&sample), ["/topics/nato/ NATO a.md"]);
    }

    #[test]
    fn a_hidden_term_page_lends_nothing_but_the_term_stands() {
        let own = page("topics/x.md").title("Secret title").status(Status::Draft);
        assert_eq!(terms(&site([own, page("a.md").topics(&["X"])])), ["/topics/x/ X a.md"]);
    }

    #[test]
    fn superseded_and_withdrawn_pages_and_sections_count_in_no_term() {
        let sample = site([
            page("a.md").topics(&["X"]).status(Status::Withdrawn),
            page("b.md").topics(&["X"]).status(Status::Superseded),
            page("c.md").topics(&["X"]).status(Status::Archived),
            page("s/_index.md").topics(&["X"]),
        ]);
        assert_eq!(terms(&sample), ["/topics/x/ X c.md"]);
    }

    #[test]
    fn terms_that_differ_but_share_a_slug_are_told_with_both_names() {
        let sample = site([page("a.md").tags(&["C#"]), page("b.md").tags(&["C++"])]);
        let [Problem::TermClash { names, pages, .. }] = sample.index().problems.as_slice() else { panic!("{:?}", sample.index().problems) };
        assert_eq!((names, pages), (&["C#".to_string(), "C++".to_string()], &[0, 1]));
    }

    #[test]
    fn two_pages_that_claim_one_spelling_are_told_once() {
        let mut other = page("topics/b.md").title("Beta");
        other.front.synonyms = vec!["Alpha".into(), "a".into()];
        let sample = site([page("topics/a.md").title("Alpha"), other]);
        let problems = &sample.index().problems;
        assert!(
            matches!(problems.as_slice(), [Problem::SpellingClash { spelling, pages: [0, 1], .. }] if spelling == "Alpha"),
            "{problems:?}"
        );
    }

    #[test]
    fn a_controlled_vocabulary_has_no_topics_but_those_with_a_page() {
        let pages =
            vec![page("topics/x.md").title("Cyber defence"), page("a.md").topics(&["cyber defense", "Cyber-defence"]).tags(&["free"])];
        let sample = site_with(|config| config.topics.controlled = true, pages, &[]);
        let problem = Problem::UnknownTopic { page: 0, spelling: "cyber defense".into(), nearest: Some("Cyber defence".into()) };
        assert_eq!(sample.index().problems, [problem]);
    }

    #[test]
    fn a_controlled_vocabulary_of_the_default_language_serves_the_others_too() {
        let pages = vec![page("topics/x.md").title("Defence"), page("a.fr.md").topics(&["defence", "Zzz"])];
        let settings = |config: &mut crate::config::Config| {
            config.languages = vec!["fr".into()];
            config.topics.controlled = true;
        };
        let sample = site_with(settings, pages, &[]);
        assert_eq!(sample.index().problems, [Problem::UnknownTopic { page: 0, spelling: "Zzz".into(), nearest: None }]);
        assert!(terms(&sample).contains(&"/fr/topics/defence/ defence a.fr.md".to_string()), "{:?}", terms(&sample));
    }

    #[test]
    fn each_language_has_terms_of_its_own() {
        let pages = vec![page("a.md").topics(&["X"]), page("a.fr.md").topics(&["X"])];
        let sample = site_with(|config| config.languages = vec!["fr".into()], pages, &[]);
        assert_eq!(terms(&sample), ["/topics/x/ X a.md", "/fr/topics/x/ X a.fr.md"]);
    }
}
