//! Writes a citation where it stands: a hole for what the style makes of it, or the number of its note.
//!
//! What it becomes depends on the whole page: letters behind years, numbers, what was cited before. It must not know how a style sets it.

use std::ops::Range;

use super::arguments::Argued;
use crate::page::body::renderer::Renderer;
use crate::page::body::{CiteMark, CiteSpot, HolePart};
use crate::references::{Cite, Cluster, Item, Name, Narration, Spot};
use crate::typography::primary;

/// A cluster that has been written.
#[derive(Debug)]
pub struct Written {
    pub cluster: Cluster,
    /// The first of its sources in `Collected::cites`.
    pub first: usize,
    /// The note of the author's in whose text it stands, by its place among the notes.
    pub within: Option<usize>,
}

/// The punctuation before which no number of a note stands.
const BEFORE_NOTE: [char; 6] = ['.', ',', ';', ':', '!', '?'];
/// The languages in which the number stands before punctuation.
const NOTE_FIRST: [&str; 3] = ["es", "fr", "it"];

impl Renderer<'_> {
    /// Writes a cluster of the text, behind which `rest` stands from the byte `end` on; returns how much of that it has written as well.
    pub fn cite(&mut self, number: usize, rest: &str, end: usize) -> usize {
        let (narration, cites, marks) = self.citations.take(number);
        let gone = match narration {
            Narration::Sentence => {
                let entry = cites.first().and_then(|cite| self.input.register.get(&cite.key));
                let names = entry.map(|entry| spoken_names(&entry.item, &self.input.lang)).unwrap_or_default();
                self.collected.prose.push(before_stop(&names, rest));
                None
            }
            Narration::Apart | Narration::ListOnly => self.collected.prose.close_up(rest),
        };
        for mark in self.collected.cites.len()..self.collected.cites.len() + cites.len() {
            self.collected.prose.cite(mark as u32);
        }
        let (spot, sentence) = (self.citations.spot, "");
        let Some(cluster) = self.cluster(narration, cites, marks, spot, sentence) else { return 0 };
        let length = self.length_before_note(rest);
        if length > 0 {
            gone.iter().for_each(|sign| self.out.take_back(*sign));
            self.plain_text(&rest[..length], end..end + length);
        }
        self.structure.notes.cite(cluster, self.words, &mut self.out.html);
        length
    }

    /// Writes a cluster of an argument where a template has put it, before `rest`; returns how much of that it has written as well.
    pub fn cite_argued(&mut self, number: usize, rest: &str) -> usize {
        let Some(Argued { narration, cites, marks, sentence }) = self.calls.cited.get(number) else { return 0 };
        let (narration, cites, marks, sentence) = (*narration, cites.clone(), marks.clone(), sentence.clone());
        let Some(cluster) = self.cluster(narration, cites, marks, self.citations.spot, &sentence) else { return 0 };
        let length = self.length_before_note(rest);
        self.out.push(&rest[..length]);
        self.structure.notes.cite(cluster, self.words, &mut self.out.html);
        length
    }

    /// Keeps a cluster and leaves a hole for it; or returns its number, if it makes a note, which is still to be written.
    fn cluster(
        &mut self,
        narration: Narration,
        cites: Vec<Cite>,
        marks: Vec<Range<usize>>,
        spot: CiteSpot,
        sentence: &str,
    ) -> Option<usize> {
        let within = self.open.outside.last().map(|(_, label, _)| self.structure.notes.place(label));
        let makes_note = within.is_none() && self.input.is_note_style();
        let spot = if within.is_some() { CiteSpot::Note } else { spot };
        let heading = if self.open.heading_text.is_some() { Some(self.structure.headings.len() as u32) } else { self.structure.heading() };
        let first = self.collected.cites.len();
        for (cite, mark) in cites.iter().zip(marks) {
            let span = self.source.span(mark);
            let key = cite.key.clone();
            self.collected.cites.push(CiteMark { key, locator: "".into(), spot, heading, sentence: sentence.into(), span });
        }
        let cluster = self.collected.clusters.len();
        self.collected.clusters.push(Written { cluster: Cluster { cites, narration, spot: Spot::default() }, first, within });
        if !makes_note {
            self.out.hole(cluster as u32, HolePart::Citation);
            return None;
        }
        if narration == Narration::Sentence {
            self.out.hole(cluster as u32, HolePart::Names);
        } else {
            self.out.close_up();
        }
        Some(cluster)
    }

    /// How long the punctuation is behind which the number of a note stands.
    fn length_before_note(&self, rest: &str) -> usize {
        let sign = rest.chars().next().filter(|sign| BEFORE_NOTE.contains(sign) && !NOTE_FIRST.contains(&primary(&self.input.lang)));
        if rest.starts_with("..") { 0 } else { sign.map_or(0, char::len_utf8) }
    }
}

/// Names that stand before a text, without the full stop of an abbreviation where the text has one.
pub fn before_stop<'n>(names: &'n str, behind: &str) -> &'n str {
    let is_stop = behind.starts_with('.') && !behind.starts_with("..");
    names.strip_suffix('.').filter(|_| is_stop).unwrap_or(names)
}

/// Whom a source is by in plain text, which is read before the style has set it.
pub fn spoken_names(item: &Item, lang: &str) -> String {
    let by = ["author", "editor", "translator"].iter().map(|variable| item.names(variable)).find(|names| !names.is_empty());
    let name = |name: &Name| match name {
        Name::Person { family, particle, .. } => format!("{particle} {family}").trim().to_string(),
        Name::Body(body) => body.to_string(),
    };
    let and = match primary(lang) {
        "fr" => "et",
        "de" => "und",
        "es" => "y",
        "it" => "e",
        "nl" => "en",
        "pt" => "e",
        "pl" => "i",
        "uk" => "та",
        "ar" => "و",
        _ => "and",
    };
    match by {
        None => item.text("title").unwrap_or_default(),
        Some([one]) => name(one),
        Some([one, other]) => format!("{} {and} {}", name(one), name(other)),
        Some(names) => format!("{} et al.", names.first().map(name).unwrap_or_default()),
    }
}
