//! What reference managers read in the head of a briefing, such that they save a report with its number and its authors whole: the tags that Highwire
//! began (<https://scholar.google.com/intl/en/scholar/inclusion.html#indexing>).
//!
//! Each form here was tried with the translator by which Zotero reads embedded metadata. It must not know how a page looks.

use std::hash::Hash;

use super::fill::escape;
use super::pages::shown;
use super::work::{authors, is_publication, publisher, written_by};
use super::{Model, Scope, View, What};
use crate::fingerprint::Flat;
use crate::index::PageId;
use crate::references::Name;

/// The tags of a briefing as HTML; nothing on other documents.
pub fn tags<'a>(scope: &Scope<'a>) -> Model<'a> {
    let is_page = scope.doc.what == What::Page && scope.doc.list.is_none();
    let Some((page, fact)) = shown(scope).filter(|(_, fact)| is_page && is_publication(fact)) else { return Model::None };
    let (view, site) = (scope.view, scope.site);
    // Without somebody who issues it, it would be taken for an article of a journal.
    let Some(publisher) = publisher(site) else { return Model::None };
    let (front, date) = (fact.front(), fact.page.date.map(|moment| moment.date()));
    let mut flat = Flat::default();
    (&fact.title, &front.id, &front.doi, date, site.lang_of(page), publisher).hash(&mut flat);
    written_by(view, page).for_each(|author| author.hash(&mut flat));
    Model::later(flat.print(), move || {
        let mut html = String::with_capacity(1024);
        tag("title", |content| escape(&fact.title, content), &mut html);
        let count = written_by(view, page).count();
        let authors = authors(view, page).filter(|name| !is_never_whole(name));
        authors.for_each(|name| tag("author", |content| author(&name, count, content), &mut html));
        if let Some(date) = date {
            // Of two tags for dates, readers take another one than this first, and of none the first `time` of the page.
            let day = |content: &mut String| escape(&date.strftime("%Y/%m/%d").to_string(), content);
            tag("publication_date", day, &mut html);
        }
        tag("language", |content| escape(site.lang_of(page), content), &mut html);
        front.doi.iter().for_each(|doi| tag("doi", |content| escape(doi, content), &mut html));
        front.id.iter().for_each(|id| tag("technical_report_number", |content| escape(id, content), &mut html));
        // The last tag that says a type is the one that counts.
        tag("technical_report_institution", |content| institution(view, page, publisher, content), &mut html);
        tera::Value::safe_string(html.trim_end())
    })
}

fn tag(name: &str, content: impl FnOnce(&mut String), html: &mut String) {
    html.push_str("<meta name=\"citation_");
    html.push_str(name);
    html.push_str("\" content=\"");
    content(html);
    html.push_str("\">\n");
}

/// True for bodies that no form keeps whole.
fn is_never_whole(name: &Name) -> bool {
    matches!(name, Name::Body(name) if name.contains([',', ';']))
}

/// One of so many authors such that the name is read whole.
fn author(name: &Name, count: usize, content: &mut String) {
    match name {
        // A name without a given one: what has no comma would be parted at its last space.
        Name::Body(name) => {
            escape(name, content);
            content.push(',');
        }
        Name::Person { family, given, particle, suffix, .. } => {
            let from = content.len();
            words([particle, family], content);
            content.push_str(", ");
            words([given, suffix], content);
            // A lone author with a space on both sides of the comma is taken for two, unless a semicolon parts it.
            let is_taken_for_two = content[from..].split(", ").all(|part| part.contains(' '));
            content.push_str(if count == 1 && is_taken_for_two { ";" } else { "" });
        }
    }
}

fn words(words: [&str; 2], content: &mut String) {
    for (at, word) in words.into_iter().filter(|word| !word.is_empty()).enumerate() {
        content.push_str(if at > 0 { " " } else { "" });
        escape(word, content);
    }
}

/// Who issues a page, behind the bodies among its authors that no other tag keeps whole.
fn institution(view: &View, page: PageId, publisher: &str, content: &mut String) {
    for name in authors(view, page).filter(is_never_whole) {
        if let Name::Body(name) = name
            && *name != *publisher
        {
            escape(&name, content);
            content.push_str("; ");
        }
    }
    escape(publisher, content);
}

#[cfg(test)]
mod tests;
