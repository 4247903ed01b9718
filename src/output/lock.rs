//! The lock of an output: one process at a time writes there.
//!
//! It is a lock of the operating system on a file, so that of a dead process is gone with it. The file holds the number of the process
//! for the one that waits, and stays where it is: to remove it would let two processes lock two files of one name.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use super::error::{Error, failed};

/// A lock between processes, held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// How often one who waits looks again.
const PAUSE: Duration = Duration::from_millis(20);

/// Takes the lock, and waits up to `patience` for a process that has it.
///
/// # Errors
/// Another process still has it, or the file cannot be written.
pub fn take(path: &Path, patience: Duration) -> Result<Lock, Error> {
    take_pausing(path, patience, sleep)
}

/// The same with what to do between two looks.
fn take_pausing(path: &Path, patience: Duration, mut pause: impl FnMut(Duration)) -> Result<Lock, Error> {
    let mut file =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(failed("open the lock", path))?;
    let mut waited = Duration::ZERO;
    loop {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if waited < patience => {
                pause(PAUSE);
                waited += PAUSE;
            }
            Err(TryLockError::WouldBlock) => return Err(Error::Locked { process: holder(&mut file) }),
            Err(TryLockError::Error(error)) => return Err(failed("lock", path)(error)),
        }
    }
    let number = std::process::id().to_string();
    file.set_len(0).and_then(|()| file.write_all(number.as_bytes())).map_err(failed("write the lock", path))?;
    Ok(Lock { _file: file })
}

/// The process that wrote its number into the file, or 0.
fn holder(file: &mut File) -> u32 {
    let mut text = String::new();
    file.read_to_string(&mut text).ok().and_then(|_| text.trim().parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_which_process_has_the_lock() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lock");
        let _first = take(&path, Duration::ZERO).expect("free");
        let error = take(&path, Duration::ZERO).expect_err("taken");
        assert!(matches!(error, Error::Locked { process } if process == std::process::id()), "{error:?}");
    }

    #[test]
    fn the_second_waits_and_has_it_when_the_first_is_done() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lock");
        let mut first = Some(take(&path, Duration::ZERO).expect("free"));
        let mut looks = 0;
        let second = take_pausing(&path, Duration::from_secs(10), |_| {
            looks += 1;
            first = first.take().filter(|_| looks < 3);
        });
        second.expect("free by now");
        assert_eq!(looks, 3);
    }

    #[test]
    fn the_second_waits_as_long_as_its_patience_lasts() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lock");
        let _first = take(&path, Duration::ZERO).expect("free");
        let mut waited = Duration::ZERO;
        take_pausing(&path, Duration::from_secs(10), |pause| waited += pause).expect_err("taken");
        assert_eq!(waited, Duration::from_secs(10));
    }

    #[test]
    fn the_file_of_a_dead_process_is_no_lock() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lock");
        std::fs::write(&path, "4194305").expect("written");
        take(&path, Duration::ZERO).expect("nobody holds it");
        assert_eq!(std::fs::read_to_string(&path).expect("read"), std::process::id().to_string());
    }
}
