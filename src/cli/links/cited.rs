//! What the public pages of a site link to elsewhere or cite, and where they do.
//!
//! It must not know what any address answers.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Place;
use crate::ledger;
use crate::pipeline::Plan;
use crate::references::Registered;
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
    /// What the plan's public pages link to, and where the sources that they cite are. A source that no public page cites is asked nothing: who looks at
    /// a page before it is published does so alone.
    pub fn new(plan: &Plan, sources: &Sources) -> Cited {
        let mut cited = Cited::default();
        for (fact, body) in plan.site.facts.iter().zip(&plan.site.bodies).filter(|(_, body)| !body.external.is_empty()) {
            let text = sources.text(fact.path());
            for (written, span) in &body.external {
                cited.add(written, Place::range(fact.path(), &text, span.start as usize..span.end as usize));
            }
        }
        let keys: BTreeSet<&str> = plan.site.facts.iter().flat_map(|fact| fact.cites.iter().map(|cite| &*cite.key)).collect();
        keys.into_iter().filter_map(|key| plan.site.register.get(key)).for_each(|source| cited.add_source(source));
        cited
    }

    /// Adds the addresses of a source: of the document itself, of its DOI, and of a copy in an archive.
    fn add_source(&mut self, source: &Registered) {
        let item = &source.item;
        let (url, doi) = (item.text("URL"), item.text("DOI"));
        let copy = item.archived.as_ref().map(|copy| &*copy.url);
        let resolved = doi.as_ref().map(|doi| format!("https://doi.org/{doi}"));
        for (written, address) in [(&url, &url), (&doi, &resolved), (&copy.map(String::from), &copy.map(String::from))] {
            if let (Some(written), Some(address)) = (written, address) {
                self.add(address, place_of(source, written));
            }
        }
        if let Some((address, copy)) = url.as_deref().or(resolved.as_deref()).and_then(ledger::address).zip(copy) {
            self.archived.insert(address, copy.to_string());
        }
    }

    fn add(&mut self, written: &str, place: Place) {
        match ledger::address(written) {
            Some(address) => self.addresses.entry(address).or_default().push(place),
            None => self.unaskable.push((written.to_string(), place)),
        }
    }
}

/// Where an entry of a register says something; its first line if that is written in another way there.
fn place_of(source: &Registered, written: &str) -> Place {
    let at = source.file.text.get(source.range.clone()).and_then(|entry| entry.find(written)).map(|at| source.range.start + at);
    at.map_or_else(|| source.place(), |at| Place::range(&source.file.path, &source.file.text, at..at + written.len()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::fingerprint::Fingerprint;
    use crate::references::{Archived, Inline, Item, RegisterFile};

    #[test]
    fn a_source_is_asked_for_itself_its_doi_and_its_copy_each_at_its_line() {
        let text =
            "@report{key,\n  doi = {10.5555/x},\n  url = {https://example.org/a#b},\n  archive_url = {https://archive.example/1},\n}\n";
        let mut item = Item { key: "key".into(), ..Item::default() };
        let said = |text: &str| vec![Inline::Text(text.into())];
        item.texts.extend([("DOI".into(), said("10.5555/x")), ("URL".into(), said("https://example.org/a#b"))]);
        item.archived = Some(Archived { url: "https://archive.example/1".into(), date: None });
        let file = RegisterFile::new("content/_data/sources.bib", text);
        let source = Registered { item: Arc::new(item), print: Fingerprint::default(), file, range: 0..text.len() };
        let mut cited = Cited::default();
        cited.add_source(&source);
        let found: Vec<String> = cited.addresses.iter().map(|(address, places)| format!("{address} {}", places[0])).collect();
        let at = |address: &str, place: &str| format!("{address} content/_data/sources.bib:{place}");
        let expected =
            [at("https://archive.example/1", "4:18"), at("https://doi.org/10.5555/x", "2:10"), at("https://example.org/a", "3:10")];
        assert_eq!(found, expected);
        assert_eq!(cited.archived.get("https://example.org/a").map(String::as_str), Some("https://archive.example/1"));
    }
}
