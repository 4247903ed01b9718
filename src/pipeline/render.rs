//! Rendering: every file whose key is not current, on all threads.
//!
//! It must not know which files there are, or what becomes of them.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rayon::iter::Either;
use rayon::prelude::*;

use super::audit::Audit;
use super::keys::Keys;
use super::reasons::RenderedFile;
use super::{Keep, Progress, Stop};
use crate::diagnostic::{Diagnostic, codes};
use crate::emit::{self, Job, Output, Prepared};
use crate::fingerprint::Fingerprint;
use crate::memo::Verify;
use crate::output::{self, Folder};
use crate::sources::Sources;
use crate::view::{View, What};

/// What is rendered, and for whom.
pub struct Rendering<'a, 'r> {
    pub view: &'a View,
    pub sources: &'r Sources,
    pub folder: Option<&'r Folder>,
    pub audit: Option<&'r Audit<'r>>,
    /// Of the last build.
    pub keys: &'r Keys,
    pub verify: Verify,
    pub progress: Progress<'r>,
    pub stop: &'r Stop,
    pub keep: Keep,
}

/// What came of rendering.
pub struct Rendered<'a> {
    /// Of all files, in their order; fewer, if some could not be rendered.
    pub keys: Vec<Fingerprint>,
    /// The files that were not current, in their order.
    pub made: Vec<RenderedFile<'a>>,
    /// Mistakes in templates, each told once.
    pub problems: Vec<Diagnostic>,
    /// What each kind of file took.
    pub counts: Vec<(String, usize, Duration)>,
}

/// Renders every file whose key is not current.
pub fn render<'a>(rendering: &Rendering<'a, '_>, outputs: &'a [Output]) -> Result<Rendered<'a>, output::Error> {
    let done = AtomicUsize::new(0);
    let took: Mutex<BTreeMap<&str, (usize, Duration)>> = Mutex::default();
    let paths = outputs.iter().map(|output| &*output.path);
    let places = rendering.folder.map_or_else(|| vec![None; outputs.len()], |folder| folder.places(paths));
    let results: Vec<Result<Result<File, emit::Error>, output::Error>> = outputs
        .par_chunks(16)
        .zip(places.par_chunks(16))
        .flat_map_iter(|(chunk, places)| {
            let mut own: BTreeMap<&str, (usize, Duration)> = BTreeMap::new();
            let results: Vec<_> = chunk
                .iter()
                .zip(places)
                .take_while(|_| !rendering.stop.is_set())
                .map(|(output, place)| {
                    let start = Instant::now();
                    let result = write(rendering, output, *place);
                    let sum = own.entry(output.maker()).or_default();
                    *sum = (sum.0 + 1, sum.1 + start.elapsed());
                    result
                })
                .collect();
            let mut all = took.lock().expect("no thread panics while it adds");
            for (maker, (count, time)) in own {
                let sum = all.entry(maker).or_default();
                *sum = (sum.0 + count, sum.1 + time);
            }
            (rendering.progress)(done.fetch_add(chunk.len(), Ordering::Relaxed) + chunk.len(), outputs.len());
            results
        })
        .collect();
    let took = took.into_inner().expect("no thread panics while it adds");
    let mut counts: Vec<(String, usize, Duration)> =
        took.into_iter().map(|(maker, (count, time))| (maker.to_string(), count, time)).collect();
    counts.sort_by_key(|(_, _, time)| std::cmp::Reverse(*time));
    let results: Vec<Result<File, emit::Error>> = results.into_iter().collect::<Result<_, _>>()?;
    let (files, failed): (Vec<File>, Vec<emit::Error>) = results.into_par_iter().partition_map(|result| match result {
        Ok(file) => Either::Left(file),
        Err(error) => Either::Right(error),
    });
    let (keys, made): (Vec<Fingerprint>, Vec<_>) = files.into_iter().unzip();
    Ok(Rendered { keys, made: made.into_iter().flatten().map(|made| *made).collect(), problems: settle(failed), counts })
}

