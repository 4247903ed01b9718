//! Files that are copied: the theme's, those of `static/`, and those beside pages.
//!
//! It must not know how a theme names its files.

use std::borrow::Cow;
use std::io::Write;
use std::sync::Arc;

use super::{Emit, Emitter, Error, Job, Origin, Output};
use crate::addresses::Maker;
use crate::fingerprint::Fingerprint;
use crate::view::View;

pub const EMITTER: Emitter = Emitter { name: "asset", doc: "files of the theme, of `static/`, and beside pages, as they are", plan };

fn plan(view: &View, all: &mut Vec<Output>) {
    all.extend(view.site.addresses.written().filter_map(|address| {
        let item = match &address.maker {
            Maker::Theme(at) => Copy::Theme(*at),
            Maker::File(path) => Copy::File(path.clone()),
            _ => return None,
        };
        Some(Output::new(address.file(), item))
    }));
}

/// A file as it is.
#[derive(Debug, Clone, PartialEq)]
pub enum Copy {
    /// Of the theme, by its place in `Theme::assets`.
    Theme(u32),
    /// Of the sources, by its path from the root of the project.
    File(Arc<str>),
}

impl Emit for Copy {
    fn emitter(&self) -> &'static Emitter {
        &EMITTER
    }

    fn key(&self, view: &View) -> Fingerprint {
        match self {
            Copy::Theme(at) => view.site.theme.assets[*at as usize].print,
            Copy::File(path) => view.site.print_of_file(path),
        }
    }

    fn print(&self, _: &str, _: &View) -> Option<Fingerprint> {
        None
    }

    fn render(&self, job: &Job, writer: &mut dyn Write) -> Result<(), Error> {
        match self {
            Copy::Theme(at) => Ok(writer.write_all(&job.view.site.theme.assets[*at as usize].bytes)?),
            Copy::File(path) => Ok(job.sources.copy(path, writer).map_err(|error| named(path, &error))?),
        }
    }

    fn origin<'a>(&'a self, view: &'a View) -> Origin<'a> {
        let own: &'a str = match self {
            Copy::Theme(at) => &view.site.theme.assets[*at as usize].source,
            Copy::File(path) => path,
        };
        Origin { own: vec![Cow::Borrowed(own)], shown: Vec::new() }
    }

    fn source(&self) -> Option<&Arc<str>> {
        match self {
            Copy::Theme(_) => None,
            Copy::File(path) => Some(path),
        }
    }
}

/// An error that says which file could not be copied.
fn named(path: &Arc<str>, error: &std::io::Error) -> std::io::Error {
    std::io::Error::new(error.kind(), format!("cannot copy {path}: {error}"))
}
