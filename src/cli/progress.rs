//! How far a build is, and how long its parts took.
//!
//! A bar on a terminal, a line now and then elsewhere; a build that is over soon shows neither.

use std::fmt::Write;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::invocation::Invocation;
use super::report::publish::size;
use super::terminal::clean_line;
use crate::pipeline::Timings;

/// Whoever waits less than this needs no bar.
const PATIENCE: Duration = Duration::from_millis(500);
/// Seconds between two lines where there is no bar.
const BETWEEN_LINES: u64 = 5;

/// The progress of one build, or of another task, told from many threads.
pub struct Bar<'a> {
    invocation: &'a Invocation<'a>,
    start: Instant,
    /// What is counted.
    noun: &'static str,
    bar: OnceLock<ProgressBar>,
    lines: AtomicU64,
}

impl<'a> Bar<'a> {
    /// A bar of files that shows nothing yet.
    pub fn new(invocation: &'a Invocation<'a>, start: Instant) -> Bar<'a> {
        Bar::of(invocation, start, "files")
    }

    /// A bar of other things that shows nothing yet.
    pub fn of(invocation: &'a Invocation<'a>, start: Instant, noun: &'static str) -> Bar<'a> {
        Bar { invocation, start, noun, bar: OnceLock::new(), lines: AtomicU64::new(0) }
    }

    /// `done` files of `all` are rendered.
    pub fn tell(&self, done: usize, all: usize) {
        let elapsed = self.start.elapsed();
        if elapsed < PATIENCE || self.invocation.is_quiet() {
            return;
        }
        if self.invocation.world.terminal.err.is_terminal {
            let bar = self.bar.get_or_init(|| bar(all as u64, self.noun));
            bar.set_position(bar.position().max(done as u64));
            return;
        }
        let turn = elapsed.as_secs() / BETWEEN_LINES;
        if self.lines.fetch_max(turn, Ordering::Relaxed) < turn {
            self.invocation.say(&format!("{done} of {all} {} after {} s\n", self.noun, elapsed.as_secs()));
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

fn bar(all: u64, noun: &str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(all), ProgressDrawTarget::stderr());
    match ProgressStyle::with_template(&format!("{{bar:30}} {{pos}} of {{len}} {noun}, {{eta}} left")) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// How much of a site has been sent, told from many threads.
pub struct Transfer<'a> {
    invocation: &'a Invocation<'a>,
    start: Instant,
    /// Files and bytes, in all and so far.
    all: (usize, u64),
    files: AtomicU64,
    bytes: AtomicU64,
    bar: OnceLock<ProgressBar>,
    lines: AtomicU64,
}

impl<'a> Transfer<'a> {
    /// A line of a transfer of which nothing has been sent; `all` are its files and bytes.
    pub fn new(invocation: &'a Invocation<'a>, start: Instant, all: (usize, u64)) -> Transfer<'a> {
        let (files, bytes, lines) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
        Transfer { invocation, start, all, files, bytes, bar: OnceLock::new(), lines }
    }

    /// So many more files and bytes have been sent.
    pub fn tell(&self, files: usize, bytes: u64) {
        let files = self.files.fetch_add(files as u64, Ordering::Relaxed) + files as u64;
        let bytes = self.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes;
        let elapsed = self.start.elapsed();
        if elapsed < PATIENCE || self.invocation.is_quiet() {
            return;
        }
        if self.invocation.world.terminal.err.is_terminal {
            let bar = self.bar.get_or_init(|| transfer_bar(self.all.1));
            bar.set_message(format!("{files} of {} files", self.all.0));
            bar.set_position(bar.position().max(bytes));
            return;
        }
        let turn = elapsed.as_secs() / BETWEEN_LINES;
        if self.lines.fetch_max(turn, Ordering::Relaxed) < turn {
            let sizes = format!("{} of {}", size(bytes), size(self.all.1));
            self.invocation.say(&format!("{files} of {} files, {sizes} after {} s\n", self.all.0, elapsed.as_secs()));
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

fn transfer_bar(bytes: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::stderr());
    match ProgressStyle::with_template("{bar:30} {msg}, {decimal_bytes} of {decimal_total_bytes}, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Two tables: stages, and templates with the kinds of output.
pub fn timings(timings: &Timings) -> String {
    let mut text = String::new();
    let mut row = |name: &str, files: &str, time: &str| {
        // A string takes every write.
        let _ = writeln!(text, "{:<32} {files:>8} {time:>12}", clean_line(name));
    };
    row("Stage", "", "time");
    for (stage, time) in &timings.stages {
        row(stage, "", &milliseconds(*time));
    }
    // A preview makes its files when somebody asks for them.
    if !timings.outputs.is_empty() {
        row("Template or output", "files", "all threads");
    }
    for (output, files, time) in &timings.outputs {
        row(output, &files.to_string(), &milliseconds(*time));
    }
    text.push('\n');
    text
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_by_stage_and_by_template() {
        let times = Timings {
            stages: vec![("front", Duration::from_micros(1_250))],
            outputs: vec![("briefing.html".into(), 24, Duration::from_millis(31))],
        };
        insta::assert_snapshot!(timings(&times), @r#"
        Stage                                             time
        front                                           1.2 ms
        Template or output                  files  all threads
        briefing.html                          24      31.0 ms
        "#);
    }
}
