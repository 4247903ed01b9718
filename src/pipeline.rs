//! The pipeline: from sources to a site, from a site to files. The whole program on one screen.
//!
//! Owns `build`, and in its files `plan` and `Cache`. It must not know formats or terminals. A clean build runs it with an empty cache, watch mode runs the same with a warm one.

pub mod again;
pub mod audit;
pub mod build_info;
mod cache;
mod clash;
mod done;
pub mod edits;
mod error;
mod files;
mod keys;
mod left_out;
pub mod lost;
mod options;
mod pages;
mod past;
mod plan;
pub mod reasons;
mod registers;
mod render;
mod timings;

use std::collections::BTreeMap;
use std::time::Instant;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::emit::{self, Job, Output};
use crate::fingerprint::Fingerprint;
use crate::memo::Verify;
use crate::output::{self, Folder, Written};
use crate::sources::Sources;

pub use cache::{Cache, Change, Keep};
pub use error::Error;
pub use files::OF_FILES;
pub use left_out::LeftOut;
pub use options::{BuildOptions, SearchIndex, Stop, Warnings};
pub use plan::{Plan, plan};
pub use timings::Timings;

use audit::Audit;
use done::Done;
use keys::Keys;
use plan::sort;
use reasons::Reasons;
use render::{Rendering, render, to_diagnostic};

/// What a build did.
pub struct Report {
    /// Nothing, if all is as an earlier build left it, so that no plan was needed.
    pub plan: Option<Plan>,
    /// All problems, in the order of a report.
    pub diagnostics: Vec<Diagnostic>,
    /// The next instant at which something appears, disappears or changes by itself.
    pub next_change: Option<Timestamp>,
    /// Nothing, if there were errors, if no folder was given, or if the build was stopped.
    pub written: Option<Written>,
    /// Public pages.
    pub pages: usize,
    /// Files that the site is made of.
    pub files: usize,
    /// What its author may miss in it.
    pub left_out: LeftOut,
    /// Of their paths and keys.
    pub print: Fingerprint,
    /// Why files were written or removed; nothing, if none was.
    pub reasons: Reasons,
    /// How long each stage took.
    pub timings: Timings,
}

/// Told from many threads while files are rendered: how many are done, and of how many.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// Builds the site into `folder`; without a folder every file is rendered, and nothing written (`check`).
///
/// # Errors
/// The output cannot be written, or a source changed while it was read. Mistakes in the site are no error here but diagnostics in the report, and then
/// nothing is written.
pub fn build(
    sources: &Sources,
    cache: &mut Cache,
    options: &BuildOptions,
    folder: Option<Folder>,
    progress: Progress,
) -> Result<Report, Error> {
    let mut timings = Timings::default();
    let key = timings.stage("sources", || done::key(sources, options));
    let known = cache.done.take().filter(|done| done.holds(key, sources.now));
    let is_verified = cache.verify == Verify::On;
    match (known, folder) {
        (Some(done), Some(folder)) if !is_verified && timings.stage("files", || folder.is_whole(done.files)) => {
            folder.sign(build_info::words(options, sources, done.next_change));
            let written = timings.stage("write", || folder.commit())?;
            let report = done.report(written, timings);
            cache.done = Some(done);
            Ok(report)
        }
        (known, folder) => {
            let report = make(sources, cache, options, folder, progress, timings)?;
            let from = known.as_ref().map_or(sources.now, |known| known.from);
            cache.done = report.written.and_then(|_| Done::new(key, from, &report));
            let changed = || known.is_some_and(|known| cache.done.as_ref().is_some_and(|done| known != *done));
            assert!(!(is_verified && changed()), "memo `build`: a site changed under an equal key");
            Ok(report)
        }
    }
}

