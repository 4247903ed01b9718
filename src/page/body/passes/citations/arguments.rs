//! Citations in the arguments of shortcodes: they go through the template as marks, and are set where these come out in running text.
//!
//! In an attribute, a script or a link they leave nothing. It must not know what a shortcode makes.

use std::borrow::Cow;
use std::ops::Range;

use super::find::place;
use super::flat::{Atom, Flat, LITERAL};
use super::syntax;
use super::tell::{tell_odd, tell_raw, tell_slip};
use super::write::{before_stop, spoken_names};
use crate::diagnostic::Diagnostic;
use crate::html::pieces::{Piece, pieces};
use crate::page::body::gap::kept_before;
use crate::page::body::renderer::Renderer;
use crate::page::body::sentence::sentence;
use crate::references::{Cite, Narration};

/// Stand before and after the number of a citation of an argument.
pub const CITE_MARKS: [char; 2] = ['\u{F0004}', '\u{F0005}'];
/// What lies within these holds no citation: links, and what is no running text.
const CLOSED: [&str; 9] = ["a", "script", "style", "svg", "textarea", "title", "button", "option", "code"];

/// A citation of an argument.
#[derive(Debug)]
pub struct Argued {
    pub narration: Narration,
    pub cites: Vec<Cite>,
    /// The place of each key.
    pub marks: Vec<Range<usize>>,
    /// The sentence around it, in plain text.
    pub sentence: Box<str>,
}

impl Renderer<'_> {
    /// A value with marks for its citations; `None` if it has none. It stands somewhere in `range`.
    pub fn with_cite_marks(&mut self, value: &str, range: &Range<usize>) -> Option<String> {
        if memchr::memchr(b'@', value.as_bytes()).is_none() || !self.input.can_cite() {
            return None;
        }
        let Some(start) = self.source.original.get(range.clone()).and_then(|written| written.find(value)) else {
            // With escaped signs or comments in it, no place in it is known.
            tell_raw(self, value, range.clone(), "an argument with `\\` or comments in it");
            return None;
        };
        let flat = letters(value, range.start + start);
        let register = self.input.register.clone();
        let reading = syntax::read(&flat.text, &self.input.lang, |key| register.get(key).is_some());
        reading.slips.iter().for_each(|(range, slip)| tell_slip(self, &flat, range, slip));
        reading.odd.iter().for_each(|(range, odd)| tell_odd(self, &flat, range, odd));
        let (mut marked, mut said, mut from) = (String::with_capacity(value.len()), String::new(), 0);
        let first = self.calls.cited.len();
        let mut places = Vec::new();
        for found in reading.clusters {
            // A key that is all of an argument is a name, which its template knows what to do with.
            let is_name = found.narration == Narration::Sentence && found.range == (0..flat.text.len());
            let range = found.range.clone();
            let Some(placed) = (!is_name).then(|| place(self, &flat, found)).flatten() else { continue };
            let before = flat.text[from..range.start].replace(LITERAL, "@");
            from = range.end;
            marked.push_str(&before);
            said.push_str(&before);
            marked.push(CITE_MARKS[0]);
            marked.push_str(&self.calls.cited.len().to_string());
            marked.push(CITE_MARKS[1]);
            self.say(placed.narration, &placed.cites, &flat.text[from..], &mut said);
            places.push(said.len());
            let (narration, cites, marks) = (placed.narration, placed.cites, placed.marks);
            self.calls.cited.push(Argued { narration, cites, marks, sentence: "".into() });
        }
        let rest = flat.text[from..].replace(LITERAL, "@");
        marked.push_str(&rest);
        said.push_str(&rest);
        for (cited, at) in self.calls.cited[first..].iter_mut().zip(places) {
            cited.sentence = sentence(&said, at, at);
        }
        (marked != value).then_some(marked)
    }

    /// Adds what a citation is in plain text, before `behind`.
    fn say(&self, narration: Narration, cites: &[Cite], behind: &str, said: &mut String) {
        let entry = cites.first().and_then(|cite| self.input.register.get(&cite.key));
        match (narration, entry) {
            (Narration::Sentence, Some(entry)) => said.push_str(before_stop(&spoken_names(&entry.item, &self.input.lang), behind)),
            _ => said.truncate(kept_before(said, behind)),
        }
    }

    /// What a template made, with the marks that stand in running text.
    pub fn with_marks_in_text(&mut self, made: String, range: &Range<usize>) -> String {
        if !made.contains(CITE_MARKS[0]) {
            return made;
        }
        let mut kept = String::with_capacity(made.len());
        let mut closed: u32 = self.open.in_link;
        let starts_in_tag = self.is_in_tag();
        for piece in pieces(&made) {
            let is_closed = |name: &str| CLOSED.iter().any(|tag| tag.eq_ignore_ascii_case(name));
            match piece {
                Piece::Text(range) if closed == 0 && !starts_in_tag => kept.push_str(&made[range]),
                Piece::Text(text) => {
                    if made[text.clone()].contains(CITE_MARKS[0]) && !starts_in_tag {
                        let message = "a citation in an argument comes out within a link, and is not shown";
                        let problem = Diagnostic::warning("raw-citation", message).hint("cite the source in the text beside it");
                        self.problem(problem, range.clone());
                    }
                    kept.push_str(&without_marks(&made[text]));
                }
                Piece::Open(name, range) => {
                    closed += u32::from(is_closed(name) && !made[range.clone()].ends_with("/>"));
                    kept.push_str(&without_marks(&made[range]));
                }
                Piece::Close(name, range) => {
                    closed -= u32::from(is_closed(name) && closed > 0);
                    kept.push_str(&made[range]);
                }
                Piece::Comment(range) | Piece::Other(range) => kept.push_str(&without_marks(&made[range])),
            }
        }
        kept
    }

    /// What a template made as it is read aloud: names for marks in a sentence, nothing for others.
    pub fn spoken_marks<'m>(&self, made: &'m str) -> Cow<'m, str> {
        replaced(made, |number, behind, said| {
            if let Some(cited) = self.calls.cited.get(number) {
                self.say(cited.narration, &cited.cites, behind, said);
            }
        })
    }
}

/// Letters in which `\@` is a sign.
fn letters(value: &str, start: usize) -> Flat {
    let mut flat = Flat::default();
    let mut at = start;
    for (number, piece) in value.split("\\@").enumerate() {
        if number > 0 {
            flat.atom(Atom::Text("@".into()), at..at + 2);
            at += 2;
        }
        if !piece.is_empty() {
            flat.letters(piece, at);
        }
        at += piece.len();
    }
    flat
}

/// A text without its marks, and without the blank before each.
pub fn without_marks(text: &str) -> Cow<'_, str> {
    replaced(text, |_, behind, said| said.truncate(kept_before(said, behind)))
}

/// A text in which `put` writes something for each mark.
fn replaced(text: &str, put: impl Fn(usize, &str, &mut String)) -> Cow<'_, str> {
    if !text.contains(CITE_MARKS[0]) {
        return Cow::Borrowed(text);
    }
    let mut pieces = text.split(CITE_MARKS[0]);
    let mut said = pieces.next().unwrap_or_default().to_string();
    for piece in pieces {
        let (number, behind) = piece.split_once(CITE_MARKS[1]).unwrap_or(("", piece));
        if let Ok(number) = number.parse() {
            put(number, behind, &mut said);
        }
        said.push_str(behind);
    }
    said.into()
}
