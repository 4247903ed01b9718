//! `and others` (M18): a mark stands where the last name would, and the style's words for names that are not given take its place.

use super::super::Inline;
use super::OTHERS;
use super::marks::{BeforeEtAl, Marks};

/// Puts `et al.` for the mark, and the comma before it as the style has it.
pub fn replace(pieces: Vec<Inline>, marks: &Marks) -> Vec<Inline> {
    if !super::super::inline::plain(&pieces).contains(OTHERS) {
        return pieces;
    }
    let mut replaced = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match piece {
            Inline::Text(text) => of_text(&text, marks, &mut replaced),
            Inline::Span(format, inside) => replaced.push(Inline::Span(format, replace(inside, marks))),
            Inline::Link(url, inside) => replaced.push(Inline::Link(url, replace(inside, marks))),
            Inline::Source(key, inside) => replaced.push(Inline::Source(key, replace(inside, marks))),
        }
    }
    replaced
}

fn of_text(text: &str, marks: &Marks, replaced: &mut Vec<Inline>) {
    let Some((before, after)) = text.split_once(OTHERS) else {
        replaced.push(Inline::text(text));
        return;
    };
    let (names, joint) = without_joint(before);
    if names.is_empty() {
        // The joint stands in the piece before: it can only be cut there.
        cut(replaced);
    }
    let is_comma = match marks.before_et_al {
        BeforeEtAl::Always => true,
        BeforeEtAl::AfterInverted => names.matches(", ").count() == 1,
        BeforeEtAl::Never => false,
        BeforeEtAl::Contextual => joint.contains(',') || names.contains(", "),
    };
    replaced.push(Inline::text(format!("{names}{}", if is_comma { ", " } else { " " })));
    replaced.extend(marks.et_al.iter().cloned());
    of_text(after, marks, replaced);
}

/// Text up to the comma or the word that joins it to the last name, and what joins it.
fn without_joint(text: &str) -> (&str, &str) {
    let trimmed = text.trim_end();
    let is_word = |word: &str| word == "&" || (word.len() < 7 && word.chars().all(char::is_lowercase));
    let cut = match trimmed.rsplit_once(' ') {
        Some((before, word)) if is_word(word) && trimmed.len() < text.len() => before,
        None if is_word(trimmed) => "",
        _ => trimmed,
    };
    let names = cut.trim_end().trim_end_matches([',', ';', '、']);
    (names, &text[names.len()..])
}

fn cut(pieces: &mut Vec<Inline>) {
    match pieces.pop() {
        Some(Inline::Text(text)) => pieces.push(Inline::text(without_joint(&text).0)),
        Some(other) => pieces.push(other),
        None => {}
    }
}
