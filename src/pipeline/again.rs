//! The same site made again with nothing remembered, for another build to be held against.
//!
//! It must not know what it is compared with.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::render::told;
use super::{Cache, Order, plan};
use crate::diagnostic::Diagnostic;
use crate::emit::{self, Job, Output};
use crate::fingerprint::{Fingerprint, Printer};
use crate::sources::Sources;
use crate::view::View;

/// The fingerprint of every file that a build with an empty cache makes, by path. No file is held in memory longer than it takes to render it.
///
/// # Errors
/// The mistakes that keep the site from being written.
pub fn prints(sources: &Sources, order: &Order) -> Result<BTreeMap<Box<str>, Fingerprint>, Vec<Diagnostic>> {
    let plan = plan(sources, &mut Cache::default(), order);
    let view = View::of(&plan.site);
    let outputs = emit::plan(&view);
    let problems = plan.problems(&view, &outputs);
    if !problems.is_empty() {
        return Err(problems);
    }
    let print = |output: &Output| {
        let mut printer = Printer::default();
        let done = emit::render(&Job { view: &view, sources, output }, &mut printer);
        done.map(|()| (output.path.clone(), printer.print())).map_err(|failure| vec![told(failure)])
    };
    outputs.par_iter().map(print).collect()
}
