//! The full reference of a source, in the style of the site.
//!
//! It must not know where it is shown.

use std::hash::Hash;

use super::work::Work;
use super::{Model, Scope};
use crate::fingerprint::{Fingerprint, Flat};
use crate::references::inline::write_html;
use crate::references::{Cited, Date, Inline, Item, Registered, cite_this, reference};

/// The reference of a source as HTML.
pub fn model<'a>(scope: &Scope<'a>, entry: &'a Registered) -> Model<'a> {
    let cited = Cited { item: entry.item.clone(), print: entry.print };
    let print = print(scope, &cited);
    let scope = *scope;
    Model::later(print, move || tera::Value::safe_string(&html(&pieces(&scope, &cited))))
}

/// The fingerprint of all that a reference depends on.
pub fn print(scope: &Scope, cited: &Cited) -> Fingerprint {
    let style = scope.site.citing.as_ref().map(|citing| citing.style.print());
    Fingerprint::of(&(cited.print, style, scope.view.lang(scope.doc)))
}

/// The full reference of a source in the style of the site and the language of a document. What the style leaves out is said plainly.
pub fn pieces(scope: &Scope, cited: &Cited) -> Vec<Inline> {
    let in_style = scope.site.citing.as_ref().map(|citing| {
        let locale = citing.style.locale(Some(scope.view.lang(scope.doc)));
        reference(&citing.style, &locale, &citing.forms, cited)
    });
    in_style.filter(|pieces| !pieces.is_empty()).unwrap_or_else(|| plainly(&cited.item))
}

/// The citation of a work that is in no register. Its print is that of all that follows from it.
pub fn of_work(scope: &Scope, work: &Work) -> Vec<Inline> {
    let strings = scope.place.strings();
    let item = || work.item(scope.site, strings);
    let in_style = scope.site.citing.as_ref().map(|citing| {
        let locale = citing.style.locale(Some(scope.view.lang(scope.doc)));
        let mut flat = Flat::default();
        work.hash(&mut flat);
        cite_this(&citing.style, &locale, &citing.forms, flat.print(), item)
    });
    in_style.filter(|pieces| !pieces.is_empty()).unwrap_or_else(|| plainly(&item()))
}

/// A source in a line: who, what, where, when.
fn plainly(item: &Item) -> Vec<Inline> {
    let mut line: Vec<Inline> = item.texts.get("title").cloned().unwrap_or_default();
    for text in ["publisher", "number"].into_iter().filter_map(|name| item.text(name)).chain(item.issued().and_then(year_of)) {
        line.push(Inline::text(format!(", {text}")));
    }
    line
}

/// Pieces as HTML that leads nowhere within the page.
pub fn html(pieces: &[Inline]) -> String {
    let mut html = String::new();
    write_html(pieces, &|_, _| false, &mut html);
    html
}

/// A date as `2026-02-03`, `2026-02` or `2026`; of a range its beginning. `None` if words stand for it.
pub fn date_of(date: &Date) -> Option<String> {
    let day = date.from.filter(|day| (0..=9999).contains(&day.year))?;
    Some(match (day.month, day.day) {
        (Some(month), Some(of_month)) => format!("{:04}-{month:02}-{of_month:02}", day.year),
        (Some(month), None) => format!("{:04}-{month:02}", day.year),
        _ => format!("{:04}", day.year),
    })
}

/// The year of a date, or both of a range.
pub fn year_of(date: &Date) -> Option<String> {
    let from = date.from?.year;
    match date.to.map(|to| to.year).filter(|to| *to != from) {
        Some(to) => Some(format!("{from}–{to}")),
        None if date.is_open => Some(format!("{from}–")),
        None => Some(from.to_string()),
    }
}
