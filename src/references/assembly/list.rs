//! The list: entries in their order, with what stands for names that have just been named.
//!
//! It must not know clusters.

use std::sync::Arc;

use citationberg::SubsequentAuthorSubstituteRule;

use super::super::forms::{Filling, Form, Hole, Kept, Piece, Position, Which, Words, fill, has_hole, list_content, names};
use super::super::inline::html;
use super::super::{Entry, Inline, SetEntry};
use super::{Page, Work};

/// A work that is listed.
struct Listed<'p> {
    work: &'p Work<'p>,
    form: Arc<Kept>,
    /// What stands for its names, which have just been named.
    dash: Option<(&'p str, SubsequentAuthorSubstituteRule)>,
}

/// The entries of the list. Works without one are named in `left_out`.
pub fn render(page: &Page, left_out: &mut Vec<Box<str>>) -> Vec<Entry> {
    let entry = |listed: Listed| {
        let filling = listed.filling();
        let content = match listed.dashed() {
            Some(dashed) => page.words.finished(list_content(&dashed, &filling)),
            None => content(&listed.form, &filling, &page.words),
        };
        Entry { key: listed.work.cited.item.key.clone(), label: label(&listed.form, &filling), content }
    };
    listed(page, left_out).into_iter().map(entry).collect()
}

/// The same as HTML, as far as possible made once for all pages.
pub fn typeset(page: &Page, left_out: &mut Vec<Box<str>>) -> Vec<SetEntry> {
    let entry = |listed: Listed| {
        let label = label(&listed.form, &listed.filling());
        let html = listed.dash.and_then(|_| listed.dashed_html(page)).unwrap_or_else(|| listed.html(page));
        SetEntry { key: listed.work.cited.item.key.clone(), label, html }
    };
    listed(page, left_out).into_iter().map(entry).collect()
}

/// What is listed, in the order of the list.
fn listed<'p>(page: &'p Page, left_out: &mut Vec<Box<str>>) -> Vec<Listed<'p>> {
    let Some(list) = &page.style.csl().bibliography else { return Vec::new() };
    let substitute = list.subsequent_author_substitute.as_deref();
    let mut order: Vec<&Work> = page.works.iter().collect();
    order.sort_by_key(|work| work.number);
    let mut all: Vec<Listed> = Vec::with_capacity(order.len());
    for work in order {
        let mut asked = work.asked(Position::List);
        asked.naming = Default::default();
        let form = page.form(work, &Which::Entry(asked));
        if form.content.is_none() && form.is_blank() {
            left_out.push(work.cited.item.key.clone());
            continue;
        }
        let own = substitute.and_then(|_| names(&form.pieces));
        let is_same = own.is_some() && own == all.last().and_then(|last| names(&last.form.pieces));
        let dash = substitute.filter(|_| is_same).map(|dash| (dash, list.subsequent_author_substitute_rule));
        all.push(Listed { work, form, dash });
    }
    all
}

impl Listed<'_> {
    fn filling(&self) -> Filling<'_> {
        Filling { letter: &self.work.letter, number: Some(self.work.number), ..Filling::default() }
    }

    /// The entry with what stands for its names. Where names are all that is said of a work, they are said.
    fn dashed(&self) -> Option<Form> {
        let (dash, rule) = self.dash?;
        Some(substituted(&self.form, dash, rule)).filter(|dashed| !dashed.is_blank())
    }

    /// What follows the label, as HTML.
    fn html(&self, page: &Page) -> Arc<str> {
        let once = self.form.entry.get_or_init(|| self.form.content.as_ref().map(|content| html(content).into()));
        once.clone().unwrap_or_else(|| html(&content(&self.form, &self.filling(), &page.words)).into())
    }

    fn dashed_html(&self, page: &Page) -> Option<Arc<str>> {
        let make = || self.dashed().map(|dashed| html(&page.words.finished(list_content(&dashed, &self.filling()))).into());
        let has_number = || has_hole(self.form.parts().1, &|hole| matches!(hole, Hole::FirstNote | Hole::Number));
        match self.work.letter.is_empty() && !has_number() {
            true => self.form.dashed.get_or_init(make).clone(),
            false => make(),
        }
    }
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
