//! The program `git`: how it is called, and with which environment and settings.
//!
//! It must not know what is published.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use super::failed::{Failed, name};
use crate::publish::error::Error;

/// The first that reads settings from the environment (<https://git-scm.com/docs/git-config#ENVIRONMENT>).
const OLDEST: (u32, u32) = (2, 31);

/// What tells `git` of another repository than the one it stands in (`git rev-parse --local-env-vars`), but for settings.
const LOCAL: [&str; 14] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_CONFIG",
    "GIT_OBJECT_DIRECTORY",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_REPLACE_REF_BASE",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
];

/// How long is waited before the second and the third attempt.
const PAUSES: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];

/// `git` in a folder.
#[derive(Debug, Clone)]
pub struct Git {
    folder: PathBuf,
    variables: BTreeMap<OsString, OsString>,
}

impl Git {
    /// `git` in a folder, which finds its repository as it does for anybody who stands there.
    pub fn within(folder: PathBuf, variables: &BTreeMap<OsString, OsString>) -> Git {
        let mut variables = variables.clone();
        variables.retain(|name, _| !LOCAL.iter().any(|local| name == local));
        // Words are read to tell what went wrong.
        variables.insert("LC_ALL".into(), "C".into());
        if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
            variables.insert("GIT_TERMINAL_PROMPT".into(), "0".into());
        }
        Git { folder, variables }
    }

    /// The same with a bare repository, and settings that no file holds.
    pub fn with_repository(&self, folder: PathBuf, settings: &[(String, String)]) -> Git {
        let mut git = Git { folder, variables: self.variables.clone() };
        // From where it stands: should somebody put another repository there, a process that was left behind stays with the old one.
        git.variables.insert("GIT_DIR".into(), ".".into());
        git.set(settings);
        git
    }

    /// Makes `ssh` fail where it would ask, if nobody is there to answer and nobody has said how to call it.
    pub fn without_questions(mut self) -> Git {
        let is_set = |name: &str| self.variables.get(&OsString::from(name)).is_some_and(|value| !value.is_empty());
        let is_quiet = is_set("GIT_TERMINAL_PROMPT") && self.variables[&OsString::from("GIT_TERMINAL_PROMPT")] == "0";
        let is_configured = is_set("GIT_SSH_COMMAND") || is_set("GIT_SSH") || self.run(&["config", "--get", "core.sshCommand"]).is_ok();
        if is_quiet && !is_configured {
            self.variables.insert("GIT_SSH_COMMAND".into(), "ssh -o BatchMode=yes".into());
        }
        self
    }

    fn set(&mut self, settings: &[(String, String)]) {
        let text = |value: &OsString| value.to_str().and_then(|text| text.parse::<usize>().ok());
        let first = self.variables.get(&OsString::from("GIT_CONFIG_COUNT")).and_then(text).unwrap_or(0);
        for (number, (key, value)) in (first..).zip(settings) {
            self.variables.insert(format!("GIT_CONFIG_KEY_{number}").into(), key.into());
            self.variables.insert(format!("GIT_CONFIG_VALUE_{number}").into(), value.into());
        }
        self.variables.insert("GIT_CONFIG_COUNT".into(), (first + settings.len()).to_string().into());
    }

    /// The program with these arguments; its input is empty.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.args(args).current_dir(&self.folder).env_clear().envs(&self.variables);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// What the program wrote on its output.
    ///
    /// # Errors
    /// It cannot be started, or it failed.
    pub fn run(&self, args: &[&str]) -> Result<Vec<u8>, Failed> {
        match self.command(args).output() {
            Ok(output) if output.status.success() => Ok(output.stdout),
            Ok(output) => Err(Failed::new(args, &output)),
            Err(error) => Err(Failed { command: name(args), text: error.to_string() }),
        }
    }

    /// The same as text without white space at its ends.
    ///
    /// # Errors
    /// As `run`.
    pub fn line(&self, args: &[&str]) -> Result<String, Failed> {
        Ok(String::from_utf8_lossy(&self.run(args)?).trim().to_string())
    }

    /// The same, called again if the network has failed.
    ///
    /// # Errors
    /// As `run`.
    pub fn patiently(&self, args: &[&str]) -> Result<Vec<u8>, Failed> {
        for pause in PAUSES {
            match self.run(args) {
                Err(failed) if failed.is_of_network() => sleep(pause),
                other => return other,
            }
        }
        self.run(args)
    }

    /// Looks whether the program is there, and new enough.
    ///
    /// # Errors
    /// It is not.
    pub fn check(&self) -> Result<(), Error> {
        let output = self.command(&["version"]).output().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Error::place("`git` is not installed, or not where `PATH` says")
                .hint("a target of the kind `git` is published with it: install it and publish again"),
            _ => Error::place(format!("cannot run `git`: {error}")),
        })?;
        let said = String::from_utf8_lossy(&output.stdout).trim().to_string();
        match version(&said) {
            Some(found) if found < OLDEST => {
                Err(Error::place(format!("`{said}` is too old: {}.{} is needed, or a newer one", OLDEST.0, OLDEST.1)))
            }
            _ => Ok(()),
        }
    }
}

/// The first two numbers of `git version 2.47.3`.
fn version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.strip_prefix("git version ")?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_leads_to_no_other_repository_and_keeps_settings_that_are_there() {
        let pairs = [("GIT_DIR", "/x"), ("GIT_CONFIG_COUNT", "1"), ("GIT_CONFIG_KEY_0", "a.b"), ("PATH", "/bin")];
        let variables = pairs.iter().map(|(name, value)| (OsString::from(name), OsString::from(value))).collect();
        let git = Git::within("/".into(), &variables);
        assert!(!git.variables.contains_key(&OsString::from("GIT_DIR")) && git.variables[&OsString::from("PATH")] == "/bin");
        let git = git.with_repository("/r".into(), &[("c.d".into(), "e".into())]);
        let value = |name: &str| git.variables.get(&OsString::from(name)).and_then(|value| value.to_str()).unwrap_or_default();
        let found = ["GIT_DIR", "GIT_CONFIG_COUNT", "GIT_CONFIG_KEY_0", "GIT_CONFIG_KEY_1", "GIT_CONFIG_VALUE_1"].map(value);
        assert_eq!(found, [".", "2", "a.b", "c.d", "e"]);
    }

    #[test]
    fn versions_are_compared() {
        assert_eq!(version("git version 2.47.3"), Some((2, 47)));
        assert_eq!(version("git version 2.39.5 (Apple Git-154)"), Some((2, 39)));
        assert!(version("git version 2.30.2") < Some(OLDEST));
    }
}
