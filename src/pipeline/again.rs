//! The same site made again with nothing remembered, for another build to be held against.
//!
//! It must not know what it is compared with.

use std::collections::BTreeMap;

use super::{BuildOptions, Cache, each_file};
use crate::diagnostic::Diagnostic;
use crate::emit;
use crate::fingerprint::{Fingerprint, Printer};
use crate::sources::Sources;

/// The fingerprint of every file that a build with an empty cache makes, by path. No file is held in memory longer than it takes to render it.
///
/// # Errors
/// The mistakes that keep the site from being written.
pub fn prints(sources: &Sources, options: &BuildOptions) -> Result<BTreeMap<Box<str>, Fingerprint>, Vec<Diagnostic>> {
    each_file(sources, &mut Cache::default(), options, |job| {
        let mut printer = Printer::default();
        emit::render(job, &mut printer).map(|()| printer.print())
    })
}
