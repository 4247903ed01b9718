//! The links that lead nowhere, each with its place: what the rules about links have in common.
//!
//! It must not know what is said about them.

use super::{Scene, place, spelling};
use crate::diagnostic::{Diagnostic, Place};
use crate::index::{Broken, PageId, Problem};
use crate::page::body::Link;
use crate::page::facts::Facts;

/// A link that leads nowhere.
pub struct BrokenLink<'a> {
    pub page: PageId,
    /// Its place among the links of the page.
    pub number: u32,
    pub fact: &'a Facts,
    pub link: &'a Link,
    pub broken: &'a Broken,
}

/// All of them, in the order of pages and of their texts.
pub fn broken<'a>(scene: &Scene<'a>) -> impl Iterator<Item = BrokenLink<'a>> {
    let site = scene.site;
    site.index.problems.iter().filter_map(|problem| match problem {
        Problem::Link { page, link, broken } => {
            let fact = site.fact(*page);
            Some(BrokenLink { page: *page, number: *link, fact, link: &fact.links[*link as usize], broken })
        }
        _ => None,
    })
}

impl BrokenLink<'_> {
    /// A problem at this link, of the weight that the settings give it.
    pub fn problem(&self, scene: &Scene, code: &'static str, message: String) -> Diagnostic {
        Diagnostic::new(spelling::severity_of_links(scene), code, message).at(self.place(scene))
    }

    pub fn place(&self, scene: &Scene) -> Place {
        place::of_link(scene, self.page, self.number)
    }
}
