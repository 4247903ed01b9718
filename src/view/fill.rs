//! Filling the holes of a fragment: addresses of links, words of wikilinks, images.
//!
//! It must not know where links lead; that is in the index.

use std::hash::Hash;

use crate::fingerprint::{Fingerprint, Printer};
use crate::index::{PageId, Resolved};
use crate::page::{Fragment, Hole, HolePart, Link, LinkTarget};
use crate::site::Site;

/// The print of all that `fragments` of a page become: the body's own, and where its links lead.
pub fn print(site: &Site, page: PageId) -> Fingerprint {
    let mut printer = Printer::default();
    site.bodies[page as usize].print.hash(&mut printer);
    site.base_path().hash(&mut printer);
    for (link, resolved) in site.fact(page).links.iter().zip(&site.index.links[page as usize]) {
        match resolved {
            Resolved::To { href, page } => {
                href.hash(&mut printer);
                if let (LinkTarget::Wiki { has_words: false, .. }, Some(page)) = (&link.target, page) {
                    site.fact(*page).title.hash(&mut printer);
                }
            }
            Resolved::AsWritten { href } => (1u8, href).hash(&mut printer),
            Resolved::Nowhere { silent } => (2u8, silent).hash(&mut printer),
        }
    }
    printer.print()
}

/// The HTML of one fragment of a page. With `whole`, links get the site's origin and this page's address, for readers elsewhere (feeds).
pub fn fill(site: &Site, page: PageId, fragment: &Fragment, whole: Whole) -> String {
    let links = &site.fact(page).links;
    let resolved = &site.index.links[page as usize];
    let mut html = String::with_capacity(fragment.html.len() + fragment.holes.len() * 32);
    let mut from = 0;
    let mut holes = fragment.holes.iter();
    while let Some(hole) = holes.next() {
        html.push_str(&fragment.html[from..hole.at as usize]);
        from = hole.at as usize;
        let (link, to) = (&links[hole.link as usize], &resolved[hole.link as usize]);
        let href = address(site, page, to, whole);
        match (hole.part, href) {
            (HolePart::Open, Some(href)) => {
                html.push_str("<a href=\"");
                escape(&href, &mut html);
                html.push('"');
                attribute("title", link.title.as_deref(), &mut html);
                html.push('>');
            }
            (HolePart::Close, Some(_)) => html.push_str("</a>"),
            (HolePart::Open | HolePart::Close, None) => {}
            (HolePart::Words, _) => match site.words(page, hole.link) {
                Some(words) => escape(words, &mut html),
                None => source(link, to, &mut html),
            },
            (HolePart::Image, Some(href)) => {
                html.push_str("<img src=\"");
                escape(&href, &mut html);
                html.push_str("\" alt=\"");
                escape(link.alt.as_deref().unwrap_or(""), &mut html);
                html.push('"');
                attribute("title", link.title.as_deref(), &mut html);
                html.push_str(" loading=\"lazy\">");
            }
            (HolePart::Image, None) => escape(link.alt.as_deref().unwrap_or(""), &mut html),
            (HolePart::Address, Some(href)) => escape(&href, &mut html),
            (HolePart::Address, None) | (HolePart::Begin, Some(_)) | (HolePart::End, _) => {}
            (HolePart::Begin, None) => {
                let is_end = |other: &Hole| other.part == HolePart::End && other.link == hole.link;
                if let Some(end) = holes.clone().position(is_end).and_then(|end| holes.nth(end)) {
                    escape(link.alt.as_deref().unwrap_or(""), &mut html);
                    from = end.at as usize;
                }
            }
        }
    }
    html.push_str(&fragment.html[from..]);
    html
}

/// For whom a fragment is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// Readers of the site.
    No,
    /// Readers of a feed: addresses with scheme and host.
    Yes,
}

fn address(site: &Site, page: PageId, to: &Resolved, whole: Whole) -> Option<String> {
    let href = match to {
        Resolved::To { href, .. } | Resolved::AsWritten { href } => href,
        Resolved::Nowhere { .. } => return None,
    };
    let origin = site.config.base_url.as_ref().filter(|_| whole == Whole::Yes).map_or("", |base| &base.origin);
    if href.starts_with('/') {
        return Some(format!("{origin}{}", site.prefixed(href)));
    }
    if origin.is_empty() { Some(href.to_string()) } else { Some(format!("{origin}{}{href}", site.href(site.fact(page).route()))) }
}

/// The source text of a wikilink that leads nowhere, if nobody answers to it.
fn source(link: &Link, to: &Resolved, html: &mut String) {
    let LinkTarget::Wiki { name, anchor, .. } = &link.target else { return };
    if *to != (Resolved::Nowhere { silent: false }) {
        return;
    }
    match anchor {
        Some(anchor) => escape(&format!("[[{name}#{anchor}]]"), html),
        None => escape(&format!("[[{name}]]"), html),
    }
}

fn attribute(name: &str, value: Option<&str>, html: &mut String) {
    if let Some(value) = value {
        html.push(' ');
        html.push_str(name);
        html.push_str("=\"");
        escape(value, html);
        html.push('"');
    }
}

/// Adds text with the letters escaped that mean something in HTML or XML.
pub fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter => out.push(letter),
        }
    }
}
