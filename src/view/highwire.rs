//! What reference managers read in the head of a briefing, such that they save a report with its number and its authors whole: the tags that Highwire
//! began (<https://scholar.google.com/intl/en/scholar/inclusion.html#indexing>).
//!
//! Each form here was tried with the translator by which Zotero reads embedded metadata. It must not know how a page looks.

use std::hash::Hash;

use super::fill::escape;
use super::pages::shown;
use super::work::{Parted, publisher, written_by};
use super::{Model, Scope, View, What};
use crate::addresses::exports::is_publication;
use crate::fingerprint::Flat;
use crate::index::PageId;

/// The tags of a briefing as HTML; nothing on other documents.
pub fn tags<'a>(scope: &Scope<'a>) -> Model<'a> {
    let is_page = scope.doc.what == What::Page && scope.doc.list.is_none();
    let Some((page, fact)) = shown(scope).filter(|(_, fact)| is_page && is_publication(fact)) else { return Model::None };
    let (view, site) = (scope.view, scope.site);
    // Without somebody who issues it, it would be taken for an article of a journal.
    let Some(publisher) = publisher(site) else { return Model::None };
    let (front, date) = (fact.front(), fact.page.date.map(|moment| moment.partial()));
    let mut flat = Flat::default();
    (&fact.title, &front.id, &front.doi, date, site.lang_of(page), publisher).hash(&mut flat);
    written_by(view, page).for_each(|(name, parted)| (name, parted.is_some()).hash(&mut flat));
    Model::later(flat.print(), move || {
        let mut html = String::with_capacity(1024);
        tag("title", |content| escape(&fact.title, content), &mut html);
        let count = written_by(view, page).count();
        let authors = written_by(view, page).filter(|name| !is_never_whole(name));
        authors.for_each(|name| tag("author", |content| author(&name, count, content), &mut html));
        if let Some(date) = date {
            // Of two tags for dates, readers take another one than this first, and of none the first `time` of the page. A text takes all that is written.
            let day = |content: &mut String| {
                content.push_str(&date.to_string().replace('-', "/"));
            };
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

/// An author, and the parts of a person's name.
type Author<'a> = (&'a str, Option<Parted<'a>>);

/// True for bodies that no form keeps whole.
fn is_never_whole((name, parted): &Author) -> bool {
    parted.is_none() && name.contains([',', ';'])
}

/// One of so many authors such that the name is read whole.
fn author((name, parted): &Author, count: usize, content: &mut String) {
    let Some(Parted { particle, family, given, suffix }) = parted else {
        // A name without a given one: what has no comma would be parted at its last space.
        escape(name, content);
        content.push(',');
        return;
    };
    let from = content.len();
    words([particle, family], content);
    content.push_str(", ");
    words([given, suffix], content);
    // A lone author with a space on both sides of the comma is taken for two, unless a semicolon parts it.
    let is_taken_for_two = content[from..].split(", ").all(|part| part.contains(' '));
    content.push_str(if count == 1 && is_taken_for_two { ";" } else { "" });
}

fn words(words: [&str; 2], content: &mut String) {
    for (at, word) in words.into_iter().filter(|word| !word.is_empty()).enumerate() {
        content.push_str(if at > 0 { " " } else { "" });
        escape(word, content);
    }
}

/// Who issues a page, behind the bodies among its authors that no other tag keeps whole.
fn institution(view: &View, page: PageId, publisher: &str, content: &mut String) {
    for (name, _) in written_by(view, page).filter(|author| is_never_whole(author) && author.0 != publisher) {
        escape(name, content);
        content.push_str("; ");
    }
    escape(publisher, content);
}

#[cfg(test)]
mod tests;
