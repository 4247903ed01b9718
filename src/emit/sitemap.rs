//! The sitemap (<https://www.sitemaps.org/protocol.html>): every address that search engines should know, with its last significant change.
//!
//! It must not know the time of the build. From 50,000 addresses it is an index with parts.

use std::io::{self, Write};
use std::sync::Arc;

use rayon::prelude::*;

use super::xml::Xml;
use super::{Emit, Emitter, Error, Job, Origin, Output};
use crate::fingerprint::Fingerprint;
use crate::index::{List, PageId, lists};
use crate::page::Facts;
use crate::page::date::PartialDate;
use crate::page::front::Status;
use crate::site::Site;
use crate::view::View;

pub const EMITTER: Emitter = Emitter { name: "sitemap", doc: "`sitemap.xml`, and its parts on a large site", plan };

/// The protocol's own limit for one file.
const LARGEST: usize = 50_000;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// One address from the root of the site and the date of its last significant change.
type Address = (Arc<str>, Option<PartialDate>);

fn plan(view: &View, all: &mut Vec<Output>) {
    let site = &*view.site;
    if site.config.base_url.is_none() || site.brings("sitemap.xml") {
        return;
    }
    let addresses: Arc<[Address]> = addresses(site).into();
    all.push(Output::new("sitemap.xml", Sitemap { addresses: addresses.clone(), part: 0 }));
    if addresses.len() >= LARGEST {
        let parts = 1..=addresses.len().div_ceil(LARGEST - 1);
        all.extend(parts.map(|part| Output::new(part_name(part), Sitemap { addresses: addresses.clone(), part })));
    }
}

/// The sitemap, or one of its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Sitemap {
    /// All of them, which the parts share.
    addresses: Arc<[Address]>,
    /// From 1; 0 is `sitemap.xml` itself.
    part: usize,
}

impl Emit for Sitemap {
    fn emitter(&self) -> &'static Emitter {
        &EMITTER
    }

    fn key(&self, view: &View) -> Fingerprint {
        let home = view.site.absolute("/");
        match self.part {
            0 if self.is_whole() => Fingerprint::of(&(home, &self.addresses)),
            0 => Fingerprint::of(&(home, self.parts().map(latest).collect::<Vec<_>>())),
            _ => Fingerprint::of(&(home, self.shown())),
        }
    }

    fn render(&self, job: &Job, writer: &mut dyn Write) -> Result<(), Error> {
        let site = &job.view.site;
        match self.part {
            0 if !self.is_whole() => {
                let parts: Vec<Address> =
                    (1..).zip(self.parts()).map(|(part, shown)| (format!("/{}", part_name(part)).into(), latest(shown))).collect();
                write(site, ["sitemapindex", "sitemap"], &parts, writer)?;
            }
            _ => write(site, ["urlset", "url"], self.shown(), writer)?,
        }
        Ok(())
    }

    /// An address tells nothing of where it comes from: any page may be in it.
    fn origin<'a>(&'a self, view: &'a View) -> Origin<'a> {
        Origin::showing(0..view.site.facts.len() as PageId)
    }
}

impl Sitemap {
    /// True if all addresses are in one file.
    fn is_whole(&self) -> bool {
        self.addresses.len() < LARGEST
    }

    fn parts(&self) -> impl Iterator<Item = &[Address]> {
        self.addresses.chunks(LARGEST - 1)
    }

    /// The addresses of a part, or of the whole.
    fn shown(&self) -> &[Address] {
        self.part.checked_sub(1).and_then(|part| self.parts().nth(part)).unwrap_or(&self.addresses)
    }
}

fn part_name(number: usize) -> String {
    format!("sitemap-{number}.xml")
}

fn latest(part: &[Address]) -> Option<PartialDate> {
    part.iter().filter_map(|(_, changed)| *changed).max()
}

fn write(site: &Site, [root, item]: [&str; 2], addresses: &[Address], out: &mut dyn Write) -> io::Result<()> {
    Xml::document(out, root, &[("xmlns", NAMESPACE)], |xml| {
        addresses.iter().try_for_each(|(route, changed)| {
            xml.holder(item, &[], |xml| {
                xml.text("loc", &[], &site.absolute(route).unwrap_or_default())?;
                changed.map_or(Ok(()), |changed| xml.text("lastmod", &[], &changed.to_string()))
            })
        })
    })
}

/// Pages and the first parts of lists, in the order of their addresses. Superseded and withdrawn pages, and those that say `noindex`, are left out.
fn addresses(site: &Site) -> Vec<Address> {
    let is_wanted = |page: PageId| {
        let hidden = matches!(site.index.status[page as usize], Status::Superseded | Status::Withdrawn);
        !hidden && site.page(page).front().noindex != Some(true) && &**site.page(page).route() != "/404.html"
    };
    let changed: Vec<Option<PartialDate>> = site.facts.par_iter().map(|fact| changed(fact)).collect();
    let pages = (0..site.facts.len() as PageId).into_par_iter();
    let pages = pages.filter(|page| site.index.list_of_page[*page as usize].is_none() && is_wanted(*page));
    let mut all: Vec<Address> = pages.map(|page| (site.page(page).route().clone(), changed[page as usize])).collect();
    let lists = site
        .index
        .lists
        .iter()
        .filter(|list| list.kind.row().sitemap == lists::Sitemap::In && list.is_found() && list.page.is_none_or(is_wanted));
    // A list changes when one of its pages does, or its own text.
    let last = |list: &List| list.pages.iter().chain(&list.page).filter_map(|page| changed[*page as usize]).max();
    all.extend(lists.map(|list| (list.route.clone(), last(list))));
    all.par_sort_unstable();
    all
}

fn changed(fact: &Facts) -> Option<PartialDate> {
    let page = &fact.page;
    page.updated.into_iter().chain(page.date).max_by_key(|moment| moment.at).map(|moment| moment.partial())
}
