//! `chancery serve`: the site in memory, shown in a browser while it is written.
//!
//! It must not know how changes are noticed, nor how pages are served.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::args::Serve;
use super::build::{base_url, options_of};
use super::error::{Error, Status};
use super::interrupt::on_interrupt;
use super::invocation::Invocation;
use super::locate::{Clock, Found};
use super::memory::Memory;
use super::progress::timings;
use super::report::{self, Warnings, select};
use super::terminal::{clean_line, count};
use super::verify;
use super::why::{self, Detail};
use crate::diagnostic::{Diagnostic, Severity};
use crate::pipeline::BuildOptions;
use crate::serve::{self, Reload, Session, Shown};
use crate::sources::{Changed, Known};
use crate::watch::{Event, Mode as Watching, Watcher};

/// The clock is looked at so often while something is scheduled, because a machine that sleeps does not count the time.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// A site that cannot be read is tried again after so long.
const RETRY: Duration = Duration::from_secs(2);

/// Shows the site in a browser until Ctrl-C.
///
/// # Errors
/// The call is wrong, or something could not be read or written. Mistakes in the site are no error but a status.
pub fn run(invocation: &Invocation, args: &Serve) -> Result<Status, Error> {
    let start = Instant::now();
    let found = Found::find(invocation, base_url(args.place.base_url.as_deref()))?;
    let listener = serve::bind(args.interface, args.port).map_err(|error| refused(args, &error))?;
    let mode = if args.poll { Watching::Poll } else { Watching::Native };
    let watcher = Watcher::new(&found.root, found.settings_file.as_deref(), mode);
    let mut watcher = watcher.map_err(|error| Error::io("watch", &found.root, error))?;
    let interrupter = watcher.interrupter();
    on_interrupt(Status::Fine, move || interrupter.interrupt())?;
    let clock = found.clock(invocation, args.preview.now)?;
    // Without the script nobody could say what a mark means.
    let options = BuildOptions {
        relative_urls: args.place.relative_urls,
        mark_broken_links: !args.no_reload,
        ..options_of(&found, &args.preview, clock, args.strict)
    };
    let (memory, cache) = Memory::load(&found);
    let then = (invocation.world.clock)();
    // Texts that were read later could be others than those that the memory of a long run has them for.
    let sources = found.scan(clock.now, &Known::default())?;
    let mut session = Session::new(sources, cache, options.clone());
    let reload = if args.no_reload { Reload::No } else { Reload::Yes };
    let address = serve::start(listener, session.shown(), reload, tell(invocation))
        .map_err(|error| Error::trouble(format!("cannot serve: {error}")))?;
    show(invocation, &session.diagnostics());
    let url = url(address, session.shown().borrow().site().base_path());
    let shown = session.shown().borrow().site().facts.len();
    invocation.answer(&format!(
        "Serving {}{} at {url} after {:.2} s; Ctrl-C ends\n",
        count(shown, "page"),
        clock.describe(),
        start.elapsed().as_secs_f64()
    ));
    if args.open {
        open(invocation, &url);
    }
    memory.save(&found, &session.sources, then, session.cache());
    let teller = Teller { invocation, args, options, zone: found.config.time_zone.clone() };
    teller.tell(None, &session.shown().borrow().clone());
    follow(&teller, &mut session, &mut watcher)
}

/// Says of each change what was asked for.
struct Teller<'a> {
    invocation: &'a Invocation<'a>,
    args: &'a Serve,
    options: BuildOptions,
    zone: TimeZone,
}

impl Teller<'_> {
    /// How long it took, what is shown in another way than before, and whether it is what it should be.
    fn tell(&self, before: Option<&Shown>, now: &Shown) {
        if self.args.timings {
            self.invocation.answer(&timings(&now.plan().timings));
        }
        if let Some(before) = before {
            self.invocation.answer(&why::lines(&serve::reasons(before, now), &now.plan().hidden, Detail::new(self.invocation)));
        }
        if self.args.verify
            && let Err(error) = verify::preview(self.invocation, now, &self.options)
        {
            self.invocation.complain(&report::text::error(&error, &self.invocation.renderer(&self.invocation.world.terminal.err)));
        }
    }
}

