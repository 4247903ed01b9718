//! Emitters: every kind of file that a site consists of, one file a kind, one table.
//!
//! Owns `Emitter`, `Output` and the plan of all files. It must not know files on disk or hidden pages.

mod asset;
mod cards;
mod error;
mod export;
mod feed;
mod host;
mod list;
mod page;
mod redirect;
mod relative;
mod search;
mod sitemap;
mod template;
mod version;
pub mod why;
mod xml;

use std::borrow::Cow;
use std::io::Write;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::fingerprint::{Fingerprint, PROGRAM, Short};
use crate::index::PageId;
use crate::site::Site;
use crate::sources::Sources;
use crate::view::{Doc, Parts, View};

pub use error::Error;

/// One kind of file.
pub struct Emitter {
    pub name: &'static str,
    /// What it makes, in a sentence.
    pub doc: &'static str,
    /// Every file of this kind that the site should have.
    pub plan: fn(&View, &mut Vec<Output>),
}

/// What makes one file, and holds all that it needs for it besides the site.
trait Emit {
    /// The kind of file that it is.
    fn emitter(&self) -> &'static Emitter;

    /// The fingerprint of all that the file's bytes depend on.
    fn key(&self, view: &View) -> Fingerprint;

    /// A print of the file at `path` that costs less than its key, and is equal only where the key is; `None` where there is none. Without a text of a
    /// page it is that of the whole site.
    fn print(&self, path: &str, view: &View) -> Option<Fingerprint> {
        Some(view.print(path, None))
    }

    fn render(&self, job: &Job, writer: &mut dyn Write) -> Result<(), Error>;

    /// What the file is made from, for people: no key depends on it.
    fn origin<'a>(&'a self, view: &'a View) -> Origin<'a>;

    /// The document that a template makes; `None` for other files.
    fn doc(&self) -> Option<&Doc> {
        None
    }

    /// The file of the sources that is copied, relative to the root; `None` for what is made.
    fn source(&self) -> Option<&Arc<str>> {
        None
    }
}

/// What a file is made from.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Origin<'a> {
    /// Sources whose text or bytes it carries, relative to the root.
    pub own: Vec<Cow<'a, str>>,
    /// Pages that it lists or names.
    pub shown: Vec<PageId>,
}

macro_rules! kinds {
    ($($kind:ident: $item:ty, [$($emitter:path),*];)*) => {
        /// All kinds of files, in the order in which they are planned.
        pub const EMITTERS: &[Emitter] = &[$($($emitter,)*)*];

        /// What a file is made from: of each kind what its emitter needs.
        #[derive(Debug, Clone, PartialEq)]
        enum Item {
            $($kind($item)),*
        }

        impl Item {
            fn emit(&self) -> &dyn Emit {
                match self {
                    $(Item::$kind(item) => item),*
                }
            }
        }

        $(impl From<$item> for Item {
            fn from(item: $item) -> Item {
                Item::$kind(item)
            }
        })*
    };
}

// One line for what makes files in the same way, with the kinds of files that it makes.
kinds! {
    Document: template::Document, [page::EMITTER, list::EMITTER, redirect::EMITTER, version::EMITTER, version::COMPARISON];
    Redirects: redirect::Redirects, [];
    Feed: feed::FeedFile, [feed::EMITTER];
    Sitemap: sitemap::Sitemap, [sitemap::EMITTER];
    Cards: cards::Cards, [cards::EMITTER];
    Search: search::Piece, [search::EMITTER];
    Host: host::HostFile, [host::EMITTER];
    Export: export::ExportFile, [export::EMITTER];
    Copy: asset::Copy, [asset::EMITTER];
}

/// A file that should exist.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// Below the output folder, with forward slashes: `briefings/x/index.html`.
    pub path: Box<str>,
    item: Item,
}

/// What rendering one file needs.
pub struct Job<'a> {
    pub view: &'a View,
    pub sources: &'a Sources,
    pub output: &'a Output,
}

impl Output {
    fn new(path: impl Into<Box<str>>, item: impl Into<Item>) -> Output {
        Output { path: path.into(), item: item.into() }
    }

