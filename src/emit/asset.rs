//! Files that are copied: the theme's, those of `static/`, and those beside pages.
//!
//! It must not know how a theme names its files.

use std::borrow::Cow;
use std::io::Write;
use std::sync::Arc;

use super::{Emitter, Failure, Item, Job, Origin, Output};
use crate::addresses::Maker;
use crate::fingerprint::Fingerprint;
use crate::view::View;

pub const EMITTER: Emitter =
    Emitter { name: "asset", doc: "files of the theme, of `static/`, and beside pages, as they are", plan, key, render, origin };

fn plan(view: &View, all: &mut Vec<Output>) {
    all.extend(view.site.addresses.written().filter_map(|address| {
        let item = match &address.maker {
            Maker::Theme(at) => Item::Part(*at),
            Maker::File(path) => Item::File(path.clone()),
            _ => return None,
        };
        Some(Output::new(address.file(), item))
    }));
}

fn key(view: &View, output: &Output) -> Fingerprint {
    match &output.item {
        Item::Part(at) => view.site.theme.assets[*at as usize].print,
        Item::File(path) => view.site.print_of_file(path),
        _ => Fingerprint::default(),
    }
}

fn render(job: &Job, writer: &mut dyn Write) -> Result<(), Failure> {
    match &job.output.item {
        Item::Part(at) => Ok(writer.write_all(&job.view.site.theme.assets[*at as usize].bytes)?),
        Item::File(path) => Ok(job.sources.copy(path, writer).map_err(|error| named(path, &error))?),
        _ => Ok(()),
    }
}

fn origin<'a>(view: &'a View, output: &'a Output) -> Origin<'a> {
    let own: Cow<'a, str> = match &output.item {
        Item::File(path) => Cow::Borrowed(path),
        Item::Part(at) => Cow::Borrowed(&view.site.theme.assets[*at as usize].source),
        _ => return Origin::default(),
    };
    Origin { own: vec![own], shown: Vec::new() }
}

/// An error that says which file could not be copied.
fn named(path: &Arc<str>, error: &std::io::Error) -> std::io::Error {
    std::io::Error::new(error.kind(), format!("cannot copy {path}: {error}"))
}
