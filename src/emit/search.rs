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

impl Piece {
    fn bytes<'a>(&self, view: &'a View) -> &'a [u8] {
        view.search.get(self.0).map_or(&[], |file| &*file.bytes)
    }
}

impl Emit for Piece {
    fn emitter(&self) -> &'static Emitter {
        &EMITTER
    }

    fn key(&self, view: &View) -> Fingerprint {
        Fingerprint::of_bytes(self.bytes(view))
    }

    fn render(&self, job: &Job, writer: &mut dyn Write) -> Result<(), Error> {
        Ok(writer.write_all(self.bytes(job.view))?)
    }

    /// Every page may have put a word into it.
    fn origin<'a>(&'a self, _: &'a View) -> Origin<'a> {
        Origin::default()
    }
}
