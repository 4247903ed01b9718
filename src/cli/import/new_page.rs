//! A page that is made of one document: where it lies, and its front matter.
//!
//! It must not know what wrote the document.

use super::new_site::{NewSite, Note};
use crate::cli::error::Error;
use crate::cli::front_text::FrontText;
use crate::cli::new::file_name;
use crate::page::date::Stamp;

/// Where a document goes.
const FOLDER: &str = "content/briefings";

/// A document as a draft.
#[derive(Debug, Default)]
pub struct NewPage {
    pub title: Option<String>,
    pub summary: Option<String>,
    /// As the document writes it.
    pub date: Option<String>,
    pub authors: Vec<String>,
    pub language: Option<String>,
    /// Markdown.
    pub text: String,
}

/// Adds a draft, made of the file `from`, with the files beside it.
///
/// # Errors
/// No file can be named after it.
pub fn add(site: &mut NewSite, from: &str, page: NewPage, files: Vec<(String, Vec<u8>)>) -> Result<(), Error> {
    let stem = from.rsplit_once('.').map_or(from, |(stem, _)| stem);
    let title = page.title.unwrap_or_else(|| {
        site.note(Note::changed(from, "the title is the file's name, for the document says none: write one"));
        stem.replace(['_', '-'], " ")
    });
    let folder = format!("{FOLDER}/{}", file_name(&title).or_else(|_| file_name(stem))?);
    let mut front = FrontText::new(page.text);
    front.set("title", &title.into());
    front.set("status", &"draft".into());
    if let Some(summary) = page.summary {
        site.note(Note::changed(from, "the subtitle became the `summary`, which lists and search engines show: is it one?"));
        front.set("summary", &summary.into());
    }
    match page.date.as_deref().map(|date| (date, Stamp::parse(date))) {
        Some((_, Some(date))) => front.set("date", &date.date().to_string().into()),
        Some((date, None)) => {
            site.note(Note::lost(from, format!("the date `{date}` cannot be read: write `date: 2026-01-31` in the page")))
        }
        None => site
            .note(Note::changed(from, "the page has no date, for the document says none that is surely that of publication: write `date`")),
    }
    if !page.authors.is_empty() {
        front.set("authors", &page.authors.into());
    }
    if let Some(language) = page.language {
        front.set("lang", &language.into());
    }
    site.add_page(format!("{folder}/index.md"), front.into_text(), None, from);
    for (name, bytes) in files {
        site.add_bytes(format!("{folder}/{name}"), bytes, from);
    }
    Ok(())
}
