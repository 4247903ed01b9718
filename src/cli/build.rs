//! `chancery build`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::args::{Build, Making, Preview};
use super::error::{Error, Status};
use super::invocation::Invocation;
use super::locate::{Clock, Found};
use super::memory::Memory;
use super::progress::{Bar, timings};
use super::report::{self, Selection, select};
use super::terminal::count;
use super::{verify, why};
use crate::config::{Config, Override};
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::gate::Show;
use crate::output::{Folder, Mode, Written};
use crate::pipeline::{self, BuildOptions, Cache, Keep, Report, Warnings};
use crate::sources::{self, Link, Sources};

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
    let options = building_options_of(&found, &args.making, &args.preview, &label(invocation, &found, &args.preview));
    let task = Task { found: &found, making: &args.making, preview: &args.preview, options: &options, output: &output, clock, start };
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
pub fn make(invocation: &Invocation, task: &Task, answer: fn(&Invocation, &str)) -> Result<Outcome, Error> {
    let Task { found, making, preview, options, output, clock, start } = task;
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
                answer(invocation, &last_line(found, &clock.describe(), &report, written, &selection, preview, *start));
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
pub fn building_options_of(found: &Found, making: &Making, preview: &Preview, label: &str) -> BuildOptions {
    BuildOptions { relative_urls: making.place.relative_urls, label: label.to_string(), ..options_of(found, preview, making.strict) }
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
pub fn options_of(found: &Found, preview: &Preview, strict: bool) -> BuildOptions {
    let Preview { drafts, future, expired, .. } = *preview;
    BuildOptions {
        overrides: found.overrides.clone(),
        show: Show { drafts, future, expired },
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

/// Where the site is written, absolute and without symbolic links as far as it is there: a flag counts from the working folder, the setting from the root.
pub fn output_folder(invocation: &Invocation, found: &Found, flag: Option<&Path>) -> Result<PathBuf, Error> {
    let output = real(&flag.map_or_else(|| found.root.join(&found.config.output_dir), |output| invocation.world.folder.join(output)));
    let root = real(&found.root);
    let lies_among_sources = output == root || sources::folders(&root).iter().any(|folder| *folder != root && output.starts_with(folder));
    if lies_among_sources {
        return Err(Error::usage(format!("the output folder `{}` is one of the site's sources", output.display()))
            .hint("choose another one with `-o`, or with `output_dir` in the settings"));
    }
    Ok(output)
}

/// # Errors
/// A link among the sources leads to the output: every build would be made of the one before, and be longer.
pub fn guard_links(output: &Path, sources: &Sources) -> Result<(), Error> {
    let meets = |link: &&Link| link.target != sources.root && (link.target.starts_with(output) || output.starts_with(&link.target));
    let Some(link) = sources.links.iter().find(meets) else { return Ok(()) };
    let place = link.place.strip_prefix(&sources.root).unwrap_or(&link.place).display();
    Err(Error::usage(format!("the symbolic link `{place}` leads to the output folder `{}`", output.display()))
        .hint("remove the link, or choose another output with `-o`, or with `output_dir` in the settings"))
}

/// `path` with links and `..` resolved in the part of it that is there.
pub fn real(path: &Path) -> PathBuf {
    for there in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (there.canonicalize(), path.strip_prefix(there)) {
            // `join` of nothing would put a slash at the end.
            return if rest.as_os_str().is_empty() { real } else { real.join(rest) };
        }
    }
    path.to_path_buf()
}

/// Shows the problems of a build and says what was left out.
pub fn show<'a>(invocation: &Invocation, found: &Found, problems: &'a [Diagnostic], preview: &Preview) -> Selection<'a> {
    let wanted = match (invocation.is_quiet(), invocation.is_verbose()) {
        (true, _) => report::Warnings::None,
        (false, true) => report::Warnings::All,
        (false, false) => report::Warnings::Few,
    };
    let selection = select(problems, wanted);
    let rest = if is_preview(preview) { "the same command with `-v`".to_string() } else { format!("`{}`", check_command(found)) };
    invocation.complain(&report::text::all(&selection, &invocation.renderer(&invocation.world.terminal.err), &rest));
    selection
}

fn check_command(found: &Found) -> String {
    let shown = found.shown.to_string_lossy();
    match shown.contains([' ', '\'', '"', '$', '\\']) {
        _ if shown.is_empty() => "chancery check".into(),
        true => format!("chancery check --root '{}'", shown.replace('\'', r"'\''")),
        false => format!("chancery check --root {shown}"),
    }
}

/// Whether the flags show what readers do not see.
pub fn is_preview(preview: &Preview) -> bool {
    preview.drafts || preview.future || preview.expired
}

fn nothing_written(invocation: &Invocation, selection: &Selection) -> String {
    let error = Error::trouble(format!("nothing was written: {}", selection.counts()));
    report::text::error(&error, &invocation.renderer(&invocation.world.terminal.err))
}

/// Which files were written or removed, and why.
pub fn reasons(invocation: &Invocation, report: &Report) -> String {
    let hidden = report.plan.as_ref().map_or(&[][..], |plan| &plan.hidden);
    why::lines(&report.reasons, hidden, why::Detail::new(invocation))
}

/// What a build did, in one line; `as_of` is what its clock tells.
pub fn last_line(
    found: &Found,
    as_of: &str,
    report: &Report,
    written: Written,
    selection: &Selection,
    preview: &Preview,
    start: Instant,
) -> String {
    let mut line = format!("Built {}{as_of}", count(report.pages, "page"));
    let Written { written, unchanged, removed } = written;
    let seconds = start.elapsed().as_secs_f64();
    line.push_str(&format!(" in {seconds:.2} s: {} written, {unchanged} unchanged, {removed} removed", count(written, "file")));
    if selection.warnings > 0 {
        line.push_str(&format!("; {}", count(selection.warnings, "warning")));
    }
    if let Some(due) = report.next_change {
        line.push_str(&format!("; next change due {}", local(due, &found.config)));
    }
    if is_preview(preview) {
        line.push_str("; this is a preview, not for publishing");
    }
    line.push('\n');
    line
}

/// `2026-03-01 09:30 Europe/Brussels`.
pub fn local(at: Timestamp, config: &Config) -> String {
    clock(at, &config.time_zone, &config.time_zone_name)
}

fn clock(at: Timestamp, zone: &TimeZone, name: &str) -> String {
    let civil = zone.to_datetime(at);
    let form = if civil.second() == 0 { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" };
    format!("{} {name}", civil.strftime(form))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_change_is_told_in_the_time_of_the_site() {
        let zone = TimeZone::get("Europe/Brussels").unwrap();
        assert_eq!(clock("2026-03-01T08:30:00Z".parse().unwrap(), &zone, "Europe/Brussels"), "2026-03-01 09:30 Europe/Brussels");
    }

    #[test]
    fn a_folder_that_is_not_there_yet_has_a_real_path() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path().canonicalize().unwrap();
        std::fs::create_dir(root.join("a")).unwrap();
        assert_eq!(real(&place.path().join("a/../b/c")), root.join("b/c"));
        assert_eq!(real(&place.path().join("a")), root.join("a"));
    }
}