    /// The kind of file that it is.
    pub fn emitter(&self) -> &'static Emitter {
        self.item.emit().emitter()
    }

    /// What it is made from, for people.
    pub fn origin<'a>(&'a self, view: &'a View) -> Origin<'a> {
        self.item.emit().origin(view)
    }

    /// The document that a template makes; `None` for other files.
    pub fn doc(&self) -> Option<&Doc> {
        self.item.emit().doc()
    }

    /// The file of the sources that is copied, relative to the root; `None` for what is made.
    pub fn source(&self) -> Option<&Arc<str>> {
        self.item.emit().source()
    }

    /// A print that costs less than the key, and is equal only where the key is; `None` for what has none, whose key costs no more or is made of many texts.
    pub fn print(&self, view: &View) -> Option<Fingerprint> {
        self.item.emit().print(&self.path, view)
    }

    /// The template that makes it, else the emitter's name: what `--timings` counts by.
    pub fn maker(&self) -> &str {
        self.doc().map_or(self.emitter().name, |doc| &doc.template)
    }
}

impl<'a> Origin<'a> {
    fn from_page(site: &'a Site, page: Option<PageId>) -> Origin<'a> {
        Origin { own: page.map(|page| Cow::Borrowed(&**site.page(page).path())).into_iter().collect(), shown: Vec::new() }
    }

    fn showing(shown: impl IntoIterator<Item = PageId>) -> Origin<'a> {
        Origin { own: Vec::new(), shown: shown.into_iter().collect() }
    }
}

/// Every file of the site, in the order of paths. Two at one path are both there: the caller must refuse them.
pub fn plan(view: &View) -> Vec<Output> {
    let mut all: Vec<Output> = Vec::new();
    EMITTERS.iter().for_each(|emitter| (emitter.plan)(view, &mut all));
    // Of two at one path, that of the kind which is planned first comes first.
    all.par_sort_by(|a, b| a.path.cmp(&b.path));
    all
}

/// The files of an earlier plan with those of the search index as it is now, where all else is as it was and no two files are at one path.
pub fn plan_search(view: &View, mut all: Vec<Output>) -> Vec<Output> {
    all.retain(|output| !matches!(output.item, Item::Search(_)));
    (search::EMITTER.plan)(view, &mut all);
    // This sort goes by runs, and all but the last few are in order.
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

/// Mistakes in templates that show before anything is rendered.
pub fn check(view: &View, outputs: &[Output]) -> Vec<Diagnostic> {
    template::check(view, outputs)
}

/// The fingerprint under which a file is remembered: of all that its bytes depend on, this program included.
pub fn key(view: &View, output: &Output) -> Fingerprint {
    Fingerprint::of(&(PROGRAM, output.item.emit().key(view)))
}

/// The same, with a short print of each piece that it is made of, as `why::Pieces` has them.
pub fn key_and_prints(view: &View, output: &Output) -> (Fingerprint, Vec<Short>) {
    Prepared::new(view, output).key_and_prints()
}

/// The same without one part of a document: what a preview compares, which swaps that part by itself.
pub fn key_without(view: &View, output: &Output, part: &str) -> Fingerprint {
    match output.doc() {
        Some(doc) => view.parts(doc).map(|parts| parts.key_without(part)).unwrap_or_default(),
        None => key(view, output),
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
        let parts = output.doc().and_then(|doc| view.parts(doc));
        Prepared { view, output, parts }
    }

    /// What `key` returns.
    pub fn key(&self) -> Fingerprint {
        let own = match &self.parts {
            Some(parts) => parts.key(),
            None => self.output.item.emit().key(self.view),
        };
        Fingerprint::of(&(PROGRAM, own))
    }

    /// What `key_and_prints` returns.
    pub fn key_and_prints(&self) -> (Fingerprint, Vec<Short>) {
        let (own, prints) = match &self.parts {
            Some(parts) => parts.key_and_prints(),
            None => {
                let own = self.output.item.emit().key(self.view);
                (own, vec![own.short()])
            }
        };
        (Fingerprint::of(&(PROGRAM, own)), prints)
    }

    /// Writes the bytes of the file.
    ///
    /// # Errors
    /// A mistake in a template, a source that cannot be read, or a writer that fails.
    pub fn render(&self, sources: &Sources, writer: &mut dyn Write) -> Result<(), Error> {
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
pub fn render(job: &Job, writer: &mut dyn Write) -> Result<(), Error> {
    #[cfg(test)]
    crate::testing::counters::count(|work| work.renders += 1);
    job.output.item.emit().render(job, writer)
}
