//! The form of a source: what a style makes of it alone, with holes for what its neighbours decide.
//!
//! Owns `Form` and how holes are filled. It must not know styles or the engine.

use serde::{Deserialize, Serialize};

use super::super::{Format, Inline};

/// What a style makes of a source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    pub pieces: Vec<Piece>,
    /// Of an entry of the list that has no hole but in its label: what follows the label, as readers see it.
    pub content: Option<Vec<Inline>>,
}

/// A piece of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    Text(Box<str>),
    Span(Format, Vec<Piece>),
    Link(Box<str>, Vec<Piece>),
    /// All names of whom it is by, or what stands in their place.
    Names(Vec<Piece>),
    /// One of them, by its place in the register.
    Name(u16, Vec<Piece>),
    Date(Vec<Piece>),
    /// The number or the label of the source, with what the style sets around it.
    Label(Vec<Piece>),
    Hole(Hole),
}

/// What is not known of a source alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Hole {
    /// The letter behind a year.
    Letter,
    /// The place in the source.
    Locator,
    /// The number of the note in which it was cited first.
    FirstNote,
    /// Its number in the list.
    Number,
}

/// What fills the holes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filling<'a> {
    pub letter: &'a str,
    pub locator: &'a str,
    pub first_note: Option<u32>,
    pub number: Option<usize>,
}

impl Form {
    /// A form of pieces as they were printed, many of them in a row.
    pub fn new(pieces: Vec<Piece>) -> Form {
        Form { pieces: merged(pieces), content: None }
    }

    /// The label at the beginning, and what follows it.
    pub fn parts(&self) -> (&[Piece], &[Piece]) {
        match self.pieces.split_first() {
            Some((Piece::Label(inside), behind)) => (inside, behind),
            _ => (&[], &self.pieces),
        }
    }

    /// The pieces with their holes filled.
    pub fn fill(&self, filling: &Filling) -> Vec<Inline> {
        let mut filled = Vec::with_capacity(self.pieces.len());
        fill(&self.pieces, filling, &mut filled);
        filled
    }

    /// Whether an entry would say nothing, but for its label.
    pub fn is_blank(&self) -> bool {
        is_blank(self.parts().1)
    }
}

/// Adds pieces with their holes filled.
pub fn fill(pieces: &[Piece], filling: &Filling, filled: &mut Vec<Inline>) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => push_text(text, filled),
            Piece::Span(format, inside) => push_span(*format, filled_of(inside, filling), filled),
            Piece::Link(url, inside) => filled.push(Inline::Link(url.clone(), filled_of(inside, filling))),
            Piece::Names(inside) | Piece::Name(_, inside) | Piece::Date(inside) | Piece::Label(inside) => fill(inside, filling, filled),
            Piece::Hole(Hole::Letter) => push_text(filling.letter, filled),
            Piece::Hole(Hole::Locator) => push_text(filling.locator, filled),
            Piece::Hole(Hole::FirstNote) => filling.first_note.iter().for_each(|number| push_text(&number.to_string(), filled)),
            Piece::Hole(Hole::Number) => filling.number.iter().for_each(|number| push_text(&number.to_string(), filled)),
        }
    }
}

/// Texts in a row as one, and pieces that are set alike.
fn merged(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut merged: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match (merged.last_mut(), piece) {
            (_, Piece::Text(text)) if text.is_empty() => {}
            (Some(Piece::Text(last)), Piece::Text(text)) => *last = [&**last, &*text].concat().into(),
            (Some(Piece::Span(last, before)), Piece::Span(format, inside)) if *last == format => {
                before.extend(inside);
                *before = self::merged(std::mem::take(before));
            }
            (_, Piece::Span(format, inside)) => merged.push(Piece::Span(format, self::merged(inside))),
            (_, Piece::Link(url, inside)) => merged.push(Piece::Link(url, self::merged(inside))),
            (_, Piece::Names(inside)) => merged.push(Piece::Names(self::merged(inside))),
            (_, Piece::Name(at, inside)) => merged.push(Piece::Name(at, self::merged(inside))),
            (_, Piece::Date(inside)) => merged.push(Piece::Date(self::merged(inside))),
            (_, Piece::Label(inside)) => merged.push(Piece::Label(self::merged(inside))),
            (_, piece) => merged.push(piece),
        }
    }
    merged
}

fn filled_of(pieces: &[Piece], filling: &Filling) -> Vec<Inline> {
    let mut filled = Vec::with_capacity(pieces.len());
    fill(pieces, filling, &mut filled);
    filled
}

/// Adds text, to the text before it if there is one.
pub fn push_text(text: &str, to: &mut Vec<Inline>) {
    match to.last_mut() {
        _ if text.is_empty() => {}
        Some(Inline::Text(last)) => *last = format!("{last}{text}").into(),
        _ => to.push(Inline::text(text)),
    }
}

/// Adds pieces that are set in another way, to those before them if they are set so too.
fn push_span(format: Format, inside: Vec<Inline>, to: &mut Vec<Inline>) {
    match to.last_mut() {
        _ if inside.is_empty() => {}
        Some(Inline::Span(last, before)) if *last == format => inside.into_iter().for_each(|piece| match piece {
            Inline::Text(text) => push_text(&text, before),
            piece => before.push(piece),
        }),
        _ => to.push(Inline::Span(format, inside)),
    }
}

