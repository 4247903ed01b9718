//! Where the site is that a command works on, and what its settings say.
//!
//! Owns `Found`. It must not know what a setting means, but for the zone and the output folder. It looks at which files are there and
//! leaves their reading to `sources`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::args::Asked;
use super::common::Setting;
use super::error::Error;
use super::invocation::Invocation;
use crate::config::{self, Config, Given, Override};
use crate::diagnostic::{Diagnostic, Severity};
use crate::page::date::Unclear;
use crate::publish::{self, Target};
use crate::sources::{self, Known, Sources};

/// A site, before anything but its settings is read.
pub struct Found {
    /// Absolute.
    pub root: PathBuf,
    /// How the root is written for somebody in the working folder; empty when they stand in it.
    pub shown: PathBuf,
    /// `--config`.
    pub settings_file: Option<PathBuf>,
    /// From the environment, then `--set`, then flags that stand for a setting: later ones hold.
    pub overrides: Vec<Override>,
    /// Its settings.
    pub config: Config,
    /// Where the site can be published.
    pub targets: Vec<Target>,
    /// Of the settings.
    pub problems: Vec<Diagnostic>,
}

impl Found {
    /// Finds the site of a call and reads its settings. `flags` are overrides that stand above all others.
    ///
    /// # Errors
    /// There is no site, or its settings cannot be read.
    pub fn find(invocation: &Invocation, flags: Vec<Override>) -> Result<Found, Error> {
        let (root, shown) = root(&invocation.world.folder, invocation.root.as_deref())?;
        let settings_file = invocation.config.as_deref().map(|file| settings_file(&invocation.world.folder, file)).transpose()?;
        let overrides = overrides(invocation, flags)?;
        let (path, text) = read_settings(&root, settings_file.as_deref())?;
        let (config, targets, problems) = settings(&path, &text, &overrides);
        Ok(Found { root, shown, settings_file, overrides, config, targets, problems })
    }

    /// True when the settings have errors: then nothing more is done with the site.
    pub fn is_wrong(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// Where the program keeps what it remembers of the site.
    pub fn state(&self) -> PathBuf {
        self.root.join(".chancery")
    }

    /// The clock of a call that works on the site.
    ///
    /// # Errors
    /// The instant that is asked for is none.
    pub fn clock(&self, invocation: &Invocation, asked: Option<Asked>) -> Result<Clock, Error> {
        Clock::new(invocation, asked, &self.config.time_zone)
    }

    /// Reads the whole site as of `now`, but for the texts that are known.
    ///
    /// # Errors
    /// The root or the settings cannot be read.
    pub fn scan(&self, now: Timestamp, known: &Known) -> Result<Sources, Error> {
        Sources::scan(&self.root, self.settings_file.as_deref(), now, known).map_err(|error| Error::io("read", &self.root, error))
    }
}

/// All that a file of settings says, and what is wrong with it.
pub fn settings(path: &Arc<str>, text: &str, overrides: &[Override]) -> (Config, Vec<Target>, Vec<Diagnostic>) {
    let (config, mut problems) = config::read(path, text, overrides);
    let (targets, more) = publish::targets(&Given { path, text, overrides });
    problems.extend(more);
    problems.sort_by(Diagnostic::order);
    (config, targets, problems)
}

/// The instant of a call, and what says it, if it is not the clock of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// The instant as of which the site is built.
    pub now: Timestamp,
    /// What the clock of the machine says, or `SOURCE_DATE_EPOCH`, where `--now` asks for an earlier instant.
    pub present: Option<Timestamp>,
    fixed_by: Option<&'static str>,
}

impl Clock {
    /// The instant of a call: as asked, else `SOURCE_DATE_EPOCH` (<https://reproducible-builds.org/specs/source-date-epoch/>), else the clock's.
    /// A day begins with its first instant in `zone`.
    ///
    /// # Errors
    /// The variable is no number of seconds, or the zone skips the time that is asked for, or has it twice.
    pub fn new(invocation: &Invocation, asked: Option<Asked>, zone: &TimeZone) -> Result<Clock, Error> {
        let variable = invocation.world.variable("SOURCE_DATE_EPOCH");
        Ok(match (asked, variable) {
            (Some(asked), variable) => {
                let now = instant(asked, zone)?;
                let present = variable.map_or_else(|| Ok((invocation.world.clock)()), |text| epoch(text))?;
                Clock { now, present: Some(present).filter(|present| now < *present), fixed_by: Some("--now") }
            }
            (None, Some(text)) => Clock { now: epoch(text)?, present: None, fixed_by: Some("SOURCE_DATE_EPOCH") },
            (None, None) => Clock { now: (invocation.world.clock)(), present: None, fixed_by: None },
        })
    }

    /// ` as of 2026-03-01T09:30:00Z (--now)`; nothing, if the clock of the machine holds.
    pub fn describe(&self) -> String {
        self.fixed_by.map_or_else(String::new, |name| format!(" as of {} ({name})", self.now))
    }

