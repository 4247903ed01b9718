//! Where problems stand in the sources.
//!
//! It must not know what is wrong there.

use super::LintContext;
use crate::diagnostic::Place;
use crate::gate::place_of_key;
use crate::index::PageId;
use crate::page::body::CiteMark;

/// A link of a page's text.
pub fn of_link(context: &LintContext, page: PageId, link: u32) -> Place {
    let fact = context.site.page(page);
    let span = fact.links[link as usize].span.clone();
    Place::range(fact.path(), &context.sources.text(fact.path()), span.start as usize..span.end as usize)
}

/// The key of a source that a page cites.
pub fn of_cite(context: &LintContext, page: PageId, cite: &CiteMark) -> Place {
    let fact = context.site.page(page);
    Place::range(fact.path(), &context.sources.text(fact.path()), cite.span.start as usize..cite.span.end as usize)
}

/// A key of a page's front matter; the whole page if it comes from a cascade.
pub fn of_key(context: &LintContext, page: PageId, key: &str) -> Place {
    let fact = context.site.page(page);
    place_of_key(fact.front(), fact.path(), &context.sources.text(fact.path()), key)
}

/// A value under a key of a page's front matter; the whole entry if the value is written in another way.
pub fn of_value(context: &LintContext, page: PageId, key: &str, value: &str) -> Place {
    let fact = context.site.page(page);
    let text = context.sources.text(fact.path());
    let span = fact.front().span(key);
    let found = span.and_then(|span| {
        // The key itself may be spelt like its value.
        let after = span.start + text.get(span.clone())?.find(':')?;
        let at = after + text.get(after..span.end)?.find(value)?;
        Some(Place::range(fact.path(), &text, at..at + value.len()))
    });
    found.unwrap_or_else(|| of_key(context, page, key))
}
