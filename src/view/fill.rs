//! Filling the holes of a fragment: addresses of links, words of wikilinks, images.
//!
//! It must not know where links lead; that is in the index.

use std::borrow::Cow;
use std::hash::Hash;

use super::broken_link::BrokenLink;
use crate::fingerprint::{Fingerprint, Flat};
use crate::index::PageId;
use crate::links::Resolved;
use crate::page::{Fragment, Hole, HolePart, Link, LinkTarget};
use crate::site::{BrokenLinks, Site};

/// A text with where its links lead.
#[derive(Clone, Copy)]
pub struct Linked<'a> {
    links: &'a [Link],
    resolved: &'a [Resolved],
    /// Where it stands.
    route: &'a str,
    /// The page whose text it is; `None` of an earlier one, in which nothing is marked.
    page: Option<PageId>,
}

impl<'a> Linked<'a> {
    /// The text of a page.
    pub fn page(site: &'a Site, page: PageId) -> Linked<'a> {
        let fact = site.page(page);
        Linked { links: &fact.links, resolved: site.links.of_page(page), route: fact.route(), page: Some(page) }
    }

    /// An earlier text of a page.
    pub fn version(site: &'a Site, version: u32) -> Linked<'a> {
        let fact = &site.versions[version as usize].facts;
        Linked { links: &fact.links, resolved: site.links.of_version(version), route: fact.route(), page: None }
    }

    /// The same, in which nothing is marked.
    pub fn unmarked(self) -> Linked<'a> {
        Linked { page: None, ..self }
    }

    /// The words of a link that has none of its own.
    pub fn words(self, site: &'a Site, link: u32) -> Option<&'a str> {
        site.words_of(&self.links[link as usize].target, &self.resolved[link as usize])
    }
}

/// The print of all that `fragments` of a page become: the body's own, and where its links lead.
pub fn print(site: &Site, page: PageId, readers: Readers) -> Fingerprint {
    print_of(site, site.bodies[page as usize].print, Linked::page(site, page), readers)
}

/// The same of any text, by the print of its body.
pub fn print_of(site: &Site, body: Fingerprint, text: Linked, readers: Readers) -> Fingerprint {
    let fault = |number: usize| text.page.and_then(|page| readers.fault(page, number as u32));
    let mut printer = Flat::default();
    body.hash(&mut printer);
    site.base_path().hash(&mut printer);
    for (number, (link, resolved)) in text.links.iter().zip(text.resolved).enumerate() {
        match resolved {
            Resolved::To { href, page } => {
                href.hash(&mut printer);
                if let (LinkTarget::Wiki { has_words: false, .. }, Some(page)) = (&link.target, page) {
                    site.page(*page).title.hash(&mut printer);
                }
            }
            Resolved::AsWritten { href } => (1u8, href).hash(&mut printer),
            Resolved::Titled { page: to } => (3u8, &site.page(*to).title, fault(number)).hash(&mut printer),
            Resolved::Nowhere { silent } => (2u8, silent, site.mode.as_it_stood.is_some(), fault(number)).hash(&mut printer),
        }
    }
    printer.print()
}

/// What stands for a wikilink without words of its own to a page that was still to come.
const OMISSION: &str = "[…]";

/// The HTML of one fragment of a page. In feeds, links get the site's origin and this page's address.
pub fn fill(site: &Site, page: PageId, fragment: &Fragment, readers: Readers) -> String {
    fill_in(site, Linked::page(site, page), fragment, readers)
}

/// The same of any text.
pub fn fill_in(site: &Site, text: Linked, fragment: &Fragment, readers: Readers) -> String {
    let Linked { links, resolved, .. } = text;
    let origin = site.config.base_url.as_ref().filter(|_| readers == Readers::OfFeeds).map(|base| &base.origin);
    let own = origin.map(|origin| format!("{origin}{}", site.href(text.route)));
    let mut html = String::with_capacity(fragment.html.len() + fragment.holes.len() * 32);
    let mut from = 0;
    let mut holes = fragment.holes.iter();
    while let Some(hole) = holes.next() {
        push(&fragment.html[from..hole.at as usize], own.as_deref(), &mut html);
        from = hole.at as usize;
        let (link, to) = (&links[hole.link as usize], &resolved[hole.link as usize]);
        let href = address(site, text.route, to, readers);
        let Some(href) = href else {
            let fault = text.page.and_then(|page| readers.fault(page, hole.link));
            let is_silent = *to == Resolved::Nowhere { silent: true };
            // What was still to come has no name yet, and its sentence is to be read.
            let omission = site.mode.as_it_stood.filter(|_| is_silent).map(|_| OMISSION);
            let title = text.words(site, hole.link).or(omission);
            let broken = BrokenLink { link, is_silent: is_silent && omission.is_none(), title, fault };
            if matches!(hole.part, HolePart::Begin | HolePart::BeginEntry) {
                let is_end = |other: &Hole| other.part == HolePart::End && other.link == hole.link;
                if let Some(end) = holes.clone().position(is_end).and_then(|end| holes.nth(end)) {
                    if hole.part == HolePart::Begin {
                        broken.replace(&fragment.html[from..end.at as usize], &mut html);
                    }
                    from = end.at as usize;
                }
            } else {
                broken.part(hole.part, &mut html);
            }
            continue;
        };
        match hole.part {
            HolePart::Open => {
                html.push_str("<a href=\"");
                escape(&href, &mut html);
                html.push('"');
                attribute("title", link.title.as_deref(), &mut html);
                html.push('>');
            }
            HolePart::Close => html.push_str("</a>"),
            HolePart::Words => escape(text.words(site, hole.link).unwrap_or_default(), &mut html),
            HolePart::Image => {
                html.push_str("<img src=\"");
                escape(&href, &mut html);
                html.push_str("\" alt=\"");
                escape(link.alt.as_deref().unwrap_or(""), &mut html);
                html.push('"');
                attribute("title", link.title.as_deref(), &mut html);
                html.push_str(" loading=\"lazy\">");
            }
            HolePart::Address => escape(&href, &mut html),
            HolePart::Begin | HolePart::BeginEntry | HolePart::End | HolePart::Citation | HolePart::Names => {}
        }
    }
    push(&fragment.html[from..], own.as_deref(), &mut html);
    html
}

/// Adds HTML as it is; or, with the address of its page, such that its links from notes and sources and to them lead there: a reader that shows several
/// pages must not mistake one's for another's.
fn push(part: &str, own: Option<&str>, html: &mut String) {
    match own.filter(|_| part.contains(WITHIN)) {
        Some(own) => html.push_str(&led_to(part, own)),
        None => html.push_str(part),
    }
}

/// How links within a page begin that are not the author's: those are holes. In text the mark would be written as a reference.
const WITHIN: &str = "href=\"#";
/// What they lead to: notes, citations and sources.
const ENDS: [&str; 3] = ["fn", "cite-", "ref-"];

fn led_to(part: &str, own: &str) -> String {
    ENDS.iter().fold(part.to_string(), |part, end| part.replace(&format!("{WITHIN}{end}"), &format!("href=\"{own}#{end}")))
}

/// HTML of a page at the address `own` as another page shows it: without the numbers of its notes, and with citations that lead to its list.
pub fn elsewhere(html: String, own: &str) -> String {
    if !html.contains("<sup id=\"fnref-") && !html.contains("<span class=\"citation\"") {
        return html;
    }
    let mut rest = html.as_str();
    let mut kept = String::with_capacity(html.len());
    while let Some((before, behind)) = rest.split_once("<sup id=\"fnref-") {
        kept.push_str(before);
        rest = behind.split_once("</sup>").map_or("", |(_, behind)| behind);
    }
    kept.push_str(rest);
    led_to(&kept, own).replace("<span class=\"citation\" id=\"cite-", "<span class=\"citation\" data-cite=\"")
}

/// For whom a fragment is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers<'a> {
    /// They see which links lead nowhere, if it is a preview.
    OfSite(&'a BrokenLinks),
    /// They get addresses with scheme and host.
    OfFeeds,
}

impl<'a> Readers<'a> {
    /// The place of a link that is to be marked.
    fn fault(self, page: PageId, link: u32) -> Option<&'a str> {
        match self {
            Readers::OfSite(broken) => broken.get(&(page, link)).map(|place| &**place),
            Readers::OfFeeds => None,
        }
    }
}

fn address<'a>(site: &'a Site, route: &str, to: &'a Resolved, readers: Readers) -> Option<Cow<'a, str>> {
    let href = match to {
        Resolved::To { href, .. } | Resolved::AsWritten { href } => href,
        Resolved::Nowhere { .. } | Resolved::Titled { .. } => return None,
    };
    let origin = site.config.base_url.as_ref().filter(|_| readers == Readers::OfFeeds).map_or("", |base| &base.origin);
    let is_below = href.starts_with('/');
    match (is_below, origin) {
        (false, "") => Some(Cow::Borrowed(href)),
        (true, "") if site.base_path() == "/" => Some(Cow::Borrowed(href)),
        (true, origin) => Some(Cow::Owned(format!("{origin}{}", site.prefixed(href)))),
        (false, origin) => Some(Cow::Owned(format!("{origin}{}{href}", site.href(route)))),
    }
}

/// Adds ` name="value"`, if there is a value.
pub fn attribute(name: &str, value: Option<&str>, html: &mut String) {
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
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(escaped);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::{self, BuildOptions, Cache, Warnings};
    use crate::sources::Sources;
    use crate::view::View;

    const MARKING: fn() -> BuildOptions = || BuildOptions { mark_broken_links: true, ..BuildOptions::default() };

    /// The site of one page with `text`, and a draft called Secret.
    fn site(settings: &str, text: &str, options: &BuildOptions) -> View {
        let page = format!("---\ntitle: X\n---\n{text}\n");
        let files = [("content/x.md", page.as_str()), ("content/secret.md", "---\ntitle: Secret\ndraft: true\n---\n")];
        pipeline::plan(&Sources::in_memory(jiff::Timestamp::UNIX_EPOCH, settings, &files), &mut Cache::default(), options).view
    }

    fn filled(view: &View) -> String {
        fill(&view.site, 0, &view.site.bodies[0].texts().html, Readers::OfSite(&view.broken_links)).trim_end().into()
    }

    fn in_feeds(view: &View) -> String {
        fill(&view.site, 0, &view.site.bodies[0].texts().html, Readers::OfFeeds).trim_end().into()
    }

    fn marked(text: &str) -> String {
        filled(&site("", text, &MARKING()))
    }

    #[test]
    fn a_preview_marks_the_words_of_links_that_lead_nowhere() {
        let place = |column: u32| format!("<mark data-chancery-fault=\"content/x.md:4:{column}\">");
        assert_eq!(marked("A [*b* c](gone.md)."), format!("<p>A {}<em>b</em> c</mark>.</p>", place(3)));
        assert_eq!(marked("A [[Gone]] and [[gone#b|c]]."), format!("<p>A {}[[Gone]]</mark> and {}c</mark>.</p>", place(3), place(16)));
        assert_eq!(marked("![alt](gone.png)"), format!("<p>{}alt</mark></p>", place(1)));
        assert_eq!(marked("é ![](a/gone.png)"), format!("<p>é {}a/gone.png</mark></p>", place(3)));
    }

    #[test]
    fn a_wikilink_to_a_place_that_a_public_page_does_not_have_shows_the_title_of_the_page() {
        let warned = site("links.internal = \"warn\"\n", "See [[x#wrong]] and [[secret#wrong]].", &BuildOptions::default());
        assert_eq!(filled(&warned), "<p>See X and .</p>");
        assert!(marked("See [[x#wrong]].").contains(">[[x#wrong]]</mark>"));
    }

    #[test]
    fn in_feeds_links_to_notes_lead_to_the_page() {
        let site = site("base_url = \"https://a.org/b/\"\n", "x[^1] `href=\"#fn-1`\n\n[^1]: y\n", &BuildOptions::default());
        let feed = in_feeds(&site);
        assert_eq!(feed.matches("href=\"https://a.org/b/x/#fn-1\"").count(), 1);
        assert_eq!(feed.matches("href=\"https://a.org/b/x/#fnref-1\"").count(), 1);
        assert!(feed.contains("id=\"fn-1\"") && feed.contains("href=&quot;#fn-1"));
        assert!(filled(&site).contains("href=\"#fn-1\""));
    }

    #[test]
    fn a_mark_shows_what_readers_may_not_see() {
        let text = "See [[Secret]].";
        assert!(marked(text).contains(">[[Secret]]</mark>"));
        assert_eq!(filled(&site("", text, &BuildOptions::default())), "<p>See .</p>");
    }

    #[test]
    fn a_tag_of_the_author_is_marked_by_an_attribute_in_the_place_of_its_address() {
        assert_eq!(marked("a <a href='gone.md' class=b>c</a>"), "<p>a <a data-chancery-fault=\"content/x.md:4:12\" class=b>c</a></p>");
        assert_eq!(marked("a <img src=gone.png alt=b>"), "<p>a <mark data-chancery-fault=\"content/x.md:4:12\">b</mark></p>");
        assert_eq!(marked("a <b><embed src=gone.svg></b>"), "<p>a <b></b></p>");
    }

    #[test]
    fn a_link_in_a_line_of_front_matter_is_marked_too() {
        let view = site("", "", &MARKING());
        assert!(view.broken_links.is_empty());
        let page = "---\ntitle: X\nkey_points:\n  - See [it](gone.md).\n---\n";
        let sources = Sources::in_memory(jiff::Timestamp::UNIX_EPOCH, "", &[("content/x.md", page)]);
        let view = pipeline::plan(&sources, &mut Cache::default(), &MARKING()).view;
        let line = fill(&view.site, 0, &view.site.bodies[0].texts().key_points[0], Readers::OfSite(&view.broken_links));
        assert_eq!(line, "See <mark data-chancery-fault=\"content/x.md:4:9\">it</mark>.");
    }

    #[test]
    fn only_a_preview_marks_and_only_what_is_an_error_there_and_no_feed_shows_it() {
        let (text, plain) = ("A [b](gone.md).", "<p>A b.</p>");
        assert_eq!(filled(&site("", text, &BuildOptions::default())), plain);
        assert_eq!(in_feeds(&site("", text, &MARKING())), plain);
        let warned = "links.internal = \"warn\"\n";
        assert_eq!(filled(&site(warned, text, &MARKING())), plain);
        let strict = BuildOptions { warnings: Warnings::Deny, ..MARKING() };
        assert!(filled(&site(warned, text, &strict)).contains("<mark"));
    }

    #[test]
    fn the_print_tells_of_marks_and_of_their_places() {
        let of = |text: &str, options: &BuildOptions| {
            let view = site("", text, options);
            print(&view.site, 0, Readers::OfSite(&view.broken_links))
        };
        let text = "A [b](gone.md).";
        assert_ne!(of(text, &BuildOptions::default()), of(text, &MARKING()));
        assert_ne!(of(text, &MARKING()), of(&format!("\n{text}"), &MARKING()), "the link stands a line lower");
        assert_eq!(of(text, &BuildOptions::default()), of(&format!("\n{text}"), &BuildOptions::default()), "readers see no difference");
        assert_eq!(of("A.", &BuildOptions::default()), of("A.", &MARKING()), "nothing is wrong");
    }
}
