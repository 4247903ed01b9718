//! The search index: a directory and pieces beside each search page.
//!
//! The index is made before its files are planned, because pieces are named after their bytes. It must not know the form of the index.

use std::io::Write;

use super::{Emit, Emitter, Error, Job, Origin, Output};
use crate::fingerprint::Fingerprint;
use crate::view::View;

pub const EMITTER: Emitter =
    Emitter { name: "search", doc: "`/search/index.json` and `/search/index/…`: the search index (`docs/search-index.md`)", plan };

fn plan(view: &View, all: &mut Vec<Output>) {
    all.extend(view.search.iter().enumerate().map(|(at, file)| Output::new(file.path.clone(), Piece(at))));
}

/// A file of the search index, by its place among them.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece(usize);

impl Emit for Piece {
    fn emitter(&self) -> &'static Emitter {
        &EMITTER
    }

    fn key(&self, view: &View) -> Fingerprint {
        view.search.get(self.0).map(|file| file.print).unwrap_or_default()
    }

    fn print(&self, _: &str, _: &View) -> Option<Fingerprint> {
        None
    }

    fn render(&self, job: &Job, writer: &mut dyn Write) -> Result<(), Error> {
        Ok(writer.write_all(job.view.search.get(self.0).map_or(&[], |file| &*file.bytes))?)
    }

    /// Every page may have put a word into it.
    fn origin<'a>(&'a self, _: &'a View) -> Origin<'a> {
        Origin::default()
    }
}
