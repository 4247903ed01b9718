//! Why a file could not be rendered.
//!
//! It must not know which file it was.

use std::fmt;
use std::io;

use crate::diagnostic::Diagnostic;

/// Why a file could not be rendered.
#[derive(Debug)]
pub enum Error {
    /// A mistake in a template.
    Template(Box<Diagnostic>),
    /// A source could not be read, or the output could not be written.
    Io(io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Template(problem) => to.write_str(&problem.message),
            Error::Io(error) => error.fmt(to),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Template(_) => None,
            Error::Io(error) => error.source(),
        }
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Error {
        Error::Io(error)
    }
}
