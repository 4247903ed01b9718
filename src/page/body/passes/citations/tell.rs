//! What is told of citations that are wrong, of what looks like one, and of those that stand where none can.
//!
//! It must not know how a text is read.

use std::borrow::Cow;
use std::ops::Range;

use super::flat::{Flat, SIGNS};
use super::syntax::{self, Found, Odd, Part, Piece, Slip};
use crate::diagnostic::{Diagnostic, Place, nearest};
use crate::page::body::renderer::Renderer;
use crate::references::Narration;

/// The problem with the nearest key as what is meant.
pub fn unknown(page: &Renderer, key: &str) -> Diagnostic {
    let problem = Diagnostic::error("unknown-source", format!("no source has the key `{key}`"));
    let keys = page.input.register.entries().iter().map(|entry| &*entry.item.key);
    match nearest(key, keys) {
        // A key with a blank in it is written in braces.
        Some(near) if near.contains(char::is_whitespace) => problem.hint(format!("did you mean `@{{{near}}}`?")),
        Some(near) => problem.hint(format!("did you mean `@{near}`?")),
        None => problem.hint("add the source to a register in `content/_data/`, or write `\\@` if this is no citation"),
    }
}

/// Tells of a key that no source has.
pub fn tell_unknown(page: &mut Renderer, key: &str, place: Range<usize>) {
    // Who has so many is told of some, and the nearest key is not looked for in vain.
    if !page.can_tell() {
        return;
    }
    let problem = unknown(page, key);
    page.problem(problem, place);
}

/// Tells of `@word` in running text only where it is nearly a key: most are names that people have elsewhere.
pub fn tell_nearly_known(page: &mut Renderer, flat: &Flat, range: &Range<usize>) {
    if !page.can_tell() {
        return;
    }
    let written = page.source.original.get(flat.source(range)).unwrap_or_default();
    let key = written.trim_start_matches(['-', '@', '{']).trim_end_matches('}');
    let keys = page.input.register.entries().iter().map(|entry| &*entry.item.key);
    // A key that was meant has a digit, as nearly all have.
    let Some(near) = nearest(key, keys).filter(|_| key.contains(|letter: char| letter.is_ascii_digit())) else { return };
    let message = format!("`@{key}` is shown as it is written: no source has that key");
    let problem =
        Diagnostic::warning("nearly-source", message).hint(format!("did you mean `@{near}`? Write `\\@{key}` if this is no citation"));
    page.problem(problem, flat.source(range));
}

/// Tells, once a page, of what looks like a citation where there is no register.
pub fn tell_no_register(page: &mut Renderer, flat: &Flat, clusters: &[Found]) {
    let looks_so = |part: &Part| part.locator.is_some() || part.key.contains(|letter: char| letter.is_ascii_digit());
    let found = clusters.iter().find(|found| found.parts.len() > 1 || found.parts.iter().any(looks_so));
    let is_told = page.collected.diagnostics.iter().any(|problem| problem.code == "no-register");
    let Some(found) = found.filter(|_| !is_told) else { return };
    let problem = Diagnostic::warning("no-register", "this looks like a citation, and the site has no register of sources");
    let problem = problem.hint("put a `.bib` file, or what Zotero exports, into `content/_data/`; or write `\\@` if this is none");
    page.problem(problem, flat.source(&found.range));
}

pub fn tell_slip(page: &mut Renderer, flat: &Flat, range: &Range<usize>, slip: &Slip) {
    let place = flat.source(range);
    let problem = match slip {
        Slip::Joined(pieces) => {
            let written: String = pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Kept(range) => page.source.original.get(flat.source(range)).unwrap_or_default(),
                    Piece::New(text) => text,
                })
                .collect();
            let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
            Diagnostic::error("joined-sources", "between two sources there must be a `;`").hint(format!("write `{written}`"))
        }
        Slip::Foreign => Diagnostic::error(
            "bad-citation",
            "a note, a picture, HTML, a shortcode, a struck word or a link into the site cannot stand in a citation",
        )
        .hint("put it before or behind the brackets, or write `\\@` if this is no citation"),
        Slip::Nested => {
            Diagnostic::error("bad-citation", "a citation stands within the brackets of another").hint("put one behind the other")
        }
        Slip::TooMany => Diagnostic::error("bad-citation", "more than 1,000 sources stand in one pair of brackets"),
    };
    page.problem(problem, place);
}

