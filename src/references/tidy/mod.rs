//! Tidy: what is put right in what the engine makes of a source.
//!
//! The engine is hayagriva 0.10.1. It prints some punctuation twice, does not know where quotation marks nest
//! and has no ranges of dates. All that can be seen in what it printed is put right here, once, at the very end. Of a locale and a style
//! it knows what they say of marks. It must not know sources or clusters.

mod capital;
mod case;
mod given;
mod glyphs;
mod locale;
mod marks;
mod punctuation;
mod quotes;
mod ranges;
mod seasons;

pub use capital::capital;
pub use case::{is_small_word, keeps_case};
pub use given::{given, is_act_elsewhere};
pub use locale::for_engine;
pub use marks::{Inside, Marks};
pub use ranges::range;

use super::Inline;

/// Stand for quotation marks, opening and closing, that a style or the markup of a title asks for.
pub const OPEN: char = '\u{E0F0}';
pub const CLOSE: char = '\u{E0F1}';
/// Stand for spring, summer, autumn and winter.
pub const SEASONS: [char; 4] = ['\u{E0E1}', '\u{E0E2}', '\u{E0E3}', '\u{E0E4}'];

/// What the engine made, as readers see it: quotation marks by their depth, punctuation once.
///
/// It comes last, when prefixes, suffixes and locators are there; what it has returned may be given to it again.
pub fn finish(pieces: Vec<Inline>, marks: &Marks) -> Vec<Inline> {
    let pieces = glyphs::dissolve_quoted(pieces);
    let mut glyphs = glyphs::of(&pieces);
    seasons::replace(&mut glyphs, marks);
    quotes::pair(&mut glyphs);
    punctuation::tidy(&mut glyphs, marks.inside);
    quotes::resolve(&mut glyphs, marks);
    glyphs::loosen(glyphs::fill(pieces, &glyphs))
}

#[cfg(test)]
mod canaries;
#[cfg(test)]
mod tests;
