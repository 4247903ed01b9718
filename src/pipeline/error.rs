//! What keeps a site from being built, other than mistakes in it.
//!
//! It must not know mistakes in the site: those are diagnostics of a report.

use std::fmt;
use std::path::PathBuf;

use crate::output;

/// Why a site could not be built, although nothing may be wrong with it.
#[derive(Debug)]
pub enum Error {
    /// A source is not what it was when the site was begun.
    Moved {
        /// Its absolute path.
        path: PathBuf,
    },
    /// The output could not be read or written.
    Output(output::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Moved { path } => write!(to, "cannot read `{}`: it changed while the site was made of it; build again", path.display()),
            Error::Output(error) => error.fmt(to),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Moved { .. } => None,
            Error::Output(error) => error.source(),
        }
    }
}

impl From<output::Error> for Error {
    fn from(error: output::Error) -> Error {
        Error::Output(error)
    }
}
