//! The search index: a directory and pieces beside each search page.
//!
//! The index is made before its files are planned, because pieces are named after their bytes. It must not know the form of the index.

use std::io::Write;

use super::{Emitter, Failure, Item, Job, Origin, Output};
use crate::fingerprint::Fingerprint;
use crate::view::View;

pub const EMITTER: Emitter = Emitter {
    name: "search",
    doc: "`/search/index.json` and `/search/index/…`: the search index (`docs/search-index.md`)",
    plan,
    key,
    render,
    origin,
};

fn plan(view: &View, all: &mut Vec<Output>) {
    all.extend(view.search.iter().enumerate().map(|(at, file)| Output::new(file.path.clone(), Item::Part(at as u32))));
}

fn bytes<'a>(view: &'a View, output: &Output) -> &'a [u8] {
    match output.item {
        Item::Part(at) => view.search.get(at as usize).map_or(&[], |file| &*file.bytes),
        _ => &[],
    }
}

fn key(view: &View, output: &Output) -> Fingerprint {
    Fingerprint::of_bytes(bytes(view, output))
}

fn render(job: &Job, writer: &mut dyn Write) -> Result<(), Failure> {
    Ok(writer.write_all(bytes(job.view, job.output))?)
}

/// Every page may have put a word into it.
fn origin<'a>(_: &'a View, _: &'a Output) -> Origin<'a> {
    Origin::default()
}
