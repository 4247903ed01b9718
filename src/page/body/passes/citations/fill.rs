//! Writes what a style makes of the citations of a page into the places that were left for them, when all of the page has been read.
//!
//! It must not know Markdown.

use super::said::{place_in_front, place_of};
use super::tell::unknown;
use super::write::{Written, before_stop};
use crate::diagnostic::{Diagnostic, Place};
use crate::fingerprint::Lookup;
use crate::html::{attribute, escape};
use crate::page::body::buffer::HtmlBuffer;
use crate::page::body::passes::notes::Notes;
use crate::page::body::renderer::Renderer;
use crate::page::body::{CiteMark, CiteSpot, Hole, HolePart, SourceEntry};
use crate::references::inline::{plain, write_html};
use crate::references::key::keys_in;
use crate::references::{Authors, Cite, Cited, Cluster, Entry, Format, Inline, Narration, Rendered, RenderedCluster, Spot};
use crate::url::encode;

/// So many ways back an entry has: the page of a source names all places.
const MOST_BACK: usize = 12;

/// Where clusters stand: in their order, with the number of their note.
pub struct Order {
    /// Of each cluster, by its number; `None` if it stands in a note that is not shown.
    places: Vec<Option<Reading>>,
}

/// Where a cluster is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Reading {
    /// How many clusters stand before it or before the reference to its note.
    behind: usize,
    is_text: bool,
    /// The number of the note in which it stands, or which it makes.
    note: usize,
    cluster: usize,
    /// Whether its note says nothing else.
    is_whole: bool,
}

impl Order {
    /// The order of clusters, once all notes have their numbers.
    pub fn new(clusters: &[Written], notes: &Notes) -> Order {
        let own = notes.of_clusters();
        let place = |(cluster, written): (usize, &Written)| match written.within {
            Some(place) => {
                let (note, behind) = notes.reference(place)?;
                Some(Reading { behind, is_text: false, note, cluster, is_whole: notes.is_only(place, cluster) })
            }
            None => {
                let note = own.get(&(cluster as u32)).copied().unwrap_or(0);
                Some(Reading { behind: cluster, is_text: true, note, cluster, is_whole: false })
            }
        };
        Order { places: clusters.iter().enumerate().map(place).collect() }
    }
}

/// Fills the places of all citations in `parts`, which are the text with its notes and then the lines of front matter; returns the list of sources.
pub fn fill(page: &mut Renderer, order: &Order, parts: &mut [&mut HtmlBuffer]) -> Box<[SourceEntry]> {
    let listed = listed(page);
    if page.collected.clusters.is_empty() && listed.is_none() {
        return Box::default();
    }
    let is_citation = |hole: &&Hole| hole.part == HolePart::Citation;
    let shown = parts.iter().flat_map(|part| part.holes.iter().filter(is_citation)).map(|hole| hole.link as usize);
    let mut read: Vec<Reading> = shown.filter_map(|cluster| order.places.get(cluster).copied().flatten()).collect();
    read.sort_unstable();
    read.dedup();
    let clusters: Vec<Cluster> = read.iter().map(|place| cluster(&page.collected.clusters[place.cluster], *place)).chain(listed).collect();
    let rendered = page.input.cite(&cited(page, &clusters), &clusters);
    tell(page, &rendered);
    let filling = Filling::new(page, &read, &rendered);
    parts.iter_mut().for_each(|part| filling.fill(part));
    let sources = rendered.list.iter().map(|entry| filling.entry(entry)).collect();
    keep_shown(page, &read, &rendered);
    sources
}

/// What `nocite` and the summary add to the list.
fn listed(page: &mut Renderer) -> Option<Cluster> {
    let input = page.input;
    let mut keys = std::mem::take(&mut page.collected.listed);
    for key in input.front.nocite.iter().flat_map(|text| keys_in(text)).filter(|_| input.can_cite()) {
        match (key, input.register.get(key)) {
            ("*", _) => keys.extend(input.register.entries().iter().map(|entry| entry.item.key.clone())),
            (_, Some(entry)) => keys.push(entry.item.key.clone()),
            (_, None) => {
                let problem = unknown(page, key).at(place_of(input, key));
                page.collected.diagnostics.push(problem);
            }
        }
    }
    let cite = |key: Box<str>| Cite { key, prefix: Vec::new(), suffix: Vec::new(), locator: None, authors: Authors::Shown };
    (!keys.is_empty()).then(|| Cluster {
        cites: keys.into_iter().map(cite).collect(),
        narration: Narration::ListOnly,
        spot: Spot::default(),
    })
}

/// A cluster for the style.
fn cluster(written: &Written, place: Reading) -> Cluster {
    let note = place.note as u32;
    let spot = match (place.is_text, place.is_whole) {
        (true, _) => Spot::Text(note),
        (_, true) => Spot::WholeNote(note),
        _ => Spot::Note(note),
    };
    Cluster { cites: written.cluster.cites.clone(), narration: written.cluster.narration, spot }
}

