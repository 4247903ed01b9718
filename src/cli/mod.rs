//! The command line: arguments, terminal, progress, exit status; one short file a subcommand.
//!
//! Owns everything that is typed and printed, and the files that `init`, `new`, `import` and `export` make for an author. It must not know how a site is
//! made: it asks `pipeline` and shows what comes back.

pub mod args;
mod build;
mod called;
mod check;
pub mod common;
mod error;
mod escape;
mod explain;
mod export;
mod front_text;
mod import;
mod init;
mod interrupt;
mod invocation;
mod links;
mod list;
mod locate;
mod manual;
mod memory;
mod new;
mod progress;
mod publish;
mod report;
mod revise;
mod serve;
mod terminal;
mod verify;
mod watch;
mod whole;
mod why;

use std::ffi::OsString;

use clap::{CommandFactory, Parser, ValueEnum};

use args::{Cli, Command};
use common::{Common, When};
use error::Error;
pub use error::Status;
use invocation::Invocation;
pub use invocation::World;
pub use terminal::{Stream, Terminal};

/// Runs the program with `args`, of which the first is its own name. Everything it says has been printed when this returns.
pub fn run(args: impl IntoIterator<Item = OsString>, world: &World) -> Status {
    let args: Vec<OsString> = args.into_iter().collect();
    let status = match Cli::try_parse_from(&args) {
        Ok(cli) => obey(cli, world),
        Err(error) => answer(&error, &args, world),
    };
    let failures = [world.terminal.out.failure(), world.terminal.err.failure()];
    if status == Status::Fine && failures.iter().any(Option::is_some) { Status::Trouble } else { status }
}

fn obey(cli: Cli, world: &World) -> Status {
    let Some(command) = cli.command else {
        world.terminal.out.write(&help(world, cli.common.color));
        return Status::Fine;
    };
    let common = own(&command).clone().or(cli.common);
    let (asked, err) = (common.color, &world.terminal.err);
    let done = Invocation::new(world, common).and_then(|invocation| execute(&invocation, command));
    done.unwrap_or_else(|error| {
        err.write(&report::text::error(&error, &world.renderer(err, asked)));
        error.status
    })
}

fn execute(invocation: &Invocation, command: Command) -> Result<Status, Error> {
    match command {
        Command::Init(args) => init::run(invocation, &args),
        Command::New(args) => new::run(invocation, &args),
        Command::Import(args) => import::run(invocation, &args),
        Command::Build(args) if args.watch => watch::run(invocation, &args),
        Command::Build(args) => build::run(invocation, &args),
        Command::Serve(args) => serve::run(invocation, &args),
        Command::Check(args) => check::run(invocation, &args),
        Command::List(args) => list::run(invocation, &args),
        Command::Revise(args) => revise::run(invocation, &args),
        Command::Links(args) => links::run(invocation, &args),
        Command::Publish(args) => publish::run(invocation, &args),
        Command::Export(args) => export::run(invocation, &args),
        Command::Explain(args) => explain::run(invocation, &args),
        Command::Completions(args) => manual::completions(invocation, &args),
        Command::Man(_) => manual::man(invocation),
    }
}

/// The flags of every command that stand after this one.
fn own(command: &Command) -> &Common {
    match command {
        Command::Init(args) => &args.common,
        Command::New(args) => &args.common,
        Command::Import(args) => &args.common,
        Command::Build(args) => &args.common,
        Command::Serve(args) => &args.common,
        Command::Check(args) => &args.common,
        Command::List(args) => &args.common,
        Command::Revise(args) => &args.common,
        Command::Links(args) => &args.common,
        Command::Publish(args) => &args.common,
        Command::Export(args) => &args.common,
        Command::Explain(args) => &args.common,
        Command::Completions(args) => &args.common,
        Command::Man(args) => &args.common,
    }
}

fn help(world: &World, asked: Option<When>) -> String {
    let help = Cli::command().render_help();
    if world.has_colours(&world.terminal.out, asked) { help.ansi().to_string() } else { help.to_string() }
}

/// Prints what clap has to say: help and version where answers go, mistakes where complaints go.
fn answer(error: &clap::Error, args: &[OsString], world: &World) -> Status {
    let stream = if error.use_stderr() { &world.terminal.err } else { &world.terminal.out };
    let text = error.render();
    // It repeats what was typed. With colours it cannot be cleaned, but then it came from the terminal itself.
    let text = if world.has_colours(stream, asked_colour(args)) { text.ansi().to_string() } else { terminal::clean(&text.to_string()) };
    stream.write(&text);
    if error.use_stderr() { Status::Usage } else { Status::Fine }
}

