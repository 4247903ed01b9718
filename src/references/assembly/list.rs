//! The list: entries in their order, with what stands for names that have just been named.
//!
//! It must not know clusters.

use citationberg::SubsequentAuthorSubstituteRule;

use super::super::forms::{Filling, Form, Piece, Position, Which, Words, fill, list_content, names};
use super::super::{Entry, Inline};
use super::Page;

/// The entries of the list. Works without one are named in `left_out`.
pub fn render(page: &Page, left_out: &mut Vec<Box<str>>) -> Vec<Entry> {
    let Some(list) = &page.style.csl().bibliography else { return Vec::new() };
    let substitute = list.subsequent_author_substitute.as_deref();
    let mut order: Vec<usize> = (0..page.works.len()).collect();
    order.sort_by_key(|at| page.works[*at].number);
    let mut last: Option<Vec<Piece>> = None;
    let mut entries = Vec::with_capacity(order.len());
    for at in order {
        let work = &page.works[at];
        let mut asked = work.asked(Position::List);
        asked.naming = Default::default();
        let form = page.form(work, &Which::Entry(asked));
        if form.content.is_none() && form.is_blank() {
            left_out.push(work.cited.item.key.clone());
            continue;
        }
        let own = substitute.and_then(|_| names(&form.pieces)).map(<[Piece]>::to_vec);
        let is_same = own.is_some() && own == last;
        let dashed = substitute.filter(|_| is_same).map(|dash| substituted(&form, dash, list.subsequent_author_substitute_rule));
        // Where names are all that is said of a work, they are said.
        let dashed = dashed.filter(|dashed| !dashed.is_blank());
        last = own;
        let filling = Filling { letter: &work.letter, number: Some(work.number), ..Filling::default() };
        let (label, content) = match dashed {
            Some(dashed) => (label(&dashed, &filling), page.words.finished(list_content(&dashed, &filling))),
            None => (label(&form, &filling), content(&form, &filling, &page.words)),
        };
        entries.push(Entry { key: work.cited.item.key.clone(), label, content });
    }
    entries
}

fn label(form: &Form, filling: &Filling) -> Vec<Inline> {
    let mut label = Vec::new();
    fill(form.parts().0, filling, &mut label);
    if let Some(Inline::Text(last)) = label.last_mut() {
        *last = last.trim_end().into();
    }
    label
}

/// What follows the label of an entry, as readers see it.
pub fn content(form: &Form, filling: &Filling, words: &Words) -> Vec<Inline> {
    form.content.clone().unwrap_or_else(|| words.finished(list_content(form, filling)))
}

/// An entry with a dash where the entry before it has the same names.
fn substituted(form: &Form, dash: &str, rule: SubsequentAuthorSubstituteRule) -> Form {
    let mut pieces = form.pieces.clone();
    replace(&mut pieces, dash, rule);
    Form { pieces, content: None }
}

fn replace(pieces: &mut [Piece], dash: &str, rule: SubsequentAuthorSubstituteRule) -> bool {
    pieces.iter_mut().any(|piece| match piece {
        Piece::Names(inside) => {
            let each = rule == SubsequentAuthorSubstituteRule::CompleteEach || rule == SubsequentAuthorSubstituteRule::PartialEach;
            if each {
                dash_each(inside, dash)
            } else {
                dash_all(inside, dash)
            }
            true
        }
        Piece::Span(_, inside) | Piece::Link(_, inside) => replace(inside, dash, rule),
        _ => false,
    })
}

/// A dash for each name.
fn dash_each(names: &mut [Piece], dash: &str) {
    for piece in names {
        if let Piece::Name(_, name) = piece {
            *name = vec![Piece::Text(dash.into())];
        }
    }
}

/// One dash for all names; a role behind them stays.
fn dash_all(names: &mut Vec<Piece>, dash: &str) {
    let last = names.iter().rposition(|piece| matches!(piece, Piece::Name(..)));
    let behind = last.map_or(names.len(), |last| last + 1);
    names.splice(..behind, [Piece::Text(dash.into())]);
}
