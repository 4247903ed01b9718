//! Writes a citation where it stands: a hole for what the style makes of it, or the number of its note.
//!
//! What it becomes depends on the whole page: letters behind years, numbers, what was cited before. It must not know how a style sets it.

use crate::page::body::renderer::Renderer;
use crate::page::body::{CiteMark, CiteSpot, HolePart};
use crate::references::{Cluster, Item, Name, Narration, Spot};
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
        let within = self.open.outside.last().map(|(_, label, _)| self.structure.notes.place(label));
        let makes_note = within.is_none() && self.input.is_note_style();
        let had_blank = match narration {
            Narration::Sentence => {
                let names = cites
                    .first()
                    .and_then(|cite| self.input.register.get(&cite.key))
                    .map(|entry| spoken_names(&entry.item, &self.input.lang));
                self.collected.prose.push(&names.unwrap_or_default());
                false
            }
            Narration::Apart | Narration::ListOnly => self.collected.prose.close_up(),
        };
        let spot = if within.is_some() { CiteSpot::Note } else { self.citations.spot };
        let heading = if self.open.heading_text.is_some() { Some(self.structure.headings.len() as u32) } else { self.structure.heading() };
        let first = self.collected.cites.len();
        for (cite, mark) in cites.iter().zip(marks) {
            self.collected.prose.cite(self.collected.cites.len() as u32);
            let span = self.source.span(mark);
            let (locator, sentence) = Default::default();
            self.collected.cites.push(CiteMark { key: cite.key.clone(), locator, spot, heading, sentence, span });
        }
        let cluster = self.collected.clusters.len();
        self.collected.clusters.push(Written { cluster: Cluster { cites, narration, spot: Spot::Text }, first, within });
        if !makes_note {
            self.out.hole(cluster as u32, HolePart::Citation);
            return 0;
        }
        if narration == Narration::Sentence {
            self.out.hole(cluster as u32, HolePart::Names);
        } else if had_blank {
            self.out.close_up();
        }
        let sign = rest.chars().next().filter(|sign| BEFORE_NOTE.contains(sign) && !NOTE_FIRST.contains(&primary(&self.input.lang)));
        let length = if rest.starts_with("..") { 0 } else { sign.map_or(0, char::len_utf8) };
        if length > 0 {
            self.plain_text(&rest[..length], end..end + length);
        }
        self.structure.notes.cite(cluster, self.words, &mut self.out.html);
        length
    }
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