    /// Says so beside what a command prints, if it is not the clock of the machine.
    pub fn tell(&self, invocation: &Invocation) {
        if self.fixed_by.is_some() {
            invocation.say(&format!("note:{}\n", self.describe()));
        }
    }
}

fn instant(asked: Asked, zone: &TimeZone) -> Result<Timestamp, Error> {
    match asked {
        Asked::Instant(at) => Ok(at),
        Asked::Local(stamp) => stamp.instant(zone).map_err(|unclear| {
            let why = match unclear {
                Unclear::Skipped => "skips",
                Unclear::Repeated => "has twice",
            };
            Error::usage(format!("`--now` names a local time that the time zone of the site {why}"))
                .hint("write the offset too, such as `+01:00`")
        }),
    }
}

fn epoch(text: &OsStr) -> Result<Timestamp, Error> {
    let seconds = text.to_str().and_then(|text| text.trim().parse().ok());
    seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()).ok_or_else(|| {
        Error::usage("the variable `SOURCE_DATE_EPOCH` is no number of seconds since 1970")
            .hint("write it as `1772357400`, or take it away")
    })
}

/// The root, absolute and as it is shown.
fn root(folder: &Path, given: Option<&Path>) -> Result<(PathBuf, PathBuf), Error> {
    if let Some(given) = given {
        let root = folder.join(given);
        if !root.is_dir() {
            return Err(Error::usage(format!("there is no folder `{}`", given.display())).hint("`--root` takes the folder of a site"));
        }
        if !is_site(&root) {
            return Err(Error::usage(format!("`{}` is no site: it has neither `site.toml` nor `content/`", given.display()))
                .hint(format!("`chancery init {}` makes one there", given.display())));
        }
        let shown = if is_same(&root, folder) { PathBuf::new() } else { given.to_path_buf() };
        return Ok((root, shown));
    }
    match folder.ancestors().find(|above| above.join("site.toml").is_file()) {
        Some(root) if root == folder => Ok((root.to_path_buf(), PathBuf::new())),
        Some(root) => Ok((root.to_path_buf(), root.to_path_buf())),
        None if folder.join("content").is_dir() => Ok((folder.to_path_buf(), PathBuf::new())),
        None => Err(Error::usage("there is no site here: neither a `site.toml`, here or in a folder above, nor `content/`")
            .hint("go to the folder of your site, or name it with `--root DIR`")
            .hint("`chancery init` makes a new site here")),
    }
}

fn is_site(root: &Path) -> bool {
    root.join("site.toml").is_file() || root.join("content").is_dir()
}

fn is_same(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// The real path, so that a file below the root is named relative to it in messages.
fn settings_file(folder: &Path, given: &Path) -> Result<PathBuf, Error> {
    let file = folder.join(given);
    if !file.is_file() {
        return Err(Error::usage(format!("there is no file `{}`", given.display()))
            .hint("`--config` takes a settings file, relative to where you stand"));
    }
    file.canonicalize().map_err(|error| Error::io("read", given, error))
}

fn read_settings(root: &Path, file: Option<&Path>) -> Result<(Arc<str>, Arc<str>), Error> {
    let real = root.canonicalize().map_err(|error| Error::io("read", root, error))?;
    // The error names the file; what is wrong with its text is told by the scan.
    sources::settings(&real, file).map(|(settings, _)| settings).map_err(|error| Error::trouble(format!("cannot read {error}")))
}

fn overrides(invocation: &Invocation, flags: Vec<Override>) -> Result<Vec<Override>, Error> {
    let variables =
        invocation.variables()?.into_iter().map(|(name, Setting { key, value })| Override { key, value, from: name.to_string() });
    let set = invocation.settings.iter().map(|Setting { key, value }| Override {
        key: key.clone(),
        value: value.clone(),
        from: format!("--set {key}={value}"),
    });
    Ok(variables.chain(set).chain(flags).collect())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_nearest_folder_upward_with_settings_is_the_site() {
        let place = tempfile::tempdir().unwrap();
        let inner = place.path().join("content/briefings");
        fs::create_dir_all(&inner).unwrap();
        fs::write(place.path().join("site.toml"), "").unwrap();
        assert_eq!(root(&inner, None).unwrap().0, place.path());
        assert_eq!(root(place.path(), None).unwrap().1, Path::new(""));
    }

    #[test]
    fn without_settings_only_a_content_folder_right_here_makes_a_site() {
        let place = tempfile::tempdir().unwrap();
        let inner = place.path().join("content/briefings");
        fs::create_dir_all(&inner).unwrap();
        assert_eq!(root(place.path(), None).unwrap().0, place.path());
        assert_eq!(root(&inner, None).unwrap_err().status, crate::cli::Status::Usage);
    }

    #[test]
    fn a_root_without_a_site_is_refused() {
        let place = tempfile::tempdir().unwrap();
        assert!(root(place.path(), Some(Path::new("."))).unwrap_err().message.contains("is no site"));
        assert!(root(place.path(), Some(Path::new("gone"))).unwrap_err().message.contains("no folder"));
    }
}
