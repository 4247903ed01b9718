//! Emitters: every kind of file that a site consists of, one file a kind, one table.
//!
//! Owns `Emitter`, `Output` and the plan of all files. It must not know files on disk or hidden pages.

mod asset;
mod cards;
mod feed;
mod host;
mod list;
mod page;
mod redirect;
mod relative;
mod search;
mod sitemap;
mod template;
pub mod why;
mod xml;

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::fingerprint::{Fingerprint, PROGRAM, Short};
use crate::index::PageId;
use crate::site::Site;
use crate::sources::Sources;
use crate::view::{Doc, Parts, View};

/// One kind of file.
pub struct Emitter {
    pub name: &'static str,
    /// What it makes, in a sentence.
    pub doc: &'static str,
    /// Every file of this kind that the site should have.
    pub plan: fn(&View, &mut Vec<Output>),
    /// The fingerprint of all that a file's bytes depend on.
    pub key: fn(&View, &Output) -> Fingerprint,
    pub render: for<'a> fn(&Job<'a>, &mut dyn Write) -> Result<(), Failure>,
    /// What a file is made from, for people: no key depends on it.
    pub origin: for<'a> fn(&'a View, &'a Output) -> Origin<'a>,
}

/// What a file is made from.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Origin<'a> {
    /// Sources whose text or bytes it carries, relative to the root.
    pub own: Vec<Cow<'a, str>>,
    /// Pages that it lists or names.
    pub shown: Vec<PageId>,
}

/// All kinds, in the order in which they are planned.
pub const EMITTERS: &[Emitter] = &[
    page::EMITTER,
    list::EMITTER,
    redirect::EMITTER,
    feed::EMITTER,
    sitemap::EMITTER,
    cards::EMITTER,
    search::EMITTER,
    host::EMITTER,
    asset::EMITTER,
];

/// A file that should exist.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// Below the output folder, with forward slashes: `briefings/x/index.html`.
    pub path: Box<str>,
    pub item: Item,
    /// Place in `EMITTERS`.
    emitter: u8,
}

/// What a file is made from.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    Doc(Box<Doc>),
    /// A list of the site, by its place in `index.lists`.
    List(u32),
    /// A part, from 0, or a number of them.
    Part(u32),
    Pages(Vec<PageId>),
    /// A file of the sources, relative to the root; or a name that the emitter knows.
    File(Arc<str>),
}

/// What rendering one file needs.
pub struct Job<'a> {
    pub view: &'a View,
    pub sources: &'a Sources,
    pub output: &'a Output,
}

/// Why a file could not be rendered.
#[derive(Debug)]
pub enum Failure {
    /// A mistake in a template.
    Template(Box<Diagnostic>),
    /// A source could not be read, or the output could not be written.
    Io(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Io(error)
    }
}

impl Output {
    /// A file at a plain path; the emitter is filled in by the plan.
    fn new(path: impl Into<Box<str>>, item: Item) -> Output {
        Output { path: path.into(), item, emitter: 0 }
    }

    pub fn emitter(&self) -> &'static Emitter {
        &EMITTERS[self.emitter as usize]
    }

    /// The template that makes it, else the emitter's name: what `--timings` counts by.
    pub fn maker(&self) -> &str {
        match &self.item {
            Item::Doc(doc) => &doc.template,
            _ => self.emitter().name,
        }
    }
}

impl<'a> Origin<'a> {
    fn of_page(site: &'a Site, page: Option<PageId>) -> Origin<'a> {
        Origin { own: page.map(|page| Cow::Borrowed(&**site.page(page).path())).into_iter().collect(), shown: Vec::new() }
    }

    fn showing(shown: impl IntoIterator<Item = PageId>) -> Origin<'a> {
        Origin { own: Vec::new(), shown: shown.into_iter().collect() }
    }
}

/// Every file of the site, in the order of paths. Two at one path are both there: the caller must refuse them.
pub fn plan(view: &View) -> Vec<Output> {
    let mut all: Vec<Output> = Vec::new();
    for (at, emitter) in EMITTERS.iter().enumerate() {
        let before = all.len();
        (emitter.plan)(view, &mut all);
        all[before..].iter_mut().for_each(|output| output.emitter = at as u8);
    }
    all.par_sort_by(|a, b| a.path.cmp(&b.path).then(a.emitter.cmp(&b.emitter)));
    all
}

/// Mistakes in templates that show before anything is rendered.
pub fn check(view: &View, outputs: &[Output]) -> Vec<Diagnostic> {
    template::check(view, outputs)
}

/// The fingerprint under which a file is remembered: of all that its bytes depend on, this program included.
pub fn key(view: &View, output: &Output) -> Fingerprint {
    Fingerprint::of(&(PROGRAM, (output.emitter().key)(view, output)))
}

/// The same, with a short print of each piece that it is made of, as `why::Pieces` has them.
pub fn key_and_prints(view: &View, output: &Output) -> (Fingerprint, Vec<Short>) {
    Prepared::new(view, output).key_and_prints()
}

/// The same without one part of a document: what a preview compares, which swaps that part by itself.
pub fn key_without(view: &View, output: &Output, part: &str) -> Fingerprint {
    match &output.item {
        Item::Doc(doc) => view.parts(doc).map(|parts| parts.key_without(part)).unwrap_or_default(),
        _ => key(view, output),
    }
}

/// A file with what it is made of. The parts of a document are made once, for its key and for its bytes.
pub struct Prepared<'a> {
    view: &'a View,
    pub output: &'a Output,
    /// Of a document.
    parts: Option<Parts<'a>>,
}

impl<'a> Prepared<'a> {
    pub fn new(view: &'a View, output: &'a Output) -> Prepared<'a> {
        let parts = match &output.item {
            Item::Doc(doc) => view.parts(doc),
            _ => None,
        };
        Prepared { view, output, parts }
    }

    /// What `key` returns.
    pub fn key(&self) -> Fingerprint {
        let own = match &self.parts {
            Some(parts) => parts.key(),
            None => (self.output.emitter().key)(self.view, self.output),
        };
        Fingerprint::of(&(PROGRAM, own))
    }

    /// What `key_and_prints` returns.
    pub fn key_and_prints(&self) -> (Fingerprint, Vec<Short>) {
        let (own, prints) = match &self.parts {
            Some(parts) => parts.key_and_prints(),
            None => {
                let own = (self.output.emitter().key)(self.view, self.output);
                (own, vec![own.short()])
            }
        };
        (Fingerprint::of(&(PROGRAM, own)), prints)
    }

    /// Writes the bytes of the file.
    ///
    /// # Errors
    /// A mistake in a template, a source that cannot be read, or a writer that fails.
    pub fn render(&self, sources: &Sources, writer: &mut dyn Write) -> Result<(), Failure> {
        match &self.parts {
            Some(parts) => {
                #[cfg(test)]
                crate::testing::counters::count(|work| work.renders += 1);
                template::write(parts, writer)
            }
            None => render(&Job { view: self.view, sources, output: self.output }, writer),
        }
    }
}

/// Writes the bytes of one file.
pub fn render(job: &Job, writer: &mut dyn Write) -> Result<(), Failure> {
    #[cfg(test)]
    crate::testing::counters::count(|work| work.renders += 1);
    (job.output.emitter().render)(job, writer)
}
