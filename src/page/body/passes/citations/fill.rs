//! Writes what a style makes of the citations of a page into the places that were left for them, when all of the page has been read.
//!
//! It must not know Markdown.

use std::borrow::Cow;

use super::said::{place_in_front, place_of};
use super::tell::unknown;
use super::write::{Written, before_stop};
use crate::diagnostic::{Diagnostic, Place};
use crate::fingerprint::Lookup;
use crate::html::escape;
use crate::page::body::buffer::HtmlBuffer;
use crate::page::body::passes::notes::Notes;
use crate::page::body::renderer::Renderer;
use crate::page::body::{CiteMark, CiteSpot, Hole, HolePart, SourceEntry, Way};
use crate::references::inline::{parted, plain, write_html};
use crate::references::key::keys_in;
use crate::references::{Authors, Cite, Cited, Cluster, Inline, Narration, SetCluster, SetEntry, Spot, Typeset};
use crate::url::encode;

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
    let mut cluster = |place: &Reading| cluster(&mut page.collected.clusters[place.cluster], *place);
    let clusters: Vec<Cluster> = read.iter().map(&mut cluster).chain(listed).collect();
    let set = page.input.cite(&cited(page, &clusters), &clusters);
    tell(page, &set);
    let filling = Filling::new(page, &read, &clusters, &set);
    parts.iter_mut().for_each(|part| filling.fill(part));
    let sources = set.list.iter().map(|entry| filling.entry(entry)).collect();
    keep_shown(page, &read, set);
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

/// A cluster for the style, which nobody else needs any more.
fn cluster(written: &mut Written, place: Reading) -> Cluster {
    let note = place.note as u32;
    let spot = match (place.is_text, place.is_whole) {
        (true, _) => Spot::Text(note),
        (_, true) => Spot::WholeNote(note),
        _ => Spot::Note(note),
    };
    Cluster { cites: std::mem::take(&mut written.cluster.cites), narration: written.cluster.narration, spot }
}

/// The sources of clusters, each once, in the order in which they are cited.
fn cited(page: &Renderer, clusters: &[Cluster]) -> Vec<Cited> {
    let mut seen = std::collections::HashSet::new();
    let keys = clusters.iter().flat_map(|cluster| &cluster.cites).map(|cite| &*cite.key).filter(|key| seen.insert(*key));
    let entries = keys.filter_map(|key| page.input.register.get(key));
    entries.map(|entry| Cited { item: entry.item.clone(), print: entry.print }).collect()
}

