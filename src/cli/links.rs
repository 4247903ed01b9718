//! `chancery links`: asks what links to elsewhere lead to, keeps what was learned, and tells what is gone.

mod cited;
mod kept;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::args::Links;
use super::error::{Error, Status};
use super::interrupt::on_interrupt;
use super::invocation::Invocation;
use super::locate::Found;
use super::memory::Memory;
use super::progress::Bar;
use super::report::links as shown;
use super::report::{self, Warnings, select};
use crate::diagnostic::Severity;
use crate::ledger::{self, Entry, Finding, Ledger};
use crate::outside::{self, Manners, Questions};
use crate::pipeline::{self, BuildOptions, SearchIndex};
use crate::url::begins_with;
pub use cited::Cited;

/// What could not be told is asked again after this time, if not sooner.
const UNCLEAR_AGE: Duration = Duration::from_secs(24 * 60 * 60);

/// Asks what links lead to.
///
/// # Errors
/// The call is wrong, nobody could be asked, or the ledger cannot be written. An address that is gone is no error but a status.
pub fn run(invocation: &Invocation, args: &Links) -> Result<Status, Error> {
    let start = Instant::now();
    let found = Found::find(invocation, Vec::new())?;
    if found.is_wrong() {
        let problems = select(&found.problems, Warnings::None);
        invocation.complain(&report::text::all(&problems, &invocation.renderer(&invocation.world.terminal.err), ""));
        return Ok(Status::Usage);
    }
    let now = (invocation.world.clock)();
    let cited = cited(invocation, &found, now)?;
    let known = kept::read(&found.root)?;
    let is_skipped = |address: &str| found.config.links.skip.iter().chain(&args.skip).any(|skip| begins_with(address, skip));
    let wanted: BTreeSet<&str> = cited.addresses.keys().map(String::as_str).filter(|address| !is_skipped(address)).collect();
    let due: Vec<String> = wanted.iter().filter(|address| is_due(known.get(address), args, now)).map(ToString::to_string).collect();
    if args.dry_run {
        invocation.answer(&shown::due(&due, &known, args.format));
        return Ok(Status::Fine);
    }
    let stop = Arc::new(AtomicBool::new(false));
    let has_left = || stop.load(Ordering::Relaxed);
    let heard = if due.is_empty() { outside::Heard::default() } else { listen(invocation, &found, args, (&due, &known), &stop)? };
    let ledger = kept::keep(&found.root, |ledger| {
        for (address, answer) in due.iter().zip(&heard.answers) {
            if let Some(answer) = answer {
                ledger.learn(address, answer.clone(), now);
            }
        }
        cited.archived.iter().for_each(|(address, copy)| ledger.archived(address, copy));
        ledger.retain(|address| cited.addresses.contains_key(address));
    })?;
    let asked = heard.answers.iter().flatten().count();
    let told = shown::Told { cited: &cited, ledger: &ledger, wanted: &wanted, asked, left: due.len() - asked, start };
    told.show(invocation, args.format);
    let is_gone = |address: &&str| ledger.get(address).is_some_and(|entry| entry.answer.finding == Finding::Gone);
    Ok(match wanted.iter().any(is_gone) {
        _ if has_left() => Status::Interrupted,
        true => Status::Site,
        false => Status::Fine,
    })
}

/// What the public pages of the site link to.
fn cited(invocation: &Invocation, found: &Found, now: Timestamp) -> Result<Cited, Error> {
    let (memory, mut cache) = Memory::load(found);
    let sources = found.scan(now, &memory.known)?;
    let options = BuildOptions { overrides: found.overrides.clone(), search: SearchIndex::WhenAsked, ..BuildOptions::default() };
    let plan = pipeline::plan(&sources, &mut cache, &options);
    if plan.diagnostics.iter().any(|problem| problem.severity == Severity::Error) {
        invocation.say("note: the site has errors, so links may be missing here; `chancery check` shows them\n");
    }
    Ok(Cited::new(&plan, &sources))
}

/// Whether an address is to be asked again.
fn is_due(entry: Option<&Entry>, args: &Links, now: Timestamp) -> bool {
    let Some(entry) = entry.filter(|_| !args.all) else { return true };
    let longest = if entry.answer.finding == Finding::Unclear { args.max_age.min(UNCLEAR_AGE) } else { args.max_age };
    // What was asked in the future was asked by another clock.
    Duration::try_from(now.duration_since(entry.checked)).map_or(true, |age| age >= longest)
}

/// Asks all that is due, until Ctrl-C.
fn listen(
    invocation: &Invocation,
    found: &Found,
    args: &Links,
    (due, known): (&[String], &Ledger),
    stop: &Arc<AtomicBool>,
) -> Result<outside::Heard, Error> {
    let bar = Bar::of(invocation, Instant::now(), "addresses");
    let asked_to_stop = stop.clone();
    on_interrupt(Status::Interrupted, move || asked_to_stop.store(true, Ordering::Relaxed))?;
    let good = known.entries().filter(|(_, entry)| entry.answer.finding == Finding::Good);
    let questions = Questions {
        addresses: due,
        witness: good.max_by_key(|(_, entry)| entry.checked).map(|(address, _)| address),
        clock: invocation.world.clock,
        progress: &|done| bar.tell(done, due.len()),
        has_left: &|| stop.load(Ordering::Relaxed),
    };
    let heard = outside::ask(&questions, &Manners::new(agent(found), args.timeout, args.deadline));
    bar.finish();
    heard.map_err(|error| match error {
        outside::Error::NotBuiltIn => Error::usage(error.to_string()),
        outside::Error::Speechless(_) => Error::trouble(error.to_string())
            .hint("certificates that the system trusts must be installed: on Debian the package `ca-certificates`"),
        outside::Error::Nobody => {
            Error::trouble(error.to_string()).hint("is this machine connected?").hint(format!("`{}` stays as it was", ledger::PATH))
        }
    })
}

/// How the program calls itself: hosts see in their logs who asks, and where to complain.
fn agent(found: &Found) -> String {
    let name = concat!("chancery/", env!("CARGO_PKG_VERSION"));
    match &found.config.base_url {
        Some(base) if base.url.is_ascii() => format!("{name} (+{}; looks whether links still work)", base.url),
        _ => format!("{name} (looks whether links still work)"),
    }
}
