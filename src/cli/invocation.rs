//! One call of the program: where it stands, what its flags and the environment ask of every command, and to whom it speaks.
//!
//! Owns `World` and `Invocation`, colours and loudness. It must not know the commands.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::io;
use std::path::PathBuf;

use annotate_snippets::Renderer;
use clap::ValueEnum;
use jiff::Timestamp;

use super::common::{Common, Setting, When};
use super::error::Error;
use super::terminal::{Stream, Terminal};

/// What a run knows of the world besides its arguments.
pub struct World {
    /// The working folder.
    pub folder: PathBuf,
    /// The environment.
    pub variables: BTreeMap<OsString, OsString>,
    /// Tells the instant that it is now.
    pub clock: fn() -> Timestamp,
    /// Where answers and complaints go.
    pub terminal: Terminal,
}

impl World {
    /// The world of this process. The clock is read here and nowhere else.
    ///
    /// # Errors
    /// The working folder is gone or may not be read.
    #[allow(clippy::disallowed_methods)]
    pub fn from_process(terminal: Terminal) -> io::Result<World> {
        Ok(World { folder: env::current_dir()?, variables: env::vars_os().collect(), clock: Timestamp::now, terminal })
    }

    /// The value of a variable, if it is set and not empty.
    pub fn variable(&self, name: &str) -> Option<&OsString> {
        self.variables.get(&OsString::from(name)).filter(|value| !value.is_empty())
    }

    /// Whether `stream` gets colours: as `asked` or as `CHANCERY_COLOR` says, else by <https://no-color.org> and
    /// <https://bixense.com/clicolors>, else if it is a terminal.
    pub fn has_colours(&self, stream: &Stream, asked: Option<When>) -> bool {
        let is = |name: &str, value: &str| self.variable(name).is_some_and(|found| found == value);
        match asked.or_else(|| self.colour().ok().flatten()) {
            Some(When::Always) => true,
            Some(When::Never) => false,
            _ if self.variable("NO_COLOR").is_some() => false,
            _ if self.variable("CLICOLOR_FORCE").is_some() && !is("CLICOLOR_FORCE", "0") => true,
            _ => stream.is_terminal && !is("CLICOLOR", "0") && !is("TERM", "dumb"),
        }
    }

    /// Shows problems on `stream`, in colours or without.
    pub fn renderer(&self, stream: &Stream, asked: Option<When>) -> Renderer {
        if self.has_colours(stream, asked) { Renderer::styled() } else { Renderer::plain() }
    }

    fn colour(&self) -> Result<Option<When>, Error> {
        let Some(value) = self.variable("CHANCERY_COLOR") else { return Ok(None) };
        When::from_str(&value.to_string_lossy(), true)
            .map(Some)
            .map_err(|_| Error::usage("the variable `CHANCERY_COLOR` has a value that is none").hint("write `auto`, `always` or `never`"))
    }

    /// True for a variable that is set and does not say no.
    fn is_on(&self, name: &str) -> bool {
        self.variable(name).is_some_and(|value| !["0", "false", "no"].contains(&value.to_string_lossy().to_lowercase().as_str()))
    }
}

/// Variables that stand for a flag; every other `CHANCERY_…` is a setting, but for those of `INSTALL`.
const FLAGS: [&str; 5] = ["CHANCERY_ROOT", "CHANCERY_CONFIG", "CHANCERY_COLOR", "CHANCERY_QUIET", "CHANCERY_VERBOSE"];

/// Variables by which a machine that builds sites is told which program to install (`docs/continuous-integration.md`). Many hosts hand them on to
/// every command.
const INSTALL: [&str; 2] = ["CHANCERY_VERSION", "CHANCERY_SHA256"];

/// How much a run says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loudness {
    /// Errors only.
    Quiet,
    /// What was done, too.
    Normal,
    /// All that may be of interest.
    Verbose,
}

/// A run, with the flags of every command.
pub struct Invocation<'a> {
    /// What it knows of the world.
    pub world: &'a World,
    /// `--root`, relative to the working folder.
    pub root: Option<PathBuf>,
    /// The settings file that is asked for; `None` for that of the root.
    pub config: Option<PathBuf>,
    /// `--set`, in the order of the line: later ones hold.
    pub settings: Vec<Setting>,
    /// How much it says.
    pub loudness: Loudness,
    colour: Option<When>,
}

impl<'a> Invocation<'a> {
    /// Joins flags and environment; a flag goes before a variable.
    ///
    /// # Errors
    /// A variable has a value that is none.
    pub fn new(world: &'a World, common: Common) -> Result<Invocation<'a>, Error> {
        world.colour()?;
        let path = |name: &str| world.variable(name).map(PathBuf::from);
        let loudness = if common.quiet || !common.verbose && world.is_on("CHANCERY_QUIET") {
            Loudness::Quiet
        } else if common.verbose || world.is_on("CHANCERY_VERBOSE") {
            Loudness::Verbose
        } else {
            Loudness::Normal
        };
        Ok(Invocation {
            world,
            root: common.root.or_else(|| path("CHANCERY_ROOT")),
            config: common.config.or_else(|| path("CHANCERY_CONFIG")),
            settings: common.set,
            loudness,
            colour: common.color,
        })
    }

    /// The variables that are settings: `CHANCERY_A__B` is `a.b`. Each with its value, in the order of their names.
    ///
    /// # Errors
    /// A value is not UTF-8.
    pub fn variables(&self) -> Result<Vec<(&'a str, Setting)>, Error> {
        let named = self.world.variables.iter().filter_map(|(name, value)| Some((name.to_str()?, value)));
        named
            .filter(|(name, _)| !FLAGS.contains(name) && !INSTALL.contains(name))
            .filter_map(|(name, value)| {
                let key = name.strip_prefix("CHANCERY_").filter(|key| !key.is_empty())?;
                Some((name, key.to_lowercase().replace("__", "."), value))
            })
            .map(|(name, key, value)| match value.to_str() {
                Some(value) => Ok((name, Setting { key, value: value.to_string() })),
                None => Err(Error::usage(format!("the value of the variable `{name}` is not UTF-8"))),
            })
            .collect()
    }

    /// Whether only errors are said.
    pub fn is_quiet(&self) -> bool {
        self.loudness == Loudness::Quiet
    }

    /// Whether more is said than usual.
    pub fn is_verbose(&self) -> bool {
        self.loudness == Loudness::Verbose
    }

    /// Prints what was asked for.
    pub fn answer(&self, text: &str) {
        self.world.terminal.out.write(text);
    }

    /// Says something by the way, unless only errors are wanted.
    pub fn say(&self, text: &str) {
        if !self.is_quiet() {
            self.complain(text);
        }
    }

    /// Says what went wrong.
    pub fn complain(&self, text: &str) {
        self.world.terminal.err.write(text);
    }

    /// Shows problems on `stream`, in colours or without.
    pub fn renderer(&self, stream: &Stream) -> Renderer {
        self.world.renderer(stream, self.colour)
    }
}
