//! Lists: home, sections, terms, indexes and the archive, cut into pages.
//!
//! It must not know how the index orders a list.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Emitter, Origin, Output, template};
use crate::addresses::{Address, Maker};
use crate::index::lists::Holds;
use crate::index::{List, PageId};
use crate::site::Site;
use crate::view::lists;
use crate::view::{Doc, View, What};

pub const EMITTER: Emitter = Emitter { name: "list", doc: "home, sections, terms, indexes and the archive", plan };

fn plan(view: &View, all: &mut Vec<Output>) {
    let site = &*view.site;
    let docs = site.addresses.par_written().filter_map(|address| doc(site, address));
    all.par_extend(docs.map(template::output));
}

/// What a part of a list is made from: the text of the list's own page, if there is one, and the pages that it shows.
pub fn origin<'a>(view: &'a View, doc: &Doc) -> Origin<'a> {
    let Some(list) = doc.list() else { return Origin::default() };
    let list = &view.site.index.lists[list as usize];
    let size = view.site.config.paginate_by;
    let shown: Vec<PageId> = match list.kind.row().holds {
        Holds::AllPages | Holds::Changes(_) => list.pages.to_vec(),
        Holds::Pages | Holds::NoPages => list.pages.iter().skip((doc.number.max(1) - 1) * size).take(size).copied().collect(),
    };
    Origin { shown, ..Origin::from_page(&view.site, doc.page) }
}

/// The document at the address of a part of a list; `None` for other addresses.
fn doc(site: &Site, address: &Address) -> Option<Doc> {
    let Maker::List { list: at, part, parts } = address.maker else { return None };
    let list = &site.index.lists[at as usize];
    let template = template_of(site, list);
    Some(Doc {
        template: if part == 1 { template } else { site.theme.for_further_parts(&template).into() },
        route: address.route.clone(),
        lang: list.lang,
        title: lists::shared_title(site, list),
        page: list.page,
        list: Some(at),
        number: part as usize,
        pages: parts as usize,
        what: What::List,
    })
}

/// The template that the list's own page names, else that of its kind.
fn template_of(site: &Site, list: &List) -> Arc<str> {
    let template = list.page.and_then(|page| site.page(page).front().template.as_deref());
    let named = template.and_then(|name| site.theme.template_called(name)).map(Arc::from);
    named.unwrap_or_else(|| Arc::from(list.kind.row().template))
}
