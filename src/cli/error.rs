//! What keeps a command from its work, other than mistakes in the site: a wrong call, or a file that cannot be read or written.
//!
//! Owns `Error` and `Status`. It must not know how they are shown.

use std::fmt;
use std::path::Path;
use std::process::ExitCode;

use crate::publish::ErrorKind;
use crate::{output, pipeline, publish};

/// How a run ended, as the exit status says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Everything was done.
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

/// Why a command could not do its work: a message like that of a diagnostic, in lower case, without a full stop, with backticks round code.
#[derive(Debug)]
pub struct Error {
    /// How the run ends because of it.
    pub status: Status,
    /// What is wrong.
    pub message: String,
    /// What can be done about it, a sentence each.
    pub hints: Vec<String>,
}

impl Error {
    /// A wrong call or wrong settings.
    pub fn usage(message: impl Into<String>) -> Error {
        Error::new(Status::Usage, message)
    }

    /// Content that cannot be used as it is.
    pub fn site(message: impl Into<String>) -> Error {
        Error::new(Status::Site, message)
    }

    /// Something that could not be read, written or reached.
    pub fn trouble(message: impl Into<String>) -> Error {
        Error::new(Status::Trouble, message)
    }

    /// A mistake of the program.
    pub fn fault(message: impl Into<String>) -> Error {
        Error::new(Status::Fault, message)
    }

    /// A file or folder that could not be read, written or watched. `doing` is a verb: `read`, `write`, `make`.
    pub fn io(doing: &str, path: &Path, error: impl fmt::Display) -> Error {
        Error::trouble(format!("cannot {doing} `{}`: {error}", path.display()))
    }

    fn new(status: Status, message: impl Into<String>) -> Error {
        Error { status, message: message.into(), hints: Vec::new() }
    }

    /// The same, with one more thing that can be done about it.
    pub fn hint(mut self, hint: impl Into<String>) -> Error {
        self.hints.push(hint.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl From<output::Error> for Error {
    fn from(error: output::Error) -> Error {
        let hints = error.hint().into_iter().map(str::to_string).collect();
        Error { hints, ..Error::trouble(error.to_string()) }
    }
}

impl From<pipeline::Error> for Error {
    fn from(error: pipeline::Error) -> Error {
        match error {
            pipeline::Error::Output(error) => error.into(),
            pipeline::Error::Moved { .. } => Error::trouble(error.to_string()),
        }
    }
}

impl From<publish::Error> for Error {
    fn from(publish::Error { kind, message, hints }: publish::Error) -> Error {
        let status = match kind {
            ErrorKind::Call => Status::Usage,
            ErrorKind::Site => Status::Site,
            ErrorKind::Place => Status::Trouble,
            ErrorKind::Interrupted => Status::Interrupted,
        };
        Error { status, message, hints }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_to_do_about_an_output_is_the_hint() {
        let error = Error::from(output::Error::Foreign { output: "/srv/www".into(), found: vec!["a".into(), "b".into()], count: 3 });
        assert_eq!(error.status, Status::Trouble);
        assert!(error.message.ends_with("\n  a\n  b\n  … and 1 more"), "{}", error.message);
        assert!(error.hints[0].starts_with("use `--clean`"), "{:?}", error.hints);
    }
}
