//! Cards for hovering: title, summary, date and state of pages, in blocks that a script reads when a reader points at a link.
//!
//! A block is found by the address of a link alone, so that no page depends on others for it. It must not know how a card is shown.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::json;

use super::{Emit, Emitter, Error, Job, Origin, Output};
use crate::fingerprint::Fingerprint;
use crate::index::PageId;
use crate::page::Taxonomy;
use crate::search::Blocks;
use crate::site::Site;
use crate::theme::Strings;
use crate::view::{View, standing};

pub const EMITTER: Emitter = Emitter {
    name: "cards",
    doc: "`/cards/N.json`: what a link's card says, some 64 pages a file; `/cards/blocks.json` says how many files",
    plan,
};

fn plan(view: &View, all: &mut Vec<Output>) {
    let site = &*view.site;
    let blocks = Blocks::new(site).pages;
    let count = blocks.len();
    for (at, pages) in blocks.into_iter().enumerate() {
        all.push(Output::new(format!("cards/{at}.json"), Cards::Block(pages)));
    }
    all.push(Output::new("cards/blocks.json", Cards::Count(count)));
}

/// One of the files of cards.
#[derive(Debug, Clone, PartialEq)]
pub enum Cards {
    /// The cards of some pages, in the order of their places.
    Block(Vec<PageId>),
    /// How many blocks there are.
    Count(usize),
}

impl Emit for Cards {
    fn emitter(&self) -> &'static Emitter {
        &EMITTER
    }

    fn key(&self, view: &View) -> Fingerprint {
        match self {
            Cards::Block(pages) => {
                let print = |page: &PageId| {
                    let strings = standing::of(&view.site, *page).first().map(|_| strings(&view.site, *page).print);
                    (view.card_print(*page), strings, topics(&view.site, *page).collect::<Vec<_>>())
                };
                Fingerprint::of(&pages.iter().map(print).collect::<Vec<_>>())
            }
            Cards::Count(count) => Fingerprint::of(&(*count as u32)),
        }
    }

    fn render(&self, job: &Job, writer: &mut dyn Write) -> Result<(), Error> {
        let site = &*job.view.site;
        // JSON comes in small pieces, and the writer is one of several: it gets the whole.
        let mut json = Vec::with_capacity(1 << 14);
        let written = match self {
            // In the order of places, which the map of `serde_json` would lose.
            Cards::Block(pages) => serde_json::Serializer::new(&mut json).collect_map(pages.iter().map(|page| card(site, *page))),
            Cards::Count(count) => serde_json::to_writer(&mut json, &json!({ "blocks": count })),
        };
        written.map_err(io::Error::from)?;
        json.push(b'\n');
        Ok(writer.write_all(&json)?)
    }

    fn origin<'a>(&'a self, _: &'a View) -> Origin<'a> {
        match self {
            Cards::Block(pages) => Origin::showing(pages.iter().copied()),
            Cards::Count(_) => Origin::default(),
        }
    }
}

/// What a card says, its fields by name.
#[derive(Serialize)]
struct Card<'a> {
    date: Option<String>,
    lang: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    marking: Option<&'a str>,
    /// The name of the most important thing that has become of it; nothing for a page that is plainly current.
    #[serde(skip_serializing_if = "Option::is_none")]
    standing: Option<&'static str>,
    /// All that has become of it, in words.
    #[serde(skip_serializing_if = "String::is_empty")]
    state: String,
    status: &'static str,
    summary: Cow<'a, str>,
    title: &'a str,
    topics: Vec<&'a str>,
    #[serde(rename = "type")]
    type_: &'a str,
    updated: Option<String>,
}

/// The address of a page, as links have it, and what its card says. All but the topics is in the shared card of templates too, whose print is in the key.
fn card(site: &Site, page: PageId) -> (String, Card<'_>) {
    let fact = site.page(page);
    let card = Card {
        date: fact.page.date.map(|date| date.iso()),
        lang: site.lang_of(page),
        marking: fact.page.marking.as_deref(),
        standing: standing::of(site, page).first().map(|standing| standing.name),
        state: standing::texts(site, page, strings(site, page)).join(" · "),
        status: site.index.status[page as usize].name(),
        summary: site.summary(page),
        title: &fact.title,
        topics: topics(site, page).collect(),
        type_: site.type_of(page),
        updated: fact.page.updated.map(|date| date.iso()),
    };
    (site.href(fact.route()), card)
}

/// Blocks are for readers of all languages: each card speaks that of its page.
fn strings(site: &Site, page: PageId) -> &Strings {
    site.theme.strings(site.lang_of(page))
}

/// The names of a page's topics.
fn topics(site: &Site, page: PageId) -> impl Iterator<Item = &str> {
    site.index.terms.named_by(page, Taxonomy::Topics).map(|term| &*term.name)
}
