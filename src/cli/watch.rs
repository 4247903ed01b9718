//! `chancery build --watch`: the same build again and again, whenever something changes, until Ctrl-C.
//!
//! It must not know how changes are noticed, nor what depends on them.

mod said;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::args::Build;
use super::build;
use super::error::{Error, Status};
use super::interrupt::on_interrupt;
use super::invocation::Invocation;
use super::locate::{Clock, Found, settings};
use super::progress::Bar;
use super::report;
use super::terminal::clean_line;
use super::verify;
use crate::diagnostic::{Diagnostic, Severity};
use crate::output::{self, Folder, Mode, Written};
use crate::pipeline::{self, BuildOptions, Cache, Report, Stop};
use crate::sources::{self, Changed, Known, LastGood, Sources};
use crate::watch::{Event, Mode as Watching, Watcher};

/// What could not be written is tried again after so long.
const RETRY: Duration = Duration::from_secs(2);
/// The clock is looked at so often while something is scheduled, because a machine that sleeps does not count the time.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Builds the site, and again whenever something changes, until Ctrl-C.
///
/// # Errors
/// The call is wrong, or something could not be read or written. Mistakes in the site are no error but a status.
pub fn run(invocation: &Invocation, args: &Build) -> Result<Status, Error> {
    let found = Found::find(invocation, build::base_url(args.making.place.base_url.as_deref()))?;
    let mode = if args.poll { Watching::Poll } else { Watching::Native };
    let watcher = Watcher::new(&found.root, found.settings_file.as_deref(), mode);
    let mut watcher = watcher.map_err(|error| Error::io("watch", &found.root, error))?;
    let stop = Stop::default();
    let (interrupter, stopped) = (watcher.interrupter(), stop.clone());
    on_interrupt(Status::Fine, move || {
        stopped.set();
        interrupter.interrupt();
    })?;
    let (memory, cache) = build::memory(&found, &args.making);
    let then = (invocation.world.clock)();
    // Texts that were read later could be others than those that the memory of a long run has them for.
    let clock = found.clock(invocation, args.preview.now)?;
    let mut sources = found.scan(clock.now, &Known::default())?;
    let mut session = Session::new(invocation, args, found, clock, cache, stop);
    session.build(&sources, &Cause::Start)?;
    if session.mode == Mode::Update {
        memory.save(&session.found, &sources, then, &session.cache);
    }
    if !invocation.is_quiet() {
        invocation.answer("Watching for changes; Ctrl-C ends\n");
    }
    loop {
        session.prepare(&mut watcher, &sources);
        let Some(changed) = session.wait(&mut watcher)? else { return Ok(Status::Fine) };
        let done = session.refresh(&mut sources, changed).and_then(|cause| match cause {
            Some(cause) => session.build(&sources, &cause),
            None => Ok(()),
        });
        session.settle(done);
    }
}

/// Why a build is made.
enum Cause {
    Start,
    /// What was scheduled for an instant is due.
    Due(Timestamp),
    /// These paths have changed; none, if only something that had failed is tried again.
    Changed(Vec<Arc<str>>),
}

/// What is kept from build to build.
struct Session<'a> {
    invocation: &'a Invocation<'a>,
    args: &'a Build,
    /// With the last settings that were good.
    found: Found,
    options: BuildOptions,
    cache: Cache,
    /// The last settings that were good.
    good: LastGood,
    /// What to do with the output until something has been written for the first time.
    mode: Mode,
    output: Option<PathBuf>,
    /// Of the output, from build to build.
    memory: Arc<output::Memory>,
    due: Option<Timestamp>,
    /// What has been said and still holds.
    reported: Vec<Diagnostic>,
    /// What keeps us from reading or writing, other than mistakes in the site.
    error: Option<String>,
}

