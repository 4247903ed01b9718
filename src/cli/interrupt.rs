//! Ctrl-C and SIGTERM, for commands that go on until somebody ends them.

use std::process::exit;

use super::error::{Error, Status};

/// Calls `end` when somebody wants the run to end, in a thread of its own. Asked once more, the program ends where it stands, with the status `again`.
///
/// # Errors
/// The system does not let us listen.
pub fn on_interrupt(again: Status, end: impl FnOnce() + Send + 'static) -> Result<(), Error> {
    let mut end = Some(end);
    listen(move || match end.take() {
        Some(end) => end(),
        // What is killed leaves every file whole, and the next run completes it.
        None => exit(again as i32),
    })
    .map_err(|error| Error::trouble(format!("cannot listen for Ctrl-C: {error}")))
}

/// Calls `asked` each time that somebody wants the run to end.
#[cfg(unix)]
fn listen(mut asked: impl FnMut() + Send + 'static) -> std::io::Result<()> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM])?;
    std::thread::spawn(move || signals.forever().for_each(|_| asked()));
    Ok(())
}

/// Calls `asked` each time that somebody wants the run to end.
#[cfg(windows)]
fn listen(mut asked: impl FnMut() + Send + 'static) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let mut signals = tokio::signal::windows::ctrl_c()?;
    std::thread::spawn(move || {
        while runtime.block_on(signals.recv()).is_some() {
            asked();
        }
    });
    Ok(())
}
