//! What the public pages of a site link to elsewhere, and where they do.
//!
//! It must not know what any address answers.

use std::collections::BTreeMap;

use crate::diagnostic::Place;
use crate::ledger;
use crate::pipeline::Plan;
use crate::sources::Sources;

/// Addresses outside the site.
#[derive(Debug, Default)]
pub struct Cited {
    /// Each in the form of the ledger, with the places where it is linked, in the order of pages.
    pub addresses: BTreeMap<String, Vec<Place>>,
    /// Copies in archives, by the address that they are of.
    pub archived: BTreeMap<String, String>,
    /// What cannot be asked, with its place: a host is missing, or a password would be told.
    pub unaskable: Vec<(String, Place)>,
}

impl Cited {
    /// What the plan's public pages link to.
    pub fn new(plan: &Plan, sources: &Sources) -> Cited {
        let mut cited = Cited::default();
        for (fact, body) in plan.site.facts.iter().zip(&plan.site.bodies).filter(|(_, body)| !body.external.is_empty()) {
            let text = sources.text(fact.path());
            for (written, span) in &body.external {
                cited.add(written, Place::range(fact.path(), &text, span.start as usize..span.end as usize));
            }
        }
        cited
    }

    fn add(&mut self, written: &str, place: Place) {
        match ledger::address(written) {
            Some(address) => self.addresses.entry(address).or_default().push(place),
            None => self.unaskable.push((written.to_string(), place)),
        }
    }
}
