//! What Word writes, and what LibreOffice and Google Docs write for it: a document becomes a draft with its pictures.
//!
//! A document holds more than its readers see: comments, deletions, hidden words, the names of people. Nothing passes that is not known to be
//! part of the text as it would be with all changes accepted, and what stays out is counted.
//!
//! It must not know where the page will lie.

mod draft;
mod fields;
mod left_out;
mod markdown;
mod model;
mod numbering;
mod package;
mod pictures;
mod reader;
mod runs;
mod styles;
mod tables;
mod words;
mod xml;

use super::Dialect;
use super::new_page::{NewPage, add};
use super::new_site::{NewSite, Note};
use super::original::Original;
use crate::cli::error::Error;
use draft::draft;
use markdown::Writer;
use package::Package;
use reader::Reader;

/// The others are none, and are told how to become one.
const ENDS: [&str; 7] = [".docx", ".docm", ".doc", ".dotx", ".odt", ".rtf", ".pages"];

pub const DIALECT: Dialect = Dialect {
    name: "docx",
    is: |original| original.file.as_deref().is_some_and(|name| ENDS.iter().any(|end| name.to_lowercase().ends_with(end))),
    import,
};

fn import(original: &Original, site: &mut NewSite) -> Result<(), Error> {
    let Some(name) = original.file.as_deref() else {
        return Err(Error::usage("documents of Word are imported one by one").hint("name one: `chancery import report.docx`"));
    };
    let bytes = original.bytes(name).map_err(|note| Error::trouble(note.message))?;
    let mut package = Package::open(bytes, name)?;
    let properties = properties(&mut package)?;
    let mut reader = Reader::new(&mut package)?;
    let blocks = reader.document()?;
    let mut draft = draft(blocks, &mut reader.left);
    let language = reader.styles.language.as_deref().and_then(|language| language.split(['-', '_']).next()).map(str::to_lowercase);
    let (files, notes, mut left) = (reader.files, reader.notes, reader.left);
    let text = Writer { names: Default::default(), left: &mut left }.page(&draft.blocks, &notes);
    if let (None, Some(title)) = (&draft.title, &properties.title) {
        site.note(Note::changed(
            name,
            format!("the title `{title}` is that of the file's properties, for the text has none: is it the right one?"),
        ));
        draft.title = Some(title.clone());
    }
    if let Some(author) = &properties.author {
        site.note(Note::changed(
            name,
            format!(
                "the properties of the file name `{author}` as its author, which is not in the page: write `authors` if readers are to know"
            ),
        ));
    }
    left.notes(name).into_iter().for_each(|note| site.note(note));
    let page = NewPage { title: draft.title, summary: draft.summary, date: draft.date, authors: draft.authors, language, text };
    add(site, name, page, files)
}

/// What a file says of itself.
#[derive(Default)]
struct Properties {
    title: Option<String>,
    author: Option<String>,
}

fn properties(package: &mut Package) -> Result<Properties, Error> {
    let path = package.relations("")?.into_values().find(|relation| relation.kind == "core-properties").map(|relation| relation.target);
    let Some(root) = path.map(|path| package.xml(&path)).transpose()?.flatten() else { return Ok(Properties::default()) };
    let said = |name: &str| root.child(name).map(|node| node.words().trim().to_string()).filter(|words| !words.is_empty());
    Ok(Properties { title: said("?:title"), author: said("?:creator") })
}