/// Tells of works that look alike, and of those that the style leaves out.
fn tell(page: &mut Renderer, set: &Typeset) {
    let style = page.input.style_name();
    for (one, other) in &set.alike {
        let message = format!("`{one}` and `{other}` look alike where they are cited: no rule of the style `{style}` can tell them apart");
        let problem =
            Diagnostic::warning("alike-citations", message).hint("give one of them another date, or a short title, in the register");
        tell_at_mark(page, problem, one, Some(other));
    }
    for key in &set.left_out {
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
fn keep_shown(page: &mut Renderer, read: &[Reading], set: Typeset) {
    let mut is_shown = vec![false; page.collected.cites.len()];
    for (place, cluster) in read.iter().zip(set.clusters) {
        let first = page.collected.clusters[place.cluster].first;
        for (at, locator) in (first..).zip(cluster.locators) {
            is_shown[at] = true;
            page.collected.cites[at].locator = locator;
        }
    }
    let mut is_shown = is_shown.into_iter();
    page.collected.cites.retain(|_| is_shown.next().unwrap_or(true));
    let listed = set.list.into_iter().map(|entry| entry.key);
    let missing: Vec<Box<str>> = listed.filter(|key| !page.collected.cites.iter().any(|mark| mark.key == *key)).collect();
    let input = page.input;
    page.collected.cites.extend(missing.into_iter().map(|key| {
        let place = place_in_front(input, &key);
        let span = place.start as u32..place.end as u32;
        CiteMark { key, locator: Box::default(), spot: CiteSpot::ListOnly, heading: None, sentence: Box::default(), span }
    }));
}

/// What the places are filled with.
struct Filling<'r> {
    /// By the number of a cluster the place of what it became; of those in notes that are not shown there is none.
    places: Vec<Option<usize>>,
    /// In the order of reading: what clusters became, what they cite, and where a way back leads.
    clusters: &'r [SetCluster],
    cites: &'r [Cluster],
    ways: Vec<Way>,
    /// The keys that the list has.
    listed: Lookup<&'r str, ()>,
    back: &'static str,
}

impl<'r> Filling<'r> {
    fn new(page: &Renderer, read: &[Reading], cites: &'r [Cluster], set: &'r Typeset) -> Filling<'r> {
        let mut places = vec![None; page.collected.clusters.len()];
        read.iter().enumerate().for_each(|(at, place)| places[place.cluster] = Some(at));
        let is_note = page.input.is_note_style();
        let way = |(number, place): (u32, &Reading)| match place.is_text && is_note {
            true => Way::Note(place.note as u32),
            false => Way::Cite(number),
        };
        Filling {
            places,
            clusters: &set.clusters,
            cites,
            ways: (1..).zip(read).map(way).collect(),
            listed: set.list.iter().map(|entry| (&*entry.key, ())).collect(),
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
            let is_cited = matches!(hole.part, HolePart::Citation | HolePart::Names);
            let place = self.places.get(hole.link as usize).copied().flatten().filter(|_| is_cited);
            let behind = &part.html[from..holes.peek().map_or(part.html.len(), |next| next.at as usize)];
            match (hole.part, place) {
                (HolePart::Citation, Some(at)) => {
                    self.write(at, &mut filled);
                    from += stop_behind(|| self.clusters[at].text.ends_in_stop(), behind);
                }
                (HolePart::Names, Some(at)) => {
                    let names = &self.clusters[at].names;
                    self.html(names, &mut filled.html);
                    from += stop_behind(|| plain(names).ends_with('.'), behind);
                }
                (HolePart::Citation | HolePart::Names, None) => {}
                (part, _) => filled.hole(hole.link, part),
            }
        }
        filled.push(&part.html[from..]);
        *part = filled;
    }

    /// Writes a citation.
    fn write(&self, at: usize, out: &mut HtmlBuffer) {
        let SetCluster { names, text, .. } = &self.clusters[at];
        if text.is_raised() && names.is_empty() {
            out.close_up();
        }
        let (way, html) = (self.ways[at], &mut out.html);
        html.push_str("<span class=\"citation\"");
        let is_in_text = matches!(way, Way::Cite(_));
        if is_in_text {
            html.push_str(" id=\"");
            way.write_id(html);
            html.push('"');
        }
        html.push_str(" data-cites=\"");
        for (place, cite) in self.cites[at].cites.iter().enumerate() {
            html.push_str(if place > 0 { " " } else { "" });
            escape(&without_blanks(&cite.key), html);
        }
        html.push_str("\">");
        if is_in_text && !names.is_empty() {
            self.html(names, html);
            html.push_str(if text.is_empty() { "" } else { " " });
        }
        text.write_html(&self.cites[at].cites[0].key, &|key, html| self.lead(key, html), html);
        html.push_str("</span>");
    }

    /// Pieces as HTML, in which what stands for a source leads to its entry in the list.
    fn html(&self, pieces: &[Inline], html: &mut String) {
        if !pieces.is_empty() {
            write_html(&parted(pieces), &|key, html| self.lead(key, html), html);
        }
    }

    /// Writes the beginning of what leads to the entry of a source, if the list has one.
    fn lead(&self, key: &str, html: &mut String) -> bool {
        let is_listed = self.listed.contains_key(key);
        if is_listed {
            html.push_str("<a href=\"#ref-");
            escape(&encode(&without_blanks(key)), html);
            // Defuddle 0.19 takes what has the role `doc-biblioref` for the mark of a note, and drops its words.
            html.push_str("\" class=\"biblioref\">");
        }
        is_listed
    }

    /// An entry of the list, with the ways back to where it is cited.
    fn entry(&self, entry: &SetEntry) -> SourceEntry {
        let mut label = String::new();
        self.html(&entry.label, &mut label);
        let is_citing = |(_, cluster): &(&Way, &Cluster)| cluster.cites.iter().any(|cite| cite.key == entry.key);
        let ways = self.ways.iter().zip(self.cites).filter(is_citing).map(|(way, _)| *way).collect();
        SourceEntry { key: entry.key.clone(), label: label.into(), text: entry.html.clone(), ways, back: self.back }
    }
}

/// How much of what follows is a full stop, where what was shown ends in one that ends the sentence as well: "says Reed et al.".
fn stop_behind(ends_in_stop: impl FnOnce() -> bool, behind: &str) -> usize {
    usize::from(before_stop(".", behind).is_empty() && ends_in_stop())
}

/// The id of the entry of a source in the list.
pub fn entry_id(key: &str) -> String {
    ["ref-", &without_blanks(key)].concat()
}

/// A key as ids have it.
fn without_blanks(key: &str) -> Cow<'_, str> {
    match key.contains(char::is_whitespace) {
        true => Cow::Owned(key.replace(char::is_whitespace, "_")),
        false => Cow::Borrowed(key),
    }
}
