//! Footnotes: numbered in the order in which the text first refers to them, and set at its end.
//!
//! It must not know Markdown.

use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

use super::language::Words;
use super::out::Out;
use crate::html::attribute;

/// The notes of one page.
#[derive(Debug, Default)]
pub struct Notes {
    by_label: HashMap<String, usize>,
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
    text: Option<(Out, Range<usize>)>,
}

impl Notes {
    fn at(&mut self, label: &str) -> usize {
        *self.by_label.entry(label.to_lowercase()).or_insert_with(|| {
            self.notes.push(Note { label: label.into(), ..Note::default() });
            self.notes.len() - 1
        })
    }

    /// Writes a reference to the note `label`.
    pub fn refer(&mut self, label: &str, words: &Words, html: &mut String) {
        let at = self.at(label);
        if self.notes[at].number == 0 {
            self.order.push(at);
            self.notes[at].number = self.order.len();
        }
        let note = &mut self.notes[at];
        note.references += 1;
        let number = note.number;
        html.push_str("<sup id=\"");
        html.push_str(&reference_id(number, note.references));
        // Writing to a string cannot fail.
        let _ = write!(html, "\"><a href=\"#fn-{number}\" role=\"doc-noteref\"");
        attribute("aria-label", &format!("{} {number}", words.note), html);
        let _ = write!(html, ">{number}</a></sup>");
    }

    /// Where the note `label` has been defined.
    pub fn defined(&self, label: &str) -> Option<(&str, Range<usize>)> {
        let note = &self.notes[*self.by_label.get(&label.to_lowercase())?];
        note.text.as_ref().map(|(_, range)| (note.label.as_str(), range.clone()))
    }

    /// Keeps the text of the note `label`, defined at `range`; the first definition holds.
    pub fn define(&mut self, label: &str, text: Out, range: Range<usize>) {
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
            let references = (1..=note.references).map(|reference| reference_id(note.number, reference));
            std::iter::once(format!("fn-{}", note.number)).chain(references)
        })
    }

    /// Writes all notes that the text refers to.
    pub fn write(mut self, words: &Words, out: &mut Out) {
        if self.order.is_empty() {
            return;
        }
        out.fresh_line();
        out.push("<section class=\"footnotes\" role=\"doc-endnotes\"");
        attribute("aria-label", words.notes, &mut out.html);
        out.push(">\n<ol>\n");
        for at in &self.order {
            let note = &mut self.notes[*at];
            let _ = writeln!(out.html, "<li id=\"fn-{}\">", note.number);
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
        html.push_str(&reference_id(note.number, reference));
        html.push_str("\" role=\"doc-backlink\"");
        let name =
            if reference == 1 { format!("{} {}", words.back, note.number) } else { format!("{} {}-{reference}", words.back, note.number) };
        attribute("aria-label", &name, html);
        // U+FE0E keeps the arrow from becoming a picture.
        html.push_str(">↩\u{FE0E}");
        if reference > 1 {
            let _ = write!(html, "<sup>{reference}</sup>");
        }
        html.push_str("</a>");
    }
}

fn reference_id(number: usize, reference: usize) -> String {
    if reference == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{reference}") }
}
