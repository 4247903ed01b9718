//! What is shown, held against the same site made with nothing remembered: which files there are, their keys, and their bytes.
//!
//! It must not know who is told.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::shown::Shown;
use crate::emit::{self, Job, Output};
use crate::fingerprint::{Fingerprint, Printer};
use crate::output::Difference;
use crate::pipeline::{self, BuildOptions, Cache, SearchIndex};
use crate::sources::{Content, Sources};
use crate::view::View;

/// What is known of a file: its key, and the fingerprint of its bytes unless a mistake keeps it from being rendered.
type File = (Fingerprint, Option<Fingerprint>);

/// How many files a site made from nothing has, and those that are shown in another way, in the order of paths.
pub fn differences(shown: &Shown, options: &BuildOptions) -> (usize, Vec<(Box<str>, Difference)>) {
    let plan = pipeline::plan(shown.sources(), &mut Cache::default(), &BuildOptions { search: SearchIndex::WhenAsked, ..options.clone() });
    let expected = files(&plan.view, shown.sources(), &plan.outputs);
    let found = files(shown.view(), shown.sources(), shown.outputs());
    let difference = |path: &str, (key, print): &File| match found.get(path) {
        None => Some((path.into(), Difference::Missing)),
        Some((_, other)) if other != print => Some((path.into(), Difference::Bytes)),
        Some((other, _)) => (other != key).then(|| (path.into(), Difference::Record)),
    };
    let mut differences: Vec<(Box<str>, Difference)> = expected.iter().filter_map(|(path, file)| difference(path, file)).collect();
    differences.extend(found.keys().filter(|path| !expected.contains_key(*path)).map(|path| (path.clone(), Difference::Extra)));
    differences.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    (expected.len(), differences)
}

fn files<'a>(view: &'a View, sources: &'a Sources, outputs: &'a [Output]) -> BTreeMap<Box<str>, File> {
    let file = |output: &'a Output| {
        let key = emit::key(view, output);
        // What is copied from disk is read again for each request: there is nothing in memory that could be wrong.
        if let Some(path) = output.source()
            && sources.get(path).is_some_and(|source| matches!(source.content, Content::File))
        {
            return (output.path.clone(), (key, None));
        }
        let mut printer = Printer::default();
        let rendered = emit::render(&Job { view, sources, output }, &mut printer).map(|()| printer.print());
        (output.path.clone(), (key, rendered.ok()))
    };
    outputs.par_iter().map(file).collect()
}
