//! `chancery build`.

mod folder;
mod said;

use std::path::Path;
use std::time::Instant;

use super::args::{Build, Making, Preview};
use super::error::{Error, Status};
use super::invocation::Invocation;
use super::locate::{Clock, Found};
use super::memory::Memory;
use super::progress::{Bar, timings};
use super::verify;
use crate::config::Override;
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::gate::{Clearance, Show};
use crate::output::{Folder, Mode};
use crate::pipeline::{self, BuildOptions, Cache, Keep, Report, Warnings};
use crate::sources::{self, Sources};

pub use folder::{guard_links, output_folder, real};
pub use said::{Run, last_line, local, quoted, reasons, show};

use said::nothing_written;

/// Builds the site once.
///
/// # Errors
/// The call is wrong, or something could not be read or written. Mistakes in the site are no error but a status.
pub fn run(invocation: &Invocation, args: &Build) -> Result<Status, Error> {
    let start = Instant::now();
    let found = Found::find(invocation, base_url(args.making.place.base_url.as_deref()))?;
    if found.is_wrong() {
        show(invocation, &found, &found.problems, &args.preview);
        return Ok(Status::Usage);
    }
    let clock = found.clock(invocation, args.preview.now)?;
    let output = output_folder(invocation, &found, args.making.output.as_deref())?;
    let options = building_options_of(&found, &args.making, &args.preview, clock, &label(invocation, &found, &args.preview));
    let task = Task {
        found: &found,
        making: &args.making,
        preview: &args.preview,
        options: &options,
        output: &output,
        clock,
        start,
        purpose: Purpose::Folder,
    };
    let made = make(invocation, &task, |invocation, text| invocation.answer(text))?;
    let status = made.status;
    // The process ends with the build: to give back its memory piece by piece would only take time.
    std::mem::forget(made);
    Ok(status)
}

/// One build: of what, how, and where to.
pub struct Task<'a> {
    /// The site.
    pub found: &'a Found,
    /// How the output is made.
    pub making: &'a Making,
    /// What is shown besides public pages.
    pub preview: &'a Preview,
    /// The same for the pipeline.
    pub options: &'a BuildOptions,
    /// Where to.
    pub output: &'a Path,
    /// As of when.
    pub clock: Clock,
    /// When the run began.
    pub start: Instant,
    /// For whom.
    pub purpose: Purpose,
}

/// What an output is made for, and so who says what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A folder: flags say it.
    Folder,
    /// A target: its settings say it.
    Target,
}

/// What came of it.
pub struct Outcome {
    /// How the run ends.
    pub status: Status,
    /// What the build did.
    pub report: Report,
    /// What it was made of.
    pub sources: Sources,
    /// What it remembers.
    pub cache: Cache,
}

/// Builds, and says what was found and done; what was asked for is said by `answer`.
///
/// # Errors
/// Something could not be read or written, or a build from nothing comes to something else.
pub fn make(invocation: &Invocation, task: &Task, answer: fn(&Invocation, &str)) -> Result<Outcome, Error> {
    let Task { found, making, preview, options, output, clock, start, purpose } = task;
    if invocation.is_verbose() {
        invocation.say(&format!("building `{}` into `{}` as of {}\n", found.root.display(), output.display(), clock.now));
    }
    let folder = Folder::open(&found.state(), output, mode(making), &sources::folders(&found.root))?;
    let (memory, cache) = memory(found, making);
    let mut cache = cache.keeping(Keep::Nothing);
    let then = (invocation.world.clock)();
    let (begun, sources) = (Instant::now(), found.scan(clock.now, &memory.known)?);
    let reading = begun.elapsed();
    guard_links(output, &sources)?;
    let bar = Bar::new(invocation, *start);
    let report = pipeline::build(&sources, &mut cache, options, Some(folder), &|done, all| bar.tell(done, all));
    bar.finish();
    let mut report = report?;
    report.timings.stages.insert(0, ("read", reading));
    if report.written.is_some() {
        report.timings.stage("remember", || memory.save(found, &sources, then, &cache));
    }
    let selection = show(invocation, found, &report.diagnostics, preview);
    if making.timings {
        answer(invocation, &timings(&report.timings));
    }
    match report.written.filter(|_| selection.errors == 0) {
        Some(written) => {
            if making.explain {
                answer(invocation, &reasons(invocation, &report));
            }
            if !invocation.is_quiet() {
                let run = Run { found, as_of: &clock.describe(), preview, purpose: *purpose, start: *start };
                answer(invocation, &last_line(&run, &report, written, &selection));
            }
            if making.verify {
                verify::output(invocation, found, &sources, options, output, answer)?;
            }
        }
        None => invocation.complain(&nothing_written(invocation, &selection)),
    }
    let status = status(found, &report.diagnostics, making.strict);
    Ok(Outcome { status, report, sources, cache })
}