/// Whether a destination is a citation that a formatter has taken for the address of a link: `[paragraph 14](@council2025)`.
pub fn swapped<'d>(page: &Renderer, destination: &'d str) -> Option<&'d str> {
    let key = destination.strip_prefix('@').filter(|_| page.input.can_cite())?;
    page.input.register.get(key).map(|_| key)
}

/// Tells of such a link.
pub fn tell_swapped(page: &mut Renderer, key: &str, range: Range<usize>) {
    let written = &page.source.text[range.clone()];
    let words = written.strip_prefix('[').and_then(|rest| rest.split_once("](")).map_or("", |(words, _)| words);
    let problem = Diagnostic::error("swapped-citation", format!("this is a link to `@{key}`, which is a source and no address"));
    let hint =
        format!("a formatter has taken `({words})[@{key}]` for a link with its brackets the wrong way round: write `({words}) [@{key}]`");
    page.problem(problem.hint(hint), range);
}

/// Tells of what can be a citation only by mistake.
pub fn tell_odd(page: &mut Renderer, flat: &Flat, range: &Range<usize>, odd: &Odd) {
    let place = flat.source(range);
    let written = page.source.original.get(place.clone()).unwrap_or_default().trim();
    let (message, hint) = match odd {
        Odd::Unclosed => (
            format!("the bracket before `{written}` is never closed"),
            format!("write `[{written}]`, or `\\[` if it is none of a citation"),
        ),
        Odd::NoteMark => {
            (format!("`[^{written}]` is neither a note nor a citation"), format!("write `[{written}]`, or put the citation into a note"))
        }
        Odd::NoKey => {
            (format!("`{written}` names no source, and is shown as it is written"), "write the key right behind the `@`".to_string())
        }
        Odd::Empty => {
            (format!("nothing stands on one side of a `;` behind or before `{written}`"), "take the `;` away, or add a source".to_string())
        }
    };
    page.problem(Diagnostic::warning("odd-citation", message).hint(hint), place);
}

/// Tells of citations in what holds none: they are shown as they are written. `place` is where to point.
pub fn tell_raw(page: &mut Renderer, words: &str, place: Range<usize>, what: &str) {
    if let Some(problem) = raw(page, words, what) {
        page.problem(problem, place);
    }
}

/// The problem of words that hold citations in brackets where none is set.
pub fn raw(page: &Renderer, words: &str, what: &str) -> Option<Diagnostic> {
    if memchr::memchr(b'@', words.as_bytes()).is_none() || !page.input.can_cite() {
        return None;
    }
    let is_known = |key: &str| page.input.register.get(key).is_some();
    let reading = syntax::read(words, &page.input.lang, is_known);
    let is_meant = |found: &&Found| found.narration == Narration::Apart && found.parts.iter().any(|part| is_known(&part.key));
    let found = reading.clusters.iter().find(is_meant)?;
    let message = format!("`{}` is shown as it is written: {what} holds no citations", &words[found.range.clone()]);
    Some(Diagnostic::warning("raw-citation", message).hint("cite the source in the text beside it, or write `\\@` if this is no citation"))
}

/// A key as its author wrote it, if there are signs of `flat` in it.
pub fn key_of<'p>(page: &Renderer, part: &'p Part, place: &Range<usize>) -> Cow<'p, str> {
    if !part.key.contains(SIGNS) {
        return Cow::Borrowed(&part.key);
    }
    let written = page.source.original.get(place.clone()).unwrap_or_default().trim_start_matches('-').trim_start_matches("@{");
    written.strip_suffix('}').unwrap_or(written).trim().to_string().into()
}

/// Tells of a citation in the title of a page, which stands in lists and in other pages as well.
pub fn tell_raw_title(page: &mut Renderer) {
    let input = page.input;
    let Some(title) = input.front.title.as_deref() else { return };
    if let Some(problem) = raw(page, title, "a title") {
        let text = input.text.get();
        let front = text.get(..input.front.body_start).unwrap_or_default();
        let place = front.find(title).map_or(0..0, |at| at..at + title.len());
        page.collected.diagnostics.push(problem.at(Place::range(&input.path, &text, place)));
    }
}
