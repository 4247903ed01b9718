//! Footnotes: numbered in the order in which the text first refers to them, and set at its end.
//!
//! It must not know how their text is written.

use std::ops::Range;

use pulldown_cmark::CowStr;

use super::{Spot, Taken, TextPass};
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Lookup;
use crate::html::{attribute, escape, number};
use crate::page::body::HolePart;
use crate::page::body::buffer::HtmlBuffer;
use crate::page::body::language::Words;
use crate::page::body::prose::Until;
use crate::page::body::renderer::Renderer;

/// Markdown leaves a reference to a note that is not there as text: `[^x]`.
pub const PASS: TextPass = TextPass { bytes: b"[", look: look_for_undefined };

/// The label of a note has fewer letters.
const LONGEST_LABEL: usize = 100;

/// The notes of one page.
#[derive(Debug, Default)]
pub struct Notes {
    by_label: Lookup<String, usize>,
    notes: Vec<Note>,
    /// Indices in `notes`, by number.
    order: Vec<usize>,
}

#[derive(Debug, Default)]
struct Note {
    label: String,
    /// From 1; 0 until the text refers to it.
    number: usize,
    references: usize,
    text: Option<(HtmlBuffer, Range<usize>)>,
    /// How many clusters of citations stand before the first reference.
    behind: usize,
    /// The cluster that it is the note of.
    cluster: Option<u32>,
}

impl Notes {
    fn at(&mut self, label: &str) -> usize {
        *self.by_label.entry(label.to_lowercase()).or_insert_with(|| {
            self.notes.push(Note { label: label.into(), ..Note::default() });
            self.notes.len() - 1
        })
    }

    /// Writes a reference to the note `label`, behind so many clusters of citations.
    pub fn refer(&mut self, label: &str, behind: usize, words: &Words, html: &mut String) {
        let at = self.at(label);
        self.refer_to(at, behind, words, html);
    }

    /// Writes a reference to a note of its own for a cluster.
    pub fn cite(&mut self, cluster: usize, words: &Words, html: &mut String) {
        self.notes.push(Note { cluster: Some(cluster as u32), ..Note::default() });
        self.refer_to(self.notes.len() - 1, cluster, words, html);
    }

    /// The place of the note `label` among all notes.
    pub fn place(&mut self, label: &str) -> usize {
        self.at(label)
    }

    /// The number of the note at a place, and behind how many clusters the text refers to it; `None` if it does not.
    pub fn reference(&self, place: usize) -> Option<(usize, usize)> {
        self.notes.get(place).filter(|note| note.number > 0).map(|note| (note.number, note.behind))
    }

    /// Whether the note at a place says nothing but a cluster, with or without a full stop.
    pub fn is_only(&self, place: usize, cluster: usize) -> bool {
        let text = self.notes.get(place).and_then(|note| note.text.as_ref());
        text.is_some_and(|(text, _)| {
            matches!(text.html.trim(), "<p></p>" | "<p>.</p>") && text.holes.iter().all(|hole| hole.link as usize == cluster)
        })
    }

    /// By cluster the number of its note.
    pub fn of_clusters(&self) -> Lookup<u32, usize> {
        self.notes.iter().filter_map(|note| Some((note.cluster?, note.number))).collect()
    }

    fn refer_to(&mut self, at: usize, behind: usize, words: &Words, html: &mut String) {
        if self.notes[at].number == 0 {
            self.order.push(at);
            self.notes[at].number = self.order.len();
            self.notes[at].behind = behind;
        }
        let note = &mut self.notes[at];
        note.references += 1;
        html.push_str("<sup id=\"");
        reference_id(note.number, note.references, html);
        html.push_str("\"><a href=\"#");
        note_id(note.number, html);
        html.push_str("\" role=\"doc-noteref\" aria-label=\"");
        escape(words.note, html);
        html.push(' ');
        number(note.number, html);
        html.push_str("\">");
        number(note.number, html);
        html.push_str("</a></sup>");
    }

    /// Where the note `label` has been defined, and how it was written there; `None` if it has no text.
    pub fn defined(&self, label: &str) -> Option<(&str, Range<usize>)> {
        let note = &self.notes[*self.by_label.get(&label.to_lowercase())?];
        note.text.as_ref().map(|(_, range)| (note.label.as_str(), range.clone()))
    }

    /// Keeps the text of the note `label`, defined at `range`; the first definition holds.
    pub fn define(&mut self, label: &str, text: HtmlBuffer, range: Range<usize>) {
        let at = self.at(label);
        self.notes[at].text.get_or_insert((text, range));
    }

    /// Whether there is a note `label`, in small letters, with a text.
    pub fn has(&self, label: &str) -> bool {
        self.by_label.get(label).is_some_and(|at| self.notes[*at].text.is_some())
    }

    /// The labels of notes that nothing refers to, with their places.
    pub fn unused(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        let unused = self.notes.iter().filter(|note| note.number == 0);
        unused.filter_map(|note| Some((note.label.as_str(), note.text.as_ref()?.1.clone())))
    }

    /// The ids of all notes and references in the text.
    pub fn anchors(&self) -> impl Iterator<Item = String> {
        self.order.iter().flat_map(|at| {
            let note = &self.notes[*at];
            (0..=note.references).map(|reference| {
                let mut id = String::new();
                match reference {
                    0 => note_id(note.number, &mut id),
                    reference => reference_id(note.number, reference, &mut id),
                }
                id
            })
        })
    }

