//! The sitemap (<https://www.sitemaps.org/protocol.html>): every address that search engines should know, with its last significant change.
//!
//! It must not know the time of the build. From 50,000 addresses it is an index with parts.

use std::io::{self, Write};

use jiff::civil::Date;

use super::xml::Xml;
use super::{Emitter, Failure, Item, Job, Origin, Output};
use crate::fingerprint::Fingerprint;
use crate::index::{List, ListKind, PageId};
use crate::page::front::Status;
use crate::site::Site;
use crate::view::View;

pub const EMITTER: Emitter = Emitter { name: "sitemap", doc: "`sitemap.xml`, and its parts on a large site", plan, key, render, origin };

/// The protocol's own limit for one file.
const LARGEST: usize = 50_000;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// One address from the root of the site and the date of its last significant change.
type Address<'a> = (&'a str, Option<Date>);

fn plan(view: &View, all: &mut Vec<Output>) {
    let site = &*view.site;
    if site.config.base_url.is_none() || site.brings("sitemap.xml") {
        return;
    }
    let addresses = addresses(site).len();
    all.push(Output::new("sitemap.xml", Item::Part(0)));
    if addresses >= LARGEST {
        let parts = 1..=addresses.div_ceil(LARGEST - 1);
        all.extend(parts.map(|part| Output::new(part_name(part), Item::Part(part as u32))));
    }
}

fn key(view: &View, output: &Output) -> Fingerprint {
    let Item::Part(number) = output.item else { return Fingerprint::default() };
    let addresses = addresses(&view.site);
    let home = view.site.absolute("/");
    let parts: Vec<&[Address]> = addresses.chunks(LARGEST - 1).collect();
    match number {
        0 if addresses.len() < LARGEST => Fingerprint::of(&(home, &addresses)),
        0 => Fingerprint::of(&(home, parts.iter().map(|part| latest(part)).collect::<Vec<_>>())),
        number => Fingerprint::of(&(home, parts[number as usize - 1])),
    }
}

/// An address tells nothing of where it comes from: any page may be in it.
fn origin<'a>(view: &'a View, _: &'a Output) -> Origin<'a> {
    Origin::showing(0..view.site.facts.len() as PageId)
}

fn part_name(number: usize) -> String {
    format!("sitemap-{number}.xml")
}

fn latest(part: &[Address]) -> Option<Date> {
    part.iter().filter_map(|(_, changed)| *changed).max()
}

fn render(job: &Job, writer: &mut dyn Write) -> Result<(), Failure> {
    let Item::Part(number) = job.output.item else { return Ok(()) };
    let site = &*job.view.site;
    let addresses = addresses(site);
    let parts: Vec<&[Address]> = addresses.chunks(LARGEST - 1).collect();
    match number {
        0 if addresses.len() < LARGEST => write(site, ["urlset", "url"], &addresses, writer)?,
        0 => {
            let names: Vec<String> = (1..=parts.len()).map(|number| format!("/{}", part_name(number))).collect();
            let index: Vec<Address> = names.iter().zip(&parts).map(|(name, part)| (name.as_str(), latest(part))).collect();
            write(site, ["sitemapindex", "sitemap"], &index, writer)?;
        }
        number => write(site, ["urlset", "url"], parts[number as usize - 1], writer)?,
    }
    Ok(())
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
fn addresses(site: &Site) -> Vec<Address<'_>> {
    let is_wanted = |page: PageId| {
        let hidden = matches!(site.index.status[page as usize], Status::Superseded | Status::Withdrawn);
        !hidden && site.page(page).front().noindex != Some(true) && &**site.page(page).route() != "/404.html"
    };
    let pages = (0..site.facts.len() as PageId).filter(|page| site.index.list_of_page[*page as usize].is_none() && is_wanted(*page));
    let mut all: Vec<Address> = pages.map(|page| (&**site.page(page).route(), changed(site, page))).collect();
    let lists = site.index.lists.iter().filter(|list| list.kind != ListKind::Search && list.page.is_none_or(is_wanted));
    all.extend(lists.map(|list| (&*list.route, list_changed(site, list))));
    all.sort_unstable();
    all
}

fn changed(site: &Site, page: PageId) -> Option<Date> {
    let page = &site.page(page).page;
    page.updated.into_iter().chain(page.date).max_by_key(|moment| moment.at).map(|moment| moment.date())
}

/// A list changes when one of its pages does, or its own text.
fn list_changed(site: &Site, list: &List) -> Option<Date> {
    list.pages.iter().chain(&list.page).filter_map(|page| changed(site, *page)).max()
}