/// The sources of clusters, each once, in the order in which they are cited.
fn cited(page: &Renderer, clusters: &[Cluster]) -> Vec<Cited> {
    let mut seen = std::collections::HashSet::new();
    let keys = clusters.iter().flat_map(|cluster| &cluster.cites).map(|cite| &*cite.key).filter(|key| seen.insert(*key));
    let entries = keys.filter_map(|key| page.input.register.get(key));
    entries.map(|entry| Cited { item: entry.item.clone(), print: entry.print }).collect()
}

/// Tells of works that look alike, and of those that the style leaves out.
fn tell(page: &mut Renderer, rendered: &Rendered) {
    let style = page.input.style_name();
    for (one, other) in &rendered.alike {
        let message = format!("`{one}` and `{other}` look alike where they are cited: no rule of the style `{style}` can tell them apart");
        let problem =
            Diagnostic::warning("alike-citations", message).hint("give one of them another date, or a short title, in the register");
        tell_at_mark(page, problem, one, Some(other));
    }
    for key in &rendered.left_out {
        let message = format!("the style `{style}` shows nothing of `{key}`");
        let problem = Diagnostic::warning("left-out-source", message)
            .hint("give the source a title and a type that the style knows, or cite it in words");
        tell_at_mark(page, problem, key, None);
    }
}

fn tell_at_mark(page: &mut Renderer, problem: Diagnostic, key: &str, other: Option<&str>) {
    let place = |key: &str| {
        let mark = page.collected.cites.iter().find(|mark| &*mark.key == key)?;
        Some(Place::range(&page.input.path, &page.input.text.get(), mark.span.start as usize..mark.span.end as usize))
    };
    let problem = place(key).map_or_else(|| problem.clone(), |place| problem.clone().at(place));
    let problem = match other.and_then(place) {
        Some(place) => problem.also(place, "the other is cited here"),
        None => problem,
    };
    page.collected.diagnostics.push(problem);
}

/// Leaves out the marks of what is not shown, and gives the others their locators.
fn keep_shown(page: &mut Renderer, read: &[Reading], rendered: &Rendered) {
    let mut is_shown = vec![false; page.collected.cites.len()];
    for (place, cluster) in read.iter().zip(&rendered.clusters) {
        let Written { first, cluster: written, .. } = &page.collected.clusters[place.cluster];
        for (at, shown) in is_shown.iter_mut().skip(*first).take(written.cites.len()).enumerate() {
            *shown = true;
            let locator = cluster.locators.get(at).cloned().unwrap_or_default();
            page.collected.cites[first + at].locator = locator;
        }
    }
    let mut is_shown = is_shown.into_iter();
    page.collected.cites.retain(|_| is_shown.next().unwrap_or(true));
    let listed = rendered.list.iter().map(|entry| &entry.key);
    let missing: Vec<Box<str>> = listed.filter(|key| !page.collected.cites.iter().any(|mark| mark.key == **key)).cloned().collect();
    let input = page.input;
    page.collected.cites.extend(missing.into_iter().map(|key| {
        let place = place_in_front(input, &key);
        let span = place.start as u32..place.end as u32;
        CiteMark { key, locator: Box::default(), spot: CiteSpot::ListOnly, heading: None, sentence: Box::default(), span }
    }));
}

/// What the places are filled with.
struct Filling<'r> {
    /// By the number of a cluster: what it became, and its sources.
    clusters: Lookup<usize, (&'r RenderedCluster, usize)>,
    keys: Vec<Vec<Box<str>>>,
    /// The keys that the list has.
    listed: std::collections::HashSet<&'r str>,
    /// For each cluster in the order of reading, where a way back leads.
    ids: Vec<String>,
    back: &'static str,
}

