//! Why a site cannot be published, in words for the person who can act on it.

use std::fmt::Display;
use std::path::Path;

use crate::output::Refusal;

/// A message like that of a diagnostic: lower case, no full stop, backticks round code, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub cause: Cause,
    pub message: String,
    pub hints: Vec<String>,
}

/// Whose affair it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The call or the settings are wrong.
    Call,
    /// The site says what it must not.
    Site,
    /// Reading, writing or the network failed, or what is there forbids it.
    Place,
    /// Somebody pressed Ctrl-C.
    Interrupted,
}

impl Trouble {
    pub fn call(message: impl Into<String>) -> Trouble {
        Trouble { cause: Cause::Call, message: message.into(), hints: Vec::new() }
    }

    pub fn place(message: impl Into<String>) -> Trouble {
        Trouble { cause: Cause::Place, message: message.into(), hints: Vec::new() }
    }

    /// `doing` is a verb: `read`, `write`, `make`.
    pub fn io(doing: &str, path: &Path, error: impl Display) -> Trouble {
        Trouble::place(format!("cannot {doing} `{}`: {error}", path.display()))
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Trouble {
        self.hints.push(hint.into());
        self
    }
}

impl From<Refusal> for Trouble {
    /// What is wrong is the message, what to do the hint: the last line of what a refusal says.
    fn from(refusal: Refusal) -> Trouble {
        let text = refusal.to_string();
        match text.rsplit_once('\n') {
            Some((message, hint)) => Trouble::place(message).hint(hint),
            None => Trouble::place(text),
        }
    }
}

/// Turns an error of the file system into trouble: `.map_err(failed("read", &path))`.
pub fn failed(doing: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Trouble {
    move |error| match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
            Trouble::io(doing, path, error).hint("make room and publish again: what readers see is as it was")
        }
        _ => Trouble::io(doing, path, error),
    }
}
