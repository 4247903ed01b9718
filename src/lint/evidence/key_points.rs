//! What the key points of pages rest on.
//!
//! It must not know how much is enough.

use std::collections::BTreeMap;

use crate::diagnostic::Place;
use crate::index::PageId;
use crate::lint::{LintContext, place};
use crate::page::body::CiteSpot;
use crate::references::Registered;

/// A key point with sources.
pub struct KeyPoint<'a> {
    pub page: PageId,
    /// From 0.
    pub number: u32,
    /// Each once, in the order of their keys.
    pub sources: Vec<&'a Registered>,
}

/// The key points that cite something, all of it known.
pub fn key_points<'a>(context: &LintContext<'a>) -> Vec<KeyPoint<'a>> {
    let (site, register) = (context.site, &context.site.register);
    let mut points = Vec::new();
    for (page, fact) in site.facts.iter().enumerate().filter(|_| !register.is_empty()) {
        let mut keys: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
        for cite in fact.cites.iter() {
            if let CiteSpot::KeyPoint(number) = cite.spot {
                keys.entry(number).or_default().push(&cite.key);
            }
        }
        for (number, mut keys) in keys {
            keys.sort_unstable();
            keys.dedup();
            // Of a source that nobody knows, which is an error, nothing can be said.
            if let Some(sources) = keys.into_iter().map(|key| register.get(key)).collect() {
                points.push(KeyPoint { page: page as PageId, number, sources });
            }
        }
    }
    points
}

impl KeyPoint<'_> {
    /// Where its first citation stands.
    pub fn place(&self, context: &LintContext) -> Place {
        let fact = context.site.page(self.page);
        let cite = fact.cites.iter().find(|cite| cite.spot == CiteSpot::KeyPoint(self.number));
        let span = cite.map(|cite| cite.span.start as usize..cite.span.end as usize).filter(|span| !span.is_empty());
        match span {
            Some(span) => Place::range(fact.path(), &context.sources.text(fact.path()), span),
            None => place::of_key(context, self.page, "key_points"),
        }
    }

    /// How it is called: `key point 1`.
    pub fn name(&self) -> String {
        format!("key point {}", self.number + 1)
    }
}
