//! Why a site cannot be published, in words for the person who can act on it.

use std::fmt;
use std::path::Path;

use crate::output;

/// Why a site cannot be published: a message like that of a diagnostic, in lower case, without a full stop, with backticks round code.
///
/// What failed beneath is in the message and not its [`source`](std::error::Error::source): what `git`, `ssh` and services say is shown without the
/// passwords that are in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// Whose affair it is.
    pub kind: ErrorKind,
    /// What is wrong.
    pub message: String,
    /// What can be done about it, a sentence each.
    pub hints: Vec<String>,
}

/// Whose affair an [`Error`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The call or the settings are wrong.
    Call,
    /// The site says what it must not.
    Site,
    /// Reading, writing or the network failed, or what is there forbids it.
    Place,
    /// Somebody pressed Ctrl-C.
    Interrupted,
}

impl Error {
    /// An error of whoever calls, or of their settings.
    pub fn call(message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Call, message)
    }

    /// An error of the place that is published to, or of the way there.
    pub fn place(message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Place, message)
    }

    /// An error of the file system. `doing` is a verb: `read`, `write`, `make`.
    pub fn io(doing: &str, path: &Path, error: impl fmt::Display) -> Error {
        Error::place(format!("cannot {doing} `{}`: {error}", path.display()))
    }

    /// An error without a hint.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into(), hints: Vec::new() }
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
        Error { hints, ..Error::place(error.to_string()) }
    }
}

/// Turns an error of the file system into one of the room: `.map_err(failed("read", &path))`.
pub fn failed(doing: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    move |error| match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
            Error::io(doing, path, error).hint("make room and publish again: what readers see is as it was")
        }
        _ => Error::io(doing, path, error),
    }
}