    /// Writes all notes that the text refers to.
    pub fn write(mut self, words: &Words, out: &mut HtmlBuffer) {
        if self.order.is_empty() {
            return;
        }
        out.fresh_line();
        out.push("<section class=\"footnotes\" role=\"doc-endnotes\"");
        attribute("aria-label", words.notes, &mut out.html);
        out.push(">\n<ol>\n");
        for at in &self.order {
            let note = &mut self.notes[*at];
            out.push("<li id=\"");
            note_id(note.number, &mut out.html);
            out.push("\">\n");
            if let Some(cluster) = note.cluster {
                out.push("<p>");
                out.hole(cluster, HolePart::Citation);
                ways_back(note, words, &mut out.html);
                out.push("</p>\n</li>\n");
                continue;
            }
            let (mut text, _) = note.text.take().unwrap_or_default();
            // The ways back stand at the end of the last paragraph, not on a line of their own.
            let end = text.html.trim_end().strip_suffix("</p>").map(str::len);
            text.html.truncate(end.unwrap_or(text.html.len()));
            out.append(text);
            if end.is_none() {
                out.push("<p>");
            }
            ways_back(note, words, &mut out.html);
            out.push("</p>\n</li>\n");
        }
        out.push("</ol>\n</section>\n");
    }
}

fn ways_back(note: &Note, words: &Words, html: &mut String) {
    for reference in 1..=note.references {
        html.push_str(" <a href=\"#");
        reference_id(note.number, reference, html);
        html.push_str("\" role=\"doc-backlink\" aria-label=\"");
        escape(words.back, html);
        html.push(' ');
        number(note.number, html);
        if reference > 1 {
            html.push('-');
            number(reference, html);
        }
        // U+FE0E keeps the arrow from becoming a picture.
        html.push_str("\">↩\u{FE0E}");
        if reference > 1 {
            html.push_str("<sup>");
            number(reference, html);
            html.push_str("</sup>");
        }
        html.push_str("</a>");
    }
}

fn note_id(note: usize, html: &mut String) {
    html.push_str("fn-");
    number(note, html);
}

fn reference_id(note: usize, reference: usize, html: &mut String) {
    html.push_str("fnref-");
    number(note, html);
    if reference > 1 {
        html.push('-');
        number(reference, html);
    }
}

impl<'a> Renderer<'a> {
    /// Begins the note that is defined at `range`.
    pub fn open_note(&mut self, label: CowStr<'a>, range: Range<usize>) {
        self.leaf();
        if self.is_defined_again(&label, &range) {
            self.collected.prose.omit(Until::Resumed);
        }
        self.open.outside.push((std::mem::take(&mut self.out), label, range));
    }

    /// Ends the text of a note.
    pub fn close_note(&mut self) {
        self.leaf();
        let Some((outside, label, range)) = self.open.outside.pop() else { return };
        if self.structure.notes.defined(&label).is_some() {
            self.collected.prose.resume();
        }
        let note = std::mem::replace(&mut self.out, outside);
        self.structure.notes.define(&label, note, range);
    }

    /// Tells of a note that has a text already: what stands in this one is not shown.
    fn is_defined_again(&mut self, label: &str, range: &Range<usize>) -> bool {
        let Some((first, place)) = self.structure.notes.defined(label) else { return false };
        let message = match first == label {
            true => format!("the note `{label}` has a text already, so this one is not shown"),
            false => format!("`{label}` and `{first}` are one note, which has a text already, so this one is not shown"),
        };
        let problem = Diagnostic::warning("duplicate-note", message).hint("give one of them a label of its own");
        let place = self.place(self.source.first_line(&place));
        self.problem(problem.also(place, "this is the text that is shown"), self.source.first_line(range));
        true
    }
}

/// Tells of notes that nothing refers to, unless all that is wrong is that what refers to them is escaped.
pub fn tell_unused(page: &mut Renderer) {
    let unused: Vec<(String, Range<usize>)> = page.structure.notes.unused().map(|(label, range)| (label.to_string(), range)).collect();
    for (label, range) in unused.into_iter().filter(|(label, _)| !page.collected.typos.has_escaped_note(label)).collect::<Vec<_>>() {
        let problem = Diagnostic::warning("unused-note", format!("nothing refers to the note `{label}`, so it is not shown"));
        page.problem(problem, page.source.first_line(&range));
    }
}

fn look_for_undefined(page: &mut Renderer, spot: &Spot) -> Taken {
    let Some(rest) = spot.text[spot.at..].strip_prefix("[^") else { return Taken::Nothing };
    let end = rest.char_indices().take(LONGEST_LABEL).find(|(_, letter)| *letter == ']' || letter.is_whitespace());
    if let Some((length @ 1.., ']')) = end
        && page.open.in_link == 0
    {
        let (start, at) = (spot.start + spot.at, spot.at + length + "[^]".len());
        // A reference before a citation.
        if at == spot.text.len() && page.citations.follows_note(&rest[..length], start + length + "[^]".len()) {
            page.plain(&spot.text[spot.written..spot.at]);
            page.structure.notes.refer(&rest[..length], page.collected.clusters.len(), page.words, &mut page.out.html);
            return Taken::Written(at);
        }
        let problem = Diagnostic::warning("undefined-note", format!("there is no note `{}`", &rest[..length]));
        page.problem(problem, start..start + length + 3);
    }
    Taken::Nothing
}