/// What is remembered of earlier builds, unless all is to be made again.
pub fn memory(found: &Found, making: &Making) -> (Memory, Cache) {
    if making.force { Default::default() } else { Memory::load(found) }
}

/// The order of a build with these flags, and what is written down of how it was made.
pub fn building_options_of(found: &Found, making: &Making, preview: &Preview, clock: Clock, label: &str) -> BuildOptions {
    BuildOptions { relative_urls: making.place.relative_urls, label: label.to_string(), ..options_of(found, preview, clock, making.strict) }
}

/// What an output is for whoever wants to publish it: `public` with the address that it was made for, or why it is not fit to be.
pub fn label(invocation: &Invocation, found: &Found, preview: &Preview) -> String {
    let kind = if is_preview(preview) {
        "preview"
    } else if preview.now.is_some() || invocation.world.variable("SOURCE_DATE_EPOCH").is_some() {
        "dated"
    } else {
        "public"
    };
    format!("{kind} {}", found.config.base_url.as_ref().map_or("", |base| &base.url))
}

/// How a run ends that made these diagnostics: settings are the caller's affair, and a file that cannot be read is no mistake in it.
pub fn status(found: &Found, diagnostics: &[Diagnostic], strict: bool) -> Status {
    let errors = || diagnostics.iter().filter(|problem| problem.severity == Severity::Error);
    // Which settings a theme has is known when it is loaded.
    let is_setting = || errors().any(|problem| problem.code == codes::BAD_SETTING);
    if errors().next().is_none() {
        Status::Fine
    } else if found.is_wrong() || strict && !found.problems.is_empty() || is_setting() {
        Status::Usage
    } else if errors().any(|problem| problem.code == codes::UNREADABLE) {
        Status::Trouble
    } else {
        Status::Site
    }
}

/// The flags of a build that stand for a setting.
pub fn base_url(flag: Option<&str>) -> Vec<Override> {
    flag.map(|url| Override { key: "base_url".into(), value: url.into(), from: format!("--base-url {url}") }).into_iter().collect()
}

/// What `build` and `check` have in common.
pub fn options_of(found: &Found, preview: &Preview, clock: Clock, strict: bool) -> BuildOptions {
    let Preview { drafts, future, expired, .. } = *preview;
    let clearance = Clearance::Only(preview.markings.clone());
    BuildOptions {
        overrides: found.overrides.clone(),
        show: Show { drafts, future, expired, clearance },
        present: clock.present,
        warnings: if strict { Warnings::Deny } else { Warnings::Allow },
        ..BuildOptions::default()
    }
}

/// What the flags say of what stands in the output.
pub fn mode(making: &Making) -> Mode {
    match (making.clean, making.force) {
        (true, _) => Mode::Clean,
        (false, true) => Mode::Force,
        (false, false) => Mode::Update,
    }
}

/// Whether the flags show what readers do not see.
pub fn is_preview(preview: &Preview) -> bool {
    preview.drafts || preview.future || preview.expired
}
