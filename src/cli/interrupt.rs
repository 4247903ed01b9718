//! Ctrl-C and SIGTERM, for commands that go on until somebody ends them.

use std::process::exit;
use std::thread;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::error::{Error, Status};

/// Calls `end` when somebody wants the run to end, in a thread of its own. Asked once more, the program ends where it stands, with the status `again`.
///
/// # Errors
/// The system does not let us listen.
pub fn on_interrupt(again: Status, end: impl FnOnce() + Send + 'static) -> Result<(), Error> {
    let mut signals = Signals::new([SIGINT, SIGTERM]).map_err(|error| Error::trouble(format!("cannot listen for Ctrl-C: {error}")))?;
    thread::spawn(move || {
        let mut asked = signals.forever();
        if asked.next().is_some() {
            end();
        }
        if asked.next().is_some() {
            // What is killed leaves every file whole, and the next run completes it.
            exit(again as i32);
        }
    });
    Ok(())
}
