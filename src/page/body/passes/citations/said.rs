//! The summary that an author wrote, as plain text: what it cites leaves nothing behind in it, and is in the list.
//!
//! It must not know how a style sets a citation.

use std::ops::Range;

use super::syntax;
use super::tell::unknown;
use super::write::{before_stop, spoken_names};
use crate::diagnostic::Place;
use crate::page::body::gap::kept_before;
use crate::page::body::renderer::Renderer;
use crate::page::body::{BodyInput, Summary};
use crate::references::Narration;

/// The summary of the front matter without its citations; `None` if it has none.
pub fn summary(page: &mut Renderer) -> Option<Summary> {
    let input = page.input;
    let written = input.front.summary.as_deref().filter(|summary| summary.contains('@') && input.can_cite())?;
    let reading = syntax::read(written, &input.lang, |key| input.register.get(key).is_some());
    let mut said = String::with_capacity(written.len());
    let mut from = 0;
    for found in &reading.clusters {
        let (known, others): (Vec<_>, Vec<_>) = found.parts.iter().partition(|part| input.register.get(&part.key).is_some());
        for part in others {
            let problem = unknown(page, &part.key).at(place_of(input, &part.key));
            page.collected.diagnostics.push(problem);
        }
        let Some(first) = known.first() else { continue };
        said.push_str(&written[from..found.range.start]);
        let behind = &written[found.range.end..];
        match (found.narration, input.register.get(&first.key)) {
            (Narration::Sentence, Some(entry)) => said.push_str(before_stop(&spoken_names(&entry.item, &input.lang), behind)),
            _ => said.truncate(kept_before(&said, behind)),
        }
        from = found.range.end;
        page.collected.listed.extend(known.into_iter().map(|part| Box::from(part.key.as_str())));
    }
    said.push_str(&written[from..]);
    (from > 0).then(|| Summary::written(said.trim()))
}

/// Where front matter names a key; its beginning, if that comes from elsewhere.
pub fn place_in_front(input: &BodyInput, key: &str) -> Range<usize> {
    let text = input.text.get();
    let front = text.get(..input.front.body_start).unwrap_or_default();
    let found = [format!("@{key}"), format!("@{{{key}}}")].into_iter().find_map(|mark| Some((front.find(&mark)?, mark.len())));
    found.map_or(0..0, |(at, length)| at..at + length)
}

/// The same as a place to be told.
pub fn place_of(input: &BodyInput, key: &str) -> Place {
    Place::range(&input.path, &input.text.get(), place_in_front(input, key))
}
