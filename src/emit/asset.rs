//! Files that are copied: the theme's, those of `static/`, and those beside pages.
//!
//! It must not know how a theme names its files.

use std::io::Write;
use std::sync::Arc;

use super::{Emitter, Failure, Item, Job, Output};
use crate::view::View;

pub const EMITTER: Emitter =
    Emitter { name: "asset", doc: "files of the theme, of `static/`, and beside pages, as they are", plan, render };

fn plan(view: &View, all: &mut Vec<Output>) {
    let site = view.site;
    for (at, asset) in site.theme.assets.iter().enumerate().filter(|(_, asset)| !site.has_static(&asset.path)) {
        all.push(Output::new(asset.path.as_str(), asset.print, Item::Part(at as u32)));
    }
    for (path, print) in &site.statics {
        let name = path.strip_prefix("static/").unwrap_or(path);
        all.push(Output::new(name, print, Item::File(path.clone())));
    }
    for (file, print) in site.index.files.iter().zip(&site.file_prints) {
        all.push(Output::new(file.route.trim_start_matches('/'), print, Item::File(file.path.clone())));
    }
}

fn render(job: &Job, writer: &mut dyn Write) -> Result<(), Failure> {
    match &job.output.item {
        Item::Part(at) => Ok(writer.write_all(&job.view.site.theme.assets[*at as usize].bytes)?),
        Item::File(path) => Ok(job.sources.copy(path, writer).map_err(|error| named(path, &error))?),
        _ => Ok(()),
    }
}

/// An error that says which file could not be copied.
fn named(path: &Arc<str>, error: &std::io::Error) -> std::io::Error {
    std::io::Error::new(error.kind(), format!("cannot copy {path}: {error}"))
}
