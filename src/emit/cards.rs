//! Cards for hovering: title, summary, date and state of pages, in blocks that a script reads when a reader points at a link.
//!
//! A block is found by the address of a link alone, so that no page depends on others for it. It must not know how a card is shown.

use std::io::Write;

use serde_json::{Map, Value, json};

use super::{Emitter, Failure, Item, Job, Output};
use crate::fingerprint::Fingerprint;
use crate::index::PageId;
use crate::site::Site;
use crate::view::View;
use crate::view::cards::{lang_of, type_of};

pub const EMITTER: Emitter = Emitter {
    name: "cards",
    doc: "`/cards/N.json`: what a link's card says, some 64 pages a file; `/cards/blocks.json` says how many files",
    plan,
    key,
    render,
};

/// A block holds about this many pages.
const PAGES_A_BLOCK: usize = 64;

fn plan(view: &View, all: &mut Vec<Output>) {
    let site = view.site;
    let blocks = blocks(site);
    let count = blocks.len();
    for (at, pages) in blocks.into_iter().enumerate() {
        all.push(Output::new(format!("cards/{at}.json"), Item::Pages(pages)));
    }
    all.push(Output::new("cards/blocks.json", Item::Part(count as u32)));
}

fn key<'a>(view: &'a View<'a>, output: &'a Output) -> Fingerprint {
    match &output.item {
        Item::Pages(pages) => Fingerprint::of(&pages.iter().map(|page| view.card_print(*page)).collect::<Vec<_>>()),
        Item::Part(count) => Fingerprint::of(count),
        _ => Fingerprint::default(),
    }
}

fn render(job: &Job, writer: &mut dyn Write) -> Result<(), Failure> {
    let site = job.view.site;
    let value = match &job.output.item {
        Item::Part(count) => json!({ "blocks": count }),
        Item::Pages(pages) => Value::Object(pages.iter().map(|page| card(site, *page)).collect::<Map<String, Value>>()),
        _ => return Ok(()),
    };
    serde_json::to_writer(&mut *writer, &value).map_err(std::io::Error::from)?;
    Ok(writer.write_all(b"\n")?)
}

/// The address of a page, as links have it, and what its card says. All of it is in the shared card of templates too, whose print is the key.
fn card(site: &Site, page: PageId) -> (String, Value) {
    let fact = site.fact(page);
    let card = json!({
        "title": &*fact.title,
        "summary": site.summary(page),
        "date": fact.page.date.map(|date| date.iso()),
        "updated": fact.page.updated.map(|date| date.iso()),
        "type": type_of(site, page),
        "status": site.index.status[page as usize].name(),
        "lang": lang_of(site, page),
    });
    (site.href(fact.route()), card)
}

/// A power of two, so that a growing site moves its cards seldom.
fn count(site: &Site) -> usize {
    (site.facts.len() / PAGES_A_BLOCK).next_power_of_two()
}

/// The pages of each block, in the order of their paths. A page's block is told by the hash of its address alone.
fn blocks(site: &Site) -> Vec<Vec<PageId>> {
    let mut blocks = vec![Vec::new(); count(site)];
    for (page, fact) in site.facts.iter().enumerate() {
        let address = site.href(fact.route());
        let block = fnv(address.as_bytes()) as usize & (blocks.len() - 1);
        blocks[block].push(page as PageId);
    }
    blocks
}

/// FNV-1a, 32 bits (<http://www.isthe.com/chongo/tech/comp/fnv/>): a hash that a script computes in three lines.
fn fnv(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_an_address_is_that_of_the_published_test_vectors() {
        assert_eq!((fnv(b""), fnv(b"a"), fnv(b"foobar")), (0x811c_9dc5, 0xe40c_292c, 0xbf9c_f968));
    }
}
