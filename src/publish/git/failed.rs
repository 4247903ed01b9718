//! What is told when the program `git` fails: its own words, without what nobody may or need read, and what usually helps.

use std::process::Output;

use crate::publish::error::Error;

/// A call that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// The command of `git`, such as `fetch`.
    pub command: String,
    /// What it said, without passwords.
    pub text: String,
}

impl Failed {
    /// A call with these arguments that came to this.
    pub fn new(args: &[&str], output: &Output) -> Failed {
        // What a push says of a branch stands on its output.
        let said = [&output.stderr[..], &output.stdout[..]].concat();
        let text = without_passwords(&without_noise(&String::from_utf8_lossy(&said)));
        // Killed by a signal it says nothing.
        let text = if text.is_empty() { output.status.to_string() } else { text };
        Failed { command: name(args), text }
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
            "SIGPIPE",
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

impl From<Failed> for Error {
    fn from(failed: Failed) -> Error {
        let error = Error::place(format!("`git {}` failed: {}", failed.command, failed.text));
        match failed.hint() {
            Some(hint) => error.hint(hint),
            None => error,
        }
    }
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
    const STARTS: [&str; 5] =
        ["hint:", "Warning: Permanently added", "To ", "Please make sure you have the correct access", "and the repository exists"];
    let is_noise = |line: &&str| {
        let line = line.trim();
        line.is_empty() || line == "Done" || STARTS.iter().any(|start| line.starts_with(start))
    };
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !is_noise(line)).take(MOST).collect();
    lines.join("\n  ")
}

/// The command of `git` in its arguments.
pub fn name(args: &[&str]) -> String {
    args.first().map(ToString::to_string).unwrap_or_default()
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
}
