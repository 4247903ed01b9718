//! Where all links of a site lead.
//!
//! Owns `Resolution`, which is remembered: titles are in its key only where a link is a name. What may be meant by a link that leads nowhere is looked
//! for anew, for that is read from all names.

use std::collections::BTreeSet;
use std::hash::Hash;
use std::sync::Arc;

use rayon::prelude::*;

use super::Problem;
use super::advice::Advice;
use super::resolve::{Broken, Outcome, Resolved, Resolver};
use crate::fingerprint::{Fingerprint, Printer};
use crate::index::PageId;
use crate::page::{Facts, LinkTarget};

/// Where links lead, and which lead nowhere.
#[derive(Debug, Default, PartialEq)]
pub struct Resolution {
    /// By page, in the order of its links.
    pub resolved: Vec<Box<[Resolved]>>,
    /// Page, place among its links, and why.
    broken: Vec<(PageId, u32, Broken)>,
}

impl Resolution {
    /// Resolves the links of all pages, in parallel.
    pub fn new(resolver: &Resolver) -> Resolution {
        let facts = resolver.columns.facts;
        let outcomes = |(page, fact): (usize, &Arc<Facts>)| -> Vec<Outcome> {
            fact.links.iter().map(|link| resolver.link(page as PageId, link)).collect()
        };
        let outcomes: Vec<Vec<Outcome>> = facts.par_iter().enumerate().map(outcomes).collect();
        let mut resolution = Resolution { resolved: Vec::with_capacity(facts.len()), broken: Vec::new() };
        for (page, outcomes) in (0..).zip(outcomes) {
            let links = &facts[page as usize].links;
            let settle = |(at, outcome): (u32, Outcome)| {
                outcome.unwrap_or_else(|broken| {
                    let instead = resolver.instead(&links[at as usize], &broken);
                    resolution.broken.push((page, at, broken));
                    instead
                })
            };
            let resolved = (0..).zip(outcomes).map(settle).collect();
            resolution.resolved.push(resolved);
        }
        resolution
    }

    /// The links that lead nowhere, in the order of pages, with what may be meant by them.
    pub fn problems(&self, resolver: &Resolver) -> Vec<Problem> {
        let mut advice = Advice::new(resolver.columns, resolver.names);
        let problem = |(page, link, broken): &(PageId, u32, Broken)| {
            let mut broken = broken.clone();
            if let Broken::Missing { candidates, .. } = &mut broken {
                *candidates = advice.on(&resolver.columns.facts[*page as usize].links[*link as usize]);
            }
            Problem::Link { page: *page, link: *link, broken }
        };
        self.broken.iter().map(problem).collect()
    }
}

impl Resolver<'_> {
    /// The fingerprint of all that links are resolved from.
    pub fn print(&self) -> Fingerprint {
        let mut printer = Printer::default();
        let config = self.columns.config;
        (&config.links.skip, &config.language, &config.languages, config.base_url.as_ref().map(|base| &base.path)).hash(&mut printer);
        self.targets.hash(&mut printer);
        for fact in self.columns.facts {
            (fact.path(), fact.relations).hash(&mut printer);
        }
        if self.columns.facts.iter().any(|fact| has_names(fact)) {
            self.print_names(&mut printer);
        }
        printer.print()
    }

    /// Adds what a wikilink may name.
    fn print_names(&self, printer: &mut Printer) {
        self.terms.print.hash(printer);
        self.columns.hidden_names.iter().collect::<BTreeSet<_>>().hash(printer);
        for fact in self.columns.facts {
            let front = fact.front();
            (&fact.title, &front.id, &front.names, &front.aliases, fact.page.kind).hash(printer);
        }
    }
}

/// True for a page with a wikilink.
fn has_names(fact: &Facts) -> bool {
    fact.links.iter().any(|link| matches!(link.target, LinkTarget::Wiki { .. }))
}
