//! Earlier texts of pages: one file for each, and one for what became of it next.
//!
//! It must not know what stands there, nor how texts are compared.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Emitter, Origin, Output, template};
use crate::addresses::{Address, Maker};
use crate::site::Site;
use crate::view::{Doc, View, What};

pub const EMITTER: Emitter = Emitter { name: "version", doc: "earlier texts of pages, from `content/_versions/` and a template", plan };

pub const COMPARISON: Emitter =
    Emitter { name: "comparison", doc: "what became of each earlier text: the next one, word by word", plan: plan_comparisons };

fn plan(view: &View, all: &mut Vec<Output>) {
    each(view, all, |site, address| match address.maker {
        Maker::Version(version) => {
            let (title, newest) = (site.versions[version as usize].facts.title.clone(), newest(site, version));
            Some(doc(site, version, address, "version.html", (title, What::Version { version, newest })))
        }
        _ => None,
    });
}

fn plan_comparisons(view: &View, all: &mut Vec<Output>) {
    each(view, all, |site, address| match address.maker {
        Maker::Comparison(version) => {
            let page = site.versions[version as usize].page;
            let title = site.theme.strings(site.lang_of(page)).filled("changes_to", &[("title", &site.page(page).title)]);
            Some(doc(
                site,
                version,
                address,
                "comparison.html",
                (title.into(), What::Comparison { version, newest: newest(site, version) }),
            ))
        }
        _ => None,
    });
}

fn each(view: &View, all: &mut Vec<Output>, doc: impl Fn(&Site, &Address) -> Option<Doc>) {
    let site = &*view.site;
    if !site.versions.is_empty() {
        all.extend(site.addresses.written().filter_map(|address| doc(site, address)).map(template::output));
    }
}

/// Where the text stands that took the place of all others.
fn newest(site: &Site, version: u32) -> Arc<str> {
    site.page(site.versions[version as usize].page).route().clone()
}

fn doc(site: &Site, version: u32, address: &Address, template: &str, (title, what): (Arc<str>, What)) -> Doc {
    let page = site.versions[version as usize].page;
    Doc {
        template: Arc::from(template),
        route: address.route.clone(),
        lang: site.page(page).lang(),
        title,
        page: Some(page),
        list: None,
        number: 1,
        pages: 1,
        what,
    }
}

/// An earlier text is made from its own file; the page lends it what is the same for both.
pub fn origin(view: &View, version: u32) -> Origin<'_> {
    let version = &view.site.versions[version as usize];
    Origin { own: vec![Cow::Borrowed(&**version.facts.path())], shown: vec![version.page] }
}

/// A comparison is made from two texts.
pub fn origin_of_comparison(view: &View, version: u32) -> Origin<'_> {
    let site = &*view.site;
    let next = view.next_version(version).map(|next| &site.versions[next as usize].facts);
    let page = site.page(site.versions[version as usize].page);
    let own = [site.versions[version as usize].facts.path(), next.map_or(page.path(), |next| next.path())];
    Origin { own: own.map(|path| Cow::Borrowed(&**path)).into(), shown: Vec::new() }
}