impl<'r> Filling<'r> {
    fn new(page: &Renderer, read: &[Reading], rendered: &'r Rendered) -> Filling<'r> {
        let clusters = read.iter().zip(&rendered.clusters).enumerate().map(|(at, (place, cluster))| (place.cluster, (cluster, at)));
        let keys =
            read.iter().map(|place| page.collected.clusters[place.cluster].cluster.cites.iter().map(|cite| cite.key.clone()).collect());
        let is_note = page.input.is_note_style();
        let id = |(at, place): (usize, &Reading)| match place.is_text && is_note {
            true => format!("fnref-{}", place.note),
            false => format!("cite-{}", at + 1),
        };
        Filling {
            clusters: clusters.collect(),
            keys: keys.collect(),
            listed: rendered.list.iter().map(|entry| &*entry.key).collect(),
            ids: read.iter().enumerate().map(id).collect(),
            back: page.words.back,
        }
    }

    /// Fills the places in a part.
    fn fill(&self, part: &mut HtmlBuffer) {
        if !part.holes.iter().any(|hole| matches!(hole.part, HolePart::Citation | HolePart::Names)) {
            return;
        }
        let mut filled = HtmlBuffer::with_capacity(part.html.len() + 200 * part.holes.len());
        let mut from = 0;
        let mut holes = part.holes.iter().peekable();
        while let Some(hole) = holes.next() {
            filled.push(&part.html[from..hole.at as usize]);
            from = hole.at as usize;
            let cluster = self.clusters.get(&(hole.link as usize));
            let behind = &part.html[from..holes.peek().map_or(part.html.len(), |next| next.at as usize)];
            match (hole.part, cluster) {
                (HolePart::Citation, Some((cluster, at))) => {
                    self.write(cluster, *at, &mut filled);
                    from += stop_behind(&cluster.text, behind);
                }
                (HolePart::Names, Some((cluster, _))) => {
                    self.html(&cluster.names, &mut filled.html);
                    from += stop_behind(&cluster.names, behind);
                }
                (HolePart::Citation | HolePart::Names, None) => {}
                (part, _) => filled.hole(hole.link, part),
            }
        }
        filled.push(&part.html[from..]);
        *part = filled;
    }

    /// Writes a citation.
    fn write(&self, cluster: &RenderedCluster, at: usize, out: &mut HtmlBuffer) {
        let is_raised = matches!(cluster.text.first(), Some(Inline::Span(Format::Superscript, _))) && cluster.names.is_empty();
        if is_raised {
            out.close_up();
        }
        let id = &self.ids[at];
        let html = &mut out.html;
        html.push_str("<span class=\"citation\"");
        if id.starts_with("cite") {
            attribute("id", id, html);
        }
        let keys: Vec<String> = self.keys[at].iter().map(|key| key.replace(char::is_whitespace, "_")).collect();
        attribute("data-cites", &keys.join(" "), html);
        html.push('>');
        if id.starts_with("cite") && !cluster.names.is_empty() {
            self.html(&cluster.names, html);
            html.push_str(if cluster.text.is_empty() { "" } else { " " });
        }
        self.html(&cluster.text, html);
        html.push_str("</span>");
    }

    /// Pieces as HTML, in which what stands for a source leads to its entry in the list.
    fn html(&self, pieces: &[Inline], html: &mut String) {
        let source = |key: &str, html: &mut String| {
            let is_listed = self.listed.contains(key);
            if is_listed {
                html.push_str("<a");
                attribute("href", &format!("#{}", encode(&entry_id(key))), html);
                // Defuddle 0.19 takes what has the role `doc-biblioref` for the mark of a note, and drops its words.
                html.push_str(" class=\"biblioref\">");
            }
            is_listed
        };
        write_html(&parted(pieces), &source, html);
    }

    /// An entry of the list, with the ways back to where it is cited.
    fn entry(&self, entry: &Entry) -> SourceEntry {
        let (mut label, mut html) = (String::new(), String::new());
        self.html(&entry.label, &mut label);
        self.html(&entry.content, &mut html);
        let citing: Vec<&String> =
            self.ids.iter().zip(&self.keys).filter(|(_, keys)| keys.contains(&entry.key)).map(|(id, _)| id).collect();
        for (at, id) in citing.iter().take(MOST_BACK).enumerate() {
            html.push_str(" <a href=\"#");
            html.push_str(id);
            html.push_str("\" role=\"doc-backlink\" aria-label=\"");
            escape(self.back, &mut html);
            // The names of links that lead elsewhere differ.
            let number = id.trim_start_matches(|letter: char| !letter.is_ascii_digit());
            let back = at + 1;
            html.push_str(&match citing.len() {
                1 => format!(" {number}\">↩\u{FE0E}</a>"),
                _ => format!(" {number}-{back}\">↩\u{FE0E}<sup>{back}</sup></a>"),
            });
        }
        SourceEntry { key: entry.key.clone(), label: label.into(), html: html.into() }
    }
}

/// How much of what follows is a full stop, where what was shown ends in one that ends the sentence as well: "says Reed et al.".
fn stop_behind(shown: &[Inline], behind: &str) -> usize {
    let shown = plain(shown);
    shown.len() - before_stop(&shown, behind).len()
}

/// The id of the entry of a source in the list.
pub fn entry_id(key: &str) -> String {
    format!("ref-{}", key.replace(char::is_whitespace, "_"))
}

/// Pieces in which no link stands in another.
fn parted(pieces: &[Inline]) -> Vec<Inline> {
    let part = |piece: &Inline| match piece {
        Inline::Source(_, inside) if has_link(inside) => parted(inside),
        Inline::Span(format, inside) => vec![Inline::Span(*format, parted(inside))],
        other => vec![other.clone()],
    };
    pieces.iter().flat_map(part).collect()
}

fn has_link(pieces: &[Inline]) -> bool {
    pieces.iter().any(|piece| match piece {
        Inline::Text(_) => false,
        Inline::Span(_, inside) => has_link(inside),
        Inline::Link(..) | Inline::Source(..) => true,
    })
}