/// Builds the site from its pages on.
fn make(
    sources: &Sources,
    cache: &mut Cache,
    options: &BuildOptions,
    folder: Option<Folder>,
    progress: Progress,
    mut timings: Timings,
) -> Result<Report, Error> {
    let mut plan = plan(sources, cache, options);
    timings.stages.append(&mut plan.timings.stages);
    let Plan { view, outputs, .. } = &plan;
    // With an error in sight nothing is written, but all files are rendered all the same: their mistakes are told too.
    let is_sound = |found: &[Diagnostic]| !found.iter().any(|problem| problem.severity == Severity::Error);
    let folder = folder.filter(|_| is_sound(&plan.diagnostics));
    let auditor = audit::auditor(&plan, sources);
    let audit = auditor.map(|auditor| Audit::new(auditor, &plan, sources, folder.as_ref()));
    let start = Instant::now();
    let (verify, keep, stop) = (cache.verify, cache.keep, &options.stop);
    let keys = cache.keys();
    let rendering = Rendering { view, sources, folder: folder.as_ref(), audit: audit.as_ref(), keys, verify, keep, progress, stop };
    let rendered = render(&rendering, outputs)?;
    let has_all = folder.is_some() && rendered.keys.len() == outputs.len();
    if has_all {
        let prints = outputs.par_iter().zip(&rendered.keys).filter_map(|(output, key)| Some((output.print(view)?, *key)));
        cache.set_keys(Keys::new(prints.collect()));
    }
    timings.stages.push(("render", start.elapsed()));
    timings.outputs = rendered.counts;
    if let Some(path) = sources.moved() {
        return Err(Error::Moved { path: sources.root.join(&**path) });
    }
    // A name that nobody knows has been told, and is what rendering stumbles over.
    let errors = plan.errors();
    let is_told = |place: &Option<Place>| place.is_some() && errors.iter().any(|known| known.place == *place);
    let mut problems: Vec<Diagnostic> = rendered.problems.into_iter().filter(|problem| !is_told(&problem.place)).collect();
    if let Some(audit) = audit {
        let (leaks, prints) = timings.stage("audit", || audit.problems());
        if let (Some(folder), Some(prints)) = (&folder, prints) {
            folder.record_audit(&prints);
        }
        // A link to a hidden page is told as such.
        let line = |problem: &Diagnostic| problem.place.as_ref().map(|place| (place.path.clone(), place.line));
        let known: Vec<_> = errors.iter().filter_map(line).collect();
        problems.extend(leaks.into_iter().filter(|leak| line(leak).is_none_or(|place| !known.contains(&place))));
    }
    problems.extend(plan.diagnostics.iter().cloned());
    sort(&mut problems, options.warnings);
    let mut reasons = Reasons::default();
    let written = match folder {
        Some(folder) if is_sound(&problems) && !options.stop.is_set() => {
            folder.sign(build_info::words(options, sources, plan.next_change));
            reasons = timings.stage("reasons", || reasons::settle(view, &folder, rendered.made));
            Some(timings.stage("write", || folder.commit())?)
        }
        Some(folder) => {
            folder.abandon();
            None
        }
        None => None,
    };
    let print = output::print(outputs.iter().zip(rendered.keys).map(|(output, key)| (&*output.path, key)));
    let (pages, files, next_change) = (plan.site.facts.len(), outputs.len(), plan.next_change);
    let left_out = LeftOut::of(&plan);
    Ok(Report { pages, files, left_out, print, reasons, written, diagnostics: problems, next_change, timings, plan: Some(plan) })
}

/// The files of a site in memory, by path.
pub type Files = BTreeMap<Box<str>, Vec<u8>>;

/// Every file of a site: what a build would write.
///
/// # Errors
/// The mistakes that keep it from being written.
pub fn render_all(sources: &Sources, cache: &mut Cache, options: &BuildOptions) -> Result<Files, Vec<Diagnostic>> {
    each_file(sources, cache, options, |job| {
        let mut bytes = Vec::new();
        emit::render(job, &mut bytes).map(|()| bytes)
    })
}

/// One file of a planned site, in memory; `None` if the site has none at that path.
pub fn render_one(sources: &Sources, plan: &Plan, path: &str) -> Option<Result<Vec<u8>, Diagnostic>> {
    let job = Job { view: &plan.view, sources, output: plan.find(path)? };
    let mut bytes = Vec::new();
    Some(emit::render(&job, &mut bytes).map(|()| bytes).map_err(to_diagnostic))
}

/// What `make` makes of every file of a site, by path.
fn each_file<T: Send>(
    sources: &Sources,
    cache: &mut Cache,
    options: &BuildOptions,
    make: impl Fn(&Job) -> Result<T, emit::Error> + Sync,
) -> Result<BTreeMap<Box<str>, T>, Vec<Diagnostic>> {
    let planned = plan(sources, cache, options);
    let errors = planned.errors();
    if !errors.is_empty() {
        return Err(errors);
    }
    let Plan { view, outputs, .. } = &planned;
    let made = |output: &Output| {
        let made = make(&Job { view, sources, output });
        made.map(|made| (output.path.clone(), made)).map_err(|error| vec![to_diagnostic(error)])
    };
    outputs.par_iter().map(made).collect()
}

#[cfg(test)]
mod counts;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_each_stage_finds_is_told() {
        let page = "---\ntitle: A\nsumary: B\nkind: persn\n---\n{{< nothing >}} [gone](gone.md)\n";
        let files = [
            ("content/a.md", page),
            ("content/draft.md", "---\ndraft: true\nweight: heavy\n---\n"),
            ("content/_data/x.json", "{"),
            ("templates/page.html", "{{ nosuch }}"),
        ];
        let sources = Sources::in_memory(Timestamp::UNIX_EPOCH, "colour = 1\nbase_url = \"https://example.org/\"\n", &files);
        let report = build(&sources, &mut Cache::default(), &BuildOptions::default(), None, &|_, _| {}).expect("nothing is written");
        let mut codes: Vec<&str> = report.diagnostics.iter().map(|problem| problem.code).collect();
        codes.sort_unstable();
        let expected = [
            "bad-data",
            "broken-link",
            "unknown-key",
            "unknown-kind",
            "unknown-part",
            "unknown-setting",
            "unknown-shortcode",
            "wrong-type",
        ];
        assert_eq!(codes, expected);
    }
}
