//! `chancery check`: a build that writes nothing and shows every problem.

use std::fs;
use std::path::Path;
use std::time::Instant;

use super::args::{Check, CheckFormat};
use super::build::{options_of, status};
use super::error::{Error, Status};
use super::invocation::Invocation;
use super::locate::{Clock, Found};
use super::memory::Memory;
use super::progress::Bar;
use super::report::{self, Selection, Warnings, select};
use super::terminal::count;
use crate::diagnostic::Diagnostic;
use crate::lint::RULES;
use crate::pipeline::{self, Keep, Plan, lost::lost};
use crate::publish::{MANIFEST, Published};

/// Finds mistakes, and writes nothing.
///
/// # Errors
/// The call is wrong, or something could not be read or written. Mistakes in the site are no error but a status.
pub fn run(invocation: &Invocation, args: &Check) -> Result<Status, Error> {
    let start = Instant::now();
    let published = args.against.as_deref().map(|file| published(invocation, file)).transpose()?;
    let found = Found::find(invocation, Vec::new())?;
    if found.is_wrong() {
        show(invocation, args.format, &found.problems);
        return Ok(Status::Usage);
    }
    let clock = found.clock(invocation, args.preview.now)?;
    let (memory, cache) = Memory::load(&found);
    let mut cache = cache.keeping(Keep::Nothing);
    let sources = found.scan(clock.now, &memory.known)?;
    let options = options_of(&found, &args.preview, args.strict);
    let bar = Bar::new(invocation, start);
    let report = pipeline::build(&sources, &mut cache, &options, None, &|done, all| bar.tell(done, all));
    bar.finish();
    let mut report = report?;
    if let (Some(published), Some(plan)) = (&published, &report.plan) {
        report.diagnostics.extend(lost_addresses(published, plan));
    }
    let selection = show(invocation, args.format, &report.diagnostics);
    if args.format == CheckFormat::Text && !invocation.is_quiet() {
        invocation.answer(&last_line(report.pages, clock, &selection, start));
    }
    Ok(status(&found, &report.diagnostics, args.strict))
}

/// The manifest of what is published, from a file.
fn published(invocation: &Invocation, file: &Path) -> Result<Published, Error> {
    let to_error = |why: String| {
        Error::usage(format!("`{}` is no manifest of what is published: {why}", file.display()))
            .hint(format!("`--against` takes a copy of the `{MANIFEST}` that `chancery publish` leaves where it publishes"))
    };
    let bytes = fs::read(invocation.world.folder.join(file)).map_err(|error| to_error(error.to_string()))?;
    Published::from_json(&bytes).map_err(to_error)
}

/// The addresses of what is published that lead nowhere now.
fn lost_addresses(published: &Published, plan: &Plan) -> Vec<Diagnostic> {
    let there = published.files.iter().filter(|(_, known)| !known.is_leaving).map(|(path, _)| &**path);
    lost(there, plan.outputs.iter().map(|output| &*output.path), &plan.site.facts, &plan.hidden)
}

fn show<'a>(invocation: &Invocation, format: CheckFormat, problems: &'a [Diagnostic]) -> Selection<'a> {
    let selection = select(problems, if invocation.is_quiet() { Warnings::None } else { Warnings::All });
    invocation.answer(&match format {
        CheckFormat::Text => report::text::all(&selection, &invocation.renderer(&invocation.world.terminal.out), ""),
        CheckFormat::Json => report::json::all(&selection),
        CheckFormat::Sarif => report::sarif::all(&selection, RULES),
        CheckFormat::Github => report::github::all(&selection),
    });
    selection
}

fn last_line(pages: usize, clock: Clock, selection: &Selection, start: Instant) -> String {
    let found = if selection.errors + selection.warnings == 0 { "nothing to mend".to_string() } else { selection.counts() };
    format!("Checked {}{} in {:.2} s: {found}\n", count(pages, "page"), clock.describe(), start.elapsed().as_secs_f64())
}
