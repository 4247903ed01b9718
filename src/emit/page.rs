//! Pages: one file for each public page that is not the text of a list, the rest of its backlinks, and the page for what is not there.
//!
//! It must not know what stands on a page.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Emitter, Origin, Output, template};
use crate::addresses::{Address, Maker, Own, SHOWN_BACKLINKS};
use crate::index::PageId;
use crate::page::route::Kind;
use crate::site::Site;
use crate::view::{Doc, View, What};

pub const EMITTER: Emitter = Emitter { name: "page", doc: "the pages of the site, from Markdown and a template", plan };

fn plan(view: &View, all: &mut Vec<Output>) {
    let site = &*view.site;
    let doc = |address: &Address| match (&address.maker, address.page) {
        (Maker::Page, Some(page)) => Some(page_doc(site, page)),
        (Maker::LinkedFrom { part, parts }, Some(page)) => Some(linked_from(site, page, address, [*part, *parts])),
        (Maker::Own(Own::NotFound), _) => Some(not_found(site)),
        _ => None,
    };
    all.par_extend(site.addresses.par_written().filter_map(doc).map(template::output));
}

/// What the rest of the backlinks of a page is made from: the page, and those that link to it.
pub fn origin_of_linked_from<'a>(view: &'a View, doc: &Doc) -> Origin<'a> {
    let size = view.site.config.paginate_by;
    let backlinks = doc.page.map_or(&[][..], |page| &view.site.links.backlinks[page as usize]);
    let shown = backlinks.iter().skip(SHOWN_BACKLINKS + (doc.number - 1) * size).take(size).map(|backlink| backlink.from).collect();
    Origin { shown, ..Origin::from_page(&view.site, doc.page) }
}

fn page_doc(site: &Site, page: PageId) -> Doc {
    let fact = site.page(page);
    Doc {
        template: template_of(site, page),
        route: fact.route().clone(),
        lang: fact.lang(),
        title: fact.title.clone(),
        page: Some(page),
        list: None,
        number: 1,
        pages: 1,
        what: What::Page,
    }
}

/// Templates that show something else than a page: a `layout` of another tool that is called so means something else.
const NOT_LAYOUTS: [&str; 10] = [
    "404.html",
    "base.html",
    "comparison.html",
    "components.html",
    "linked_from.html",
    "redirect.html",
    "search.html",
    "updates.html",
    "tags.html",
    "version.html",
];

/// The template that a page names, else that of its kind. A page without kind, type and date is no briefing.
pub fn template_of(site: &Site, page: PageId) -> Arc<str> {
    let fact = site.page(page);
    let front = fact.front();
    let known = |name: &String| site.theme.template_called(name);
    let layout = || front.layout.as_ref().and_then(known).filter(|file| !NOT_LAYOUTS.contains(file));
    let of_kind = || match fact.page.kind {
        Kind::Briefing if fact.page.date.is_some() || front.type_.is_some() => "briefing.html",
        kind if kind.is_entity() => "entity.html",
        _ => "page.html",
    };
    Arc::from(front.template.as_ref().and_then(known).or_else(layout).unwrap_or_else(of_kind))
}

fn linked_from(site: &Site, page: PageId, address: &Address, [number, pages]: [u32; 2]) -> Doc {
    let fact = site.page(page);
    Doc {
        template: Arc::from("linked_from.html"),
        route: address.route.clone(),
        lang: fact.lang(),
        title: Arc::from(site.theme.strings(site.lang_of(page)).filled("what_links_to", &[("title", &fact.title)])),
        page: Some(page),
        list: None,
        number: number as usize,
        pages: pages as usize,
        what: What::LinkedFrom,
    }
}

fn not_found(site: &Site) -> Doc {
    Doc {
        template: Arc::from("404.html"),
        route: Arc::from("/404.html"),
        lang: 0,
        title: Arc::from(site.theme.strings(site.language(0)).text("not_found")),
        page: None,
        list: None,
        number: 1,
        pages: 1,
        what: What::NotFound,
    }
}
