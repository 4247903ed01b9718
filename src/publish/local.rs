//! One process at a time publishes to a place of this machine, or by way of what lies here for a place elsewhere.

use std::path::Path;
use std::time::Duration;

use super::error::Error;
use crate::output::{self, Lock};

/// How long one who publishes waits for another who does.
const PATIENCE: Duration = Duration::from_secs(10);

/// The lock of a file of ours, which is held until it is dropped.
///
/// # Errors
/// Another process has it.
pub fn lock_file(path: &Path) -> Result<Lock, Error> {
    output::lock(path, PATIENCE).map_err(|error| match error {
        output::Error::Locked { process } => {
            Error::place(format!("process {process} is publishing there")).hint("try again when it has ended")
        }
        output::Error::Io { path, doing, error } => Error::io(doing, &path, error),
        other => Error::from(other),
    })
}
