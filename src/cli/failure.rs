//! What keeps a command from its work, other than mistakes in the site: a wrong call, or a file that cannot be read or written.
//!
//! Owns `Failure` and `Status`. It must not know how they are shown.

use std::fmt::Display;
use std::path::Path;
use std::process::ExitCode;

use crate::output::Refusal;
use crate::publish::{Cause, Trouble};

/// How a run ended, as the exit status says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Fine = 0,
    /// The content or a template has errors, and nothing was written.
    Site = 1,
    /// The call or the settings are wrong.
    Usage = 2,
    /// Reading, writing or the network failed.
    Trouble = 3,
    /// The program made a mistake: `--verify` found a difference.
    Fault = 4,
    /// Ctrl-C.
    Interrupted = 130,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        ExitCode::from(status as u8)
    }
}

/// A message like that of a diagnostic: lower case, no full stop, backticks round code, and what to do.
#[derive(Debug)]
pub struct Failure {
    pub status: Status,
    pub message: String,
    pub hints: Vec<String>,
}

impl Failure {
    pub fn usage(message: impl Into<String>) -> Failure {
        Failure { status: Status::Usage, message: message.into(), hints: Vec::new() }
    }

    pub fn trouble(message: impl Into<String>) -> Failure {
        Failure { status: Status::Trouble, message: message.into(), hints: Vec::new() }
    }

    pub fn fault(message: impl Into<String>) -> Failure {
        Failure { status: Status::Fault, message: message.into(), hints: Vec::new() }
    }

    /// `doing` is a verb: `read`, `write`, `make`.
    pub fn io(doing: &str, path: &Path, error: impl Display) -> Failure {
        Failure::trouble(format!("cannot {doing} `{}`: {error}", path.display()))
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Failure {
        self.hints.push(hint.into());
        self
    }
}

impl From<Refusal> for Failure {
    /// What is wrong is the message, what to do the hint: the last line of what a refusal says.
    fn from(refusal: Refusal) -> Failure {
        let text = refusal.to_string();
        match text.rsplit_once('\n') {
            Some((message, hint)) => Failure::trouble(message).hint(hint),
            None => Failure::trouble(text),
        }
    }
}

impl From<Trouble> for Failure {
    fn from(Trouble { cause, message, hints }: Trouble) -> Failure {
        let status = match cause {
            Cause::Call => Status::Usage,
            Cause::Site => Status::Site,
            Cause::Place => Status::Trouble,
            Cause::Interrupted => Status::Interrupted,
        };
        Failure { status, message, hints }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_to_do_about_a_refusal_is_its_hint() {
        let failure = Failure::from(Refusal::Foreign { output: "/srv/www".into(), found: vec!["a".into(), "b".into()], count: 3 });
        assert_eq!(failure.status, Status::Trouble);
        assert!(failure.message.ends_with("\n  a\n  b\n  … and 1 more"), "{}", failure.message);
        assert!(failure.hints[0].starts_with("use `--clean`"), "{:?}", failure.hints);
    }
}
