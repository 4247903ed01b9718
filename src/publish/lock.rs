//! The lock of a place that is no folder of this machine: a note there that names who publishes, renewed as long as they do.
//!
//! Owns what the note says, when it is void, and the thread that renews it. It must not know how a note is put there: each place does that in a way
//! that only one of two can succeed.

use std::fs;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::error::Error;
use crate::fingerprint::Fingerprint;

/// The name of the note, at the top of a place.
pub const LOCK: &str = ".chancery-lock.json";

/// So often a note is renewed.
const BEAT: Duration = Duration::from_secs(30);
/// A note that was not renewed for so long is void.
const VOID_AFTER: SignedDuration = SignedDuration::from_mins(10);

/// Who publishes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The name of the machine, as `uname -n` says it.
    pub host: String,
    /// Tells this run of a machine from all others: process numbers mean something only within it.
    machine: String,
    /// The number of the process on that machine.
    pub process: u32,
    /// When it began.
    pub since: Timestamp,
    renewed: Timestamp,
}

/// What a note means to whoever finds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Somebody publishes.
    Holds,
    /// The process is dead, or has not renewed it for too long.
    Void,
}

impl Note {
    /// That of this process.
    pub fn new(now: Timestamp) -> Note {
        let host = host();
        Note { machine: machine(&host), host, process: std::process::id(), since: now, renewed: now }
    }

    /// The note as it is put there.
    pub fn to_json(&self) -> Vec<u8> {
        // Texts, numbers and times have no form that JSON lacks.
        serde_json::to_vec(self).expect("plain data is JSON")
    }

    /// Reads what `to_json` wrote. What is no note is void.
    pub fn from_json(bytes: &[u8]) -> Option<Note> {
        serde_json::from_slice(bytes).ok()
    }

    /// What the note means `now`.
    pub fn standing(&self, now: Timestamp) -> Standing {
        let is_old = now.duration_since(self.renewed) > VOID_AFTER;
        let is_dead = self.machine == machine(&self.host) && self.host == host() && !is_alive(self.process);
        if is_old || is_dead { Standing::Void } else { Standing::Holds }
    }

    /// What whoever comes second is told.
    pub fn to_error(&self) -> Error {
        let Note { host, process, since, .. } = self;
        Error::place(format!("process {process} on `{host}` has been publishing there since {since}"))
            .hint("try again when it has ended; if it is dead, its lock is void ten minutes after its last sign of life")
            .hint(format!("if you know that nobody publishes, delete `{LOCK}` there"))
    }

    fn renewed(&self, now: Timestamp) -> Note {
        Note { renewed: now, ..self.clone() }
    }

    /// True if it is of the same run as `other`.
    pub fn is_of(&self, other: &Note) -> bool {
        (&self.machine, self.process, self.since) == (&other.machine, other.process, other.since)
    }
}

/// `uname -n`, which is the name that people know the machine by.
fn host() -> String {
    let output = Command::new("uname").arg("-n").stderr(Stdio::null()).output();
    let name = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_string()).unwrap_or_default();
    if name.is_empty() { "unknown".into() } else { name }
}

/// Processes have their numbers within a boot and a namespace. Where neither can be known, the name of the machine must do.
fn machine(host: &str) -> String {
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    let namespace = fs::read_link("/proc/self/ns/pid").unwrap_or_default();
    Fingerprint::of(&(host, boot.trim(), namespace.as_os_str().as_encoded_bytes())).to_string()[..16].to_string()
}

/// Whether a process of this machine is alive; one of another user is.
fn is_alive(process: u32) -> bool {
    if fs::metadata("/proc/self").is_ok() {
        return fs::metadata(format!("/proc/{process}")).is_ok();
    }
    let probe = Command::new("kill").args(["-0", &process.to_string()]).output();
    probe.is_ok_and(|output| output.status.success() || String::from_utf8_lossy(&output.stderr).contains("ermitted"))
}

/// A lock that this process holds. Dropped, it is given back.
pub struct Held {
    end: Option<Sender<()>>,
    renewing: Option<JoinHandle<()>>,
    is_lost: Arc<AtomicBool>,
    give_back: Option<Box<dyn FnOnce() + Send>>,
}

impl Held {
    /// Renews `note` by `renew` until the lock is dropped; `renew` says whether it still holds. `give_back` removes the note.
    pub fn new(
        note: Note,
        clock: fn() -> Timestamp,
        renew: impl Fn(&Note) -> bool + Send + 'static,
        give_back: impl FnOnce() + Send + 'static,
    ) -> Held {
        let (end, ended) = channel();
        let is_lost = Arc::new(AtomicBool::new(false));
        let lost = is_lost.clone();
        let renewing = thread::spawn(move || {
            while ended.recv_timeout(BEAT) == Err(RecvTimeoutError::Timeout) {
                if !renew(&note.renewed(clock())) {
                    lost.store(true, Ordering::Relaxed);
                    return;
                }
            }
        });
        Held { end: Some(end), renewing: Some(renewing), is_lost, give_back: Some(Box::new(give_back)) }
    }

    /// Looks whether the lock is still ours.
    ///
    /// # Errors
    /// Somebody has taken the lock over.
    pub fn check(&self) -> Result<(), Error> {
        if !self.is_lost.load(Ordering::Relaxed) {
            return Ok(());
        }
        let message = "another process has taken the lock over, because this one gave no sign of life for too long";
        Err(Error::place(message).hint("publish again when the other has ended"))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        drop(self.end.take());
        // A thread that panicked renews nothing any more.
        let _ = self.renewing.take().map(JoinHandle::join);
        if let Some(give_back) = self.give_back.take().filter(|_| !self.is_lost.load(Ordering::Relaxed)) {
            give_back();
        }
    }
}

/// A value that the renewing thread changes and the giving back reads.
pub type Shared<T> = Arc<Mutex<T>>;

/// The value, whatever became of the thread that held it.
pub fn lock<T>(shared: &Shared<T>) -> std::sync::MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_note_holds_while_its_process_lives_and_is_renewed() {
        let note = Note::new(at("2026-11-24T10:00:00Z"));
        assert_eq!(Note::from_json(&note.to_json()), Some(note.clone()));
        assert_eq!(note.standing(at("2026-11-24T10:09:59Z")), Standing::Holds);
        assert_eq!(note.standing(at("2026-11-24T10:10:01Z")), Standing::Void);
        let renewed = note.renewed(at("2026-11-24T10:09:00Z"));
        assert_eq!(renewed.standing(at("2026-11-24T10:18:00Z")), Standing::Holds);
        assert!(renewed.is_of(&note));
    }

    #[test]
    fn the_note_of_a_dead_process_of_this_machine_is_void_and_that_of_another_machine_is_not() {
        let now = at("2026-11-24T10:00:00Z");
        let mut child = Command::new("true").spawn().expect("a process");
        let process = child.id();
        child.wait().expect("ended");
        let dead = Note { process, ..Note::new(now) };
        assert_eq!(dead.standing(now), Standing::Void);
        assert_eq!(Note { machine: "another".into(), ..dead }.standing(now), Standing::Holds);
    }

    #[test]
    fn a_lock_is_given_back_when_it_is_dropped() {
        let is_back = Arc::new(AtomicBool::new(false));
        let back = is_back.clone();
        let held = Held::new(
            Note::new(at("2026-11-24T10:00:00Z")),
            || at("2026-11-24T10:00:00Z"),
            |_| true,
            move || {
                back.store(true, Ordering::Relaxed);
            },
        );
        assert_eq!(held.check(), Ok(()));
        drop(held);
        assert!(is_back.load(Ordering::Relaxed));
    }
}