/// `--color` of arguments that could not be read as a whole.
fn asked_colour(args: &[OsString]) -> Option<When> {
    let words: Vec<&str> = args.iter().filter_map(|word| word.to_str()).collect();
    let after = words.windows(2).rev().find(|pair| matches!(pair[0], "--color" | "--colour")).map(|pair| pair[1]);
    let joined = || words.iter().rev().find_map(|word| word.strip_prefix("--color=").or_else(|| word.strip_prefix("--colour=")));
    When::from_str(after.or_else(joined)?, true).ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::io::{self, Write};
    use std::path::Path;
    use std::sync::{Arc, Mutex};

    use super::*;

    /// A stream that can be read afterwards.
    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// Runs the program in `folder`: its exit status, and what it printed on both streams.
    pub fn run_in(folder: &Path, variables: &[(&str, &str)], line: &[&str]) -> (Status, String, String) {
        let (out, err) = (Kept::default(), Kept::default());
        let world = World {
            folder: folder.to_path_buf(),
            variables: variables.iter().map(|(name, value)| (name.into(), value.into())).collect::<BTreeMap<OsString, OsString>>(),
            clock: || "2026-11-24T10:00:00Z".parse().unwrap(),
            terminal: Terminal { out: Stream::new(out.clone(), false), err: Stream::new(err.clone(), false) },
        };
        let args = std::iter::once("chancery").chain(line.iter().copied()).map(OsString::from);
        let status = run(args, &world);
        let text = |kept: &Kept| String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
        (status, text(&out), text(&err))
    }

    #[test]
    fn the_program_alone_prints_its_help() {
        let (status, out, err) = run_in(Path::new("/"), &[], &[]);
        assert_eq!((status, err.as_str()), (Status::Fine, ""));
        assert!(out.contains("init") && out.contains("Exit status") && !out.contains('\u{1b}'));
    }

    #[test]
    fn a_wrong_call_ends_with_2() {
        let place = tempfile::tempdir().unwrap();
        for line in [
            &["buidl"] as &[&str],
            &["build", "--now", "tomorrow"],
            &["--set", "x", "build"],
            &["list", "some"],
            &["check", "--format", "xml"],
            &["build"],
            &["build", "--root", "gone"],
            &["explain", "no-such-code-at-all"],
            &["new", " "],
        ] {
            let (status, out, err) = run_in(place.path(), &[], line);
            assert_eq!((status, out.as_str(), err.starts_with("error: ")), (Status::Usage, "", true), "{line:?}: {err}");
        }
    }

    #[test]
    fn a_bad_instant_is_answered_with_an_example() {
        let (_, _, err) = run_in(Path::new("/"), &[], &["build", "--now", "2026/3/1"]);
        assert!(err.contains("write `2026-03-01`"), "{err}");
    }

    #[test]
    fn a_bad_variable_ends_with_2() {
        let place = tempfile::tempdir().unwrap();
        std::fs::create_dir(place.path().join("content")).unwrap();
        for (name, value) in
            [("CHANCERY_COLOR", "blue"), ("SOURCE_DATE_EPOCH", "today"), ("CHANCERY_ROOT", "gone"), ("CHANCERY_CONFIG", "gone.toml")]
        {
            let (status, _, err) = run_in(place.path(), &[(name, value)], &["list"]);
            assert_eq!(status, Status::Usage, "{name}: {err}");
        }
    }

    #[test]
    fn colours_are_used_when_asked_for() {
        let place = Path::new("/nowhere");
        let coloured = |variables: &[(&str, &str)], line: &[&str]| run_in(place, variables, line).2.contains('\u{1b}');
        assert!(!coloured(&[], &["build"]));
        assert!(coloured(&[], &["build", "--color", "always"]));
        assert!(coloured(&[("CLICOLOR_FORCE", "1")], &["buidl"]));
        assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &["build"]));
        assert!(coloured(&[("NO_COLOR", "1")], &["--color=always", "buidl"]));
        assert!(coloured(&[("CHANCERY_COLOR", "always")], &["build"]));
    }
}
