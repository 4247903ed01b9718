//! The links that lead nowhere, each with its place: what the rules about links have in common.
//!
//! It must not know what is said about them.

use crate::diagnostic::{Diagnostic, Place};
use crate::index::PageId;
use crate::links::{Broken, Problem};
use crate::lint::{LintContext, place, spelling};
use crate::page::body::Link;
use crate::page::facts::Facts;

/// A link that leads nowhere.
pub struct BrokenLink<'a> {
    /// The page that it stands on.
    pub page: PageId,
    /// Its place among the links of the page.
    pub number: u32,
    /// The same page.
    pub fact: &'a Facts,
    /// The link.
    pub link: &'a Link,
    /// Why it leads nowhere.
    pub broken: &'a Broken,
}

/// All of them, in the order of pages and of their texts.
pub fn broken<'a>(context: &LintContext<'a>) -> impl Iterator<Item = BrokenLink<'a>> {
    let site = context.site;
    site.links.problems.iter().filter_map(|problem| match problem {
        Problem::Link { page, link, broken } => {
            let fact = site.page(*page);
            Some(BrokenLink { page: *page, number: *link, fact, link: &fact.links[*link as usize], broken })
        }
        _ => None,
    })
}

impl BrokenLink<'_> {
    /// A problem at this link, of the weight that the settings give it.
    pub fn problem(&self, context: &LintContext, code: &'static str, message: String) -> Diagnostic {
        Diagnostic::new(spelling::severity_of_links(context), code, message).at(self.place(context))
    }

    /// Where it stands.
    pub fn place(&self, context: &LintContext) -> Place {
        place::of_link(context, self.page, self.number)
    }
}
