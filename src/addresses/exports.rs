//! Files to take along: a briefing, a source or all sources in the forms that reference managers read; and the only formula for their addresses.
//!
//! It must not know what is in them.

use std::sync::Arc;

use super::{Address, Maker};
use crate::index::{Columns, Index, PageId};
use crate::page::Facts;
use crate::page::route::Kind;
use crate::references::export::Written;
use crate::url::folder_below;

/// What is taken along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Exported {
    /// A briefing.
    Page(PageId),
    /// A source or all of them, by the place of its list in `Index::lists`.
    List(u32),
}

/// What the file of a briefing is called, without its ending.
pub const OF_PAGE: &str = "cite";

/// The address of a file to take along, below the address of what it is of.
pub fn exported(route: &str, stem: &str, form: Written) -> String {
    [&*folder_below(route), stem, ".", form.ending()].concat()
}

/// Whether a page is a publication that others cite: a page without kind, type and date is not.
pub fn is_publication(fact: &Facts) -> bool {
    fact.page.kind == Kind::Briefing && (fact.page.date.is_some() || fact.front().type_.is_some())
}

/// All files to take along. A site that cites nothing has none.
pub fn exports<'a>(columns: &'a Columns, index: &'a Index) -> impl Iterator<Item = Address> + use<'a> {
    let lists = index.lists.iter().enumerate().filter_map(|(at, list)| Some((Exported::List(at as u32), &list.route, list.export_stem()?)));
    let facts = if index.citations.sources.is_empty() { &[] } else { columns.facts };
    let is_cited = |(page, fact): &(usize, &Arc<Facts>)| is_publication(fact) && index.list_of_page[*page].is_none();
    let pages = facts.iter().enumerate().filter(is_cited).map(|(page, fact)| (Exported::Page(page as PageId), fact.route(), OF_PAGE));
    lists.chain(pages).flat_map(|(of, route, stem)| {
        Written::ALL.map(|form| Address { route: Arc::from(exported(route, stem, form)), maker: Maker::Export { of, form }, page: None })
    })
}
