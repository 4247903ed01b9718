//! What the engine printed, as pieces of a form.
//!
//! It must not know styles or sources.

use citationberg::{FontStyle, FontVariant, FontWeight, TextDecoration, VerticalAlign};
use hayagriva::{ElemChild, ElemChildren, ElemMeta, Formatted, Formatting};

use super::super::Format;
use super::form::{Hole, Piece};
use super::marks::{self, Addresses};
use super::reduce::IN_PLACE_OF_NAMES;

/// The pieces of what was printed.
pub fn pieces(printed: &ElemChildren, addresses: &Addresses) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(printed.0.len());
    printed.0.iter().for_each(|child| add(child, addresses, &mut pieces));
    pieces
}

fn add(child: &ElemChild, addresses: &Addresses, to: &mut Vec<Piece>) {
    match child {
        ElemChild::Text(text) => set(text, addresses, to),
        ElemChild::Link { text, url } => {
            let mut inside = Vec::new();
            set(text, addresses, &mut inside);
            to.push(Piece::Link(marks::plain(url).into(), inside));
        }
        ElemChild::Elem(own) => {
            let inside = pieces(&own.children, addresses);
            match &own.meta {
                _ if own.display == Some(IN_PLACE_OF_NAMES) => to.push(Piece::Names(inside)),
                Some(ElemMeta::Names(_)) => to.push(Piece::Names(inside)),
                Some(ElemMeta::Name(_, at)) => to.push(Piece::Name(*at as u16, inside)),
                Some(ElemMeta::Date) => to.push(Piece::Date(inside)),
                Some(ElemMeta::CitationNumber) => to.push(Piece::Label(inside.into_iter().map(numbered).collect())),
                Some(ElemMeta::CitationLabel) => to.push(Piece::Label(inside)),
                _ => to.extend(inside),
            }
        }
        ElemChild::Markup(text) => to.push(Piece::Text(marks::plain(text).into())),
        ElemChild::Transparent { .. } => {}
    }
}

/// The engine numbers a source that is alone with 1.
fn numbered(piece: Piece) -> Piece {
    match piece {
        Piece::Text(text) => match text.split_once('1') {
            Some((before, behind)) => Piece::Label(vec![Piece::Text(before.into()), Piece::Hole(Hole::Number), Piece::Text(behind.into())]),
            None => Piece::Text(text),
        },
        Piece::Span(format, inside) => Piece::Span(format, inside.into_iter().map(numbered).collect()),
        piece => piece,
    }
}

/// Text with its formatting around it.
fn set(text: &Formatted, addresses: &Addresses, to: &mut Vec<Piece>) {
    let mut inside = Vec::new();
    marks::unmark(&text.text, addresses, text.formatting.font_style == FontStyle::Italic, &mut inside);
    for format in formats(&text.formatting) {
        inside = vec![Piece::Span(format, inside)];
    }
    to.append(&mut inside);
}

/// Formats, the innermost first.
fn formats(formatting: &Formatting) -> impl Iterator<Item = Format> {
    let all = [
        (formatting.vertical_align == VerticalAlign::Sup, Format::Superscript),
        (formatting.vertical_align == VerticalAlign::Sub, Format::Subscript),
        (formatting.font_variant == FontVariant::SmallCaps, Format::SmallCaps),
        (formatting.font_weight == FontWeight::Bold, Format::Bold),
        (formatting.text_decoration == TextDecoration::Underline, Format::Underline),
        (formatting.font_style == FontStyle::Italic, Format::Italic),
    ];
    all.into_iter().filter_map(|(is_set, format)| is_set.then_some(format))
}
