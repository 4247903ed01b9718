//! Straight quotation marks, hyphens and dots in a row, as the language of the page prints them.
//!
//! It must not know what each language wants; that is in `typography`.

use super::{Spot, Taken, TextPass};
use crate::page::body::prepass::within;
use crate::page::body::renderer::Renderer;
use crate::typography::dash;

/// Looks at quotation marks.
pub const QUOTES: TextPass = TextPass { bytes: b"\"'", look: quote };
/// Looks at hyphens.
pub const DASHES: TextPass = TextPass { bytes: b"-", look: hyphens };
/// Looks at dots.
pub const ELLIPSES: TextPass = TextPass { bytes: b".", look: dots };

/// Whether punctuation is changed here: not in a tag of another tool, which is shown as it was typed.
fn is_set(page: &Renderer, spot: &Spot) -> bool {
    page.markdown().smart_punctuation && within(page.foreign, spot.start + spot.at).is_none()
}

fn quote(page: &mut Renderer, spot: &Spot) -> Taken {
    if !is_set(page, spot) {
        return Taken::Nothing;
    }
    let Spot { text, at, .. } = *spot;
    let before = text[spot.written..at].chars().next_back().or_else(|| page.collected.prose.text.chars().next_back());
    // At the end of the text the source tells what follows: `"*word*"` opens before a word.
    let rest = &text[at + 1..];
    // Three dots begin a quotation as often as a word does; one ends a sentence.
    let after = if rest.starts_with("...") { Some('…') } else { rest.chars().next() };
    let after = after.or_else(|| page.source.text.get(spot.start + text.len()..)?.chars().next());
    let is_double = text.as_bytes()[at] == b'"';
    let mark = if is_double { page.quotes.double(before, after) } else { page.quotes.single(before, after, &mut page.open.in_single) };
    Taken::Replaced(1, mark)
}

fn hyphens(page: &mut Renderer, spot: &Spot) -> Taken {
    if !is_set(page, spot) {
        return Taken::Nothing;
    }
    let hyphens = spot.text.as_bytes()[spot.at..].iter().take_while(|byte| **byte == b'-').count();
    dash(hyphens).map_or(Taken::Plain(hyphens), |dash| Taken::Replaced(hyphens, dash))
}

fn dots(page: &mut Renderer, spot: &Spot) -> Taken {
    let is_one = spot.text.as_bytes()[spot.at..].starts_with(b"...") && is_set(page, spot);
    if is_one { Taken::Replaced(3, "…") } else { Taken::Nothing }
}