/// What came of a build.
struct Outcome {
    report: Option<Report>,
    written: Option<Written>,
    /// Whether the settings on disk are the ones that were used.
    has_good_settings: bool,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Session<'a> {
    fn new(invocation: &'a Invocation<'a>, args: &'a Build, found: Found, clock: Clock, cache: Cache, stop: Stop) -> Session<'a> {
        let options = BuildOptions {
            relative_urls: args.making.place.relative_urls,
            stop,
            ..build::options_of(&found, &args.preview, clock, args.making.strict)
        };
        Session {
            cache,
            invocation,
            args,
            found,
            options,
            good: LastGood::default(),
            mode: build::mode(&args.making),
            output: None,
            memory: Arc::default(),
            due: None,
            reported: Vec::new(),
            error: None,
        }
    }

    /// Tells the watcher what is known since the last build.
    fn prepare(&self, watcher: &mut Watcher, sources: &Sources) {
        if let Some(output) = &self.output {
            watcher.ignore(output);
        }
        watcher.follow(&sources.links);
        if let Some(trouble) = watcher.trouble() {
            self.invocation
                .say(&format!("The system cannot tell of changes ({}): looking for them twice a second\n", clean_line(&trouble)));
        }
    }

    /// What has changed; `None` when the run is to end.
    fn wait(&self, watcher: &mut Watcher) -> Result<Option<Changed>, Error> {
        let now = self.clock()?.now;
        // An instant that has passed is a duration below zero, which is none.
        let until = |due: Timestamp| Duration::try_from(due.duration_since(now)).unwrap_or_default().min(LONGEST_WAIT);
        let pause = if self.error.is_some() { Some(RETRY) } else { self.due.map(until) };
        let event = watcher.wait(pause.map(|pause| Instant::now() + pause));
        if self.error.is_some() {
            watcher.renew();
        }
        Ok(match event {
            Event::Interrupted => None,
            Event::Changed(changed) => Some(changed),
            Event::Due => Some(Changed::Paths(BTreeSet::new())),
        })
    }

    fn clock(&self) -> Result<Clock, Error> {
        self.found.clock(self.invocation, self.args.preview.now)
    }

    /// Reads what has changed, and returns why to build; `None` when there is no reason to.
    fn refresh(&self, sources: &mut Sources, changed: Changed) -> Result<Option<Cause>, Error> {
        let now = self.clock()?.now;
        // What could not be read the last time is not known to be as it was.
        let changed = if self.error.is_some() { Changed::Everything } else { changed };
        let paths = sources.refresh(&changed, now).map_err(|error| Error::io("read", &self.found.root, error))?;
        let due = self.due.filter(|due| *due <= now);
        Ok(match due {
            Some(due) if paths.is_empty() => Some(Cause::Due(due)),
            _ if paths.is_empty() && self.error.is_none() => None,
            _ => Some(Cause::Changed(paths)),
        })
    }

    /// Builds the site, and says what came of it.
    fn build(&mut self, sources: &Sources, cause: &Cause) -> Result<(), Error> {
        let start = Instant::now();
        let outcome = self.attempt(sources, start)?;
        if !self.options.stop.is_set() {
            self.tell(&outcome, cause, start);
            self.verify(sources, &outcome);
            self.due = outcome.report.and_then(|report| report.next_change);
            self.reported = outcome.diagnostics;
        }
        Ok(())
    }

    fn attempt(&mut self, sources: &Sources, start: Instant) -> Result<Outcome, Error> {
        let (path, text) = &sources.settings;
        let (config, targets, mut problems) = settings(path, text, &self.found.overrides);
        let is_of_settings = |problem: &&Diagnostic| problem.place.as_ref().is_some_and(|place| place.path == *path);
        problems.extend(sources.diagnostics.iter().filter(is_of_settings).cloned());
        if has_errors(&problems) {
            let Some(mixed) = self.good.stand_in(sources, &BTreeSet::from([path.clone()])) else {
                return Ok(Outcome { report: None, written: None, has_good_settings: false, diagnostics: problems });
            };
            return self.write(&mixed, problems, start);
        }
        self.found.config = config;
        self.found.targets = targets;
        self.found.problems = problems;
        self.good.keep_settings(sources);
        self.write(sources, Vec::new(), start)
    }

    /// The build itself; `problems` are those of settings that are not used.
    fn write(&mut self, sources: &Sources, problems: Vec<Diagnostic>, start: Instant) -> Result<Outcome, Error> {
        let output = build::output_folder(self.invocation, &self.found, self.args.making.output.as_deref())?;
        build::guard_links(&output, sources)?;
        let folder = Folder::open_again(&self.found.state(), &output, self.mode, &sources::folders(&self.found.root), &self.memory)?;
        self.output = Some(output);
        let bar = Bar::new(self.invocation, start);
        let report = pipeline::build(sources, &mut self.cache, &self.options, Some(folder), &|done, all| bar.tell(done, all));
        bar.finish();
        let report = report?;
        if report.written.is_some() {
            self.mode = Mode::Update;
        }
        let has_good_settings = problems.is_empty();
        let mut diagnostics: Vec<Diagnostic> = report.diagnostics.iter().cloned().chain(problems).collect();
        diagnostics.sort_by(Diagnostic::order);
        Ok(Outcome { written: report.written, report: Some(report), has_good_settings, diagnostics })
    }

    /// Says what is wrong with what was written, and goes on.
    fn verify(&self, sources: &Sources, outcome: &Outcome) {
        let Some(output) = self.output.as_ref().filter(|_| self.args.making.verify && outcome.written.is_some()) else { return };
        let broken = if outcome.has_good_settings { BTreeSet::new() } else { BTreeSet::from([sources.settings.0.clone()]) };
        let mixed = self.good.stand_in(sources, &broken);
        let sources = mixed.as_ref().unwrap_or(sources);
        if let Err(error) =
            verify::output(self.invocation, &self.found, sources, &self.options, output, |invocation, text| invocation.answer(text))
        {
            self.invocation.complain(&report::text::error(&error, &self.invocation.renderer(&self.invocation.world.terminal.err)));
        }
    }

    /// Says what kept us from reading or writing, once.
    fn settle(&mut self, done: Result<(), Error>) {
        let error = done.err().map(|error| report::text::error(&error, &self.invocation.renderer(&self.invocation.world.terminal.err)));
        if let Some(error) = error.as_ref().filter(|error| self.error.as_ref() != Some(error)) {
            self.invocation.complain(error);
        }
        self.error = error;
    }
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|problem| problem.severity == Severity::Error)
}
