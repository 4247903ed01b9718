//! What keeps a command from its work, other than mistakes in the site: a wrong call, or a file that cannot be read or written.
//!
//! Owns `Failure` and `Status`. It must not know how they are shown.

use std::fmt::Display;
use std::path::Path;
use std::process::ExitCode;

use crate::output::Refusal;

/// How a run ended, as the exit status says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Fine = 0,
    /// The content or a template has errors, and nothing was written.
    Site = 1,
    /// The call or the settings are wrong.
    Call = 2,
    /// Reading, writing or the network failed.
    Trouble = 3,
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
    pub fn call(message: impl Into<String>) -> Failure {
        Failure { status: Status::Call, message: message.into(), hints: Vec::new() }
    }

    pub fn trouble(message: impl Into<String>) -> Failure {
        Failure { status: Status::Trouble, message: message.into(), hints: Vec::new() }
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
    fn from(refusal: Refusal) -> Failure {
        match refusal {
            Refusal::Foreign { found, count } => foreign(&found, count),
            Refusal::Unsafe { why } => Failure::trouble(format!("this folder is not emptied: {why}"))
                .hint("leave out `--clean`, or choose another folder with `-o`"),
            Refusal::Locked { process } => Failure::trouble(format!("another run, process {process}, is writing to this output"))
                .hint("wait until it has ended, or choose another folder with `-o`"),
            Refusal::Io { path, doing, error } => Failure::io(doing, &path, error),
        }
    }
}

fn foreign(found: &[String], count: usize) -> Failure {
    let things = if count == 1 { "1 file".to_string() } else { format!("{count} files") };
    let mut failure = Failure::trouble(format!("the output folder holds {things} that Chancery did not write"));
    let mut names = found.join(", ");
    if count > found.len() {
        names.push_str(&format!(", and {} more", count - found.len()));
    }
    failure = failure.hint(format!("already there: {names}"));
    failure.hint("`--force` builds and leaves them, `--clean` empties the folder first, `-o` takes another one")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_left_behind_is_listed() {
        let failure = Failure::from(Refusal::Foreign { found: vec!["a".into(), "b".into()], count: 3 });
        assert_eq!((failure.status, failure.hints[0].as_str()), (Status::Trouble, "already there: a, b, and 1 more"));
    }
}
