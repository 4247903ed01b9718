//! Punctuation that meets punctuation (M26, M27), and where it stands beside quotation marks.
//!
//! Which of two marks is left follows the tests of the public CSL test suite for what a field ends in and a style adds
//! (<https://github.com/citation-style-language/test-suite>), but for a comma before a full stop, which goes.

use super::glyphs::Glyph;
use super::marks::Inside;
use super::{CLOSE, OPEN};

/// Puts punctuation and spaces right.
pub fn tidy(glyphs: &mut Vec<Glyph>, inside: Inside) {
    spaces(glyphs);
    brackets(glyphs);
    if inside == Inside::Within {
        move_within(glyphs);
    }
    meet(glyphs, inside);
    ends(glyphs);
}

/// One space where there are several, none before a comma or a closing bracket, none behind an opening one.
fn spaces(glyphs: &mut Vec<Glyph>) {
    let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for glyph in glyphs.drain(..) {
        let before = kept.last().copied();
        let is_after_space = before.is_some_and(|before| before.letter == ' ');
        let goes = glyph.letter == ' '
            && !glyph.is_linked
            && before.is_some_and(|before| matches!(before.letter, ' ' | '(' | '[' | '\u{a0}' | OPEN));
        if goes {
            continue;
        }
        if is_after_space && !glyph.is_linked && (matches!(glyph.letter, ',' | ';' | ':' | '.' | ')' | ']' | CLOSE | '\u{a0}')) {
            kept.pop();
        }
        kept.push(glyph);
    }
    *glyphs = kept;
}

/// Brackets with nothing between them go, and a comma before a closing one.
fn brackets(glyphs: &mut Vec<Glyph>) {
    let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for glyph in glyphs.drain(..) {
        if matches!(glyph.letter, ')' | ']') && !glyph.is_linked {
            while kept.last().is_some_and(|before| matches!(before.letter, ',' | ';') && !before.is_linked) {
                kept.pop();
            }
            let open = if glyph.letter == ')' { '(' } else { '[' };
            if kept.last().is_some_and(|before| before.letter == open && !before.is_linked) {
                kept.pop();
                if kept.last().is_some_and(|before| before.letter == ' ') {
                    kept.pop();
                }
                continue;
            }
        }
        kept.push(glyph);
    }
    *glyphs = kept;
}

/// A comma or full stop behind a quotation stands within it, unless it ends in a colon or semicolon.
fn move_within(glyphs: &mut [Glyph]) {
    for at in 1..glyphs.len() {
        if !matches!(glyphs[at].letter, ',' | '.') || glyphs[at].is_linked {
            continue;
        }
        let marks = glyphs[..at].iter().rev().take_while(|glyph| glyph.letter == CLOSE).count();
        let start = at - marks;
        if marks == 0 || (start > 0 && matches!(glyphs[start - 1].letter, ':' | ';')) {
            continue;
        }
        let leaf = glyphs[start].leaf;
        glyphs[start..=at].rotate_right(1);
        glyphs[start].leaf = leaf;
        // Leaves stay in their order.
        glyphs[start..=at].iter_mut().for_each(|glyph| glyph.leaf = glyph.leaf.max(leaf));
    }
}

/// Of two marks that meet, also across a closing quotation mark, one is left.
fn meet(glyphs: &mut Vec<Glyph>, inside: Inside) {
    let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for (at, glyph) in glyphs.iter().copied().enumerate() {
        let last = kept.len().checked_sub(1 + kept.iter().rev().take_while(|before| before.letter == CLOSE).count());
        let across = last.is_some_and(|last| last + 1 < kept.len());
        let is_ellipsis = is_dots(glyphs, at);
        let Some(last) = last.filter(|&last| !is_ellipsis && !glyph.is_linked && !kept[last].is_linked) else {
            kept.push(glyph);
            continue;
        };
        match left(kept[last].letter, glyph.letter, across, inside) {
            Left::Both => kept.push(glyph),
            Left::First => {}
            Left::Second => {
                kept.remove(last);
                kept.push(glyph);
            }
        }
    }
    *glyphs = kept;
}

/// Whether a full stop is one of three or more.
fn is_dots(glyphs: &[Glyph], at: usize) -> bool {
    let is_dot = |glyph: &&Glyph| glyph.letter == '.';
    glyphs[at].letter == '.' && glyphs[..at].iter().rev().take_while(is_dot).count() + glyphs[at..].iter().take_while(is_dot).count() > 2
}

enum Left {
    Both,
    First,
    Second,
}

fn left(first: char, second: char, is_across: bool, inside: Inside) -> Left {
    if is_across && !(second == '.' && matches!(first, '.' | '!' | '?')) {
        // `“colon”: period`: what the quotation ends in stays; a mark of the same kind comes once.
        let is_same = first == second && inside == Inside::Within;
        return if is_same { Left::First } else { Left::Both };
    }
    match (first, second) {
        ('.' | ',' | ';' | ':' | '!' | '?', _) if first == second => Left::First,
        (':' | ';' | '!' | '?', '.') | (';' | '!' | '?', ':') => Left::First,
        (',', '.') | (':' | ';', '!' | '?') => Left::Second,
        _ => Left::Both,
    }
}

/// Nothing begins with a comma or a space, or ends in a space.
fn ends(glyphs: &mut Vec<Glyph>) {
    let start = glyphs.iter().take_while(|glyph| matches!(glyph.letter, ' ' | ',' | ';' | ':') && !glyph.is_linked).count();
    glyphs.drain(..start);
    while glyphs.last().is_some_and(|glyph| glyph.letter == ' ') {
        glyphs.pop();
    }
}