/// Shows every change until somebody ends the run.
fn follow(teller: &Teller, session: &mut Session, watcher: &mut Watcher) -> Result<Status, Error> {
    let Teller { invocation, args, zone, .. } = teller;
    let now = || Clock::new(invocation, args.preview.now, zone).map(|clock| clock.now);
    let mut shown = session.diagnostics();
    // What could not be read the last time is not known to be as it was.
    let mut is_lost = false;
    loop {
        watcher.follow(&session.sources.links);
        if let Some(trouble) = watcher.trouble() {
            invocation.say(&format!("The system cannot tell of changes ({}): looking for them twice a second\n", clean_line(&trouble)));
        }
        let until = if is_lost { Some(Instant::now() + RETRY) } else { deadline(session, now()?) };
        let changed = match watcher.wait(until) {
            Event::Interrupted => return Ok(Status::Fine),
            Event::Changed(changed) if !is_lost => changed,
            Event::Due if !is_lost => Changed::Paths(Default::default()),
            Event::Changed(_) | Event::Due => Changed::Everything,
        };
        if is_lost {
            watcher.renew();
        }
        let start = Instant::now();
        let is_due = session.shown().borrow().next_change().is_some_and(|due| now().is_ok_and(|now| due <= now));
        let paths = match session.sources.refresh(&changed, now()?) {
            Ok(paths) => paths,
            Err(error) => {
                if !std::mem::replace(&mut is_lost, true) {
                    invocation.complain(&format!("error: cannot read the site: {error}\n"));
                }
                continue;
            }
        };
        is_lost = false;
        if paths.is_empty() && !is_due {
            continue;
        }
        let before = args.explain.then(|| session.shown().borrow().clone());
        let problems = session.update();
        if problems != shown {
            show(invocation, &problems);
        }
        if !invocation.is_quiet() {
            let mended = if has_errors(&shown) && !has_errors(&problems) { "; mended" } else { "" };
            invocation.answer(&format!("{}{mended}\n", line(&paths, start)));
        }
        shown = problems;
        teller.tell(before.as_deref(), &session.shown().borrow().clone());
    }
}

/// What was shown, and how long it took.
fn line(paths: &[Arc<str>], start: Instant) -> String {
    let what = paths.first().map_or_else(|| "what is due".into(), |path| clean_line(path));
    let more = if paths.len() > 1 { format!(" and {} more", paths.len() - 1) } else { String::new() };
    format!("{what}{more}: shown after {} ms", start.elapsed().as_millis())
}

fn has_errors(problems: &[Diagnostic]) -> bool {
    problems.iter().any(|problem| problem.severity == Severity::Error)
}

/// Until when to wait for changes: something may be due before.
fn deadline(session: &Session, now: Timestamp) -> Option<Instant> {
    let due = session.shown().borrow().next_change()?;
    Some(Instant::now() + Duration::try_from(due.duration_since(now)).unwrap_or_default().min(LONGEST_WAIT))
}

fn show(invocation: &Invocation, problems: &[Diagnostic]) {
    let selection = select(problems, if invocation.is_quiet() { Warnings::None } else { Warnings::Few });
    invocation.complain(&report::text::all(&selection, &invocation.renderer(&invocation.world.terminal.err), "chancery check"));
}

/// Says what is wrong with a file that somebody looks at, in the words of a build.
fn tell(invocation: &Invocation) -> Arc<serve::Tell> {
    let err = invocation.world.terminal.err.clone();
    let renderer = invocation.renderer(&err);
    Arc::new(move |problem| {
        let selection = select(std::slice::from_ref(problem), Warnings::None);
        err.write(&report::text::all(&selection, &renderer, "chancery check"));
    })
}

fn url(address: SocketAddr, base: &str) -> String {
    format!("http://{address}{base}")
}

fn refused(args: &Serve, error: &std::io::Error) -> Error {
    let port = args.port.map_or_else(String::new, |port| format!(":{port}"));
    let kind = error.kind();
    let error = Error::trouble(format!("cannot serve at {}{port}: {error}", args.interface));
    match kind {
        ErrorKind::AddrNotAvailable => {
            error.hint("`--interface` takes an address of this machine: 127.0.0.1 for you alone, 0.0.0.0 for all who can reach it")
        }
        ErrorKind::PermissionDenied => error.hint("ports below 1024 are for administrators: choose another one with `--port`"),
        _ => error.hint("choose another port with `--port`, or leave it out"),
    }
}

/// Opens the address in the browser of the desktop; who has none opens it by hand.
fn open(invocation: &Invocation, url: &str) {
    let program = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let started = Command::new(program).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    if let Err(error) = started {
        invocation.say(&format!("cannot open a browser with `{program}`: {error}\n"));
    }
}
