//! The characters of a tree in their order, and the tree with other characters in its leaves.

use super::super::{Format, Inline};
use super::{CLOSE, OPEN};

/// A character and the leaf in which it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph {
    pub letter: char,
    pub leaf: usize,
    /// What a link is called is not touched, and neither is an address.
    pub is_linked: bool,
}

/// All characters of a tree. Leaves are numbered in their order.
pub fn of(pieces: &[Inline]) -> Vec<Glyph> {
    let mut glyphs = Vec::new();
    push(pieces, false, &mut 0, &mut glyphs);
    glyphs
}

fn push(pieces: &[Inline], is_linked: bool, leaf: &mut usize, glyphs: &mut Vec<Glyph>) {
    for piece in pieces {
        match piece {
            Inline::Text(text) => {
                for word in text.split_inclusive(' ') {
                    let address = address(word);
                    glyphs.extend(word.char_indices().map(|(at, letter)| Glyph {
                        letter,
                        leaf: *leaf,
                        is_linked: is_linked || at < address,
                    }));
                }
                *leaf += 1;
            }
            Inline::Span(_, inside) | Inline::Source(_, inside) => push(inside, is_linked, leaf, glyphs),
            Inline::Link(_, inside) => push(inside, true, leaf, glyphs),
        }
    }
}

/// Up to where a word is an address of the web: without the punctuation behind it.
fn address(word: &str) -> usize {
    if word.contains("://") { word.trim_end_matches([' ', '.', ',', ';', ':', ')', ']', '>', CLOSE]).len() } else { 0 }
}

/// The tree with these characters in its leaves; what has none left is gone.
pub fn fill(pieces: Vec<Inline>, glyphs: &[Glyph]) -> Vec<Inline> {
    let mut rest = glyphs;
    filled(pieces, &mut 0, &mut rest)
}

fn filled(pieces: Vec<Inline>, leaf: &mut usize, rest: &mut &[Glyph]) -> Vec<Inline> {
    let mut kept = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let (piece, is_empty) = match piece {
            Inline::Text(_) => {
                let end = rest.iter().position(|glyph| glyph.leaf > *leaf).unwrap_or(rest.len());
                let text: String = rest[..end].iter().map(|glyph| glyph.letter).collect();
                *rest = &rest[end..];
                *leaf += 1;
                let is_empty = text.is_empty();
                (Inline::text(text), is_empty)
            }
            Inline::Span(format, inside) => {
                let inside = filled(inside, leaf, rest);
                let is_empty = inside.is_empty();
                (Inline::Span(format, inside), is_empty)
            }
            Inline::Link(url, inside) => {
                let inside = filled(inside, leaf, rest);
                let is_empty = inside.is_empty();
                (Inline::Link(url, inside), is_empty)
            }
            Inline::Source(key, inside) => {
                let inside = filled(inside, leaf, rest);
                let is_empty = inside.is_empty();
                (Inline::Source(key, inside), is_empty)
            }
        };
        if !is_empty {
            kept.push(piece);
        }
    }
    kept
}

/// Blanks and commas at the ends of what is set in another way stand outside it.
pub fn loosen(pieces: Vec<Inline>) -> Vec<Inline> {
    let mut loose = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match piece {
            Inline::Span(format, inside) => {
                let mut inside = loosen(inside);
                let (before, behind) = (cut(inside.first_mut(), Side::Start), cut(inside.last_mut(), Side::End));
                loose.extend(before);
                inside.retain(|piece| *piece != Inline::text(""));
                if !inside.is_empty() {
                    loose.push(Inline::Span(format, inside));
                }
                loose.extend(behind);
            }
            Inline::Link(url, inside) => loose.push(Inline::Link(url, loosen(inside))),
            Inline::Source(key, inside) => loose.push(Inline::Source(key, loosen(inside))),
            text => loose.push(text),
        }
    }
    loose
}

/// The end of a text.
enum Side {
    Start,
    End,
}

/// What goes outside at one end, cut off.
fn cut(piece: Option<&mut Inline>, side: Side) -> Option<Inline> {
    let Some(Inline::Text(text)) = piece else { return None };
    let goes = |letter: char| matches!(letter, ' ' | ',' | ';' | ':');
    let (kept, off) = match side {
        Side::Start => {
            let kept = text.trim_start_matches(' ');
            (kept.to_string(), text[..text.len() - kept.len()].to_string())
        }
        Side::End => {
            let kept = text.trim_end_matches(goes);
            (kept.to_string(), text[kept.len()..].to_string())
        }
    };
    if off.is_empty() {
        return None;
    }
    *text = kept.into();
    Some(Inline::text(off))
}

/// The tree with quotation marks as text where `Format::Quoted` stood.
pub fn dissolve_quoted(pieces: Vec<Inline>) -> Vec<Inline> {
    let mut dissolved = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match piece {
            Inline::Span(Format::Quoted, inside) => {
                dissolved.push(Inline::text(OPEN.to_string()));
                dissolved.extend(dissolve_quoted(inside));
                dissolved.push(Inline::text(CLOSE.to_string()));
            }
            Inline::Span(format, inside) => dissolved.push(Inline::Span(format, dissolve_quoted(inside))),
            Inline::Link(url, inside) => dissolved.push(Inline::Link(url, dissolve_quoted(inside))),
            Inline::Source(key, inside) => dissolved.push(Inline::Source(key, dissolve_quoted(inside))),
            Inline::Text(text) => dissolved.push(Inline::Text(text)),
        }
    }
    dissolved
}
