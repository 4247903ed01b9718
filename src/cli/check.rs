//! `chancery check`: a build that writes nothing and shows every problem.

mod against;
mod aliases;
mod baseline;

use std::sync::Arc;
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
use crate::diagnostic::{Diagnostic, Severity};
use crate::gate::{HiddenFiles, place_of_key};
use crate::lint::{RULES, Scope};
use crate::page::{Facts, Review};
use crate::pipeline::lost::{Lost, lost};
use crate::pipeline::{self, BuildOptions, Keep, Plan, edits};
use crate::sources::Sources;
use against::Against;
use baseline::{Baseline, Held};

/// Finds mistakes, and writes nothing.
///
/// # Errors
/// The call is wrong, or something could not be read or written. Mistakes in the site are no error but a status.
pub fn run(invocation: &Invocation, args: &Check) -> Result<Status, Error> {
    let start = Instant::now();
    let found = Found::find(invocation, Vec::new())?;
    if found.is_wrong() {
        show(invocation, args.format, &found.problems);
        return Ok(Status::Usage);
    }
    let base = found.config.base_url.as_ref();
    let read = |path: &std::path::PathBuf| Against::read(&invocation.world.folder.join(path), path, base);
    let against = args.against.as_ref().map(read).transpose()?;
    let baseline = args.baseline.as_ref().map(|path| Baseline::read(&invocation.world.folder.join(path), path)).transpose()?;
    let clock = found.clock(invocation, args.preview.now)?;
    let (memory, cache) = Memory::load(&found);
    let mut cache = cache.keeping(Keep::Nothing);
    // What is known is a warning, whatever a new one is.
    let is_strict = args.strict && baseline.is_none() && args.write_baseline.is_none();
    let sources = found.scan(clock.now, &memory.known)?;
    let options = BuildOptions { scope: Scope::Check, ..options_of(&found, &args.preview, clock, is_strict) };
    let bar = Bar::new(invocation, start);
    let report = pipeline::build(&sources, &mut cache, &options, None, &|done, all| bar.tell(done, all));
    bar.finish();
    let mut report = report?;
    if let (Some(against), Some(plan)) = (&against, &report.plan) {
        let mut lost = lost_addresses(against, plan);
        if args.write_aliases {
            let written = aliases::write(&found.root, &mut lost)?;
            // Other formats are for programs, which read nothing but problems.
            if args.format == CheckFormat::Text && !invocation.is_quiet() {
                invocation.answer(&written.to_string());
            }
        }
        report.diagnostics.extend(against.hosts.iter().map(|host| other_host(host)));
        // Nobody reads thousands; programs do.
        let shown = if args.format == CheckFormat::Text { SHOWN } else { usize::MAX };
        report.diagnostics.extend(lost.iter().take(shown).map(Lost::to_diagnostic));
        report.diagnostics.extend(lost.len().checked_sub(shown).filter(|more| *more > 0).map(more_lost));
    }
    if let (Some(against), Some(plan)) = (&against, &report.plan) {
        let now = edits::record(plan, &against.record, &|_| false);
        let found = edits::problems(plan, &sources, &against.record, &now);
        report.diagnostics.extend(if args.strict { edits::strict(found) } else { found });
    }
    if let (true, Some(plan)) = (args.reviews, &report.plan) {
        report.diagnostics.extend(overdue(plan, &sources));
    }
    report.diagnostics.sort_by(Diagnostic::order);
    let held = hold(invocation, args, baseline.as_ref(), &mut report.diagnostics)?;
    if args.strict {
        report.diagnostics.iter_mut().for_each(|problem| problem.severity = Severity::Error);
    }
    let selection = show(invocation, args.format, &report.diagnostics);
    if args.format == CheckFormat::Text && !invocation.is_quiet() {
        invocation.answer(&last_line(report.pages, clock, &selection, start));
        invocation.answer(&held);
    }
    Ok(status(&found, &report.diagnostics, args.strict))
}

/// Writes or prunes the baseline, takes what it knows out of the problems, and says what came of it.
fn hold(invocation: &Invocation, args: &Check, baseline: Option<&Baseline>, problems: &mut Vec<Diagnostic>) -> Result<String, Error> {
    let at = |path: &std::path::PathBuf| invocation.world.folder.join(path);
    if let Some(path) = &args.write_baseline {
        let written = Baseline::of(problems);
        written.write(&at(path), path)?;
        written.hide(problems);
        return Ok(format!("Wrote {} to {}\n", count(written.count(), "warning"), path.display()));
    }
    let (Some(path), Some(baseline)) = (&args.baseline, baseline) else { return Ok(String::new()) };
    if args.prune_baseline {
        baseline.pruned(problems).write(&at(path), path)?;
    }
    let Held { hidden, gone } = baseline.hide(problems);
    let of_gone = match (gone, args.prune_baseline) {
        (0, _) => String::new(),
        (gone, true) => format!("; took {} out that {} gone", count(gone, "warning"), if gone == 1 { "is" } else { "are" }),
        (gone, false) => format!(
            "; {} of it {} gone (`--prune-baseline` takes out what is)",
            count(gone, "warning"),
            if gone == 1 { "is" } else { "are" }
        ),
    };
    Ok(format!("Known from {}: {}{of_gone}\n", path.display(), count(hidden, "warning")))
}

/// How many lost addresses are shown one by one.
const SHOWN: usize = 100;

/// Says how many lost addresses are not shown.
fn more_lost(more: usize) -> Diagnostic {
    let message = match more {
        1 => "1 more address was published, and leads nowhere now".to_string(),
        more => format!("{more} more addresses were published, and lead nowhere now"),
    };
    Diagnostic::error("lost-address", message)
        .hint("`chancery check --against … --format json` names all; is it the right list, and the right `base_url`?")
}

/// The addresses that were published and lead nowhere now.
fn lost_addresses(against: &Against, plan: &Plan) -> Vec<Lost> {
    let outputs = plan.outputs.iter().map(|output| &*output.path);
    lost(against.paths.iter().map(Vec::as_slice), outputs, &plan.site.facts, &HiddenFiles::new(&plan.hidden, &plan.hidden_versions))
}

/// The pages whose review is overdue, as errors.
fn overdue(plan: &Plan, sources: &Sources) -> Vec<Diagnostic> {
    let site = &plan.site;
    let all = site.facts.iter().enumerate();
    let due = all.filter_map(|(page, fact)| Some((fact, site.review(page as u32).filter(|review| review.is_overdue)?)));
    let problem = |(fact, review): (&Arc<Facts>, Review)| {
        let whose = fact.front().owner.as_deref().map_or(String::new(), |owner| format!(", by {owner}"));
        let keys = ["review_by", "last_reviewed_on", "review_in"];
        let key = keys.into_iter().find(|key| fact.front().span(key).is_some()).unwrap_or("review_in");
        Diagnostic::error("review-overdue", format!("this page was to be reviewed until {}{whose}", review.due))
            .at(place_of_key(fact.front(), &fact.page.origin.path, &sources.text(&fact.page.origin.path), key))
            .hint("look whether it still holds, then write the day into `last_reviewed_on`")
    };
    due.map(problem).collect()
}

fn other_host(host: &str) -> Diagnostic {
    let message = format!("addresses of `{host}` are compared by their paths alone: it is not the host of this site");
    Diagnostic::warning("other-host", message).hint("is `base_url` right? If the site moves to another host, the old one must lead to it")
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
