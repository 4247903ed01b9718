//! One process at a time publishes to a place of this machine, or by way of what lies here for a place elsewhere.

use std::path::Path;
use std::time::Duration;

use super::trouble::Trouble;
use crate::output::{self, Lock, Refusal};

/// How long one who publishes waits for another who does.
const PATIENCE: Duration = Duration::from_secs(10);

/// The lock of a file of ours, which is held until it is dropped.
///
/// # Errors
/// Another process has it.
pub fn lock_file(path: &Path) -> Result<Lock, Trouble> {
    output::lock(path, PATIENCE).map_err(|refusal| match refusal {
        Refusal::Locked { process } => Trouble::place(format!("process {process} is publishing there")).hint("try again when it has ended"),
        Refusal::Io { path, doing, error } => Trouble::io(doing, &path, error),
        other => Trouble::from(other),
    })
}
