//! `chancery publish`: builds the site, and brings it to where people read it.

mod ask;
mod pages;
mod target;

use std::process::exit;
use std::sync::OnceLock;
use std::time::Instant;

use super::args::{Publish, ReportFormat};
use super::build::{self, Purpose, Task};
use super::error::{Error, Status};
use super::interrupt::on_interrupt;
use super::invocation::Invocation;
use super::locate::Found;
use super::progress::Transfer;
use super::report::publish as shown;
use crate::gate::{Clearance, HiddenFiles};
use crate::pipeline::{self, BuildOptions, Plan, SearchIndex, Stop, build_info};
use crate::publish::report::Report;
use crate::publish::{self, Access, Callbacks, Progress, Published, Release};
use crate::sources::Sources;
use ask::{agree, guard_addresses};
use pages::Pages;
use target::{Site, base_url, choose, guard_markings, guard_place, guard_preview, no_base_url};

/// Builds the site and publishes it.
///
/// # Errors
/// The call is wrong, or something could not be read or written. Mistakes in the site are no error but a status.
pub fn run(invocation: &Invocation, args: &Publish) -> Result<Status, Error> {
    let start = Instant::now();
    let plain = Found::find(invocation, Vec::new())?;
    if plain.is_wrong() {
        build::show(invocation, &plain, &plain.problems, &args.preview);
        return Ok(Status::Usage);
    }
    let target = choose(&plain, args.name.as_deref())?;
    guard_preview(invocation, target, &args.preview)?;
    guard_markings(target, &args.preview)?;
    let found = Found::find(invocation, base_url(target, args))?;
    if found.is_wrong() {
        build::show(invocation, &found, &found.problems, &args.preview);
        return Ok(Status::Usage);
    }
    let base = found.config.base_url.as_ref().ok_or_else(|| no_base_url(target))?;
    let clock = found.clock(invocation, args.preview.now)?;
    let site = Site { found: &found, target, base, state: found.state().join("publish").join(&target.name) };
    let output = site.output(invocation, args)?;
    guard_place(&found, target, &output)?;
    let label = site.label(invocation, &args.preview);
    let mut options =
        BuildOptions { is_preview: target.previews, ..build::building_options_of(&found, &args.making, &args.preview, clock, &label) };
    options.show.clearance = Clearance::Only(target.markings.clone());
    let task = Task {
        found: &found,
        making: &args.making,
        preview: &args.preview,
        options: &options,
        output: &output,
        clock,
        start,
        purpose: Purpose::Target,
    };
    let is_built = !args.no_build && !args.rollback;
    let made = if is_built { Some(build::make(invocation, &task, printer(args))?) } else { None };
    if let Some(build::Outcome { status, .. }) = made.as_ref().filter(|made| made.status != Status::Fine) {
        return Ok(*status);
    }
    let (plan, sources) = sources_now(&task, made)?;
    let (print, files) = (build_info::print(&sources, task.options), HiddenFiles::new(&plan.hidden, &plan.hidden_versions));
    let options = publish::PublishOptions {
        target,
        root: &found.root,
        state: &site.state,
        base_url: &base.url,
        now: (invocation.world.clock)(),
        clock: invocation.world.clock,
        variables: &invocation.world.variables,
        is_hidden: &|path| files.contains(path),
        max_deletes: args.max_deletes,
        access: if args.dry_run { Access::Read } else { Access::Write },
        is_verified: args.verify_remote,
    };
    if args.rollback {
        return roll_back(invocation, args, &options);
    }
    let info = site.output_info(&output, options.now, print)?;
    if !is_built && !pipeline::audit::is_covered(&plan, &sources, &info.audited(&found.state())) {
        return Err(site.unaudited(&output));
    }
    let pages = Pages { plan: &plan, sources: &sources };
    send(invocation, args, &options, Release::from_output(&info, &base.path, &target.precompressed), &pages)
}

/// Brings a release to its target, and says what changed.
fn send(
    invocation: &Invocation,
    args: &Publish,
    options: &publish::PublishOptions,
    release: Release,
    pages: &Pages,
) -> Result<Status, Error> {
    let start = Instant::now();
    let transfer: OnceLock<Transfer> = OnceLock::new();
    let (target, text) = (options.target, args.format == ReportFormat::Text);
    let mut plan = |report: &Report| {
        if text && !invocation.is_quiet() {
            invocation.answer(&shown::plan(target, options.base_url, report, invocation.loudness));
        }
        let _ = transfer.set(Transfer::new(invocation, start, report.sent));
        guard_addresses(invocation, args, report)
    };
    let progress = |files: usize, bytes: u64| {
        if let Some(transfer) = transfer.get() {
            transfer.tell(files, bytes);
        }
    };
    let mut record = |published: &Published, release: &Release| pages.record(invocation, args, options, (published, release));
    let mut ask = |question: &str| agree(invocation, args, question);
    let (stop, begun) = (Stop::default(), Stop::default());
    let (stopped, has_begun) = (stop.clone(), begun.clone());
    // Before anything is changed there is nothing to end in order.
    on_interrupt(Status::Interrupted, move || if has_begun.is_set() { stopped.set() } else { exit(Status::Interrupted as i32) })?;
    let progress = Progress { progress: &progress, has_left: &|| stop.is_set() };
    let done = publish::publish(
        options,
        release,
        Callbacks { record: &mut record, plan: &mut plan, ask: &mut ask, begin: &|| begun.set(), progress },
    );
    if let Some(transfer) = transfer.get() {
        transfer.finish();
    }
    let report = done?;
    match args.format {
        ReportFormat::Json => invocation.answer(&shown::json(target, options.base_url, &report, options.access)),
        ReportFormat::Text if !invocation.is_quiet() => invocation.answer(&shown::last_line(&report, options.access, start)),
        ReportFormat::Text => {}
    }
    Ok(Status::Fine)
}

fn roll_back(invocation: &Invocation, args: &Publish, options: &publish::PublishOptions) -> Result<Status, Error> {
    let name = publish::roll_back(options, &mut |question| agree(invocation, args, question))?;
    let words = if args.dry_run { "Readers would see the release" } else { "Readers see the release" };
    if !invocation.is_quiet() {
        invocation.answer(&format!("{words} `{name}`{}\n", if args.dry_run { "; nothing was changed" } else { " again" }));
    }
    Ok(Status::Fine)
}

/// The sources, and the site that they plan; by the build if there was one.
fn sources_now(task: &Task, made: Option<build::Outcome>) -> Result<(Plan, Sources), Error> {
    let (plan, mut cache, sources) = match made {
        Some(build::Outcome { report, cache, sources, .. }) => (report.plan, cache, sources),
        None => {
            let (memory, cache) = build::memory(task.found, task.making);
            (None, cache, task.found.scan(task.clock.now, &memory.known)?)
        }
    };
    // What is asked of it is what it hides, not what its files say.
    let options = BuildOptions { search: SearchIndex::WhenAsked, ..task.options.clone() };
    let plan = plan.unwrap_or_else(|| pipeline::plan(&sources, &mut cache, &options));
    Ok((plan, sources))
}

/// How what a build says is printed: not among JSON.
fn printer(args: &Publish) -> fn(&Invocation, &str) {
    match args.format {
        ReportFormat::Text => |invocation, text| invocation.answer(text),
        ReportFormat::Json => |invocation, text| invocation.say(text),
    }
}
