//! Quotation marks by their depth: quotations within quotations have the other marks. The engine prints those that a title brings along as they are written.

use super::glyphs::Glyph;
use super::marks::Marks;
use super::{CLOSE, OPEN};

/// Opening and closing marks: those that a style or markup asks for, and those that a register wrote.
const PAIRS: [(char, char); 2] = [(OPEN, CLOSE), ('“', '”')];

/// Writes all marks that are in pairs as `OPEN` and `CLOSE`; others stay, as curly marks.
pub fn pair(glyphs: &mut [Glyph]) {
    straighten(glyphs);
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut paired = vec![false; glyphs.len()];
    for at in 0..glyphs.len() {
        let Glyph { letter, is_linked, .. } = glyphs[at];
        if is_linked {
            continue;
        }
        if let Some((_, close)) = PAIRS.iter().find(|(open, _)| *open == letter) {
            open.push((at, *close));
        } else if let Some(found) = open.iter().rposition(|(_, close)| *close == letter) {
            // Marks that were opened within and never closed are no pair.
            open.truncate(found + 1);
            let (start, _) = open.pop().expect("it was found");
            (paired[start], paired[at]) = (true, true);
            (glyphs[start].letter, glyphs[at].letter) = (OPEN, CLOSE);
        }
    }
    for (glyph, is_paired) in glyphs.iter_mut().zip(paired) {
        match glyph.letter {
            OPEN if !is_paired => glyph.letter = '“',
            CLOSE if !is_paired => glyph.letter = '”',
            _ => {}
        }
    }
}

/// Puts the locale's marks for `OPEN` and `CLOSE`, by their depth.
pub fn resolve(glyphs: &mut Vec<Glyph>, marks: &Marks) {
    let mut depth = 0_usize;
    let mut resolved = Vec::with_capacity(glyphs.len());
    for glyph in &*glyphs {
        let mark = match glyph.letter {
            OPEN => {
                depth += 1;
                &marks.at(depth - 1).0
            }
            CLOSE => {
                depth = depth.saturating_sub(1);
                &marks.at(depth).1
            }
            _ => {
                resolved.push(*glyph);
                continue;
            }
        };
        resolved.extend(mark.chars().map(|letter| Glyph { letter, ..*glyph }));
    }
    *glyphs = resolved;
}

/// Straight marks of a text as curly ones: `"` in turn, where their number is even; `'` as a quotation where one opens before a word and another closes behind
/// one, else, behind a letter, as an apostrophe.
fn straighten(glyphs: &mut [Glyph]) {
    let count = glyphs.iter().filter(|glyph| glyph.letter == '"' && !glyph.is_linked).count();
    let mut is_open = false;
    for at in 0..glyphs.len() {
        if glyphs[at].is_linked {
            continue;
        }
        match glyphs[at].letter {
            '"' if count % 2 == 0 => {
                glyphs[at].letter = if is_open { '”' } else { '“' };
                is_open = !is_open;
            }
            '\'' => match closing(glyphs, at) {
                Some(end) => (glyphs[at].letter, glyphs[end].letter) = ('“', '”'),
                None if at > 0 && glyphs[at - 1].letter.is_alphanumeric() => glyphs[at].letter = '’',
                None => {}
            },
            _ => {}
        }
    }
}

/// Where the quotation closes that a straight mark opens, if it opens one.
fn closing(glyphs: &[Glyph], at: usize) -> Option<usize> {
    let letter = |at: usize| glyphs.get(at).map(|glyph| glyph.letter);
    let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let is_start =
        |letter: Option<char>| letter.is_none_or(|letter| letter.is_whitespace() || matches!(letter, '(' | '[' | '“' | OPEN | '—' | '–'));
    let before = at.checked_sub(1).and_then(letter);
    if !is_start(before) || letter(at + 1).is_none_or(char::is_whitespace) {
        return None;
    }
    (at + 2..glyphs.len())
        .find(|&end| letter(end) == Some('\'') && !is_word(letter(end + 1)) && !letter(end - 1).is_none_or(char::is_whitespace))
}
