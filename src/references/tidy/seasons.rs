//! Seasons: the engine prints one with every date that has it, though a style asks for the year alone.

use super::SEASONS;
use super::glyphs::Glyph;
use super::marks::Marks;

/// `Spring/2020` becomes `2020`; elsewhere the season has its word.
pub fn replace(glyphs: &mut Vec<Glyph>, marks: &Marks) {
    if !glyphs.iter().any(|glyph| SEASONS.contains(&glyph.letter)) {
        return;
    }
    let mut replaced = Vec::with_capacity(glyphs.len());
    let mut at = 0;
    while at < glyphs.len() {
        let glyph = glyphs[at];
        let Some(season) = SEASONS.iter().position(|season| *season == glyph.letter) else {
            replaced.push(glyph);
            at += 1;
            continue;
        };
        let is_numeric = glyphs.get(at + 1).is_some_and(|next| matches!(next.letter, '/' | '-' | '.'));
        let is_dated = is_numeric && glyphs.get(at + 2).is_some_and(|next| next.letter.is_ascii_digit());
        if !is_dated {
            replaced.extend(marks.seasons[season].chars().map(|letter| Glyph { letter, ..glyph }));
        }
        at += if is_dated { 2 } else { 1 };
    }
    *glyphs = replaced;
}