thread_local! {
    /// Where a thread renders one file after the other that nobody keeps.
    static BUFFER: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// The key of a file, and what is known of it if it was made.
type File<'a> = (Fingerprint, Option<Box<RenderedFile<'a>>>);

/// Renders one file, if it is not current; `place` is that of its path in the manifest.
fn write<'a>(
    rendering: &Rendering<'a, '_>,
    output: &'a Output,
    place: Option<usize>,
) -> Result<Result<File<'a>, emit::Error>, output::Error> {
    let look = |bytes: &[u8]| {
        if let Some(audit) = rendering.audit {
            audit.look(output, bytes);
        }
    };
    let Some(folder) = rendering.folder else {
        let job = Job { view: rendering.view, sources: rendering.sources, output };
        let done = if rendering.audit.is_some() { check(&job, look) } else { emit::render(&job, &mut std::io::sink()) };
        return Ok(done.map(|()| Default::default()));
    };
    let keep = |key: Fingerprint| {
        if rendering.audit.is_some_and(|audit| audit.looks_at_kept) {
            look(&folder.bytes(&output.path)?);
        }
        Ok(Ok((key, None)))
    };
    if let Some(place) = place {
        let print = output.print(rendering.view);
        let known = print.and_then(|print| rendering.keys.get(print, rendering.view, output, rendering.verify));
        if let Some(key) = known.filter(|key| folder.is_current_at(place, *key)) {
            return keep(key);
        }
    }
    let prepared = Prepared::new(rendering.view, output);
    let (key, made) = RenderedFile::new(&prepared, folder);
    let Some(mut made) = made.map(Box::new) else { return keep(key) };
    let differs = folder.write_shown(&output.path, key, |writer: &mut dyn Write| prepared.render(rendering.sources, writer), look)?;
    if rendering.keep == Keep::Nothing {
        release(rendering.view, output);
    }
    Ok(differs.map(|differs| {
        made.differs = differs;
        (key, Some(made))
    }))
}

/// Lets go of the text of the page that a file shows. Only feeds may ask for it again.
fn release(view: &View, output: &Output) {
    let site = &view.site;
    let shown = output.doc().filter(|doc| doc.what == What::Page && !site.config.feeds.full_text);
    if let Some(page) = shown.and_then(|doc| doc.page) {
        site.bodies[page as usize].release_texts();
    }
}

/// Renders one file to be looked at.
fn check(job: &Job, look: impl FnOnce(&[u8])) -> Result<(), emit::Error> {
    let mut bytes = BUFFER.take();
    bytes.clear();
    let done = emit::render(job, &mut bytes);
    if done.is_ok() {
        look(&bytes);
    }
    BUFFER.set(bytes);
    done
}

/// Mistakes as diagnostics, each told once however many files it is in.
fn settle(failed: Vec<emit::Error>) -> Vec<Diagnostic> {
    let mut problems: Vec<(Diagnostic, usize)> = Vec::new();
    for error in failed {
        let problem = to_diagnostic(error);
        let is_same = |(other, _): &&mut (Diagnostic, usize)| other.place == problem.place && other.message == problem.message;
        match problems.iter_mut().find(is_same) {
            Some((_, more)) => *more += 1,
            None => problems.push((problem, 0)),
        }
    }
    let with_count =
        |(problem, more): (Diagnostic, usize)| if more == 0 { problem } else { problem.hint(format!("and in {more} more files")) };
    problems.into_iter().map(with_count).collect()
}

/// What is said of a file that could not be rendered.
pub fn to_diagnostic(error: emit::Error) -> Diagnostic {
    match error {
        emit::Error::Template(problem) => *problem,
        emit::Error::Io(error) => Diagnostic::error(codes::UNREADABLE, error.to_string()),
    }
}