/// Whether pieces have such a hole.
pub fn has_hole(pieces: &[Piece], is_it: &impl Fn(Hole) -> bool) -> bool {
    pieces.iter().any(|piece| match piece {
        Piece::Text(_) => false,
        Piece::Hole(hole) => is_it(*hole),
        Piece::Span(_, inside)
        | Piece::Link(_, inside)
        | Piece::Names(inside)
        | Piece::Name(_, inside)
        | Piece::Date(inside)
        | Piece::Label(inside) => has_hole(inside, is_it),
    })
}

fn is_blank(pieces: &[Piece]) -> bool {
    pieces.iter().all(|piece| match piece {
        Piece::Text(text) => !text.chars().any(char::is_alphanumeric),
        Piece::Hole(_) => false,
        Piece::Span(_, inside)
        | Piece::Link(_, inside)
        | Piece::Names(inside)
        | Piece::Name(_, inside)
        | Piece::Date(inside)
        | Piece::Label(inside) => is_blank(inside),
    })
}

/// The pieces that show whom it is by, if any do.
pub fn names(pieces: &[Piece]) -> Option<&[Piece]> {
    pieces.iter().find_map(|piece| match piece {
        Piece::Names(inside) => Some(&**inside),
        Piece::Span(_, inside) | Piece::Link(_, inside) => names(inside),
        _ => None,
    })
}

/// The pieces without the first that show whom it is by, and whether there were any.
pub fn without_names(pieces: &[Piece]) -> (Vec<Piece>, bool) {
    let mut found = false;
    let mut rest = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match piece {
            Piece::Names(_) if !found => found = true,
            Piece::Span(format, inside) if !found => {
                let (inside, here) = without_names(inside);
                found = here;
                if !inside.is_empty() {
                    rest.push(Piece::Span(*format, inside));
                }
            }
            piece => rest.push(piece.clone()),
        }
    }
    if found {
        trim(&mut rest);
    }
    (rest, found)
}

/// What stands before the date of pieces that show nobody's names, such as the title of an Act, and what follows it; `None` where no date stands behind
/// anything.
pub fn before_date(pieces: &[Piece]) -> Option<(Vec<Piece>, Vec<Piece>)> {
    let at = pieces.iter().position(|piece| matches!(piece, Piece::Date(_))).filter(|at| *at > 0)?;
    let mut rest = pieces[at..].to_vec();
    trim(&mut rest);
    Some((pieces[..at].to_vec(), rest))
}

/// Takes blanks and punctuation off that parted the beginning from what stood before it.
pub fn trim(pieces: &mut Vec<Piece>) {
    while let Some(first) = pieces.first_mut() {
        match first {
            Piece::Text(text) => {
                let left = text.trim_start_matches([' ', '\u{a0}', ',', ';', ':', '.']);
                if !left.is_empty() {
                    *text = left.into();
                    return;
                }
            }
            Piece::Span(_, inside) | Piece::Names(inside) | Piece::Name(_, inside) | Piece::Date(inside) => {
                trim(inside);
                if !inside.is_empty() {
                    return;
                }
            }
            _ => return,
        }
        pieces.remove(0);
    }
}

impl Form {
    /// This form with some names as another has them, told by their places.
    pub fn with_names_of(&self, other: &Form, is_wanted: impl Fn(usize) -> bool) -> Form {
        let mut pieces = self.pieces.clone();
        put_names(&mut pieces, &other.pieces, &is_wanted);
        Form { pieces, content: None }
    }
}

/// Puts names of the first names element of other pieces in place of those of the first of these.
fn put_names(pieces: &mut [Piece], others: &[Piece], is_wanted: &impl Fn(usize) -> bool) -> bool {
    pieces.iter_mut().any(|piece| match piece {
        Piece::Names(inside) => {
            let others = names(others).unwrap_or_default();
            put_each(inside, others, is_wanted);
            true
        }
        Piece::Span(_, inside) => put_names(inside, others, is_wanted),
        _ => false,
    })
}

fn put_each(pieces: &mut [Piece], others: &[Piece], is_wanted: &impl Fn(usize) -> bool) {
    for piece in pieces {
        match piece {
            Piece::Name(at, name) if is_wanted(usize::from(*at)) => {
                if let Some(other) = named(others, *at) {
                    *name = other.to_vec();
                }
            }
            Piece::Names(inside) | Piece::Span(_, inside) => put_each(inside, others, is_wanted),
            _ => {}
        }
    }
}

/// The name at a place.
fn named(pieces: &[Piece], place: u16) -> Option<&[Piece]> {
    pieces.iter().find_map(|piece| match piece {
        Piece::Name(at, inside) if *at == place => Some(&**inside),
        Piece::Names(inside) | Piece::Span(_, inside) => named(inside, place),
        _ => None,
    })
}

/// What follows the label of an entry.
pub fn list_content(form: &Form, filling: &Filling) -> Vec<Inline> {
    let (label, behind) = form.parts();
    let mut content = Vec::new();
    match (label.is_empty(), behind.split_first()) {
        (false, Some((Piece::Text(text), rest))) => {
            push_text(text.trim_start(), &mut content);
            fill(rest, filling, &mut content);
        }
        _ => fill(behind, filling, &mut content),
    }
    content
}
