//! Attributes that authors write: ids, which each page gives once, and what stands in braces behind a heading.
//!
//! It must not know which ids headings get by themselves.

use std::ops::Range;

use pulldown_cmark::CowStr;

use super::ids::{Holder, is_notes};
use super::raw::{Mark, Put};
use super::renderer::Renderer;
use crate::diagnostic::Diagnostic;
use crate::html::attribute;
use crate::html::attributes::{self as html, Attribute};
use crate::url::composed;

/// Names and values, as the parser gives them.
pub type Attributes<'a> = [(CowStr<'a>, Option<CowStr<'a>>)];

impl Renderer<'_> {
    /// The id that an author gave a heading at `range`; another one if it is taken.
    pub fn heading_id(&mut self, id: &str, range: &Range<usize>) -> String {
        let id = composed(id);
        match self.claim(&id, range.clone()) {
            None => id.into_owned(),
            Some(problem) => {
                self.problem(problem, self.source.trimmed(range));
                self.structure.ids.free(id.into_owned(), range.clone())
            }
        }
    }

    /// What is put in the place of an id in `html`, which stands at `range`, if it is not written as it is. One that is taken is left out: a link
    /// leads to one place.
    pub fn raw_id(&mut self, html: &str, found: &Attribute, range: Range<usize>) -> Option<Mark> {
        let written = html::unescape(found.value);
        let id = composed(&written);
        // `<a id="x" name="x">` says it twice.
        let is_said = || {
            found.name.eq_ignore_ascii_case("name") && html::value_of(html, found.start, "id").is_some_and(|other| composed(&other) == id)
        };
        if id.is_empty() || is_said() {
            return None;
        }
        if let Some(problem) = self.claim(&id, range.clone()) {
            self.problem(problem.hint("it is left out here; give one of them an id of its own"), range);
            return Some(Mark { at: found.whole.start, length: found.whole.len(), put: Put::Text(String::new()) });
        }
        self.structure.anchors.push(id.as_ref().into());
        (id != written).then(|| Mark { at: found.range.start, length: found.range.len(), put: Put::Text(id.to_string()) })
    }

    /// Takes an id for the place at `range`, or says why it cannot be had.
    pub fn claim(&mut self, id: &str, range: Range<usize>) -> Option<Diagnostic> {
        if is_notes(id) && (self.source.text.contains("[^") || !self.input.front.cites.is_empty()) {
            return Some(Diagnostic::warning("duplicate-id", format!("the id `{id}` is one of the notes or citations of this page")));
        }
        self.structure.ids.claim(id, range).err().map(|holder| match holder {
            Holder::Frame => Diagnostic::warning("duplicate-id", format!("the id `{id}` belongs to the frame of every page")),
            Holder::Place(first) if first.is_empty() => {
                Diagnostic::warning("duplicate-id", format!("the id `{id}` is that of a source in the list below the text"))
            }
            Holder::Place(first) => {
                let place = self.place(first);
                let problem = Diagnostic::warning("duplicate-id", format!("the id `{id}` is taken by an earlier place of this page"));
                problem.also(place, "it is given here first")
            }
        })
    }
}

/// What stands in the braces behind a heading besides its id, as attributes of a tag. Only classes are left where HTML is not let through.
pub fn of_heading(classes: &[CowStr], attributes: &Attributes, unsafe_html: bool) -> String {
    let mut written = String::new();
    if !classes.is_empty() {
        attribute("class", &classes.join(" "), &mut written);
    }
    let mut names: Vec<&str> = vec!["id", "class"];
    let mut rest = attributes.iter().filter(|_| unsafe_html);
    while let Some((name, value)) = rest.next() {
        let mut value = value.as_deref().unwrap_or("").to_string();
        // The parser divides at every space, also between quotes.
        if let Some(quote) = value.chars().next().filter(|quote| matches!(quote, '"' | '\'')) {
            while value.len() < 2 || !value.ends_with(quote) {
                let Some((word, more)) = rest.next() else { break };
                let more = more.as_deref().map(|more| format!("={more}")).unwrap_or_default();
                value = format!("{value} {word}{more}");
            }
            value = value.trim_matches(quote).to_string();
        }
        let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') && !name.is_empty();
        if is_name && !names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            attribute(name, &value, &mut written);
            names.push(name);
        }
    }
    written
}
