//! Pieces of text with markup while a reader makes them: white space, neighbours, what is empty.
//!
//! It must not know what they were written in.

use crate::references::{Format, Inline};

/// The same pieces with single spaces, none at either end, no empty piece and no two texts side by side.
pub fn tidy(pieces: Vec<Inline>) -> Vec<Inline> {
    let mut space = Space { after: true };
    let mut pieces = fold(pieces, &mut space);
    trim_end(&mut pieces);
    pieces
}

/// Whether a space stands before what comes next, or nothing does.
struct Space {
    after: bool,
}

fn fold(pieces: Vec<Inline>, space: &mut Space) -> Vec<Inline> {
    let mut folded = Builder::default();
    for piece in pieces {
        match piece {
            Inline::Text(text) => folded.text(&single(&text, space)),
            Inline::Span(format, inside) => folded.around(fold(inside, space), |inside| Inline::Span(format, inside)),
            Inline::Link(url, inside) => folded.around(fold(inside, space), |inside| Inline::Link(url, inside)),
            Inline::Source(key, inside) => folded.around(fold(inside, space), |inside| Inline::Source(key, inside)),
        }
    }
    folded.finish()
}

/// Pieces that grow at their end, no two texts side by side.
#[derive(Default)]
pub struct Builder {
    done: Vec<Inline>,
    text: String,
}

impl Builder {
    /// Adds text.
    pub fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a piece.
    pub fn piece(&mut self, piece: Inline) {
        match piece {
            Inline::Text(text) => self.text.push_str(&text),
            other => {
                self.flush();
                self.done.push(other);
            }
        }
    }

    /// Adds pieces as they are.
    pub fn pieces(&mut self, pieces: Vec<Inline>) {
        pieces.into_iter().for_each(|piece| self.piece(piece));
    }

    /// Adds what is made of pieces, unless there are none.
    pub fn around(&mut self, inside: Vec<Inline>, wrap: impl FnOnce(Vec<Inline>) -> Inline) {
        if !inside.is_empty() {
            self.piece(wrap(inside));
        }
    }

    /// All pieces.
    pub fn finish(mut self) -> Vec<Inline> {
        self.flush();
        self.done
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.done.push(Inline::text(std::mem::take(&mut self.text)));
        }
    }
}

/// Text with one space for each run of blanks and ends of lines. Spaces that do not break are no such blanks.
fn single(text: &str, space: &mut Space) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        let is_blank = matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{c}');
        if !is_blank {
            folded.push(letter);
        } else if !space.after {
            folded.push(' ');
        }
        space.after = is_blank;
    }
    folded
}

/// Takes a space off the end.
fn trim_end(pieces: &mut Vec<Inline>) {
    while let Some(last) = pieces.last_mut() {
        match last {
            Inline::Text(text) => *text = text.trim_end_matches(' ').into(),
            Inline::Span(_, inside) | Inline::Link(_, inside) | Inline::Source(_, inside) => trim_end(inside),
        }
        let is_empty = match last {
            Inline::Text(text) => text.is_empty(),
            Inline::Span(_, inside) | Inline::Link(_, inside) | Inline::Source(_, inside) => inside.is_empty(),
        };
        if !is_empty {
            return;
        }
        pieces.pop();
    }
}

/// The same pieces without what keeps the case of letters: for what no style changes the case of.
pub fn without_verbatim(pieces: Vec<Inline>) -> Vec<Inline> {
    let mut kept = Builder::default();
    for piece in pieces {
        match piece {
            Inline::Text(text) => kept.text(&text),
            Inline::Span(Format::Verbatim, inside) => kept.pieces(without_verbatim(inside)),
            Inline::Span(format, inside) => kept.piece(Inline::Span(format, without_verbatim(inside))),
            Inline::Link(url, inside) => kept.piece(Inline::Link(url, without_verbatim(inside))),
            Inline::Source(key, inside) => kept.piece(Inline::Source(key, without_verbatim(inside))),
        }
    }
    kept.finish()
}
