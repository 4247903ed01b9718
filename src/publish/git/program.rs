//! The program `git`: how it is called, with which environment and settings, and what is told when it fails.
//!
//! It must not know what is published.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::publish::trouble::Trouble;

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

/// A call that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// The command of `git`, such as `fetch`.
    pub command: String,
    /// What it said, without passwords.
    pub text: String,
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
        let is_told = is_set("GIT_SSH_COMMAND") || is_set("GIT_SSH") || self.run(&["config", "--get", "core.sshCommand"]).is_ok();
        if is_quiet && !is_told {
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
            Ok(output) => Err(Failed::of(args, &output)),
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
    pub fn check(&self) -> Result<(), Trouble> {
        let output = self.command(&["version"]).output().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Trouble::place("`git` is not installed, or not where `PATH` says")
                .hint("a target of the kind `git` is published with it: install it and publish again"),
            _ => Trouble::place(format!("cannot run `git`: {error}")),
        })?;
        let said = String::from_utf8_lossy(&output.stdout).trim().to_string();
        match version(&said) {
            Some(found) if found < OLDEST => {
                Err(Trouble::place(format!("`{said}` is too old: {}.{} is needed, or a newer one", OLDEST.0, OLDEST.1)))
            }
            _ => Ok(()),
        }
    }
}

impl Failed {
    pub fn of(args: &[&str], output: &Output) -> Failed {
        // What a push says of a branch stands on its output.
        let said = [&output.stderr[..], &output.stdout[..]].concat();
        Failed { command: name(args), text: without_passwords(&without_noise(&String::from_utf8_lossy(&said))) }
    }

    /// Whether it said one of these.
    pub fn says(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.text.contains(word))
    }

    /// Whether the same call may do better in a moment.
    pub fn is_of_network(&self) -> bool {
        self.says(&[
            "Could not resolve host",
            "Temporary failure in name resolution",
            "Connection refused",
            "Connection reset",
            "Connection timed out",
            "Operation timed out",
            "Network is unreachable",
            "Broken pipe",
            "unable to connect",
            "Failed to connect",
            "hung up unexpectedly",
            "early EOF",
            "RPC failed",
            "returned error: 429",
            "returned error: 5",
            "kex_exchange_identification",
        ])
    }

    /// What usually helps.
    fn hint(&self) -> Option<&'static str> {
        if self.says(&[
            "Permission denied",
            "Authentication failed",
            "could not read Username",
            "could not read Password",
            "returned error: 403",
        ]) {
            Some("`git` must be able to push there from here without being asked: a key of `ssh-agent`, a credential helper or a token")
        } else if self.says(&["Host key verification failed"]) {
            Some("the machine is not known to `ssh` yet: connect to it once by hand, or add it to `known_hosts`")
        } else if self.says(&["does not appear to be a git repository", "epository not found", "not exported", "No such file or directory"])
        {
            Some("look whether the address of the repository is right, and whether it is there: Chancery does not make it")
        } else if self.says(&["dubious ownership"]) {
            Some("the folder belongs to somebody else: `git config --global --add safe.directory FOLDER` trusts it")
        } else if self.says(&["does not support --atomic"]) {
            Some("branch and manifest must change together, which this server cannot do")
        } else if self.is_of_network() {
            Some("look whether the machine can be reached, and publish again")
        } else {
            None
        }
    }
}

impl From<Failed> for Trouble {
    fn from(failed: Failed) -> Trouble {
        let trouble = Trouble::place(format!("`git {}` failed: {}", failed.command, failed.text));
        match failed.hint() {
            Some(hint) => trouble.hint(hint),
            None => trouble,
        }
    }
}

/// The settings in what `git config --list -z` wrote.
pub fn settings(list: &[u8]) -> Vec<(String, String)> {
    let entries = list.split(|byte| *byte == 0).filter(|entry| !entry.is_empty());
    entries
        .map(|entry| {
            let entry = String::from_utf8_lossy(entry);
            // A key alone is a truth.
            let (key, value) = entry.split_once('\n').unwrap_or((&entry, "true"));
            (key.to_string(), value.to_string())
        })
        .collect()
}

/// Whether a setting says how another repository is reached.
pub fn is_of_transport(key: &str) -> bool {
    ["http.", "url.", "credential."].iter().any(|start| key.starts_with(start)) || key == "core.sshcommand"
}

/// The text with `***` for the passwords in addresses.
pub fn without_passwords(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        shown.push_str(before);
        let end = after.find(|letter: char| letter == '/' || letter.is_whitespace() || "'\"`".contains(letter)).unwrap_or(after.len());
        let (authority, next) = after.split_at(end);
        match authority.rsplit_once('@').map(|(user, host)| (user.split_once(':'), user, host)) {
            Some((Some((user, _)), _, host)) => shown.push_str(&format!("{user}:***@{host}")),
            // Tokens stand alone before a host, but over ssh it is a name.
            Some((None, _, host)) if before.ends_with("http://") || before.ends_with("https://") => shown.push_str(&format!("***@{host}")),
            _ => shown.push_str(authority),
        }
        rest = next;
    }
    shown + rest
}

/// Without the advice of `git`, which is for who calls it, and what `ssh` and servers greet with.
fn without_noise(text: &str) -> String {
    const MOST: usize = 20;
    let is_noise = |line: &&str| {
        let line = line.trim();
        line.is_empty()
            || line.starts_with("hint:")
            || line.starts_with("Warning: Permanently added")
            || line.starts_with("To ")
            || line == "Done"
    };
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !is_noise(line)).take(MOST).collect();
    lines.join("\n  ")
}

fn name(args: &[&str]) -> String {
    args.first().map(ToString::to_string).unwrap_or_default()
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
    fn passwords_are_not_shown() {
        let text = "fatal: 'https://me:hunter2@example.org/x.git/' and https://token@host/y: ssh://git@host/z, a://b";
        assert_eq!(without_passwords(text), "fatal: 'https://me:***@example.org/x.git/' and https://***@host/y: ssh://git@host/z, a://b");
        assert_eq!(without_passwords("https://a:b@c@d"), "https://a:***@d");
    }

    #[test]
    fn settings_are_read_with_values_of_several_lines_and_with_none() {
        let found = settings(b"http.x.extraheader\nA: b\0http.sslverify\0url.a.insteadof\nb\nc\0http.y.extraheader\n\0");
        let pairs: Vec<(&str, &str)> = found.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(
            pairs,
            [("http.x.extraheader", "A: b"), ("http.sslverify", "true"), ("url.a.insteadof", "b\nc"), ("http.y.extraheader", "")]
        );
        assert!(is_of_transport("core.sshcommand") && !is_of_transport("core.bare") && !is_of_transport("remote.origin.url"));
    }

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
